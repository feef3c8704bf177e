"""When something is due: by a day, by the end of a period, or again and again.

A time is found first (a day, a quarter, “hằng tháng”), then the words before it say whether it is
a deadline. What depends on an event without a date (“sau 30 ngày”, “trước Tết”, “05 ngày làm việc
kể từ ngày …”) has none: the day cannot be told from the text alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vanban import recurrence
from vanban.model import Due
from vanban.numbers import DAY, MONTH, parse_quarter
from vanban.text import Page

Found = tuple[bool, Due]  # whether its words alone make it a deadline (“trước”, not “trong”)


def read(page: Page, start: int, end: int, year: str | None = None) -> list[Due]:
    """The deadlines stated in `start..end`, none twice. `year` completes a day without one."""
    if not _has(page.flat, start, end, _UNITS):
        return []
    found = _found(page, start, end, year, is_cell=False)
    return _windows(page, start, end, found) if found else found


def read_cell(page: Page, start: int, end: int, year: str | None = None) -> list[Due]:
    """The deadlines of a cell in a column of times: “Quý I/2024”, “30/6/2024”, “Hằng quý”."""
    return _found(page, start, end, year, is_cell=True)


def _found(page: Page, start: int, end: int, year: str | None, *, is_cell: bool) -> list[Due]:
    days = [day for day in _DAY.finditer(page.flat, start, end) if day["day"].strip("0")]
    if days and _has(page.flat, start, end, _CUT_OFFS):
        counted = [one.span() for one in _WINDOW.finditer(page.flat, start, end)]
        days = [day for day in days if not _is_within(counted, day.start())]
    times = _Times(page, start, end, year, is_cell, page.flat, days)
    found = [*_dates(times), *_recurring(times), *_periods(times)]
    if is_cell:
        return _without_starts(page.flat, _apart([due for _, due in found]))
    sure = [due for is_sure, due in found if is_sure]
    if sure:
        return _apart(sure)
    for kind in ("date", "recurring", "period_end"):
        if weak := [due for _, due in found if due.kind == kind]:
            return _apart(weak[:1] if kind == "date" else weak)
    return []


def _is_within(ranges: Sequence[tuple[int, int]], at: int) -> bool:
    place = bisect_right(ranges, at, key=lambda one: one[0]) - 1
    return place >= 0 and at < ranges[place][1]


def _apart(dues: Sequence[Due]) -> list[Due]:
    """In the order of the text, each said once."""
    seen = set()
    kept = []
    for due in sorted(dues, key=lambda one: one.span.start):
        said = (due.kind, due.date, due.period, due.every, due.day, due.month, due.month_of_period)
        if said not in seen:
            seen.add(said)
            kept.append(due)
    return kept


# Without one of these nothing is due: a unit of time with the words that bind something to it.
_UNITS = ("ngày", "/", "quý", "Quý", "tháng", "năm", "tuần", "ngay ", ".20", "Năm 2")


def _has(flat: str, start: int, end: int, words: Sequence[str]) -> bool:
    find = flat.find
    for word in words:
        if find(word, start, end) >= 0:
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Times:
    """A stretch of text whose times are looked for."""

    page: Page
    start: int
    end: int
    year: str | None
    is_cell: bool
    flat: str
    days: Sequence[re.Match[str]]


# The words before a time

_HOUR = r"\d\d? ?(?:giờ|h|g)(?: ?\d\d)?(?: ?phút| ?')?"
_LINK = rf"(?: +(?:hết|là|vào|đến|trong|trước|xong|lúc|cuối|khi|các|{_HOUR})(?![\w])|[:,]){{0,5}}"
_SURE = (
    r"[Tt]rước|[Cc]hậm nhất|[Mm]uộn nhất|[Kk]hông quá|[Kk]hông muộn hơn|[Hh]ạn (?:cuối|chót)|[Tt]hời hạn"
    r"|[Hh]oàn thành|[Hh]oàn tất|[Xx]ong|[Kk]ết thúc|(?:[Đđ]ến |[Tt]ới )?[Hh]ết"
    r"|(?:[Tt]hời (?:gian|hạn)|[Hh]ạn)(?: \w{1,7}){0,5} ?:"
)
_BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<sure>{_SURE})|(?P<weak>[Đđ]ến|[Tt]ới|[Vv]ào|[Tt]rong|[Cc]uối|[Nn]gay trong))"
    rf"{_LINK} *(?:(?:các )?[Nn]g[àa]y +)?$"
)
# With one of these, an hour or a mark such words end.
_LAST = frozenset(
    "trước nhất quá hơn cuối chót hạn thành tất xong thúc hết đến tới vào trong là lúc khi các ngay giờ phút".split()
)
_REACH = 64  # characters before a time in which such words stand
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
class _Lead:
    """The words that make a time a deadline."""

    start: int
    words: str
    is_sure: bool
    is_range: bool = False

    @property
    def inclusive(self) -> bool:
        return "rước" not in self.words


def _may_lead(before: str) -> bool:
    """Whether the last word, but for “ngày”, may be one that leads to a time."""
    words = before.rsplit(None, 2)
    if len(words) > 1 and words[-1] in ("ngày", "ngay"):
        words.pop()
    if not words:
        return False
    last = words[-1]
    if last.lstrip('(“"').lower() in _LAST or last[-1] in ":,'":
        return True
    return last[0].isdigit() and len(last) < 7


def _lead(times: _Times, at: int) -> _Lead | None:
    first = max(times.start, at - _REACH)
    before = times.flat[first:at]
    if not _may_lead(before):
        return None
    found = _BEFORE.search(before)
    if not found or _COUNTS.search(before, 0, found.start()):
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
        return _Lead(start if is_nay else first + since.start(), words, True, is_range=not is_nay)
    return _Lead(start, words, is_sure)


# Days

_EACH = r"(?:[Mm]ỗi|[Hh][àằ]ng|[Tt]ừng)"
_DAY = re.compile(
    r"(?P<day>[0-9](?<![\w/,.\-].)(?:(?<=[012])[0-9]|(?<=3)[01])?)(?!\d)(?:"
    rf" ?[/.-] ?(?P<m1>{MONTH}) ?[/.-] ?(?P<y1>\d{{4}})(?!\d)"
    rf"|(?: ?/ ?| +th[áa]ng +)(?P<m2>{MONTH})(?:(?: +năm +| ?[/-] ?)(?P<y2>\d{{4}})(?!\d))?(?!/?\d)"
    rf"(?P<yearly>,? +(?:của +)?{_EACH} +năm)?"
    rf"|(?P<more>(?:(?:,| và|, và) *(?:ngày +)?{DAY}){{0,4}}),? +(?:của +)?{_EACH} +(?P<each>tháng|quý)(?!\w)"
    rf"|,? +(?:của +)?tháng +(?P<which>cuối|đầu)(?: +(?:của +)?(?:{_EACH} +)?(?P<of>quý|kỳ|năm|6 tháng)(?: báo cáo)?)?"
    rf"|(?P<next> +(?:của +)?(?:tháng|quý) (?:sau|tiếp theo|kế tiếp|liền kề))"
    r"|(?P<alone>(?=[).;]| *$)))"
)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day without a year, by itself or of a period."""

    start: int
    end: int
    lead: _Lead | None
    days: tuple[int, ...]
    month: int | None = None
    every: str | None = None
    which: str | None = None

    @property
    def inclusive(self) -> bool:
        return self.lead is None or self.lead.inclusive


