"""Every deed in every state by everybody: who may not is refused, whatever the state; else as `states` says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from danvan import clock
from danvan.duties import actions, cascading, ending, extending, life
from danvan.duties.actions import Proof
from danvan.duties.choices import AssignmentState as S
from danvan.duties.models import Assignment, Extension
from danvan.duties.states import DONE_ALREADY, LEADS, Deed
from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.models import Unit
from danvan.refusals import NotAccepted
from tests.factories import (
    AssignmentFactory,
    DutyFactory,
    PostFactory,
    UnitFactory,
    actor,
    coordinator,
)

pytestmark = pytest.mark.django_db
LATER = date(2024, 5, 6)


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@dataclass(frozen=True)
class Scene:
    """Who does it, who asked for it and confirms, who has nothing to do with it."""

    people: dict[str, Actor]
    below: Unit
    other: Unit

    def __getitem__(self, name: str) -> Actor:
        return self.people[name]


def scene() -> Scene:
    asking, doing = coordinator(), actor()
    people = {
        "doing": doing,
        "leading": actor(Role.LEADER_IN_CHARGE, doing.unit),
        "asking": asking,
        "stranger": actor(),
        "above": actor(unit=UnitFactory()),
        "reading": actor(Role.READER_ONLY),
        "appraising": actor(Role.APPRAISER),
        "administering": actor(Role.ADMINISTRATOR),
    }
    return Scene(people, UnitFactory(under=doing.unit), UnitFactory(called="Sở Y tế"))


DO: dict[Deed, Callable[[Assignment, Actor, Scene], Any]] = {
    Deed.ACKNOWLEDGE: lambda one, by, at: actions.acknowledge(one, by=by),
    Deed.CONTEST: lambda one, by, at: life.contest(one, reason="Không đúng việc.", by=by),
    Deed.ENTRUST: lambda one, by, at: life.entrust(one, _colleague(one), by=by),
    Deed.PROGRESS: lambda one, by, at: life.tell(one, "", percent=40, key="k", by=by),
    Deed.ADD_EVIDENCE: lambda one, by, at: actions.add_evidence(one, Proof(note="Ảnh."), by=by),
    Deed.SUBMIT: lambda one, by, at: actions.submit(one, Proof(note="Đã xong."), by=by),
    Deed.ASK_EXTENSION: lambda one, by, at: extending.ask_extension(
        one, wanted_on=LATER, reason="Chờ số liệu.", by=by
    ),
    Deed.CASCADE: lambda one, by, at: cascading.cascade(one, [at.below], by=by),
    Deed.ANSWER: lambda one, by, at: actions.answer(one, by=by, note="Đã làm.", takes_part=True),
    Deed.ACCEPT: lambda one, by, at: actions.accept(one, by=by),
    Deed.SEND_BACK: lambda one, by, at: actions.send_back(one, by=by, reason="Thiếu phụ lục."),
    Deed.UPHOLD: lambda one, by, at: life.uphold(one, answer="Đúng chức năng.", by=by),
    Deed.EXTEND: lambda one, by, at: extending.extend([one], due_on=LATER, reason="Mưa lũ.", by=by),
    Deed.DECIDE_EXTENSION: lambda one, by, at: extending.grant_extension(_asked(one), by=by),
    Deed.SUSPEND: lambda one, by, at: extending.suspend(one, reason="Chờ hướng dẫn.", by=by),
    Deed.RESUME: lambda one, by, at: extending.resume(one, by=by),
    Deed.TRANSFER: lambda one, by, at: ending.transfer(one, to=at.other, reason="Đổi nơi.", by=by),
    Deed.RESCIND: lambda one, by, at: ending.rescind([one], reason="Không cần nữa.", by=by),
    Deed.CLOSE: lambda one, by, at: ending.close([one], reason="Hết năm.", by=by),
    Deed.REINSTATE: lambda one, by, at: ending.reinstate(one, by=by),
    Deed.REMIND: lambda one, by, at: actions.remind([one], by=by),
}
OF_THE_UNIT = {
    Deed.ACKNOWLEDGE,
    Deed.CONTEST,
    Deed.ENTRUST,
    Deed.PROGRESS,
    Deed.ADD_EVIDENCE,
    Deed.SUBMIT,
    Deed.ASK_EXTENSION,
    Deed.CASCADE,
    Deed.ANSWER,
}
MAY = {  # as the law of the house says it, not as the rules are written
    "doing": OF_THE_UNIT,
    "leading": OF_THE_UNIT,
    "asking": (set(Deed) - OF_THE_UNIT) | {Deed.ANSWER},  # it notes an answer for who was asked
}
GOES_BACK = {Deed.RESUME, Deed.REINSTATE}  # to the state that it had before
WITHOUT_A_WORD = {Deed.REMIND}  # of many: what is not open is passed over, and said so


def _colleague(one: Assignment) -> Any:
    return one.unit.posts.order_by("pk")[0].person


def _asked(one: Assignment) -> Extension:
    found = one.extensions.first()
    return found or Extension.objects.create(
        assignment=one,
        state="asked",
        before=one.due_on,
        wanted_on=LATER,
        reason="Chờ số liệu.",
        asked_by="Bà Mai",
        asked_at=clock.now(),
    )


def at_state(state: S, at: Scene) -> Assignment:
    """An assignment of that state; what leaves traces is done as people do it."""
    asking = at["asking"]
    duty = DutyFactory(asked_by=asking.unit, confirmed_by=asking.unit)
    traced = {
        S.SUSPENDED: Deed.SUSPEND,
        S.TRANSFERRED: Deed.TRANSFER,
        S.RESCINDED: Deed.RESCIND,
        S.CLOSED: Deed.CLOSE,
    }
    said: dict[str, Any] = {"state": S.IN_PROGRESS if state in traced else state}
    if state in {S.SUBMITTED, S.DONE}:
        said |= {"handed_in_at": clock.now(), "handed_in_by": "Bà Mai"}
    if state in {S.CONTESTED, S.RETURNED}:
        said["remark"] = "Vì sao."
    one = AssignmentFactory(duty=duty, unit=at["doing"].unit, due_on=date(2024, 4, 10), **said)
    if state in traced:
        DO[traced[state]](one, asking, at)
    one.refresh_from_db()
    return one


def answered(deed: Deed, one: Assignment, by: Actor, at: Scene) -> str:
    """The state that it led to, or how it was refused; nothing of it stays."""
    try:
        with transaction.atomic():
            DO[deed](Assignment.objects.get(pk=one.pk), by, at)
            DO[deed](Assignment.objects.get(pk=one.pk), by, at)  # said twice is done once
            found = Assignment.objects.get(pk=one.pk).state
            raise _Undo(found)
    except _Undo as undone:
        return str(undone)
    except PermissionDenied:
        return "not his"
    except NotAccepted as refusal:
        assert str(refusal).endswith(".")
        return "refused"


class _Undo(Exception):
    pass


def expected(deed: Deed, state: S, who: str) -> str:
    if deed not in MAY.get(who, set()):
        return "not his"
    if (to := LEADS[deed].get(state)) is not None:
        return S.IN_PROGRESS if deed in GOES_BACK else to
    if state in DONE_ALREADY.get(deed, set()) or deed in WITHOUT_A_WORD:
        return state
    return "refused"


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("deed", Deed)
def test_everybody(deed, state):
    at = scene()
    one = at_state(state, at)
    if deed == Deed.DECIDE_EXTENSION:
        _asked(one)

    found = {who: answered(deed, one, by, at) for who, by in at.people.items()}

    assert found == {who: expected(deed, state, who) for who in at.people}


def test_every_deed_is_tried():
    assert set(DO) == set(Deed)


def test_who_acts_for_an_officer_may_what_he_may():
    at = scene()
    one = at_state(S.ASSIGNED, at)
    post = PostFactory(unit=at["doing"].unit)
    by = Actor(
        user_id=post.person.user_id,
        name="Người làm thay",
        role=Role.OFFICER,
        unit=post.unit,
        posts=(post,),
    )

    assert answered(Deed.ACKNOWLEDGE, one, by, at) == S.IN_PROGRESS
