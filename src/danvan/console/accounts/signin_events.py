"""What allauth says has happened to an account, kept in the audit: signals are its interface."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.dispatch import receiver
from django.http import HttpRequest

from danvan.audit.actions import record
from danvan.console.middleware import address_of
from danvan.org.actors import Actor
from danvan.org.models import User

from . import signin


@receiver([account.password_changed, account.password_set])
def password_changed(request: HttpRequest, user: User, **said: Any) -> None:
    record(user, "password_changed", by=signin.who(request, user))


@receiver(account.password_reset)
def password_reset(request: HttpRequest, user: User, **said: Any) -> None:
    by = Actor(user.pk, str(user), None, None, address=address_of(request))
    record(user, "password_reset", by=by)
    signin.forget_tries(request, user)


@receiver(mfa.authenticator_added)
def factor_added(
    request: HttpRequest, user: User, authenticator: Authenticator, **said: Any
) -> None:
    record(user, "second_factor_added", by=signin.who(request, user), kinds=[authenticator.type])


@receiver(mfa.authenticator_removed)
def factor_removed(
    request: HttpRequest, user: User, authenticator: Authenticator, **said: Any
) -> None:
    record(user, "second_factor_removed", by=signin.who(request, user), kinds=[authenticator.type])


@receiver(mfa.authenticator_reset)
def recovery_codes_made(request: HttpRequest, user: User, **said: Any) -> None:
    record(user, "recovery_codes_made", by=signin.who(request, user))


@receiver(mfa.authentication_failed)
def second_step_failed(request: HttpRequest, user: User, **said: Any) -> None:
    by = Actor(None, str(user), None, None, address=address_of(request))
    record(user, "second_step_failed", by=by)
