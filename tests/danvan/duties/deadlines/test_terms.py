"""Terms that become longer: they run from their nominal end, and end on a working day."""

from datetime import date, timedelta

import pytest

from danvan.duties.deadlines.terms import extended_by, from_an_event, gone_on
from danvan.workdays.rules import Calendar

TET = {date(2026, 2, 14) + timedelta(days=step): "Tết Nguyên đán" for step in range(9)}
OF_2026 = Calendar(frozenset({2026}), TET, frozenset())


@pytest.mark.parametrize(
    ("nominal", "days", "ends", "last"),
    [
        (date(2026, 2, 13), 10, date(2026, 2, 23), date(2026, 2, 23)),
        (date(2026, 2, 4), 10, date(2026, 2, 14), date(2026, 2, 23)),  # ends with Tết: after it
        (date(2026, 1, 22), 10, date(2026, 2, 1), date(2026, 2, 2)),  # a Sunday: Monday
    ],
)
def test_a_longer_term_keeps_its_nominal_end(nominal, days, ends, last):
    found = extended_by(nominal, days, OF_2026)

    assert (found.nominal, found.day) == (ends, last)


def test_a_second_extension_runs_from_the_nominal_end():
    first = extended_by(date(2026, 2, 4), 10, OF_2026)  # 14/02, moved to 23/02

    longer = extended_by(first.nominal, 15, OF_2026)

    assert longer.day == date(2026, 3, 2)  # 15 days from 14/02: Sunday, 01/3


def test_the_days_on_which_it_stood_still_are_added():
    found = gone_on(
        date(2026, 3, 20), stood_from=date(2026, 3, 2), until=date(2026, 3, 10), calendar=OF_2026
    )

    assert (found.nominal, found.day) == (date(2026, 3, 28), date(2026, 3, 30))  # a Saturday


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "Trả lời trong thời hạn 10 ngày kể từ ngày nhận được kiến nghị.",
            "trong thời hạn 10 ngày kể từ ngày nhận được kiến nghị",
        ),
        (
            "Báo cáo chậm nhất 05 (năm) ngày làm việc, kể từ khi có kết luận, gửi Sở Nội vụ.",
            "chậm nhất 05 (năm) ngày làm việc, kể từ khi có kết luận",
        ),
        ("Báo cáo trước ngày 15/12/2024.", ""),
        ("Ban hành kế hoạch trong 10 ngày kể từ ngày ký.", ""),  # is counted
    ],
)
def test_a_term_that_begins_on_a_day_nobody_knows_is_named(sentence, words):
    assert from_an_event(sentence) == words
