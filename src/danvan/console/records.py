from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.audit.actions import history
from danvan.duties.choices import AssignmentState
from danvan.duties.models import Assignment
from danvan.figures import access as figures_access
from danvan.figures.definitions import FromRecords, Indicator, indicators
from danvan.figures.models import Figure
from danvan.org.access import require, sees_whole_province, works
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.periods import Period, quarter_of, window
from danvan.records import access, actions, definitions, rules
from danvan.records.choices import Group, RecordState
from danvan.records.definitions import Field, Register
from danvan.records.models import Record

from .doors import Request, officer
from .duties.rows import TONES as ASSIGNMENT_TONES
from .period_filter import PeriodFilter
from .phrases import sentences

TONES = {RecordState.SAVED: "done", RecordState.QUESTIONED: "warn", RecordState.VOID: "idle"}
A_ROW = 9  # fields that fit beside one another, so that a row is typed where it will stand


def _named(records: QuerySet[Record]) -> QuerySet[Record]:
    """With the definition, and the unit by its name."""
    return records.select_related("definition").prefetch_related(
        Prefetch("unit", Unit.objects.named(clock.today()))
    )


@dataclass(frozen=True)
class Kept:
    """A register in the list: how far it is kept."""

    register: Register
    now: int
    questioned: int
    last: Record | None


@officer
def registers(request: Request) -> HttpResponse:
    """Which registers are kept, how far, and what is to be looked at."""
    actor, today = request.actor, clock.today()
    require(works(actor))
    period = quarter_of(today)
    known = [one for one in definitions.registers(today) if access.can_see_register(actor, one)]
    kept = how_far(access.visible_to(actor), known, period)
    groups = [
        (group.label, rows)
        for group in Group
        if (rows := [one for one in kept if one.register.group == group])
    ]
    context = {
        "groups": groups,
        "period": period,
        "questioned": sum(one.questioned for one in kept),
        "silent": sum(1 for one in kept if not one.now),
        "sees_all": sees_whole_province(actor),
    }
    return render(request, "console/records/registers.html", context)


def how_far(records: QuerySet[Record], known: list[Register], period: Period) -> list[Kept]:
    start, end = window(period)
    now = Q(occurred_on__gte=start, occurred_on__lt=end) & ~Q(state=RecordState.VOID)
    doubtful = Q(state=RecordState.QUESTIONED)
    grouped = records.order_by().values("register")
    rows = grouped.annotate(now=Count("pk", filter=now), questioned=Count("pk", filter=doubtful))
    counts: dict[str, Any] = {row["register"]: row for row in rows}
    newest = records.order_by("register", "-id").distinct("register")
    last = {one.register: one for one in newest}
    return [
        Kept(
            register=one,
            now=counts.get(one.code, {}).get("now", 0),
            questioned=counts.get(one.code, {}).get("questioned", 0),
            last=last.get(one.code),
        )
        for one in known
    ]


class Asked(forms.Field):
    """One field of a register. What was typed is judged by the register's rules, not here."""

    def clean(self, value: Any) -> str:
        return value or ""


class RecordForm(forms.Form):
    """The fields that a register asks for, as its definition says."""

    use_required_attribute = False
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self,
        register: Register,
        data: QueryDict | None = None,
        *,
        record: Record | None = None,
        begins_with: Mapping[str, str] | None = None,
    ) -> None:
        held = record.data if record else begins_with or {}
        typed = {field.code: rules.typed(field, held.get(field.code)) for field in register.fields}
        super().__init__(data, initial={**typed, "key": str(uuid4())})
        for field in register.fields:
            stays = bool(field.is_personal and held.get(field.code))
            self.fields[field.code] = Asked(
                label=field.label,
                required=field.required and not stays,
                help_text=_("Để trống: giữ như đã ghi.") if stays else field.help,
                widget=_widget(field),
            )

    def refuse(self, errors: dict[str, str]) -> None:
        for code, reason in errors.items():
            self.add_error(code if code in self.fields else None, reason)

    @property
    def columns(self) -> list[forms.BoundField]:
        return [bound for bound in self if not bound.is_hidden]


