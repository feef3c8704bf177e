"""Signing in, as allauth asks us: whose tries are limited, what is said, what the audit keeps."""

import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from danvan import clock
from danvan.accounts import notices
from danvan.accounts.access import SECOND_FACTORS, must_keep_second_factor
from danvan.audit.actions import record
from danvan.console.middleware import address_of
from danvan.notices import letters
from danvan.org.actors import Actor, actor_of
from danvan.org.models import User

DEVICE = "danvan_device"
DEVICE_AGE = 180 * 24 * 3600  # seconds
SHARED_BY = 8  # accounts that one browser is known for; an office's machine has several users
BEGUN = "signing_in"  # with which password, while the second step is awaited
SEEN_EVERY = 300  # seconds between two notes of when a session was last seen
APP = "danvan"
# Tries without success. A browser in which the account was signed in before has its own, so that
# nobody can lock an officer out of his own machine; everybody else shares an address's and the
# account's. Refused tries do not count, so that waiting helps.
OF_KNOWN_DEVICE = {"known_device": "10/15m/key"}
OF_ADDRESS = {"address": "30/m/ip,5/15m/key"}
OF_ACCOUNT = {"account": "20/h/key"}

WRONG = _(
    "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại."
)
# What allauth tells after something was done, in our words; what is not here goes without saying.
SAID = {
    "account/messages/password_changed.txt": _("Đã đổi mật khẩu."),
    "account/messages/password_set.txt": _("Đã đặt mật khẩu."),
    "mfa/messages/totp_activated.txt": _("Đã bật ứng dụng xác thực."),
    "mfa/messages/totp_deactivated.txt": _("Đã tắt ứng dụng xác thực."),
    "mfa/messages/webauthn_added.txt": _("Đã thêm khóa truy cập."),
    "mfa/messages/webauthn_removed.txt": _("Đã gỡ khóa truy cập."),
    "mfa/messages/recovery_codes_generated.txt": _("Đã tạo mã khôi phục. Cất ở nơi an toàn."),
}
# What the holder is written about, by allauth's name for it.
WRITTEN = {
    "account/email/password_changed": gettext_noop("đã đổi mật khẩu"),
    "account/email/password_reset": gettext_noop("đã đặt lại mật khẩu"),
    "account/email/password_set": gettext_noop("đã đặt mật khẩu"),
    "mfa/email/totp_activated": gettext_noop("đã bật ứng dụng xác thực"),
    "mfa/email/totp_deactivated": gettext_noop("đã tắt ứng dụng xác thực"),
    "mfa/email/webauthn_added": gettext_noop("đã thêm khóa truy cập"),
    "mfa/email/webauthn_removed": gettext_noop("đã gỡ khóa truy cập"),
    "mfa/email/recovery_codes_generated": gettext_noop("đã tạo mã khôi phục mới"),
    "socialaccount/email/account_connected": gettext_noop("đã liên kết tài khoản của tỉnh"),
}
AGAIN = {
    "reauthenticate": _("Dùng mật khẩu"),
    "mfa_reauthenticate": _("Dùng mã xác thực"),
    "mfa_reauthenticate:webauthn": _("Dùng khóa truy cập"),
}


