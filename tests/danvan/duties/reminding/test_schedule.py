"""The days on which reminders go out, around Tết 2026: off from Saturday 14/02 to Sunday 22/02."""

from datetime import date, timedelta

import pytest

from danvan.duties.reminding.schedule import Cadence, due_days, steps_of
from danvan.workdays.rules import Calendar

CADENCE = Cadence((7, 2), 1, 7, 3, 10, 366, 14, 7)
TET = {date(2026, 2, 16) + timedelta(days=step): "Tết Nguyên Đán" for step in range(5)}
OFFICE = Calendar(frozenset({2025, 2026}), TET, frozenset())


def said(due_on, today):
    return [(str(one.kind), one.step) for one in steps_of(due_on, today, CADENCE, OFFICE)]


@pytest.mark.parametrize(
    ("today", "steps"),
    [
        (date(2026, 3, 11), []),
        (date(2026, 3, 12), [("before", -7)]),
        (date(2026, 3, 13), [("before", -7)]),  # still the newest, should it have been missed
        (date(2026, 3, 14), []),  # a Saturday
        (date(2026, 3, 17), [("before", -2)]),
        (date(2026, 3, 19), [("on_the_day", 0)]),
        (date(2026, 3, 20), [("after", 1)]),
        (date(2026, 3, 24), [("after", 1), ("to_leader", 3)]),  # Friday, Monday, Tuesday
        (date(2026, 3, 27), [("after", 8), ("to_leader", 3)]),
        (date(2026, 4, 2), [("after", 8), ("to_leader", 3), ("to_asking", 10)]),
        (date(2026, 4, 3), [("after", 15), ("to_leader", 3), ("to_asking", 10)]),
        (date(2026, 4, 8), [("after", 15), ("to_asking", 10)]),  # missed for too long
        (date(2026, 4, 17), [("after", 29)]),
    ],
)
def test_around_a_last_day_on_a_thursday(today, steps):
    assert said(date(2026, 3, 19), today) == steps


@pytest.mark.parametrize(
    ("due_on", "today", "steps"),
    [
        # Seven days before is Monday 16/02, two days before Saturday 21/02: both come on Friday 13/02.
        (date(2026, 2, 23), date(2026, 2, 13), [("before", -2)]),
        (date(2026, 2, 23), date(2026, 2, 18), []),
        (date(2026, 2, 23), date(2026, 2, 23), [("on_the_day", 0)]),
        # Seven days before is Thursday 19/02.
        (date(2026, 2, 26), date(2026, 2, 13), [("before", -7)]),
        (date(2026, 2, 26), date(2026, 2, 24), [("before", -2)]),
        # Late since Tết began: a day after is Saturday 14/02, eight days after Saturday 21/02.
        (date(2026, 2, 13), date(2026, 2, 14), []),
        (date(2026, 2, 13), date(2026, 2, 20), []),
        (date(2026, 2, 13), date(2026, 2, 23), [("after", 8)]),
        (date(2026, 2, 13), date(2026, 2, 25), [("after", 8), ("to_leader", 3)]),
        (date(2026, 2, 13), date(2026, 2, 28), []),  # a Saturday
        (date(2026, 2, 13), date(2026, 3, 2), [("after", 15), ("to_leader", 3)]),
        (date(2026, 2, 13), date(2026, 3, 6), [("after", 15), ("to_leader", 3), ("to_asking", 10)]),
        # “trước ngày 23/02”: the last day is a Sunday within the holidays.
        (date(2026, 2, 22), date(2026, 2, 13), [("on_the_day", 0)]),
        (date(2026, 2, 22), date(2026, 2, 23), [("after", 1)]),
    ],
)
def test_quiet_over_tet(due_on, today, steps):
    assert said(due_on, today) == steps


def test_no_step_is_skipped_and_none_said_twice_where_every_working_day_is_run():
    for due_on in (date(2026, 1, 15) + timedelta(days=step) for step in range(90)):
        heard = []
        for today in (date(2026, 1, 2) + timedelta(days=step) for step in range(150)):
            fresh = [one for one in said(due_on, today) if one not in heard]

            assert not (fresh and OFFICE.why_off(today))
            heard += fresh

        to_unit = [step for kind, step in heard if not kind.startswith("to_")]
        assert to_unit == sorted(to_unit)
        assert ("on_the_day", 0) in heard
        assert ("to_leader", 3) in heard
        assert ("to_asking", 10) in heard


def test_every_last_day_that_is_spoken_of_is_looked_at():
    today = date(2026, 2, 13)
    looked_at = set(due_days(CADENCE, today))

    wanted = {
        day
        for day in (date(2025, 12, 1) + timedelta(days=step) for step in range(150))
        if steps_of(day, today, CADENCE, OFFICE)
    }

    assert wanted <= looked_at


def test_after_a_year_a_late_one_is_in_the_lists_only():
    looked_at = due_days(CADENCE, date(2026, 6, 30))

    assert min(looked_at) == date(2025, 6, 29)
