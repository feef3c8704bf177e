"""“Văn bản: đối chiếu kết quả đọc”: is what the machine read right? One item at a time, then all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh
from uuid_utils.compat import uuid7

import vanban
from danvan import clock, pipeline
from danvan.console.choosing import offer
from danvan.console.doors import Request, officer
from danvan.documents import access, actions, rules
from danvan.documents.choices import ReadingState, Verdict
from danvan.documents.models import Document, Reading
from danvan.org.access import require
from danvan.org.models import Unit
from danvan.org.resolving import NameBook
from danvan.refusals import NotAccepted

from .exchange import said_otherwise
from .originals import has_pages, leaves
from .reading_forms import FORMS, form_of
from .readings import ADDED, FIRST_TAB, TABS, Card, Sheet, Together, anchor, sheet
from .sources import Mark, paragraphs

_SOURCE = "proofread source"  # in the session: "pages" or "words", as last asked for
SCANS = {"pdf-scan", "image"}
WAITING = {ReadingState.QUEUED, ReadingState.READING}
OPEN = {ReadingState.READ}
_ADDED_KEY = re.compile(r"(?P<kind>[a-z]+):\+[0-9a-f-]{36}")
_OFFSET = re.compile(r"[0-9]{1,9}")
_LONGEST = 10_000  # characters of an item that is added; they are read while somebody waits
_PICTURED = ("application/pdf", "image/")  # files that may be scans
_LONG = timedelta(minutes=2)  # a reading takes under a second; after this something is wrong


def _reading(request: Request, pk: str) -> Reading:
    """The newest reading of a document that one may see, for who checks it."""
    document = get_object_or_404(access.visible_to(request.actor), pk=pk)
    reading = document.readings.select_related("document__attachment").first()
    if reading is None:
        raise Http404
    require(access.can_proofread(request.actor, reading))
    return reading


def _address(document: Document, kind: str, key: str = "") -> str:
    fragment = f"#{anchor(key)}" if key else ""
    return f"{reverse('console:proofread', args=[document.pk])}?tab={kind}{fragment}"


def _kind(key: str) -> str:
    kind = key.partition(":")[0]
    return kind if kind in TABS else FIRST_TAB


@require_GET
@officer
def proofread(request: Request, pk: str) -> HttpResponse:
    """How far the reading is; when it is read, the source and what was found in it side by side."""
    reading = _reading(request, pk)
    if reading.state in WAITING:
        return _progress(request, reading)
    if request.htmx and not {"item", "edit", "tab"} & request.GET.keys():  # it was being read
        return HttpResponseClientRefresh()
    if reading.state == ReadingState.UNREADABLE:
        return render(request, "console/documents/unreadable.html", {"reading": reading})
    return _page(request, reading)


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


def _page(
    request: Request,
    reading: Reading,
    *,
    opened: Opened | None = None,
    adding: "Adding | None" = None,
) -> HttpResponse:
    """The page, or one item of it where that alone is asked for."""
    is_item = opened is not None or bool({"item", "edit"} & request.GET.keys())
    kind = _tab(request, opened, adding)
    found = sheet(reading, kind, is_open=reading.state in OPEN)
    status = 400 if opened or adding else 200
    opened = opened or _opened(request, found)
    if request.htmx and is_item:
        return _item(
            request, found, opened.key, opened=opened, status=422 if status == 400 else 200
        )
    adding = adding or _adding(request, found)
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
        "asked_together": _asked_together(found, request.GET),
        "ended_bases": found.ended_bases(),
        "earlier": actions.earlier(reading.document, by=request.actor) if found.is_open else None,
        "said_otherwise": (
            said_otherwise(reading.document, request.actor) if found.is_open else None
        ),
        "lays_duties": pipeline.lays_duties(reading.document, by=request.actor),
        "added": [(one, TABS[one][0]) for one in ADDED],
    }
    return render(request, "console/documents/proofread.html", context, status=status)


def _as_pages(request: Request, reading: Reading, adding: "Adding | None") -> bool:
    """The file's pages instead of its words: where asked for, and first of all where it is a scan.

    Words to be added are chosen in the words.
    """
    if not has_pages(reading) or adding:
        return False
    asked = request.GET.get("source") or request.session.get(_SOURCE)
    if request.GET.get("source") in ("pages", "words"):
        request.session[_SOURCE] = asked
    return asked == "pages" or (asked is None and reading.result.get("format") in SCANS)


def _tab(request: Request, opened: Opened | None, adding: "Adding | None") -> str:
    if opened:
        return _kind(opened.key)
    wanted = adding.kind if adding else request.GET.get("add") or request.GET.get("tab", "")
    return wanted if wanted in TABS else FIRST_TAB


def _item(
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
        return Opened(key, form=_form(found.reading, card))
    name = found.meanings.get(request.GET.get("name", ""))
    return Opened(key, names=NameForm(meaning=name, reading=found.reading) if name else None)


def _form(reading: Reading, card: Card, data: Mapping[str, Any] | None = None) -> forms.Form:
    return form_of(card.item.kind, card.item.values, year=_year(reading), data=data)


def _year(reading: Reading) -> int:
    return reading.document.year or clock.today().year


# One item: right, wrong so, none; or taken back.


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
    reading, key = _asked(request, pk)
    try:
        actions.undo(reading, by=request.actor, item=key)
    except NotAccepted as reason:
        return _refused(request, reading, reason)
    return _answer(request, reading, key)


def _say(
    request: Request, pk: str, verdict: Verdict, values: dict[str, Any] | None = None
) -> HttpResponse:
    reading, key = _asked(request, pk)
    try:
        actions.correct(reading, by=request.actor, item=key, verdict=verdict, values=values)
    except NotAccepted as reason:
        return _refused(request, reading, reason)
    return _answer(request, reading, key)


def _asked(request: Request, pk: str) -> tuple[Reading, str]:
    """The reading and the key of one of its items."""
    reading = _reading(request, pk)
    key = request.POST.get("item", "")
    if all(item.key != key for items in actions.items(reading).values() for item in items):
        raise Http404
    return reading, key


def _refused(request: Request, reading: Reading, reason: Exception) -> HttpResponse:
    messages.error(request, _with_link(reason))
    there = reverse("console:proofread", args=[reading.document_id])
    return HttpResponseClientRedirect(there) if request.htmx else HttpResponseRedirect(there)


def _with_link(reason: Exception) -> str:
    """What was refused; with the document that stands in the way."""
    if not isinstance(reason, actions.Clash):
        return str(reason)
    there = reverse("console:document", args=[reason.other.pk])
    return format_html('{} <a href="{}">{}</a>', str(reason), there, reason.other)


def _answer(request: Request, reading: Reading, key: str) -> HttpResponse:
    """The item as it is now; without scripts the page, at the item."""
    kind = _kind(key)
    if not request.htmx:
        return redirect(_address(reading.document, kind, key))
    found = sheet(reading, kind, is_open=True)
    return _item(request, found, key, opened=Opened(key))


@require_POST
@officer
def correct_item(request: Request, pk: str) -> HttpResponse:
    """What a person wrote instead; with mistakes the form comes back as it was typed."""
    reading, key = _asked(request, pk)
    if reading.state not in OPEN or _kind(key) not in FORMS:
        return redirect(_address(reading.document, _kind(key), key))
    card = sheet(reading, _kind(key), is_open=True).card(key)
    if card is None:
        raise Http404
    form = _form(reading, card, data=request.POST)
    if not form.is_valid():
        return _page(request, reading, opened=Opened(key, form=form))
    return _say(request, pk, Verdict.CORRECT, form.cleaned_data)


# Many items at once.


def _asked_together(found: Sheet, asked: Mapping[str, str]) -> Together | None:
    return next((one for one in found.together if one.name == asked.get("together")), None)


@require_POST
@officer
def confirm_items(request: Request, pk: str) -> HttpResponse:
    """Say of all that need no close look, or that are weak for one reason, that they are right."""
    reading = _reading(request, pk)
    kind = _kind(request.POST.get("tab", ""))
    together = _asked_together(sheet(reading, kind, is_open=reading.state in OPEN), request.POST)
    try:
        count = actions.confirm_items(
            reading, by=request.actor, items=together.keys if together else ()
        )
    except NotAccepted as reason:
        return _refused(request, reading, reason)
    if count:
        said = _("Đã xác nhận đúng %(count)d mục. Mục nào chưa đúng, bấm Hoàn tác ở mục ấy.")
        messages.success(request, said % {"count": count})
    return redirect(_address(reading.document, kind))


# Adding what the machine did not find.


@dataclass(frozen=True)
class Adding:
    """An item being added: first its words in the source, then what it says."""

    kind: str
    key: str
    start: int | None = None
    end: int | None = None
    words: str = ""
    form: forms.Form | None = None
    problem: str = ""

    @property
    def label(self) -> str:
        return str(TABS[self.kind][1])

    @property
    def mark(self) -> Mark | None:
        if self.start is None or self.end is None:
            return None
        return Mark(self.start, self.end, "adding", classes="is-open")


def _adding(request: Request, found: Sheet) -> Adding | None:
    kind = request.GET.get("add", "")
    if kind not in ADDED or not found.is_open:
        return None
    key = f"{kind}:+{uuid7()}"
    words = request.GET.get("words", "")
    span = _span(found.reading.text, request.GET)
    if span is None:
        problem = _("Không thấy những chữ này trong nguồn. Chép nguyên văn rồi thử lại.")
        return Adding(kind, key, words=words, problem=problem if words else "")
    start, end = span
    words = found.reading.text[start:end]
    form = form_of(kind, _guess(kind, words, start), year=_year(found.reading))
    return Adding(kind, key, start, end, words, form)


def _span(text: str, asked: Mapping[str, str]) -> tuple[int, int] | None:
    """Where the words stand: as two offsets, or found by the words themselves."""
    start, end = asked.get("start", ""), asked.get("end", "")
    if _OFFSET.fullmatch(start) and _OFFSET.fullmatch(end):
        chosen = text[int(start) : int(end)]
        first = int(start) + len(chosen) - len(chosen.lstrip())
        span = first, first + len(chosen.strip())
        return span if chosen.strip() and len(chosen) <= _LONGEST else None
    words = asked.get("words", "")[:_LONGEST].split()
    found = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    return found.span() if found else None


def _guess(kind: str, words: str, start: int) -> dict[str, Any]:
    """What the reader makes of the words alone, to begin with."""
    rows = vanban.read(words).as_json()[kind]
    found = dict(rows[0]) if rows else {}
    if found.get("due"):
        due = found["due"]
        found["due"] = {**due, "start": start + due["start"], "end": start + due["end"]}
    text = " ".join(words.split()).lstrip("-–+• ")
    first = {"duties": "action", "indicators": "name", "figures": "name", "citations": "kind"}[kind]
    return {first: text[:500] if kind != "citations" else text[:60], **found}


@require_POST
@officer
def add_item(request: Request, pk: str) -> HttpResponse:
    """Add an item at chosen words. Its key comes with the form, so that sent twice it is added once."""
    reading = _reading(request, pk)
    key = request.POST.get("item", "")
    found = _ADDED_KEY.fullmatch(key)
    span = _span(reading.text, request.POST)
    if not found or found["kind"] not in ADDED or span is None:
        raise Http404
    kind, (start, end) = found["kind"], span
    words = reading.text[start:end]
    begun = _guess(kind, words, start)
    form = form_of(kind, begun, year=_year(reading), data=request.POST)
    if not form.is_valid():
        return _page(request, reading, adding=Adding(kind, key, start, end, words, form))
    values = {**begun, **form.cleaned_data, "start": start, "end": end, "text": words}
    values |= {"because": _("Thêm tay"), "confidence": 1}
    try:
        actions.correct(reading, by=request.actor, item=key, verdict=Verdict.ADD, values=values)
    except NotAccepted as reason:
        return _refused(request, reading, reason)
    return redirect(_address(reading.document, kind, key))


# What a printed name means.


class NameForm(forms.Form):
    """Which units a printed name means in this document: chosen one by one, or a group."""

    units = forms.MultipleChoiceField(required=False)
    group = forms.ChoiceField(required=False)

    def __init__(
        self, *args: Any, meaning: pipeline.Meaning, reading: Reading, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        header = rules.header_of(actions.items(reading))
        self.book = NameBook(rules.as_date(header.get("date")) or clock.today())
        self.printed, self.chosen = meaning.printed, meaning.units
        named = Unit.objects.named(self.book.as_of).existing(self.book.as_of)
        offer(self, "units", [(str(one.pk), one.name) for one in named])
        groups = [(code, f"{label} ({count})") for code, label, count in self.book.groups()]
        offer(self, "group", [("", _("Không chọn nhóm")), *groups])

    def means(self) -> list[str]:
        chosen = set(self.cleaned_data["units"])
        if self.cleaned_data["group"]:
            chosen |= self.book.group(self.cleaned_data["group"])
        return sorted(chosen)


@require_POST
@officer
def answer_name(request: Request, pk: str) -> HttpResponse:
    """Chosen units, a chosen group, or nobody; nothing chosen is no answer."""
    reading, key = _asked(request, pk)
    meaning = pipeline.meanings(reading, actions.items(reading)).get(request.POST.get("name", ""))
    if meaning is None:
        raise Http404
    form = NameForm(request.POST, meaning=meaning, reading=reading)
    nobody = "nobody" in request.POST
    if not form.is_valid() or not (nobody or form.means()):
        messages.error(request, _("Chưa chọn đơn vị nào. Chọn đơn vị, chọn nhóm, hoặc Không giao."))
        again = urlencode({"tab": _kind(key), "item": key, "name": meaning.printed})
        there = reverse("console:proofread", args=[pk])
        return redirect(f"{there}?{again}#{anchor(key)}")
    try:
        means = [] if nobody else form.means()
        actions.answer_name(reading, meaning.printed, by=request.actor, means=means)
    except NotAccepted as reason:
        return _refused(request, reading, reason)
    return redirect(_address(reading.document, _kind(key), key))


# The whole reading.


@require_GET
@officer
def ask_to_confirm(request: Request, pk: str) -> HttpResponse:
    """Says what confirming will do, and asks once: work for many units follows from it."""
    reading = _reading(request, pk)
    require(pipeline.lays_duties(reading.document, by=request.actor))
    try:
        foreseen = pipeline.foresee(reading)
    except NotAccepted as reason:
        return _refused(request, reading, reason)
    context = {"document": reading.document, "foreseen": foreseen}
    return render(request, "console/documents/confirm.html", context)


@require_POST
@officer
def confirm_reading(request: Request, pk: str) -> HttpResponse:
    """Register the document and lay its duties on units."""
    reading = _reading(request, pk)
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


@require_POST
@officer
def register_reading(request: Request, pk: str) -> HttpResponse:
    """Register a document that lays no duties: a plan that was handed in."""
    reading = _reading(request, pk)
    try:
        actions.confirm(reading, by=request.actor)
    except NotAccepted as reason:
        return _refused(request, reading, reason)
    messages.success(request, _("Đã xác nhận kết quả đọc."))
    return redirect("console:document", pk)


urlpatterns = [
    path("van-ban/<uuid:pk>/doi-chieu/", proofread, name="proofread"),
    path("van-ban/<uuid:pk>/doi-chieu/dung/", confirm_item, name="confirm_item"),
    path("van-ban/<uuid:pk>/doi-chieu/dung-nhieu/", confirm_items, name="confirm_items"),
    path("van-ban/<uuid:pk>/doi-chieu/loai/", drop_item, name="drop_item"),
    path("van-ban/<uuid:pk>/doi-chieu/hoan-tac/", undo_item, name="undo_item"),
    path("van-ban/<uuid:pk>/doi-chieu/sua/", correct_item, name="correct_item"),
    path("van-ban/<uuid:pk>/doi-chieu/them/", add_item, name="add_item"),
    path("van-ban/<uuid:pk>/doi-chieu/ten/", answer_name, name="answer_name"),
    path("van-ban/<uuid:pk>/doi-chieu/hoi/", ask_to_confirm, name="ask_to_confirm"),
    path("van-ban/<uuid:pk>/doi-chieu/xac-nhan/", confirm_reading, name="confirm_reading"),
    path("van-ban/<uuid:pk>/doi-chieu/dang-ky/", register_reading, name="register_reading"),
]
