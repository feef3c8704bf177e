"""What several pages of reports are made of: tones, head, the form of a section, a file."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.documents.official.pdf import converter
from danvan.reports import rules
from danvan.reports.choices import Progress, ReportState
from danvan.reports.contents import Contents
from danvan.reports.definitions import Regime
from danvan.reports.models import Report, Section
from danvan.reports.writing import Writing
from danvan.workdays.calendars import calendar

TONES = {
    ReportState.DRAFT: "work",
    ReportState.SUBMITTED: "wait",
    ReportState.RETURNED: "warn",
    ReportState.ACCEPTED: "done",
    ReportState.SUPERSEDED: "idle",
}
PROGRESS_TONES = {Progress.EMPTY: "idle", Progress.WRITING: "work", Progress.FINISHED: "done"}


class SectionForm(forms.Form):
    """The text of a section, and which revision of it the page showed."""

    text = forms.CharField(
        label=gettext_lazy("Nội dung"),
        required=False,
        max_length=50_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 9, "class": "form-control"}),
    )
    is_finished = forms.BooleanField(label=gettext_lazy("Mục này đã viết xong"), required=False)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    page = forms.UUIDField(widget=forms.HiddenInput)

    def writing(self) -> Writing:
        return Writing(**self.cleaned_data)


def section_form(section: Section | None) -> SectionForm:
    """Of a chapter that is written; one that is counted has no section, and no form asks for it."""
    if section is None:
        raise Http404
    return SectionForm(
        initial={
            "text": section.narrative,
            "is_finished": section.is_finished,
            "revision": section.revision,
            "page": uuid4(),
        }
    )


def head_of(report: Report, held: Contents, *, due_on: date | None = None) -> dict[str, Any]:
    """What every page of a report shows: what it counts, by when it is due, how it stands."""
    start, end = held.regime.window(report.as_period)
    due_on = due_on or _due_on(report, held.regime)
    late = rules.days_late(due_on, submitted_on=report.submitted_on, today=clock.today())
    return {
        "report": report,
        "contents": held,
        "tone": TONES[ReportState(report.state)],
        "window": (start, end - timedelta(days=1)),
        "due_on": due_on,
        "days_late": late,
        "can_make_pdf": converter() is not None,
    }


def _due_on(report: Report, regime: Regime) -> date:
    assigned = report.assignment.due_on if report.assignment else None
    return assigned or regime.due(report.as_period, calendar(report.as_period.year)).day


def both_kept(section: Section) -> str:
    """Message 12."""
    return _("%(name)s vừa sửa mục này lúc %(time)s. Cả hai bản đều được giữ.") % {
        "name": section.edited_by_name,
        "time": f"{section.edited_at.astimezone(clock.ZONE):%H:%M}" if section.edited_at else "",
    }


def as_file(data: bytes, media_type: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(data, content_type=media_type, headers={"Content-Disposition": disposition})
