from datetime import date

import pytest

from danvan.duties import actions
from danvan.duties.deadlines import office_days, recurring, timing
from danvan.org.choices import Role
from danvan.workdays.calendars import proposed
from danvan.workdays.rules import MissingYear
from tests.factories import DocumentFactory, DutyFactory, UnitFactory, actor, coordinator

pytestmark = pytest.mark.django_db
YEARLY = {"kind": "recurring", "every": "year", "day": 15, "month": 11}


def plan(**values):
    years = {"planned_from": "2026", "planned_to": "2028", "issued_on": date(2026, 1, 12)}
    return DocumentFactory(**(years | values))


def codes(duty):
    return sorted(duty.assignments.values_list("occurrence", flat=True))


@pytest.fixture
def enter(on_day):
    def enter(year):
        by = actor(Role.ADMINISTRATOR)
        office_days.enter_year(year, proposed(year), source="Thông báo", by=by)

    return enter


def test_the_later_years_are_laid_once_they_are_entered(on_day, enter):
    today = on_day(2026, 1, 20)
    duty = DutyFactory(document=plan(), due=YEARLY)
    unit, along = UnitFactory(), UnitFactory()
    actions.assign(duty, actions.Doers(lead=[unit], cooperating=[along]), by=coordinator())
    before = (codes(duty), recurring.lay_what_came(today))
    today = on_day(2026, 12, 20)
    enter(2027)

    laid, again = recurring.lay_what_came(today), recurring.lay_what_came(today)

    assert before == (["2026-Y", "2026-Y"], 0)
    assert (laid, again) == (2, 0)
    assert codes(duty) == ["2026-Y", "2026-Y", "2027-Y", "2027-Y"]
    assert set(duty.assignments.filter(occurrence="2027-Y").values_list("unit", "part")) == {
        (unit.pk, "lead"),
        (along.pk, "cooperating"),
    }


def test_who_no_longer_has_it_is_not_laid_it_again(on_day, enter):
    today = on_day(2026, 12, 20)
    duty = DutyFactory(document=plan(), due=YEARLY)
    kept, rescinded = UnitFactory(), UnitFactory()
    actions.assign(duty, actions.Doers(lead=[kept, rescinded]), by=coordinator())
    duty.assignments.filter(unit=rescinded).update(state="rescinded", remark="vì")
    enter(2027)

    recurring.lay_what_came(today)

    assert [one.unit for one in duty.assignments.filter(occurrence="2027-Y")] == [kept]


def test_a_plan_of_one_year_ends_with_it(on_day, enter):
    today = on_day(2026, 12, 20)
    duty = DutyFactory(document=plan(planned_to=""), due=YEARLY)
    actions.assign(duty, actions.Doers(lead=[UnitFactory()]), by=coordinator())
    enter(2027)

    assert recurring.lay_what_came(today) == 0


def test_a_duty_in_a_year_that_nobody_entered_cannot_be_laid(on_day):
    on_day(2026, 12, 20)
    duty = DutyFactory(document=plan(planned_from="2027", planned_to="2027"), due=YEARLY)

    with pytest.raises(MissingYear):
        timing.times_of(duty)


@pytest.mark.parametrize(
    ("printed", "years"),
    [
        (("2026", "2028"), (2026, 2028)),
        (("2026", ""), (2026, 2026)),
        (("", ""), (2024, 2024)),
        (("2026", "2024"), (2026, 2026)),
        (("2026", "9999"), (2026, 2056)),  # a misread end
    ],
)
def test_the_years_of_a_plan(printed, years):
    assert timing.span(date(2024, 2, 20), *printed) == years
