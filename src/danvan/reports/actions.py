from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record, seen
from danvan.duties import access as duty_access
from danvan.duties import actions as duties
from danvan.duties.choices import HANDED_IN
from danvan.duties.models import Assignment
from danvan.figures import actions as figures
from danvan.figures.models import Figure
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.heirs import left_to
from danvan.org.models import Unit
from danvan.periods import Period
from danvan.refusals import NotAccepted
from danvan.text import in_vietnamese

from . import access, notices, rules
from .choices import ReportState
from .contents import contents, first_words
from .definitions import KIND, Regime, coordinating_unit, regime, regime_of, whole_unit
from .models import Passage, Remark, Report, ReportFigure, ReportQuerySet, Section
from .standings import asking_for


@transaction.atomic
def open_report(code: str, unit: Unit, period: Period, *, by: Actor) -> Report:
    """The unit's report of a regime and period as it stands; a new draft where there is none yet."""
    require(access.can_open(by, unit))
    known = regime(code, clock.today())
    if known.window(period)[0] > clock.today():
        raise NotAccepted(_("Kỳ này chưa bắt đầu nên chưa soạn báo cáo được."))
    Unit.objects.select_for_update().get(pk=unit.pk)  # two at once open one report
    newest = _versions(known, unit, period, is_consolidated=False).first()
    if newest is not None:
        return newest
    report = Report.objects.create(
        regime=known.definition,
        unit=unit,
        addressee=coordinating_unit(clock.today()),
        period=str(period),
        assignment=assignment_for(unit, period),
        opened_at=clock.now(),
    )
    _add_sections(report, known)
    record(report, "opened", by=by, before=NOTHING)
    return report


def _versions(
    known: Regime, unit: Unit, period: Period, *, is_consolidated: bool
) -> ReportQuerySet:
    """Newest first."""
    reports = Report.objects.filter(
        regime__kind=KIND,
        regime__code=known.code,
        unit=unit,
        period=str(period),
        is_consolidated=is_consolidated,
    )
    return reports.order_by("-version")


def _add_sections(report: Report, known: Regime) -> None:
    Section.objects.bulk_create(Section(report=report, code=one.code) for one in known.written)


def assignment_for(unit: Unit, period: Period) -> Assignment | None:
    """The assignment that this report fulfils; of several the unit's own that was laid last."""
    asked = sorted(_asked(unit.pk, str(period)), key=lambda one: one.assigned_at, reverse=True)
    return next((one for one in asked if one.unit_id == unit.pk), asked[0] if asked else None)


def _asked(unit_id: UUID, period: str) -> list[Assignment]:
    """All that ask a unit for its report: one report answers what those merged into it owed too."""
    return list(asking_for([period]).filter(unit__in=left_to(unit_id, clock.today())))


@transaction.atomic
def claim(assignments: Iterable[Assignment], *, by: Actor) -> int:
    """Reports sent before the duty that asks for them was laid count as its result; how many did."""
    asking = {(one.unit_id, one.occurrence): one for one in assignments}
    claimed = 0
    sent_before = Report.objects.of_units().in_force().filter(assignment=None)
    for report in sent_before.filter(period__in={period for unit, period in asking}):
        if assignment := asking.get((report.unit_id, report.period)):
            _claim(report, assignment, by)
            claimed += 1
    return claimed


def _claim(report: Report, assignment: Assignment, by: Actor) -> None:
    assert report.submitted_at is not None  # what is in force was sent
    was = seen(report)
    report.assignment = assignment
    report.save(update_fields=["assignment"])
    record(report, "claimed", by=by, before=was)
    credited = duties.credit(
        assignment,
        handed_in_at=report.submitted_at,
        by_name=report.submitted_by,
        note=_note(report),
        by=by,
    )
    if report.state == ReportState.ACCEPTED and duty_access.can_decide(by, credited):
        duties.accept(credited, by=by)


