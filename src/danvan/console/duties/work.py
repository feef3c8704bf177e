"""Việc của tôi: what is due from one's unit, by date."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.duties import access
from danvan.duties.choices import OPEN, AssignmentState
from danvan.duties.models import Assignment
from danvan.org.access import sees_whole_province, works
from danvan.org.actors import Actor
from danvan.org.models import Unit

from .rows import rows_of


@dataclass(frozen=True)
class Group:
    """A heading of “Việc của tôi” and its rows; `is_past` where nothing is asked of the unit now."""

    label: str
    rows: list[Assignment]
    is_past: bool = False


def _groups(assignments: list[Assignment], today: date) -> list[Group]:
    week_end = today + timedelta(days=6 - today.weekday())
    far = date.max
    open_ones = [one for one in assignments if one.state in OPEN]
    handed_in = [one for one in assignments if one.state == AssignmentState.SUBMITTED]
    week_ago = today - timedelta(days=7)
    done = [
        one
        for one in assignments
        if one.state == AssignmentState.DONE and one.handed_in_on and one.handed_in_on >= week_ago
    ]
    asked = [one for one in assignments if one.state == AssignmentState.REQUESTED]
    due = {one.pk: one.due_on or far for one in open_ones}
    groups = [
        Group(_("Quá hạn"), [one for one in open_ones if due[one.pk] < today]),
        Group(_("Hôm nay"), [one for one in open_ones if due[one.pk] == today]),
        Group(_("Tuần này"), [one for one in open_ones if today < due[one.pk] <= week_end]),
        Group(_("Sau đó"), [one for one in open_ones if due[one.pk] > week_end]),
        Group(_("Đề nghị phối hợp"), asked),
        Group(_("Chờ nơi khác"), handed_in, is_past=True),
        Group(_("Đã xong tuần này"), done, is_past=True),
    ]
    return [group for group in groups if group.rows]


@officer
def work(request: Request) -> HttpResponse:
    """What is due from the unit, by date; for those who confirm, what waits for them."""
    actor, today = request.actor, clock.today()
    if not works(actor):
        return redirect("console:org")
    own = rows_of(access.visible_to(actor).for_the_hands_of(actor).by_due())
    open_ones = [one for one in own if one.is_open]
    context = {
        "groups": _groups(own, today),
        "open_count": len(open_ones),
        "overdue_count": sum(1 for one in open_ones if one.is_overdue),
        "today_count": sum(1 for one in open_ones if one.due_on == today),
        "to_confirm": _to_confirm(actor),
        "late_units": _late_units(actor, today),
    }
    return render(request, "console/duties/work.html", context)


def _to_confirm(actor: Actor) -> list[Assignment]:
    if not actor.is_coordinator:
        return []
    waiting = access.visible_to(actor).filter(
        state=AssignmentState.SUBMITTED, duty__confirmed_by=actor.unit_id
    )
    return rows_of(waiting.order_by("handed_in_at")[:50])


@dataclass(frozen=True)
class LateUnit:
    unit: Unit
    late: int
    longest: int  # days


def _late_units(actor: Actor, today: date) -> list[LateUnit]:
    """For who follows all units: whose work is late, the longest first."""
    if not sees_whole_province(actor):
        return []
    late: dict[Unit, list[int]] = {}
    for one in rows_of(access.visible_to(actor).overdue(today)):
        late.setdefault(one.unit, []).append(one.days_late)
    rows = [LateUnit(unit, len(days), max(days)) for unit, days in late.items()]
    return sorted(rows, key=lambda row: (-row.longest, -row.late))[:10]
