"""Whose work is left to whom: a unit that ended and went wholly into another left its work there."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Func, UUIDField
from django.db.models.expressions import RawSQL

_LEFT_TO = """
WITH RECURSIVE left_to (unit) AS (
    SELECT %s::uuid
    UNION
    SELECT one.predecessor_id
    FROM left_to
    JOIN org_succession one ON one.successor_id = left_to.unit AND one.is_whole
    JOIN org_unitevent event ON event.id = one.event_id
    WHERE event."on" <= %s AND NOT EXISTS (
        SELECT FROM org_unitname name
        WHERE name.unit_id = one.predecessor_id AND name.validity @> %s::date
    )
)
SELECT unit FROM left_to
"""


def left_to(unit: UUID | None, on: date) -> RawSQL:
    """A unit and all that had ended and gone wholly into it by a day: `unit__in=left_to(…)`."""
    return RawSQL(_LEFT_TO, (unit, on, on))


class LeftTo(Func):
    """The same asked of each row, of its unit and its day: `LeftTo(OuterRef(…), OuterRef(…))`."""

    template = """ARRAY(
    WITH RECURSIVE left_to (unit, day) AS (
        SELECT %(expressions)s
        UNION
        SELECT one.predecessor_id, left_to.day
        FROM left_to
        JOIN org_succession one ON one.successor_id = left_to.unit AND one.is_whole
        JOIN org_unitevent event ON event.id = one.event_id
        WHERE event."on" <= left_to.day AND NOT EXISTS (
            SELECT FROM org_unitname name
            WHERE name.unit_id = one.predecessor_id AND name.validity @> left_to.day
        )
    )
    SELECT unit FROM left_to
)"""
    output_field = ArrayField(UUIDField())


_LEFT_TO_EACH = """
WITH RECURSIVE left_to (own, unit) AS (
    SELECT own, own FROM unnest(%(units)s::uuid[]) own
    UNION
    SELECT left_to.own, one.predecessor_id
    FROM left_to
    JOIN org_succession one ON one.successor_id = left_to.unit AND one.is_whole
    JOIN org_unitevent event ON event.id = one.event_id
    WHERE event."on" <= %(on)s AND NOT EXISTS (
        SELECT FROM org_unitname name
        WHERE name.unit_id = one.predecessor_id AND name.validity @> %(on)s::date
    )
)
SELECT unit, own FROM left_to
"""


def left_to_each(units: Iterable[UUID], on: date) -> dict[UUID, list[UUID]]:
    """Unit → those of the given ones that its work is left to, and itself where it is one of them."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_LEFT_TO_EACH, {"units": list(units), "on": on})
        for unit, own in cursor.fetchall():
            found[unit].append(own)
    return found


_NOW_AT = """
WITH RECURSIVE onward (unit, now) AS (
    SELECT unit, unit FROM unnest(%(units)s::uuid[]) unit
    UNION
    SELECT onward.unit, one.successor_id
    FROM onward
    JOIN org_succession one ON one.predecessor_id = onward.now AND one.is_whole
    JOIN org_unitevent event ON event.id = one.event_id
    WHERE event."on" <= %(on)s AND NOT EXISTS (
        SELECT FROM org_unitname name
        WHERE name.unit_id = onward.now AND name.validity @> %(on)s::date
    )
)
SELECT onward.now, onward.unit FROM onward
JOIN org_unitname name ON name.unit_id = onward.now AND name.validity @> %(on)s::date
"""


def now_at(units: Iterable[UUID], on: date) -> dict[UUID, list[UUID]]:
    """Unit of a day → those of the given ones whose work is its: itself, and what is left to it."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_NOW_AT, {"units": list(units), "on": on})
        for now, unit in cursor.fetchall():
            found[now].append(unit)
    return found