class Adapter(DefaultAccountAdapter):
    """Sign-in in the officers' words; accounts are given, nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": _(
            "Đăng nhập sai nhiều lần. Thử lại sau 15 phút, hoặc gọi quản trị của đơn vị."
        ),
        "rate_limited": _("Thử quá nhiều lần. Đợi vài phút rồi thử lại."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "enter_current_password": _("Mật khẩu đang dùng không đúng."),
        "incorrect_code": _("Mã không đúng. Chờ mã mới trong ứng dụng rồi nhập lại."),
        "username_taken": _("Tên đăng nhập này đã có người dùng. Chọn tên khác."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    # Tries

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same for limits as for the journal; a wrong number of proxies shuts nobody out."""
        return address_of(request) or "0.0.0.0"  # nosec

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        account = _account(credentials)
        device = known_device(request, account)
        if device:
            allowed = self._may_try(request, OF_KNOWN_DEVICE, f"{account} {device}")
        else:
            address = ratelimit.get_ip(request)
            allowed = self._may_try(request, OF_ADDRESS, f"{account} {address}") and self._may_try(
                request, OF_ACCOUNT, account
            )
        if not allowed:
            raise self._too_many()

    def _too_many(self) -> ValidationError:
        if not settings.DANVAN_HELP_PHONE:
            return self.validation_error("too_many_login_attempts")
        said = gettext(
            "Đăng nhập sai nhiều lần. Thử lại sau 15 phút, hoặc gọi quản trị: %(phone)s."
        )
        return ValidationError(said % {"phone": settings.DANVAN_HELP_PHONE})

    def _may_try(self, request: HttpRequest, limits: dict[str, str], key: str) -> bool:
        (action,) = limits
        used = ratelimit.consume(request, app=APP, action=action, config=limits, key=key)
        self._used = [*getattr(self, "_used", []), *([used] if used else [])]
        return used is not None

    def _rollback_login_failed_rl_usage(self) -> None:
        for used in getattr(self, "_used", []):
            used.rollback()

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """A name is looked up as name and as address at once; twice would tell by its time that
        there is such an address."""
        if credentials.get("username"):
            credentials.pop("email", None)
        return super().authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Also for a name that nobody has, which costs the same time; what was typed is not kept."""
        user = _users(credentials).first()
        by = Actor(None, gettext("Chưa đăng nhập"), None, None, address=address_of(request))
        record(user or User(), "sign_in_failed", by=by)

    # In and out

    def pre_login(self, request: HttpRequest, user: Any, **hooks: Any) -> HttpResponse | None:
        response: HttpResponse | None = super().pre_login(request, user, **hooks)
        request.session[BEGUN] = user.get_session_auth_hash()
        return response

    def login(self, request: HttpRequest, user: Any) -> None:
        """A lock or a new password between the two steps ends a sign-in that is under way, too."""
        begun = request.session.pop(BEGUN, None)
        if not user.is_active or begun != user.get_session_auth_hash():
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: Any, **hooks: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **hooks)
        methods = get_authentication_records(request, user)
        if methods:  # who has just signed in need not prove again who he is
            methods[-1]["reauthenticated"] = True
            request.session[AUTHENTICATION_METHODS_SESSION_KEY] = methods
        request.session["seen_at"] = int(time.time())
        remember_device(request, response, user)
        record(user, "signed_in", by=who(request, user), method=_method(methods))
        return response

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            record(request.user, "signed_out", by=who(request, request.user))
        UserSession.objects.filter(session_key=request.session.session_key or "-").delete()
        super().logout(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("console:security")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        return [
            one | {"description": AGAIN[one["id"]]}
            for one in super().get_reauthentication_methods(user)
        ]

    # Words

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        words = message or SAID.get(message_template or "")
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Whatever allauth still writes by itself goes through the outbox too."""
        message = self.render_mail(template_prefix, email, context)
        letters.write(email, subject=message.subject, body=str(message.body))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        if what := WRITTEN.get(template_prefix):
            notices.changed(user, what, at=clock.now(), address=address_of(self.request))


class SecondFactor(DefaultMFAAdapter):
    """Authenticator apps, passkeys and recovery codes; their secrets are encrypted at rest."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Vai trò đang giữ phải có bước xác thực thứ hai. Thêm khóa truy cập trước khi tắt ứng dụng này."
        ),
        "cannot_generate_recovery_codes": _(
            "Mã khôi phục chỉ có khi đã bật ứng dụng xác thực hoặc khóa truy cập."
        ),
        "incorrect_code": _("Mã không đúng. Chờ mã mới trong ứng dụng rồi nhập lại."),
    }

    def encrypt(self, text: str) -> str:
        return _ciphers().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _ciphers().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user, type__in=SECOND_FACTORS)
        return others.exclude(pk=authenticator.pk).exists() or not must_keep_second_factor(
            authenticator.user
        )

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Khóa truy cập %(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        return f"danvan, {settings.DANVAN_BODY}"

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.username)


class ProvinceSignIn(DefaultSocialAccountAdapter):
    """The province's single sign-on opens accounts that exist; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Links the province's account to ours by an address that the province has verified.

        An account that is linked to one person there is not linked to another who later got the
        same address; nobody links by himself while he is signed in.
        """
        if sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(not_allowed(request))
        if sociallogin.is_existing:
            return
        user = self._meant(sociallogin)
        if user is None:
            raise ImmediateHttpResponse(not_allowed(request))
        sociallogin.connect(request, user)
        by = Actor(user.pk, str(user), None, None, address=address_of(request))
        record(user, "province_account_linked", by=by)

    def _meant(self, sociallogin: SocialLogin) -> User | None:
        verified = [
            one.email for one in sociallogin.email_addresses if one.verified in {True, "true"}
        ]
        if not verified:
            return None
        found = list(User.objects.filter(email__iexact=verified[0])[:2])
        linked = SocialAccount.objects.filter(user__in=found, provider=sociallogin.account.provider)
        return found[0] if len(found) == 1 and not linked.exists() else None

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Not by allauth's rule, which takes away the password of the account."""
        return None

    def send_notification_mail(self, template_prefix: str, user: Any, **kwargs: Any) -> None:
        if what := WRITTEN.get(template_prefix):
            notices.changed(user, what, at=clock.now(), address=address_of(self.request))


