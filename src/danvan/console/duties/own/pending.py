"""What waits for a person and is no assignment of his unit: results to confirm, days and objections
to decide, reports to write or decide, readings to proofread, sheets to score.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from danvan.console.doors import Request
from danvan.documents.choices import ReadingState
from danvan.documents.models import Reading
from danvan.duties import board
from danvan.duties.board import Hands
from danvan.duties.models import Assignment, Difficulty, Extension
from danvan.notices.models import Notice
from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.rights import DOING
from danvan.periods import parse
from danvan.reports.choices import ReportState
from danvan.reports.models import Report
from danvan.scores.choices import UNDER_APPRAISAL, WITH_THE_UNIT, CampaignState
from danvan.scores.models import Score
from danvan.statements import kept
from danvan.workdays.rules import printed

SHOWN = 10  # of one kind; the rest is in the list
MOST = 50  # of one's own
COUNTED = 999  # of each kind


@dataclass(frozen=True)
class Line:
    """One thing that waits: what, whose, until when, and the step that is next."""

    title: str
    url: str
    step: str
    of: str = ""  # whose, or where it comes from
    due_on: date | None = None
    unit: UUID | None = None  # whose name is not known yet
    one: Assignment | None = None  # whose due day it is


@dataclass(frozen=True)
class Kind:
    label: str
    lines: list[Line]
    total: int
    url: str = ""  # where all of them are

    @property
    def rest(self) -> int:
        return self.total - len(self.lines)


_BESIDE = {  # what is read with each
    "confirming": ["duty"],
    "extensions": ["assignment__duty"],
    "contested": ["duty"],
    "reports": ["supersedes"],
    "readings": ["document"],
    "difficulties": ["handled_by"],
}


def confirming(hands: Hands) -> QuerySet[Assignment]:
    """Without results that are a report: the report is decided, and its assignment with it."""
    return board.to_confirm(hands).filter(reports=None)


def drafts(hands: Hands) -> QuerySet[Report]:
    return Report.objects.filter(unit__in=hands.units, state=ReportState.DRAFT)


def reports(hands: Hands) -> QuerySet[Report]:
    """Sent to the actor's unit, whose coordinator decides."""
    if not hands.coordinates:
        return Report.objects.none()
    found = Report.objects.of_units().filter(state=ReportState.SUBMITTED, addressee=hands.unit)
    return found.exclude(unit__in=hands.units)


def readings(hands: Hands) -> QuerySet[Reading]:
    return Reading.objects.filter(state=ReadingState.READ, document__filed_by__in=hands.units)


def sheets(hands: Hands) -> QuerySet[Score]:
    return Score.objects.filter(
        unit__in=hands.units, state__in=WITH_THE_UNIT, campaign__state=CampaignState.OPEN
    )


ASKED: dict[str, Callable[[Hands], QuerySet[Any]]] = {  # of who does the work
    "confirming": confirming,
    "contested": board.contested,
    "extensions": board.extensions_asked,
    "difficulties": board.difficulties_below,
    "own_reports": lambda hands: drafts(hands).filter(assignment=None),
    "readings": readings,
    "sheets": sheets,
    "reports": reports,
}


@kept
def _counted(user: UUID, does: bool, **whose: Any) -> QuerySet[Any, str]:
    """The kind of each thing that waits."""
    hands = Hands(**whose)
    asked: dict[str, QuerySet[Any]] = {
        "work": board.waiting(hands),
        "notices": Notice.objects.of(user).unread(),
        "drafts": drafts(hands),
    }
    if does:
        asked |= {name: found(hands) for name, found in ASKED.items()}
    first, *rest = [
        found.order_by()
        .annotate(of_kind=Value(name))
        .values_list("of_kind", flat=True)[: COUNTED + 1]
        for name, found in asked.items()
    ]
    return first.union(*rest, all=True)


def pending_of(request: Request) -> "Pending":
    """Asked once a request: the page and the frame around it say the same."""
    found: Pending | None = getattr(request, "_pending", None)
    if found is None:
        found = Pending(request.actor)
        request._pending = found  # type: ignore[attr-defined]
    return found


