"""A unit goes on by another name (đổi tên)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from danvan.audit.actions import record
from danvan.org import tree
from danvan.org.actors import Actor
from danvan.org.choices import EventKind
from danvan.org.models import Unit, UnitName
from danvan.refusals import NotAccepted

from .decisions import Decision, is_of
from .lives import begin_change, life_on
from .refusals import refuse_namesake
from .rows import close_row, make_event, name_seen, open_name, tidy_names
from .succeeding import told_of


@transaction.atomic
def rename(
    unit: Unit,
    name: str,
    *,
    short_name: str = "",
    aliases: Sequence[str] = (),
    decision: Decision,
    by: Actor,
) -> Unit:
    """The unit goes on by another name."""
    begin_change(by)
    called = tidy_names(name, short_name, aliases)
    last = unit.names.order_by("validity").last()
    if last and is_of(last.event, EventKind.RENAMED, decision) and _same_name(last, called):
        return unit
    life = life_on(unit, decision.on, moved=True)
    row = life.name
    if _same_name(row, called):
        raise NotAccepted(_("Tên không đổi: %(name)s.") % {"name": row.name})
    refuse_namesake(called["name"], life.parent, decision.on, but=[unit])
    event = make_event(EventKind.RENAMED, decision)
    was = name_seen(row)
    close_row(row, event)
    new = open_name(unit, called, event)
    unit.name = new.name
    tree.rebuild([unit.pk])
    record(unit, "unit_renamed", by=by, before=was, after=name_seen(new), **told_of(event))
    return unit


def _same_name(row: UnitName, called: dict[str, Any]) -> bool:
    return name_seen(row) == called
