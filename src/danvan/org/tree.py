"""The tree of units over time: `rebuild` makes its paths, the rest asks them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from struct import unpack
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from danvan.text import fold, sort_key

from .choices import Level, UnitKind
from .models import Unit, searchable

# Every way up from the units that a change touches. Those are the units named, all that ever
# stood below them, and all that they took over from. A way through a succession is inherited:
# it begins on the day of the event, when what the predecessor left stands under its successor.
# Who goes on leaves nothing; what ends and is taken over by nobody is left to who stood above it.
_TOUCHED = """
WITH RECURSIVE
edge (below, above, validity, inherited) AS MATERIALIZED (
    SELECT unit_id, parent_id, validity, false FROM org_unitplace
    UNION ALL
    SELECT one.predecessor_id, one.successor_id, daterange(event."on", NULL), true
    FROM org_succession one JOIN org_unitevent event ON event.id = one.event_id
    WHERE NOT EXISTS (
        SELECT FROM org_unitname name
        WHERE name.unit_id = one.predecessor_id AND name.validity @> event."on"
    )
    UNION ALL
    SELECT place.unit_id, place.parent_id, daterange(upper(place.validity), NULL), true
    FROM org_unitplace place
    WHERE NOT upper_inf(place.validity)
      AND NOT EXISTS (
          SELECT FROM org_unitname name
          WHERE name.unit_id = place.unit_id
            AND (upper_inf(name.validity) OR upper(name.validity) > upper(place.validity))
      )
      AND NOT EXISTS (
          SELECT FROM org_succession one JOIN org_unitevent event ON event.id = one.event_id
          WHERE one.predecessor_id = place.unit_id AND event."on" = upper(place.validity)
      )
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


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in the tree of a day."""

    id: UUID
    parent_id: UUID | None
    name: str
    short_name: str
    kind: str
    level: str

    @property
    def kind_label(self) -> str:
        return str(UnitKind(self.kind).label)


# Fifteen thousand units come as nine long values, one of each column, and are put together where
# they are asked for: a page shows a hundred, and a row apiece took five times as long, joining
# them in the database half as long again (docs/decisions/0017-units-over-time.md).
QUERY = """
SELECT * FROM (
    SELECT string_agg(uuid_send(unit_id), ''), string_agg(name, E'\\x1f'),
           string_agg(short_name, E'\\x1f')
    FROM org_unitname WHERE validity @> %(as_of)s::date
) names, (
    SELECT string_agg(uuid_send(unit_id), ''), string_agg(uuid_send(parent_id), '')
    FROM org_unitplace WHERE validity @> %(as_of)s::date
) places, (
    SELECT string_agg(uuid_send(id), ''), string_agg(kind, E'\\x1f'),
           string_agg(level, E'\\x1f'), string_agg(int4send(place_in_lists), '')
    FROM org_unit
) units
"""


class Tree:
    """All units of a day; siblings in the order of lists: the official one, then the alphabet."""

    def __init__(self, as_of: date, columns: Sequence[Any]) -> None:
        self.as_of = as_of
        self._ids, *self._names, self._units, self._parents, self._all = columns[:6]
        self._kinds, self._levels, self._in_lists = columns[6:]

    def __len__(self) -> int:
        return len(self._at)

    def __contains__(self, unit: "Unit | Node | UUID") -> bool:
        return _id(unit).bytes in self._at

    def __getitem__(self, unit: "Unit | Node | UUID") -> Node:
        return self._node(_id(unit).bytes)

    @cached_property
    def nodes(self) -> list[Node]:
        """All of them, from the top down."""
        return [node for _depth, node in self.walk()]

    @property
    def roots(self) -> list[Node]:
        return self.children(None)

    def children(self, unit: "Unit | Node | UUID | None") -> list[Node]:
        """Those directly below; below none are the roots."""
        return [self._node(key) for key in self._children(_id(unit).bytes if unit else None)]

    def count_children(self, unit: "Unit | Node | UUID") -> int:
        return len(self._below.get(_id(unit).bytes, ()))

    @property
    def levels(self) -> list[tuple[Level, int]]:
        """How many units there are, from the top level down."""
        counts = Counter(self._what[key][2] for key in self._at)
        return [(level, counts[level]) for level in Level if level in counts]

    def walk(self, top: "Unit | Node | UUID | None" = None) -> Iterator[tuple[int, Node]]:
        """Depth and unit, from the top (or all roots) down, those below after the one above."""
        start = [_id(top).bytes] if top else self._children(None)
        waiting = [(0, key) for key in reversed(start)]
        while waiting:
            depth, key = waiting.pop()
            yield depth, self._node(key)
            waiting.extend((depth + 1, one) for one in reversed(self._children(key)))

    def above(self, unit: "Unit | Node | UUID") -> list[Node]:
        """The way up: the one directly above first."""
        way, key = [], _id(unit).bytes
        while above := self._above.get(key):
            way.append(self._node(above))
            key = above
        return way

    @cached_property
    def codes(self) -> dict[UUID, str]:
        """Of all units, also of those that are not there on the day; asked for where they print."""
        return dict(Unit.objects.values_list("pk", "code"))

    @cached_property
    def _at(self) -> dict[bytes, int]:
        """Unit → its place in the columns of names."""
        keys = _cut(self._ids)
        return dict(zip(keys, range(len(keys)), strict=True))

    @cached_property
    def _above(self) -> dict[bytes, bytes]:
        return dict(zip(_cut(self._units), _cut(self._parents), strict=True))

    @cached_property
    def _below(self) -> dict[bytes | None, list[bytes]]:
        below: dict[bytes | None, list[bytes]] = {
            None: [one for one in self._at if one not in self._above]
        }
        for one, above in self._above.items():
            below.setdefault(above, []).append(one)
        return below

    @cached_property
    def _words(self) -> list[list[str]]:
        """Names, short names."""
        return [_split(column) for column in self._names]

    @cached_property
    def _what(self) -> dict[bytes, tuple[bytes, str, str]]:
        """Place in lists (big-endian, so it sorts), kind, level."""
        rows = zip(_cut(self._in_lists, 4), _split(self._kinds), _split(self._levels), strict=True)
        return dict(zip(_cut(self._all), rows, strict=True))

    def _children(self, key: bytes | None) -> list[bytes]:
        what, names, at = self._what, self._words[0], self._at
        below = self._below.get(key, ())
        return sorted(below, key=lambda one: (what[one][0], sort_key(names[at[one]])))

    def _node(self, key: bytes) -> Node:
        at, above = self._at[key], self._above.get(key)
        names, short_names = self._words
        _place, kind, level = self._what[key]
        parent_id = UUID(bytes=above) if above else None
        return Node(UUID(bytes=key), parent_id, names[at], short_names[at], kind, level)


def _cut(joined: bytes | None, size: int = 16) -> tuple[bytes, ...]:
    """Values of one size; none where there are no rows."""
    values = joined or b""
    return unpack(f"{size}s" * (len(values) // size), values)


def _split(joined: str | None) -> list[str]:
    return [] if joined is None else joined.split("\x1f")


def read(as_of: date) -> Tree:
    """The whole tree as of a date, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(QUERY, {"as_of": as_of})
        return Tree(as_of, cursor.fetchone())


@dataclass(frozen=True)
class Hit:
    """A unit found by a name, an alias or a code that it bears or bore."""

    id: UUID
    name: str  # by which it was found, or whose time it is
    kind: str
    level: str
    since: date
    until: date | None  # the first day on which it is not called so
    parent: str  # who stood directly above then


_SEARCH = """
SELECT name.unit_id, name.name, unit.kind, unit.level, lower(name.validity), upper(name.validity),
       coalesce(above.name, '')
FROM org_unitname name
JOIN org_unit unit ON unit.id = name.unit_id
LEFT JOIN LATERAL (
    SELECT place.parent_id, coalesce(%(as_of)s::date, lower(place.validity * name.validity)) AS day
    FROM org_unitplace place
    WHERE place.unit_id = unit.id AND place.validity && name.validity
      AND (%(as_of)s::date IS NULL OR place.validity @> %(as_of)s::date)
    ORDER BY place.validity DESC LIMIT 1
) place ON true
LEFT JOIN org_unitname above ON above.unit_id = place.parent_id AND above.validity @> place.day
WHERE (%(as_of)s::date IS NULL OR name.validity @> %(as_of)s::date)
  AND (
      name.searched LIKE ALL (%(words)s)
      OR unit.id IN (
          SELECT code.unit_id FROM org_unitcode code
          WHERE code.code = %(code)s AND code.validity && name.validity
            AND (%(as_of)s::date IS NULL OR code.validity @> %(as_of)s::date)
      )
  )
ORDER BY name.folded <> %(folded)s, position(%(folded)s IN name.folded) <> 1,
         position(' ' || %(folded)s IN name.searched) = 0,
         upper_inf(name.validity) DESC, unit.place_in_lists, name.sort_key, name.validity DESC
LIMIT %(limit)s
"""


def search(words: str, as_of: date | None = None, *, limit: int = 50) -> list[Hit]:
    """The units that answer to these words, with or without diacritics, or bear this code.

    As of a date, or at any time; the name itself first, then names that begin so, then those with
    the words side by side, then the rest.
    """
    wanted = searchable(words).split()
    if not wanted:
        return []
    values = {
        "words": [f"% {word}%" for word in wanted],
        "folded": fold(words),
        "code": words.strip().upper(),
        "as_of": as_of,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, values)
        return [Hit(*row) for row in cursor.fetchall()]


def _id(unit: Unit | Node | UUID) -> UUID:
    return unit if isinstance(unit, UUID) else unit.id