def _locked(report: Report) -> Report:
    rows = Report.objects.select_for_update(of=("self",))
    return rows.select_related("regime", "unit", "assignment__duty").get(pk=report.pk)


@dataclass(frozen=True)
class Writing:
    """What was typed into a section, and on which page of it: the revision that the page showed."""

    text: str
    revision: int
    page: UUID
    is_finished: bool = False


@transaction.atomic
def write_section(report: Report, code: str, writing: Writing, *, by: Actor) -> Section:
    """Keep what was typed. Where another wrote meanwhile both texts are kept, this one aside."""
    report = _locked(report)
    require(access.can_write(by, report))
    section = report.sections.select_for_update().get(code=code)
    text = writing.text.strip()
    if (text, writing.is_finished) == (section.narrative, section.is_finished):
        return section
    if writing.revision != section.revision and section.edited_from != writing.page:
        return _set_aside(report, section, text, writing.page, by)
    # Saved every moment and recorded every moment: so only the words that changed are.
    was, now = rules.changed_words(section.narrative, text)
    record(
        report,
        "wrote",
        by=by,
        before={"narrative": was, "is_finished": section.is_finished},
        after={"narrative": now, "is_finished": writing.is_finished},
        section=code,
        page=str(writing.page),
    )
    return _put(section, text, writing, by)


def _put(section: Section, text: str, writing: Writing, by: Actor) -> Section:
    section.narrative, section.is_finished = text, writing.is_finished
    section.revision += 1
    section.edited_at, section.edited_by_name = clock.now(), by.name
    section.edited_from = writing.page
    section.save()
    return section


def _set_aside(report: Report, section: Section, text: str, page: UUID, by: Actor) -> Section:
    if not text or text in (section.narrative, section.aside):
        return section
    was, now = {"aside": section.aside}, {"aside": text}
    record(report, "set_aside", by=by, before=was, after=now, section=section.code)
    is_another = section.aside and section.aside_from != page
    section.aside = (
        f"{section.aside}\n\n{text}" if is_another and text not in section.aside else text
    )
    section.aside_at, section.aside_by_name, section.aside_from = clock.now(), by.name, page
    section.save()
    return section


@transaction.atomic
def settle_aside(report: Report, code: str, text: str, *, by: Actor) -> Section:
    """Choose the text of a section that two people wrote at once; the audit keeps both."""
    report = _locked(report)
    require(access.can_write(by, report))
    section = report.sections.select_for_update().get(code=code)
    if not section.aside:
        return section
    was = {"narrative": section.narrative, "aside": section.aside}
    now = {"narrative": text.strip(), "aside": ""}
    record(report, "merged", by=by, before=was, after=now, section=code)
    section.narrative = text.strip()
    section.revision += 1
    section.edited_at, section.edited_by_name, section.edited_from = clock.now(), by.name, None
    section.aside, section.aside_at, section.aside_by_name, section.aside_from = "", None, "", None
    section.save()
    return section


@transaction.atomic
def begin_section(report: Report, code: str, *, by: Actor) -> Section:
    """Write the duties of the period into an empty section; one that has words stays as it is."""
    report = _locked(report)
    require(access.can_write(by, report))
    section = report.sections.select_for_update().get(code=code)
    words = first_words(report, regime_of(report.regime)[code])
    if section.narrative or not words:
        return section
    section.narrative = words
    section.revision += 1
    section.edited_at, section.edited_by_name, section.edited_from = clock.now(), by.name, None
    section.save()
    was, now = {"narrative": ""}, {"narrative": words}
    record(report, "wrote", by=by, before=was, after=now, section=code)
    return section


