"""The frame of a document: who issued what, where, when, about what; who signed; who receives it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban import bodies, letterhead, signature
from vanban.frame import Draft, Line, cells, flat_words
from vanban.letterhead import KIND_LINE, PLACE_DATE, PREAMBLE, is_kind
from vanban.model import Header
from vanban.text import Page, flatten, trim_end

TOP = 80  # lines of the text that may belong to letterhead and title

_OFFICE = re.compile(
    r"(?:ỦY BAN|BAN|HỘI|CHỦ TỊCH|GIÁM ĐỐC|BỘ|UBND|TRƯỞNG|HIỆU TRƯỞNG|SỞ|THƯỜNG TRỰC|HĐND|ĐẢNG|THỦ|CHI)"
)


def read(page: Page) -> Header:
    lines = cells(page)
    top = lines[:TOP]
    draft = Draft(page)
    body = letterhead.read(draft, top)
    _kind_and_title(draft, top, body)
    _headline(draft, top)
    _longer_issuer(draft, top)
    _enacting_issuer(draft)
    _period(draft)
    signature.read_signature(draft, lines)
    signature.read_recipients(draft, lines)
    return Header(**draft.values, spans=draft.spans)


def _kind_and_title(draft: Draft, top: Sequence[Line], body: int) -> None:
    page = draft.page
    below = False
    for index, line in enumerate(top):
        words = flat_words(page, line)
        below = below or index >= body and bool(PREAMBLE.match(words))
        if below:
            if words.rstrip(" :") in ("QUYẾT ĐỊNH", "QUYẾT NGHỊ"):
                kind = "Nghị quyết" if "NGHỊ" in words else "Quyết định"
                draft.put("kind", kind, line, 0.9, f"Dòng “{words}” dưới phần căn cứ")
                return
            continue
        if words.startswith(("V/v", "v/v", "V/V")):
            _take_title(draft, top, index)
            return
        if body and body <= index <= body + 3 and _kind_with_title(draft, top, index):
            return
        if is_kind(words) and index >= body:
            kind = words.strip(" :").capitalize()
            draft.put("kind", kind, line, 0.95, "Tên loại văn bản viết hoa trên dòng riêng")
            _take_title(draft, top, index + 1)
            return
    return


def _kind_with_title(draft: Draft, top: Sequence[Line], index: int) -> bool:
    """“KẾ HOẠCH Thực hiện công tác …” on one line, below a letterhead."""
    page, (start, end) = draft.page, top[index]
    found = KIND_LINE.match(page.flat, start, end)
    if not found or len(found["rest"].strip()) < 8 or page.flat[found.end("kind")] not in " :":
        return False
    at = found.start("rest") + len(found["rest"]) - len(found["rest"].lstrip(" :"))
    draft.put(
        "kind", found["kind"].capitalize(), found.span("kind"), 0.8, "Tên loại viết hoa đầu dòng"
    )
    _take_title(draft, [*top[:index], (at, end), *top[index + 1 :]], index)
    return True


def _take_title(draft: Draft, top: Sequence[Line], first: int) -> None:
    page = draft.page
    last = first
    while last < len(top) and _belongs_to_title(page, top, first, last):
        last += 1
    if last == first:
        return
    start, end = top[first][0], trim_end(page.text, top[first][0], top[last - 1][1])
    value = page.words(start, end)
    draft.put("title", value, (start, end), 0.9, "Trích yếu ngay dưới tên loại văn bản")


def _belongs_to_title(page: Page, top: Sequence[Line], first: int, index: int) -> bool:
    words = flat_words(page, top[index])
    if PREAMBLE.match(words) or PLACE_DATE.match(words) or is_kind(words) or len(words) > 400:
        return False
    if index == first:
        return not _is_enacting(page, top, index)
    before = flat_words(page, top[index - 1])
    if before.endswith((".", ";", ":")):
        return False
    if words[0].islower() or words[0].isdigit():
        return True
    title_is_caps = flat_words(page, top[first]).isupper()
    if _is_enacting(page, top, index):
        return False
    gap = page.text.count("\n", top[index - 1][1], top[index][0]) > 1
    if title_is_caps:
        return words.isupper()
    return not words.isupper() and not gap and len(words) < 90 and len(before) < 90


def _is_enacting(page: Page, top: Sequence[Line], index: int) -> bool:
    """“ỦY BAN NHÂN DÂN TỈNH …” above “Căn cứ” says who decides; it is not the title."""
    if not page.flat[top[index][0] : top[index][1]].isupper():
        return False
    words = flat_words(page, top[index])
    if words.startswith("BAN HÀNH") or not _OFFICE.match(words):
        return False
    below = [flat_words(page, line) for line in top[index + 1 : index + 3]]
    if len(below) > 1 and below[0].isupper():
        below = below[1:]
    return bool(below) and below[0].startswith(("Căn cứ", "CĂN CỨ"))


def _headline(draft: Draft, top: Sequence[Line]) -> None:
    """A text without letterhead (news): its first line is its title."""
    if draft.values or not top:
        return
    page = draft.page
    line = top[0]
    words = flat_words(page, line)
    if PREAMBLE.match(words) or len(words) > 250 or words.endswith((".", ";", ":")):
        return
    draft.put("title", page.words(*line), line, 0.6, "Dòng đầu của bài, không có thể thức văn bản")
    _headline_issuer(draft, line)


_ISSUES = re.compile(r" (?P<kind>hướng dẫn|thông báo|báo cáo) ")


def _headline_issuer(draft: Draft, line: Line) -> None:
    """“Ban Dân vận Tỉnh ủy hướng dẫn …”: a headline that says who issued what."""
    found = _ISSUES.search(draft.page.flat, line[0], line[1])
    if not found or not bodies.begins(draft.page.flat, line[0]):
        return
    verb = bodies.predicate_after(draft.page.flat, line[0], line[1])
    if verb != found.start() + 1:
        return
    page, because = draft.page, "Tiêu đề bài nêu cơ quan và loại văn bản"
    draft.put("issuer", page.words(line[0], found.start()), (line[0], found.start()), 0.5, because)
    draft.put("kind", found["kind"].capitalize(), found.span("kind"), 0.5, because)
    draft.put("title", page.words(found.end(), line[1]), (found.end(), line[1]), 0.5, because)


def _longer_issuer(draft: Draft, top: Sequence[Line]) -> None:
    """“ỦY BAN NHÂN DÂN” in the letterhead, “ỦY BAN NHÂN DÂN TỈNH …” above “Căn cứ”."""
    short = str(draft.values.get("issuer") or "")
    for index, line in enumerate(top):
        if _is_enacting(draft.page, top, index):
            words = flat_words(draft.page, line)
            if not short or (words.startswith(short) and len(words) > len(short)):
                draft.put(
                    "issuer",
                    draft.page.words(*line),
                    line,
                    0.85,
                    "Cơ quan ban hành ghi trên phần căn cứ",
                )
            return


_ENACTS = re.compile(
    r" (?:ban hành|xây dựng|báo cáo|hướng dẫn|thông báo|yêu cầu) (?:[Kk]ế hoạch|[Bb]áo cáo|[Hh]ướng dẫn|"
    r"[Cc]hương trình|[Tt]hông báo|[Qq]uy)"
)


def _enacting_issuer(draft: Draft) -> None:
    """Without a letterhead: “UBND tỉnh ban hành Kế hoạch … như sau:”."""
    if "issuer" in draft.values or "kind" not in draft.values:
        return
    if not {"number", "date"} & draft.values.keys():
        return
    for paragraph in draft.page.paragraphs[:30]:
        if not draft.page.flat[: paragraph.end].rstrip().endswith("như sau:"):
            continue
        found = _ENACTS.search(draft.page.flat, paragraph.start, paragraph.end)
        if found and bodies.begins(draft.page.flat, paragraph.start):
            at = (paragraph.start, found.start())
            draft.put("issuer", draft.page.words(*at), at, 0.6, "Chủ thể của câu ban hành")
            return


_YEARS = re.compile(r"giai đoạn +(\d{4}) ?(?:-|đến|đến năm) ?(\d{4})")
_YEAR = re.compile(r"năm +(\d{4})(?! ?- ?\d)|(?<!\d)tháng +\d\d?/(\d{4})|quý +[iv\d]+/(\d{4})")


def _period(draft: Draft) -> None:
    """The years in the title."""
    title = flatten(str(draft.values.get("title") or "")).casefold()
    at = draft.spans.get("title")
    if not at:
        return
    years = _years(title)
    if years:
        because = "Năm, giai đoạn ghi trong trích yếu"
        draft.put("period", (min(years), max(years)), (at.start, at.end), 0.8, because)


def _years(title: str) -> list[str]:
    if spans := _YEARS.findall(title):
        return [year for pair in spans for year in pair]
    return [year for groups in _YEAR.findall(title) for year in groups if year]
