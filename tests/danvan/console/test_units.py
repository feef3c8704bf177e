"""A unit's page: on a day, in its tabs, to different people."""

import re
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from danvan.org.choices import CodeSystem, Role
from danvan.org.events import renaming, splitting
from danvan.org.events.decisions import Decision, NewUnit
from danvan.org.models import UnitCode
from tests.danvan.figures import reform
from tests.factories import (
    ALWAYS,
    AssignmentFactory,
    DocumentFactory,
    PostFactory,
    UnitFactory,
    actor,
    coordinator,
    signed_in,
)
from tests.factories_records import RecordFactory

pytestmark = pytest.mark.django_db
TABS = ["", "plans", "registers", "figures", "reports", "scores", "people", "history"]


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


def page_of(client, unit, **query):
    return client.get(reverse("console:unit", args=[unit.pk], query=query or None))


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_a_units_page_says_who_is_in_charge_and_what_is_owed(client):
    unit = UnitFactory(called="Sở Tư pháp")
    PostFactory(unit=unit, role=Role.LEADER_IN_CHARGE, title="Phó Giám đốc", person__name="Lê Thử")
    PostFactory(unit=unit, person__name="Trần Thử")
    AssignmentFactory(unit=unit, due_on=date(2024, 3, 1))
    AssignmentFactory(unit=unit, done=True)

    page = words(page_of(signed_in(client, coordinator()), unit))

    assert "Đã xong 1/2 việc, 1 việc quá hạn." in page
    assert "Lãnh đạo phụ trách Lê Thử , Phó Giám đốc" in page
    assert "Cán bộ phụ trách Trần Thử" in page


def test_who_may_appoint_is_led_there_where_nobody_is_in_charge(client):
    unit = UnitFactory()

    may = page_of(signed_in(client, coordinator()), unit).text
    may_not = page_of(signed_in(client, actor()), unit).text

    assert "Chưa phân công người phụ trách." in may
    assert reverse("console:appoint") in may
    assert reverse("console:appoint") not in may_not


@pytest.mark.parametrize("tab", TABS)
def test_no_tab_takes_more_than_twenty_queries(client, tab, django_assert_max_num_queries):
    above = UnitFactory(called="UBND tỉnh", kind="peoples_committee")
    unit = UnitFactory(under=above)
    UnitCode.objects.create(
        unit=unit, system=CodeSystem.AGENCY, code="H12.34", validity=DateRange(ALWAYS.lower, None)
    )
    for _one in range(8):
        PostFactory(unit=unit)
        AssignmentFactory(unit=unit)
        RecordFactory(unit=unit)
        DocumentFactory(filed_by=unit)
    signed_in(client, coordinator())
    page_of(client, unit)  # the first page of a session notes when it was seen

    with django_assert_max_num_queries(20):
        page = page_of(client, unit, tab=tab)

    assert page.status_code == 200
    assert "UBND tỉnh" in page.text
    assert "H12.34" in page.text


def test_tabs_show_what_the_unit_has(client):
    unit = UnitFactory()
    RecordFactory(unit=unit, visits=6)
    DocumentFactory(filed_by=unit, number="7/KH-STP")
    post = PostFactory(unit=unit, person__name="Trần Thử")
    signed_in(client, coordinator())

    assert "7/KH-STP" in page_of(client, unit, tab="plans").text
    assert "1 bản ghi" in page_of(client, unit, tab="registers").text
    assert "6" in words(page_of(client, unit, tab="figures")).split("Số lượt tiếp công dân")[1][:5]
    assert reverse("console:person", args=[post.person_id]) in page_of(client, unit).text


@pytest.mark.parametrize("tab", ["", "registers", "figures", "reports", "scores"])
def test_another_units_work_is_not_shown(client, tab):
    unit = UnitFactory()
    AssignmentFactory(unit=unit, duty__action="Việc riêng của sở")
    RecordFactory(unit=unit)

    for by in (actor(), actor(Role.ADMINISTRATOR)):
        page = page_of(signed_in(client, by), unit, tab=tab)

        assert "thuộc phạm vi đơn vị khác" in page.text
        assert "Việc riêng của sở" not in page.text


