"""Who may see reports, write them, decide on them and consolidate them."""

from django.db.models import Q

from danvan.org.access import own_units, sees_whole_province, works, works_for
from danvan.org.actors import Actor
from danvan.org.models import Unit

from .choices import FROZEN
from .models import Report, ReportQuerySet


def visible_to(by: Actor) -> ReportQuerySet:
    """One's own unit's, and what those below sent; who follows the province sees all that was sent.

    A draft is seen by nobody but its unit.
    """
    if not works(by):
        return Report.objects.none()
    own = Q(unit=by.unit_id)
    if sees_whole_province(by):
        return Report.objects.filter(own | Q(state__in=FROZEN))
    return Report.objects.filter(own | Q(unit__in=own_units(by), state__in=FROZEN))


def can_see_reports(by: Actor) -> bool:
    return works(by)


def can_see_matrix(by: Actor) -> bool:
    return sees_whole_province(by)


def can_open(by: Actor, unit: Unit) -> bool:
    """A unit's officer writes its report."""
    return works_for(by, unit)


def can_write(by: Actor, report: Report) -> bool:
    """As long as it is a draft; a consolidated one only by the coordinator."""
    if not report.is_draft:
        return False
    return can_consolidate(by) if report.is_consolidated else can_open(by, report.unit)


def can_submit(by: Actor, report: Report) -> bool:
    return can_open(by, report.unit) and not report.is_consolidated


def can_revise(by: Actor, report: Report) -> bool:
    """Who wrote what is in force may begin its next version."""
    return can_consolidate(by) if report.is_consolidated else can_open(by, report.unit)


def can_decide(by: Actor, report: Report) -> bool:
    """The coordinator of the unit that it was sent to; nobody his own unit's report."""
    return (
        by.is_coordinator
        and by.unit_id == report.addressee_id
        and by.unit_id != report.unit_id
        and not report.is_consolidated
    )


def can_consolidate(by: Actor) -> bool:
    return by.is_coordinator
