from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock, pipeline
from danvan.console.doors import Request, officer
from danvan.console.phrases import sentences
from danvan.console.uploads import too_large
from danvan.documents import access, actions
from danvan.documents.choices import ReadingState, Relation
from danvan.documents.models import Document, Reading
from danvan.duties import access as duty_access
from danvan.duties.choices import OPEN, PROPOSED_BY_ITSELF, AssignmentState, Part
from danvan.duties.models import Duty, Evidence
from danvan.files.actions import Refused, empty
from danvan.files.models import Attachment
from danvan.org.access import require, sees_whole_province
from danvan.org.actors import Actor
from danvan.refusals import NotAccepted

from . import (
    arrivals,
    citation_places,
    citations,
    deliveries,
    exchange,
    graph,
    originals,
    programmes,
    register,
    taking_back,
    validity,
)
from .proofreading import pages as proofreading
from .proofreading.sheet import headings, tables
from .sources import Mark, paragraphs


@officer
def document(request: Request, pk: str) -> HttpResponse:
    """One document: its facts, its words, what it rests on, what it asks for, who carries it out."""
    actor = request.actor
    known = access.kept_for(actor).select_related("attachment", "filed_by", "issued_by", "ended_by")
    found = get_object_or_404(known, pk=pk)
    reading = found.readings.first()
    duties = _duties(found, actor)
    pointed = next((one for one in duties if str(one.pk) == request.GET.get("duty")), None)
    cited = list(found.citations.select_related("target"))
    is_waiting = found.registered_on is None and found.discarded_at is None
    context = {
        "document": found,
        "reading": reading,
        "tone": register.TONES[ReadingState(reading.state)] if reading else "idle",
        "can_proofread": reading is not None and access.can_proofread(actor, reading),
        "can_discard": access.can_discard(actor, found),
        "can_take_back": found.registered_on is not None and access.can_take_back(actor, found),
        "is_waiting": is_waiting,
        "source": _source(reading, pointed),
        "pointed": pointed,
        "duties": duties,
        "unlaid": pipeline.left_unlaid(reading, by=actor) if reading else 0,
        "sees_all": sees_whole_province(actor),
        "citations": [one for one in cited if one.relation != Relation.CONCRETISES],
        "can_settle": access.can_settle(actor),
        "carries_out": [one.target for one in cited if one.relation == Relation.CONCRETISES],
        "carried_out_by": list(_carried_out_by(found, actor)[: FEW + 1]),
        "few": FEW,
        "resting": _resting(found),
        "holds": validity.beside(found, cited),
        "annexes": found.annexes.select_related("attachment"),
        "can_annex": access.can_check(actor, found),
        "history": sentences(found),
        **deliveries.beside(found, actor),
        **programmes.beside(found, actor),
    }
    return render(request, "console/documents/document.html", context)


FEW = 10  # documents that a card of the page names; the graph has them all


def _resting(document: Document) -> list[Document]:
    """The newest that cite it as a basis; one more than is shown, where there are more."""
    bases = document.cited_by.filter(relation=Relation.BASIS).values("document")
    return list(Document.objects.registered().filter(pk__in=bases).order_by("-id")[: FEW + 1])


@require_POST
@officer
def annex(request: Request, pk: str) -> HttpResponse:
    """A further file of the document."""
    found = get_object_or_404(access.visible_to(request.actor), pk=pk)
    require(access.can_check(request.actor, found))
    file, title = request.FILES.get("file"), request.POST.get("title", "").strip()
    if reason := too_large(request):
        messages.error(request, reason)
    elif file is None or not file.size:
        messages.error(
            request, empty(file.name or "") if file else _("Chọn tệp phụ lục rồi tải lên.")
        )
    else:
        try:
            made = actions.annex(
                found,
                file.read(),
                file.name or "",
                title=title or file.name or "",
                by=request.actor,
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã thêm phụ lục “%(title)s”.") % {"title": made.title})
    return redirect("console:document", pk)


@officer
def discard(request: Request, pk: str) -> HttpResponse:
    """Ask once and for a reason; then the file leaves the lists."""
    found = get_object_or_404(access.visible_to(request.actor), pk=pk)
    require(access.can_discard(request.actor, found))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.discard(found, by=request.actor, reason=form.cleaned_data["reason"])
        except NotAccepted as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã bỏ tệp. Tệp vẫn được lưu và khôi phục được."))
        return redirect("console:document", pk)
    context = {"document": found, "form": form}
    status = 400 if form.errors else 200
    return render(request, "console/documents/discard.html", context, status=status)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do bỏ"),
        max_length=500,
        help_text=gettext_lazy("Ví dụ: tải nhầm bản dự thảo."),
        error_messages={"required": gettext_lazy("Ghi lý do bỏ tệp.")},
    )


@require_POST
@officer
def restore(request: Request, pk: str) -> HttpResponse:
    found = get_object_or_404(access.kept_for(request.actor), pk=pk)
    actions.restore(found, by=request.actor)
    messages.success(request, _("Đã khôi phục tệp."))
    return redirect("console:document", pk)


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
        )
        .exclude(origin__in=PROPOSED_BY_ITSELF, given=0)  # only proposed, or passed over
        .order_by(F("start").asc(nulls_last=True), "id")
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
        Exists(access.kept_for(actor).filter(attachment=this))
        | Exists(access.visible_to(actor).filter(annexes__attachment=this))
        | Exists(evidence.filter(Q(attachment=this) | Q(document__attachment=this)))
    )


urlpatterns: list[Any] = [
    *register.urlpatterns,
    *citations.urlpatterns,
    *citation_places.urlpatterns,
    *validity.urlpatterns,
    path("van-ban/<uuid:pk>/", document, name="document"),
    path("van-ban/<uuid:pk>/phu-luc/", annex, name="add_annex"),
    path("van-ban/<uuid:pk>/bo-tep/", discard, name="discard_document"),
    path("van-ban/<uuid:pk>/khoi-phuc/", restore, name="restore_document"),
    path("van-ban/tep/<uuid:pk>/", attachment, name="attachment"),
    *taking_back.urlpatterns,
    *graph.urlpatterns,
    *programmes.urlpatterns,
    *arrivals.urlpatterns,
    *exchange.urlpatterns,
    *deliveries.urlpatterns,
    *originals.urlpatterns,
    *proofreading.urlpatterns,
]
