"""What a unit answers for itself: its own numbers, and those of whoever went wholly into it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from danvan import clock
from danvan.org.models import Succession, Unit, UnitName
from danvan.text import sort_key

from . import rules
from .boundaries import Lineage
from .counting import Window, count_with_rows
from .definitions import Indicator
from .rules import Counted

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ground:
    """Whose records a unit's figures of a window are counted from."""

    units: tuple[UUID, ...]
    whole: tuple[str, ...] = ()  # names of those that went wholly into it, and are counted
    partly: tuple[str, ...] = ()  # of those that went into it in part, which cannot be divided


def ground_of(unit: Unit | UUID, window: Window) -> Ground:
    """On the boundaries of the window's last day, or of today; most often the unit alone."""
    key = unit.pk if isinstance(unit, Unit) else unit
    taken_over = Succession.objects.filter(successor=key, event__on__gt=window[0])
    steps = list(taken_over.values_list("event__on", "predecessor", "is_whole"))
    if not steps:
        return Ground((key,))
    day = _within_its_life(key, min(clock.today(), window[1] - DAY))
    lineage = Lineage()
    boundaries = lineage.on(day)
    of = frozenset({key})
    counted = {key, *boundaries.counted(of)}
    before = {one for one in counted - boundaries.there if lineage.began[one] <= day}
    gave = {one for on, one, is_whole in steps if on <= day and not is_whole}
    shared = {one for one in boundaries.touching(of) if lineage.began[one] <= day}
    return Ground(
        tuple(sorted(counted)),
        _names(lineage, before),
        _names(lineage, (gave | shared) - counted),
    )


def _within_its_life(unit: UUID, day: date) -> date:
    """The day; the unit's first where it began later, its last where it ended before."""
    lives = UnitName.objects.filter(unit=unit).order_by("validity")
    days = list(lives.values_list("validity", flat=True))
    last: date | None = days[-1].upper
    return max(days[0].lower, min(day, last - DAY) if last else day)


def _names(lineage: Lineage, units: Iterable[UUID]) -> tuple[str, ...]:
    return tuple(sorted((lineage.last_names[one] for one in units), key=sort_key))


def count_own(
    indicators: Sequence[Indicator], ground: Ground, window: Window
) -> dict[str, Counted]:
    """Indicator → what the unit answers for, with the ids of what was counted."""
    found = count_with_rows(indicators, ground.units, window)
    return {one.code: _together(one, found[one.code].values()) for one in indicators}


def _together(indicator: Indicator, parts: Iterable[Counted]) -> Counted:
    known = list(parts)
    total = rules.total(known, is_ratio=indicator.is_ratio)
    return replace(total, ids=tuple(pk for one in known for pk in one.ids))