def _dates(times: _Times) -> Iterator[Found]:
    """Days with a year."""
    for found in times.days:
        year = found["y1"] or found["y2"]
        if not year:
            continue
        lead = _lead(times, found.start())
        if not lead and not times.is_cell:
            continue
        start = lead.start if lead else _of_day(times, found.start())
        yield (
            lead is None or (lead.is_sure and not lead.words.startswith(("trong", "Trong"))),
            Due(
                times.page.span(start, found.end()),
                "date",
                date=f"{int(year):04d}-{int(found['m1'] or found['m2']):02d}-{int(found['day']):02d}",
                inclusive=lead is None or lead.inclusive,
                because=_because(lead, "ngày, tháng, năm"),
            ),
        )


def _because(lead: _Lead | None, said: str) -> str:
    return f"“{lead.words}” và {said}" if lead else f"Ô thời gian ghi {said}"


def _of_day(times: _Times, at: int) -> int:
    """Where “ngày” before the number begins."""
    word = times.flat.startswith(("ngày ", "Ngày "), max(times.start, at - 5))
    return at - 5 if word and at - 5 >= times.start else at


def _days(times: _Times) -> list[_Day]:
    """Days without a year that a deadline or a period binds."""
    days: list[_Day] = []
    for found in times.days:
        if not (found["y1"] or found["y2"]) and (day := _bare_day(times, found, days)):
            days.append(day)
            if day.every == "year" and len(days) > 1 and day.lead is days[-2].lead:
                days[-2] = replace(days[-2], every="year")
    return days


