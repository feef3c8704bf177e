"""Events of units: what each changes, what is refused, what is said twice, what is taken back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.audit.models import AuditEntry
from danvan.org import events, people, tree
from danvan.org.choices import CodeSystem, Level, Role, UnitKind
from danvan.org.events import Decision, NewUnit, NotAccepted
from danvan.org.models import (
    Delegation,
    Post,
    Succession,
    Unit,
    UnitCode,
    UnitEvent,
    UnitName,
    UnitPath,
    UnitPlace,
)
from tests.factories import PersonFactory, PostFactory, UnitFactory, actor

pytestmark = pytest.mark.django_db

BEFORE, ON, LATER = date(2025, 6, 30), date(2025, 7, 1), date(2026, 1, 1)
DECISION = Decision(on=ON, basis="Nghị quyết số 1/NQ-HĐND ngày 12/6/2025")


@pytest.fixture
def by():
    return actor(Role.ADMINISTRATOR)


@pytest.fixture
def province():
    return UnitFactory(called="UBND tỉnh", kind="peoples_committee")


@pytest.fixture
def district(province):
    return UnitFactory(called="UBND huyện", kind="peoples_committee", level="district", under=province)


def commune(name, under):
    return UnitFactory(called=name, kind="peoples_committee", level="commune", under=under)


def new(name, kind=UnitKind.PEOPLES_COMMITTEE, level=Level.COMMUNE, **values):
    return NewUnit(name, kind, level, **values)


def department(name, **values):
    return new(name, UnitKind.DEPARTMENT, Level.PROVINCE, **values)


def tree_of(day):
    """Name → name above, on a day."""
    read = tree.read(day)
    return {one.name: read[one.parent_id].name if one.parent_id else None for one in read.nodes}


def everything():
    """All dated rows and paths, without ids: two worlds are the same where these are."""
    rows = [UnitName, UnitPlace, UnitCode, Post]
    return (
        [
            sorted(map(str, model.objects.values_list("unit", "validity", "ended_by")))
            for model in rows
        ],
        sorted(map(str, UnitPath.objects.values_list("ancestor", "unit", "depth", "inherited", "validity"))),
        sorted(map(str, Unit.objects.values_list("code"))),
        sorted(map(str, Succession.objects.values_list("predecessor", "successor"))),
        UnitEvent.objects.count(),
    )


# What each does


def test_a_unit_is_established_from_its_day_on(by, province):
    unit = events.establish(department("Sở Mới"), under=province, decision=DECISION, by=by)

    assert "Sở Mới" not in tree_of(BEFORE)
    assert tree_of(ON)["Sở Mới"] == "UBND tỉnh"
    assert unit.name == "Sở Mới"
    assert unit.code == "so-moi"
    assert UnitPath.objects.below(province, ON).filter(unit=unit).exists()


def test_a_unit_goes_on_by_another_name(by, province):
    unit = UnitFactory(called="Sở Cũ", under=province)

    events.rename(unit, "Sở  Mới ", short_name="SM", aliases=["Sở M"], decision=DECISION, by=by)

    assert tree_of(BEFORE)["Sở Cũ"] == "UBND tỉnh"
    assert tree_of(ON) == {**tree_of(ON), "Sở Mới": "UBND tỉnh"}
    assert "Sở Cũ" not in tree_of(ON)
    entry = AuditEntry.objects.get(subject=unit.pk)
    assert entry.before["name"] == "Sở Cũ"
    assert entry.after == {"name": "Sở Mới", "short_name": "SM", "aliases": ["Sở M"]}


def test_a_unit_moves_with_all_below_it(by, province, district):
    other = UnitFactory(called="UBND huyện khác", under=province)
    xa = commune("UBND xã", district)
    ap = commune("Ấp", xa)

    events.move(xa, other, decision=DECISION, by=by)

    assert tree.members(district, BEFORE) == {district.pk, xa.pk, ap.pk}
    assert tree.members(district, ON) == {district.pk}
    assert tree.members(other, ON) == {other.pk, xa.pk, ap.pk}


def test_a_unit_moves_to_the_top(by, province, district):
    events.move(district, None, decision=DECISION, by=by)

    assert tree_of(ON)["UBND huyện"] is None


def test_units_merge_into_a_new_one_where_they_stood(by, province, district):
    a, b = commune("UBND xã A", district), commune("UBND xã B", district)
    hamlet = commune("Ấp 1", a)

    merged = events.merge([a, b], new("UBND xã C"), decision=DECISION, by=by)

    assert tree_of(ON) == {
        **{by.unit.name: None},
        "UBND tỉnh": None,
        "UBND huyện": "UBND tỉnh",
        "UBND xã C": "UBND huyện",
        "Ấp 1": "UBND xã C",
    }
    assert tree.members(merged, ON) == {merged.pk, hamlet.pk}
    assert UnitPath.objects.below(merged, ON).filter(unit=a, inherited=True).exists()


def test_a_unit_merges_into_one_that_goes_on(by, district):
    a, b = commune("UBND xã A", district), commune("UBND xã B", district)

    same = events.merge([a], b, decision=DECISION, by=by)

    assert same == b
    assert "UBND xã A" not in tree_of(ON)
    assert [one.predecessor for one in events.story(b)] == ["UBND xã A"]


def test_a_part_becomes_a_unit_and_the_rest_goes_on(by, district):
    a = commune("UBND xã A", district)
    hamlet = commune("Ấp 1", a)

    parts = events.split(a, [new("UBND xã B")], keeps=True, decision=DECISION, by=by)

    assert tree_of(ON)["UBND xã A"] == tree_of(ON)["UBND xã B"] == "UBND huyện"
    assert tree_of(ON)["Ấp 1"] == "UBND xã A"
    assert not Succession.objects.get(successor=parts[0]).is_whole
    # What goes on keeps its own: its part does not inherit it.
    assert not UnitPath.objects.below(parts[0], ON).filter(unit__in=[a, hamlet]).exists()


def test_a_unit_is_divided_and_ends(by, district):
    a, b = commune("UBND xã A", district), commune("UBND xã B", district)

    parts = events.split(a, [b, new("UBND xã C")], keeps=False, decision=DECISION, by=by)

    assert [one.name for one in parts] == ["UBND xã B", "UBND xã C"]
    assert "UBND xã A" not in tree_of(ON)
    assert tree_of(ON)["UBND xã C"] == "UBND huyện"


def test_a_unit_of_another_level_takes_over_whole(by, province, district):
    town = commune("UBND thị trấn", district)
    hamlet = commune("Ấp 1", town)

    ward = events.change_level(
        town, new("UBND thị xã", level=Level.DISTRICT), under=province, decision=DECISION, by=by
    )

    assert ward.level == "district"
    assert tree_of(ON)["UBND thị xã"] == "UBND tỉnh"
    assert tree_of(ON)["Ấp 1"] == "UBND thị xã"
    assert tree.members(district, ON) == {district.pk}
    assert tree.members(ward, ON) == {ward.pk, hamlet.pk}


def test_a_unit_ends_with_its_codes_and_posts(by, province):
    unit = UnitFactory(called="Sở Cũ", under=province)
    post = PostFactory(unit=unit)
    lent = Delegation.objects.create(
        post=post,
        to=PersonFactory(),
        validity=DateRange(BEFORE, LATER),
        reason="Đi học",
        made_at="2025-06-01T00:00Z",
    )
    events.give_code(unit, CodeSystem.AGENCY, "H58.12", on=date(2020, 9, 15), by=by)

    events.end(unit, decision=DECISION, by=by)

    post.refresh_from_db()
    lent.refresh_from_db()
    assert "Sở Cũ" not in tree_of(ON)
    assert (post.validity.upper, lent.validity.upper) == (ON, ON)
    assert UnitCode.objects.get().validity == DateRange(date(2020, 9, 15), ON)
    assert AuditEntry.objects.filter(subject=post.pk, verb="post_ended").exists()


def test_a_code_is_followed_by_another(by, province):
    events.give_code(province, CodeSystem.STATISTICS, "82", on=date(2010, 1, 1), by=by)
    events.give_code(province, CodeSystem.STATISTICS, "08", on=ON, by=by)

    found = [(one.code, one.validity.lower) for one in province.codes.order_by("validity")]
    assert found == [("82", date(2010, 1, 1)), ("08", ON)]