@pytest.mark.parametrize("tab", TABS)
def test_an_empty_tab_says_so(client, tab):
    page = page_of(signed_in(client, coordinator()), UnitFactory(), tab=tab)

    assert re.search(r"[Cc]hưa|không phải ghi", page.text)


def test_who_is_asked_is_not_said_to_be_late(client):
    front = UnitFactory(called="Ủy ban MTTQ tỉnh", kind="fatherland_front")
    AssignmentFactory(unit=front, state="requested", due_on=date(2024, 3, 1))

    page = page_of(signed_in(client, coordinator()), front)

    assert "Đã phản hồi 0/1 đề nghị phối hợp." in page.text
    assert "quá hạn" not in words(page).lower()


def test_a_merged_unit_says_where_it_went_and_the_new_one_where_it_came_from(client, on_day):
    units = reform.reform()
    on_day(2025, 11, 20)
    signed_in(client, coordinator())

    old, new = page_of(client, units.A).text, page_of(client, units.M)

    assert "Nhập vào Xã M từ 01/7/2025, theo Nghị quyết 1" in old
    assert "Đã kết thúc" in old
    assert f'/to-chuc/{units.A.pk}/?date=2025-06-30"' in new.text
    assert "Tiền thân Xã A , Xã B , một phần Xã C" in words(new)


def test_on_a_day_in_the_past_a_unit_is_as_it_was(client, on_day):
    units = reform.reform()
    on_day(2025, 11, 20)
    PostFactory(
        unit=units.A, person__name="Lê Xưa", validity=DateRange(date(2021, 7, 1), date(2025, 7, 1))
    )
    signed_in(client, coordinator())

    then = page_of(client, units.A, date="2025-06-30", tab="people")
    now = page_of(client, units.A, tab="people")
    before = page_of(client, units.M, date="2025-06-30")

    assert "Cán bộ phụ trách Lê Xưa" in words(then)
    assert "Huyện H" in then.text
    assert "?date=2025-06-30&amp;tab=people" in then.text
    assert "Cán bộ phụ trách Lê Xưa" not in words(now)
    assert "Đã thôi giữ chức vụ (1)" in words(now)
    assert "Chưa thành lập" in before.text


def test_a_new_units_figures_stand_beside_its_predecessors(client, on_day):
    units = reform.reform()
    reform.visits(units)
    on_day(2025, 9, 20)

    page = page_of(signed_in(client, actor(unit=units.M)), units.M, tab="figures")

    assert "40 lượt 30 tăng 10 lượt" in words(page)


def test_a_renamed_unit_keeps_its_page_and_tells_its_names(client, on_day):
    by = coordinator()
    unit = UnitFactory(called="Sở Cũ")
    renaming.rename(unit, "Sở Mới", decision=Decision(date(2024, 2, 1), "Quyết định 5"), by=by)
    signed_in(client, by)

    now, then = page_of(client, unit, tab="history"), page_of(client, unit, date="2024-01-31")

    assert "Sở Cũ 01/01/2010 đến hết 31/01/2024 Sở Mới từ 01/02/2024" in words(now)
    assert "<h1>" in then.text
    assert "Sở Cũ" in then.text.split("<h1>")[1].split("</h1>")[0]


def test_a_division_is_told_on_both_sides(client, on_day):
    by = coordinator()
    above = UnitFactory(called="UBND tỉnh", kind="peoples_committee")
    unit = UnitFactory(called="Xã Đôi", kind="peoples_committee", level="commune", under=above)
    decision = Decision(date(2024, 3, 1), "Nghị quyết 9")
    parts = [NewUnit(name, "peoples_committee", "commune") for name in ("Xã Đông", "Xã Tây")]
    new = splitting.split(unit, parts, keeps=False, decision=decision, by=by)
    signed_in(client, by)

    assert "Chia thành Xã Đông, Xã Tây từ 01/3/2024" in page_of(client, unit).text
    assert "một phần Xã Đôi" in words(page_of(client, new[0]))


def test_an_unknown_unit_is_not_found(client):
    missing = reverse("console:unit", args=["01900000-0000-7000-8000-000000000000"])

    assert signed_in(client, actor()).get(missing).status_code == 404
