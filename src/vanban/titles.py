"""The title of a duty: its own words, cut where a clause or a phrase ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from vanban import bodies, doers
from vanban.lexicon import any_of, in_both_cases
from vanban.lexicon.joints import HALVES, HOLDERS, LINKS, PARTS_OF_LISTS, PHRASES
from vanban.lexicon.letters import UPPER
from vanban.lexicon.verbs import CONNECTIVES
from vanban.model import Span
from vanban.numbers import DATE
from vanban.text import Page, flatten, fold_spaces, sentences

LONGEST = 20  # words; spaces divide them
_SHORTEST = 3  # words without which a title says nothing
_SEEN = 100  # words within which a title is looked for: partners and circumstances stand before it


class _Words(NamedTuple):
    """Words divided by single spaces, as printed and flat; both have the same length."""

    printed: str
    flat: str

    def between(self, start: int, end: int | None = None) -> _Words:
        return _Words(self.printed[start:end], self.flat[start:end])

    def joined(self, *others: _Words) -> _Words:
        parts = (self, *others)
        return _Words("".join(p.printed for p in parts), "".join(p.flat for p in parts))

    def size(self, end: int | None = None) -> int:
        """How many words there are, or begin before `end`."""
        return self.printed.count(" ", 0, end) + 1


_SPACE = _Words(" ", " ")
_NONE = _Words("", "")


def of(page: Page, start: int, end: int, dues: Sequence[Span]) -> str:
    """What is to be done in `start..end`, without its deadlines, in at most twenty words."""
    words = _task(_without(page, start, end, dues))
    if words.size() < _SHORTEST:
        words = _task(_words(page, start, end))
    words = _first_sentence(words)
    if words.size() > LONGEST:
        words = _without_partner(_without_dates(words), at_any_price=True)
    return _capital(_bare(words.printed) if words.size() <= LONGEST else _cut(words))


def _few(words: str, most: int) -> str:
    parts = words.split(" ", most)
    return words if len(parts) <= most else words[: -len(parts[most]) - 1]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# The deadline

# “, hoàn thành ” before it, “ (” around it
_BEFORE = re.compile(
    r"(?:[,;(]| và)? *(?:(?<=[,;(] )|(?<=và )|(?<=[,;(]))(?:thời gian +|thời hạn +)?(?:phải +)?"
    r"(?:hoàn thành|thực hiện|báo cáo|gửi|xong)(?: +(?:xong|về))? *$|[ ,;(]+$"
)
_AFTER = re.compile(r" *(?:hoàn thành|xong)? *\)")


def _words(page: Page, start: int, end: int) -> _Words:
    printed = page.words(start, end)
    flat = fold_spaces(page.flat[start:end])  # shorter where it has a blank for a mark
    return _Words(printed, flat if len(flat) == len(printed) else flatten(printed))


def _without(page: Page, start: int, end: int, dues: Sequence[Span]) -> _Words:
    """The words without those of the deadlines."""
    if not dues:
        return _words(page, start, end)
    kept: list[str] = []
    at = start
    for span in sorted(dues, key=lambda due: due.start):
        if not at <= span.start < span.end <= end:
            continue
        before = _BEFORE.search(page.flat, max(at, span.start - 40), span.start)
        first = before.start() if before else span.start
        opened = page.flat.find("(", first, span.start) >= 0
        closing = _AFTER.match(page.flat, span.end, end) if opened else None
        if opened and not closing:
            continue
        kept.append(page.words(at, first))
        at = closing.end() if closing else span.end
    kept.append(page.words(at, end))
    words = " ".join(filter(None, kept))
    words = words.replace(" ,", ",").replace(" ;", ";").replace(" .", ".")
    return _Words(words, flatten(words))


# How it begins

_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_SIGNS = re.compile(r" *[⁽(\[]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+[⁾)\]]?")  # of a footnote
_EDGE = re.compile(r"[\s,;:.\-–…/]+")
# Words that only say that it is a duty, or join it to the one before.
_OBLIGING = re.compile(
    rf"(?:có trách nhiệm|có nhiệm vụ|[Đđ]ề nghị|[Pp]hải|[Cc]ần|[Tt]hời gian|[Tt]hời hạn|{'|'.join(CONNECTIVES)})[,:]? +"
)
_TIMES = re.compile(r"[Đđ]ịnh kỳ,? *(?=\w)|(?:và|hoặc) +")


def _task(words: _Words) -> _Words:
    """From the verb on: “phải tiếp tục …”, “Định kỳ, báo cáo …”, “Thời gian gửi …”."""
    words = _seen(words)
    while True:
        if edge := _EDGE.match(words.printed):
            words = words.between(edge.end())
        opening = _OBLIGING.match(words.flat) or _TIMES.match(words.flat)
        if opening and _is_task(words.flat, opening.end()):
            words = words.between(opening.end())
        elif (task := _after_circumstance(words.flat)) is not None:
            words = words.between(task)
        else:
            break
    return _without_partner(words, at_any_price=False)


def _seen(words: _Words) -> _Words:
    """The words that a title is looked for in, without the signs of footnotes."""
    words = words.between(0, len(_few(words.printed, _SEEN)))
    if _RAISED.search(words.printed):
        printed = _SIGNS.sub("", words.printed)
        return _Words(printed, flatten(printed))
    return words


_COMMA = re.compile(r"(?:,| thì) +(?:đề nghị +)?")


def _after_circumstance(flat: str) -> int | None:
    """“Trường hợp …, chuyển đơn …”: where the order begins."""
    if doers.CIRCUMSTANCE.match(flat):
        for comma in _COMMA.finditer(flat):
            if doers.is_order(flat, comma.end()) and not doers.CIRCUMSTANCE.match(
                flat, comma.end()
            ):
                return comma.end()
    return None


def _is_task(flat: str, at: int) -> bool:
    return doers.is_order(flat, at) or bodies.predicate_after(flat, at, at + 30) == at


_LEADS = re.compile(
    r"(?:[Cc]hủ trì|[Cc]hủ động|[Tt]hường xuyên|[Tt]iếp tục|[Tt]ăng cường)(?=,? | và )"
)
_JOINS = re.compile(r",? +(?:và +)?(?=phối )")
_ALONG = re.compile(r"[Cc]ùng +(?:với +)?(?=\w)")


def _without_partner(words: _Words, *, at_any_price: bool) -> _Words:
    """“Chủ trì, phối hợp với X thẩm định …” is “Chủ trì thẩm định …”: partners stand elsewhere.

    Who only helps is told whom, where there is room: “Phối hợp với X kiểm tra …”.
    """
    flat = words.flat
    along = _ALONG.match(flat)
    if along and bodies.begins(flat, along.end()):
        verb = bodies.predicate_after(flat, along.end(), len(flat))
        return words if verb is None else words.between(verb)
    leads = _LEADS.match(flat)
    joins = _JOINS.match(flat, leads.end()) if leads else None
    at = joins.end() if joins else 0
    task = doers.after_partner(flat, at)
    if task is None:
        return words
    if leads and leads[0].casefold() == "chủ trì":
        return words.between(0, leads.end()).joined(_SPACE, words.between(task))
    if not at_any_price:
        return words
    helps = flat.index("hợp", at) + len("hợp")
    return words.between(0, helps).joined(_SPACE, words.between(task))


_SIGNED = re.compile(rf"(?<=[\w]),? \(?ngày +{DATE}\)?")


def _without_dates(words: _Words) -> _Words:
    """“Chỉ thị số 05/CT-UBND ngày 12/3/2031 của Chủ tịch UBND tỉnh về …” without date and issuer."""
    flat = words.flat
    if "ngày " not in flat:
        return words
    kept: list[_Words] = []
    at = 0
    for date in _SIGNED.finditer(flat):
        kept.append(words.between(at, date.start()))
        at = date.end()
        if flat.startswith(" của ", at) and (name := bodies.issuer_at(flat, at + 5, len(flat))):
            at = name[1]
    return _NONE.joined(*kept, words.between(at))


# How it ends


_MARKS = frozenset(".;!?…")


def _first_sentence(words: _Words) -> _Words:
    if _MARKS.isdisjoint(words.flat):
        return words
    for start, end in sentences(words.flat, 0, len(words.flat)):
        if words.flat.count(" ", start, end) + 1 >= _SHORTEST:
            return words.between(0, end)
    return words


def _bare(words: str) -> str:
    """Without marks and links at the end, without a bracket that does not close."""
    if words.count("(") > words.count(")"):
        words = words[: words.rindex("(")]
    parts = words.rstrip(" .,;:/-–…").removesuffix(" gửi").split()
    while parts and parts[-1].rstrip(",;:").casefold() in LINKS and len(parts) > _SHORTEST:
        parts.pop()
    return " ".join(parts).rstrip(" .,;:/-–…")


# It begins with a set of letters, which the search can leap to.
_JOINT = re.compile(
    r"[ ,:;](?:(?P<clause>(?<=[;:]) )|(?P<bracket>(?<= )\()"
    rf"|(?:(?P<apart>(?<=,) )|(?<= ))(?P<phrase>{any_of(PHRASES)}|năm (?=\d{{4}}))(?= |\d)"
    rf"|(?P<comma>(?<=,) )(?!(?:{any_of(PARTS_OF_LISTS)})(?!\w))(?:và )?"
    rf"|(?<= )(?:(?P<also>và|hoặc) (?![{UPPER}\d])"
    r"|(?P<to>đến|cho|tới|với) (?=[A-ZĐỦ])|(?P<about>về) |(?P<of>của) ))"
)
_OPENING = (" để ", " nhằm ", " giữa ", " mà ", " nếu ")  # what they lead to is still to be said
_DIRECTING = "tham mưu|đề xuất|giúp|chỉ đạo|khuyến khích|phân công|vận động|đề nghị|yêu cầu".split(
    "|"
)
_DIRECTS = re.compile(rf"(?:{any_of(in_both_cases(_DIRECTING))}) +")
_FEWEST = 5  # words of a title that has been cut
_ENOUGH = 8  # words of one that says by “…” that it goes on
# What a cut is worth, in words that it may leave out rather than be made at a worse place.
_CLAUSE, _PART, _ITEM, _OF = 8, 4, 0, -3
_BEYOND = -4  # in the middle of a further clause
_TORN = -6


def _cut(words: _Words) -> str:
    """The longest title that ends where a clause, a phrase or an item of a list does."""
    words = words.between(
        0, len(_few(words.printed, LONGEST + 5))
    )  # five more, to know the joint behind the last
    best, at, whole = float("-inf"), 0, True
    told = _told(words.flat)
    for joint in reversed(list(_JOINT.finditer(words.flat))):
        size = words.size(joint.start())
        if size < _FEWEST or size + _CLAUSE < best:
            break  # what comes before is shorter still
        if size > LONGEST or not _may_end(words.flat, joint):
            continue
        worth = _worth(words.flat, joint, told)
        if size + worth >= best:
            best, at, whole = size + worth, joint.start(), worth > _TORN
    if at and whole:
        return _bare(words.printed[:at])
    return _bare(words.printed[: max(at, _before_link(words.flat))]) + "…"


_WORD = re.compile(r"\S+")
_PAIRED = re.compile(r"(?:đối|phù hợp|liên quan|gắn|cùng|so) $")  # “đối với”


def _before_link(flat: str) -> int:
    """Where nothing ends: before the last word that only leads on, so that no compound is halved."""
    found = [word.span() for word in _WORD.finditer(flat)]
    for start, end in reversed(found[_ENOUGH:LONGEST]):
        leads_on = flat[start:end] in LINKS or flat[start] in "“("
        if leads_on and _is_whole(flat, start) and not _PAIRED.search(flat, 0, start):
            return start
    wholes = [start for start, _ in found[_SHORTEST:LONGEST] if _is_whole(flat, start)]
    return wholes[-1] if wholes else found[LONGEST - 1][0]


def _may_end(flat: str, joint: re.Match[str]) -> bool:
    at = joint.start()
    return _is_whole(flat, at) and not _is_held(flat, joint) and _last_word(flat, at) not in LINKS


def _told(flat: str) -> list[int]:
    """Where those are named whom an order addresses: “Tham mưu | UBND tỉnh …”."""
    return [mark.end() for mark in _DIRECTS.finditer(flat) if bodies.begins(flat, mark.end())]


def _worth(flat: str, joint: re.Match[str], told: Sequence[int]) -> int:
    at = joint.start()
    if joint["clause"] or joint["bracket"]:
        return _CLAUSE
    if _wants_object(flat, at) or _is_open(flat, at) or _is_told(flat, at, told):
        return _TORN
    if joint["comma"] and doers.is_order(flat, joint.end()):
        return _CLAUSE
    if ";" in flat[:at]:
        return _BEYOND
    if joint["comma"]:
        return _ITEM
    if joint["also"]:
        return _PART if doers.is_order(flat, joint.end()) else _ITEM
    if joint["apart"]:
        return _CLAUSE
    if joint["of"] or joint["phrase"] == "năm ":
        return _OF
    return _ITEM if joint["about"] else _PART


def _is_open(flat: str, at: int) -> bool:
    """Whether “để”, “nhằm” leads on to what stands here, with no “;” or “:” between."""
    last = max(flat.rfind(word, 0, at) for word in _OPENING)
    return last >= 0 and flat.find(";", last, at) < 0 and flat.find(":", last, at) < 0


def _is_held(flat: str, joint: re.Match[str]) -> bool:
    """“kèm theo”, “không để”, “theo dõi”: no joint at all."""
    if not joint["phrase"]:
        return False
    at = joint.start()
    return flat.startswith(HALVES, joint.start("phrase")) or flat.endswith(HOLDERS, 0, at)


def _is_told(flat: str, at: int, told: Sequence[int]) -> bool:
    """“Tham mưu UBND tỉnh |”: somebody is told, and what he is told to do comes behind."""
    return any(start <= at and bodies.phrase_end(flat, start, at) == at for start in told)


def _is_whole(flat: str, at: int) -> bool:
    """Whether no bracket and no quotation is open."""
    if flat.find("(", 0, at) >= 0 and flat.count("(", 0, at) > flat.count(")", 0, at):
        return False
    return flat.find("“", 0, at) < 0 or flat.count("“", 0, at) <= flat.count("”", 0, at)


def _last_word(flat: str, at: int) -> str:
    return flat[flat.rfind(" ", 0, at) + 1 : at].casefold()


def _wants_object(flat: str, at: int) -> bool:
    """“xây dựng | và phát triển kinh tế”: the verb has no object yet."""
    one = flat.rfind(" ", 0, at)
    two = flat.rfind(" ", 0, max(one, 0))
    return two >= 0 and doers.is_order(flat[two + 1 : at], 0)
