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
    r"(?:ỦY BAN|BAN|HỘI|CHỦ TỊCH|GIÁM ĐỐC|BỘ|UBND|TRƯỞNG|HIỆU TRƯỞNG|SỞ|THƯỜNG TRỰC|HĐND|ĐẢNG|THỦ|CHI)(?!\w)"
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
    if index > first and words.startswith("(từ ngày"):
        return True
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
    for line in top[index + 1 : index + 5]:
        below = flat_words(page, line)
        if below.startswith(("Căn cứ", "CĂN CỨ", "- Căn cứ", "Xét ")):
            return True
        if not (below.isupper() and len(below) < 80 or below.startswith("(")):
            return False
    return False


# What stands above the headline of a web page.
_MENU = re.compile(
    r"(?:Trang chủ|Tin tức|Giới thiệu|Liên hệ|Lượt (?:xem|truy cập)|Đăng nhập|Tìm kiếm|Nhập từ khóa|Chuyên mục|Thời sự"
    r"|Cập nhật|Ngày (?:đăng|cập nhật)|In trang|Đọc bài|(?:Thứ|thứ) (?:hai|ba|tư|năm|sáu|bảy|Hai|Ba|Tư|Năm|Sáu|Bảy|[2-7])(?!\w)"
    r"|Chủ nhật|\d{1,2}[:/.]\d|\d+ *$)"
)


def _headline(draft: Draft, top: Sequence[Line]) -> None:
    """A text without letterhead (news): its first line is its title."""
    if draft.values or not top:
        return
    page = draft.page
    line = next((line for line in top if not _MENU.match(flat_words(page, line))), top[0])
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
    r" (?:ban hành|xây dựng|báo cáo|hướng dẫn|thông báo|yêu cầu|lập) (?:[Kk]ế hoạch|[Bb]áo cáo|[Hh]ướng dẫn|kết quả|"
    r"[Cc]hương trình|[Tt]hông báo|[Qq]uy)"
)


def _enacting_issuer(draft: Draft) -> None:
    """Without a letterhead: “…, UBND tỉnh ban hành Kế hoạch … như sau:”."""
    if "issuer" in draft.values or "kind" not in draft.values:
        return
    flat = draft.page.flat
    for paragraph in draft.page.paragraphs[:30]:
        if not flat[paragraph.start : paragraph.end].rstrip().endswith("như sau:"):
            continue
        found = _ENACTS.search(flat, paragraph.start, paragraph.end)
        begin = _subject_before(flat, paragraph.start, found.start()) if found else None
        if found and begin is not None:
            at = (begin, found.start())
            draft.put("issuer", draft.page.words(*at), at, 0.55, "Chủ thể của câu ban hành")
            return


_COMMA = re.compile(r"[,;] +")


def _subject_before(flat: str, start: int, verb: int) -> int | None:
    """Where the body begins that “… ban hành” stands right behind."""
    starts = [start, *(comma.end() for comma in _COMMA.finditer(flat, start, verb))]
    for begin in reversed(starts):
        if bodies.begins(flat, begin) and bodies.predicate_after(flat, begin, verb) is None:
            return begin if verb - begin < 100 else None
    return None


_YEARS = re.compile(r"(?:giai đoạn|năm học|năm) +(\d{4}) ?(?:-|đến|đến năm) ?(\d{4})")
_YEAR = re.compile(r"năm +(\d{4})(?! ?- ?\d)|(?<!\d)tháng +\d\d?/(\d{4})|quý +[iv\d]+/(\d{4})")


def _period(draft: Draft) -> None:
    """The years in the title; of a text without frame those that its first words report on."""
    title = flatten(str(draft.values.get("title") or "")).casefold()
    at = draft.spans.get("title")
    years = _years(title)
    if at and years:
        because = "Năm, giai đoạn ghi trong trích yếu"
        draft.put("period", (min(years), max(years)), (at.start, at.end), 0.8, because)
    elif not draft.values.keys() & {"kind", "number", "issuer"}:
        _period_of_first_words(draft, at.end if at else 0)


def _years(title: str) -> list[str]:
    if spans := _YEARS.findall(title):
        return [year for pair in spans for year in pair]
    return [year for groups in _YEAR.findall(title) for year in groups if year]


_SPAN = re.compile(
    r"[Tt]ừ (?:ngày |tháng |đầu năm |năm )?[\d/.]*?(\d{4}) đến (?:hết |nay |ngày |tháng |cuối |năm )*[\d/.]*?(\d{4})(?!\d)"
)
_OF_YEAR = re.compile(
    r"(?<!với )(?<!cùng kỳ )(?<!của )(?:(?:[Tt]rong |đầu |cuối )?[Nn]ăm|[Tt]háng \d\d?/|[Qq]uý [IV]+/) *(\d{4})(?! ?-|\d)"
)
_LAW = re.compile(r"(?:Luật|Nghị|Pháp lệnh|Bộ luật|số)[^.;]{0,80}$")
_REPORTS = re.compile(
    r"(?<!\w)(?:đã|được|toàn (?:tỉnh|huyện|xã|thành phố)|tiếp nhận|đạt|giảm|tăng|là \d|có \d)(?!\w)"
)


def _period_of_first_words(draft: Draft, low: int) -> None:
    """“Từ ngày 1/8/2018 đến 31/7/2019, …”, “Năm 2021, toàn tỉnh …”."""
    flat, page = draft.page.flat, draft.page
    for paragraph in [item for item in page.paragraphs[:8] if item.start >= low][:4]:
        found = _SPAN.search(flat, paragraph.start, paragraph.end)
        if not found and _REPORTS.search(flat, paragraph.start, paragraph.end):
            found = _OF_YEAR.search(flat, paragraph.start, paragraph.end)
        if found and not _LAW.search(flat[max(0, found.start() - 90) : found.start()]):
            years = [year for year in found.groups() if year]
            because = "Thời gian nêu ở câu đầu"
            draft.put("period", (min(years), max(years)), found.span(), 0.55, because)
            return
