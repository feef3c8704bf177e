"""The tree of units over time: its paths against a naive reading of the rows, and what it answers."""

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.org import tree
from danvan.org.choices import CodeSystem, Level, Role, UnitKind
from danvan.org.events import (
    codes,
    ending,
    founding,
    levels,
    merging,
    moving,
    renaming,
    splitting,
    undoing,
)
from danvan.org.events.decisions import Decision, NewUnit
from danvan.org.models import Succession, Unit, UnitEvent, UnitName, UnitPath, UnitPlace
from danvan.refusals import NotAccepted
from tests.danvan.org import consistency
from tests.factories import UnitFactory, actor

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
DECISION = Decision(on=AFTER, basis="Nghị quyết 1")


def names(units):
    return {unit.name for unit in units}


def commune(name, **values):
    return NewUnit(name, UnitKind.PEOPLES_COMMITTEE, Level.COMMUNE, **values)


@pytest.fixture
def by():
    return actor(Role.ADMINISTRATOR)


@pytest.fixture
def province():
    return UnitFactory(called="UBND tỉnh", place_in_lists=1)


@pytest.fixture
def district(province):
    return UnitFactory(called="UBND huyện", under=province, level="district", place_in_lists=9)


# Paths


def test_a_unit_stands_within_all_above_it(province, district):
    UnitFactory(called="UBND xã", under=district)

    found = Unit.objects.within(province, BEFORE).named(BEFORE)

    assert names(found) == {"UBND tỉnh", "UBND huyện", "UBND xã"}


def test_a_move_counts_from_its_day(province, district):
    xa = UnitFactory(called="UBND xã", under=district)

    UnitPlace.objects.filter(unit=xa).update(validity=DateRange(date(2010, 1, 1), AFTER))
    UnitPlace.objects.create(unit=xa, parent=province, validity=DateRange(AFTER, None))
    tree.rebuild([xa.pk])

    assert names(Unit.objects.within(district, BEFORE).named(BEFORE)) == {"UBND huyện", "UBND xã"}
    assert names(Unit.objects.within(district, AFTER).named(AFTER)) == {"UBND huyện"}
    assert names(Unit.objects.under(province, AFTER).named(AFTER)) == {"UBND huyện", "UBND xã"}


def test_what_a_predecessor_left_stands_under_its_successor_from_the_event_on(by, province):
    old = UnitFactory(called="UBND xã cũ", under=province)
    new = UnitFactory(called="UBND xã mới", under=province)

    merging.merge([old], new, decision=DECISION, by=by)

    assert not UnitPath.objects.below(new, BEFORE).filter(unit=old).exists()
    assert UnitPath.objects.below(new, AFTER).get(unit=old).inherited
    assert UnitPath.objects.below(province, AFTER).get(unit=old).inherited
    assert old not in Unit.objects.within(province, AFTER)


def test_what_nobody_takes_over_is_left_to_who_stood_above(by, province, district):
    office = UnitFactory(called="Phòng Nội vụ", under=district)

    ending.end(office, decision=DECISION, by=by)

    assert UnitPath.objects.below(district, AFTER).get(unit=office).inherited
    assert UnitPath.objects.below(province, AFTER).get(unit=office).inherited


def test_parts_that_come_together_again_make_no_circle(by, province):
    a = UnitFactory(called="A", under=province)
    [b] = splitting.split(a, [commune("B")], keeps=True, decision=DECISION, by=by)

    later = Decision(on=date(2026, 1, 1), basis="Nghị quyết 2")
    merging.merge([a], b, decision=later, by=by)

    assert UnitPath.objects.below(b, later.on).get(unit=a).inherited
    assert not UnitPath.objects.filter(ancestor=a, unit=b).exists()
    assert UnitPath.objects.filter(ancestor=a, unit=a).count() == 1


# The paths as anyone would reckon them: by asking the rows, one day at a time.


