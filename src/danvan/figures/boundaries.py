"""Values on the boundaries of a chosen day, so that a reform does not break their course.

What a unit recorded counts to the unit that has its area on that day: to its successor, or, on
older boundaries, to its predecessor. Numbers cannot be divided: what lies in several units counts
to none of them alone, only to an area that holds all of them. docs/decisions/0019.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from danvan.org.models import Succession, UnitName, UnitPath

from . import rules
from .counting import Window
from .definitions import Indicator
from .rules import Counted

EVERYTHING = None
Units = frozenset[UUID] | None


@dataclass(frozen=True)
class Step:
    """One unit taking over from another."""

    on: date
    before: UUID
    after: UUID
    is_whole: bool  # false: only a part of what was before
    basis: str


@dataclass(frozen=True)
class Comparable:
    """What an indicator comes to on chosen boundaries, and what stands in the way of comparing."""

    counted: Counted
    left_out: tuple[UUID, ...] = ()  # have numbers, and lie here only in part
    ceded: tuple[Step, ...] = ()  # changed hands between units of that day, one of them these

    @property
    def is_whole(self) -> bool:
        return not self.left_out and not self.ceded


class Lineage:
    """Who took over from whom and who was there when: two queries, then the boundaries of any day."""

    def __init__(self) -> None:
        fields = ("event__on", "predecessor", "successor", "is_whole", "event__basis")
        levels = ("predecessor__level", "successor__level")
        rows = Succession.objects.order_by("event__on", "pk").values_list(*fields, *levels)
        self.steps = _of_one_level([(Step(*row[:5]), row[5] == row[6]) for row in rows])
        names = UnitName.objects.order_by("validity").values_list("unit", "validity", "name")
        self._names = list(names)

    @cached_property
    def last_names(self) -> dict[UUID, str]:
        """All units that ever were, by the last name of each."""
        return {unit: name for unit, _validity, name in self._names}

    @cached_property
    def began(self) -> dict[UUID, date]:
        return {unit: validity.lower for unit, validity, _name in reversed(self._names)}

    def on(self, day: date) -> "Boundaries":
        there = frozenset(unit for unit, validity, _name in self._names if day in validity)
        return Boundaries(day, there, _homes(self.last_names, there, self.steps, day), self.steps)

    def between(self, first: date, last: date) -> list[Step]:
        """What happened after a day, up to another."""
        return [step for step in self.steps if first < step.on <= last]


@dataclass(frozen=True)
class Boundaries:
    """Where everything counts that units ever recorded, on the boundaries of one day.

    What is asked for is a set of units of that day (one, or an area), or EVERYTHING.
    """

    day: date
    there: frozenset[UUID]  # the units of that day
    homes: Mapping[UUID, frozenset[UUID]]
    steps: Sequence[Step]

    @cached_property
    def _by_home(self) -> Mapping[UUID, list[UUID]]:
        found: dict[UUID, list[UUID]] = defaultdict(list)
        for unit, homes in self.homes.items():
            for home in homes:
                found[home].append(unit)
        return found

    @cached_property
    def _cessions(self) -> Mapping[UUID, list[Step]]:
        """What changed hands between two units of that day, at each of the two."""
        found: dict[UUID, list[Step]] = defaultdict(list)
        for step in self.steps:
            if {step.before, step.after} <= self.there:
                found[step.before].append(step)
                found[step.after].append(step)
        return found

    def counted(self, of: Units) -> list[UUID]:
        """The units whose records make the value: those that lie wholly within."""
        if of is EVERYTHING:
            return list(self.homes)
        return sorted(one for one in self.touching(of) if self.homes[one] <= of)

    def asked(self, of: Units) -> list[UUID]:
        """The units whose records one must know, to say also what is left out."""
        if of is EVERYTHING:
            return list(self.homes)
        ceding = (unit for step in self._ceded(of) for unit in (step.before, step.after))
        return sorted({*self.touching(of), *ceding})

    def area(self, top: UUID) -> frozenset[UUID]:
        """A unit of the day and all that stood below it."""
        return self.areas([top])[top]

    def areas(self, tops: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
        below = UnitPath.objects.filter(
            ancestor__in=list(tops), validity__contains=self.day, inherited=False
        )
        found: dict[UUID, set[UUID]] = defaultdict(set)
        for top, unit in below.values_list("ancestor", "unit"):
            found[top].add(unit)
        return {top: frozenset(units) for top, units in found.items()}

    def compare(
        self, indicator: Indicator, of: Units, found: Mapping[UUID, Counted], window: Window
    ) -> Comparable:
        """What units of the day come to together, from what every unit recorded in a window."""
        known = [found[one] for one in self.counted(of) if one in found]
        total = rules.total(known, is_ratio=indicator.is_ratio)
        if of is EVERYTHING:
            return Comparable(total)
        shared = [one for one in self.touching(of) if not self.homes[one] <= of]
        speaking = {unit for unit, one in found.items() if one.rows}
        return Comparable(
            total,
            tuple(sorted(speaking & set(shared))),
            tuple(
                step
                for step in self._ceded(of)
                if self._lies_between(step, window) and speaking & {step.before, step.after}
            ),
        )

    def touching(self, of: frozenset[UUID]) -> set[UUID]:
        """The units that lie within, wholly or in part."""
        return {unit for one in of for unit in self._by_home.get(one, ())}

    def _ceded(self, of: frozenset[UUID]) -> list[Step]:
        """What changed hands over the border of these units."""
        found = {step for one in of for step in self._cessions.get(one, ())}
        return sorted(
            (step for step in found if not {step.before, step.after} <= of),
            key=lambda step: (step.on, step.before, step.after),
        )

    def _lies_between(self, step: Step, window: Window) -> bool:
        """Whether a change stands between the boundaries of the day and what the window counts."""
        return window[0] < step.on <= self.day or self.day < step.on < window[1]


def _of_one_level(steps: list[tuple[Step, bool]]) -> list[Step]:
    """Those between units of one level, and those by which alone a unit became one of another.

    What a district itself recorded is no part of what its communes did, though they take over from
    it; an island district that became a commune-level one goes on in it.
    """
    known = [step for step, is_level in steps if is_level]
    before, after = {one.before for one in known}, {one.after for one in known}
    return [
        step
        for step, is_level in steps
        if is_level or (step.is_whole and step.before not in before and step.after not in after)
    ]


def _homes(
    units: Iterable[UUID], there: Collection[UUID], steps: Iterable[Step], day: date
) -> dict[UUID, frozenset[UUID]]:
    """Unit → the units of the day that have its area; itself where that cannot be said."""
    later: dict[UUID, list[Step]] = defaultdict(list)
    earlier: dict[UUID, list[Step]] = defaultdict(list)
    for step in steps:
        if step.on <= day:
            later[step.before].append(step)
        else:
            earlier[step.after].append(step)
    homes: dict[UUID, frozenset[UUID]] = {unit: frozenset({unit}) for unit in there}

    def home(unit: UUID) -> frozenset[UUID]:
        if unit in homes:
            return homes[unit]
        homes[unit] = frozenset({unit})  # until it is known, so that no circle is walked twice
        taken = later.get(unit)
        if taken:
            ends = [home(step.after) for step in taken]
            if len(taken) == 1 and not taken[0].is_whole:
                ends.append(frozenset({unit}))  # where the rest of it went was not said
        else:
            ends = [home(step.before) for step in earlier.get(unit, ())]
        if ends:
            homes[unit] = ends[0].union(*ends[1:])
        return homes[unit]

    return {unit: home(unit) for unit in units}
