"""Who has reported in a year: in time, late, not at all, returned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from danvan import clock
from danvan.duties.choices import NOT_COUNTED, AssignmentState
from danvan.duties.models import Assignment
from danvan.org.heirs import now_at
from danvan.org.models import Unit
from danvan.periods import Period
from danvan.workdays.calendars import calendar
from danvan.workdays.rules import Calendar

from . import rules
from .choices import ReportState
from .definitions import Regime, reporters
from .models import Report

_STATES = {  # a result handed in without a report counts as its assignment stands
    AssignmentState.SUBMITTED: ReportState.SUBMITTED,
    AssignmentState.DONE: ReportState.ACCEPTED,
    AssignmentState.RETURNED: ReportState.RETURNED,
}


@dataclass(frozen=True)
class Standing:
    """One unit and one period."""

    unit: Unit
    period: Period
    due_on: date
    report: Report | None  # its newest version that was ever sent
    assignment: Assignment | None
    mark: rules.Mark

    @property
    def is_sent(self) -> bool:
        return self.mark.tone in {"wait", "done"}

    @property
    def is_late(self) -> bool:
        return self.mark.tone == "late"

    @property
    def said(self) -> str:
        return f"{self.unit.name}, {self.period.label}: {self.mark.words}"


@dataclass(frozen=True)
class Column:
    """One period over all units."""

    period: Period
    begins_on: date
    cut_off: date  # the last day that counts
    due_on: date
    standings: Sequence[Standing]

    @property
    def sent(self) -> int:
        return sum(one.is_sent for one in self.standings)

    @property
    def late(self) -> list[Standing]:
        return [one for one in self.standings if one.is_late]

    @property
    def waiting(self) -> int:
        """Reports that nobody has decided on yet."""
        return sum(one.mark.tone == "wait" for one in self.standings)

    @property
    def has_begun(self) -> bool:
        return self.begins_on <= clock.today()


def columns(regime: Regime, year: int, units: Sequence[Unit] | None = None) -> list[Column]:
    """The year's periods, each with every reporting unit (or with these), in the official order."""
    periods = regime.periods(year)
    known = list(units if units is not None else reporters(regime, _as_of(periods[-1])))
    office = calendar(year)
    sent = _sent(regime, periods)
    assigned = _assigned(periods, known)
    followed = {period for _unit, period in (*sent, *assigned)}
    found = []
    for period in periods:
        keys = [(unit, (unit.pk, str(period))) for unit in known]
        rows = [(unit, sent.get(key), assigned.get(key)) for unit, key in keys]
        found.append(_column(regime, period, rows, office, is_asked=str(period) in followed))
    return found


def column_of_now(columns: Sequence[Column]) -> Column:
    """The period to look at: the last one that is due or being reported, else the first."""
    begun = [one for one in columns if one.cut_off <= clock.today()]
    return begun[-1] if begun else columns[0]


def _as_of(last: Period) -> date:
    """Names and groups as of today, of a past year as of its end."""
    return min(clock.today(), last.last_day)


def _column(
    regime: Regime,
    period: Period,
    rows: Iterable[tuple[Unit, Report | None, Assignment | None]],
    office: Calendar,
    *,
    is_asked: bool,
) -> Column:
    start, end = regime.window(period)
    due_on = regime.due(period, office).day
    is_followed = is_asked or due_on >= clock.today()
    standings = [
        _standing(unit, period, due_on, report, duty, is_followed=is_followed)
        for unit, report, duty in rows
    ]
    return Column(period, start, end - timedelta(days=1), due_on, standings)


def _standing(
    unit: Unit,
    period: Period,
    due_on: date,
    report: Report | None,
    duty: Assignment | None,
    *,
    is_followed: bool,
) -> Standing:
    """Of a past period that nobody was asked for and nobody sent, nobody is called late."""
    if not is_followed:
        return Standing(unit, period, due_on, None, None, rules.NOT_FOLLOWED)
    due_on = (duty.due_on if duty else None) or due_on
    state, submitted_on = None, None
    if report is not None:
        state, submitted_on = ReportState(report.state), report.submitted_on
    elif duty is not None:
        state, submitted_on = _STATES.get(AssignmentState(duty.state)), duty.handed_in_on
    mark = rules.mark(state, due_on=due_on, submitted_on=submitted_on, today=clock.today())
    return Standing(unit, period, due_on, report, duty, mark)


def _sent(regime: Regime, periods: Sequence[Period]) -> dict[tuple[object, str], Report]:
    """By unit and period: of the versions ever sent the newest."""
    found = (
        Report.objects.of_units()
        .frozen()
        .filter(
            regime__kind=regime.definition.kind,
            regime__code=regime.code,
            period__in=[str(one) for one in periods],
        )
    )
    return {(one.unit_id, one.period): one for one in found.order_by("version")}


def _assigned(
    periods: Sequence[Period], known: Iterable[Unit]
) -> dict[tuple[object, str], Assignment]:
    """By unit and period; what a merged unit owed is owed by the one that it went into."""
    rows = list(asking_for([str(one) for one in periods]).order_by("assigned_at"))
    gone = {one.unit_id for one in rows} - {one.pk for one in known}
    heir = {left: now for now, all_left in _now_at(gone).items() for left in all_left}
    found: dict[tuple[object, str], Assignment] = {
        (heir[one.unit_id], one.occurrence): one for one in rows if one.unit_id in heir
    }
    return found | {(one.unit_id, one.occurrence): one for one in rows}


def _now_at(gone: set[UUID]) -> dict[UUID, list[UUID]]:
    return now_at(gone, clock.today()) if gone else {}


def asking_for(occurrences: Iterable[str]) -> QuerySet[Assignment]:
    """The assignments that ask for a report of these periods."""
    return asking().filter(occurrence__in=occurrences)


def asking() -> QuerySet[Assignment]:
    """The assignments that ask for a report of whichever period."""
    found = Assignment.objects.led().filter(
        duty__deliverable="báo cáo", duty__due__kind="recurring"
    )
    found = found.exclude(state__in=NOT_COUNTED - {AssignmentState.SUSPENDED})
    return found.select_related("duty")
