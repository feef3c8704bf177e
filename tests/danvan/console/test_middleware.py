import pytest
from django.test import RequestFactory
from django.urls import reverse

from danvan.console.middleware import address_of
from tests.factories import actor, signed_in


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "10.0.0.1"),  # without a proxy of ours nobody is believed
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the left one was sent along
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),  # it did not pass through both
        (1, "", "10.0.0.1"),
        (1, "unknown", "10.0.0.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_the_address_is_what_our_own_proxies_saw(settings, proxies, forwarded, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    request = RequestFactory().get(
        "/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="10.0.0.1"
    )

    assert address_of(request) == address


def test_a_request_from_no_address_has_none():
    assert address_of(RequestFactory().get("/", REMOTE_ADDR="")) is None


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/cong/tim/?q=%00", ""),  # the database holds no zero byte
        ("/van-ban/?q=a%00", ""),
        ("/cong/tim/?q=%2B2AA-", "text/plain; charset=utf-7"),  # half a character
    ],
)
def test_what_no_page_of_ours_sends_is_refused(client, db, address, kind):
    response = signed_in(client, actor()).get(address, CONTENT_TYPE=kind)

    assert response.status_code == 400
    assert "Yêu cầu không đọc được" in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/to-chuc/?date=2024-13-45",
        "/so-lieu/?period=9999-Y",
        "/so-lieu/?period=0000-Q1",
        f"/cham-diem/?nam={'9' * 5000}",
    ],
)
def test_an_address_that_asks_for_no_day_is_answered_with_today(client, db, address):
    assert signed_in(client, actor()).get(address).status_code == 200


def test_more_than_an_upload_may_ever_be_is_not_read(client, db):
    length = str(200 * 1024 * 1024)

    response = signed_in(client, actor()).post(
        reverse("console:documents"), b"a", content_type="text/plain", CONTENT_LENGTH=length
    )

    assert response.status_code == 413


def test_who_is_not_signed_in_sends_no_files(client, db):
    response = client.post(reverse("account_login"), b"a" * 100_000, content_type="text/plain")

    assert response.status_code == 403
    assert "Phiên làm việc đã hết" in response.content.decode()
