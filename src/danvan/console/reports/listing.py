"""The reports of a year: all units' for who follows them, a unit's own; opened, reminded of."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.console.choosing import offer
from danvan.console.doors import Request, officer
from danvan.console.labels import theme_filter
from danvan.duties import actions as duties
from danvan.org.access import require
from danvan.periods import Period, parse
from danvan.reports import access, actions, standings
from danvan.reports.choices import ReportState
from danvan.reports.definitions import regime_for, reporters
from danvan.reports.models import Report
from danvan.workdays.calendars import calendar

from .finding import PeriodConverter, answering, regime_or_404, regime_today
from .parts import TONES


class YearFilter(forms.Form):
    year = forms.TypedChoiceField(label=gettext_lazy("Năm"), coerce=int, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = clock.today().year
        offer(self, "year", [(year, year) for year in range(this_year, this_year - 4, -1)])

    @property
    def chosen(self) -> int:
        chosen = self.cleaned_data.get("year") if self.is_valid() else None
        return chosen or clock.today().year


@officer
def reports(request: Request) -> HttpResponseBase:
    """Who follows the province sees all units, everybody else the periods of the own unit."""
    require(access.can_see_reports(request.actor))
    if access.can_see_matrix(request.actor):
        return _matrix(request)
    return own_reports(request)


def _matrix(request: Request) -> HttpResponse:
    """Unit × period: who has sent, in time or late."""
    regime, form = regime_today(), _year_filter(request)
    columns = standings.columns(regime, form.chosen) if regime else []
    now = standings.column_of_now(columns) if columns else None
    of_year = (
        access.visible_to(request.actor).of_units().filter(period__startswith=str(form.chosen))
    )
    by_theme = theme_filter(request.GET, of_year)
    rows = list(zip(*(one.standings for one in columns), strict=True))
    if by_theme.chosen:
        under = set(of_year.filter(themes=by_theme.chosen).values_list("unit", flat=True))
        rows = [row for row in rows if row[0].unit.pk in under]
    context = {
        "regime": regime,
        "form": form,
        "columns": columns,
        "by_theme": by_theme,
        "rows": rows,
        "now": now,
        "clashes": regime.clashes(now.period, calendar(form.chosen)) if regime and now else [],
        "can_remind": request.actor.is_coordinator,
        "can_consolidate": access.can_consolidate(request.actor),
        "has_own": request.actor.is_coordinator,
    }
    return render(request, "console/reports/matrix.html", context)


def _year_filter(request: Request) -> YearFilter:
    return YearFilter({"year": request.GET.get("year") or clock.today().year})


@dataclass(frozen=True)
class Line:
    """A period in the list of a unit's own reports."""

    column: standings.Column
    report: Report | None  # the newest version, a draft too

    @property
    def standing(self) -> standings.Standing:
        return self.column.standings[0]

    @property
    def was_returned(self) -> bool:
        before = self.report.supersedes if self.report else None
        return bool(before and before.state == ReportState.RETURNED)

    @property
    def tone(self) -> str:
        return TONES[ReportState(self.report.state)] if self.report else "idle"


@officer
def own_reports(request: Request) -> HttpResponse:
    """The periods of one's own unit, each with its next step."""
    require(access.can_see_reports(request.actor))
    regime, form = regime_today(), _year_filter(request)
    unit = request.actor.unit
    owing = [unit] if unit and not unit.is_asked else []  # who is asked owes no reports
    columns = standings.columns(regime, form.chosen, owing) if regime and owing else []
    mine = access.visible_to(request.actor).of_units()
    mine = mine.filter(unit=unit, period__startswith=str(form.chosen))
    by_theme = theme_filter(request.GET, mine)
    newest = {one.period: one for one in mine.select_related("supersedes").order_by("version")}
    lines = [Line(one, newest.get(str(one.period))) for one in columns]
    if by_theme.chosen:
        under = set(mine.filter(themes=by_theme.chosen).values_list("period", flat=True))
        lines = [one for one in lines if str(one.column.period) in under]
    context = {
        "by_theme": by_theme,
        "regime": regime,
        "form": form,
        "lines": lines,
        "late": [one for one in lines if one.standing.is_late],
        "now": standings.column_of_now(columns) if columns else None,
        "can_open": unit is not None and access.can_open(request.actor, unit),
        "reports_too": bool(unit) and unit in reporters(regime, clock.today()) if regime else False,
    }
    return render(request, "console/reports/own.html", context)


class PeriodForm(forms.Form):
    period = forms.RegexField(regex=f"^{PeriodConverter.regex}$")


@require_POST
@officer
@answering
def open_report(request: Request) -> HttpResponse:
    unit = request.actor.own_unit
    form = PeriodForm(request.POST)
    if not form.is_valid():
        raise Http404
    period = parse(form.cleaned_data["period"])
    regime = regime_for(period, clock.today())
    if regime is None:
        raise Http404
    report = actions.open_report(regime.code, unit, period, by=request.actor)
    return redirect("console:report", report.pk)


@require_POST
@officer
def remind_reports(request: Request, period: Period) -> HttpResponse:
    """Remind every unit whose report of the period is late, through the duty that asks for it."""
    columns = standings.columns(regime_or_404(), period.year)
    late = next((one.late for one in columns if one.period == period), [])
    done = duties.remind([one.assignment for one in late if one.assignment], by=request.actor)
    text = _("Đã nhắc %(units)d đơn vị.") % {"units": done.units}
    if done.passed_over:
        text += " " + _("%(units)d đơn vị đã được nhắc hôm nay nên không nhắc lại.") % {
            "units": done.passed_over
        }
    messages.success(request, text)
    return redirect(f"{reverse('console:reports')}?year={period.year}")
