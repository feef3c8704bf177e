from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from danvan import clock
from danvan.duties import access as duties_access
from danvan.duties.choices import AssignmentState
from danvan.duties.models import Assignment
from danvan.figures import access, counting, definitions, rules
from danvan.figures.definitions import FromRecords, Indicator
from danvan.figures.models import Figure
from danvan.figures.rules import Counted
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.periods import Period, window
from danvan.records import access as records_access
from danvan.records.choices import RecordState
from danvan.records.definitions import Register, registers
from danvan.records.models import Record

from .doors import Request, officer
from .duties import TONES as ASSIGNMENT_TONES
from .period_filter import PeriodFilter
from .records import TONES as RECORD_TONES

PERIODS_BACK = 4  # that the course of a figure shows before the chosen one


def _units(actor: Actor, period: Period) -> list[Unit]:
    """Whose figures one sees: all units that there were at the period's end, or one's own."""
    day = min(period.last_day, clock.today())
    if access.can_compare_units(actor):
        return list(Unit.objects.named(day).existing(day))
    return [actor.unit] if actor.unit else []


def _ids(units: Iterable[Unit]) -> list[UUID]:
    return [unit.pk for unit in units]


@dataclass(frozen=True)
class Moved:
    """A value beside the one of the period before."""

    indicator: Indicator
    now: Counted
    before: Counted

    @property
    def value(self) -> str:
        return rules.printed_value(self.now.value, self.indicator.measure)

    @property
    def value_before(self) -> str:
        return rules.printed_value(self.before.value, self.indicator.measure)

    @property
    def fraction(self) -> str:
        """291/417; nothing for a plain number."""
        if not self.indicator.is_ratio or not self.now.has_data:
            return ""
        return f"{rules.printed(self.now.numerator)}/{rules.printed(self.now.denominator)}"

    @property
    def change(self) -> str:
        measure = self.indicator.measure
        return rules.change_in_words(self.now.value, self.before.value, measure=measure)


def _total(indicator: Indicator, counted: dict[UUID, Counted]) -> Counted:
    return rules.total(counted.values(), is_ratio=indicator.is_ratio)


@officer
def figures(request: Request) -> HttpResponse:
    """Every indicator of a period, and how it moved."""
    actor = request.actor
    require(access.can_see_figures(actor))
    period = PeriodFilter(request.GET)
    known = definitions.indicators(period.chosen.last_day)
    units = _units(actor, period.chosen)
    now = counting.count_all(known, _ids(units), window(period.chosen))
    before = counting.count_all(known, _ids(units), window(period.chosen.previous))
    rows = [Moved(one, _total(one, now[one.code]), _total(one, before[one.code])) for one in known]
    context = {
        "period": period,
        "groups": [
            (group, list(found)) for group, found in groupby(rows, lambda row: row.indicator.group)
        ],
        "given": sum(1 for row in rows if row.now.has_data),
        "all": len(rows),
        "whole": None if access.can_compare_units(actor) else actor.unit,
    }
    return render(request, "console/figures/list.html", context)


def _indicator(code: str, period: Period) -> Indicator:
    known = {one.code: one for one in definitions.indicators(period.last_day)}
    if code not in known:
        raise Http404
    return known[code]


@dataclass(frozen=True)
class UnitRow:
    unit: Unit
    moved: Moved
    share: int  # of the greatest, in per cent: the length of its bar


