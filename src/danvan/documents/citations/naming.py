"""What is said of a document's issuer, and by what words it is found."""

from danvan import clock
from danvan.documents.models import Document, squeeze
from danvan.org.resolving import NameBook, units_of
from danvan.searching import words_of
from danvan.text import fold

from . import bodies, identity


def name(document: Document) -> None:
    """Fill in what follows from number, kind, title, issuer and date. The caller saves."""
    document.number_squeezed = squeeze(document.number)[:80]
    name_issuer(document)
    document.folded = words_of(document.number, document.kind, document.title, document.issuer)


def name_issuer(document: Document) -> None:
    """Say who issued it: one key for all prints, and the unit where it is one on the day."""
    document.issuer = bodies.in_proper_case(document.issuer)
    key = identity.issuer_key(document.number_squeezed, document.issuer)
    document.issued_by = None
    if key and not identity.series_of(document.number_squeezed):
        book = NameBook(document.issued_on or clock.today())
        found = book.resolve(document.issuer)
        if found.is_whole and len(found.units) == 1:
            [unit] = units_of(found.units, book.as_of)
            document.issued_by = unit
            if fold(unit.name) == fold(document.issuer):
                document.issuer = unit.name
            key = identity.issuer_key(document.number_squeezed, unit.name)
    document.issuer_key = key
    unit_level = document.issued_by.level if document.issued_by else ""
    document.issuer_level = unit_level or identity.level_of(document.number_squeezed, key)
