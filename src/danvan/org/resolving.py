"""Names as printed → units as of a date; the data is read once for many names."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from danvan.definitions.models import Definition
from danvan.text import fold

from .models import Unit, UnitName
from .rules import Names, Resolved, resolve


class NameBook:
    """All names and groups as of one date: two queries, then any number of names."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        rows = UnitName.objects.filter(validity__contains=as_of).select_related("unit")
        self._units = {str(row.unit_id): row for row in rows}
        self._groups = list(Definition.objects.in_force("unit_groups", as_of))

    @cached_property
    def _names(self) -> Names:
        known = Definition.objects.in_force("name_words", self.as_of).filter(code="vi").first()
        if known is None:  # before every definition, where no name is known either
            return Names.build(self._phrases(), abbreviations=[], passed_over=[])
        words = known.body
        bound = (part for phrase in words["passed_over"] for part in fold(phrase).split())
        return Names.build(
            self._phrases(),
            abbreviations=[(fold(long), fold(short)) for long, short in words["abbreviations"]],
            passed_over=bound,
        )

    def resolve(self, printed: str) -> Resolved:
        return resolve(fold(printed), self._names)

    def group(self, code: str) -> frozenset[str]:
        """The units of a group by its code."""
        return next(self._members(row) for row in self._groups if row.code == code)

    def groups(self) -> list[tuple[str, str, int]]:
        """Code, label and number of units of each group that has any."""
        sized = ((row.code, row["label"], len(self._members(row))) for row in self._groups)
        return [row for row in sized if row[2]]

    def _phrases(self) -> Iterable[tuple[str, frozenset[str]]]:
        for row in self._units.values():
            for name in {row.name, row.short_name, *row.aliases} - {""}:
                yield fold(name), frozenset({str(row.unit_id)})
        for group in self._groups:
            for phrase in {group["label"], *group["phrases"]}:
                yield fold(phrase), self._members(group)

    def _members(self, group: Definition) -> frozenset[str]:
        wanted = {(match["kind"], match["level"]) for match in group["match"]}
        return frozenset(
            key for key, row in self._units.items() if (row.unit.kind, row.unit.level) in wanted
        )


def units_of(ids: Iterable[str], as_of: date) -> list[Unit]:
    return list(Unit.objects.named(as_of).filter(pk__in=list(ids)))
