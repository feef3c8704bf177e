"""Units become one (hợp nhất, sáp nhập)."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from danvan.org.actors import Actor
from danvan.org.choices import EventKind
from danvan.org.models import Unit
from danvan.refusals import NotAccepted

from .decisions import Decision, NewUnit
from .lives import Life, begin_change, life_on, standing_on
from .refusals import refuse_below
from .rows import create_unit, make_event
from .succeeding import already_taken_over, finish, take_over


@transaction.atomic
def merge(
    units: Sequence[Unit],
    into: Unit | NewUnit,
    *,
    under: Unit | None = None,
    decision: Decision,
    by: Actor,
) -> Unit:
    """Units end and one takes over: a new one (hợp nhất), or one that goes on (sáp nhập).

    What stood directly below them stands below the one from that day on. A new one stands where
    they stood, unless `under` says otherwise.
    """
    begin_change(by)
    ending = [one for one in _distinct(units) if one != into]
    if again := already_taken_over(ending, into, EventKind.MERGED, decision):
        return again
    if not ending or (isinstance(into, NewUnit) and len(ending) < 2):
        raise NotAccepted(_("Chọn ít nhất hai đơn vị để hợp nhất."))
    lives = [life_on(one, decision.on) for one in ending]
    event = make_event(EventKind.MERGED, decision)
    if isinstance(into, Unit):
        into.name = standing_on(into, decision.on)
        refuse_below(into, lives, decision.on)
        take_over(lives, into, event, by)
        finish(event, by, grown=[into], ended=lives)
        return into
    under = under or _common_parent(lives)
    if under:
        standing_on(under, decision.on)
        refuse_below(under, lives, decision.on)
    successor = create_unit(into, under, event, like=lives)
    take_over(lives, successor, event, by)
    finish(event, by, begun=[successor], ended=lives)
    return successor


def _distinct(units: Sequence[Unit]) -> list[Unit]:
    return list({one.pk: one for one in units}.values())


def _common_parent(lives: Sequence[Life]) -> Unit | None:
    parents = {one.parent_id for one in lives}
    if len(parents) > 1:
        raise NotAccepted(
            _("Các đơn vị trực thuộc những đơn vị khác nhau: chọn cấp trên trực tiếp.")
        )
    return lives[0].parent
