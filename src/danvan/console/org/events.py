"""What happened to units: the list of events, one event, and entering another."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from danvan import clock
from danvan.console.day_field import DayField, day_typed
from danvan.console.doors import Request, officer
from danvan.org import access
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.choices import EventKind, Level, UnitKind
from danvan.org.events import (
    ending,
    founding,
    levels,
    merging,
    moving,
    renaming,
    splitting,
    undoing,
)
from danvan.org.events.decisions import Decision, NewUnit
from danvan.org.models import Unit, UnitEvent
from danvan.refusals import NotAccepted
from danvan.workdays.rules import printed

from .changes import changes
from .unit_choice import UnitField, UnitsField, as_id, called

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


# Forms: what is decided, then what each kind of event needs


class DecisionForm(forms.Form):
    """By which document, and from when."""

    use_required_attribute = False
    on = DayField(
        label=gettext_lazy("Từ ngày"),
        help_text=gettext_lazy("Ngày đầu tiên của cái mới, ví dụ 1/7/2025."),
    )
    basis = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        max_length=300,
        help_text=gettext_lazy("Văn bản quyết định: loại, số, ký hiệu và ngày."),
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    is_verified = forms.BooleanField(
        label=gettext_lazy("Đã đối chiếu với văn bản"), required=False, initial=True
    )

    def __init__(self, *args: Any, as_of: date | None = None, **values: Any) -> None:
        super().__init__(*args, **values)
        for field in self.fields.values():
            if isinstance(field, UnitField):
                field.as_of = as_of

    @property
    def decision(self) -> Decision:
        said = self.cleaned_data
        return Decision(
            on=said["on"],
            basis=said["basis"],
            note=said["note"],
            is_verified=said["is_verified"],
        )

    def run(self, by: Actor) -> None:
        raise NotImplementedError

    def sentence(self) -> str:
        raise NotImplementedError


def _unit(label: Any, **values: Any) -> UnitField:
    return UnitField(label=label, **values)


class NewNameForm(forms.Form):
    """What a unit is called."""

    name = forms.CharField(label=gettext_lazy("Tên mới"), max_length=200)
    short_name = forms.CharField(label=gettext_lazy("Tên viết tắt"), max_length=100, required=False)
    aliases = forms.CharField(
        label=gettext_lazy("Tên khác, viết tắt"),
        required=False,
        max_length=600,
        help_text=gettext_lazy("Như viết trong văn bản; nhiều tên cách nhau bằng dấu chấm phẩy."),
    )

    def clean_aliases(self) -> list[str]:
        return [one.strip() for one in self.cleaned_data["aliases"].split(";") if one.strip()]


class NewUnitForm(NewNameForm):
    unit_kind = forms.ChoiceField(label=gettext_lazy("Loại đơn vị"), choices=UnitKind.choices)
    level = forms.ChoiceField(label=gettext_lazy("Cấp"), choices=Level.choices)

    @property
    def new(self) -> NewUnit:
        said = self.cleaned_data
        return NewUnit(
            name=said["name"],
            kind=UnitKind(said["unit_kind"]),
            level=Level(said["level"]),
            short_name=said["short_name"],
            aliases=said["aliases"],
        )


class EstablishForm(NewUnitForm, DecisionForm):
    under = _unit(gettext_lazy("Trực thuộc"), required=False)
    field_order = ["name", "short_name", "aliases", "unit_kind", "level", "under"]

    def sentence(self) -> str:
        said = self.cleaned_data
        if said["under"]:
            return _("%(name)s được thành lập, trực thuộc %(parent)s.") % {
                "name": said["name"],
                "parent": said["under"].name,
            }
        return _("%(name)s được thành lập, không trực thuộc đơn vị nào.") % {"name": said["name"]}

    def run(self, by: Actor) -> None:
        said = self.cleaned_data
        founding.establish(self.new, under=said["under"], decision=self.decision, by=by)


class RenameForm(NewNameForm, DecisionForm):
    unit = _unit(gettext_lazy("Đơn vị"))
    field_order = ["unit", "name", "short_name", "aliases"]

    def sentence(self) -> str:
        said = self.cleaned_data
        return _("%(unit)s đổi tên thành %(name)s; việc, người và số liệu không đổi.") % {
            "unit": said["unit"].name,
            "name": said["name"],
        }

    def run(self, by: Actor) -> None:
        said = self.cleaned_data
        renaming.rename(
            said["unit"],
            said["name"],
            short_name=said["short_name"],
            aliases=said["aliases"],
            decision=self.decision,
            by=by,
        )


class MoveForm(DecisionForm):
    unit = _unit(gettext_lazy("Đơn vị"))
    under = _unit(gettext_lazy("Cấp trên mới"))
    field_order = ["unit", "under"]

    def sentence(self) -> str:
        said = self.cleaned_data
        return _("%(unit)s cùng các đơn vị bên dưới chuyển về trực thuộc %(parent)s.") % {
            "unit": said["unit"].name,
            "parent": said["under"].name,
        }

    def run(self, by: Actor) -> None:
        said = self.cleaned_data
        moving.move(said["unit"], said["under"], decision=self.decision, by=by)


class MergeForm(DecisionForm):
    """Into a unit that goes on, or a new one that is described below it."""

    units = UnitsField(label=gettext_lazy("Các đơn vị nhập lại"))
    into = _unit(
        gettext_lazy("Nhập vào đơn vị đang có"),
        required=False,
        help_text=gettext_lazy("Để trống nếu thành đơn vị mới, và ghi đơn vị mới bên dưới."),
    )
    name = forms.CharField(label=gettext_lazy("Tên đơn vị mới"), max_length=200, required=False)
    short_name = forms.CharField(label=gettext_lazy("Tên viết tắt"), max_length=100, required=False)
    unit_kind = forms.ChoiceField(
        label=gettext_lazy("Loại đơn vị"),
        choices=[("", gettext_lazy("Như các đơn vị nhập lại")), *UnitKind.choices],
        required=False,
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Cấp"),
        choices=[("", gettext_lazy("Như các đơn vị nhập lại")), *Level.choices],
        required=False,
    )
    under = _unit(
        gettext_lazy("Trực thuộc"),
        required=False,
        help_text=gettext_lazy("Để trống nếu như các đơn vị nhập lại."),
    )
    field_order = ["units", "into", "name", "short_name", "unit_kind", "level", "under"]

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("into") and said.get("name"):
            self.add_error("name", _("Chọn một: nhập vào đơn vị đang có, hoặc tên đơn vị mới."))
        elif "into" in said and not said["into"] and not said.get("name"):
            self.add_error("into", _("Ghi đơn vị nhận, hoặc tên đơn vị mới bên dưới."))

    @property
    def _into(self) -> Unit | NewUnit:
        said = self.cleaned_data
        into: Unit | None = said["into"]
        if into:
            return into
        first = said["units"][0]
        return NewUnit(
            name=said["name"],
            kind=UnitKind(said["unit_kind"] or first.kind),
            level=Level(said["level"] or first.level),
            short_name=said["short_name"],
        )

    def sentence(self) -> str:
        said = self.cleaned_data
        into = said["into"]
        ended = [one.name for one in said["units"] if one != into]
        if into:
            words = _(
                "%(units)s kết thúc và nhập vào %(name)s; đơn vị bên dưới chuyển về %(name)s."
            )
        else:
            words = _(
                "%(units)s kết thúc và hợp nhất thành %(name)s (mới); đơn vị bên dưới chuyển về %(name)s."
            )
        return words % {"units": ", ".join(ended), "name": into.name if into else said["name"]}

    def run(self, by: Actor) -> None:
        said = self.cleaned_data
        merging.merge(said["units"], self._into, under=said["under"], decision=self.decision, by=by)


class SplitForm(DecisionForm):
    unit = _unit(gettext_lazy("Đơn vị được chia, tách"))
    keeps = forms.ChoiceField(
        label=gettext_lazy("Đơn vị cũ"),
        choices=[
            ("no", gettext_lazy("Kết thúc: được chia hết")),
            ("yes", gettext_lazy("Vẫn còn: một phần được tách ra")),
        ],
        widget=forms.RadioSelect,
        initial="no",
    )
    parts = forms.CharField(
        label=gettext_lazy("Các đơn vị mới"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=gettext_lazy("Mỗi dòng một tên."),
    )
    unit_kind = forms.ChoiceField(
        label=gettext_lazy("Loại của các đơn vị mới"),
        choices=[("", gettext_lazy("Như đơn vị cũ")), *UnitKind.choices],
        required=False,
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Cấp của các đơn vị mới"),
        choices=[("", gettext_lazy("Như đơn vị cũ")), *Level.choices],
        required=False,
    )
    others = UnitsField(
        label=gettext_lazy("Đơn vị đang có nhận một phần"),
        required=False,
        help_text=gettext_lazy("Để trống nếu chỉ thành đơn vị mới."),
    )
    field_order = ["unit", "keeps", "parts", "unit_kind", "level", "others"]

    def clean_parts(self) -> list[str]:
        return [one.strip() for one in self.cleaned_data["parts"].splitlines() if one.strip()]

    def clean(self) -> None:
        said = self.cleaned_data
        if "others" in said and not said.get("parts") and not said["others"]:
            self.add_error("parts", _("Ghi đơn vị mới, hoặc đơn vị đang có nhận một phần."))

    def sentence(self) -> str:
        said = self.cleaned_data
        names = [*said["parts"], *(one.name for one in said["others"])]
        if said["keeps"] == "no":
            words = _("%(unit)s kết thúc và chia thành %(parts)s.")
        elif said["others"]:
            words = _("Một phần %(unit)s chuyển sang %(parts)s; %(unit)s vẫn còn.")
        else:
            words = _("Một phần %(unit)s tách thành %(parts)s; %(unit)s vẫn còn.")
        return words % {"unit": said["unit"].name, "parts": ", ".join(names)}

    def run(self, by: Actor) -> None:
        said = self.cleaned_data
        unit = said["unit"]
        kind = UnitKind(said["unit_kind"] or unit.kind)
        level = Level(said["level"] or unit.level)
        parts = [*(NewUnit(name, kind, level) for name in said["parts"]), *said["others"]]
        splitting.split(unit, parts, keeps=said["keeps"] == "yes", decision=self.decision, by=by)


class ChangeLevelForm(NewUnitForm, DecisionForm):
    unit = _unit(gettext_lazy("Đơn vị"))
    under = _unit(gettext_lazy("Trực thuộc"), required=False)
    field_order = ["unit", "name", "short_name", "aliases", "unit_kind", "level", "under"]

    def sentence(self) -> str:
        said = self.cleaned_data
        return _("%(unit)s kết thúc; %(name)s (%(kind)s, %(level)s) kế thừa toàn bộ.") % {
            "unit": said["unit"].name,
            "name": said["name"],
            "kind": UnitKind(said["unit_kind"]).label.lower(),
            "level": Level(said["level"]).label.lower(),
        }

    def run(self, by: Actor) -> None:
        said = self.cleaned_data
        levels.change_level(
            said["unit"], self.new, under=said["under"], decision=self.decision, by=by
        )


class EndForm(DecisionForm):
    unit = _unit(gettext_lazy("Đơn vị"))
    field_order = ["unit"]

    def sentence(self) -> str:
        return _("%(unit)s kết thúc hoạt động, chức vụ tại đơn vị kết thúc cùng ngày.") % {
            "unit": self.cleaned_data["unit"].name
        }

    def run(self, by: Actor) -> None:
        ending.end(self.cleaned_data["unit"], decision=self.decision, by=by)


FORMS: dict[EventKind, type[DecisionForm]] = {
    EventKind.ESTABLISHED: EstablishForm,
    EventKind.MERGED: MergeForm,
    EventKind.SPLIT: SplitForm,
    EventKind.RENAMED: RenameForm,
    EventKind.MOVED: MoveForm,
    EventKind.LEVEL_CHANGED: ChangeLevelForm,
    EventKind.ENDED: EndForm,
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
    refused = _refusal(lambda: form.run(request.actor), keep=sure)
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


def _form(request: Request, kind: EventKind, unit: Unit | None) -> DecisionForm:
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


def _initial(form: DecisionForm) -> dict[str, Any]:
    """What was typed, to be changed."""
    return {name: form[name].data for name in form.fields}


def _refusal(action: Callable[[], None], *, keep: bool) -> str:
    """What the action says against it; where it is not to be kept, nothing stays of it."""
    try:
        with transaction.atomic():
            action()
            if not keep:
                transaction.set_rollback(True)
    except NotAccepted as refused:
        return str(refused)
    return ""


def _preview(form: DecisionForm) -> dict[str, Any]:
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


@officer
def listing(request: Request) -> HttpResponse:
    """All that happened to units, newest first."""
    require(access.can_see_units(request.actor))
    found = _filtered(UnitEvent.objects.order_by("-on", "-id"), request)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "page": page,
        "changes": changes(page),
        "kinds": EventKind.choices,
        "unverified": UnitEvent.objects.filter(is_verified=False).count(),
        "asked": asked.urlencode(),
        "day": day_typed(request.GET.get("date")),
        "can_change": access.can_change_units(request.actor),
    }
    return render(request, "console/org/events.html", context)


def _filtered(found: QuerySet[UnitEvent], request: Request) -> QuerySet[UnitEvent]:
    kind = request.GET.get("kind", "")
    if kind in EventKind.values:
        found = found.filter(kind=kind)
    if day := day_typed(request.GET.get("date")):
        found = found.filter(on=day)
    if request.GET.get("unverified"):
        found = found.filter(is_verified=False)
    if words := request.GET.get("q", "").strip()[:100]:
        found = found.filter(Q(basis__icontains=words) | Q(note__icontains=words))
    return found


@officer
def event(request: Request, pk: str) -> HttpResponse:
    """One event: before → after."""
    require(access.can_see_units(request.actor))
    found = get_object_or_404(UnitEvent, pk=pk)
    context = {
        "event": found,
        "change": changes([found])[0],
        "can_change": access.can_change_units(request.actor),
    }
    return render(request, "console/org/event.html", context)


@officer
def undo(request: Request, pk: str) -> HttpResponse:
    """Ask once, then take the event back."""
    require(access.can_change_units(request.actor))
    found = get_object_or_404(UnitEvent, pk=pk)
    context = {"event": found, "change": changes([found])[0]}
    if request.method != "POST":
        return render(request, "console/org/event_undo.html", context)
    on = found.on
    refused = _refusal(lambda: undoing.undo(found, by=request.actor), keep=True)
    if refused:
        messages.warning(request, refused)
        return redirect("console:event", pk)
    messages.success(request, _("Đã hoàn tác sự kiện ngày %(day)s.") % {"day": printed(on)})
    return redirect("console:unit_events")


urlpatterns = [
    path("to-chuc/su-kien/", listing, name="unit_events"),
    path("to-chuc/su-kien/them/", add, name="unit_event"),
    path("to-chuc/su-kien/<uuid:pk>/", event, name="event"),
    path("to-chuc/su-kien/<uuid:pk>/hoan-tac/", undo, name="undo_event"),
]
