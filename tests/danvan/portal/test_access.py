"""Each address of the portal, to a stranger and to who is signed in: the same, and no cookie."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from danvan.audit.models import AuditEntry
from danvan.org.choices import Role
from danvan.portal.urls import urlpatterns
from danvan.publication import actions
from tests.danvan.publication.factories import released
from tests.factories import actor, coordinator, signed_in

pytestmark = pytest.mark.django_db

NEVER_SHOWN = (
    str(settings.ROOT),
    "pytest-of-",
    "site-packages",
    "Traceback (most recent call last)",
)
ADDRESSES = [  # the address, what it needs, what it answers
    ("home", {}, 200),
    ("search", {}, 200),
    ("release", {"slug": "ke-hoach"}, 200),
    ("release", {"slug": "da-go"}, 410),
    ("release", {"slug": "khong-co"}, 404),
    ("nowhere", {"rest": "a/b/c"}, 404),
]


@pytest.fixture(autouse=True)
def releases(db):
    by = coordinator()
    released(by, address="ke-hoach")
    actions.take_down(released(by, address="da-go"), by=by, reason="Nhầm")


@pytest.fixture(params=[None, *Role], ids=lambda role: role or "stranger")
def visitor(request, releases) -> Client:
    client = Client(raise_request_exception=False)
    return signed_in(client, actor(request.param)) if request.param else client


def test_every_address_answers_everybody_the_same(visitor):
    entries = AuditEntry.objects.count()

    for name, where, status in ADDRESSES:
        response = visitor.get(reverse(f"portal:{name}", kwargs=where), {"q": "kế hoạch"})

        assert response.status_code == status, name
        assert not response.cookies
        assert "script-src 'self'" in response["Content-Security-Policy"]
        assert "unsafe" not in response["Content-Security-Policy"]
        assert not [one for one in NEVER_SHOWN if one in response.text]
    assert AuditEntry.objects.count() == entries


def test_a_page_is_the_same_to_who_is_signed_in():
    stranger, officer = Client(), signed_in(Client(), actor())

    for name, where, _status in ADDRESSES:
        address = reverse(f"portal:{name}", kwargs=where)
        assert stranger.get(address).content == officer.get(address).content


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_sent_to_a_page(method):
    for name, where, _status in ADDRESSES:
        if name != "nowhere":
            assert (
                getattr(Client(), method)(reverse(f"portal:{name}", kwargs=where)).status_code
                == 405
            )


def test_no_address_was_left_out():
    assert {name for name, _where, _status in ADDRESSES} == {entry.name for entry in urlpatterns}
