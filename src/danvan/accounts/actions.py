"""What changes accounts: inviting, locking, second factors, sessions, and what roles are asked for."""

import hashlib
import re
import secrets
from collections.abc import Callable, Collection
from datetime import timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from danvan import clock
from danvan.audit.actions import record, seen
from danvan.notices import letters
from danvan.notices.models import Letter
from danvan.org import tree
from danvan.org.access import require
from danvan.org.actors import SYSTEM, Actor
from danvan.org.choices import Level, Role, UnitKind
from danvan.org.models import Person, Post, Unit, UnitName, User
from danvan.text import fold

from . import access, notices
from .models import Invitation, RolePolicy

LASTS = timedelta(days=7)


class Refused(Exception):
    """It cannot be done as it stands; the text says what to do."""


# Invitations


@transaction.atomic
def invite(person: Person, *, by: Actor, link: Callable[[str], str]) -> str:
    """Send a person the way to an account of his own; returns the link, which is kept nowhere.

    Whoever was invited before gets a new link, and the old one ends.
    """
    require(access.can_manage_accounts(by))
    return _invite(person, by=by, link=link)


def _invite(person: Person, *, by: Actor, link: Callable[[str], str]) -> str:
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.user_id is not None:
        raise Refused(_("Người này đã có tài khoản."))
    if not person.email:
        raise Refused(_("Chưa có thư điện tử. Ghi địa chỉ vào trang của người này rồi mời lại."))
    if User.objects.filter(email__iexact=person.email).exists():
        raise Refused(_("Địa chỉ thư này đã thuộc một tài khoản khác. Kiểm tra lại địa chỉ."))
    now = clock.now()
    opened = Invitation.objects.filter(person=person, accepted_at=None, withdrawn_at=None)
    opened.update(withdrawn_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        person=person,
        email=person.email,
        token_digest=digest(token),
        made_at=now,
        expires_at=now + LASTS,
    )
    record(person, "invited", by=by, email=person.email)
    address = link(token)
    notices.invitation(person, to=person.email, link=address, until=invitation.expires_at)
    return address


@transaction.atomic
def withdraw_invitation(person: Person, *, by: Actor) -> None:
    require(access.can_manage_accounts(by))
    opened = Invitation.objects.filter(person=person, accepted_at=None, withdrawn_at=None)
    if opened.update(withdrawn_at=clock.now()):
        record(person, "invitation_withdrawn", by=by)


def invited_by(token: str) -> Invitation | None:
    """The invitation that a link belongs to, while it can be taken up."""
    found = Invitation.objects.filter(
        token_digest=digest(token),
        accepted_at=None,
        withdrawn_at=None,
        expires_at__gt=clock.now(),
        person__user=None,
        person__email=F("email"),  # who has another address by now is invited there
    )
    return found.select_related("person").first()


@transaction.atomic
def accept(token: str, *, username: str, password: str, address: str | None) -> User:
    """Make the account; the address that the link was sent to is its own, and proven by the link."""
    locked = Invitation.objects.select_for_update().filter(token_digest=digest(token)).first()
    invitation = invited_by(token) if locked else None
    if invitation is None:
        raise Refused(_("Đường dẫn này không còn dùng được. Xin quản trị gửi lời mời mới."))
    taken = Q(username__iexact=username) | Q(email__iexact=username)
    if User.objects.filter(taken).exists():
        raise Refused(_("Tên đăng nhập này đã có người dùng. Chọn tên khác."))
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise Refused(_("Địa chỉ thư này đã thuộc một tài khoản khác. Báo quản trị."))
    person = invitation.person
    user = User(username=username, email=invitation.email)
    user.set_password(password)
    user.save()
    person.user = user
    person.save(update_fields=["user"])
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    by = Actor(user_id=user.pk, name=person.name, role=None, unit=None, address=address)
    record(user, "account_made", by=by)
    return user


