"""One assignment: what its unit, and those who follow it, do with it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import pipeline
from danvan.console.doors import Request, officer
from danvan.console.phrases import sentences
from danvan.console.uploads import too_large
from danvan.duties import access, actions
from danvan.duties.choices import AssignmentState
from danvan.duties.models import Assignment
from danvan.org.access import require, sees_whole_province
from danvan.org.actors import Actor

from .rows import NOT_ACCEPTED, TONES, say_reminded


class HandInForm(forms.Form):
    """The result of an assignment: words, a file, or both."""

    file = forms.FileField(
        label=gettext_lazy("Tệp minh chứng"),
        required=False,
        help_text=gettext_lazy("DOCX, PDF, XLSX, ảnh hoặc TXT, đến 50 MB."),
    )
    note = forms.CharField(
        label=gettext_lazy("Kết quả"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Ghi ngắn gọn đã làm gì, khi nào; cần một trong hai, tệp hoặc lời. Không ghi tên người dân."
        ),
    )

    def __init__(self, *args: Any, asks_for_a_plan: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_for_a_plan:
            self.fields["file"].label = _("Tệp kế hoạch")
            self.fields["file"].help_text = _(
                "DOCX, ODT, PDF hoặc bản quét: tệp được đọc để đối chiếu với kế hoạch của tỉnh."
            )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 2}))


def _assignment(request: Request, pk: str) -> Assignment:
    visible = access.visible_to(request.actor).select_related("duty__document", "unit")
    return get_object_or_404(visible, pk=pk)


def _assignment_page(
    request: Request,
    assignment: Assignment,
    *,
    hand_in: HandInForm | None = None,
    reason: ReasonForm | None = None,
) -> HttpResponse:
    actor = request.actor
    evidence = assignment.evidence.select_related("attachment", "document")
    context = {
        "assignment": assignment,
        "asked": {assignment.duty.asked_by_id, assignment.duty.confirmed_by_id} - {None},
        "tone": TONES[AssignmentState(assignment.state)],
        "evidence": list(evidence),
        "hand_in": hand_in or HandInForm(asks_for_a_plan=assignment.duty.asks_for_a_plan),
        "reason": reason or ReasonForm(),
        "can_acknowledge": access.can_acknowledge(actor, assignment)
        and assignment.state == AssignmentState.ASSIGNED,
        "can_hand_in": access.can_hand_in(actor, assignment) and assignment.is_open,
        "can_answer": access.can_answer(actor, assignment)
        and assignment.state == AssignmentState.REQUESTED,
        "can_accept": access.can_decide(actor, assignment)
        and assignment.state == AssignmentState.SUBMITTED,
        "can_remind": access.can_remind(actor) and assignment.is_open,
        "siblings": _siblings(actor, assignment),
        "history": sentences(assignment),
    }
    status = 400 if hand_in or reason else 200
    return render(request, "console/duties/assignment.html", context, status=status)


def _siblings(actor: Actor, assignment: Assignment) -> dict[str, int] | None:
    """How far the other units are with the same duty, for who follows them."""
    if not sees_whole_province(actor):
        return None
    return assignment.duty.assignments.filter(occurrence=assignment.occurrence).progress()


@officer
def assignment(request: Request, pk: str) -> HttpResponse:
    return _assignment_page(request, _assignment(request, pk))


@require_POST
@officer
def acknowledge(request: Request, pk: str) -> HttpResponse:
    actions.acknowledge(_assignment(request, pk), by=request.actor)
    messages.success(request, _("Đã tiếp nhận."))
    return redirect("console:assignment", pk)


@require_POST
@officer
def submit(request: Request, pk: str) -> HttpResponse:
    """Hand in a result; a plan is also read and linked to the plan that it carries out."""
    found = _assignment(request, pk)
    form = HandInForm(request.POST, request.FILES, asks_for_a_plan=found.duty.asks_for_a_plan)
    if reason := too_large(request):
        form.add_error("file", reason)
    if form.is_valid():
        try:
            _hand_in(found, form.cleaned_data, by=request.actor)
        except NOT_ACCEPTED as refusal:
            form.add_error("file" if form.cleaned_data["file"] else "note", str(refusal))
        else:
            messages.success(request, _("Đã nộp kết quả."))
            return redirect("console:assignment", pk)
    return _assignment_page(request, found, hand_in=form)


def _hand_in(found: Assignment, values: dict[str, Any], *, by: Actor) -> None:
    file, note = values["file"], values["note"]
    if file and found.duty.asks_for_a_plan:
        pipeline.hand_in_plan(found, file.read(), file.name, by=by, note=note)
    else:
        content = (file.read(), file.name) if file else None
        actions.submit(found, actions.Proof(note=note, file=content), by=by)


@require_POST
@officer
def answer(request: Request, pk: str) -> HttpResponse:
    found = _assignment(request, pk)
    form = HandInForm(request.POST)
    if form.is_valid():
        try:
            actions.answer(
                found,
                by=request.actor,
                note=form.cleaned_data["note"],
                takes_part="declined" not in request.POST,
            )
        except actions.NotAccepted as reason:
            form.add_error("note", str(reason))
        else:
            messages.success(request, _("Đã ghi phản hồi."))
            return redirect("console:assignment", pk)
    return _assignment_page(request, found, hand_in=form)


@require_POST
@officer
def accept(request: Request, pk: str) -> HttpResponse:
    found = _assignment(request, pk)
    try:
        actions.accept(found, by=request.actor)
    except actions.NotAccepted as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã xác nhận hoàn thành."))
    return redirect("console:assignment", pk)


@require_POST
@officer
def send_back(request: Request, pk: str) -> HttpResponse:
    found = _assignment(request, pk)
    require(access.can_decide(request.actor, found))
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            actions.send_back(found, by=request.actor, reason=form.cleaned_data["reason"])
        except actions.NotAccepted as reason:
            form.add_error("reason", str(reason))
        else:
            messages.success(request, _("Đã trả lại đơn vị kèm lý do."))
            return redirect("console:assignment", pk)
    return _assignment_page(request, found, reason=form)


@require_POST
@officer
def remind(request: Request, pk: str) -> HttpResponse:
    say_reminded(request, actions.remind([_assignment(request, pk)], by=request.actor))
    return redirect("console:assignment", pk)
