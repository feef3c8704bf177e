"""One assignment: its page, and what its unit hands in."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock, pipeline
from danvan.console.doors import Request, officer
from danvan.console.duties.rows import NOT_ACCEPTED, TONES, rows_of, say_reminded
from danvan.console.phrases import sentences
from danvan.console.uploads import too_large
from danvan.documents.models import Document
from danvan.duties import access, actions, cascading, life
from danvan.duties.choices import AssignmentState, ExtensionState, Origin
from danvan.duties.models import Assignment, Difficulty, Evidence, Exchange
from danvan.duties.states import Deed, may
from danvan.org.access import require, sees_whole_province, works_for
from danvan.org.actors import Actor
from danvan.org.models import with_units

from .deadline import deadline_of
from .deed_forms import TellForm
from .deeds import Entry, menu
from .finding import document_numbered, found


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
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Ghi ngắn gọn đã làm gì, khi nào; cần một trong hai, tệp hoặc lời. Không ghi tên người dân."
        ),
    )

    document = forms.CharField(
        label=gettext_lazy("Hoặc số, ký hiệu văn bản đã có trong hệ thống"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Ví dụ 27/KH-STP, hoặc 27/KH-STP ngày 5/3/2024."),
    )

    def __init__(self, *args: Any, by: Actor, asks_for_a_plan: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if asks_for_a_plan:
            self.fields["file"].label = _("Tệp kế hoạch")
            self.fields["file"].help_text = _(
                "DOCX, ODT, PDF hoặc bản quét: tệp được đọc để đối chiếu với kế hoạch của tỉnh."
            )

    def clean_document(self) -> Document | None:
        typed = self.cleaned_data["document"].strip()
        return document_numbered(typed, by=self.by) if typed else None


TABS = ("ket-qua", "cap-duoi", "trao-doi", "lich-su")


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    count: str = ""


def _page(
    request: Request,
    one: Assignment,
    *,
    hand_in: HandInForm | None = None,
    said: TellForm | None = None,
    tab: str = "",
) -> HttpResponse:
    actor = request.actor
    done_below, given_below = cascading.progress_below([one]).get(one.pk, (0, 0))
    chain = _with_earlier(one)
    prefetch_related_objects([one], "extensions")
    asked = next((row for row in one.extensions.all() if row.state == ExtensionState.ASKED), None)
    evidence = _evidence(chain)
    exchanges = _exchanges(chain)
    tabs = [Tab("ket-qua", _("Kết quả và minh chứng"), str(len(evidence)))]
    if given_below:
        tabs.append(Tab("cap-duoi", _("Cấp dưới"), f"{done_below}/{given_below}"))
    tabs += [Tab("trao-doi", _("Trao đổi"), str(len(exchanges))), Tab("lich-su", _("Lịch sử"))]
    shown = tab or request.GET.get("muc", "")
    shown = shown if shown in {each.key for each in tabs} else "ket-qua"
    entries = menu(actor, one, has_asked=asked is not None)
    context = {
        "assignment": one,
        "tone": TONES[AssignmentState(one.state)],
        "tabs": tabs,
        "tab": shown,
        "evidence": evidence,
        "exchanges": exchanges,
        "asked_extension": asked,
        "deadline": deadline_of(one),
        "earlier": [row for row in chain if row.pk != one.pk],
        "hand_in": hand_in or HandInForm(by=actor, asks_for_a_plan=one.duty.asks_for_a_plan),
        "said": said or TellForm(),
        "menu": entries,
        **_next_step(actor, one, {entry.deed: entry for entry in entries}),
        "can_hand_in": may(Deed.SUBMIT, one.state) and access.can_hand_in(actor, one),
        "can_add_evidence": may(Deed.ADD_EVIDENCE, one.state) and access.can_hand_in(actor, one),
        "can_answer": may(Deed.ANSWER, one.state) and access.can_answer(actor, one),
        "can_write": access.can_write_to(actor, one),
        "difficulty": _difficulty(one),
        "difficulties": list(access.difficulties_visible_to(actor).filter(assignment=one)),
        "can_raise": access.can_do(actor, one) and one.is_open,
        "siblings": _siblings(actor, one),
    }
    if shown == "cap-duoi":
        context |= _below(request, one)
    if shown == "lich-su":
        context |= {"history": sentences(one), "asked": _asked(one)}
    status = 400 if hand_in or said else 200
    return render(request, "console/duties/assignment.html", context, status=status)


def _with_earlier(one: Assignment) -> list[Assignment]:
    """With those from which it was transferred here, the newest first."""
    chain = [one]
    while (earlier := chain[-1].transferred_from) is not None:
        chain.append(earlier)
    return chain


def _evidence(chain: list[Assignment]) -> list[Evidence]:
    """What was handed in or put by, the newest first: what a later one supersedes stays below it."""
    rows = Evidence.objects.filter(assignment__in=chain)
    return list(rows.select_related("attachment", "document").order_by("-at", "-id"))


def _exchanges(chain: list[Assignment]) -> list[Exchange]:
    return with_units(Exchange.objects.filter(assignment__in=chain), clock.today())


def _asked(one: Assignment) -> set[UUID | None]:
    return {one.asking.pk, one.confirming.pk if one.confirming else None} - {None}


def _difficulty(one: Assignment) -> Difficulty | None:
    """The difficulty that this one is there to answer."""
    if one.duty.origin != Origin.DIFFICULTY:
        return None
    return Difficulty.objects.filter(steps__assignment=one).first()


def _next_step(actor: Actor, one: Assignment, entries: dict[str, Entry]) -> dict[str, Any]:
    """The one main button, and a second beside it; the rest stands in the menu."""
    state, steers = one.state, access.can_steer(actor, one)
    return {
        "can_acknowledge": state == AssignmentState.ASSIGNED
        and access.can_acknowledge(actor, one)
        and one.duty.origin != Origin.DIFFICULTY,
        "can_accept": may(Deed.ACCEPT, state) and access.can_decide(actor, one),
        "can_remind": may(Deed.REMIND, state)
        and (access.can_remind(actor) or (steers and not works_for(actor, one.unit))),
        "can_reinstate": steers and life.can_be_reinstated(one),
        "main": next((entries[deed] for deed in _MAIN if deed in entries), None),
        "second": next((entries[deed] for deed in _SECOND if deed in entries), None),
    }


_MAIN = (Deed.UPHOLD, Deed.DECIDE_EXTENSION, Deed.RESUME)
_SECOND = (Deed.SEND_BACK, Deed.ASK_EXTENSION)


def _below(request: Request, one: Assignment) -> dict[str, Any]:
    """Those to whom it was handed down, the late ones first; each with what is below it."""
    children = one.children.exclude(state__in=[AssignmentState.TRANSFERRED]).by_due()
    page = Paginator(children, 50).get_page(request.GET.get("page"))
    rows = rows_of(page.object_list)
    below = cascading.progress_below(rows)
    shown = [(row, below.get(row.pk)) for row in rows]
    late = one.children.overdue(clock.today()).count()
    levels = cascading.progress_of_levels(one)
    steers = access.can_do(request.actor, one) or access.can_remind(request.actor)
    return {
        "page": page,
        "rows": shown,
        "late_below": late,
        "levels": levels,
        "can_remind_below": late and steers,
    }


def _siblings(actor: Actor, assignment: Assignment) -> dict[str, int] | None:
    """How far the other units are with the same duty, for who follows them."""
    if not sees_whole_province(actor):
        return None
    rows = assignment.duty.assignments.at_the_top().led()
    return rows.filter(occurrence=assignment.occurrence).progress()


@officer
def assignment(request: Request, pk: str) -> HttpResponse:
    return _page(request, found(request, pk))


def _back(pk: object, tab: str = "") -> HttpResponse:
    address = reverse("console:assignment", args=[pk])
    return redirect(f"{address}?muc={tab}" if tab else address)


@officer
def acknowledge(request: Request, pk: str) -> HttpResponse:
    one = found(request, pk)
    if request.method == "POST":
        try:
            actions.acknowledge(one, by=request.actor)
        except actions.NotAccepted as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã tiếp nhận."))
    return _back(pk)


@officer
def submit(request: Request, pk: str) -> HttpResponse:
    """Hand in a result; a plan is also read and linked to the plan that it carries out."""
    one = found(request, pk)
    if request.method != "POST":
        return _page(request, one, tab="ket-qua")
    form = HandInForm(
        request.POST,
        request.FILES,
        by=request.actor,
        asks_for_a_plan=one.duty.asks_for_a_plan,
    )
    if reason := too_large(request):
        form.add_error("file", reason)
    if form.is_valid():
        try:
            if "put_by" in request.POST:
                actions.add_evidence(one, _proof(form.cleaned_data), by=request.actor)
                said = _("Đã thêm minh chứng. Việc chưa nộp kết quả.")
            else:
                _hand_in(one, form.cleaned_data, by=request.actor)
                said = _("Đã nộp kết quả.")
        except NOT_ACCEPTED as refusal:
            form.add_error("file" if form.cleaned_data["file"] else "note", str(refusal))
        else:
            messages.success(request, said)
            return _back(pk)
    return _page(request, one, hand_in=form, tab="ket-qua")


def _proof(values: dict[str, Any]) -> actions.Proof:
    file = values["file"]
    content = (file.read(), file.name) if file else None
    return actions.Proof(note=values["note"], file=content, document=values["document"])


def _hand_in(one: Assignment, values: dict[str, Any], *, by: Actor) -> None:
    file, note = values["file"], values["note"]
    if file and one.duty.asks_for_a_plan:
        pipeline.hand_in_plan(one, file.read(), file.name, by=by, note=note)
    else:
        actions.submit(one, _proof(values), by=by)


@officer
def answer(request: Request, pk: str) -> HttpResponse:
    one = found(request, pk)
    if request.method != "POST":
        return _page(request, one, tab="ket-qua")
    form = HandInForm(request.POST, by=request.actor)
    if form.is_valid():
        try:
            actions.answer(
                one,
                by=request.actor,
                note=form.cleaned_data["note"],
                takes_part="declined" not in request.POST,
            )
        except actions.NotAccepted as reason:
            form.add_error("note", str(reason))
        else:
            messages.success(request, _("Đã ghi phản hồi."))
            return _back(pk)
    return _page(request, one, hand_in=form, tab="ket-qua")


@officer
def accept(request: Request, pk: str) -> HttpResponse:
    one = found(request, pk)
    if request.method == "POST":
        try:
            actions.accept(one, by=request.actor)
        except actions.NotAccepted as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("Đã xác nhận hoàn thành."))
    return _back(pk)


@officer
def remind(request: Request, pk: str) -> HttpResponse:
    one = found(request, pk)
    if request.method == "POST":
        say_reminded(request, actions.remind([one], by=request.actor))
    return _back(pk)


@officer
def remind_below(request: Request, pk: str) -> HttpResponse:
    """Remind the late ones of those to whom it was handed down."""
    one = found(request, pk)
    if request.method == "POST":
        require(access.can_do(request.actor, one) or access.can_remind(request.actor))
        late = list(one.children.overdue(clock.today()).select_related("duty", "unit"))
        for each in late:
            each.duty, each.parent = one.duty, one
        if late:
            say_reminded(request, actions.remind(late, by=request.actor))
    return _back(pk, "cap-duoi")


@officer
def tell(request: Request, pk: str) -> HttpResponse:
    one = found(request, pk)
    if request.method != "POST":
        return _page(request, one, tab="trao-doi")
    require(access.can_write_to(request.actor, one))
    form = TellForm(request.POST)
    if form.is_valid():
        try:
            life.tell(
                one, form.cleaned_data["text"], key=form.cleaned_data["key"], by=request.actor
            )
        except actions.NotAccepted as reason:
            form.add_error("text", str(reason))
        else:
            messages.success(request, _("Đã gửi trao đổi."))
            return _back(pk, "trao-doi")
    return _page(request, one, said=form, tab="trao-doi")


@officer
def reinstate(request: Request, pk: str) -> HttpResponse:
    one = found(request, pk)
    if request.method == "POST":
        try:
            life.reinstate(one, by=request.actor)
        except actions.NotAccepted as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("Đã hoàn tác: việc trở lại như trước."))
    return _back(pk)
