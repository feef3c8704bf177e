"""Deadlines that come again: their rule (RFC 5545), their days, and the period of each day.

The rule is text; the days of a rule are counted by `python-dateutil`, loaded when asked for.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from vanban.model import Due

_MONTHS = {
    ("quarter", "first"): (1, 4, 7, 10),
    ("quarter", "last"): (3, 6, 9, 12),
    ("half-year", "first"): (1, 7),
    ("half-year", "last"): (6, 12),
    ("nine-month", "last"): (9,),
    ("year", "first"): (1,),
    ("year", "last"): (12,),
}
_SHORTEST = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}  # days; the others have 31
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_END_OF_WEEK = "FR"  # of the offices


def rule(
    every: str,
    *,
    day: int | None = None,
    month: int | None = None,
    which: str | None = None,
    weekday: str | None = None,
    interval: int = 1,
) -> str:
    """The recurrence as RFC 5545 writes it; without a day the end of the period.

    `interval` is 2 for “hai năm một lần”: of weeks, months or years. A day that a month lacks is its last one (30 tháng 2: the 28th or 29th).
    """
    each = f";INTERVAL={interval}" if interval > 1 else ""
    if every == "week":
        return f"FREQ=WEEKLY{each};BYDAY={weekday or _END_OF_WEEK}"
    if every == "month":
        return f"FREQ=MONTHLY{each};{_by_day(day, range(1, 13))}"
    months = (month,) if month else _MONTHS.get((every, which or "last"), (12,))
    frequency = "YEARLY" if len(months) == 1 else "MONTHLY"
    return f"FREQ={frequency}{each};BYMONTH={','.join(map(str, months))};{_by_day(day, months)}"


def _by_day(day: int | None, months: range | tuple[int, ...]) -> str:
    if day is None:
        return "BYMONTHDAY=-1"
    if day <= min(_SHORTEST.get(month, 31) for month in months):
        return f"BYMONTHDAY={day}"
    return f"BYMONTHDAY={','.join(map(str, range(28, day + 1)))};BYSETPOS=-1"


def occurrences(due: Due, first: date, last: date) -> list[date]:
    """The days from `first` to `last`, both counted, on which it falls due, as printed.

    Where `due.inclusive` is False (“trước ngày …”) the day before is the last one in time.
    Raises ImportError with what to install where `python-dateutil` is missing.
    """
    if due.kind == "recurring":
        return _by_rule(due.rule or rule(due.every or "year"), first, last)
    if due.kind == "date":
        day = _day(due.date)
    else:
        day = _end_of(due.period or "")
    return [day] if day and first <= day <= last else []


def _by_rule(printed: str, first: date, last: date) -> list[date]:
    try:
        from dateutil.rrule import rrulestr
    except ImportError as missing:
        raise ImportError(
            "Chưa cài thư viện python-dateutil để tính các kỳ hạn. Chạy: pip install python-dateutil"
        ) from missing
    days = rrulestr(printed, dtstart=datetime.combine(first, time()))
    return [day.date() for day in days.between(_at(first), _at(last), inc=True)]


def _at(day: date) -> datetime:
    return datetime.combine(day, time())


def _day(printed: str | None) -> date | None:
    """None for a day that no calendar has (31/6)."""
    try:
        return date.fromisoformat(printed or "")
    except ValueError:
        return None


def _end_of(period: str) -> date | None:
    """The last day of 2018-Q1, 2020-H1, 2020-06 or 2020."""
    year, _, part = period.partition("-")
    months = {"": 12, "H1": 6, "H2": 12, "Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12}
    month = int(part) if part.isdigit() else months.get(part, 0)
    if not year.isdigit() or not 1 <= int(year) <= 9999 or not 1 <= month <= 12:
        return None
    return date(int(year), month, monthrange(int(year), month)[1])


def period(due: Due, day: date) -> str:
    """The period that the report due on `day` is about: 2024-Q1, 2024-H1, 2024-N9, 2024-06, 2024.

    A day in the first month of a period (“tháng đầu quý”), and for a year in January, belongs to
    the report on the period before. A week is named as ISO 8601 does: 2024-W07.
    """
    if due.every == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}"
    if due.every == "month":
        if due.month_of_period == "first":  # “ngày 05 tháng sau”
            day = day.replace(day=1) - timedelta(days=1)
        return f"{day.year}-{day.month:02d}"
    length = {"quarter": 3, "half-year": 6}.get(due.every or "", 12)
    count = day.year * 12 // length + (day.month - 1) // length
    is_late = due.month_of_period == "first" or (day.month - 1) % length == 0
    count -= 1 if is_late else 0
    year, part = divmod(count * length, 12)
    if due.every == "nine-month":
        return f"{day.year}-N9"
    return f"{year}" + {3: f"-Q{part // 3 + 1}", 6: f"-H{part // 6 + 1}"}.get(length, "")
