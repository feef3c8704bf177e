"""Điều hành: what is late, whose, since when, what comes and what changed, on one screen."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.console.duties.lists.filters import IS_OPEN, NEAR_DUE, OVERDUE
from danvan.console.duties.rows import TONES
from danvan.duties import access, board
from danvan.duties.choices import AssignmentState, Part
from danvan.duties.rules import NEAR
from danvan.org.access import require, sees_whole_province
from danvan.org.models import Unit, named_units


@dataclass(frozen=True)
class LateUnit:
    unit: Unit
    late: int
    days: int  # of what is late longest
    url: str


@dataclass(frozen=True)
class Change:
    """One line of “Thay đổi trong tuần”."""

    label: str
    count: int
    url: str
    tone: str


@officer
def leader(request: Request) -> HttpResponse:
    """Each number leads to the list that it counts."""
    actor, today = request.actor, clock.today()
    require(access.can_lead(actor))
    found = board.leader(actor, today)
    rows = [*found.longest, *found.coming, *found.changes.newest]
    ids = {one.unit for one in found.by_unit} | {one.unit_id for one in rows}
    units = named_units(ids, today)
    for one in rows:
        one.unit = units[one.unit_id]
    own = {} if sees_whole_province(actor) else {"unit": str(actor.unit_id), "below": "on"}
    context = {
        "board": found,
        "by_unit": [
            LateUnit(
                units[one.unit],
                one.late,
                (today - one.since).days,
                _list(state=OVERDUE, unit=str(one.unit)),
            )
            for one in found.by_unit
        ],
        "changes": _changes(found.changes, own),
        "newest": [(one, TONES[AssignmentState(one.state)]) for one in found.changes.newest],
        "late_url": _list(state=OVERDUE, **own),
        "near_url": _list(state=NEAR_DUE, **own),
        "near_days": NEAR,
        "whole_province": not own,
    }
    return render(request, "console/duties/leader.html", context)


def _list(**filters: str) -> str:
    query = QueryDict(mutable=True)
    query.update({"part": Part.LEAD, **filters})
    return f"{reverse('console:assignments')}?{query.urlencode()}"


def _changes(found: board.Changes, own: dict[str, str]) -> list[Change]:
    today = clock.today()
    late = {
        "state": IS_OPEN,
        "due_from": f"{board.monday(today) - timedelta(days=1):%d/%m/%Y}",
        "due_to": f"{today - timedelta(days=1):%d/%m/%Y}",
    }
    week = {"changed": "week", **own}
    lines = [
        Change(_("Mới quá hạn"), found.newly_late, _list(**late, **own), "late"),
        Change(_("Hoàn thành"), found.done, _list(state="done", **week), "done"),
        Change(_("Trả lại"), found.returned, _list(state="returned", **week), "warn"),
        Change(_("Đề nghị xem lại"), found.contested, _list(state="contested", **week), "warn"),
        Change(_("Được gia hạn"), found.extended, _list(changed="extended", **own), "idle"),
    ]
    return [one for one in lines if one.count]