@transaction.atomic
def submit(report: Report, *, by: Actor) -> Report:
    """Send the report: its figures are frozen, its duty is handed in. Sent once stays as it was sent."""
    report = _locked(report)
    require(access.can_submit(by, report))
    if not report.is_draft:
        return report
    _require_complete(report)
    was = seen(report)
    _freeze(report, by)
    _send(report, by)
    if report.unit_id == report.addressee_id:  # its own word is enough
        _decide(report, ReportState.ACCEPTED, by)
    if report.supersedes_id is not None:
        Remark.objects.filter(report=report.supersedes_id, settled_at=None).update(
            settled_at=clock.now()
        )
    record(report, "submitted", by=by, before=was, version=report.version)
    for asked in _asked(report.unit_id, report.period):
        if asked.is_open:
            duties.submit(asked, duties.Proof(note=_note(report)), by=by)
    notices.submitted(report)
    return report


def _require_complete(report: Report) -> None:
    wrong = contents(report).check().wrong
    if wrong:
        raise NotAccepted(" ".join(sentence for _code, sentence in wrong))


@in_vietnamese
def _places_in_words(count: int) -> str:
    return _("%(count)d chỗ cần bổ sung trong báo cáo") % {"count": count}


@in_vietnamese
def _note(report: Report) -> str:
    return _("Báo cáo %(period)s, bản %(version)d") % {
        "period": report.as_period.label,
        "version": report.version,
    }


def _freeze(report: Report, by: Actor) -> None:
    known = regime_of(report.regime)
    period = report.as_period
    taken = figures.take(known.indicators, report.unit, period, known.window(period), by=by)
    _put_figures(report, known, taken)


def _put_figures(report: Report, known: Regime, taken: list[Figure]) -> None:
    by_code = {one.indicator: one for one in taken}
    ReportFigure.objects.bulk_create(
        ReportFigure(report=report, section=outline.code, figure=by_code[code])
        for outline in known.outline
        for code in outline.indicators
        if code in by_code
    )


def _send(report: Report, by: Actor) -> None:
    """The version before gives way first: only one is in force."""
    if report.supersedes is not None:
        was = seen(report.supersedes)
        report.supersedes.state = ReportState.SUPERSEDED
        report.supersedes.save(update_fields=["state"])
        record(report.supersedes, "superseded", by=by, before=was)
    report.state = ReportState.SUBMITTED
    report.submitted_at, report.submitted_by = clock.now(), by.name
    report.save(update_fields=["state", "submitted_at", "submitted_by", "number"])


@transaction.atomic
def send_back(
    report: Report, remarks: Mapping[str, str], *, by: Actor, again_by: date | None = None
) -> Report:
    """Return a report with remarks at its sections; its unit gets a draft of the next version."""
    report = _locked(report)
    require(access.can_decide(by, report))
    if report.state == ReportState.RETURNED:
        return report
    if report.state != ReportState.SUBMITTED:
        raise NotAccepted(_("Báo cáo không còn chờ xem nên không trả lại được."))
    said = {code: text.strip() for code, text in remarks.items() if text.strip()}
    if not said:
        raise NotAccepted(_("Chưa ghi góp ý. Ghi ở mục cần bổ sung rồi trả lại."))
    was = seen(report)
    Remark.objects.bulk_create(
        Remark(report=report, section=code, text=text, by_name=by.name, at=clock.now())
        for code, text in said.items()
    )
    _decide(report, ReportState.RETURNED, by)
    report.again_by = again_by
    report.save(update_fields=["again_by"])
    draft = _next_version(report, by)
    reason = _places_in_words(len(said))
    record(report, "returned", by=by, before=was, reason=reason, remarks=said)
    for asked in _asked(report.unit_id, report.period):
        if asked.state in HANDED_IN:
            duties.send_back(asked, by=by, reason=reason)
    notices.returned(report, draft, places=len(said))
    return report