class Naive:
    def __init__(self):
        self.lives = defaultdict(list)
        for row in UnitName.objects.all():
            self.lives[row.unit_id].append(row.validity)
        self.places = list(UnitPlace.objects.all())
        self.given = defaultdict(list)
        for row in Succession.objects.select_related("event"):
            self.given[row.predecessor_id].append(row)

    def exists(self, unit, day):
        return any(day in one for one in self.lives[unit])

    def above(self, unit, day):
        """Directly: (who, whether through what was left)."""
        for row in self.places:
            if row.unit_id == unit and day in row.validity:
                yield row.parent_id, False
        for heir, since in self.heirs(unit):
            if since <= day:
                yield heir, True

    def heirs(self, unit):
        ends = [one.upper for one in self.lives[unit]]
        if None in ends:
            return
        end = max(ends)
        left = [one for one in self.given[unit] if one.event.on >= end]
        yield from ((one.successor_id, one.event.on) for one in left)
        if not left:
            last = [one for one in self.places if one.unit_id == unit and one.validity.upper == end]
            yield from ((one.parent_id, end) for one in last)

    def ways(self, day):
        found = set()
        for unit in self.lives:
            if self.exists(unit, day):
                found.add((unit, unit, False))
            waiting = [(unit, False)]
            while waiting:
                one, inherited = waiting.pop()
                for above, left in self.above(one, day):
                    found.add((above, unit, inherited or left))
                    waiting.append((above, inherited or left))
        return found


START = date(2020, 1, 1)
KINDS = [
    "establish",
    "rename",
    "move",
    "merge",
    "absorb",
    "split",
    "divide",
    "level",
    "end",
    "undo",
]


def happen(kind, numbers, on, by):
    """Some event of this kind to some units; what is not accepted does not happen."""
    units = list(Unit.objects.exclude(pk=by.unit_id).order_by("code"))
    one, two, three = (numbers.choice(units) for _ in range(3))
    decision = Decision(on=on, basis=f"QĐ {on}")
    new = commune(f"Đơn vị {on}")
    asked = {
        "establish": lambda: founding.establish(new, under=one, decision=decision, by=by),
        "rename": lambda: renaming.rename(one, new.name, decision=decision, by=by),
        "move": lambda: moving.move(
            one, numbers.choice([two, two, None]), decision=decision, by=by
        ),
        "merge": lambda: merging.merge([one, two], new, under=three, decision=decision, by=by),
        "absorb": lambda: merging.merge([one, two], three, decision=decision, by=by),
        "split": lambda: splitting.split(
            one, [new, numbers.choice([two, commune("Phần")])], keeps=True, decision=decision, by=by
        ),
        "divide": lambda: splitting.split(one, [new, two], keeps=False, decision=decision, by=by),
        "level": lambda: levels.change_level(
            one,
            NewUnit(new.name, UnitKind.HAMLET, Level.HAMLET),
            under=two,
            decision=decision,
            by=by,
        ),
        "end": lambda: ending.end(one, decision=decision, by=by),
        "undo": lambda: undoing.undo(UnitEvent.objects.order_by("on", "pk").last(), by=by),
    }
    try:
        asked[kind]()
    except (NotAccepted, AttributeError):
        return False
    return True


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10**6), kinds=st.lists(st.sampled_from(KINDS), min_size=4, max_size=20))
def test_paths_say_what_the_rows_say(seed, kinds):
    with transaction.atomic():
        by = actor(Role.ADMINISTRATOR)
        top = UnitFactory()
        for _ in range(3):
            UnitFactory(under=UnitFactory(under=top))
        numbers = random.Random(seed)
        days = [START + timedelta(days=10 * at) for at in range(len(kinds))]
        for kind, on in zip(kinds, days, strict=True):
            happen(kind, numbers, on, by)

        naive = Naive()
        for day in [
            START - timedelta(days=1),
            *days[::4],
            days[-1],
            days[-1] + timedelta(days=400),
        ]:
            compare(naive, day)
        assert consistency.check() == []
        transaction.set_rollback(True)


def compare(naive, day):
    paths = UnitPath.objects.filter(validity__contains=day)
    assert set(paths.values_list("ancestor", "unit", "inherited")) == naive.ways(day)
    read = tree.read(day)
    assert {one.id for one in read.nodes} == {one for one in naive.lives if naive.exists(one, day)}
    for one in read.nodes:
        assert consistency.members(one.id, day) == {node.id for _depth, node in read.walk(one)}


# The tree of a day


def test_siblings_stand_in_the_order_of_lists(province):
    for place, name in ((2, "Sở Ý tế"), (2, "Sở Đất đai"), (2, "Sở Du lịch"), (1, "Văn phòng")):
        UnitFactory(called=name, under=province, place_in_lists=place)

    read = tree.read(BEFORE)

    found = [one.name for one in read.children(province)]
    assert found == ["Văn phòng", "Sở Du lịch", "Sở Đất đai", "Sở Ý tế"]
    assert [one.name for one in read.roots] == ["UBND tỉnh"]


