"""Values on old and new boundaries, held against sums by hand (see reform.py)."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.figures import counting
from danvan.figures.boundaries import Lineage
from danvan.figures.definitions import indicator
from danvan.org.models import Succession, UnitEvent, UnitName
from tests.factories import UnitFactory
from tests.factories_records import RecordFactory

from .reform import AFTER, BEFORE, DAY, SECOND, THIRD, opinions, reform, visits

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return reform()


def compared(units, of, day, days, code="reception_visits"):
    """Units by their letters, on the boundaries of a day: value, and whose numbers are left out."""
    known = indicator(code, AFTER)
    lineage = Lineage()
    found = counting.count(known, list(lineage.last_names), days)
    keys = frozenset(units.units[key].pk for key in of.split())
    comparable = lineage.on(day).compare(known, keys, found, days)
    names = {one.pk: key for key, one in units.units.items()}
    return comparable.counted.value, "".join(sorted(names[one] for one in comparable.left_out))


@pytest.mark.parametrize(
    ("unit", "value", "left_out"),
    [
        ("M", 30, "C"),  # A 10 + B 20; of C only a part came, and 5 cannot be divided
        ("N", 7, "C"),
        ("E1", None, "E"),  # half of E: nothing of it can be given
        ("M N", 42, ""),  # together they hold all of C: 10 + 20 + 7 + 5
        ("E1 E2", 9, ""),
        ("Z", None, ""),  # the province's own records: none
    ],
)
def test_a_new_unit_in_an_old_period(units, unit, value, left_out):
    visits(units)

    assert compared(units, unit, AFTER, SECOND) == (value, left_out)


@pytest.mark.parametrize(
    ("unit", "value", "left_out"),
    [
        ("E", 10, ""),  # E1 4 + E2 6 came of nothing but E
        ("A", None, "M"),  # now within M with others
        ("D", None, "N"),
        ("A B C", 40, "N"),  # all that became M; N is of D too
        ("D E", 10, "N"),
        ("A B C D E", 58, ""),
    ],
)
def test_an_old_unit_in_a_new_period(units, unit, value, left_out):
    visits(units)

    assert compared(units, unit, BEFORE, THIRD) == (value, left_out)


def test_in_its_own_time_a_unit_has_what_it_recorded(units):
    visits(units)

    assert compared(units, "A", BEFORE, SECOND) == (10, "")
    assert compared(units, "M", AFTER, THIRD) == (40, "")


def test_a_year_with_the_reform_in_it_is_the_sum_of_both_halves(units):
    visits(units)
    year = (date(2025, 1, 1), date(2026, 1, 1))

    assert compared(units, "M", AFTER, year) == (70, "C")  # 10 + 20 + 40
    assert compared(units, "E", BEFORE, year) == (19, "")  # 9 + 4 + 6


def test_shares_are_sums_of_numerators_and_denominators(units):
    opinions(units)

    value, left_out = compared(units, "M", AFTER, SECOND, "dialogue_opinions_answered")

    assert (value, left_out) == (D("26.83"), "")  # 11/41; C recorded none, so nothing lacks


def test_an_area_is_all_that_stood_below(units):
    lineage = Lineage()
    before, after = lineage.on(BEFORE), lineage.on(AFTER)
    keys = {one.pk: key for key, one in units.units.items()}

    assert {keys[one] for one in before.area(units.X.pk)} == {*"XHABC"}
    assert {keys[one] for one in after.area(units.Z.pk)} == {"Z", "M", "N", "E1", "E2"}
    assert {keys[one] for one in after.area(units.M.pk)} == {"M"}


def test_who_ended_without_a_successor_counts_to_none(units):
    visits(units)

    assert compared(units, "Z M N E1 E2", AFTER, SECOND) == (51, "")  # without the district's 3


def test_a_districts_own_records_are_no_part_of_its_communes(units):
    visits(units)
    event = UnitEvent.objects.get()
    for key in ("M", "N"):
        Succession.objects.create(
            event=event, predecessor=units.H, successor=units.units[key], is_whole=False
        )

    assert compared(units, "M", AFTER, SECOND) == (30, "C")
    assert compared(units, "M N", AFTER, SECOND) == (42, "")
    assert compared(units, "A B C", BEFORE, THIRD) == (40, "N")


def test_a_district_that_became_a_unit_of_commune_level_goes_on_in_it():
    island = UnitFactory(called="Huyện đảo", level="district")
    special = UnitFactory(called="Đặc khu", level="commune")
    UnitName.objects.filter(unit=island).update(validity=DateRange(date(2010, 1, 1), DAY))
    UnitName.objects.filter(unit=special).update(validity=DateRange(DAY, None))
    event = UnitEvent.objects.create(kind="level_changed", on=DAY, basis="Nghị quyết 5")
    Succession.objects.create(event=event, predecessor=island, successor=special)
    boundaries = Lineage().on(AFTER)

    assert set(boundaries.counted(frozenset({special.pk}))) == {island.pk, special.pk}


def test_what_merges_twice_counts_to_the_last(units):
    visits(units)
    last = UnitFactory(called="Xã P")
    UnitName.objects.filter(unit=last).update(validity=DateRange(date(2026, 1, 1), None))
    UnitName.objects.filter(unit=units.E1).update(validity=DateRange(DAY, date(2026, 1, 1)))
    UnitName.objects.filter(unit=units.E2).update(validity=DateRange(DAY, date(2026, 1, 1)))
    event = UnitEvent.objects.create(kind="merged", on=date(2026, 1, 1), basis="Nghị quyết 2")
    for one in (units.E1, units.E2):
        Succession.objects.create(event=event, predecessor=one, successor=last)
    units.units["P"] = last

    assert compared(units, "P", date(2026, 2, 1), SECOND) == (9, "")
    assert compared(units, "P", date(2026, 2, 1), THIRD) == (10, "")


def test_a_part_that_went_to_nobody_known_makes_no_whole(units):
    visits(units)
    Succession.objects.filter(predecessor=units.E, successor=units.E2).delete()

    assert compared(units, "E1", AFTER, SECOND) == (None, "E")


def test_who_cedes_a_part_and_goes_on_keeps_the_past_and_both_say_so():
    giver, taker = UnitFactory(called="Xã Cho"), UnitFactory(called="Xã Nhận")
    event = UnitEvent.objects.create(kind="split", on=DAY, basis="Nghị quyết 3")
    Succession.objects.create(event=event, predecessor=giver, successor=taker, is_whole=False)
    RecordFactory(unit=giver, occurred_on=date(2025, 5, 5), visits=10)
    RecordFactory(unit=giver, occurred_on=date(2025, 8, 5), visits=8)
    known = indicator("reception_visits", AFTER)
    boundaries = Lineage().on(AFTER)

    def on(unit, days):
        found = counting.count(known, [giver.pk, taker.pk], days)
        return boundaries.compare(known, frozenset({unit.pk}), found, days)

    assert (on(giver, SECOND).counted.value, on(giver, SECOND).is_whole) == (10, False)
    assert (on(taker, SECOND).counted.value, on(taker, SECOND).is_whole) == (None, False)
    assert [step.basis for step in on(giver, SECOND).ceded] == ["Nghị quyết 3"]
    assert (on(giver, THIRD).counted.value, on(giver, THIRD).is_whole) == (8, True)


def test_who_takes_in_another_and_goes_on_is_no_longer_alone():
    taken, taker = UnitFactory(called="Xã Nhập"), UnitFactory(called="Xã Nhận")
    UnitName.objects.filter(unit=taken).update(validity=DateRange(date(2010, 1, 1), DAY))
    event = UnitEvent.objects.create(kind="merged", on=DAY, basis="Nghị quyết 4")
    Succession.objects.create(event=event, predecessor=taken, successor=taker)
    RecordFactory(unit=taken, occurred_on=date(2025, 5, 5), visits=10)
    RecordFactory(unit=taker, occurred_on=date(2025, 5, 5), visits=1)
    RecordFactory(unit=taker, occurred_on=date(2025, 8, 5), visits=12)
    known = indicator("reception_visits", AFTER)

    def on(day, of, days):
        found = counting.count(known, [taken.pk, taker.pk], days)
        comparable = Lineage().on(day).compare(known, frozenset(of), found, days)
        return comparable.counted.value, comparable.is_whole

    assert on(AFTER, {taker.pk}, SECOND) == (11, True)
    assert on(BEFORE, {taker.pk}, SECOND) == (1, True)
    assert on(BEFORE, {taker.pk}, THIRD) == (12, False)  # the other is in it
    assert on(BEFORE, {taken.pk}, THIRD) == (None, False)
    assert on(BEFORE, {taken.pk, taker.pk}, THIRD) == (12, True)


def test_the_boundaries_of_any_day_take_two_queries(units, django_assert_num_queries):
    with django_assert_num_queries(2):
        lineage = Lineage()
        for day in (BEFORE, DAY, AFTER):
            lineage.on(day).counted(frozenset({units.M.pk}))
