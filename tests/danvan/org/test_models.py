from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.org.models import Unit, UnitName, UnitPlace
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


def test_a_unit_is_called_what_it_was_called_on_that_day():
    unit = Unit.objects.create(code="so", kind="department", level="province")
    UnitName.of(unit, "Sở Cũ", validity=DateRange(date(2010, 1, 1), date(2020, 1, 1))).save()
    UnitName.of(unit, "Sở Mới", validity=DateRange(date(2020, 1, 1), None)).save()

    before = Unit.objects.named(date(2019, 12, 31)).get(pk=unit.pk)
    after = Unit.objects.named(date(2020, 1, 1)).get(pk=unit.pk)

    assert (before.name, after.name) == ("Sở Cũ", "Sở Mới")


def test_two_names_at_one_time_are_impossible():
    unit = UnitFactory()

    with pytest.raises(IntegrityError, match="unit_has_one_name_at_a_time"), transaction.atomic():
        UnitName.of(unit, "Tên khác", validity=DateRange(date(2024, 1, 1), None)).save()


def test_two_places_at_one_time_are_impossible():
    unit, first, second = UnitFactory(), UnitFactory(), UnitFactory()
    UnitPlace.objects.create(unit=unit, parent=first, validity=DateRange(date(2020, 1, 1), None))

    with pytest.raises(IntegrityError, match="one_place_at_a_time"), transaction.atomic():
        UnitPlace.objects.create(
            unit=unit, parent=second, validity=DateRange(date(2024, 1, 1), None)
        )


def test_names_sort_as_vietnamese_does():
    for name in ("Sở Ý tế", "Sở Đất đai", "Sở Du lịch", "Sở Ăn uống", "Sở An ninh"):
        UnitFactory(called=name)

    names = [unit.name for unit in Unit.objects.named(date(2024, 1, 1))]

    assert names == ["Sở An ninh", "Sở Ăn uống", "Sở Du lịch", "Sở Đất đai", "Sở Ý tế"]
