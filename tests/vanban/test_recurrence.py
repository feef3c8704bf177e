import builtins
from datetime import date

import pytest

from vanban.model import Due, Span
from vanban.recurrence import occurrences, period, rule

_SPAN = Span(0, 0, "")
_YEAR = date(2024, 1, 1), date(2024, 12, 31)


def due(every, **said):
    which = said.pop("which", None)
    weekday = said.pop("weekday", None)
    text = rule(
        every,
        day=said.get("day"),
        month=said.get("month"),
        which=which,
        weekday=weekday,
        interval=said.pop("interval", 1),
    )
    return Due(_SPAN, "recurring", every=every, rule=text, month_of_period=which, **said)


@pytest.mark.parametrize(
    ("every", "said", "expected"),
    [
        ("quarter", {"day": 10, "which": "last"}, "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=10"),
        ("quarter", {"day": 5, "which": "first"}, "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=5"),
        ("quarter", {}, "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
        ("month", {"day": 25}, "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("month", {}, "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("year", {"day": 15, "month": 12}, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
        ("week", {"weekday": "TH"}, "FREQ=WEEKLY;BYDAY=TH"),
        ("year", {"interval": 2}, "FREQ=YEARLY;INTERVAL=2;BYMONTH=12;BYMONTHDAY=-1"),
        ("month", {"interval": 2}, "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1"),
        ("week", {"interval": 2}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("week", {}, "FREQ=WEEKLY;BYDAY=FR"),
        ("half-year", {"day": 8, "month": 6}, "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=8"),
        ("half-year", {}, "FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1"),
        ("nine-month", {}, "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=-1"),
    ],
)
def test_the_rule(every, said, expected):
    assert rule(every, **said) == expected


def test_the_days_of_a_quarterly_report():
    assert occurrences(due("quarter", day=10, which="last"), *_YEAR) == [
        date(2024, month, 10) for month in (3, 6, 9, 12)
    ]


def test_both_ends_count():
    days = occurrences(due("month", day=25), date(2024, 1, 25), date(2024, 3, 25))

    assert days == [date(2024, 1, 25), date(2024, 2, 25), date(2024, 3, 25)]


def test_a_day_that_a_month_lacks_is_its_last_one():
    assert occurrences(due("month", day=30), date(2023, 2, 1), date(2023, 3, 31)) == [
        date(2023, 2, 28),
        date(2023, 3, 30),
    ]
    assert occurrences(due("half-year", day=31, month=6), *_YEAR) == [date(2024, 6, 30)]


def test_what_is_due_once():
    once = Due(_SPAN, "date", date="2024-03-15")
    half = Due(_SPAN, "period_end", period="2024-H1")

    assert occurrences(once, *_YEAR) == [date(2024, 3, 15)]
    assert occurrences(half, *_YEAR) == [date(2024, 6, 30)]
    assert occurrences(once, date(2025, 1, 1), date(2025, 12, 31)) == []
    assert occurrences(Due(_SPAN, "date", date="2024-06-31"), *_YEAR) == []
    assert occurrences(Due(_SPAN, "period_end", period="2024-02"), *_YEAR) == [date(2024, 2, 29)]


@pytest.mark.parametrize(
    ("one", "day", "expected"),
    [
        (due("quarter", day=10, which="last"), date(2024, 6, 10), "2024-Q2"),
        (due("quarter", day=5, which="first"), date(2024, 1, 5), "2023-Q4"),
        (due("half-year", day=10, month=6), date(2024, 6, 10), "2024-H1"),
        (due("half-year", day=5, month=7), date(2024, 7, 5), "2024-H1"),
        (due("half-year"), date(2024, 12, 31), "2024-H2"),
        (due("nine-month"), date(2024, 9, 30), "2024-N9"),
        (due("year", day=15, month=12), date(2024, 12, 15), "2024"),
        (due("year", day=10, month=1), date(2024, 1, 10), "2023"),
        (due("month", day=25), date(2024, 2, 25), "2024-02"),
        (due("week"), date(2024, 2, 16), "2024-W07"),
    ],
)
def test_the_period_that_is_reported_on(one, day, expected):
    assert period(one, day) == expected


def test_without_the_library_it_says_what_to_install(monkeypatch):
    load = builtins.__import__

    def missing(name, *rest):
        if name.startswith("dateutil"):
            raise ImportError(name)
        return load(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ImportError, match="pip install python-dateutil"):
        occurrences(due("month"), *_YEAR)
