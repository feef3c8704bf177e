from datetime import date

import pytest

from danvan.duties import rules
from danvan.duties.choices import AssignmentState
from danvan.workdays.rules import Calendar, MissingYear

CALENDAR = Calendar(
    years=frozenset({2023, 2024, 2025}),
    off={date(2024, 9, 2): "Quốc khánh", date(2024, 9, 3): "Quốc khánh"},
    worked=frozenset({date(2024, 5, 4)}),
)
WITH_2026 = Calendar(frozenset({*CALENDAR.years, 2026}), CALENDAR.off, CALENDAR.worked)


def test_a_printed_date_on_a_sunday_moves_to_monday_and_says_so():
    due = {"kind": "date", "date": "2024-03-31", "text": "chậm nhất ngày 31/3/2024"}

    (found,) = rules.occurrences(due, issued_on=date(2024, 2, 20), year=2024, calendar=CALENDAR)

    assert found.due_on == date(2024, 4, 1)
    assert "Chủ Nhật" in found.steps[1]
    assert "Điều 148" in found.steps[1]


@pytest.mark.parametrize(
    ("printed", "inclusive", "last"),
    [
        ("2024-10-25", True, date(2024, 10, 25)),  # a Friday: as printed
        ("2024-10-25", False, date(2024, 10, 24)),  # “trước ngày”: the day before
        ("2024-03-18", False, date(2024, 3, 17)),  # before a Monday: the Sunday does not move
        ("2024-09-02", True, date(2024, 9, 4)),  # a holiday of two days
        ("2024-05-04", True, date(2024, 5, 4)),  # a Saturday that is worked
    ],
)
def test_last_day_of_a_printed_date(printed, inclusive, last):
    due = {"kind": "date", "date": printed, "inclusive": inclusive}

    (found,) = rules.occurrences(due, issued_on=date(2024, 1, 2), year=2024, calendar=CALENDAR)

    assert found.due_on == last


def test_a_report_each_quarter_has_an_occurrence_for_each_quarter_left():
    due = {"kind": "recurring", "every": "quarter", "day": 10, "month": None}

    found = rules.occurrences(due, issued_on=date(2024, 2, 20), year=2024, calendar=CALENDAR)

    assert [(one.code, one.due_on) for one in found] == [
        ("2024-Q1", date(2024, 3, 11)),  # 10/3/2024 is a Sunday
        ("2024-Q2", date(2024, 6, 10)),
        ("2024-Q3", date(2024, 9, 10)),
        ("2024-Q4", date(2024, 12, 10)),
    ]


def test_a_plan_issued_in_july_asks_no_report_of_the_first_half():
    due = {"kind": "recurring", "every": "quarter", "day": None}

    found = rules.occurrences(due, issued_on=date(2024, 7, 1), year=2024, calendar=CALENDAR)

    assert [one.code for one in found] == ["2024-Q3", "2024-Q4"]


@pytest.mark.parametrize(
    ("due", "codes", "first"),
    [
        ({"every": "month", "day": 25}, ["2024-M11", "2024-M12"], date(2024, 11, 25)),
        ({"every": "half-year", "day": 15, "month": 6}, ["2024-H1"], date(2024, 6, 17)),
        ({"every": "half-year"}, ["2024-H2"], date(2024, 12, 31)),
        ({"every": "nine-month", "day": 10}, ["2024-N9"], date(2024, 9, 10)),
        (  # “hằng tháng, trước ngày 05 tháng sau”: on the month before
            {"every": "month", "day": 5, "month_of_period": "first"},
            ["2024-M10", "2024-M11", "2024-M12"],
            date(2024, 11, 5),
        ),
        (  # “6 tháng, năm”: the second half is the year's report
            {"every": "half-year", "rule": "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1"},
            ["2024-H1"],
            date(2024, 7, 1),
        ),
        (  # on the fourth quarter, after the year; the 5th is a Sunday
            {"every": "quarter", "day": 5, "month_of_period": "first"},
            ["2024-Q4"],
            date(2025, 1, 6),
        ),
        (
            {"every": "week"},  # the end of the offices' week
            [f"2024-W{week}" for week in range(44, 53)],
            date(2024, 11, 1),
        ),
        (
            {"every": "week", "rule": "FREQ=WEEKLY;BYDAY=MO"},
            [f"2024-W{week}" for week in range(45, 53)] + ["2025-W01"],  # Monday, 30/12/2024
            date(2024, 11, 4),
        ),
    ],
)
def test_other_recurrences_have_the_days_of_their_rule(due, codes, first):
    found = rules.occurrences(
        {"kind": "recurring", **due}, issued_on=date(2024, 11, 1), year=2024, calendar=CALENDAR
    )

    assert [one.code for one in found] == codes
    assert first is None or found[0].due_on == first


