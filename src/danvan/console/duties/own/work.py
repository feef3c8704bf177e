"""Việc của tôi: what is due from one's unit, by date, and what waits for one's word."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.duties import access, board
from danvan.duties.choices import AssignmentState, Origin
from danvan.duties.models import Assignment
from danvan.org.access import works
from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.models import Unit, named_units
from danvan.reports.definitions import parts_reported

from .pending import Kind, Line, Pending, draft_step, pending_of

ALWAYS_OPEN = ("overdue", "today", "week", "requested")


@dataclass(frozen=True)
class Row:
    """An assignment and the one button beside it, named by the next step."""

    one: Assignment
    step: str = ""
    url: str = ""
    posts: bool = False  # the button does it; else it leads to where it is done
    period: str = ""  # of the report that the button opens


@dataclass
class Group:
    """A heading of “Việc của tôi”: how many, and the rows where it is open."""

    name: str
    label: str
    total: int
    rows: list[Row] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    is_open: bool = True
    is_past: bool = False  # nothing is asked of the unit now
    turned: str = ""  # the address with it open, or folded again; none where it always is open

    @property
    def rest(self) -> int:
        """How many there are that are not shown."""
        return self.total - len(self.rows) - len(self.lines)


@officer
def work(request: Request) -> HttpResponse:
    actor, today = request.actor, clock.today()
    if not works(actor):
        return redirect("console:org")
    if actor.role == Role.READER_ONLY and access.can_lead(actor):
        return redirect("console:leader")  # who only follows has nothing of his own to do
    scope = request.GET.get("scope", "")
    whole_unit = scope == "unit"
    counts, pending = board.mine(actor, today, whole_unit=whole_unit), pending_of(request)
    groups = _groups(actor, counts, request.GET.getlist("open"), today, whole_unit=whole_unit)
    _fill(groups, actor, pending, today, whole_unit=whole_unit)
    _place(groups, pending.dated(), today)
    kinds = pending.kinds()
    _name(actor, groups, kinds, today)
    open_count = sum(one.total for one in groups[:4])
    context = {
        "now": [one for one in groups[:3] if one.total],
        "rest": [one for one in groups[3:] if one.total],
        "kinds": kinds,
        "open_count": open_count,
        "overdue_count": groups[0].total,
        "today_count": groups[1].total,
        "decisions": sum(kind.total for kind in kinds),
        "whole_unit": whole_unit,
        "names_units": bool(actor.taken_over),
    }
    return render(request, "console/duties/work.html", context)


def _groups(
    by: Actor, counts: board.Mine, opened: list[str], today: date, *, whole_unit: bool
) -> list[Group]:
    found = [
        Group("overdue", _("Quá hạn"), counts.overdue),
        Group("today", _("Hôm nay"), counts.today),
        Group("week", _("Tuần này"), counts.week),
        Group("later", _("Sau đó"), counts.later),
        Group("requested", _("Đề nghị phối hợp"), counts.requested),
        Group("elsewhere", _("Chờ nơi khác"), counts.elsewhere, is_past=True),
        Group("done", _("Đã xong tuần này"), counts.done, is_past=True),
    ]
    nothing_sooner = not any(one.total for one in found[:3])
    for one in found:
        is_always_open = one.name in ALWAYS_OPEN or (one.name == "later" and nothing_sooner)
        one.is_open = is_always_open or one.name in opened
        if not is_always_open:
            others = set(opened) ^ {one.name}
            asked = QueryDict(mutable=True)
            asked.setlist("open", sorted(others))
            if whole_unit:
                asked["scope"] = "unit"
            one.turned = f"?{asked.urlencode()}#{one.name}"
    return found


def _fill(
    groups: list[Group], by: Actor, pending: Pending, today: date, *, whole_unit: bool
) -> None:
    soon = groups[:3]
    is_short = sum(one.total for one in soon) <= board.SHOWN
    together = board.up_to_this_week(by, today, whole_unit=whole_unit) if is_short else {}
    steps = _Steps(pending, today)
    for group in groups:
        if not (group.total and group.is_open):
            continue
        found = together.get(group.name)
        if found is None:
            found = list(board.group_of(by, group.name, today, whole_unit=whole_unit))
        group.rows = [steps.of(one) for one in found]


def _place(groups: list[Group], lines: list[Line], today: date) -> None:
    """What is dated and no assignment stands in the group of its day."""
    overdue, of_today, week, later, *_rest = groups
    week_end = today + timedelta(days=6 - today.weekday())
    for line in lines:
        day = line.due_on or date.max
        group = (
            overdue
            if day < today
            else of_today
            if day == today
            else week
            if day <= week_end
            else later
        )
        group.total += 1
        if group.is_open or group is not later:
            group.lines.append(line)


def _name(by: Actor, groups: list[Group], kinds: list[Kind], today: date) -> None:
    """Units by their names: one's own is known, the others are asked for at once."""
    lines = [line for kind in kinds for line in kind.lines]
    rows = [row.one for group in groups for row in group.rows]
    ids = {one.unit_id for one in rows} | {line.unit for line in lines if line.unit}
    known: dict[UUID, Unit] = {by.unit.pk: by.unit} if by.unit else {}
    if missing := ids - known.keys():
        known |= named_units(missing, today)
    for one in (*rows, *(line.one for line in lines if line.one)):
        one.unit = known[one.unit_id]
    for kind in kinds:
        kind.lines[:] = [
            replace(line, of=known[line.unit].name) if line.unit else line for line in kind.lines
        ]


@dataclass
class _Steps:
    """Which button stands beside an assignment: what is next, and where."""

    pending: Pending
    today: date

    @cached_property
    def reported(self) -> frozenset[str]:
        """Of which parts of a year a report is written here; asked only where one is owed."""
        return parts_reported(self.today)

    def of(self, one: Assignment) -> Row:
        page = reverse("console:assignment", args=[one.pk])
        if one.state == AssignmentState.REQUESTED:
            return Row(one, _("Trả lời"), f"{page}#nop")
        if not one.is_open or one.state == AssignmentState.CONTESTED:
            return Row(one)
        if one.duty.origin == Origin.DIFFICULTY:
            return Row(one, _("Trả lời"), page)
        if one.duty.asks_for_a_plan:
            return Row(
                one, _("Soạn kế hoạch"), reverse("console:begin_plan", args=[one.pk]), posts=True
            )
        if draft := self.pending.by_assignment.get(one.pk):
            return Row(one, draft_step(draft), reverse("console:report", args=[draft.pk]))
        period = one.asks_for_a_report_of
        if period and period.part in self.reported:
            opens = reverse("console:open_report")
            return Row(one, _("Soạn báo cáo"), opens, posts=True, period=one.occurrence)
        if one.state == AssignmentState.ASSIGNED:
            takes_on = reverse("console:acknowledge", args=[one.pk])
            return Row(one, _("Tiếp nhận"), takes_on, posts=True)
        return Row(one, _("Nộp kết quả"), f"{page}#nop")
