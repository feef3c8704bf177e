"""When an assignment is due, whether it is late, and which occurrences a recurring duty has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from danvan.periods import Period, parse, window
from danvan.workdays.rules import Calendar, MissingYear, last_day, printed, working_days_after
from vanban import Due, Span, recurrence

from .choices import HANDED_IN, OPEN, AssignmentState

NEAR = 7  # days before its end from which an assignment is near due


@dataclass(frozen=True)
class Occurrence:
    """One time that a duty is to be done."""

    code: str  # "" where it is done once, else the period: "2024-Q1"
    due_on: date | None
    steps: tuple[str, ...]  # how the day was found, in words
    nominal_on: date | None = None  # before it moved off days off


@dataclass(frozen=True)
class _Asked:
    """When a document speaks, and of which years."""

    issued_on: date
    year: int
    until: int  # the last year, counted
    calendar: Calendar


def occurrences(
    due: Mapping[str, Any] | None,
    *,
    issued_on: date,
    year: int,
    until: int | None = None,
    calendar: Calendar,
) -> list[Occurrence]:
    """The occurrences of a printed deadline (the reader's `due`) within the document's years.

    A recurring duty begins with the first day on or after the document's date. Of its days those
    are given that the calendar can tell; the others come once their year is entered. MissingYear
    where it can tell none.
    """
    found, missing = _found(due, _Asked(issued_on, year, max(year, until or year), calendar))
    if missing and not found:
        raise MissingYear(min(missing))
    return found


def missing_years(
    due: Mapping[str, Any] | None,
    *,
    issued_on: date,
    year: int,
    until: int | None = None,
    calendar: Calendar,
) -> set[int]:
    """The years whose calendar must be entered before every occurrence has its day."""
    return _found(due, _Asked(issued_on, year, max(year, until or year), calendar))[1]


def _found(due: Mapping[str, Any] | None, asked: _Asked) -> tuple[list[Occurrence], set[int]]:
    if not due:
        return [Occurrence("", None, ("Văn bản không ghi thời hạn.",))], set()
    kinds = {
        "date": _on_a_date,
        "period_end": _at_a_period_end,
        "recurring": _again_and_again,
        "term": _after_its_day,
    }
    found, missing = [], set()
    try:
        days = kinds[due["kind"]](due, asked)
    except MissingYear as year:
        return [], {year.year}
    for code, nominal in days:
        try:
            found.append(_due(code, nominal, due, asked))
        except MissingYear as year:
            missing.add(year.year)
    return found, missing


def _on_a_date(due: Mapping[str, Any], asked: _Asked) -> list[tuple[str, date]]:
    return [("", date.fromisoformat(due["date"]))]


def _after_its_day(due: Mapping[str, Any], asked: _Asked) -> list[tuple[str, date]]:
    """“trong 10 ngày kể từ ngày ký”: that day itself is not counted (Điều 147 Bộ luật Dân sự 2015)."""
    if due.get("working"):
        return [("", working_days_after(asked.issued_on, due["days"], asked.calendar))]
    return [("", asked.issued_on + timedelta(days=due["days"]))]


def _at_a_period_end(due: Mapping[str, Any], asked: _Asked) -> list[tuple[str, date]]:
    period = _period(str(due["period"]))
    is_before_it = not due.get("inclusive", True) and not _ITS_END.search(due.get("text") or "")
    return [("", window(period)[0] if is_before_it else period.last_day)]


# “trước quý III” ends before its first day, “trước cuối quý III” before its last.
_ITS_END = re.compile(r"cuối|hết")


def _again_and_again(due: Mapping[str, Any], asked: _Asked) -> list[tuple[str, date]]:
    parse(f"{asked.year:04d}-Y")  # ValueError for a year in which no periods are counted
    if due["every"] == "year" and due.get("day"):
        date(asked.year, due.get("month") or 12, due["day"])  # ValueError for 31/4
    read = _as_read(due)
    days = recurrence.occurrences(read, date(asked.year, 1, 1), _end_of(asked.until, due))
    to_come = [day for day in days if day >= asked.issued_on] or days[-1:]
    return [(_code(recurrence.period(read, day)), day) for day in to_come]


def _end_of(year: int, due: Mapping[str, Any]) -> date:
    """The last day of a plan's last report: “ngày 05 tháng đầu quý sau” of the fourth is in January."""
    is_after = due.get("month_of_period") == "first"
    return date(year + 1, 1, 31) if is_after else date(year, 12, 31)


def _as_read(due: Mapping[str, Any]) -> Due:
    """By the reader's rule (“6 tháng, năm”: the half-year's only in June); what a person typed has none."""
    every, day, month = due["every"], due.get("day"), due.get("month")
    which = due.get("month_of_period")
    return Due(
        Span(0, 0, ""),
        "recurring",
        every=every,
        day=day,
        month=month,
        month_of_period=which,
        rule=due.get("rule") or recurrence.rule(every, day=day, month=month, which=which),
    )


_MONTH = re.compile(r"(\d{4})-(\d{2})")


def _code(printed: str) -> str:
    """The reader's period as the platform writes it: 2024-06 is 2024-M06, 2024 is 2024-Y."""
    month = _MONTH.fullmatch(printed)
    return f"{month[1]}-M{month[2]}" if month else str(_period(printed))


def _period(code: str) -> Period:
    return parse(code if "-" in code else f"{code}-Y")


def _due(code: str, nominal: date, due: Mapping[str, Any], asked: _Asked) -> Occurrence:
    found = last_day(
        nominal,
        asked.calendar,
        inclusive=due.get("inclusive", True),
        moves=True,
        words=(due.get("text") or due.get("note") or "").strip() or "hạn này",
    )
    since = _counted_from(due, asked.issued_on) if due["kind"] == "term" else ()
    return Occurrence(code, found.day, (*since, *found.steps), found.nominal)


def _counted_from(due: Mapping[str, Any], issued_on: date) -> tuple[str]:
    days = "ngày làm việc" if due.get("working") else "ngày"
    return (
        f"Tính {due['days']} {days} từ ngày ký {printed(issued_on)}, không tính ngày ký "
        "(Điều 147 Bộ luật Dân sự 2015).",
    )


def days_late(
    due_on: date | None, *, state: AssignmentState, handed_in_on: date | None, today: date
) -> int:
    """Days past the last day; 0 when in time, without a deadline, standing still, ended or a request.

    What is handed in counts to that day, what is open (a returned one too) until today.
    """
    if due_on is None or state not in OPEN | HANDED_IN:
        return 0
    end = handed_in_on if state in HANDED_IN and handed_in_on else today
    return max(0, (end - due_on).days)


def is_overdue(
    due_on: date | None, *, state: AssignmentState, handed_in_on: date | None, today: date
) -> bool:
    """Past its day and still open."""
    late = days_late(due_on, state=state, handed_in_on=handed_in_on, today=today)
    return state in OPEN and late > 0


def days_left(due_on: date | None, *, today: date) -> int | None:
    return None if due_on is None else (due_on - today).days
