"""An event entered: its kind chosen, what it asks, what it would do, done."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from danvan import clock
from danvan.console.day_field import day_typed
from danvan.console.doors import Request, officer
from danvan.console.org.unit_choice import as_id, called
from danvan.org import access
from danvan.org.access import require
from danvan.org.choices import EventKind
from danvan.org.models import Unit
from danvan.workdays.rules import printed

from . import forms, listing, successions

HELPS = {
    EventKind.ESTABLISHED: gettext_noop("Một đơn vị mới bắt đầu, không từ đơn vị nào."),
    EventKind.MERGED: gettext_noop(
        "Nhiều đơn vị thành một: đơn vị mới, hoặc nhập vào một đơn vị đang có."
    ),
    EventKind.SPLIT: gettext_noop("Một đơn vị thành nhiều; đơn vị cũ kết thúc hoặc vẫn còn."),
    EventKind.RENAMED: gettext_noop("Vẫn là đơn vị đó, tên khác."),
    EventKind.MOVED: gettext_noop("Vẫn là đơn vị đó, trực thuộc đơn vị khác."),
    EventKind.LEVEL_CHANGED: gettext_noop(
        "Thị trấn thành phường, chi cục thành sở: đơn vị mới kế thừa đơn vị cũ."
    ),
    EventKind.ENDED: gettext_noop("Đơn vị thôi hoạt động, không có đơn vị kế thừa."),
}

FORMS: dict[EventKind, type[forms.DecisionForm]] = {
    EventKind.ESTABLISHED: forms.EstablishForm,
    EventKind.MERGED: successions.MergeForm,
    EventKind.SPLIT: successions.SplitForm,
    EventKind.RENAMED: forms.RenameForm,
    EventKind.MOVED: forms.MoveForm,
    EventKind.LEVEL_CHANGED: forms.ChangeLevelForm,
    EventKind.ENDED: forms.EndForm,
}


@dataclass(frozen=True)
class Choice:
    kind: EventKind
    help: str


@officer
def add(request: Request) -> HttpResponse:
    """First what happens, then its form, then its consequence in a sentence; then it is done."""
    require(access.can_change_units(request.actor))
    asked = request.POST or request.GET
    unit = _asked_unit(asked.get("of") or asked.get("unit"))
    if asked.get("kind") not in EventKind.values:
        choices = [Choice(kind, _(HELPS[kind])) for kind in EventKind]
        offered = {"choices": choices, "unit": unit}
        return render(request, "console/org/event_kinds.html", offered)
    kind = EventKind(asked["kind"])
    form = _form(request, kind, unit)
    context: dict[str, Any] = {
        "kind": kind,
        "help": _(HELPS[kind]),
        "form": form,
        "unit": unit,
    }
    if request.method != "POST" or "again" in request.POST or not form.is_valid():
        status = 400 if request.method == "POST" and form.errors else 200
        return render(request, "console/org/event_form.html", context, status=status)
    sure = "sure" in request.POST
    refused = listing.refusal(lambda: form.run(request.actor), keep=sure)
    if refused:
        form.add_error(None, refused)
        return render(request, "console/org/event_form.html", context, status=400)
    if not sure:
        return render(request, "console/org/event_preview.html", context | _preview(form))
    messages.success(request, _("Đã ghi: %(sentence)s") % {"sentence": form.sentence()})
    return redirect(f"{reverse('console:org')}?date={form.cleaned_data['on'].isoformat()}")


def _asked_unit(typed: str | None) -> Unit | None:
    pk = as_id(typed)
    return Unit.objects.filter(pk=pk).first() if pk else None


def _form(request: Request, kind: EventKind, unit: Unit | None) -> forms.DecisionForm:
    made = FORMS[kind]
    if request.method == "POST":
        again = "again" in request.POST
        on = day_typed(request.POST.get("on"))
        form = made(request.POST, as_of=on)
        return made(initial=_initial(form)) if again else form
    today = clock.today()
    known = called(unit, today) if unit else ""
    initial: dict[str, Any] = {"unit": known, "units": [known] if known else []}
    if unit and known and kind == EventKind.LEVEL_CHANGED:
        initial |= {"unit_kind": unit.kind, "level": unit.level}
    if kind == EventKind.ESTABLISHED:
        initial["under"] = known
    return made(initial=initial)


def _initial(form: forms.DecisionForm) -> dict[str, Any]:
    """What was typed, to be changed."""
    return {name: form[name].data for name in form.fields}


def _preview(form: forms.DecisionForm) -> dict[str, Any]:
    said = form.cleaned_data
    sentence = _("Từ ngày %(day)s, theo %(basis)s: %(what)s") % {
        "day": printed(said["on"]),
        "basis": said["basis"],
        "what": form.sentence(),
    }
    held = [
        (name, value)
        for name in form.fields
        for value in (form[name].data if isinstance(form[name].data, list) else [form[name].data])
        if value not in (None, False)
    ]
    return {"sentence": sentence, "held": [(name, "on" if v is True else v) for name, v in held]}
