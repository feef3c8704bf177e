"""A person lays what is proposed, changes its units, passes it over, takes it back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from danvan.duties.actions import acknowledge
from danvan.duties.choices import AssignmentState
from danvan.duties.following import laying
from danvan.notices.models import Notice
from danvan.refusals import NotAccepted
from tests.factories import AssignmentFactory, DutyFactory, UnitFactory, actor, coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return coordinator()


@pytest.fixture
def duty():
    return DutyFactory(origin="study", item="follow_up:study", action="Quán triệt Chỉ thị")


def proposal(duty, unit=None):
    return AssignmentFactory(
        duty=duty, unit=unit or UnitFactory(), state="proposed", due_on=date(2024, 4, 17)
    )


def states(duty):
    return sorted(duty.assignments.values_list("state", flat=True))


def test_laid_it_is_the_units_who_are_told(by, duty):
    officer = actor()
    one = proposal(duty, officer.unit)

    laying.lay([duty], by=by)
    again = laying.lay([duty], by=by)

    one.refresh_from_db()
    assert one.state == AssignmentState.ASSIGNED
    assert again == []
    assert [notice.text for notice in Notice.objects.of(officer.user_id)] == [
        "Việc mới: Quán triệt Chỉ thị"
    ]


def test_a_body_that_is_asked_is_asked(by, duty):
    one = proposal(duty, UnitFactory(kind="party_body"))

    laying.lay([duty], by=by)

    one.refresh_from_db()
    assert one.state == AssignmentState.REQUESTED


def test_units_are_left_out_and_added_before_it_is_laid(by, duty):
    kept, left, added = proposal(duty), proposal(duty), UnitFactory()

    laying.choose(duty, [kept.unit, added], by=by)
    laying.lay([duty], by=by)

    left.refresh_from_db()
    assert (left.state, bool(left.remark)) == (AssignmentState.RESCINDED, True)
    assert states(duty) == ["assigned", "assigned", "rescinded"]
    assert duty.assignments.get(unit=added).due_on == date(2024, 4, 17)


def test_none_chosen_is_refused(by, duty):
    proposal(duty)

    with pytest.raises(NotAccepted, match="ít nhất một đơn vị"):
        laying.choose(duty, [], by=by)


def test_passed_over_says_why_and_comes_back_when_undone(by, duty):
    one = proposal(duty)

    with pytest.raises(NotAccepted, match="lý do"):
        laying.pass_over([duty], by=by, reason=" ")
    count = laying.pass_over([duty], by=by, reason="Đã học tại hội nghị tỉnh")
    one.refresh_from_db()
    restored = laying.take_back([duty], by=by)

    assert (count, one.remark) == (1, "Đã học tại hội nghị tỉnh")
    assert restored == 1
    assert states(duty) == ["proposed", "rescinded"]


def test_what_was_laid_is_taken_back_while_no_unit_has_begun(by, duty):
    officer = actor()
    proposal(duty, officer.unit)
    laying.lay([duty], by=by)

    laying.take_back([duty], by=by)
    laying.lay([duty], by=by)

    assert states(duty) == ["assigned", "rescinded"]
    texts = [notice.text for notice in Notice.objects.of(officer.user_id)]
    assert texts.count("Việc mới: Quán triệt Chỉ thị") == 2


def test_what_a_unit_has_begun_stays(by, duty):
    officer = actor()
    one = proposal(duty, officer.unit)
    laying.lay([duty], by=by)
    acknowledge(one, by=officer)

    assert laying.take_back([duty], by=by) == 0
    assert states(duty) == ["in_progress"]


@pytest.mark.parametrize(
    "step",
    [
        lambda duty, by: laying.lay([duty], by=by),
        lambda duty, by: laying.choose(duty, [by.unit], by=by),
        lambda duty, by: laying.pass_over([duty], by=by, reason="Thôi"),
        lambda duty, by: laying.take_back([duty], by=by),
    ],
)
def test_only_the_coordinator_may(duty, step):
    proposal(duty)

    with pytest.raises(PermissionDenied):
        step(duty, actor())
