"""Plans of units by year: who has handed in what is asked, who has not, and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from danvan import clock
from danvan.documents.models import Document
from danvan.org.models import Unit, with_units

from .choices import (
    ENDED,
    HANDED_IN,
    OPEN,
    REQUEST,
    AssignmentState,
    Coverage,
    Part,
    PlanState,
)
from .coverage.asking import done_of
from .models import Assignment, AssignmentQuerySet, Duty, Evidence

_STATES = {
    AssignmentState.SUBMITTED: PlanState.WAITING,
    AssignmentState.RETURNED: PlanState.RETURNED,
    AssignmentState.DONE: PlanState.ACCEPTED,
    AssignmentState.ANSWERED: PlanState.ACCEPTED,
    AssignmentState.SUSPENDED: PlanState.SUSPENDED,
    AssignmentState.REQUESTED: PlanState.ASKED,
}


@dataclass(frozen=True)
class Covered:
    """How many of the duties laid on the unit its plan takes up."""

    taken_up: int
    weakened: int
    left_out: int

    @property
    def all(self) -> int:
        return self.taken_up + self.weakened + self.left_out


@dataclass(frozen=True)
class Standing:
    """One plan that is asked of a unit, with the one that was handed in."""

    assignment: Assignment
    plan: Document | None
    covered: Covered | None

    @property
    def unit(self) -> Unit:
        return self.assignment.unit

    @property
    def state(self) -> PlanState:
        return _STATES.get(AssignmentState(self.assignment.state), PlanState.NOT_YET)

    @property
    def is_handed_in(self) -> bool:
        return self.assignment.state in HANDED_IN

    @property
    def is_asked(self) -> bool:
        """A request to a Party body, the Front or a union: it owes nothing."""
        return self.assignment.state in REQUEST

    @property
    def days_late(self) -> int:
        """Of what is still open; what was handed in late says so by its day."""
        return self.assignment.days_late if self.assignment.is_overdue else 0

    @property
    def years(self) -> range:
        """For which years: those of the plan that was handed in, else those it is asked for."""
        return years_of(self.plan) or years_of(self.assignment.duty.document) or range(0)


def years_of(document: Document | None) -> range | None:
    if document is None:
        return None
    first, last = document.planned_from, document.planned_to or document.planned_from
    if first.isdigit() and last.isdigit():
        return range(int(first), int(last) + 1)
    return (
        range(document.issued_on.year, document.issued_on.year + 1) if document.issued_on else None
    )


def asked(assignments: AssignmentQuerySet) -> AssignmentQuerySet:
    """Of these assignments those by which a plan is handed in."""
    return (
        assignments.filter(part=Part.LEAD, duty__deliverable="kế hoạch")
        .exclude(duty__deliver_to="")
        .exclude(state__in=[*ENDED, AssignmentState.PROPOSED])
    )


def of_year(assignments: AssignmentQuerySet, year: int) -> AssignmentQuerySet:
    """Plans of a year; one for several years is a plan of each of them."""
    handed_in = Evidence.objects.of_ones_own().filter(_spans("document__", year))
    is_of_it = Q(pk__in=handed_in.values("assignment")) | _spans("duty__document__", year)
    return asked(assignments).filter(is_of_it)


def _spans(prefix: str, year: int) -> Q:
    said = Q(
        **{f"{prefix}planned_from__lte": str(year), f"{prefix}planned_to__gte": str(year)}
    ) & ~Q(**{f"{prefix}planned_from": ""})
    unsaid = Q(**{f"{prefix}planned_from": "", f"{prefix}issued_on__year": year})
    return said | unsaid


def years(assignments: AssignmentQuerySet) -> list[int]:
    """The years for which plans are asked, the newest first, this one among them."""
    uppers = Document.objects.filter(duties__assignments__in=asked(assignments)).distinct()
    found = {year for one in uppers.only(*_DATED) for year in years_of(one) or ()}
    return sorted(found | {clock.today().year}, reverse=True)


_DATED = ("planned_from", "planned_to", "issued_on")


def sources(assignments: AssignmentQuerySet) -> QuerySet[Document]:
    """The documents that ask for these plans."""
    return Document.objects.filter(
        duties__in=Duty.objects.filter(assignments__in=assignments)
    ).distinct()


def standings(assignments: AssignmentQuerySet, today: date) -> list[Standing]:
    """With each its newest plan and coverage, in the order of units."""
    found = with_units(assignments.select_related("duty__document"), today)
    plans = _handed_in(found)
    counts = done_of([plan.pk for plan in plans.values()])
    rows = [
        Standing(
            one,
            plan := plans.get(one.pk),
            _covered(counts.get(plan.pk)) if plan else None,
        )
        for one in found
    ]
    rows.sort(key=lambda row: (row.is_asked, row.unit.place_in_lists, row.unit.sort_key))
    return rows


def _handed_in(assignments: Iterable[Assignment]) -> dict[object, Document]:
    """The newest plan handed in for each; what was returned stands until there is a new one."""
    rows = Evidence.objects.of_ones_own().filter(
        assignment__in=list(assignments), document__isnull=False
    )
    return {
        row.assignment_id: row.document
        for row in rows.select_related("document__attachment").order_by("id")
        if row.document is not None
    }


def _covered(counts: dict[str, int] | None) -> Covered | None:
    if not counts:
        return None
    return Covered(
        counts.get(Coverage.TAKEN_UP, 0),
        counts.get(Coverage.WEAKENED, 0),
        counts.get(Coverage.LEFT_OUT, 0),
    )


@dataclass(frozen=True)
class Summary:
    """Of units, not of plans: one that owes a plan has not handed in."""

    units: int
    handed_in: int
    late: int
    missing: Sequence[Standing]

    @property
    def share(self) -> float:
        return 100 * self.handed_in / self.units if self.units else 0.0

    @property
    def owing(self) -> int:
        return self.units - self.handed_in


def summary(rows: Iterable[Standing]) -> Summary:
    owed = [row for row in rows if not row.is_asked and row.state != PlanState.SUSPENDED]
    missing = [row for row in owed if row.assignment.state in OPEN]
    units = {row.unit.pk for row in owed}
    owing = {row.unit.pk for row in missing}
    late = {row.unit.pk for row in missing if row.days_late}
    return Summary(len(units), len(units - owing), len(late), missing)
