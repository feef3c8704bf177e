"""What danvan brings along of national documents: their cards, and how they hold.

The table is the reading library's (`vanban.validity`). The rows of single provinces in it stay out:
they say how to read the documents of those provinces, and are no part of this one's register.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from danvan import clock
from danvan.documents import validity
from danvan.documents.choices import ValidityKind
from danvan.documents.models import Document, ValidityChange
from vanban.validity import Known, key, standard

from . import cards, citing

_FROM_ITS_DATE = "Tính từ ngày ban hành; {}"
_NUMBER = re.compile(r"số (\S+?/\S+)")


@transaction.atomic
def load() -> int:
    """Cards of the documents that are not known here, and what is known of all; returns new cards.

    Safe to repeat: what is there stays as it is, what a person undid too.
    """
    rows = [row for row in standard().rows if row.area is None and (row.number or row.name)]
    known: dict[Known, Document] = {}
    made = []
    for row in rows:
        card = cards.drawn(_facts(row))
        there = cards.identical(card) or _by_name(card)
        if there is None:
            card.save()
            made.append(card)
        known[row] = there or card
    _say(known)
    citing.settle(made)
    return len(made)


def _by_name(card: Document) -> Document | None:
    if card.number_squeezed:
        return None
    same = Document.objects.registered().filter(kind=card.kind, title=card.title)
    return same.filter(issued_on=card.issued_on).first()


def _facts(row: Known) -> cards.Facts:
    title = (row.name or row.subject or "").removeprefix(row.kind).strip()
    return cards.Facts(
        row.kind,
        row.number or "",
        _day(row.date),
        row.issuer or "",
        title[:1].upper() + title[1:],
    )


def _day(printed: str | None) -> date | None:
    return date.fromisoformat(printed) if printed else None


def _say(known: dict[Known, Document]) -> None:
    """What is known and was never said, undone or not."""
    said = set(
        ValidityChange.objects.filter(document__in=list(known.values())).values_list(
            "document", "kind"
        )
    )
    numbered: dict[str, list[Document]] = {}
    for row, document in known.items():
        if row.number:
            numbered.setdefault(key(row.number), []).append(document)
    fresh = [
        change
        for row, document in known.items()
        for change in _changes(row, document, numbered)
        if (document.pk, change.kind) not in said
    ]
    ValidityChange.objects.bulk_create(fresh)
    for document in {change.document for change in fresh}:
        validity.draw(document)


def _changes(
    row: Known, document: Document, numbered: dict[str, list[Document]]
) -> Iterable[ValidityChange]:
    if row.valid_from:
        yield _change(row, document, ValidityKind.IN_FORCE, date.fromisoformat(row.valid_from))
    elif row.date:
        change = _change(row, document, ValidityKind.IN_FORCE, date.fromisoformat(row.date))
        change.is_verified, change.source = False, _FROM_ITS_DATE.format(change.source)
        yield change
    last = _day(row.valid_to)
    if last is not None:
        kind = ValidityKind.REPLACED if row.replaced_by else ValidityKind.EXPIRED
        change = _change(row, document, kind, last + timedelta(days=1))
        change.by_printed = row.replaced_by or ""
        number = _NUMBER.search(change.by_printed)
        successors = numbered.get(key(number[1].rstrip(",;")), []) if number else []
        if len(successors) == 1:
            [change.by_document] = successors
        yield change


def _change(row: Known, document: Document, kind: ValidityKind, on: date) -> ValidityChange:
    return ValidityChange(
        document=document,
        kind=kind,
        on=on,
        source=row.source or "",
        is_verified=row.verified,
        said_at=clock.now(),
    )
