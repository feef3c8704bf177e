"""The reform inside one province: steps from a file, applied to its units in one go.

For setting a province up. What happens to a province at work is entered as an event, in the audit.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify

from danvan.org import tree
from danvan.org.choices import EventKind
from danvan.org.models import Post, Succession, Unit, UnitCode, UnitEvent, UnitName, UnitPlace
from danvan.text import fold

PATTERN = Path(__file__).with_name("reform.yaml")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Act:
    """The day and the legal act of steps; each step is an event of its own."""

    since: date
    kind: EventKind
    basis: str
    note: str = ""
    is_verified: bool = True

    def event(self) -> UnitEvent:
        return UnitEvent(
            kind=self.kind,
            on=self.since,
            basis=self.basis,
            note=self.note,
            is_verified=self.is_verified,
        )


@dataclass(frozen=True)
class Step:
    """`to` takes over from `takes`, which end, and from `parts` a part; `moves` come under it.

    `shared` take over a part each of what `takes`, beside `to`.
    """

    act: Act
    to: str
    takes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    under: str | None = None  # for one that begins; else where the first that ends stood
    short_name: str = ""
    aliases: tuple[str, ...] = ()


def read_acts(path: Path = PATTERN) -> dict[str, Act]:
    rows = yaml.safe_load(path.read_text("utf-8"))["acts"]
    return {key: Act(**row | {"kind": EventKind(row["kind"])}) for key, row in rows.items()}


def read_steps(path: Path = PATTERN, *, acts: Mapping[str, str] | None = None) -> list[Step]:
    """The steps of a file; `acts` are a province's own: key → its act as it is cited."""
    known = read_acts(path)
    for key, basis in (acts or {}).items():
        known[key] = replace(known[key], basis=basis, is_verified=True)
    rows = yaml.safe_load(path.read_text("utf-8"))["steps"]
    return [_step(row, known) for row in rows]


def _step(row: dict[str, Any], acts: Mapping[str, Act]) -> Step:
    lists = {
        key: tuple(row.get(key, ())) for key in ("takes", "parts", "shared", "moves", "aliases")
    }
    return Step(**row | lists | {"act": acts[row["act"]]})


@transaction.atomic
def apply(steps: Iterable[Step], units: Iterable[Unit]) -> None:
    """Let the steps happen to a province's units, in order of their days; paths are made anew."""
    units = list(units)
    province = _Province(units)
    in_order = sorted(steps, key=lambda one: one.act.since)
    for _, of_a_day in groupby(in_order, key=lambda one: one.act.since):
        province.begin_day()
        for step in of_a_day:
            province.take(step)
    province.save()
    tree.rebuild([*(one.pk for one in units), *(one.pk for one in province.begun)])


