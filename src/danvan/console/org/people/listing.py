"""All people."""

from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.console.org.unit_choice import as_id, day_asked, resolve
from danvan.org import access
from danvan.org.access import require
from danvan.org.choices import Role
from danvan.org.models import Post, Unit, with_units
from danvan.text import fold

from .named import can_appoint_anybody
from .unassigned import without


@officer
def listing(request: Request) -> HttpResponse:
    """Who holds which post, on a day."""
    require(access.can_see_units(request.actor))
    day = day_asked(request.GET.get("date"))
    posts = Post.objects.held(day).select_related("person").order_by("person__sort_key", "id")
    unit, unclear = _unit_asked(request, day)
    page = Paginator(_filtered(posts, request, unit, day), 50).get_page(request.GET.get("page"))
    page.object_list = with_units(page.object_list, day)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "page": page,
        "day": day,
        "roles": Role.choices,
        "unclear": unclear,
        "asked": asked.urlencode(),
        "is_filtered": any(request.GET.get(key) for key in ("q", "unit", "role", "date")),
        "missing": without(Role.OFFICER, clock.today()).count(),
        "can_add": access.can_manage_people(request.actor),
        "can_appoint": can_appoint_anybody(request.actor),
    }
    return render(request, "console/people/list.html", context)


def _unit_asked(request: Request, day: date) -> tuple[Unit | None, str]:
    """The unit that is filtered for: by its id or as typed; what was typed unclearly is said."""
    typed = request.GET.get("unit", "").strip()[:300]
    if not typed:
        return None, ""
    if pk := as_id(typed):
        return Unit.objects.named(day).filter(pk=pk).first(), ""
    try:
        return resolve(typed, day), ""
    except forms.ValidationError as refused:
        return None, " ".join(refused.messages)


def _filtered(
    posts: QuerySet[Post], request: Request, unit: Unit | None, day: date
) -> QuerySet[Post]:
    if unit:
        posts = posts.filter(unit__in=Unit.objects.within(unit, day).values("pk"))
    role = request.GET.get("role", "")
    if role in Role.values:
        posts = posts.filter(role=role)
    for word in fold(request.GET.get("q", "")[:100]).split():
        posts = posts.filter(person__folded__contains=word)
    return posts