_JOINED = re.compile(r" *(?:,|và|, và) *(?:ngày +)?$")


def _bare_day(times: _Times, found: re.Match[str], days: Sequence[_Day]) -> _Day | None:
    flat, start = times.flat, found.start()
    lead = _lead(times, start)
    if days and found["m2"] and _JOINED.match(flat[days[-1].end : start]):
        lead = days[-1].lead
    named = _of_day(times, start)
    is_named = named < start or flat[start - 5 : start] == "ngay "
    if not (is_named or found["m2"] and (lead or times.is_cell)):
        return None
    if lead is None and flat.find("hốt", max(times.start, start - 40), start) >= 0:
        return None  # the day that the figures are cut off at
    is_fraction = "/" in found[0] and not is_named and _COUNTED_THINGS.match(flat, found.end())
    if is_fraction or (found["alone"] is not None and not (lead and is_named)):
        return None
    is_own = lead is not None and lead.start >= (days[-1].end if days else 0)
    return _Day(
        lead.start if lead and is_own else named,
        found.end(),
        lead,
        tuple(int(one) for one in _NUMBERS.findall(found["day"] + (found["more"] or ""))),
        month=int(found["m2"]) if found["m2"] else None,
        every=_every_of(found),
        which=_which(found),
    )


_NUMBERS = re.compile(r"\d+")
_COUNTED_THINGS = re.compile(
    r" (?!để|về|gửi|báo|và|hằng|hàng|mỗi|năm|đến|cho|tại|các|phải|hoàn|tổng|đối|theo)[^\W\d]"
)


def _every_of(found: re.Match[str]) -> str | None:
    if found["yearly"]:
        return "year"
    return _EVERY.get(found["each"] or found["of"] or "")


def _which(found: re.Match[str]) -> str | None:
    if found["next"]:
        return "first"
    return {"cuối": "last", "đầu": "first"}.get(found["which"] or "")


# Again and again

