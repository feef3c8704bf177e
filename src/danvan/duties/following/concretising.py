"""Who is to concretise a document with a plan of its own, who has, and who is late."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from danvan.documents.choices import Relation
from danvan.documents.models import Citation, Delivery, Document
from danvan.duties.choices import ENDED, Asking, AssignmentState, Concretised, Part
from danvan.duties.models import Assignment, Evidence
from danvan.org.models import Unit

PLAN = "kế hoạch"
_ASKED = Q(part=Part.LEAD) & ~Q(state__in=[*ENDED, AssignmentState.PROPOSED])


@dataclass(frozen=True)
class Line:
    """A unit that is to concretise a document."""

    unit: Unit
    state: Concretised
    document: Document | None = None  # by which it did
    assignment: Assignment | None = None  # that asks it to
    due_on: date | None = None

    @property
    def is_done(self) -> bool:
        return self.document is not None


@dataclass(frozen=True)
class Concretisation:
    """All of them, with the rule by which they are asked."""

    rule: Asking
    lines: list[Line]

    @property
    def done(self) -> int:
        return sum(1 for one in self.lines if one.is_done)

    @property
    def late(self) -> list[Line]:
        return [one for one in self.lines if one.state == Concretised.OVERDUE]


def concretised(documents: Iterable[Document]) -> dict[UUID, tuple[int, int]]:
    """Document → how many units have concretised it, of how many that should. None asked: not there."""
    asked = {pk: set(units) for pk, (_rule, units) in _asked(documents).items()}
    done = _done(asked)
    return {pk: (len(units & done.get(pk, {}).keys()), len(units)) for pk, units in asked.items()}


def concretisation(document: Document, today: date) -> Concretisation:
    """Of one document: every unit that should, by its name of the day, and what became of it."""
    rule, asked = _asked([document]).get(document.pk, (Asking.NOBODY, {}))
    if not asked:
        return Concretisation(rule, [])
    done = _done([document.pk]).get(document.pk, {})
    texts = Document.objects.select_related("attachment").in_bulk(list(done.values()))
    rows = Assignment.objects.select_related("duty").in_bulk([one for one in asked.values() if one])
    units = Unit.objects.named(today).filter(pk__in=asked)
    lines = [
        _line(one, texts.get(done.get(one.pk)), rows.get(asked[one.pk]), today) for one in units
    ]
    return Concretisation(rule, lines)


def _line(
    unit: Unit, document: Document | None, assignment: Assignment | None, today: date
) -> Line:
    due_on = assignment.due_on if assignment else None
    if document is not None:
        handed_in = (assignment and assignment.handed_in_on) or document.issued_on
        late = bool(due_on and handed_in and handed_in > due_on)
        state = Concretised.LATE if late else Concretised.DONE
    else:
        overdue = bool(due_on and due_on < today and assignment and assignment.is_open)
        state = Concretised.OVERDUE if overdue else Concretised.NOT_YET
    return Line(unit, state, document, assignment, due_on)


Row = tuple[Any, Any, Any]  # document, unit, assignment or none
Asked = dict[UUID, UUID | None]  # unit → the assignment that asks it, where one does


def _asked(documents: Iterable[Document]) -> dict[UUID, tuple[Asking, Asked]]:
    """Document → by which rule which units should; the first rule that names a unit holds.

    Those of whom it asks a plan; else those to whom it was sent; else those on whom it lays duties.
    """
    waiting = {one.pk for one in documents}
    found: dict[UUID, tuple[Asking, Asked]] = {}
    for rule, rows_of in _RULES.items():
        rows = rows_of(waiting) if waiting else ()
        for document, unit, assignment in rows:
            found.setdefault(document, (rule, {}))[1].setdefault(unit, assignment)
        waiting -= found.keys()
    return found


def _asked_for_a_plan(documents: set[UUID]) -> Iterable[Row]:
    return _laid(Q(duty__document__in=documents, duty__deliverable=PLAN))


def _sent_to(documents: set[UUID]) -> Iterable[Row]:
    rows = Delivery.objects.filter(document__in=documents, unit__isnull=False)
    return ((document, unit, None) for document, unit in rows.values_list("document", "unit"))


def _given_duties(documents: set[UUID]) -> Iterable[Row]:
    return _laid(Q(duty__document__in=documents))


def _laid(which: Q) -> Iterable[Row]:
    rows = Assignment.objects.filter(_ASKED & which).order_by("due_on", "id")
    return rows.values_list("duty__document", "unit", "pk")


_RULES: dict[Asking, Callable[[set[UUID]], Iterable[Row]]] = {
    Asking.PLAN: _asked_for_a_plan,
    Asking.SENT: _sent_to,
    Asking.DUTY: _given_duties,
}


def _done(documents: Iterable[UUID]) -> dict[UUID, dict[UUID, UUID]]:
    """Document → unit → its document that concretises it.

    A document is of the unit that issued it, else of the one that filed it; and it stands for those
    whose result it was handed in as by themselves, or by the unit that has their work now.
    """
    rows = Citation.objects.filter(target__in=list(documents), relation=Relation.CONCRETISES)
    whose = Coalesce(F("document__issued_by"), F("document__filed_by"))
    rows = rows.annotate(whose=whose, proving=ArraySubquery(_proved_by("document")))
    found: dict[UUID, dict[UUID, UUID]] = {}
    named = rows.order_by("document__issued_on", "document")
    for target, unit, proving, lower in named.values_list("target", "whose", "proving", "document"):
        for one in {unit, *proving} - {None}:
            found.setdefault(target, {})[one] = lower
    return found


def _proved_by(document: str) -> QuerySet[Evidence, UUID]:
    """Whose result a document is; not of who only filed what another issued."""
    issued_by = F("document__issued_by")
    is_theirs = (
        Q(document__issued_by=None)
        | Q(assignment__unit=issued_by)
        | Q(document__filed_by=issued_by)
    )
    rows = Evidence.objects.of_ones_own().filter(is_theirs, document=OuterRef(document))
    return rows.order_by().values_list("assignment__unit", flat=True)
