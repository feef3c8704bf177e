from datetime import date

import pytest

from danvan.workdays.calendars import calendar
from danvan.workdays.rules import MissingYear, last_day

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "is_off"),
    [
        (date(2024, 2, 7), False),  # the Wednesday before Tết
        (date(2024, 2, 8), True),  # 29 Tết, a Thursday
        (date(2024, 2, 14), True),  # mùng năm, a Wednesday
        (date(2024, 2, 15), False),
        (date(2024, 4, 18), True),  # Giỗ Tổ, 10/3 of the moon
        (date(2024, 4, 29), True),  # a Monday given for 04/5
        (date(2024, 5, 4), False),  # the Saturday worked for it
        (date(2024, 5, 5), True),  # its Sunday
        (date(2024, 9, 3), True),  # the second day of Quốc khánh
    ],
)
def test_the_days_off_of_2024(on_day, day, is_off):
    on_day(2024, 6, 1)

    reason = calendar(2024).why_off(day)

    assert bool(reason) == is_off


def test_a_swapped_day_counts_from_the_day_that_it_is_decided(on_day):
    on_day(2024, 4, 11)
    before = calendar(2024).why_off(date(2024, 5, 4))
    on_day(2024, 4, 12)

    after = calendar(2024).why_off(date(2024, 5, 4))

    assert (before, after) == ("Thứ Bảy", None)


def test_a_term_ends_over_tet_on_the_first_working_day(on_day):
    on_day(2024, 1, 15)

    found = last_day(date(2024, 2, 9), calendar(2024), inclusive=True, moves=True, words="hạn")

    assert found.day == date(2024, 2, 15)
    assert "Giao thừa" in found.steps[-1]


def test_the_years_beside_are_covered_and_no_others():
    days = calendar(2024)

    assert days.years == {2023, 2024, 2025}
    with pytest.raises(MissingYear):
        days.why_off(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("year", "covered"),
    [
        (9999, {9998, 9999}),  # the last year that there are days in
        (1, {1, 2}),
        (20244, set()),  # a misread year is none
    ],
)
def test_a_year_without_days_is_not_covered(year, covered):
    assert calendar(year).years == covered
