from datetime import date, timedelta

import pytest

from danvan.workdays.rules import (
    Calendar,
    MissingYear,
    last_day,
    next_working_day,
    printed,
    set_back,
    working_days_after,
    working_days_before,
)

TET = {date(2024, 2, 8) + timedelta(days=step): "Tết Nguyên đán" for step in range(7)}
CALENDAR = Calendar(
    years=frozenset({2023, 2024}),
    off=TET
    | {
        date(2024, 1, 1): "Tết Dương lịch",
        date(2024, 4, 29): "hoán đổi",
        date(2024, 4, 30): "Ngày Chiến thắng",
        date(2024, 5, 1): "Quốc tế Lao động",
    },
    worked=frozenset({date(2024, 5, 4)}),
)


@pytest.mark.parametrize(
    ("nominal", "inclusive", "moves", "last"),
    [
        (date(2024, 3, 15), True, True, date(2024, 3, 15)),  # the printed day itself is in time
        (date(2024, 3, 15), False, True, date(2024, 3, 14)),  # “trước ngày”: the day before it
        (date(2024, 3, 31), True, True, date(2024, 4, 1)),  # a Sunday moves to Monday
        (date(2024, 3, 30), True, True, date(2024, 4, 1)),  # so does a Saturday
        (date(2024, 3, 31), True, False, date(2024, 3, 31)),  # a duty that says it does not move
        (date(2024, 4, 1), False, True, date(2024, 3, 31)),  # before a day: stays on the Sunday
        (date(2024, 2, 8), True, True, date(2024, 2, 15)),  # over the whole of Tết
        (date(2024, 2, 15), False, True, date(2024, 2, 14)),  # before a day: stays within Tết
        (date(2024, 4, 27), True, True, date(2024, 5, 2)),  # Saturday, Sunday, 29/4 off, 30/4, 1/5
        (date(2024, 4, 29), True, True, date(2024, 5, 2)),  # a Monday given for 04/5
        (date(2024, 5, 4), True, True, date(2024, 5, 4)),  # a Saturday that is worked
        (date(2024, 5, 5), True, True, date(2024, 5, 6)),  # its Sunday is not
        (date(2024, 1, 1), False, True, date(2023, 12, 31)),  # the day before, in another year
    ],
)
def test_the_last_lawful_day(nominal, inclusive, moves, last):
    found = last_day(nominal, CALENDAR, inclusive=inclusive, moves=moves, words="hạn")

    assert found.day == last


def test_the_steps_say_how_the_day_was_found():
    found = last_day(
        date(2024, 3, 31), CALENDAR, inclusive=True, moves=True, words="chậm nhất ngày 31/3/2024"
    )

    assert found.steps == (
        "Văn bản ghi “chậm nhất ngày 31/3/2024”: ngày 31/3/2024 còn trong hạn.",
        "31/3/2024 là ngày nghỉ (Chủ Nhật): hạn kết thúc hết Thứ Hai, 01/4/2024 "
        "(khoản 5 Điều 148 Bộ luật Dân sự 2015).",
    )


@pytest.mark.parametrize(
    "nominal",
    [
        date(2025, 6, 2),  # a year beyond the calendar
        date(2022, 12, 30),  # a year before it
    ],
)
def test_a_year_that_no_calendar_covers_has_no_last_day(nominal):
    with pytest.raises(MissingYear):
        last_day(nominal, CALENDAR, inclusive=True, moves=True, words="hạn")


def test_a_term_does_not_move_out_of_the_calendar_unseen():
    with pytest.raises(MissingYear):
        next_working_day(date(2024, 12, 31), CALENDAR)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 1, 5), "05/01/2024"),  # months 1 and 2 take a zero
        (date(2024, 2, 29), "29/02/2024"),
        (date(2024, 3, 5), "05/3/2024"),  # from March on only the day does
        (date(2024, 4, 29), "29/4/2024"),
        (date(2024, 11, 10), "10/11/2024"),
    ],
)
def test_a_date_is_printed_with_the_zeros_of_decree_30(day, words):
    assert printed(day) == words


TET_2026 = {date(2026, 2, 16) + timedelta(days=step): "Tết Nguyên đán" for step in range(5)}
OF_2026 = Calendar(frozenset({2025, 2026}), TET_2026 | {date(2026, 1, 1): "Tết"}, frozenset())


@pytest.mark.parametrize(
    ("day", "n", "after"),
    [
        (date(2026, 2, 5), 7, date(2026, 2, 23)),  # 6, 9, 10, 11, 12, 13 February, then 23
        (date(2026, 2, 13), 1, date(2026, 2, 23)),
        (date(2026, 2, 18), 1, date(2026, 2, 23)),  # from within the holidays
        (date(2026, 3, 6), 0, date(2026, 3, 6)),
    ],
)
def test_working_days_after_a_day(day, n, after):
    assert working_days_after(day, n, OF_2026) == after


@pytest.mark.parametrize("n", range(30))
def test_working_days_before_undo_working_days_after(n):
    start = date(2026, 2, 2)

    assert working_days_before(working_days_after(start, n, OF_2026), n, OF_2026) == start


@pytest.mark.parametrize(
    ("day", "n", "missing"), [(date(2026, 12, 30), 5, 2027), (date(2025, 1, 3), -5, 2024)]
)
def test_a_term_does_not_run_into_a_year_that_nobody_entered(day, n, missing):
    count = working_days_after if n > 0 else working_days_before
    with pytest.raises(MissingYear) as refused:
        count(day, abs(n), OF_2026)

    assert refused.value.year == missing


def test_a_lower_level_is_set_back_by_working_days_and_told_why():
    found = set_back(date(2026, 2, 24), 3, OF_2026, words="Tỉnh phải gửi báo cáo")

    assert found.day == date(2026, 2, 12)  # 23 and 13, 12 February
    assert found.steps == (
        "Tỉnh phải gửi báo cáo hết Thứ Ba, 24/02/2026; cấp dưới gửi trước 3 ngày làm việc: "
        "hết Thứ Năm, 12/02/2026.",
    )


def test_a_day_before_which_it_is_due_says_why_it_does_not_move():
    found = last_day(
        date(2026, 3, 2), OF_2026, inclusive=False, moves=True, words="trước ngày 02/3/2026"
    )

    assert found.day == date(2026, 3, 1)
    assert found.steps[-1] == (
        "01/3/2026 là ngày nghỉ (Chủ Nhật) nhưng hạn này không lùi: đã ghi “trước ngày” thì không "
        "lùi ra sau; ngày làm việc cuối cùng còn trong hạn là Thứ Sáu, 27/02/2026."
    )