def suggest_username(person: Person) -> str:
    """Trần Thị Mai Phương → phuongttm, as offices do; with a number where that is taken."""
    *before, given = re.sub(r"[^a-z ]", "", fold(person.name)).split() or ["canbo"]
    name = given + "".join(one[0] for one in before)
    taken = set(User.objects.filter(username__istartswith=name).values_list("username", flat=True))
    taken = {one.lower() for one in taken}
    numbers = (f"{name}{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (name, *numbers) if one not in taken)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


# Accounts


@transaction.atomic
def lock(user: User, *, reason: str, by: Actor) -> None:
    """Nobody signs in with it until it is unlocked; who is signed in is out."""
    user = _locked_row(user)
    require(access.can_lock(by, user))
    if not user.is_active:
        return
    was = seen(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end(UserSession.objects.filter(user=user))
    record(user, "account_locked", by=by, before=was, reason=reason)


@transaction.atomic
def unlock(user: User, *, reason: str, by: Actor) -> None:
    require(access.can_manage_accounts(by))
    user = _locked_row(user)
    if user.is_active:
        return
    was = seen(user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(user, "account_unlocked", by=by, before=was, reason=reason)


@transaction.atomic
def reset_second_factor(user: User, *, reason: str, by: Actor) -> None:
    """For who lost it: the next sign-in asks for the password alone, then for a new second factor."""
    user = _locked_row(user)
    require(access.can_lock(by, user))
    factors = Authenticator.objects.filter(user=user)
    kinds = sorted(set(factors.values_list("type", flat=True)))
    if not kinds:
        return
    factors.delete()
    _end(UserSession.objects.filter(user=user))
    record(user, "second_factor_reset", by=by, reason=reason, kinds=kinds)
    notices.changed(user, SECOND_FACTOR_RESET, at=clock.now(), address=by.address)


SECOND_FACTOR_RESET = gettext_noop("quản trị đã đặt lại bước xác thực thứ hai")


@transaction.atomic
def unlink_province(user: User, *, reason: str, by: Actor) -> None:
    """For who has another account there: the next sign-in with the same verified address links anew."""
    user = _locked_row(user)
    require(access.can_lock(by, user))
    linked = SocialAccount.objects.filter(user=user)
    if not linked.exists():
        return
    linked.delete()
    _end(UserSession.objects.filter(user=user))
    record(user, "province_account_unlinked", by=by, reason=reason)
    notices.changed(user, PROVINCE_UNLINKED, at=clock.now(), address=by.address)


PROVINCE_UNLINKED = gettext_noop("quản trị đã gỡ liên kết với tài khoản của tỉnh")


@transaction.atomic
def end_sessions(user: User, *, by: Actor) -> int:
    """Everywhere; returns how many there were."""
    require(access.can_manage_accounts(by))
    ended = _end(UserSession.objects.filter(user=user))
    record(user, "sessions_ended", by=by, ended=ended)
    return ended


@transaction.atomic
def end_own_sessions(user: User, *, but: str, only: int | None = None, by: Actor) -> int:
    """One of one's own sessions, or all but the one that asks (its key)."""
    sessions = UserSession.objects.filter(user=user).exclude(session_key=but)
    ended = _end(sessions.filter(pk=only) if only is not None else sessions)
    if ended:
        record(user, "sessions_ended", by=by, ended=ended)
    return ended


@transaction.atomic
def set_policy(required: Collection[Role], *, by: Actor) -> None:
    """Which roles are asked for a second factor; who holds one and has none is led to set it up."""
    require(access.can_manage_accounts(by))
    for role in Role:
        policy, _made = RolePolicy.objects.select_for_update().get_or_create(role=role)
        was = seen(policy)
        policy.second_factor_required = role in required
        if seen(policy) == was:
            continue
        policy.save(update_fields=["second_factor_required"])
        record(policy, "policy_changed", by=by, before=was, role=str(role.label))


# From the server's own command line, where nobody else could help


@transaction.atomic
def rescue(user: User) -> None:
    """For who lost every way in: unlocked, without second factor, signed in nowhere."""
    user = _locked_row(user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    Authenticator.objects.filter(user=user).delete()
    _end(UserSession.objects.filter(user=user))
    record(user, "account_rescued", by=SYSTEM)


@transaction.atomic
def first_administrator(name: str, email: str, *, link: Callable[[str], str]) -> str:
    """Invite who will invite everybody else; refused once an administrator is at work."""
    if access.administrators().exists():
        raise Refused(_("Đã có quản trị. Lời mời do quản trị gửi ở trang Tài khoản."))
    person = Person.objects.filter(email__iexact=email, user=None).first()
    if person is None:
        person = Person.of(name, email=email)
        person.save()
    since = DateRange(clock.today(), None)
    held = Post.objects.held(clock.today()).filter(person=person, role=Role.ADMINISTRATOR)
    if not held.exists():
        Post.objects.create(
            person=person, unit=_top_unit(), role=Role.ADMINISTRATOR, validity=since
        )
    return _invite(person, by=SYSTEM, link=link)


def _top_unit() -> Unit:
    """The province's own body; in an empty database it is made."""
    today = clock.today()
    found = Unit.objects.existing(today).filter(
        kind=UnitKind.PEOPLES_COMMITTEE, level=Level.PROVINCE
    )
    if unit := found.order_by("place_in_lists", "id").first():
        return unit
    body = settings.DANVAN_BODY
    unit = Unit.objects.create(
        code=slugify(fold(body)), kind=UnitKind.PEOPLES_COMMITTEE, level=Level.PROVINCE
    )
    UnitName.of(unit, body, validity=DateRange(today, None)).save()
    tree.rebuild([unit.pk])
    record(unit, "unit_made", by=SYSTEM)
    return unit


# Letters


@transaction.atomic
def repeat_letter(letter: UUID, *, by: Actor) -> None:
    """A letter in doubt goes once more, one that waits goes now."""
    require(access.can_manage_accounts(by))
    for found in Letter.objects.select_for_update().filter(pk=letter, sent_at=None):
        letters.send_again(found)
        record(found, "letter_repeated", by=by)


@transaction.atomic
def withdraw_letter(letter: UUID, *, by: Actor) -> None:
    """What has not been sent never will be."""
    require(access.can_manage_accounts(by))
    for found in Letter.objects.select_for_update().filter(pk=letter, sent_at=None):
        record(found, "letter_withdrawn", by=by)
        found.delete()


def _locked_row(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _end(sessions: QuerySet[UserSession]) -> int:
    ended = list(sessions)
    for one in ended:
        one.end()
    return len(ended)


# Passwords


def request_reset(email: str, *, base: str) -> None:
    """Somebody forgot a password. The work behind it is the same whether or not there is an account:
    a queued job, which alone looks who is meant."""
    found = User.objects.filter(_has_address(email), is_active=True)
    users: list[JSONValue] = [str(pk) for pk in found.values_list("pk", flat=True)[:5]]
    app.configure_task("accounts.send_reset_links").defer(users=users, base=base)


def _has_address(email: str) -> Q:
    return Q(email__iexact=email)


def send_reset_links(users: list[UUID], *, link: Callable[[User], str]) -> None:
    for user in User.objects.filter(pk__in=users, is_active=True).select_related("person"):
        notices.password_reset(user, link=link(user))
