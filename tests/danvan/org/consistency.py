"""What no constraint of a single table can see: that units, places and codes fit together."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from danvan.org.models import Unit


def members(top, as_of):
    """The ids of a unit and of all below it."""
    return set(Unit.objects.within(top, as_of).values_list("pk", flat=True))


@dataclass(frozen=True)
class Breach:
    """Rows that cannot both be true. The actions write none; what is loaded otherwise is checked."""

    kind: str  # life_with_a_gap, place_outside_a_life, code_outside_a_life, ended_on_another_day
    unit_id: UUID
    on: date | None


_CHECK = """
WITH life (unit, days) AS (
    SELECT unit_id, range_agg(validity) FROM org_unitname GROUP BY unit_id
)
SELECT 'life_with_a_gap', unit, upper(days) FROM life WHERE days <> range_merge(days)::datemultirange
UNION ALL
SELECT 'place_outside_a_life', place.unit_id, lower(place.validity) FROM org_unitplace place
LEFT JOIN life own ON own.unit = place.unit_id
LEFT JOIN life above ON above.unit = place.parent_id
WHERE (own.days @> place.validity AND above.days @> place.validity) IS NOT TRUE
UNION ALL
SELECT 'code_outside_a_life', code.unit_id, lower(code.validity) FROM org_unitcode code
LEFT JOIN life ON life.unit = code.unit_id
WHERE (life.days @> code.validity) IS NOT TRUE
UNION ALL
SELECT 'ended_on_another_day', row.unit_id, upper(row.validity) FROM (
    SELECT unit_id, validity, ended_by_id FROM org_unitname
    UNION ALL
    SELECT unit_id, validity, ended_by_id FROM org_unitplace
    UNION ALL
    SELECT unit_id, validity, ended_by_id FROM org_unitcode
) row
JOIN org_unitevent event ON event.id = row.ended_by_id
WHERE upper(row.validity) IS DISTINCT FROM event."on"
"""


def check() -> list[Breach]:
    """What the constraints of single tables cannot see: that units, places and codes fit together."""
    with connection.cursor() as cursor:
        cursor.execute(_CHECK)
        return [Breach(*row) for row in cursor.fetchall()]
