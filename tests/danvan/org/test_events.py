"""Events of units: what each changes, what is refused, what is said twice, what is taken back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.audit.models import AuditEntry
from danvan.org import people, successions, tree
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
from danvan.refusals import NotAccepted
from danvan.reports.definitions import coordinating_unit
from tests.danvan.org import consistency
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
    return UnitFactory(
        called="UBND huyện", kind="peoples_committee", level="district", under=province
    )


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
        sorted(
            map(
                str,
                UnitPath.objects.values_list("ancestor", "unit", "depth", "inherited", "validity"),
            )
        ),
        sorted(map(str, Unit.objects.values_list("code"))),
        sorted(map(str, Succession.objects.values_list("predecessor", "successor"))),
        UnitEvent.objects.count(),
    )


# What each does


def test_a_unit_is_established_from_its_day_on(by, province):
    unit = founding.establish(department("Sở Mới"), under=province, decision=DECISION, by=by)

    assert "Sở Mới" not in tree_of(BEFORE)
    assert tree_of(ON)["Sở Mới"] == "UBND tỉnh"
    assert unit.name == "Sở Mới"
    assert unit.code == "so-moi"
    assert UnitPath.objects.below(province, ON).filter(unit=unit).exists()


def test_a_unit_goes_on_by_another_name(by, province):
    unit = UnitFactory(called="Sở Cũ", under=province)

    renaming.rename(unit, "Sở  Mới ", short_name="SM", aliases=["Sở M"], decision=DECISION, by=by)

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

    moving.move(xa, other, decision=DECISION, by=by)

    assert consistency.members(district, BEFORE) == {district.pk, xa.pk, ap.pk}
    assert consistency.members(district, ON) == {district.pk}
    assert consistency.members(other, ON) == {other.pk, xa.pk, ap.pk}


def test_a_unit_moves_to_the_top(by, province, district):
    moving.move(district, None, decision=DECISION, by=by)

    assert tree_of(ON)["UBND huyện"] is None


def test_units_merge_into_a_new_one_where_they_stood(by, province, district):
    a, b = commune("UBND xã A", district), commune("UBND xã B", district)
    hamlet = commune("Ấp 1", a)

    merged = merging.merge([a, b], new("UBND xã C"), decision=DECISION, by=by)

    assert tree_of(ON) == {
        by.unit.name: None,
        "UBND tỉnh": None,
        "UBND huyện": "UBND tỉnh",
        "UBND xã C": "UBND huyện",
        "Ấp 1": "UBND xã C",
    }
    assert consistency.members(merged, ON) == {merged.pk, hamlet.pk}
    assert UnitPath.objects.below(merged, ON).filter(unit=a, inherited=True).exists()


def test_a_unit_merges_into_one_that_goes_on(by, district):
    a, b = commune("UBND xã A", district), commune("UBND xã B", district)

    same = merging.merge([a], b, decision=DECISION, by=by)

    assert same == b
    assert "UBND xã A" not in tree_of(ON)
    assert [one.predecessor for one in successions.story(b)] == ["UBND xã A"]


def test_a_part_becomes_a_unit_and_the_rest_goes_on(by, district):
    a = commune("UBND xã A", district)
    hamlet = commune("Ấp 1", a)

    parts = splitting.split(a, [new("UBND xã B")], keeps=True, decision=DECISION, by=by)

    assert tree_of(ON)["UBND xã A"] == tree_of(ON)["UBND xã B"] == "UBND huyện"
    assert tree_of(ON)["Ấp 1"] == "UBND xã A"
    assert not Succession.objects.get(successor=parts[0]).is_whole
    # What goes on keeps its own: its part does not inherit it.
    assert not UnitPath.objects.below(parts[0], ON).filter(unit__in=[a, hamlet]).exists()


def test_a_unit_is_divided_and_ends(by, district):
    a, b = commune("UBND xã A", district), commune("UBND xã B", district)

    parts = splitting.split(a, [b, new("UBND xã C")], keeps=False, decision=DECISION, by=by)

    assert [one.name for one in parts] == ["UBND xã B", "UBND xã C"]
    assert "UBND xã A" not in tree_of(ON)
    assert tree_of(ON)["UBND xã C"] == "UBND huyện"


def test_a_unit_of_another_level_takes_over_whole(by, province, district):
    town = commune("UBND thị trấn", district)
    hamlet = commune("Ấp 1", town)

    ward = levels.change_level(
        town, new("UBND thị xã", level=Level.DISTRICT), under=province, decision=DECISION, by=by
    )

    assert ward.level == "district"
    assert tree_of(ON)["UBND thị xã"] == "UBND tỉnh"
    assert tree_of(ON)["Ấp 1"] == "UBND thị xã"
    assert consistency.members(district, ON) == {district.pk}
    assert consistency.members(ward, ON) == {ward.pk, hamlet.pk}


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
    codes.give_code(unit, CodeSystem.AGENCY, "H58.12", on=date(2020, 9, 15), by=by)

    ending.end(unit, decision=DECISION, by=by)

    post.refresh_from_db()
    lent.refresh_from_db()
    assert "Sở Cũ" not in tree_of(ON)
    assert (post.validity.upper, lent.validity.upper) == (ON, ON)
    assert UnitCode.objects.get().validity == DateRange(date(2020, 9, 15), ON)
    assert AuditEntry.objects.filter(subject=post.pk, verb="post_ended").exists()


def test_a_code_is_followed_by_another(by, province):
    codes.give_code(province, CodeSystem.STATISTICS, "82", on=date(2010, 1, 1), by=by)
    codes.give_code(province, CodeSystem.STATISTICS, "08", on=ON, by=by)

    found = [(one.code, one.validity.lower) for one in province.codes.order_by("validity")]
    assert found == [("82", date(2010, 1, 1)), ("08", ON)]


# Refused


def refused(action, *args, match, **kwargs):
    was = everything()
    with pytest.raises(NotAccepted, match=match):
        action(*args, **kwargs)
    assert everything() == was


def test_only_who_may_changes_units(province):
    officer = actor(Role.OFFICER, province)

    with pytest.raises(PermissionDenied):
        ending.end(UnitFactory(), decision=DECISION, by=officer)
    with pytest.raises(PermissionDenied):
        founding.establish(department("Sở"), under=None, decision=DECISION, by=officer)
    with pytest.raises(PermissionDenied):
        codes.give_code(province, CodeSystem.STATISTICS, "82", on=ON, by=officer)


@pytest.mark.parametrize("on", [date(2009, 12, 31), date(2010, 1, 1)])  # before, and the first day
def test_nothing_happens_to_a_unit_before_it_was(by, province, on):
    decision = Decision(on=on, basis="QĐ 1")

    refused(renaming.rename, province, "Tên", decision=decision, by=by, match="bắt đầu hoạt động")
    refused(ending.end, province, decision=decision, by=by, match="01/01/2010")


def test_nothing_happens_to_a_unit_that_ended(by, province):
    unit = UnitFactory(called="Sở Cũ", under=province)
    ending.end(unit, decision=DECISION, by=by)
    later = Decision(on=LATER, basis="QĐ 2")

    for action in (
        lambda: renaming.rename(unit, "Sở Mới", decision=later, by=by),
        lambda: moving.move(unit, None, decision=later, by=by),
        lambda: ending.end(unit, decision=later, by=by),
        lambda: splitting.split(unit, [department("A")], keeps=True, decision=later, by=by),
        lambda: merging.merge([unit, province], department("A"), decision=later, by=by),
        lambda: codes.give_code(unit, CodeSystem.STATISTICS, "82", on=LATER, by=by),
        lambda: founding.establish(department("A"), under=unit, decision=later, by=by),
        lambda: moving.move(by.unit, unit, decision=later, by=by),
    ):
        refused(action, match="kết thúc hoạt động từ ngày 01/07/2025")


def test_nothing_happens_before_what_is_already_known(by, province):
    unit = UnitFactory(called="Sở Cũ", under=province)
    renaming.rename(unit, "Sở Mới", decision=DECISION, by=by)

    for on in (BEFORE, ON):
        decision = Decision(on=on, basis="QĐ 2")
        refused(renaming.rename, unit, "Sở", decision=decision, by=by, match="vào ngày 01/07/2025")
        refused(ending.end, unit, decision=decision, by=by, match="vào ngày 01/07/2025")


def test_a_unit_comes_under_none_of_its_own(by, province, district):
    xa = commune("UBND xã", district)

    for under in (district, xa):
        refused(moving.move, district, under, decision=DECISION, by=by, match="chính nó")
    refused(merging.merge, [district], xa, decision=DECISION, by=by, match="chính nó")


def test_a_unit_comes_under_none_that_comes_under_it_later(by, province):
    a, b = commune("A", province), commune("B", province)
    moving.move(b, a, decision=Decision(on=LATER, basis="QĐ 1"), by=by)

    refused(moving.move, a, b, decision=DECISION, by=by, match="chính nó")


def test_a_name_and_a_basis_are_asked_for(by, province):
    refused(
        founding.establish, department("  "), under=province, decision=DECISION, by=by, match="tên"
    )
    refused(renaming.rename, province, " ", decision=DECISION, by=by, match="tên")
    refused(ending.end, UnitFactory(), decision=Decision(on=ON, basis=" "), by=by, match="căn cứ")


def test_what_changes_nothing_is_said_so(by, province, district):
    refused(renaming.rename, district, "UBND huyện", decision=DECISION, by=by, match="không đổi")
    refused(moving.move, district, province, decision=DECISION, by=by, match="đã trực thuộc")
    same = new("UBND quận", level=Level.DISTRICT)
    refused(
        levels.change_level, district, same, under=province, decision=DECISION, by=by, match="Cấp"
    )


def test_names_that_differ_by_where_the_tone_is_put_are_one(by, district):
    commune("UBND xã Hòa An", district)
    bare = commune("UBND xã Hoa An", district)  # another name

    with pytest.raises(NotAccepted, match="Hòa An"):
        founding.establish(new("UBND xã Hoà An"), under=district, decision=DECISION, by=by)
    with pytest.raises(NotAccepted, match="Hòa An"):
        renaming.rename(bare, "UBND xã Hoà An", decision=DECISION, by=by)


def test_a_merged_unit_may_keep_the_name_of_one_that_went_into_it(by, district):
    one, other = commune("UBND xã Hòa An", district), commune("UBND xã B", district)

    merged = merging.merge([one, other], new("UBND xã Hòa An"), decision=DECISION, by=by)

    assert merged.name == "UBND xã Hòa An"


def test_a_part_split_off_bears_another_name_than_the_one_that_goes_on(by, district):
    unit = commune("UBND xã Hòa An", district)

    with pytest.raises(NotAccepted, match="Hòa An"):
        splitting.split(unit, [new("UBND xã Hoà An")], keeps=True, decision=DECISION, by=by)


def test_only_one_department_coordinates(by, province):
    UnitFactory(called="Sở Nội vụ", under=province, coordinates=True)

    with pytest.raises(NotAccepted, match="Sở Nội vụ"):
        founding.establish(
            department("Sở Dân vận", coordinates=True), under=province, decision=DECISION, by=by
        )


def test_who_takes_over_from_the_coordinating_department_coordinates_until_it_is_undone(
    by, province
):
    old = UnitFactory(called="Sở Nội vụ", under=province, coordinates=True)
    other = UnitFactory(called="Sở Lao động", under=province)

    merged = merging.merge([old], other, decision=DECISION, by=by)
    assert coordinating_unit(ON) == merged == other

    undoing.undo(UnitEvent.objects.get(kind="merged"), by=by)
    assert coordinating_unit(ON) == old


def test_two_of_one_name_do_not_stand_side_by_side(by, province, district):
    again = new("UBND huyện", level=Level.DISTRICT)

    refused(
        founding.establish,
        again,
        under=province,
        decision=DECISION,
        by=by,
        match="Đã có UBND huyện",
    )


def test_a_unit_with_others_below_does_not_end(by, district):
    for name in ("UBND xã A", "UBND xã B", "UBND xã C", "UBND xã D"):
        commune(name, district)

    refused(
        ending.end,
        district,
        decision=DECISION,
        by=by,
        match="UBND xã A, UBND xã B, UBND xã C và 1 đơn vị khác",
    )
    parts = [new("A", level=Level.DISTRICT), new("B", level=Level.DISTRICT)]
    refused(splitting.split, district, parts, keeps=False, decision=DECISION, by=by, match="Còn")


def test_one_alone_is_no_merger_and_no_division(by, district):
    a = commune("UBND xã A", district)

    refused(merging.merge, [a], new("B"), decision=DECISION, by=by, match="hai đơn vị")
    refused(merging.merge, [a], a, decision=DECISION, by=by, match="hai đơn vị")
    refused(
        splitting.split, a, [new("B")], keeps=False, decision=DECISION, by=by, match="hai đơn vị"
    )
    refused(splitting.split, a, [a], keeps=True, decision=DECISION, by=by, match="chính nó")


def test_where_a_merged_unit_stands_is_asked_for_where_it_is_not_plain(by, province, district):
    a, b = commune("UBND xã A", district), commune("UBND xã B", province)

    refused(merging.merge, [a, b], new("C"), decision=DECISION, by=by, match="chọn cấp trên")

    merging.merge([a, b], new("C"), under=province, decision=DECISION, by=by)
    assert tree_of(ON)["C"] == "UBND tỉnh"


@pytest.mark.parametrize(
    ("system", "code"),
    [
        (CodeSystem.STATISTICS, ""),
        (CodeSystem.STATISTICS, "8"),
        (CodeSystem.STATISTICS, "1234"),
        (CodeSystem.AGENCY, "82"),
        (CodeSystem.AGENCY, "H5.1"),
        (CodeSystem.AGENCY, "H55.12345"),
        (CodeSystem.AGENCY, "H55" + ".1234" * 7),
    ],
)
def test_a_code_has_its_form(by, province, system, code):
    refused(codes.give_code, province, system, code, on=ON, by=by, match="không đúng dạng")


def test_a_code_of_a_unit_that_ended_ends_with_it(by, province):
    unit = UnitFactory(called="Sở Cũ", under=province)
    renaming.rename(unit, "Sở Mới", decision=Decision(on=date(2020, 1, 1), basis="QĐ 1"), by=by)
    ending.end(unit, decision=DECISION, by=by)

    given = codes.give_code(unit, CodeSystem.AGENCY, "H58.12", on=date(2019, 1, 1), by=by)

    assert given.validity == DateRange(date(2019, 1, 1), ON)


def test_a_code_means_one_unit(by, province, district):
    codes.give_code(province, CodeSystem.STATISTICS, "82", on=ON, by=by)

    refused(
        codes.give_code, district, CodeSystem.STATISTICS, "82", on=BEFORE, by=by, match="UBND tỉnh"
    )
    refused(codes.give_code, province, CodeSystem.STATISTICS, "84", on=BEFORE, by=by, match="mã 82")


def test_a_unit_does_not_end_before_a_post_in_it_begins(by, province):
    post = PostFactory(unit=UnitFactory(under=province), validity=DateRange(LATER, None))

    refused(ending.end, post.unit, decision=DECISION, by=by, match="từ ngày 01/01/2026")


# Said twice


def test_the_same_said_twice_changes_nothing(by, province, district):
    a, b, c = (commune(f"UBND xã {name}", district) for name in "ABC")
    ward = NewUnit("UBND phường", UnitKind.PEOPLES_COMMITTEE, Level.COMMUNE)
    later = Decision(on=LATER, basis="QĐ 3")
    sooner = Decision(on=date(2024, 1, 1), basis="QĐ 0")
    asked = [
        lambda: founding.establish(department("Sở"), under=province, decision=DECISION, by=by),
        lambda: founding.establish(department("Bộ"), under=None, decision=DECISION, by=by),
        lambda: renaming.rename(c, "UBND xã Mới", decision=sooner, by=by),
        lambda: moving.move(c, province, decision=DECISION, by=by),
        lambda: merging.merge([a, b], ward, decision=DECISION, by=by),
        lambda: merging.merge([c], Unit.objects.get(names__name="Sở"), decision=later, by=by),
        lambda: moving.move(district, None, decision=DECISION, by=by),
        lambda: codes.give_code(province, CodeSystem.STATISTICS, "82", on=ON, by=by),
        lambda: splitting.split(
            province, [department("X"), department("Y")], keeps=True, decision=later, by=by
        ),
        lambda: levels.change_level(
            Unit.objects.get(names__name="X"),
            ward,
            under=province,
            decision=Decision(on=date(2026, 6, 1), basis="QĐ 4"),
            by=by,
        ),
        lambda: ending.end(
            Unit.objects.get(names__name="Y"),
            decision=Decision(on=date(2026, 6, 1), basis="QĐ 4"),
            by=by,
        ),
    ]
    for action in asked:
        first = action()
        was, told = everything(), AuditEntry.objects.count()

        second = action()

        assert (everything(), AuditEntry.objects.count()) == (was, told)
        assert first == second or {one.pk for one in first} == {one.pk for one in second}


# Taken back


def test_each_event_is_taken_back(by, province, district):
    a, b, c = (commune(f"UBND xã {name}", district) for name in "ABC")
    commune("Ấp 1", a)
    post = PostFactory(unit=a, validity=DateRange(date(2020, 1, 1), LATER))
    codes.give_code(a, CodeSystem.STATISTICS, "00001", on=date(2015, 1, 1), by=by)
    town = new("UBND thị xã", level=Level.DISTRICT)
    asked = [
        lambda: founding.establish(department("Sở"), under=province, decision=DECISION, by=by),
        lambda: renaming.rename(a, "UBND xã Mới", decision=DECISION, by=by),
        lambda: moving.move(a, province, decision=DECISION, by=by),
        lambda: moving.move(district, None, decision=DECISION, by=by),
        lambda: merging.merge([a, b], new("UBND xã D"), decision=DECISION, by=by),
        lambda: merging.merge([a], c, decision=DECISION, by=by),
        lambda: splitting.split(a, [new("UBND xã D")], keeps=True, decision=DECISION, by=by),
        lambda: splitting.split(c, [a, new("UBND xã D")], keeps=False, decision=DECISION, by=by),
        lambda: levels.change_level(a, town, under=province, decision=DECISION, by=by),
        lambda: ending.end(c, decision=DECISION, by=by),
    ]
    for action in asked:
        was = everything()
        action()
        assert everything() != was

        undoing.undo(UnitEvent.objects.get(), by=by)

        assert everything() == was
    post.refresh_from_db()
    assert post.validity.upper == LATER
    assert AuditEntry.objects.filter(verb="unit_event_undone").exists()


def test_what_came_later_is_taken_back_first(by, district):
    a, b = commune("UBND xã A", district), commune("UBND xã B", district)
    merged = merging.merge([a, b], new("UBND xã C"), decision=DECISION, by=by)
    merger = UnitEvent.objects.get()
    founding.establish(
        NewUnit("Ấp 1", UnitKind.HAMLET, Level.HAMLET),
        under=merged,
        decision=Decision(on=LATER, basis="QĐ 2"),
        by=by,
    )

    refused(undoing.undo, merger, by=by, match="Thành lập ngày 01/01/2026, theo QĐ 2")


def test_a_unit_that_already_has_people_stays(by, province):
    unit = founding.establish(department("Sở"), under=province, decision=DECISION, by=by)
    people.appoint(PersonFactory(), unit, Role.OFFICER, from_=ON, by=by)

    refused(undoing.undo, UnitEvent.objects.get(), by=by, match="Sở đã có")


def test_what_ended_stays_ended_once_another_has_its_code(by, province):
    unit, other = UnitFactory(called="Sở Cũ", under=province), UnitFactory(under=province)
    codes.give_code(unit, CodeSystem.AGENCY, "H58.12", on=date(2020, 9, 15), by=by)
    ending.end(unit, decision=DECISION, by=by)
    codes.give_code(other, CodeSystem.AGENCY, "H58.12", on=LATER, by=by)

    refused(undoing.undo, UnitEvent.objects.get(), by=by, match="H58.12 đã cấp cho đơn vị khác")


def test_taking_back_twice_changes_nothing(by, province):
    founding.establish(department("Sở"), under=province, decision=DECISION, by=by)
    event = UnitEvent.objects.get()
    undoing.undo(event, by=by)
    was = everything()
    event.pk = UnitEvent(kind="ended", on=ON, basis="").pk  # what a page still shows

    undoing.undo(event, by=by)

    assert everything() == was
