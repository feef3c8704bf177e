from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation

from danvan.audit.actions import history
from danvan.duties import actions, ending
from danvan.duties.choices import AssignmentState
from danvan.duties.models import Assignment
from danvan.notices.models import Notice
from danvan.org.models import Succession, UnitEvent
from danvan.refusals import NotAccepted
from tests.factories import (
    AssignmentFactory,
    DutyFactory,
    UnitFactory,
    actor,
    coordinator,
)

pytestmark = pytest.mark.django_db


def test_submit_waits_where_somebody_confirms_and_tells_them():
    asking = coordinator()
    officer = actor()
    duty = DutyFactory(confirmed_by=asking.unit, asked_by=asking.unit)
    assignment = AssignmentFactory(duty=duty, unit=officer.unit)

    actions.submit(assignment, actions.Proof(note="Đã gửi."), by=officer)

    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.SUBMITTED
    assert assignment.handed_in_by == officer.name
    assert Notice.objects.of(asking.user_id).count() == 1


def test_submit_is_done_where_nobody_confirms():
    officer = actor()
    assignment = AssignmentFactory(unit=officer.unit)

    actions.submit(assignment, actions.Proof(file=(b"%PDF-1.7", "bien-ban.pdf")), by=officer)

    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.DONE
    assert assignment.evidence.get().attachment.name == "bien-ban.pdf"


def test_submit_twice_changes_nothing():
    officer = actor()
    assignment = AssignmentFactory(unit=officer.unit)

    actions.submit(assignment, actions.Proof(note="Đã làm."), by=officer)
    actions.submit(assignment, actions.Proof(note="Đã làm."), by=officer)

    assert assignment.evidence.count() == 1
    assert history(assignment).filter(verb="completed").count() == 1


def test_submit_without_proof_is_not_accepted():
    officer = actor()
    assignment = AssignmentFactory(unit=officer.unit)

    with pytest.raises(NotAccepted):
        actions.submit(assignment, actions.Proof(), by=officer)

    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.ASSIGNED


def test_submit_by_another_unit_is_refused():
    assignment = AssignmentFactory()

    with pytest.raises(PermissionDenied):
        actions.submit(assignment, actions.Proof(note="Đã làm."), by=actor())


def goes_into(unit, into):
    on = date(2024, 1, 1)
    event = UnitEvent.objects.create(kind="merged", on=on, basis="Nghị quyết 1")
    Succession.objects.create(event=event, predecessor=unit, successor=into)
    unit.names.update(validity=DateRange(date(2010, 1, 1), on))


def test_what_an_ended_unit_left_is_handed_in_by_the_one_it_went_into(on_day):
    on_day(2024, 3, 18)
    by, ended = actor(), UnitFactory()
    left, other = AssignmentFactory(unit=ended), AssignmentFactory()
    goes_into(ended, by.unit)

    actions.submit(left, actions.Proof(note="Đã làm."), by=by)

    left.refresh_from_db()
    assert (left.state, left.unit) == (AssignmentState.DONE, ended)
    found = Assignment.objects.for_the_hands_of(by)
    assert left in found
    assert other not in found


def test_of_what_an_ended_unit_left_its_successor_is_reminded(on_day):
    on_day(2024, 3, 18)
    by, ended = actor(), UnitFactory()
    left = AssignmentFactory(unit=ended)
    goes_into(ended, by.unit)

    actions.remind([left], by=coordinator())

    assert Notice.objects.of(by.user_id).count() == 1


def test_a_successor_cannot_confirm_what_its_predecessor_handed_in(on_day):
    on_day(2024, 3, 18)
    by, ended = coordinator(), UnitFactory()
    duty = DutyFactory(confirmed_by=by.unit, asked_by=by.unit)
    left = AssignmentFactory(duty=duty, unit=ended, handed_in=True)
    goes_into(ended, by.unit)

    with pytest.raises(PermissionDenied):
        actions.accept(left, by=by)


