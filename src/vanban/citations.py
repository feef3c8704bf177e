"""The other documents that a text mentions, and which of them are its legal bases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vanban import named, numbered
from vanban.mentions import Mention, apart
from vanban.model import Citation, Header
from vanban.outline import Section
from vanban.text import Page


def read(page: Page, sections: Sequence[Section], header: Header) -> tuple[Citation, ...]:
    signed = [mention for mention in numbered.read(page) if not _is_itself(mention, header)]
    mentions = sorted([*signed, *apart(named.read(page), signed)], key=lambda m: m.start)
    bases = _bases(page, sections, header, mentions)
    return tuple(_citation(page, *pair) for pair in zip(mentions, bases, strict=True))


def _is_itself(mention: Mention, header: Header) -> bool:
    """“(Kèm theo Quyết định số …)” above an annex names the document itself."""
    if not header.number or mention.number != header.number:
        return False
    return mention.date is None or header.date is None or mention.date == header.date


def _citation(page: Page, mention: Mention, basis: bool) -> Citation:
    return Citation(
        page.span(mention.start, mention.end),
        mention.kind,
        mention.number,
        mention.date,
        mention.issuer,
        basis,
        mention.confidence,
        mention.because,
    )


# The preamble

_LINE = re.compile(r"(?:(?<=[\n|])|^)[ \t\u00a0]*(?:[-+–•*] *)*")
_GROUNDS = (
    r"(?:Căn cứ|Thực hiện|Triển khai|Thi hành|Tiếp tục|Theo|Trên cơ sở|Quán triệt|Tiếp theo|Hưởng ứng"
    r"|(?:Để|Nhằm) (?:\w+ ){0,3}(?:thực hiện|cụ thể hóa)|Để [^,;.:]{3,60}, (?:căn cứ|thực hiện))"
)
_GROUND = re.compile(
    rf"{_GROUNDS}(?: *:)?(?: +(?:thực hiện|theo|tinh thần|nội dung|các|sự chỉ đạo của \w+))* +"
)
_BASED = re.compile(r"(?<=[;.,”\w] )Căn cứ +(?=[A-ZĐ])")  # in a text whose lines ran together
_NO_GROUND = re.compile(
    r"Xét |Theo (?:đề nghị|báo cáo|đó)|Sau khi |QUYẾT|CHỈ THỊ"
)  # no legal bases
_MEMBER = re.compile(r" *(?:và +)?(?:[Cc]ăn cứ|thực hiện|trên cơ sở|theo)? *")
_FAR = 4_000  # characters that a preamble may have


def _bases(
    page: Page, sections: Sequence[Section], header: Header, mentions: Sequence[Mention]
) -> list[bool]:
    """The leading mentions of the members of the preamble; those inside their titles are none."""
    answers = [False] * len(mentions)
    place = 0
    for start, end in _members(page, sections, header):
        while place < len(mentions) and mentions[place].start < start:
            place += 1
        last: Mention | None = None
        while place < len(mentions) and mentions[place].start < end:
            answers[place] = _leads(page.flat, start, mentions[place], last)
            last = mentions[place] if answers[place] else None
            place += 1
            if last is None:
                break
    return answers


_LISTED = re.compile(r" *(?:,|;|và|, và|&)? *(?:số +)?(?:Căn cứ +)?")
_AMENDED_BY = re.compile(r"[^;]{0,20}(?:được )?sửa đổi[^;]{0,40}(?:bởi|theo|tại) *")
_AND_ANOTHER = re.compile(r"[^;]*(?:,| và) +(?:thực hiện +)?")
_BEFORE = re.compile(r"[^;.:“”]{0,120}")


def _leads(flat: str, start: int, mention: Mention, last: Mention | None) -> bool:
    """First of its member, or joined to the one that is."""
    if last is None:
        return bool(_BEFORE.fullmatch(flat, start, max(start, mention.start)))
    between = flat[last.end : mention.start]
    if _LISTED.fullmatch(between) or _AMENDED_BY.fullmatch(between):
        return True
    named_kind = mention.end - mention.start > len(mention.number or "") + 4
    return named_kind and bool(_AND_ANOTHER.fullmatch(between))


def _members(page: Page, sections: Sequence[Section], header: Header) -> Iterator[tuple[int, int]]:
    """The members of the preamble, in order: what stands between “Căn cứ” and a semicolon."""
    low = _below_title(header)
    high = page.paragraphs[sections[0].paragraph].mark if sections else len(page.flat)
    high = min(high, low + _FAR)
    first = _first_ground(page, low, high)
    if first is not None:
        yield from _of_opening(page, header, first, high)
    for section in sections:
        if _LISTS_GROUNDS.match(section.heading.title):
            for paragraph in page.paragraphs[section.paragraph + 1 : section.last + 1]:
                yield paragraph.start, paragraph.end


_LISTS_GROUNDS = re.compile(r"(?:CĂN CỨ|Căn cứ|(?:CƠ SỞ|Cơ sở) (?:PHÁP LÝ|pháp lý))(?! \w+ số)")


def _of_opening(page: Page, header: Header, first: int, high: int) -> Iterator[tuple[int, int]]:
    stop = _formula(page, first, high)
    formal = bool(header.kind or header.number)
    if stop is None:
        yield from _of_paragraphs(page, first, high, formal)
    elif formal or page.text.count("\n\n", first, stop) < 2:
        yield from _of_preamble(page, first, stop)


def _below_title(header: Header) -> int:
    at = header.spans.get("title")
    return at.end if at and header.spans["title"].end < _FAR else 0


def _first_ground(page: Page, low: int, high: int) -> int | None:
    for line in _LINE.finditer(page.text, low, high):
        if _GROUND.match(page.flat, line.end()) and not _NO_GROUND.match(page.flat, line.end()):
            return line.end()
    found = _BASED.search(page.flat, low, high)
    return found.start() if found else None


_ENACTS = re.compile(
    r"(?<!ăn cứ):[ \t\u00a0*]*(?=\n|$)|\n[ \t|*]*QUYẾT (?:ĐỊNH|NGHỊ)|(?:như sau|sau đây|QUYẾT ĐỊNH|QUYẾT NGHỊ) ?:"
)


def _formula(page: Page, first: int, high: int) -> int | None:
    """Where “… như sau:” or “QUYẾT ĐỊNH” ends the preamble."""
    found = _ENACTS.search(page.text, first, min(len(page.text), high + 2))
    return found.start() if found and found.start() <= high else None


def _of_paragraphs(page: Page, first: int, high: int, formal: bool) -> Iterator[tuple[int, int]]:
    """Where nothing ends the preamble; in a text without frame only “Căn cứ” opens one."""
    for paragraph in page.paragraphs:
        begin = max(paragraph.start, first)
        if not first <= begin < min(high, paragraph.end) or not _GROUND.match(page.flat, begin):
            continue
        if formal or page.flat.startswith("Căn cứ", begin):
            yield from _of_preamble(page, begin, paragraph.end)


_JOINT = re.compile(r"[;,]\s*\n|;\s*|\.\s+(?=[A-ZĐ])|\n")
_BULLET = re.compile(r"[ \t\u00a0|]*[-+–•*]")


def _of_preamble(page: Page, first: int, stop: int) -> Iterator[tuple[int, int]]:
    """Each from the first word behind “Căn cứ”; one behind a semicolon goes on with the list."""
    begin, listed = first, False
    for end, after, mark in [*_joints(page, first, stop), (stop, stop, "")]:
        ground = _GROUND.match(page.flat, begin)
        refused = _NO_GROUND.match(page.flat, begin)
        if not refused and (ground or listed):
            member = ground or _MEMBER.match(page.flat, begin)
            yield (member.end() if member else begin), end
        listed = not refused and bool(ground or listed) and mark in ";-"
        begin = after


def _joints(page: Page, first: int, stop: int) -> Iterator[tuple[int, int, str]]:
    """The marks that end a member: where they stand, where the next begins."""
    for mark in _JOINT.finditer(page.text, first, stop):
        line = _LINE.match(page.text, mark.end())
        after = line.end() if line else mark.end()
        opens = _GROUND.match(page.flat, after) or _NO_GROUND.match(page.flat, after)
        if mark[0][0] in ";." or opens:
            yield mark.start(), after, mark[0][0]
        elif _BULLET.match(page.text, mark.end()):
            yield mark.start(), after, "-"
