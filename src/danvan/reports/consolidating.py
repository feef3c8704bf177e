"""The province's report: sums and passages of what was sent, reworded, issued."""

from django.db import transaction
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record, seen
from danvan.figures import actions as figures
from danvan.figures.models import Figure
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.periods import Period
from danvan.refusals import NotAccepted

from . import access
from .definitions import KIND, Regime, regime, whole_unit
from .models import Passage, Report, ReportFigure, ReportQuerySet
from .versions import add_sections, locked, put_figures, require_complete, send, versions_of


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
    report = versions_of(known, by.unit, period, is_consolidated=True).first()
    if report is None:
        report = Report.objects.create(
            regime=known.definition,
            unit=by.unit,
            addressee=whole_unit(clock.today()),
            period=str(period),
            is_consolidated=True,
            opened_at=clock.now(),
        )
        add_sections(report, known)
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
    put_figures(report, known, wholes)
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
    report = locked(report)
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
    report = locked(report)
    require(access.can_consolidate(by))
    if not report.is_draft:
        return report
    require_complete(report)
    was = seen(report)
    report.number = number.strip()
    send(report, by)
    record(report, "issued", by=by, before=was, number=report.number)
    return report
