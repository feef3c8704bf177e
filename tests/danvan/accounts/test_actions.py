from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied

from danvan import clock
from danvan.accounts import actions
from danvan.accounts.actions import Refused
from danvan.accounts.models import Invitation, RolePolicy
from danvan.audit.actions import history
from danvan.notices.models import Letter
from danvan.org import people
from danvan.org.choices import Role
from danvan.org.models import User
from tests.factories import PersonFactory, UserFactory, actor

pytestmark = pytest.mark.django_db
PASSWORD = "gach-muoi-thuyen-sao"


@pytest.fixture
def admin():
    return actor(Role.ADMINISTRATOR)


@pytest.fixture
def person():
    return PersonFactory(user=None, name="Trần Thị Mai Phương", email="phuong@tinh.example")


def invite(person, by):
    """The token of the link."""
    return actions.invite(person, by=by, link=lambda token: f"https://x/{token}").rpartition("/")[2]


def accept(token, username="phuongttm"):
    return actions.accept(token, username=username, password=PASSWORD, address="192.0.2.7")


def session(user, key):
    store = SessionStore(session_key=key)
    store.save(must_create=True)
    return UserSession.objects.create(user=user, ip="192.0.2.7", session_key=key, user_agent="x")


def factor(user, kind=Authenticator.Type.TOTP):
    return Authenticator.objects.create(user=user, type=kind, data={})


def verbs(subject):
    return [entry.verb for entry in history(subject)]


# Invitations


def test_an_invitation_writes_a_letter_with_a_link_that_is_kept_nowhere_else(person, admin):
    token = invite(person, admin)

    letter = Letter.objects.get()
    assert letter.to == "phuong@tinh.example"
    assert token in letter.body
    assert Invitation.objects.get().token_digest == actions.digest(token)
    assert not Invitation.objects.filter(token_digest=token).exists()
    assert verbs(person) == ["invited"]
    assert token not in str(history(person).get().details)


def test_who_takes_it_up_has_an_account_of_his_own(person, admin):
    user = accept(invite(person, admin))

    person.refresh_from_db()
    assert person.user == user
    assert user.check_password(PASSWORD)
    assert user.email == "phuong@tinh.example"
    assert verbs(user) == ["account_made"]
    assert history(user).get().address == "192.0.2.7"


def test_a_link_opens_once(person, admin):
    token = invite(person, admin)
    accept(token)

    with pytest.raises(Refused):
        accept(token, username="nguoi.khac")
    assert User.objects.filter(username="nguoi.khac").count() == 0


def test_inviting_again_ends_the_link_before(person, admin):
    first, second = invite(person, admin), invite(person, admin)

    assert actions.invited_by(first) is None
    assert actions.invited_by(second).person == person


def test_after_seven_days_a_link_is_over(person, admin):
    token = invite(person, admin)

    with clock.at(clock.now() + timedelta(days=6, hours=23)):
        assert actions.invited_by(token)
    with clock.at(clock.now() + timedelta(days=7, seconds=1)):
        assert actions.invited_by(token) is None
        with pytest.raises(Refused):
            accept(token)


def test_what_was_withdrawn_opens_nothing(person, admin):
    token = invite(person, admin)

    actions.withdraw_invitation(person, by=admin)

    assert actions.invited_by(token) is None
    assert verbs(person) == ["invitation_withdrawn", "invited"]


def test_nobody_is_invited_without_an_address(admin):
    with pytest.raises(Refused, match="Chưa có thư điện tử"):
        invite(PersonFactory(user=None), admin)


def test_an_address_belongs_to_one_account(person, admin):
    UserFactory(email="Phuong@Tinh.example")

    with pytest.raises(Refused, match="tài khoản khác"):
        invite(person, admin)


def test_who_has_an_account_is_not_invited(admin):
    with pytest.raises(Refused, match="đã có tài khoản"):
        invite(PersonFactory(email="a@tinh.example"), admin)


def test_a_name_is_taken_in_any_writing(person, admin):
    UserFactory(username="PhuongTTM")

    with pytest.raises(Refused, match="Tên đăng nhập"):
        accept(invite(person, admin))


def test_a_name_is_suggested_as_offices_write_it(person):
    assert actions.suggest_username(person) == "phuongttm"
    UserFactory(username="phuongttm")
    UserFactory(username="PhuongTTM2")

    assert actions.suggest_username(person) == "phuongttm3"


