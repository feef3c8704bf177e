"""What a figure was counted from; a figure frozen in a report, and what changed since."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.console.duties.rows import TONES as ASSIGNMENT_TONES
from danvan.console.phrases import sentences
from danvan.console.records.register import TONES as RECORD_TONES
from danvan.duties import access as duties_access
from danvan.duties.choices import AssignmentState
from danvan.duties.models import Assignment
from danvan.figures import access, counting, rules
from danvan.figures.definitions import FromRecords, Indicator
from danvan.figures.models import Figure
from danvan.figures.own import count_own, ground_of
from danvan.org.models import Unit
from danvan.periods import Period, window
from danvan.records import access as records_access
from danvan.records.choices import RecordState
from danvan.records.models import Record

from .moved import Moved


@dataclass(frozen=True)
class GroundRow:
    """A record or an assignment, and what it adds."""

    thing: Record | Assignment
    tone: str
    adds: str


def shown_ground(
    request: Request, indicator: Indicator, units: list[UUID], period: Period
) -> dict[str, Any]:
    days = window(period)
    records = counting.records_of(indicator, units, days)
    assignments = counting.assignments_of(indicator, units, days)
    page = request.GET.get("page")
    if any(isinstance(part, FromRecords) for part in indicator.parts):
        found = Paginator(_named(records.select_related("definition")), 50).get_page(page)
        return {"ground": found, "records": [_record_row(indicator, one) for one in found]}
    found = Paginator(_named(assignments.select_related("duty")).by_due(), 50).get_page(page)
    return {"ground": found, "assignments": [_assignment_row(one) for one in found]}


def _named(rows: QuerySet[Any]) -> Any:
    return rows.prefetch_related(Prefetch("unit", Unit.objects.named(clock.today())))


def _record_row(indicator: Indicator, record: Record) -> GroundRow:
    adds = [_adds(part, record) for part in indicator.parts if isinstance(part, FromRecords)]
    return GroundRow(record, RECORD_TONES[RecordState(record.state)], "/".join(adds))


def _adds(part: FromRecords, record: Record) -> str:
    if any(record.data.get(code) != value for code, value in part.where.items()):
        return "0"
    return rules.printed(record.data.get(part.sum) if part.sum else 1)


def _assignment_row(assignment: Assignment) -> GroundRow:
    in_time = bool(assignment.handed_in_on) and not assignment.is_open and not assignment.days_late
    return GroundRow(
        assignment, ASSIGNMENT_TONES[AssignmentState(assignment.state)], "1/1" if in_time else "0/1"
    )


@officer
def frozen_figure(request: Request, pk: str) -> HttpResponse:
    """A figure as it was fixed: its parts, and what was counted."""
    actor = request.actor
    visible = access.visible_to(actor).select_related("definition")
    found = get_object_or_404(_named(visible), pk=pk)
    parts = access.visible_to(actor).filter(wholes=found).select_related("definition")
    records = records_access.visible_to(actor).filter(pk__in=found.counted)
    assignments = duties_access.visible_to(actor).filter(pk__in=found.counted)
    indicator = found.shown
    context = {
        "figure": found,
        "indicator": indicator,
        "period": found.stands_for,
        "last_day": found.window_to - timedelta(days=1),
        "sentence": rules.sentence(indicator.sentence, found.result),
        "value": rules.printed_value(found.value, indicator.measure),
        "now": _changed_since(found),
        "parts": [
            (one, Moved(indicator, one.result, one.result)) for one in _named(parts).order_by("id")
        ],
        "wholes": list(_named(access.visible_to(actor).filter(parts=found))),
        "records": [
            _record_row(indicator, one) for one in _named(records.select_related("definition"))
        ],
        "assignments": [_assignment_row(one) for one in _named(assignments.select_related("duty"))],
        "history": sentences(found),
    }
    return render(request, "console/figures/frozen.html", context)


def _changed_since(found: Figure) -> str:
    """What the unit's records come to now, where that is no longer what was fixed."""
    if not found.counted:
        return ""
    days = (found.window_from, found.window_to)
    now = count_own([found.shown], ground_of(found.unit_id, days), days)[found.indicator]
    if (now.numerator, now.denominator) == (found.numerator, found.denominator):
        return ""
    return rules.printed_value(now.value, found.shown.measure)
