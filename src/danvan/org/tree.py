"""The tree of units over time: `rebuild` makes its paths, the rest asks them."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction

# Every way up from the units that a change touches. Those are the units named, all that ever
# stood below them, and all that they took over from. A way through a succession is inherited:
# it begins on the day of the event, when what the predecessor left stands under its successor.
_TOUCHED = """
WITH RECURSIVE
edge (below, above, validity, inherited) AS MATERIALIZED (
    SELECT unit_id, parent_id, validity, false FROM org_unitplace
    UNION ALL
    SELECT one.predecessor_id, one.successor_id, daterange(event."on", NULL), true
    FROM org_succession one JOIN org_unitevent event ON event.id = one.event_id
),
touched (unit) AS (
    SELECT unnest(%(units)s::uuid[])
    UNION
    SELECT edge.below FROM touched JOIN edge ON edge.above = touched.unit
)
"""
_CLEAR = _TOUCHED + "DELETE FROM org_unitpath WHERE unit_id IN (SELECT unit FROM touched)"
_PATHS = (
    _TOUCHED
    + """,
way (unit, above, depth, inherited, validity) AS (
    SELECT * FROM (
        SELECT unit_id, unit_id, 0, false, unnest(range_agg(validity)) FROM org_unitname
        WHERE unit_id IN (SELECT unit FROM touched) GROUP BY unit_id
        UNION ALL
        SELECT below, edge.above, 1, true, validity FROM edge
        WHERE inherited AND below IN (SELECT unit FROM touched)
    ) AS start
    UNION ALL
    SELECT way.unit, edge.above, way.depth + 1, way.inherited OR edge.inherited,
           way.validity * edge.validity
    FROM way JOIN edge ON edge.below = way.above AND edge.validity && way.validity
    WHERE way.depth < 32
)
INSERT INTO org_unitpath (ancestor_id, unit_id, depth, inherited, validity)
SELECT above, unit, min(depth), inherited, unnest(range_agg(validity))
FROM way GROUP BY above, unit, inherited, CASE WHEN inherited THEN 0 ELSE depth END
"""
)


@transaction.atomic
def rebuild(units: Iterable[UUID]) -> None:
    """Make the paths anew of these units and of all that ever stood below them."""
    with connection.cursor() as cursor:
        values = {"units": list(units)}
        cursor.execute(_CLEAR, values)
        cursor.execute(_PATHS, values)
