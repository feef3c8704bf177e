"""The units in which nobody is in charge."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.org import access
from danvan.org.access import require
from danvan.org.choices import Level, Role, UnitKind
from danvan.org.models import Post, Unit

from .named import ANYBODY

IN_CHARGE = {  # what every unit must have (Kế hoạch: lãnh đạo phụ trách, cán bộ theo dõi)
    "officer": Role.OFFICER,
    "leader": Role.LEADER_IN_CHARGE,
}
WITHOUT_POSTS = [UnitKind.COMMITTEE, UnitKind.HAMLET]


def without(role: Role, day: date) -> QuerySet[Unit]:
    """Units in which nobody does this; a coordinator does an officer's work."""
    held = Post.objects.held(day).filter(unit=OuterRef("pk"))
    doing = held.in_charge(day) if role == Role.OFFICER else held.filter(role=role)
    return Unit.objects.existing(day).exclude(kind__in=WITHOUT_POSTS).filter(~Exists(doing))


@officer
def unassigned(request: Request) -> HttpResponse:
    """Units where nobody is in charge, by level."""
    require(access.can_see_units(request.actor))
    today = clock.today()
    missing = request.GET.get("thieu")
    who = missing if missing in IN_CHARGE else "officer"
    found = without(IN_CHARGE[who], today)
    level = request.GET.get("level", "")
    named = Unit.objects.named(today).filter(pk__in=found.values("pk"))
    shown = named.filter(level=level) if level in Level.values else named
    page = Paginator(shown, 50).get_page(request.GET.get("page"))
    levels = list(found.order_by().values_list("level", flat=True))
    context = {
        "page": page,
        "who": who,
        "role": IN_CHARGE[who],
        "counts": {key: without(role, today).count() for key, role in IN_CHARGE.items()},
        "levels": [(one, levels.count(one)) for one in Level if one in levels],
        "level": level,
        "all": Unit.objects.existing(today).exclude(kind__in=WITHOUT_POSTS).count(),
        "can_appoint": [
            one.pk
            for one in page
            if access.can_appoint(request.actor, one, IN_CHARGE[who], ANYBODY)
        ],
    }
    return render(request, "console/people/unassigned.html", context)
