"""On which day a reminder goes out: by the last day, the cadence and the office calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from danvan.duties.choices import ReminderKind
from danvan.workdays.rules import Calendar, working_days_after, working_days_before

LONGEST_BREAK = 21  # days off in a row, more than any Tết: how far ahead a reminder can be brought


@dataclass(frozen=True)
class Cadence:
    """As data/reminders.yaml says it."""

    before: tuple[int, ...]  # days before the last day
    after: int  # days after it
    again_every: int  # days, from then on
    to_leader: int  # working days late
    to_asking: int
    for_days: int  # late longer than this: no more
    catch_up: int  # days that an escalation which was missed is still worth saying
    from_hour: int

    @classmethod
    def of(cls, body: dict[str, Any]) -> "Cadence":
        return cls(**{**body, "before": tuple(body["before"])})


@dataclass(frozen=True)
class Step:
    """One reminder of a last day, and the day on which it goes out."""

    kind: ReminderKind
    step: int  # days before (below 0) or after; of an escalation working days late
    sends_on: date


def due_days(cadence: Cadence, today: date) -> list[date]:
    """The last days of which somebody may have to be reminded by now."""
    ahead = max(cadence.before, default=0) + LONGEST_BREAK
    return [today + timedelta(days=step) for step in range(-cadence.for_days, ahead + 1)]


def steps_of(due_on: date, today: date, cadence: Cadence, office: Calendar) -> list[Step]:
    """What is to be said of a last day today: to the unit only the newest, whatever was missed.

    Nothing of a step that has not come, nor on a day off.
    """
    if office.why_off(today):
        return []
    to_unit = [one for one in _to_unit(due_on, today, cadence, office) if one.sends_on <= today]
    missed = timedelta(days=cadence.catch_up)
    escalated = [
        one
        for one in _escalated(due_on, today, cadence, office)
        if one.sends_on <= today <= one.sends_on + missed
    ]
    return [*to_unit[-1:], *escalated]


def _to_unit(due_on: date, today: date, cadence: Cadence, office: Calendar) -> Iterator[Step]:
    """From the first to the last that can have come."""
    for days in sorted(cadence.before, reverse=True):
        sends_on = _at_the_latest(due_on - timedelta(days=days), office)
        yield Step(ReminderKind.BEFORE, -days, sends_on)
    yield Step(ReminderKind.ON_THE_DAY, 0, _at_the_latest(due_on, office))
    days = cadence.after
    while due_on + timedelta(days=days) <= today and days <= cadence.for_days:
        sends_on = _at_the_earliest(due_on + timedelta(days=days), office)
        yield Step(ReminderKind.AFTER, days, sends_on)
        days += cadence.again_every


def _escalated(due_on: date, today: date, cadence: Cadence, office: Calendar) -> Iterator[Step]:
    if due_on >= today:
        return
    for kind, days in (
        (ReminderKind.TO_LEADER, cadence.to_leader),
        (ReminderKind.TO_ASKING, cadence.to_asking),
    ):
        yield Step(kind, days, working_days_after(due_on, days, office))


def _at_the_latest(day: date, office: Calendar) -> date:
    return working_days_before(day, 1, office) if office.why_off(day) else day


def _at_the_earliest(day: date, office: Calendar) -> date:
    return working_days_after(day, 1, office) if office.why_off(day) else day
