"""Who may see duties and do what with assignments."""

from django.db.models import Q

from danvan.org.access import own_units, sees_whole_province, works, works_for
from danvan.org.actors import Actor
from danvan.org.models import Unit

from .choices import HANDED_IN, OPEN, AssignmentState
from .models import Assignment, AssignmentQuerySet, Duty


def visible_to(by: Actor) -> AssignmentQuerySet:
    """What one's own unit and those below are to do, ask for and confirm; the coordinator sees all."""
    if not works(by):
        return Assignment.objects.none()
    if sees_whole_province(by):
        return Assignment.objects.all()
    own = own_units(by)
    return Assignment.objects.filter(
        Q(unit__in=own) | Q(duty__asked_by__in=own) | Q(duty__confirmed_by__in=own)
    )


def can_see_matrix(by: Actor) -> bool:
    return sees_whole_province(by)


def can_assign(by: Actor) -> bool:
    """Duties of documents are laid on units by the coordinating department."""
    return by.is_coordinator


def can_ask(by: Actor, unit: Unit) -> bool:
    """A conclusion is laid on the unit that drew it, by its officer; on others by the coordinator."""
    return by.is_coordinator or works_for(by, unit)


def can_acknowledge(by: Actor, assignment: Assignment) -> bool:
    return works_for(by, assignment.unit) and assignment.state in {
        AssignmentState.ASSIGNED,
        AssignmentState.IN_PROGRESS,
    }


def can_hand_in(by: Actor, assignment: Assignment) -> bool:
    """The assignment's own unit hands in, as long as it is open (again after a return)."""
    return works_for(by, assignment.unit) and assignment.state in OPEN | HANDED_IN


def can_answer(by: Actor, assignment: Assignment) -> bool:
    """A request is answered by the unit asked, or noted for it by the coordinator."""
    return works_for(by, assignment.unit) or by.is_coordinator


def can_decide(by: Actor, assignment: Assignment) -> bool:
    """The unit that confirms results, or the coordinator; nobody a result of his own unit."""
    if by.unit_id == assignment.unit_id:
        return False
    return by.is_coordinator or works_for(by, assignment.duty.confirmed_by)


def can_remind(by: Actor) -> bool:
    return by.is_coordinator


def can_see_duty(by: Actor, duty: Duty) -> bool:
    return sees_whole_province(by) or visible_to(by).filter(duty=duty).exists()
