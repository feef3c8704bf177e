"""Who may see and do what with units and people; `require` is how every action asks."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from danvan import clock

from .actors import Actor
from .choices import Role
from .models import Person, Post, Unit, UnitPath


def require(answer: bool) -> None:
    """Refuse, where the answer of an access rule is no."""
    if not answer:
        raise PermissionDenied


WORKING = set(Role) - {Role.ADMINISTRATOR}
DOING = {Role.OFFICER, Role.LEADER_IN_CHARGE, Role.COORDINATOR}
LEADING = {Role.READER_ONLY, Role.LEADER_IN_CHARGE}


def sees_whole_province(by: Actor) -> bool:
    """The coordinating department, appraisers, and the leaders of the province follow all units."""
    if by.is_coordinator or by.role == Role.APPRAISER:
        return True
    return by.role in LEADING and by.stands_at_top


def works(by: Actor) -> bool:
    """Takes part in the work itself; the system administrator does not (design, rights)."""
    return by.role in WORKING


def works_for(by: Actor, unit: Unit | None) -> bool:
    """Does the work of this unit: its officer or leader in charge, or its coordinator."""
    return unit is not None and by.unit_id == unit.pk and by.role in DOING


def own_units(by: Actor) -> QuerySet[UnitPath, UUID]:
    """The ids of the actor's unit, of all below it, and of those they took over from, today.

    What a post may read follows from the tree: `unit__in=own_units(by)`.
    """
    paths = UnitPath.objects.filter(ancestor=by.unit_id, validity__contains=clock.today())
    return paths.values_list("unit", flat=True)


def can_see_units(by: Actor) -> bool:
    """The tree of units is no secret: everyone in a post sees it."""
    return by.unit is not None


def can_change_units(by: Actor) -> bool:
    """Events of units are entered by the administrator, or by the coordinating department."""
    return by.role == Role.ADMINISTRATOR or by.is_coordinator


def can_manage_people(by: Actor) -> bool:
    """People and accounts are the administrator's, in person."""
    return by.role == Role.ADMINISTRATOR and by.acting_for is None


def can_appoint(by: Actor, unit: Unit, role: Role, person: Person) -> bool:
    """The administrator any post; the coordinator and a unit's leader those who do its work.

    Nobody gives a post to himself, nor any in another's name.
    """
    if by.acting_for is not None:
        return False
    if person.user_id is not None and person.user_id == by.user_id:
        return False
    if by.role == Role.ADMINISTRATOR:
        return True
    doing = {Role.OFFICER, Role.LEADER_IN_CHARGE}
    if by.is_coordinator:
        return role in doing
    return by.role == Role.LEADER_IN_CHARGE and by.unit_id == unit.pk and role == Role.OFFICER


def can_delegate(by: Actor, post: Post) -> bool:
    """The holder in person, his unit's leader in charge, or the administrator; never further on."""
    if by.acting_for is not None:
        return False
    if any(one.pk == post.pk for one in by.posts):
        return True
    leads = by.role == Role.LEADER_IN_CHARGE and by.unit_id == post.unit_id
    return leads or by.role == Role.ADMINISTRATOR


def can_see_audit(by: Actor) -> bool:
    return by.role in {Role.ADMINISTRATOR, Role.READER_ONLY}


def can_switch_to(by: Actor, chosen: str) -> bool:
    """One of one's own posts, or one lent by a delegation."""
    return any(str(one.pk) == chosen for one in (*by.posts, *by.lent))
