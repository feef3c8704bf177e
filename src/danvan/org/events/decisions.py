"""What an event is told: its legal document and day, and the units that begin by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from danvan.org.choices import EventKind, Level, UnitKind
from danvan.org.models import UnitEvent


@dataclass(frozen=True)
class NewUnit:
    """A unit that an event brings into being."""

    name: str
    kind: UnitKind
    level: Level
    short_name: str = ""
    aliases: Sequence[str] = ()
    coordinates: bool = False


@dataclass(frozen=True)
class Decision:
    """The legal document of an event, and the first day of what is new."""

    on: date
    basis: str  # “Nghị quyết số 202/2025/QH15 ngày 12/6/2025”
    note: str = ""
    is_verified: bool = True


def is_of(event: UnitEvent | None, kind: EventKind, decision: Decision) -> bool:
    """Said twice, as by a double click."""
    said = (kind, decision.on, decision.basis.strip())
    return event is not None and (event.kind, event.on, event.basis) == said


def same_events(kind: EventKind, decision: Decision) -> list[UnitEvent]:
    basis = decision.basis.strip()
    return list(UnitEvent.objects.filter(kind=kind, on=decision.on, basis=basis))