@transaction.atomic
def accept(report: Report, *, by: Actor) -> Report:
    """Accept a report, and with it the result of its duty. Accepted once stays so."""
    report = _locked(report)
    require(access.can_decide(by, report))
    if report.state == ReportState.ACCEPTED:
        return report
    if report.state != ReportState.SUBMITTED:
        raise NotAccepted(_("Báo cáo không còn chờ xem nên không chấp nhận được."))
    was = seen(report)
    _decide(report, ReportState.ACCEPTED, by)
    record(report, "accepted", by=by, before=was)
    for asked in _asked(report.unit_id, report.period):
        if asked.state in HANDED_IN:
            duties.accept(asked, by=by)
    notices.accepted(report)
    return report


def _decide(report: Report, state: ReportState, by: Actor) -> None:
    report.state, report.decided_at, report.decided_by = state, clock.now(), by.name
    report.save(update_fields=["state", "decided_at", "decided_by"])


@transaction.atomic
def revise(report: Report, *, by: Actor) -> Report:
    """Begin the next version of what was sent; the draft that is there already, where there is one."""
    report = _locked(report)
    require(access.can_revise(by, report))
    if successor := Report.objects.filter(supersedes=report).first():
        return successor
    if report.is_draft:
        return report
    return _next_version(report, by)


def _next_version(report: Report, by: Actor) -> Report:
    """A draft with all that people wrote."""
    draft = Report.objects.create(
        regime=report.regime,
        unit_id=report.unit_id,
        addressee_id=report.addressee_id,
        period=report.period,
        version=report.version + 1,
        is_consolidated=report.is_consolidated,
        supersedes=report,
        assignment=report.assignment,
        opened_at=clock.now(),
    )
    for section in report.sections.prefetch_related("passages"):
        taken = list(section.passages.all())
        section.pk, section._state.adding = Section().pk, True
        section.report, section.is_finished = draft, False
        section.save()
        Passage.objects.bulk_create(_copied(one, section) for one in taken)
    if report.is_consolidated:
        draft.sources.set(report.sources.all())
        rows = ReportFigure.objects.filter(report=report).order_by("id")
        ReportFigure.objects.bulk_create(
            ReportFigure(report=draft, figure_id=one.figure_id, section=one.section) for one in rows
        )
    record(draft, "opened", by=by, before=NOTHING, supersedes=report.version)
    return draft


def _copied(passage: Passage, section: Section) -> Passage:
    return Passage(
        section=section,
        from_report_id=passage.from_report_id,
        taken=passage.taken,
        text=passage.text,
        place=passage.place,
    )


@transaction.atomic
def settle_remark(remark: Remark, *, by: Actor) -> Remark:
    """The unit says that it did what a remark asks for."""
    remark = (
        Remark.objects.select_for_update(of=("self",)).select_related("report").get(pk=remark.pk)
    )
    require(access.can_revise(by, remark.report))
    if remark.settled_at is None:
        remark.settled_at = clock.now()
        remark.save(update_fields=["settled_at"])
        record(remark.report, "remark_settled", by=by, section=remark.section)
    return remark


@transaction.atomic
def consolidate(code: str, period: Period, *, by: Actor) -> Report:
    """The province's report of a period from what units have sent; a draft is brought up to date.

    Its figures are sums of the units' frozen figures. Nothing changes where nothing new came.
    """
    require(access.can_consolidate(by))
    assert by.unit is not None
    Unit.objects.select_for_update().get(pk=by.unit.pk)  # two at once make one report
    known = regime(code, clock.today())
    sources = set(sent(known, period))
    if not sources:
        raise NotAccepted(_("Chưa đơn vị nào gửi báo cáo kỳ này nên chưa tổng hợp được."))
    report = _versions(known, by.unit, period, is_consolidated=True).first()
    if report is None:
        report = Report.objects.create(
            regime=known.definition,
            unit=by.unit,
            addressee=whole_unit(clock.today()),
            period=str(period),
            is_consolidated=True,
            opened_at=clock.now(),
        )
        _add_sections(report, known)
    before = set(report.sources.all())
    if report.is_draft and before != sources:
        was = {"sources": sorted(str(one) for one in before)}
        _sum_up(report, known, sources, by)
        now = {"sources": sorted(str(one) for one in sources)}
        record(report, "consolidated", by=by, before=was, after=now, reports=len(sources))
    return report


