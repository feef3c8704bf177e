"""What a person does with duties that are only proposed: lay them on units, pass them over, undo it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record_all, seen
from danvan.duties import access, notices
from danvan.duties.choices import PROPOSED_BY_ITSELF, AssignmentState, Part
from danvan.duties.models import Assignment, Duty
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.refusals import NotAccepted

_PROPOSED = AssignmentState.PROPOSED
_NOT_BEGUN = (AssignmentState.ASSIGNED, AssignmentState.REQUESTED)


def _locked(duties: Iterable[Duty], states: Sequence[AssignmentState]) -> list[Assignment]:
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("duty", "unit")
    return list(rows.filter(duty__in=duties, state__in=states).order_by("pk"))


@transaction.atomic
def lay(duties: Iterable[Duty], *, by: Actor) -> list[Assignment]:
    """Lay what is proposed on its units, who are told. Laid once stays so."""
    require(access.can_assign(by))
    rows = _locked(duties, [_PROPOSED])
    before = [seen(one) for one in rows]
    for one in rows:
        asked = one.unit.is_asked
        one.state = AssignmentState.REQUESTED if asked else AssignmentState.ASSIGNED
        one.assigned_at = one.changed_at = clock.now()
    Assignment.objects.bulk_update(rows, ["state", "assigned_at", "changed_at"])
    record_all(rows, "assigned", by=by, before=before)
    notices.assigned(rows)
    return rows


@transaction.atomic
def choose(duty: Duty, units: Sequence[Unit], *, by: Actor) -> None:
    """Propose a duty for these units instead of those that the rule named."""
    require(access.can_assign(by))
    rows = _locked([duty], [_PROPOSED])
    if not rows:
        raise NotAccepted(_("Đề xuất này đã được giao hoặc bỏ qua. Mở nhiệm vụ để xem."))
    if not units:
        raise NotAccepted(_("Chọn ít nhất một đơn vị, hoặc bỏ qua đề xuất."))
    wanted = {one.pk: one for one in units}
    left = [one for one in rows if one.unit_id not in wanted]
    _rescind(left, _("Không chọn đơn vị này khi giao."), "proposal_narrowed", by)
    there = {one.unit_id for one in rows}
    model = rows[0]
    fresh = [
        Assignment(
            duty=duty,
            unit=unit,
            part=Part.LEAD,
            due_on=model.due_on,
            nominal_on=model.nominal_on,
            due_steps=model.due_steps,
            state=_PROPOSED,
            assigned_at=clock.now(),
        )
        for pk, unit in wanted.items()
        if pk not in there
    ]
    Assignment.objects.bulk_create(fresh)
    record_all(fresh, "follow_up_proposed", by=by, before=[NOTHING] * len(fresh))


@transaction.atomic
def pass_over(duties: Iterable[Duty], *, by: Actor, reason: str) -> int:
    """Not to be done, with why; it is not proposed again. Returns of how many duties."""
    require(access.can_assign(by))
    if not reason.strip():
        raise NotAccepted(_("Ghi lý do bỏ qua."))
    rows = _locked(duties, [_PROPOSED])
    _rescind(rows, reason.strip(), "passed_over", by)
    return len({one.duty_id for one in rows})


def _rescind(rows: list[Assignment], reason: str, verb: str, by: Actor) -> None:
    before, now = [seen(one) for one in rows], clock.now()
    for one in rows:
        one.state, one.remark, one.changed_at = AssignmentState.RESCINDED, reason, now
    Assignment.objects.bulk_update(rows, ["state", "remark", "changed_at"])
    record_all(rows, verb, by=by, before=before, reason=reason)


@transaction.atomic
def take_back(duties: Sequence[Duty], *, by: Actor) -> int:
    """Undo laying or passing over: it is proposed again. Returns of how many duties.

    Not of what a unit has begun, nor where something of it is proposed. What was laid ends, and a
    new proposal stands in its place, so that its unit is told again when it is laid again.
    """
    require(access.can_assign(by))
    own = [one for one in duties if one.origin in PROPOSED_BY_ITSELF]
    rows = _locked(own, list(AssignmentState))
    by_duty: dict[UUID, list[Assignment]] = {}
    for one in rows:
        by_duty.setdefault(one.duty_id, []).append(one)
    fresh: list[Assignment] = []
    for mine in by_duty.values():
        fresh += _again(mine, by)
    Assignment.objects.bulk_create(fresh)
    record_all(fresh, "proposal_restored", by=by, before=[NOTHING] * len(fresh))
    return len({one.duty_id for one in fresh})


def _again(rows: list[Assignment], by: Actor) -> list[Assignment]:
    """The proposals that stand in for what is taken back; nothing where it cannot be."""
    laid = [one for one in rows if one.state != AssignmentState.RESCINDED]
    if any(one.state not in _NOT_BEGUN for one in laid):
        return []
    newest = max(one.changed_at for one in rows)
    undone = laid or [one for one in rows if one.changed_at == newest]
    if laid:
        _rescind(laid, _("Hoàn tác giao việc."), "rescinded", by)
        notices.ended(laid, reason=_("Hoàn tác giao việc."))
    return [
        Assignment(
            duty=one.duty,
            unit=one.unit,
            part=one.part,
            occurrence=one.occurrence,
            due_on=one.due_on,
            nominal_on=one.nominal_on,
            due_steps=one.due_steps,
            state=_PROPOSED,
            assigned_at=clock.now(),
        )
        for one in undone
    ]
