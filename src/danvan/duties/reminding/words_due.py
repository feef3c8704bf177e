"""What waits for a unit's word about others' work, counted: results, objections, later days asked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, When

from danvan.duties.choices import AssignmentState, ExtensionState
from danvan.duties.models import Assignment, Extension
from danvan.org import told

Counted = Mapping[UUID, list[tuple[UUID, int]]]  # whose word → whose work, how many


@dataclass(frozen=True)
class Due:
    confirming: int
    contested: int
    extensions: int

    @property
    def total(self) -> int:
        return self.confirming + self.contested + self.extensions


class WordsDue:
    """Of everybody at once, in three statements; said of a person by the units whose work he does."""

    def __init__(self, today: date) -> None:
        self._coordinators = told.coordinators(today)
        found = Assignment.objects.all()
        self._confirming = _counted(found.filter(state=AssignmentState.SUBMITTED), "confirmed_by")
        self._contested = _counted(found.filter(state=AssignmentState.CONTESTED), "asked_by")
        asked = Extension.objects.filter(state=ExtensionState.ASKED)
        self._extensions = _counted(asked, "asked_by", at="assignment__")

    def of(self, user: UUID, units: set[UUID]) -> Due:
        """Nobody's word is waited for about his own work; the coordinator's about all that is asked."""
        sees_all = user in self._coordinators
        return Due(
            confirming=_total(self._confirming, units, units),
            contested=_total(self._contested, self._contested if sees_all else units, units),
            extensions=_total(self._extensions, self._extensions if sees_all else units, units),
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


def _total(counted: Counted, givers: Iterable[UUID], own: set[UUID]) -> int:
    return sum(n for one in givers for doing, n in counted.get(one, ()) if doing not in own)
