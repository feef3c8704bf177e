"""What events did to units, as people say it: before → after."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from danvan.org.choices import EventKind
from danvan.org.models import Succession, UnitEvent, UnitName, UnitPlace
from danvan.workdays.rules import printed

BECAME = {
    EventKind.MERGED: gettext_noop("Nhập vào %(into)s từ %(day)s, theo %(basis)s"),
    EventKind.SPLIT: gettext_noop("Chia thành %(into)s từ %(day)s, theo %(basis)s"),
    EventKind.LEVEL_CHANGED: gettext_noop("Chuyển thành %(into)s từ %(day)s, theo %(basis)s"),
    EventKind.ENDED: gettext_noop(
        "Kết thúc hoạt động từ %(day)s, theo %(basis)s; đơn vị kế thừa: %(into)s"
    ),
}


@dataclass(frozen=True)
class Called:
    """A unit by the name it had then."""

    pk: UUID
    name: str


@dataclass
class Change:
    """One event: what was before, what is after."""

    event: UnitEvent
    before: list[Called] = field(default_factory=list)
    after: list[Called] = field(default_factory=list)


class Names:
    """What units were called on any day: one query for all."""

    def __init__(self, units: Iterable[UUID]) -> None:
        self._rows: dict[UUID, list[UnitName]] = defaultdict(list)
        for row in UnitName.objects.filter(unit__in=set(units)).order_by("validity"):
            self._rows[row.unit_id].append(row)

    def on(self, unit: UUID, day: date) -> Called:
        """Its name on a day; before its first and after its last name, the nearest."""
        rows = self._rows[unit]
        found = [one for one in rows if one.validity.lower <= day] or rows[:1]
        return Called(unit, found[-1].name if found else "")


def changes(events: Iterable[UnitEvent]) -> list[Change]:
    """Four queries, however many events."""
    made = {event.pk: Change(event) for event in events}
    of_these = Q(event__in=made)
    successions = list(Succession.objects.filter(of_these).order_by("id"))
    named = list(UnitName.objects.filter(of_these | Q(ended_by__in=made)).order_by("sort_key"))
    begun = [one for one in named if one.event_id in made]
    ended = [one for one in named if one.ended_by_id in made]
    moved = UnitPlace.objects.filter(of_these, event__kind=EventKind.MOVED)
    placed = list(moved.order_by("id"))
    units = {
        *(one.predecessor_id for one in successions),
        *(one.successor_id for one in successions),
        *(one.unit_id for one in named),
        *(one.unit_id for one in placed),
        *(one.parent_id for one in placed),
    }
    names = Names(units)
    for one in successions:
        _add(made[one.event_id].before, _was(names, one.predecessor_id, made[one.event_id].event))
        _add(made[one.event_id].after, names.on(one.successor_id, made[one.event_id].event.on))
    taken_over = {one.event_id for one in successions}
    for row in ended:
        if row.ended_by_id is not None and row.ended_by_id not in taken_over:
            _add(made[row.ended_by_id].before, Called(row.unit_id, row.name))
    for row in begun:
        if row.event_id is not None and row.event_id not in taken_over:
            _add(made[row.event_id].after, Called(row.unit_id, row.name))
    for place in placed:
        if place.event_id is None:
            continue
        change = made[place.event_id]
        _add(change.before, _was(names, place.unit_id, change.event))
        said = _("%(unit)s, thuộc %(parent)s") % {
            "unit": names.on(place.unit_id, change.event.on).name,
            "parent": names.on(place.parent_id, change.event.on).name,
        }
        _add(change.after, Called(place.unit_id, said))
    return list(made.values())


def _was(names: Names, unit: UUID, event: UnitEvent) -> Called:
    return names.on(unit, event.on - timedelta(days=1))


def _add(units: list[Called], one: Called) -> None:
    if one not in units:
        units.append(one)


def became(last: Iterable[UnitName]) -> dict[UUID, str]:
    """Of units that ended, by the last name of each: what became of it, in a sentence."""
    rows = list(last)
    successions: dict[tuple[UUID, UUID | None], list[UUID]] = defaultdict(list)
    found = Succession.objects.filter(predecessor__in=[one.unit_id for one in rows])
    for one in found.order_by("id"):
        successions[one.predecessor_id, one.event_id].append(one.successor_id)
    names = Names(unit for units in successions.values() for unit in units)
    return {
        row.unit_id: _ended(row, successions[row.unit_id, row.ended_by_id], names) for row in rows
    }


def _ended(last: UnitName, into: list[UUID], names: Names) -> str:
    event, day = last.ended_by, last.validity.upper
    if event is None:
        return _("Kết thúc hoạt động từ %(day)s") % {"day": printed(day)}
    called = [names.on(unit, event.on).name for unit in into]
    return ended_by(EventKind(event.kind), called, day, event.basis)


def ended_by(kind: EventKind, into: list[str], day: date, basis: str) -> str:
    """What became of a unit that ended on a day; `into` are those that took over."""
    told = {"into": ", ".join(into), "day": printed(day), "basis": basis}
    if not into:
        return _("Kết thúc hoạt động từ %(day)s, theo %(basis)s") % told
    return _(BECAME.get(kind, BECAME[EventKind.ENDED])) % told
