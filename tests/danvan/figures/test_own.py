"""A unit's own figures after a reform, held against sums by hand (see reform.py)."""

from datetime import date

import pytest

from danvan.figures import actions
from danvan.figures.own import ground_of
from danvan.periods import parse, window
from tests.factories import UnitFactory, actor, coordinator

from .reform import SECOND, THIRD, opinions, reform, visits

pytestmark = pytest.mark.django_db
YEAR = (date(2025, 1, 1), date(2026, 1, 1))


@pytest.fixture
def units(on_day):
    on_day(2026, 1, 5)
    return reform()


def taken(units, key, days, code="reception_visits", by=None):
    unit = units.units[key]
    return actions.take([code], unit, parse("2025-Y"), days, by=by or actor(unit=unit))[0]


@pytest.mark.parametrize(
    ("unit", "value", "rows"),
    [
        ("M", 70, 3),  # A 10 + B 20 + its own 40; of C only a part came
        ("N", 15, 2),  # D 7 + 8
        ("E1", 4, 1),  # half of E: nothing of it can be given
        ("Z", None, 0),  # the provinces recorded nothing themselves
    ],
)
def test_the_year_of_a_new_unit_has_what_its_predecessors_did(units, unit, value, rows):
    visits(units)

    figure = taken(units, unit, YEAR)

    assert (figure.value, figure.rows, len(figure.counted)) == (value, rows, rows)


def test_a_share_is_of_all_that_was_counted(units):
    opinions(units)

    figure = taken(units, "M", YEAR, "dialogue_opinions_answered")

    assert (figure.numerator, figure.denominator) == (11, 41)


def test_a_quarter_after_the_reform_is_the_units_alone(units):
    visits(units)

    assert taken(units, "M", THIRD).value == 40


def test_a_quarter_before_it_is_that_of_who_was_there_then(units):
    visits(units)

    assert taken(units, "A", SECOND, by=coordinator()).value == 10
    assert taken(units, "M", SECOND).value == 30  # reported by who took over


def test_the_ground_names_who_is_in_it_and_who_only_in_part(units):
    ground = ground_of(units.M, YEAR)

    assert ground.whole == ("Xã A", "Xã B")
    assert ground.partly == ("Xã C",)


def test_the_ground_of_a_unit_that_took_over_from_nobody_takes_one_query(
    django_assert_num_queries,
):
    unit = UnitFactory()

    with django_assert_num_queries(1):
        assert ground_of(unit, YEAR).units == (unit.pk,)


def test_what_a_unit_sent_before_it_ended_is_not_summed_up_twice(units):
    visits(units)
    by = coordinator()
    parts = [taken(units, key, SECOND, by=by) for key in ("A", "M", "D")]

    (whole,) = actions.sum_up(by.unit, parse("2025-Q2"), window(parse("2025-Q2")), parts, by=by)

    assert whole.value == 37  # M with A and B in it: 30, D 7
    assert set(whole.parts.all()) == set(parts[1:])
