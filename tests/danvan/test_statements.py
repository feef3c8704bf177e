from datetime import date, timedelta
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Q, QuerySet, TextChoices
from django.test.utils import CaptureQueriesContext

from danvan import clock
from danvan.org.models import Person, Unit, UnitName
from danvan.statements import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def units() -> list[Unit]:
    found = [
        Unit.objects.create(code=f"don-vi-{number}", kind="department", level="province")
        for number in range(3)
    ]
    for one in found:
        since = (date(2020, 1, 1), None)
        UnitName.objects.create(unit=one, name=f"Sở {one.code} 100%", validity=since)
    return found


def test_other_values_give_other_rows(units: list[Unit]) -> None:
    made = []

    @kept
    def called(ids: set[UUID], as_of: date) -> QuerySet[Unit]:
        made.append(1)
        return Unit.objects.named(as_of).filter(pk__in=ids)

    one, two, three = (unit.pk for unit in units)
    day = date(2024, 3, 18)
    assert {unit.pk for unit in called(ids={one}, as_of=day)} == {one}
    with CaptureQueriesContext(connection) as asked:
        found = called(ids={two, three}, as_of=day)
    assert {unit.pk: unit.name for unit in found} == {
        two: "Sở don-vi-1 100%",
        three: "Sở don-vi-2 100%",
    }
    assert [unit.name for unit in called(ids={one}, as_of=date(2019, 1, 1))] == [None]
    assert len(asked) == 1
    assert len(made) == 2, "put together once, with two sets of stand-ins"


def test_none_and_nothing_are_cases_of_their_own(units: list[Unit]) -> None:
    @kept
    def of(ids: list[UUID], code: str | None) -> QuerySet[Unit, str]:
        found = Unit.objects.filter(Q(code=code) if code else Q(pk__in=ids))
        return found.order_by("code").values_list("code", flat=True)

    assert of(ids=[], code=None) == []
    assert of(ids=[one.pk for one in units[:2]], code=None) == ["don-vi-0", "don-vi-1"]
    assert of(ids=[], code="don-vi-2") == ["don-vi-2"]
    assert of(ids=[], code=None) == []


def test_words_are_data(units: list[Unit]) -> None:
    @kept
    def coded(code: str) -> QuerySet[Unit, tuple[str]]:
        return Unit.objects.filter(code=code).values_list("code")

    for typed in ("don-vi-1", "' OR 1=1 --", "%s", "100%%", "\\'; SELECT 1"):
        assert coded(code=typed) == list(Unit.objects.filter(code=typed).values_list("code"))


def test_one_who_is_joined_comes_along(units: list[Unit]) -> None:
    @kept
    def names(unit: UUID) -> QuerySet[UnitName]:
        return UnitName.objects.filter(unit=unit).select_related("unit")

    (found,) = names(unit=units[0].pk)
    with CaptureQueriesContext(connection) as asked:
        assert found.unit == units[0]
    assert not asked.captured_queries


def test_parts_of_a_union_stay_apart(units: list[Unit]) -> None:
    @kept
    def either(one: UUID, other: UUID) -> QuerySet[Unit, str]:
        first = Unit.objects.filter(pk=one).values_list("code", flat=True)
        return first.union(Unit.objects.filter(pk=other).values_list("code", flat=True), all=True)

    assert sorted(either(one=units[0].pk, other=units[2].pk)) == ["don-vi-0", "don-vi-2"]
    assert either(one=units[1].pk, other=uuid4()) == ["don-vi-1"]


def _tomorrow(day: date) -> QuerySet[UnitName]:
    return UnitName.objects.filter(validity__contains=day + timedelta(days=1))


def _today(day: date) -> QuerySet[UnitName]:
    return UnitName.objects.filter(validity__contains=clock.today(), validity__overlap=(day, None))


def _somebody(day: date) -> QuerySet[UnitName]:
    return UnitName.objects.filter(unit=uuid4(), validity__contains=day)


@pytest.mark.parametrize("build", [_tomorrow, _today, _somebody])
def test_what_would_go_stale_is_refused(build: Any) -> None:
    """A day worked out inside, today, an id from elsewhere: kept, they would stay as they were first."""
    with pytest.raises(TypeError):
        kept(build)(day=date(2024, 3, 18))


class _Kind(Enum):
    A = "a"


def test_only_plain_values(units: list[Unit]) -> None:
    @kept
    def of(**values: Any) -> QuerySet[Unit]:
        return Unit.objects.all()

    assert len(of(kind=_Kind.A, many=True)) == 3
    for wrong in (units[0], 7, {"a": 1}, Person):
        with pytest.raises(TypeError):
            of(value=wrong)
    with pytest.raises(TypeError):
        of(units[0])  # type: ignore[call-arg]


class _Level(TextChoices):
    PROVINCE = "province"
    COMMUNE = "commune"


def test_words_of_an_enumeration_in_a_set_are_words(units: list[Unit]) -> None:
    """Kept for one of them it would answer for the other, and take the word that stands beside."""

    @kept
    def of(levels: set[str]) -> QuerySet[Unit, str]:
        found = Unit.objects.filter(level__in=levels, kind="department", level=_Level.PROVINCE)
        return found.values_list("level", flat=True)

    assert of(levels={_Level.PROVINCE}) == ["province"] * 3
    assert of(levels={_Level.COMMUNE}) == []
    assert of(levels={"province"}) == ["province"] * 3


def test_a_set_is_of_one_kind(units: list[Unit]) -> None:
    @kept
    def of(ids: Any) -> QuerySet[Unit]:
        return Unit.objects.exclude(pk__in=ids)

    assert len(of(ids=[units[0].pk])) == 2
    for wrong in ([units[0].pk, None], [None], [units[0].pk, "' OR 1=1"], [True]):
        with pytest.raises(TypeError):
            of(ids=wrong)


def test_a_value_that_stands_in_the_sql_itself_is_refused(units: list[Unit]) -> None:
    @kept
    def of(day: date) -> QuerySet[Unit]:
        return Unit.objects.all()[: day.day]

    with pytest.raises(TypeError):
        of(day=date(2024, 3, 18))
