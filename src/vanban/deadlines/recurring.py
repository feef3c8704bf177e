"""Deadlines that come again and again: “hằng quý (ngày 12 của tháng cuối quý), năm (trước 15/12)”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vanban import recurrence
from vanban.deadlines.days import Day, bare
from vanban.deadlines.times import (
    EACH,
    EVERY,
    HOUR,
    Found,
    Times,
    back,
    because,
    is_within,
    lead_of,
    places,
)
from vanban.model import Due

NAME = (
    r"(?:tuần|tháng|quý|0?6 tháng|sáu tháng|nửa năm|0?9 tháng|chín tháng|(?:0?1 |một )?năm)"
    r"(?: (?:đầu|cuối) năm)?(?!\w)(?! +(?:\d|[IVX]+\b|nay|trước(?! +(?:ngày|\d))|sau|tới|qua|học|thứ|làm việc|cuối|đầu)|/\d)"
)
_SAYS = rf"[Đđ]ịnh kỳ,?(?: +(?:{EACH}|báo cáo))?|{EACH}"
_REPORT = "[Bb]áo cáo(?: +(?:định kỳ|kết quả|tình hình|sơ kết|tổng kết|công tác)){0,2}"
_CALLED = re.compile(rf"(?:(?P<how>{_SAYS})|{_REPORT})(?: *[:(])? *(?P<name>{NAME})")
# Letters of “hằng”, “mỗi”, “từng”, “định kỳ”, “báo cáo” behind the first
_CALLS = ("ằng ", "àng ", "ỗi ", "ừng ", "ịnh kỳ", "áo cáo")
_NEXT = re.compile(
    rf"(?P<gap> *(?:\([^()]{{0,90}}\))? *(?:,|;|và|hoặc|, và) *)"
    rf"(?:(?:[Bb]áo cáo|[Đđ]ịnh kỳ|(?:[Cc]uối |[Đđ]ầu )?{EACH}) +){{0,2}}(?P<name>{NAME})"
)
_NAMED_IN_CELL = NAME.replace(" (?:đầu|cuối) năm", "").replace(
    "tuần|tháng|quý", "[Tt]uần|[Tt]háng|[Qq]uý", 1
)
_IN_CELL = re.compile(rf"(?<!\w)(?:(?:{_SAYS}|[Bb]áo cáo) *)?(?P<name>{_NAMED_IN_CELL})")


@dataclass(slots=True)
class _Name:
    """A period that comes again, as named: “hằng quý”; `is_sure` where it needs no day."""

    start: int
    end: int
    every: str
    is_sure: bool


def recurring(times: Times) -> Iterator[Found]:
    flat, start, end = times.flat, times.start, times.end
    if times.is_cell and flat.find("lần", start, end) >= 0 and (once := list(_once(times))):
        yield True, once[0]
        return
    days = bare(times)
    names = list(_names(times, days))
    if flat.find(" tuần", start, end) >= 0:
        yield from _weekly(times)
    if flat.find("ngày cuối cùng", start, end) >= 0:
        yield from _on_last_days(times)
    if days or names:
        yield from _paired(times, names, days)
    elif not times.is_cell or flat.find("lần", start, end) >= 0:
        yield from _times_a_period(times)


def _called(times: Times) -> Iterator[re.Match[str]]:
    if times.is_cell:
        yield from _IN_CELL.finditer(times.flat, times.start, times.end)
        return
    past = times.start
    for at in places(times, _CALLS):
        if at > past and (found := _CALLED.match(times.flat, at - 1, times.end)):
            past = found.end()
            yield found


def _names(times: Times, days: Sequence[Day]) -> Iterator[_Name]:
    """The periods named in the text, with those that follow in a series."""
    flat, at = times.flat, times.start
    inside = [(day.start, day.end) for day in days]
    for found in _called(times):
        if found.start() < at:
            continue
        at = found.end()
        if is_within(inside, found.start("name")):
            continue
        series = [_name(found, is_sure=times.is_cell or _is_manner(times, found))]
        series[0].start = back(times, found.start(), ("cuối ", "Cuối ", "đầu ", "Đầu "))
        while more := _NEXT.match(flat, at, times.end):
            series.append(_name(more, is_sure=series[0].is_sure))
            at = more.end()
        if len(series) > 1 and _is_report(flat, found) and _is_half(series):
            for name in series:
                name.is_sure = True
        yield from series


def _name(found: re.Match[str], *, is_sure: bool) -> _Name:
    said = found["name"]
    base = said.removesuffix(" đầu năm").removesuffix(" cuối năm").lower()
    start = found.end("gap") if found.re is _NEXT else found.start()
    return _Name(start, found.end(), EVERY[base], is_sure)


def _is_report(flat: str, found: re.Match[str]) -> bool:
    return flat.startswith(("báo cáo", "Báo cáo"), found.start())


def _is_half(series: Sequence[_Name]) -> bool:
    return any(name.every in ("half-year", "nine-month") for name in series)


_PLANS = re.compile(
    r"(?:kế hoạch|chương trình|dự toán|ngân sách|nhiệm vụ|chỉ tiêu|quy chế|quy định|tiêu chí)(?: công tác)? *$"
)
_DOING = re.compile(
    r"(?:báo cáo|họp|giao ban|sơ kết|tổng kết|đối thoại|tiếp công dân|rà soát|cập nhật|tổng hợp|kiểm tra|làm việc"
    r"|tổ chức|thực hiện|tiến hành|vào) *$"
)
_ENDS = re.compile(r" *(?:[.;,)]|$)")


def _is_manner(times: Times, found: re.Match[str]) -> bool:
    """Whether “hằng năm” says how often something is done, not whose plan it is."""
    how = found["how"]
    if not how:
        return False
    flat, start = times.flat, found.start()
    before = flat[max(times.start, start - 140) : start].rstrip()
    if how.startswith(("Định kỳ", "định kỳ")) or before.endswith(("uối", "ầu")):
        return True
    if not before or _PLANS.search(before):
        return not before
    if before[-1] in ",(:" or before.endswith("ịnh kỳ"):
        return before[-1] != "," or how[0].islower() and not _PLANS.search(before[:-1])
    if _DOING.search(before) and _ENDS.match(flat, found.end(), times.end):
        return True
    told = max(before.rfind("báo cáo"), before.rfind("Báo cáo"))
    return told >= 0 and not any(mark in before[told:] for mark in ".;")


_NEAR = 40  # characters between “hằng quý” and its day within which both are one printed deadline


def _paired(times: Times, names: list[_Name], days: list[Day]) -> Iterator[Found]:
    """Each period with its day: “hằng quý (ngày 12 của tháng cuối quý), năm (trước 15/12)”."""
    yearly = any(name.every == "year" for name in names)
    runs: list[tuple[list[_Name], list[Day]]] = [([], [])]
    both: list[_Name | Day] = [*names, *days]
    for item in sorted(both, key=lambda one: one.start):
        if isinstance(item, Day):
            runs[-1][1].append(item)
        elif runs[-1][1] and _is_called_after(times.flat, runs[-1][1][-1], item):
            last = runs[-1][1].pop()
            runs.append(([item], [replace(last, end=item.end)]))
        elif runs[-1][1]:
            runs.append(([item], []))
        else:
            runs[-1][0].append(item)
    for run in runs:
        yield from _of_run(times, *run, yearly=yearly)


_CALLED_AFTER = re.compile(r" *(?:\(|đối với) *(?:đối với +)?(?:báo cáo *)?$")


def _is_called_after(flat: str, day: Day, name: _Name) -> bool:
    """“trước ngày 15/6 (báo cáo 6 tháng)”: the name follows its day."""
    return name.start - day.end < 30 and bool(
        _CALLED_AFTER.match(flat[day.end : name.start]) and day.end <= name.start
    )


def _of_run(times: Times, names: list[_Name], days: list[Day], *, yearly: bool) -> Iterator[Found]:
    if len(names) == len(days) > 1:
        for name, day in zip(names, days, strict=True):
            yield from _on_days(times, name, day, yearly=yearly)
        return
    forms = {day.every for day in days}
    own = next((name for name in names if name.every in forms), names[-1] if names else None)
    bound = [day for day in days if _binds(own, day)]
    shared = [day for day in bound if day.every is None and day.which]
    for name in names:
        if shared and name is not own:
            yield from _on_days(times, name, shared[0], yearly=yearly)
        elif name.is_sure and not (bound and name is own):
            yield bool(bound), due_of(times, name.start, name.end, name.every, yearly=yearly)
    for day in days:
        if day in bound and own:
            yield from _on_days(times, own, day, yearly=yearly)
        elif day.every or (day.which == "first" and not names):
            yield from _on_days(times, None, day, yearly=yearly)
        elif times.year and day.month and (day.lead or times.is_cell):
            yield from _in_year(times, day)


def _binds(name: _Name | None, day: Day) -> bool:
    """Whether the day is that of the period: “báo cáo năm … trước ngày 15/12”."""
    if name is None:
        return False
    if day.every and day.every != name.every:
        return False
    if name.every in ("month", "week") and day.month:
        return False
    return (
        day.month is not None
        or day.every is not None
        or day.which is not None
        or (name.every == "month" or name.end > day.start - 12)
    )


def _on_days(times: Times, name: _Name | None, day: Day, *, yearly: bool) -> Iterator[Found]:
    every = day.every or (name.every if name else "month")
    start, end = day.start, day.end
    if name and -_NEAR < start - name.end < _NEAR:
        start, end = min(name.start, start), max(day.end, name.end)
        end += times.flat[end : min(end + 1, times.end)] == ")" and "(" in times.flat[start:end]
    for number in day.days:
        yield (
            True,
            replace(
                due_of(times, start, end, every, number, day.month, day.which, yearly=yearly),
                inclusive=day.inclusive,
            ),
        )


_NEXT_YEAR = re.compile(r" +(?:của +)?năm +(?:sau|tới|kế tiếp|tiếp theo|liền kề)")


def _in_year(times: Times, day: Day) -> Iterator[Found]:
    """“trước ngày 15/11” is in the year that the text plans for."""
    year = int(times.year or 0)
    if _NEXT_YEAR.match(times.flat, day.end, times.end):
        year += 1
    for number in day.days:
        yield (
            True,
            Due(
                times.page.span(day.start, day.end),
                "date",
                date=f"{year:04d}-{day.month:02d}-{number:02d}",
                inclusive=day.inclusive,
                because=because(day.lead, "ngày, tháng; năm lấy theo văn bản"),
            ),
        )


def due_of(
    times: Times,
    start: int,
    end: int,
    every: str,
    day: int | None = None,
    month: int | None = None,
    which: str | None = None,
    *,
    yearly: bool = False,
    weekday: str | None = None,
    interval: int = 1,
) -> Due:
    # Beside a yearly report the half-yearly one is that of June.
    ends = 6 if every == "half-year" and month is None and yearly else month
    return Due(
        times.page.span(start, end),
        "recurring",
        every=every,
        day=day,
        month=month,
        month_of_period=which,
        rule=recurrence.rule(
            every, day=day, month=ends, which=which, weekday=weekday, interval=interval
        ),
        because="Từ chỉ định kỳ" + (" và ngày" if day else ""),
    )


_WEEKDAYS = {
    "hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tư": "WE", "4": "WE", "năm": "TH", "5": "TH",
    "sáu": "FR", "6": "FR", "bảy": "SA", "7": "SA", "nhật": "SU",
}  # fmt: skip
_WEEKLY = re.compile(
    rf"(?:(?P<lead>[Tt]rước|[Cc]hậm nhất|[Vv]ào)(?: là| vào)? +)?(?:(?P<hour>{HOUR}),? +)?(?:(?:sáng|chiều|ngày) +){{0,2}}"
    rf"(?:[Tt]hứ (?P<day>[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7])|[Cc]hủ (?P<last>nhật)),? +(?:của +)?"
    rf"(?:{EACH}|các|trong) +tuần(?!\w)"
)


def _weekly(times: Times) -> Iterator[Found]:
    for found in _WEEKLY.finditer(times.flat, times.start, times.end):
        weekday = _WEEKDAYS[(found["day"] or found["last"]).lower()]
        due = due_of(times, found.start(), found.end(), "week", weekday=weekday)
        is_before = (found["lead"] or "").lower() == "trước" and not found["hour"]
        yield True, replace(due, inclusive=not is_before)


_LAST_DAY = re.compile(
    rf"(?<!\w)ngày cuối cùng,? +(?:của +)?(?:{EACH} +)?(?P<name>tháng|quý)(?!\w)"
    r"(?! +(?:\d|[IVX]+(?!\w)|này|nay|trước|sau|tới)|/\d)"
)


def _on_last_days(times: Times) -> Iterator[Found]:
    """“vào ngày cuối cùng của quý”."""
    for found in _LAST_DAY.finditer(times.flat, times.start, times.end):
        lead = lead_of(times, found.start())
        due = due_of(
            times, lead.start if lead else found.start(), found.end(), EVERY[found["name"]]
        )
        yield True, replace(due, inclusive=lead is None or lead.inclusive)


_MANY = re.compile(r"(?:(?:[Íí]t nhất|[Tt]ối thiểu) +)?(?<!\w)(?:\d{1,3}|một|hai|ba|bốn) +$")
_OFTEN = re.compile(
    r"(?:lần|ngày|buổi|kỳ|cuộc)(?: +\w{1,7}){0,2}? *(?:/ *|trong +|mỗi +|một +)"
    r"(?:0?1 +|một +)?(?P<name>tuần|tháng|quý|0?6 tháng|năm)(?!\w)(?! +(?:\d|[IVX]+(?!\w))|/\d)"
)
_EACH_TIMES = re.compile(
    rf"{EACH} +(?P<name>tuần|tháng|quý|0?6 tháng|năm),? +(?:[^\W\d]\w{{0,6}} ){{0,4}}"
    r"(?:ít nhất +|tối thiểu +)?(?:\d{1,3}|một|hai) +lần"
)


_NUMBERS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_WORDS = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in _NUMBERS)
_ONCE = re.compile(
    rf"(?<!\w)(?:(?:(?:[Đđ]ịnh kỳ|{EACH}) +)?(?P<count>\d\d?|{_WORDS}) +)?"
    r"(?P<unit>tháng|quý|năm|tuần)(?: +(?:một|0?1) +| ?/ ?)lần"
)
_OF_MONTHS = {1: "month", 3: "quarter", 6: "half-year", 12: "year"}


def _once(times: Times) -> Iterator[Due]:
    """“6 tháng một lần”, “03 tháng/lần”, “hai năm một lần”."""
    found = _ONCE.search(times.flat, times.start, times.end)
    if not found or times.is_cell and not found["count"]:
        return
    said = found["count"] or "1"
    count = int(said) if said.isdigit() else _NUMBERS[said.lower()]
    if count == 0:
        return
    unit = EVERY[found["unit"]]
    months = count * {"month": 1, "quarter": 3}.get(unit, 0)
    if months:
        unit, count = _OF_MONTHS.get(months, "month"), 1 if months in _OF_MONTHS else months
    yield due_of(times, found.start(), found.end(), unit, interval=count)


def _times_a_period(times: Times) -> Iterator[Found]:
    """“ít nhất 01 lần/quý”, “mỗi năm một lần”."""
    flat, end = times.flat, times.end
    for at in places(times, ("lần", "ngày", "buổi", "kỳ ", "cuộc")):
        found = _OFTEN.match(flat, at, end)
        many = found and _MANY.search(flat, max(times.start, at - 24), at)
        if found and many:
            yield False, due_of(times, many.start(), found.end(), EVERY[found["name"]])
            return
    if flat.find("lần", times.start, end) < 0:
        return
    for due in _once(times):
        yield False, due
        return
    for at in places(times, ("ằng ", "àng ", "ỗi ")):
        if at > times.start and (found := _EACH_TIMES.match(flat, at - 1, end)):
            yield False, due_of(times, found.start(), found.end(), EVERY[found["name"]])
            return
