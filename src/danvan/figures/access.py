"""Who may see figures and take them."""

from django.db.models import QuerySet

from danvan.org.access import own_units, sees_whole_province, works, works_for
from danvan.org.actors import Actor
from danvan.org.models import Unit

from .models import Figure


def visible_to(by: Actor) -> QuerySet[Figure]:
    """Of one's own unit and those below; who follows the province sees all, the system administrator none."""
    if not works(by):
        return Figure.objects.none()
    if sees_whole_province(by):
        return Figure.objects.all()
    return Figure.objects.filter(unit__in=own_units(by))


def can_see_figures(by: Actor) -> bool:
    return works(by)


def can_compare_units(by: Actor) -> bool:
    """Values of every unit side by side, for who follows the province."""
    return sees_whole_province(by)


def can_take(by: Actor, unit: Unit) -> bool:
    """A unit fixes its own figures; the coordinator those of any."""
    return works_for(by, unit) or by.is_coordinator
