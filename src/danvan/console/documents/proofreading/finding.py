"""Which reading and item are asked for, and what an action that is not accepted answers."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django_htmx.http import HttpResponseClientRedirect

from danvan import clock
from danvan.console.doors import Request
from danvan.documents import access, actions
from danvan.documents.choices import ReadingState
from danvan.documents.models import Document, Reading
from danvan.org.access import require

from .cards import anchor
from .sheet import FIRST_TAB, TABS

WAITING = {ReadingState.QUEUED, ReadingState.READING}
OPEN = {ReadingState.READ}


def reading_seen(request: Request, pk: str) -> Reading:
    """The newest reading of a document that one may see, for who checks it."""
    document = get_object_or_404(access.visible_to(request.actor), pk=pk)
    reading = document.readings.select_related("document__attachment").first()
    if reading is None:
        raise Http404
    require(access.can_proofread(request.actor, reading))
    return reading


def address_of(document: Document, kind: str, key: str = "") -> str:
    fragment = f"#{anchor(key)}" if key else ""
    return f"{reverse('console:proofread', args=[document.pk])}?tab={kind}{fragment}"


def kind_of(key: str) -> str:
    kind = key.partition(":")[0]
    return kind if kind in TABS else FIRST_TAB


def year_of(reading: Reading) -> int:
    return reading.document.year or clock.today().year


def item_asked(request: Request, pk: str) -> tuple[Reading, str]:
    """The reading and the key of one of its items."""
    reading = reading_seen(request, pk)
    key = request.POST.get("item", "")
    if all(item.key != key for items in actions.items(reading).values() for item in items):
        raise Http404
    return reading, key


def refused(request: Request, reading: Reading, reason: Exception) -> HttpResponse:
    messages.error(request, _with_link(reason))
    there = reverse("console:proofread", args=[reading.document_id])
    return HttpResponseClientRedirect(there) if request.htmx else HttpResponseRedirect(there)


def _with_link(reason: Exception) -> str:
    """What was refused; with the document that stands in the way."""
    if not isinstance(reason, actions.Clash):
        return str(reason)
    there = reverse("console:document", args=[reason.other.pk])
    return format_html('{} <a href="{}">{}</a>', str(reason), there, reason.other)
