"""Which sheet and line are asked for, and what an action that is not accepted answers."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from danvan import clock
from danvan.console.doors import Request
from danvan.files.actions import Refused
from danvan.org.models import Unit
from danvan.refusals import NotAccepted
from danvan.scores import access, proving, rules
from danvan.scores.choices import ScoreState
from danvan.scores.definitions import Criterion
from danvan.scores.models import Score, ScoreLine, ScoreQuerySet

NOT_ACCEPTED = (NotAccepted, Refused)
TONES = {
    ScoreState.OPEN: "idle",
    ScoreState.SELF_SCORING: "work",
    ScoreState.SUBMITTED: "wait",
    ScoreState.APPRAISING: "work",
    ScoreState.FINAL: "done",
}


def with_units(scores: ScoreQuerySet) -> QuerySet[Score]:
    """Whole sheets, with the unit by its name."""
    return scores.whole().prefetch_related(Prefetch("unit", Unit.objects.named(clock.today())))


def score_seen(request: Request, pk: str) -> Score:
    """A sheet that the actor may see, with what is proven as of today while it is being written."""
    score = get_object_or_404(with_units(access.visible_to(request.actor)), pk=pk)
    proving.refresh([score], today=clock.today())
    return score


def line_of(score: Score, code: str) -> ScoreLine:
    return get_object_or_404(score.lines, code=code)


def is_for_appraisal(request: Request, score: Score) -> bool:
    """Sent, and before somebody who appraises a part of it."""
    is_sent = score.submitted_at is not None
    return is_sent and any(_appraises(request, score, one.criterion) for one in score.lines.all())


def _appraises(request: Request, score: Score, criterion: Criterion) -> bool:
    return access.is_appraiser_of(request.actor, score, criterion)


def plain_points(points: Decimal | None) -> str | None:
    """As one types them: 35,5."""
    return None if points is None else rules.in_words(points)


def attempt(request: Request, act: Callable[[], Any], done: str) -> None:
    """Do it and say so, or say why it cannot be done."""
    try:
        act()
    except NOT_ACCEPTED as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, done)
