"""The appraisal of a sheet: each line kept as it was scored or judged otherwise, then closed."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.console.phrases import sentences
from danvan.org.access import require
from danvan.org.models import Unit
from danvan.refusals import NotAccepted
from danvan.scores import access, actions
from danvan.scores.choices import ScoreState
from danvan.scores.models import Score, ScoreLine

from .finding import TONES, attempt, line_of, plain_points, score_seen


class AppraisalForm(forms.Form):
    """Points of one's own; to take the unit's over needs no form, so a reason is always asked."""

    points = forms.DecimalField(
        label=gettext_lazy("Điểm thẩm định"),
        localize=True,
        error_messages={
            "required": gettext_lazy("Ghi điểm thẩm định."),
            "invalid": gettext_lazy("Ghi điểm bằng số, ví dụ 27,5."),
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Điểm thẩm định khác điểm tự chấm: ghi lý do.")},
    )

    def __init__(self, line: ScoreLine, data: Any = None) -> None:
        given = line.appraised_points if line.is_appraised else line.self_points
        initial = {"points": plain_points(given), "reason": line.reason}
        super().__init__(data, prefix=line.code, initial=initial)
        self.fields["points"].widget.attrs |= {"class": "short", "inputmode": "decimal"}


@dataclass(frozen=True)
class Judged:
    """A line under appraisal; the form only where the actor appraises it."""

    line: ScoreLine
    form: AppraisalForm | None
    appraised_by: str  # the units that do

    @property
    def differs(self) -> bool:
        return bool(self.line.difference)

    @property
    def can_keep(self) -> bool:
        """There are points to take over, and they are not the appraised ones already."""
        line = self.line
        return line.self_points is not None and line.appraised_points != line.self_points


@officer
def appraisal(request: Request, pk: str) -> HttpResponse:
    return _appraisal_page(request, score_seen(request, pk))


def _appraisal_page(
    request: Request, found: Score, *, wrong: AppraisalForm | None = None, code: str = ""
) -> HttpResponse:
    if found.submitted_at is None:
        return redirect("console:score", found.pk)
    judged = [
        _judged(request, line, wrong if line.code == code else None) for line in found.lines.all()
    ]
    only_differences = request.GET.get("chi") == "chenh-lech"
    context = {
        "score": found,
        "campaign": found.campaign,
        "table": found.campaign.scoring_table,
        "tone": TONES[ScoreState(found.state)],
        "judged": [one for one in judged if one.differs or not only_differences],
        "differing": sum(one.differs for one in judged),
        "open_count": sum(not one.line.is_appraised for one in judged),
        "only_differences": only_differences,
        "can_finish": access.can_finish(request.actor, found) and not found.is_final,
        "history": sentences(found),
    }
    return render(request, "console/scores/appraisal.html", context, status=400 if wrong else 200)


def _judged(request: Request, line: ScoreLine, wrong: AppraisalForm | None) -> Judged:
    form = wrong or AppraisalForm(line)
    mine = access.can_appraise(request.actor, line)
    return Judged(line, form if mine else None, _appraising_units(line))


def _appraising_units(line: ScoreLine) -> str:
    table, unit = line.score.campaign.scoring_table, line.score.unit
    codes = table.appraisers(line.criterion, of=unit.code)
    named = Unit.objects.named(clock.today()).filter(code__in=codes)
    return ", ".join(unit.name for unit in named)


@require_POST
@officer
def appraise(request: Request, pk: str, code: str) -> HttpResponse:
    found = score_seen(request, pk)
    line = line_of(found, code)
    form = AppraisalForm(line, request.POST)
    if form.is_valid():
        try:
            actions.appraise(line, by=request.actor, **form.cleaned_data)
        except NotAccepted as reason:
            form.add_error("points", str(reason))
        else:
            messages.success(request, _("Đã ghi điểm thẩm định."))
            return redirect("console:appraisal", pk)
    require(access.is_appraiser_of(request.actor, found, line.criterion))
    return _appraisal_page(request, found, wrong=form, code=code)


@require_POST
@officer
def keep_self(request: Request, pk: str, code: str) -> HttpResponse:
    line = line_of(score_seen(request, pk), code)
    attempt(
        request,
        lambda: actions.keep_self(line, by=request.actor),
        _("Đã giữ điểm tự chấm."),
    )
    return redirect("console:appraisal", pk)


@officer
def score_finish(request: Request, pk: str) -> HttpResponse:
    """Asked once: the result stays."""
    found = score_seen(request, pk)
    require(access.can_finish(request.actor, found))
    if request.method == "POST":
        attempt(
            request,
            lambda: actions.finish(found, by=request.actor),
            _("Đã chốt kết quả của %s.") % found.unit.name,
        )
        return redirect("console:appraisal", pk)
    open_lines = [line for line in found.lines.all() if not line.is_appraised]
    context = {
        "score": found,
        "open_lines": open_lines,
        "table": found.campaign.scoring_table,
    }
    return render(request, "console/scores/finish.html", context)
