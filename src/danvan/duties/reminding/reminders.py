"""Who is reminded today of what: for the whole country in a few statements, each event once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from danvan import clock
from danvan.definitions.models import Definition
from danvan.duties.choices import AssignmentState, ReminderKind
from danvan.duties.models import Assignment
from danvan.duties.reminding import schedule
from danvan.duties.reminding.schedule import Cadence, Step
from danvan.org import told
from danvan.org.models import Unit
from danvan.text import in_vietnamese
from danvan.workdays.calendars import with_proposals
from danvan.workdays.rules import Calendar, printed, weekday

_ONE_RUN = 720_030  # the lock under which reminders of the country are written
BY = "danvan"  # who reminds


@dataclass(frozen=True)
class Ran:
    """What one run did; a second run of the day does nothing."""

    reminders: dict[str, int] = field(default_factory=dict)  # kind → how many
    notices: int = 0

    @property
    def total(self) -> int:
        return sum(self.reminders.values())


# Which state hears what. Who contests waits for an answer, so only the asking unit is told; a request
# is never late; work that stands still or has ended is left in peace.
_AT_WORK = [AssignmentState.ASSIGNED, AssignmentState.IN_PROGRESS, AssignmentState.RETURNED]
HEARS = [
    *((state, kind) for state in _AT_WORK for kind in ReminderKind if kind != ReminderKind.BY_HAND),
    (AssignmentState.CONTESTED, ReminderKind.TO_ASKING),
    (AssignmentState.REQUESTED, ReminderKind.BEFORE),
]
LATE = {ReminderKind.AFTER, ReminderKind.TO_LEADER, ReminderKind.TO_ASKING}


def cadence(today: date) -> Cadence:
    return Cadence.of(Definition.objects.one("reminders", "cadence", today).body)


def is_time(today: date, hour: int) -> bool:
    """Whether the day's reminders may go out at this hour."""
    return hour >= cadence(today).from_hour


def run(today: date) -> Ran:
    """Remind everybody who is to be reminded today and was not yet; on a day off nobody."""
    office = with_proposals(today.year - 1, today.year)
    plan = _plan(today, cadence(today), office)
    if not plan:
        return Ran()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_RUN])
        cursor.execute("SET LOCAL jit = off")
        units = list(Unit.objects.values_list("pk", flat=True))
        cursor.execute(_REMIND, _parameters(plan, told.rows(units, today), today))
        counts = dict(cursor.fetchall())
    return Ran({kind: n for kind, n in counts.items() if kind != "notices"}, counts["notices"])


@dataclass(frozen=True)
class _Line:
    """One step of one last day, with its words."""

    due_on: date
    step: Step
    words: str


def _plan(today: date, known: Cadence, office: Calendar) -> list[_Line]:
    if office.why_off(today):
        return []
    return [
        _Line(due_on, step, _words(step.kind, due_on, today))
        for due_on in _waited_for(schedule.due_days(known, today))
        for step in schedule.steps_of(due_on, today, known, office)
    ]


def _waited_for(days: Sequence[date]) -> list[date]:
    """Those of the days, first to last, on which something that may be reminded of is due."""
    states = {state for state, _kind in HEARS}
    due = Assignment.objects.filter(state__in=states, due_on__range=(days[0], days[-1]))
    found = due.order_by().values_list("due_on", flat=True).distinct()
    return sorted(day for day in found if day)


@in_vietnamese
def _words(kind: ReminderKind, due_on: date, today: date) -> str:
    """With {unit} and {action} where the statement sets them in."""
    said = {
        "days": abs((due_on - today).days),
        "day": f"{weekday(due_on)}, {printed(due_on)}",
    }
    words = {
        ReminderKind.BEFORE: _("Còn %(days)d ngày, hạn hết %(day)s: {action}"),
        ReminderKind.ON_THE_DAY: _("Hạn hết %(day)s: {action}"),
        ReminderKind.AFTER: _("Quá hạn %(days)d ngày: {action}"),
        ReminderKind.TO_LEADER: _("Đơn vị quá hạn %(days)d ngày: {action}"),
        ReminderKind.TO_ASKING: _("{unit} quá hạn %(days)d ngày: {action}"),
    }
    return words[kind] % said


def _parameters(plan: Sequence[_Line], rows: Sequence[told.Row], today: date) -> dict[str, Any]:
    here = told.entrusted(today)
    now = clock.now()
    return {
        "today": today,
        "now": now,
        "zone": str(clock.ZONE),
        "millis": f"{int(now.timestamp() * 1000):012x}7",  # what a UUIDv7 begins with
        "by": BY,
        "due": [one.due_on for one in plan],
        "kinds": [str(one.step.kind) for one in plan],
        "steps": [one.step.step for one in plan],
        "from": [one.step.sends_on for one in plan],
        "words": [one.words for one in plan],
        "late": [one.step.kind in LATE for one in plan],
        "states": [str(state) for state, _kind in HEARS],
        "hears": [str(kind) for _state, kind in HEARS],
        "units": [one.unit for one in rows],
        "what": [one.what for one in rows],
        "users": [one.user for one in rows],
        "people": [one.person for one in here],
        "places": [one.unit for one in here],
        "accounts": [one.user for one in here],
    }


