import pytest

from vanban.numbers import parse_date, parse_number


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("7.392", 7392),  # a point groups thousands
        ("43,4", 43.4),  # a comma is the decimal sign
        ("69,84", 69.84),
        ("1.234,5", 1234.5),
        ("07", 7),
        ("535.558.000", 535558000),
        ("1.6151", None),  # four digits after a point: nobody can say what was meant
        ("3.177.540,000", None),  # three decimals of a đồng: point or comma is wrong
    ],
)
def test_parse_number(printed, value):
    assert parse_number(printed) == value


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("6 tháng 4 năm 2020", "2020-04-06"),
        ("03-6-2013", "2013-06-03"),
        ("19/6/2015", "2015-06-19"),
        ("11/12/2107", "2107-12-11"),  # a misprint stays as printed
    ],
)
def test_parse_date(printed, iso):
    assert parse_date(printed) == iso
