from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

import vanban
from danvan import clock, pipeline
from danvan.documents.models import Document
from danvan.duties import access, actions
from danvan.duties.choices import OPEN, AssignmentState, Part
from danvan.duties.models import Assignment, Duty
from danvan.files.actions import Refused
from danvan.org.access import require, sees_whole_province, works
from danvan.org.actors import Actor
from danvan.org.choices import Level
from danvan.org.models import Unit, with_units
from danvan.org.resolving import NameBook, units_of

from .choosing import offer
from .doors import Request, officer
from .matrices import Matrix, matrix_of
from .phrases import sentences
from .uploads import too_large

NOT_ACCEPTED = (actions.NotAccepted, Refused, vanban.Unreadable)
TONES = {
    AssignmentState.ASSIGNED: "wait",
    AssignmentState.IN_PROGRESS: "work",
    AssignmentState.SUBMITTED: "wait",
    AssignmentState.RETURNED: "warn",
    AssignmentState.DONE: "done",
    AssignmentState.REQUESTED: "wait",
    AssignmentState.ANSWERED: "done",
    AssignmentState.DECLINED: "idle",
}


def _rows(assignments: Iterable[Assignment]) -> list[Assignment]:
    """With the duty and its document, and the unit by its name: each is read once, however many rows."""
    found = with_units(assignments, clock.today())
    duties = Duty.objects.select_related("document").in_bulk({one.duty_id for one in found})
    for one in found:
        one.duty = duties[one.duty_id]
    return found


@dataclass(frozen=True)
class Group:
    """A heading of “Việc của tôi” and its rows; `is_past` where nothing is asked of the unit now."""

    label: str
    rows: list[Assignment]
    is_past: bool = False


def _groups(assignments: list[Assignment], today: date) -> list[Group]:
    week_end = today + timedelta(days=6 - today.weekday())
    far = date.max
    open_ones = [one for one in assignments if one.state in OPEN]
    handed_in = [one for one in assignments if one.state == AssignmentState.SUBMITTED]
    week_ago = today - timedelta(days=7)
    done = [
        one
        for one in assignments
        if one.state == AssignmentState.DONE and one.handed_in_on and one.handed_in_on >= week_ago
    ]
    asked = [one for one in assignments if one.state == AssignmentState.REQUESTED]
    due = {one.pk: one.due_on or far for one in open_ones}
    groups = [
        Group(_("Quá hạn"), [one for one in open_ones if due[one.pk] < today]),
        Group(_("Hôm nay"), [one for one in open_ones if due[one.pk] == today]),
        Group(_("Tuần này"), [one for one in open_ones if today < due[one.pk] <= week_end]),
        Group(_("Sau đó"), [one for one in open_ones if due[one.pk] > week_end]),
        Group(_("Đề nghị phối hợp"), asked),
        Group(_("Chờ nơi khác"), handed_in, is_past=True),
        Group(_("Đã xong tuần này"), done, is_past=True),
    ]
    return [group for group in groups if group.rows]


@officer
def work(request: Request) -> HttpResponse:
    """What is due from the unit, by date; for those who confirm, what waits for them."""
    actor, today = request.actor, clock.today()
    if not works(actor):
        return redirect("console:org")
    own = _rows(access.visible_to(actor).for_the_hands_of(actor).by_due())
    open_ones = [one for one in own if one.is_open]
    context = {
        "groups": _groups(own, today),
        "open_count": len(open_ones),
        "overdue_count": sum(1 for one in open_ones if one.is_overdue),
        "today_count": sum(1 for one in open_ones if one.due_on == today),
        "to_confirm": _to_confirm(actor),
        "late_units": _late_units(actor, today),
    }
    return render(request, "console/duties/work.html", context)


def _to_confirm(actor: Actor) -> list[Assignment]:
    if not actor.is_coordinator:
        return []
    waiting = access.visible_to(actor).filter(
        state=AssignmentState.SUBMITTED, duty__confirmed_by=actor.unit_id
    )
    return _rows(waiting.order_by("handed_in_at")[:50])


