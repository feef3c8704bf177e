"""A confirmed reading that is opened again: what the register drew from it goes, what people said stays.

Where somebody built on the document's identity, a card keeps its place until it is confirmed anew.
"""

from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from danvan.audit.actions import history, record, seen
from danvan.org.access import require
from danvan.org.actors import Actor

from . import access, validity
from .choices import CitationStanding, PackageState, ReadingState, Relation, ValidityKind
from .citations import cards, citing
from .models import Citation, Document, Reading, ValidityChange


@dataclass(frozen=True)
class Drawn:
    """What confirming drew from a reading."""

    citations: int
    by_hand: int  # of them, that a person linked
    citing: int  # citations of others that wait again
    keeps_a_card: bool


def foresee(document: Document) -> Drawn:
    own = own_citations(document)
    return Drawn(
        citations=own.exclude(relation=Relation.CONCRETISES).count(),
        by_hand=own.exclude(settled_by="").count(),
        citing=0 if keeps_a_card(document) else _cited_by(document).count(),
        keeps_a_card=keeps_a_card(document),
    )


def own_citations(document: Document) -> QuerySet[Citation]:
    """Its citations; a link that a person made beside the text is none of them."""
    return document.citations.exclude(~Q(settled_by=""), relation=Relation.CONCRETISES, start=None)


def _cited_by(document: Document) -> QuerySet[Citation]:
    return document.cited_by.exclude(relation=Relation.CONCRETISES)


def keeps_a_card(document: Document) -> bool:
    """It stood in the register before its file, or people have said something of it since."""
    return (
        history(document).filter(verb="took_the_place_of_a_card").exists()
        or document.cited_by.exclude(settled_by="").exists()
        or document.changes_validity_of.filter(undone_at=None).exists()
        or document.ended.exists()
        or document.validity_changes.filter(undone_at=None).exclude(said_by="").exists()
    )


def in_the_way(document: Document) -> list[tuple[Model, str]]:
    """What was built on it here: it went out, it binds, it sets a theme."""
    found: list[tuple[Model, str]] = []
    if (
        document.deliveries.exists()
        or document.packages.filter(state=PackageState.WRITTEN, answers=None).exists()
    ):
        found.append((document, _("đã gửi đến nơi nhận")))
    if document.parties.exists():
        found.append((document, _("đã ghi là chương trình phối hợp")))
    return found


def take_back(document: Document, reading: Reading, *, by: Actor, reason: str) -> None:
    """Open the reading again; that nothing is in the way was asked before, in this transaction."""
    require(access.can_take_back(by, document))
    was = seen(document)
    drawn = foresee(document)
    own_citations(document).delete()
    said_itself = Q(kind=ValidityKind.IN_FORCE, said_by="", is_verified=False)
    stated = [
        one.pk
        for one in document.validity_changes.filter(said_itself, undone_at=None)
        if one.source and one.source in reading.text
    ]
    ValidityChange.objects.filter(pk__in=stated).delete()
    document.registered_on = None
    document.save(update_fields=["registered_on"])
    if drawn.keeps_a_card:
        _leave_a_card(document)
    else:
        document.cited_by.filter(relation=Relation.CONCRETISES).delete()
        waiting = list(document.cited_by.select_related("document"))
        Citation.objects.filter(pk__in=[one.pk for one in waiting]).update(
            target=None, standing=CitationStanding.UNKNOWN
        )
        citing.look_again(waiting)
    reading.state = ReadingState.READ
    reading.save(update_fields=["state"])
    record(document, "taken_back", by=by, before=was, reason=reason, citations=drawn.citations)


def _leave_a_card(document: Document) -> None:
    facts = cards.Facts(
        document.kind, document.number, document.issued_on, document.issuer, document.title
    )
    card = cards.drawn(facts)
    card.save()
    document.cited_by.update(target=card)
    document.validity_changes.update(document=card)
    document.changes_validity_of.update(by_document=card)
    document.ended.update(ended_by=card)
    for name in validity.DRAWN:
        setattr(document, name, None)
    document.save(update_fields=[*validity.DRAWN])
    validity.draw(card)
