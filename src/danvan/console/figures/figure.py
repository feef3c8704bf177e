"""One indicator: by unit, in its course over the periods, and what it was counted from."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from danvan import clock
from danvan.console.boundaries import BoundarySwitch, Words
from danvan.console.doors import Request, officer
from danvan.console.period_filter import PeriodFilter
from danvan.figures import access, counting, definitions
from danvan.figures.boundaries import EVERYTHING, Boundaries, Comparable, Lineage, Units
from danvan.figures.definitions import FromRecords, Indicator
from danvan.figures.rules import Counted
from danvan.org.access import require
from danvan.org.choices import Level, UnitKind
from danvan.org.models import Unit
from danvan.periods import Period, window
from danvan.records.definitions import Register, registers

from .ground import shown_ground
from .moved import Moved, own_units_of

PERIODS_BACK = 4  # that the course of a figure shows before the chosen one
WIDE = {Level.PROVINCE, Level.DISTRICT}  # of whose areas figures are shown


def ids_of(units: Iterable[Unit]) -> list[UUID]:
    return [unit.pk for unit in units]


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


@dataclass(frozen=True)
class Sheet:
    """What every unit recorded for an indicator in periods, the chosen one last."""

    indicator: Indicator
    periods: list[Period]
    boundaries: Boundaries
    words: Words
    found: list[dict[UUID, Counted]]  # by period

    @classmethod
    def of(
        cls,
        of: Units,
        indicator: Indicator,
        periods: list[Period],
        boundaries: Boundaries,
        words: Words,
    ) -> "Sheet":
        windows = [window(one) for one in periods]
        counted = counting.count_course([indicator], boundaries.asked(of), windows)
        found = [one[indicator.code] for one in counted]
        return cls(indicator, periods, boundaries, words, found)

    def course(self, of: Units, last: int = 0) -> list[Comparable]:
        """What units come to in each period (or the last few), all on the same boundaries."""
        periods = list(zip(self.periods, self.found, strict=True))
        return [
            self.boundaries.compare(self.indicator, of, found, window(period))
            for period, found in periods[-last:]
        ]

    def moved(self, of: Units) -> Moved:
        before, now = self.course(of, last=2)
        return Moved(self.indicator, now.counted, before.counted, self.words.note(now, before))

    def ranked(self, of_each: Iterable[tuple[Unit, frozenset[UUID]]]) -> list[UnitRow]:
        """The greatest first, then in the order of the units."""
        found = [(unit, self.moved(of)) for unit, of in of_each]
        values = [moved.now.value or Decimal(0) for _unit, moved in found]
        greatest = _greatest(self.indicator, values)
        rows = [
            UnitRow(unit, moved, int(value * 100 / greatest) if greatest else 0)
            for (unit, moved), value in zip(found, values, strict=True)
        ]
        return sorted(rows, key=lambda row: -(row.moved.now.value or Decimal(0)))


def _greatest(indicator: Indicator, values: list[Decimal]) -> Decimal:
    """What fills a bar."""
    return Decimal(100) if indicator.is_ratio else max(values, default=Decimal(0))


@officer
def figure(request: Request, code: str) -> HttpResponse:
    """One indicator: how much, against before, whose, and what it is counted from."""
    actor = request.actor
    require(access.can_see_figures(actor))
    compares = access.can_compare_units(actor)
    period = PeriodFilter(request.GET)
    indicator = _indicator(code, period.chosen)
    lineage = Lineage()
    periods = _periods(period.chosen)
    switch = BoundarySwitch(request, lineage, first=periods[0], chosen=period.chosen)
    boundaries = lineage.on(switch.day if compares else clock.today())
    words = Words(lineage, boundaries)
    units = list(Unit.objects.named(switch.day).existing(switch.day)) if compares else []
    shown = _shown(request, boundaries, units)
    sheet = Sheet.of(own_units_of(actor), indicator, periods, boundaries, words)
    moved = sheet.moved(shown.of)
    rows = sheet.ranked((unit, frozenset({unit.pk})) for unit in units)
    given = [row for row in rows if row.moved.now.has_data]
    undivided = [row for row in rows if not row.moved.now.has_data and row.moved.note]
    counted_from = _registers(indicator)
    silent = _silent(rows, counted_from)
    context = {
        "indicator": indicator,
        "period": period,
        "switch": switch if compares else None,
        "moved": moved,
        "sentence": _sentence(moved, period.chosen),
        "shown": shown,
        "unit": shown.unit,
        "compares": compares,
        "rows": given,
        "undivided": undivided,
        "areas": _areas(sheet, units) if switch.choices and not shown.unit else [],
        "silent": silent,
        "answering": len(given) + len(silent),
        "course": _course(sheet, shown.of),
        "registers": counted_from,
        **shown_ground(request, indicator, boundaries.counted(shown.of), period.chosen),
    }
    return render(request, "console/figures/figure.html", context)


@dataclass(frozen=True)
class Shown:
    """What a page shows: a unit, an area (a unit with all below it), or everything."""

    of: Units
    unit: Unit | None = None
    is_area: bool = False
    is_gone: bool = False  # the address names a unit that these boundaries do not have


def _shown(request: Request, boundaries: Boundaries, units: list[Unit]) -> Shown:
    """As the address has it; of another's unit one sees nothing."""
    actor = request.actor
    if not access.can_compare_units(actor):
        return Shown(own_units_of(actor), actor.unit)
    is_area = "area" in request.GET
    code = request.GET.get("area" if is_area else "unit")
    if not code:
        return Shown(EVERYTHING)
    unit = next((unit for unit in units if unit.code == code), None)
    if unit:
        of = boundaries.area(unit.pk) if is_area else frozenset({unit.pk})
        return Shown(of, unit, is_area)
    if not Unit.objects.filter(code=code).exists():
        raise Http404
    return Shown(EVERYTHING, is_gone=True)


