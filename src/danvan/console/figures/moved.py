"""A value beside the one of the period before, and whose values one sees."""

from dataclasses import dataclass
from uuid import UUID

from danvan.figures import access, rules
from danvan.figures.boundaries import EVERYTHING, Units
from danvan.figures.definitions import Indicator
from danvan.figures.rules import Counted
from danvan.org.actors import Actor


@dataclass(frozen=True)
class Moved:
    """A value beside the one of the period before."""

    indicator: Indicator
    now: Counted
    before: Counted
    note: str = ""  # why the two, or the value itself, cannot be wholly compared

    @property
    def value(self) -> str:
        return rules.printed_value(self.now.value, self.indicator.measure)

    @property
    def value_before(self) -> str:
        return rules.printed_value(self.before.value, self.indicator.measure)

    @property
    def fraction(self) -> str:
        """291/417; nothing for a plain number."""
        if not self.indicator.is_ratio or not self.now.has_data:
            return ""
        return f"{rules.printed(self.now.numerator)}/{rules.printed(self.now.denominator)}"

    @property
    def change(self) -> str:
        measure = self.indicator.measure
        return rules.change_in_words(self.now.value, self.before.value, measure=measure)


def own_units_of(actor: Actor) -> Units:
    """Whose figures one sees: of everyone, or of one's own unit."""
    return EVERYTHING if access.can_compare_units(actor) else frozenset({actor.own_unit.pk})


def total_of(indicator: Indicator, counted: dict[UUID, Counted]) -> Counted:
    return rules.total(counted.values(), is_ratio=indicator.is_ratio)