@dataclass(frozen=True)
class LateUnit:
    unit: Unit
    late: int
    longest: int  # days


def _late_units(actor: Actor, today: date) -> list[LateUnit]:
    """For who follows all units: whose work is late, the longest first."""
    if not sees_whole_province(actor):
        return []
    late: dict[Unit, list[int]] = {}
    for one in _rows(access.visible_to(actor).overdue(today)):
        late.setdefault(one.unit, []).append(one.days_late)
    rows = [LateUnit(unit, len(days), max(days)) for unit, days in late.items()]
    return sorted(rows, key=lambda row: (-row.longest, -row.late))[:10]


class MatrixFilter(forms.Form):
    """The filters of the matrix; all of them stand in the address."""

    year = forms.TypedChoiceField(label=gettext_lazy("Năm"), coerce=int, required=False)
    group = forms.ChoiceField(label=gettext_lazy("Nhóm đơn vị"), required=False)
    document = forms.ChoiceField(label=gettext_lazy("Văn bản nguồn"), required=False)

    def __init__(
        self, *args: Any, book: NameBook, documents: list[Document], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        this_year = clock.today().year
        offer(self, "year", [(year, year) for year in (this_year, this_year - 1)])
        groups = [(code, f"{label} ({count})") for code, label, count in book.groups()]
        offer(self, "group", [("", _("Cấp tỉnh và cấp huyện")), *groups])
        offer(
            self,
            "document",
            [
                ("", _("Tất cả")),
                *[(str(one.pk), str(one)) for one in documents],
            ],
        )


def _matrix_page(request: Request) -> tuple[MatrixFilter, Matrix]:
    actor, today = request.actor, clock.today()
    book = NameBook(today)
    documents = list(Document.objects.filter(duties__assignments__isnull=False).distinct())
    form = MatrixFilter(request.GET, book=book, documents=documents)
    chosen = form.cleaned_data if form.is_valid() else {}
    year = chosen.get("year") or today.year
    found = access.visible_to(actor).filter(
        assigned_at__gte=clock.start_of_year(year), assigned_at__lt=clock.start_of_year(year + 1)
    )
    if chosen.get("group"):
        found = found.filter(unit__pk__in=book.group(chosen["group"]))
    else:  # communes are followed by their districts
        found = found.exclude(unit__level=Level.COMMUNE)
    if chosen.get("document"):
        found = found.filter(duty__document=chosen["document"])
    return form, matrix_of(_rows(found))


@officer
def matrix(request: Request) -> HttpResponse:
    """Unit × assignment: who is in time, late, missing, returned."""
    require(access.can_see_matrix(request.actor))
    form, found = _matrix_page(request)
    context = {
        "form": form,
        "matrix": found,
        "can_remind": access.can_remind(request.actor),
        "unassigned": Duty.objects.filter(assignments=None).count(),
    }
    return render(request, "console/duties/matrix.html", context)


@require_POST
@officer
def remind_all(request: Request) -> HttpResponse:
    """Remind every unit that is late in the matrix as it is filtered."""
    found = _matrix_page(request)[1]
    late = [one for one in found.assignments if one.is_overdue]
    _say_reminded(request, actions.remind(late, by=request.actor))
    return redirect(f"{reverse('console:matrix')}?{request.GET.urlencode()}")


def _say_reminded(request: Request, reminded: actions.Reminded) -> None:
    text = _("Đã nhắc %(units)d đơn vị.") % {"units": reminded.units}
    if reminded.passed_over:
        text += " " + _("%(units)d đơn vị đã được nhắc hôm nay nên không nhắc lại.") % {
            "units": reminded.passed_over
        }
    messages.success(request, text)


class ListFilter(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("Trạng thái"),
        required=False,
        choices=[
            ("", gettext_lazy("Tất cả")),
            ("overdue", gettext_lazy("Quá hạn")),
            *AssignmentState.choices,
        ],
    )
    part = forms.ChoiceField(
        label=gettext_lazy("Vai trò"),
        required=False,
        choices=[("", gettext_lazy("Tất cả")), *Part.choices],
    )


@officer
def assignments(request: Request) -> HttpResponse:
    """All assignments that one may see, by due day."""
    require(works(request.actor))
    found = access.visible_to(request.actor).by_due()
    form = ListFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    if chosen.get("state") == "overdue":
        found = found.overdue(clock.today())
    elif chosen.get("state"):
        found = found.filter(state=chosen["state"])
    if chosen.get("part"):
        found = found.filter(part=chosen["part"])
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    page.object_list = _rows(page.object_list)
    context = {"form": form, "page": page, "is_filtered": any(chosen.values())}
    return render(request, "console/duties/list.html", context)


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
    _say_reminded(request, actions.remind([_assignment(request, pk)], by=request.actor))
    return redirect("console:assignment", pk)


class AssignForm(forms.Form):
    """Whom a duty is laid on: units, a group, or both."""

    units = forms.MultipleChoiceField(
        label=gettext_lazy("Đơn vị"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=gettext_lazy("Giữ phím Ctrl để chọn nhiều đơn vị."),
    )
    group = forms.ChoiceField(label=gettext_lazy("Nhóm đơn vị"), required=False)

    def __init__(self, *args: Any, book: NameBook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book
        named = Unit.objects.named(book.as_of).existing(book.as_of).exclude(level="commune")
        offer(self, "units", [(str(one.pk), one.name) for one in named])
        groups = [(code, f"{label} ({count})") for code, label, count in book.groups()]
        offer(self, "group", [("", "—"), *groups])

    def chosen(self) -> list[Unit]:
        ids = set(self.cleaned_data["units"])
        if self.cleaned_data["group"]:
            ids |= self.book.group(self.cleaned_data["group"])
        return units_of(ids, self.book.as_of)


@officer
def duty(request: Request, pk: str) -> HttpResponse:
    """A duty with all its assignments; the coordinator lays it on units."""
    found = get_object_or_404(Duty.objects.select_related("document"), pk=pk)
    if not access.can_see_duty(request.actor, found):
        raise Http404
    if request.method == "POST":
        require(access.can_assign(request.actor))
    form = AssignForm(request.POST or None, book=NameBook(clock.today()))
    if request.method == "POST" and form.is_valid():
        fresh = actions.assign(found, actions.Doers(lead=form.chosen()), by=request.actor)
        messages.success(request, _("Đã giao %(count)d việc.") % {"count": len(fresh)})
        return redirect("console:duty", pk)
    rows = _rows(access.visible_to(request.actor).filter(duty=found).by_due())
    context = {
        "duty": found,
        "rows": rows,
        "form": form if access.can_assign(request.actor) else None,
        "history": sentences(found),
    }
    return render(request, "console/duties/duty.html", context)


@officer
def unassigned(request: Request) -> HttpResponse:
    """Duties that no unit has yet: without a lead in the document, or laid on nobody."""
    require(access.can_assign(request.actor))
    rows = Duty.objects.filter(assignments=None).select_related("document")
    return render(request, "console/duties/unassigned.html", {"rows": list(rows)})


urlpatterns = [
    path("", work, name="work"),
    path("nhiem-vu/", matrix, name="matrix"),
    path("nhiem-vu/nhac/", remind_all, name="remind_all"),
    path("nhiem-vu/danh-sach/", assignments, name="assignments"),
    path("nhiem-vu/chua-giao/", unassigned, name="unassigned"),
    path("nhiem-vu/noi-dung/<uuid:pk>/", duty, name="duty"),
    path("nhiem-vu/<uuid:pk>/", assignment, name="assignment"),
    path("nhiem-vu/<uuid:pk>/tiep-nhan/", acknowledge, name="acknowledge"),
    path("nhiem-vu/<uuid:pk>/nop/", submit, name="submit"),
    path("nhiem-vu/<uuid:pk>/phan-hoi/", answer, name="answer"),
    path("nhiem-vu/<uuid:pk>/xac-nhan/", accept, name="accept"),
    path("nhiem-vu/<uuid:pk>/tra-lai/", send_back, name="send_back"),
    path("nhiem-vu/<uuid:pk>/nhac/", remind, name="remind"),
]
