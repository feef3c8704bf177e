"""From assignments to proven points: two queries for any number of units."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from danvan.duties.choices import NOT_COUNTED, AssignmentState
from danvan.duties.models import Assignment
from danvan.org.heirs import left_to_each
from danvan.periods import parse

from . import rules
from .choices import WITH_THE_UNIT
from .definitions import ScoringTable
from .models import Campaign, Score, ScoreLine
from .rules import PLAN, REPORT, Fact, Proven


def prove(
    campaign: Campaign, units: Iterable[UUID], *, today: date
) -> dict[UUID, dict[str, Proven]]:
    """What each unit's assignments of the campaign's year prove, by criterion."""
    facts = _facts(campaign.year, list(units), today)
    return {
        unit: _of_one(campaign.scoring_table, mine, today=today) for unit, mine in facts.items()
    }


def _of_one(table: ScoringTable, facts: list[Fact], *, today: date) -> dict[str, Proven]:
    return {
        one.code: rules.prove(one.proof, facts, max_points=one.max_points, today=today)
        for one in table.criteria
        if one.proof is not None
    }


def _facts(year: int, units: list[UUID], today: date) -> dict[UUID, list[Fact]]:
    """What the units lead, must hand in to somebody, and is due in the year.

    With what those that went wholly into them did and left undone.
    """
    theirs = left_to_each(units, today)
    rows = (
        Assignment.objects.led()
        .exclude(state__in=NOT_COUNTED)
        .filter(unit__in=list(theirs), due_on__year=year, duty__confirmed_by__isnull=False)
        .select_related("duty")
    )
    found: dict[UUID, list[Fact]] = {unit: [] for unit in units}
    for row in rows:
        if row.due_on and (row.duty.asks_for_a_plan or row.duty.asks_for_a_report):
            for unit in theirs[row.unit_id]:
                found[unit].append(_fact(row, row.due_on))
    return found


def _fact(row: Assignment, due_on: date) -> Fact:
    period = f" {parse(row.occurrence).label}" if row.occurrence else ""
    name = "Kế hoạch" if row.duty.asks_for_a_plan else "Báo cáo"
    return Fact(
        assignment=str(row.pk),
        asks_for=PLAN if row.duty.asks_for_a_plan else REPORT,
        label=name + period,
        due_on=due_on,
        handed_in_on=row.handed_in_on,
        state=AssignmentState(row.state),
    )


def put(line: ScoreLine, proven: Proven) -> None:
    """Write what is proven on a line, in memory."""
    line.self_points = line.proven_points = proven.points
    line.proof_words = proven.words
    line.proof_assignments = [UUID(one) for one in proven.assignments]


def refresh(scores: Iterable[Score], *, today: date) -> None:
    """Bring the proven lines of sheets that are still with their units up to today, in memory.

    The sheets are of one campaign or of several, with their lines loaded.
    """
    by_campaign: dict[Campaign, list[Score]] = {}
    for score in scores:
        if score.state in WITH_THE_UNIT:
            by_campaign.setdefault(score.campaign, []).append(score)
    for campaign, sheets in by_campaign.items():
        proven = prove(campaign, [one.unit_id for one in sheets], today=today)
        for sheet in sheets:
            for line in sheet.lines.all():
                if line.code in proven[sheet.unit_id]:
                    put(line, proven[sheet.unit_id][line.code])
