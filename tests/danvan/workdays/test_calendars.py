from datetime import date, timedelta

import pytest

from danvan.definitions import actions as definitions
from danvan.workdays.calendars import DAYS, calendar, days_of, proposed, whole, years_entered
from danvan.workdays.choices import DayKind
from danvan.workdays.rules import MissingYear, last_day

pytestmark = pytest.mark.django_db
SHIPPED = range(2017, 2027)


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


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2017, 1, 26), date(2017, 2, 1)),
        (date(2018, 2, 14), date(2018, 2, 20)),
        (date(2019, 2, 2), date(2019, 2, 10)),  # with both Saturdays and Sundays beside
        (date(2020, 1, 23), date(2020, 1, 29)),
        (date(2021, 2, 10), date(2021, 2, 16)),
        (date(2022, 1, 29), date(2022, 2, 6)),
        (date(2023, 1, 20), date(2023, 1, 26)),
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2026, 2, 14), date(2026, 2, 22)),  # nine days
    ],
)
def test_tet_is_off_from_the_first_to_the_last_announced_day(on_day, first, last):
    on_day(2026, 11, 22)
    days = calendar(first.year)

    off = [first + timedelta(days=step) for step in range((last - first).days + 1)]

    assert all(days.why_off(day) for day in off)
    assert days.why_off(first - timedelta(days=1)) is None
    assert days.why_off(last + timedelta(days=1)) is None


@pytest.mark.parametrize("year", SHIPPED)
def test_every_holiday_of_the_law_is_there_and_given_back_where_it_falls_on_a_weekend(year):
    listed = [day for day in days_of(year) if not day.is_entered]
    holidays = {day.on for day in listed if day.kind == DayKind.HOLIDAY}

    given = [day.on for day in listed if day.kind == DayKind.COMPENSATORY]

    fixed = {date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)}
    assert fixed <= holidays
    assert len([day for day in holidays if day < date(year, 3, 1)]) >= 6  # New Year, 5 of Tết
    assert len([day for day in holidays if date(year, 3, 20) < day < date(year, 5, 1)]) == 2
    outside_tet = [day for day in holidays if not (1, 2) < (day.month, day.day) < (3, 1)]
    assert len(given) == sum(day.weekday() >= 5 for day in outside_tet)
    assert all(day.weekday() < 5 and day not in holidays for day in given)


@pytest.mark.parametrize("year", SHIPPED)
def test_what_the_package_says_of_the_years_that_are_shipped_has_not_changed(year):
    """A new version of the package is looked at by a person; nothing that was entered moves."""
    said = {row["day"]: row["kind"] for row in proposed(year)}
    ours = {day.on.isoformat(): str(day.kind) for day in days_of(year)}

    inside = {day: kind for day, kind in said.items() if day.startswith(str(year))}

    assert inside.items() <= ours.items()


def test_the_years_working_days_are_as_many_as_the_law_leaves(on_day):
    on_day(2026, 11, 22)
    days = calendar(2026)
    year = [date(2026, 1, 1) + timedelta(days=step) for step in range(365)]

    weekdays_off = [day for day in year if day.weekday() < 5 and days.why_off(day)]

    # 12 days of the law (one of them given for a Sunday) and two swapped, worked on Saturdays.
    assert len(weekdays_off) == 12 + 2
    assert [day for day in year if day.weekday() >= 5 and not days.why_off(day)] == [
        date(2026, 1, 10),
        date(2026, 8, 22),
    ]


def test_a_swapped_day_counts_from_the_day_that_it_is_decided(on_day):
    on_day(2024, 4, 11)
    before = calendar(2024).why_off(date(2024, 5, 4))
    on_day(2024, 4, 12)

    after = calendar(2024).why_off(date(2024, 5, 4))

    assert (before, after) == ("Thứ Bảy", None)


@pytest.mark.parametrize(
    ("day", "kind", "is_off"),
    [
        (date(2026, 8, 31), "withdrawn", False),  # the swap is called off: a Monday again
        (date(2026, 11, 24), "no_holiday", False),  # a day of the year's list that is worked
        (date(2026, 7, 1), "holiday", True),
        (date(2026, 7, 1), "withdrawn", False),
        (date(2026, 7, 4), "swapped_work", False),  # a Saturday
    ],
)
def test_a_row_of_the_office_corrects_the_list_of_the_year(on_day, day, kind, is_off):
    on_day(2026, 6, 1)
    definitions.put(
        DAYS, day.isoformat(), {"kind": kind}, source="Công văn", valid_from=date(2026, 6, 1)
    )

    reason = calendar(2026).why_off(day)

    assert bool(reason) == is_off


def test_a_term_ends_over_tet_on_the_first_working_day(on_day):
    on_day(2024, 1, 15)

    found = last_day(date(2024, 2, 9), calendar(2024), inclusive=True, moves=True, words="hạn")

    assert found.day == date(2024, 2, 15)
    assert found.nominal == date(2024, 2, 9)
    assert "Giao thừa" in found.steps[-1]


def test_the_years_beside_are_covered_and_no_others():
    days = calendar(2024)

    assert days.years == {2023, 2024, 2025}
    with pytest.raises(MissingYear):
        days.why_off(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("year", "covered"),
    [
        (2026, {2025, 2026}),  # 2027 is entered by an administrator once it is announced
        (2016, {2017}),
        (9999, set()),
        (1, set()),
        (20244, set()),  # a misread year is none
    ],
)
def test_a_year_that_nobody_entered_is_not_covered(year, covered):
    assert calendar(year).years == covered


def test_the_whole_calendar_has_every_year_that_was_entered():
    assert whole().years == set(years_entered()) == set(SHIPPED)


def test_what_is_proposed_of_a_year_names_tet():
    days = {row["day"]: row for row in proposed(2027)}

    assert days["2027-02-06"]["name"] == "Tết Nguyên Đán"
    assert days["2027-05-03"]["kind"] == "compensatory"  # 01/5/2027 is a Saturday
