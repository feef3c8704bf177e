"""The calendar in force: the law's holidays from the package `holidays`, corrected by the office's rows."""

from datetime import MAXYEAR, MINYEAR, date

import holidays

from danvan import clock
from danvan.definitions.models import Definition

from .rules import Calendar

_YEARS = frozenset(range(MINYEAR, MAXYEAR + 1))  # that there are days in; a misread year is none


def calendar(*years: int) -> Calendar:
    """The office calendar of these years and those beside them, which moved ends may reach."""
    beside = {year + step for year in years for step in (-1, 0, 1)}
    covered = frozenset(beside & _YEARS)
    public = holidays.country_holidays("VN", years=covered, language="vi")
    rows = Definition.objects.in_force("special_days", clock.today())
    special = {date.fromisoformat(row.code): row for row in rows}
    off = dict(public.items()) | {
        day: row.source for day, row in special.items() if row["kind"] != "swapped_work"
    }
    worked = frozenset(day for day, row in special.items() if row["kind"] == "swapped_work")
    return Calendar(covered, off, worked)
