from datetime import date, timedelta

import pytest

from danvan import periods
from danvan.periods import Period


@pytest.mark.parametrize(
    ("code", "label", "months", "previous"),
    [
        ("2024-Q1", "quý I/2024", (1, 3), "2023-Q4"),
        ("2024-Q4", "quý IV/2024", (10, 12), "2024-Q3"),
        ("2024-M01", "tháng 01/2024", (1, 1), "2023-M12"),
        ("2024-M12", "tháng 12/2024", (12, 12), "2024-M11"),
        ("2024-H1", "6 tháng đầu năm 2024", (1, 6), "2023-H2"),
        ("2024-N9", "9 tháng năm 2024", (1, 9), "2023-N9"),
        ("2024-Y", "năm 2024", (1, 12), "2023-Y"),
        ("2026-W07", "tuần 07/2026", (2, 2), "2026-W06"),
        ("2026-W01", "tuần 01/2026", (1, 1), "2025-W52"),  # from Monday, 29/12/2025
        ("2021-W01", "tuần 01/2021", (1, 1), "2020-W53"),
        ("2020-W53", "tuần 53/2020", (12, 12), "2020-W52"),  # to Sunday, 03/01/2021
    ],
)
def test_a_period(code, label, months, previous):
    period = periods.parse(code)

    assert str(period) == code
    assert period.label == label
    assert period.months == months
    assert str(period.previous) == previous


@pytest.mark.parametrize(
    "code",
    [
        *("2026-W00", "2026-W7", "2026-W54", "2024-W53"),  # 2024 has 52 weeks
        *("2024", "2024-Q5", "2024-M13", "2024-M1", "24-Q1", ""),
        *("0000-Q1", "0001-Y", "9999-Y", "٢٠٢٤-Q1"),  # years in which no days can be counted
    ],
)
def test_what_is_no_period_is_refused(code):
    with pytest.raises(ValueError, match="not a period"):
        periods.parse(code)


@pytest.mark.parametrize(
    ("code", "cut_off_day", "window"),
    [
        ("2024-Q1", None, (date(2024, 1, 1), date(2024, 4, 1))),
        ("2024-Q1", 14, (date(2023, 12, 15), date(2024, 3, 15))),  # NĐ 09/2019, Điều 12
        ("2024-Q2", 14, (date(2024, 3, 15), date(2024, 6, 15))),
        ("2024-Y", 14, (date(2023, 12, 15), date(2024, 12, 15))),
        ("2024-Q1", 5, (date(2023, 12, 6), date(2024, 3, 6))),
        ("2026-W07", None, (date(2026, 2, 9), date(2026, 2, 16))),
        ("2026-W07", 14, (date(2026, 2, 9), date(2026, 2, 16))),  # a week knows no cut-off
        ("2026-W01", None, (date(2025, 12, 29), date(2026, 1, 5))),
    ],
)
def test_the_days_that_a_period_counts(code, cut_off_day, window):
    assert periods.window(periods.parse(code), cut_off_day=cut_off_day) == window


def test_periods_follow_each_other_without_a_gap():
    ends = [periods.window(one, cut_off_day=14) for one in periods.quarters(2024)]

    assert [end for start, end in ends[:-1]] == [start for start, end in ends[1:]]


def test_the_quarter_of_a_day():
    assert periods.quarter_of(date(2024, 3, 31)) == Period(2024, "Q1")
    assert periods.quarter_of(date(2024, 4, 1)) == Period(2024, "Q2")


def test_every_day_lies_in_one_week_and_weeks_follow_each_other_without_a_gap():
    day, before = date(2015, 1, 1), None
    while day < date(2033, 1, 1):
        week = periods.week_of(day)
        start, end = periods.window(week)

        assert start <= day < end == week.last_day + timedelta(days=1)
        assert periods.parse(str(week)) == week
        if before not in {None, week}:
            assert week.previous == before
        before, day = week, day + timedelta(days=1)


@pytest.mark.parametrize("year", range(2000, 2040))
def test_a_year_has_the_weeks_that_its_calendar_has(year):
    has_53 = date(year, 1, 1).weekday() == 3 or date(year, 12, 31).weekday() == 3
    try:
        parsed = str(periods.parse(f"{year}-W53"))
    except ValueError:
        parsed = ""

    assert bool(parsed) == has_53