class _Province:
    """What is there on the day that the steps have come to; written in one go at the end."""

    def __init__(self, units: list[Unit]) -> None:
        self.begun: list[Unit] = []
        self._known: dict[str, Unit] = {}
        self._before: dict[str, Unit] = {}  # on the eve: what a step of this day takes from
        self._codes = {unit.code for unit in units}
        self._names = {row.unit_id: row for row in _open(UnitName, units)}
        self._places = {row.unit_id: row for row in _open(UnitPlace, units)}
        self._ended: dict[Any, UnitEvent] = {}
        self._events: list[UnitEvent] = []
        self._closed: list[UnitName | UnitPlace] = []
        self._opened: list[UnitName | UnitPlace] = []
        self._taken: list[tuple[UnitEvent, Unit, Unit]] = []
        for unit in units:
            if row := self._names.get(unit.pk):
                for name in (row.name, row.short_name, *row.aliases):
                    self._known.setdefault(_key(name), unit)

    def begin_day(self) -> None:
        self._before = dict(self._known)

    def take(self, step: Step) -> None:
        taken, parts, moves = (
            list(_found(one, self._before)) for one in (step.takes, step.parts, step.moves)
        )
        to = self._known.get(_key(step.to))
        if not (taken or parts or moves) or (to is None and not taken):
            return
        event = step.act.event()
        self._events.append(event)
        stood = self._parent(taken[0]) if taken else None
        for one in taken:
            self._end(one, event)
        if to is None or to in taken:
            to = self._begin(step, taken[0], stood, event)
        self._taken += [(event, one, to) for one in (*taken, *parts)]
        others = list(_found(step.shared, self._known))
        self._taken += [(event, one, other) for one in taken for other in others]
        for one in moves:
            self._move(one, to, event)

    def _begin(self, step: Step, first: Unit, stood: Any, event: UnitEvent) -> Unit:
        unit = Unit(
            code=slugify(fold(step.to)),
            kind=first.kind,
            level=first.level,
            place_in_lists=first.place_in_lists,
            coordinates=first.coordinates,
        )
        if unit.code in self._codes:  # of the same name as one before
            unit.code += f"-{event.on.year}"
        self._codes.add(unit.code)
        validity = DateRange(event.on, None)
        name = UnitName.of(
            unit,
            step.to,
            short_name=step.short_name,
            aliases=list(step.aliases),
            validity=validity,
            event=event,
        )
        self._names[unit.pk] = name
        self._opened.append(name)
        parent = self._known[_key(step.under)].pk if step.under else stood
        if parent:
            self._stand(unit, parent, event)
        self.begun.append(unit)
        self._known |= {_key(one): unit for one in (step.to, step.short_name, *step.aliases) if one}
        return unit

    def _parent(self, unit: Unit) -> Any:
        row = self._places.get(unit.pk)
        return row.parent_id if row else None

    def _stand(self, unit: Unit, parent: Any, event: UnitEvent) -> None:
        row = UnitPlace(
            unit=unit, parent_id=parent, validity=DateRange(event.on, None), event=event
        )
        self._places[unit.pk] = row
        self._opened.append(row)

    def _end(self, unit: Unit, event: UnitEvent) -> None:
        self._ended[unit.pk] = event
        for rows in (self._names, self._places):
            self._close(rows.pop(unit.pk, None), event)
        self._known = {key: one for key, one in self._known.items() if one != unit}

    def _move(self, unit: Unit, to: Unit, event: UnitEvent) -> None:
        self._close(self._places.pop(unit.pk, None), event)
        self._stand(unit, to.pk, event)

    def _close(self, row: UnitName | UnitPlace | None, event: UnitEvent) -> None:
        if row is not None:
            row.validity, row.ended_by = DateRange(row.validity.lower, event.on), event
            if row not in self._opened:
                self._closed.append(row)

    def save(self) -> None:
        UnitEvent.objects.bulk_create(self._events)
        Unit.objects.bulk_create(self.begun)
        self._write(UnitName)
        self._write(UnitPlace)
        self._end_with_units(UnitCode)
        self._end_with_units(Post)  # nobody holds a post in a unit that is no more
        parts = Counter(one.pk for _, one, _ in self._taken)
        Succession.objects.bulk_create(
            Succession(
                event=event,
                predecessor=one,
                successor=to,
                is_whole=parts[one.pk] == 1 and one.pk in self._ended,
            )
            for event, one, to in self._taken
        )

    def _write(self, model: Any) -> None:
        closed = [row for row in self._closed if isinstance(row, model)]
        model.objects.bulk_update(closed, ["validity", "ended_by"])
        model.objects.bulk_create(row for row in self._opened if isinstance(row, model))

    def _end_with_units(self, model: Any) -> None:
        rows = list(_open(model, self._ended))
        for row in rows:
            event = self._ended[row.unit_id]
            row.validity, row.ended_by = DateRange(row.validity.lower, event.on), event
        model.objects.bulk_update(rows, ["validity", "ended_by"])


def _open(model: Any, units: Iterable[Any]) -> Any:
    """The rows of the units that go on."""
    return model.objects.filter(unit__in=units, validity__upper_inf=True)


def _found(names: Iterable[str], known: Mapping[str, Unit]) -> Iterator[Unit]:
    return (known[_key(name)] for name in names if _key(name) in known)


def _key(name: str) -> str:
    """Compared as people read: without capitals, diacritics, dots and hyphens."""
    return " ".join(_WORD.findall(fold(name)))
