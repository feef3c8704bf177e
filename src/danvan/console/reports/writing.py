"""A report's sections, written: kept, settled between two writers, its numbers looked into, sent."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.figures.counting import assignments_of, records_of
from danvan.figures.definitions import indicator
from danvan.org.access import require
from danvan.reports import access, actions, writing
from danvan.reports.contents import contents
from danvan.reports.models import Remark, Report
from danvan.workdays.rules import printed

from .finding import answering, report_seen
from .parts import SectionForm, both_kept, head_of
from .report import draft_page


@require_POST
@officer
def write_section(request: Request, pk: UUID, code: str) -> HttpResponse:
    """Save a section by its button, and go where the button says."""
    found = report_seen(request, pk)
    require(access.can_write(request.actor, found))
    section = get_object_or_404(found.sections, code=code)
    form = SectionForm(request.POST)
    if not form.is_valid():
        return draft_page(request, found, code=code, form=form)
    section = writing.write_section(found, code, form.writing(), by=request.actor)
    if section.aside:
        messages.warning(request, both_kept(section))
        return redirect(_section_url(found, code))
    messages.success(request, _("Đã lưu lúc %(time)s.") % {"time": f"{clock.now():%H:%M}"})
    return redirect(_section_url(found, request.POST.get("next") or code))


@require_POST
@officer
def autosave_section(request: Request, pk: UUID, code: str) -> JsonResponse:
    """Save what is being typed; says when, and whether a colleague wrote meanwhile."""
    found = report_seen(request, pk)
    require(access.can_write(request.actor, found))
    get_object_or_404(found.sections, code=code)
    form = SectionForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    section = writing.write_section(found, code, form.writing(), by=request.actor)
    saved = {"saved_at": f"{clock.now():%H:%M}", "revision": section.revision}
    if section.aside:
        saved |= {"message": both_kept(section), "compare": _section_url(found, code)}
    return JsonResponse(saved)


def _section_url(report: Report, code: str) -> str:
    return f"{reverse('console:report', args=[report.pk])}?muc={code}"


@require_POST
@officer
@answering
def settle_aside(request: Request, pk: UUID, code: str) -> HttpResponse:
    """Keep one of two texts written at once, or both."""
    found = report_seen(request, pk)
    section = get_object_or_404(found.sections, code=code)
    kept = {
        "one": section.narrative,
        "other": section.aside,
        "both": f"{section.narrative}\n{section.aside}",
    }
    writing.settle_aside(
        found, code, kept.get(request.POST.get("keep", ""), kept["both"]), by=request.actor
    )
    return redirect(_section_url(found, code))


@require_POST
@officer
def begin_section(request: Request, pk: UUID, code: str) -> HttpResponse:
    found = report_seen(request, pk)
    get_object_or_404(found.sections, code=code)
    section = writing.begin_section(found, code, by=request.actor)
    if not section.narrative:
        messages.info(request, _("Trong kỳ không có việc nào để soạn sẵn mục này."))
    return redirect(_section_url(found, code))


@officer
def report_number(request: Request, pk: UUID, code: str) -> HttpResponse:
    """What a number of a draft is counted from, in the report's own window."""
    found = report_seen(request, pk)
    held = contents(found)
    number = next(
        (one for part in held.chapters for one in part.numbers if one.indicator.code == code), None
    )
    if number is None:
        raise Http404
    window = held.regime.window(found.as_period)
    known = indicator(code, window[1] - timedelta(days=1))
    records = records_of(known, held.ground.units, window).select_related("definition")
    assignments = assignments_of(known, held.ground.units, window).select_related("duty", "unit")
    context = {
        **head_of(found, held),
        "number": number,
        "rows": number.counted.rows,
        "records": list(records[:500]),
        "assignments": list(assignments.order_by("due_on")[:500]),
    }
    return render(request, "console/reports/number.html", context)


@officer
@answering
def submit_report(request: Request, pk: UUID) -> HttpResponse:
    """What is still wrong, and the question; then the report is sent."""
    found = report_seen(request, pk)
    require(access.can_submit(request.actor, found))
    if request.method == "POST":
        was_draft = found.is_draft
        sent = actions.submit(found, by=request.actor)
        if was_draft:
            messages.success(request, _sent(sent, found))
        return redirect("console:report", pk)
    if not found.is_draft:
        return redirect("console:report", pk)
    held = contents(found)
    context = {**head_of(found, held), "checked": held.check()}
    return render(request, "console/reports/submit.html", context)


def _sent(report: Report, shown: Report) -> str:
    """Message 3."""
    moment = (report.submitted_at or clock.now()).astimezone(clock.ZONE)
    return _(
        "Đã gửi báo cáo %(period)s đến %(addressee)s lúc %(time)s ngày %(day)s. Số liệu được chốt tại thời điểm này."
    ) % {
        "period": report.as_period.label,
        "addressee": shown.addressee.name,
        "time": f"{moment:%H:%M}",
        "day": printed(moment.date()),
    }


@require_POST
@officer
def settle_remark(request: Request, pk: UUID, remark: UUID) -> HttpResponse:
    """From the draft `pk`: what a remark on the version before asked for is done."""
    draft = report_seen(request, pk)
    found = get_object_or_404(Remark.objects.filter(report=draft.supersedes_id), pk=remark)
    actions.settle_remark(found, by=request.actor)
    return redirect(_section_url(draft, found.section))
