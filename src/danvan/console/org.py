from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.documents.rules import as_date
from danvan.duties import access as duties_access
from danvan.duties.models import Assignment
from danvan.org import access
from danvan.org.access import require
from danvan.org.choices import Level, UnitKind
from danvan.org.models import Post, Unit, UnitPlace, with_units

from .doors import Request, officer


@dataclass(frozen=True)
class Group:
    """Units of one kind and level, each with how many stand directly below it."""

    label: str
    units: list[tuple[Unit, int]]


def _groups(as_of: date) -> list[Group]:
    """All units but communes, by level and kind, in two queries."""
    below = Counter(
        UnitPlace.objects.filter(validity__contains=as_of).values_list("parent", flat=True)
    )
    found: dict[str, list[tuple[Unit, int]]] = defaultdict(list)
    named = Unit.objects.named(as_of).existing(as_of).exclude(level=Level.COMMUNE)
    for one in named:
        label = one.get_kind_display()
        if one.kind == UnitKind.PEOPLES_COMMITTEE:
            label = f"{label} {one.get_level_display().lower()}"
        found[label].append((one, below[one.pk]))
    return [Group(label, units) for label, units in found.items()]


@officer
def tree(request: Request) -> HttpResponse:
    """Who stands where, on a day."""
    require(access.can_see_units(request.actor))
    as_of = as_date(request.GET.get("date")) or clock.today()
    communes = Unit.objects.existing(as_of).filter(level=Level.COMMUNE).count()
    groups = _groups(as_of)
    context = {"groups": groups, "as_of": as_of, "communes": communes}
    return render(request, "console/org/tree.html", context)


@officer
def unit(request: Request, pk: str) -> HttpResponse:
    """Who is in charge of a unit, and what it owes."""
    require(access.can_see_units(request.actor))
    today = clock.today()
    found = get_object_or_404(Unit.objects.named(today), pk=pk)
    posts = Post.objects.held(today).filter(unit=found).select_related("person")
    own = duties_access.visible_to(request.actor).of(found).select_related("duty__document")
    context = {
        "unit": found,
        "names": found.names.order_by("validity"),
        "posts": list(posts),
        "children": list(Unit.objects.named(today).under(found, today)),
        "assignments": with_units(own.by_due()[:100], today),
        "progress": own.progress(),
        "overdue": Assignment.objects.filter(pk__in=own.values("pk")).overdue(today).count(),
    }
    return render(request, "console/org/unit.html", context)


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
    path("to-chuc/vi-tri/", switch_post, name="switch_post"),
    path("to-chuc/<uuid:pk>/", unit, name="unit"),
]
