"""Study of a directive: written into the register, and the record handed in as the result."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from danvan import clock, pipeline
from danvan.console.doors import Request, officer
from danvan.console.duties.rows import NOT_ACCEPTED
from danvan.duties import access
from danvan.duties.choices import Origin
from danvan.duties.models import Assignment
from danvan.org.access import require
from danvan.records import access as record_access
from danvan.records import definitions
from danvan.records.models import Record

REGISTER = "study"


def _assignment(request: Request, pk: UUID) -> Assignment:
    visible = access.visible_to(request.actor).filter(duty__origin=Origin.STUDY)
    return get_object_or_404(visible.select_related("duty__document", "unit"), pk=pk)


@officer
def write_study(request: Request, pk: UUID) -> HttpResponse:
    """To the register's form, which begins with what the duty says."""
    found = _assignment(request, pk)
    require(access.can_hand_in(request.actor, found))
    known = {one.code: one for one in definitions.registers(clock.today())}
    register = known.get(REGISTER)
    if register is None or not record_access.can_keep(request.actor, register):
        messages.warning(
            request, _("Đơn vị không giữ sổ quán triệt, học tập: ghi kết quả bằng lời khi nộp.")
        )
        return redirect("console:assignment", pk)
    document = found.duty.document
    said = {
        "document": document.number if document else found.duty.action,
        "title": document.title[:300] if document else "",
        "viec": str(found.pk),
    }
    return redirect(f"{reverse('console:write_record', args=[REGISTER])}?{urlencode(said)}")


@officer
def hand_in_record(request: Request, pk: UUID, record: UUID) -> HttpResponse:
    """Asks whether what was just written is the result, then hands it in."""
    found = _assignment(request, pk)
    require(access.can_hand_in(request.actor, found))
    kept = get_object_or_404(
        record_access.visible_to(request.actor).filter(register=REGISTER), pk=record
    )
    if request.method == "POST":
        try:
            pipeline.hand_in_result(found, [], records=[kept], by=request.actor)
        except NOT_ACCEPTED as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã nộp kết quả."))
        return redirect("console:assignment", pk)
    context = {"assignment": found, "record": kept, "note": pipeline.note_of(kept)}
    return render(request, "console/duties/proposal_record.html", context)


def share_of(number: str) -> dict[str, int]:
    """How many cadres a document reached, of how many, by all registers of study."""
    rows = Record.objects.filter(register=REGISTER, data__document__iexact=number)
    held = [one.data for one in rows.exclude(state="void").only("data")]
    return {
        "attended": sum(one.get("attended") or 0 for one in held),
        "cadres": sum(one.get("cadres") or 0 for one in held),
    }


urlpatterns = [
    path("nhiem-vu/<uuid:pk>/ghi-so/", write_study, name="write_study"),
    path("nhiem-vu/<uuid:pk>/nop-ban-ghi/<uuid:record>/", hand_in_record, name="hand_in_record"),
]
