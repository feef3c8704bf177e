"""Documents known without their text: by what danvan brings along, and by what others cite.

A card has an identity and a validity. Once the file of the same document is registered, it takes the
card's place: what pointed to the card points to it, and the card is no more.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record, seen
from danvan.documents import access
from danvan.documents.models import Document, DocumentQuerySet
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.refusals import NotAccepted

from . import citing
from .naming import name


@dataclass(frozen=True)
class Facts:
    """What a card says of its document."""

    kind: str
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    title: str = ""


@transaction.atomic
def make(facts: Facts, *, by: Actor) -> Document:
    """Register a document of which there is no text. What is registered already is answered with."""
    require(access.can_settle(by))
    if not facts.number and not facts.title:
        raise NotAccepted(_("Ghi số, ký hiệu hoặc trích yếu để nhận ra văn bản."))
    card = drawn(facts)
    if (known := identical(card)) is not None:
        return known
    card.save()
    record(card, "card_made", by=by, before=NOTHING)
    citing.settle([card])
    return card


def drawn(facts: Facts) -> Document:
    """A card that is not saved yet."""
    card = Document(
        kind=facts.kind[:60],
        number=facts.number[:80],
        title=facts.title,
        issuer=facts.issuer[:300],
        issued_on=facts.issued_on,
        filed_at=clock.now(),
        registered_on=clock.today(),
    )
    name(card)
    return card


def identical(document: Document) -> Document | None:
    """The registered document of the same issuer, number and date; for a file never a card."""
    if not document.number_squeezed:
        return None
    same = _same(document).filter(issued_on=document.issued_on)
    if not document.is_card:
        same = same.exclude(attachment=None)
    return same.exclude(pk=document.pk).first()


def _same(document: Document) -> DocumentQuerySet:
    return Document.objects.registered().filter(
        number_squeezed=document.number_squeezed, issuer_key=document.issuer_key
    )


def give_place(document: Document, *, by: Actor) -> None:
    """Put a document in the place of its card, before it is registered itself.

    A card without a date is that of the only document with its number and issuer.
    """
    if not document.number_squeezed:
        return
    its_day = Q(issued_on=document.issued_on) | Q(issued_on=None)
    for card in _same(document).filter(its_day, attachment=None).select_for_update():
        was = seen(card)
        for relation in Document._meta.related_objects:
            field = relation.field.name
            rows = relation.related_model._base_manager
            rows.filter(**{field: card}).update(**{field: document})
        Document.objects.filter(pk=card.pk).delete()
        record(document, "took_the_place_of_a_card", by=by, before=was, after=was, card=str(card))
