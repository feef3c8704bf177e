"""Where an assignment ends without a result: laid on another unit, rescinded, closed; taken back that day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, history, record, record_all, seen
from danvan.duties.deadlines import terms
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.refusals import NotAccepted
from danvan.workdays.calendars import calendar
from danvan.workdays.rules import printed

from . import access, notices
from .choices import LEFT, AssignmentState, Manner
from .extending import give, settle_asked
from .holding import change, hold, locked, locked_all
from .models import Assignment
from .states import LEADS, Deed, may, step


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
        give(new, terms.extended_to(due_on, calendar(due_on.year)))
    _stand_no_longer(old, by)
    change(old, "transferred", {"state": state, "remark": reason}, by=by, reason=reason, to=str(to))
    settle_asked([old], reason, by)
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
    settle_asked(all_of_them, reason, by)
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