def not_allowed(request: HttpRequest) -> HttpResponse:
    return render(request, "account/signup_closed.html", status=403)


class Seen:
    """Notes when a session was last used, every few minutes, for the list of one's sessions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen_at = request.session.get("seen_at")  # only where somebody signed in
        now = int(time.time())
        if seen_at is not None and now - seen_at >= SEEN_EVERY:
            request.session["seen_at"] = now
            found = UserSession.objects.filter(session_key=request.session.session_key)
            found.update(last_seen_at=timezone.now(), ip=address_of(request) or "0.0.0.0")  # nosec
        response = self.get_response(request)
        if proven := getattr(request, "proven_by_mail", None):
            remember_device(request, response, proven)
        return response


# Who it is


def who(request: HttpRequest, user: User) -> Actor:
    """The account as an actor; who holds no post signs in and out too."""
    address = address_of(request)
    found = actor_of(user, post=request.session.get("post"), address=address)
    return found or Actor(user.pk, str(getattr(user, "person", user)), None, None, address=address)


def _method(records: list[dict[str, Any]]) -> str:
    """password, password+totp, webauthn, socialaccount: how one signed in."""
    said = [str(one.get("type") or one["method"]) for one in records]
    return "+".join(dict.fromkeys(said))


def _users(credentials: dict[str, Any]) -> Any:
    """Whose password would open it: a name counts in any writing, as the database compares it."""
    typed = credentials.get("username") or credentials.get("email") or ""
    return User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed)).order_by("pk")


def _account(credentials: dict[str, Any]) -> str:
    """For counting: the account that a name or an address leads to, or the name that nobody has."""
    if found := _users(credentials).first():
        return str(found.pk)
    typed = credentials.get("username") or credentials.get("email") or ""
    return hashlib.sha256(str(typed).upper().lower().encode()).hexdigest()


# Known devices: https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies


def known_device(request: HttpRequest, account: str) -> str | None:
    """The mark of a browser in which this account was signed in before."""
    return _marks(request).get(account)


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    marks = _marks(request)
    mark = marks.pop(str(user.pk), None) or secrets.token_urlsafe(12)
    kept = dict([*marks.items(), (str(user.pk), mark)][-SHARED_BY:])
    response.set_cookie(
        DEVICE,
        signing.dumps(kept, salt=DEVICE, compress=True),
        max_age=DEVICE_AGE,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )


def _marks(request: HttpRequest) -> dict[str, str]:
    try:
        kept = signing.loads(
            request.COOKIES.get(DEVICE, ""), salt=DEVICE, max_age=timedelta(seconds=DEVICE_AGE)
        )
    except signing.BadSignature:
        return {}
    return kept if isinstance(kept, dict) else {}


def forget_tries(request: HttpRequest, user: User) -> None:
    """Who has proven that the mailbox is his begins anew, in a browser that is known from now on.

    So tries of others, from wherever, keep nobody out who reads his mail.
    """
    request.proven_by_mail = user  # type: ignore[attr-defined]
    account, address = str(user.pk), ratelimit.get_ip(request)
    for limits, key in ((OF_ADDRESS, f"{account} {address}"), (OF_ACCOUNT, account)):
        (action,) = limits
        per_account = {action: limits[action].rpartition(",")[2]}
        ratelimit.clear(request, app=APP, action=action, config=per_account, key=key)


def _ciphers() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = (hashlib.sha256(b"second factor " + force_bytes(one)).digest() for one in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in made])
