from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.duties import access as duties_access
from danvan.duties.models import Assignment
from danvan.org import access
from danvan.org.choices import Level
from danvan.org.models import Post, Unit, UnitPlace

from .doors import officer


@dataclass
class Node:
    """A unit with the units below it, as of a date."""

    unit: Unit
    children: list["Node"] = field(default_factory=list)


def _tree(as_of: date) -> list[Node]:
    """The whole tree in two queries."""
    units = Unit.objects.named(as_of).existing(as_of)
    nodes = {unit.pk: Node(unit) for unit in units}
    parents = dict(UnitPlace.objects.filter(validity__contains=as_of).values_list("unit", "parent"))
    roots = []
    for key, node in nodes.items():
        parent = nodes.get(parents.get(key))
        (parent.children if parent else roots).append(node)
    return roots


@officer
def tree(request: HttpRequest) -> HttpResponse:
    """Who stands where, on a day."""
    as_of = parse_date(request.GET.get("date", "")) or clock.today()
    roots = _tree(as_of)
    levels = {str(label): 0 for value, label in Level.choices}
    for unit in access.visible_units(request.actor).existing(as_of):
        levels[unit.get_level_display()] += 1
    context = {"roots": roots, "as_of": as_of, "levels": {k: n for k, n in levels.items() if n}}
    return render(request, "console/org/tree.html", context)


@officer
def unit(request: HttpRequest, pk: str) -> HttpResponse:
    """Who is in charge of a unit, and what it owes."""
    today = clock.today()
    found = get_object_or_404(Unit.objects.named(today), pk=pk)
    posts = Post.objects.held(today).filter(unit=found).select_related("person")
    own = duties_access.visible_to(request.actor).of(found).select_related("duty__document")
    own = own.prefetch_related(Prefetch("unit", Unit.objects.named(today)))
    context = {
        "unit": found,
        "names": found.names.order_by("validity"),
        "posts": list(posts),
        "children": list(Unit.objects.named(today).under(found, today)),
        "assignments": list(own.by_due()[:100]),
        "progress": own.progress(),
        "overdue": Assignment.objects.filter(pk__in=own.values("pk")).overdue(today).count(),
    }
    return render(request, "console/org/unit.html", context)


@require_POST
@officer
def switch_post(request: HttpRequest) -> HttpResponse:
    """Go on in another of one's own posts."""
    chosen = request.POST.get("post", "")
    access.require(access.can_switch_to(request.actor, chosen))
    request.session["post"] = chosen
    return redirect("console:work")


urlpatterns = [
    path("to-chuc/", tree, name="org"),
    path("to-chuc/vi-tri/", switch_post, name="switch_post"),
    path("to-chuc/<uuid:pk>/", unit, name="unit"),
]
