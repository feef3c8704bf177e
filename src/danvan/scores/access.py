"""Who may see sheets, score and appraise."""

from danvan.org.access import own_units, sees_whole_province, works, works_for
from danvan.org.actors import Actor
from danvan.org.choices import Role

from .choices import UNDER_APPRAISAL, WITH_THE_UNIT
from .definitions import Criterion
from .models import Score, ScoreLine, ScoreQuerySet


def visible_to(by: Actor) -> ScoreQuerySet:
    """Sheets of one's own unit and those below; those who follow the whole province see all."""
    if not works(by):
        return Score.objects.none()
    if sees_whole_province(by):
        return Score.objects.all()
    return Score.objects.filter(unit__in=own_units(by))


def can_open(by: Actor) -> bool:
    """A campaign is opened by the coordinating department."""
    return by.is_coordinator


def can_score_itself(by: Actor, score: Score) -> bool:
    """The sheet's own unit, whatever the sheet's state: repeating a step changes nothing."""
    return works_for(by, score.unit)


def can_write(by: Actor, score: Score) -> bool:
    return can_score_itself(by, score) and score.state in WITH_THE_UNIT


def is_appraiser_of(by: Actor, score: Score, criterion: Criterion) -> bool:
    """In a unit that the table names for the criterion, and never on one's own unit's sheet."""
    if by.unit is None or by.role not in {Role.COORDINATOR, Role.APPRAISER}:
        return False
    table = score.campaign.scoring_table
    return by.unit.code in table.appraisers(criterion, of=score.unit.code)


def can_appraise(by: Actor, line: ScoreLine) -> bool:
    return line.score.state in UNDER_APPRAISAL and is_appraiser_of(by, line.score, line.criterion)


def can_finish(by: Actor, score: Score) -> bool:
    """Who appraises every criterion of the sheet closes it."""
    criteria = score.campaign.scoring_table.criteria
    return all(is_appraiser_of(by, score, one) for one in criteria)