class RowForm(RecordForm):
    """The fields as the last row of the table; the form itself stands above it."""

    def __init__(self, register: Register, data: QueryDict | None = None) -> None:
        super().__init__(register, data)
        for bound in self.columns:
            is_choice = isinstance(bound.field.widget, forms.Select)
            bound.field.widget.attrs |= {
                "class": "form-select" if is_choice else "form-control",
                "form": "entry",
                "aria-label": bound.label,
            }
            if isinstance(bound.field.widget, forms.DateInput):
                bound.field.widget.attrs |= {"data-date": "", "placeholder": _("ngày/tháng")}


def _widget(field: Field) -> forms.Widget:
    if field.type == "choice":
        choices = [(one.code, one.label) for one in field.choices]
        return forms.Select(choices=[("", _("Chọn")), *choices])
    if field.type == "date":
        return forms.DateInput()
    if field.type == "number":
        return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4})
    if field.type == "long_text":
        return forms.Textarea(attrs={"rows": 4})
    return forms.TextInput(attrs={"autocomplete": "off"})


def _register(request: Request, code: str) -> Register:
    known = {one.code: one for one in definitions.registers(clock.today())}
    if code not in known or not access.can_see_register(request.actor, known[code]):
        raise Http404
    return known[code]


@dataclass(frozen=True)
class Cell:
    field: Field
    text: str
    is_doubtful: bool = False
    is_covered: bool = False


@dataclass(frozen=True)
class Row:
    """A record as a line of its register."""

    record: Record
    tone: str
    cells: list[Cell]
    doubts: list[str]
    can_change: bool


def _row(register: Register, record: Record, actor: Actor) -> Row:
    doubts = record.doubts
    cells = [
        Cell(field, rules.printed(field, record.data.get(field.code)), field.code in doubts)
        for field in _columns(register)
    ]
    return Row(
        record=record,
        tone=TONES[RecordState(record.state)],
        cells=cells,
        doubts=list(doubts.values()),
        can_change=access.can_change(actor, record),
    )


def _columns(register: Register) -> list[Field]:
    """What stands in the table; long words stand on the record's own page."""
    return [field for field in register.fields if field.type != "long_text"]


def _fits_a_row(register: Register) -> bool:
    fields = register.fields
    return len(fields) <= A_ROW and not any("text" in field.type for field in fields)


@officer
def register(request: Request, code: str) -> HttpResponse:
    """A register as a table, and the row that one types next."""
    found = _register(request, code)
    if request.method == "POST":
        form = RowForm(found, request.POST)
        record = _write(request, found, form)
        if record:
            return redirect(f"{_address(record)}#id_{found.day}")
        return _register_page(request, found, form, status=400)
    return _register_page(request, found, RowForm(found))


def _register_page(
    request: Request, found: Register, form: RowForm, *, status: int = 200
) -> HttpResponse:
    actor = request.actor
    period = PeriodFilter(request.GET)
    unit = _chosen_unit(request)
    records = access.visible_to(actor).of(found.code).within(window(period.chosen))
    if unit:
        records = records.filter(unit=unit)
    page = Paginator(_named(records), 50).get_page(request.GET.get("page"))
    can_keep = access.can_keep(actor, found)
    context = {
        "register": found,
        "columns": _columns(found),
        "page": page,
        "rows": [_row(found, one, actor) for one in page],
        "questioned": records.questioned().count(),
        "period": period,
        "unit": unit,
        "units": _units_with(found, actor),
        "shows_units": _sees_several(actor) and unit is None,
        "can_keep": can_keep,
        "form": form if can_keep and _fits_a_row(found) else None,
    }
    return render(request, "console/records/register.html", context, status=status)


def _chosen_unit(request: Request) -> Unit | None:
    """The unit of the address, for who reads those of several; other officers see their own."""
    if not _sees_several(request.actor):
        return request.actor.unit
    code = request.GET.get("unit")
    return get_object_or_404(Unit.objects.named(clock.today()), code=code) if code else None


