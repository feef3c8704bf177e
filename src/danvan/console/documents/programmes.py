"""Chương trình phối hợp: between whom, for how long, what was done of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from uuid_utils.compat import uuid7

from danvan import clock, pipeline
from danvan.console.day_field import DayField
from danvan.console.doors import Request, officer
from danvan.console.duties.proposed.study import share_of
from danvan.console.duties.rows import rows_of
from danvan.console.org.unit_choice import UnitsField, called
from danvan.console.phrases import sentences
from danvan.documents import access, programmes
from danvan.documents.models import Document, Party
from danvan.documents.programmes import Side
from danvan.duties import access as duty_access
from danvan.duties import actions as duties
from danvan.duties.choices import ENDED, AssignmentState, Carried, Origin
from danvan.duties.following.activities import Progress, counts, progress_of
from danvan.org.access import require, works
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.refusals import NotAccepted

TONES = {
    Carried.NONE: "idle",
    Carried.PROPOSED: "wait",
    Carried.GIVEN: "work",
    Carried.OVERDUE: "late",
    Carried.DONE: "done",
}
SOON = 90  # days before its end in which a programme says so


@dataclass(frozen=True)
class Row:
    """A programme in the list."""

    document: Document
    parties: list[str]
    progress: Progress

    @property
    def days_left(self) -> int | None:
        return (self.document.term_to - clock.today()).days if self.document.term_to else None

    @property
    def term(self) -> tuple[str, str]:
        """Tone and words: running, ending soon, ended, not begun."""
        first, left = self.document.term_from, self.days_left
        if first and first > clock.today():
            return "idle", _("Chưa bắt đầu")
        if left is None or left > SOON:
            return "work", _("Đang thực hiện")
        if left < 0:
            return "idle", _("Đã kết thúc")
        return "warn", _("Còn %(days)d ngày") % {"days": left}

    @property
    def plan(self) -> tuple[str, str]:
        state = self.progress.plan_state
        return TONES[state], str(state.label)

    @property
    def review(self) -> tuple[str, str]:
        state = self.progress.review_state
        return TONES[state], str(state.label)


def _rows(request: Request, documents: list[Document]) -> list[Row]:
    parties = _parties(documents)
    among = duty_access.visible_to(request.actor)
    progress = progress_of(documents, clock.today().year, among)
    return [Row(one, parties.get(one.pk, []), progress[one.pk]) for one in documents]


def _parties(documents: list[Document]) -> dict[UUID, list[str]]:
    """The names of their sides, units by those of today."""
    rows = list(Party.objects.filter(document__in=documents).order_by("place", "id"))
    ids = {one.unit_id for one in rows if one.unit_id}
    units = Unit.objects.named(clock.today()).in_bulk(ids) if ids else {}
    found: dict[UUID, list[str]] = {}
    for one in rows:
        name = units[one.unit_id].name if one.unit_id in units else one.printed
        found.setdefault(one.document_id, []).append(name)
    return found


@officer
def listing(request: Request) -> HttpResponse:
    """All programmes, those that end first before the others; ended ones last."""
    require(works(request.actor))
    found = programmes.programmes().order_by(F("term_to").desc(nulls_first=True), "id")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    rows = _rows(request, list(page))
    running = [one for one in rows if (one.days_left is None or one.days_left >= 0)]
    running.sort(key=lambda one: one.document.term_to or date.max)
    today = clock.today()
    still = found.filter(Q(term_to=None) | Q(term_to__gte=today))
    context = {
        "page": page,
        "running": running,
        "ended": [one for one in rows if one not in running],
        "year": today.year,
        "counts": counts(still, today.year, duty_access.visible_to(request.actor)),
    }
    return render(request, "console/documents/programmes.html", context)


def _programme(request: Request, pk: UUID) -> Document:
    return get_object_or_404(access.visible_to(request.actor), pk=pk)


@officer
def programme(request: Request, pk: UUID) -> HttpResponse:
    """One programme: its sides, its term, its activities, the year's plan and the review."""
    found = get_object_or_404(
        access.visible_to(request.actor).filter(term_from__isnull=False), pk=pk
    )
    (row,) = _rows(request, [found])
    seen = duty_access.visible_to(request.actor).filter(duty__document=found)
    context = {
        "document": found,
        "row": row,
        "rows": rows_of(seen.exclude(state=AssignmentState.PROPOSED).by_due()[:300]),
        "year": clock.today().year,
        "can_bind": access.can_bind(request.actor, found),
        "can_add": duty_access.can_assign(request.actor),
        "history": sentences(found),
    }
    return render(request, "console/documents/programme.html", context)


