"""One item confirmed, dropped, corrected, added or named; the sure ones together."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan import pipeline
from danvan.console.documents.reading_forms import FORMS, form_of
from danvan.console.doors import Request, officer
from danvan.documents import actions
from danvan.documents.choices import Verdict
from danvan.documents.models import Reading
from danvan.refusals import NotAccepted

from .cards import ADDED, anchor
from .finding import OPEN, address_of, item_asked, kind_of, reading_seen, refused, year_of
from .forms import ADDED_KEY, Adding, NameForm, guess, item_form, span_asked
from .page import Opened, asked_together, item_context, proof_page
from .sheet import sheet


@require_POST
@officer
def confirm_item(request: Request, pk: str) -> HttpResponse:
    return _say(request, pk, Verdict.CONFIRM)


@require_POST
@officer
def drop_item(request: Request, pk: str) -> HttpResponse:
    return _say(request, pk, Verdict.DROP)


@require_POST
@officer
def undo_item(request: Request, pk: str) -> HttpResponse:
    reading, key = item_asked(request, pk)
    try:
        actions.undo(reading, by=request.actor, item=key)
    except NotAccepted as reason:
        return refused(request, reading, reason)
    return _answer(request, reading, key)


def _say(
    request: Request, pk: str, verdict: Verdict, values: dict[str, Any] | None = None
) -> HttpResponse:
    reading, key = item_asked(request, pk)
    try:
        actions.correct(reading, by=request.actor, item=key, verdict=verdict, values=values)
    except NotAccepted as reason:
        return refused(request, reading, reason)
    return _answer(request, reading, key)


def _answer(request: Request, reading: Reading, key: str) -> HttpResponse:
    """The item as it is now; without scripts the page, at the item."""
    kind = kind_of(key)
    if not request.htmx:
        return redirect(address_of(reading.document, kind, key))
    found = sheet(reading, kind, is_open=True)
    return item_context(request, found, key, opened=Opened(key))


@require_POST
@officer
def correct_item(request: Request, pk: str) -> HttpResponse:
    """What a person wrote instead; with mistakes the form comes back as it was typed."""
    reading, key = item_asked(request, pk)
    if reading.state not in OPEN or kind_of(key) not in FORMS:
        return redirect(address_of(reading.document, kind_of(key), key))
    card = sheet(reading, kind_of(key), is_open=True).card(key)
    if card is None:
        raise Http404
    form = item_form(reading, card, data=request.POST)
    if not form.is_valid():
        return proof_page(request, reading, opened=Opened(key, form=form))
    return _say(request, pk, Verdict.CORRECT, form.cleaned_data)


@require_POST
@officer
def confirm_items(request: Request, pk: str) -> HttpResponse:
    """Say of all that need no close look, or that are weak for one reason, that they are right."""
    reading = reading_seen(request, pk)
    kind = kind_of(request.POST.get("tab", ""))
    together = asked_together(sheet(reading, kind, is_open=reading.state in OPEN), request.POST)
    try:
        count = actions.confirm_items(
            reading, by=request.actor, items=together.keys if together else ()
        )
    except NotAccepted as reason:
        return refused(request, reading, reason)
    if count:
        said = _("Đã xác nhận đúng %(count)d mục. Mục nào chưa đúng, bấm Hoàn tác ở mục ấy.")
        messages.success(request, said % {"count": count})
    return redirect(address_of(reading.document, kind))


@require_POST
@officer
def add_item(request: Request, pk: str) -> HttpResponse:
    """Add an item at chosen words. Its key comes with the form, so that sent twice it is added once."""
    reading = reading_seen(request, pk)
    key = request.POST.get("item", "")
    found = ADDED_KEY.fullmatch(key)
    span = span_asked(reading.text, request.POST)
    if not found or found["kind"] not in ADDED or span is None:
        raise Http404
    kind, (start, end) = found["kind"], span
    words = reading.text[start:end]
    begun = guess(kind, words, start)
    form = form_of(kind, begun, year=year_of(reading), data=request.POST)
    if not form.is_valid():
        return proof_page(request, reading, adding=Adding(kind, key, start, end, words, form))
    values = {**begun, **form.cleaned_data, "start": start, "end": end, "text": words}
    values |= {"because": _("Thêm tay"), "confidence": 1}
    try:
        actions.correct(reading, by=request.actor, item=key, verdict=Verdict.ADD, values=values)
    except NotAccepted as reason:
        return refused(request, reading, reason)
    return redirect(address_of(reading.document, kind, key))


@require_POST
@officer
def answer_name(request: Request, pk: str) -> HttpResponse:
    """Chosen units, a chosen group, or nobody; nothing chosen is no answer."""
    reading, key = item_asked(request, pk)
    meaning = pipeline.meanings(reading, actions.items(reading)).get(request.POST.get("name", ""))
    if meaning is None:
        raise Http404
    form = NameForm(request.POST, meaning=meaning, reading=reading)
    nobody = "nobody" in request.POST
    if not form.is_valid() or not (nobody or form.means()):
        messages.error(request, _("Chưa chọn đơn vị nào. Chọn đơn vị, chọn nhóm, hoặc Không giao."))
        again = urlencode({"tab": kind_of(key), "item": key, "name": meaning.printed})
        there = reverse("console:proofread", args=[pk])
        return redirect(f"{there}?{again}#{anchor(key)}")
    try:
        means = [] if nobody else form.means()
        actions.answer_name(reading, meaning.printed, by=request.actor, means=means)
    except NotAccepted as reason:
        return refused(request, reading, reason)
    return redirect(address_of(reading.document, kind_of(key), key))
