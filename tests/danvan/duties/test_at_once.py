"""What two people do in the same moment, or one with a double click, is done once."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from danvan.duties import actions, cascading, ending, extending, life
from danvan.duties.actions import Doers, Proof
from danvan.duties.choices import AssignmentState
from danvan.duties.drafts import start
from danvan.duties.models import Assignment, Evidence, Extension, PlanDraft
from danvan.notices.models import Notice
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.refusals import NotAccepted
from tests.danvan.committed import apart, committed
from tests.factories import AssignmentFactory, DutyFactory, UnitFactory, actor, coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


def _laid() -> tuple[Assignment, Actor, Actor]:
    officer, asking = actor(), coordinator()
    duty = DutyFactory(asked_by=asking.unit, confirmed_by=asking.unit)
    assignment = AssignmentFactory(
        duty=duty, unit=officer.unit, state=AssignmentState.IN_PROGRESS, due_on=date(2024, 4, 10)
    )
    UnitFactory(called="Sở Y tế")
    return assignment, officer, asking


def _another(assignment: Assignment, asking: Actor) -> Unit:
    return Unit.objects.exclude(pk__in=[assignment.unit_id, asking.unit_id])[0]


def _twice(work: Callable[[], Any]) -> list[Any]:
    """In two connections at once; a refusal in words is an answer, anything else is none."""

    def one() -> Any:
        try:
            return work()
        except NotAccepted as refusal:
            return refusal

    return apart(one, times=2)


def test_two_extensions_granted_at_once_are_one():
    def make() -> tuple[Extension, Actor]:
        assignment, officer, asking = _laid()
        asked = extending.ask_extension(
            assignment, wanted_on=date(2024, 4, 25), reason="Chờ số liệu.", by=officer
        )
        return asked, asking

    with committed(make) as (asked, asking):
        _twice(lambda: extending.grant_extension(asked, by=asking))

        assignment = Assignment.objects.get()
        assert (assignment.due_on, len(assignment.due_steps)) == (date(2024, 4, 25), 1)


def test_a_term_made_longer_twice_at_once_is_made_longer_once():
    with committed(_laid) as (assignment, _officer, asking):
        _twice(lambda: extending.extend_by([assignment], days=20, reason="Mưa lũ.", by=asking))

        found = Assignment.objects.get()
        assert (found.due_on, found.extensions.count()) == (date(2024, 5, 2), 1)


def test_another_length_said_in_the_same_words_is_no_double_click():
    with committed(_laid) as (assignment, _officer, asking):
        for days in (20, 5):
            apart(
                partial(extending.extend_by, [assignment], days=days, reason="Mưa.", by=asking),
                times=2,
            )

        found = Assignment.objects.get()
        assert (found.nominal_on, found.extensions.count()) == (date(2024, 5, 5), 2)


def test_two_transfers_at_once_lay_it_on_one_unit():
    with committed(_laid) as (assignment, _officer, asking):
        to = _another(assignment, asking)
        _twice(lambda: ending.transfer(assignment, to=to, reason="Không đúng việc.", by=asking))

        assert Assignment.objects.count() == 2
        assert Assignment.objects.filter(unit=to).count() == 1


def test_two_assignments_given_to_one_unit_at_once_are_one_and_a_refusal():
    def make() -> tuple[list[Assignment], Actor, Unit]:
        first, _officer, asking = _laid()
        second = AssignmentFactory(duty=first.duty)
        return [first, second], asking, UnitFactory()

    with committed(make) as (two, asking, to):

        def give() -> Any:
            one = two.pop()
            try:
                return ending.transfer(one, to=to, reason="Không đúng việc.", by=asking)
            except NotAccepted as refusal:
                return refusal

        answers = apart(give, times=2)

        assert Assignment.objects.filter(unit=to).count() == 1
        assert sum(isinstance(one, NotAccepted) for one in answers) == 1


def test_what_is_handed_in_twice_at_once_is_handed_in_once():
    with committed(_laid) as (assignment, officer, _asking):
        _twice(lambda: actions.submit(assignment, Proof(note="Đã họp."), by=officer))

        assert Evidence.objects.count() == 1


def test_evidence_put_by_with_a_double_click_is_kept_once():
    with committed(_laid) as (assignment, officer, _asking):
        _twice(lambda: actions.add_evidence(assignment, Proof(note="Ảnh."), by=officer))
        apart(lambda: actions.add_evidence(assignment, Proof(note="Ảnh khác."), by=officer))

        assert [one.note for one in Evidence.objects.all()] == ["Ảnh.", "Ảnh khác."]


def test_a_word_sent_twice_at_once_is_written_once():
    with committed(_laid) as (assignment, officer, _asking):
        _twice(lambda: life.tell(assignment, "Đã xong.", percent=40, key="a", by=officer))

        assert assignment.exchanges.count() == 1


def test_a_duty_laid_twice_at_once_is_laid_once():
    with committed(_laid) as (assignment, _officer, asking):
        to = _another(assignment, asking)
        _twice(lambda: actions.assign(assignment.duty, Doers(lead=[to]), by=asking))

        assert Assignment.objects.filter(unit=to).count() == 1


def test_handed_down_twice_at_once_is_handed_down_once():
    def make() -> tuple[Assignment, Actor, Any]:
        assignment, officer, _asking = _laid()
        return assignment, officer, [UnitFactory(under=officer.unit) for _one in range(3)]

    with committed(make) as (assignment, officer, below):
        _twice(lambda: cascading.cascade(assignment, below, by=officer))

        assert Assignment.objects.filter(parent=assignment).count() == 3


def test_a_plan_begun_twice_at_once_is_one():
    with committed(_laid) as (assignment, officer, _asking):
        _twice(lambda: start.begin(assignment, by=officer))
        _twice(lambda: start.begin_own(officer.unit, 2024, by=officer))

        assert PlanDraft.objects.count() == 2


def test_who_is_reminded_twice_at_once_is_told_once():
    with committed(_laid) as (assignment, officer, asking):
        _twice(lambda: actions.remind([assignment], by=asking))

        assert Notice.objects.of(officer.user_id).count() == 1


def test_what_is_handed_in_while_it_is_transferred_has_one_end():
    with committed(_laid) as (assignment, officer, asking):
        to = _another(assignment, asking)
        turns = iter(
            [
                lambda: actions.submit(assignment, Proof(note="Đã họp."), by=officer),
                lambda: ending.transfer(assignment, to=to, reason="Không đúng việc.", by=asking),
            ]
        )
        _twice(lambda: next(turns)())

        states = set(Assignment.objects.values_list("state", flat=True))
        assert states in ({"submitted"}, {"transferred", "assigned"})


def test_a_day_that_was_mistyped_is_put_right_within_the_minute():
    with committed(_laid) as (assignment, _officer, asking):
        days = iter([date(2024, 4, 15), date(2024, 4, 25)])
        for _time in range(2):
            apart(
                lambda: extending.extend(
                    [assignment], due_on=next(days), reason="Mưa lũ.", by=asking
                )
            )

        assert Assignment.objects.get().due_on == date(2024, 4, 25)
