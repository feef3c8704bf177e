"""Who took over from whom: a unit's story over all generations."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from .choices import EventKind
from .models import Unit


@dataclass(frozen=True)
class Step:
    """One unit took over from another. Names are those of the last day before, and of the day."""

    generation: int  # 1: directly from or to the unit asked about; 2: one further
    is_backward: bool  # it led to the unit; else it led on from it
    event_id: UUID
    kind: EventKind
    on: date
    basis: str
    is_verified: bool
    is_whole: bool  # false: only a part of the predecessor
    predecessor_id: UUID
    predecessor: str
    successor_id: UUID
    successor: str


_STORY = """
WITH RECURSIVE
one AS (
    SELECT one.*, event."on" FROM org_succession one
    JOIN org_unitevent event ON event.id = one.event_id
),
back (generation, id, unit, "on") AS (
    SELECT 1, one.id, one.predecessor_id, one."on" FROM one WHERE successor_id = %(unit)s
    UNION
    SELECT back.generation + 1, one.id, one.predecessor_id, one."on"
    FROM back JOIN one ON one.successor_id = back.unit AND one."on" < back."on"
),
onward (generation, id, unit, "on") AS (
    SELECT 1, one.id, one.successor_id, one."on" FROM one WHERE predecessor_id = %(unit)s
    UNION
    SELECT onward.generation + 1, one.id, one.successor_id, one."on"
    FROM onward JOIN one ON one.predecessor_id = onward.unit AND one."on" > onward."on"
),
steps AS (
    SELECT min(generation) AS generation, true AS is_backward, id FROM back GROUP BY id
    UNION ALL
    SELECT min(generation), false, id FROM onward GROUP BY id
)
SELECT steps.generation, steps.is_backward, event.id, event.kind, event."on", event.basis,
       event.is_verified, one.is_whole, one.predecessor_id, coalesce(old.name, ''),
       one.successor_id, coalesce(new.name, '')
FROM steps
JOIN org_succession one ON one.id = steps.id
JOIN org_unitevent event ON event.id = one.event_id
LEFT JOIN org_unitname old
    ON old.unit_id = one.predecessor_id AND old.validity @> event."on" - 1
LEFT JOIN org_unitname new ON new.unit_id = one.successor_id AND new.validity @> event."on"
ORDER BY event."on", event.id, old.sort_key, new.sort_key
"""


def story(unit: Unit | UUID) -> list[Step]:
    """Where a unit came from and what came of it, over all generations, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_STORY, {"unit": _id(unit)})
        return [
            Step(row[0], row[1], row[2], EventKind(row[3]), *row[4:]) for row in cursor.fetchall()
        ]


def _id(unit: Unit | UUID) -> UUID:
    return unit.pk if isinstance(unit, Unit) else unit
