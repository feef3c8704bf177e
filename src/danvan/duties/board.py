"""Questions about many assignments at once: one's own work, a leader's page, what waits, a month.

Each is a few statements over indexes, whatever number of assignments there is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Min, Q, QuerySet, Value, When

from danvan import clock
from danvan.org.access import own_units, sees_whole_province
from danvan.org.actors import Actor
from danvan.statements import kept

from .choices import OPEN, AssignmentState, ExtensionState
from .models import Assignment, AssignmentQuerySet, Extension
from .rules import NEAR

SHOWN = 100  # rows of one group; more are in the list
DONE_SHOWN = timedelta(days=7)


def units_of(by: Actor) -> frozenset[UUID]:
    """The units whose work is the actor's own: its unit, and those that went wholly into it."""
    return by.taken_over | {by.unit.pk} if by.unit else frozenset()


def person_of(by: Actor) -> UUID | None:
    """In whose place it acts: the holder of the post."""
    post = by.acting_for.post if by.acting_for else (by.posts[0] if by.posts else None)
    return post.person_id if post else None


@dataclass(frozen=True)
class Hands:
    """Whose work is an actor's own; what is asked of it is put together once (`kept`)."""

    units: Collection[UUID]
    unit: UUID | None
    person: UUID | None
    coordinates: bool  # follows all units


def hands_of(by: Actor) -> Hands:
    return Hands(units_of(by), by.unit_id, person_of(by), by.is_coordinator)


def of_hands(by: Actor, *, whole_unit: bool = True) -> AssignmentQuerySet:
    """What the actor's unit has to do; not the whole of it: without what was entrusted to colleagues."""
    return _of(units_of(by), None if whole_unit else person_of(by), whole_unit=whole_unit)


def _of(units: Collection[UUID], person: UUID | None, *, whole_unit: bool) -> AssignmentQuerySet:
    found = Assignment.objects.filter(unit__in=units)
    return found if whole_unit else found.filter(Q(person=None) | Q(person=person))


# Việc của tôi


@dataclass(frozen=True)
class Mine:
    """How much there is in each group of “Việc của tôi”."""

    overdue: int
    today: int
    week: int
    later: int
    requested: int
    elsewhere: int
    done: int

    @property
    def open(self) -> int:
        return self.overdue + self.today + self.week + self.later


def _whose(by: Actor, whole_unit: bool) -> dict[str, Any]:
    return {"units": units_of(by), "person": person_of(by), "whole_unit": whole_unit}


def _days(today: date) -> dict[str, Any]:
    """What the groups are parted by."""
    return {
        "today": today,
        "week_end": today + timedelta(days=6 - today.weekday()),
        "since": datetime.combine(today - DONE_SHOWN, time(), clock.ZONE),
    }


def _groups(today: date, week_end: date, since: datetime) -> dict[str, Q]:
    is_open = Q(state__in=OPEN)
    return {
        "overdue": is_open & Q(due_on__lt=today),
        "today": is_open & Q(due_on=today),
        "week": is_open & Q(due_on__gt=today, due_on__lte=week_end),
        "later": is_open & (Q(due_on__gt=week_end) | Q(due_on=None)),
        "requested": Q(state=AssignmentState.REQUESTED),
        "elsewhere": Q(state=AssignmentState.SUBMITTED),
        "done": Q(state=AssignmentState.DONE, handed_in_at__gte=since),
    }


def mine(by: Actor, today: date, *, whole_unit: bool) -> Mine:
    whose = _whose(by, whole_unit)
    return Mine(*_mine(**whose, **_days(today))[0])


@kept
def _mine(
    units: Collection[UUID], person: UUID | None, whole_unit: bool, **days: Any
) -> QuerySet[Assignment, tuple[int, ...]]:
    shown = {*OPEN, AssignmentState.REQUESTED, AssignmentState.SUBMITTED, AssignmentState.DONE}
    found = _of(units, person, whole_unit=whole_unit).filter(state__in=shown).order_by()
    counts = {name: Count("pk", filter=one) for name, one in _groups(**days).items()}
    return found.values(all=Value(1)).annotate(**counts).values_list(*counts)