# What was laid on the day of a step or after it was never reminded of it: it was told when it was laid.
# The unit's officers hear what comes; the one to whom it is entrusted (or who acts for him) instead of
# them, until it is late. Who left the unit is entrusted with nothing there.
_REMIND = """
WITH plan AS MATERIALIZED (
    SELECT * FROM unnest(
        %(due)s::date[], %(kinds)s::text[], %(steps)s::smallint[], %(from)s::date[],
        %(words)s::text[], %(late)s::boolean[]
    ) AS plan (due_on, kind, step, sends_on, words, is_late)
), hears AS (
    SELECT * FROM unnest(%(states)s::text[], %(hears)s::text[]) AS hears (state, kind)
), told AS MATERIALIZED (
    SELECT * FROM unnest(%(units)s::uuid[], %(what)s::text[], %(users)s::uuid[])
        AS told (unit, what, account)
), here AS MATERIALIZED (
    SELECT * FROM unnest(%(people)s::uuid[], %(places)s::uuid[], %(accounts)s::uuid[])
        AS here (person, unit, account)
), made AS (
    INSERT INTO duties_reminder (id, assignment_id, kind, step, due_on, "on", by_name)
    SELECT gen_random_uuid(), one.id, plan.kind, plan.step, one.due_on, %(today)s, %(by)s
    FROM plan
    JOIN duties_assignment one ON one.due_on = plan.due_on
    JOIN hears ON hears.state = one.state AND hears.kind = plan.kind
    WHERE (one.assigned_at AT TIME ZONE %(zone)s)::date < plan.sends_on
    AND NOT EXISTS (
        SELECT FROM duties_reminder known
        WHERE known.assignment_id = one.id AND known.kind = plan.kind AND known.kind <> 'by_hand'
        AND known.step = plan.step AND known.due_on = plan.due_on
    )
    ON CONFLICT DO NOTHING
    RETURNING assignment_id, kind, step, due_on
), events AS (
    SELECT
        one.id, made.kind, plan.is_late,
        CASE WHEN made.kind = 'to_asking' THEN COALESCE(upper.unit_id, duty.asked_by_id)
             ELSE one.unit_id END AS unit,
        CASE WHEN made.kind = 'to_leader' THEN 'leading' ELSE 'doing' END AS what,
        CASE WHEN made.kind IN ('to_leader', 'to_asking') THEN NULL ELSE here.account END AS entrusted,
        'reminder ' || one.id || ' ' || made.kind || ' ' || made.step || ' ' || made.due_on AS event,
        left(replace(replace(plan.words, '{unit}', COALESCE(name.name, '')), '{action}', duty.action), 500)
            AS words
    FROM made
    JOIN plan USING (kind, step, due_on)
    JOIN duties_assignment one ON one.id = made.assignment_id
    JOIN duties_duty duty ON duty.id = one.duty_id
    LEFT JOIN duties_assignment upper ON upper.id = one.parent_id
    LEFT JOIN org_unitname name ON name.unit_id = one.unit_id AND name.validity @> %(today)s::date
    LEFT JOIN here ON here.person = one.person_id AND here.unit = one.unit_id
), reached AS (
    SELECT events.id, events.event, events.words, events.is_late, told.account
    FROM events JOIN told ON told.unit = events.unit AND told.what = events.what
    WHERE events.entrusted IS NULL OR events.is_late
    UNION
    SELECT id, event, words, is_late, entrusted FROM events WHERE entrusted IS NOT NULL
), written AS (
    INSERT INTO notices_notice
        (id, recipient, event, text, subject_kind, subject, needs_action, to_mail, created_at)
    SELECT
        overlay(replace(gen_random_uuid()::text, '-', '') PLACING %(millis)s FROM 1 FOR 13)::uuid,
        reached.account, reached.event, reached.words, 'duties.assignment', reached.id, TRUE,
        reached.is_late OR COALESCE(wish.way = 'at_once', FALSE), %(now)s
    FROM reached LEFT JOIN notices_preference wish ON wish.recipient = reached.account
    ON CONFLICT DO NOTHING
    RETURNING 1
)
SELECT kind, count(*) FROM made GROUP BY kind
UNION ALL
SELECT 'notices', count(*) FROM written
"""
