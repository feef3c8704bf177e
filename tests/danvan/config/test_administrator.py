"""The first administrator, and the way back for the only one."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from danvan.audit.actions import history
from danvan.org.actors import actor_of
from danvan.org.choices import Role
from danvan.org.models import Unit, User
from tests.factories import actor

pytestmark = pytest.mark.django_db
PASSWORD = "gach-muoi-thuyen-sao"


def link(**told):
    out = StringIO()
    call_command("administrator", base="http://testserver/", stdout=out, **told)
    return out.getvalue().strip()


def test_in_an_empty_database_the_first_administrator_is_invited(settings):
    client = Client()
    client.get(link(name="Đỗ Minh Trí", email="tri@tinh.example"))
    told = {"username": "tridm", "password1": PASSWORD, "password2": PASSWORD}

    client.post(reverse("accept_invitation"), told)

    by = actor_of(User.objects.get(username="tridm"))
    assert by.role == Role.ADMINISTRATOR
    assert str(by.unit) == settings.DANVAN_BODY
    assert Unit.objects.count() == 1
    assert client.get(reverse("console:accounts")).status_code == 200


def test_once_there_is_one_the_command_line_invites_nobody():
    actor(Role.ADMINISTRATOR)

    with pytest.raises(CommandError, match="Đã có quản trị"):
        link(name="Ai Đó", email="ai@tinh.example")


def test_who_lost_every_way_in_gets_one_and_the_audit_tells():
    user = User.objects.get(pk=actor(Role.ADMINISTRATOR).user_id)
    user.is_active = False
    user.save()
    Authenticator.objects.create(user=user, type="totp", data={})

    client = Client()
    page = client.get(link(rescue=user.username), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    response = client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})

    assert response.url == reverse("console:work")
    assert "account_rescued" in [entry.verb for entry in history(user)]
