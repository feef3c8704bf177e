"""The whole reading confirmed, or the document registered as it is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from danvan import pipeline
from danvan.console.doors import Request, officer
from danvan.documents import actions
from danvan.documents.choices import ReadingState
from danvan.documents.models import Reading
from danvan.org.access import require
from danvan.refusals import NotAccepted

from .finding import reading_seen, refused
from .words import HEADER


@require_GET
@officer
def ask_to_confirm(request: Request, pk: str) -> HttpResponse:
    """Says what confirming will do, and asks once: work for many units follows from it."""
    reading = reading_seen(request, pk)
    require(pipeline.lays_duties(reading.document, by=request.actor))
    try:
        foreseen = pipeline.foresee(reading)
    except NotAccepted as reason:
        return _refused(request, reading, reason)
    unstated = ", ".join(str(HEADER[one]).lower() for one in foreseen.unstated)
    context = {
        "document": reading.document,
        "foreseen": foreseen,
        "unstated": unstated,
        "is_registered": reading.state == ReadingState.PROOFREAD,
    }
    return render(request, "console/documents/confirm.html", context)


@require_POST
@officer
def confirm_reading(request: Request, pk: str) -> HttpResponse:
    """Register the document and lay its duties on units."""
    reading = reading_seen(request, pk)
    try:
        done = pipeline.confirm(reading, by=request.actor)
    except NotAccepted as reason:
        return _refused(request, reading, reason)
    said = _("Đã xác nhận. %(duties)d nhiệm vụ được giao cho %(units)d đơn vị.")
    link = format_html(' <a href="{}">{}</a>', reverse("console:matrix"), _("Xem ma trận"))
    text = format_html("{}{}", said % {"duties": done.duties, "units": done.units}, link)
    if done.unassigned:
        rest = _("%(count)d nhiệm vụ chưa giao cho đơn vị nào.") % {"count": done.unassigned}
        there = reverse("console:unassigned")
        text += format_html(' {} <a href="{}">{}</a>', rest, there, _("Giao đơn vị"))
    messages.success(request, text)
    return redirect("console:document", pk)


def _refused(request: Request, reading: Reading, reason: NotAccepted) -> HttpResponse:
    """A reading that was closed is opened again before anything in it is put right."""
    if reading.state != ReadingState.PROOFREAD:
        return refused(request, reading, reason)
    way = _("Chọn Rút xác nhận để mở lại kết quả đọc.")
    messages.error(request, f"{reason} {way}")
    return redirect("console:document", reading.document_id)


@require_POST
@officer
def register_reading(request: Request, pk: str) -> HttpResponse:
    """Register a document that lays no duties: a plan that was handed in."""
    reading = reading_seen(request, pk)
    try:
        actions.confirm(reading, by=request.actor)
    except NotAccepted as reason:
        return refused(request, reading, reason)
    messages.success(request, _("Đã xác nhận kết quả đọc."))
    return redirect("console:document", pk)
