"""A unit's page: who is in charge, what it owes, what came of it; on a day."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.console.duties.rows import TONES as ASSIGNMENT_TONES
from danvan.console.figures.moved import Moved
from danvan.console.phrases import sentences
from danvan.console.records.registers import how_far
from danvan.console.reports.parts import TONES as REPORT_TONES
from danvan.console.scores.finding import TONES as SCORE_TONES
from danvan.documents import access as documents_access
from danvan.duties import access as duties_access
from danvan.duties.choices import OPEN, REQUEST, AssignmentState
from danvan.figures import counting
from danvan.figures.boundaries import Lineage
from danvan.figures.definitions import indicators
from danvan.org import access
from danvan.org.access import require, sees_whole_province, works
from danvan.org.actors import Actor
from danvan.org.choices import EventKind, Role
from danvan.org.models import (
    Membership,
    Post,
    Unit,
    UnitName,
    UnitPath,
    UnitPlace,
)
from danvan.org.successions import Step, story
from danvan.periods import quarter_of, window
from danvan.records import access as records_access
from danvan.records.definitions import registers
from danvan.reports import access as reports_access
from danvan.reports.choices import ReportState
from danvan.scores import access as scores_access
from danvan.scores.choices import ScoreState
from danvan.workdays.rules import printed

from .changes import ended_by
from .people.named import ANYBODY
from .people.unassigned import WITHOUT_POSTS
from .unit_choice import day_asked

ROWS = 100


@dataclass(frozen=True)
class Kin:
    """A predecessor or successor, on a day when it was there."""

    unit: UUID
    name: str
    day: date
    is_whole: bool


@dataclass
class Turn:
    """An event by which units took over from others."""

    step: Step
    before: dict[UUID, Kin] = field(default_factory=dict)
    after: dict[UUID, Kin] = field(default_factory=dict)


def turns(steps: Iterable[Step]) -> list[Turn]:
    """One for each event and direction, oldest first."""
    found: dict[tuple[UUID, bool], Turn] = {}
    for one in steps:
        turn = found.setdefault((one.event_id, one.is_backward), Turn(one))
        eve = one.on - timedelta(days=1)
        before = Kin(one.predecessor_id, one.predecessor, eve, one.is_whole)
        turn.before[one.predecessor_id] = before
        turn.after[one.successor_id] = Kin(one.successor_id, one.successor, one.on, True)
    return list(found.values())


@dataclass(frozen=True)
class Seen:
    """A unit as somebody sees it on a day."""

    unit: Unit
    names: list[UnitName]  # oldest first
    as_of: date
    actor: Actor

    @classmethod
    def of(cls, request: Request, pk: UUID) -> "Seen":
        found = UnitName.objects.filter(unit=pk).select_related("unit", "ended_by")
        names = list(found.order_by("validity"))
        if not names:  # it never existed
            raise Http404
        as_of = day_asked(request.GET.get("date"))
        seen = cls(names[0].unit, names, as_of, request.actor)
        seen.unit.name = seen.called.name
        return seen

    @cached_property
    def called(self) -> UnitName:
        """Its name on the day; before its first and after its last one, the nearest."""
        begun = [one for one in self.names if one.validity.lower <= self.as_of]
        return (begun or self.names)[-1 if begun else 0]

    @property
    def is_there(self) -> bool:
        return self.as_of in self.called.validity

    @property
    def begins_on(self) -> date | None:
        """Of a unit that is not there yet."""
        first: date = self.names[0].validity.lower
        return first if first > self.as_of else None

    @property
    def ended(self) -> UnitName | None:
        """The last name of a unit that is not there any more, or not again yet."""
        return None if self.is_there or self.begins_on else self.called

    @property
    def is_today(self) -> bool:
        return self.as_of == clock.today()

    @cached_property
    def sees_work(self) -> bool:
        """Whether what the unit does is the viewer's to read."""
        if not works(self.actor):
            return False
        if sees_whole_province(self.actor) or self.actor.unit_id == self.unit.pk:
            return True
        return access.own_units(self.actor).filter(unit=self.unit).exists()

    @property
    def boundaries_day(self) -> date:
        """A day on which the unit is there: today, else its last or its first."""
        today = clock.today()
        last = self.names[-1].validity
        if last.upper is not None and last.upper <= today:
            upper: date = last.upper
            return upper - timedelta(days=1)
        return max(today, self.names[0].validity.lower)

    def address(self, **said: str) -> str:
        if not self.is_today:
            said = {"date": self.as_of.isoformat(), **said}
        return f"?{urlencode(said)}"


