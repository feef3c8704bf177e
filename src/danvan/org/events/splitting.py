"""A unit becomes several (tách, chia)."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from danvan.org.actors import Actor
from danvan.org.choices import EventKind
from danvan.org.models import Unit
from danvan.refusals import NotAccepted

from .decisions import Decision, NewUnit, same_events
from .lives import begin_change, life_on, standing_on
from .refusals import refuse_children, refuse_namesake
from .rows import create_unit, end_rows, make_event
from .succeeding import finish, succeed


@transaction.atomic
def split(
    unit: Unit,
    parts: Sequence[NewUnit | Unit],
    *,
    keeps: bool,
    decision: Decision,
    by: Actor,
) -> list[Unit]:
    """Parts of the unit become others, and it goes on (tách, `keeps`) or ends (chia)."""
    begin_change(by)
    if again := _already_split(unit, parts, decision):
        return again
    if len(parts) < (1 if keeps else 2):
        raise NotAccepted(_("Ghi ít nhất hai đơn vị được chia ra."))
    if unit in parts:
        raise NotAccepted(_("Một đơn vị không tách thành chính nó."))
    life = life_on(unit, decision.on)
    if not keeps:
        refuse_children(life, decision.on)
    event = make_event(EventKind.SPLIT, decision)
    for one in parts:
        if keeps and isinstance(one, NewUnit):
            refuse_namesake(one.name, life.parent, decision.on)
    new = {
        one.name: create_unit(one, life.parent, event, like=[life])
        for one in parts
        if isinstance(one, NewUnit)
    }
    grown = [one for one in parts if isinstance(one, Unit)]
    for one in grown:
        one.name = standing_on(one, decision.on)
    begun = [one if isinstance(one, Unit) else new[one.name] for one in parts]
    if not keeps:
        end_rows(life, event, by)
    succeed([unit], begun, event, is_whole=False)
    finish(
        event,
        by,
        begun=list(new.values()),
        grown=grown,
        shrunk=[life] if keeps else [],
        ended=[] if keeps else [life],
    )
    return begun


def _already_split(
    unit: Unit, parts: Sequence[NewUnit | Unit], decision: Decision
) -> list[Unit] | None:
    wanted = {one.pk if isinstance(one, Unit) else " ".join(one.name.split()) for one in parts}
    for event in same_events(EventKind.SPLIT, decision):
        names = dict(event.names.values_list("unit", "name"))
        rows = list(event.successions.filter(predecessor=unit).select_related("successor"))
        if {names.get(row.successor_id, row.successor_id) for row in rows} == wanted:
            return [row.successor for row in rows]
    return None