def group_of(by: Actor, name: str, today: date, *, whole_unit: bool) -> AssignmentQuerySet:
    """The first of one group, by due day."""
    found = of_hands(by, whole_unit=whole_unit).filter(_groups(**_days(today))[name])
    order = ["-handed_in_at"] if name == "done" else [F("due_on").asc(nulls_last=True), "id"]
    return found.select_related("duty").order_by(*order)[:SHOWN]


def up_to_this_week(by: Actor, today: date, *, whole_unit: bool) -> dict[str, list[Assignment]]:
    """What is late, due today and due this week, in one statement."""
    whose = _whose(by, whole_unit)
    found: dict[str, list[Assignment]] = {"overdue": [], "today": [], "week": []}
    for one in _up_to_this_week(**whose, **_days(today)):
        day = one.due_on or today
        found["overdue" if day < today else "today" if day == today else "week"].append(one)
    return found


@kept
def _up_to_this_week(
    units: Collection[UUID], person: UUID | None, whole_unit: bool, **days: Any
) -> QuerySet[Assignment]:
    groups = _groups(**days)
    soon = groups["overdue"] | groups["today"] | groups["week"]
    rows = _of(units, person, whole_unit=whole_unit).filter(soon)
    return rows.select_related("duty").by_due()[: 3 * SHOWN]


def waiting(hands: Hands) -> AssignmentQuerySet:
    """What the actor's unit has yet to do, requests among it: the number in the navigation."""
    found = _of(hands.units, hands.person, whole_unit=False)
    return found.filter(state__in=[*OPEN, AssignmentState.REQUESTED])


# What waits for a word about others' work


def _laid_on_others(
    found: AssignmentQuerySet, own: Collection[UUID], *, whose: str
) -> AssignmentQuerySet:
    """Of these, what the actor's unit handed down itself, or what is its duty (`whose` is its field).

    Two ways that each begin with an index, instead of one condition that reads everything.
    """
    others = found.exclude(unit__in=own).order_by()
    of_duty = others.filter(**{f"duty__{whose}__in": own}, parent=None).values("pk")
    handed_down = others.filter(parent__unit__in=own).values("pk")
    return Assignment.objects.filter(pk__in=of_duty.union(handed_down, all=True))


def to_confirm(hands: Hands) -> AssignmentQuerySet:
    """Results that others handed in and that the actor's unit confirms."""
    submitted = Assignment.objects.filter(state=AssignmentState.SUBMITTED)
    return _laid_on_others(submitted, hands.units, whose="confirmed_by")


def contested(hands: Hands) -> AssignmentQuerySet:
    """What units do not hold for theirs, laid on them by the actor's; the coordinator: of all others."""
    found = Assignment.objects.filter(state=AssignmentState.CONTESTED)
    if hands.coordinates:
        return found.exclude(unit__in=hands.units)
    return _laid_on_others(found, hands.units, whose="asked_by")


def extensions_asked(hands: Hands) -> QuerySet[Extension]:
    """Later days that units ask for what the actor's laid on them; the coordinator: all."""
    found = Extension.objects.filter(state=ExtensionState.ASKED)
    own = hands.units
    if hands.coordinates:
        return found.exclude(assignment__unit__in=own)
    ours = Q(assignment__parent__unit__in=own) | Q(
        assignment__parent=None, assignment__duty__asked_by__in=own
    )
    return found.filter(ours).exclude(assignment__unit__in=own)


# Điều hành


def followed(by: Actor) -> AssignmentQuerySet:
    """What a leader answers for: the province's, or his unit's and that of those below."""
    found = Assignment.objects.laid().led()
    if sees_whole_province(by):
        return found
    return found.filter(unit__in=own_units(by))


@dataclass(frozen=True)
class LateUnit:
    unit: UUID
    late: int
    since: date  # the first day of what is late longest


