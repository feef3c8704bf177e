from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from danvan.notices import actions
from danvan.notices.models import Notice

from .doors import Request, officer

# What a notice is about → the page where it is found.
PAGES = {
    "documents.document": "console:proofread",
    "documents.delivery": "console:delivery",
    "duties.assignment": "console:assignment",
    "duties.difficulty": "console:difficulty",
    "org.person": "console:person",
    "reports.report": "console:report",
    "scores.score": "console:score",
}
LISTS = {
    "scores.campaign": "console:scores",
    "org.delegation": "console:work",  # where one's colleague's post is chosen
}


@dataclass(frozen=True)
class Row:
    notice: Notice
    url: str


def _row(notice: Notice) -> Row:
    if notice.subject_kind in LISTS:
        return Row(notice, reverse(LISTS[notice.subject_kind]))
    return Row(notice, reverse(PAGES[notice.subject_kind], args=[notice.subject]))


@officer
def notices(request: Request) -> HttpResponse:
    """What one has been told: what asks for something first."""
    own = Notice.objects.of(request.actor.own_id)
    to_do = own.unread().filter(needs_action=True)
    rest = own.exclude(pk__in=to_do.values("pk"))
    context = {
        "to_do": [_row(one) for one in to_do[:100]],
        "rest": [_row(one) for one in rest[:100]],
    }
    return render(request, "console/notices/list.html", context)


@require_POST
@officer
def mark_read(request: Request) -> HttpResponse:
    actions.mark_read(request.actor.own_id)
    return redirect("console:notices")


urlpatterns = [
    path("thong-bao/", notices, name="notices"),
    path("thong-bao/da-doc/", mark_read, name="mark_notices_read"),
]
