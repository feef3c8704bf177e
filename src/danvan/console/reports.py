from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, register_converter, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.documents.official import NoPdf, as_pdf, converter
from danvan.duties import actions as duties
from danvan.figures.counting import assignments_of, records_of
from danvan.figures.definitions import indicator
from danvan.files.rules import DOCX, PDF
from danvan.org.access import require
from danvan.periods import Period, parse
from danvan.reports import access, actions, official, rules, standings
from danvan.reports.choices import Progress, ReportState
from danvan.reports.contents import Chapter, Contents, contents, duties_of_the_period
from danvan.reports.definitions import Regime, regime_of, regimes, reporters
from danvan.reports.models import Passage, Remark, Report, Section
from danvan.workdays.calendars import calendar
from danvan.workdays.rules import printed

from .choosing import offer
from .doors import Request, View, officer
from .phrases import sentences

TONES = {
    ReportState.DRAFT: "work",
    ReportState.SUBMITTED: "wait",
    ReportState.RETURNED: "warn",
    ReportState.ACCEPTED: "done",
    ReportState.SUPERSEDED: "idle",
}
PROGRESS_TONES = {Progress.EMPTY: "idle", Progress.WRITING: "work", Progress.FINISHED: "done"}


class PeriodConverter:
    """A period in an address: 2024-Q1."""

    regex = r"[12]\d{3}-(?:M(?:0[1-9]|1[0-2])|Q[1-4]|H[12]|N9|Y)"

    def to_python(self, value: str) -> Period:
        return parse(value)

    def to_url(self, value: Period | str) -> str:
        return str(value)


register_converter(PeriodConverter, "period")


def _regime() -> Regime | None:
    return next(iter(regimes(clock.today())), None)


def _known_regime() -> Regime:
    found = _regime()
    if found is None:
        raise Http404
    return found


def _report(request: Request, pk: UUID) -> Report:
    found = access.visible_to(request.actor).select_related(
        "regime", "supersedes", "successor", "assignment__duty__document"
    )
    return get_object_or_404(found, pk=pk)


