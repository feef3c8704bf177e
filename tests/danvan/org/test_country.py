"""The reform of 2025 on the whole country: what stood before, what stands since, who became what."""

import json
from collections import Counter
from datetime import date
from io import StringIO

import pytest
import vietnam_provinces
from django.core.management import call_command
from django.db import connection, transaction

from danvan.org.choices import CodeSystem, EventKind, Level
from danvan.org.country.loading import SINCE, load, read_events, read_places
from danvan.org.models import Succession, Unit, UnitCode, UnitEvent, UnitName, UnitPath, UnitPlace
from danvan.text import fold

pytestmark = pytest.mark.django_db

EVE = date(2025, 6, 30)
REFORM = date(2025, 7, 1)
BEFORE_DONG_NAI = date(2026, 4, 29)
DONG_NAI = date(2026, 4, 30)
BAC_NINH = date(2026, 9, 20)
DAYS = [SINCE, EVE, REFORM, BEFORE_DONG_NAI, DONG_NAI, BAC_NINH, date(2026, 11, 22)]

# Communes of each province and city since 1/7/2025 (Quyết định 19/2025/QĐ-TTg): all, phường, xã,
# đặc khu.
COMMUNES = {
    "01": (126, 51, 75, 0), "04": (56, 3, 53, 0), "08": (124, 7, 117, 0), "11": (45, 3, 42, 0),
    "12": (38, 2, 36, 0), "14": (75, 8, 67, 0), "15": (99, 10, 89, 0), "19": (92, 15, 77, 0),
    "20": (65, 4, 61, 0), "22": (54, 30, 22, 2), "24": (99, 33, 66, 0), "25": (148, 15, 133, 0),
    "31": (114, 45, 67, 2), "33": (104, 11, 93, 0), "37": (129, 32, 97, 0), "38": (166, 19, 147, 0),
    "40": (130, 11, 119, 0), "42": (69, 9, 60, 0), "44": (78, 8, 69, 1), "46": (40, 21, 19, 0),
    "48": (94, 23, 70, 1), "51": (96, 9, 86, 1), "52": (135, 25, 110, 0), "56": (65, 16, 48, 1),
    "66": (102, 14, 88, 0), "68": (124, 20, 103, 1), "75": (95, 23, 72, 0), "79": (168, 113, 54, 1),
    "80": (96, 14, 82, 0), "82": (102, 20, 82, 0), "86": (124, 19, 105, 0), "91": (102, 14, 85, 3),
    "92": (103, 31, 72, 0), "96": (64, 9, 55, 0),
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def country(django_db_setup, django_db_blocker):
    """Loaded once as `danvan country` does it, by the owner; taken back at the end."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        with transaction.atomic():
            cursor.execute("SET ROLE NONE")
            assert load() == len(read_places())
            cursor.execute("RESET ROLE")
            connection.check_constraints()  # the deferred ones once, not at the end of each test
            yield
            transaction.set_rollback(True)
        cursor.execute("SET ROLE NONE")
        cursor.execute("VACUUM ANALYZE")  # or every later test reads past what was taken back
        cursor.execute("RESET ROLE")


def standing(level: Level, as_of: date) -> dict:
    """Unit → the first word of its short name: Xã, Phường, Tỉnh …"""
    rows = UnitName.objects.filter(unit__level=level, validity__contains=as_of)
    return {unit: _kind(name) for unit, name in rows.values_list("unit", "short_name")}


def _kind(place: str) -> str:
    kinds = ("Tỉnh", "Thành phố", "Xã", "Phường", "Thị trấn", "Đặc khu", "Huyện", "Quận", "Thị xã")
    return next(kind for kind in kinds if place.startswith(f"{kind} "))


def bearer(code: str, as_of: date, system=CodeSystem.STATISTICS) -> str:
    """The name, as of a date, of the unit that a code means on that date."""
    unit = UnitCode.objects.get(system=system, code=code, validity__contains=as_of).unit_id
    return Unit.objects.named(as_of).get(pk=unit).name


@pytest.mark.parametrize(
    ("as_of", "level", "kinds"),
    [
        (EVE, Level.PROVINCE, {"Tỉnh": 57, "Thành phố": 6}),
        (EVE, Level.DISTRICT, {"Huyện": 508, "Thành phố": 86, "Thị xã": 53, "Quận": 49}),
        (REFORM, Level.PROVINCE, {"Tỉnh": 28, "Thành phố": 6}),
        (REFORM, Level.DISTRICT, {}),
        (REFORM, Level.COMMUNE, {"Xã": 2621, "Phường": 687, "Đặc khu": 13}),
        (BEFORE_DONG_NAI, Level.PROVINCE, {"Tỉnh": 28, "Thành phố": 6}),
        (BEFORE_DONG_NAI, Level.COMMUNE, {"Xã": 2621, "Phường": 687, "Đặc khu": 13}),
        (DONG_NAI, Level.PROVINCE, {"Tỉnh": 27, "Thành phố": 7}),
        (DONG_NAI, Level.COMMUNE, {"Xã": 2611, "Phường": 697, "Đặc khu": 13}),
        (BAC_NINH, Level.PROVINCE, {"Tỉnh": 25, "Thành phố": 9}),
        (BAC_NINH, Level.COMMUNE, {"Xã": 2599, "Phường": 709, "Đặc khu": 13}),
    ],
)
def test_how_many_there_are_of_each_kind_on_a_day(as_of, level, kinds):
    assert Counter(standing(level, as_of).values()) == kinds


def test_63_provinces_696_districts_10035_communes_became_34_and_3321():
    before = {level: len(standing(level, EVE)) for level in Level}
    after = {level: len(standing(level, REFORM)) for level in Level}

    assert before == {"central": 0, "province": 63, "district": 696, "commune": 10035, "hamlet": 0}
    assert after == {"central": 0, "province": 34, "district": 0, "commune": 3321, "hamlet": 0}


@pytest.mark.parametrize("code", COMMUNES)
def test_each_province_has_its_communes(code):
    province = UnitCode.objects.get(
        code=code, system=CodeSystem.STATISTICS, validity__contains=REFORM
    ).unit
    below = set(Unit.objects.under(province, REFORM).values_list("pk", flat=True))
    kinds = Counter(kind for unit, kind in standing(Level.COMMUNE, REFORM).items() if unit in below)

    assert (len(below), kinds["Phường"], kinds["Xã"], kinds["Đặc khu"]) == COMMUNES[code]


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("82", "UBND tỉnh Tiền Giang", "UBND tỉnh Đồng Tháp"),
        ("80", "UBND tỉnh Long An", "UBND tỉnh Tây Ninh"),
        ("91", "UBND tỉnh Kiên Giang", "UBND tỉnh An Giang"),
        ("86", "UBND tỉnh Vĩnh Long", "UBND tỉnh Vĩnh Long"),  # the same name, another unit
        ("01", "UBND thành phố Hà Nội", "UBND thành phố Hà Nội"),
        ("00004", "UBND phường Trúc Bạch", "UBND phường Ba Đình"),
        ("31105", "UBND xã Thổ Châu", "UBND đặc khu Thổ Châu"),
    ],
)
def test_a_code_means_something_on_a_date(code, before, after):
    assert bearer(code, EVE) == before
    assert bearer(code, REFORM) == after


def test_the_two_code_systems_move_in_opposite_directions():
    assert bearer("H20", EVE, CodeSystem.AGENCY) == "UBND tỉnh Đồng Tháp"
    assert bearer("H20", REFORM, CodeSystem.AGENCY) == "UBND tỉnh Đồng Tháp"
    assert bearer("87", EVE) == "UBND tỉnh Đồng Tháp"
    assert bearer("82", REFORM) == "UBND tỉnh Đồng Tháp"
    closed = UnitCode.objects.filter(system=CodeSystem.AGENCY, code__in=["H30", "H54", "H59"])
    assert not closed.filter(validity__contains=REFORM).exists()


@pytest.mark.parametrize("as_of", [EVE, REFORM, BAC_NINH])
def test_every_place_has_one_code_on_a_day(as_of):
    coded = UnitCode.objects.filter(system=CodeSystem.STATISTICS, validity__contains=as_of)

    assert coded.count() == UnitName.objects.filter(validity__contains=as_of).count()


def test_who_ended_has_a_successor_and_who_began_has_a_predecessor():
    eve, reform = _alive(EVE), _alive(REFORM)
    took = Succession.objects.values_list("predecessor", "successor")

    assert len(eve - reform) == (63 - 11) + 696 + (10035 - 132)
    assert eve - reform == {predecessor for predecessor, _ in took}
    assert len(reform - eve) == (34 - 11) + (3321 - 132)
    assert reform - eve <= {successor for _, successor in took}


def _alive(as_of: date) -> set:
    return set(UnitName.objects.filter(validity__contains=as_of).values_list("unit", flat=True))


def test_what_went_to_several_went_to_none_as_a_whole():
    parts = Counter(Succession.objects.values_list("predecessor", flat=True))
    several = [unit for unit, times in parts.items() if times > 1]

    assert not Succession.objects.filter(predecessor__in=several, is_whole=True).exists()
    communes = Succession.objects.filter(predecessor__level=Level.COMMUNE, is_whole=False)
    assert communes.values("predecessor").distinct().count() == 442


def test_a_commune_that_was_left_alone_is_the_same_unit_and_only_moves_up():
    unit = UnitCode.objects.filter(code="31105").first().unit

    parents = [row.parent for row in UnitPlace.objects.filter(unit=unit).order_by("validity")]

    assert [bearer_of(parent, on) for parent, on in zip(parents, (EVE, REFORM), strict=True)] == [
        "UBND thành phố Phú Quốc",
        "UBND tỉnh An Giang",
    ]
    assert not Succession.objects.filter(predecessor=unit).exists()
    moved = UnitPlace.objects.filter(event__kind=EventKind.MOVED)
    assert moved.values("unit").distinct().count() == 132


def bearer_of(unit: Unit, on: date) -> str:
    return Unit.objects.named(on).get(pk=unit.pk).name


def test_an_island_district_became_a_commune_by_a_change_of_level():
    code = UnitCode.objects.get(code="536")  # Huyện Lý Sơn, which had no communes

    one = Succession.objects.get(predecessor=code.unit)

    assert one.event.kind == EventKind.LEVEL_CHANGED
    assert bearer_of(one.successor, REFORM) == "UBND đặc khu Lý Sơn"


def test_what_a_district_left_stands_under_those_who_took_over():
    district = UnitCode.objects.get(code="820").unit  # Huyện Cai Lậy, Tiền Giang
    province = UnitCode.objects.get(code="82", validity__contains=REFORM).unit

    above = UnitPath.objects.above(district, REFORM).filter(inherited=True)

    assert above.filter(ancestor=province).exists()
    assert above.filter(ancestor__level=Level.COMMUNE).count() == 6
    assert not UnitPath.objects.below(district, REFORM).exists()


@pytest.mark.parametrize("as_of", DAYS)
def test_the_tree_of_a_day_is_a_tree(as_of):
    """Every unit is there once, under one that exists, and reaches one top in as many steps as it should."""
    alive = _alive(as_of)
    parents = dict(UnitPlace.objects.filter(validity__contains=as_of).values_list("unit", "parent"))
    provinces = set(standing(Level.PROVINCE, as_of))

    assert set(parents) == alive - provinces
    assert set(parents.values()) <= alive
    depth = 2 if as_of < REFORM else 1
    tops = {unit: _climb(unit, parents) for unit in standing(Level.COMMUNE, as_of)}
    assert {top for top, _ in tops.values()} <= provinces
    assert {steps for _, steps in tops.values()} == {depth}


def _climb(unit, parents) -> tuple:
    steps = 0
    while unit in parents:
        unit, steps = parents[unit], steps + 1
    return unit, steps


@pytest.mark.parametrize("as_of", DAYS)
def test_the_paths_of_a_day_are_the_tree_of_that_day(as_of):
    parents = dict(UnitPlace.objects.filter(validity__contains=as_of).values_list("unit", "parent"))
    alive = _alive(as_of)
    walked = {(unit, unit, 0) for unit in alive}
    for unit in parents:
        above, steps = unit, 0
        while above in parents:
            above, steps = parents[above], steps + 1
            walked.add((above, unit, steps))

    paths = UnitPath.objects.filter(inherited=False, validity__contains=as_of)

    assert set(paths.values_list("ancestor", "unit", "depth")) == walked


def test_nothing_holds_for_no_time():
    """That no two rows overlap and every reference holds, the constraints have said on loading."""
    assert UnitName.objects.filter(validity__isempty=True).count() == 0
    assert UnitPath.objects.filter(validity__isempty=True).count() == 0


def test_the_communes_are_those_of_the_published_list():
    """Held against a package that keeps the list of the statistics office."""
    listed = json.loads(vietnam_provinces.NESTED_DIVISIONS_JSON_PATH.read_text("utf-8"))
    published = {
        (f"{province['code']:02}", _plain(one["name"])): f"{one['code']:05}"
        for province in listed
        for one in province["wards"]
    }
    codes = UnitCode.objects.filter(system=CodeSystem.STATISTICS, validity__contains=REFORM)
    code_of = dict(codes.values_list("unit", "code"))
    names = dict(
        UnitName.objects.filter(validity__contains=REFORM).values_list("unit", "short_name")
    )
    places = UnitPlace.objects.filter(validity__contains=REFORM).values_list("unit", "parent")
    ours = {(code_of[over], _plain(names[unit])): code_of[unit] for unit, over in places}

    assert set(ours) == set(published)
    # The list of 2025 carries 129 codes that Quyết định 19/2025/QĐ-TTg has otherwise.
    assert sum(ours[one] != published[one] for one in ours) <= 129


def _plain(name: str) -> str:
    return fold(name.replace("–", "-").replace("’", "'"))


def test_every_event_has_its_act_and_its_day():
    events = list(UnitEvent.objects.all())

    assert len(events) == len(read_events())
    assert all("Nghị quyết số" in event.basis and event.on >= REFORM for event in events)
    unverified = {event.basis for event in events if not event.is_verified}
    assert unverified == {
        "Nghị quyết số 1657/NQ-UBTVQH15 ngày 16/6/2025",  # who took over one commune each
        "Nghị quyết số 1684/NQ-UBTVQH15 ngày 16/6/2025",
        "Nghị quyết số 36/2026/QH16",
        "Nghị quyết số 39/2026/QH16",
        "Nghị quyết số 388/NQ-UBTVQH16",
    }


def test_loading_again_changes_nothing():
    before = [model.objects.count() for model in (Unit, UnitName, UnitPlace, UnitCode, UnitPath)]
    out = StringIO()

    call_command("country", stdout=out)

    assert "đã có" in out.getvalue()
    after = [model.objects.count() for model in (Unit, UnitName, UnitPlace, UnitCode, UnitPath)]
    assert after == before


def test_the_data_are_small_enough_to_read():
    """Every line is a place; a change shows as a line."""
    places = read_places()

    assert len(places) == 63 + 23 + 696 + 10035 + 3321 - 132
    assert all(key == one.key for key, one in places.items())
