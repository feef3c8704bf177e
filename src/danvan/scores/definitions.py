"""Scoring tables as they are written in `data/`, with types."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from danvan.definitions.models import Definition

from . import rules

KIND = "scoring_tables"


@dataclass(frozen=True)
class Criterion:
    code: str
    label: str
    max_points: Decimal
    needs_evidence: bool
    proof: Mapping[str, Any] | None  # {rule, late, missing}; none: the unit scores itself
    appraised_by: tuple[str, ...]  # codes of units

    @property
    def is_proven(self) -> bool:
        return self.proof is not None


@dataclass(frozen=True)
class ScoringTable:
    label: str
    source: str
    self_score_by: str  # "10-25"
    scored: tuple[tuple[str, str], ...]  # kind and level of the units that it scores
    criteria: tuple[Criterion, ...]

    @property
    def max_points(self) -> Decimal:
        return sum((one.max_points for one in self.criteria), Decimal(0))

    def criterion(self, code: str) -> Criterion:
        return next(one for one in self.criteria if one.code == code)

    def last_day(self, year: int) -> date:
        """The last day of self-scoring."""
        return date.fromisoformat(f"{year}-{self.self_score_by}")

    def appraisers(self, criterion: Criterion, *, of: str) -> frozenset[str]:
        """The units that appraise this criterion of a unit's sheet, all by code."""
        everyone = {code for one in self.criteria for code in one.appraised_by}
        return rules.appraisers(criterion.appraised_by, everyone, of=of)


def table_of(definition: Definition) -> ScoringTable:
    return ScoringTable(
        label=definition["label"],
        source=definition.source,
        self_score_by=definition["self_score_by"],
        scored=tuple((match["kind"], match["level"]) for match in definition["scored"]),
        criteria=tuple(_criterion(row) for row in definition["criteria"]),
    )


def _criterion(row: Mapping[str, Any]) -> Criterion:
    return Criterion(
        code=row["code"],
        label=row["label"],
        max_points=Decimal(str(row["max_points"])),
        needs_evidence=row.get("needs_evidence", False),
        proof=row.get("proof"),
        appraised_by=tuple(row["appraised_by"]),
    )


def in_force(on: date) -> Definition | None:
    """The scoring table of a day; of several the newest."""
    return Definition.objects.in_force(KIND, on).order_by("code", "-version").last()
