"""How a unit's plan begins: a line for each duty laid on the unit, in the words of its document."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from danvan import clock
from danvan.audit.actions import NOTHING, record
from danvan.documents import issuing
from danvan.documents.models import Document
from danvan.documents.official.layout import date_in_words
from danvan.duties import access
from danvan.duties.choices import ENDED, AssignmentState, Decision, Part
from danvan.duties.drafts import words
from danvan.duties.models import Assignment, AssignmentQuerySet, PlanDraft, PlanDraftLine
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.heirs import left_to
from danvan.org.models import Unit
from danvan.text import in_vietnamese

NOT_LAID = {AssignmentState.PROPOSED, AssignmentState.DECLINED, *ENDED}
LAST = 1000  # the place of what is said of the plan itself, behind all duties


@transaction.atomic
def begin(assignment: Assignment, *, by: Actor) -> PlanDraft:
    """Start the plan that an assignment asks for, with a line for each duty of the same document.

    Begun once it is the one that was begun.
    """
    require(access.can_write_plan(by, assignment.unit))
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if known := assignment.plan_drafts.first():
        return known
    document = assignment.duty.document
    year = (document.year if document else None) or clock.today().year
    draft = _begun(_whose(assignment, by), year, assignment, document, by)
    put(draft, _duties_of(laid_on(draft).filter(duty__document=document)), by)
    return draft


def _whose(assignment: Assignment, by: Actor) -> Unit:
    """The unit that plans: of one that ended, the one that it went into."""
    is_there = Unit.objects.existing(clock.today()).filter(pk=assignment.unit_id).exists()
    return assignment.unit if is_there else by.own_unit


@transaction.atomic
def begin_own(unit: Unit, year: int, *, by: Actor) -> PlanDraft:
    """A plan that nobody asked for, from the duties of the year. Begun once it is the one begun."""
    require(access.can_write_plan(by, unit))
    Unit.objects.select_for_update().get(pk=unit.pk)
    known = PlanDraft.objects.filter(unit=unit, year=year, assignment=None).first()
    if known:
        return known
    draft = _begun(unit, year, None, None, by)
    laid = _duties_of(laid_on(draft).open().filter(duty__document__planned_from=year))
    uppers = {one.duty.document_id: one.duty.document for one in laid if one.duty.document}
    draft.bases = "\n".join(map(cited, uppers.values()))
    draft.save(update_fields=["bases"])
    put(draft, laid, by)
    return draft


@in_vietnamese
def _begun(
    unit: Unit, year: int, assignment: Assignment | None, upper: Document | None, by: Actor
) -> PlanDraft:
    unit = Unit.objects.named(clock.today()).get(pk=unit.pk)
    subject = (upper.title if upper else "") or f"Thực hiện công tác dân vận chính quyền năm {year}"
    draft = PlanDraft.objects.create(
        unit=unit,
        year=year,
        assignment=assignment,
        title=f"{subject} của {issuing.in_full(unit.name)}"[:500],
        bases=cited(upper) if upper else "",
        purpose=_purpose(unit, upper),
        recipients="\n".join(_recipients(unit, assignment)),
        changed_by=by.name,
        changed_at=clock.now(),
    )
    record(draft, "plan_begun", by=by, before=NOTHING)
    new_line(draft, by, place=LAST, decision=Decision.OWN, lead=unit.name, action=_FOLLOWING)
    return draft


_FOLLOWING = "Theo dõi, đôn đốc, hướng dẫn thực hiện Kế hoạch này"


def cited(document: Document) -> str:
    """“Thực hiện Kế hoạch số 15/KH-UBND ngày 20 tháng 02 năm 2024 của … về …”, as plans print it."""
    name = f"{document.kind or 'Văn bản'} số {document.number}" if document.number else ""
    day = date_in_words(document.issued_on) if document.issued_on else ""
    issuer = f"của {_as_body(document.issuer)}" if document.issuer else ""
    about = f"về {words.lowered(document.title)}" if document.title else ""
    return " ".join(filter(None, ("Thực hiện", name or document.kind, day, issuer, about)))


def _as_body(issuer: str) -> str:
    """ỦY BAN NHÂN DÂN TỈNH TÂN GIANG → Ủy ban nhân dân tỉnh Tân Giang."""
    if not issuer.isupper():
        return issuing.in_full(issuer)
    place = issuer.removeprefix("ỦY BAN NHÂN DÂN ")
    kind, _space, name = place.partition(" ")
    if place == issuer or not name:
        return issuer.capitalize()
    return f"Ủy ban nhân dân {kind.lower()} {name.title()}"


def _purpose(unit: Unit, upper: Document | None) -> str:
    asked = f" được giao tại {upper}" if upper else " được giao"
    return (
        f"Triển khai đầy đủ, đúng thời hạn các nhiệm vụ{asked}.\n"
        f"Xác định rõ nội dung, thời hạn và trách nhiệm của từng phòng, đơn vị thuộc {unit.name}."
    )


def _recipients(unit: Unit, assignment: Assignment | None) -> list[str]:
    duty = assignment.duty if assignment else None
    issued_by = duty.document.issued_by_id if duty and duty.document else None
    upper = Unit.objects.named(clock.today()).filter(pk=issued_by).first() if issued_by else None
    above = upper or issuing.province(clock.today())
    named = [
        f"{above.name} (b/c)" if above and above.pk != unit.pk else "",
        duty.deliver_to if duty else "",
        f"Lãnh đạo {unit.name}",
        "Các phòng, đơn vị trực thuộc",
        "Lưu: VT",
    ]
    return list(dict.fromkeys(one for one in named if one))


def laid_on(draft: PlanDraft) -> AssignmentQuerySet:
    """What is laid on the unit of a draft, and may stand in its plan; plans themselves do not."""
    left = left_to(draft.unit_id, clock.today())
    laid = Assignment.objects.filter(unit__in=left).exclude(state__in=NOT_LAID)
    if draft.assignment_id:
        laid = laid.exclude(duty__assignments=draft.assignment_id)
    return laid.select_related("duty__document").order_by("duty", "due_on")


def other_duties(draft: PlanDraft) -> list[Assignment]:
    """Open duties of the year that the draft does not hold, once each."""
    held = draft.lines.exclude(duty=None).values("duty")
    found = laid_on(draft).open().exclude(duty__in=held)
    of_the_year = [one for one in found if one.due_on is None or one.due_on.year == draft.year]
    return list({one.duty_id: one for one in reversed(of_the_year)}.values())[::-1]


def _duties_of(assignments: Iterable[Assignment]) -> list[Assignment]:
    """One for each duty: of its occurrences the first."""
    first: dict[UUID, Assignment] = {}
    for one in assignments:
        first.setdefault(one.duty_id, one)
    return list(first.values())


def put(draft: PlanDraft, assignments: Sequence[Assignment], by: Actor) -> None:
    known = set(draft.lines.exclude(duty=None).values_list("duty", flat=True))
    unit = Unit.objects.named(clock.today()).get(pk=draft.unit_id)
    place = draft.lines.exclude(duty=None).aggregate(last=Max("place"))["last"] or 0
    for one in assignments:
        if one.duty_id not in known:
            place += 1
            new_line(draft, by, place=place, duty=one.duty, **prefilled(one, unit))


def prefilled(assignment: Assignment, unit: Unit) -> dict[str, str]:
    duty = assignment.duty
    printed = words.Printed(duty.sentence or duty.action, duty.action, duty.cooperating, duty.due)
    action, cooperating = words.action_of(printed), ", ".join(duty.cooperating)
    if assignment.part == Part.COOPERATING:
        leads = ", ".join(duty.lead)
        own = action.removeprefix("Chủ trì").strip(" ,")
        action, cooperating = f"Phối hợp với {leads} {words.lowered(own)}", ""
    return {
        "lead": unit.name,
        "action": action,
        "cooperating": cooperating[:500],
        "due": words.due_of(duty.due)[:200],
    }


def new_line(draft: PlanDraft, by: Actor, **values: Any) -> PlanDraftLine:
    return PlanDraftLine.objects.create(
        draft=draft, changed_by=by.name, changed_at=clock.now(), **values
    )
