from collections import Counter
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from danvan.console.doors import Request, officer
from danvan.org import access
from danvan.org.access import require
from danvan.org.choices import EventKind, Level
from danvan.org.models import UnitEvent, UnitName

from . import branches
from .branches import Place
from .changes import changes
from .unit_choice import units_found

FEW = 12  # events of one day that the tree's page tells one by one; all stand in their list


@officer
def tree(request: Request) -> HttpResponse:
    """Who stood where, on a day; and what happened on it."""
    require(access.can_see_units(request.actor))
    opened = branches.read(Place.of(request.GET))
    place = opened.place
    days, kinds = _days(place.as_of)
    is_few = 0 < days[place.as_of] <= FEW
    events = list(UnitEvent.objects.filter(on=place.as_of)) if is_few else []
    context = {
        "place": place,
        "branch": opened.top,
        "track": branches.track(days, place),
        "levels": opened.levels,
        "events_here": days[place.as_of],
        "changes": changes(events) if events else [],
        "kinds": kinds,
        "turned": _turned(place.as_of) if kinds and not events else [],
        "found": units_found(place.words, None if place.ever else place.as_of),
        "can_change": access.can_change_units(request.actor),
    }
    return render(request, "console/org/tree.html", context)


def _turned(on: date) -> list[tuple[str, int, int]]:
    """Level, how many units ended on a day, how many began; those that only changed their name not."""
    same = UnitName.objects.filter(unit=OuterRef("unit"))
    ended = Q(validity__endswith=on) & ~Exists(same.filter(validity__startswith=on))
    began = Q(validity__startswith=on) & ~Exists(same.filter(validity__endswith=on))
    counts = Counter(
        (level, validity.lower == on)
        for level, validity in UnitName.objects.filter(ended | began).values_list(
            "unit__level", "validity"
        )
    )
    return [
        (str(level.label), counts[level, False], counts[level, True])
        for level in Level
        if counts[level, False] or counts[level, True]
    ]


def _days(as_of: date) -> tuple[Counter[date], list[tuple[str, int]]]:
    """How many events each day had; and what kinds of things happened on this one."""
    rows = UnitEvent.objects.order_by().values_list("on", "kind")
    counts: Counter[tuple[date, str]] = Counter(
        {(on, kind): events for on, kind, events in rows.annotate(events=Count("pk"))}
    )
    days: Counter[date] = Counter()
    for (on, _kind), events in counts.items():
        days[on] += events
    here = [(str(one.label), counts[as_of, one]) for one in EventKind if counts[as_of, one]]
    return days, here


@officer
def branch(request: Request) -> HttpResponse:
    """What stands below one unit, for the tree to put in its place."""
    require(access.can_see_units(request.actor))
    place = Place.of(request.GET)
    key = request.GET.get("key", "")
    if not branches.KEY.fullmatch(key):
        raise Http404
    context = {"branch": branches.branch(key.removesuffix(branches.ENDED), place)}
    name = "fold" if key.endswith(branches.ENDED) else "branch"
    return render(request, f"console/org/tree_{name}.html", context)


@require_POST
@officer
def switch_post(request: Request) -> HttpResponse:
    """Go on in another of one's own posts."""
    chosen = request.POST.get("post", "")
    require(access.can_switch_to(request.actor, chosen))
    request.session["post"] = chosen
    return redirect("console:work")


urlpatterns = [
    path("to-chuc/", tree, name="org"),
    path("to-chuc/nhanh/", branch, name="unit_branch"),
    path("to-chuc/vi-tri/", switch_post, name="switch_post"),
]
