"""Signing in with a real browser: an authenticator app, a passkey, and the province's sign-on."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from playwright.sync_api import expect

from .conftest import PASSWORD

pytestmark = pytest.mark.browser


def code(secret: str, ahead: int = 0) -> str:
    """What an authenticator app shows now, or some half minutes later: RFC 6238."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time() // 30) + ahead), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def open_sign_in(page, address="/dang-nhap/"):
    page.goto(address)
    page.get_by_label("Tên đăng nhập hoặc thư điện tử").wait_for()


def sign_out(page):
    page.goto("/dang-xuat/")
    page.get_by_role("main").get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập", level=1)).to_be_visible()


def by_password(page, name):
    open_sign_in(page)
    page.get_by_label("Tên đăng nhập hoặc thư điện tử").fill(name)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def test_an_authenticator_app_is_set_up_and_asked_for(seat):
    own = seat("tham.dinh")
    page = own.page

    page.goto("/tai-khoan/")
    own.follow("Bật")
    secret = page.locator("kbd.secret").inner_text()
    own.picture("bat-ung-dung-xac-thuc")
    page.get_by_label("Mã 6 số").fill(code(secret))
    own.press("Bật")
    recovery = page.locator(".codes kbd").first.inner_text()
    sign_out(page)
    by_password(page, "tham.dinh")
    own.picture("buoc-hai")
    page.get_by_text("Dùng mã khôi phục").click()
    page.get_by_label("Mã khôi phục").fill(recovery)
    page.get_by_role("button", name="Tiếp tục").last.click()
    expect(page.get_by_role("heading", name="Việc của tôi", level=1)).to_be_visible()
    sign_out(page)
    by_password(page, "tham.dinh")
    page.get_by_label("Mã xác thực 6 số").fill(code(secret, ahead=1))  # each code counts once
    page.get_by_role("button", name="Tiếp tục").first.click()

    expect(page.get_by_role("heading", name="Việc của tôi", level=1)).to_be_visible()


def test_a_passkey_is_made_and_signs_in_alone(seat, product):
    own = seat()
    page = own.page
    here = product.replace("127.0.0.1", "localhost")  # a passkey belongs to a name
    device = own.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )

    page.goto(f"{here}/dang-nhap/?next=/tai-khoan/")
    page.get_by_label("Tên đăng nhập hoặc thư điện tử").fill("lanh.dao")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("link", name="Thêm khóa").click()
    page.get_by_label("Tên để nhận ra").fill("Máy ở cơ quan")
    page.get_by_role("button", name="Thêm khóa truy cập").click()
    page.get_by_role("link", name="Đã cất xong").click()
    expect(page.get_by_text("Máy ở cơ quan", exact=True).first).to_be_visible()
    own.picture("tai-khoan-va-bao-mat")
    page.goto(f"{here}/dang-xuat/")
    page.get_by_role("main").get_by_role("button", name="Đăng xuất").click()
    page.goto(f"{here}/dang-nhap/?next=/so-lieu/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()

    expect(page).to_have_url(f"{here}/so-lieu/")  # no password, no second step, where one wanted


def test_the_provinces_account_opens_the_one_with_its_address_and_makes_none(seat):
    own, stranger = seat(), seat()

    open_sign_in(own.page, "/dang-nhap/?next=/so-lieu/")
    own.picture("dang-nhap-tinh")
    own.press("Đăng nhập bằng tài khoản của tỉnh")
    _authorize(own, "khai")
    expect(own.page).to_have_url(re.compile("/so-lieu/$"))
    own.page.goto("/tai-khoan/")
    expect(own.page.get_by_text("so.tu.phap").first).to_be_visible()
    open_sign_in(stranger.page)
    stranger.press("Đăng nhập bằng tài khoản của tỉnh")
    _authorize(stranger, "nguoi-la")

    expect(stranger.page.get_by_text("Tài khoản này chưa được cấp quyền")).to_be_visible()
    stranger.picture("chua-duoc-cap-quyen")
    stranger.faults.clear()  # the refusal is a 403, which a browser notes


def test_an_address_that_the_province_has_not_verified_opens_nothing(seat):
    own = seat()

    open_sign_in(own.page)
    own.press("Đăng nhập bằng tài khoản của tỉnh")
    _authorize(own, "gia-mao")

    expect(own.page.get_by_text("Tài khoản này chưa được cấp quyền")).to_be_visible()
    own.faults.clear()


def _authorize(seat, subject):
    """On the provider's page, whose look comes from far away and does not arrive."""
    seat.page.locator("input[name=sub]").fill(subject)
    seat.faults.clear()
    seat.press("Authorize")
