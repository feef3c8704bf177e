"""The calendar in force: each year as it was entered, corrected day by day; what is not there is missing."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import holidays

from danvan import clock
from danvan.definitions.models import Definition

from .choices import OFF, DayKind
from .rules import Calendar

YEARS = "office_calendars"  # code "2026": its days off by law
DAYS = "special_days"  # code "2026-08-31": a day that the office decided on

_CEDED = re.compile(r"\(thay cho ngày (\d{2})/(\d{2})/(\d{4})\)")


@dataclass(frozen=True)
class Day:
    """A day of the office calendar that is not an ordinary one, and by what word."""

    on: date
    kind: DayKind
    name: str
    source: str
    is_entered: bool = False  # by itself, over what the year's list says


def calendar(*years: int) -> Calendar:
    """The office calendar of those of these years, and of those beside them, that have been entered."""
    wanted = {year + step for year in years for step in (-1, 0, 1)}
    return Calendar(*_put_together(*_rows(), wanted))


def whole() -> Calendar:
    """The office calendar of every year that has been entered."""
    listed, special = _rows()
    return Calendar(*_put_together(listed, special, {int(one.code) for one in listed}))


def with_proposals(*years: int) -> Calendar:
    """The same as `calendar`, with what the package says of the years that nobody entered yet.

    For when to be quiet, never for a deadline: a missing year must not silence the reminders.
    """
    wanted = {year + step for year in years for step in (-1, 0, 1)}
    listed, special = _rows()
    known, off, worked = _put_together(listed, special, wanted)
    guessed = [_day(row, row["day"], "") for year in wanted - known for row in proposed(year)]
    off = {day.on: day.name for day in guessed if day.kind in OFF} | dict(off)
    return Calendar(frozenset(wanted), off, worked)


def days_of(year: int) -> list[Day]:
    """Every day of a year that is not ordinary, in order: the list of the year, corrected."""
    listed, special = _rows()
    days = {day.on: day for one in listed if one.code == str(year) for day in _listed(one)}
    days |= {day.on: day for day in _entered(special) if day.on.year == year}
    return [days[on] for on in sorted(days)]


def years_entered() -> list[int]:
    return sorted(int(one.code) for one in _rows()[0])


def proposed(year: int) -> list[dict[str, str]]:
    """What the package `holidays` says of a year, for a person to check against the announcement.

    The days given for a swap are named with the Saturday that is worked for them.
    """
    found: list[dict[str, str]] = []
    for on, name in sorted(holidays.country_holidays("VN", years=[year], language="vi").items()):
        ceded = _CEDED.search(name)
        kind = DayKind.COMPENSATORY if "nghỉ bù" in name else DayKind.HOLIDAY
        found.append(_row(on, DayKind.SWAPPED_OFF if ceded else kind, name))
        if ceded:
            worked = date(int(ceded[3]), int(ceded[2]), int(ceded[1]))
            found.append(_row(worked, DayKind.SWAPPED_WORK, f"Làm bù cho ngày {on:%d/%m/%Y}"))
    return sorted(found, key=lambda row: row["day"])


def _row(on: date, kind: DayKind, name: str) -> dict[str, str]:
    return {"day": on.isoformat(), "kind": str(kind), "name": name}


def _rows() -> tuple[list[Definition], list[Definition]]:
    rows = list(Definition.objects.in_force_of({YEARS, DAYS}, clock.today()))
    return [one for one in rows if one.kind == YEARS], [one for one in rows if one.kind == DAYS]


def _put_together(
    listed: Iterable[Definition], special: Iterable[Definition], wanted: set[int]
) -> tuple[frozenset[int], Mapping[date, str], frozenset[date]]:
    years = [one for one in listed if int(one.code) in wanted]
    days = {day.on: day for one in years for day in _listed(one)}
    days |= {day.on: day for day in _entered(special)}
    off = {day.on: day.name for day in days.values() if day.kind in OFF}
    worked = frozenset(day.on for day in days.values() if day.kind == DayKind.SWAPPED_WORK)
    return frozenset(int(one.code) for one in years), off, worked


def _listed(year: Definition) -> Iterable[Day]:
    return (_day(row, row["day"], year.source) for row in year["days"])


def _entered(special: Iterable[Definition]) -> Iterable[Day]:
    rows = (one for one in special if one["kind"] != DayKind.WITHDRAWN)
    return (_day(one.body, one.code, one.source, is_entered=True) for one in rows)


def _day(row: Mapping[str, Any], on: str, source: str, *, is_entered: bool = False) -> Day:
    kind = DayKind(row["kind"])
    name = row.get("name") or str(kind.label)
    return Day(date.fromisoformat(on), kind, name, source, is_entered)
