"""A unit's own points: each line with its ground and evidence, sent when done."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.console.phrases import sentences
from danvan.console.uploads import too_large
from danvan.duties import access as duties_access
from danvan.org.access import require
from danvan.scores import access, actions, rules
from danvan.scores.choices import ScoreState
from danvan.scores.models import Score, ScoreLine
from danvan.workdays.rules import printed

from .finding import (
    NOT_ACCEPTED,
    TONES,
    attempt,
    is_for_appraisal,
    line_of,
    plain_points,
    score_seen,
)


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
        initial = {"points": plain_points(line.self_points), "note": line.note}
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
    found = score_seen(request, pk)
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
        "is_for_appraisal": is_for_appraisal(request, found),
        "history": sentences(found),
    }
    return render(request, "console/scores/sheet.html", context, status=400 if is_wrong else 200)


@officer
def score_ground(request: Request, pk: str, code: str) -> HttpResponse:
    """On which assignments a proven point rests, and how the table counts them."""
    found = score_seen(request, pk)
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
    line = line_of(score_seen(request, pk), code)
    kept = get_object_or_404(line.attachments, pk=attachment)
    attempt(
        request,
        lambda: actions.withdraw_evidence(line, kept, by=request.actor),
        _("Đã bỏ tệp “%s” khỏi phiếu.") % kept.name,
    )
    return redirect("console:score", pk)


@officer
def score_submit(request: Request, pk: str) -> HttpResponse:
    """Asked once: after it the sheet stays as it is."""
    found = score_seen(request, pk)
    require(access.can_score_itself(request.actor, found))
    if request.method == "POST":
        attempt(
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
