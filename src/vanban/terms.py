"""When a cell of a table says that something is due: “Quý I/2024”, “30/6”, “Tháng 3 - 5/2024”."""

from __future__ import annotations

import re
from collections.abc import Callable

from vanban import deadlines
from vanban.model import Due
from vanban.numbers import DATE, DAY, MONTH, parse_date, parse_quarter
from vanban.text import Page

_LONGEST = 400  # characters of such a cell
_YEAR = r"(?:(?: ?/ ?| +năm +| - | ?- ?| +)(?P<year>\d{4})(?!\d))?"
_DATES = re.compile(rf"(?P<date>{DATE})")
_DAY_MONTH = re.compile(
    rf"(?<![\d/.])(?P<day>{DAY})(?: ?/ ?| +tháng +)(?P<month>{MONTH})(?! ?[/\d])"
    r"(?P<every>[ ,]*(?:của +)?(?:mỗi|hàng|hằng) +năm)?"
)
_QUARTER = re.compile(
    rf"[Qq]u[ýí] *(?:[IV1-4]+ *[-,và]+ *(?:[Qq]u[ýí] *)?)*(?P<q>I{{1,3}}|IV|[1-4])(?![\wIV]){_YEAR}"
)
_HALF = re.compile(rf"(?:0?6|[Ss]áu) +tháng +(?P<half>đầu|cuối)(?: +năm)?{_YEAR}")
_MONTHS = re.compile(
    rf"[Tt](?:háng)? *(?:{MONTH} *(?:/\d{{4}})? *(?:-|,|và|đến|đến tháng) *(?:[Tt]háng *)?){{0,6}}(?P<month>{MONTH}){_YEAR}"
)
_YEARS = re.compile(r"(?<!\d)(?:\d{4} *(?:-|đến) *)?(?P<year>(?:19|20)\d\d)(?![\d/])")
_DAILY = re.compile(
    r"(?P<how>[Hh][àằ]ng|[Mm]ỗi|[Đđ]ịnh kỳ(?: h[àằ]ng)?) *,? *(?P<name>tuần|tháng|quý|0?6 tháng|năm)"
)
_DAY_OF_MONTH = re.compile(rf"ngày +(?P<day>{DAY})(?![/\d])")
_EVERY = {"tuần": "week", "tháng": "month", "quý": "quarter", "6 tháng": "half-year", "năm": "year"}
_WHOLE_YEAR = re.compile(
    r"(?:[Cc]ả năm|[Tt]rong năm|[Cc]uối năm|[Hh]ết năm|[Kk]ết thúc năm)(?! *\d)"
)


def read(page: Page, start: int, end: int, year: str | None) -> list[Due]:
    """The deadlines of a cell; `year` completes one without a year. “Thường xuyên” is none."""
    if not start < end <= start + _LONGEST:
        return []
    for way in (_day, deadlines_of, _recurring, _period, _of_year):
        if found := way(page, start, end, year):
            return found
    return []


def deadlines_of(page: Page, start: int, end: int, year: str | None) -> list[Due]:
    return deadlines.read(page, start, end, year)


def _is_inclusive(page: Page, start: int, at: int) -> bool:
    before = page.flat[start:at].casefold()
    return "trước" not in before or "trước hoặc" in before


def _day(page: Page, start: int, end: int, year: str | None) -> list[Due]:
    """The last day that the cell names: “Từ 01/3 đến 15/4/2024” ends on the second."""
    dates = list(_DATES.finditer(page.flat, start, end))
    if not dates:
        return []
    last = dates[-1]
    inclusive = _is_inclusive(page, start, last.start())
    return [Due(page.span(start, end), "date", date=parse_date(last[0]), inclusive=inclusive)]


def _recurring(page: Page, start: int, end: int, year: str | None) -> list[Due]:
    found = _DAILY.search(page.flat, start, end)
    if not found:
        return []
    every = _EVERY[found["name"].removeprefix("0")]
    fixed = _DAY_MONTH.search(page.flat, start, end)
    day = _DAY_OF_MONTH.search(page.flat, start, end)
    if fixed and every == "year":
        return [_again(page, start, end, every, int(fixed["day"]), int(fixed["month"]))]
    return [_again(page, start, end, every, int(day["day"]) if day else None, None)]


def _again(page: Page, start: int, end: int, every: str, day: int | None, month: int | None) -> Due:
    return Due(page.span(start, end), "recurring", every=every, day=day, month=month)


def _period(page: Page, start: int, end: int, year: str | None) -> list[Due]:
    for pattern, name in _PERIODS:
        found = list(pattern.finditer(page.flat, start, end))
        if not found:
            continue
        printed = next((one["year"] for one in reversed(found) if one["year"]), year)
        if printed is None:
            return []
        inclusive = _is_inclusive(page, start, found[-1].start())
        period = f"{printed}-{name(found[-1])}"
        return [Due(page.span(start, end), "period_end", period=period, inclusive=inclusive)]
    return []


def _quarter(found: re.Match[str]) -> str:
    return f"Q{parse_quarter(found['q'])}"


def _half(found: re.Match[str]) -> str:
    return f"H{1 if found['half'] == 'đầu' else 2}"


def _month(found: re.Match[str]) -> str:
    return f"{int(found['month']):02d}"


_PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_QUARTER, _quarter),
    (_HALF, _half),
    (_MONTHS, _month),
)


def _of_year(page: Page, start: int, end: int, year: str | None) -> list[Due]:
    """“31/12”, “Trước 30/6” in the year of the plan; “Năm 2024”, “2024 - 2025”, “Cả năm”."""
    found = list(_DAY_MONTH.finditer(page.flat, start, end))
    if found and year:
        last = found[-1]
        date = f"{year}-{int(last['month']):02d}-{int(last['day']):02d}"
        inclusive = _is_inclusive(page, start, last.start())
        return [Due(page.span(start, end), "date", date=date, inclusive=inclusive)]
    years = list(_YEARS.finditer(page.flat, start, end))
    if years:
        return [Due(page.span(start, end), "period_end", period=years[-1]["year"])]
    if year and _WHOLE_YEAR.search(page.flat, start, end):
        return [Due(page.span(start, end), "period_end", period=year)]
    return []
