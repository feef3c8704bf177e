"""Lịch: what is due on which day of a month or a week, days off with their names."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.console.duties.rows import missing_year
from danvan.duties import board
from danvan.duties.choices import FOLLOWED, AssignmentState
from danvan.duties.models import Assignment, AssignmentQuerySet
from danvan.org.access import require, sees_whole_province, works
from danvan.org.actors import Actor
from danvan.org.models import UnitName, User
from danvan.workdays import rules as workdays
from danvan.workdays.calendars import calendar as office_calendar

from .matrices import mark_of

A_DAY_OF_WEEK = 30


@dataclass(frozen=True)
class Entry:
    one: Assignment
    tone: str
    said: str
    unit: str  # empty where all are one's own


@dataclass(frozen=True)
class Day:
    on: date
    is_today: bool
    is_beside: bool  # of the month before or after
    off: str  # why it is a day off
    is_worked: bool  # a Saturday or Sunday that is worked
    entries: list[Entry]
    rest: int
    url: str  # the list of the whole day

    @property
    def weekday(self) -> str:
        return _(workdays.weekday(self.on))


@dataclass(frozen=True)
class Span:
    """The days that are shown, and the days that the steps before and after begin with."""

    first: date
    last: date
    before: date
    after: date
    label: str
    month: int = 0  # whose days are its own; none for a week


def _month(day: date) -> Span:
    start = day.replace(day=1)
    after = (start + timedelta(days=32)).replace(day=1)
    end = after - timedelta(days=1)
    return Span(
        first=start - timedelta(days=start.weekday()),
        last=end + timedelta(days=6 - end.weekday()),
        before=(start - timedelta(days=1)).replace(day=1),
        after=after,
        label=_("Tháng %(month)d/%(year)d") % {"month": day.month, "year": day.year},
        month=day.month,
    )


def _week(day: date) -> Span:
    first = day - timedelta(days=day.weekday())
    last = first + timedelta(days=6)
    said = _("Tuần %(first)s đến %(last)s") % {
        "first": f"{first:%d/%m}",
        "last": f"{last:%d/%m/%Y}",
    }
    return Span(first, last, first - timedelta(days=7), first + timedelta(days=7), said)


def _day(written: str) -> date:
    """A day of the address; today where it is none, or so far off that no calendar goes there."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return clock.today()
    return day if 2000 <= day.year <= 2100 else clock.today()


def _scopes(by: Actor) -> dict[str, str]:
    found = {"mine": _("Của tôi"), "unit": _("Cả đơn vị")}
    if sees_whole_province(by):
        found["all"] = _("Mọi đơn vị")
    elif by.has_units_below:
        found["all"] = _("Cả cấp dưới")
    return found


def _found(by: Actor, scope: str) -> AssignmentQuerySet:
    shown = {*FOLLOWED, AssignmentState.REQUESTED}
    if scope == "all":
        return board.followed(by).filter(state__in=shown)
    return board.of_hands(by, whole_unit=scope == "unit").filter(state__in=shown)


@officer
def calendar(request: Request) -> HttpResponse:
    """The period, whose work and the day all stand in the address."""
    actor, today = request.actor, clock.today()
    require(works(actor))
    scopes = _scopes(actor)
    scope = request.GET.get("scope", "")
    if scope not in scopes:
        scope = "all" if "all" in scopes and sees_whole_province(actor) else "mine"
    is_week = request.GET.get("view") == "week"
    day = _day(request.GET.get("day", ""))
    span = _week(day) if is_week else _month(day)
    a_day = A_DAY_OF_WEEK if is_week else board.A_DAY
    found = board.days(_found(actor, scope), span.first, span.last, a_day=a_day)
    names = _names(found, today) if scope == "all" else {}
    office, missing = _office(span)
    days = [
        _shown(span, on, found.get(on), names, office, _list(actor, scope, on))
        for on in _each(span)
    ]
    key = User.objects.filter(pk=actor.own_id).values_list("feed_key", flat=True).first()
    address = request.build_absolute_uri(reverse("feed", args=[key])) if key else ""
    context = {
        "span": span,
        "weeks": [days[at : at + 7] for at in range(0, len(days), 7)],
        "agenda": [one for one in days if one.entries and not one.is_beside],
        "total": sum(
            one.total for on, one in found.items() if not span.month or on.month == span.month
        ),
        "weekdays": [_(workdays.weekday(one.on)) for one in days[:7]],
        "scopes": [
            (label, _turn(request, scope=name), name == scope) for name, label in scopes.items()
        ],
        "views": [
            (_("Tháng"), _turn(request, view=None), not is_week),
            (_("Tuần"), _turn(request, view="week", day=_kept(day, today)), is_week),
        ],
        "before": _turn(request, day=span.before.isoformat()),
        "after": _turn(request, day=span.after.isoformat()),
        "now": _turn(request, day=None),
        "missing": missing,
        "feed": address,
    }
    return render(request, "console/duties/calendar.html", context)


def _kept(day: date, today: date) -> str:
    """Of the month that holds today, the week of today."""
    same = (day.year, day.month) == (today.year, today.month)
    return (today if same else day).isoformat()


def _turn(request: Request, **changes: str | None) -> str:
    query = request.GET.copy()
    query.pop("ben", None)
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = value
    return f"?{query.urlencode()}"


def _each(span: Span) -> list[date]:
    return [span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1)]


def _names(found: dict[date, board.Day], today: date) -> dict[Any, str]:
    units = {one.unit_id for day in found.values() for one in day.first}
    named = UnitName.objects.filter(unit__in=units, validity__contains=today)
    return {
        unit: short or name for unit, short, name in named.values_list("unit", "short_name", "name")
    }


def _office(span: Span) -> tuple[workdays.Calendar, str]:
    """The office calendar of these days; a year that it lacks is said in words."""
    years = {span.first.year, span.last.year}
    found = office_calendar(*years)
    lacking = sorted(years - found.years)
    return found, missing_year(workdays.MissingYear(lacking[0])) if lacking else ""


def _shown(
    span: Span,
    on: date,
    found: board.Day | None,
    names: dict[Any, str],
    office: workdays.Calendar,
    url: str,
) -> Day:
    first = found.first if found else []
    return Day(
        on=on,
        is_today=on == clock.today(),
        is_beside=bool(span.month) and on.month != span.month,
        off=office.off.get(on, "") if on not in office.worked else "",
        is_worked=on in office.worked,
        entries=[_entry(one, names.get(one.unit_id, "")) for one in first],
        rest=found.total - len(first) if found else 0,
        url=url,
    )


def _entry(one: Assignment, unit: str) -> Entry:
    mark = mark_of(one.state, one.due_on, one.handed_in_on, clock.today())
    return Entry(one, mark.tone, mark.words, unit)


def _list(by: Actor, scope: str, on: date) -> str:
    query = QueryDict(mutable=True)
    query["due_from"] = query["due_to"] = f"{on:%d/%m/%Y}"
    if scope != "all":
        query["unit"] = str(by.unit_id)
    elif not sees_whole_province(by):
        query["unit"], query["below"] = str(by.unit_id), "on"
    return f"{reverse('console:assignments')}?{query.urlencode()}"