def test_the_tree_is_read_in_one_query(province, district, django_assert_num_queries):
    xa = UnitFactory(called="UBND xã", under=district)

    with django_assert_num_queries(1):
        read = tree.read(BEFORE)
        walked = [(depth, one.name) for depth, one in read.walk()]

    assert walked == [(0, "UBND tỉnh"), (1, "UBND huyện"), (2, "UBND xã")]
    assert len(read) == len(read.nodes) == 3
    assert xa in read
    assert [one.name for one in read.above(xa)] == ["UBND huyện", "UBND tỉnh"]
    assert read[xa].parent_id == district.pk
    assert (read.count_children(district), read.count_children(xa)) == (1, 0)
    assert read.levels == [(Level.PROVINCE, 2), (Level.DISTRICT, 1)]
    assert read[xa].kind_label == "Sở, ban, ngành"


def test_a_day_without_units_has_an_empty_tree():
    read = tree.read(date(1975, 1, 1))

    assert len(read) == 0
    assert read.nodes == read.roots == []


def test_members_at_any_depth_are_one_query(province, district, django_assert_num_queries):
    xa = UnitFactory(called="UBND xã", under=district)

    with django_assert_num_queries(1):
        assert consistency.members(province, BEFORE) == {province.pk, district.pk, xa.pk}


# Looking for


@pytest.fixture
def named(by, province):
    unit = UnitFactory(called="Sở Thông tin và Truyền thông", under=province)
    renaming.rename(
        unit,
        "Sở Khoa học và Công nghệ",
        short_name="Sở KH&CN",
        aliases=["Sở Khoa học"],
        decision=DECISION,
        by=by,
    )
    codes.give_code(unit, CodeSystem.AGENCY, "H58.07", on=date(2020, 9, 15), by=by)
    return unit


@pytest.mark.parametrize(
    ("words", "as_of", "found"),
    [
        ("Thông tin", BEFORE, ["Sở Thông tin và Truyền thông"]),
        ("thong tin", BEFORE, ["Sở Thông tin và Truyền thông"]),
        ("truyen so", BEFORE, ["Sở Thông tin và Truyền thông"]),  # in any order
        ("thong tin", AFTER, []),
        ("thong tin", None, ["Sở Thông tin và Truyền thông"]),  # at any time
        ("KH&CN", AFTER, ["Sở Khoa học và Công nghệ"]),
        ("sở khoa học", AFTER, ["Sở Khoa học và Công nghệ"]),
        ("cong ng", AFTER, ["Sở Khoa học và Công nghệ"]),  # still being typed
        ("ong", AFTER, []),  # words by their beginnings
        ("h58.07", AFTER, ["Sở Khoa học và Công nghệ"]),
        ("H58.07", date(2020, 1, 1), []),  # not yet given
        ("%", AFTER, []),
        ("  ", AFTER, []),
        ("100%", None, []),
    ],
)
def test_units_are_found_by_what_they_are_called(named, words, as_of, found):
    assert [one.name for one in tree.search(words, as_of)] == found


def test_a_unit_is_found_with_who_stood_above_it(named, province):
    [hit] = tree.search("khoa hoc", AFTER)

    assert (hit.id, hit.parent) == (named.pk, "UBND tỉnh")
    assert (hit.since, hit.until) == (AFTER, None)


def test_the_name_itself_comes_first():
    for name in ("Trung tâm Y tế An", "Y tế An", "Y tế An Bình"):
        UnitFactory(called=name)

    found = [one.name for one in tree.search("y te an", BEFORE)]

    assert found == ["Y tế An", "Y tế An Bình", "Trung tâm Y tế An"]


# What does not fit


def test_rows_that_do_not_fit_together_are_found(by, province, district):
    assert consistency.check() == []

    province.names.update(validity=DateRange(date(2010, 1, 1), AFTER))
    UnitName.of(province, "UBND tỉnh", validity=DateRange(date(2026, 1, 1), None)).save()

    assert {one.kind for one in consistency.check()} == {"life_with_a_gap", "place_outside_a_life"}


def test_a_circle_is_impossible(province, district):
    UnitPlace.objects.create(unit=province, parent=district, validity=DateRange(AFTER, None))

    with (
        pytest.raises(IntegrityError, match="unit_stands_below_another_once"),
        transaction.atomic(),
    ):
        tree.rebuild([province.pk])