_EVERY = {
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
_NAME = (
    r"(?:tuần|tháng|quý|0?6 tháng|sáu tháng|nửa năm|0?9 tháng|chín tháng|(?:0?1 |một )?năm)"
    r"(?: (?:đầu|cuối) năm)?(?!\w)(?! +(?:\d|[IVX]+\b|nay|trước(?! +(?:ngày|\d))|sau|tới|qua|học|thứ|làm việc|cuối|đầu)|/\d)"
)
_SAYS = rf"[Đđ]ịnh kỳ,?(?: +(?:{_EACH}|báo cáo))?|{_EACH}"
_REPORT = "[Bb]áo cáo(?: +(?:định kỳ|kết quả|tình hình|sơ kết|tổng kết|công tác)){0,2}"
_CALLED = re.compile(rf"(?:(?P<how>{_SAYS})|{_REPORT})(?: *[:(])? *(?P<name>{_NAME})")
# Letters of “hằng”, “mỗi”, “từng”, “định kỳ”, “báo cáo” behind the first
_CALLS = ("ằng ", "àng ", "ỗi ", "ừng ", "ịnh kỳ", "áo cáo")
_NEXT = re.compile(
    rf"(?P<gap> *(?:\([^()]{{0,90}}\))? *(?:,|;|và|hoặc|, và) *)"
    rf"(?:(?:[Bb]áo cáo|[Đđ]ịnh kỳ|(?:[Cc]uối |[Đđ]ầu )?{_EACH}) +){{0,2}}(?P<name>{_NAME})"
)
_NAMED_IN_CELL = _NAME.replace(" (?:đầu|cuối) năm", "").replace(
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


def _recurring(times: _Times) -> Iterator[Found]:
    flat, start, end = times.flat, times.start, times.end
    days = _days(times)
    names = list(_names(times, days))
    if flat.find(" tuần", start, end) >= 0:
        yield from _weekly(times)
    if days or names:
        yield from _paired(times, names, days)
    elif not times.is_cell or flat.find("lần", start, end) >= 0:
        yield from _times_a_period(times)


def _places(times: _Times, words: Sequence[str]) -> list[int]:
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


def _called(times: _Times) -> Iterator[re.Match[str]]:
    if times.is_cell:
        yield from _IN_CELL.finditer(times.flat, times.start, times.end)
        return
    past = times.start
    for at in _places(times, _CALLS):
        if at > past and (found := _CALLED.match(times.flat, at - 1, times.end)):
            past = found.end()
            yield found


def _names(times: _Times, days: Sequence[_Day]) -> Iterator[_Name]:
    """The periods named in the text, with those that follow in a series."""
    flat, at = times.flat, times.start
    inside = [(day.start, day.end) for day in days]
    for found in _called(times):
        if found.start() < at:
            continue
        at = found.end()
        if _is_within(inside, found.start("name")):
            continue
        series = [_name(found, is_sure=times.is_cell or _is_manner(times, found))]
        series[0].start = _back(times, found.start(), ("cuối ", "Cuối ", "đầu ", "Đầu "))
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
    return _Name(start, found.end(), _EVERY[base], is_sure)


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


def _is_manner(times: _Times, found: re.Match[str]) -> bool:
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


def _paired(times: _Times, names: list[_Name], days: list[_Day]) -> Iterator[Found]:
    """Each period with its day: “hằng quý (ngày 12 của tháng cuối quý), năm (trước 15/12)”."""
    yearly = any(name.every == "year" for name in names)
    runs: list[tuple[list[_Name], list[_Day]]] = [([], [])]
    both: list[_Name | _Day] = [*names, *days]
    for item in sorted(both, key=lambda one: one.start):
        if isinstance(item, _Day):
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


def _is_called_after(flat: str, day: _Day, name: _Name) -> bool:
    """“trước ngày 15/6 (báo cáo 6 tháng)”: the name follows its day."""
    return name.start - day.end < 30 and bool(
        _CALLED_AFTER.match(flat[day.end : name.start]) and day.end <= name.start
    )


def _of_run(
    times: _Times, names: list[_Name], days: list[_Day], *, yearly: bool
) -> Iterator[Found]:
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
            yield bool(bound), _due(times, name.start, name.end, name.every, yearly=yearly)
    for day in days:
        if day in bound and own:
            yield from _on_days(times, own, day, yearly=yearly)
        elif day.every or (day.which == "first" and not names):
            yield from _on_days(times, None, day, yearly=yearly)
        elif times.year and day.month and (day.lead or times.is_cell):
            yield from _in_year(times, day)


def _binds(name: _Name | None, day: _Day) -> bool:
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


def _on_days(times: _Times, name: _Name | None, day: _Day, *, yearly: bool) -> Iterator[Found]:
    every = day.every or (name.every if name else "month")
    start, end = day.start, day.end
    if name and -_NEAR < start - name.end < _NEAR:
        start, end = min(name.start, start), max(day.end, name.end)
        end += times.flat[end : min(end + 1, times.end)] == ")" and "(" in times.flat[start:end]
    for number in day.days:
        yield (
            True,
            replace(
                _due(times, start, end, every, number, day.month, day.which, yearly=yearly),
                inclusive=day.inclusive,
            ),
        )


_NEXT_YEAR = re.compile(r" +(?:của +)?năm +(?:sau|tới|kế tiếp|tiếp theo|liền kề)")


def _in_year(times: _Times, day: _Day) -> Iterator[Found]:
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
                because=_because(day.lead, "ngày, tháng; năm lấy theo văn bản"),
            ),
        )


