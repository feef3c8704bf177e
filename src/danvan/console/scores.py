from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Prefetch, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.duties import access as duties_access
from danvan.files.actions import Refused
from danvan.org.access import require, works
from danvan.org.models import Unit
from danvan.scores import access, actions, definitions, proving, rules
from danvan.scores.choices import UNDER_APPRAISAL, ScoreState
from danvan.scores.definitions import Criterion
from danvan.scores.models import Campaign, Score, ScoreLine, ScoreQuerySet
from danvan.workdays.rules import printed

from .doors import Request, officer
from .phrases import sentences
from .uploads import too_large

NOT_ACCEPTED = (actions.NotAccepted, Refused)
TONES = {
    ScoreState.OPEN: "idle",
    ScoreState.SELF_SCORING: "work",
    ScoreState.SUBMITTED: "wait",
    ScoreState.APPRAISING: "work",
    ScoreState.FINAL: "done",
}


def _named(scores: ScoreQuerySet) -> QuerySet[Score]:
    """Whole sheets, with the unit by its name."""
    return scores.whole().prefetch_related(Prefetch("unit", Unit.objects.named(clock.today())))


def _score(request: Request, pk: str) -> Score:
    """A sheet that the actor may see, with what is proven as of today while it is being written."""
    score = get_object_or_404(_named(access.visible_to(request.actor)), pk=pk)
    proving.refresh([score], today=clock.today())
    return score


def _line(score: Score, code: str) -> ScoreLine:
    return get_object_or_404(score.lines, code=code)


# The list


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
    found = list(_named(visible)) if campaign else []
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
    page = "console:appraisal" if _is_for_appraisal(request, score) else "console:score"
    return Sheet(score, TONES[ScoreState(score.state)], reverse(page, args=[score.pk]))


def _is_for_appraisal(request: Request, score: Score) -> bool:
    """Sent, and before somebody who appraises a part of it."""
    is_sent = score.submitted_at is not None
    return is_sent and any(_appraises(request, score, one.criterion) for one in score.lines.all())


def _appraises(request: Request, score: Score, criterion: Criterion) -> bool:
    return access.is_appraiser_of(request.actor, score, criterion)


@officer
def campaign_open(request: Request) -> HttpResponse:
    """Asked once: from here on every unit has a sheet and is told so."""
    require(access.can_open(request.actor))
    year, error = clock.today().year, ""
    if request.method == "POST":
        try:
            actions.open_campaign(by=request.actor, year=year)
        except actions.NotAccepted as reason:
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


# The sheet, as the unit writes it


def _plain(points: Decimal | None) -> str | None:
    """As one types them: 35,5."""
    return None if points is None else rules.in_words(points)


