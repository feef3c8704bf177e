"""Độ phủ nội dung: what a unit's plan makes of the duties laid on it, sentence beside sentence."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.console.choosing import offer
from danvan.console.doors import Request, officer
from danvan.documents.models import Document
from danvan.duties import access, plans
from danvan.duties.choices import HANDED_IN, AssignmentState, Coverage, Decision
from danvan.duties.coverage import actions, asking
from danvan.duties.coverage.differences import Piece, side_by_side
from danvan.duties.coverage.matching import likeness
from danvan.duties.models import CoverageMatch, PlanDraftLine
from danvan.org.access import require
from danvan.org.models import Unit
from danvan.refusals import NotAccepted

TONES = {Coverage.TAKEN_UP: "done", Coverage.WEAKENED: "warn", Coverage.LEFT_OUT: "warn"}
UNSURE = "unsure"
_SURE_FROM = (
    0.9  # from here on nearly everything found is right, measured; below a person should look
)


@dataclass(frozen=True)
class Row:
    """A duty and what was found, as drawn."""

    match: CoverageMatch
    upper: list[Piece]
    lower: list[Piece]
    nearest: list[Piece]  # left out by the machine: the likeliest sentence all the same
    given_reason: str  # of the unit, where it wrote its plan here and left the duty out

    @property
    def tone(self) -> str:
        return TONES[Coverage(self.match.found)]

    @property
    def is_unsure(self) -> bool:
        if self.match.said_by:
            return False
        return self.match.score < _SURE_FROM

    @property
    def is_asked(self) -> bool:
        """A sentence is shown of which the machine is not sure."""
        return self.is_unsure and bool(self.match.sentence or self.nearest)

    @property
    def sure(self) -> int:
        """In percent, as shown; a machine is never wholly sure."""
        return min(99, round(100 * self.match.score))


def _plan(request: Request, pk: UUID) -> Document:
    plans_seen = access.plans_visible_to(request.actor).select_related("attachment", "filed_by")
    return get_object_or_404(plans_seen, pk=pk)


def _rows(plan: Document) -> list[Row]:
    left_out = PlanDraftLine.objects.filter(draft__document=plan, decision=Decision.LEFT_OUT)
    reasons = dict(left_out.exclude(duty=None).values_list("duty", "reason"))
    matches = plan.covers.select_related("duty__document").order_by(
        "duty__document", "duty__start", "duty"
    )
    return [
        Row(
            one,
            *side_by_side(one.duty.sentence or one.duty.action, one.sentence),
            nearest=_nearest(one),
            given_reason=reasons.get(one.duty_id, ""),
        )
        for one in matches
    ]


def _nearest(match: CoverageMatch) -> list[Piece]:
    if match.said_by or match.found != Coverage.LEFT_OUT:
        return []
    return side_by_side(match.duty.sentence or match.duty.action, match.nearest)[1]


@officer
def coverage(request: Request, pk: UUID) -> HttpResponse:
    """One plan, every duty laid on its unit."""
    return _page(request, _plan(request, pk))


def _page(request: Request, plan: Document, *, problem: str = "") -> HttpResponse:
    rows = _rows(plan)
    verdict = request.GET.get("verdict", "")
    counts = {one: sum(1 for row in rows if row.match.found == one) for one in Coverage}
    assignment = asking.assignment_of(plan)
    state = assignment.state if assignment else None
    can_judge = access.can_judge_coverage(request.actor, plan)
    before, after = _neighbours(request, plan)
    context = {
        "plan": plan,
        "unit": _named(assignment.unit if assignment else plan.filed_by),
        "upper": assignment.duty.document if assignment else None,
        "assignment": assignment,
        "reading": plan.readings.first(),
        "rows": sorted((row for row in rows if _is_asked(row, verdict)), key=_waits),
        "all": len(rows),
        "counts": counts,
        "taken_up": counts[Coverage.TAKEN_UP],
        "weakened": counts[Coverage.WEAKENED],
        "left_out": counts[Coverage.LEFT_OUT],
        "unsure": sum(1 for row in rows if row.is_unsure),
        "verdicts": Coverage.choices,
        "verdict": verdict,
        "before": before,
        "after": after,
        "can_judge": can_judge,
        "can_decide": can_judge and state in HANDED_IN,
        "can_accept": can_judge and state == AssignmentState.SUBMITTED,
        "problem": problem,
    }
    return render(request, "console/duties/coverage.html", context, status=400 if problem else 200)


def _waits(row: Row) -> tuple[int, bool]:
    """What needs a person stands first, what is done steps back."""
    order = [Coverage.LEFT_OUT, Coverage.WEAKENED, Coverage.TAKEN_UP]
    return order.index(Coverage(row.match.found)), not row.is_unsure


def _is_asked(row: Row, verdict: str) -> bool:
    if verdict == UNSURE:
        return row.is_unsure
    return verdict not in Coverage.values or row.match.found == verdict


def _named(unit: Unit | None) -> Unit | None:
    return Unit.objects.named(clock.today()).get(pk=unit.pk) if unit else None


@dataclass(frozen=True)
class Neighbour:
    plan: Document
    unit: Unit


def _neighbours(request: Request, plan: Document) -> tuple[Neighbour | None, Neighbour | None]:
    """The plans before and after it, in the order of units, that carry out the same document."""
    assignment = asking.assignment_of(plan)
    if assignment is None or assignment.duty.document_id is None:
        return None, None
    asked = plans.asked(access.visible_to(request.actor)).filter(
        duty__document=assignment.duty.document_id
    )
    found = [
        Neighbour(row.plan, row.unit)
        for row in plans.standings(asked, clock.today())
        if row.plan is not None
    ]
    place = next((i for i, one in enumerate(found) if one.plan.pk == plan.pk), None)
    if place is None:
        return None, None
    return (
        found[place - 1] if place else None,
        found[place + 1] if place + 1 < len(found) else None,
    )


@require_POST
@officer
def coverage_send_back(request: Request, pk: UUID) -> HttpResponse:
    """Return the plan with the chosen duties as remark."""
    plan = _plan(request, pk)
    chosen = plan.covers.select_related("duty").filter(pk__in=_ids(request))
    try:
        sent = actions.send_back(
            plan, chosen, by=request.actor, remark=request.POST.get("remark", "")
        )
    except NotAccepted as reason:
        return _page(request, plan, problem=str(reason))
    messages.success(request, _("Đã trả lại đơn vị kèm góp ý."))
    return redirect("console:assignment", sent.pk)


def _ids(request: Request) -> list[UUID]:
    found = []
    for one in request.POST.getlist("match"):
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


class SayForm(forms.Form):
    """What a person says of one duty."""

    found = forms.ChoiceField(
        label=gettext_lazy("Kết quả"), choices=Coverage.choices, widget=forms.RadioSelect
    )
    item = forms.ChoiceField(
        label=gettext_lazy("Câu trong kế hoạch"),
        required=False,
        help_text=gettext_lazy("Câu giống nhất đứng trước. Không đưa vào thì không cần chọn."),
    )
    why = forms.CharField(
        label=gettext_lazy("Nhận xét"),
        required=False,
        max_length=actions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Ví dụ: hạn muộn hơn vì chờ văn bản hướng dẫn."),
    )

    def __init__(self, *args: Any, sentences: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "item", [("", "—"), *sentences])


@officer
def coverage_match(request: Request, pk: UUID) -> HttpResponse:
    """One duty: both sentences, why, and another sentence or verdict."""
    row = _match(request, pk)
    can_judge = access.can_judge_coverage(request.actor, row.plan)
    if request.method == "POST":
        require(can_judge)
    form = SayForm(
        request.POST or None,
        sentences=_sentences(row) if can_judge else [],
        initial={"found": row.found, "item": row.item},
    )
    if request.method == "POST":
        try:
            if form.is_valid():
                values = form.cleaned_data
                found = Coverage(values["found"])
                actions.say(
                    row, found=found, item=values["item"], why=values["why"], by=request.actor
                )
                messages.success(request, _("Đã ghi kết quả đối chiếu."))
                return redirect(f"{reverse('console:coverage', args=[row.plan_id])}#c-{row.pk}")
        except NotAccepted as reason:
            form.add_error("item", str(reason))
    upper, lower = side_by_side(row.duty.sentence or row.duty.action, row.sentence)
    context = {
        "row": Row(row, upper, lower, _nearest(row), ""),
        "form": form if can_judge else None,
        "unit": _named(asking.unit_of(row.plan)),
    }
    status = 400 if form.is_bound else 200
    return render(request, "console/duties/coverage_match.html", context, status=status)


def _match(request: Request, pk: UUID) -> CoverageMatch:
    seen = CoverageMatch.objects.filter(plan__in=access.plans_visible_to(request.actor))
    return get_object_or_404(seen.select_related("plan__attachment", "duty__document"), pk=pk)


def _sentences(row: CoverageMatch) -> list[tuple[str, str]]:
    """The sentences of the plan to choose from, the most alike first."""
    reading = asking.read(row.plan)
    said = asking.said(reading) if reading else []
    scores = likeness([asking.asked(row.duty)], said)[0] if said else []
    ordered = sorted(zip(scores, said, strict=True), key=lambda pair: -pair[0])
    return [(one.key, asking.as_words(one)) for _score, one in ordered]


@require_POST
@officer
def coverage_answer(request: Request, pk: UUID) -> HttpResponse:
    """One word about the sentence shown: it is the one, or it is not."""
    row = _match(request, pk)
    try:
        actions.answer(row, is_right=request.POST.get("answer") == "yes", by=request.actor)
    except NotAccepted as reason:
        return _page(request, row.plan, problem=str(reason))
    messages.success(request, _("Đã ghi kết quả đối chiếu."))
    return redirect(_back(request, row))


def _back(request: Request, row: CoverageMatch) -> str:
    """The same tab, at the duty."""
    verdict = request.POST.get("verdict", "")
    asked = f"?verdict={verdict}" if verdict in {*Coverage.values, UNSURE} else ""
    return f"{reverse('console:coverage', args=[row.plan_id])}{asked}#c-{row.pk}"


@require_POST
@officer
def coverage_undo(request: Request, pk: UUID) -> HttpResponse:
    row = actions.undo(_match(request, pk), by=request.actor)
    messages.success(request, _("Đã hoàn tác; kết quả máy tìm được có hiệu lực lại."))
    return redirect(f"{reverse('console:coverage', args=[row.plan_id])}#c-{row.pk}")