@officer
def figure(request: Request, code: str) -> HttpResponse:
    """One indicator: how much, against before, whose, and what it is counted from."""
    actor = request.actor
    require(access.can_see_figures(actor))
    period = PeriodFilter(request.GET)
    indicator = _indicator(code, period.chosen)
    units = _units(actor, period.chosen)
    chosen = _chosen(request, units)
    shown = [chosen] if chosen else units
    now = counting.count(indicator, _ids(units), window(period.chosen))
    before = counting.count(indicator, _ids(units), window(period.chosen.previous))
    moved = Moved(
        indicator,
        _total(indicator, {unit.pk: now[unit.pk] for unit in shown}),
        _total(indicator, {unit.pk: before[unit.pk] for unit in shown}),
    )
    rows = _by_unit(indicator, units, now, before)
    given = [row for row in rows if row.moved.now.has_data]
    counted_from = _registers(indicator)
    silent = _silent(rows, counted_from)
    context = {
        "indicator": indicator,
        "period": period,
        "moved": moved,
        "sentence": _sentence(moved, period.chosen),
        "unit": chosen,
        "compares": access.can_compare_units(actor),
        "rows": given,
        "silent": silent,
        "answering": len(given) + len(silent),
        "course": _course(indicator, shown, period.chosen, moved),
        "registers": counted_from,
        **_ground(request, indicator, shown, period.chosen),
    }
    return render(request, "console/figures/figure.html", context)


def _chosen(request: Request, units: list[Unit]) -> Unit | None:
    """The unit of the address; of another's one sees nothing."""
    if not access.can_compare_units(request.actor):
        return request.actor.unit
    code = request.GET.get("unit")
    if not code:
        return None
    found = next((unit for unit in units if unit.code == code), None)
    if found is None:
        raise Http404
    return found


def _by_unit(
    indicator: Indicator,
    units: list[Unit],
    now: dict[UUID, Counted],
    before: dict[UUID, Counted],
) -> list[UnitRow]:
    """The greatest first, then in the order of the units."""
    values = {unit.pk: now[unit.pk].value or Decimal(0) for unit in units}
    greatest = Decimal(100) if indicator.is_ratio else max(values.values(), default=Decimal(0))
    rows = [
        UnitRow(
            unit,
            Moved(indicator, now[unit.pk], before[unit.pk]),
            int(values[unit.pk] * 100 / greatest) if greatest else 0,
        )
        for unit in units
    ]
    return sorted(rows, key=lambda row: -values[row.unit.pk])


def _silent(rows: list[UnitRow], known: list[Register]) -> list[Unit]:
    """Those who keep the register and have written nothing; where nothing fell due nothing lacks."""
    return [
        row.unit
        for row in rows
        if not row.moved.now.has_data
        and any(one.is_kept_by(kind=row.unit.kind, level=row.unit.level) for one in known)
    ]


def _sentence(moved: Moved, period: Period) -> str:
    """Quý III/2026: 69,78% (291/417 đơn), tăng 3,1 điểm phần trăm so với quý II/2026."""
    indicator = moved.indicator
    if not moved.now.has_data:
        return _("%(period)s: chưa có số liệu.") % {"period": capfirst(period.label)}
    words = moved.value
    if indicator.is_ratio:
        words += f" ({moved.fraction} {indicator.counted_in})"
    else:
        words += f" {indicator.measure}"
    if moved.change:
        words += ", " + _("%(change)s so với %(period)s") % {
            "change": moved.change,
            "period": period.previous.label,
        }
    return f"{capfirst(period.label)}: {words}."


@dataclass(frozen=True)
class Point:
    period: Period
    value: str
    fraction: str
    share: int


def _course(indicator: Indicator, units: list[Unit], last: Period, moved: Moved) -> list[Point]:
    """The periods before the chosen one and itself, oldest first."""
    periods = [last, last.previous]
    totals = [moved.now, moved.before]
    for _back in range(PERIODS_BACK - 1):
        periods.append(periods[-1].previous)
        counted = counting.count(indicator, _ids(units), window(periods[-1]))
        totals.append(_total(indicator, counted))
    values = [one.value or Decimal(0) for one in totals]
    greatest = Decimal(100) if indicator.is_ratio else max(values)
    points = [
        Point(
            period=period,
            value=Moved(indicator, total, total).value,
            fraction=Moved(indicator, total, total).fraction,
            share=int(value * 100 / greatest) if greatest else 0,
        )
        for period, total, value in zip(periods, totals, values, strict=True)
    ]
    return points[::-1]


