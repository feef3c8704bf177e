"""One citation at its place: what it means there is changed, cut, or given back to the machine by hand.

A decision for all that is printed alike is made in `settling`; this one may hold for one place alone.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from danvan import clock
from danvan.audit.actions import record
from danvan.documents import access
from danvan.documents.choices import CitationStanding, Relation
from danvan.documents.models import Citation, Document
from danvan.org.access import require
from danvan.org.actors import Actor

from . import citing
from .linking import concretising

_MANY = 1_000  # places that are counted


def printed_alike(citation: Citation) -> QuerySet[Citation]:
    """Other places printed so that wait, or that the machine linked as this one is linked."""
    waiting = Q(standing__in=citing.WAITING)
    same = Q(target=citation.target_id) if citation.target_id else waiting
    if not citation.alike:
        return Citation.objects.none()
    alike = Citation.objects.filter(alike=citation.alike, settled_by="").exclude(pk=citation.pk)
    return alike.filter(same).exclude(relation=Relation.CONCRETISES)


def how_many_alike(citation: Citation) -> int:
    return printed_alike(citation).order_by().values("pk")[: _MANY + 1].count()


@transaction.atomic
def relink(
    citation: Citation, document: Document | None, *, by: Actor, everywhere: bool = False
) -> int:
    """Say which document is meant here, or that none needs a link; returns in how many places.

    Everywhere: also where it is printed alike and no person has decided. Said twice is said once.
    """
    require(access.can_settle(by))
    row = _held(Citation.objects.filter(pk=citation.pk))[0]
    if row.settled_by and row.target_id == (document.pk if document else None) and not everywhere:
        return 0
    rows = [row, *(_held(printed_alike(row)) if everywhere else ())]
    before = str(row.target or "—")
    now = clock.now()
    _forget_drawn(rows)
    for one in rows:
        one.target = document
        one.standing = CitationStanding.RESOLVED if document else CitationStanding.SET_ASIDE
        one.settled_by, one.settled_at, one.is_only_here = by.name, now, not everywhere
    _keep(rows)
    record(
        row.document,
        "citation_relinked" if document else "citation_cut",
        by=by,
        printed=str(row),
        was=before,
        now=str(document or "—"),
        count=len(rows),
    )
    return len(rows)


@transaction.atomic
def give_back(citation: Citation, *, by: Actor) -> None:
    """Take back what a person said of this place; what the register itself knows holds again."""
    require(access.can_settle(by))
    row = _held(Citation.objects.filter(pk=citation.pk))[0]
    if not row.settled_by:
        return
    _forget_drawn([row])
    row.is_only_here = False
    row.save(update_fields=["is_only_here"])
    record(row.document, "citation_given_back", by=by, printed=str(row))
    citing.look_again([row])


def _held(rows: QuerySet[Citation]) -> list[Citation]:
    held = rows.select_related("document", "target").select_for_update(of=("self",))
    return list(held.order_by("id"))


def _forget_drawn(rows: Sequence[Citation]) -> None:
    """The links of concretising that were drawn from these, where no other citation tells the same."""
    for row in rows:
        if row.target_id is None:
            continue
        told = Citation.objects.filter(document=row.document_id, target=row.target_id)
        others = told.exclude(relation=Relation.CONCRETISES).exclude(
            pk__in=[one.pk for one in rows]
        )
        if not others.exists():
            told.filter(relation=Relation.CONCRETISES, start=None, settled_by="").delete()


def _keep(rows: Sequence[Citation]) -> None:
    fields = ["target", "standing", "settled_by", "settled_at", "is_only_here"]
    Citation.objects.bulk_update(rows, fields, batch_size=1_000)
    Citation.objects.bulk_create(concretising(rows))