def answering(view: View) -> View:
    """What an action does not accept is said under the title of the page that one came from."""

    @wraps(view)
    def answered(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (actions.NotAccepted, duties.NotAccepted) as reason:
            messages.error(request, str(reason))
            return redirect(_back(request, kwargs))

    return answered


def _back(request: Request, where: dict[str, Any]) -> str:
    if "period" in where:
        return reverse("console:consolidation", args=[where["period"]])
    return (
        reverse("console:report", args=[where["pk"]])
        if "pk" in where
        else reverse("console:reports")
    )


class YearFilter(forms.Form):
    year = forms.TypedChoiceField(label=gettext_lazy("Năm"), coerce=int, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = clock.today().year
        offer(self, "year", [(year, year) for year in range(this_year, this_year - 4, -1)])

    @property
    def chosen(self) -> int:
        chosen = self.cleaned_data.get("year") if self.is_valid() else None
        return chosen or clock.today().year


@officer
def reports(request: Request) -> HttpResponseBase:
    """Who follows the province sees all units, everybody else the periods of the own unit."""
    require(access.can_see_reports(request.actor))
    if access.can_see_matrix(request.actor):
        return _matrix(request)
    return own_reports(request)


def _matrix(request: Request) -> HttpResponse:
    """Unit × period: who has sent, in time or late."""
    regime, form = _regime(), _year_filter(request)
    columns = standings.columns(regime, form.chosen) if regime else []
    now = standings.column_of_now(columns) if columns else None
    context = {
        "regime": regime,
        "form": form,
        "columns": columns,
        "rows": list(zip(*(one.standings for one in columns), strict=True)),
        "now": now,
        "clashes": regime.clashes(now.period, calendar(form.chosen)) if regime and now else [],
        "can_remind": request.actor.is_coordinator,
        "can_consolidate": access.can_consolidate(request.actor),
        "has_own": request.actor.is_coordinator,
    }
    return render(request, "console/reports/matrix.html", context)


def _year_filter(request: Request) -> YearFilter:
    return YearFilter({"year": request.GET.get("year") or clock.today().year})


@dataclass(frozen=True)
class Line:
    """A period in the list of a unit's own reports."""

    column: standings.Column
    report: Report | None  # the newest version, a draft too

    @property
    def standing(self) -> standings.Standing:
        return self.column.standings[0]

    @property
    def was_returned(self) -> bool:
        before = self.report.supersedes if self.report else None
        return bool(before and before.state == ReportState.RETURNED)

    @property
    def tone(self) -> str:
        return TONES[ReportState(self.report.state)] if self.report else "idle"


@officer
def own_reports(request: Request) -> HttpResponse:
    """The periods of one's own unit, each with its next step."""
    require(access.can_see_reports(request.actor))
    regime, form = _regime(), _year_filter(request)
    unit = request.actor.unit
    owing = [unit] if unit and not unit.is_asked else []  # who is asked owes no reports
    columns = standings.columns(regime, form.chosen, owing) if regime and owing else []
    newest = {
        one.period: one
        for one in access.visible_to(request.actor)
        .of_units()
        .filter(unit=unit, period__startswith=str(form.chosen))
        .select_related("supersedes")
        .order_by("version")
    }
    lines = [Line(one, newest.get(str(one.period))) for one in columns]
    context = {
        "regime": regime,
        "form": form,
        "lines": lines,
        "late": [one for one in lines if one.standing.is_late],
        "now": standings.column_of_now(columns) if columns else None,
        "can_open": unit is not None and access.can_open(request.actor, unit),
        "reports_too": bool(unit) and unit in reporters(regime, clock.today()) if regime else False,
    }
    return render(request, "console/reports/own.html", context)


class PeriodForm(forms.Form):
    period = forms.RegexField(regex=f"^{PeriodConverter.regex}$")


@require_POST
@officer
@answering
def open_report(request: Request) -> HttpResponse:
    regime, unit = _known_regime(), request.actor.own_unit
    form = PeriodForm(request.POST)
    if not form.is_valid():
        raise Http404
    period = parse(form.cleaned_data["period"])
    require(period in regime.periods(period.year))
    report = actions.open_report(regime.code, unit, period, by=request.actor)
    return redirect("console:report", report.pk)


@require_POST
@officer
def remind_reports(request: Request, period: Period) -> HttpResponse:
    """Remind every unit whose report of the period is late, through the duty that asks for it."""
    columns = standings.columns(_known_regime(), period.year)
    late = next((one.late for one in columns if one.period == period), [])
    done = duties.remind([one.assignment for one in late if one.assignment], by=request.actor)
    text = _("Đã nhắc %(units)d đơn vị.") % {"units": done.units}
    if done.passed_over:
        text += " " + _("%(units)d đơn vị đã được nhắc hôm nay nên không nhắc lại.") % {
            "units": done.passed_over
        }
    messages.success(request, text)
    return redirect(f"{reverse('console:reports')}?year={period.year}")


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

    def writing(self) -> actions.Writing:
        return actions.Writing(**self.cleaned_data)


def _section_form(section: Section | None) -> SectionForm:
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


@officer
def report(request: Request, pk: UUID) -> HttpResponse:
    """A draft to write on, for who writes it; else the report to read."""
    found = _report(request, pk)
    if found.is_consolidated:
        return redirect("console:consolidation", found.period)
    if access.can_write(request.actor, found) and "ca-bai" not in request.GET:
        return _draft_page(request, found)
    return _reading_page(request, found)


def _draft_page(
    request: Request, report: Report, *, code: str = "", form: SectionForm | None = None
) -> HttpResponse:
    held = contents(report)
    written = held.written
    asked = code or request.GET.get("muc", "")
    place = next((n for n, one in enumerate(written) if one.code == asked), 0)
    chapter = written[place]
    context = {
        **_head(report, held),
        "chapter": chapter,
        "before": written[place - 1] if place else None,
        "after": written[place + 1] if place + 1 < len(written) else None,
        "outline": [(one, PROGRESS_TONES[one.progress]) for one in held.chapters],
        "form": form or _section_form(chapter.section),
        "duties": list(duties_of_the_period(report)[:30]),
        "checked": held.check(),
    }
    return render(request, "console/reports/draft.html", context, status=400 if form else 200)


def _head(report: Report, held: Contents, *, due_on: date | None = None) -> dict[str, Any]:
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


def _reading_page(
    request: Request, report: Report, *, form: "ReturnForm | None" = None
) -> HttpResponse:
    held = contents(report)
    is_waiting = report.state == ReportState.SUBMITTED
    decides = access.can_decide(request.actor, report) and is_waiting
    if decides and form is None:
        form = ReturnForm(held=held)
    context = {
        **_head(report, held),
        "chapters": [
            (one, form[one.code] if form and one.outline.written else None) for one in held.chapters
        ],
        "form": form,
        "can_decide": decides,
        "can_revise": _may_revise(request, report),
        "can_write": access.can_write(request.actor, report),
        "successor": _successor(request, report),
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


@require_POST
@officer
def write_section(request: Request, pk: UUID, code: str) -> HttpResponse:
    """Save a section by its button, and go where the button says."""
    found = _report(request, pk)
    require(access.can_write(request.actor, found))
    section = get_object_or_404(found.sections, code=code)
    form = SectionForm(request.POST)
    if not form.is_valid():
        return _draft_page(request, found, code=code, form=form)
    section = actions.write_section(found, code, form.writing(), by=request.actor)
    if section.aside:
        messages.warning(request, _both_kept(section))
        return redirect(_section_url(found, code))
    messages.success(request, _("Đã lưu lúc %(time)s.") % {"time": f"{clock.now():%H:%M}"})
    return redirect(_section_url(found, request.POST.get("next") or code))


@require_POST
@officer
def autosave_section(request: Request, pk: UUID, code: str) -> JsonResponse:
    """Save what is being typed; says when, and whether a colleague wrote meanwhile."""
    found = _report(request, pk)
    require(access.can_write(request.actor, found))
    get_object_or_404(found.sections, code=code)
    form = SectionForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    section = actions.write_section(found, code, form.writing(), by=request.actor)
    saved = {"saved_at": f"{clock.now():%H:%M}", "revision": section.revision}
    if section.aside:
        saved |= {"message": _both_kept(section), "compare": _section_url(found, code)}
    return JsonResponse(saved)


def _section_url(report: Report, code: str) -> str:
    return f"{reverse('console:report', args=[report.pk])}?muc={code}"


def _both_kept(section: Section) -> str:
    """Message 12."""
    return _("%(name)s vừa sửa mục này lúc %(time)s. Cả hai bản đều được giữ.") % {
        "name": section.edited_by_name,
        "time": f"{section.edited_at.astimezone(clock.ZONE):%H:%M}" if section.edited_at else "",
    }


@require_POST
@officer
@answering
def settle_aside(request: Request, pk: UUID, code: str) -> HttpResponse:
    """Keep one of two texts written at once, or both."""
    found = _report(request, pk)
    section = get_object_or_404(found.sections, code=code)
    kept = {
        "one": section.narrative,
        "other": section.aside,
        "both": f"{section.narrative}\n{section.aside}",
    }
    actions.settle_aside(
        found, code, kept.get(request.POST.get("keep", ""), kept["both"]), by=request.actor
    )
    return redirect(_section_url(found, code))


@require_POST
@officer
def begin_section(request: Request, pk: UUID, code: str) -> HttpResponse:
    found = _report(request, pk)
    get_object_or_404(found.sections, code=code)
    section = actions.begin_section(found, code, by=request.actor)
    if not section.narrative:
        messages.info(request, _("Trong kỳ không có việc nào để soạn sẵn mục này."))
    return redirect(_section_url(found, code))


@officer
def report_number(request: Request, pk: UUID, code: str) -> HttpResponse:
    """What a number of a draft is counted from, in the report's own window."""
    found = _report(request, pk)
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
        **_head(found, held),
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
    found = _report(request, pk)
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
    context = {**_head(found, held), "checked": held.check()}
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
    found = _report(request, pk)
    form = ReturnForm(request.POST, held=contents(found))
    if form.is_valid():
        again_by = form.cleaned_data["again_by"]
        try:
            actions.send_back(found, form.remarks(), by=request.actor, again_by=again_by)
        except (actions.NotAccepted, duties.NotAccepted) as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Đã trả lại báo cáo kèm góp ý."))
            return redirect("console:report", pk)
    return _reading_page(request, found, form=form)


@require_POST
@officer
@answering
def accept_report(request: Request, pk: UUID) -> HttpResponse:
    found = _report(request, pk)
    actions.accept(found, by=request.actor)
    messages.success(request, _("Đã chấp nhận báo cáo của %(unit)s.") % {"unit": found.unit.name})
    return redirect("console:report", pk)


@require_POST
@officer
@answering
def revise_report(request: Request, pk: UUID) -> HttpResponse:
    return redirect("console:report", actions.revise(_report(request, pk), by=request.actor).pk)


@require_POST
@officer
def settle_remark(request: Request, pk: UUID, remark: UUID) -> HttpResponse:
    """From the draft `pk`: what a remark on the version before asked for is done."""
    draft = _report(request, pk)
    found = get_object_or_404(Remark.objects.filter(report=draft.supersedes_id), pk=remark)
    actions.settle_remark(found, by=request.actor)
    return redirect(_section_url(draft, found.section))


@officer
def report_docx(request: Request, pk: UUID) -> HttpResponse:
    found = _report(request, pk)
    return _file(official.write(found), DOCX, f"{official.file_name(found)}.docx")


@officer
@answering
def report_pdf(request: Request, pk: UUID) -> HttpResponse:
    found = _report(request, pk)
    try:
        data = as_pdf(official.write(found))
    except NoPdf as reason:
        messages.error(request, str(reason))
        return redirect("console:report", pk)
    return _file(data, PDF, f"{official.file_name(found)}.pdf")


def _file(data: bytes, media_type: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(data, content_type=media_type, headers={"Content-Disposition": disposition})


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
    regime = regime_of(newest.regime) if newest else _known_regime()
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
        **_head(report, held, due_on=column.due_on),
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
        "form": _section_form(chapter.section),
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
    report = actions.consolidate(_known_regime().code, period, by=request.actor)
    messages.success(
        request,
        _("Đã tổng hợp từ %(count)d báo cáo của đơn vị.") % {"count": report.sources.count()},
    )
    return redirect("console:consolidation", period)


def _consolidated(request: Request, pk: UUID) -> Report:
    report = _report(request, pk)
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
        actions.take_passage(report, code, source, form.cleaned_data["paragraph"], by=request.actor)
    except actions.NotAccepted as reason:
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
            actions.drop(found, by=request.actor)
        else:
            text = request.POST.get("text", "").replace("\x00", "")
            actions.rewrite(found, text, by=request.actor)
    except actions.NotAccepted as reason:
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
        section = actions.write_section(report, code, form.writing(), by=request.actor)
        if section.aside:
            messages.warning(request, _both_kept(section))
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
            actions.issue(report, by=request.actor, number=form.cleaned_data["number"])
        except actions.NotAccepted as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Đã phát hành báo cáo tổng hợp. Số liệu được chốt."))
            return redirect("console:consolidation", report.period)
    if not report.is_draft:
        return redirect("console:consolidation", report.period)
    held = contents(report)
    context = {**_head(report, held), "checked": held.check(), "form": form}
    return render(request, "console/reports/issue.html", context)


urlpatterns = [
    path("bao-cao/", reports, name="reports"),
    path("bao-cao/don-vi/", own_reports, name="own_reports"),
    path("bao-cao/soan/", open_report, name="open_report"),
    path("bao-cao/nhac/<period:period>/", remind_reports, name="remind_reports"),
    path("bao-cao/tong-hop/<period:period>/", consolidation, name="consolidation"),
    path("bao-cao/tong-hop/<period:period>/cap-nhat/", consolidate, name="consolidate"),
    path("bao-cao/doan/<uuid:passage>/", change_passage, name="change_passage"),
    path("bao-cao/<uuid:pk>/", report, name="report"),
    path("bao-cao/<uuid:pk>/gui/", submit_report, name="submit_report"),
    path("bao-cao/<uuid:pk>/tra-lai/", send_back_report, name="send_back_report"),
    path("bao-cao/<uuid:pk>/chap-nhan/", accept_report, name="accept_report"),
    path("bao-cao/<uuid:pk>/ban-moi/", revise_report, name="revise_report"),
    path("bao-cao/<uuid:pk>/phat-hanh/", issue_report, name="issue_report"),
    path("bao-cao/<uuid:pk>/docx/", report_docx, name="report_docx"),
    path("bao-cao/<uuid:pk>/pdf/", report_pdf, name="report_pdf"),
    path("bao-cao/<uuid:pk>/gop-y/<uuid:remark>/", settle_remark, name="settle_remark"),
    path("bao-cao/<uuid:pk>/so/<slug:code>/", report_number, name="report_number"),
    path("bao-cao/<uuid:pk>/muc/<slug:code>/", write_section, name="write_section"),
    path("bao-cao/<uuid:pk>/muc/<slug:code>/tu-luu/", autosave_section, name="autosave_section"),
    path("bao-cao/<uuid:pk>/muc/<slug:code>/chon-ban/", settle_aside, name="settle_aside"),
    path("bao-cao/<uuid:pk>/muc/<slug:code>/soan-san/", begin_section, name="begin_section"),
    path("bao-cao/<uuid:pk>/muc/<slug:code>/dua-vao/", take_passage, name="take_passage"),
    path("bao-cao/<uuid:pk>/muc/<slug:code>/ban-tinh/", write_province, name="write_province"),
]
