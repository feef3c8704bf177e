"""The rules of follow_ups.yaml, and what one of them comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from danvan.definitions.models import Definition
from danvan.documents.models import Document
from danvan.duties.choices import Origin

KIND = "follow_ups"
MADE_BY_RULE = "follow_up:"


@dataclass(frozen=True)
class Rule:
    """One row of follow_ups.yaml."""

    code: str
    source: str
    origin: Origin
    label: str
    action: str
    of: Mapping[str, Any]
    to: tuple[str, ...]
    answered_by: tuple[str, ...] = ()
    start: str = ""  # the field that the term runs from, or whose day it is
    days: int | None = None
    years: int | None = None
    each_year: Mapping[str, int] | None = None
    fresh_for: int | None = None
    groups: tuple[str, ...] = ()
    deliverable: str = ""


def rules(on: date) -> list[Rule]:
    """The rules in force on a day."""
    return [_rule(one) for one in Definition.objects.in_force(KIND, on)]


def _rule(row: Definition) -> Rule:
    body = row.body
    return Rule(
        code=row.code,
        source=row.source,
        origin=Origin(body["origin"]),
        label=body["label"],
        action=body["action"],
        of=body["of"],
        to=tuple(body["to"]),
        answered_by=tuple(body.get("answered_by", ())),
        start=body.get("from") or body.get("at") or "",
        days=body.get("days"),
        years=body.get("years"),
        each_year=body.get("each_year"),
        fresh_for=body.get("fresh_for"),
        groups=tuple(body.get("groups", ())),
        deliverable=body.get("deliverable", ""),
    )


@dataclass(frozen=True)
class FollowUp:
    """What a rule comes to: a duty that is yet to be proposed."""

    rule: Rule
    key: str  # with its document it is made once
    document: Document | None
    nominal: date
    because: str  # the sentence by which the day was reckoned
    words: Mapping[str, str] = field(default_factory=dict)
    units: tuple[UUID, ...] = ()  # known from what it follows from
    sentence: str = ""  # of the document, where it prints the term itself

    @property
    def action(self) -> str:
        return self.rule.action.format(**{"document": str(self.document), **self.words})
