from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from danvan.notices import actions
from danvan.notices.models import Notice

from .doors import officer


@officer
def notices(request: HttpRequest) -> HttpResponse:
    """What one has been told: what asks for something first."""
    own = Notice.objects.of(request.actor.user_id)
    to_do = own.unread().filter(needs_action=True)
    rest = own.exclude(pk__in=to_do.values("pk"))
    context = {"to_do": list(to_do[:100]), "rest": list(rest[:100])}
    return render(request, "console/notices/list.html", context)


@require_POST
@officer
def mark_read(request: HttpRequest) -> HttpResponse:
    actions.mark_read(request.actor.user_id)
    return redirect("console:notices")


urlpatterns = [
    path("thong-bao/", notices, name="notices"),
    path("thong-bao/da-doc/", mark_read, name="mark_notices_read"),
]
