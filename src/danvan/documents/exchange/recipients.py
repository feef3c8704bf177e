"""“Nơi nhận” of a document → whom it can be sent to, and by which ways."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from danvan import clock
from danvan.documents.choices import DeliveryWay
from danvan.documents.models import Delivery, Document
from danvan.org.actors import Actor
from danvan.org.models import Post, Unit
from danvan.org.resolving import NameBook
from danvan.text import fold

from . import organs, rules


@dataclass(frozen=True)
class Recipient:
    """A unit, or a printed name that means none; where it was sent before."""

    name: str
    printed: str  # the entry of “Nơi nhận” that means it
    ways: tuple[DeliveryWay, ...]  # the usual one first
    unit: Unit | None = None
    code: str = ""  # its identifier in the exchange
    sent: list[Delivery] = field(default_factory=list)

    @property
    def key(self) -> str:
        """In a form's names: the same for the same recipient, whatever stands around it."""
        return hashlib.sha256(self.name.encode()).hexdigest()[:16]

    @property
    def open_ways(self) -> list[DeliveryWay]:
        used = {one.way for one in self.sent}
        return [one for one in self.ways if one not in used]


def of(document: Document, more: Iterable[str] = (), *, by: Actor) -> list[Recipient]:
    """Everybody in the printed list and in `more`, as of today, each once; not the sender itself."""
    today = clock.today()
    book = NameBook(today)
    meant: dict[str, str] = {}  # unit → entry
    strange: list[str] = []
    for entry in dict.fromkeys(rules.entries([*document.recipients, *more])):
        found = book.resolve(entry)
        if found.is_whole:
            for unit in found.units:
                meant.setdefault(unit, entry)
        else:
            strange.append(entry)
    meant.pop(str(by.unit_id), None)
    units = list(Unit.objects.named(today).filter(pk__in=meant))
    sent = _sent(document)
    known = _units(units, meant, today, has_sender=_can_write(document, by, today))
    return [
        *(_with(one, sent) for one in known),
        *(_with(_stranger(entry), sent) for entry in strange),
    ]


def _can_write(document: Document, by: Actor, today: date) -> bool:
    return organs.sender(document, by.own_unit, today) is not None


def _units(
    units: list[Unit], meant: dict[str, str], today: date, *, has_sender: bool
) -> list[Recipient]:
    codes = organs.codes(units, today)
    working = _working(units, today)
    return [
        Recipient(
            name=str(unit),
            printed=meant[str(unit.pk)],
            unit=unit,
            code=codes.get(unit.pk, ""),
            ways=rules.ways(
                works_here=unit.pk in working, in_exchange=has_sender and unit.pk in codes
            ),
        )
        for unit in units
    ]


def _working(units: list[Unit], today: date) -> set[UUID]:
    """Units in which somebody with an account does the work."""
    posts = Post.objects.in_charge(today).filter(unit__in=units, person__user__isnull=False)
    return set(posts.values_list("unit", flat=True))


def _stranger(entry: str) -> Recipient:
    return Recipient(name=entry, printed=entry, ways=rules.ways(works_here=False))


def _sent(document: Document) -> dict[str, list[Delivery]]:
    sent: dict[str, list[Delivery]] = {}
    for one in document.deliveries.all():
        sent.setdefault(fold(one.recipient), []).append(one)
    return sent


def _with(one: Recipient, sent: dict[str, list[Delivery]]) -> Recipient:
    one.sent.extend(sent.get(fold(one.name), []))
    return one
