"""The life of a report: begun, submitted, sent back or accepted, made anew; claimed by the plan that asks for it."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record, seen
from danvan.duties import access as duty_access
from danvan.duties import actions as duties
from danvan.duties.choices import HANDED_IN
from danvan.duties.models import Assignment
from danvan.figures import actions as figures
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.periods import Period
from danvan.refusals import NotAccepted
from danvan.text import in_vietnamese

from . import access, notices
from .choices import ReportState
from .definitions import coordinating_unit, regime, regime_of
from .models import Passage, Remark, Report, ReportFigure, Section
from .versions import (
    add_sections,
    asked_for,
    assignment_for,
    locked,
    places_in_words,
    put_figures,
    require_complete,
    send,
    versions_of,
)


@transaction.atomic
def open_report(code: str, unit: Unit, period: Period, *, by: Actor) -> Report:
    """The unit's report of a regime and period as it stands; a new draft where there is none yet."""
    require(access.can_open(by, unit))
    known = regime(code, clock.today())
    if known.window(period)[0] > clock.today():
        raise NotAccepted(_("Kỳ này chưa bắt đầu nên chưa soạn báo cáo được."))
    Unit.objects.select_for_update().get(pk=unit.pk)  # two at once open one report
    newest = versions_of(known, unit, period, is_consolidated=False).first()
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
    add_sections(report, known)
    record(report, "opened", by=by, before=NOTHING)
    return report


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


@transaction.atomic
def submit(report: Report, *, by: Actor) -> Report:
    """Send the report: its figures are frozen, its duty is handed in. Sent once stays as it was sent."""
    report = locked(report)
    require(access.can_submit(by, report))
    if not report.is_draft:
        return report
    require_complete(report)
    was = seen(report)
    _freeze(report, by)
    send(report, by)
    if report.unit_id == report.addressee_id:  # its own word is enough
        _decide(report, ReportState.ACCEPTED, by)
    if report.supersedes_id is not None:
        Remark.objects.filter(report=report.supersedes_id, settled_at=None).update(
            settled_at=clock.now()
        )
    record(report, "submitted", by=by, before=was, version=report.version)
    for asked in asked_for(report.unit_id, report.period):
        if asked.is_open:
            duties.submit(asked, duties.Proof(note=_note(report)), by=by)
    notices.submitted(report)
    return report


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
    put_figures(report, known, taken)


@transaction.atomic
def send_back(
    report: Report, remarks: Mapping[str, str], *, by: Actor, again_by: date | None = None
) -> Report:
    """Return a report with remarks at its sections; its unit gets a draft of the next version."""
    report = locked(report)
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
    reason = places_in_words(len(said))
    record(report, "returned", by=by, before=was, reason=reason, remarks=said)
    for asked in asked_for(report.unit_id, report.period):
        if asked.state in HANDED_IN:
            duties.send_back(asked, by=by, reason=reason)
    notices.returned(report, draft, places=len(said))
    return report


@transaction.atomic
def accept(report: Report, *, by: Actor) -> Report:
    """Accept a report, and with it the result of its duty. Accepted once stays so."""
    report = locked(report)
    require(access.can_decide(by, report))
    if report.state == ReportState.ACCEPTED:
        return report
    if report.state != ReportState.SUBMITTED:
        raise NotAccepted(_("Báo cáo không còn chờ xem nên không chấp nhận được."))
    was = seen(report)
    _decide(report, ReportState.ACCEPTED, by)
    record(report, "accepted", by=by, before=was)
    for asked in asked_for(report.unit_id, report.period):
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
    report = locked(report)
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
    draft.themes.set(report.themes.all())
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
