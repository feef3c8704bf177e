"""What goes on, yet not as it was: suspended until a day, changed or ended in a part.

It is no ended document (`validity.ended_of`): who rests on it may go on, knowing which part.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from .choices import LIMITING, Relation, ValidityKind
from .models import Citation, Document, DocumentQuerySet, ValidityChange
from .validity import regulations_in_force


@dataclass(frozen=True)
class Limit:
    """One thing that is said of a document which still holds."""

    document: Document
    kind: ValidityKind
    since: date
    until: date | None  # of a suspension: its last day
    part: str  # empty: the whole, or it is not known which part
    by_document: Document | None
    by_printed: str
    is_verified: bool

    @property
    def is_suspended(self) -> bool:
        return self.kind == ValidityKind.SUSPENDED


def limits_of(documents: Iterable[Document], on: date) -> list[Limit]:
    """What is said on a day of those of the documents that have not ended: one question for all."""
    known = {one.pk: one for one in documents if not (one.ended_on and one.ended_on <= on)}
    if not known:
        return []
    said = _in_effect(on).filter(document__in=known).select_related("by_document")
    return [
        Limit(
            known[one.document_id],
            ValidityKind(one.kind),
            one.on,
            known[one.document_id].suspended_to if _is_whole(one) else one.until,
            one.part,
            one.by_document,
            one.by_printed,
            one.is_verified,
        )
        for one in said.order_by("document", "on", "id")
        if not _is_whole(one) or known[one.document_id].is_suspended(on)
    ]


def _is_whole(change: ValidityChange) -> bool:
    """Of the whole document it is drawn into its fields, where what was said later cut it short."""
    return change.kind == ValidityKind.SUSPENDED and not change.part


def _in_effect(on: date) -> QuerySet[ValidityChange]:
    is_open = Q(until=None) | Q(until__gte=on)
    return ValidityChange.objects.filter(is_open, kind__in=LIMITING, on__lte=on, undone_at=None)


def resting_on_limited(within: DocumentQuerySet, today: date) -> QuerySet[Citation]:
    """Bases that are limited, of documents in force that nobody has reviewed since, newest first."""
    reviewed = ValidityChange.objects.filter(
        document=OuterRef(OuterRef("document")),
        kind=ValidityKind.CONTINUED,
        undone_at=None,
        on__gte=OuterRef("on"),
    )
    said = _in_effect(today).filter(document=OuterRef("target"))
    return (
        Citation.objects.filter(
            Exists(said.filter(~Exists(reviewed))),
            relation=Relation.BASIS,
            target__in=_in_effect(today).values("document"),
            document__in=regulations_in_force(within, today),
        )
        .exclude(target__ended_on__lte=today)
        .select_related("document", "target")
        .order_by(F("document__issued_on").desc(nulls_last=True), "document_id", "start")
    )


def by_document(limits: Iterable[Limit]) -> dict[UUID, list[Limit]]:
    found: dict[UUID, list[Limit]] = {}
    for one in limits:
        found.setdefault(one.document.pk, []).append(one)
    return found
