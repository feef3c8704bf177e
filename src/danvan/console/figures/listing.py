"""All indicators of a period, each beside the period before."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.console.period_filter import PeriodFilter
from danvan.figures import access, counting, definitions
from danvan.figures.boundaries import Lineage
from danvan.org.access import require
from danvan.periods import window

from .moved import Moved, own_units_of, total_of


@officer
def figures(request: Request) -> HttpResponse:
    """Every indicator of a period, and how it moved."""
    actor = request.actor
    require(access.can_see_figures(actor))
    period = PeriodFilter(request.GET)
    known = definitions.indicators(period.chosen.last_day)
    boundaries = Lineage().on(clock.today())
    of = own_units_of(actor)
    units = boundaries.counted(of)
    windows = [window(one) for one in (period.chosen, period.chosen.previous)]
    now, before = counting.count_course(known, units, windows)
    rows = [
        Moved(one, total_of(one, now[one.code]), total_of(one, before[one.code])) for one in known
    ]
    context = {
        "period": period,
        "groups": [
            (group, list(found)) for group, found in groupby(rows, lambda row: row.indicator.group)
        ],
        "given": sum(1 for row in rows if row.now.has_data),
        "all": len(rows),
        "whole": None if access.can_compare_units(actor) else actor.unit,
    }
    return render(request, "console/figures/list.html", context)
