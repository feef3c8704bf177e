"""When something is due: by a day, by the end of a period, or again and again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.model import Due
from vanban.numbers import DATE, DAY, MONTH, parse_date, parse_quarter
from vanban.text import Page

_BEFORE = r"(?:xong +trước|trước|chậm nhất|muộn nhất|không quá|hạn cuối|thời hạn|hoàn thành|xong)"
_LINK = r"(?: +(?:hết|là|vào|đến|trong|trước|sau|xong|lúc|\d\d? ?(?:giờ|h)(?: ?\d\d)?)|:|,)*"
# trước ngày 18/9/2023 · chậm nhất ngày 15/4/2021 · hoàn thành trước 30 tháng 6 năm 2024
_DATED = re.compile(
    rf"(?P<lead>[Tt]rước|{_BEFORE}|[Cc]hậm nhất|[Hh]oàn thành){_LINK} +(?:khi +)?(?:ngày +)?(?P<date>{DATE})"
    rf"|(?P<until>đến hết|đến|hết|tới|vào)(?: +hết)? +ngày +(?P<until_date>{DATE})"
)
# trước ngày 15/12 mỗi năm · trước ngày 15/11 · trước ngày 20 hàng tháng
_DAY_MONTH = re.compile(
    rf"(?:[Tt]rước|{_BEFORE}|vào){_LINK} +ngày +(?P<day>{DAY})(?:/| tháng )(?P<month>{MONTH})(?![\d/])"
    r"(?P<every>,? +(?:của +)?(?:mỗi|hàng|hằng) +năm)?"
)
_PERIOD = re.compile(
    r"(?:cuối|hết|trong|đến|vào|trước|hoàn thành|xong)(?: +(?:cuối|hết|trong))? +"
    r"(?:(?P<quarter>[Qq]uý +(?P<q>I{1,3}|IV|[1-4])(?:/| +năm +|-)(?P<qy>\d{4}))"
    r"|(?P<half>6 +tháng +(?P<h>đầu|cuối) +năm +(?P<hy>\d{4}))"
    r"|tháng +(?P<m>\d\d?)(?:/| +năm +)(?P<my>\d{4}))"
)
_YEAR_END = re.compile(
    r"(?:cuối|hết|kết thúc|hoàn thành(?: +xong)? +(?:trong|vào)) +năm +(?P<year>\d{4})(?!\d| ?-)"
)
_EVERY = {
    "tuần": "week",
    "tháng": "month",
    "quý": "quarter",
    "6 tháng": "half-year",
    "sáu tháng": "half-year",
    "06 tháng": "half-year",
    "9 tháng": "nine-month",
    "chín tháng": "nine-month",
    "09 tháng": "nine-month",
    "năm": "year",
}
_NAMES = r"tuần|tháng|quý|0?6 tháng|sáu tháng|0?9 tháng|chín tháng|năm"
# “hàng quý (ngày 12 của tháng cuối quý)”, “6 tháng (ngày 08 tháng 6)”, “cuối mỗi năm”
_SERIES = re.compile(
    rf"(?:(?P<how>[Hh][àằ]ng|[Mm]ỗi|cuối mỗi|đầu mỗi)? *(?<![\w/])(?P<name>{_NAMES})(?: đầu năm| cuối năm)?(?!\w))"
    rf"(?P<when> *\((?:trước |chậm nhất )?ngày +(?P<day>{DAY})(?: +(?:của +)?(?P<last>tháng cuối|tháng đầu)|(?:/| +tháng +)(?P<month>{MONTH}))?[^)]*\))?"
)
_AND_THEN = re.compile(r" *(?:,|và|;|, và) *(?:báo cáo *)?")
# Where such a series begins: at the head of the sentence, or after “báo cáo”
_HEAD = re.compile(
    r"(?:Định kỳ,? *)?(?=[Hh][àằ]ng (?:tuần|tháng|quý|năm))"
    r"|Định kỳ,? *(?=(?:0?6 tháng|0?9 tháng|tháng|quý|năm)(?: \(|,| và ))"
)
_REPORTING = re.compile(
    r"báo cáo(?: +(?:kết quả|định kỳ|tình hình))?[^.;]{0,120}?(?<!kế hoạch )(?:định kỳ +)?"
    r"(?=(?:hàng|hằng) (?:tháng|quý|năm)|0?6 tháng(?: \(|, (?:9 tháng|năm|hàng|hằng)| và (?:hàng |hằng )?năm))"
)
_DAYS_OF = re.compile(
    rf"(?:vào|trước)? *(?:các )?ngày +(?P<days>{DAY}(?:(?:,| và) *(?:ngày +)?{DAY})*) +(?:của +)?(?:hàng|hằng|mỗi) +(?P<name>tháng|quý|năm)"
)
_DAY_OF_LAST = re.compile(
    rf"(?:trước )?ngày +(?P<day>{DAY}) +(?:của +)?tháng +(?P<which>cuối|đầu)(?: +(?:của +)?(?:hàng +|hằng +|mỗi +)?quý| quý)"
)
_TIMES = re.compile(
    r"(?:(?:ít nhất|tối thiểu) +)?(?:\d+|một|hai) +(?:lần|ngày|buổi|kỳ) *(?:/|trong +|mỗi +|một +)(?:1 +|01 +|một +)?(?P<name>tuần|tháng|quý|năm)"
    r"|(?:mỗi|hàng|hằng) +(?P<each>tuần|tháng|quý|năm),? +(?:ít nhất +|tối thiểu +)?(?:\d+|một|hai) +lần"
)
_REGULAR = re.compile(
    r"[Đđ]ịnh kỳ,? +(?:[Hh][àằ]ng +|mỗi +)?(?P<name>tuần|tháng|quý|0?6 tháng|năm)(?! +(?:\d|làm))"
)


def read(page: Page, start: int, end: int, year: str | None = None) -> list[Due]:
    """The deadlines stated in `start..end`, none twice. `year` completes a day without one."""
    flat = page.flat
    has_digits = bool(_DIGIT.search(flat, start, end))
    recurs = any(flat.find(word, start, end) >= 0 for word in _RECURRING)
    found: list[Due] = []
    if has_digits:
        found = list(_dated(page, start, end))
    if recurs and not found:
        found = list(_series(page, start, end))
    if has_digits and not found:
        found = list(_periods(page, start, end))
    if recurs and not found:
        found = list(_repeated(page, start, end))
    if has_digits and not found:
        found = list(_of_year(page, start, end, year))
    return found


# Without one of these nothing recurs, without a digit nothing is due on a day.
_RECURRING = (
    "àng ",
    "ằng ",
    "mỗi",
    "Mỗi",
    "ịnh kỳ",
    "lần",
    "6 tháng",
    "tháng cuối",
    "tháng đầu",
    "ít nhất",
    "tối thiểu",
)
_DIGIT = re.compile(r"\d")


def _dated(page: Page, start: int, end: int) -> Iterator[Due]:
    for found in _DATED.finditer(page.flat, start, end):
        printed = found["date"] or found["until_date"]
        lead = (found["lead"] or "").casefold()
        exclusive = lead.endswith("trước") or " trước" in found[0]
        span = page.span(found.start(), found.end())
        if found["until"] in ("vào", "đến", "tới") and _is_range_or_event(page.flat, found):
            continue
        yield Due(span, "date", date=parse_date(printed), inclusive=not exclusive)
        return


def _is_range_or_event(flat: str, found: re.Match[str]) -> bool:
    """“từ ngày … đến ngày …”, “kể từ ngày …” are no deadlines."""
    return "từ " in flat[max(0, found.start() - 30) : found.start()]


def _series(page: Page, start: int, end: int) -> Iterator[Due]:
    """“Định kỳ, hàng quý (ngày 12 của tháng cuối quý), 6 tháng (…), năm (…)”: one for each."""
    if days := _DAYS_OF.search(page.flat, start, end):
        every = _EVERY[days["name"]]
        span = page.span(days.start(), days.end())
        for day in re.findall(r"\d+", days["days"]):
            yield Due(span, "recurring", every=every, day=int(day))
        return
    at = _series_start(page.flat, start, end)
    if at is None:
        return
    while found := _SERIES.match(page.flat, at, end):
        yield _one_of_series(page, found, start, end)
        gap = _AND_THEN.match(page.flat, found.end(), end)
        if not gap:
            return
        at = gap.end()


def _series_start(flat: str, start: int, end: int) -> int | None:
    if head := _HEAD.match(flat, start, end):
        return head.end()
    report = _REPORTING.search(flat, start, end)
    return report.end() if report else None


_NEAR = 40  # characters between “hằng quý” and its day within which both are one printed deadline


def _one_of_series(page: Page, found: re.Match[str], start: int, end: int) -> Due:
    first = found.start() + len(found[0]) - len(found[0].lstrip())
    day = int(found["day"]) if found["day"] else None
    month = int(found["month"]) if found["month"] else None
    which = found["last"] and ("last" if "cuối" in found["last"] else "first")
    every = _EVERY[found["name"]]
    last = found.end()
    if day is None and (late := _DAY_OF_LAST.search(page.flat, start, end)) and every == "quarter":
        day, which = int(late["day"]), "last" if late["which"] == "cuối" else "first"
        if late.start() > found.end():
            first = first if late.start() - found.end() < _NEAR else late.start()
            last = late.end()
    if day is None and every == "year" and (fixed := _DAY_MONTH.search(page.flat, start, end)):
        day, month = int(fixed["day"]), int(fixed["month"])
    return Due(
        page.span(first, last),
        "recurring",
        every=every,
        day=day,
        month=month,
        month_of_period=which,
    )


def _periods(page: Page, start: int, end: int) -> Iterator[Due]:
    if found := _PERIOD.search(page.flat, start, end):
        inclusive = "trước" not in found[0]
        span = page.span(found.start(), found.end())
        yield Due(span, "period_end", period=_period(found), inclusive=inclusive)
    elif found := _YEAR_END.search(page.flat, start, end):
        span = page.span(found.start(), found.end())
        yield Due(span, "period_end", period=found["year"])


def _period(found: re.Match[str]) -> str:
    if found["quarter"]:
        return f"{found['qy']}-Q{parse_quarter(found['q'])}"
    if found["half"]:
        return f"{found['hy']}-H{1 if found['h'] == 'đầu' else 2}"
    return f"{found['my']}-{int(found['m']):02d}"


def _repeated(page: Page, start: int, end: int) -> Iterator[Due]:
    if late := _DAY_OF_LAST.search(page.flat, start, end):
        which = "last" if late["which"] == "cuối" else "first"
        yield Due(
            page.span(late.start(), late.end()),
            "recurring", every="quarter", day=int(late["day"]), month_of_period=which,
        )  # fmt: skip
        return
    for pattern in (_TIMES, _REGULAR):
        if found := pattern.search(page.flat, start, end):
            name = found["name"] or found["each"]
            span = page.span(found.start(), found.end())
            yield Due(span, "recurring", every=_EVERY[name.removeprefix("0")])
            return


_YEARLY = re.compile(r"báo cáo năm|(?:[Hh]àng|[Hh]ằng) năm")


def _of_year(page: Page, start: int, end: int, year: str | None) -> Iterator[Due]:
    """“trước ngày 15/12 mỗi năm” recurs; “trước ngày 15/11” is in the year that the text plans for."""
    found = _DAY_MONTH.search(page.flat, start, end)
    if not found:
        return
    span = page.span(found.start(), found.end())
    day, month = int(found["day"]), int(found["month"])
    if found["every"] or _YEARLY.search(page.flat, start, found.start()):
        yield Due(span, "recurring", every="year", day=day, month=month)
    elif year:
        exclusive = "rước" in found[0]
        yield Due(span, "date", date=f"{year}-{month:02d}-{day:02d}", inclusive=not exclusive)
