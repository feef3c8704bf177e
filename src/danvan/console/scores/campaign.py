"""A year's sheets, and its opening."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.org.access import require, works
from danvan.refusals import NotAccepted
from danvan.scores import access, actions, definitions, proving
from danvan.scores.choices import UNDER_APPRAISAL, ScoreState
from danvan.scores.models import Campaign, Score

from .finding import TONES, is_for_appraisal, with_units


@dataclass(frozen=True)
class Sheet:
    """A row of the list."""

    score: Score
    tone: str
    url: str


@officer
def scores(request: Request) -> HttpResponse:
    """The sheets of a year that the actor may see, newest year first."""
    require(works(request.actor))
    years = list(Campaign.objects.values_list("year", flat=True))
    campaign = _campaign(request.GET.get("nam"), years)
    visible = access.visible_to(request.actor).filter(campaign=campaign)
    found = list(with_units(visible)) if campaign else []
    proving.refresh(found, today=clock.today())
    states = [one.state for one in found]
    context = {
        "campaign": campaign,
        "years": years,
        "this_year": clock.today().year,
        "sheets": [_sheet(request, one) for one in sorted(found, key=_waits_last)],
        "own": next((one for one in found if one.unit_id == request.actor.unit_id), None),
        "waiting": states.count(ScoreState.SUBMITTED),
        "final": states.count(ScoreState.FINAL),
        "can_open": access.can_open(request.actor) and clock.today().year not in years,
    }
    return render(request, "console/scores/list.html", context)


def _waits_last(score: Score) -> bool:
    """What waits for appraisal comes first; otherwise the official order stays."""
    return score.state not in UNDER_APPRAISAL


def _campaign(asked: str | None, years: list[int]) -> Campaign | None:
    chosen = [one for one in years if str(one) == asked] if asked else years[:1]
    return Campaign.objects.select_related("table").filter(year__in=chosen).first()


def _sheet(request: Request, score: Score) -> Sheet:
    page = "console:appraisal" if is_for_appraisal(request, score) else "console:score"
    return Sheet(score, TONES[ScoreState(score.state)], reverse(page, args=[score.pk]))


@officer
def campaign_open(request: Request) -> HttpResponse:
    """Asked once: from here on every unit has a sheet and is told so."""
    require(access.can_open(request.actor))
    year, error = clock.today().year, ""
    if request.method == "POST":
        try:
            actions.open_campaign(by=request.actor, year=year)
        except NotAccepted as reason:
            error = str(reason)
        else:
            messages.success(request, _("Đã mở đợt chấm điểm năm %d.") % year)
            return redirect("console:scores")
    definition = definitions.in_force(clock.today())
    table = definitions.table_of(definition) if definition else None
    context = {
        "year": year,
        "table": table,
        "last_day": table.last_day(year) if table else None,
        "error": error,
    }
    return render(
        request, "console/scores/campaign_open.html", context, status=400 if error else 200
    )
