"""Who has handed in the plan of a year."""

from datetime import date

import pytest

from danvan import clock
from danvan.duties import plans
from danvan.duties.choices import PlanState
from danvan.duties.models import Assignment, Evidence
from tests.factories import AssignmentFactory, DocumentFactory, DutyFactory, UnitFactory

pytestmark = pytest.mark.django_db

HANDED_IN = {"handed_in_at": clock.now(), "handed_in_by": "Bà Mai"}


@pytest.fixture(autouse=True)
def today(on_day):
    on_day(2024, 4, 10)


def asked(*, first="2024", last="2024", unit=None, **more):
    upper = DocumentFactory(planned_from=first, planned_to=last)
    duty = DutyFactory(document=upper, deliverable="kế hoạch", deliver_to="Sở Nội vụ")
    return AssignmentFactory(
        duty=duty, unit=unit or UnitFactory(), due_on=date(2024, 3, 31), **more
    )


def of_year(year=2024):
    return plans.standings(plans.of_year(Assignment.objects.all(), year), clock.today())


@pytest.mark.parametrize(
    ("state", "more", "shown", "late"),
    [
        ("in_progress", {}, PlanState.NOT_YET, 10),
        ("submitted", HANDED_IN, PlanState.WAITING, 0),
        ("returned", {"remark": "Thiếu."}, PlanState.RETURNED, 10),
        ("done", HANDED_IN, PlanState.ACCEPTED, 0),
        ("requested", {}, PlanState.ASKED, 0),
    ],
)
def test_how_it_stands(state, more, shown, late):
    asked(state=state, **more)

    [row] = of_year()

    assert (row.state, row.days_late) == (shown, late)


def test_a_plan_for_several_years_counts_in_each_of_them():
    asked(first="2023", last="2025")

    assert [len(of_year(year)) for year in (2022, 2023, 2024, 2025, 2026)] == [0, 1, 1, 1, 0]


def test_the_years_of_the_plan_that_was_handed_in_count_too():
    assignment = asked(state="done", **HANDED_IN)
    plan = DocumentFactory(planned_from="2024", planned_to="2026", filed_by=assignment.unit)
    Evidence.objects.create(assignment=assignment, document=plan, by_name="Bà Mai", at=clock.now())

    [row] = of_year(2026)

    assert list(row.years) == [2024, 2025, 2026]


def test_another_units_plan_named_as_proof_is_no_plan_of_the_unit():
    assignment = asked(state="done", **HANDED_IN)
    plan = DocumentFactory(planned_from="2024", planned_to="2026")
    Evidence.objects.create(assignment=assignment, document=plan, by_name="Bà Mai", at=clock.now())

    [row] = of_year(2024)

    assert row.plan is None
    assert of_year(2026) == []


def test_what_asks_for_no_plan_is_no_plan():
    AssignmentFactory(duty=DutyFactory(deliverable="báo cáo", deliver_to="Sở Nội vụ"))
    AssignmentFactory(duty=DutyFactory(deliverable="kế hoạch"))  # sent to nobody

    assert of_year() == []


def test_the_summary_counts_units_and_passes_over_requests():
    unit = UnitFactory()
    asked(unit=unit, state="done", **HANDED_IN)
    asked(unit=unit)
    asked(state="submitted", **HANDED_IN)
    asked(state="requested")

    found = plans.summary(of_year())

    assert (found.units, found.handed_in, found.owing, found.late) == (2, 1, 1, 1)
    assert found.share == 50
    assert len(found.missing) == 1
