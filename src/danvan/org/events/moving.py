"""A unit goes on under another (chuyển cấp trên)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from danvan.audit.actions import record
from danvan.org import tree
from danvan.org.actors import Actor
from danvan.org.choices import EventKind
from danvan.org.models import Unit, UnitPlace
from danvan.refusals import NotAccepted

from .decisions import Decision, is_of
from .lives import begin_change, life_on, standing_on
from .refusals import refuse_below, refuse_namesake
from .rows import close_row, make_event, place_under
from .succeeding import told_of


@transaction.atomic
def move(unit: Unit, under: Unit | None, *, decision: Decision, by: Actor) -> Unit:
    """The unit goes on under another; under none it stands at the top."""
    begin_change(by)
    last = unit.places.order_by("validity").last()
    if last and under and is_of(last.event, EventKind.MOVED, decision):
        if last.parent_id == under.pk:
            return unit
    if last and under is None and is_of(last.ended_by, EventKind.MOVED, decision):
        return unit
    life = life_on(unit, decision.on, renamed=True)
    if life.parent_id == (under.pk if under else None):
        raise NotAccepted(_("%(unit)s đã trực thuộc đơn vị này.") % {"unit": life})
    if under:
        standing_on(under, decision.on)
        refuse_below(under, [life], decision.on)
        refuse_namesake(life.name.name, under, decision.on)
    event = make_event(EventKind.MOVED, decision)
    was = _parent_seen(life.place)
    if life.place:
        close_row(life.place, event)
    if under:
        place_under(unit, under, event)
    tree.rebuild([unit.pk])
    unit.name = life.name.name
    after = {"parent_id": under.pk if under else None}
    record(unit, "unit_moved", by=by, before=was, after=after, **told_of(event))
    return unit


def _parent_seen(place: UnitPlace | None) -> dict[str, Any]:
    return {"parent_id": place.parent_id if place else None}
