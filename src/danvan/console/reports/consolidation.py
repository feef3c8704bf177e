"""The province's report, taken together from those below, and issued."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.console.phrases import sentences
from danvan.org.access import require
from danvan.periods import Period
from danvan.refusals import NotAccepted
from danvan.reports import access, consolidating, rules, standings, writing
from danvan.reports.contents import Chapter, contents
from danvan.reports.definitions import regime_of
from danvan.reports.models import Passage, Report, Section

from .finding import answering, regime_or_404, report_seen
from .parts import PROGRESS_TONES, SectionForm, both_kept, head_of, section_form


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a unit's report, by its place there."""

    place: int
    text: str
    is_taken: bool
    alike: list[str]  # other units that wrote nearly the same


@dataclass(frozen=True)
class Source:
    """A unit's report beside the consolidated one."""

    standing: standings.Standing
    report: Report | None
    paragraphs: list[Paragraph]

    @property
    def taken(self) -> int:
        return sum(one.is_taken for one in self.paragraphs)


@officer
def consolidation(request: Request, period: Period) -> HttpResponse:
    """Section by section: units, what they wrote, what stands in the province's report."""
    require(access.can_see_matrix(request.actor))
    newest = (
        access.visible_to(request.actor)
        .consolidated()
        .filter(period=str(period))
        .select_related("regime", "supersedes", "assignment__duty__document")
        .order_by("-version")
        .first()
    )
    regime = regime_of(newest.regime) if newest else regime_or_404()
    column = next(
        (one for one in standings.columns(regime, period.year) if one.period == period), None
    )
    if column is None:
        raise Http404
    if newest is None:
        context = {"column": column, "can_consolidate": access.can_consolidate(request.actor)}
        return render(request, "console/reports/not_consolidated.html", context)
    return _consolidation_page(request, newest, column)


def _consolidation_page(request: Request, report: Report, column: standings.Column) -> HttpResponse:
    sections = _sections_with_those_below(report)
    held = contents(report, sections=sections.pop(report.pk, {}))
    written = held.written
    asked = request.GET.get("muc", "")
    place = next((n for n, one in enumerate(written) if one.code == asked), 0)
    chapter = written[place]
    in_it = set(sections)
    sources = _sources(column, chapter, sections)
    chosen = next(
        (one for one in sources if str(one.standing.unit.pk) == request.GET.get("don-vi")),
        next((one for one in sources if one.paragraphs), None),
    )
    sent = {one.report.pk for one in column.standings if one.report and one.is_sent}
    can_write = access.can_write(request.actor, report)
    context = {
        **head_of(report, held, due_on=column.due_on),
        "column": column,
        "chapter": chapter,
        "outline": [(one, PROGRESS_TONES[one.progress]) for one in held.chapters],
        "before": written[place - 1] if place else None,
        "after": written[place + 1] if place + 1 < len(written) else None,
        "sources": sources,
        "alike_groups": len(
            {rules.alike(text.text) for one in sources for text in one.paragraphs if text.alike}
        ),
        "chosen": chosen,
        "is_outdated": can_write and bool(sent - in_it),
        "sources_count": len(in_it),
        "can_write": can_write,
        "can_revise": not report.is_draft and access.can_revise(request.actor, report),
        "form": section_form(chapter.section),
        "checked": held.check(),
        "history": sentences(report),
    }
    return render(request, "console/reports/consolidation.html", context)


def _sections_with_those_below(report: Report) -> dict[UUID, dict[str, Section]]:
    """The consolidated report and every one that it is made of, each with its sections by code."""
    found: dict[UUID, dict[str, Section]] = defaultdict(dict)
    for one in Section.objects.filter(Q(report=report) | Q(report__consolidated_in=report)):
        found[one.report_id][one.code] = one
    return found


def _sources(
    column: standings.Column, chapter: Chapter, sections: dict[UUID, dict[str, Section]]
) -> list[Source]:
    """Every reporting unit with its paragraphs in this section, those not in the report without."""
    reports = {
        one.unit: one.report
        for one in column.standings
        if one.report and chapter.code in sections.get(one.report.pk, {})
    }
    words = {unit: sections[report.pk][chapter.code].paragraphs for unit, report in reports.items()}
    writers: dict[str, list[str]] = defaultdict(list)
    for unit, texts in words.items():
        for text in texts:
            writers[rules.alike(text)].append(unit.name)
    taken = {(one.from_report_id, one.taken) for one in chapter.passages}
    return [
        Source(
            one,
            report := reports.get(one.unit),
            [
                Paragraph(
                    place,
                    text,
                    is_taken=report is not None and (report.pk, text) in taken,
                    alike=[name for name in writers[rules.alike(text)] if name != one.unit.name],
                )
                for place, text in enumerate(words.get(one.unit, []))
            ],
        )
        for one in column.standings
    ]