@pytest.mark.parametrize("role", [one for one in Role if one != Role.ADMINISTRATOR])
def test_only_the_administrator_manages_accounts(person, role):
    by, user = actor(role), UserFactory()

    for act in (
        lambda: invite(person, by),
        lambda: actions.withdraw_invitation(person, by=by),
        lambda: actions.lock(user, reason="x", by=by),
        lambda: actions.unlock(user, reason="x", by=by),
        lambda: actions.reset_second_factor(user, reason="x", by=by),
        lambda: actions.end_sessions(user, by=by),
        lambda: actions.set_policy({role}, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()


# Accounts


def test_locking_ends_every_session_and_keeps_the_reason(admin):
    user = UserFactory()
    session(user, "a" * 32)

    actions.lock(user, reason="Nghỉ việc.", by=admin)

    user.refresh_from_db()
    assert not user.is_active
    assert not SessionStore().exists("a" * 32)
    entry = history(user).get()
    assert (entry.verb, entry.reason, entry.after) == (
        "account_locked",
        "Nghỉ việc.",
        {"is_active": False},
    )


def test_nobody_locks_himself_so_an_administrator_is_always_left(admin):
    own = User.objects.get(pk=admin.user_id)

    for act in (actions.lock, actions.reset_second_factor):
        with pytest.raises(PermissionDenied):
            act(own, reason="x", by=admin)


def test_unlocking_lets_in_again(admin):
    user = UserFactory(is_active=False)

    actions.unlock(user, reason="Trở lại.", by=admin)

    user.refresh_from_db()
    assert user.is_active
    assert verbs(user) == ["account_unlocked"]


def test_a_reset_takes_all_second_factors_and_writes_to_the_holder(admin):
    user = UserFactory(email="a@tinh.example")
    factor(user)
    factor(user, Authenticator.Type.RECOVERY_CODES)
    session(user, "a" * 32)

    actions.reset_second_factor(user, reason="Mất điện thoại.", by=admin)

    assert not Authenticator.objects.filter(user=user).exists()
    assert not SessionStore().exists("a" * 32)
    assert verbs(user) == ["second_factor_reset"]
    assert "đặt lại bước xác thực thứ hai" in Letter.objects.get(to="a@tinh.example").body


def test_ones_other_sessions_end_and_this_one_stays(admin):
    user = User.objects.get(pk=admin.user_id)
    for key in ("a", "b", "c"):
        session(user, key * 32)
    others = session(UserFactory(), "d" * 32)

    actions.end_own_sessions(user, but="a" * 32, only=others.pk, by=admin)
    actions.end_own_sessions(user, but="a" * 32, by=admin)

    assert [SessionStore().exists(key * 32) for key in "abcd"] == [True, False, False, True]


def test_a_policy_is_kept_with_what_it_was(admin):
    actions.set_policy({Role.ADMINISTRATOR, Role.PETITION_HANDLER}, by=admin)
    actions.set_policy({Role.ADMINISTRATOR}, by=admin)

    required = RolePolicy.objects.filter(second_factor_required=True)
    assert [one.role for one in required] == [Role.ADMINISTRATOR]
    handler = RolePolicy.objects.get(role=Role.PETITION_HANDLER)
    assert [entry.after for entry in history(handler)] == [
        {"second_factor_required": False},
        {"second_factor_required": True},
    ]


def test_an_invitation_ends_with_the_address_that_it_went_to(person, admin):
    token = invite(person, admin)
    people.change_person(person, name=person.name, email="khac@tinh.example", by=admin)

    with pytest.raises(Refused):
        accept(token)


def test_no_name_is_taken_that_is_anothers_address(person, admin):
    UserFactory(email="lanh.dao@tinh.example")

    with pytest.raises(Refused, match="đã có người dùng"):
        accept(invite(person, admin), username="Lanh.Dao@tinh.example")


def test_an_account_is_unlinked_from_the_provinces_and_its_holder_told(admin):
    user = UserFactory(email="mai@tinh.example")
    SocialAccount.objects.create(user=user, provider="tinh", uid="a")
    session(user, "k" * 32)

    actions.unlink_province(user, reason="Tỉnh cấp tài khoản khác", by=admin)
    actions.unlink_province(user, reason="Lần nữa", by=admin)

    assert not SocialAccount.objects.exists()
    assert not UserSession.objects.exists()
    assert verbs(user) == ["province_account_unlinked"]
    assert "gỡ liên kết với tài khoản của tỉnh" in Letter.objects.get().body
    with pytest.raises(PermissionDenied):
        actions.unlink_province(User.objects.get(pk=admin.user_id), reason="x", by=admin)
