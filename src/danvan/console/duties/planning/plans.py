"""Kế hoạch: who has handed in the plan that is asked for, and how much of the duties it takes up."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
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
from danvan.duties import access, actions, plans
from danvan.duties.choices import PlanState
from danvan.duties.models import AssignmentQuerySet
from danvan.duties.plans import Standing
from danvan.org.access import require, works
from danvan.org.models import Unit

LATE = "late"
A_PAGE = 150
YEARS_BEFORE = 3  # shown beside this one and the next
TONES = {
    PlanState.NOT_YET: "idle",
    PlanState.WAITING: "wait",
    PlanState.RETURNED: "warn",
    PlanState.ACCEPTED: "done",
    PlanState.SUSPENDED: "idle",
    PlanState.ASKED: "wait",
}


class PlanFilter(forms.Form):
    year = forms.TypedChoiceField(label=gettext_lazy("Năm"), coerce=int, required=False)
    source = forms.ChoiceField(label=gettext_lazy("Văn bản nguồn"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("Trạng thái"),
        required=False,
        choices=[
            ("", gettext_lazy("Tất cả")),
            (LATE, gettext_lazy("Quá hạn")),
            *PlanState.choices,
        ],
    )

    def __init__(self, data: Any, *, visible: AssignmentQuerySet) -> None:
        super().__init__(data)
        self.visible = visible
        offer(self, "year", [(year, year) for year in plans.years(visible)])
        of_year = plans.of_year(visible, self.year_asked)
        offer(
            self,
            "source",
            [("", _("Tất cả")), *[(str(one.pk), str(one)) for one in plans.sources(of_year)]],
        )

    @property
    def year_asked(self) -> int:
        asked = self.data.get("year", "")
        return int(asked) if asked.isdigit() and len(asked) == 4 else clock.today().year

    @cached_property
    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value and key != "year"}

    def standings(self) -> list[Standing]:
        """Of the year and the source; the state is asked of what is shown."""
        found = plans.of_year(self.visible, self.year_asked)
        if source := self.chosen.get("source"):
            found = found.filter(duty__document=source)
        return plans.standings(found, clock.today())

    def shown(self, rows: list[Standing]) -> list[Standing]:
        state = self.chosen.get("state")
        if state == LATE:
            return [row for row in rows if row.days_late]
        return [row for row in rows if not state or row.state == state]


@dataclass(frozen=True)
class Row:
    """A standing as it is drawn."""

    standing: Standing

    @property
    def tone(self) -> str:
        return "late" if self.standing.days_late else TONES[self.standing.state]

    @property
    def plain_tone(self) -> str:
        """Of the state alone: how late it is stands beside it."""
        return TONES[self.standing.state]

    @property
    def said(self) -> str:
        """What stands in a cell, in words: “Xã Bến Đá: quá hạn 5 ngày”."""
        late = self.standing.days_late
        words = _("quá hạn %(days)d ngày") % {"days": late} if late else self.standing.state.label
        return f"{self.standing.unit.name}: {words}"

    @property
    def days(self) -> int:
        late = self.standing.days_late
        return late or (self.standing.assignment.days_late if self.standing.is_handed_in else 0)


def _filter(request: Request) -> PlanFilter:
    return PlanFilter(request.GET, visible=access.visible_to(request.actor))


@officer
def plans_of_units(request: Request) -> HttpResponse:
    """Unit by unit of one year, or over several years."""
    require(works(request.actor))
    return _over_years(request) if request.GET.get("view") == "years" else _of_a_year(request)


def _of_a_year(request: Request) -> HttpResponse:
    form = _filter(request)
    rows = form.standings()
    summary = plans.summary(rows)
    shown = [Row(row) for row in form.shown(rows)]
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "year": form.year_asked,
        "summary": summary,
        "page": page,
        "is_filtered": bool(form.chosen),
        "can_remind": access.can_remind(request.actor) and bool(summary.missing),
        "query": request.GET.urlencode(),
        "writing": _writing(request, form.year_asked, rows),
    }
    return render(request, "console/duties/plans.html", context)


def _writing(request: Request, year: int, rows: list[Standing]) -> dict[str, Any] | None:
    """How one's own unit writes its plan of the year: what was begun, or what asks for it."""
    by = request.actor
    if by.unit is None or not access.can_write_plan(by, by.unit):
        return None
    asks = next((row for row in rows if row.unit == by.unit and row.assignment.is_open), None)
    return {"begun": access.drafts_of(by).filter(year=year).first(), "asks": asks}


@dataclass(frozen=True)
class UnitYears:
    unit: Unit
    cells: list[list[Row]]  # a list for each year


def _over_years(request: Request) -> HttpResponse:
    """Unit × year; a plan for several years stands in each of them."""
    visible = access.visible_to(request.actor)
    next_year = clock.today().year + 1
    shown = range(next_year, next_year - YEARS_BEFORE - 2, -1)  # a phone shows the first ones
    rows = plans.standings(plans.asked(visible), clock.today())
    by_unit: dict[Unit, list[Row]] = {}
    for row in rows:
        by_unit.setdefault(row.unit, []).append(Row(row))
    units = [
        UnitYears(unit, [[one for one in found if year in one.standing.years] for year in shown])
        for unit, found in by_unit.items()
    ]
    page = Paginator([one for one in units if any(one.cells)], A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "console/duties/plans_years.html", {"years": list(shown), "page": page})


@require_POST
@officer
def remind_plans(request: Request) -> HttpResponse:
    """Remind the units of the filter that have not handed in."""
    require(access.can_remind(request.actor))
    rows = _filter(request).standings()
    missing = [row.assignment for row in plans.summary(rows).missing]
    say_reminded(request, actions.remind(missing, by=request.actor))
    return redirect(f"{reverse('console:plans')}?{request.GET.urlencode()}")


@officer
def plans_sheet(request: Request) -> HttpResponse:
    """The list as it is filtered, as XLSX."""
    require(works(request.actor))
    form = _filter(request)
    heads = [
        sheets.Head(_("Đơn vị"), 34),
        sheets.Head(_("Văn bản nguồn"), 34),
        sheets.Head(_("Hạn"), 12),
        sheets.Head(_("Trạng thái"), 22),
        sheets.Head(_("Quá hạn (ngày)"), 14),
        sheets.Head(_("Nộp ngày"), 12),
        sheets.Head(_("Kế hoạch"), 34),
        sheets.Head(_("Đưa vào đủ"), 12),
        sheets.Head(_("Giảm nhẹ"), 12),
        sheets.Head(_("Không đưa vào"), 14),
    ]
    title = _("Kế hoạch của các đơn vị năm %(year)d") % {"year": form.year_asked}
    rows = [_cells(row) for row in form.shown(form.standings())]
    labels = {key: dict(form.fields[key].choices) for key in form.chosen}  # type: ignore[attr-defined]
    filtered = "; ".join(f"{form[key].label}: {labels[key][form.chosen[key]]}" for key in labels)
    return sheets.answer(
        sheets.workbook(title, heads, rows, filtered=filtered, frozen_columns=1), title
    )


def _cells(row: Standing) -> list[Any]:
    covered = row.covered
    return [
        row.unit.name,
        row.assignment.duty.document or row.assignment.duty.source,
        row.assignment.due_on,
        row.state.label,
        row.assignment.days_late or None,
        row.assignment.handed_in_on,
        row.plan,
        covered.taken_up if covered else None,
        covered.weakened if covered else None,
        covered.left_out if covered else None,
    ]
