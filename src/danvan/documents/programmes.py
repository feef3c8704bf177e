"""Coordination programmes: documents that bind two or more bodies for a term."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danvan.audit.actions import record, seen
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.org.resolving import NameBook, units_of
from danvan.refusals import NotAccepted
from danvan.text import fold

from . import access
from .models import Document, DocumentQuerySet, Party


@dataclass(frozen=True)
class Side:
    """A body that is bound: a unit here, or one that is only known by its name."""

    unit: Unit | None = None
    printed: str = ""


def programmes() -> DocumentQuerySet:
    """Every registered programme, what still runs first."""
    return Document.objects.registered().filter(term_from__isnull=False)


@transaction.atomic
def bind(
    document: Document, sides: Sequence[Side], *, from_: date, to: date | None, by: Actor
) -> Document:
    """Say that a document is a programme, between whom and for how long. Said twice is said once."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require(access.can_bind(by, document))
    wanted = _once(sides)
    if len(wanted) < 2:
        raise NotAccepted(_("Chương trình phối hợp có ít nhất hai bên: ghi thêm một bên."))
    if to is not None and to < from_:
        raise NotAccepted(_("Ngày kết thúc trước ngày bắt đầu: sửa một trong hai ngày."))
    held = [Side(one.unit, one.printed) for one in document.parties.select_related("unit")]
    if (document.term_from, document.term_to, held) == (from_, to, wanted):
        return document
    was = seen(document)
    document.parties.all().delete()
    Party.objects.bulk_create(
        Party(document=document, unit=one.unit, printed=one.printed[:300], place=place)
        for place, one in enumerate(wanted)
    )
    document.term_from, document.term_to = from_, to
    document.save(update_fields=["term_from", "term_to"])
    record(document, "programme_said", by=by, before=was, parties=len(wanted))
    return document


def _once(sides: Sequence[Side]) -> list[Side]:
    """Each side once, by its unit or by its name."""
    found: dict[object, Side] = {}
    for one in sides:
        printed = " ".join(one.printed.split())
        key = one.unit.pk if one.unit else fold(printed)
        if key:
            found.setdefault(key, Side(one.unit, "" if one.unit else printed))
    return list(found.values())


@transaction.atomic
def unbind(document: Document, *, by: Actor) -> Document:
    """It is no programme after all. What it asked for stays as it is."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require(access.can_bind(by, document))
    if document.term_from is None:
        return document
    was = seen(document)
    document.parties.all().delete()
    document.term_from = document.term_to = None
    document.save(update_fields=["term_from", "term_to"])
    record(document, "programme_unsaid", by=by, before=was)
    return document


_BETWEEN = re.compile(r"\bgiữa\s+(.+)", re.IGNORECASE)
_END = re.compile(
    r"\s+(?:về\s+(?:việc|công tác)|trong\s+(?:công tác|việc|thực hiện)|giai đoạn|nhiệm kỳ|năm\s+\d{4})\b.*",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*;\s*|\s+-\s+|,?\s+(?:và|với)\s+")  # before a capital letter
_TERM = re.compile(r"(?:giai đoạn|nhiệm kỳ)\s+(\d{4})\s*[-–]\s*(\d{4})", re.IGNORECASE)


def looks_like_one(document: Document) -> bool:
    """Its title or kind says that bodies work together."""
    words = fold(f"{document.kind} {document.title}")
    return "phoi hop" in words and bool(
        {"chuong trinh", "quy che", "ke hoach"} & {fold(document.kind)}
        or "giua" in words.split()
        or " - " in document.issuer
    )


def suggest(document: Document, on: date) -> list[Side]:
    """The sides that the title names (“giữa … và …”), else those that issued it together."""
    named = names_in(document.title) or names_in_issuer(document.issuer)
    if len(named) < 2:
        return []
    book = NameBook(document.issued_on or on)
    return [_side(one, book) for one in named]


def _side(printed: str, book: NameBook) -> Side:
    units = units_of(book.resolve(printed).units, book.as_of)
    return Side(unit=units[0]) if len(units) == 1 else Side(printed=printed)


def names_in(title: str) -> list[str]:
    """The bodies between “giữa” and what the programme is about."""
    found = _BETWEEN.search(" ".join(title.split()))
    if found is None:
        return []
    return _split(_END.sub("", found[1]))


def names_in_issuer(issuer: str) -> list[str]:
    """Two bodies that issued a document together: “A - B”, or one a line."""
    parts = [" ".join(one.split()) for one in re.split(r"\n|\s+[-–]\s+|;", issuer)]
    found = [one for one in parts if len(one) > 3]
    return found if len(found) > 1 else []


def _split(words: str) -> list[str]:
    """Parted before a capital letter alone: “Sở Thông tin và truyền thông” is one body."""
    cuts = [one for one in _AND.finditer(words) if words[one.end() : one.end() + 1].isupper()]
    starts = [0, *(one.end() for one in cuts)]
    ends = [*(one.start() for one in cuts), len(words)]
    parts = [words[start:end].strip(" ,.") for start, end in zip(starts, ends, strict=True)]
    return [one for one in parts if len(one) > 3]


def term_in(document: Document) -> tuple[date | None, date | None]:
    """From the years that the title prints or that it plans for; from its date where none are."""
    found = _TERM.search(document.title)
    years = found.groups() if found else (document.planned_from, document.planned_to)
    first, last = (int(one) if one and one.isdigit() else None for one in years)
    start = date(first, 1, 1) if first else document.issued_on
    if start and document.issued_on and start < document.issued_on:
        start = document.issued_on
    return start, date(last, 12, 31) if last else None