def _areas(sheet: Sheet, units: list[Unit]) -> list[UnitRow]:
    """Provinces and districts with all that stood below them, where there is more than one."""
    tops = [one for one in units if one.kind == UnitKind.PEOPLES_COMMITTEE and one.level in WIDE]
    if len(tops) < 2:
        return []
    areas = sheet.boundaries.areas(ids_of(tops))
    return sheet.ranked((top, areas[top.pk]) for top in tops)


def _silent(rows: list[UnitRow], known: list[Register]) -> list[Unit]:
    """Those who keep the register and have written nothing; where nothing fell due nothing lacks."""
    return [
        row.unit
        for row in rows
        if not row.moved.now.has_data
        and not row.moved.note
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
    note: str
    events: list[str]  # what happened to units within it


def _periods(last: Period) -> list[Period]:
    """Those before the last one and itself, oldest first."""
    periods = [last]
    for _back in range(PERIODS_BACK):
        periods.append(periods[-1].previous)
    return periods[::-1]


def _course(sheet: Sheet, of: Units) -> list[Point]:
    """The periods before the chosen one and itself, oldest first."""
    found = sheet.course(of)
    values = [one.counted.value or Decimal(0) for one in found]
    greatest = _greatest(sheet.indicator, values)
    points = []
    for period, one, value in zip(sheet.periods, found, values, strict=True):
        said = Moved(sheet.indicator, one.counted, one.counted)
        point = Point(
            period=period,
            value=said.value,
            fraction=said.fraction,
            share=int(value * 100 / greatest) if greatest else 0,
            note=sheet.words.note(one),
            events=sheet.words.events(of, period),
        )
        points.append(point)
    return points


def _registers(indicator: Indicator) -> list[Register]:
    """The registers that the indicator is counted from."""
    codes = {part.register for part in indicator.parts if isinstance(part, FromRecords)}
    return [one for one in registers(clock.today()) if one.code in codes] if codes else []
