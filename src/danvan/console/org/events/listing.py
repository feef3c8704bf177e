"""All events, one of them, and taking it back."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from danvan.console.day_field import day_typed
from danvan.console.doors import Request, officer
from danvan.console.org.changes import changes
from danvan.org import access
from danvan.org.access import require
from danvan.org.choices import EventKind
from danvan.org.events import undoing
from danvan.org.models import UnitEvent
from danvan.refusals import NotAccepted
from danvan.workdays.rules import printed


def refusal(action: Callable[[], None], *, keep: bool) -> str:
    """What the action says against it; where it is not to be kept, nothing stays of it."""
    try:
        with transaction.atomic():
            action()
            if not keep:
                transaction.set_rollback(True)
    except NotAccepted as refused:
        return str(refused)
    return ""


@officer
def listing(request: Request) -> HttpResponse:
    """All that happened to units, newest first."""
    require(access.can_see_units(request.actor))
    found = _filtered(UnitEvent.objects.order_by("-on", "-id"), request)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "page": page,
        "changes": changes(page),
        "kinds": EventKind.choices,
        "unverified": UnitEvent.objects.filter(is_verified=False).count(),
        "asked": asked.urlencode(),
        "day": day_typed(request.GET.get("date")),
        "can_change": access.can_change_units(request.actor),
    }
    return render(request, "console/org/events.html", context)


def _filtered(found: QuerySet[UnitEvent], request: Request) -> QuerySet[UnitEvent]:
    kind = request.GET.get("kind", "")
    if kind in EventKind.values:
        found = found.filter(kind=kind)
    if day := day_typed(request.GET.get("date")):
        found = found.filter(on=day)
    if request.GET.get("unverified"):
        found = found.filter(is_verified=False)
    if words := request.GET.get("q", "").strip()[:100]:
        found = found.filter(Q(basis__icontains=words) | Q(note__icontains=words))
    return found


@officer
def event(request: Request, pk: str) -> HttpResponse:
    """One event: before → after."""
    require(access.can_see_units(request.actor))
    found = get_object_or_404(UnitEvent, pk=pk)
    context = {
        "event": found,
        "change": changes([found])[0],
        "can_change": access.can_change_units(request.actor),
    }
    return render(request, "console/org/event.html", context)


@officer
def undo(request: Request, pk: str) -> HttpResponse:
    """Ask once, then take the event back."""
    require(access.can_change_units(request.actor))
    found = get_object_or_404(UnitEvent, pk=pk)
    context = {"event": found, "change": changes([found])[0]}
    if request.method != "POST":
        return render(request, "console/org/event_undo.html", context)
    on = found.on
    refused = refusal(lambda: undoing.undo(found, by=request.actor), keep=True)
    if refused:
        messages.warning(request, refused)
        return redirect("console:event", pk)
    messages.success(request, _("Đã hoàn tác sự kiện ngày %(day)s.") % {"day": printed(on)})
    return redirect("console:unit_events")
