"""The occurrences of a plan's later years: laid as soon as their year has an office calendar."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from danvan.duties import rules
from danvan.duties.actions import Doers, lay
from danvan.duties.choices import ENDED, Part
from danvan.duties.deadlines import timing
from danvan.duties.models import Assignment, Duty
from danvan.org.actors import SYSTEM
from danvan.org.heirs import now_at
from danvan.org.models import Unit
from danvan.workdays.calendars import whole
from danvan.workdays.rules import Calendar, MissingYear


def lay_what_came(today: date) -> int:
    """Lay the occurrences of years that have been entered since, on those who have the duty.

    On the same units as the last occurrence; what a unit that ended left is its successor's.
    """
    running = Duty.objects.filter(
        Q(document__planned_to__gte=str(today.year - 1), document__planned_to__regex=r"^\d{4}$")
        | Q(document__planned_to="", document__issued_on__year__gte=today.year - 1),
        due__kind="recurring",
    )
    office = whole()
    return sum(_lay(one, office, today) for one in running.select_related("document"))


@transaction.atomic
def _lay(duty: Duty, office: Calendar, today: date) -> int:
    try:
        times = rules.occurrences(duty.due, **timing.asked(duty), calendar=office)
    except (MissingYear, ValueError):  # a day that no calendar has was never laid
        return 0
    given = list(duty.assignments.order_by("occurrence"))
    laid = {one.occurrence for one in given}
    if not given or all(time.code in laid for time in times):
        return 0
    return len(_go_on(duty, given, [time for time in times if time.code not in laid], today))


def _go_on(
    duty: Duty, given: Sequence[Assignment], times: Sequence[rules.Occurrence], today: date
) -> list[Assignment]:
    last = given[-1].occurrence
    kept = [one for one in given if one.occurrence == last and one.state not in ENDED]
    heirs = {
        left: now
        for now, units in now_at([one.unit_id for one in kept], today).items()
        for left in units
    }
    lead = _units(heirs, (one.unit_id for one in kept if one.part == Part.LEAD))
    along = _units(heirs, (one.unit_id for one in kept if one.part == Part.COOPERATING))
    doers = Doers(lead=lead, cooperating=[one for one in along if one not in lead])
    return lay(duty, doers, times, by=SYSTEM)


def _units(heirs: Mapping[UUID, UUID], ids: Iterable[UUID]) -> list[Unit]:
    wanted = {heirs[one] for one in ids if one in heirs}
    return list(Unit.objects.filter(pk__in=wanted).order_by("pk"))
