"""Who takes over from whom, and the entry of each unit that an event concerns."""

from collections.abc import Sequence
from typing import Any

from danvan.audit.actions import record
from danvan.org import tree
from danvan.org.actors import Actor
from danvan.org.choices import EventKind
from danvan.org.models import Succession, Unit, UnitEvent
from danvan.text import in_digits

from .decisions import Decision, NewUnit, same_events
from .lives import Life, children_of, life_on
from .rows import close_row, end_rows, place_under


def take_over(lives: Sequence[Life], successor: Unit, event: UnitEvent, by: Actor) -> None:
    """They end; the successor has what stood directly below them."""
    ending = {one.unit.pk for one in lives}
    for life in lives:
        for child in children_of(life.unit, event.on):
            if child.pk in ending:
                continue
            place = life_on(child, event.on).place
            assert place is not None  # it is a child
            close_row(place, event)
            place_under(child, successor, event)
    for life in lives:
        end_rows(life, event, by)
    if any(one.unit.coordinates for one in lives):  # what is followed goes on being followed
        successor.coordinates = True
        successor.save(update_fields=["coordinates"])
    succeed([one.unit for one in lives], [successor], event, is_whole=True)


def succeed(
    before: Sequence[Unit], after: Sequence[Unit], event: UnitEvent, *, is_whole: bool
) -> None:
    Succession.objects.bulk_create(
        Succession(event=event, predecessor=one, successor=other, is_whole=is_whole)
        for one in before
        for other in after
    )


def finish(
    event: UnitEvent,
    by: Actor,
    *,
    begun: Sequence[Unit] = (),
    grown: Sequence[Unit] = (),
    shrunk: Sequence[Life] = (),
    ended: Sequence[Life] = (),
) -> None:
    """Paths anew, and an entry of each unit that the event concerns."""
    touched = [one.pk for one in (*begun, *grown)] + [one.unit.pk for one in (*shrunk, *ended)]
    tree.rebuild([*touched, *event.places.values_list("unit", flat=True)])
    before = ", ".join(str(one) for one in (*ended, *shrunk))
    after = ", ".join(one.name for one in (*begun, *grown))
    told = told_of(event)
    for unit in begun:
        record(unit, "unit_established", by=by, before_it=before, **told)
    for unit in grown:
        record(unit, "unit_took_over", by=by, before_it=before, **told)
    for life in shrunk:
        life.unit.name = life.name.name
        record(life.unit, "unit_split", by=by, after_it=after, **told)
    for life in ended:
        record(life.unit, "unit_ended", by=by, after_it=after, **told)


def told_of(event: UnitEvent) -> dict[str, Any]:
    return {
        "event": event.pk,
        "kind": event.get_kind_display(),
        "on": in_digits(event.on),
        "basis": event.basis,
    }


def already_taken_over(
    units: Sequence[Unit], into: Unit | NewUnit, kind: EventKind, decision: Decision
) -> Unit | None:
    wanted = {one.pk for one in units}
    for event in same_events(kind, decision):
        rows = list(event.successions.select_related("successor"))
        if {row.predecessor_id for row in rows} == wanted and _is_successor(rows[0], into, event):
            return rows[0].successor
    return None


def _is_successor(row: Succession, into: Unit | NewUnit, event: UnitEvent) -> bool:
    if isinstance(into, Unit):
        return row.successor_id == into.pk
    name = " ".join(into.name.split())
    return event.names.filter(unit=row.successor_id, name=name).exists()
