"""Study of a directive: written into the register, and the record handed in as the result."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
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
from danvan.duties.choices import ENDED, AssignmentState, Origin
from danvan.duties.models import Assignment, Duty
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


@dataclass(frozen=True)
class Reached:
    """Cadres that a directive reached, of how many; counts, without names."""

    attended: int = 0
    cadres: int = 0

    def __add__(self, other: "Reached") -> "Reached":
        return Reached(self.attended + other.attended, self.cadres + other.cadres)

    @property
    def share(self) -> Decimal | None:
        """In hundredths; the whole is wanted."""
        return Decimal(100 * self.attended) / self.cadres if self.cadres else None

    @property
    def tone(self) -> str:
        if not self.cadres:
            return "idle"
        return "done" if self.attended >= self.cadres else "wait"


def reached_by_unit(number: str) -> dict[UUID, Reached]:
    """Unit → how many of its cadres, by its records of study of a document."""
    rows = Record.objects.filter(register=REGISTER, data__document__iexact=number)
    found: dict[UUID, Reached] = {}
    for one in rows.exclude(state="void").only("data", "unit_id") if number else ():
        there = Reached(one.data.get("attended") or 0, one.data.get("cadres") or 0)
        found[one.unit_id] = found.get(one.unit_id, Reached()) + there
    return found


def share_of(number: str) -> dict[str, int]:
    """The same of all units together."""
    whole = sum(reached_by_unit(number).values(), Reached())
    return {"attended": whole.attended, "cadres": whole.cadres}


@dataclass(frozen=True)
class Shares:
    """Of a duty to study: each unit's share, the late and the silent first; what they come to."""

    rows: list[tuple[Assignment, Reached]]

    @property
    def whole(self) -> Reached:
        return sum((one for _row, one in self.rows), Reached())

    @property
    def silent(self) -> int:
        """Units that are to report and have not."""
        return sum(not one.cadres for _row, one in self.rows)

    @property
    def late(self) -> int:
        return sum(row.is_overdue for row, _one in self.rows)


def shares(duty: Duty, rows: Iterable[Assignment]) -> Shares | None:
    """None of a duty that is none of study, or not laid yet."""
    if duty.origin != Origin.STUDY or duty.document is None:
        return None
    laid = [one for one in rows if one.state not in {*ENDED, AssignmentState.PROPOSED}]
    if not laid:
        return None
    known = reached_by_unit(duty.document.number)
    found = [(one, known.get(one.unit_id, Reached())) for one in laid]
    return Shares(sorted(found, key=lambda one: (not one[0].is_overdue, one[1].share or 0)))


urlpatterns = [
    path("nhiem-vu/<uuid:pk>/ghi-so/", write_study, name="write_study"),
    path("nhiem-vu/<uuid:pk>/nop-ban-ghi/<uuid:record>/", hand_in_record, name="hand_in_record"),
]
