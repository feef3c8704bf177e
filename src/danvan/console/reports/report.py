"""One report as it stands: its draft for who writes it, its pages for who reads it; what is done on reading it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan.console import labels
from danvan.console.doors import Request, officer
from danvan.console.phrases import sentences
from danvan.documents.official.pdf import NoPdf, as_pdf
from danvan.files.rules import DOCX, PDF
from danvan.refusals import NotAccepted
from danvan.reports import access, actions, official
from danvan.reports.choices import ReportState
from danvan.reports.contents import Contents, contents, duties_of_the_period
from danvan.reports.models import Report

from .finding import answering, report_seen
from .parts import PROGRESS_TONES, SectionForm, as_file, head_of, section_form


@officer
def report(request: Request, pk: UUID) -> HttpResponse:
    """A draft to write on, for who writes it; else the report to read."""
    found = report_seen(request, pk)
    if found.is_consolidated:
        return redirect("console:consolidation", found.period)
    if access.can_write(request.actor, found) and "ca-bai" not in request.GET:
        return draft_page(request, found)
    return _reading_page(request, found)


def draft_page(
    request: Request, report: Report, *, code: str = "", form: SectionForm | None = None
) -> HttpResponse:
    held = contents(report)
    written = held.written
    asked = code or request.GET.get("muc", "")
    place = next((n for n, one in enumerate(written) if one.code == asked), 0)
    chapter = written[place]
    context = {
        **head_of(report, held),
        "chapter": chapter,
        "before": written[place - 1] if place else None,
        "after": written[place + 1] if place + 1 < len(written) else None,
        "outline": [(one, PROGRESS_TONES[one.progress]) for one in held.chapters],
        "form": form or section_form(chapter.section),
        "duties": list(duties_of_the_period(report)[:30]),
        "checked": held.check(),
        "labels": labels.of_report(report, request.actor),
    }
    return render(request, "console/reports/draft.html", context, status=400 if form else 200)


def _reading_page(
    request: Request, report: Report, *, form: "ReturnForm | None" = None
) -> HttpResponse:
    held = contents(report)
    is_waiting = report.state == ReportState.SUBMITTED
    decides = access.can_decide(request.actor, report) and is_waiting
    if decides and form is None:
        form = ReturnForm(held=held)
    context = {
        **head_of(report, held),
        "chapters": [
            (one, form[one.code] if form and one.outline.written else None) for one in held.chapters
        ],
        "form": form,
        "can_decide": decides,
        "can_revise": _may_revise(request, report),
        "can_write": access.can_write(request.actor, report),
        "successor": _successor(request, report),
        "labels": labels.of_report(report, request.actor),
        "history": sentences(report),
    }
    status = 400 if form is not None and form.is_bound else 200
    return render(request, "console/reports/report.html", context, status=status)


def _may_revise(request: Request, report: Report) -> bool:
    is_newest = not hasattr(report, "successor")
    return is_newest and not report.is_draft and access.can_revise(request.actor, report)


def _successor(request: Request, report: Report) -> Report | None:
    """The next version, where one may see it."""
    after = getattr(report, "successor", None)
    if after is None:
        return None
    return access.visible_to(request.actor).filter(pk=after.pk).first()


class ReturnForm(forms.Form):
    """A remark at each section that wants one, and until when the report is to come again."""

    again_by = forms.DateField(
        label=gettext_lazy("Gửi lại trước"), required=False, widget=forms.DateInput
    )

    def __init__(self, *args: Any, held: Contents, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for chapter in held.written:
            self.fields[chapter.code] = forms.CharField(
                label=_("Góp ý cho mục này"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def remarks(self) -> dict[str, str]:
        return {key: value for key, value in self.cleaned_data.items() if key != "again_by"}


@require_POST
@officer
def send_back_report(request: Request, pk: UUID) -> HttpResponse:
    found = report_seen(request, pk)
    form = ReturnForm(request.POST, held=contents(found))
    if form.is_valid():
        again_by = form.cleaned_data["again_by"]
        try:
            actions.send_back(found, form.remarks(), by=request.actor, again_by=again_by)
        except NotAccepted as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Đã trả lại báo cáo kèm góp ý."))
            return redirect("console:report", pk)
    return _reading_page(request, found, form=form)


@require_POST
@officer
@answering
def accept_report(request: Request, pk: UUID) -> HttpResponse:
    found = report_seen(request, pk)
    actions.accept(found, by=request.actor)
    messages.success(request, _("Đã chấp nhận báo cáo của %(unit)s.") % {"unit": found.unit.name})
    return redirect("console:report", pk)


@require_POST
@officer
@answering
def revise_report(request: Request, pk: UUID) -> HttpResponse:
    return redirect("console:report", actions.revise(report_seen(request, pk), by=request.actor).pk)


@officer
def report_docx(request: Request, pk: UUID) -> HttpResponse:
    found = report_seen(request, pk)
    return as_file(official.write(found), DOCX, f"{official.file_name(found)}.docx")


@officer
@answering
def report_pdf(request: Request, pk: UUID) -> HttpResponse:
    found = report_seen(request, pk)
    try:
        data = as_pdf(official.write(found))
    except NoPdf as reason:
        messages.error(request, str(reason))
        return redirect("console:report", pk)
    return as_file(data, PDF, f"{official.file_name(found)}.pdf")
