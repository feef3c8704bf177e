"""A duty handed one level down: the units below do it for the one above, whose word they wait for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record, record_all
from danvan.definitions.models import Definition
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.heirs import now_at
from danvan.org.models import Unit
from danvan.periods import parse, window
from danvan.refusals import NotAccepted
from danvan.workdays.calendars import calendar
from danvan.workdays.rules import MissingYear, last_day, printed, set_back, working_days_after
from danvan.workdays.words import missing_years

from . import access, notices
from .choices import LEFT, AssignmentState, Manner, Part
from .holding import change, hold, locked
from .models import Assignment, AssignmentQuerySet
from .states import Deed, step


@dataclass(frozen=True)
class Rule:
    """What the data say of lower levels' days, by what is asked for."""

    set_back: int  # working days that the unit above keeps for itself
    after_cut_off: (
        int  # working days between the day that closes the figures and the day of sending
    )


def rule_of(assignment: Assignment) -> Rule:
    """The rule for what this duty asks for, else that for all: data/set_backs.yaml."""
    rows = Definition.objects.in_force("set_backs", clock.today())
    found = {row["deliverable"]: row for row in rows}
    row = found.get(assignment.duty.deliverable) or found[""]
    return Rule(row["working_days_a_level"], row["after_cut_off"])


@dataclass(frozen=True)
class Handed:
    """The day by which the units below must be done, how it was found, and what speaks against it."""

    due_on: date | None
    steps: tuple[str, ...] = ()
    clashes: tuple[str, ...] = ()  # may be confirmed
    refusals: tuple[str, ...] = ()  # may not


def units_below(by: Actor) -> "list[Unit]":
    """The units one level below the actor's, of today."""
    today = clock.today()
    return list(Unit.objects.named(today).existing(today).under(by.own_unit, today))


def day_below(
    assignment: Assignment, *, due_on: date | None = None, back: int | None = None
) -> Handed:
    """One's own due day set back by working days, or a day of one's choice, held against the rest."""
    try:
        return _day_below(assignment, due_on, back)
    except MissingYear as missing:
        return Handed(due_on, refusals=(missing_years([missing.year]),))


def _day_below(assignment: Assignment, due_on: date | None, back: int | None) -> Handed:
    rule = rule_of(assignment)
    own = assignment.due_on
    if due_on is not None:
        office = calendar(due_on.year)
        words = f"đơn vị cấp trên giao đến ngày {printed(due_on)}"
        found = last_day(due_on, office, inclusive=True, moves=False, words=words)
        return _held_against(assignment, due_on, found.steps, rule)
    if own is None:
        return Handed(None, (_("Việc của đơn vị cấp trên không có hạn."),))
    term = set_back(own, rule.set_back if back is None else back, calendar(own.year))
    return _held_against(assignment, term.day, term.steps, rule)


def _held_against(assignment: Assignment, day: date, steps: tuple[str, ...], rule: Rule) -> Handed:
    clashes, refusals = [], []
    if assignment.due_on and day > assignment.due_on:
        refusals.append(
            _("Ngày %(day)s sau hạn của chính đơn vị mình (%(own)s).")
            % {"day": printed(day), "own": printed(assignment.due_on)}
        )
    if day < clock.today():
        refusals.append(_("Ngày %(day)s đã qua.") % {"day": printed(day)})
    if assignment.occurrence:
        cut_off = _cut_off(assignment.occurrence)
        first = working_days_after(cut_off, rule.after_cut_off, calendar(cut_off.year))
        if day < first:
            clashes.append(
                _(
                    "Số liệu của %(period)s chốt hết %(cut_off)s; cấp dưới cần ít nhất %(days)d ngày làm "
                    "việc sau đó, nên hạn %(day)s là quá sớm."
                )
                % {
                    "day": printed(day),
                    "period": assignment.period_label,
                    "cut_off": printed(cut_off),
                    "days": rule.after_cut_off,
                }
            )
    return Handed(day, steps, tuple(clashes), tuple(refusals))


def _cut_off(occurrence: str) -> date:
    """The last day that counts in a period: day 14 (Nghị định 09/2019/NĐ-CP, Điều 12)."""
    return window(parse(occurrence), cut_off_day=14)[1]


