from decimal import Decimal as D

import pytest

from danvan.figures import rules
from danvan.figures.rules import Counted


@pytest.mark.parametrize(
    ("numerator", "denominator", "rows", "value"),
    [
        (D(12), None, 3, D(12)),
        (D(0), None, 3, D(0)),  # three rows, nothing in them: 0 is a value
        (D(0), None, 0, None),  # no rows: no value
        (D(291), D(417), 9, D("69.78")),
        (D(1), D(3), 1, D("33.33")),
        (D(2), D(3), 1, D("66.67")),
        (D(0), D(0), 2, None),  # rows, but nothing to take a share of
    ],
)
def test_value(numerator, denominator, rows, value):
    assert rules.value(numerator, denominator, rows) == value


def test_a_total_is_the_sum_of_the_parts_not_the_mean_of_their_ratios():
    parts = [Counted(D(1), D(1), 1), Counted(D(10), D(40), 3), Counted(D(0), D(0), 0)]

    whole = rules.total(parts, is_ratio=True)

    assert (whole.numerator, whole.denominator, whole.rows) == (D(11), D(41), 4)
    assert whole.value == D("26.83")


def test_a_total_of_nothing_has_no_data():
    assert not rules.total([], is_ratio=False).has_data


@pytest.mark.parametrize(
    ("number", "places", "words"),
    [
        (D(7392), None, "7.392"),
        (D("43.40"), None, "43,4"),
        (D("10.00"), None, "10"),
        (D(100), None, "100"),
        (D("69.78"), 2, "69,78"),
        (D(100), 2, "100,00"),
        (D("1234567.5"), None, "1.234.567,5"),
        (None, None, "—"),
    ],
)
def test_printed(number, places, words):
    assert rules.printed(number, places=places) == words


@pytest.mark.parametrize(
    ("number", "measure", "words"),
    [
        (D("69.78"), "%", "69,78%"),
        (D(1204), "lượt", "1.204"),
        (None, "%", "—"),
    ],
)
def test_printed_value(number, measure, words):
    assert rules.printed_value(number, measure) == words


@pytest.mark.parametrize(
    ("now", "before", "measure", "words"),
    [
        (D("69.78"), D("66.68"), "%", "tăng 3,1 điểm phần trăm"),
        (D(8), D(20), "lượt", "giảm 12 lượt"),
        (D(8), D(8), "lượt", "không đổi"),
        (D(8), None, "lượt", ""),
        (None, D(8), "lượt", ""),
    ],
)
def test_change_in_words(now, before, measure, words):
    assert rules.change_in_words(now, before, measure=measure) == words


@pytest.mark.parametrize(
    ("template", "counted", "words"),
    [
        ("Tiếp {value} lượt công dân.", Counted(D(1204), None, 9), "Tiếp 1.204 lượt công dân."),
        (
            "Đã trả lời {numerator}/{denominator} ý kiến, đạt {value}%.",
            Counted(D(46), D(52), 2),
            "Đã trả lời 46/52 ý kiến, đạt 88,46%.",
        ),
        ("Tiếp {value} lượt công dân.", Counted(D(0), None, 0), "Tiếp — lượt công dân."),
    ],
)
def test_sentence(template, counted, words):
    assert rules.sentence(template, counted) == words
