"""Khó khăn, vướng mắc: what hinders units, and who answers."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.console.choosing import offer
from danvan.console.doors import Request, officer
from danvan.console.duties.rows import missing_year
from danvan.console.org.unit_choice import as_id
from danvan.console.phrases import sentences
from danvan.duties import access, difficulties
from danvan.duties.choices import DifficultyState
from danvan.duties.models import Assignment, Difficulty
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.models import Unit, with_units
from danvan.refusals import NotAccepted
from danvan.workdays.rules import MissingYear

TONES = {
    DifficultyState.RAISED: "wait",
    DifficultyState.PASSED_UP: "wait",
    DifficultyState.ANSWERED: "done",
    DifficultyState.CLOSED: "idle",
}


class DifficultyFilter(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("Trạng thái"),
        required=False,
        choices=[("", gettext_lazy("Tất cả")), *DifficultyState.choices],
    )
    whose = forms.ChoiceField(
        label=gettext_lazy("Của ai"),
        required=False,
        choices=[
            ("", gettext_lazy("Tất cả")),
            ("to_answer", gettext_lazy("Đơn vị mình phải trả lời")),
            ("raised", gettext_lazy("Đơn vị mình đã nêu")),
        ],
    )


class DifficultyForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Khó khăn, vướng mắc"),
        max_length=300,
        help_text=gettext_lazy("Một câu ngắn, ví dụ: Chưa có kinh phí in tài liệu tuyên truyền."),
    )
    text = forms.CharField(
        label=gettext_lazy("Nội dung và đề nghị"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Vướng ở đâu, đã làm gì, đề nghị ai giải quyết thế nào. Không ghi tên, địa chỉ người dân."
        ),
    )
    to = forms.ChoiceField(label=gettext_lazy("Gửi đến"))
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, unit: Unit, **values: Any) -> None:
        super().__init__(*args, **values)
        self.handlers = difficulties.handlers(unit)
        offer(self, "to", [(str(one.pk), one.name) for one in self.handlers])
        self.initial.update({"key": str(uuid4())})

    def chosen(self) -> Unit:
        chosen = self.cleaned_data["to"]
        return next(one for one in self.handlers if str(one.pk) == chosen)


class WordsForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Nội dung"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Không ghi tên, địa chỉ người dân."),
    )


@officer
def listed(request: Request) -> HttpResponse:
    """All that one may see, what waits longest first."""
    actor = request.actor
    require(access.can_see_difficulties(actor))
    form = DifficultyFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    visible = access.difficulties_visible_to(actor)
    page = Paginator(_filtered(visible, chosen, actor), 50).get_page(request.GET.get("page"))
    rows = _rows(page.object_list)
    waiting = visible.filter(state__in=difficulties.ASKED)
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "is_filtered": any(chosen.values()),
        "waiting": waiting.count(),
        "mine": waiting.filter(handled_by=actor.unit_id).count(),
        "can_raise": access.can_raise(actor, actor.own_unit),
    }
    return render(request, "console/duties/difficulties.html", context)


def _filtered(
    rows: QuerySet[Difficulty], chosen: dict[str, Any], actor: Actor
) -> QuerySet[Difficulty]:
    if chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    if chosen.get("whose") == "to_answer":
        rows = rows.filter(handled_by=actor.unit_id, state__in=difficulties.ASKED)
    if chosen.get("whose") == "raised":
        rows = rows.filter(unit=actor.unit_id)
    return rows.order_by("-raised_at", "-id")


@dataclass(frozen=True)
class Row:
    """A difficulty as it is shown; `asked`: the assignment by which an answer is waited for."""

    difficulty: Difficulty
    tone: str
    asked: Assignment | None


def _rows(found: Any) -> list[Row]:
    """With both units by name: the same few queries, however many there are."""
    rows = with_units(found, clock.today())
    handlers = Unit.objects.named(clock.today()).in_bulk({one.handled_by_id for one in rows})
    due = difficulties.asked_of_all(rows)
    for one in rows:
        one.handled_by = handlers[one.handled_by_id]
    return [Row(one, TONES[DifficultyState(one.state)], due.get(one.pk)) for one in rows]


@officer
def bring_up(request: Request) -> HttpResponse:
    """A form by itself, or from the page of the assignment that is hindered."""
    actor = request.actor
    require(access.can_raise(actor, actor.own_unit))
    hindered = _hindered(request)
    form = DifficultyForm(request.POST or None, unit=actor.own_unit)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = difficulties.bring_up(
                title=said["title"],
                text=said["text"],
                to=form.chosen(),
                key=said["key"],
                by=actor,
                assignment=hindered,
            )
        except NotAccepted as refusal:
            form.add_error("to", str(refusal))
        except MissingYear as missing:
            form.add_error(None, missing_year(missing))
        else:
            words = {"unit": made.handled_by}
            messages.success(request, _("Đã gửi khó khăn, vướng mắc đến %(unit)s.") % words)
            return redirect("console:difficulty", made.pk)
    context = {"form": form, "hindered": hindered}
    status = 400 if request.method == "POST" else 200
    return render(request, "console/duties/difficulty_new.html", context, status=status)


def _hindered(request: Request) -> Assignment | None:
    asked = as_id(request.GET.get("viec"))
    visible = access.visible_to(request.actor).for_the_hands_of(request.actor)
    return visible.filter(pk=asked).select_related("duty").first() if asked else None


@officer
def difficulty(request: Request, pk: str) -> HttpResponse:
    """One difficulty with its steps; the form of what this person can do with it now."""
    visible = access.difficulties_visible_to(request.actor)
    row = _rows([get_object_or_404(visible.select_related("assignment__duty"), pk=pk)])[0]
    one = row.difficulty
    form = WordsForm(request.POST or None)
    if request.method == "POST":
        deed = next((deed for deed in DEEDS if deed in request.POST), "answer")
        may, do, said = DEEDS[deed]
        require(may(request.actor, one))
        if form.is_valid():
            try:
                do(one, form.cleaned_data["text"], request.actor)
            except NotAccepted as refusal:
                form.add_error("text", str(refusal))
            except MissingYear as missing:
                form.add_error(None, missing_year(missing))
            else:
                messages.success(request, said)
                return redirect("console:difficulty", one.pk)
    context = {
        "difficulty": one,
        "row": row,
        "steps": with_units(one.steps.all(), clock.today()),
        "form": form,
        "hindered_shown": one.assignment_id
        and access.visible_to(request.actor).filter(pk=one.assignment_id).exists(),
        "asked_shown": row.asked
        and access.visible_to(request.actor).filter(pk=row.asked.pk).exists(),
        "can_answer": one.state in difficulties.ASKED
        and access.can_answer_difficulty(request.actor, one),
        "can_see_off": difficulties.waits_to_be_seen(request.actor, one),
        "above": difficulties.above_of(one.handled_by),
        "can_follow": one.state != DifficultyState.CLOSED
        and access.can_follow_difficulty(request.actor, one),
        "history": sentences(one),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "console/duties/difficulty.html", context, status=status)


DEEDS: dict[str, Any] = {
    "answer": (
        access.can_answer_difficulty,
        lambda one, text, by: difficulties.answer(one, text=text, by=by),
        gettext_lazy("Đã trả lời đơn vị."),
    ),
    "pass_up": (
        access.can_answer_difficulty,
        lambda one, text, by: difficulties.pass_up(one, reason=text, by=by),
        gettext_lazy("Đã chuyển cấp trên."),
    ),
    "reopen": (
        access.can_follow_difficulty,
        lambda one, text, by: difficulties.reopen(one, reason=text, by=by),
        gettext_lazy("Đã đề nghị trả lời lại."),
    ),
    "end": (
        access.can_follow_difficulty,
        lambda one, text, by: difficulties.end(one, text=text, by=by),
        gettext_lazy("Đã kết thúc theo dõi."),
    ),
}


@require_POST
@officer
def see(request: Request, pk: str) -> HttpResponse:
    """The unit above has seen it."""
    one = get_object_or_404(access.difficulties_visible_to(request.actor), pk=pk)
    difficulties.see(one, by=request.actor)
    messages.success(request, _("Đã ghi là đã xem."))
    return redirect("console:difficulty", pk)


urlpatterns = [
    path("nhiem-vu/kho-khan/", listed, name="difficulties"),
    path("nhiem-vu/kho-khan/moi/", bring_up, name="raise_difficulty"),
    path("nhiem-vu/kho-khan/<uuid:pk>/", difficulty, name="difficulty"),
    path("nhiem-vu/kho-khan/<uuid:pk>/da-xem/", see, name="see_difficulty"),
]