def _registers(indicator: Indicator) -> list[Register]:
    """The registers that the indicator is counted from."""
    codes = {part.register for part in indicator.parts if isinstance(part, FromRecords)}
    return [one for one in registers(clock.today()) if one.code in codes] if codes else []


@dataclass(frozen=True)
class GroundRow:
    """A record or an assignment, and what it adds."""

    thing: Record | Assignment
    tone: str
    adds: str


def _ground(
    request: Request, indicator: Indicator, units: list[Unit], period: Period
) -> dict[str, Any]:
    days = window(period)
    records = counting.records_of(indicator, _ids(units), days)
    assignments = counting.assignments_of(indicator, _ids(units), days)
    page = request.GET.get("page")
    if any(isinstance(part, FromRecords) for part in indicator.parts):
        found = Paginator(_named(records.select_related("definition")), 50).get_page(page)
        return {"ground": found, "records": [_record_row(indicator, one) for one in found]}
    found = Paginator(_named(assignments.select_related("duty")).by_due(), 50).get_page(page)
    return {"ground": found, "assignments": [_assignment_row(one) for one in found]}


def _named(rows: QuerySet[Any]) -> Any:
    return rows.prefetch_related(Prefetch("unit", Unit.objects.named(clock.today())))


def _record_row(indicator: Indicator, record: Record) -> GroundRow:
    adds = [_adds(part, record) for part in indicator.parts if isinstance(part, FromRecords)]
    return GroundRow(record, RECORD_TONES[RecordState(record.state)], "/".join(adds))


def _adds(part: FromRecords, record: Record) -> str:
    if any(record.data.get(code) != value for code, value in part.where.items()):
        return "0"
    return rules.printed(record.data.get(part.sum) if part.sum else 1)


def _assignment_row(assignment: Assignment) -> GroundRow:
    in_time = bool(assignment.handed_in_on) and not assignment.is_open and not assignment.days_late
    return GroundRow(
        assignment, ASSIGNMENT_TONES[AssignmentState(assignment.state)], "1/1" if in_time else "0/1"
    )


@officer
def frozen_figure(request: Request, pk: str) -> HttpResponse:
    """A figure as it was fixed: its parts, and what was counted."""
    actor = request.actor
    visible = access.visible_to(actor).select_related("definition")
    found = get_object_or_404(_named(visible), pk=pk)
    parts = access.visible_to(actor).filter(wholes=found).select_related("definition")
    records = records_access.visible_to(actor).filter(pk__in=found.counted)
    assignments = duties_access.visible_to(actor).filter(pk__in=found.counted)
    indicator = found.shown
    context = {
        "figure": found,
        "indicator": indicator,
        "period": found.stands_for,
        "last_day": found.window_to - timedelta(days=1),
        "sentence": rules.sentence(indicator.sentence, found.result),
        "value": rules.printed_value(found.value, indicator.measure),
        "now": _changed_since(found),
        "parts": [
            (one, Moved(indicator, one.result, one.result)) for one in _named(parts).order_by("id")
        ],
        "wholes": list(_named(access.visible_to(actor).filter(parts=found))),
        "records": [
            _record_row(indicator, one) for one in _named(records.select_related("definition"))
        ],
        "assignments": [_assignment_row(one) for one in _named(assignments.select_related("duty"))],
    }
    return render(request, "console/figures/frozen.html", context)


def _changed_since(found: Figure) -> str:
    """What the unit's records come to now, where that is no longer what was fixed."""
    if not found.counted:
        return ""
    days = (found.window_from, found.window_to)
    now = counting.count(found.shown, [found.unit_id], days)[found.unit_id]
    if (now.numerator, now.denominator) == (found.numerator, found.denominator):
        return ""
    return rules.printed_value(now.value, found.shown.measure)


urlpatterns = [
    path("so-lieu/", figures, name="figures"),
    path("so-lieu/ban-chot/<uuid:pk>/", frozen_figure, name="frozen_figure"),
    path("so-lieu/<slug:code>/", figure, name="figure"),
]