def test_returned_is_open_again_and_can_be_handed_in_again():
    asking, officer = coordinator(), actor()
    assignment = AssignmentFactory(unit=officer.unit, handed_in=True)

    actions.send_back(assignment, by=asking, reason="Thiếu phụ lục")
    actions.submit(assignment, actions.Proof(note="Đã bổ sung phụ lục."), by=officer)

    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.DONE
    assert [entry.verb for entry in history(assignment)] == ["completed", "returned"]


def test_the_unit_itself_cannot_confirm_its_result():
    officer = actor()
    assignment = AssignmentFactory(unit=officer.unit, handed_in=True)

    with pytest.raises(PermissionDenied):
        actions.accept(assignment, by=officer)


def test_the_coordinator_cannot_confirm_a_result_of_the_own_unit():
    by = coordinator()
    duty = DutyFactory(confirmed_by=UnitFactory())
    assignment = AssignmentFactory(duty=duty, unit=by.unit, handed_in=True)

    with pytest.raises(PermissionDenied):
        actions.accept(assignment, by=by)


def test_submit_is_done_where_the_unit_itself_confirms():
    by = coordinator()
    assignment = AssignmentFactory(duty=DutyFactory(confirmed_by=by.unit), unit=by.unit)

    actions.submit(assignment, actions.Proof(note="Đã làm."), by=by)

    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.DONE
    assert [entry.verb for entry in history(assignment)] == ["completed"]
    assert not Notice.objects.exists()


def test_accept_before_anything_is_handed_in_says_so():
    with pytest.raises(NotAccepted):
        actions.accept(AssignmentFactory(), by=coordinator())


def test_assign_twice_makes_no_second_assignment():
    by = coordinator()
    duty = DutyFactory(due={"kind": "recurring", "every": "quarter", "day": 10})
    units = [UnitFactory(), UnitFactory()]

    actions.assign(duty, actions.Doers(lead=units), by=by)
    again = actions.assign(duty, actions.Doers(lead=units), by=by)

    assert again == []
    assert Assignment.objects.filter(duty=duty).count() == 8


def test_a_party_body_is_asked_not_commanded():
    by = coordinator()
    body = UnitFactory(kind="party_body")

    (assignment,) = actions.assign(DutyFactory(due=None), actions.Doers(lead=[body]), by=by)

    assert assignment.state == AssignmentState.REQUESTED


def test_remind_once_a_day(on_day):
    on_day(2024, 4, 5)
    by, officer = coordinator(), actor()
    assignment = AssignmentFactory(unit=officer.unit)

    first = actions.remind([assignment], by=by)
    second = actions.remind([assignment], by=by)

    assert (first.units, first.passed_over) == (1, 0)
    assert (second.units, second.passed_over) == (0, 1)
    assert "quá hạn 4 ngày" in Notice.objects.of(officer.user_id).get().text


def test_remind_by_an_officer_is_refused():
    with pytest.raises(PermissionDenied):
        actions.remind([AssignmentFactory()], by=actor())


def test_what_is_told_is_vietnamese_whoever_acts():
    by, officer = coordinator(), actor()
    assignment = AssignmentFactory(unit=officer.unit)

    with translation.override("en"):
        actions.remind([assignment], by=by)

    assert Notice.objects.of(officer.user_id).get().text.startswith("Nhắc việc")


def test_what_was_taken_back_from_a_unit_can_be_laid_on_it_again():
    by, unit = coordinator(), UnitFactory()
    duty = DutyFactory(asked_by=by.unit)
    [first] = actions.assign(duty, actions.Doers(lead=[unit]), by=by)
    ending.rescind([first], reason="Giao nhầm.", by=by)

    [second] = actions.assign(duty, actions.Doers(lead=[unit]), by=by)

    assert second.pk != first.pk
    assert second.state == AssignmentState.ASSIGNED


def test_work_that_was_taken_back_meanwhile_is_refused_in_words():
    officer = actor()
    assignment = AssignmentFactory(unit=officer.unit)
    Assignment.objects.filter(pk=assignment.pk).delete()

    with pytest.raises(NotAccepted):
        actions.submit(assignment, actions.Proof(note="Đã gửi."), by=officer)
