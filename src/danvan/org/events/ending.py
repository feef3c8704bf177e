"""A unit ends, and nobody takes over (giải thể)."""

from django.db import transaction

from danvan.org.actors import Actor
from danvan.org.choices import EventKind
from danvan.org.models import Unit

from .decisions import Decision, is_of
from .lives import begin_change, life_on
from .refusals import refuse_children
from .rows import end_rows, make_event
from .succeeding import finish


@transaction.atomic
def end(unit: Unit, *, decision: Decision, by: Actor) -> Unit:
    """The unit ends and nobody takes over; refused while units still stand below it."""
    begin_change(by)
    last = unit.names.order_by("validity").last()
    if last and is_of(last.ended_by, EventKind.ENDED, decision):
        return unit
    life = life_on(unit, decision.on)
    refuse_children(life, decision.on)
    event = make_event(EventKind.ENDED, decision)
    end_rows(life, event, by)
    finish(event, by, ended=[life])
    return unit
