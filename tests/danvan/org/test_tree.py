"""The tree of units over time."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.org import tree
from danvan.org.models import Succession, Unit, UnitEvent, UnitPath, UnitPlace
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def names(units):
    return {unit.name for unit in units}


def test_a_unit_stands_within_all_above_it():
    province = UnitFactory(called="UBND tỉnh")
    district = UnitFactory(called="UBND huyện", under=province)
    UnitFactory(called="UBND xã", under=district)

    found = Unit.objects.within(province, BEFORE).named(BEFORE)

    assert names(found) == {"UBND tỉnh", "UBND huyện", "UBND xã"}


def test_a_move_counts_from_its_day():
    province = UnitFactory(called="UBND tỉnh")
    district = UnitFactory(called="UBND huyện", under=province)
    commune = UnitFactory(called="UBND xã", under=district)

    UnitPlace.objects.filter(unit=commune).update(validity=DateRange(date(2010, 1, 1), AFTER))
    UnitPlace.objects.create(unit=commune, parent=province, validity=DateRange(AFTER, None))
    tree.rebuild([commune.pk])

    assert names(Unit.objects.within(district, BEFORE).named(BEFORE)) == {"UBND huyện", "UBND xã"}
    assert names(Unit.objects.within(district, AFTER).named(AFTER)) == {"UBND huyện"}
    assert names(Unit.objects.under(province, AFTER).named(AFTER)) == {"UBND huyện", "UBND xã"}


def test_what_a_predecessor_left_stands_under_its_successor_from_the_event_on():
    province = UnitFactory(called="UBND tỉnh")
    old = UnitFactory(called="UBND xã cũ", under=province)
    new = UnitFactory(called="UBND xã mới", under=province)
    event = UnitEvent.objects.create(kind="merged", on=AFTER, basis="Nghị quyết 1")

    old.names.update(validity=DateRange(date(2010, 1, 1), AFTER))
    old.places.update(validity=DateRange(date(2010, 1, 1), AFTER))
    Succession.objects.create(event=event, predecessor=old, successor=new)
    tree.rebuild([old.pk])

    assert not UnitPath.objects.below(new, BEFORE).filter(unit=old).exists()
    assert UnitPath.objects.below(new, AFTER).get(unit=old).inherited
    assert UnitPath.objects.below(province, AFTER).get(unit=old).inherited
    assert old not in Unit.objects.within(province, AFTER)
