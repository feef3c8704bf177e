"""The administrator's pages of accounts."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from danvan.accounts import actions
from danvan.accounts.models import Invitation, RolePolicy
from danvan.audit.actions import history
from danvan.notices import letters
from danvan.notices.models import Letter
from danvan.org.choices import Role
from danvan.org.models import User
from tests.factories import PersonFactory, PostFactory, UserFactory, actor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return actor(Role.ADMINISTRATOR)


@pytest.fixture
def at_desk(client, admin):
    return signed_in(client, admin)


@pytest.fixture
def just_signed_in(client, admin):
    own = User.objects.get(pk=admin.user_id)
    own.set_password("gach-muoi-thuyen-sao")
    own.save()
    told = {"login": own.username, "password": "gach-muoi-thuyen-sao"}
    client.post(reverse("account_login"), told)
    return client


def page(client, name, *args, query=""):
    return client.get(reverse(f"console:{name}", args=args) + query).content.decode()


def post(client, name, person, **told):
    return client.post(reverse(f"console:{name}", args=[person.pk]), told)


def shown(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_the_list_tells_how_far_everybody_is(at_desk, admin):
    link = {"by": admin, "link": str}
    nobody, invited = (
        PersonFactory(user=None, email=f"{n}@tinh.example", name=f"Lê {n}") for n in ("Một", "Hai")
    )
    actions.invite(invited, **link)
    lapsed = PersonFactory(user=None, email="ba@tinh.example", name="Lê Ba")
    actions.invite(lapsed, **link)
    Invitation.objects.filter(person=lapsed).update(expires_at="2020-01-01T00:00Z")
    PersonFactory(name="Lê Bốn", user=UserFactory(is_active=False))
    working = PersonFactory(name="Lê Năm")
    Authenticator.objects.create(user=working.user, type="totp", data={})

    states = {
        state: re.findall(r"Lê \w+", shown(page(at_desk, "accounts", query=f"?state={state}")))
        for state in ("none", "invited", "lapsed", "locked")
    }
    found = shown(page(at_desk, "accounts", query="?q=le+nam"))

    assert states == {
        "none": ["Lê Một"],
        "invited": ["Lê Hai"],
        "lapsed": ["Lê Ba"],
        "locked": ["Lê Bốn"],
    }
    assert "Đang dùng — Có" in found
    assert "Lê Hai" not in found


def test_the_list_of_many_people_takes_few_queries(at_desk, django_assert_max_num_queries):
    for _one in range(60):
        PostFactory()

    with django_assert_max_num_queries(20):
        page(at_desk, "accounts")


def test_inviting_with_a_mail_server_shows_no_link(at_desk, settings):
    settings.EMAIL_HOST = "mx.tinh.example"
    person = PersonFactory(user=None, email="khai@tinh.example")

    response = post(at_desk, "invite", person)

    assert response.url == reverse("console:account", args=[person.pk])
    assert "/loi-moi/" in Letter.objects.get().body
    assert "/loi-moi/" not in page(at_desk, "account", person.pk)


def test_without_a_mail_server_the_link_is_handed_over_once(at_desk, settings):
    settings.EMAIL_HOST = ""
    person = PersonFactory(user=None, email="khai@tinh.example")

    link = re.search(r'value="(http[^"]+)"', post(at_desk, "invite", person).content.decode())[1]

    assert Client().get(link, follow=True).status_code == 200
    assert link not in page(at_desk, "account", person.pk)


def test_what_stands_in_the_way_of_an_invitation_is_said(at_desk):
    person = PersonFactory(user=None, email="khai@tinh.example")
    UserFactory(email="khai@tinh.example")

    response = at_desk.post(reverse("console:invite", args=[person.pk]), follow=True)

    assert "đã thuộc một tài khoản khác" in response.content.decode()


def test_locking_asks_why(at_desk):
    person = PersonFactory()

    empty = post(at_desk, "lock_account", person, reason=" ")
    person.user.refresh_from_db()
    assert empty.status_code == 422
    assert person.user.is_active

    post(at_desk, "lock_account", person, reason="Nghỉ việc.")
    person.user.refresh_from_db()
    assert not person.user.is_active
    assert "khóa tài khoản" in shown(page(at_desk, "account", person.pk))
    assert "Lý do: Nghỉ việc." in shown(page(at_desk, "account", person.pk))


def test_a_locked_account_is_out_at_once(at_desk):
    holder = PostFactory().person
    elsewhere = Client()
    elsewhere.force_login(holder.user)

    post(at_desk, "lock_account", holder, reason="Mất máy.")

    assert elsewhere.get(reverse("console:work")).status_code == 302


def test_ones_own_account_offers_no_lock(at_desk, admin):
    own = User.objects.get(pk=admin.user_id).person

    text = page(at_desk, "account", own.pk)

    assert "Khóa tài khoản" not in text
    assert post(at_desk, "lock_account", own, reason="x").status_code == 403


def test_weakening_an_account_asks_who_it_is_first(client, admin):
    own, person = User.objects.get(pk=admin.user_id), PersonFactory()
    own.set_password("gach-muoi-thuyen-sao")
    own.save()
    Authenticator.objects.create(user=person.user, type="totp", data={})
    client.force_login(own)

    response = post(client, "reset_second_factor", person, reason="Mất điện thoại.")

    assert response.url.startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=person.user).exists()
    client.post(response.url, {"password": "gach-muoi-thuyen-sao"})
    post(client, "reset_second_factor", person, reason="Mất điện thoại.")
    assert not Authenticator.objects.filter(user=person.user).exists()
    assert history(person.user).filter(verb="second_factor_reset").exists()


def test_the_policy_is_kept(just_signed_in):
    just_signed_in.post(
        reverse("console:sign_in_policy"), {"role": ["administrator", "reader_only"]}
    )

    required = RolePolicy.objects.filter(second_factor_required=True)
    assert {one.role for one in required} == {"administrator", "reader_only"}
    # the administrator, who has none, is led to it, not locked out
    response = just_signed_in.get(reverse("console:sign_in_policy"))
    assert response.url == reverse("console:security")


def test_the_outbox_says_what_waits_and_why(at_desk, settings):
    settings.EMAIL_HOST = "mx.tinh.example"
    letter = letters.write("khai@tinh.example", subject="Lời mời", body="bí mật")
    Letter.objects.update(tries=2, last_error="ConnectionRefusedError: [Errno 111]")

    line = shown(page(at_desk, "accounts"))
    listed = page(at_desk, "outbox")

    assert "1 thư chờ gửi." in line
    assert "ConnectionRefusedError" in line
    assert "khai@tinh.example" in listed
    assert "bí mật" not in listed
    at_desk.post(reverse("console:outbox"), {"letter": letter.pk, "withdraw": "1"})
    assert not Letter.objects.exists()


@pytest.mark.parametrize("letter", ["", "khong-phai-ma", "019a0000-0000-7000-8000-000000000000"])
def test_a_letter_that_is_not_there_is_not_found(at_desk, letter):
    response = at_desk.post(reverse("console:outbox"), {"letter": letter})

    assert response.status_code == 404