def sent(known: Regime, period: Period) -> ReportQuerySet:
    """The units' reports of a period that are in force."""
    reports = Report.objects.of_units().in_force().filter(period=str(period))
    return reports.filter(regime__kind=KIND, regime__code=known.code)


def _sum_up(report: Report, known: Regime, sources: set[Report], by: Actor) -> None:
    parts = Figure.objects.filter(
        pk__in=ReportFigure.objects.filter(report__in=sources).values("figure")
    ).select_related("definition")
    period = report.as_period
    whole = whole_unit(clock.today())
    wholes = figures.sum_up(whole, period, known.window(period), parts, by=by)
    ReportFigure.objects.filter(report=report).delete()
    _put_figures(report, known, wholes)
    report.sources.set(sources)


@transaction.atomic
def take_passage(
    report: Report, code: str, source: Report, paragraph: int, *, by: Actor
) -> Passage:
    """Put a paragraph of a unit's report into the consolidated one. Taken once stands there once."""
    report = _writable(report, by)
    section = report.sections.get(code=code)
    if not report.sources.filter(pk=source.pk).exists():
        raise NotAccepted(
            _("Báo cáo này chưa nằm trong bản tổng hợp. Cập nhật bản tổng hợp trước.")
        )
    paragraphs = source.sections.get(code=code).paragraphs
    if not 0 <= paragraph < len(paragraphs):
        raise NotAccepted(_("Không còn đoạn này trong báo cáo của đơn vị."))
    text = paragraphs[paragraph]
    known = section.passages.filter(from_report=source, taken=text).first()
    if known is not None:
        return known
    place = (section.passages.order_by("-place").values_list("place", flat=True).first() or 0) + 1
    passage = Passage.objects.create(
        section=section, from_report=source, taken=text, text=text, place=place
    )
    record(
        report,
        "passage_taken",
        by=by,
        before=NOTHING,
        after={"text": text},
        section=code,
        source=str(source.pk),
    )
    return passage


def _writable(report: Report, by: Actor) -> Report:
    report = _locked(report)
    require(access.can_write(by, report))
    return report


@transaction.atomic
def rewrite(passage: Passage, text: str, *, by: Actor) -> Passage:
    """Change the words of a passage; what the unit wrote stays beside it."""
    report = _writable(passage.section.report, by)
    passage = Passage.objects.select_for_update().get(pk=passage.pk)
    text = " ".join(text.split())
    if not text:
        raise NotAccepted(
            _("Đoạn này chưa có chữ. Ghi nội dung, hoặc bỏ đoạn ra khỏi bản tổng hợp.")
        )
    if text != passage.text:
        was, now = {"text": passage.text}, {"text": text}
        record(report, "passage_rewritten", by=by, before=was, after=now)
        passage.text = text
        passage.save(update_fields=["text"])
    return passage


@transaction.atomic
def drop(passage: Passage, *, by: Actor) -> None:
    """Take a passage out again. Dropped twice is dropped once."""
    report = _writable(passage.section.report, by)
    gone, _kinds = Passage.objects.filter(pk=passage.pk).delete()
    if gone:
        record(
            report,
            "passage_dropped",
            by=by,
            before={"text": passage.text},
            after={},
            source=str(passage.from_report_id),
        )


@transaction.atomic
def issue(report: Report, *, by: Actor, number: str = "") -> Report:
    """Send the consolidated report to whom it is for. Issued once stays as it was issued."""
    report = _locked(report)
    require(access.can_consolidate(by))
    if not report.is_draft:
        return report
    _require_complete(report)
    was = seen(report)
    report.number = number.strip()
    _send(report, by)
    record(report, "issued", by=by, before=was, number=report.number)
    return report
