import pytest

from vanban.numbers import parse_date, parse_number


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("8.256", 8256),  # a point groups thousands
        ("47,5", 47.5),  # a comma is the decimal sign
        ("72,56", 72.56),
        ("1.234,5", 1234.5),
        ("07", 7),
        ("418.206.000", 418206000),
        ("2.4053", None),  # four digits after a point: nobody can say what was meant
        ("2.068.150,000", None),  # three decimals of a đồng: point or comma is wrong
    ],
)
def test_parse_number(printed, value):
    assert parse_number(printed) == value


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("8 tháng 5 năm 2020", "2020-05-08"),
        ("07-5-2014", "2014-05-07"),
        ("19/6/2015", "2015-06-19"),
        ("09/10/2108", "2108-10-09"),  # a misprint stays as printed
    ],
)
def test_parse_date(printed, iso):
    assert parse_date(printed) == iso