class LineForm(forms.Form):
    """One criterion of the sheet; of a proven one only the note is the unit's own."""

    points = forms.DecimalField(
        label=gettext_lazy("Tự chấm"),
        required=False,
        localize=True,
        error_messages={"invalid": gettext_lazy("Ghi điểm bằng số, ví dụ 27,5.")},
    )
    file = forms.FileField(label=gettext_lazy("Thêm minh chứng"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, line: ScoreLine, data: Any = None, files: Any = None) -> None:
        initial = {"points": _plain(line.self_points), "note": line.note}
        super().__init__(data, files, prefix=line.code, initial=initial)
        self.line = line
        for field in self.fields.values():
            label = f"{field.label}: {line.criterion.label}"
            field.widget.attrs |= {"class": "form-control", "aria-label": label}
        self.fields["points"].widget.attrs |= {"inputmode": "decimal", "size": 6}
        if line.criterion.is_proven:
            del self.fields["points"], self.fields["file"]

    def clean_points(self) -> Decimal | None:
        points = self.cleaned_data["points"]
        if points is not None and (wrong := rules.wrong_with(points, self.line.max_points)):
            raise forms.ValidationError(wrong)
        return points

    @property
    def said(self) -> actions.Written:
        upload: UploadedFile | None = self.cleaned_data.get("file")
        return actions.Written(
            points=self.cleaned_data.get("points"),
            note=self.cleaned_data["note"],
            file=(upload.read(), upload.name or "") if upload else None,
        )


@dataclass(frozen=True)
class Row:
    """A line of the sheet, and the form that writes it; none where it is no longer written."""

    line: ScoreLine
    form: LineForm | None


@officer
def score(request: Request, pk: str) -> HttpResponse:
    """The unit's sheet; written as a whole, saved criterion by criterion."""
    found = _score(request, pk)
    rows = _rows(request, found)
    too_big = _too_big(request, rows)
    if request.method == "POST":
        require(access.can_write(request.actor, found))
        if not too_big and _save(request, rows):
            if "send" in request.POST:
                return redirect("console:score_submit", pk)
            messages.success(request, _("Đã lưu phiếu."))
            return redirect("console:score", pk)
    return _sheet_page(request, found, rows)


def _rows(request: Request, found: Score) -> list[Row]:
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    is_open = access.can_write(request.actor, found)
    return [Row(line, LineForm(line, *data) if is_open else None) for line in found.lines.all()]


def _too_big(request: Request, rows: Iterable[Row]) -> bool:
    """A file past the limit empties the whole request, so nothing of it is saved."""
    reason = too_large(request)
    forms_with_files = [row.form for row in rows if row.form and "file" in row.form.fields]
    if reason and forms_with_files:
        forms_with_files[0].add_error("file", reason)
    return reason is not None


def _save(request: Request, rows: Iterable[Row]) -> bool:
    """Write every line that is right; False where one is wrong, and its form then says why."""
    all_right = True
    for form in [row.form for row in rows if row.form]:
        try:
            if not form.is_valid():
                all_right = False
                continue
            actions.write_line(form.line, form.said, by=request.actor)
        except NOT_ACCEPTED as reason:
            form.add_error("file" if form.cleaned_data.get("file") else None, str(reason))
            all_right = False
    return all_right


def _sheet_page(request: Request, found: Score, rows: list[Row]) -> HttpResponse:
    is_wrong = any(row.form and row.form.errors for row in rows)
    to_score = [row.line for row in rows if not row.line.criterion.is_proven]
    context = {
        "score": found,
        "campaign": found.campaign,
        "table": found.campaign.scoring_table,
        "tone": TONES[ScoreState(found.state)],
        "rows": rows,
        "can_write": access.can_write(request.actor, found),
        "unscored": sum(1 for line in to_score if line.self_points is None),
        "undetermined": sum(
            1 for row in rows if row.line.criterion.is_proven and row.line.self_points is None
        ),
        "is_for_appraisal": _is_for_appraisal(request, found),
        "history": sentences(found),
    }
    return render(request, "console/scores/sheet.html", context, status=400 if is_wrong else 200)


@officer
def score_ground(request: Request, pk: str, code: str) -> HttpResponse:
    """On which assignments a proven point rests, and how the table counts them."""
    found = _score(request, pk)
    line = next((one for one in found.lines.all() if one.code == code), None)
    if line is None or not line.criterion.is_proven:
        return redirect("console:score", pk)
    grounds = duties_access.visible_to(request.actor).filter(pk__in=line.proof_assignments)
    context = {
        "score": found,
        "line": line,
        "proof": line.criterion.proof,
        "assignments": list(grounds.select_related("duty", "unit").by_due()),
        "hidden": len(line.proof_assignments) - grounds.count(),
    }
    return render(request, "console/scores/ground.html", context)


@officer
def score_evidence(request: Request, pk: str, attachment: str) -> FileResponse:
    """A file of the sheet, for who may see the sheet; it is saved, never shown by the browser."""
    found = get_object_or_404(access.visible_to(request.actor), pk=pk)
    lines = ScoreLine.attachments.through.objects.filter(scoreline__score=found)
    kept = get_object_or_404(lines.select_related("attachment"), attachment=attachment).attachment
    return FileResponse(
        kept.content.open("rb"),
        as_attachment=True,
        filename=kept.name,
        content_type=kept.media_type,
    )


@require_POST
@officer
def withdraw_evidence(request: Request, pk: str, code: str, attachment: str) -> HttpResponse:
    line = _line(_score(request, pk), code)
    kept = get_object_or_404(line.attachments, pk=attachment)
    _try(
        request,
        lambda: actions.withdraw_evidence(line, kept, by=request.actor),
        _("Đã bỏ tệp “%s” khỏi phiếu.") % kept.name,
    )
    return redirect("console:score", pk)


def _try(request: Request, act: Callable[[], Any], done: str) -> None:
    """Do it and say so, or say why it cannot be done."""
    try:
        act()
    except NOT_ACCEPTED as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, done)


