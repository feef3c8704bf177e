"""Consolidated reports that were issued: the province's figures and what was written of them."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from danvan import clock
from danvan.org.models import Unit
from danvan.reports.contents import Chapter, Contents, contents
from danvan.reports.models import Report
from danvan.workdays.rules import printed

from . import rules
from .choices import ReleaseKind
from .contents import Candidate, Content, address


def candidates() -> Iterator[Candidate]:
    """One a period, whichever version is in force; its subject is the first version."""
    issued = Report.objects.consolidated().in_force().select_related("regime")
    for report in issued.newest_first():
        yield Candidate(ReleaseKind.REPORT, _first(report).pk, _title(report))


def _first(report: Report) -> Report:
    return report if report.version == 1 else _versions(report).get(version=1)


def _versions(report: Report) -> Any:
    """All versions of the same consolidated report."""
    return Report.objects.consolidated().filter(
        regime=report.regime_id, unit=report.unit_id, period=report.period
    )


def _title(report: Report) -> str:
    return _("%(title)s %(period)s") % {
        "title": report.regime["title"],
        "period": report.as_period.label,
    }


def compose(subject: UUID) -> Content | None:
    """The version in force; without the footnotes, whose small counts belong to single units."""
    first = Report.objects.consolidated().filter(pk=subject).first()
    if first is None:
        return None
    report = _versions(first).in_force().select_related("regime").first()
    if report is None:
        return None
    held = contents(report)
    unit = Unit.objects.named(clock.today()).get(pk=report.unit_id)
    return Content(
        kind=ReleaseKind.REPORT,
        subject=first.pk,
        address=address("Kết quả", report.as_period.label),
        title=_title(report)[:500],
        summary="",
        issued_by=unit.name,
        body={"facts": _facts(held, unit.name), "blocks": list(_blocks(held.chapters))},
    )


def _facts(held: Contents, unit: str) -> list[list[str]]:
    report = held.report
    start, end = held.regime.window(report.as_period)
    known = [
        [_("Cơ quan báo cáo"), unit],
        [_("Kỳ"), report.as_period.label],
        [_("Số liệu"), f"từ ngày {printed(start)} đến hết ngày {printed(end - timedelta(days=1))}"],
        [_("Tổng hợp từ"), _("%d báo cáo") % report.sources.count()],
    ]
    if report.submitted_on:
        known.append([_("Ngày ban hành"), printed(report.submitted_on)])
    return known


def _blocks(chapters: Iterable[Chapter]) -> Iterator[dict[str, Any]]:
    for chapter in chapters:
        if chapter.is_empty and chapter.outline.written:
            continue
        yield rules.heading(chapter.outline.label, chapter.outline.level)
        if chapter.known_numbers:
            yield rules.paragraph(" ".join(number.said for number in chapter.known_numbers))
        yield from rules.blocks(rules.Line(text) for text in chapter.paragraphs)
