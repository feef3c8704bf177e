from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.duties import access, actions, board, difficulties, extending, life
from danvan.duties.choices import AssignmentState, DifficultyState
from danvan.duties.models import Difficulty
from danvan.notices.models import Notice
from danvan.org import tree
from danvan.org.models import Succession, UnitEvent, UnitPlace
from danvan.refusals import NotAccepted
from tests.factories import ALWAYS, UnitFactory, actor, coordinator

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


@pytest.fixture
def district(commune):
    """The unit directly above the commune."""
    above = actor(unit=UnitFactory(called="UBND huyện"))
    UnitPlace.objects.create(unit=commune.unit, parent=above.unit, validity=ALWAYS)
    tree.rebuild([commune.unit.pk])
    return above


def waiting_for(by):
    return list(board.difficulties_below(board.hands_of(by)))


def test_the_unit_above_has_it_in_its_list_until_it_is_seen_or_answered(
    commune, department, district
):
    raised = brought_up(commune, department)

    assert waiting_for(district) == [raised]
    assert waiting_for(department) == waiting_for(commune) == []
    assert Notice.objects.of(district.user_id).count() == 1

    difficulties.see(raised, by=district)
    difficulties.see(raised, by=district)

    assert waiting_for(district) == []
    assert raised.steps.filter(unit=district.unit).count() == 1

    other = brought_up(commune, department, key="other")
    difficulties.answer(other, text="Đã bố trí.", by=department)

    assert waiting_for(district) == []


def test_what_it_must_answer_itself_is_its_work_and_not_listed_twice(commune, district):
    raised = brought_up(commune, district)

    assert waiting_for(district) == []
    assert difficulties.asked_of(raised).unit == district.unit
    assert not difficulties.waits_to_be_seen(district, raised)


def test_only_the_unit_directly_above_says_that_it_has_seen_it(commune, department, district):
    raised = brought_up(commune, department)

    for one in (commune, department, actor()):
        with pytest.raises(PermissionDenied):
            difficulties.see(raised, by=one)


def test_of_what_a_unit_laid_on_itself_the_one_above_decides_from_its_own_list(
    commune, department, district
):
    own = actions.ask(
        action="Họp dân",
        source="Đối thoại",
        unit=commune.unit,
        due_on=date(2024, 4, 10),
        by=commune,
    )
    extending.ask_extension(own, wanted_on=date(2024, 5, 6), reason="Mưa lũ.", by=commune)
    life.contest(own, reason="Không còn cần.", by=commune)
    hands = board.hands_of(district)

    assert [one.pk for one in board.contested(hands)] == [own.pk]
    assert [one.assignment_id for one in board.extensions_asked(hands)] == [own.pk]
    assert not board.contested(board.hands_of(commune))
    assert not board.contested(board.hands_of(actor()))
