"""The life of a duty between three desks, and the pages that must stand without scripts."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import PASSWORD

pytestmark = pytest.mark.browser
COMMUNE = "UBND xã An Bình"
OPEN = "/nhiem-vu/danh-sach/?state=open"


def enter(page, username, home):
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập hoặc thư điện tử").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", name=home, level=1)).to_be_visible()


def send(page):
    """The main button of the form."""
    page.locator("form[data-main] button.btn-primary").first.click()


def invite_an_officer(administrator):
    """Somebody new in a commune; returns the link that lets him in."""
    page = administrator.page
    enter(page, "quan.tri", "Tổ chức")
    page.goto("/to-chuc/nguoi/them/")
    page.get_by_label("Họ và tên").fill("Lâm Thị Thử")
    page.get_by_label("Thư điện tử công vụ").fill("lam.thi.thu@tangiang.example")
    send(page)
    page.get_by_label("Đơn vị", exact=True).fill(COMMUNE)
    page.get_by_label("Vai trò trong danvan").select_option("officer_in_charge")
    page.get_by_role("textbox", name="Từ ngày").fill("18/3/2024")
    page.get_by_role("textbox", name="Đến hết ngày").fill("31/12/2024")  # the commune ends in 2025
    send(page)
    expect(page.get_by_role("heading", name="Lâm Thị Thử")).to_be_visible()
    person = page.url.rstrip("/").split("/")[-1]
    page.goto(f"/to-chuc/tai-khoan/{person}/")
    administrator.press("Gửi lời mời")
    return page.locator("#link").input_value()


def accept(page, link):
    page.goto(link)
    page.locator("[name=username]").fill("xa.an.binh")
    for name in ("password1", "password2"):
        page.locator(f"[name={name}]").fill("cầu thang vịt giấy năm chín")
    page.get_by_role("button", name="Lập tài khoản và vào").click()
    expect(page.get_by_role("heading", name="Việc của tôi", level=1)).to_be_visible()


def test_a_duty_is_prolonged_handed_down_and_handed_in(seat):
    district, coordinator, commune = seat("huyen.an.phu.dong"), seat("dau.moi"), seat()
    accept(commune.page, invite_an_officer(seat()))
    page = district.page
    page.goto(OPEN)
    work = page.locator("tbody a[href^='/nhiem-vu/']").last.get_attribute("href").split("?")[0]
    page.goto(work)
    title = page.get_by_role("heading", level=1).inner_text().split(",")[0]

    page.goto(f"{work}de-nghi-gia-han/")
    page.get_by_role("textbox", name="Gia hạn đến ngày").fill("25/10/2024")
    page.get_by_label("Lý do").fill("Chờ số liệu của các xã.")
    send(page)
    expect(page.get_by_text("Đề nghị gia hạn đến").first).to_be_visible()

    coordinator.page.goto(work)
    coordinator.follow("Trả lời đề nghị gia hạn")
    coordinator.press("Gia hạn")
    coordinator.says("Đã gia hạn đến")

    page.goto(f"{work}giao-cap-duoi/")
    page.get_by_label("Những đơn vị chọn dưới đây").check()
    page.get_by_text("Chọn từng đơn vị").click()
    page.get_by_label(COMMUNE).check()
    send(page)
    district.says("Đã giao 1 đơn vị cấp dưới")
    district.picture("giao-cap-duoi")

    commune.page.goto("/")
    commune.page.get_by_role("link", name=title).first.click()
    commune.press("Tiếp nhận")
    commune.page.get_by_role("link", name=re.compile("^Nộp ")).first.click()
    commune.page.locator("[name=note]").fill("Đã làm xong, báo cáo UBND huyện.")
    commune.page.get_by_role("button", name=re.compile("^Nộp ")).first.click()
    expect(commune.page.get_by_text("Chờ xác nhận").first).to_be_visible()

    page.goto(f"{work}?muc=cap-duoi")
    expect(page.get_by_text("Chờ xác nhận").first).to_be_visible()
    page.goto("/nhiem-vu/ke-hoach/")
    district.press("Soạn kế hoạch của đơn vị")
    own = "Kế hoạch năm 2024 của UBND huyện An Phú Đông"
    expect(page.get_by_role("heading", name=own)).to_be_visible()


def test_the_main_pages_stand_without_scripts(browser, product):
    context = browser.new_context(base_url=product, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(15_000)
    enter(page, "dau.moi", "Việc của tôi")

    page.goto(OPEN)
    expect(page.get_by_text("Các việc đã chọn:")).to_be_visible()
    page.locator("tbody input[type=checkbox]").first.check()
    page.get_by_role("button", name="Gia hạn", exact=True).click()
    expect(page.get_by_label("Lý do")).to_be_visible()

    page.goto(OPEN)
    page.locator("tbody a[href^='/nhiem-vu/']").first.click()
    page.locator("details.menu summary").filter(has_text="Khác").click()
    page.get_by_role("link", name="Tạm dừng").click()
    page.get_by_label("Lý do").fill("Chờ hướng dẫn.")
    page.get_by_role("button", name="Tạm dừng", exact=True).click()
    expect(page.get_by_text("Tạm dừng:").first).to_be_visible()
    page.get_by_role("link", name="Cho làm tiếp").first.click()
    page.get_by_role("button", name="Cho làm tiếp").click()
    expect(page.get_by_text("Việc làm tiếp từ hôm nay").first).to_be_visible()

    page.goto("/nhiem-vu/lich/")
    expect(page.get_by_role("heading", name="Tháng 3/2024", level=1)).to_be_visible()
    expect(page.locator("main a[href*='/nhiem-vu/']").first).to_be_visible()

    page.goto("/van-ban/")
    page.get_by_role("link", name="04/KH-UBND").first.click()
    page.goto(f"{page.url.split('?')[0]}do-thi/bang/")
    expect(page.locator("main table").first).to_be_visible()
    context.close()
