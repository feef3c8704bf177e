"""Names as printed → units as of a date; the data is read once for many names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from danvan.definitions.models import Definition
from danvan.text import fold

from .choices import EventKind
from .models import Succession, Unit, UnitEvent, UnitName
from .rules import Names, Resolved, resolve


@dataclass(frozen=True)
class Gone:
    """A name that nobody bears any more on the date: whose it was, until when, and who is there now."""

    name: str
    since: date  # the first day without it
    event: UnitEvent | None  # that ended it; none where it is not known
    into: tuple[str, ...]  # names as of the date; empty where nobody took over

    def __str__(self) -> str:
        """“Sở Lao động - Thương binh và Xã hội đã nhập vào Sở Nội vụ từ 01/03/2025”."""
        told = {
            "name": self.name,
            "into": ", ".join(self.into),
            "day": f"{self.since:%d/%m/%Y}",
        }
        if not self.into:
            return _("%(name)s không còn từ %(day)s") % told
        if self.event and self.event.kind == EventKind.MERGED:
            return _("%(name)s đã nhập vào %(into)s từ %(day)s") % told
        return _("%(name)s nay là %(into)s, từ %(day)s") % told


class NameBook:
    """All names and groups as of one date: two queries, then any number of names."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        rows = UnitName.objects.filter(validity__contains=as_of).select_related("unit")
        self._units = {str(row.unit_id): row for row in rows}
        known = Definition.objects.in_force_of({"unit_groups", "name_words"}, as_of)
        self._groups = [one for one in known if one.kind == "unit_groups"]
        self._words = next((one.body for one in known if one.kind == "name_words"), None)

    @cached_property
    def _names(self) -> Names:
        words = self._words
        if words is None:  # before every definition, where no name is known either
            return Names.build(self._phrases(), abbreviations=[], passed_over=[])
        bound = (part for phrase in words["passed_over"] for part in fold(phrase).split())
        return Names.build(
            self._phrases(),
            abbreviations=[(fold(long), fold(short)) for long, short in words["abbreviations"]],
            passed_over=bound,
        )

    def resolve(self, printed: str) -> Resolved:
        return resolve(fold(printed), self._names)

    def gone(self, printed: str) -> list[Gone]:
        """The units whose names in a printed name are borne no more, with those that took over."""
        found = resolve(fold(printed), self._with_past).units & self._past.keys()
        return sorted(map(self._gone, found), key=lambda one: (one.since, one.name))

    def group(self, code: str) -> frozenset[str]:
        """The units of a group by its code."""
        return next(self._members(row) for row in self._groups if row.code == code)

    def groups(self) -> list[tuple[str, str, int]]:
        """Code, label and number of units of each group that has any."""
        sized = ((row.code, row["label"], len(self._members(row))) for row in self._groups)
        return [row for row in sized if row[2]]

    @cached_property
    def _past(self) -> dict[str, UnitName]:
        """Names that ended before the date, by the key of the name."""
        rows = UnitName.objects.filter(validity__endswith__lte=self.as_of).select_related(
            "ended_by"
        )
        return {f"past {row.pk}": row for row in rows}

    @cached_property
    def _with_past(self) -> Names:
        """The names of the date, and those of the past that mean nobody now."""
        return self._names.also(
            (fold(name), frozenset({key}))
            for key, row in self._past.items()
            for name in {row.name, row.short_name, *row.aliases} - {""}
        )

    def _gone(self, key: str) -> Gone:
        row = self._past[key]
        here = self._now(row.unit_id)
        names = sorted(
            (self._units[unit] for unit in here),
            key=lambda one: (one.unit.place_in_lists, one.sort_key),
        )
        return Gone(row.name, row.validity.upper, row.ended_by, tuple(one.name for one in names))

    def _now(self, unit: UUID) -> set[str]:
        """The unit, or those that took over from it, over any number of events."""
        alive = {row.unit_id for row in self._units.values()}
        seen: set[UUID] = set()
        reached = {unit}
        while reached - seen:
            gone = reached - seen - alive
            seen |= reached
            into = Succession.objects.filter(predecessor__in=gone, event__on__lte=self.as_of)
            reached = set(into.values_list("successor", flat=True))
        return {str(one) for one in seen & alive}

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
