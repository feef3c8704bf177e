"""Party bodies, the Front and unions are asked, never commanded: nowhere are they late."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from danvan.definitions.models import Definition
from danvan.duties import actions as duties
from danvan.duties.actions import Doers, Proof
from danvan.duties.choices import AssignmentState
from danvan.duties.models import Assignment, Reminder
from danvan.figures.counting import assignments_of
from danvan.figures.definitions import indicators
from danvan.notices.models import Notice
from danvan.org.actors import Actor
from danvan.org.choices import ASKED
from danvan.org.models import Unit
from danvan.refusals import NotAccepted
from danvan.reports.definitions import regime, reporters
from danvan.reports.standings import columns
from danvan.scores import actions as scores
from tests.factories import (
    DutyFactory,
    UnitFactory,
    actor,
    coordinator,
    signed_in,
)

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 18)
DUE = date(2024, 1, 15)
LONG_PAST = {"kind": "date", "date": DUE.isoformat(), "text": "15/01/2024"}


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(TODAY.year, TODAY.month, TODAY.day)


@pytest.fixture
def asking() -> Actor:
    UnitFactory(called="UBND tỉnh Tân Giang", kind="peoples_committee")
    return coordinator()


@pytest.fixture
def late(asking) -> Actor:
    """The officer of a department that did not do in time what all of them were told to do."""
    return actor(unit=UnitFactory(called="Sở Tư pháp"))


@pytest.fixture
def asked(asking, late) -> list[Actor]:
    """One of each kind of those who are asked, in the same duty, which a plan words as an order."""
    people = [actor(unit=UnitFactory(kind=kind)) for kind in sorted(ASKED)]
    duty = DutyFactory(
        due=LONG_PAST,
        manner="order",
        action="Phối hợp tuyên truyền",
        asked_by=asking.unit,
        confirmed_by=asking.unit,
    )
    units = [late.own_unit, *(one.own_unit for one in people)]
    duties.assign(duty, Doers(lead=units), by=asking)
    return people


def units_of(found) -> set[Unit]:
    return {one.unit for one in found}


def page(client, by: Actor, name: str, *args: object, **query: str):
    response = signed_in(client, by).get(reverse(f"console:{name}", args=args), query)
    assert response.status_code == 200
    return response


def test_whatever_a_plan_says_they_get_requests(asked):
    states = {one.state for by in asked for one in Assignment.objects.of(by.own_unit)}

    assert states == {AssignmentState.REQUESTED}


def test_a_conclusion_is_a_request_to_them_as_well(asking, asked):
    for by in asked:
        laid = duties.ask(
            action="Trả lời", source="Đối thoại", unit=by.own_unit, due_on=DUE, by=asking
        )

        assert laid.state == AssignmentState.REQUESTED


STEPS = {
    "acknowledge": lambda one, by, asking: duties.acknowledge(one, by=by),
    "submit": lambda one, by, asking: duties.submit(one, Proof(note="Xong"), by=by),
    "accept": lambda one, by, asking: duties.accept(one, by=asking),
    "send_back": lambda one, by, asking: duties.send_back(one, by=asking, reason="Thiếu"),
}


@pytest.mark.parametrize("step", STEPS)
def test_no_step_makes_a_request_an_order(asking, asked, step):
    for by in asked:
        request = Assignment.objects.of(by.own_unit).get()

        with pytest.raises((PermissionDenied, NotAccepted)):
            STEPS[step](request, by, asking)

        request.refresh_from_db()
        assert request.state == AssignmentState.REQUESTED


def test_they_are_in_no_list_of_what_is_overdue(client, asking, late, asked):
    overdue = Assignment.objects.overdue(TODAY)

    assert units_of(overdue) == {late.unit}
    listed = page(client, asking, "assignments", state="overdue").context["page"].rows
    assert units_of(row.one for row in listed) == {late.unit}
    assert units_of(page(client, asking, "leader").context["by_unit"]) == {late.unit}


def test_the_matrix_lists_them_apart_and_counts_them_nowhere(client, asking, late, asked):
    matrix = page(client, asking, "matrix").context["matrix"]

    assert units_of(matrix.rows) == {late.unit}
    assert units_of(matrix.requests) == {by.unit for by in asked}
    assert (matrix.late, matrix.late_units) == (1, 1)
    assert [row.late for row in matrix.requests] == [0, 0, 0]
    tones = {cell.tone for row in matrix.requests for _column, cell in row.cells if cell}
    assert "late" not in tones


def test_their_own_pages_show_nothing_overdue(client, asking, asked):
    for by in asked:
        own = page(client, by, "work")

        assert own.context["overdue_count"] == 0
        shown = [*own.context["now"], *own.context["rest"]]
        assert [group.label for group in shown] == ["Đề nghị phối hợp"]
        assert page(client, by, "own_reports").context["late"] == []
        for who in (by, asking):
            unit = page(client, who, "unit", by.unit_id).text.lower()
            assert not re.search(r"[1-9]\d*\s*(việc )?quá hạn|quá hạn\s*[1-9]", unit)
            shown = page(client, who, "assignment", Assignment.objects.of(by.own_unit).get().pk)
            assert "quá hạn" not in shown.text.lower()


def test_they_are_not_reminded(client, asking, late, asked):
    signed_in(client, asking).post(reverse("console:remind_all"))
    for one in Assignment.objects.all():
        client.post(reverse("console:remind", args=[one.pk]))

    assert units_of(one.assignment for one in Reminder.objects.all()) == {late.unit}
    told = Notice.objects.filter(recipient__in=[by.user_id for by in asked])
    assert {one.text for one in told} == {"Đề nghị: Phối hợp tuyên truyền"}


def test_no_figure_counts_what_they_were_asked(asked, late):
    window = (date(2024, 1, 1), date(2024, 4, 1))
    units = Unit.objects.values_list("pk", flat=True)

    counted = {
        one.unit for known in indicators(TODAY) for one in assignments_of(known, units, window)
    }

    assert counted == {late.unit}


def test_they_owe_no_reports_and_no_sheets_whatever_a_table_says(asking, late, asked):
    """Were a group of theirs put among those who report and are scored by mistake."""
    quarterly = regime("quarterly", TODAY)
    groups = Definition.objects.in_force("unit_groups", TODAY)
    everybody = replace(quarterly, reporters=tuple({one.code for one in groups}))
    campaign = scores.open_campaign(by=asking, year=2024)
    table = campaign.scoring_table
    everything = replace(table, scored=tuple((kind, "province") for kind in ["department", *ASKED]))
    campaign.__dict__["scoring_table"] = everything

    reporting = set(reporters(everybody, TODAY))

    assert late.unit in reporting
    assert not {by.unit for by in asked} & reporting
    marked = {one.unit for column in columns(everybody, 2024) for one in column.standings}
    assert not {by.unit for by in asked} & marked
    scored = set(scores.units_scored(campaign))
    assert late.unit in scored
    assert not {by.unit for by in asked} & scored
