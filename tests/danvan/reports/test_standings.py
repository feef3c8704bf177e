from datetime import date

import pytest

from danvan.definitions.models import Definition
from danvan.org.choices import UnitKind
from danvan.reports import actions, standings
from danvan.reports.definitions import regime, reporters
from tests.danvan.reports.making import DUE, TODAY, asked, draft, province, sent
from tests.factories import AssignmentFactory, UnitFactory, actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(*TODAY)


def first_quarter() -> standings.Column:
    return standings.columns(regime("quarterly", date(2024, 3, 1)), 2024)[0]


def standing_of(officer) -> standings.Standing:
    return next(one for one in first_quarter().standings if one.unit == officer.unit)


def test_departments_and_districts_report_and_nobody_else():
    department = UnitFactory()
    district = UnitFactory(kind=UnitKind.PEOPLES_COMMITTEE, level="district")
    UnitFactory(kind=UnitKind.PARTY_BODY)
    UnitFactory(kind=UnitKind.PEOPLES_COMMITTEE, level="commune")

    known = regime("quarterly", date(2024, 3, 1))

    assert set(reporters(known, date(2024, 3, 1))) == {department, district}
    assert set(reporters(known, date(2025, 7, 1))) == {department}  # districts have ended


def test_a_period_has_its_own_window_and_a_due_day_that_moves_off_days_off():
    column = first_quarter()

    assert column.begins_on == date(2023, 12, 6)
    assert column.cut_off == date(2024, 3, 5)
    assert column.due_on == DUE  # the 10th is a Sunday


def test_a_draft_is_nobody_else_s_business():
    province()
    officer = actor()
    draft(officer)

    assert standing_of(officer).mark.tone == "idle"


def test_late_only_where_somebody_was_asked_or_sent(on_day):
    province()
    officer = actor()
    on_day(2024, 3, 16)
    unasked = standing_of(officer)

    on_day(*TODAY)
    sent()  # another unit, so the period is followed
    on_day(2024, 3, 16)

    assert unasked.mark.tone == "idle"
    assert (standing_of(officer).mark.tone, standing_of(officer).mark.days) == ("late", 5)


def test_a_returned_report_stays_returned_until_it_is_sent_again():
    asking, officer = province(), actor()
    report = sent(officer)
    actions.send_back(report, {"direction": "Thiếu."}, by=asking)
    returned = standing_of(officer)

    actions.submit(report.successor, by=officer)

    assert (returned.mark.tone, returned.report) == ("warn", report)
    assert standing_of(officer).report == report.successor
    assert first_quarter().waiting == 1


def test_a_result_handed_in_without_a_report_counts():
    asking, officer = province(), actor()
    assignment = asked(officer, asking)
    AssignmentFactory(
        duty=assignment.duty, unit=actor().unit, occurrence="2024-Q1", due_on=DUE, done=True
    )

    marks = [one.mark.tone for one in first_quarter().standings if one.assignment]

    assert sorted(marks) == ["done", "idle"]


def test_the_regime_states_what_the_decree_asks_for():
    body = Definition.objects.one("report_regimes", "quarterly", date(2024, 3, 1)).body

    # Nghị định 09/2019/NĐ-CP, Điều 8: title, content, who, to whom, cut-off, deadline, cycle, outline
    assert {"label", "outline", "reporters", "cut_off_day", "due_day", "every"} <= set(body)
