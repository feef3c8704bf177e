"""What waits for a unit's word about others' work, counted: results, objections, later days asked for,
difficulties of those below.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, When

from danvan.duties.choices import AssignmentState, DifficultyState, ExtensionState
from danvan.duties.models import Assignment, Difficulty, Extension
from danvan.org import told
from danvan.org.models import UnitPlace

Counted = Mapping[UUID, list[tuple[UUID, int]]]  # whose word → whose work, how many


@dataclass(frozen=True)
class Due:
    confirming: int
    contested: int
    extensions: int
    difficulties: int

    @property
    def total(self) -> int:
        return self.confirming + self.contested + self.extensions + self.difficulties


class WordsDue:
    """Of everybody at once, in few statements; said of a person by the units whose work he does."""

    def __init__(self, today: date) -> None:
        self._directly_below: dict[UUID, set[UUID]] = defaultdict(set)
        places = UnitPlace.objects.filter(validity__contains=today, parent__isnull=False)
        for parent, unit in places.values_list("parent", "unit"):
            self._directly_below[parent].add(unit)
        self._coordinators = told.coordinators(today)
        found = Assignment.objects.all()
        self._confirming = _counted(found.filter(state=AssignmentState.SUBMITTED), "confirmed_by")
        self._contested = _counted(found.filter(state=AssignmentState.CONTESTED), "asked_by")
        asked = Extension.objects.filter(state=ExtensionState.ASKED)
        self._extensions = _counted(asked, "asked_by", at="assignment__")
        self._difficulties = _difficulties()

    def of(self, user: UUID, units: set[UUID]) -> Due:
        """Nobody's word is waited for about his own work; the coordinator's about all that is asked.

        What a unit laid on itself waits for the word of the unit directly above it.
        """
        below = {one for unit in units for one in self._directly_below.get(unit, ())} - units

        def asked(counted: Counted) -> int:
            if user in self._coordinators:
                return _total(counted, counted, units)
            on_themselves = (
                n for one in below for doing, n in counted.get(one, ()) if doing == one
            )
            return _total(counted, units, units) + sum(on_themselves)

        return Due(
            confirming=_total(self._confirming, units, units),
            contested=asked(self._contested),
            extensions=asked(self._extensions),
            difficulties=sum(
                units.isdisjoint(told_to)
                for one in below
                for told_to in self._difficulties.get(one, ())
            ),
        )


def _counted(found: QuerySet, whose: str, *, at: str = "") -> Counted:
    """Who handed it down gives the word, else whom the duty names."""
    is_top = Q(**{f"{at}parent__isnull": True})
    giver = Case(When(is_top, then=F(f"{at}duty__{whose}")), default=F(f"{at}parent__unit"))
    rows = found.order_by().annotate(giver=giver).values_list("giver", f"{at}unit")
    counted: dict[UUID, list[tuple[UUID, int]]] = defaultdict(list)
    for unit, doing, n in rows.annotate(n=Count("pk")):
        counted[unit].append((doing, n))
    return counted


def _difficulties() -> Mapping[UUID, list[set[UUID]]]:
    """Unit → of each difficulty that waits for an answer, who answers it or has seen it."""
    waiting = Difficulty.objects.filter(
        state__in=[DifficultyState.RAISED, DifficultyState.PASSED_UP]
    )
    told_to: dict[UUID, set[UUID]] = {}
    found: dict[UUID, list[set[UUID]]] = defaultdict(list)
    rows = waiting.order_by().values_list("pk", "unit", "handled_by", "steps__unit")
    for pk, unit, handled_by, seen_by in rows:
        if pk not in told_to:
            found[unit].append(told_to.setdefault(pk, {handled_by}))
        told_to[pk].add(seen_by)
    return found


def _total(counted: Counted, givers: Iterable[UUID], own: set[UUID]) -> int:
    return sum(n for one in givers for doing, n in counted.get(one, ()) if doing not in own)
