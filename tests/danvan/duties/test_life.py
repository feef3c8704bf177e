from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan import clock
from danvan.audit.actions import history
from danvan.duties import actions, board, cascading, ending, extending, life
from danvan.duties.choices import AssignmentState, ExtensionState
from danvan.duties.models import Assignment, Reminder
from danvan.notices.models import Notice
from danvan.org.choices import Role
from danvan.org.models import Succession, UnitEvent
from danvan.refusals import NotAccepted
from tests.factories import (
    AssignmentFactory,
    DelegationFactory,
    DutyFactory,
    PersonFactory,
    PostFactory,
    UnitFactory,
    actor,
    coordinator,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


def laid_on(officer, by, **values):
    """An assignment of the officer's unit that the coordinating department asked for."""
    duty = DutyFactory(asked_by=by.unit, confirmed_by=by.unit)
    return AssignmentFactory(duty=duty, unit=officer.unit, **values)


def told(person):
    return [one.text for one in Notice.objects.of(person.user_id)]


# contest


def test_contested_work_is_told_to_who_asked_and_its_deadline_runs_on(on_day):
    officer, by = actor(), coordinator()
    assignment = laid_on(officer, by, due_on=date(2024, 4, 1))

    life.contest(assignment, reason="Việc của Sở Y tế.", by=officer)

    on_day(2024, 4, 3)
    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.CONTESTED
    assert assignment.days_late == 2
    assert "Việc của Sở Y tế." in told(by)[0]


def test_who_acts_for_an_officer_by_a_delegation_is_told_at_once_too():
    officer, by = actor(), coordinator()
    today, over = date(2024, 3, 18), DateRange(date(2024, 1, 1), date(2024, 3, 18))
    past = DelegationFactory(post=by.posts[0], validity=over)
    lent = DelegationFactory(post=by.posts[0], validity=DateRange(today, None))

    life.contest(laid_on(officer, by), reason="Việc của Sở Y tế.", by=officer)

    assert len(told(by)) == Notice.objects.of(lent.to.user_id).count() == 1
    assert not Notice.objects.of(past.to.user_id).exists()


def test_upheld_work_is_the_units_again_with_the_answer():
    officer, by = actor(), coordinator()
    assignment = laid_on(officer, by)
    life.contest(assignment, reason="Không đúng chức năng.", by=officer)

    life.uphold(assignment, answer="Đúng chức năng theo quyết định.", by=by)

    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.ASSIGNED
    assert assignment.remark == "Đúng chức năng theo quyết định."
    assert any("Đúng chức năng" in one for one in told(officer))


def test_contest_by_another_unit_is_refused():
    assignment = laid_on(actor(), coordinator())

    with pytest.raises(PermissionDenied):
        life.contest(assignment, reason="Không phải việc.", by=actor())


def test_uphold_by_the_unit_itself_is_refused():
    officer = actor()
    assignment = laid_on(officer, coordinator())
    life.contest(assignment, reason="Không phải việc.", by=officer)

    with pytest.raises(PermissionDenied):
        life.uphold(assignment, answer="Thôi.", by=officer)


def test_the_coordinator_decides_nothing_of_his_own_units_work():
    by = coordinator()
    assignment = laid_on(by, by)
    life.contest(assignment, reason="Không phải việc.", by=by)

    with pytest.raises(PermissionDenied):
        life.uphold(assignment, answer="Đúng.", by=by)
    with pytest.raises(PermissionDenied):
        extending.extend([assignment], due_on=date(2024, 5, 6), reason="Bận.", by=by)
    assert not board.contested(board.hands_of(by)).exists()


def test_what_a_unit_laid_on_itself_is_steered_by_the_one_directly_above():
    above = actor(unit=UnitFactory(kind="peoples_committee"))
    own = actor(Role.LEADER_IN_CHARGE, UnitFactory(under=above.unit))
    assignment = laid_on(own, own)

    extending.ask_extension(assignment, wanted_on=date(2024, 5, 6), reason="Chờ số liệu.", by=own)
    with pytest.raises(PermissionDenied):
        extending.extend([assignment], due_on=date(2024, 5, 6), reason="Bận.", by=own)
    assert len(told(above)) == 1
    extending.extend([assignment], due_on=date(2024, 5, 6), reason="Chờ số liệu.", by=above)

    assignment.refresh_from_db()
    assert assignment.due_on == date(2024, 5, 6)


def test_the_unit_above_does_not_steer_what_another_laid_on():
    above = actor(unit=UnitFactory(kind="peoples_committee"))
    officer = actor(unit=UnitFactory(under=above.unit))

    with pytest.raises(PermissionDenied):
        extending.extend(
            [laid_on(officer, actor())], due_on=date(2024, 5, 6), reason="Bận.", by=above
        )


def test_where_nobody_stands_above_the_leader_in_charge_steers_what_the_unit_laid_on_itself():
    officer = actor()
    leader = actor(Role.LEADER_IN_CHARGE, officer.unit)
    assignment = laid_on(officer, officer)

    with pytest.raises(PermissionDenied):
        extending.extend([assignment], due_on=date(2024, 5, 6), reason="Bận.", by=officer)
    extending.extend([assignment], due_on=date(2024, 5, 6), reason="Chờ số liệu.", by=leader)

    assignment.refresh_from_db()
    assert assignment.due_on == date(2024, 5, 6)


# extension


def test_an_extension_asked_for_is_open_once_and_moves_nothing():
    officer, by = actor(), coordinator()
    assignment = laid_on(officer, by)
    words = {"wanted_on": date(2024, 4, 12), "reason": "Chờ số liệu.", "by": officer}

    extending.ask_extension(assignment, **words)
    extending.ask_extension(assignment, **words)

    assignment.refresh_from_db()
    assert assignment.extensions.count() == 1
    assert assignment.due_on == date(2024, 4, 1)
    assert len(told(by)) == 1


@pytest.mark.parametrize(
    ("wanted_on", "why"),
    [
        (date(2024, 3, 15), "đã qua"),
        (date(2099, 1, 4), "quá xa"),
    ],
)
def test_a_day_out_of_reach_is_not_asked_for(wanted_on, why):
    officer, by = actor(), coordinator()
    assignment = laid_on(officer, by, due_on=date(2024, 3, 1))

    with pytest.raises(NotAccepted, match=why):
        extending.ask_extension(assignment, wanted_on=wanted_on, reason="Bận.", by=officer)

    assert not assignment.extensions.exists()


def test_a_granted_extension_ends_on_a_working_day_and_keeps_the_first_day():
    officer, by = actor(), coordinator()
    assignment = laid_on(officer, by)
    asked = extending.ask_extension(
        assignment, wanted_on=date(2024, 4, 13), reason="Chờ số liệu.", by=officer
    )  # a Saturday

    extending.grant_extension(asked, by=by)

    assignment.refresh_from_db()
    assert assignment.due_on == date(2024, 4, 15)
    assert assignment.nominal_on == date(2024, 4, 13)
    assert assignment.first_due_on == date(2024, 4, 1)
    assert any("Gia hạn đến Thứ Bảy" in step for step in assignment.due_steps)
    assert any("15/4/2024" in one for one in told(officer))


def test_an_extension_may_be_asked_for_after_the_due_day(on_day):
    officer, by = actor(), coordinator()
    assignment = laid_on(officer, by)
    on_day(2024, 4, 3)

    asked = extending.ask_extension(
        assignment, wanted_on=date(2024, 4, 10), reason="Ốm.", by=officer
    )
    extending.grant_extension(asked, due_on=date(2024, 4, 8), by=by)

    assignment.refresh_from_db()
    assert assignment.due_on == date(2024, 4, 8)
    assert assignment.days_late == 0


def test_a_refused_extension_leaves_the_day_and_says_why():
    officer, by = actor(), coordinator()
    assignment = laid_on(officer, by)
    asked = extending.ask_extension(
        assignment, wanted_on=date(2024, 4, 12), reason="Bận.", by=officer
    )

    extending.refuse_extension(asked, answer="Tỉnh phải báo cáo trước.", by=by)
    extending.refuse_extension(asked, answer="Lần hai.", by=by)

    asked.refresh_from_db()
    assignment.refresh_from_db()
    assert asked.state == ExtensionState.REFUSED
    assert asked.answer == "Tỉnh phải báo cáo trước."
    assert assignment.due_on == date(2024, 4, 1)


def test_a_term_made_longer_counts_from_its_nominal_end():
    officer, by = actor(), coordinator()
    assignment = laid_on(
        officer, by, due_on=date(2024, 4, 1), nominal_on=date(2024, 3, 30)
    )  # a Saturday, moved to Monday

    extending.extend_by([assignment], days=10, reason="Thiên tai.", by=by)

    assignment.refresh_from_db()
    assert assignment.due_on == date(2024, 4, 9)  # 30/3 and ten days


def test_a_new_day_may_be_years_away():
    by = coordinator()
    assignment = AssignmentFactory(duty__asked_by=by.unit, due_on=date(2024, 6, 14))

    extending.extend([assignment], due_on=date(2026, 5, 4), reason="Chờ luật mới.", by=by)

    assignment.refresh_from_db()
    assert assignment.due_on == date(2026, 5, 4)


def test_many_are_extended_at_once_and_what_is_done_is_passed_over():
    by = coordinator()
    duty = DutyFactory(asked_by=by.unit)
    open_ones = AssignmentFactory.create_batch(3, duty=duty)
    done = AssignmentFactory(duty=duty, done=True)

    extended = extending.extend([*open_ones, done], due_on=date(2024, 4, 12), reason="Bão.", by=by)

    assert extended == extending.Extended(3, 1)
    assert {one.due_on for one in Assignment.objects.open()} == {date(2024, 4, 12)}


@pytest.mark.parametrize("day", [date(2024, 3, 17), date(2024, 4, 1), date(2024, 3, 25)])
def test_an_extension_to_no_later_day_is_refused_in_words(day):
    by = coordinator()
    assignment = AssignmentFactory(duty__asked_by=by.unit)

    with pytest.raises(NotAccepted):
        extending.extend([assignment], due_on=day, reason="Bão.", by=by)


def test_the_coordinator_of_another_department_cannot_extend():
    assignment = AssignmentFactory()

    with pytest.raises(PermissionDenied):
        extending.extend([assignment], due_on=date(2024, 5, 6), reason="Bão.", by=actor())


def test_an_extended_day_is_another_day_to_remind_of():
    officer, by = actor(), coordinator()
    assignment = laid_on(officer, by)
    Reminder.objects.create(
        assignment=assignment,
        kind="before",
        step=-7,
        due_on=assignment.due_on,
        on=date(2024, 3, 25),
        by_name="danvan",
    )

    extending.extend([assignment], due_on=date(2024, 4, 12), reason="Bão.", by=by)

    assignment.refresh_from_db()
    assert not assignment.reminders.filter(due_on=assignment.due_on).exists()


# suspension


def test_what_stands_still_is_never_late_and_goes_on_with_the_days_it_had_left(on_day):
    officer, by = actor(), coordinator()
    assignment = laid_on(officer, by, due_on=date(2024, 3, 29))
    extending.suspend(assignment, reason="Chờ nghị định mới.", by=by)

    on_day(2024, 4, 8)
    assignment.refresh_from_db()
    assert assignment.days_late == 0
    extending.resume(assignment, by=by)

    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.ASSIGNED
    assert assignment.due_on == date(2024, 4, 19)  # 21 days later
    assert assignment.first_due_on == date(2024, 3, 29)
    assert any("21 ngày không tính" in step for step in assignment.due_steps)


def test_suspended_twice_stands_still_once():
    by = coordinator()
    assignment = AssignmentFactory(duty__asked_by=by.unit)

    extending.suspend(assignment, reason="Chờ.", by=by)
    extending.suspend(assignment, reason="Chờ.", by=by)

    assert assignment.suspensions.count() == 1


def test_what_stands_still_is_not_handed_in():
    officer, by = actor(), coordinator()
    assignment = laid_on(officer, by)
    extending.suspend(assignment, reason="Chờ.", by=by)

    with pytest.raises(NotAccepted, match="tạm dừng"):
        actions.submit(assignment, actions.Proof(note="Xong."), by=officer)


# transfer


def test_transferred_work_is_the_other_units_with_the_same_day():
    officer, by, other = actor(), coordinator(), actor()
    assignment = laid_on(officer, by)
    asked = extending.ask_extension(
        assignment, wanted_on=date(2024, 4, 12), reason="Bận.", by=officer
    )

    new = ending.transfer(assignment, to=other.unit, reason="Đúng chức năng hơn.", by=by)

    assignment.refresh_from_db()
    asked.refresh_from_db()
    assert assignment.state == AssignmentState.TRANSFERRED
    assert (new.unit, new.due_on) == (other.unit, date(2024, 4, 1))
    assert new.state == AssignmentState.ASSIGNED
    assert new.transferred_from == assignment
    assert asked.state == ExtensionState.REFUSED
    assert any("Việc mới" in one for one in told(other))
    assert ending.transfer(assignment, to=other.unit, reason="Lần hai.", by=by) == new


def test_work_is_not_transferred_to_a_unit_that_has_it():
    by, other = coordinator(), UnitFactory()
    duty = DutyFactory(asked_by=by.unit)
    assignment = AssignmentFactory(duty=duty)
    AssignmentFactory(duty=duty, unit=other)

    with pytest.raises(NotAccepted):
        ending.transfer(assignment, to=other, reason="Chuyển.", by=by)


def test_a_transfer_given_a_day_ends_then():
    by, other = coordinator(), UnitFactory()
    assignment = AssignmentFactory(duty__asked_by=by.unit)

    new = ending.transfer(assignment, to=other, reason="Chuyển.", due_on=date(2024, 5, 3), by=by)

    assert new.due_on == date(2024, 5, 3)
    assert not any("giữ nguyên hạn" in step for step in new.due_steps)


# ended units


def ended(unit, *successors, is_whole):
    on = date(2024, 3, 1)
    event = UnitEvent.objects.create(kind="merged", on=on, basis="Nghị quyết")
    for one in successors:
        Succession.objects.create(event=event, predecessor=unit, successor=one, is_whole=is_whole)
    unit.names.update(validity=DateRange(date(2000, 1, 1), on))


def test_open_work_of_a_unit_that_was_split_is_listed_to_be_transferred():
    gone, merged, heir = UnitFactory(), UnitFactory(), UnitFactory()
    left = AssignmentFactory(unit=gone)
    AssignmentFactory(unit=merged)
    AssignmentFactory()
    ended(gone, UnitFactory(), UnitFactory(), is_whole=False)
    ended(merged, heir, is_whole=True)

    assert list(cascading.left_by_ended_units()) == [left]


def test_the_whole_successor_contests_and_is_told_for_the_unit_that_went_into_it():
    by, heir, merged = coordinator(), actor(), UnitFactory()
    assignment = AssignmentFactory(unit=merged, duty__asked_by=by.unit)
    ended(merged, heir.unit, is_whole=True)

    life.contest(assignment, reason="Đã nhập vào xã khác.", by=heir)
    life.uphold(assignment, answer="Đơn vị mới làm tiếp.", by=by)

    assert any("Đơn vị mới làm tiếp." in one for one in told(heir))


# end without a result


def test_rescinded_is_no_longer_asked_nor_of_those_below_and_can_be_taken_back_that_day():
    by, officer = coordinator(), actor()
    below = UnitFactory(under=officer.unit)
    assignment = laid_on(officer, by)
    (child,) = cascading.cascade(assignment, [below], by=officer)

    assert ending.rescind([assignment], reason="Văn bản bị bãi bỏ.", by=by) == ending.Ended(1, 0)
    child.refresh_from_db()
    assert child.state == AssignmentState.RESCINDED

    ending.reinstate(assignment, by=by)
    child.refresh_from_db()
    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.IN_PROGRESS
    assert child.state == AssignmentState.ASSIGNED


def test_what_was_closed_can_be_taken_back_that_day():
    officer, by = actor(), coordinator()
    assignment = laid_on(officer, by)
    ending.close([assignment], reason="Hết năm.", by=by)

    ending.reinstate(assignment, by=by)

    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.ASSIGNED


def test_what_was_closed_is_not_taken_back_another_day(on_day):
    by = coordinator()
    assignment = AssignmentFactory(duty__asked_by=by.unit)
    ending.close([assignment], reason="Hết năm.", by=by)

    on_day(2024, 3, 19)

    with pytest.raises(NotAccepted):
        ending.reinstate(assignment, by=by)


def test_what_has_a_result_is_not_closed():
    by = coordinator()
    assignment = AssignmentFactory(duty__asked_by=by.unit, done=True)

    with pytest.raises(NotAccepted, match="Hoàn thành"):
        ending.close([assignment], reason="Thôi.", by=by)


# within the unit, and between the sides


def test_work_is_entrusted_to_a_colleague_who_is_told():
    officer = actor()
    colleague = actor(unit=officer.unit)
    assignment = laid_on(officer, coordinator())
    person = colleague.posts[0].person

    life.entrust(assignment, person, by=officer)
    life.entrust(assignment, person, by=officer)

    assignment.refresh_from_db()
    assert assignment.person == person
    assert len([one for one in told(colleague) if "phân công" in one]) == 1


def test_work_is_not_entrusted_to_somebody_of_another_unit():
    officer = actor()
    assignment = laid_on(officer, coordinator())
    stranger = PostFactory(person=PersonFactory()).person

    with pytest.raises(NotAccepted):
        life.entrust(assignment, stranger, by=officer)


def test_progress_takes_the_work_on_is_kept_once_and_told():
    officer, by = actor(), coordinator()
    assignment = laid_on(officer, by)

    for _click in range(2):
        life.tell(assignment, "Đã họp.", percent=40, key="k", by=officer)

    assignment.refresh_from_db()
    assert (assignment.state, assignment.percent) == (AssignmentState.IN_PROGRESS, 40)
    assert assignment.exchanges.count() == 1
    assert len(told(by)) == 1


def test_who_asked_answers_and_says_no_percent():
    officer, by = actor(), coordinator()
    assignment = laid_on(officer, by)

    life.tell(assignment, "Gửi thêm biểu số 2.", key="k", by=by)

    assert any("Gửi thêm biểu số 2." in one for one in told(officer))
    with pytest.raises(PermissionDenied):
        life.tell(assignment, "", percent=100, key="l", by=by)


def test_a_stranger_does_not_write():
    assignment = laid_on(actor(), coordinator())

    with pytest.raises(PermissionDenied):
        life.tell(assignment, "Xin chào.", key="k", by=actor())


# results


def test_a_result_returned_in_time_comes_again_by_the_day_it_was_given(on_day):
    officer, by = actor(), coordinator()
    assignment = laid_on(officer, by)
    on_day(2024, 3, 29)
    actions.submit(assignment, actions.Proof(note="Lần một."), by=officer)
    on_day(2024, 4, 2)

    actions.send_back(assignment, reason="Thiếu biểu.", again_by=date(2024, 4, 9), by=by)
    on_day(2024, 4, 9)
    actions.submit(assignment, actions.Proof(note="Lần hai."), by=officer)

    assignment.refresh_from_db()
    assert assignment.days_late == 0
    assert assignment.first_due_on == date(2024, 4, 1)
    assert [one.note for one in assignment.evidence.all()] == ["Lần một.", "Lần hai."]
    assert history(assignment).filter(verb="submitted").count() == 2


def test_a_result_that_came_late_stays_late_when_it_is_returned_with_a_day(on_day):
    officer, by = actor(), coordinator()
    assignment = laid_on(officer, by)
    on_day(2024, 4, 4)
    actions.submit(assignment, actions.Proof(note="Muộn."), by=officer)

    actions.send_back(assignment, reason="Thiếu biểu.", again_by=date(2024, 4, 9), by=by)

    assignment.refresh_from_db()
    assert assignment.due_on == date(2024, 4, 1)
    assert "09/4/2024" in assignment.remark


def test_who_works_along_is_done_without_a_word_of_another():
    officer, by = actor(), coordinator()
    assignment = laid_on(officer, by, part="cooperating")

    actions.submit(assignment, actions.Proof(note="Đã cử người."), by=officer)

    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.DONE


def test_evidence_is_put_by_before_the_result_is_handed_in():
    officer = actor()
    assignment = laid_on(officer, coordinator())

    actions.add_evidence(assignment, actions.Proof(note="Ảnh buổi họp."), by=officer)

    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.ASSIGNED
    assert assignment.evidence.get().note == "Ảnh buổi họp."


def test_every_turn_says_when_it_was(on_day):
    officer = actor()
    assignment = laid_on(officer, coordinator())
    on_day(2024, 3, 20)

    actions.acknowledge(assignment, by=officer)

    assignment.refresh_from_db()
    assert assignment.changed_at.astimezone(clock.ZONE).date() == date(2024, 3, 20)
    assert isinstance(assignment.changed_at, datetime)


def test_what_is_transferred_from_an_ended_unit_says_from_which():
    by, gone, other = coordinator(), UnitFactory(called="Xã Bến Cũ"), UnitFactory()
    assignment = AssignmentFactory(unit=gone, duty__asked_by=by.unit)
    ended(gone, UnitFactory(), UnitFactory(), is_whole=False)

    new = ending.transfer(assignment, to=other, reason="Đơn vị đã chia tách.", by=by)

    assert any("Xã Bến Cũ" in step for step in new.due_steps)
