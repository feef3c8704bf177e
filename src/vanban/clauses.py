"""Sentences as units of duty, and their parts where one has a doer or a deadline of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vanban import bodies, deadlines, doers
from vanban.lexicon.kinds import KINDS
from vanban.text import Page, Paragraph, sentences

Range = tuple[int, int]

LONGEST = 20_000  # characters of a sentence that is still looked into
_KIND_NEXT = re.compile(rf"[“\"(]?(?:{'|'.join(map(re.escape, KINDS))}|Hiến pháp)(?!\w)")
_BELONGS = re.compile(r"(?:[Tt]rong đó|Cụ thể|Như vậy|Ví dụ|Đặc biệt,? |Nhất là)")


def whole(page: Page, paragraph: Paragraph) -> Iterator[Range]:
    """Sentences; what follows a semicolon is one only where an order begins there."""
    held: Range | None = None
    for start, end in sentences(page.flat, paragraph.start, paragraph.end):
        if held is not None and _goes_on(page.flat, held, start):
            held = (held[0], end)
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held


def _goes_on(flat: str, held: Range, start: int) -> bool:
    if _BELONGS.match(flat, start) or flat[start].isdigit():
        return True
    if flat[held[1] - 1] != ";":
        return False
    is_name = bodies.begins(flat, start) or bool(_KIND_NEXT.match(flat, start))
    return is_name or not doers.is_order(flat, start)


_PARTS = re.compile(r"; +(?:và +)?(?:đồng thời,? +)?")


def parts(page: Page, start: int, end: int, *, is_note: bool) -> list[Range]:
    """The sentence, or its parts: cut where a part has its own doer, partner or deadline.

    A footnote lists its tasks one by one, so it is cut at every order.
    """
    cuts: list[int] = []
    if end - start < LONGEST:
        cuts = (
            _cuts(page, start, end, is_note=is_note)
            or _cut_at_and(page, start, end)
            or _cut_at_joint_work(page.flat, start, end)
        )
    return list(zip([start, *cuts], [*cuts, end], strict=True))


def _cuts(page: Page, start: int, end: int, *, is_note: bool) -> list[int]:
    flat = page.flat
    marks = [mark.end() for mark in _PARTS.finditer(flat, start, end)]
    marks = [at for at in marks if at < end and _may_cut(flat, start, at)]
    if not marks or _is_list_of_doers(flat, start, marks[0]):
        return []
    edges = [start, *marks, end]
    ranges = list(zip(edges, edges[1:], strict=False))
    own = [doers.has_own(flat, doers.address(flat, first), last) for first, last in ranges]
    orders = [has or doers.is_order(flat, part[0]) for has, part in zip(own, ranges, strict=True)]
    if own[1:] == orders[1:]:
        return _where(marks, own)
    if is_note or _own_partner(flat, ranges) or _own_deadline(page, ranges):
        return _where(marks, orders)
    if _own_recipient(page, ranges):
        return _where(marks, orders)
    return _where(marks, own)


_JOINT_WORK = re.compile(r", đồng thời,? +(?=phối hợp (?:chặt chẽ )?với )")


def _cut_at_joint_work(flat: str, start: int, end: int) -> list[int]:
    """“xây dựng kế hoạch …, đồng thời, phối hợp với X tổ chức …”: X takes part in the second only."""
    if flat.find(", đồng thời", start, end) < 0:
        return []
    joint = _JOINT_WORK.search(flat, start, end)
    return [joint.end()] if joint and not _within_brackets(flat, start, joint.end()) else []


_AND = re.compile(r" và +(?=\S)")  # behind a deadline where it follows a number


def _cut_at_and(page: Page, start: int, end: int) -> list[int]:
    """“… vào cuối quý II/2021 và tiếp tục tập huấn …”: the deadline binds only what it stands by."""
    flat = page.flat
    orders = {
        joint.start(): joint.end()
        for joint in _AND.finditer(flat, start, end)
        if not flat[joint.start() - 1].islower() and doers.is_order(flat, joint.end())
    }
    dues = deadlines.read(page, start, end) if orders else ()
    for due in dues:
        if due.span.end in orders and due.kind != "recurring":
            return [orders[due.span.end]]
    return []


def _where(marks: Sequence[int], answers: Sequence[bool]) -> list[int]:
    return [at for at, answer in zip(marks, answers[1:], strict=True) if answer]


def _is_list_of_doers(flat: str, start: int, mark: int) -> bool:
    """“Giám đốc các sở; Chủ tịch UBND các huyện … xây dựng”: the semicolon divides names."""
    at = doers.address(flat, start)
    if bodies.begins(flat, at):
        verb = bodies.predicate_after(flat, at, mark)
        if verb is None:
            return True
        start = verb
    # “… yêu cầu Giám đốc các sở; Chủ tịch UBND các huyện …”
    for asked in _ASKED.finditer(flat, start, mark):
        if bodies.begins(flat, asked.end()):
            return bodies.predicate_after(flat, asked.end(), mark) is None
    return False


_ASKED = re.compile(r"(?:yêu cầu|đề nghị|giao)(?: cho)? (?=[^ ]+ [^.;:]{2,200};)")


_COMPLETION = re.compile(
    r"(?:thời gian |thời hạn )?(?:hoàn thành|thực hiện|xong|gửi)?(?: xong)? *(?:trước|trong|vào|chậm nhất|muộn nhất) "
)


def _may_cut(flat: str, start: int, at: int) -> bool:
    """Not inside of brackets, and not before “hoàn thành trước …”, which binds what it follows."""
    return not _within_brackets(flat, start, at) and not _COMPLETION.match(flat, at)


def _within_brackets(flat: str, start: int, at: int) -> bool:
    opened = flat.count("(", start, at) > flat.count(")", start, at)
    return opened or flat.count("“", start, at) > flat.count("”", start, at)


def _own_partner(flat: str, ranges: Sequence[Range]) -> bool:
    return any(doers.has_own_partner(flat, start) for start, _ in ranges[1:])


def _own_recipient(page: Page, ranges: Sequence[Range]) -> bool:
    """Whether a part is handed to somebody, and another is not."""
    return any(doers.handed_to(page, start, end) for start, end in ranges)


def _own_deadline(page: Page, ranges: Sequence[Range]) -> bool:
    """Whether a part has a deadline that does not bind the others."""
    return any(deadlines.read(page, s, _before_bracket(page.flat, s, e)) for s, e in ranges)


_CLOSING_BRACKET = re.compile(r" *\([^()]*\)[ .;]*$")


def _before_bracket(flat: str, start: int, end: int) -> int:
    """A deadline in brackets at the end binds the whole sentence, not its last part."""
    if flat[max(start, end - 6) : end].rstrip(" .;")[-1:] != ")":
        return end
    found = _CLOSING_BRACKET.search(flat, max(start, end - 200), end)
    return found.start() if found else end
