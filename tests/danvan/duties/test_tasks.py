"""What the clock starts, at the hour at which it may."""

from datetime import date, datetime

import pytest

from danvan import clock
from danvan.duties import tasks
from danvan.duties.models import Reminder
from danvan.notices.models import Digest, Letter
from tests.factories import AssignmentFactory, PersonFactory, PostFactory

pytestmark = pytest.mark.django_db
LAID = datetime(2026, 1, 5, 8, tzinfo=clock.ZONE)


@pytest.fixture
def late():
    """An assignment that was due yesterday, with an officer who reads letters."""
    person = PersonFactory(email="mai@tan-giang.example")
    unit = PostFactory(person=person).unit
    return AssignmentFactory(unit=unit, due_on=date(2026, 3, 19), assigned_at=LAID)


def tick(moment):
    """The tasks of an hour, twice: a worker may start one again."""
    with clock.at(moment):
        for _ in range(2):
            for task in (tasks.remind, tasks.digest, tasks.mail, tasks.lay_what_came):
                task(timestamp=0)


@pytest.mark.parametrize(("hour", "sent"), [(6, 0), (7, 1), (15, 1)])
def test_from_the_hour_of_the_offices_on_and_once(late, hour, sent):
    tick(datetime(2026, 3, 20, hour, 10, tzinfo=clock.ZONE))

    assert Reminder.objects.count() == sent
    assert Digest.objects.count() == sent
    assert Letter.objects.count() == 2 * sent  # of what is late at once, and the day's


def test_nothing_on_a_day_off(late):
    tick(datetime(2026, 3, 21, 9, tzinfo=clock.ZONE))  # a Saturday

    assert not Reminder.objects.exists()
    assert not Letter.objects.exists()
