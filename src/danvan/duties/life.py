"""The life of an assignment between being laid on a unit and its result: every turn it may take.

Which turn is open in which state is said in `states`; who may take it, in `access`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, history, record, record_all, seen
from danvan.duties.deadlines import terms
from danvan.org.access import require, works_for
from danvan.org.actors import Actor
from danvan.org.models import Person, Post, Unit
from danvan.refusals import NotAccepted
from danvan.workdays.calendars import calendar, whole, years_entered
from danvan.workdays.rules import Calendar, LastDay, printed

from . import access, notices
from .actions import AT_ONCE, change, hold, locked, locked_all
from .choices import LEFT, AssignmentState, ExtensionState, Manner
from .models import Assignment, Exchange, Extension, Suspension
from .states import LEADS, Deed, may, step

# What the unit says


@transaction.atomic
def contest(assignment: Assignment, *, reason: str, by: Actor) -> Assignment:
    """The unit says that the work is not its own, or not so. The deadline runs on."""
    assignment = locked(assignment)
    require(access.can_do(by, assignment))
    if (to := step(Deed.CONTEST, assignment.state)) is None:
        return assignment
    change(assignment, "contested", {"state": to, "remark": reason}, by=by, reason=reason)
    notices.contested(assignment, reason=reason)
    return assignment


@transaction.atomic
def uphold(assignment: Assignment, *, answer: str, by: Actor) -> Assignment:
    """What was contested stays with the unit; the answer says why."""
    assignment = locked(assignment)
    require(access.can_steer(by, assignment))
    if (to := step(Deed.UPHOLD, assignment.state)) is None:
        return assignment
    change(assignment, "upheld", {"state": to, "remark": answer}, by=by, reason=answer)
    notices.upheld(assignment, answer=answer)
    return assignment


@transaction.atomic
def entrust(assignment: Assignment, person: Person | None, *, by: Actor) -> Assignment:
    """Who does it in the unit: a person who holds a post there today; nobody, where it is taken back."""
    assignment = locked(assignment)
    require(access.can_do(by, assignment))
    step(Deed.ENTRUST, assignment.state)
    if person == assignment.person:
        return assignment
    if person is not None and not colleagues(by).filter(pk=person.pk).exists():
        raise NotAccepted(_("Chỉ phân công cho người đang giữ chức vụ tại đơn vị."))
    change(assignment, "entrusted", {"person": person}, by=by, to=str(person or "—"))
    if person is not None:
        notices.entrusted(assignment, person)
    return assignment


def colleagues(by: Actor) -> QuerySet[Person]:
    """Whom the work of one's unit can be entrusted to: those who hold a post there today."""
    held = Post.objects.held(clock.today()).filter(unit=by.unit_id)
    return Person.objects.filter(pk__in=held.values("person"))


@transaction.atomic
def tell(
    assignment: Assignment, text: str, *, percent: int | None = None, key: str, by: Actor
) -> Exchange:
    """A word between those who do it and those who asked; the unit may say how far it is.

    Sent twice under one key it is written once.
    """
    assignment = locked(assignment)
    require(access.can_write_to(by, assignment))
    if written := assignment.exchanges.filter(submission_key=key).first():
        return written
    if percent is not None:
        require(access.can_do(by, assignment))
        to = step(Deed.PROGRESS, assignment.state)
        change(assignment, "progressed", {"state": to, "percent": percent}, by=by)
    elif not text.strip():
        raise NotAccepted(_("Chưa ghi nội dung trao đổi."))
    said = Exchange.objects.create(
        assignment=assignment,
        text=text.strip(),
        percent=percent,
        unit=by.own_unit,
        by_name=by.name,
        at=clock.now(),
        submission_key=key,
    )
    record(said, "told", by=by, before=NOTHING)
    notices.told(assignment, said, by_unit=works_for(by, assignment.unit))
    return said


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


# What is said of the deadline


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

    return _extend(assignments, term, reason=reason, by=by, by_days=True)


Term = Callable[[Assignment, Calendar], LastDay]


