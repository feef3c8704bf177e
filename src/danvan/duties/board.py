"""Questions about many assignments at once: one's own work, a leader's page, what waits, a month.

Each is a few statements over indexes, whatever number of assignments there is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)

from danvan import clock
from danvan.org.access import sees_whole_province, units_read
from danvan.org.actors import Actor
from danvan.org.models import UnitPlace
from danvan.statements import kept

from .choices import OPEN, AssignmentState, DifficultyState, ExtensionState
from .models import Assignment, AssignmentQuerySet, Difficulty, DifficultyStep, Extension
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
    today: date


def hands_of(by: Actor) -> Hands:
    return Hands(units_of(by), by.unit_id, person_of(by), by.is_coordinator, clock.today())


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
    found: AssignmentQuerySet,
    own: Collection[UUID],
    *,
    whose: str,
    also: AssignmentQuerySet | None = None,
) -> AssignmentQuerySet:
    """Of these, what the actor's unit handed down itself, or what is its duty (`whose` is its field).

    Ways that each begin with an index, instead of one condition that reads everything.
    """
    others = found.exclude(unit__in=own).order_by()
    of_duty = others.filter(**{f"duty__{whose}__in": own}, parent=None).values("pk")
    handed_down = others.filter(parent__unit__in=own).values("pk")
    ways = [handed_down] if also is None else [handed_down, also.order_by().values("pk")]
    return Assignment.objects.filter(pk__in=of_duty.union(*ways, all=True))


def directly_below(hands: Hands) -> QuerySet[UnitPlace, UUID]:
    """The units that stand directly under the actor's: what they lay on themselves is its to steer."""
    places = UnitPlace.objects.filter(parent=hands.unit, validity__contains=hands.today)
    return places.values_list("unit", flat=True)


def _laid_on_itself(prefix: str = "") -> Q:
    return Q(**{f"{prefix}parent": None, f"{prefix}duty__asked_by": F(f"{prefix}unit")})


def to_confirm(hands: Hands) -> AssignmentQuerySet:
    """Results that others handed in and that the actor's unit confirms."""
    submitted = Assignment.objects.filter(state=AssignmentState.SUBMITTED)
    return _laid_on_others(submitted, hands.units, whose="confirmed_by")


def contested(hands: Hands) -> AssignmentQuerySet:
    """What units do not hold for theirs, laid on them by the actor's or by those below on themselves;
    the coordinator: of all others.
    """
    found = Assignment.objects.filter(state=AssignmentState.CONTESTED)
    if hands.coordinates:
        return found.exclude(unit__in=hands.units)
    below = found.filter(_laid_on_itself(), unit__in=directly_below(hands))
    return _laid_on_others(found, hands.units, whose="asked_by", also=below)


def extensions_asked(hands: Hands) -> QuerySet[Extension]:
    """Later days that units ask for what the actor's laid on them, or those below on themselves; the
    coordinator: all.
    """
    found = Extension.objects.filter(state=ExtensionState.ASKED)
    own = hands.units
    if hands.coordinates:
        return found.exclude(assignment__unit__in=own)
    ours = Q(assignment__parent__unit__in=own) | Q(
        assignment__parent=None, assignment__duty__asked_by__in=own
    )
    ours |= _laid_on_itself("assignment__") & Q(assignment__unit__in=directly_below(hands))
    return found.filter(ours).exclude(assignment__unit__in=own)


def difficulties_below(hands: Hands) -> QuerySet[Difficulty]:
    """What units directly below raised to another than the actor's: until answered, or seen by it."""
    waiting = Difficulty.objects.filter(
        state__in=[DifficultyState.RAISED, DifficultyState.PASSED_UP],
        unit__in=directly_below(hands),
    )
    seen = DifficultyStep.objects.filter(difficulty=OuterRef("pk"), unit__in=hands.units)
    return waiting.exclude(handled_by__in=hands.units).exclude(Exists(seen))


# Điều hành


def followed(by: Actor) -> AssignmentQuerySet:
    """What a leader answers for: the province's, or his unit's and that of those below."""
    return _followed(_top_of(by), clock.today())


def _top_of(by: Actor) -> UUID | None:
    """Of the units that he follows; none where it is the whole province."""
    return None if sees_whole_province(by) else by.own_unit.pk


def _followed(top: UUID | None, today: date) -> AssignmentQuerySet:
    found = Assignment.objects.laid().led()
    return found.filter(unit__in=units_read(top, today)) if top else found


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