def _due(
    times: _Times,
    start: int,
    end: int,
    every: str,
    day: int | None = None,
    month: int | None = None,
    which: str | None = None,
    *,
    yearly: bool = False,
    weekday: str | None = None,
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
        rule=recurrence.rule(every, day=day, month=ends, which=which, weekday=weekday),
        because="Từ chỉ định kỳ" + (" và ngày" if day else ""),
    )


_WEEKDAYS = {
    "hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tư": "WE", "4": "WE", "năm": "TH", "5": "TH",
    "sáu": "FR", "6": "FR", "bảy": "SA", "7": "SA", "nhật": "SU",
}  # fmt: skip
_WEEKLY = re.compile(
    rf"(?:(?P<lead>[Tt]rước|[Cc]hậm nhất|[Vv]ào)(?: là| vào)? +)?(?:{_HOUR},? +)?(?:(?:sáng|chiều|ngày) +){{0,2}}"
    rf"(?:[Tt]hứ (?P<day>[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7])|[Cc]hủ (?P<last>nhật)),? +(?:của +)?"
    rf"(?:{_EACH}|các|trong) +tuần(?!\w)"
)


def _weekly(times: _Times) -> Iterator[Found]:
    for found in _WEEKLY.finditer(times.flat, times.start, times.end):
        weekday = _WEEKDAYS[(found["day"] or found["last"]).lower()]
        due = _due(times, found.start(), found.end(), "week", weekday=weekday)
        yield True, replace(due, inclusive=(found["lead"] or "").lower() != "trước")


_MANY = re.compile(r"(?:(?:[Íí]t nhất|[Tt]ối thiểu) +)?(?<!\w)(?:\d{1,3}|một|hai|ba|bốn) +$")
_OFTEN = re.compile(
    r"(?:lần|ngày|buổi|kỳ|cuộc)(?: +\w{1,7}){0,2}? *(?:/ *|trong +|mỗi +|một +)"
    r"(?:0?1 +|một +)?(?P<name>tuần|tháng|quý|0?6 tháng|năm)(?!\w)(?! +\d)"
)
_EACH_TIMES = re.compile(
    rf"{_EACH} +(?P<name>tuần|tháng|quý|0?6 tháng|năm),? +(?:[^\W\d]\w{{0,6}} ){{0,4}}"
    r"(?:ít nhất +|tối thiểu +)?(?:\d{1,3}|một|hai) +lần"
)


# “6 tháng một lần”, “03 tháng/lần”
_ONCE = re.compile(
    r"(?<!\w)(?P<name>0?[36] tháng|ba tháng|sáu tháng|tháng|quý|năm|tuần)(?: +(?:một|0?1) +| ?/ ?)lần"
)


def _times_a_period(times: _Times) -> Iterator[Found]:
    """“ít nhất 01 lần/quý”, “mỗi năm một lần”."""
    flat, end = times.flat, times.end
    for at in _places(times, ("lần", "ngày", "buổi", "kỳ ", "cuộc")):
        found = _OFTEN.match(flat, at, end)
        many = found and _MANY.search(flat, max(times.start, at - 24), at)
        if found and many:
            yield False, _due(times, many.start(), found.end(), _EVERY[found["name"]])
            return
    if flat.find(" lần", times.start, end) < 0:
        return
    if found := _ONCE.search(flat, times.start, end):
        every = _EVERY.get(found["name"], "quarter")
        yield False, _due(times, found.start(), found.end(), every)
        return
    for at in _places(times, ("ằng ", "àng ", "ỗi ")):
        if at > times.start and (found := _EACH_TIMES.match(flat, at - 1, end)):
            yield False, _due(times, found.start(), found.end(), _EVERY[found["name"]])
            return


# Periods