class BindForm(forms.Form):
    use_required_attribute = False
    units = UnitsField(label=gettext_lazy("Các bên là đơn vị trong tỉnh"), required=False)
    names = forms.CharField(
        label=gettext_lazy("Các bên khác"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Mỗi dòng một bên."),
    )
    from_ = DayField(label=gettext_lazy("Từ ngày"), widget=forms.DateInput)
    to = DayField(
        label=gettext_lazy("Đến hết ngày"),
        required=False,
        widget=forms.DateInput,
        help_text=gettext_lazy("Để trống nếu văn bản không ghi."),
    )

    def sides(self) -> list[Side]:
        said = self.cleaned_data
        names = [one.strip() for one in said["names"].splitlines()]
        return [
            *(Side(unit=one) for one in said["units"]),
            *(Side(printed=one) for one in names if one),
        ]


def _begins_with(document: Document) -> dict[str, Any]:
    """What is said already; else what the text suggests."""
    today = clock.today()
    held = [Side(one.unit, one.printed) for one in document.parties.select_related("unit")]
    sides = held or programmes.suggest(document, today)
    first, last = (document.term_from, document.term_to) if held else programmes.term_in(document)
    return {
        "units": [called(one.unit, today) for one in sides if one.unit],
        "names": "\n".join(one.printed for one in sides if not one.unit),
        "from_": first,
        "to": last,
    }


@officer
def bind(request: Request, pk: UUID) -> HttpResponse:
    """Đây là chương trình phối hợp: its sides and its term, as the text suggests them."""
    found = _programme(request, pk)
    require(access.can_bind(request.actor, found))
    sent = request.POST if request.method == "POST" else None
    form = BindForm(sent, initial=None if sent else _begins_with(found))
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        try:
            pipeline.bind_programme(
                found, form.sides(), from_=said["from_"], to=said["to"], by=request.actor
            )
        except NotAccepted as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã ghi chương trình phối hợp."))
            return redirect("console:programme", pk)
    context = {"document": found, "form": form}
    status = 400 if form.errors else 200
    return render(request, "console/documents/programme_form.html", context, status=status)


@require_POST
@officer
def unbind(request: Request, pk: UUID) -> HttpResponse:
    programmes.unbind(_programme(request, pk), by=request.actor)
    messages.success(request, _("Văn bản này không còn ghi là chương trình phối hợp."))
    return redirect("console:document", pk)


class ActivityForm(forms.Form):
    use_required_attribute = False
    key = forms.UUIDField(widget=forms.HiddenInput)  # a form sent twice adds one activity
    action = forms.CharField(
        label=gettext_lazy("Nội dung hoạt động"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    lead = UnitsField(label=gettext_lazy("Chủ trì"))
    cooperating = UnitsField(label=gettext_lazy("Phối hợp"), required=False)
    due_on = DayField(
        label=gettext_lazy("Hạn"),
        required=False,
        widget=forms.DateInput,
        help_text=gettext_lazy("Để trống nếu các bên không hẹn ngày."),
    )


@officer
def add_activity(request: Request, pk: UUID) -> HttpResponse:
    """An activity that the sides agree on and the text does not print."""
    found = _programme(request, pk)
    require(duty_access.can_assign(request.actor))
    found = get_object_or_404(Document, pk=found.pk, term_from__isnull=False)
    sent = request.POST if request.method == "POST" else None
    form = ActivityForm(sent, initial=None if sent else {"key": uuid7()})
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        try:
            duties.add_by_hand(
                found,
                str(said["key"]),
                action=said["action"],
                doers=duties.Doers(said["lead"], said["cooperating"]),
                due_on=said["due_on"],
                by=request.actor,
            )
        except NotAccepted as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã giao hoạt động cho các bên."))
            return redirect("console:programme", pk)
    context = {"document": found, "form": form}
    status = 400 if form.errors else 200
    return render(request, "console/documents/programme_activity.html", context, status=status)


def beside(document: Document, actor: Actor) -> dict[str, Any]:
    """What a document's page shows of its study, and of the programme that it is."""
    can_bind = access.can_bind(actor, document) and document.registered_on is not None
    return {
        "study": _study(document, actor),
        "parties": _parties([document]).get(document.pk, []) if document.term_from else [],
        "can_bind": can_bind,
        "suggests_programme": can_bind and programmes.looks_like_one(document),
    }


def _study(document: Document, actor: Actor) -> dict[str, int] | None:
    """Units that are done, of those that study; cadres reached. None where nothing is known of it."""
    if document.registered_on is None or not document.number:
        return None
    states = list(
        duty_access.visible_to(actor)
        .filter(duty__document=document, duty__origin=Origin.STUDY)
        .exclude(state__in=ENDED)
        .values_list("state", flat=True)
    )
    reached = share_of(document.number)
    if not states and not reached["cadres"]:
        return None
    waiting = sum(one == AssignmentState.PROPOSED for one in states)
    done = sum(one in {AssignmentState.DONE, AssignmentState.ANSWERED} for one in states)
    return {"given": len(states) - waiting, "waiting": waiting, "done": done, **reached}


urlpatterns = [
    path("van-ban/chuong-trinh-phoi-hop/", listing, name="programmes"),
    path("van-ban/<uuid:pk>/chuong-trinh/", programme, name="programme"),
    path("van-ban/<uuid:pk>/chuong-trinh/cac-ben/", bind, name="bind_programme"),
    path("van-ban/<uuid:pk>/chuong-trinh/hoat-dong/", add_activity, name="add_activity"),
    path("van-ban/<uuid:pk>/chuong-trinh/bo/", unbind, name="unbind_programme"),
]