def _sees_several(actor: Actor) -> bool:
    return sees_whole_province(actor) or actor.has_units_below


def _units_with(found: Register, actor: Actor) -> list[Unit]:
    """Who has written into the register, to choose among."""
    if not _sees_several(actor):
        return []
    writing = access.visible_to(actor).of(found.code).order_by().values("unit")
    return list(Unit.objects.named(clock.today()).filter(pk__in=writing))


def _write(request: Request, found: Register, form: RecordForm) -> Record | None:
    """The record, or none where the form now says what cannot be kept."""
    if not form.is_valid():
        return None
    typed = form.cleaned_data
    key = typed["key"] or str(uuid4())
    try:
        record = actions.write(found, request.actor.own_unit, typed, by=request.actor, key=key)
    except actions.NotAccepted as refused:
        form.refuse(refused.errors)
        return None
    _say(request, record, _("Đã ghi: %(summary)s.") % {"summary": record.summary})
    return record


def _say(request: Request, record: Record, text: str) -> None:
    if record.doubts:
        messages.warning(request, f"{text} {' '.join(record.doubts.values())}")
    else:
        messages.success(request, text)


def _address(record: Record) -> str:
    """The register's page that shows the record."""
    page = reverse("console:register", args=[record.register])
    return f"{page}?period={quarter_of(record.occurred_on)}"


@officer
def write_record(request: Request, code: str) -> HttpResponse:
    """One record a screen."""
    found = _register(request, code)
    require(access.can_keep(request.actor, found))
    sent = request.POST if request.method == "POST" else None
    form = RecordForm(found, sent, begins_with=_begins_with(found, request.GET))
    record = _write(request, found, form) if request.method == "POST" else None
    if record and (assignment := _duty_asked(request.GET)):
        return redirect("console:hand_in_record", assignment, record.pk)
    if record and "again" in request.POST:
        return redirect("console:write_record", code)
    if record:
        return redirect(_address(record))
    context = {"register": found, "form": form}
    status = 400 if request.method == "POST" else 200
    return render(request, "console/records/write.html", context, status=status)


def _duty_asked(asked: QueryDict) -> UUID | None:
    """The assignment whose result is being written, where one comes from it."""
    with suppress(ValueError):
        return UUID(asked.get("viec", ""))
    return None


def _begins_with(found: Register, asked: QueryDict) -> dict[str, str]:
    """What the address says already, where one comes from a duty: words only."""
    words = [one.code for one in found.fields if "text" in one.type and not one.is_personal]
    return {code: asked.get(code, "")[:500] for code in words if code in asked}


def _record(request: Request, code: str, pk: str) -> Record:
    visible = _named(access.visible_to(request.actor))
    return get_object_or_404(visible, register=code, pk=pk)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 2}))


@officer
def record(request: Request, code: str, pk: str) -> HttpResponse:
    """One record: its fields, what came of it, which figures count it."""
    found = _record(request, code, pk)
    actor = request.actor
    context = {
        "record": found,
        "register": found.kept_in,
        "tone": TONES[RecordState(found.state)],
        "cells": _cells(found, opened=request.session.pop(_opened(found), "")),
        "can_open_personal": access.can_open_personal(actor, found),
        "doubts": list(found.doubts.values()),
        "can_change": access.can_change(actor, found),
        "can_conclude": access.can_conclude(actor, found),
        "assignments": _made_of(found),
        "counted_in": _counted_in(found),
        "frozen": _frozen(actor, found),
        "period": quarter_of(found.occurred_on),
        "history": sentences(found),
        "register_address": _address(found),
    }
    return render(request, "console/records/record.html", context)


def _cells(found: Record, *, opened: str) -> list[Cell]:
    """Every field; a personal one is covered unless it was opened for this one showing."""
    return [
        Cell(
            field,
            (rules.uncovered if field.code == opened else rules.printed)(
                field, found.data.get(field.code)
            ),
            field.code in found.doubts,
            is_covered=field.is_personal
            and field.code != opened
            and bool(found.data.get(field.code)),
        )
        for field in found.kept_in.fields
    ]


