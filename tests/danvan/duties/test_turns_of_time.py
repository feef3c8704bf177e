"""What the clock and the tree do to work in the middle of its life."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.duties import access, actions, ending, extending
from danvan.duties.actions import Proof
from danvan.duties.models import Assignment
from danvan.notices.models import Notice
from danvan.refusals import NotAccepted
from tests.factories import (
    AssignmentFactory,
    DutyFactory,
    UnitFactory,
    actor,
    coordinator,
    went_into,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(on_day):
    on_day(2026, 1, 12)
    return coordinator()


@pytest.fixture
def doing():
    return actor()


def laid(doing, asking, **said):
    duty = DutyFactory(asked_by=asking.unit, confirmed_by=asking.unit)
    return AssignmentFactory(
        duty=duty, unit=doing.unit, **({"state": "in_progress", "due_on": date(2026, 2, 12)} | said)
    )


def test_suspended_over_tet_the_day_is_reckoned_anew_by_the_days_it_stood(on_day, doing, asking):
    """Its clock stood 35 days, Tết among them: the day is later by as many, then off days off."""
    one = laid(doing, asking)
    on_day(2026, 2, 2)
    extending.suspend(one, reason="Chờ hướng dẫn.", by=asking)
    on_day(2026, 3, 9)

    extending.resume(one, by=asking)

    one.refresh_from_db()
    assert (one.first_due_on, one.due_on) == (date(2026, 2, 12), date(2026, 3, 19))
    assert "35 ngày không tính" in " ".join(one.due_steps)


def test_suspended_and_resumed_on_one_day_keeps_its_day(doing, asking):
    one = laid(doing, asking)

    extending.suspend(one, reason="Nhầm.", by=asking)
    extending.resume(one, by=asking)

    one.refresh_from_db()
    assert (one.due_on, one.first_due_on, one.due_steps) == (date(2026, 2, 12), None, [])


def test_suspended_when_it_was_late_it_is_as_late_when_it_goes_on(on_day, doing, asking):
    one = laid(doing, asking)
    on_day(2026, 2, 23)  # after Tết
    late = one.days_late
    extending.suspend(one, reason="Chờ hướng dẫn.", by=asking)
    on_day(2026, 3, 9)

    extending.resume(one, by=asking)

    one.refresh_from_db()
    assert one.days_late == late == 11


def test_an_extension_asked_for_whose_day_passes_is_granted_only_to_a_day_to_come(
    on_day, doing, asking
):
    one = laid(doing, asking)
    asked = extending.ask_extension(one, wanted_on=date(2026, 2, 26), reason="Chờ.", by=doing)
    on_day(2026, 3, 2)

    with pytest.raises(NotAccepted, match="đã qua"):
        extending.grant_extension(asked, by=asking)
    extending.grant_extension(asked, due_on=date(2026, 3, 12), by=asking)

    one.refresh_from_db()
    assert (one.due_on, one.days_late) == (date(2026, 3, 12), 0)


def test_what_is_late_while_an_extension_is_asked_for_is_late(on_day, doing, asking):
    one = laid(doing, asking)
    extending.ask_extension(one, wanted_on=date(2026, 3, 26), reason="Chờ.", by=doing)

    on_day(2026, 2, 24)

    assert one.days_late == 12


def test_transferred_while_a_result_waits_is_refused_and_the_result_stays(doing, asking):
    one = laid(doing, asking)
    actions.submit(one, Proof(note="Đã xong."), by=doing)

    with pytest.raises(NotAccepted):
        ending.transfer(one, to=UnitFactory(called="Sở Y tế"), reason="Đổi.", by=asking)

    assert Assignment.objects.get().state == "submitted"


def test_the_lead_changes_once_its_result_was_returned_and_one_result_counts(doing, asking):
    """To a unit that works along already: it leads and works along, with what was handed in before."""
    along = actor()
    one = laid(doing, asking)
    AssignmentFactory(duty=one.duty, unit=along.unit, part="cooperating", state="in_progress")
    actions.submit(one, Proof(note="Bản thứ nhất."), by=doing)
    one.refresh_from_db()
    actions.send_back(one, reason="Thiếu phụ lục.", by=asking)

    led = ending.transfer(one, to=along.own_unit, reason="Đổi chủ trì.", by=asking)

    with pytest.raises(NotAccepted):
        actions.submit(one, Proof(note="Bản thứ hai."), by=doing)
    actions.submit(led, Proof(note="Bản thứ hai."), by=along)
    led.refresh_from_db()
    actions.accept(led, by=asking)
    assert one.duty.assignments.led().progress() == {"given": 1, "done": 1}
    assert [each.note for each in led.transferred_from.evidence.all()] == ["Bản thứ nhất."]
    assert one.duty.assignments.get(part="cooperating").state == "in_progress"


def test_who_comes_into_the_post_while_a_result_waits_hears_that_it_was_returned(doing, asking):
    one = laid(doing, asking)
    actions.submit(one, Proof(note="Đã xong."), by=doing)
    doing.posts[0].person.posts.update(validity=DateRange(date(2010, 1, 1), date(2026, 1, 12)))
    successor = actor(unit=doing.own_unit)

    actions.send_back(one, reason="Thiếu phụ lục.", by=asking)

    told = Notice.objects.filter(text__startswith="Trả lại")
    assert set(told.values_list("recipient", flat=True)) == {successor.own_id}


def test_a_result_that_waits_over_a_merger_is_returned_to_the_successor(on_day, doing, asking):
    one, heir = laid(doing, asking), actor()
    actions.submit(one, Proof(note="Đã xong."), by=doing)
    went_into(doing.unit, heir.unit, date(2026, 2, 1))
    on_day(2026, 2, 2)

    actions.send_back(one, reason="Thiếu phụ lục.", by=asking)
    one.refresh_from_db()

    assert Notice.objects.of(heir.user_id).filter(text__startswith="Trả lại").exists()
    actions.submit(one, Proof(note="Đã bổ sung."), by=heir)
    one.refresh_from_db()
    assert one.state == "submitted"


def test_a_merger_makes_nobody_a_judge_of_his_own_work(on_day, doing, asking):
    """The unit that must confirm takes the doing unit over: it now is its own."""
    confirming = actor()
    one = laid(doing, asking)
    one.duty.confirmed_by = confirming.unit
    one.duty.save()
    actions.submit(one, Proof(note="Đã xong."), by=doing)
    went_into(doing.unit, confirming.unit, date(2026, 2, 1))
    on_day(2026, 2, 2)

    with pytest.raises(PermissionDenied):
        actions.accept(one, by=confirming)
    assert access.can_decide(asking, one)


def test_a_clock_that_is_set_back_makes_nothing_late_and_loses_nothing(on_day, doing, asking):
    one = laid(doing, asking)
    on_day(2026, 2, 24)
    extending.suspend(one, reason="Chờ.", by=asking)
    on_day(2026, 2, 20)  # the server's clock was wrong

    extending.resume(one, by=asking)

    one.refresh_from_db()
    assert (one.state, one.due_on) == ("in_progress", date(2026, 2, 12))
