"""What waits for a person and is no assignment of his unit: results to confirm, days and objections
to decide, reports to write or decide, readings to proofread, sheets to score.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from danvan.documents.choices import ReadingState
from danvan.documents.models import Reading
from danvan.duties import board
from danvan.duties.models import Assignment, Extension
from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.rights import DOING
from danvan.periods import parse
from danvan.reports.choices import ReportState
from danvan.reports.models import Report
from danvan.scores.choices import UNDER_APPRAISAL, WITH_THE_UNIT, CampaignState
from danvan.scores.models import Score

MOST = 50  # of one kind


@dataclass(frozen=True)
class Line:
    """One thing that waits: what, whose, until when, and the step that is next."""

    title: str
    url: str
    step: str
    of: str = ""  # whose, or where it comes from
    due_on: date | None = None
    unit: UUID | None = None  # whose name is not known yet


@dataclass(frozen=True)
class Kind:
    label: str
    lines: list[Line]


class Pending:
    """Asked once for a page; each kind is one statement."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self.units = board.units_of(by)

    # What is asked, as querysets

    @property
    def confirming(self) -> QuerySet[Assignment]:
        """Without results that are a report: the report is decided, and its assignment with it."""
        return board.to_confirm(self.by).filter(reports=None)

    @property
    def own_reports(self) -> QuerySet[Report]:
        return Report.objects.filter(unit__in=self.units, state=ReportState.DRAFT)

    @property
    def reports(self) -> QuerySet[Report]:
        """Sent to the actor's unit, whose coordinator decides."""
        found = Report.objects.of_units().filter(
            state=ReportState.SUBMITTED, addressee=self.by.unit_id
        )
        return found.exclude(unit__in=self.units)

    @property
    def readings(self) -> QuerySet[Reading]:
        return Reading.objects.filter(state=ReadingState.READ, document__filed_by__in=self.units)

    @property
    def sheets(self) -> QuerySet[Score]:
        return Score.objects.filter(
            unit__in=self.units, state__in=WITH_THE_UNIT, campaign__state=CampaignState.OPEN
        )

    def _asked(self) -> list[QuerySet[Any]]:
        if self.by.role not in DOING:
            return []
        found: list[QuerySet[Any]] = [
            self.confirming,
            board.contested(self.by),
            board.extensions_asked(self.by),
            self.own_reports.filter(assignment=None),
            self.readings,
            self.sheets,
        ]
        return [*found, self.reports] if self.by.is_coordinator else found

    def count(self) -> int:
        """With what the unit has to do itself: the number in the navigation, in one statement."""
        first, *rest = [
            one.order_by().values_list("pk", flat=True)
            for one in (board.waiting(self.by), *self._asked())
        ]
        return first.union(*rest, all=True).count() if rest else first.count()

    # As lines

    @cached_property
    def drafts(self) -> list[Report]:
        found = self.own_reports.select_related("supersedes").order_by("period")
        return list(found[:MOST]) if self.by.role in DOING else []

    @cached_property
    def by_assignment(self) -> dict[UUID, Report]:
        """Drafts that are written for an assignment: its next step leads there."""
        return {one.assignment_id: one for one in self.drafts if one.assignment_id}

    def dated(self) -> list[Line]:
        """The unit's own, with a day: they stand among its assignments."""
        if self.by.role not in DOING:
            return []
        sheets = self.sheets.select_related("campaign")[:MOST]
        return [*self._own_reports(), *(_sheet(one) for one in sheets)]

    def kinds(self) -> list[Kind]:
        """Others' work that waits for a word, and readings; only kinds that hold something."""
        if self.by.role == Role.APPRAISER:
            return list(self._to_appraise())
        if self.by.role not in DOING:
            return []
        return [kind for kind in self._kinds() if kind.lines]

    def _kinds(self) -> Iterator[Kind]:
        confirming = self.confirming.select_related("duty").order_by("handed_in_at")
        yield Kind(
            _("Chờ xác nhận"),
            [_assignment(one, _("Xem và xác nhận")) for one in confirming[:MOST]],
        )
        asked = board.extensions_asked(self.by).select_related("assignment__duty")
        yield Kind(_("Đề nghị gia hạn"), [_extension(one) for one in asked[:MOST]])
        contested = board.contested(self.by).select_related("duty").order_by("changed_at")
        yield Kind(
            _("Đề nghị xem lại"),
            [_assignment(one, _("Xem và trả lời")) for one in contested[:MOST]],
        )
        if self.by.is_coordinator:
            reports = self.reports.order_by("submitted_at")[:MOST]
            yield Kind(_("Báo cáo chờ xem"), [_report(one, _("Xem báo cáo")) for one in reports])
        readings = self.readings.select_related("document").order_by("read_at")
        yield Kind(_("Văn bản chờ đối chiếu"), [_reading(one) for one in readings[:MOST]])

    def _own_reports(self) -> Iterable[Line]:
        for one in self.drafts:
            if one.assignment_id is None:
                yield _report(one, draft_step(one))

    def _to_appraise(self) -> Iterator[Kind]:
        count = Score.objects.filter(state__in=UNDER_APPRAISAL).count()
        if count:
            title = _("%(count)d phiếu chấm điểm chờ thẩm định") % {"count": count}
            yield Kind(_("Thẩm định"), [Line(title, reverse("console:scores"), _("Thẩm định"))])


def draft_step(draft: Report) -> str:
    """A returned report's next version answers its remarks."""
    returned = draft.supersedes
    if returned and returned.state == ReportState.RETURNED:
        return _("Trả lời góp ý")
    return _("Soạn báo cáo")


def _assignment(one: Assignment, step: str) -> Line:
    return Line(
        title=one.duty.action,
        url=reverse("console:assignment", args=[one.pk]),
        step=step,
        due_on=one.due_on,
        unit=one.unit_id,
    )


def _extension(one: Extension) -> Line:
    title = _("%(action)s: xin đến %(day)s") % {
        "action": one.assignment.duty.action,
        "day": f"{one.wanted_on:%d/%m/%Y}",
    }
    return Line(
        title=title,
        url=reverse("console:assignment", args=[one.assignment_id]),
        step=_("Xem và quyết định"),
        due_on=one.assignment.due_on,
        unit=one.assignment.unit_id,
    )


def _report(one: Report, step: str) -> Line:
    label = parse(one.period).label
    words = _("Báo cáo tổng hợp %(period)s") if one.is_consolidated else _("Báo cáo %(period)s")
    returned = one.supersedes
    return Line(
        title=capfirst(words % {"period": label}),
        url=reverse("console:report", args=[one.pk]),
        step=step,
        due_on=returned.again_by if one.state == ReportState.DRAFT and returned else None,
        unit=one.unit_id,
    )


def _reading(one: Reading) -> Line:
    return Line(
        title=str(one.document.title or one.document),
        url=reverse("console:document", args=[one.document_id]),
        step=_("Đối chiếu"),
        of=str(one.document),
    )


def _sheet(one: Score) -> Line:
    return Line(
        title=_("Tự chấm điểm năm %(year)d") % {"year": one.campaign.year},
        url=reverse("console:score", args=[one.pk]),
        step=_("Tự chấm"),
        due_on=one.campaign.self_score_by,
        unit=one.unit_id,
    )