def leader(by: Actor, today: date) -> Board:
    top, start, soon = _top_of(by), monday(today), today + timedelta(days=NEAR)
    since = datetime.combine(start, time(), clock.ZONE)
    units = _late_units(top=top, today=today)
    new, near = _soon(top=top, today=today, before=start - timedelta(days=1), soon=soon)[0]
    done, returned, contested = _states(top=top, today=today, since=since)[0]
    return Board(
        late=units[0][3] if units else 0,
        late_units=units[0][4] if units else 0,
        by_unit=[LateUnit(unit, late, first) for unit, late, first, _all, _units in units],
        longest=_longest(top=top, today=today),
        near=near,
        coming=_coming(top=top, today=today, soon=soon),
        changes=Changes(
            done=done,
            returned=returned,
            contested=contested,
            extended=_extended(top=top, today=today, since=since)[0][0],
            newly_late=new,
            newest=_newest(top=top, today=today, since=since),
        ),
    )


class _Total(Func):
    """Of all groups, beside each of them."""

    window_compatible = True
    function = "SUM"
    output_field = IntegerField()


@kept
def _late_units(
    top: UUID | None, today: date
) -> QuerySet[Assignment, tuple[UUID, int, date, int, int]]:
    """The units with most that is late; with each what is late everywhere, and in how many."""
    late = _followed(top, today).overdue(today).values("unit")
    counted = late.annotate(late=Count("pk"), since=Min("due_on"))
    beside = {
        "all": Window(_Total(Count("pk"))),
        "units": Window(Count("unit")),
    }
    found = counted.annotate(**beside).order_by("-late", "since", "unit")
    return found.values_list("unit", "late", "since", "all", "units")[:FIRST]


@kept
def _soon(
    top: UUID | None, today: date, before: date, soon: date
) -> QuerySet[Assignment, tuple[int, int]]:
    """How much is late since a day, and how much is due until another."""
    found = _followed(top, today).open().filter(due_on__gte=before, due_on__lte=soon).order_by()
    is_late = Q(due_on__lt=today)
    counts = {"new": Count("pk", filter=is_late), "near": Count("pk", filter=~is_late)}
    return found.values(all=Value(1)).annotate(**counts).values_list(*counts)


@kept
def _longest(top: UUID | None, today: date) -> QuerySet[Assignment]:
    late = _followed(top, today).overdue(today)
    return late.select_related("duty").by_due()[:FIRST]


@kept
def _coming(top: UUID | None, today: date, soon: date) -> QuerySet[Assignment]:
    found = _followed(top, today).open().filter(due_on__gte=today, due_on__lte=soon)
    return found.select_related("duty").by_due()[:FIRST]


@kept
def _states(
    top: UUID | None, today: date, since: datetime
) -> QuerySet[Assignment, tuple[int, int, int]]:
    """How many went into each of three states since an instant."""
    told = (AssignmentState.DONE, AssignmentState.RETURNED, AssignmentState.CONTESTED)
    found = _followed(top, today).filter(changed_at__gte=since).order_by()
    counts = {state.value: Count("pk", filter=Q(state=state)) for state in told}
    return found.values(all=Value(1)).annotate(**counts).values_list(*counts)


@kept
def _extended(top: UUID | None, today: date, since: datetime) -> QuerySet[Assignment, tuple[int]]:
    given = Extension.objects.filter(state=ExtensionState.GRANTED, decided_at__gte=since)
    found = _followed(top, today).filter(pk__in=given.values("assignment")).order_by()
    return found.values(all=Value(1)).annotate(count=Count("pk")).values_list("count")


@kept
def _newest(top: UUID | None, today: date, since: datetime) -> QuerySet[Assignment]:
    found = _followed(top, today).filter(changed_at__gte=since, state__in=_TOLD)
    return found.select_related("duty").order_by("-changed_at", "id")[:NEWEST]


FIRST = 5  # rows of each list
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
    is_open = Q(state__in=OPEN)
    counts = due.values("due_on").annotate(
        total=Count("due_on"), opened=Count("due_on", filter=is_open)
    )
    totals, opened = dict[date, int](), dict[date, int]()
    for day, total, still_open in counts.values_list("due_on", "total", "opened"):
        if day:
            totals[day], opened[day] = total, still_open
    # What is open stands in an index of its own; the rest of a day is sought where it is wanted.
    pieces = [
        found.filter(part, due_on=day).order_by("id").values_list("pk", flat=True)[:a_day]
        for day in sorted(totals)
        for part, wanted in ((is_open, opened[day]), (~is_open, opened[day] < a_day))
        if wanted
    ]
    if not pieces:
        return {}
    keys = list(pieces[0].union(*pieces[1:], all=True)) if pieces[1:] else list(pieces[0])
    open_first = Case(When(is_open, then=0), default=1)
    rows = Assignment.objects.filter(pk__in=keys).select_related("duty").order_by(open_first, "id")
    shown: dict[date | None, list[Assignment]] = {}
    for one in rows:
        shown.setdefault(one.due_on, []).append(one)
    return {day: Day(total, shown.get(day, [])[:a_day]) for day, total in totals.items()}
