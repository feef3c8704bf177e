"""A unit becomes one of another level or kind, which is another body."""

from django.db import transaction
from django.utils.translation import gettext as _

from danvan.org.actors import Actor
from danvan.org.choices import EventKind
from danvan.org.models import Unit
from danvan.refusals import NotAccepted

from .decisions import Decision, NewUnit
from .lives import begin_change, life_on, standing_on
from .refusals import refuse_below
from .rows import create_unit, make_event
from .succeeding import already_taken_over, finish, take_over


@transaction.atomic
def change_level(
    unit: Unit, new: NewUnit, *, under: Unit | None, decision: Decision, by: Actor
) -> Unit:
    """The unit becomes one of another level or kind, which is another body and takes over whole."""
    begin_change(by)
    if again := already_taken_over([unit], new, EventKind.LEVEL_CHANGED, decision):
        return again
    life = life_on(unit, decision.on)
    if (new.level, new.kind) == (life.unit.level, life.unit.kind):
        raise NotAccepted(_("Cấp và loại không đổi: chọn Đổi tên hoặc Chuyển cấp trên."))
    if under:
        standing_on(under, decision.on)
        refuse_below(under, [life], decision.on)
    event = make_event(EventKind.LEVEL_CHANGED, decision)
    successor = create_unit(new, under, event, like=[life])
    take_over([life], successor, event, by)
    finish(event, by, begun=[successor], ended=[life])
    return successor
