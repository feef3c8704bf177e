"""Who may see and work on documents."""

from django.db.models import Q

from danvan.org.access import DOING, sees_whole_province, works
from danvan.org.actors import Actor

from .models import Document, DocumentQuerySet, Reading


def visible_to(by: Actor) -> DocumentQuerySet:
    """Registered documents are for all who work; before that for their own unit and who follows all."""
    if not works(by):
        return Document.objects.none()
    if sees_whole_province(by):
        return Document.objects.all()
    return Document.objects.filter(Q(registered_on__isnull=False) | Q(filed_by=by.unit_id))


def can_add(by: Actor) -> bool:
    """Directive documents are entered by the coordinating department."""
    return by.is_coordinator


def can_hand_in(by: Actor) -> bool:
    """Officers in charge hand in documents of their own unit."""
    return by.role in DOING


def can_proofread(by: Actor, reading: Reading) -> bool:
    return can_check(by, reading.document)


def can_check(by: Actor, document: Document) -> bool:
    """The unit that filed the document checks its reading; the coordinator may check any."""
    if by.is_coordinator:
        return True
    return by.role in DOING and document.filed_by_id == by.unit_id