@require_POST
@officer
@answering
def consolidate(request: Request, period: Period) -> HttpResponse:
    report = consolidating.consolidate(regime_or_404().code, period, by=request.actor)
    messages.success(
        request,
        _("Đã tổng hợp từ %(count)d báo cáo của đơn vị.") % {"count": report.sources.count()},
    )
    return redirect("console:consolidation", period)


def _consolidated(request: Request, pk: UUID) -> Report:
    report = report_seen(request, pk)
    if not report.is_consolidated:
        raise Http404
    return report


def _there(report: Report, code: str, unit: str = "") -> str:
    """The place in the consolidation that one acts on."""
    url = f"{reverse('console:consolidation', args=[report.period])}?muc={code}"
    return f"{url}&don-vi={unit}" if unit else url


class TakeForm(forms.Form):
    """A paragraph of a unit's report, by its place there."""

    source = forms.UUIDField()
    paragraph = forms.IntegerField(min_value=0)


@require_POST
@officer
def take_passage(request: Request, pk: UUID, code: str) -> HttpResponse:
    report = _consolidated(request, pk)
    get_object_or_404(report.sections, code=code)
    form = TakeForm(request.POST)
    if not form.is_valid():
        raise Http404
    source = get_object_or_404(access.visible_to(request.actor), pk=form.cleaned_data["source"])
    try:
        consolidating.take_passage(
            report, code, source, form.cleaned_data["paragraph"], by=request.actor
        )
    except NotAccepted as reason:
        messages.error(request, str(reason))
    return redirect(_there(report, code, str(source.unit_id)))


@require_POST
@officer
def change_passage(request: Request, passage: UUID) -> HttpResponse:
    """Rewrite a passage, or take it out."""
    found = get_object_or_404(
        Passage.objects.select_related("section__report").filter(
            section__report__in=access.visible_to(request.actor)
        ),
        pk=passage,
    )
    try:
        if "drop" in request.POST:
            consolidating.drop(found, by=request.actor)
        else:
            text = request.POST.get("text", "").replace("\x00", "")
            consolidating.rewrite(found, text, by=request.actor)
    except NotAccepted as reason:
        messages.error(request, str(reason))
    return redirect(_there(found.section.report, found.section.code, request.POST.get("unit", "")))


@require_POST
@officer
def write_province(request: Request, pk: UUID, code: str) -> HttpResponse:
    """The province's own words in a section of the consolidated report."""
    report = _consolidated(request, pk)
    require(access.can_write(request.actor, report))
    get_object_or_404(report.sections, code=code)
    form = SectionForm(request.POST)
    if form.is_valid():
        section = writing.write_section(report, code, form.writing(), by=request.actor)
        if section.aside:
            messages.warning(request, both_kept(section))
        else:
            messages.success(request, _("Đã lưu lúc %(time)s.") % {"time": f"{clock.now():%H:%M}"})
    return redirect(_there(report, request.POST.get("next") or code, request.POST.get("unit", "")))


class IssueForm(forms.Form):
    number = forms.RegexField(
        label=gettext_lazy("Số"),
        regex=r"^\d{1,5}$",
        required=False,
        help_text=gettext_lazy("Số do văn thư cấp. Để trống thì điền khi ký."),
        error_messages={"invalid": gettext_lazy("Ghi phần số, ví dụ 128.")},
    )


@officer
def issue_report(request: Request, pk: UUID) -> HttpResponse:
    """The question, then the consolidated report is issued."""
    report = _consolidated(request, pk)
    require(access.can_consolidate(request.actor))
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            consolidating.issue(report, by=request.actor, number=form.cleaned_data["number"])
        except NotAccepted as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Đã phát hành báo cáo tổng hợp. Số liệu được chốt."))
            return redirect("console:consolidation", report.period)
    if not report.is_draft:
        return redirect("console:consolidation", report.period)
    held = contents(report)
    context = {**head_of(report, held), "checked": held.check(), "form": form}
    return render(request, "console/reports/issue.html", context)
