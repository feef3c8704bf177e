"""Reminders, day by day, with the clock moved through Tết 2026 (off from 14/02 to 22/02)."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan import clock
from danvan.duties.models import Assignment, Reminder
from danvan.duties.reminding import reminders
from danvan.notices import actions as notices
from danvan.notices.choices import Way
from danvan.notices.models import Notice
from danvan.org.choices import Role
from tests.danvan.committed import apart, committed
from tests.factories import (
    AssignmentFactory,
    DelegationFactory,
    DutyFactory,
    PersonFactory,
    PostFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
LAID = datetime(2026, 1, 5, 8, tzinfo=clock.ZONE)


def laid(due_on=date(2026, 2, 13), **values):
    return AssignmentFactory(due_on=due_on, assigned_at=LAID, **values)


def officer(unit, **values):
    return PostFactory(unit=unit, **values).person.user


def days(first, last):
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def told(user):
    return list(Notice.objects.of(user.pk).order_by("id").values_list("text", flat=True))


@pytest.fixture
def run(on_day):
    def run(day):
        on_day(day.year, day.month, day.day)
        return reminders.run(day)

    return run


def test_each_day_from_before_tet_until_after_it_has_its_reminders(run):
    laid(date(2026, 2, 13))
    laid(date(2026, 2, 23))
    laid(date(2026, 2, 26))

    sent = {day: run(day) for day in days(date(2026, 2, 2), date(2026, 3, 6))}

    assert {str(day): one.reminders for day, one in sent.items() if one.total} == {
        "2026-02-06": {"before": 1},  # 13/02, seven days
        "2026-02-11": {"before": 1},  # 13/02, two days
        "2026-02-13": {"on_the_day": 1, "before": 2},  # what would fall on the holidays
        "2026-02-23": {"on_the_day": 1, "after": 1},  # the first working day
        "2026-02-24": {"after": 1, "before": 1},
        "2026-02-25": {"to_leader": 1},  # 13/02, the third working day
        "2026-02-26": {"to_leader": 1, "on_the_day": 1},
        "2026-02-27": {"after": 1},
        "2026-03-02": {"after": 1},  # 13/02, fifteen days, on a Saturday
        "2026-03-03": {"after": 1, "to_leader": 1},
        "2026-03-06": {"after": 1, "to_asking": 1},
    }


def test_a_second_run_of_the_day_sends_nothing(run):
    assignment = laid()
    officer(assignment.unit)

    first, second = run(date(2026, 2, 6)), run(date(2026, 2, 6))

    assert (first.total, first.notices) == (1, 1)
    assert (second.total, second.notices) == (0, 0)


def test_after_the_worker_was_down_only_the_newest_is_sent(run):
    assignment = laid()
    user = officer(assignment.unit)

    run(date(2026, 2, 12))
    run(date(2026, 2, 23))

    assert told(user) == [
        "Còn 1 ngày, hạn hết Thứ Sáu, 13/02/2026: " + assignment.duty.action,
        "Quá hạn 10 ngày: " + assignment.duty.action,
    ]
    assert Reminder.objects.count() == 2


@pytest.mark.parametrize(
    ("state", "sent"),
    [
        ("assigned", {"before", "on_the_day", "after", "to_leader", "to_asking"}),
        ("in_progress", {"before", "on_the_day", "after", "to_leader", "to_asking"}),
        ("contested", {"to_asking"}),  # waits for an answer of those who asked
        ("requested", {"before"}),  # never late
        ("proposed", set()),
        ("suspended", set()),
        ("closed", set()),
    ],
)
def test_which_state_hears_what(run, state, sent):
    laid(date(2026, 3, 19), state=state, remark="vì")

    kinds = Counter()
    for day in days(date(2026, 3, 10), date(2026, 4, 3)):
        kinds.update(run(day).reminders)

    assert set(kinds) == sent


def test_what_is_handed_in_is_not_reminded_of(run):
    laid(handed_in=True)

    assert run(date(2026, 2, 23)).total == 0


def test_what_was_laid_after_a_step_was_told_when_it_was_laid(run):
    AssignmentFactory(
        due_on=date(2026, 3, 19), assigned_at=datetime(2026, 3, 13, 9, tzinfo=clock.ZONE)
    )

    assert run(date(2026, 3, 13)).total == 0  # seven days before was the 12th
    assert run(date(2026, 3, 17)).reminders == {"before": 1}


def test_an_extended_day_is_reminded_of_anew(run):
    assignment = laid(date(2026, 3, 19))
    run(date(2026, 3, 12))
    Assignment.objects.filter(pk=assignment.pk).update(due_on=date(2026, 4, 9))

    sent = run(date(2026, 4, 2))

    assert sent.reminders == {"before": 1}


def test_the_leader_after_three_working_days_and_the_asking_unit_after_ten(run):
    assignment = laid(date(2026, 3, 19))
    officer(assignment.unit)
    leader = officer(assignment.unit, role=Role.LEADER_IN_CHARGE)
    asking = officer(assignment.duty.asked_by)

    for day in days(date(2026, 3, 10), date(2026, 4, 3)):
        run(day)

    action = assignment.duty.action
    assert told(leader) == [f"Đơn vị quá hạn 5 ngày: {action}"]
    assert told(asking) == [f"{assignment.unit.names.get().name} quá hạn 14 ngày: {action}"]


def test_what_was_handed_down_is_told_to_the_unit_that_handed_it_down(run):
    duty = DutyFactory()
    upper = laid(date(2026, 3, 19), duty=duty)
    lower = laid(date(2026, 3, 19), duty=duty, parent=upper)
    between, top = officer(upper.unit), officer(duty.asked_by)

    run(date(2026, 4, 2))

    assert any(lower.unit.names.get().name in text for text in told(between))
    assert len(told(top)) == 1


def test_who_is_told(run):
    """Officers and who acts for them; not who left, nor whose account is locked, nor leaders."""
    assignment = laid(date(2026, 3, 19))
    post = PostFactory(unit=assignment.unit)
    deputy = DelegationFactory(post=post).to.user
    left = officer(assignment.unit, validity=DateRange(date(2010, 1, 1), date(2026, 3, 1)))
    was_deputy = DelegationFactory(
        post=PostFactory(unit=assignment.unit),
        validity=DateRange(date(2010, 1, 1), date(2026, 3, 1)),
    ).to.user
    locked = officer(assignment.unit)
    locked.is_active = False
    locked.save()
    leader = officer(assignment.unit, role=Role.LEADER_IN_CHARGE)
    elsewhere = officer(UnitFactory())

    run(date(2026, 3, 12))

    assert [len(told(one)) for one in (post.person.user, deputy)] == [1, 1]
    assert not any(told(one) for one in (left, was_deputy, locked, leader, elsewhere))


def test_to_whom_work_is_entrusted_hears_of_it_alone_until_it_is_late(run):
    unit = UnitFactory()
    doing = PostFactory(unit=unit)
    other = officer(unit)
    laid(date(2026, 3, 19), unit=unit, person=doing.person)

    run(date(2026, 3, 12))
    before = (len(told(doing.person.user)), len(told(other)))
    run(date(2026, 3, 20))

    assert before == (1, 0)
    assert (len(told(doing.person.user)), len(told(other))) == (2, 1)


def test_of_a_unit_without_an_officer_its_leader_hears_everything(run):
    assignment = laid(date(2026, 3, 19))
    leader = officer(assignment.unit, role=Role.LEADER_IN_CHARGE)

    run(date(2026, 3, 12))

    assert len(told(leader)) == 1


def test_who_acts_for_the_one_to_whom_it_is_entrusted_hears_of_it(run):
    unit = UnitFactory()
    doing = PostFactory(unit=unit)
    deputy = DelegationFactory(post=doing).to.user
    laid(date(2026, 3, 19), unit=unit, person=doing.person)

    run(date(2026, 3, 12))

    assert [len(told(doing.person.user)), len(told(deputy))] == [1, 1]


def test_work_entrusted_to_one_who_went_to_another_unit_is_the_officers_again(run):
    unit = UnitFactory()
    other, gone = officer(unit), PostFactory()
    laid(date(2026, 3, 19), unit=unit, person=gone.person)

    run(date(2026, 3, 12))

    assert [len(told(other)), len(told(gone.person.user))] == [1, 0]


def test_work_entrusted_to_one_who_left_is_the_officers_again(run):
    unit = UnitFactory()
    other = officer(unit)
    laid(date(2026, 3, 19), unit=unit, person=PersonFactory())

    run(date(2026, 3, 12))

    assert len(told(other)) == 1


@pytest.mark.parametrize(
    ("way", "day", "to_mail"),
    [
        (Way.DAILY, date(2026, 3, 12), False),
        (Way.AT_ONCE, date(2026, 3, 12), True),
        (Way.NONE, date(2026, 3, 12), False),
        (Way.DAILY, date(2026, 3, 20), True),  # late: whatever one prefers
        (Way.NONE, date(2026, 3, 20), True),
    ],
)
def test_what_goes_out_by_letter_at_once(run, way, day, to_mail):
    assignment = laid(date(2026, 3, 19))
    user = officer(assignment.unit)
    notices.prefer(user.pk, way=way, hour=7)

    run(day)

    assert Notice.objects.of(user.pk).get().to_mail == to_mail


def test_nothing_goes_out_before_the_hour():
    assert not reminders.is_time(date(2026, 3, 12), 6)
    assert reminders.is_time(date(2026, 3, 12), 7)


def test_a_missing_year_does_not_silence_the_reminders(run):
    laid(date(2026, 12, 31))

    assert run(date(2027, 1, 1)).total == 0  # Tết Dương lịch
    assert run(date(2027, 1, 4)).reminders == {"after": 1}
    assert run(date(2027, 1, 6)).reminders == {"to_leader": 1}  # Monday, Tuesday, Wednesday


def test_two_runs_at_once_send_once(on_day):
    day = on_day(2026, 3, 12)

    def lay():
        made = [laid(date(2026, 3, 19)) for _ in range(20)]
        return [officer(one.unit) for one in made]

    with committed(lay) as users:
        ran = apart(lambda: reminders.run(day), times=4)
        found = [len(told(user)) for user in users]

    assert sorted(one.total for one in ran) == [0, 0, 0, 20]
    assert found == [1] * 20
