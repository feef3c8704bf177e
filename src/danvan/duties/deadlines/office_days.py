"""The office calendar kept by hand: years and days with their source, and the deadlines that they move."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record, seen
from danvan.definitions import actions as definitions
from danvan.definitions.models import Definition
from danvan.duties import access
from danvan.duties.choices import OPEN
from danvan.duties.holding import change, locked_all
from danvan.duties.models import Assignment
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.refusals import NotAccepted
from danvan.text import in_vietnamese
from danvan.workdays.calendars import DAYS, YEARS, calendar, whole, years_entered
from danvan.workdays.choices import DayKind
from danvan.workdays.rules import (
    Calendar,
    LastDay,
    last_day,
    onto_an_earlier_working_day,
    printed,
)
from danvan.workdays.words import missing_years

REACH = timedelta(days=30)  # how far a day off can be from the deadlines that it moves


@transaction.atomic
def enter_year(
    year: int, days: Sequence[Mapping[str, str]], *, source: str, by: Actor
) -> Definition:
    """A year's list of days off, as somebody checked it against the announcement. Entered once."""
    require(access.can_keep_calendar(by))
    if year in years_entered():
        raise NotAccepted(_("Đã có lịch làm việc năm %(year)s.") % {"year": year})
    made = definitions.put(
        YEARS, str(year), {"days": list(days)}, source=source, valid_from=clock.today()
    )
    record(made, "calendar_entered", by=by, before=NOTHING, year=year)
    return made


@transaction.atomic
def enter_day(on: date, kind: DayKind, *, name: str, source: str, by: Actor) -> Definition:
    """What a day is, over what the year's list says of it; the version before stays."""
    require(access.can_keep_calendar(by))
    if on.year not in years_entered():
        raise NotAccepted(missing_years([on.year]))
    why = calendar(on.year).why_off(on)
    if kind == DayKind.SWAPPED_WORK and why is None:
        raise NotAccepted(_("%(day)s đã là ngày làm việc.") % {"day": printed(on)})
    if kind in {DayKind.SWAPPED_OFF, DayKind.COMPENSATORY} and on.weekday() >= 5:
        raise NotAccepted(_("%(day)s là Thứ Bảy hoặc Chủ Nhật, đã nghỉ.") % {"day": printed(on)})
    return _put(on, kind, name=name, source=source, by=by)


@transaction.atomic
def withdraw_day(on: date, *, source: str, by: Actor) -> Definition:
    """What was entered of a day holds no longer; the year's list says again what it is."""
    require(access.can_keep_calendar(by))
    return _put(on, DayKind.WITHDRAWN, name="", source=source, by=by)


def _put(on: date, kind: DayKind, *, name: str, source: str, by: Actor) -> Definition:
    known = Definition.objects.in_force(DAYS, clock.today()).filter(code=on.isoformat()).first()
    body = {"kind": str(kind), "name": name}
    if known and known.body == body and known.source == source:
        return known
    made = definitions.put(DAYS, on.isoformat(), body, source=source, valid_from=clock.today())
    was = seen(known) if known else NOTHING
    record(made, "calendar_day_entered", by=by, before=was, day=printed(on), kind=str(kind.label))
    return made


def versions(on: date) -> list[Definition]:
    """All that was ever said of a day, the newest first."""
    return list(Definition.objects.filter(kind=DAYS, code=on.isoformat()).order_by("-version"))


@dataclass(frozen=True)
class Moved:
    """An open assignment whose last day would be another by the calendar of today."""

    assignment: Assignment
    found: LastDay


def moved(around: Iterable[date] | None = None) -> list[Moved]:
    """Open assignments that the calendar of today would end on another day, near these days or all.

    Nothing is moved to a day that is past: a correction makes nobody late from one day to the next.
    """
    office = whole()
    near = Q()
    for day in around or ():
        near |= Q(nominal_on__range=(day - REACH, day + REACH))
    known = Assignment.objects.filter(near, state__in=OPEN, nominal_on__isnull=False)
    found = []
    for one in known.select_related("duty", "unit").order_by("due_on", "id"):
        again = _again(one, office)
        if again and again.day != one.due_on and again.day >= clock.today():
            found.append(Moved(one, again))
    return found


@in_vietnamese
def _again(one: Assignment, office: Calendar) -> LastDay | None:
    """Its last day by this calendar; None where a “trước ngày” holds it, or a year is missing."""
    nominal = one.nominal_on
    is_fixed = not (one.duty.due or {}).get("inclusive", True) and one.first_due_on is None
    if nominal is None or is_fixed or nominal.year not in office.years:
        return None
    if one.parent_id is not None and one.first_due_on is None:
        return onto_an_earlier_working_day(nominal, office)  # never later than the unit above
    words = _("lịch làm việc sửa ngày %(day)s") % {"day": printed(clock.today())}
    return last_day(nominal, office, inclusive=True, moves=True, words=words)


@transaction.atomic
def recompute(found: Sequence[Moved], *, by: Actor) -> int:
    """Give these assignments their day by the corrected calendar; the day before stays in the steps."""
    require(access.can_recompute(by))
    office = whole()
    count = 0
    for one in locked_all(each.assignment for each in found):
        again = _again(one, office) if one.state in OPEN else None
        if again is None or again.day == one.due_on or again.day < clock.today():
            continue
        was = one.due_on
        change(
            one,
            "recomputed",
            {
                "due_on": again.day,
                "due_steps": [*one.due_steps, _sentence(was, again)],
            },
            by=by,
        )
        count += 1
    return count


@in_vietnamese
def _sentence(was: date | None, again: LastDay) -> str:
    """What the page of the deadline says of it."""
    words = {
        "today": printed(clock.today()),
        "was": printed(was) if was else "",
        "now": printed(again.day),
        "why": again.steps[-1],
    }
    return (
        _("Ngày %(today)s tính lại theo lịch làm việc đã sửa: từ %(was)s thành %(now)s. %(why)s")
        % words
    )
