from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.org.choices import EventKind
from danvan.org.models import Succession, UnitEvent, UnitName
from danvan.org.resolving import NameBook, units_of
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

DAY = date(2024, 2, 20)
TWO_LEVELS = date(2025, 7, 1)
DEPARTMENTS = {"noi-vu", "tu-phap", "van-phong", "lao-dong"}


@pytest.fixture
def units():
    """A small province: code → unit."""
    rows = [
        ("noi-vu", "department", "province", "Sở Nội vụ"),
        ("tu-phap", "department", "province", "Sở Tư pháp"),
        ("van-phong", "department", "province", "Văn phòng UBND tỉnh"),
        ("lao-dong", "department", "province", "Sở Lao động - Thương binh và Xã hội"),
        ("quan-su", "armed_force", "province", "Bộ Chỉ huy Quân sự tỉnh"),
        ("ban-dan-van", "party_body", "province", "Ban Dân vận Tỉnh ủy"),
        ("can-su-dang", "party_body", "province", "Ban cán sự đảng UBND tỉnh"),
        ("chi-dao", "committee", "province", "Ban Chỉ đạo công tác dân vận tỉnh"),
        ("ap-3", "hamlet", "hamlet", "Ấp 3"),
        ("mat-tran", "fatherland_front", "province", "Ủy ban MTTQ Việt Nam tỉnh"),
        ("thanh-nien", "mass_organisation", "province", "Tỉnh đoàn"),
        ("an-loc", "peoples_committee", "district", "UBND huyện An Lộc"),
        ("tan-phu", "peoples_committee", "district", "UBND thành phố Tân Phú"),
        ("xa-an-binh", "peoples_committee", "commune", "UBND xã An Bình"),
    ]
    return {
        code: UnitFactory(code=code, kind=kind, level=level, called=name)
        for code, kind, level, name in rows
    }


@pytest.mark.parametrize(
    ("printed", "codes", "left_over"),
    [
        ("Sở Nội vụ", {"noi-vu"}, ""),
        ("SỞ NỘI VỤ", {"noi-vu"}, ""),  # letterheads are in capitals
        ("Giám đốc Sở Nội vụ", {"noi-vu"}, ""),  # a head stands for his body
        ("Chánh Văn phòng UBND tỉnh", {"van-phong"}, ""),
        ("Chủ tịch UBND huyện An Lộc", {"an-loc"}, ""),
        ("Văn phòng Ủy ban nhân dân tỉnh", {"van-phong"}, ""),  # abbreviated in the data
        ("Ủy ban nhân dân TP Tân Phú", {"tan-phu"}, ""),  # abbreviated in the document
        ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", {"mat-tran"}, ""),
        ("UBMTTQVN tỉnh", {"mat-tran"}, ""),
        ("BTT Ủy ban MTTQ Việt Nam tỉnh", {"mat-tran"}, ""),
        ("VP UBND tỉnh", {"van-phong"}, ""),
        ("LĐVP UBND tỉnh", {"van-phong"}, ""),
        ("Sở LĐTBXH", {"lao-dong"}, ""),
        ("Sở LĐ-TB&XH", {"lao-dong"}, ""),
        ("Sở Lao động, Thương binh và Xã hội", {"lao-dong"}, ""),
        ("BCH Quân sự tỉnh", {"quan-su"}, ""),
        ("BCHQS tỉnh", {"quan-su"}, ""),
        ("Bộ CHQS tỉnh", {"quan-su"}, ""),
        ("Ban Dân vận TU", {"ban-dan-van"}, ""),
        ("BCSĐ UBND tỉnh", {"can-su-dang"}, ""),
        ("BCĐ công tác dân vận tỉnh", {"chi-dao"}, ""),
        ("các Ban Chỉ đạo của tỉnh", {"chi-dao"}, ""),
        ("các ấp, khu phố", {"ap-3"}, ""),
        ("các sở, ban, ngành tỉnh", DEPARTMENTS, ""),
        (
            "Thủ trưởng các sở, ban, ngành tỉnh; UBND các huyện, thị xã, thành phố",
            DEPARTMENTS | {"an-loc", "tan-phu"},
            "",
        ),
        ("UBND các xã, phường, thị trấn", {"xa-an-binh"}, ""),
        ("UBND các cấp", {"an-loc", "tan-phu", "xa-an-binh"}, ""),
        ("các tổ chức chính trị - xã hội", {"thanh-nien"}, ""),
        ("Sở Nội vụ, Sở Tư pháp và Tỉnh đoàn", {"noi-vu", "tu-phap", "thanh-nien"}, ""),
        # What means nothing known is asked about, never dropped.
        ("Sở Nội vụ và các cơ quan liên quan", {"noi-vu"}, "co quan lien quan"),
        ("Sở Du lịch", set(), "so du lich"),
        ("Tổ công tác", set(), "to cong tac"),
        ("Cổng thông tin điện tử", set(), "cong thong tin dien tu"),  # not TU, Tỉnh ủy
    ],
)
def test_a_printed_name_means_units_of_the_province(units, printed, codes, left_over):
    found = NameBook(DAY).resolve(printed)

    assert found.units == {str(units[code].pk) for code in codes}
    assert found.left_over == left_over


