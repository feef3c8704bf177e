"""Counting indicators over units and days: one query for records, one for assignments, whatever asks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    Aggregate,
    Case,
    Count,
    DecimalField,
    F,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from danvan import clock
from danvan.duties.choices import NOT_COUNTED, OPEN, REQUEST
from danvan.duties.models import Assignment
from danvan.records.models import Record

from .definitions import FromAssignments, FromRecords, Indicator, Part
from .rules import Counted

Window = tuple[date, date]  # half-open


def count(indicator: Indicator, units: Iterable[UUID], window: Window) -> dict[UUID, Counted]:
    """The indicator of each unit; a unit without any row has no data."""
    return count_all([indicator], units, window)[indicator.code]


def count_all(
    indicators: Sequence[Indicator], units: Iterable[UUID], window: Window
) -> dict[str, dict[UUID, Counted]]:
    """Indicator → unit → value."""
    return _count(indicators, list(units), window, {})


def count_course(
    indicators: Sequence[Indicator], units: Iterable[UUID], windows: Sequence[Window]
) -> list[dict[str, dict[UUID, Counted]]]:
    """For each of several windows that do not overlap: indicator → unit → value."""
    wanted = list(units)
    found: list[dict[str, dict[UUID, dict[str, Any]]]] = [defaultdict(dict) for _ in windows]
    for registers in _grounds(indicators):
        for row in _grouped(registers, indicators, wanted, windows, {}, "window"):
            found[row["window"]][row.get("register", "")][row["unit"]] = row
    return [
        {one.code: {unit: _counted(one, unit, rows) for unit in wanted} for one in indicators}
        for rows in found
    ]


def count_with_rows(
    indicators: Sequence[Indicator], units: Iterable[UUID], window: Window
) -> dict[str, dict[UUID, Counted]]:
    """The same with the ids of what was counted, taken in the same statement."""
    return _count(indicators, list(units), window, {"ids": ArrayAgg("pk", order_by="pk")})


def records_of(indicator: Indicator, units: Iterable[UUID], window: Window) -> QuerySet[Record]:
    """The records that the indicator is counted from."""
    registers = {part.register for part in indicator.parts if isinstance(part, FromRecords)}
    return _records(registers, units, window)


def assignments_of(
    indicator: Indicator, units: Iterable[UUID], window: Window
) -> QuerySet[Assignment]:
    """The assignments that the indicator is counted from."""
    if not any(isinstance(part, FromAssignments) for part in indicator.parts):
        return Assignment.objects.none()
    return _assignments(units, window)


def done_in_time() -> Q:
    """Handed in (and not returned since) on its last day or before."""
    return ~Q(state__in=OPEN) & Q(handed_in_at__date__lte=F("due_on"))


def _records(registers: Iterable[str], units: Iterable[UUID], window: Window) -> QuerySet[Record]:
    rows = Record.objects.within(window).counting()
    return rows.filter(register__in=registers, unit__in=units)


def _assignments(units: Iterable[UUID], window: Window) -> QuerySet[Assignment]:
    """Led, commanded, and due: what is still open before its day is not late and not counted.

    Each unit's own work: one that was handed down counts for the unit above and for the one below.
    """
    start, end = window
    due = Assignment.objects.led().exclude(state__in=REQUEST | NOT_COUNTED)
    due = due.filter(unit__in=units, due_on__gte=start, due_on__lt=end)
    return due.exclude(state__in=OPEN, due_on__gte=clock.today())


def _count(
    indicators: Sequence[Indicator], units: list[UUID], window: Window, extra: dict[str, Any]
) -> dict[str, dict[UUID, Counted]]:
    found: dict[str, dict[UUID, dict[str, Any]]] = defaultdict(dict)
    for registers in _grounds(indicators):
        for row in _grouped(registers, indicators, units, [window], extra):
            found[row.get("register", "")][row["unit"]] = row
    return {one.code: {unit: _counted(one, unit, found) for unit in units} for one in indicators}


def _source(part: Part) -> str:
    """A register's code; "" for the assignments."""
    return part.register if isinstance(part, FromRecords) else ""


def _grounds(indicators: Sequence[Indicator]) -> list[set[str]]:
    """What is asked of the database: all registers together, and the assignments (no register)."""
    sources = {_source(part) for one in indicators for part in one.parts}
    registers = sources - {""}
    return [*([registers] if registers else []), *([set[str]()] if "" in sources else [])]


def _grouped(
    registers: set[str],
    indicators: Sequence[Indicator],
    units: list[UUID],
    windows: Sequence[Window],
    extra: dict[str, Any],
    *also: str,
) -> QuerySet[Any, dict[str, Any]]:
    """A row a unit and register (and `window`, by its place in the list): what is counted there."""
    whole = min(start for start, _end in windows), max(end for _start, end in windows)
    ground = _records(registers, units, whole) if registers else _assignments(units, whole)
    day = "occurred_on" if registers else "due_on"
    inside = [
        When(**{f"{day}__gte": start, f"{day}__lt": end}, then=Value(place))
        for place, (start, end) in enumerate(windows)
    ]
    parts = {
        _column(one, place): _aggregate(part)
        for one in indicators
        for place, part in enumerate(one.parts)
        if bool(_source(part)) == bool(registers)
    }
    placed = ground.order_by().annotate(window=Case(*inside)).filter(window__isnull=False)
    keys = ("unit", "register", *also) if registers else ("unit", *also)
    return placed.values(*keys).annotate(rows=Count("pk"), **parts, **extra)


def _column(indicator: Indicator, place: int) -> str:
    return f"{indicator.code}_{place}"


def _aggregate(part: Part) -> Aggregate:
    if isinstance(part, FromAssignments):
        return Count("pk", filter=done_in_time() if part.which == "done_in_time" else None)
    wanted = Q(register=part.register)
    wanted &= Q(**{f"data__{code}": value for code, value in part.where.items()})
    if part.sum is None:
        return Count("pk", filter=wanted)
    number = Cast(KT(f"data__{part.sum}"), DecimalField(max_digits=20, decimal_places=2))
    return Sum(number, filter=wanted)


def _counted(
    indicator: Indicator, unit: UUID, found: dict[str, dict[UUID, dict[str, Any]]]
) -> Counted:
    sources = {_source(part): found[_source(part)].get(unit, {}) for part in indicator.parts}
    numbers = [
        Decimal(sources[_source(part)].get(_column(indicator, place)) or 0)
        for place, part in enumerate(indicator.parts)
    ]
    return Counted(
        numerator=numbers[0],
        denominator=numbers[1] if indicator.is_ratio else None,
        rows=sum(row.get("rows", 0) for row in sources.values()),
        ids=tuple(pk for row in sources.values() for pk in row.get("ids", ())),
    )
