"""Report regimes as they are defined in data: who reports what to whom, from when to when, by when."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from danvan.definitions.models import Definition
from danvan.duties.deadlines.clashing import clashes
from danvan.org.choices import ASKED, Level, UnitKind
from danvan.org.models import Unit
from danvan.periods import Period, window
from danvan.workdays.rules import Calendar, LastDay, last_day, set_back

KIND = "report_regimes"


@dataclass(frozen=True)
class Outline:
    """A heading of the outline; `written` says whether there is something to write under it."""

    code: str
    label: str
    level: int = 1
    guidance: str = ""
    indicators: tuple[str, ...] = ()
    written: bool = True
    must_be_written: bool = False
    drafted_from: str = ""  # "done", "late" or "ahead": which duties can begin its text


@dataclass(frozen=True)
class Regime:
    definition: Definition
    code: str
    label: str
    title: str
    every: str
    cut_off_day: int | None
    due_day: int
    due_moves: bool
    reporters: tuple[str, ...]  # groups of units
    outline: tuple[Outline, ...]
    recipients: tuple[str, ...]
    basis: str
    province_due_day: int | None = None  # by which the province reports, in the period's last month
    set_back: int | None = None  # working days before that by which its units do

    def __getitem__(self, code: str) -> Outline:
        return {one.code: one for one in self.outline}[code]

    @property
    def written(self) -> list[Outline]:
        return [one for one in self.outline if one.written]

    @property
    def indicators(self) -> list[str]:
        """The codes of all indicators, each once, in the order of the outline."""
        return list(dict.fromkeys(code for one in self.outline for code in one.indicators))

    def periods(self, year: int) -> list[Period]:
        return [Period(year, part) for part in _PARTS[self.every]]

    def window(self, period: Period) -> tuple[date, date]:
        """The half-open days that a period's report counts."""
        return window(period, cut_off_day=self.cut_off_day)

    def due(self, period: Period, office: Calendar) -> LastDay:
        """The last day on which a unit's report of a period is in time, and how it was found.

        Set back from the province's own day where the regime says so, else as printed.
        """
        upper = self.province_due(period, office)
        if upper is None or self.set_back is None:
            return self._due(period, self.due_day, office)
        found = set_back(upper.day, self.set_back, office, words="Tỉnh phải gửi báo cáo")
        return LastDay(found.day, (*upper.steps, *found.steps), found.nominal)

    def province_due(self, period: Period, office: Calendar) -> LastDay | None:
        """The last day of the province's own report; None where the regime names none."""
        if self.province_due_day is None:
            return None
        return self._due(period, self.province_due_day, office)

    def _due(self, period: Period, day: int, office: Calendar) -> LastDay:
        return last_day(
            period.last_day.replace(day=day),
            office,
            inclusive=True,
            moves=self.due_moves,
            words=f"chậm nhất ngày {day} của {_LAST_MONTH.get(self.every, 'tháng cuối kỳ')}",
        )

    def clashes(self, period: Period, office: Calendar) -> list[str]:
        """What does not go together in the days of a period, in sentences."""
        upper = self.province_due(period, office)
        return clashes(
            self.due(period, office),
            calendar=office,
            cut_off=self.window(period)[1] - timedelta(days=1),
            upper=upper.day if upper else None,
        )


_PARTS = {  # how often it reports → the parts of a year
    "month": [f"M{number:02d}" for number in range(1, 13)],
    "quarter": ["Q1", "Q2", "Q3", "Q4"],
    "half-year": ["H1", "H2"],
    "nine-month": ["N9"],
    "year": ["Y"],
}
_LAST_MONTH = {"month": "tháng", "quarter": "tháng cuối quý"}


def regime_for(period: Period, on: date) -> Regime | None:
    """The regime by which a period is reported; None where there is none."""
    known = regimes(on)
    return next((one for one in known if period.part in _PARTS[one.every]), None)


def parts_reported(on: date) -> frozenset[str]:
    """The parts of a year for which `regime_for` finds a regime, in one statement."""
    known = Definition.objects.in_force(KIND, on).values_list("body__every", flat=True)
    return frozenset(part for every in known for part in _PARTS[every])


def regime(code: str, on: date) -> Regime:
    """Raises Definition.DoesNotExist where there is none of that code on the day."""
    return regime_of(Definition.objects.one(KIND, code, on))


def regimes(on: date) -> list[Regime]:
    return [regime_of(one) for one in Definition.objects.in_force(KIND, on)]


def regime_of(definition: Definition) -> Regime:
    body = definition.body
    return Regime(
        definition=definition,
        code=definition.code,
        outline=tuple(_outline(row) for row in body["outline"]),
        reporters=tuple(body["reporters"]),
        recipients=tuple(body["recipients"]),
        **{key: body[key] for key in _PLAIN},
        province_due_day=body.get("province_due_day"),
        set_back=body.get("set_back"),
    )


_PLAIN = ("label", "title", "every", "cut_off_day", "due_day", "due_moves", "basis")


def _outline(row: dict[str, Any]) -> Outline:
    return Outline(**{**row, "indicators": tuple(row.get("indicators", ()))})


def reporters(regime: Regime, on: date) -> list[Unit]:
    """The units that report, named as of a day, in their official order; who is asked owes none."""
    groups = Definition.objects.in_force("unit_groups", on)
    matches = [one for group in groups if group.code in regime.reporters for one in group["match"]]
    wanted = Q(pk=None)
    for one in matches:
        wanted |= Q(kind=one["kind"], level=one["level"])
    return list(Unit.objects.named(on).existing(on).filter(wanted).exclude(kind__in=ASKED))


def coordinating_unit(on: date) -> Unit:
    """Where units send their reports to. Raises Unit.DoesNotExist before there is one."""
    return Unit.objects.named(on).existing(on).get(coordinates=True)


def whole_unit(on: date) -> Unit:
    """The province: whom the consolidated report is about, and for."""
    return Unit.objects.named(on).get(kind=UnitKind.PEOPLES_COMMITTEE, level=Level.PROVINCE)