def test_a_name_means_who_bore_it_on_the_date(units):
    merged = UnitFactory(code="noi-vu-moi", called="Sở Nội vụ")
    merged.names.update(validity=DateRange(date(2025, 3, 1), None))
    units["noi-vu"].names.update(validity=DateRange(date(2010, 1, 1), date(2025, 3, 1)))

    before = NameBook(date(2025, 2, 28)).resolve("Sở Nội vụ")
    after = NameBook(date(2025, 3, 1)).resolve("Sở Nội vụ")

    assert before.units == {str(units["noi-vu"].pk)}
    assert after.units == {str(merged.pk)}


def test_a_unit_answers_to_its_short_name_and_its_aliases(units):
    UnitName.objects.filter(unit=units["thanh-nien"]).update(
        short_name="Đoàn TN", aliases=["Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh"]
    )
    book = NameBook(DAY)

    for printed in ("Đoàn TN", "Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh", "Tỉnh đoàn"):
        assert book.resolve(printed).units == {str(units["thanh-nien"].pk)}


def test_since_july_2025_what_is_said_to_localities_is_said_to_communes(units):
    book = NameBook(TWO_LEVELS)

    for printed in ("UBND các xã, phường, đặc khu", "các địa phương", "UBND cấp xã"):
        assert book.resolve(printed).units == {str(units["xa-an-binh"].pk)}
    labels = {code: label for code, label, _ in book.groups()}
    assert labels["communes"] == "UBND các xã, phường, đặc khu"


@pytest.fixture
def merged(units):
    """Sở Lao động into Sở Nội vụ on 1/3/2025, An Lộc into its commune on 1/7/2025."""
    for code, into, kind, on in [
        ("lao-dong", "noi-vu", EventKind.MERGED, date(2025, 3, 1)),
        ("an-loc", "xa-an-binh", EventKind.ENDED, TWO_LEVELS),
    ]:
        event = UnitEvent.objects.create(kind=kind, on=on, basis="Nghị quyết số 05/NQ-HĐND")
        units[code].names.update(validity=DateRange(date(2010, 1, 1), on), ended_by=event)
        Succession.objects.create(event=event, predecessor=units[code], successor=units[into])
    return units


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        (
            "Sở LĐTBXH",
            ["Sở Lao động - Thương binh và Xã hội đã nhập vào Sở Nội vụ từ 01/03/2025"],
        ),
        ("Chủ tịch UBND huyện An Lộc", ["UBND huyện An Lộc nay là UBND xã An Bình, từ 01/07/2025"]),
        ("Sở Nội vụ", []),
        ("Sở Biển đảo", []),
    ],
)
def test_a_name_of_the_past_says_who_took_over(merged, printed, said):
    book = NameBook(TWO_LEVELS)

    assert [str(one) for one in book.gone(printed)] == said
    assert NameBook(date(2025, 2, 28)).gone(printed) == []  # before, all are there


def test_who_took_over_is_followed_over_all_generations(merged):
    event = UnitEvent.objects.create(
        kind=EventKind.MERGED, on=date(2026, 1, 1), basis="Nghị quyết số 30/NQ-HĐND"
    )
    noi_vu = merged["noi-vu"]
    noi_vu.names.update(validity=DateRange(date(2010, 1, 1), event.on), ended_by=event)
    Succession.objects.create(event=event, predecessor=noi_vu, successor=merged["tu-phap"])

    (gone,) = NameBook(date(2026, 1, 1)).gone("Sở Lao động - Thương binh và Xã hội")

    assert gone.into == ("Sở Tư pháp",)
    assert gone.event.basis == "Nghị quyết số 05/NQ-HĐND"


def test_a_unit_that_was_renamed_is_gone_by_its_old_name_only(units):
    unit = units["chi-dao"]
    unit.names.update(validity=DateRange(date(2010, 1, 1), date(2025, 1, 1)))
    UnitName.of(
        unit, "Ban Chỉ đạo dân vận khéo tỉnh", validity=DateRange(date(2025, 1, 1), None)
    ).save()

    (gone,) = NameBook(TWO_LEVELS).gone("Ban Chỉ đạo công tác dân vận tỉnh")

    assert gone.into == ("Ban Chỉ đạo dân vận khéo tỉnh",)


def test_there_is_no_group_of_districts_once_there_are_no_districts(units):
    last = {code for code, _, _ in NameBook(date(2025, 6, 30)).groups()}
    after = {code for code, _, _ in NameBook(date(2025, 7, 1)).groups()}

    assert last - after == {"districts"}


def test_groups_without_units_are_not_offered(units):
    groups = {code: size for code, _, size in NameBook(DAY).groups()}

    assert groups["departments"] == 4
    assert groups["districts"] == 2
    assert "central_agencies" not in groups


def test_a_group_is_its_units_as_of_the_date(units):
    assert NameBook(DAY).group("districts") == {
        str(units["an-loc"].pk),
        str(units["tan-phu"].pk),
    }


def test_many_names_are_two_tables(units, django_assert_num_queries):
    with django_assert_num_queries(2):  # names, groups, the words that bind
        book = NameBook(DAY)
        for printed in ("Sở Nội vụ", "Sở Tư pháp", "UBND các cấp", "Tỉnh đoàn"):
            book.resolve(printed)


def test_the_units_of_ids_come_with_their_names(units):
    found = units_of(NameBook(DAY).group("districts"), DAY)

    assert [unit.name for unit in found] == ["UBND huyện An Lộc", "UBND thành phố Tân Phú"]
