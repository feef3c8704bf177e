"""The tree of units over time, and the events that change it."""

import re
from datetime import date

import pytest
from django.urls import reverse

from danvan.console.context import ROOMS
from danvan.org.choices import EventKind, Level, Role, UnitKind
from danvan.org.events import ending, merging, renaming
from danvan.org.events.decisions import Decision, NewUnit
from danvan.org.models import Succession, Unit, UnitEvent, UnitName
from tests.factories import UnitFactory, actor, coordinator, signed_in

pytestmark = pytest.mark.django_db

REFORM = Decision(date(2025, 7, 1), "Nghị quyết số 88/NQ ngày 16/6/2025", is_verified=False)


@pytest.fixture
def administrator():
    return actor(Role.ADMINISTRATOR, UnitFactory(called="Sở Thông tin", code="so-thong-tin"))


@pytest.fixture
def province():
    return UnitFactory(
        called="UBND tỉnh Tân Giang", code="ubnd-tinh-tan-giang", kind="peoples_committee"
    )


@pytest.fixture
def district(province):
    return UnitFactory(
        called="UBND huyện An Phú",
        code="ubnd-huyen-an-phu",
        kind="peoples_committee",
        level="district",
        under=province,
    )


@pytest.fixture
def communes(district):
    return [
        UnitFactory(
            called=f"UBND xã {name}", kind="peoples_committee", level="commune", under=district
        )
        for name in ("Bến Đá", "Vàm Xanh")
    ]


@pytest.fixture
def reformed(province, district, communes, administrator):
    """On 01/7/2025 the communes become one under the province, and the district ends."""
    new = NewUnit("UBND xã Bến Đá", UnitKind.PEOPLES_COMMITTEE, Level.COMMUNE)
    one = merging.merge(communes, new, under=province, decision=REFORM, by=administrator)
    ending.end(district, decision=REFORM, by=administrator)
    return one


def page(client, by, name="org", **asked):
    return signed_in(client, by).get(reverse(f"console:{name}"), asked).content.decode()


def test_the_day_before_the_reform_shows_the_district_with_what_stands_below(
    client, administrator, reformed
):
    shown = page(
        client, administrator, date="2025-06-30", open="ubnd-tinh-tan-giang,ubnd-huyen-an-phu"
    )

    assert "UBND huyện An Phú" in shown
    assert "UBND xã Vàm Xanh" in shown
    assert "Kết thúc hoạt động" not in shown
    assert ">mới<" not in shown


def test_the_day_of_the_reform_says_what_is_new_and_what_became_of_the_rest(
    client, administrator, reformed
):
    shown = page(
        client, administrator, date="2025-07-01", open="ubnd-tinh-tan-giang,ubnd-huyen-an-phu"
    )

    assert ">mới<" in shown
    assert "Kết thúc hoạt động từ 01/7/2025, theo Nghị quyết số 88/NQ" in shown
    assert "Nhập vào UBND xã Bến Đá từ 01/7/2025, theo Nghị quyết số 88/NQ" in shown
    assert "Ngày 01/07/2025 có 2 sự kiện" in shown


def test_later_those_that_ended_are_folded(client, administrator, reformed):
    shown = page(client, administrator, date="2025-08-01", open="ubnd-tinh-tan-giang")
    opened = page(
        client,
        administrator,
        date="2025-08-01",
        open="ubnd-tinh-tan-giang,ubnd-tinh-tan-giang~",
    )

    assert "1 đơn vị đã kết thúc" in shown
    assert "UBND huyện An Phú" not in shown
    assert "UBND huyện An Phú" in opened


def test_the_peoples_committee_is_open_until_one_chooses(client, administrator, district):
    first = page(client, administrator)
    closed = page(client, administrator, open="")

    assert "UBND huyện An Phú" in first
    assert "UBND huyện An Phú" not in closed


def test_each_branch_opens_by_a_link_that_keeps_the_rest(client, administrator, communes):
    shown = page(client, administrator, date="2025-06-30")

    assert "?date=2025-06-30&amp;open=ubnd-huyen-an-phu,ubnd-tinh-tan-giang" in shown


