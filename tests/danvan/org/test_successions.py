"""Who took over from whom, and what made up a unit on another day."""

from datetime import date

import pytest

from danvan.org import events, successions
from danvan.org.choices import Level, Role, UnitKind
from danvan.org.events import Decision, NewUnit
from danvan.org.successions import Part
from tests.factories import UnitFactory, actor

pytestmark = pytest.mark.django_db

OLD, ON, LATER, NOW = date(2020, 1, 1), date(2025, 7, 1), date(2026, 3, 1), date(2026, 6, 1)
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


def made_of(unit, as_of, known_on=NOW):
    return set(successions.parts_of([unit], as_of, known_on=known_on)[unit.pk])


def whole(*units):
    return {Part(one.pk, True) for one in units}


def part(*units):
    return {Part(one.pk, False) for one in units}


def test_a_merged_unit_is_made_of_all_that_it_took_over(by, old):
    a, b, c, _d = old
    first = events.merge([a, b], commune("AB"), decision=FIRST, by=by)
    second = events.merge([first, c], commune("ABC"), decision=SECOND, by=by)

    assert made_of(second, NOW) == whole(second)
    assert made_of(second, ON) == whole(first, c)
    assert made_of(second, OLD) == whole(a, b, c)
    # Onwards the successor is only in part the one asked about.
    assert made_of(a, ON) == part(first)
    assert made_of(a, NOW) == part(second)


def test_a_unit_that_goes_on_is_more_than_it_was(by, old):
    a, b, _c, _d = old
    events.merge([a], b, decision=FIRST, by=by)

    assert made_of(b, OLD) == whole(a, b)  # as it is now
    assert made_of(b, OLD, known_on=OLD) == whole(b)  # as it was then
    assert made_of(a, NOW) == part(b)


def test_parts_are_told_from_wholes(by, old):
    a, b, _c, _d = old
    [cut] = events.split(a, [commune("E")], keeps=True, decision=FIRST, by=by)
    events.merge([cut], b, decision=SECOND, by=by)

    assert made_of(b, ON) == whole(b, cut)
    assert made_of(b, OLD) == whole(b) | part(a)
    assert made_of(a, NOW, known_on=OLD) == whole(a, cut) - whole(cut) | part(b)


def test_parts_that_come_together_again_are_whole(by, old):
    a, b, _c, _d = old
    parts = events.split(a, [commune("E"), commune("F")], keeps=False, decision=FIRST, by=by)
    events.merge(parts, b, decision=SECOND, by=by)

    assert made_of(parts[0], OLD) == part(a)
    assert made_of(b, OLD) == whole(a, b)
    assert made_of(a, ON) == whole(*parts)


def test_a_unit_of_which_nothing_is_known_then_is_made_of_nothing(by, old):
    unit = events.establish(commune("Mới"), under=None, decision=FIRST, by=by)

    assert made_of(unit, OLD) == set()


def test_many_units_are_asked_about_in_one_query(by, old, django_assert_num_queries):
    events.merge(old[:2], commune("AB"), decision=FIRST, by=by)

    with django_assert_num_queries(1):
        found = successions.parts_of(old, NOW)

    assert list(found) == [one.pk for one in old]


def test_who_came_before_and_after(by, old):
    a, b, _c, _d = old
    merged = events.merge([a, b], commune("AB"), decision=FIRST, by=by)

    assert set(successions.predecessors_of(merged, OLD)) == whole(a, b)
    assert successions.successors_of(a, NOW) == [Part(merged.pk, False)]


def test_the_story_of_a_unit_over_all_generations(by, old, django_assert_num_queries):
    a, b, c, _d = old
    first = events.merge([a, b], commune("AB"), decision=FIRST, by=by)
    second = events.merge([first, c], commune("ABC"), decision=SECOND, by=by)

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
