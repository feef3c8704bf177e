"""Days that do not go together, in sentences."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q

from danvan.duties.choices import OPEN
from danvan.duties.models import Assignment, Duty
from danvan.periods import parse
from danvan.text import fold, in_vietnamese
from danvan.workdays.rules import Calendar, LastDay, printed, weekday, working_days_after

SHOWN = 5  # other documents that are named


def clashes(
    found: LastDay,
    *,
    calendar: Calendar,
    cut_off: date | None = None,
    after_cut_off: int = 1,
    upper: date | None = None,
) -> list[str]:
    """What is wrong with the day on which a lower level hands in; nothing where all goes together."""
    return [
        *_too_soon(found.day, cut_off, after_cut_off, calendar),
        *_later(found.day, upper),
        *_on_a_day_off(found, calendar),
    ]


def _too_soon(
    day: date, cut_off: date | None, working_days: int, office: Calendar
) -> Iterator[str]:
    if cut_off is None:
        return
    first = working_days_after(cut_off, working_days, office)
    if day < first:
        yield (
            f"Hạn gửi {printed(day)} quá sát ngày chốt số liệu {printed(cut_off)}: sau ngày chốt phải "
            f"còn ít nhất {working_days} ngày làm việc, sớm nhất là {weekday(first)}, {printed(first)} "
            "(điểm b khoản 5 Điều 8 Nghị định 09/2019/NĐ-CP)."
        )


def _later(day: date, upper: date | None) -> Iterator[str]:
    if upper is not None and day > upper:
        yield f"Hạn của cấp dưới {printed(day)} muộn hơn hạn của cấp trên {printed(upper)}."


def _on_a_day_off(found: LastDay, office: Calendar) -> Iterator[str]:
    why = office.why_off(found.nominal)
    if why is None:
        return
    if found.day != found.nominal:
        yield f"Ngày {printed(found.nominal)} là ngày nghỉ ({why}): hạn là hết {printed(found.day)}."
    else:
        yield f"Ngày {printed(found.nominal)} là ngày nghỉ ({why}) mà hạn không lùi."


@in_vietnamese
def of_duty(duty: Duty) -> list[str]:
    """Other documents that ask the same of the same units for another day, and lower levels later
    than the upper one. In three queries."""
    return [*_asked_otherwise(duty), *_lower_later(duty)]


def _asked_otherwise(duty: Duty) -> Iterator[str]:
    """A report of one period, or work in the same words."""
    own = list(duty.assignments.filter(state__in=OPEN, due_on__isnull=False))
    if not own or duty.document_id is None:
        return
    days = {(one.unit_id, one.occurrence): one.due_on for one in own}
    same = Q(duty__action__iexact=duty.action)
    if duty.deliverable:
        same |= Q(duty__deliverable=duty.deliverable) & ~Q(occurrence="")
    others = (
        Assignment.objects.filter(
            same,
            unit__in={one.unit_id for one in own},
            state__in=OPEN,
            due_on__isnull=False,
            duty__document__isnull=False,
        )
        .exclude(duty__document=duty.document_id)
        .select_related("duty__document")
        .order_by("due_on", "id")
    )
    said: set[tuple[object, str]] = set()
    for one in others:
        due_on = days.get((one.unit_id, one.occurrence))
        if due_on is None or due_on == one.due_on or not _alike(duty, one):
            continue
        key = (one.duty_id, one.occurrence)
        if key not in said and len(said) < SHOWN:
            said.add(key)
            yield _otherwise(one, due_on)


def _alike(duty: Duty, other: Assignment) -> bool:
    return bool(other.occurrence) or fold(duty.action) == fold(other.duty.action)


def _otherwise(other: Assignment, due_on: date) -> str:
    what = f" kỳ {parse(other.occurrence).label}" if other.occurrence else ""
    assert other.due_on is not None
    return (
        f"{other.duty.document} yêu cầu cùng việc này{what} hết {printed(other.due_on)}, "
        f"văn bản này hết {printed(due_on)}."
    )


def _lower_later(duty: Duty) -> Iterator[str]:
    later = duty.assignments.filter(
        state__in=OPEN, parent__isnull=False, due_on__gt=F("parent__due_on")
    )
    for one in later.select_related("parent").order_by("due_on")[:1]:
        assert one.parent is not None and one.parent.due_on is not None and one.due_on is not None
        yield from _later(one.due_on, one.parent.due_on)
