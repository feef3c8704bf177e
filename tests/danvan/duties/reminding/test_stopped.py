"""The server stands still from a Friday to a Monday: nothing is lost by it, and nothing said twice."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction

from danvan import clock
from danvan.duties.models import Assignment, Reminder
from danvan.duties.reminding import digests, mailing, reminders
from danvan.notices import letters
from danvan.notices.models import Digest, Letter, Notice
from danvan.org.choices import Role
from tests.factories import AssignmentFactory, PersonFactory, PostFactory, UnitFactory

pytestmark = pytest.mark.django_db
LAID = datetime(2026, 2, 2, 8, tzinfo=clock.ZONE)
FRIDAY, MONDAY = date(2026, 3, 13), date(2026, 3, 16)
DUE = [date(2026, 3, 2) + timedelta(days=step) for step in range(26)]
HOURS = (7, 8, 15)


@pytest.fixture
def units():
    """Of each day one unit with an officer, a leader and one work that is due."""
    asking, found = UnitFactory(), {}
    for due_on in DUE:
        unit = found[due_on] = UnitFactory()
        for role in (Role.OFFICER, Role.LEADER_IN_CHARGE):
            name = "can-bo" if role == Role.OFFICER else "lanh-dao"
            person = PersonFactory(email=f"{name}.{due_on:%m%d}@tan-giang.example")
            PostFactory(unit=unit, person=person, role=role)
        AssignmentFactory(
            unit=unit, due_on=due_on, state="in_progress", assigned_at=LAID, duty__asked_by=asking
        )
    return found


@pytest.fixture
def run(settings):
    """What the clock starts, hour by hour, on the days on which the server runs."""
    settings.EMAIL_HOST = "mail.tan-giang.example"

    def run(first, last):
        for day in (first + timedelta(days=step) for step in range((last - first).days + 1)):
            for hour in HOURS:
                moment = datetime(day.year, day.month, day.day, hour, 15, tzinfo=clock.ZONE)
                with clock.at(moment):
                    if reminders.is_time(day, hour):
                        reminders.run(day)
                    digests.run(moment)
                    mailing.run()
                    letters.send_waiting(limit=1000)

    return run


def heard():
    """Last day → the steps of it that were said, each with how often."""
    rows = Reminder.objects.values_list("assignment__due_on", "kind", "step")
    return Counter((due_on, str(kind), step) for due_on, kind, step in rows)


def in_the_end(run, days):
    """What was said by then; and afterwards nothing of it is there."""
    with transaction.atomic():
        for first, last in days:
            run(first, last)
        found = heard(), len(mail.outbox), Letter.objects.filter(sent_at=None).count()
        mail.outbox.clear()
        transaction.set_rollback(True)
    return found


def test_what_is_still_true_on_monday_is_said_then_and_each_thing_once(units, run):
    start, end = date(2026, 3, 9), date(2026, 3, 20)
    always, _sent, _waiting = in_the_end(run, [(start, end)])

    stopped, _fewer, waiting = in_the_end(run, [(start, FRIDAY - timedelta(days=1)), (MONDAY, end)])

    assert waiting == 0
    assert set(always.values()) == set(stopped.values()) == {1}
    assert set(stopped) <= set(always)
    lost = set(always) - set(stopped)
    said_of = {(due_on, _hears(kind)): 0 for due_on, kind, _step in stopped}
    assert {(due_on, _hears(kind)) for due_on, kind, _step in lost} <= set(said_of)
    for due_on, kind, step in lost:  # overtaken by a later word to the same people
        later = [one for day, by, one in stopped if (day, _hears(by)) == (due_on, _hears(kind))]
        assert max(later) > step, (due_on, kind, step)


def _hears(kind):
    return kind if kind.startswith("to_") else "unit"


def test_who_is_late_since_the_weekend_hears_so_on_monday(units, run):
    run(date(2026, 3, 9), FRIDAY - timedelta(days=1))
    before = {row.pk for row in Reminder.objects.all()}

    run(MONDAY, MONDAY)

    fresh = Reminder.objects.exclude(pk__in=before).values_list("assignment__due_on", "kind")
    assert set(Reminder.objects.exclude(pk__in=before).values_list("on", flat=True)) == {MONDAY}
    assert (FRIDAY, "after") in set(fresh)
    assert (MONDAY, "on_the_day") in set(fresh)
    late = Assignment.objects.get(due_on=FRIDAY)
    assert Notice.objects.filter(subject=late.pk, text__startswith="Quá hạn 3 ngày").count() == 1


def test_each_person_gets_one_digest_of_monday_and_none_of_the_days_that_stood_still(units, run):
    run(date(2026, 3, 12), date(2026, 3, 12))
    run(MONDAY, MONDAY)
    run(MONDAY, MONDAY)  # started once more

    days = set(Digest.objects.values_list("on", flat=True))
    assert days == {date(2026, 3, 12), MONDAY}
    twice = Counter(Digest.objects.values_list("recipient", "on"))
    assert set(twice.values()) == {1}
    told = [one.subject for one in mail.outbox if one.to == ["can-bo.0313@tan-giang.example"]]
    assert [one for one in told if one.startswith("Việc ngày")] == [
        "Việc ngày 12/3/2026: 0 quá hạn, 0 hạn hôm nay, 1 trong tuần.",
        "Việc ngày 16/3/2026: 1 quá hạn, 0 hạn hôm nay, 0 trong tuần.",
    ]


def test_letters_that_waited_while_it_stood_still_go_once(units, run):
    with clock.at(datetime(2026, 3, 12, 8, tzinfo=clock.ZONE)):
        reminders.run(date(2026, 3, 12))
        mailing.run()
    waiting = set(Letter.objects.waiting().values_list("to", "subject"))
    assert waiting

    run(MONDAY, MONDAY)

    sent = Counter((one.to[0], one.subject) for one in mail.outbox)
    assert {sent[one] for one in waiting} == {1}