def test_a_branch_comes_alone_for_the_tree_to_put_in(client, administrator, communes):
    shown = page(client, administrator, "unit_branch", key="ubnd-huyen-an-phu")

    assert "UBND xã Vàm Xanh" in shown
    assert "<main" not in shown


def test_the_track_leads_to_the_events_before_and_after(client, administrator, reformed, on_day):
    on_day(2024, 3, 18)

    shown = page(client, administrator, open="")

    assert 'data-day="2025-07-01"' in shown
    assert "Ngày sau đó có thay đổi: 01/07/2025" in shown


def test_search_without_diacritics_finds_a_unit_with_the_one_above(client, administrator, communes):
    shown = page(client, administrator, q="vam xanh")

    assert "UBND xã Vàm Xanh" in shown
    assert "UBND huyện An Phú" in shown


def test_a_name_of_another_time_is_offered_at_all_times(client, administrator, reformed):
    now = page(client, administrator, date="2025-08-01", q="Vàm Xanh")
    ever = page(client, administrator, date="2025-08-01", q="Vàm Xanh", ever="1")

    assert "Không có đơn vị tên này tại ngày 01/08/2025." in now
    assert "Tìm ở mọi thời điểm" in now
    assert "UBND xã Vàm Xanh" in ever
    assert "đến trước 01/07/2025" in ever


@pytest.mark.parametrize("asked", ["?date=hom-qua", "?open=../x", "?date=2024-02-30&q=%20"])
def test_nonsense_in_the_address_shows_the_tree_of_today(client, administrator, province, asked):
    response = signed_in(client, administrator).get(reverse("console:org") + asked)

    assert response.status_code == 200
    assert "UBND tỉnh Tân Giang" in response.content.decode()


def test_a_branch_that_is_none_is_not_found(client, administrator):
    response = signed_in(client, administrator).get(
        reverse("console:unit_branch"), {"key": "khong co"}
    )

    assert response.status_code == 404


def test_the_tree_asks_few_questions_however_much_is_open(
    client, administrator, reformed, django_assert_max_num_queries
):
    signed_in(client, administrator)
    asked = {
        "date": "2025-07-01",
        "open": "ubnd-huyen-an-phu,ubnd-tinh-tan-giang,ubnd-tinh-tan-giang~",
    }

    client.get(reverse("console:org"))  # the session is new only once

    with django_assert_max_num_queries(20):
        client.get(reverse("console:org"), asked)


# Events


def enter(client, by, **said):
    typed = {"on": "1/7/2025", "basis": "Nghị quyết số 88/NQ", **said}
    return signed_in(client, by).post(reverse("console:unit_event"), typed)


def test_what_happens_is_chosen_first(client, administrator):
    shown = page(client, administrator, "unit_event")

    for kind in EventKind:
        assert f"?kind={kind}" in shown


def test_an_event_is_told_in_a_sentence_before_anything_is_kept(client, administrator, communes):
    response = enter(
        client,
        administrator,
        kind="merged",
        units=["UBND xã Bến Đá", "UBND xã Vàm Xanh"],
        name="UBND xã Hòa Bình",
    )

    shown = response.content.decode()
    assert "UBND xã Bến Đá, UBND xã Vàm Xanh kết thúc và hợp nhất thành UBND xã Hòa Bình" in shown
    assert "Từ ngày 01/7/2025, theo Nghị quyết số 88/NQ" in shown
    assert not UnitEvent.objects.exists()