_Q = r"(?:IV|I{1,3}|[1-4])"
# Each begins with letters that are the same in every spelling, which makes them quick to find.
_QUARTER = re.compile(
    rf"u[ýí] ?(?P<q>{_Q}(?:(?:, *| và |, và | *- *)(?:quý +)?{_Q}){{0,3}})(?!\w)"
    r"(?:(?: ?[/.-] ?| +năm +|,? +)(?P<year>\d{4})(?!\d))?"
)
_MONTHS = re.compile(
    r"háng(?:(?:(?<=6 tháng)|(?<=sáu tháng)) +(?P<half>đầu|cuối) +(?:của +)?năm"
    r"|(?:(?<=9 tháng)|(?<=chín tháng))(?P<nine>)(?: +đầu)?(?: +năm)?"
    rf"| +(?P<m>{MONTH}(?:(?:, *| và |, và | *- *)(?:tháng +)?{MONTH}){{0,11}})(?!\w))"
    r"(?:(?: ?[/.-] ?| +năm +| +)(?P<year>\d{4})(?!\d))?"
)
_YEAR = re.compile(r"ăm +(?P<year>\d{4})(?!\d| ?[-/])")
_PARTS = re.compile(rf"{_Q}(?!\w)|\d+")


def _periods(times: _Times) -> Iterator[Found]:
    inside = [day.span() for day in times.days if day["m1"] or day["m2"]]
    past = times.start
    for start, found in sorted(_spelt(times), key=lambda one: (one[0], -one[1].end())):
        year = found["year"] or times.year
        if not year and times.flat.find(" năm", found.end(), found.end() + 80) < 0:
            continue
        if start < past or _is_within(inside, start):
            continue
        past = found.end()
        lead = _lead(times, start)
        if not (lead or times.is_cell or _is_in_brackets(times, start, found)):
            continue
        if found.re is _YEAR and not times.is_cell and not _ends_year(lead):
            continue
        if lead and not lead.is_sure and _is_past(times):
            continue
        if found["year"] is None and _EVERY_YEAR.match(times.flat, found.end(), times.end):
            yield True, _of_every_year(times, lead.start if lead else start, found)
            continue
        for period in _codes(found, year) if year else ():
            yield (
                lead is not None and lead.is_sure,
                Due(
                    times.page.span(lead.start if lead else start, found.end()),
                    "period_end",
                    period=period,
                    inclusive=lead is None or lead.inclusive,
                    because=_because(lead, "kỳ"),
                ),
            )


_EVERY_YEAR = re.compile(rf"[^.;]{{0,60}}? *{_EACH} +năm")


def _of_every_year(times: _Times, start: int, found: re.Match[str]) -> Due:
    """“vào tháng 12 hằng năm”, “trong quý I hằng năm”."""
    code = list(_codes(found, "2000"))[-1][5:]
    month = int(code) if code.isdigit() else int(code[1]) * (3 if code[0] == "Q" else 6)
    return _due(times, start, found.end(), "year", None, month)


def _is_past(times: _Times) -> bool:
    """“Trong quý II, … đã tiếp 40 lượt” tells what was done."""
    return times.flat.find(" đã ", times.start, times.end) >= 0


def _spelt(times: _Times) -> Iterator[tuple[int, re.Match[str]]]:
    """Quarters, halves, months and years, with where each begins."""
    for found in _QUARTER.finditer(times.flat, times.start, times.end):
        yield _back(times, found.start() - 1, ("các ", "Các ")), found
    for found in _MONTHS.finditer(times.flat, times.start, times.end):
        at = found.start() - 1
        if found["m"] is None:
            at = _back(times, at, ("06 ", "6 ", "09 ", "9 ", "sáu ", "chín "))
            if found["nine"] is not None and not (found["year"] or "năm" in found[0]):
                continue
        yield at, found
    for found in _YEAR.finditer(times.flat, times.start, times.end):
        yield found.start() - 1, found


def _back(times: _Times, at: int, words: Sequence[str]) -> int:
    for word in words:
        first = at - len(word)
        if first >= times.start and times.flat.startswith(word, first):
            return first
    return at


def _is_in_brackets(times: _Times, at: int, found: re.Match[str]) -> bool:
    """“(Quý II/2024)”: a period with its year, alone in brackets."""
    flat, end = times.flat, found.end()
    is_alone = at > times.start and flat[at - 1] == "(" and flat[end : end + 1] == ")"
    return is_alone and found["year"] is not None and found.re is not _YEAR