@transaction.atomic
def cascade(
    assignment: Assignment,
    units: Sequence[Unit],
    *,
    due_on: date | None = None,
    back: int | None = None,
    is_confirmed: bool = False,
    by: Actor,
) -> list[Assignment]:
    """Hand the same duty to units below; one that has it already keeps it as it is.

    Their day is `due_on`, else one's own set back by so many working days, or by the rule.
    A day that clashes is NotAccepted until it is confirmed.
    """
    hold(assignment.duty_id)
    assignment = locked(assignment)
    require(access.can_do(by, assignment))
    require(all(access.can_give_to(by, one) and one.pk != by.unit_id for one in units))
    to = step(Deed.CASCADE, assignment.state)
    if not units:
        raise NotAccepted(_("Chưa chọn đơn vị nào."))
    found = day_below(assignment, due_on=due_on, back=back)
    if found.refusals or (found.clashes and not is_confirmed):
        raise NotAccepted(" ".join((*found.refusals, *found.clashes)))
    fresh = _fresh(assignment, units, found)
    Assignment.objects.bulk_create(fresh)
    record_all(fresh, "assigned", by=by, before=[NOTHING] * len(fresh))
    notices.assigned(fresh)
    if to != assignment.state:
        change(assignment, "acknowledged", {"state": to}, by=by)
    if fresh:
        record(assignment, "cascaded", by=by, units=len(fresh))
    return fresh


def _fresh(assignment: Assignment, units: Sequence[Unit], found: Handed) -> list[Assignment]:
    duty = assignment.duty
    has_it = set(
        duty.assignments.filter(part=Part.LEAD, occurrence=assignment.occurrence)
        .exclude(state__in=LEFT)
        .values_list("unit", flat=True)
    )
    return [
        Assignment(
            duty=duty,
            unit=unit,
            occurrence=assignment.occurrence,
            parent=assignment,
            due_on=found.due_on,
            nominal_on=found.due_on,
            due_steps=list(found.steps),
            state=AssignmentState.REQUESTED
            if unit.is_asked or duty.manner == Manner.REQUEST
            else AssignmentState.ASSIGNED,
            assigned_at=clock.now(),
        )
        for unit in units
        if unit.pk not in has_it
    ]


_BELOW = """
WITH RECURSIVE below (top, id, state) AS (
    SELECT parent_id, id, state FROM duties_assignment WHERE parent_id = ANY(%(tops)s::uuid[])
    UNION ALL
    SELECT below.top, one.id, one.state
    FROM below JOIN duties_assignment one ON one.parent_id = below.id
)
SELECT top, count(*) FILTER (WHERE state IN ('done', 'answered')), count(*)
FROM below WHERE state NOT IN ('transferred', 'rescinded', 'closed')
GROUP BY top
"""


def progress_below(assignments: Iterable[Assignment]) -> dict[UUID, tuple[int, int]]:
    """How many of those handed down from each, at all levels, are done, and how many there are.

    Only of those that were handed down; one query for a page of rows.
    """
    tops = [one.pk for one in assignments]
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, {"tops": tops})
        return {top: (done, given) for top, done, given in cursor.fetchall()}


def progress_of_levels(assignment: Assignment) -> list[tuple[int, int]]:
    """Done and all of each level below, the nearest first."""
    found, level = [], Assignment.objects.filter(parent=assignment)
    while rows := list(level.values_list("pk", "state")):
        live = [state for _pk, state in rows if state not in _ENDED]
        if live:
            found.append((sum(1 for state in live if state in _DONE), len(live)))
        level = Assignment.objects.filter(parent__in=[pk for pk, _state in rows])
    return found


_DONE = {AssignmentState.DONE, AssignmentState.ANSWERED}
_ENDED = {AssignmentState.TRANSFERRED, AssignmentState.RESCINDED, AssignmentState.CLOSED}


def left_by_ended_units() -> AssignmentQuerySet:
    """Open work of units that are no more and went wholly into none: to be given to others."""
    today = clock.today()
    open_ones = Assignment.objects.open()
    gone = set(
        open_ones.exclude(unit__in=Unit.objects.existing(today)).values_list("unit", flat=True)
    )
    heired = {one for left in now_at(gone, today).values() for one in left}
    return open_ones.filter(unit__in=gone - heired).by_due()
