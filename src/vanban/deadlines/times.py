"""A stretch of text whose times are looked for, and the words before a time that make it a deadline."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from vanban.model import Due
from vanban.text import Page

Found = tuple[bool, Due]  # whether its words alone make it a deadline (“trước”, not “trong”)
EACH = r"(?:[Mm]ỗi|[Hh][àằ]ng|[Tt]ừng)"
EVERY = {
    "tuần": "week",
    "tháng": "month",
    "quý": "quarter",
    "6 tháng": "half-year",
    "06 tháng": "half-year",
    "sáu tháng": "half-year",
    "nửa năm": "half-year",
    "9 tháng": "nine-month",
    "09 tháng": "nine-month",
    "chín tháng": "nine-month",
    "năm": "year",
    "1 năm": "year",
    "01 năm": "year",
    "một năm": "year",
}


@dataclass(frozen=True, slots=True)
class Times:
    """A stretch of text whose times are looked for."""

    page: Page
    start: int
    end: int
    year: str | None
    is_cell: bool
    flat: str
    days: Sequence[re.Match[str]]


def has(flat: str, start: int, end: int, words: Sequence[str]) -> bool:
    find = flat.find
    for word in words:
        if find(word, start, end) >= 0:
            return True
    return False


def is_within(ranges: Sequence[tuple[int, int]], at: int) -> bool:
    place = bisect_right(ranges, at, key=lambda one: one[0]) - 1
    return place >= 0 and at < ranges[place][1]


def places(times: Times, words: Sequence[str]) -> list[int]:
    """Where the words stand, in order."""
    find, end = times.flat.find, times.end
    found = []
    for word in words:
        at = find(word, times.start, end)
        while at >= 0:
            found.append(at)
            at = find(word, at + 1, end)
    found.sort()
    return found


def back(times: Times, at: int, words: Sequence[str]) -> int:
    for word in words:
        first = at - len(word)
        if first >= times.start and times.flat.startswith(word, first):
            return first
    return at


# The words before a time

HOUR = r"\d\d? ?(?:giờ|h|g)(?: ?\d\d)?(?: ?phút| ?')?"
_LINK = (
    rf"(?: +(?:hết|là|vào|đến|trong|trước|xong|lúc|cuối|đầu|khi|các|{HOUR})(?![\w])|[:,]){{0,5}}"
)
_TIMED = re.compile(rf"rước +{HOUR}(?![\w])")
_SURE = (
    r"[Tt]rước|[Cc]hậm nhất|[Mm]uộn nhất|[Kk]hông quá|[Kk]hông muộn hơn|[Hh]ạn (?:cuối|chót)|[Tt]hời hạn"
    r"|[Hh]oàn thành|[Hh]oàn tất|[Xx]ong|[Kk]ết thúc|(?:[Đđ]ến |[Tt]ới )?[Hh]ết"
    r"|(?:[Tt]hời (?:gian|hạn)|[Hh]ạn)(?: \w{1,7}){0,5} ?:"
)
_BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<sure>{_SURE})|(?P<weak>[Đđ]ến|[Tt]ới|[Vv]ào|[Tt]rong|[Cc]uối|(?<!tháng )(?<!kỳ )[Đđ]ầu|[Nn]gay trong))"
    rf"{_LINK} *(?:(?:các )?[Nn]g[àa]y +)?$"
)
# With one of these, an hour or a mark such words end.
_LAST = frozenset(
    "trước nhất quá hơn cuối chót hạn thành tất xong thúc hết đến tới vào trong đầu là lúc khi các ngay giờ phút".split()
)
_REACH = 64  # characters before a time in which such words stand
_REPORTS = re.compile(r"(?:[Bb]áo cáo|[,;(]|và) *0?[69] tháng *$")  # “6 tháng trước ngày 15/6”
# “05 ngày trước ngày …”, “tính đến ngày …”, “so với cuối năm …” count or compare
_COUNTS = re.compile(
    r"(?:\d (?:ngày|tháng|tuần|giờ)(?: làm việc)?|[Tt]ính|[Ss]o(?: với)?|[Cc]ho|[Kk]ể|[Tt]ừ|[Tt]ăng|[Gg]iảm"
    r"|[Tt]hời điểm|[Mm]ốc) *$"
)
_FROM = re.compile(r"(?<!\w)[Tt]ừ +(?:nay|ngày|tháng|quý|đầu|năm|\d)[^,;()]{0,30}$")
# The range is that of what is counted, not of what is done.
_COUNTED = re.compile(
    r"[Ss]ố liệu|hiệu lực|[Tt]ính *$|[Kk]ể *$|kỳ báo cáo|thời kỳ|[Cc]hốt|giai đoạn"
)


@dataclass(frozen=True, slots=True)
class Lead:
    """The words that make a time a deadline."""

    start: int
    words: str
    is_sure: bool
    is_range: bool = False

    @property
    def inclusive(self) -> bool:
        """“trước ngày 20/6” ends on the 19th, “trước 17 giờ ngày 20/6” on the 20th."""
        return "rước" not in self.words or _TIMED.search(self.words) is not None


def _may_lead(before: str) -> bool:
    """Whether the last word, but for “ngày”, may be one that leads to a time."""
    words = before.rsplit(None, 2)
    if len(words) > 1 and words[-1] in ("ngày", "ngay"):
        words.pop()
    if not words:
        return False
    last = words[-1]
    if last.lstrip('(“"').lower() in _LAST or last[-1] in ":,'-":
        return True
    return last[0].isdigit() and len(last) < 7


def lead_of(times: Times, at: int) -> Lead | None:
    first = max(times.start, at - _REACH)
    before = times.flat[first:at]
    if not _may_lead(before):
        return None
    if before.endswith(("-", "- ", "- ngày ")):
        return _range(times, first, before)
    found = _BEFORE.search(before)
    if not found or (
        _COUNTS.search(before, 0, found.start())
        and not ("rước" in found[0] and _REPORTS.search(before, 0, found.start()))
    ):
        return None
    start, is_sure = first + found.start(), found["sure"] is not None
    words = found[0].strip()
    if words.startswith(("đến", "Đến", "tới", "Tới", "hết")) and (
        since := _FROM.search(before, 0, found.start())
    ):
        if _COUNTED.search(
            times.flat, max(times.start, first + since.start() - 60), first + since.start()
        ):
            return None
        is_nay = "nay" in since[0][:7]
        return Lead(start if is_nay else first + since.start(), words, True, is_range=not is_nay)
    return Lead(start, words, is_sure)


_SINCE = re.compile(
    r"(?<!\w)[Tt]ừ +(?:ngày +)?\d{1,2}(?:[/.]\d{1,2}(?:[/.]\d{4})?)? *- *(?:ngày +)?$"
)


def _range(times: Times, first: int, before: str) -> Lead | None:
    """“từ ngày 15/5 - 30/6/2024”: due on the second day."""
    since = _SINCE.search(before)
    start = first + since.start() if since else 0
    if not since or _COUNTED.search(times.flat, max(times.start, start - 60), start):
        return None
    return Lead(start, "từ … đến", True, is_range=True)


def because(lead: Lead | None, said: str) -> str:
    return f"“{lead.words}” và {said}" if lead else f"Ô thời gian ghi {said}"