@dataclass(frozen=True)
class Changes:
    """What changed since Monday."""

    done: int
    returned: int
    contested: int
    extended: int
    newly_late: int
    newest: list[Assignment]  # the last few that went another way, the newest first


@dataclass(frozen=True)
class Board:
    """A leader's page: what is late, whose, since when, what comes, what changed."""

    late: int
    late_units: int
    by_unit: list[LateUnit]
    longest: list[Assignment]
    near: int
    coming: list[Assignment]
    changes: Changes


def monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def leader(by: Actor, today: date, *, rows: int = 5) -> Board:
    found = followed(by)
    late = found.overdue(today)
    is_late, soon = Q(due_on__lt=today), today + timedelta(days=NEAR)
    totals = (
        found.open()
        .filter(due_on__lte=soon)
        .aggregate(
            late=Count("pk", filter=is_late),
            units=Count("unit", distinct=True, filter=is_late),
            near=Count("pk", filter=~is_late),
        )
    )
    units = late.values("unit").annotate(late=Count("pk"), since=Min("due_on"))
    near = found.open().filter(due_on__gte=today, due_on__lte=soon)
    return Board(
        late=totals["late"],
        late_units=totals["units"],
        by_unit=[LateUnit(**one) for one in units.order_by("-late", "since", "unit")[:rows]],
        longest=list(late.select_related("duty").by_due()[:rows]),
        near=totals["near"],
        coming=list(near.select_related("duty").by_due()[:rows]),
        changes=_changes(found, today),
    )


def _changes(found: AssignmentQuerySet, today: date) -> Changes:
    start = monday(today)
    since = datetime.combine(start, time(), clock.ZONE)
    states = found.filter(changed_at__gte=since).aggregate(
        **{
            state.value: Count("pk", filter=Q(state=state))
            for state in (
                AssignmentState.DONE,
                AssignmentState.RETURNED,
                AssignmentState.CONTESTED,
            )
        }
    )
    late = found.overdue(today).filter(due_on__gte=start - timedelta(days=1))
    extended = found.filter(
        pk__in=Extension.objects.filter(state=ExtensionState.GRANTED, decided_at__gte=since).values(
            "assignment"
        )
    )
    newest = found.filter(changed_at__gte=since, state__in=_TOLD).select_related("duty")
    return Changes(
        **states,
        extended=extended.count(),
        newly_late=late.count(),
        newest=list(newest.order_by("-changed_at", "id")[:NEWEST]),
    )


NEWEST = 4
_TOLD = {
    AssignmentState.DONE,
    AssignmentState.SUBMITTED,
    AssignmentState.RETURNED,
    AssignmentState.CONTESTED,
    AssignmentState.SUSPENDED,
    AssignmentState.RESCINDED,
    AssignmentState.CLOSED,
}  # where a leader wants to read of it; what is only taken on is no news


# Lịch

A_DAY = 4  # shown of each day of a month; the rest is counted


@dataclass(frozen=True)
class Day:
    total: int
    first: list[Assignment]


def days(
    found: AssignmentQuerySet, first: date, last: date, *, a_day: int = A_DAY
) -> dict[date, Day]:
    """Of each day between two: how many are due, and the first few of them."""
    due = found.filter(due_on__gte=first, due_on__lte=last).order_by()
    totals = dict(due.values_list("due_on").annotate(Count("pk")))
    open_first = Case(When(state__in=OPEN, then=0), default=1)
    pieces = [
        found.filter(due_on=day).order_by(open_first, "id").values_list("pk", flat=True)[:a_day]
        for day in sorted(totals)
    ]
    if not pieces:
        return {}
    keys = list(pieces[0].union(*pieces[1:], all=True)) if pieces[1:] else list(pieces[0])
    rows = Assignment.objects.filter(pk__in=keys).select_related("duty").order_by(open_first, "id")
    shown: dict[date | None, list[Assignment]] = {}
    for one in rows:
        shown.setdefault(one.due_on, []).append(one)
    return {day: Day(total, shown.get(day, [])) for day, total in totals.items()}