@pytest.mark.parametrize(
    ("every", "rule", "codes"),
    [
        ("year", "FREQ=YEARLY;INTERVAL=2;BYMONTH=12;BYMONTHDAY=-1", ["2023-Y", "2025-Y"]),
        (
            "month",
            "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1",
            [f"{year}-M{month:02d}" for year in (2023, 2024, 2025) for month in range(1, 12, 2)],
        ),
        ("year", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", ["2023-Y", "2024-Y", "2025-Y"]),
        (
            "half-year",
            None,
            ["2023-H1", "2023-H2", "2024-H1", "2024-H2", "2025-H1", "2025-H2"],
        ),
        ("nine-month", None, ["2023-N9", "2024-N9", "2025-N9"]),
    ],
)
def test_a_plan_of_several_years_has_the_occurrences_of_each(every, rule, codes):
    due = {"kind": "recurring", "every": every, "rule": rule}

    found = rules.occurrences(
        due, issued_on=date(2023, 1, 2), year=2023, until=2025, calendar=WITH_2026
    )

    assert [one.code for one in found] == codes
    assert all(len(one.code) <= 10 for one in found)


def test_the_years_that_nobody_entered_come_later():
    due = {"kind": "recurring", "every": "year", "day": 15, "month": 11}
    asked = {"issued_on": date(2024, 1, 2), "year": 2024, "until": 2027, "calendar": CALENDAR}

    found = rules.occurrences(due, **asked)

    assert [one.code for one in found] == ["2024-Y", "2025-Y"]
    assert rules.missing_years(due, **asked) == {2026, 2027}


@pytest.mark.parametrize(
    ("due", "missing"),
    [
        ({"kind": "date", "date": "2026-03-31"}, 2026),
        ({"kind": "period_end", "period": "2027-Q1"}, 2027),
        ({"kind": "recurring", "every": "month", "day": 5}, 2026),
        ({"kind": "term", "days": 3, "working": True}, 2026),
    ],
)
def test_a_deadline_in_a_year_that_nobody_entered_has_no_day(due, missing):
    with pytest.raises(MissingYear) as refused:
        rules.occurrences(due, issued_on=date(2026, 1, 2), year=2026, calendar=CALENDAR)

    assert refused.value.year == missing


def test_a_term_says_what_it_runs_from():
    due = {"kind": "term", "days": 10, "working": False, "text": "trong 10 ngày kể từ ngày ký"}

    (found,) = rules.occurrences(due, issued_on=date(2024, 1, 2), year=2024, calendar=CALENDAR)

    assert found.steps[0].startswith("Tính 10 ngày từ ngày ký 02/01/2024, không tính ngày ký")
    assert "12/01/2024" in found.steps[1]


def test_the_day_before_it_moved_is_kept():
    due = {"kind": "date", "date": "2024-09-02", "text": "ngày 02/9/2024"}

    (found,) = rules.occurrences(due, issued_on=date(2024, 1, 2), year=2024, calendar=CALENDAR)

    assert (found.nominal_on, found.due_on) == (date(2024, 9, 2), date(2024, 9, 4))


@pytest.mark.parametrize(
    ("due", "last"),
    [
        ({"kind": "period_end", "period": "2024-Q1"}, date(2024, 4, 1)),  # 31/3 is a Sunday
        ({"kind": "term", "days": 10, "working": False}, date(2024, 1, 12)),
        ({"kind": "term", "days": 4, "working": False}, date(2024, 1, 8)),  # 06/01 is a Saturday
        ({"kind": "term", "days": 7, "working": True}, date(2024, 1, 11)),
        ({"kind": "period_end", "period": "2024"}, date(2024, 12, 31)),
        ({"kind": "period_end", "period": "2024-M02"}, date(2024, 2, 29)),
        (  # before it begins, and what ends a day before never moves: a Sunday
            {
                "kind": "period_end",
                "period": "2024-Q3",
                "inclusive": False,
                "text": "trước quý III/2024",
            },
            date(2024, 6, 30),
        ),
        (
            {
                "kind": "period_end",
                "period": "2024-Q3",
                "inclusive": False,
                "text": "trước cuối quý III/2024",
            },
            date(2024, 9, 29),
        ),
        ({"kind": "recurring", "every": "year"}, date(2024, 12, 31)),
        ({"kind": "recurring", "every": "year", "day": 15, "month": 11}, date(2024, 11, 15)),
        (None, None),
    ],
)
def test_other_forms_of_a_deadline(due, last):
    (found,) = rules.occurrences(due, issued_on=date(2024, 1, 2), year=2024, calendar=CALENDAR)

    assert found.due_on == last
    assert found.steps


@pytest.mark.parametrize(
    ("state", "handed_in_on", "today", "days"),
    [
        ("assigned", None, date(2024, 3, 31), 0),  # the due day itself is in time
        ("assigned", None, date(2024, 4, 5), 5),  # open: counts until today
        (
            "submitted",
            date(2024, 4, 2),
            date(2024, 6, 1),
            2,
        ),  # handed in late stays late by as much
        ("done", date(2024, 3, 30), date(2024, 6, 1), 0),
        ("returned", date(2024, 3, 30), date(2024, 4, 3), 3),  # returned is open again
        ("requested", None, date(2024, 6, 1), 0),  # who is asked is never late
    ],
)
def test_days_late(state, handed_in_on, today, days):
    late = rules.days_late(
        date(2024, 3, 31), state=AssignmentState(state), handed_in_on=handed_in_on, today=today
    )

    assert late == days
