"""The letterhead: issuer, number, place and date; and what stands below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban.frame import Draft, Line, flat_words
from vanban.lexicon.kinds import KIND_ENDINGS, KINDS
from vanban.lexicon.letters import LOWER, UPPER
from vanban.numbers import DATE_LONG, parse_date
from vanban.text import Page

DEEPEST = 30  # lines above which number, place and date stand

_NATION = re.compile(
    r"C[ỘO]NG( |$)|H[ÒO]A XÃ|XÃ HỘI CH|CHỦ NGHĨA|HỘI CHỦ|VIỆT NAM$|Độc lập|ĐẢNG CỘNG SẢN"
)
_NUMBER_LINE = re.compile(r"S[ốỐ] ?:? *(?=[\d/]|-|$|\.|…)(?P<number>[^|]*)")
_SIGN = re.compile(rf"\d{{1,5}}[a-z]? ?[-/] ?[\d{UPPER}][\w&đĐ.]*(?: ?[-/] ?[{UPPER}][\w&đĐ.]*)*")
PLACE_DATE = re.compile(
    rf"(?P<place>[{UPPER}][{UPPER}{LOWER}. \-']{{1,40}}?) ?, +ng[àa]y +"
    rf"(?:(?P<date>{DATE_LONG})|[\d. …]*th[áa]ng[\d. …]*n[ăa]m)"
)
_KIND_NAMES = "|".join(sorted(map(re.escape, (k.upper() for k in KINDS)), key=len, reverse=True))
KIND_LINE = re.compile(
    rf"(?P<kind>(?:{_KIND_NAMES})(?: (?:{'|'.join(e.upper() for e in KIND_ENDINGS)}))?)(?P<rest>.*)"
)
PREAMBLE = re.compile(
    r"(?:[-+•] *)?(?:Căn cứ|Thực hiện (?:Nghị|Chỉ|Quyết|Quy|Kế|Kết|Công|Chương|Hướng|Thông|Luật|Văn|Pháp|Đề|nghị|ý)|"
    r"Thực hiện (?:chủ trương|chức năng|nhiệm vụ|sự|tinh thần)|Triển khai thực hiện|Kính gửi|Nhằm|Để |"
    r"Trên cơ sở|Xét |Theo |Hưởng ứng|Trong |Năm |Ngày \d|Qua |Tiếp tục thực hiện|Phần |I[.\-]|1[.]|"
    r"Điều |Chương |\(|Kèm theo|Hôm nay|Sau |Với |Thi hành|Nay |Phát huy )"
)


def is_kind(words: str) -> bool:
    found = KIND_LINE.match(words)
    return found is not None and not found["rest"].strip(" :")


def read(draft: Draft, top: Sequence[Line]) -> int:
    """Issuer, number, place and date; answers the index of the first line below them."""
    below = 0
    masthead: list[Line] = []
    closed = numbered = False
    for index, line in enumerate(top):
        words = flat_words(draft.page, line)
        if number := _NUMBER_LINE.match(words):
            if numbered or index > DEEPEST:
                continue
            _take_number(draft, top, index, number["number"])
            below, closed, numbered = index + 1, True, True
        elif _NATION.match(words) and words.isupper() or words.startswith("Độc lập"):
            below = index + 1
        elif place := PLACE_DATE.match(_joined(draft.page, top, index)):
            if index > DEEPEST or "place" in draft.values:
                continue
            below = _take_place(draft, top, index, place)
            closed = True
        elif is_kind(words) or PREAMBLE.match(words):
            break
        elif not closed and words.isupper() and len(words) < 90:
            masthead.append(line)
    if masthead and below:
        _take_issuer(draft, masthead)
    elif numbered:
        below = _issuer_below(draft, top, below)
    return below


_BODY = re.compile(
    r"(?:của |CỦA )?(?P<name>(?:ỦY BAN|UỶ BAN|UBND|BAN|BỘ|SỞ|HỘI|ĐẢNG|TỈNH|THÀNH|HUYỆN|PHÒNG|TRƯỜNG)[^a-zđ]*)"
)


def _issuer_below(draft: Draft, top: Sequence[Line], below: int) -> int:
    """“Số: … / của ỦY BAN … / XÃ …”: the issuer in capitals right below the number."""
    page, index = draft.page, below
    found = _BODY.fullmatch(flat_words(page, top[below])) if below < len(top) else None
    if not found:
        return below
    while index < len(top) and len(words := flat_words(page, top[index])) < 90:
        if index > below and not (words.isupper() and not is_kind(words)):
            break
        index += 1
    start = top[below][0] + found.start("name")
    value = page.words(start, top[index - 1][1])
    draft.put("issuer", value, (start, top[index - 1][1]), 0.6, "Tên cơ quan ngay dưới dòng “Số:”")
    return index


def _joined(page: Page, top: Sequence[Line], index: int) -> str:
    """A line with the next one, since “Tân Giang, ngày | 14 tháng 10” may be broken."""
    own = flat_words(page, top[index])
    if "ngày" not in own or index + 1 == len(top):
        return own
    return f"{own} {flat_words(page, top[index + 1])}"


def _take_number(draft: Draft, top: Sequence[Line], index: int, rest: str) -> None:
    line = top[index]
    if not rest.strip() and index + 1 < len(top):
        line = top[index + 1]
        rest = flat_words(draft.page, line)
    if sign := _SIGN.match(rest.strip()):
        value = "".join(sign[0].split()).rstrip(".")
        draft.put("number", value, line, 0.95, "Dòng “Số:” ở đầu văn bản")


def _take_place(draft: Draft, top: Sequence[Line], index: int, found: re.Match[str]) -> int:
    line = top[index]
    place = draft.page.words(*line)[: len(found["place"])].strip()  # as printed: “Hoà Bình”
    draft.put("place", place, line, 0.95, "Địa danh trước “, ngày … tháng … năm”")
    own = len(flat_words(draft.page, line))
    if found["date"]:
        last = top[index + 1] if found.end() > own + 1 else line
        at = (line[0], last[1])
        draft.put("date", parse_date(found["date"]), at, 0.95, "Dòng địa danh, ngày tháng")
    return index + (2 if found.end() > own + 1 else 1)


def _take_issuer(draft: Draft, masthead: Sequence[Line]) -> None:
    while masthead and KIND_LINE.match(flat_words(draft.page, masthead[0])):
        masthead = masthead[1:]
    if not masthead:
        return
    value = " ".join(draft.page.words(*line) for line in masthead)
    at = (masthead[0][0], masthead[-1][1])
    draft.put("issuer", value, at, 0.9, "Tên cơ quan ở góc trên bên trái")
