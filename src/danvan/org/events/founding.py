"""A unit begins (thành lập)."""

from django.db import transaction

from danvan.org.actors import Actor
from danvan.org.choices import EventKind
from danvan.org.models import Unit, UnitName

from .decisions import Decision, NewUnit, same_events
from .lives import begin_change, standing_on
from .refusals import refuse_second_coordinator
from .rows import create_unit, make_event
from .succeeding import finish


@transaction.atomic
def establish(new: NewUnit, *, under: Unit | None, decision: Decision, by: Actor) -> Unit:
    """A unit begins; without a unit above it stands at the top."""
    begin_change(by)
    if again := _already_established(new, under, decision):
        return again
    if under:
        standing_on(under, decision.on)
    if new.coordinates:
        refuse_second_coordinator(decision.on)
    event = make_event(EventKind.ESTABLISHED, decision)
    unit = create_unit(new, under, event)
    finish(event, by, begun=[unit])
    return unit


def _already_established(new: NewUnit, under: Unit | None, decision: Decision) -> Unit | None:
    events = same_events(EventKind.ESTABLISHED, decision)
    names = UnitName.objects.filter(event__in=events, name=" ".join(new.name.split()))
    for row in names.select_related("unit"):
        place = row.unit.places.filter(event=row.event_id).first()
        if (place.parent_id if place else None) == (under.pk if under else None):
            row.unit.name = row.name
            return row.unit
    return None