@officer
def score_submit(request: Request, pk: str) -> HttpResponse:
    """Asked once: after it the sheet stays as it is."""
    found = _score(request, pk)
    require(access.can_score_itself(request.actor, found))
    if request.method == "POST":
        _try(
            request,
            lambda: actions.submit(found, by=request.actor),
            _("Đã gửi phiếu đi thẩm định."),
        )
        return redirect("console:score", pk)
    today, last_day = clock.today(), found.campaign.self_score_by
    context = {
        "score": found,
        "missing": actions.missing_on(found),
        "days_late": max(0, (today - last_day).days),
        "last_day": printed(last_day),
        "table": found.campaign.scoring_table,
    }
    return render(request, "console/scores/submit.html", context)


# The appraisal


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
        initial = {"points": _plain(given), "reason": line.reason}
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
    return _appraisal_page(request, _score(request, pk))


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
    found = _score(request, pk)
    line = _line(found, code)
    form = AppraisalForm(line, request.POST)
    if form.is_valid():
        try:
            actions.appraise(line, by=request.actor, **form.cleaned_data)
        except actions.NotAccepted as reason:
            form.add_error("points", str(reason))
        else:
            messages.success(request, _("Đã ghi điểm thẩm định."))
            return redirect("console:appraisal", pk)
    require(access.is_appraiser_of(request.actor, found, line.criterion))
    return _appraisal_page(request, found, wrong=form, code=code)


@require_POST
@officer
def keep_self(request: Request, pk: str, code: str) -> HttpResponse:
    line = _line(_score(request, pk), code)
    _try(
        request,
        lambda: actions.keep_self(line, by=request.actor),
        _("Đã giữ điểm tự chấm."),
    )
    return redirect("console:appraisal", pk)


@officer
def score_finish(request: Request, pk: str) -> HttpResponse:
    """Asked once: the result stays."""
    found = _score(request, pk)
    require(access.can_finish(request.actor, found))
    if request.method == "POST":
        _try(
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


_SHEET = "cham-diem/<uuid:pk>/"
urlpatterns = [
    path("cham-diem/", scores, name="scores"),
    path("cham-diem/mo-dot/", campaign_open, name="campaign_open"),
    path(_SHEET, score, name="score"),
    path(f"{_SHEET}gui/", score_submit, name="score_submit"),
    path(f"{_SHEET}can-cu/<slug:code>/", score_ground, name="score_ground"),
    path(f"{_SHEET}minh-chung/<uuid:attachment>/", score_evidence, name="score_evidence"),
    path(
        f"{_SHEET}<slug:code>/bo-minh-chung/<uuid:attachment>/",
        withdraw_evidence,
        name="withdraw_evidence",
    ),
    path(f"{_SHEET}tham-dinh/", appraisal, name="appraisal"),
    path(f"{_SHEET}tham-dinh/<slug:code>/", appraise, name="appraise"),
    path(f"{_SHEET}tham-dinh/<slug:code>/giu/", keep_self, name="keep_self"),
    path(f"{_SHEET}chot/", score_finish, name="score_finish"),
]