@officer
def unit(request: Request, pk: UUID) -> HttpResponse:
    """Who is in charge, what is owed, what came of it."""
    require(access.can_see_units(request.actor))
    seen = Seen.of(request, pk)
    chosen = next((one for one in TABS if one.key == request.GET.get("tab")), TABS[0])
    steps = turns(story(seen.unit))
    near = [one for one in steps if one.step.generation == 1]
    context = {
        "seen": seen,
        "unit": seen.unit,
        "above": _above(seen),
        "below": UnitPlace.objects.filter(parent=seen.unit, validity__contains=seen.as_of).count(),
        "codes": seen.unit.codes.order_by("system", "validity"),
        "came_from": [one for one in near if one.step.is_backward],
        "went_to": [one for one in near if not one.step.is_backward],
        "became": _became(seen, near),
        "turns": steps,
        **_posts(seen),
        "progress": _progress(seen),
        "can_change": access.can_change_units(request.actor),
        "tabs": [(one, seen.address(tab=one.key) if one.key else seen.address()) for one in TABS],
        "tab": chosen,
        **chosen.read(seen),
    }
    return render(request, "console/org/unit.html", context)


def _above(seen: Seen) -> list[tuple[UUID, str, str]]:
    """Those above it on the day, from the top down: id, code, name."""
    names = UnitName.objects.filter(unit=OuterRef("ancestor"), validity__contains=seen.as_of)
    ways = UnitPath.objects.above(seen.unit, seen.as_of).filter(inherited=False, depth__gt=0)
    named = ways.annotate(called=Subquery(names.values("name")[:1])).order_by("-depth")
    return list(named.values_list("ancestor", "ancestor__code", "called"))


def _became(seen: Seen, near: list[Turn]) -> str:
    """“Nhập vào UBND xã M từ 01/7/2025, theo …”, of a unit that is no longer there."""
    if seen.ended is None:
        return ""
    day, event = seen.ended.validity.upper, seen.ended.ended_by
    last = next((one for one in near if not one.step.is_backward and one.step.on == day), None)
    if last is None and event is None:
        return _("Kết thúc hoạt động từ %(day)s") % {"day": printed(day)}
    into = [one.name for one in last.after.values()] if last else []
    kind = last.step.kind if last else EventKind.ENDED
    basis = last.step.basis if last else event.basis if event else ""
    return ended_by(kind, into, day, basis)


def _posts(seen: Seen) -> dict[str, Any]:
    """Who holds which post on the day, and who may give one."""
    held = Post.objects.held(seen.as_of).filter(unit=seen.unit).select_related("person")
    posts = list(held.order_by("role", "person__sort_key"))
    doing = {Role.OFFICER, Role.COORDINATOR}
    return {
        "posts": posts,
        "leaders": [one for one in posts if one.role == Role.LEADER_IN_CHARGE],
        "officers": [one for one in posts if one.role in doing],
        "has_posts": seen.unit.kind not in WITHOUT_POSTS,
        "can_appoint": seen.is_there
        and seen.is_today
        and seen.unit.kind not in WITHOUT_POSTS
        and access.can_appoint(seen.actor, seen.unit, Role.OFFICER, ANYBODY),
    }


def _progress(seen: Seen) -> dict[str, int]:
    """What the unit was given, has done, and is late with; asked of others than it commands."""
    found = duties_access.visible_to(seen.actor).of(seen.unit)
    counts: dict[str, int] = found.aggregate(
        given=Count("pk", filter=~Q(state__in=REQUEST)),
        done=Count("pk", filter=Q(state=AssignmentState.DONE)),
        late=Count("pk", filter=Q(state__in=OPEN, due_on__lt=clock.today())),
        asked=Count("pk", filter=Q(state__in=REQUEST)),
        answered=Count("pk", filter=Q(state=AssignmentState.ANSWERED)),
    )
    return counts


# The tabs: each reads what the viewer may see, by the rules of its stage


def _duties(seen: Seen) -> dict[str, Any]:
    visible = duties_access.visible_to(seen.actor).of(seen.unit).select_related("duty__document")
    open_first = visible.annotate(is_past=~Q(state__in=[*OPEN, AssignmentState.REQUESTED]))
    rows = list(open_first.order_by("is_past", F("due_on").asc(nulls_last=True), "id")[: ROWS + 1])
    for one in rows:
        one.unit = seen.unit
    return {
        "assignments": [(one, ASSIGNMENT_TONES[AssignmentState(one.state)]) for one in rows[:ROWS]],
        "has_more": len(rows) > ROWS,
    }


def _plans(seen: Seen) -> dict[str, Any]:
    visible = documents_access.visible_to(seen.actor).filter(filed_by=seen.unit)
    found = visible.select_related("attachment").order_by(F("issued_on").desc(nulls_last=True))
    return {"documents": list(found[:ROWS])}