def test_a_sure_event_is_kept_and_shown_in_the_tree(client, administrator, communes):
    response = enter(
        client,
        administrator,
        kind="merged",
        units=["UBND xã Bến Đá", "UBND xã Vàm Xanh"],
        name="UBND xã Hòa Bình",
        sure="1",
    )

    assert response.url == f"{reverse('console:org')}?date=2025-07-01"
    assert UnitEvent.objects.get().kind == EventKind.MERGED


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"kind": "established", "name": "Sở Du lịch", "level": "province"}, "department"),
        ({"kind": "renamed", "unit": "UBND xã Bến Đá", "name": "UBND xã Bến Mới"}, ""),
        ({"kind": "moved", "unit": "UBND xã Bến Đá", "under": "UBND tỉnh Tân Giang"}, ""),
        (
            {
                "kind": "split",
                "keeps": "no",
                "unit": "UBND xã Bến Đá",
                "parts": "UBND xã A\nUBND xã B",
            },
            "",
        ),
        (
            {"kind": "level_changed", "unit": "UBND xã Bến Đá", "name": "X", "level": "district"},
            "peoples_committee",
        ),
        ({"kind": "ended", "unit": "UBND xã Bến Đá"}, ""),
    ],
)
def test_each_kind_of_event_can_be_entered(client, administrator, communes, said, kind):
    """Where the kind of event and the kind of unit bear the same field, the unit's is the other."""
    extra = {"unit_kind": kind} if kind else {}

    response = enter(client, administrator, sure="1", **said, **extra)

    assert response.status_code == 302
    assert UnitEvent.objects.get().kind == said["kind"]


def test_what_the_rules_refuse_is_said_and_what_was_typed_stays(client, administrator, communes):
    response = enter(client, administrator, kind="ended", unit="UBND huyện An Phú", sure="1")

    shown = response.content.decode()
    assert response.status_code == 400
    assert 'role="alert"' in shown
    assert "Nghị quyết số 88/NQ" in shown
    assert not UnitEvent.objects.exists()


def test_a_name_that_means_several_is_asked_about(client, administrator, province):
    for place in ("An Phú", "Bàu Sen"):
        above = UnitFactory(called=f"UBND huyện {place}", level="district", under=province)
        UnitFactory(called="UBND xã Tân Hòa", level="commune", under=above)

    unclear = enter(client, administrator, kind="ended", unit="UBND xã Tân Hòa").content.decode()
    clear = enter(client, administrator, kind="ended", unit="ubnd xa tan hoa · UBND huyện Bàu Sen")

    assert "UBND xã Tân Hòa · UBND huyện An Phú" in unclear
    assert clear.status_code == 200


def test_an_event_is_taken_back(client, administrator, communes):
    enter(client, administrator, kind="ended", unit="UBND xã Bến Đá", sure="1")
    event = UnitEvent.objects.get()

    client.post(reverse("console:undo_event", args=[event.pk]))

    assert not UnitEvent.objects.exists()


def test_an_event_with_later_ones_says_why_it_stays(client, administrator, reformed):
    enter(client, administrator, kind="renamed", unit="", name="X")
    renaming.rename(
        reformed,
        "UBND xã Bến Đá Mới",
        decision=Decision(date(2025, 9, 1), "Nghị quyết số 90/NQ"),
        by=administrator,
    )
    first = UnitEvent.objects.filter(kind=EventKind.MERGED).get()

    shown = client.post(reverse("console:undo_event", args=[first.pk]), follow=True)

    assert "Hoàn tác sự kiện sau trước" in shown.content.decode()


def test_the_list_of_events_tells_before_and_after_and_what_is_unverified(
    client, administrator, reformed
):
    shown = page(client, administrator, "unit_events")
    ended = page(client, administrator, "unit_events", kind="ended")

    assert "UBND xã Vàm Xanh" in shown
    assert "Chưa kiểm chứng" in shown
    assert "UBND huyện An Phú" in ended
    assert "UBND xã Vàm Xanh" not in ended


def test_one_event_shows_what_was_and_what_is(client, administrator, reformed):
    event = UnitEvent.objects.get(kind=EventKind.MERGED)

    shown = page_of(client, administrator, event)

    assert "UBND xã Vàm Xanh" in shown
    assert "Nghị quyết số 88/NQ" in shown
    assert "Hoàn tác" in shown


