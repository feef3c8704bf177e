from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.duties import access, difficulties
from danvan.duties.choices import AssignmentState, DifficultyState
from danvan.duties.models import Difficulty
from danvan.duties.states import NotAccepted
from danvan.notices.models import Notice
from danvan.org.models import Succession, UnitEvent
from tests.factories import UnitFactory, actor, coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@pytest.fixture
def province():
    return actor(unit=UnitFactory(called="UBND tỉnh"))


@pytest.fixture
def department(province):
    return coordinator(UnitFactory(called="Sở Nội vụ", under=province.unit, coordinates=True))


@pytest.fixture
def commune():
    return actor(unit=UnitFactory(called="Xã Bến Đá"))


def brought_up(commune, department, **values):
    words = {"title": "Thiếu kinh phí", "text": "Chưa có dự toán.", "key": "k"} | values
    return difficulties.bring_up(**words, to=department.unit, by=commune)


def test_a_difficulty_is_work_of_who_must_answer_within_ten_working_days(commune, department):
    raised = brought_up(commune, department)

    asked = difficulties.asked_of(raised)
    assert asked.unit == department.unit
    assert asked.due_on == date(2024, 4, 1)
    assert asked.state == AssignmentState.ASSIGNED
    assert Notice.objects.of(department.user_id).count() == 1


def test_a_double_click_raises_once(commune, department):
    assert brought_up(commune, department) == brought_up(commune, department)
    assert Difficulty.objects.count() == 1


def test_an_answer_ends_the_work_and_is_told_to_the_unit(commune, department):
    raised = brought_up(commune, department)

    difficulties.answer(raised, text="Đã bổ sung dự toán.", by=department)

    raised.refresh_from_db()
    assert raised.state == DifficultyState.ANSWERED
    assert difficulties.asked_of(raised).state == AssignmentState.DONE
    assert "Đã bổ sung dự toán." in Notice.objects.of(commune.user_id).get().text


def test_passed_up_it_is_the_work_of_the_unit_above(commune, department, province):
    raised = brought_up(commune, department)
    first = difficulties.asked_of(raised)

    difficulties.pass_up(raised, reason="Vượt thẩm quyền.", by=department)

    raised.refresh_from_db()
    first.refresh_from_db()
    assert raised.state == DifficultyState.PASSED_UP
    assert first.state == AssignmentState.TRANSFERRED
    assert difficulties.asked_of(raised).unit == province.unit
    with pytest.raises(PermissionDenied):
        difficulties.answer(raised, text="Xong.", by=department)
    difficulties.answer(raised, text="Đồng ý.", by=province)


def test_what_an_ended_unit_had_to_answer_is_passed_up_by_the_one_it_went_into(
    commune, department, province
):
    heir = actor(unit=UnitFactory(called="Sở Nội vụ mới", under=province.unit))
    raised = brought_up(commune, department)
    on = date(2024, 3, 18)
    event = UnitEvent.objects.create(kind="merged", on=on, basis="Nghị quyết 1")
    Succession.objects.create(event=event, predecessor=department.unit, successor=heir.unit)
    for rows in (department.unit.names, department.unit.places):
        rows.update(validity=DateRange(date(2010, 1, 1), on))

    difficulties.pass_up(raised, reason="Vượt thẩm quyền.", by=heir)

    raised.refresh_from_db()
    assert raised.handled_by == province.unit


def test_above_the_province_there_is_nobody(commune, department, province):
    raised = brought_up(commune, department)
    raised = difficulties.pass_up(raised, reason="Vượt thẩm quyền.", by=department)

    with pytest.raises(NotAccepted, match="Không còn cấp trên trong tỉnh"):
        difficulties.pass_up(raised, reason="Nữa.", by=province)


def test_an_answer_that_does_not_help_is_asked_for_again(commune, department):
    raised = brought_up(commune, department)
    difficulties.answer(raised, text="Sẽ xem xét.", by=department)

    difficulties.reopen(raised, reason="Chưa rõ khi nào.", by=commune)

    raised.refresh_from_db()
    assert raised.state == DifficultyState.RAISED
    assert difficulties.asked_of(raised).state == AssignmentState.ASSIGNED
    assert [one.state for one in raised.steps.all()] == ["raised", "answered", "raised"]


def test_the_unit_ends_it_and_nobody_waits_any_longer(commune, department):
    raised = brought_up(commune, department)

    difficulties.end(raised, text="Đã tự giải quyết.", by=commune)

    raised.refresh_from_db()
    assert raised.state == DifficultyState.CLOSED
    assert difficulties.asked_of(raised).state == AssignmentState.CLOSED


def test_another_unit_neither_sees_nor_ends_it(commune, department):
    raised = brought_up(commune, department)
    stranger = actor()

    assert not access.difficulties_visible_to(stranger).exists()
    with pytest.raises(PermissionDenied):
        difficulties.end(raised, text="Thôi.", by=stranger)
