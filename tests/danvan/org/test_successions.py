"""Who took over from whom."""

from datetime import date

import pytest

from danvan.org import successions
from danvan.org.choices import Level, Role, UnitKind
from danvan.org.events import merging
from danvan.org.events.decisions import Decision, NewUnit
from tests.factories import UnitFactory, actor

pytestmark = pytest.mark.django_db

ON, LATER = date(2025, 7, 1), date(2026, 3, 1)
FIRST, SECOND = Decision(on=ON, basis="NQ 1"), Decision(on=LATER, basis="NQ 2")


@pytest.fixture
def by():
    return actor(Role.ADMINISTRATOR)


@pytest.fixture
def old():
    province = UnitFactory(called="UBND tỉnh")
    return [UnitFactory(called=name, under=province) for name in "ABCD"]


def commune(name):
    return NewUnit(name, UnitKind.PEOPLES_COMMITTEE, Level.COMMUNE)


def test_the_story_of_a_unit_over_all_generations(by, old, django_assert_num_queries):
    a, b, c, _d = old
    first = merging.merge([a, b], commune("AB"), decision=FIRST, by=by)
    second = merging.merge([first, c], commune("ABC"), decision=SECOND, by=by)

    with django_assert_num_queries(1):
        told = successions.story(first)

    assert [(one.generation, one.is_backward, one.predecessor, one.successor) for one in told] == [
        (1, True, "A", "AB"),
        (1, True, "B", "AB"),
        (1, False, "AB", "ABC"),
    ]
    assert [(one.generation, one.predecessor) for one in successions.story(second)] == [
        (2, "A"),
        (2, "B"),
        (1, "AB"),
        (1, "C"),
    ]
    assert successions.story(a)[-1].generation == 2