def page_of(client, by, event):
    return signed_in(client, by).get(reverse("console:event", args=[event.pk])).content.decode()


def test_who_may_not_change_units_sees_no_button(client, reformed):
    event = UnitEvent.objects.get(kind=EventKind.MERGED)

    assert "Hoàn tác" not in page_of(client, actor(), event)
    assert "Hoàn tác" in page_of(client, coordinator(), event)


def test_units_are_offered_as_one_types(client, communes):
    shown = page(client, actor(), "unit_options", q="ben da")

    assert 'value="UBND xã Bến Đá · UBND huyện An Phú"' in shown


# The rooms of the section


def rooms(client, by, name="org"):
    shown = page(client, by, name).split('class="rooms"')[1].split("</nav>")[0]
    return re.findall(r"<a [^>]+>([^<]+)</a>", shown)


def test_the_rooms_stand_in_one_row_and_each_sees_those_that_open_to_him(client, administrator):
    own = rooms(client, actor())

    *first, rights, calendar = own
    assert first == ["Cây tổ chức", "Sự kiện", "Người và chức vụ", "Ban Chỉ đạo", "Ủy quyền"]
    assert [rights, calendar] == ["Quyền", "Lịch làm việc"]
    assert rooms(client, coordinator()) == [*own, "Nhập từ Excel"]
    accounts = [*first, rights, "Tài khoản", calendar, "Nhập từ Excel"]
    assert rooms(client, administrator) == accounts


@pytest.mark.parametrize("name", [name for _label, name, _may in ROOMS["to-chuc"]])
def test_every_room_has_the_row_and_says_where_one_is(client, administrator, name):
    shown = page(client, administrator, name.removeprefix("console:"))

    assert shown.split('class="rooms"')[1].split("</nav>")[0].count('aria-current="page"') == 1


def test_a_unit_that_ended_names_who_took_over_a_part_each(client, administrator, reformed):
    event = UnitEvent.objects.get(kind=EventKind.ENDED)
    other = UnitFactory(called="UBND xã Vàm Đông", kind="peoples_committee", level="commune")
    district = UnitName.objects.get(ended_by=event).unit
    for one in (reformed, other):
        Succession.objects.create(event=event, predecessor=district, successor=one, is_whole=False)

    tree = page(client, administrator, date="2025-07-01", open="ubnd-tinh-tan-giang")
    unit = signed_in(client, administrator).get(
        reverse("console:unit", args=[district.pk]), {"date": "2025-07-01"}
    )

    told = "đơn vị kế thừa: UBND xã Bến Đá, UBND xã Vàm Đông"
    assert told in tree
    assert told in unit.content.decode()


def test_a_part_may_go_to_a_unit_that_is_there(client, administrator, communes):
    enter(
        client,
        administrator,
        kind="split",
        keeps="yes",
        unit="UBND xã Bến Đá",
        others=["UBND xã Vàm Xanh"],
        sure="1",
    )

    [one] = Succession.objects.all()
    assert (one.predecessor, one.successor, one.is_whole) == (*communes, False)


def test_what_a_unit_is_divided_into_may_be_of_another_level(client, administrator, communes):
    enter(
        client,
        administrator,
        kind="split",
        keeps="no",
        unit="UBND xã Bến Đá",
        parts="Khu A\nKhu B",
        unit_kind="hamlet",
        level="hamlet",
        sure="1",
    )

    new = Unit.objects.filter(kind="hamlet")
    assert {one.level for one in new} == {"hamlet"}
    assert new.count() == 2


def test_a_division_into_nothing_is_asked_about(client, administrator, communes):
    response = enter(client, administrator, kind="split", keeps="yes", unit="UBND xã Bến Đá")

    assert response.status_code == 400
    assert "Ghi đơn vị mới, hoặc đơn vị đang có nhận một phần." in response.content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "abc", "2024-02-31"])
def test_a_day_of_no_administration_is_today(client, administrator, province, day):
    assert "cấp tỉnh" in page(client, administrator, date=day)
