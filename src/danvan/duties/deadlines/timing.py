"""The times at which a duty is to be done, over all the years of its plan."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from danvan import clock
from danvan.duties import rules
from danvan.duties.models import Duty
from danvan.workdays.calendars import calendar
from danvan.workdays.rules import Calendar

LONGEST = 30  # years that a plan can run; a misread end is none


def span(issued_on: date, planned_from: str, planned_to: str) -> tuple[int, int]:
    """The first and the last year that a document plans for, as read from it."""
    first = int(planned_from) if planned_from.isdigit() else issued_on.year
    last = int(planned_to) if planned_to.isdigit() else first
    return first, min(max(first, last), first + LONGEST)


def asked(duty: Duty) -> dict[str, Any]:
    """What `rules.occurrences` wants to know of a duty besides its deadline and the calendar."""
    document = duty.document
    issued_on = (document.issued_on if document else None) or clock.today()
    printed = (document.planned_from, document.planned_to) if document else ("", "")
    first, last = span(issued_on, *printed)
    return {"issued_on": issued_on, "year": first, "until": last}


def office_of(dues: Iterable[Mapping[str, Any] | None], first: int, last: int) -> Calendar:
    """The office calendar of a plan's years and of those that its deadlines name."""
    printed = (str(due.get("date") or due.get("period") or "")[:4] for due in dues if due)
    return calendar(*range(first, last + 1), *(int(year) for year in printed if year.isdigit()))


def times_of(duty: Duty) -> list[rules.Occurrence]:
    """The times at which a duty is to be done. Raises MissingYear where no calendar tells one."""
    known = asked(duty)
    office = office_of([duty.due], known["year"], known["until"])
    return rules.occurrences(duty.due, **known, calendar=office)
