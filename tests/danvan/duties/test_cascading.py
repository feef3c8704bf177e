from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from danvan.duties import actions, cascading
from danvan.duties.choices import AssignmentState
from danvan.duties.models import Assignment
from danvan.notices.models import Notice
from danvan.refusals import NotAccepted
from tests.factories import AssignmentFactory, DutyFactory, UnitFactory, actor, coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@pytest.fixture
def district():
    return actor(unit=UnitFactory(called="Huyện An Phú Đông"))


@pytest.fixture
def communes(district):
    return [actor(unit=UnitFactory(under=district.unit)) for _one in range(3)]


@pytest.fixture
def above(district):
    asking = coordinator()
    duty = DutyFactory(asked_by=asking.unit, confirmed_by=asking.unit)
    return AssignmentFactory(duty=duty, unit=district.unit, due_on=date(2024, 4, 10))


def units(actors):
    return [one.unit for one in actors]


def test_units_below_do_the_same_three_working_days_before_the_unit_above(
    district, communes, above
):
    made = cascading.cascade(above, units(communes), by=district)

    above.refresh_from_db()
    assert {one.due_on for one in made} == {date(2024, 4, 5)}
    assert {one.duty_id for one in made} == {above.duty_id}
    assert "3 ngày làm việc" in made[0].due_steps[0]
    assert above.state == AssignmentState.IN_PROGRESS
    assert Notice.objects.of(communes[0].user_id).count() == 1


def test_handed_down_twice_is_handed_down_once(district, communes, above):
    cascading.cascade(above, units(communes[:2]), by=district)

    again = cascading.cascade(above, units(communes), by=district)

    assert [one.unit for one in again] == [communes[2].unit]
    assert above.children.count() == 3


def test_the_unit_above_confirms_what_those_below_hand_in(district, communes, above):
    (child,) = cascading.cascade(above, units(communes[:1]), by=district)

    actions.submit(child, actions.Proof(note="Đã làm."), by=communes[0])
    child = Assignment.objects.get(pk=child.pk)
    assert child.state == AssignmentState.SUBMITTED
    assert list(Assignment.objects.handed_in().confirmed_by([district.unit])) == [child]
    actions.accept(child, by=district)

    child.refresh_from_db()
    assert child.state == AssignmentState.DONE


def test_a_unit_below_does_not_confirm_its_own(district, communes, above):
    (child,) = cascading.cascade(above, units(communes[:1]), by=district)
    actions.submit(child, actions.Proof(note="Đã làm."), by=communes[0])

    with pytest.raises(PermissionDenied):
        actions.accept(child, by=communes[0])


def test_progress_is_rolled_up_through_every_level_and_each_result_counts_once(
    district, communes, above
):
    first, second = cascading.cascade(above, units(communes[:2]), by=district)
    hamlet = UnitFactory(under=communes[0].unit)
    (lowest,) = cascading.cascade(first, [hamlet], back=2, by=communes[0])
    Assignment.objects.filter(pk=lowest.pk).update(
        state="done", handed_in_at="2024-03-18T08:00+07:00", handed_in_by="Ấp"
    )

    assert cascading.progress_below([above, first, second]) == {
        above.pk: (1, 3),
        first.pk: (1, 1),
    }
    assert cascading.progress_of_levels(above) == [(0, 2), (1, 1)]


def test_progress_of_a_page_is_one_query(district, communes, above, django_assert_num_queries):
    cascading.cascade(above, units(communes), by=district)

    with django_assert_num_queries(1):
        cascading.progress_below([above] * 50)


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2024, 4, 11), "sau hạn của chính đơn vị mình"),
        (date(2024, 3, 15), "đã qua"),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words(district, communes, above, due_on, words):
    with pytest.raises(NotAccepted, match=words):
        cascading.cascade(above, units(communes), due_on=due_on, is_confirmed=True, by=district)


def test_a_day_before_the_figures_are_cut_off_is_given_once_it_is_confirmed(
    district, communes, above
):
    Assignment.objects.filter(pk=above.pk).update(occurrence="2024-H1", due_on=date(2024, 6, 20))
    day = date(2024, 6, 12)

    with pytest.raises(NotAccepted, match="chốt hết"):
        cascading.cascade(above, units(communes), due_on=day, by=district)
    made = cascading.cascade(above, units(communes), due_on=day, is_confirmed=True, by=district)

    assert {one.due_on for one in made} == {day}


def test_nothing_is_handed_to_units_that_are_not_below(district, above):
    with pytest.raises(PermissionDenied):
        cascading.cascade(above, [UnitFactory()], by=district)


def test_nobody_hands_down_the_work_of_another_unit(communes, above):
    with pytest.raises(PermissionDenied):
        cascading.cascade(above, units(communes), by=actor())
