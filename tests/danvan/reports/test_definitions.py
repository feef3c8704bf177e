from dataclasses import replace
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.periods import parse
from danvan.reports import definitions
from danvan.workdays.calendars import calendar
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def quarterly(on_day):
    on_day(2026, 1, 5)
    return definitions.regime("quarterly", date(2026, 1, 5))


def test_units_report_on_the_day_that_is_printed(quarterly):
    found = quarterly.due(parse("2026-Q1"), calendar(2026))

    assert found.day == date(2026, 3, 10)
    assert quarterly.province_due(parse("2026-Q1"), calendar(2026)) is None
    assert quarterly.clashes(parse("2026-Q1"), calendar(2026)) == []


def test_where_the_province_reports_on_a_day_its_units_are_set_back_from_it(quarterly):
    regime = replace(quarterly, province_due_day=10, set_back=2)
    office = calendar(2026)

    found = regime.due(parse("2026-Q2"), office)

    assert regime.province_due(parse("2026-Q2"), office).day == date(2026, 6, 10)
    assert found.day == date(2026, 6, 8)
    assert "Tỉnh phải gửi báo cáo hết Thứ Tư, 10/6/2026" in found.steps[-1]
    assert regime.clashes(parse("2026-Q2"), office) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"cut_off_day": 14}, "quá sát ngày chốt số liệu 14/6/2026"),  # reports before the figures
        ({"province_due_day": 10, "set_back": 4}, "quá sát ngày chốt số liệu 05/6/2026"),
        ({"province_due_day": 8}, "muộn hơn hạn của cấp trên 08/6/2026"),
    ],
)
def test_days_that_do_not_go_together_are_told(quarterly, changed, words):
    regime = replace(quarterly, **changed)

    (said,) = regime.clashes(parse("2026-Q2"), calendar(2026))

    assert words in said


def test_with_the_districts_gone_the_communes_report():
    district = UnitFactory(kind="peoples_committee", level="district")
    district.names.update(validity=DateRange(date(2010, 1, 1), date(2025, 7, 1)))
    commune = UnitFactory(kind="peoples_committee", level="commune")

    for on, reporting in ((date(2025, 6, 30), district), (date(2025, 7, 1), commune)):
        known = definitions.regime("quarterly", on)
        assert definitions.reporters(known, on) == [reporting]
