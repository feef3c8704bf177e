"""What is compared: which duties of the upper plans are laid on a unit, what its plan says."""

from datetime import date
from uuid import UUID

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    F,
    Func,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, TruncDate

from danvan import clock
from danvan.documents import actions as documents
from danvan.documents.choices import ReadingState, Relation
from danvan.documents.models import Citation, Correction, Document, Reading
from danvan.documents.rules import kept
from danvan.duties.choices import ENDED, AssignmentState
from danvan.duties.models import Assignment, CoverageMatch, Duty, Evidence
from danvan.org.heirs import LeftTo, left_to
from danvan.org.models import Unit

from .matching import Sentence
from .sentences import sentences

READ = {ReadingState.READ, ReadingState.PROOFREAD}
_NOT_LAID = {AssignmentState.PROPOSED, AssignmentState.DECLINED, *ENDED}


def unit_of(plan: Document) -> Unit | None:
    """Whose plan it is: the unit that handed it in as a result, else the one that filed it.

    What was handed in for work that others had left to it is its own, and answers for all of it.
    """
    handed_in = assignment_of(plan)
    if handed_in is None or plan.filed_by_id == handed_in.unit_id:
        return plan.filed_by
    theirs = left_to(plan.filed_by_id, _said_on(plan))
    is_left = Unit.objects.filter(pk__in=theirs).filter(pk=handed_in.unit_id).exists()
    return plan.filed_by if is_left else handed_in.unit


def assignment_of(plan: Document) -> Assignment | None:
    """The work that the plan was handed in for."""
    found = Assignment.objects.proved_by(plan).filter(duty__document__isnull=False)
    return found.select_related("duty__document", "unit").first()


def counted(plan: Document) -> list[Duty]:
    """The duties of the upper plans that the unit must take up: those laid on it, lead or cooperating.

    Handing in the plan is itself done by the plan, and is no part of it.
    """
    upper = Citation.objects.filter(document=plan, relation=Relation.CONCRETISES).values("target")
    unit = unit_of(plan)
    laid = (
        Assignment.objects.filter(
            unit__in=left_to(unit.pk if unit else None, _said_on(plan)), duty__document__in=upper
        )
        .exclude(state__in=_NOT_LAID)
        .values("duty")
    )
    found = Duty.objects.filter(pk__in=laid).select_related("document")
    ordered = found.order_by("document", F("start").asc(nulls_last=True), "id")
    return [duty for duty in ordered if not duty.asks_for_a_plan]


def _said_on(plan: Document) -> date:
    """The day on which the unit said what it will do: by then it had taken over what others left."""
    handed_in = assignment_of(plan)
    return (handed_in.handed_in_on if handed_in else None) or plan.issued_on or clock.today()


def asked(duty: Duty) -> Sentence:
    return Sentence(
        str(duty.pk),
        duty.sentence or duty.action,
        tuple(duty.lead),
        tuple(duty.cooperating),
        duty.due,
        duty.deliver_to,
        duty.heading,
    )


def read(plan: Document) -> Reading | None:
    """The newest reading that is done."""
    return plan.readings.filter(state__in=READ).first()


def said(reading: Reading) -> list[Sentence]:
    """The sentences of a plan, as corrected."""
    found = documents.items(reading)
    dropped = [
        (one.start, one.end) for one in found["duties"] if one.is_dropped and one.start is not None
    ]
    duties = [(one.key, one.values) for one in kept(found["duties"])]
    return [
        one
        for one in sentences(reading.text, duties)
        if not any(one.key == f"text:{start}-{end}" for start, end in dropped)
    ]


def as_words(sentence: Sentence) -> str:
    return " ".join(sentence.text.split())


class _IsAnyOf(Func):
    template, arg_joiner = "(%(expressions)s))", " = ANY("
    output_field = BooleanField()


def outdated() -> QuerySet[Document]:
    """Plans that were read, corrected, or given duties since they were last compared."""
    compared = CoverageMatch.objects.filter(plan=OuterRef("pk")).values("plan")
    newest = Reading.objects.filter(document=OuterRef("pk"), state__in=READ).order_by("-id")
    words = Correction.objects.filter(reading__document=OuterRef("pk")).values("reading__document")
    proved = Evidence.objects.filter(document=OuterRef("pk")).order_by("-id")
    handed_in_at = Subquery(proved.values("assignment__handed_in_at")[:1])
    theirs = LeftTo(OuterRef("filed_by"), OuterRef("said_on"))
    laid = Assignment.objects.filter(
        _IsAnyOf(F("unit"), theirs), duty__document__cited_by__document=OuterRef("pk")
    ).exclude(state__in=_NOT_LAID)
    return (
        Document.objects.filter(citations__relation=Relation.CONCRETISES, evidence_of__isnull=False)
        .annotate(
            said_on=Coalesce(
                TruncDate(handed_in_at, tzinfo=clock.ZONE),
                "issued_on",
                Value(clock.today(), DateField()),
            ),
            read_at=Subquery(newest.values("read_at")[:1]),
            corrected_at=Subquery(words.annotate(at_last=Max("at")).values("at_last")),
            undone_at=Subquery(words.annotate(at_last=Max("undone_at")).values("at_last")),
            laid_at=Subquery(laid.order_by("-assigned_at").values("assigned_at")[:1]),
            compared_at=Subquery(
                compared.annotate(at_last=Max("at")).values("at_last"),
                output_field=DateTimeField(),
            ),
        )
        .filter(read_at__isnull=False, laid_at__isnull=False)
        .filter(
            Q(compared_at=None)
            | Q(
                compared_at__lt=Greatest(
                    "read_at",
                    Coalesce("corrected_at", "read_at"),
                    Coalesce("undone_at", "read_at"),
                    "laid_at",
                )
            )
        )
        .distinct()
    )


def done_of(plans: list[UUID]) -> dict[UUID, dict[str, int]]:
    """Plan → verdict → how many duties."""
    found: dict[UUID, dict[str, int]] = {}
    rows = CoverageMatch.objects.filter(plan__in=plans).values_list("plan", "found")
    for plan, verdict in rows:
        counts = found.setdefault(plan, {})
        counts[verdict] = counts.get(verdict, 0) + 1
    return found