def _registers(seen: Seen) -> dict[str, Any]:
    """What the unit must keep, how far it is kept, and what it kept before."""
    if not seen.sees_work:
        return {}
    period = quarter_of(min(seen.as_of, clock.today()))
    visible = records_access.visible_to(seen.actor).filter(unit=seen.unit)
    found = how_far(visible, registers(clock.today()), period)
    must = [
        one
        for one in found
        if one.last or one.register.is_kept_by(kind=seen.unit.kind, level=seen.unit.level)
    ]
    return {"registers": must, "period": period}


def _figures(seen: Seen) -> dict[str, Any]:
    """The quarter beside the one before, with what its predecessors recorded."""
    if not seen.sees_work:
        return {}
    period = quarter_of(min(seen.as_of, clock.today()))
    known = indicators(period.last_day)
    boundaries = Lineage().on(seen.boundaries_day)
    of = frozenset({seen.unit.pk})
    windows = [window(one) for one in (period, period.previous)]
    course = counting.count_course(known, boundaries.asked(of), windows)
    rows = []
    for one in known:
        now, before = (
            boundaries.compare(one, of, found[one.code], days)
            for found, days in zip(course, windows, strict=True)
        )
        rows.append(Moved(one, now.counted, before.counted))
    return {
        "groups": [
            (group, list(found)) for group, found in groupby(rows, lambda row: row.indicator.group)
        ],
        "has_figures": any(row.now.has_data or row.before.has_data for row in rows),
        "period": period,
        "opens": sees_whole_province(seen.actor) or seen.actor.unit_id == seen.unit.pk,
    }


def _reports(seen: Seen) -> dict[str, Any]:
    visible = reports_access.visible_to(seen.actor).of_units().filter(unit=seen.unit)
    found = visible.select_related("regime").order_by("-period", "-version")
    return {"reports": [(one, REPORT_TONES[ReportState(one.state)]) for one in found[:ROWS]]}


def _scores(seen: Seen) -> dict[str, Any]:
    found = scores_access.visible_to(seen.actor).of(seen.unit).whole()
    rows = found.order_by("-campaign__year", "-version")[:ROWS]
    return {"scores": [(one, SCORE_TONES[ScoreState(one.state)]) for one in rows]}


def _people(seen: Seen) -> dict[str, Any]:
    over = Post.objects.filter(unit=seen.unit, validity__endswith__lte=seen.as_of)
    seats = Membership.objects.filter(
        unit=seen.unit, term__validity__contains=seen.as_of
    ).select_related("term")
    committees = list(seats.order_by("term__validity", "place"))
    called = Unit.objects.named(seen.as_of).in_bulk({one.term.committee_id for one in committees})
    return {
        "past": list(over.select_related("person").order_by("-validity")[:ROWS]),
        "seats": [(one, called[one.term.committee_id]) for one in committees],
    }


def _history(seen: Seen) -> dict[str, Any]:
    """Its names and those above it over time, and what was done to it."""
    places = list(seen.unit.places.select_related("event").order_by("validity"))
    parents: dict[UUID, list[UnitName]] = defaultdict(list)
    for one in UnitName.objects.filter(unit__in={place.parent_id for place in places}):
        parents[one.unit_id].append(one)
    return {
        "places": [(place, _name_then(parents[place.parent_id], place)) for place in places],
        "history": sentences(seen.unit),
    }


def _name_then(names: list[UnitName], place: UnitPlace) -> str:
    """What the unit above was called when the place began, or first after."""
    start = place.validity.lower
    found = [one for one in names if start in one.validity] or sorted(
        names, key=lambda one: one.validity.lower
    )
    return found[0].name if found else ""


@dataclass(frozen=True)
class Tab:
    key: str  # in the address
    label: str | Promise
    template: str
    read: Callable[[Seen], dict[str, Any]]


TABS = (
    Tab("", gettext_lazy("Nhiệm vụ"), "console/org/unit_duties.html", _duties),
    Tab("plans", gettext_lazy("Kế hoạch"), "console/org/unit_plans.html", _plans),
    Tab("registers", gettext_lazy("Sổ"), "console/org/unit_registers.html", _registers),
    Tab("figures", gettext_lazy("Số liệu"), "console/org/unit_figures.html", _figures),
    Tab("reports", gettext_lazy("Báo cáo"), "console/org/unit_reports.html", _reports),
    Tab("scores", gettext_lazy("Chấm điểm"), "console/org/unit_scores.html", _scores),
    Tab("people", gettext_lazy("Con người"), "console/org/unit_people.html", _people),
    Tab("history", gettext_lazy("Lịch sử"), "console/org/unit_history.html", _history),
)


urlpatterns = [path("to-chuc/<uuid:pk>/", unit, name="unit")]
