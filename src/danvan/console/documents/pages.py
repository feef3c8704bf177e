from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy

import vanban
from danvan import clock, pipeline
from danvan.console.doors import Request, officer
from danvan.console.phrases import sentences
from danvan.console.uploads import too_large
from danvan.documents import access
from danvan.documents.choices import ReadingState, Relation
from danvan.documents.models import Document, Reading
from danvan.duties import access as duty_access
from danvan.duties.choices import OPEN, AssignmentState, Part
from danvan.duties.models import Duty, Evidence
from danvan.files.actions import Refused, empty
from danvan.files.models import Attachment
from danvan.org.access import require, sees_whole_province, works
from danvan.org.actors import Actor
from danvan.text import fold

from . import originals, proofreading
from .readings import headings, tables
from .sources import Mark, paragraphs

TONES = {
    ReadingState.QUEUED: "idle",
    ReadingState.READING: "work",
    ReadingState.READ: "wait",
    ReadingState.PROOFREAD: "done",
    ReadingState.UNREADABLE: "warn",
}


class AddForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Tệp văn bản"),
        error_messages={
            "required": gettext_lazy("Chọn tệp văn bản rồi bấm Thêm văn bản."),
        },
    )


@officer
def documents(request: Request) -> HttpResponse:
    """The register of documents; a file that is dropped on it is taken in and read."""
    require(works(request.actor))
    if request.method != "POST":
        return _register(request, AddForm())
    require(access.can_add(request.actor))
    form = AddForm(request.POST, request.FILES)
    if reason := too_large(request):
        form.fields["file"].error_messages["required"] = reason
    if file := request.FILES.get("file"):
        form.fields["file"].error_messages["empty"] = empty(file.name or "")
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            reading = pipeline.take_in(file.read(), file.name, by=request.actor)
        except (vanban.Unreadable, Refused) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("console:proofread", reading.document_id)
    return _register(request, form)


@dataclass(frozen=True)
class Row:
    document: Document
    state: ReadingState | None
    can_check: bool

    @property
    def label(self) -> str:
        return str(self.state.label) if self.state else ""

    @property
    def tone(self) -> str:
        return TONES[self.state] if self.state else "idle"

    @property
    def waits(self) -> bool:
        return self.state == ReadingState.READ


def _row(document: Document, by: Actor) -> Row:
    state = document.reading_state
    return Row(
        document, ReadingState(state) if state else None, can_check=access.can_check(by, document)
    )


def _register(request: Request, form: AddForm) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    found = access.visible_to(request.actor).with_reading().select_related("attachment")
    for word in fold(words).split():
        found = found.filter(folded__contains=word)
    found = found.annotate(duty_count=Count("duties")).waiting_first()
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    rows = [_row(one, request.actor) for one in page]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "words": words,
        "waiting": sum(row.waits for row in rows),
        "can_add": access.can_add(request.actor),
        "limit": settings.DANVAN_UPLOAD_LIMIT,
    }
    status = 400 if form.errors else 200
    return render(request, "console/documents/list.html", context, status=status)


@officer
def document(request: Request, pk: str) -> HttpResponse:
    """One document: its facts, its words, what it rests on, what it asks for, who carries it out."""
    actor = request.actor
    found = get_object_or_404(access.visible_to(actor).select_related("attachment"), pk=pk)
    reading = found.readings.first()
    duties = _duties(found, actor)
    pointed = next((one for one in duties if str(one.pk) == request.GET.get("duty")), None)
    context = {
        "document": found,
        "reading": reading,
        "tone": TONES[ReadingState(reading.state)] if reading else "idle",
        "can_proofread": reading is not None and access.can_proofread(actor, reading),
        "source": _source(reading, pointed),
        "pointed": pointed,
        "duties": duties,
        "sees_all": sees_whole_province(actor),
        "citations": list(
            found.citations.exclude(relation=Relation.CONCRETISES).select_related("target")
        ),
        "carries_out": [
            one.target
            for one in found.citations.filter(relation=Relation.CONCRETISES).select_related(
                "target"
            )
        ],
        "carried_out_by": _carried_out_by(found, actor),
        "history": sentences(found),
    }
    return render(request, "console/documents/document.html", context)


def _source(reading: Reading | None, duty: Duty | None) -> str:
    """The text; the words of a duty are marked, and are then where #nguon leads."""
    if reading is None:
        return ""
    marks = []
    if duty is not None and duty.start is not None and duty.end is not None:
        marks = [Mark(duty.start, duty.end, "duty", identifier="nguon")]
    return paragraphs(reading.text, marks, headings(reading), tables(reading))


def _duties(document: Document, actor: Actor) -> list[Duty]:
    """With how many of the assignments that one may see are done, and late."""
    seen = Q(assignments__in=duty_access.visible_to(actor), assignments__part=Part.LEAD)
    late = Q(assignments__due_on__lt=clock.today(), assignments__state__in=OPEN)
    return list(
        document.duties.annotate(
            given=Count("assignments", filter=seen, distinct=True),
            done=Count(
                "assignments",
                filter=seen & Q(assignments__state=AssignmentState.DONE),
                distinct=True,
            ),
            late=Count("assignments", filter=seen & late, distinct=True),
        ).order_by(F("start").asc(nulls_last=True), "id")
    )


def _carried_out_by(document: Document, actor: Actor) -> QuerySet[Document]:
    lower = document.cited_by.filter(relation=Relation.CONCRETISES).values("document")
    return access.visible_to(actor).filter(pk__in=lower).select_related("attachment")


@officer
def attachment(request: Request, pk: str) -> FileResponse:
    """A kept file, for who may see a document or a result that holds it; never shown, only saved."""
    found = get_object_or_404(_attachments(request.actor), pk=pk)
    response = FileResponse(found.content.open("rb"), content_type=found.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _attachments(actor: Actor) -> QuerySet[Attachment]:
    this = OuterRef("pk")
    evidence = Evidence.objects.filter(assignment__in=duty_access.visible_to(actor))
    return Attachment.objects.filter(
        Exists(access.visible_to(actor).filter(attachment=this))
        | Exists(evidence.filter(Q(attachment=this) | Q(document__attachment=this)))
    )


urlpatterns: list[Any] = [
    path("van-ban/", documents, name="documents"),
    path("van-ban/<uuid:pk>/", document, name="document"),
    path("van-ban/tep/<uuid:pk>/", attachment, name="attachment"),
    *originals.urlpatterns,
    *proofreading.urlpatterns,
]
