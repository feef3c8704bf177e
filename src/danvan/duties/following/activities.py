"""How far coordination programmes are carried out: activities, the year's joint plan, the review."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from danvan.documents.models import Document, DocumentQuerySet
from danvan.duties.choices import ENDED, AssignmentState, Carried, Origin
from danvan.duties.models import Assignment, AssignmentQuerySet

_JOINT_PLAN = "follow_up:joint_plan:"
_DONE = {AssignmentState.DONE, AssignmentState.ANSWERED}


@dataclass
class Progress:
    """Of one programme; activities are those that its text lays and that were added by hand."""

    done: int = 0
    given: int = 0
    late: int = 0
    plan: list[Assignment] = field(default_factory=list)  # of the year that was asked for
    review: list[Assignment] = field(default_factory=list)

    @property
    def plan_state(self) -> Carried:
        return _carried(self.plan)

    @property
    def review_state(self) -> Carried:
        return _carried(self.review)


def _carried(rows: list[Assignment]) -> Carried:
    """The weakest of its assignments tells."""
    laid = [one for one in rows if one.state not in ENDED]
    if not laid:
        return Carried.NONE
    if any(one.state == AssignmentState.PROPOSED for one in laid):
        return Carried.PROPOSED
    if any(one.is_overdue for one in laid):
        return Carried.OVERDUE
    done = all(one.state in _DONE for one in laid)
    return Carried.DONE if done else Carried.GIVEN


def progress_of(
    documents: Iterable[Document], year: int, among: AssignmentQuerySet
) -> dict[UUID, Progress]:
    """Of each programme, by the assignments that one may see; one question for all."""
    ids = [one.pk for one in documents]
    found = {pk: Progress() for pk in ids}
    rows = among.filter(duty__document__in=ids).select_related("duty").order_by("due_on", "id")
    for one in rows:
        progress = found[one.duty.document_id]  # type: ignore[index]
        if one.duty.origin == Origin.JOINT_PLAN:
            if one.duty.item == f"{_JOINT_PLAN}{year}":
                progress.plan.append(one)
        elif one.duty.origin == Origin.REVIEW:
            progress.review.append(one)
        elif one.state not in {*ENDED, AssignmentState.PROPOSED}:
            progress.given += 1
            progress.done += one.state in _DONE
            progress.late += one.is_overdue
    return found


def counts(programmes: DocumentQuerySet, year: int, among: AssignmentQuerySet) -> dict[str, int]:
    """How many there are, and for how many the year's joint plan is not there: all of them at once."""
    plan = among.exclude(state__in=ENDED).filter(
        duty__document=OuterRef("pk"),
        duty__origin=Origin.JOINT_PLAN,
        duty__item=f"{_JOINT_PLAN}{year}",
    )
    found = programmes.annotate(has_plan=Exists(plan), waits=Exists(plan.exclude(state__in=_DONE)))
    planned = Q(has_plan=True, waits=False)
    return found.aggregate(all=Count("pk"), without_plan=Count("pk", filter=~planned))
