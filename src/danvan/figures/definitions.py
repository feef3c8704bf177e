"""Indicators as they are defined in data: what each counts, and how it is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from danvan.definitions.models import Definition

KIND = "indicators"


@dataclass(frozen=True)
class FromRecords:
    """Rows of a register, counted, or a field of theirs summed."""

    register: str
    sum: str | None = None  # none: the rows are counted
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FromAssignments:
    """Led assignments whose day came within the period, or of these those handed in by it."""

    which: Literal["due_in_window", "done_in_time"]


Part = FromRecords | FromAssignments


@dataclass(frozen=True)
class Indicator:
    """One version of an indicator's definition."""

    definition: Definition
    code: str
    label: str
    group: str
    measure: str  # buổi, lượt, người … or %
    counted_in: str  # what numerator and denominator are counted in; for a % not the measure
    sentence: str
    numerator: Part
    denominator: Part | None

    @property
    def is_ratio(self) -> bool:
        return self.denominator is not None

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.numerator, self.denominator) if self.denominator else (self.numerator,)


def indicators(on: date) -> list[Indicator]:
    """The indicators in force on a day, in the order in which they were defined."""
    found = Definition.objects.in_force(KIND, on)
    return [indicator_of(one) for one in sorted(found, key=lambda one: one.pk)]


def indicator(code: str, on: date) -> Indicator:
    """Raises Definition.DoesNotExist where there is none of that code on the day."""
    return indicator_of(Definition.objects.one(KIND, code, on))


def indicator_of(definition: Definition) -> Indicator:
    body = definition.body
    return Indicator(
        definition=definition,
        code=definition.code,
        label=body["label"],
        group=body["group"],
        measure=body["measure"],
        counted_in=body.get("counted_in", body["measure"]),
        sentence=body["sentence"],
        numerator=_part(body["numerator"]),
        denominator=_part(body["denominator"]) if "denominator" in body else None,
    )


def _part(row: Mapping[str, Any]) -> Part:
    if row["source"] == "assignments":
        return FromAssignments(row["which"])
    return FromRecords(row["register"], row.get("sum"), row.get("where", {}))
