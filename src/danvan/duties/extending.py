"""What moves the day of an assignment: a later one asked for, given, refused; work that stands still."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import record, record_all, seen
from danvan.duties.deadlines import terms
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.refusals import NotAccepted
from danvan.workdays.calendars import calendar, whole, years_entered
from danvan.workdays.rules import Calendar, LastDay, printed

from . import access, notices
from .choices import AssignmentState, ExtensionState
from .holding import AT_ONCE, change, locked, locked_all
from .models import Assignment, Extension, Suspension
from .states import Deed, step


@transaction.atomic
def ask_extension(assignment: Assignment, *, wanted_on: date, reason: str, by: Actor) -> Extension:
    """The unit asks for a later day, before or after the due day; one request at a time is open."""
    assignment = locked(assignment)
    require(access.can_do(by, assignment))
    step(Deed.ASK_EXTENSION, assignment.state)
    if asked := assignment.extensions.filter(state=ExtensionState.ASKED).first():
        return asked
    _refuse_unless_later(assignment, wanted_on)
    _refuse_out_of_reach(wanted_on)
    asked = Extension.objects.create(
        assignment=assignment,
        state=ExtensionState.ASKED,
        before=assignment.due_on,
        wanted_on=wanted_on,
        reason=reason,
        asked_by=by.name,
        asked_at=clock.now(),
    )
    record(assignment, "extension_asked", by=by, reason=reason, to=printed(wanted_on))
    notices.extension_asked(assignment, asked)
    return asked


@dataclass(frozen=True)
class Extended:
    done: int
    passed_over: int  # not open, or not due earlier than the new day


@transaction.atomic
def extend(assignments: Sequence[Assignment], *, due_on: date, reason: str, by: Actor) -> Extended:
    """Give a later day to one or many; it moves off days off. Nothing extended is NotAccepted."""

    def term(one: Assignment, days: Calendar) -> LastDay:
        return terms.extended_to(due_on, days)

    return _extend(assignments, term, reason=reason, by=by)


@transaction.atomic
def extend_by(assignments: Sequence[Assignment], *, days: int, reason: str, by: Actor) -> Extended:
    """Make the term longer by some days, each counted from its own nominal end."""

    def term(one: Assignment, office: Calendar) -> LastDay:
        if one.due_on is None:
            raise NotAccepted(_("Việc không có hạn nên không gia hạn theo số ngày được."))
        return terms.extended_by(one.nominal_on or one.due_on, days, office)

    return _extend(assignments, term, reason=reason, by=by, by_days=days)


Term = Callable[[Assignment, Calendar], LastDay]


def _extend(
    assignments: Sequence[Assignment],
    term: Term,
    *,
    reason: str,
    by: Actor,
    by_days: int = 0,
) -> Extended:
    rows = locked_all(assignments)
    require(all(access.can_steer(by, one) for one in rows))
    office = whole()  # the new day may be years away
    extended, given, before, refusals, again = [], [], [], [], 0
    just_given = _just_given(rows, reason, by)
    for one in rows:
        try:
            step(Deed.EXTEND, one.state)
            found = term(one, office)
            if one.pk in just_given and _holds(one, found, by_days, office):
                again += 1
                continue
            _refuse_unless_later(one, found.day)
        except NotAccepted as refusal:
            refusals.append(refusal)
            continue
        before.append(seen(one))
        given.append(_granted(one, found, reason, by))
        give(one, found)
        extended.append(one)
    if refusals and not extended and not again:
        raise refusals[0]
    Assignment.objects.bulk_update(extended, OF_A_DAY)
    settle_asked(extended, reason, by)
    Extension.objects.bulk_create(given)
    record_all(extended, "extended", by=by, before=before, reason=reason)
    notices.extended(extended, reason=reason)
    return Extended(len(extended) + again, len(refusals))


def _holds(one: Assignment, found: LastDay, by_days: int, office: Calendar) -> bool:
    """Whether the day that it has is the one that is given now; by days, counted from before them."""
    if by_days and one.nominal_on:
        found = terms.extended_by(one.nominal_on - timedelta(days=by_days), by_days, office)
        return one.due_steps[-len(found.steps) :] == list(found.steps)
    return found.day == one.due_on


def _just_given(assignments: Iterable[Assignment], reason: str, by: Actor) -> set[UUID]:
    """What the same person gave in the same words a moment ago: a double click extends once."""
    given = Extension.objects.filter(
        assignment__in=list(assignments),
        state=ExtensionState.GRANTED,
        decided_by=by.name,
        decided_at__gte=clock.now() - AT_ONCE,
        reason=reason,
    )
    held = given.filter(due_on=F("assignment__due_on"))
    return set(held.values_list("assignment", flat=True))


OF_A_DAY = ["due_on", "nominal_on", "first_due_on", "due_steps", "changed_at"]


def give(assignment: Assignment, term: LastDay) -> None:
    """Another due day; the first one is kept."""
    assignment.first_due_on = assignment.first_due_on or assignment.due_on
    assignment.due_on, assignment.nominal_on = term.day, term.nominal
    assignment.due_steps = [*assignment.due_steps, *term.steps]
    assignment.changed_at = clock.now()


def _granted(assignment: Assignment, term: LastDay, reason: str, by: Actor) -> Extension:
    now = clock.now()
    return Extension(
        assignment=assignment,
        state=ExtensionState.GRANTED,
        before=assignment.due_on,
        wanted_on=term.day,
        reason=reason,
        asked_by=by.name,
        asked_at=now,
        due_on=term.day,
        decided_by=by.name,
        decided_at=now,
    )


def settle_asked(assignments: Iterable[Assignment], answer: str, by: Actor) -> None:
    """What was asked for and not answered is settled by what was decided meanwhile."""
    open_ones = Extension.objects.filter(assignment__in=assignments, state=ExtensionState.ASKED)
    open_ones.update(
        state=ExtensionState.REFUSED, answer=answer, decided_by=by.name, decided_at=clock.now()
    )


def _refuse_unless_later(assignment: Assignment, day: date) -> None:
    if day < clock.today():
        raise NotAccepted(_("Ngày %(day)s đã qua. Ghi một ngày chưa đến.") % {"day": printed(day)})
    if assignment.due_on and day <= assignment.due_on:
        raise NotAccepted(
            _("Hạn mới phải sau hạn đang có (%(day)s).") % {"day": printed(assignment.due_on)}
        )


def _refuse_out_of_reach(day: date) -> None:
    """A year after those that were entered may be asked for; what is later is mistyped."""
    last = max(years_entered(), default=clock.today().year) + 1
    if day.year > last:
        words = {"day": printed(day), "last": printed(date(last, 12, 31))}
        raise NotAccepted(_("Ngày %(day)s quá xa. Chỉ đề nghị gia hạn đến hết %(last)s.") % words)


@transaction.atomic
def grant_extension(
    asked: Extension, *, due_on: date | None = None, answer: str = "", by: Actor
) -> Extension:
    """Give the day that was asked for, or another. Granted once stays so."""
    asked, assignment = _asked(asked, by)
    if asked.state != ExtensionState.ASKED:
        return asked
    day = due_on or asked.wanted_on
    _refuse_unless_later(assignment, day)
    was = seen(assignment)
    term = terms.extended_to(day, calendar(day.year))
    give(assignment, term)
    assignment.save(update_fields=OF_A_DAY)
    asked.state, asked.due_on = ExtensionState.GRANTED, term.day
    _decided(asked, answer, by)
    record(assignment, "extended", by=by, before=was, reason=answer or asked.reason)
    notices.extended([assignment], reason=answer or asked.reason)
    return asked


@transaction.atomic
def refuse_extension(asked: Extension, *, answer: str, by: Actor) -> Extension:
    asked, assignment = _asked(asked, by)
    if asked.state != ExtensionState.ASKED:
        return asked
    asked.state = ExtensionState.REFUSED
    _decided(asked, answer, by)
    record(assignment, "extension_refused", by=by, reason=answer)
    notices.extension_refused(assignment, reason=answer)
    return asked


def _asked(asked: Extension, by: Actor) -> tuple[Extension, Assignment]:
    assignment = locked(asked.assignment)
    require(access.can_steer(by, assignment))
    step(Deed.DECIDE_EXTENSION, assignment.state)
    return Extension.objects.get(pk=asked.pk), assignment


def _decided(asked: Extension, answer: str, by: Actor) -> None:
    asked.answer, asked.decided_by, asked.decided_at = answer, by.name, clock.now()
    asked.save()


@transaction.atomic
def suspend(assignment: Assignment, *, reason: str, by: Actor) -> Assignment:
    """The work stands still from today, and its clock with it."""
    assignment = locked(assignment)
    require(access.can_steer(by, assignment))
    if (to := step(Deed.SUSPEND, assignment.state)) is None:
        return assignment
    Suspension.objects.create(
        assignment=assignment,
        begins_on=clock.today(),
        state_before=assignment.state,
        reason=reason,
        by_name=by.name,
    )
    change(assignment, "suspended", {"state": to, "remark": reason}, by=by, reason=reason)
    notices.suspended(assignment, reason=reason)
    return assignment


@transaction.atomic
def resume(assignment: Assignment, *, reason: str = "", by: Actor) -> Assignment:
    """Work goes on from today; the due day is later by the days on which it stood still."""
    assignment = locked(assignment)
    require(access.can_steer(by, assignment))
    if step(Deed.RESUME, assignment.state) is None:
        return assignment
    stood = assignment.suspensions.get(ends_on=None)
    today, was = clock.today(), seen(assignment)
    if assignment.due_on and today > stood.begins_on:
        nominal = assignment.nominal_on or assignment.due_on
        give(
            assignment,
            terms.gone_on(nominal, stood_from=stood.begins_on, until=today, calendar=whole()),
        )
    assignment.state, assignment.remark = AssignmentState(stood.state_before), ""
    assignment.changed_at = clock.now()
    assignment.save(update_fields=[*OF_A_DAY, "state", "remark"])
    stood.ends_on, stood.ended_by = today, by.name
    stood.save(update_fields=["ends_on", "ended_by"])
    record(assignment, "resumed", by=by, before=was, reason=reason)
    notices.resumed(assignment)
    return assignment
