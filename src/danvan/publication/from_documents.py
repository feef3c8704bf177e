"""Documents of the province's own issuing, in their own words."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from danvan import clock
from danvan.documents import actions as documents
from danvan.documents.choices import ReadingState
from danvan.documents.models import Document, Reading
from danvan.documents.rules import Item, kept
from danvan.org.choices import Level, UnitKind
from danvan.org.models import Unit
from danvan.org.resolving import NameBook
from danvan.text import fold
from danvan.workdays.rules import printed

from . import rules
from .choices import ReleaseKind
from .contents import Candidate, Content, address

AT_THE_END = ("recipients", "authority", "signer_role", "signer")  # not a part of the text
AT_THE_BEGINNING = ("issuer", "number", "place", "date", "kind", "title")


def candidates() -> Iterator[Candidate]:
    """Registered documents that the province's People's Committee issued itself."""
    book, committees = NameBook(clock.today()), _committees()
    for document in Document.objects.registered().order_by("-issued_on", "-id"):
        if _issuer(document, book, committees):
            yield Candidate(ReleaseKind.DOCUMENT, document.pk, _title(document))


def _committees() -> dict[str, Unit]:
    """The People's Committee of the province, by id."""
    found = Unit.objects.named(clock.today()).filter(
        kind=UnitKind.PEOPLES_COMMITTEE, level=Level.PROVINCE
    )
    return {str(unit.pk): unit for unit in found}


def _issuer(document: Document, book: NameBook, committees: dict[str, Unit]) -> Unit | None:
    """The committee that issued a document; None where somebody else did."""
    meant = book.resolve(document.issuer)
    units = [committees[key] for key in meant.units if key in committees]
    return units[0] if meant.is_whole and len(units) == len(meant.units) == 1 else None


def _title(document: Document) -> str:
    return " ".join(filter(None, [document.kind, document.number])) + (
        f": {document.title}" if document.title else ""
    )


def compose(subject: UUID) -> Content | None:
    document = Document.objects.registered().filter(pk=subject).first()
    issuer = _issuer(document, NameBook(clock.today()), _committees()) if document else None
    if document is None or issuer is None:
        return None
    reading = document.readings.filter(state=ReadingState.PROOFREAD).first()
    facts = [
        (_("Cơ quan ban hành"), issuer.name),
        (_("Số, ký hiệu"), document.number),
        (_("Ngày ban hành"), printed(document.issued_on) if document.issued_on else ""),
        (_("Người ký"), _signature(document)),
    ]
    return Content(
        kind=ReleaseKind.DOCUMENT,
        subject=document.pk,
        address=address(document.kind, document.number, str(document.year or "")),
        title=_title(document)[:500],
        summary="",
        issued_by=issuer.name,
        body={
            "facts": [[label, value] for label, value in facts if value],
            "blocks": _text(reading) if reading else [],
        },
    )


def _signature(document: Document) -> str:
    """Huỳnh Thế Vinh, Phó chủ tịch: who signs an official document is public."""
    return ", ".join(filter(None, [document.signer, document.signer_role.capitalize()]))


def _text(reading: Reading) -> list[dict[str, Any]]:
    """The document's own words, by its outline, without head, recipients and signature."""
    found = documents.items(reading)
    spans = {item.values["field"]: item for item in kept(found["header"])}
    start = max((_end(spans, name) for name in AT_THE_BEGINNING), default=0)
    ends = [spans[name].start for name in AT_THE_END if name in spans]
    end = min((one for one in ends if one is not None), default=len(reading.text))
    headings = [(item.start or 0, item.values["level"]) for item in kept(found["outline"])]
    lines = rules.lines_of(reading.text, headings, start=start, end=end)
    return rules.blocks(line for line in lines if fold(line.text) not in {"noi nhan:", "noi nhan"})


def _end(spans: dict[str, Item], name: str) -> int:
    return (spans[name].end or 0) if name in spans else 0