def _opened(found: Record) -> str:
    return f"opened.{found.pk}"


@require_POST
@officer
def open_personal(request: Request, code: str, pk: str) -> HttpResponse:
    """Show one covered field once; who opened it is recorded."""
    found = _record(request, code, pk)
    require(access.can_open_personal(request.actor, found))
    personal = {one.code: one for one in found.kept_in.fields if one.is_personal}
    field = personal.get(request.POST.get("field", ""))
    if field is None:
        raise Http404
    actions.open_personal(found, field, by=request.actor)
    request.session[_opened(found)] = field.code
    return redirect("console:record", code, pk)


def _made_of(found: Record) -> list[tuple[str, Assignment]]:
    """The assignments that were made of what the record concluded, each with its tone."""
    rows = Assignment.objects.filter(duty__concluded_by__record=found).select_related("duty")
    named = rows.prefetch_related(Prefetch("unit", Unit.objects.named(clock.today())))
    return [(ASSIGNMENT_TONES[AssignmentState(one.state)], one) for one in named.order_by("id")]


def _counted_in(found: Record) -> list[Indicator]:
    if found.state == RecordState.VOID:
        return []
    return [
        one
        for one in indicators(clock.today())
        if any(
            isinstance(part, FromRecords) and part.register == found.register for part in one.parts
        )
    ]


def _frozen(actor: Actor, found: Record) -> list[Figure]:
    """The fixed figures that rest on the record."""
    visible = figures_access.visible_to(actor).filter(counted__contains=[found.pk])
    return list(visible.select_related("definition").order_by("-id")[:20])


