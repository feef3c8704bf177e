"""Registers as they are defined in data: what each asks, and what it doubts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from danvan.definitions.models import Definition

from .choices import Group

KIND = "registers"


@dataclass(frozen=True)
class Choice:
    code: str
    label: str


@dataclass(frozen=True)
class Field:
    """One question of a register. Its code is never used again for another."""

    code: str
    label: str
    type: Literal["date", "number", "choice", "text", "long_text"]
    required: bool
    disclosure: Literal["public", "personal", "none"]
    choices: tuple[Choice, ...] = ()
    help: str = ""
    min: int | None = None

    @property
    def is_personal(self) -> bool:
        """Says who a citizen is: covered, opened one by one, in no list, title or export."""
        return self.disclosure == "personal"

    @property
    def is_number(self) -> bool:
        return self.type == "number"


@dataclass(frozen=True)
class Check:
    """`field` compared with another; one that refuses is about what cannot be."""

    field: str
    relation: Literal["at_least", "at_most"]
    other: str
    message: str
    refuses: bool


@dataclass(frozen=True)
class Conclusion:
    """Which field's words become duties, and how such a duty names its source."""

    field: str
    source: str


@dataclass(frozen=True)
class Register:
    """One version of a register's definition."""

    definition: Definition
    code: str
    label: str
    group: Group
    kept_by: tuple[tuple[str, str | None], ...]  # kind, level; no level: every level
    day: str
    summary: str
    empty: str
    fields: tuple[Field, ...]
    checks: tuple[Check, ...]
    concludes: Conclusion | None

    def is_kept_by(self, *, kind: str, level: str) -> bool:
        return any(kind == one and of in {None, level} for one, of in self.kept_by)

    def field(self, code: str) -> Field:
        return next(field for field in self.fields if field.code == code)


def registers(on: date) -> list[Register]:
    """The registers kept on a day, in the order of their groups."""
    found = [register_of(one) for one in Definition.objects.in_force(KIND, on)]
    order = list(Group)
    return sorted(found, key=lambda one: (order.index(one.group), one.definition["label"]))


def register(code: str, on: date) -> Register:
    """Raises Definition.DoesNotExist where there is none of that code on the day."""
    return register_of(Definition.objects.one(KIND, code, on))


def register_of(definition: Definition) -> Register:
    body = definition.body
    return Register(
        definition=definition,
        code=definition.code,
        label=body["label"],
        group=Group(body["group"]),
        kept_by=tuple((one["kind"], one.get("level")) for one in body["kept_by"]),
        day=body["day"],
        summary=body["summary"],
        empty=body["empty"],
        fields=tuple(_field(row) for row in body["fields"]),
        checks=tuple(_check(row) for row in body["checks"]),
        concludes=Conclusion(**body["concludes"]) if "concludes" in body else None,
    )


def _field(row: Mapping[str, Any]) -> Field:
    choices = tuple(Choice(**choice) for choice in row.get("choices", ()))
    return Field(**{**row, "choices": choices})


def _check(row: Mapping[str, Any]) -> Check:
    return Check(
        field=row["field"],
        relation=row["is"],
        other=row["with"],
        message=row["message"],
        refuses=row.get("refuses", False),
    )
