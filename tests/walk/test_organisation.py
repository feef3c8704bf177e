"""The organisation over time, in a browser: the reform on the slider, the keyboard, an event, a colleague."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def administrator(seat):
    """Whose first page is the organisation: there is no work of his own."""
    own = seat()
    own.page.goto("/dang-nhap/")
    own.page.get_by_label("Tên đăng nhập hoặc thư điện tử").fill("quan.tri")
    own.page.locator("#id_password").fill(PASSWORD)
    own.press("Đăng nhập")
    expect(own.page.get_by_role("heading", name="Tổ chức", level=1)).to_be_visible()
    return own


def item(page, name):
    return page.get_by_role("treeitem", name=re.compile(f"^{name}")).first


def test_the_reform_passes_on_the_slider(administrator):
    page = administrator.page
    expect(item(page, "UBND huyện Bàu Sen")).to_be_visible()
    beside = page.locator("#panel")
    expect(beside.get_by_role("heading", name="UBND tỉnh Tân Giang")).to_be_visible()

    page.locator("#tree-track").focus()
    page.keyboard.press("End")

    expect(page.locator("#tree-answer")).to_contain_text("01/7/2025")
    expect(page.locator("#tree-answer")).not_to_contain_text("cấp huyện")
    expect(page.locator("#tree-track")).to_be_focused()
    gone = page.locator(".is-ended", has_text="UBND huyện Bàu Sen")
    expect(gone).to_contain_text("đơn vị kế thừa: UBND xã Bàu Sen, UBND xã Bến Đá")
    expect(item(page, "UBND xã Suối Trúc")).to_contain_text("mới")
    expect(beside).to_contain_text("01/07/2025")  # the unit follows
    administrator.picture("to-chuc-sau")

    administrator.follow("Mở danh sách sự kiện")
    ended = page.get_by_role("row").filter(has_text="UBND huyện Bàu Sen")
    expect(ended).to_have_count(1)
    page.go_back()
    page.locator("#tree-before").click()
    expect(page.locator("#tree-answer")).to_contain_text("01/3/2025")


def test_the_tree_is_walked_by_keys(administrator):
    page = administrator.page
    top = item(page, "UBND tỉnh Tân Giang")
    top.focus()

    page.keyboard.type("huyen bau")
    district = item(page, "UBND huyện Bàu Sen")
    expect(district).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(district).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowRight")
    expect(item(page, "UBND thị trấn Bàu Sen")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(district).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2").first).to_have_text("UBND huyện Bàu Sen")
    page.keyboard.press("Escape")
    expect(district).to_be_focused()
    page.keyboard.press("Home")
    expect(top).to_be_focused()


def test_a_merger_is_looked_at_entered_and_taken_back(administrator):
    page = administrator.page
    administrator.follow("Thêm sự kiện tổ chức")
    page.get_by_role("link", name="Hợp nhất, sáp nhập").click()
    page.get_by_label("Các đơn vị nhập lại").fill("UBND xã Trà Sơn")
    page.get_by_label("Đơn vị thứ 2").fill("UBND xã Trà Kim")
    administrator.press("Thêm dòng")
    expect(page.get_by_label("Đơn vị thứ 4")).to_be_focused()
    page.get_by_label("Tên đơn vị mới").fill("UBND xã Trà Giang")
    page.get_by_role("textbox", name="Từ ngày").fill("1/9/2025")
    page.get_by_label("Căn cứ").fill("Nghị quyết số 9/NQ-HĐND ngày 15/8/2025")
    administrator.press("Xem trước kết quả")

    told = "UBND xã Trà Sơn, UBND xã Trà Kim kết thúc và hợp nhất thành UBND xã Trà Giang (mới)"
    expect(page.get_by_role("main")).to_contain_text(told)
    expect(page.get_by_role("main")).to_contain_text("Chưa ghi gì.")
    administrator.picture("su-kien-xem-truoc")
    administrator.press("Ghi sự kiện")
    administrator.says("hợp nhất thành UBND xã Trà Giang")
    expect(item(page, "UBND xã Trà Giang")).to_contain_text("mới")

    page.locator(".tree-changes").get_by_role("link", name="Hợp nhất, sáp nhập").click()
    page.locator("#panel").get_by_role("link", name="Hoàn tác").click()
    administrator.press("Hoàn tác")
    administrator.says("Đã hoàn tác sự kiện ngày 01/9/2025.")
    page.goto("/to-chuc/?date=2025-09-01")
    expect(item(page, "UBND xã Trà Sơn")).to_be_visible()
    expect(item(page, "UBND xã Trà Giang")).to_have_count(0)


def test_a_colleague_acts_in_ones_place(seat):
    own, colleague = seat("so.tu.phap"), seat("lanh.dao.so")
    page = own.page
    own.go("Tổ chức")
    page.get_by_role("main").get_by_role("link", name="Ủy quyền", exact=True).click()
    page.locator(".title-actions").get_by_role("link", name="Ủy quyền").click()
    page.get_by_label("Người làm thay").fill("Trương Thị Diệu Hiền")
    page.get_by_role("textbox", name="Đến hết ngày").fill("22/3/2024")
    page.get_by_label("Lý do").fill("Đi công tác")
    own.press("Ủy quyền")
    own.says("Trương Thị Diệu Hiền làm thay đến hết ngày 22/3/2024.")

    page = colleague.page
    page.reload()
    page.get_by_text("Trương Thị Diệu Hiền").first.click()
    page.get_by_role("button", name=re.compile("Làm thay ông Lê Hoàng Khải")).click()
    band = page.get_by_role("region", name="Đang làm thay")
    expect(band).to_contain_text("Đang làm thay ông Lê Hoàng Khải (Cán bộ phụ trách, Sở Tư pháp)")
    colleague.picture("dang-lam-thay")
    colleague.press("Thôi làm thay")
    expect(band).to_have_count(0)

    own.page.get_by_role("link", name=re.compile("Thôi|Kết thúc")).first.click()
    own.page.get_by_role("main").get_by_role("button").first.click()
    colleague.page.reload()
    colleague.page.get_by_text("Trương Thị Diệu Hiền").first.click()
    expect(colleague.page.get_by_role("button", name=re.compile("^Làm thay"))).to_have_count(0)


def test_who_may_see_a_unit(seat):
    own = seat("dau.moi")
    own.go("Tổ chức")
    item(own.page, "Sở Tư pháp").click()
    own.page.locator("#panel").get_by_role("link", name="Ai được xem?").click()

    expect(own.page.get_by_role("main")).to_contain_text("Huỳnh Thế Vinh")


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_nothing_scrolls_sideways(seat, width):
    own = seat("so.tu.phap", width=width)
    page = own.page
    page.goto("/to-chuc/?date=2025-07-01")
    own.picture(f"to-chuc-{width}")
    rooms = page.get_by_role("navigation", name="Các mục của trang").get_by_role("link")
    for address in [one.get_attribute("href") for one in rooms.all()]:
        page.goto(address)
        assert rooms.and_(page.locator("[aria-current]")).count() == 1
        own.picture(f"to-chuc-{width}-{address.strip('/').replace('/', '-')}")
    page.goto("/to-chuc/")
    item(page, "Sở Tư pháp").click()
    expect(page.get_by_role("heading", name="Sở Tư pháp", level=1)).to_be_visible()
    own.picture(f"don-vi-{width}")