class AmendForm(RecordForm):
    """A record's fields again; once a figure has been fixed on it, the reason too."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, record: Record, data: QueryDict | None = None, *, asks_reason: bool) -> None:
        super().__init__(record.kept_in, data, record=record)
        self.initial["revision"] = record.revision
        if asks_reason:
            self.fields["reason"] = forms.CharField(
                label=_("Lý do sửa sau chốt"),
                help_text=_("Số liệu đã chốt giữ nguyên; lý do được ghi vào lịch sử."),
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": _("Ghi lý do sửa sau chốt.")},
            )


@officer
def amend(request: Request, code: str, pk: str) -> HttpResponse:
    """Correct a record. What a colleague changed meanwhile is shown beside what was typed."""
    found = _record(request, code, pk)
    require(access.can_change(request.actor, found))
    asks_reason = Figure.objects.filter(counted__contains=[found.pk]).exists()
    data = request.POST if request.method == "POST" else None
    form = AmendForm(found, data, asks_reason=asks_reason)
    overtaken = None
    if form.is_valid():
        typed = form.cleaned_data
        try:
            found = actions.amend(
                found,
                typed,
                by=request.actor,
                seen=typed["revision"],
                reason=typed.get("reason", ""),
            )
        except actions.NotAccepted as refused:
            form.refuse(refused.errors)
        except actions.Overtaken as met:
            overtaken = met.record
            again = request.POST.copy()
            again["revision"] = str(overtaken.revision)
            form.data = again
        else:
            _say(request, found, _("Đã lưu lúc %(time)s.") % {"time": f"{clock.now():%H:%M}"})
            return redirect("console:record", code, pk)
    context = {"record": found, "register": found.kept_in, "form": form}
    context |= _as_it_stands(overtaken)
    status = 400 if request.method == "POST" else 200
    return render(request, "console/records/amend.html", context, status=status)


def _as_it_stands(record: Record | None) -> dict[str, Any]:
    """Who changed the record last, and to what, so that both texts are there to compare."""
    if record is None:
        return {"overtaken_by": None}
    cells = [
        Cell(field, rules.printed(field, record.data.get(field.code)))
        for field in record.kept_in.fields
    ]
    return {"overtaken_by": history(record).first(), "standing": cells}


@require_POST
@officer
def keep(request: Request, code: str, pk: str) -> HttpResponse:
    """Keep doubtful numbers, with the reason."""
    found = _record(request, code, pk)
    try:
        actions.keep(
            found, by=request.actor, reason=request.POST.get("reason", "").replace("\x00", "")
        )
    except actions.NotAccepted as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Đã giữ số này, kèm lý do."))
    back = _address(found) if "list" in request.POST else reverse("console:record", args=[code, pk])
    return redirect(back)


@officer
def void(request: Request, code: str, pk: str) -> HttpResponse:
    """Ask once, with the reason, then take the record out of every count."""
    found = _record(request, code, pk)
    require(access.can_change(request.actor, found))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.void(found, by=request.actor, reason=form.cleaned_data["reason"])
        messages.success(
            request, _("Đã hủy bản ghi. Bản ghi vẫn xem được, không tính vào số liệu.")
        )
        return redirect("console:record", code, pk)
    context = {"record": found, "register": found.kept_in, "form": form}
    status = 400 if request.method == "POST" else 200
    return render(request, "console/records/void.html", context, status=status)


class DayField(forms.Field):
    """A day as it is typed: “5/3” is 5 March of this year."""

    widget = forms.DateInput

    def to_python(self, value: Any) -> date | None:
        typed = (value or "").strip()
        found = rules.read_day(typed, clock.today()) if typed else None
        if typed and found is None:
            raise forms.ValidationError(_("Ghi ngày dạng ngày/tháng/năm, ví dụ 5/3/2026."))
        return found


class UnitField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class ConcludeForm(forms.Form):
    """What a conclusion asks for: of whom, by when."""

    action = forms.CharField(
        label=gettext_lazy("Nội dung"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = DayField(label=gettext_lazy("Hạn"), required=False)

    def __init__(self, record: Record, data: QueryDict | None, *, by: Actor) -> None:
        initial = {"action": record.conclusion[:500], "unit": by.unit_id}
        super().__init__(data, initial=initial)
        asked = UnitField(label=gettext_lazy("Đơn vị"), queryset=access.can_be_asked(by))
        self.fields["unit"] = asked
        self.order_fields(["action", "unit", "due_on"])

    def clean_due_on(self) -> date | None:
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < clock.today():
            raise forms.ValidationError(_("Ngày này đã qua. Ghi ngày từ hôm nay trở đi."))
        return due_on


@officer
def conclude(request: Request, code: str, pk: str) -> HttpResponse:
    """Make a duty of the conclusion, followed like every other."""
    found = _record(request, code, pk)
    require(access.can_conclude(request.actor, found))
    data = request.POST if request.method == "POST" else None
    form = ConcludeForm(found, data, by=request.actor)
    if form.is_valid():
        made = actions.conclude(found, by=request.actor, **form.cleaned_data)
        messages.success(
            request, _("Đã tạo nhiệm vụ, giao %(unit)s.") % {"unit": form.cleaned_data["unit"].name}
        )
        return redirect(f"{reverse('console:record', args=[code, pk])}#nhiem-vu-{made.pk}")
    context = {"record": found, "register": found.kept_in, "form": form}
    status = 400 if request.method == "POST" else 200
    return render(request, "console/records/conclude.html", context, status=status)


urlpatterns = [
    path("so/", registers, name="registers"),
    path("so/<slug:code>/", register, name="register"),
    path("so/<slug:code>/ghi/", write_record, name="write_record"),
    path("so/<slug:code>/<uuid:pk>/", record, name="record"),
    path("so/<slug:code>/<uuid:pk>/sua/", amend, name="amend_record"),
    path("so/<slug:code>/<uuid:pk>/giu/", keep, name="keep_record"),
    path("so/<slug:code>/<uuid:pk>/huy/", void, name="void_record"),
    path("so/<slug:code>/<uuid:pk>/mo/", open_personal, name="open_personal"),
    path("so/<slug:code>/<uuid:pk>/ket-luan/", conclude, name="conclude"),
]
