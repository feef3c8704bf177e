"""The page: the document's words beside what was read in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRefresh

from danvan import clock, pipeline
from danvan.console.documents.exchange import said_otherwise
from danvan.console.documents.originals import has_pages, leaves
from danvan.console.documents.reading_forms import FORMS
from danvan.console.documents.sources import paragraphs
from danvan.console.doors import Request, officer
from danvan.documents import actions
from danvan.documents.choices import ReadingState
from danvan.documents.models import Document, Reading

from .cards import ADDED
from .finding import OPEN, WAITING, kind_of, reading_seen
from .forms import Adding, NameForm, adding_asked, item_form
from .sheet import FIRST_TAB, TABS, Sheet, Together, sheet

_SOURCE = "proofread source"  # in the session: "pages" or "words", as last asked for
SCANS = {"pdf-scan", "image"}
_PICTURED = ("application/pdf", "image/")  # files that may be scans
_LONG = timedelta(minutes=2)  # a reading takes under a second; after this something is wrong


@require_GET
@officer
def proofread(request: Request, pk: str) -> HttpResponse:
    """How far the reading is; when it is read, the source and what was found in it side by side."""
    reading = reading_seen(request, pk)
    if reading.state in WAITING:
        return _progress(request, reading)
    if request.htmx and not {"item", "edit", "tab"} & request.GET.keys():  # it was being read
        return HttpResponseClientRefresh()
    if reading.state == ReadingState.UNREADABLE:
        return render(request, "console/documents/unreadable.html", {"reading": reading})
    return proof_page(request, reading)


def _progress(request: Request, reading: Reading) -> HttpResponse:
    since = clock.now() - reading.queued_at
    taken = _("Đã chờ %(seconds)d giây.") % {"seconds": max(0, int(since.total_seconds()))}
    if request.htmx:
        return HttpResponse(taken)
    context = {
        "reading": reading,
        "taken": taken,
        "may_be_scan": reading.document.file.media_type.startswith(_PICTURED),
        "takes_long": since > _LONG,
    }
    return render(request, "console/documents/progress.html", context)


@dataclass(frozen=True)
class Opened:
    """What stands open in the right pane: an item's form, or the question what a name means."""

    key: str = ""
    form: forms.Form | None = None
    names: "NameForm | None" = None


def proof_page(
    request: Request,
    reading: Reading,
    *,
    opened: Opened | None = None,
    adding: Adding | None = None,
) -> HttpResponse:
    """The page, or one item of it where that alone is asked for."""
    is_item = opened is not None or bool({"item", "edit"} & request.GET.keys())
    kind = _tab(request, opened, adding)
    found = sheet(reading, kind, is_open=reading.state in OPEN)
    status = 400 if opened or adding else 200
    opened = opened or _opened(request, found)
    if request.htmx and is_item:
        return item_context(
            request, found, opened.key, opened=opened, status=422 if status == 400 else 200
        )
    adding = adding or adding_asked(request, found)
    marks = [*found.marks, *([adding.mark] if adding and adding.mark else [])]
    as_pages = _as_pages(request, reading, adding)
    context = {
        "sheet": found,
        "document": reading.document,
        "links": _links(reading.document),
        "has_pages": has_pages(reading),
        "leaves": leaves(reading, marks) if as_pages else [],
        "source": "" if as_pages else paragraphs(reading.text, marks, found.headings, found.tables),
        "opened": opened,
        "adding": adding,
        "asked_together": asked_together(found, request.GET),
        "ended_bases": found.ended_bases(),
        "limited_bases": found.limited_bases(),
        "earlier": actions.earlier(reading.document, by=request.actor) if found.is_open else None,
        "said_otherwise": (
            said_otherwise(reading.document, request.actor) if found.is_open else None
        ),
        "lays_duties": pipeline.lays_duties(reading.document, by=request.actor),
        "added": [(one, TABS[one][0]) for one in ADDED],
    }
    return render(request, "console/documents/proofread.html", context, status=status)


def _as_pages(request: Request, reading: Reading, adding: Adding | None) -> bool:
    """The file's pages instead of its words: where asked for, and first of all where it is a scan.

    Words to be added are chosen in the words.
    """
    if not has_pages(reading) or adding:
        return False
    asked = request.GET.get("source") or request.session.get(_SOURCE)
    if request.GET.get("source") in ("pages", "words"):
        request.session[_SOURCE] = asked
    return asked == "pages" or (asked is None and reading.result.get("format") in SCANS)


def _tab(request: Request, opened: Opened | None, adding: Adding | None) -> str:
    if opened:
        return kind_of(opened.key)
    wanted = adding.kind if adding else request.GET.get("add") or request.GET.get("tab", "")
    return wanted if wanted in TABS else FIRST_TAB


def item_context(
    request: Request, found: Sheet, key: str, *, opened: Opened, status: int = 200
) -> HttpResponse:
    """One item, and the counts around it."""
    context = {
        "card": found.card(key),
        "sheet": found,
        "document": found.reading.document,
        "links": _links(found.reading.document),
        "opened": opened,
    }
    return render(request, "console/documents/item_alone.html", context, status=status)


def _links(document: Document) -> dict[str, str]:
    """Where an item's buttons lead: asked once for all items of the page."""
    names = (
        "confirm_item",
        "drop_item",
        "undo_item",
        "correct_item",
        "answer_name",
        "confirm_items",
    )
    return {name: reverse(f"console:{name}", args=[document.pk]) for name in names}


def _opened(request: Request, found: Sheet) -> Opened:
    """The item that the address opens; nothing opens in a reading that was confirmed."""
    key = request.GET.get("edit") or request.GET.get("item", "")
    card = found.card(key)
    if card is None or not found.is_open:
        return Opened(key)
    if "edit" in request.GET and card.item.kind in FORMS:
        return Opened(key, form=item_form(found.reading, card))
    name = found.meanings.get(request.GET.get("name", ""))
    return Opened(key, names=NameForm(meaning=name, reading=found.reading) if name else None)


def asked_together(found: Sheet, asked: Mapping[str, str]) -> Together | None:
    return next((one for one in found.together if one.name == asked.get("together")), None)
