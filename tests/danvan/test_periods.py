from datetime import date

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
