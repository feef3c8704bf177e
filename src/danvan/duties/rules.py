"""When an assignment is due, whether it is late, and which occurrences a recurring duty has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from danvan.periods import Period, parse, window
from danvan.workdays.rules import Calendar, MissingYear, last_day
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
    kinds = {"date": _on_a_date, "period_end": _at_a_period_end, "recurring": _again_and_again}
    found, missing = [], set()
    for code, nominal in kinds[due["kind"]](due, asked):
        try:
            found.append(_due(code, nominal, due, asked.calendar))
        except MissingYear as year:
            missing.add(year.year)
    return found, missing


def _on_a_date(due: Mapping[str, Any], asked: _Asked) -> list[tuple[str, date]]:
    return [("", date.fromisoformat(due["date"]))]


def _at_a_period_end(due: Mapping[str, Any], asked: _Asked) -> list[tuple[str, date]]:
    period = _period(str(due["period"]))
    is_before_it = not due.get("inclusive", True) and not _ITS_END.search(due.get("text") or "")
    return [("", window(period)[0] if is_before_it else period.last_day)]


_ITS_END = re.compile(
    r"cuối|hết"
)  # “trước quý III” ends before its first day, “trước cuối quý III” not


def _again_and_again(due: Mapping[str, Any], asked: _Asked) -> list[tuple[str, date]]:
    parse(f"{asked.year:04d}-Y")  # ValueError for a year in which no periods are counted
    if due["every"] == "year" and due.get("day"):
        date(asked.year, due.get("month") or 12, due["day"])  # ValueError for 31/4
    printed = _printed(due)
    days = recurrence.occurrences(printed, date(asked.year, 1, 1), date(asked.until, 12, 31))
    to_come = [day for day in days if day >= asked.issued_on] or days[-1:]
    return [(_code(recurrence.period(printed, day)), day) for day in to_come]


def _printed(due: Mapping[str, Any]) -> Due:
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


def _due(code: str, nominal: date, due: Mapping[str, Any], calendar: Calendar) -> Occurrence:
    found = last_day(
        nominal,
        calendar,
        inclusive=due.get("inclusive", True),
        moves=True,
        words=(due.get("text") or due.get("note") or "").strip() or "hạn này",
    )
    return Occurrence(code, found.day, found.steps, found.nominal)


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
