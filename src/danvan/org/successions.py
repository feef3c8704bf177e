"""Who took over from whom: a unit's story over all generations, and what makes it up on another day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from danvan import clock

from .choices import EventKind
from .models import Unit

DAY = timedelta(days=1)


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


@dataclass(frozen=True)
class Part:
    """A unit of the day asked for that makes up, or made up, the unit asked about."""

    unit_id: UUID
    is_whole: bool  # all of it lies within the unit asked about; false: only some of it


@dataclass(frozen=True)
class _Edge:
    event: UUID
    on: date
    predecessor: UUID
    successor: UUID
    is_whole: bool


_EDGES = """
WITH RECURSIVE
one AS (
    SELECT one.*, event."on" FROM org_succession one
    JOIN org_unitevent event ON event.id = one.event_id
),
back (unit) AS (
    SELECT unnest(%(units)s::uuid[])
    UNION
    SELECT one.predecessor_id FROM back JOIN one ON one.successor_id = back.unit
    WHERE one."on" > %(as_of)s AND one."on" <= %(known_on)s
),
onward (unit) AS (
    SELECT unnest(%(units)s::uuid[])
    UNION
    SELECT one.successor_id FROM onward JOIN one ON one.predecessor_id = onward.unit
    WHERE one."on" <= %(as_of)s
),
met (unit) AS (SELECT unit FROM back UNION SELECT unit FROM onward),
edge AS (
    SELECT one.* FROM one WHERE predecessor_id IN (SELECT unit FROM met)
        OR successor_id IN (SELECT unit FROM met)
)
SELECT NULL::uuid, NULL::date, unit_id, NULL::uuid, NULL::boolean, min(lower(validity)),
       max(coalesce(upper(validity), '9999-12-31'::date))
FROM org_unitname
WHERE unit_id IN (
    SELECT unit FROM met UNION SELECT predecessor_id FROM edge UNION SELECT successor_id FROM edge
)
GROUP BY unit_id
UNION ALL
SELECT event_id, "on", predecessor_id, successor_id, is_whole, NULL, NULL FROM edge
"""


def parts_of(
    units: Iterable[Unit | UUID], as_of: date, *, known_on: date | None = None
) -> dict[UUID, list[Part]]:
    """The units that existed on a day and made up each of these units, in one query.

    The units are meant as they are on `known_on` (today), or as they were on their last day where
    they ended before. Backwards that leads to predecessors, onwards to successors; a unit that
    goes on over the time is among its own parts. A unit that has none then has an empty list.
    A successor of several is no whole part of any of them alone.
    """
    wanted = [_id(one) for one in units]
    known_on = known_on or clock.today()
    with connection.cursor() as cursor:
        cursor.execute(_EDGES, {"units": wanted, "as_of": as_of, "known_on": known_on})
        rows = cursor.fetchall()
    lives = {row[2]: (row[5], row[6]) for row in rows if row[0] is None}
    lines = _Lines(lives, [_Edge(*row[:5]) for row in rows if row[0] is not None])
    return {one: lines.parts(one, as_of, known_on) for one in wanted}


def predecessors_of(unit: Unit | UUID, on: date) -> list[Part]:
    """What made up, on a day, the unit as it is today."""
    return parts_of([unit], on)[_id(unit)]


def successors_of(unit: Unit | UUID, on: date) -> list[Part]:
    """Who holds, on a day, what the unit held on its last day before."""
    key = _id(unit)
    return parts_of([key], on, known_on=date.min)[key]


class _Lines:
    """The lines of succession around some units."""

    def __init__(self, lives: Mapping[UUID, tuple[date, date]], edges: Sequence[_Edge]) -> None:
        self.lives = lives
        self.into: dict[UUID, list[_Edge]] = defaultdict(list)
        self.out_of: dict[UUID, list[_Edge]] = defaultdict(list)
        for edge in edges:
            self.into[edge.successor].append(edge)
            self.out_of[edge.predecessor].append(edge)

    def parts(self, unit: UUID, as_of: date, known_on: date) -> list[Part]:
        if unit not in self.lives:
            return []
        begun, ended = self.lives[unit]
        seen_on = min(max(known_on, begun), ended - DAY)
        if as_of <= seen_on:
            found = self._back(unit, as_of, seen_on)
        else:
            found = self._onward(unit, as_of, seen_on)
        return [Part(one, whole) for one, whole in found.items() if self._exists(one, as_of)]

    def _exists(self, unit: UUID, on: date) -> bool:
        begun, ended = self.lives[unit]
        return begun <= on < ended

    def _back(self, unit: UUID, as_of: date, seen_on: date) -> dict[UUID, bool]:
        """Every unit met on the way back, and whether all of it came to the one asked about."""
        met: dict[UUID, bool] = {unit: True}
        edges: dict[UUID, set[_Edge]] = defaultdict(set)
        waiting = [(unit, seen_on)]
        while waiting:
            one, until = waiting.pop()
            for edge in self.into[one]:
                if as_of < edge.on <= until and edge not in edges[edge.predecessor]:
                    edges[edge.predecessor].add(edge)
                    waiting.append((edge.predecessor, edge.on - DAY))
        for one in sorted(edges, key=lambda key: max(e.on for e in edges[key]), reverse=True):
            if one != unit:
                met[one] = self._came_whole(one, edges[one], met)
        return met

    def _came_whole(self, one: UUID, taken: set[_Edge], met: Mapping[UUID, bool]) -> bool:
        """By the event that ended it all of it went to units that are wholly within."""
        last = max(edge.on for edge in taken)
        if self._exists(one, last):
            return False  # it went on without that part
        given = [edge for edge in self.out_of[one] if edge.on == last]
        return all(edge in taken and met.get(edge.successor, False) for edge in given)

    def _onward(self, unit: UUID, as_of: date, seen_on: date) -> dict[UUID, bool]:
        """Every unit met on the way on, and whether all of it came from the one asked about."""
        met: dict[UUID, bool] = {unit: True}
        edges: dict[UUID, set[_Edge]] = defaultdict(set)
        waiting = [(unit, seen_on)]
        while waiting:
            one, since = waiting.pop()
            for edge in self.out_of[one]:
                if since < edge.on <= as_of and edge not in edges[edge.successor]:
                    edges[edge.successor].add(edge)
                    waiting.append((edge.successor, edge.on))
        for one in sorted(edges, key=lambda key: min(e.on for e in edges[key])):
            if one != unit:
                met[one] = self._stems_whole(one, as_of, seen_on, edges[one], met)
        return met

    def _stems_whole(
        self, one: UUID, as_of: date, seen_on: date, taken: set[_Edge], met: Mapping[UUID, bool]
    ) -> bool:
        """It began by that event, and up to the day nothing else came to it."""
        if self._exists(one, min(edge.on for edge in taken) - DAY):
            return False
        given = [edge for edge in self.into[one] if seen_on < edge.on <= as_of]
        return all(edge in taken and met.get(edge.predecessor, False) for edge in given)


def _id(unit: Unit | UUID) -> UUID:
    return unit.pk if isinstance(unit, Unit) else unit