class Pending:
    """Asked once for a page; each kind is one statement."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self.hands = board.hands_of(by)

    @cached_property
    def counts(self) -> Counter[str]:
        """How many there are of each kind, in one statement; of any no more than are told apart."""
        does = self.by.role in DOING
        return Counter(_counted(user=self.by.own_id, does=does, **vars(self.hands)))

    @property
    def total(self) -> int:
        """The number in the navigation; a report that is written for an assignment counts as that."""
        return self.counts.total() - self.unread - self.counts["drafts"]

    @property
    def unread(self) -> int:
        """Notices: counted along, as every page shows both numbers."""
        return self.counts["notices"]

    # As lines

    @cached_property
    def drafts(self) -> list[Report]:
        if not self.counts["drafts"]:
            return []
        return list(drafts(self.hands).select_related("supersedes").order_by("period")[:MOST])

    @cached_property
    def by_assignment(self) -> dict[UUID, Report]:
        """Drafts that are written for an assignment: its next step leads there."""
        return {one.assignment_id: one for one in self.drafts if one.assignment_id}

    def dated(self) -> list[Line]:
        """The unit's own, with a day: they stand among its assignments."""
        found = (
            sheets(self.hands).select_related("campaign")[:MOST] if self.counts["sheets"] else []
        )
        return [*self._own_reports(), *(_sheet(one) for one in found)]

    def kinds(self) -> list[Kind]:
        """Others' work that waits for a word, and readings; only kinds that hold something."""
        if self.by.role == Role.APPRAISER:
            return list(self._to_appraise())
        return list(self._kinds())

    def _kinds(self) -> Iterator[Kind]:
        listed = reverse("console:assignments")
        ways: dict[str, tuple[str, str, Callable[[Any], Line], str]] = {
            "confirming": (
                _("Chờ xác nhận"),
                "handed_in_at",
                partial(_assignment, step=_("Xem và xác nhận")),
                f"{listed}?state=submitted",
            ),
            "extensions": (_("Đề nghị gia hạn"), "asked_at", _extension, ""),
            "contested": (
                _("Đề nghị xem lại"),
                "changed_at",
                partial(_assignment, step=_("Xem và trả lời")),
                f"{listed}?state=contested",
            ),
            "difficulties": (
                _("Khó khăn, vướng mắc của cấp dưới"),
                "raised_at",
                _difficulty,
                reverse("console:difficulties"),
            ),
            "reports": (
                _("Báo cáo chờ xem"),
                "submitted_at",
                partial(_report, step=_("Xem báo cáo")),
                reverse("console:reports"),
            ),
            "readings": (
                _("Văn bản chờ đối chiếu"),
                "read_at",
                _reading,
                reverse("console:documents"),
            ),
        }
        for name, (label, order, line, url) in ways.items():
            if self.counts[name]:
                rows = ASKED[name](self.hands).select_related(*_BESIDE[name]).order_by(order)
                if name == "readings":
                    rows = rows.defer("text", "result")
                yield Kind(label, [line(one) for one in rows[:SHOWN]], self.counts[name], url)

    def _own_reports(self) -> Iterable[Line]:
        for one in self.drafts:
            if one.assignment_id is None:
                yield _report(one, step=draft_step(one))

    def _to_appraise(self) -> Iterator[Kind]:
        count = Score.objects.filter(state__in=UNDER_APPRAISAL).count()
        if count:
            title = _("%(count)d phiếu chấm điểm chờ thẩm định") % {"count": count}
            line = Line(title, reverse("console:scores"), _("Thẩm định"))
            yield Kind(_("Thẩm định"), [line], 1)


def draft_step(draft: Report) -> str:
    """A returned report's next version answers its remarks."""
    returned = draft.supersedes
    if returned and returned.state == ReportState.RETURNED:
        return _("Trả lời góp ý")
    return _("Soạn báo cáo")


def _assignment(one: Assignment, *, step: str) -> Line:
    return Line(
        title=one.duty.action,
        url=reverse("console:assignment", args=[one.pk]),
        step=step,
        unit=one.unit_id,
        one=one,
    )


def _extension(one: Extension) -> Line:
    title = _("%(action)s: xin đến %(day)s") % {
        "action": one.assignment.duty.action,
        "day": printed(one.wanted_on),
    }
    return Line(
        title=title,
        url=reverse("console:assignment", args=[one.assignment_id]),
        step=_("Xem và quyết định"),
        due_on=one.assignment.due_on,
        unit=one.assignment.unit_id,
    )


def _difficulty(one: Difficulty) -> Line:
    return Line(
        title=one.title,
        url=reverse("console:difficulty", args=[one.pk]),
        step=_("Xem"),
        unit=one.unit_id,
    )


def _report(one: Report, *, step: str) -> Line:
    label = parse(one.period).label
    words = _("Báo cáo tổng hợp %(period)s") if one.is_consolidated else _("Báo cáo %(period)s")
    returned = one.supersedes if one.state == ReportState.DRAFT else None
    return Line(
        title=capfirst(words % {"period": label}),
        url=reverse("console:report", args=[one.pk]),
        step=step,
        due_on=returned.again_by if returned else None,
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
