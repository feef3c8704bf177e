from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan import clock
from danvan.accounts import access
from danvan.accounts.models import RolePolicy
from danvan.org.actors import actor_of
from danvan.org.choices import Role
from danvan.org.models import Delegation, User
from tests.factories import PersonFactory, PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def petitions_ask_for_two_steps():
    RolePolicy.objects.create(role=Role.PETITION_HANDLER, second_factor_required=True)
    RolePolicy.objects.create(role=Role.OFFICER, second_factor_required=False)


def needs(user):
    return [one.role for one in access.roles_in_need(actor_of(user))]


def test_who_holds_such_a_role_needs_a_second_factor():
    handler, officer = PostFactory(role=Role.PETITION_HANDLER), PostFactory(role=Role.OFFICER)

    assert needs(handler.person.user) == [Role.PETITION_HANDLER]
    assert needs(officer.person.user) == []


@pytest.mark.parametrize(
    ("kind", "is_enough"),
    [
        (Authenticator.Type.TOTP, True),
        (Authenticator.Type.WEBAUTHN, True),
        (Authenticator.Type.RECOVERY_CODES, False),
    ],
)
def test_an_app_or_a_passkey_is_one_and_recovery_codes_alone_are_not(kind, is_enough):
    user = PostFactory(role=Role.PETITION_HANDLER).person.user
    Authenticator.objects.create(user=user, type=kind, data={})

    assert (needs(user) == []) == is_enough
    assert access.has_second_factor(user) == is_enough


def test_another_of_ones_posts_counts_whichever_one_acts_in():
    post = PostFactory(role=Role.OFFICER)
    PostFactory(role=Role.PETITION_HANDLER, person=post.person)

    assert needs(post.person.user) == [Role.PETITION_HANDLER]


def test_who_acts_for_such_a_colleague_needs_one_too():
    lent, user = PostFactory(role=Role.PETITION_HANDLER), PostFactory().person.user
    today = clock.today()
    Delegation.objects.create(
        post=lent,
        to=user.person,
        validity=DateRange(today, today + timedelta(days=3)),
        reason="Nghỉ phép.",
        made_at=clock.now(),
    )

    assert needs(User.objects.get(pk=user.pk)) == [Role.PETITION_HANDLER]
    assert access.must_keep_second_factor(user)


def test_how_many_lack_one_is_counted_by_role():
    PostFactory(role=Role.PETITION_HANDLER)
    PostFactory(role=Role.PETITION_HANDLER, person=PersonFactory(user=None))  # never signs in
    done = PostFactory(role=Role.PETITION_HANDLER).person.user
    Authenticator.objects.create(user=done, type=Authenticator.Type.TOTP, data={})

    assert access.lacking_by_role() == {Role.PETITION_HANDLER: 1}
