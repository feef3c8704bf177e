"""A report and its versions: begun with its sections, locked, its place in the plan, sent."""

from uuid import UUID

from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import record, seen
from danvan.duties.models import Assignment
from danvan.figures.models import Figure
from danvan.org.actors import Actor
from danvan.org.heirs import left_to
from danvan.org.models import Unit
from danvan.periods import Period
from danvan.refusals import NotAccepted
from danvan.text import in_vietnamese

from .choices import ReportState
from .contents import contents
from .definitions import KIND, Regime
from .models import Report, ReportFigure, ReportQuerySet, Section
from .standings import asking_for


def versions_of(
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


def add_sections(report: Report, known: Regime) -> None:
    Section.objects.bulk_create(Section(report=report, code=one.code) for one in known.written)


def assignment_for(unit: Unit, period: Period) -> Assignment | None:
    """The assignment that this report fulfils; of several the unit's own that was laid last."""
    asked = sorted(asked_for(unit.pk, str(period)), key=lambda one: one.assigned_at, reverse=True)
    return next((one for one in asked if one.unit_id == unit.pk), asked[0] if asked else None)


def asked_for(unit_id: UUID, period: str) -> list[Assignment]:
    """All that ask a unit for its report: one report answers what those merged into it owed too."""
    return list(asking_for([period]).filter(unit__in=left_to(unit_id, clock.today())))


def locked(report: Report) -> Report:
    rows = Report.objects.select_for_update(of=("self",))
    return rows.select_related("regime", "unit", "assignment__duty").get(pk=report.pk)


def require_complete(report: Report) -> None:
    wrong = contents(report).check().wrong
    if wrong:
        raise NotAccepted(" ".join(sentence for _code, sentence in wrong))


@in_vietnamese
def places_in_words(count: int) -> str:
    return _("%(count)d chỗ cần bổ sung trong báo cáo") % {"count": count}


def put_figures(report: Report, known: Regime, taken: list[Figure]) -> None:
    by_code = {one.indicator: one for one in taken}
    ReportFigure.objects.bulk_create(
        ReportFigure(report=report, section=outline.code, figure=by_code[code])
        for outline in known.outline
        for code in outline.indicators
        if code in by_code
    )


def send(report: Report, by: Actor) -> None:
    """The version before gives way first: only one is in force."""
    if report.supersedes is not None:
        was = seen(report.supersedes)
        report.supersedes.state = ReportState.SUPERSEDED
        report.supersedes.save(update_fields=["state"])
        record(report.supersedes, "superseded", by=by, before=was)
    report.state = ReportState.SUBMITTED
    report.submitted_at, report.submitted_by = clock.now(), by.name
    report.save(update_fields=["state", "submitted_at", "submitted_by", "number"])