def _ends_year(lead: _Lead | None) -> bool:
    """A year is a deadline at its end, or where something is finished in it.

    “đến năm 2030” is a goal, “từ năm 2021 đến năm 2025” a stage.
    """
    if lead is None:
        return False
    is_end = "hết" in lead.words or "uối" in lead.words
    return is_end or (lead.is_sure and not lead.is_range)


def _codes(found: re.Match[str], year: str) -> Iterator[str]:
    if found.re is _YEAR:
        yield year
    elif found.re is _MONTHS and found["m"] is None:
        half = "H1" if found["half"] == "đầu" else "H2"
        yield f"{year}-09" if found["nine"] is not None else f"{year}-{half}"
    else:
        is_quarter = found.re is _QUARTER
        printed = _PARTS.findall(found["q" if is_quarter else "m"])
        if "-" in found["q" if is_quarter else "m"]:
            printed = printed[-1:]
        for part in printed:
            yield f"{year}-Q{parse_quarter(part)}" if is_quarter else f"{year}-{int(part):02d}"


_UP_TO = re.compile(r" *(?:-|đến(?: hết)?|tới) *(?:ngày +)?$")


def _without_starts(flat: str, dues: list[Due]) -> list[Due]:
    """Of “tháng 3 đến tháng 6/2024” the end."""
    kept: list[Due] = []
    for due in dues:
        if kept and due.span.end <= kept[-1].span.end and due.span != kept[-1].span:
            continue
        if kept and _UP_TO.match(flat[kept[-1].span.end : due.span.start]):
            kept.pop()
        kept.append(due)
    return kept


# What a periodic report counts

_POINT = (
    rf"(?:ngày +)?{DAY}(?:/{MONTH}(?:/\d{{4}})?| +tháng +{MONTH}(?: +năm +\d{{4}})?)?"
    r"(?: +(?:của +)?(?:tháng|năm|kỳ|quý)(?: (?!đến|tới|và|báo cáo (?:năm|quý|tháng))[^\W\d_]{1,8}){0,6})?"
)
_WINDOW = re.compile(
    rf"(?<!\w)[Tt]ừ +(?P<from>{_POINT})(?: +năm \d{{4}})?,? +đến +(?:hết +)?(?P<to>{_POINT})"
)
_CUT_OFF = re.compile(r"[Ss]ố liệu|[Cc]hốt|kỳ báo cáo|thời gian báo cáo")
_CUT_OFFS = ("ố liệu", "hốt", "kỳ báo cáo", "gian báo cáo")
_NOTED = re.compile(rf"(?:{_EACH} |[Bb]áo cáo )?(?P<name>{_NAME})")


def _windows(page: Page, start: int, end: int, dues: list[Due]) -> list[Due]:
    """The days that a periodic report counts, from the sentence or what follows in its paragraph.

    Nghị định 09/2019/NĐ-CP, Điều 12: “thời gian chốt số liệu … từ ngày … đến ngày …”.
    """
    if not any(due.kind == "recurring" for due in dues):
        return dues
    last = _end_of_paragraph(page, end)
    if not _has(page.flat, start, last, _CUT_OFFS):
        return dues
    windows: dict[str, tuple[str, str]] = {}
    at = start
    while found := _WINDOW.search(page.flat, at, last):
        if _CUT_OFF.search(page.flat, max(start, found.start() - 160), found.start()) or windows:
            named = [
                one["name"] for one in _NOTED.finditer(page.flat, max(at, start), found.start())
            ]
            every = (
                _EVERY.get(named[-1].removesuffix(" đầu năm").removesuffix(" cuối năm"), "")
                if named
                else ""
            )
            windows.setdefault(
                every, (page.words(*found.span("from")), page.words(*found.span("to")))
            )
        at = found.end()
    alone = next(iter(windows.values())) if len(windows) == 1 else None
    return [
        replace(due, window=windows.get(due.every or "", windows.get("", alone)))
        if due.kind == "recurring"
        else due
        for due in dues
    ]


def _end_of_paragraph(page: Page, end: int) -> int:
    place = bisect_right(page.paragraphs, end - 1, key=lambda one: one.start) - 1
    return max(end, page.paragraphs[place].end) if place >= 0 else end
