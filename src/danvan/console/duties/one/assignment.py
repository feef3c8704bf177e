"""One assignment: its page, and what its unit hands in."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.console.duties.rows import TONES, rows_of, say_reminded
from danvan.console.phrases import sentences
from danvan.duties import access, actions, cascading, ending, life
from danvan.duties.choices import AssignmentState, ExtensionState, Origin
from danvan.duties.models import Assignment, Difficulty, Evidence, Exchange
from danvan.duties.states import Deed, may
from danvan.org.access import require, sees_whole_province, works_for
from danvan.org.actors import Actor
from danvan.org.models import with_units
from danvan.records import access as record_access
from danvan.refusals import NotAccepted
from danvan.reports.definitions import regime_for

from .deadline import deadline_of
from .deed_forms import TellForm
from .deeds import Entry, menu
from .finding import found
from .hand_in import AnswerForm, HandInForm, answers, hands_in

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
    hand_in: HandInForm | AnswerForm | None = None,
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
        "open_records": _open_records(actor, evidence),
        "exchanges": exchanges,
        "asked_extension": asked,
        "deadline": deadline_of(one),
        "earlier": [row for row in chain if row.pk != one.pk],
        "hand_in": hand_in or _form(actor, one),
        "said": said or TellForm(),
        "menu": entries,
        **_next_step(actor, one, {entry.deed: entry for entry in entries}),
        "can_hand_in": may(Deed.SUBMIT, one.state) and access.can_hand_in(actor, one),
        "can_add_evidence": may(Deed.ADD_EVIDENCE, one.state) and access.can_hand_in(actor, one),
        "report_here": _report_here(one),
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


def _report_here(one: Assignment) -> bool:
    """Whether the report that it asks for can be written here: a regime says how."""
    period = one.asks_for_a_report_of
    return period is not None and regime_for(period, clock.today()) is not None


def _form(actor: Actor, one: Assignment) -> HandInForm | AnswerForm | None:
    """What this person can hand in now, or answer."""
    if may(Deed.ADD_EVIDENCE, one.state) and access.can_hand_in(actor, one):
        return HandInForm(assignment=one, by=actor)
    if may(Deed.ANSWER, one.state) and access.can_answer(actor, one):
        return AnswerForm()
    return None


def _with_earlier(one: Assignment) -> list[Assignment]:
    """With those from which it was transferred here, the newest first."""
    chain = [one]
    while (earlier := chain[-1].transferred_from) is not None:
        chain.append(earlier)
    return chain


def _evidence(chain: list[Assignment]) -> list[Evidence]:
    """What was handed in or put by, the newest first: what a later one supersedes stays below it."""
    rows = Evidence.objects.filter(assignment__in=chain)
    beside = ("attachment", "document", "of_record__record__definition")
    return list(rows.select_related(*beside).order_by("-at", "-id"))


def _open_records(actor: Actor, evidence: list[Evidence]) -> set[UUID]:
    """Those of the records handed in that this person may open; of the others the words are enough."""
    handed_in = [one.of_record.record_id for one in evidence if hasattr(one, "of_record")]
    if not handed_in:
        return set()
    visible = record_access.visible_to(actor).filter(pk__in=handed_in)
    return set(visible.values_list("pk", flat=True))


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
        "can_reinstate": steers and ending.can_be_reinstated(one),
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
        except NotAccepted as refusal:
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
    if form := hands_in(request, one):
        return _page(request, one, hand_in=form, tab="ket-qua")
    return _back(pk)


@officer
def answer(request: Request, pk: str) -> HttpResponse:
    one = found(request, pk)
    if request.method != "POST":
        return _page(request, one, tab="ket-qua")
    if form := answers(request, one):
        return _page(request, one, hand_in=form, tab="ket-qua")
    return _back(pk)


@officer
def accept(request: Request, pk: str) -> HttpResponse:
    one = found(request, pk)
    if request.method == "POST":
        try:
            actions.accept(one, by=request.actor)
        except NotAccepted as reason:
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
        except NotAccepted as reason:
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
            ending.reinstate(one, by=request.actor)
        except NotAccepted as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("Đã hoàn tác: việc trở lại như trước."))
    return _back(pk)
