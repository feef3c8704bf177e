"""Who may see and do what with units and people; `require` is how every action asks."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from danvan import clock

from .actors import Actor
from .choices import Role
from .models import Unit, UnitPath


def require(answer: bool) -> None:
    """Refuse, where the answer of an access rule is no."""
    if not answer:
        raise PermissionDenied


def sees_whole_province(by: Actor) -> bool:
    """The coordinating department, appraisers and leaders follow all units."""
    return by.is_coordinator or by.role in {Role.APPRAISER, Role.READER_ONLY}


def works(by: Actor) -> bool:
    """Takes part in the work itself; the system administrator does not (design, rights)."""
    return by.role in {Role.COORDINATOR, Role.OFFICER, Role.APPRAISER, Role.READER_ONLY}


def works_for(by: Actor, unit: Unit | None) -> bool:
    """Does the work of this unit: its officer in charge, or its coordinator."""
    return (
        unit is not None and by.unit_id == unit.pk and by.role in {Role.OFFICER, Role.COORDINATOR}
    )


def own_units(by: Actor) -> QuerySet[UnitPath, UUID]:
    """The ids of the actor's unit, of all below it, and of those they took over from, today.

    What a post may read follows from the tree: `unit__in=own_units(by)`.
    """
    paths = UnitPath.objects.filter(ancestor=by.unit_id, validity__contains=clock.today())
    return paths.values_list("unit", flat=True)


def can_see_units(by: Actor) -> bool:
    """The tree of units is no secret: everyone in a post sees it."""
    return by.unit is not None


def can_see_audit(by: Actor) -> bool:
    return by.role in {Role.ADMINISTRATOR, Role.READER_ONLY}


def can_switch_to(by: Actor, post_id: str) -> bool:
    return any(str(post.pk) == post_id for post in by.posts)