def _extend(
    assignments: Sequence[Assignment],
    term: Term,
    *,
    reason: str,
    by: Actor,
    by_days: bool = False,
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
            if one.pk in just_given and (by_days or found.day == one.due_on):
                again += 1
                continue
            _refuse_unless_later(one, found.day)
        except NotAccepted as refusal:
            refusals.append(refusal)
            continue
        before.append(seen(one))
        given.append(_granted(one, found, reason, by))
        _give(one, found)
        extended.append(one)
    if refusals and not extended and not again:
        raise refusals[0]
    Assignment.objects.bulk_update(extended, _OF_A_DAY)
    _settle_asked(extended, reason, by)
    Extension.objects.bulk_create(given)
    record_all(extended, "extended", by=by, before=before, reason=reason)
    notices.extended(extended, reason=reason)
    return Extended(len(extended) + again, len(refusals))


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


_OF_A_DAY = ["due_on", "nominal_on", "first_due_on", "due_steps", "changed_at"]


def _give(assignment: Assignment, term: LastDay) -> None:
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


def _settle_asked(assignments: Iterable[Assignment], answer: str, by: Actor) -> None:
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
    _give(assignment, term)
    assignment.save(update_fields=_OF_A_DAY)
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
        _give(
            assignment,
            terms.gone_on(nominal, stood_from=stood.begins_on, until=today, calendar=whole()),
        )
    assignment.state, assignment.remark = AssignmentState(stood.state_before), ""
    assignment.changed_at = clock.now()
    assignment.save(update_fields=[*_OF_A_DAY, "state", "remark"])
    stood.ends_on, stood.ended_by = today, by.name
    stood.save(update_fields=["ends_on", "ended_by"])
    record(assignment, "resumed", by=by, before=was, reason=reason)
    notices.resumed(assignment)
    return assignment


# Where it ends without a result


@transaction.atomic
def transfer(
    assignment: Assignment, *, to: Unit, reason: str, due_on: date | None = None, by: Actor
) -> Assignment:
    """Lay it on another unit instead; the deadline stays unless one is given. Returns the new one."""
    hold(assignment.duty_id)
    old = locked(assignment)
    require(access.can_steer(by, old) and access.can_give_to(by, to))
    old.unit = Unit.objects.named(clock.today()).get(pk=old.unit_id)  # an ended one, by its last
    state = step(Deed.TRANSFER, old.state)
    if state is None:
        return old.transferred_to
    _refuse_if_there(old, to)
    new = _at(to, old, is_given_a_day=due_on is not None)
    if due_on is not None:
        _refuse_unless_to_come(due_on)
        _give(new, terms.extended_to(due_on, calendar(due_on.year)))
    _stand_no_longer(old, by)
    change(old, "transferred", {"state": state, "remark": reason}, by=by, reason=reason, to=str(to))
    _settle_asked([old], reason, by)
    new.save()
    old.children.update(parent=new)  # what it handed down is the new one's now
    record(new, "transferred_here", by=by, before=NOTHING, reason=reason, from_unit=str(old.unit))
    notices.transferred(old, new, reason=reason)
    return new


def _refuse_if_there(old: Assignment, to: Unit) -> None:
    live = old.duty.assignments.exclude(state__in=LEFT)
    if may(Deed.REINSTATE, old.state):
        live = live.exclude(pk=old.pk)  # closed, it still stands in its own place
    if live.filter(unit=to, part=old.part, occurrence=old.occurrence).exists():
        raise NotAccepted(
            _("%(unit)s đã có việc này. Chọn đơn vị khác, hoặc thôi giao.") % {"unit": to}
        )


def _refuse_unless_to_come(day: date) -> None:
    if day < clock.today():
        raise NotAccepted(_("Ngày %(day)s đã qua. Ghi một ngày chưa đến.") % {"day": printed(day)})


def _at(unit: Unit, old: Assignment, *, is_given_a_day: bool) -> Assignment:
    asked = unit.is_asked or old.duty.manner == Manner.REQUEST
    moved = f"Chuyển từ {old.unit} ngày {printed(clock.today())}"
    moved += ", hạn khác." if is_given_a_day else ", giữ nguyên hạn."
    return Assignment(
        duty=old.duty,
        unit=unit,
        part=old.part,
        occurrence=old.occurrence,
        parent=old.parent,
        due_on=old.due_on,
        nominal_on=old.nominal_on,
        first_due_on=old.first_due_on,
        due_steps=[*old.due_steps, moved],
        state=AssignmentState.REQUESTED if asked else AssignmentState.ASSIGNED,
        assigned_at=clock.now(),
        transferred_from=old,
    )


def _stand_no_longer(assignment: Assignment, by: Actor) -> None:
    standing = assignment.suspensions.filter(ends_on=None)
    standing.update(ends_on=clock.today(), ended_by=by.name)


@dataclass(frozen=True)
class Ended:
    done: int
    passed_over: int  # ended already, or with a result


def rescind(assignments: Sequence[Assignment], *, reason: str, by: Actor) -> Ended:
    """The work is no longer asked of these units, nor of those below to whom they handed it down."""
    return _end(assignments, Deed.RESCIND, "rescinded", reason=reason, by=by)


def close(assignments: Sequence[Assignment], *, reason: str, by: Actor) -> Ended:
    """Nobody follows it any longer though there is no result."""
    return _end(assignments, Deed.CLOSE, "closed", reason=reason, by=by)


@transaction.atomic
def _end(
    assignments: Sequence[Assignment], deed: Deed, verb: str, *, reason: str, by: Actor
) -> Ended:
    rows = locked_all(assignments)
    require(all(access.can_steer(by, one) for one in rows))
    if len(rows) == 1:
        step(deed, rows[0].state)  # of one alone it is said why not
    ending = [one for one in rows if may(deed, one.state)]
    below = [one for one in locked_all(_below(ending)) if may(deed, one.state)]
    all_of_them = [*ending, *below]
    before, now = [seen(one) for one in all_of_them], clock.now()
    for one in all_of_them:
        one.state, one.remark, one.changed_at = LEADS[deed][AssignmentState(one.state)], reason, now
    Assignment.objects.bulk_update(all_of_them, ["state", "remark", "changed_at"])
    _settle_asked(all_of_them, reason, by)
    record_all(all_of_them, verb, by=by, before=before, reason=reason)
    notices.ended(all_of_them, reason=reason)
    return Ended(len(ending), len(rows) - len(ending))


def _below(assignments: Iterable[Assignment]) -> list[Assignment]:
    """All that was handed down from these, level by level."""
    found: list[Assignment] = []
    level = list(assignments)
    while level:
        known = {one.pk for one in found}
        level = [one for one in Assignment.objects.filter(parent__in=level) if one.pk not in known]
        found += level
    return found


@transaction.atomic
def reinstate(assignment: Assignment, *, by: Actor) -> Assignment:
    """Take back, on the same day, that it was rescinded or closed; with all that ended with it."""
    hold(assignment.duty_id)
    assignment = locked(assignment)
    require(access.can_steer(by, assignment))
    if step(Deed.REINSTATE, assignment.state) is None:
        return assignment
    if not can_be_reinstated(assignment):
        raise NotAccepted(_("Chỉ hoàn tác được trong ngày. Giao lại việc này nếu cần."))
    below = [one for one in _below([assignment]) if one.changed_at == assignment.changed_at]
    for one in [assignment, *locked_all(below)]:
        _refuse_if_there(one, one.unit)
        ended = history(one).filter(verb__in=["rescinded", "closed"])
        was = ended.order_by("-id")[0].before
        change(one, "reinstated", {"state": was["state"], "remark": was.get("remark", "")}, by=by)
    notices.reinstated(assignment)
    return assignment


def can_be_reinstated(assignment: Assignment) -> bool:
    changed_on = assignment.changed_at.astimezone(clock.ZONE).date()
    return may(Deed.REINSTATE, assignment.state) and changed_on == clock.today()
