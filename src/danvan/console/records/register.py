"""One register: its records in rows, and a new one written below them or on a page of its own."""

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.console.labels import theme_filter
from danvan.console.period_filter import PeriodFilter
from danvan.org.access import require, sees_whole_province
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.periods import quarter_of, window
from danvan.records import access, actions, definitions, rules
from danvan.records.choices import RecordState
from danvan.records.definitions import Field, Register
from danvan.records.models import Record

from .forms import RecordForm, RowForm

TONES = {RecordState.SAVED: "done", RecordState.QUESTIONED: "warn", RecordState.VOID: "idle"}
A_ROW = 9  # fields that fit beside one another, so that a row is typed where it will stand


def with_names(records: QuerySet[Record]) -> QuerySet[Record]:
    """With the definition, and the unit by its name."""
    return records.select_related("definition").prefetch_related(
        Prefetch("unit", Unit.objects.named(clock.today()))
    )


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
        for field in columns_of(register)
    ]
    return Row(
        record=record,
        tone=TONES[RecordState(record.state)],
        cells=cells,
        doubts=list(doubts.values()),
        can_change=access.can_change(actor, record),
    )


def columns_of(register: Register) -> list[Field]:
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
            return redirect(f"{address_of(record)}#id_{found.day}")
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
    by_theme = theme_filter(request.GET, records)
    if by_theme.chosen:
        records = records.filter(themes=by_theme.chosen)
    page = Paginator(with_names(records), 50).get_page(request.GET.get("page"))
    can_keep = access.can_keep(actor, found)
    context = {
        "register": found,
        "columns": columns_of(found),
        "page": page,
        "rows": [_row(found, one, actor) for one in page],
        "questioned": records.questioned().count(),
        "period": period,
        "by_theme": by_theme,
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
    except actions.NotKept as refused:
        form.refuse(refused.errors)
        return None
    say_kept(request, record, _("Đã ghi: %(summary)s.") % {"summary": record.summary})
    return record


def say_kept(request: Request, record: Record, text: str) -> None:
    if record.doubts:
        messages.warning(request, f"{text} {' '.join(record.doubts.values())}")
    else:
        messages.success(request, text)


def address_of(record: Record) -> str:
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
        return redirect(address_of(record))
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
