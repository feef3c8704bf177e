"""Who may see, keep and change records."""

from django.db.models import QuerySet

from danvan import clock
from danvan.org.access import own_units, sees_whole_province, works, works_for
from danvan.org.actors import Actor
from danvan.org.models import Unit

from .choices import RecordState
from .definitions import Register
from .models import Record, RecordQuerySet


def visible_to(by: Actor) -> RecordQuerySet:
    """Of one's own unit and those below; who follows the province sees all, the system administrator none."""
    if not works(by):
        return Record.objects.none()
    if sees_whole_province(by):
        return Record.objects.all()
    return Record.objects.filter(unit__in=own_units(by))


def can_keep(by: Actor, register: Register) -> bool:
    """Does the work of a unit that keeps this register."""
    unit = by.unit
    if unit is None or not works_for(by, unit):
        return False
    return register.is_kept_by(kind=unit.kind, level=unit.level)


def can_write(by: Actor, register: Register, unit: Unit) -> bool:
    return by.unit_id == unit.pk and can_keep(by, register)


def can_see_register(by: Actor, register: Register) -> bool:
    """Those in a unit that keeps it, and those who follow the province."""
    if not works(by) or by.unit is None:
        return False
    return sees_whole_province(by) or register.is_kept_by(kind=by.unit.kind, level=by.unit.level)


def can_change(by: Actor, record: Record) -> bool:
    """Its unit may correct it as long as it is not void."""
    return works_for(by, record.unit) and record.state != RecordState.VOID


def can_conclude(by: Actor, record: Record) -> bool:
    """Its unit, or the coordinator, follows up what was concluded."""
    if not record.conclusion or record.state == RecordState.VOID:
        return False
    return works_for(by, record.unit) or by.is_coordinator


def can_be_asked(by: Actor) -> QuerySet[Unit]:
    """The units that one may lay a conclusion on: the coordinator any, an officer one's own."""
    units = Unit.objects.named(clock.today())
    if by.is_coordinator:
        return units.existing(clock.today())
    return units.filter(pk__in=[by.unit_id])
