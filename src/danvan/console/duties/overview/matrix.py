"""The matrix of a year: units down, assignments across."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.console import sheets
from danvan.console.choosing import offer
from danvan.console.doors import Request, officer
from danvan.console.duties.rows import say_reminded
from danvan.definitions.models import Definition
from danvan.duties import access, actions
from danvan.duties.models import Assignment, Duty, Theme
from danvan.org.access import require
from danvan.org.choices import Level
from danvan.org.models import Unit, UnitPath, named_units
from danvan.statements import kept

from . import drawing
from .matrices import Matrix, cells_of, fold, matrix_of

BELOW = "below:"  # a unit: “below:⟨id⟩”


class MatrixFilter(forms.Form):
    """The filters of the matrix; all of them stand in the address."""

    year = forms.TypedChoiceField(label=gettext_lazy("Năm"), coerce=int, required=False)
    group = forms.ChoiceField(label=gettext_lazy("Nhóm đơn vị"), required=False)
    document = forms.ChoiceField(label=gettext_lazy("Văn bản nguồn"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Chủ đề, chương trình"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        offer(self, "year", [(year, year) for year in (today.year, today.year - 1)])
        self._groups = Definition.objects.in_force("unit_groups", today)
        offer(
            self,
            "group",
            [
                ("", _("Cấp tỉnh và cấp huyện")),
                *[(one.code, one["label"]) for one in self._groups],
                *_below(self.data.get("group", ""), today),
            ],
        )
        themes = Theme.objects.values_list("pk", "title", "year_from")
        offer(
            self,
            "theme",
            [("", _("Tất cả")), *[(str(pk), f"{title} ({year})") for pk, title, year in themes]],
        )
        self.fields["document"] = forms.CharField(
            label=gettext_lazy("Văn bản nguồn"), required=False, widget=forms.Select()
        )

    @cached_property
    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value}

    @property
    def year_asked(self) -> int:
        return int(self.chosen.get("year") or clock.today().year)

    def units(self) -> list[Unit]:
        """The units of the chosen group, in their order; communes are followed by their districts."""
        today, group = clock.today(), self.chosen.get("group", "")
        named = Unit.objects.named(today)
        if group.startswith(BELOW):
            return _units_below(top=UUID(group.removeprefix(BELOW)), today=today)
        if group:
            found = next(one for one in self._groups if one.code == group)
            kinds = Q()
            for match in found["match"]:
                kinds |= Q(kind=match["kind"], level=match["level"])
            return list(named.existing(today).filter(kinds))
        return list(named.exclude(level=Level.COMMUNE).exclude(level=Level.HAMLET))

    def offer_documents(self, duties: dict[str, Duty]) -> None:
        """Those that anything was laid on anybody from."""
        found = {duty.document for duty in duties.values()}
        labels = sorted((str(one), str(one.pk)) for one in found if one)
        self.fields["document"].widget.choices = [
            ("", _("Tất cả")),
            *[(key, label) for label, key in labels],
        ]


def _below(asked: str, today: date) -> Iterator[tuple[str, str]]:
    """The communes of a district; of any other unit that the address names all that stand below it."""
    above = None
    if asked.startswith(BELOW):
        with suppress(ValueError):
            above = UUID(asked.removeprefix(BELOW))
    top = named_units({above}, today).get(above) if above else None
    if top and top.level != Level.DISTRICT:
        yield f"{BELOW}{top.pk}", _("Cấp dưới của %(unit)s") % {"unit": top.name}
    else:
        above = None
    for one in _districts(top=above, today=today):
        yield f"{BELOW}{one.pk}", _("Cấp xã thuộc %(unit)s") % {"unit": one.name}


@kept
def _districts(top: UUID | None, today: date) -> QuerySet[Unit]:
    found = Unit.objects.named(today).existing(today).filter(level=Level.DISTRICT)
    below = UnitPath.objects.below(top, today).values("unit") if top else None
    return found.filter(pk__in=below) if below is not None else found


@kept
def _units_below(top: UUID, today: date) -> QuerySet[Unit]:
    below = UnitPath.objects.below(top, today)
    return Unit.objects.named(today).filter(pk__in=below.values("unit"))


def _matrix_of(request: Request) -> tuple[MatrixFilter, Matrix]:
    form = MatrixFilter(request.GET)
    year, chosen = form.year_asked, form.chosen
    units = form.units()
    cells = cells_of(
        access.visible_to(request.actor)
        .laid()
        .filter(
            unit__in=[one.pk for one in units],
            assigned_at__gte=clock.start_of_year(year),
            assigned_at__lt=clock.start_of_year(year + 1),
        ),
        clock.today(),
    )
    asked = Duty.objects.select_related("document").in_bulk({cell.duty for cell in cells})
    duties = {str(pk): duty for pk, duty in asked.items()}
    form.offer_documents(duties)
    if "document" in chosen:
        cells = [one for one in cells if str(duties[one.duty].document_id) == chosen["document"]]
    if "theme" in chosen:
        labelled = Theme.objects.get(pk=chosen["theme"]).duties
        of_theme = set(map(str, labelled.values_list("pk", flat=True)))
        cells = [one for one in cells if one.duty in of_theme]
    found = matrix_of(cells, duties, units, clock.today())
    opened = request.GET.getlist("open") if "open" in request.GET else None
    fold(found.groups, opened)
    _turn(request, found)
    return form, found


def _turn(request: Request, found: Matrix) -> None:
    """Of each group, the address with it folded or open; the others stay as they are."""
    opened = [one.key for one in found.groups if one.is_open]
    for group in found.groups:
        query = request.GET.copy()
        query.pop("ben", None)
        keys = [key for key in opened if key != group.key]
        query.setlist("open", keys if group.is_open else [*keys, group.key])
        if not query.getlist("open"):
            query["open"] = ""
        group.turned = f"?{query.urlencode()}"


def _any_unassigned() -> bool:
    return Duty.objects.filter(~Exists(Assignment.objects.filter(duty=OuterRef("pk")))).exists()


@officer
def matrix(request: Request) -> HttpResponse:
    """Unit × assignment: who is in time, late, missing, returned."""
    require(access.can_see_matrix(request.actor))
    form, found = _matrix_of(request)
    filtered = {key: request.GET[key] for key in form.fields if request.GET.get(key)}
    context = {
        "form": form,
        "matrix": found,
        "blocks": [
            (label, drawing.units(rows), drawing.body(found, rows), drawing.foot(found, rows))
            for label, rows in (
                (_("Giao việc"), found.rows),
                (_("Đề nghị phối hợp"), found.requests),
            )
            if rows
        ],
        "heads": drawing.heads(found),
        "is_filtered": bool(filtered),
        "year": form.year_asked,
        "can_remind": access.can_remind(request.actor),
        "has_unassigned": access.can_assign(request.actor) and _any_unassigned(),
    }
    return render(request, "console/duties/matrix.html", context)


@officer
def matrix_sheet(request: Request) -> HttpResponse:
    """The matrix as a workbook: every column, folded or not."""
    require(access.can_see_matrix(request.actor))
    form, found = _matrix_of(request)
    columns = [one for group in found.groups for one in group.columns]
    heads = [
        sheets.Head(_("Đơn vị"), 34),
        sheets.Head(_("Xong"), 7),
        sheets.Head(_("Giao"), 7),
        sheets.Head(_("Quá hạn"), 8),
        *[sheets.Head(f"{one.label} ({one.duty.source})", 13, is_turned=True) for one in columns],
    ]
    rows = [
        [
            row.unit.name,
            row.done,
            row.given,
            row.late,
            *[row.cells[one.key][1].words if one.key in row.cells else None for one in columns],
        ]
        for row in (*found.rows, *found.requests)
    ]
    title = _("Ma trận nhiệm vụ năm %(year)d") % {"year": form.year_asked}
    filtered = "; ".join(
        f"{bound.label}: {label}"
        for bound in form
        if (label := _label_of(bound)) and form.chosen.get(bound.name)
    )
    content = sheets.workbook(title, heads, rows, filtered=filtered, frozen_columns=1)
    return sheets.answer(content, f"{title} {clock.today():%Y-%m-%d}")


def _label_of(bound: forms.BoundField) -> str:
    return next((str(one.data["label"]) for one in bound if one.data["selected"]), "")


@require_POST
@officer
def remind_all(request: Request) -> HttpResponse:
    """Remind every unit that is late in the matrix as it is filtered."""
    require(access.can_remind(request.actor))
    found = _matrix_of(request)[1]
    late = Assignment.objects.filter(pk__in=found.late_assignments())
    say_reminded(
        request, actions.remind(list(late.select_related("duty", "unit")), by=request.actor)
    )
    return redirect(f"{reverse('console:matrix')}?{request.GET.urlencode()}")
