"""Accounts: one's own security, and for the administrator those of all people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.accounts import access, actions
from danvan.accounts.choices import AccountState
from danvan.accounts.models import RolePolicy, with_state
from danvan.audit.models import AuditEntry
from danvan.console.doors import Request, View, in_post, officer
from danvan.console.phrases import told
from danvan.notices import letters
from danvan.notices.models import Letter
from danvan.org.access import require
from danvan.org.choices import Role
from danvan.org.models import Person, Post, User, with_units
from danvan.text import fold

from . import links
from .devices import device

A_PAGE = 50
SHOWN = 30  # entries of an account's history
TONES = {
    AccountState.NONE: "idle",
    AccountState.INVITED: "wait",
    AccountState.LAPSED: "warn",
    AccountState.WORKING: "done",
    AccountState.LOCKED: "warn",
}


# One's own


@dataclass(frozen=True)
class Session:
    """Where somebody is signed in."""

    pk: int
    device: str
    address: str
    began_at: datetime
    seen_at: datetime
    is_current: bool


def _sessions(user: object, current: str | None = None) -> list[Session]:
    return [
        Session(
            pk=one.pk,
            device=device(one.user_agent),
            address=one.ip,
            began_at=one.created_at,
            seen_at=one.last_seen_at,
            is_current=one.session_key == current,
        )
        for one in UserSession.objects.filter(user=user).order_by("-last_seen_at")
    ]


@in_post
def security(request: Request) -> HttpResponse:
    """One's own password, second factors and sessions."""
    factors = Authenticator.objects.filter(user=request.user).order_by("created_at")
    kinds = Authenticator.Type
    sessions = _sessions(request.user, request.session.session_key)
    context = {
        "needed_by": [one.get_role_display() for one in access.roles_in_need(request.actor)],
        "app": next((one for one in factors if one.type == kinds.TOTP), None),
        "passkeys": [one for one in factors if one.type == kinds.WEBAUTHN],
        "codes": next((one for one in factors if one.type == kinds.RECOVERY_CODES), None),
        "sessions": sessions,
        "others": sum(not one.is_current for one in sessions),
        "linked": SocialAccount.objects.filter(user=request.user).exists(),
        "has_province": settings.DANVAN_OIDC is not None,
    }
    return render(request, "console/accounts/security.html", context)


@require_POST
@in_post
def end_own_session(request: Request) -> HttpResponse:
    """One of one's own sessions elsewhere, or all of them."""
    chosen = request.POST.get("session", "")
    ended = actions.end_own_sessions(
        User.objects.get(pk=request.actor.own_id),
        but=request.session.session_key or "",
        only=int(chosen) if chosen.isdecimal() else None,
        by=request.actor,
    )
    said = ngettext("Đã kết thúc %d phiên.", "Đã kết thúc %d phiên.", ended) % ended
    messages.success(request, said)
    return redirect("console:security")


# Everybody's


class Reason(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


def proven(view: View) -> View:
    """Only for who has shown within a quarter of an hour who he is: what follows weakens an account."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(access.can_manage_accounts(request.actor))
        if did_recently_reauthenticate(request):
            return view(request, *args, **kwargs)
        pk = kwargs.get("pk")
        back = reverse("console:account", args=[pk]) if pk else reverse("console:sign_in_policy")
        messages.info(request, _("Xác nhận lại mật khẩu, rồi bấm lần nữa."))
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")

    return guarded


def _people() -> QuerySet[Any]:
    """People with `state`, `has_second_factor` and `held_today`."""
    today = clock.today()
    held = Post.objects.held(today).order_by("id")
    people = with_state(access.with_factors(Person.objects.all()), clock.now())
    return people.select_related("user").prefetch_related(
        Prefetch("posts", queryset=held, to_attr="held_today")
    )


def _with_posts(people: list[Any]) -> list[Any]:
    """Each with the names of the units of today's posts, in one query."""
    posts = [post for one in people for post in one.held_today]
    with_units(posts, clock.today())
    return people


@officer
def accounts(request: Request) -> HttpResponse:
    """Who has an account, and in what state it is."""
    require(access.can_manage_accounts(request.actor))
    words, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    people = _people().order_by("sort_key", "id")
    if words:
        people = people.filter(folded__contains=fold(words))
    counted = people.order_by().values("state").annotate(people=Count("pk"))
    counts = dict.fromkeys(AccountState, 0) | dict(counted.values_list("state", "people"))
    if state in AccountState.values:
        people = people.filter(state=state)
    page = Paginator(people, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [
            (one, TONES[one.state], AccountState(one.state).label)
            for one in _with_posts(list(page))
        ],
        "words": words,
        "state": state,
        "states": [(one.value, one.label, counts[one]) for one in AccountState],
        "total": sum(counts.values()),
        "mail": _mail(),
    }
    return render(request, "console/accounts/list.html", context)


def _mail() -> dict[str, Any]:
    """The line about the outbox: how many wait, how many are in doubt, what went wrong last."""
    return {
        "is_set_up": bool(settings.EMAIL_HOST),
        "waiting": Letter.objects.waiting().count(),
        "in_doubt": Letter.objects.in_doubt().count(),
        "failure": letters.last_failure(),
    }


def _person(request: Request, pk: object) -> Any:
    require(access.can_manage_accounts(request.actor))
    return _with_posts([get_object_or_404(_people(), pk=pk)])[0]


@officer
def account(request: Request, pk: str) -> HttpResponse:
    """One person's account: state, second factor, sessions, what happened to it."""
    return _account_page(request, _person(request, pk))


def _account_page(request: Request, person: Any, form: Reason | None = None) -> HttpResponse:
    user = person.user
    about = [person.pk, *([user.pk] if user else [])]
    entries = AuditEntry.objects.filter(subject__in=about)[:SHOWN]
    factors = Authenticator.objects.filter(user=user) if user else Authenticator.objects.none()
    context = {
        "person": person,
        "holder": user,
        "tone": TONES[AccountState(person.state)],
        "state": AccountState(person.state),
        "states": {one.name: one.value for one in AccountState},
        "invitation": person.invitations.first(),
        "factors": [FACTORS[one.type] for one in factors],
        "sessions": _sessions(user, request.session.session_key) if user else [],
        "is_linked": user is not None and SocialAccount.objects.filter(user=user).exists(),
        "can_lock": user is not None and access.can_lock(request.actor, user),
        "history": told(entries),
        "form": form or Reason(),
        "mail": _mail(),
    }
    status = 422 if form is not None else 200
    return render(request, "console/accounts/account.html", context, status=status)


FACTORS = {
    Authenticator.Type.TOTP: gettext_lazy("ứng dụng xác thực"),
    Authenticator.Type.WEBAUTHN: gettext_lazy("khóa truy cập"),
    Authenticator.Type.RECOVERY_CODES: gettext_lazy("mã khôi phục"),
}


@require_POST
@officer
def invite(request: Request, pk: str) -> HttpResponse:
    person = _person(request, pk)

    def link(token: str) -> str:
        return links.absolute(request, reverse("invitation", args=[token]))

    try:
        address = actions.invite(person, by=request.actor, link=link)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("console:account", pk)
    if settings.EMAIL_HOST:
        said = _("Đã gửi lời mời đến %(email)s. Đường dẫn dùng được 7 ngày.")
        messages.success(request, said % {"email": person.email})
        return redirect("console:account", pk)
    # Without a mail server the letter would wait for ever: the link is handed over by hand, once.
    context = {"person": person, "link": address}
    return render(request, "console/accounts/link.html", context)


@require_POST
@officer
def withdraw_invitation(request: Request, pk: str) -> HttpResponse:
    actions.withdraw_invitation(_person(request, pk), by=request.actor)
    messages.success(request, _("Đã rút lời mời. Đường dẫn đã gửi không còn dùng được."))
    return redirect("console:account", pk)


def _with_reason(request: Request, pk: str, act: Callable[..., object], said: str) -> HttpResponse:
    """What is done to an account and why; without a reason it is asked again."""
    person = _person(request, pk)
    if person.user is None:
        raise Http404
    form = Reason(request.POST)
    if not form.is_valid():
        return _account_page(request, person, form)
    act(person.user, reason=form.cleaned_data["reason"], by=request.actor)
    messages.success(request, said)
    return redirect("console:account", pk)


@require_POST
@officer
def lock_account(request: Request, pk: str) -> HttpResponse:
    said = _("Đã khóa tài khoản; mọi phiên đã kết thúc.")
    return _with_reason(request, pk, actions.lock, said)


@require_POST
@officer
def unlock_account(request: Request, pk: str) -> HttpResponse:
    return _with_reason(request, pk, actions.unlock, _("Đã mở khóa tài khoản."))


@require_POST
@officer
@proven
def reset_second_factor(request: Request, pk: str) -> HttpResponse:
    said = _("Đã đặt lại bước xác thực thứ hai; mọi phiên đã kết thúc.")
    return _with_reason(request, pk, actions.reset_second_factor, said)


@require_POST
@officer
@proven
def unlink_province(request: Request, pk: str) -> HttpResponse:
    said = _("Đã gỡ liên kết với tài khoản của tỉnh; mọi phiên đã kết thúc.")
    return _with_reason(request, pk, actions.unlink_province, said)


@require_POST
@officer
def end_sessions(request: Request, pk: str) -> HttpResponse:
    person = _person(request, pk)
    if person.user is None:
        raise Http404
    ended = actions.end_sessions(person.user, by=request.actor)
    said = ngettext("Đã kết thúc %d phiên.", "Đã kết thúc %d phiên.", ended) % ended
    messages.success(request, said)
    return redirect("console:account", pk)


@officer
def sign_in_policy(request: Request) -> HttpResponseBase:
    """Which roles must prove more than a password."""
    require(access.can_manage_accounts(request.actor))
    if request.method == "POST":
        return _set_policy(request)
    required = set(
        RolePolicy.objects.filter(second_factor_required=True).values_list("role", flat=True)
    )
    lacking = access.lacking_by_role()
    roles = [(one, one in required, lacking.get(one.value, 0)) for one in Role]
    return render(request, "console/accounts/policy.html", {"roles": roles})


@proven
def _set_policy(request: Request) -> HttpResponse:
    chosen = {Role(one) for one in request.POST.getlist("role") if one in Role.values}
    actions.set_policy(chosen, by=request.actor)
    messages.success(request, _("Đã lưu chính sách đăng nhập."))
    return redirect("console:sign_in_policy")


@officer
def outbox(request: Request) -> HttpResponse:
    """Letters that have not gone: what waits, what is in doubt, and why."""
    require(access.can_manage_accounts(request.actor))
    if request.method == "POST":
        return _settle_letter(request)
    unsent = Letter.objects.filter(sent_at=None).order_by("next_try_at")
    context = {"letters": list(unsent[:200]), "mail": _mail(), "now": clock.now()}
    return render(request, "console/accounts/outbox.html", context)


def _settle_letter(request: Request) -> HttpResponse:
    try:
        chosen = UUID(request.POST.get("letter", ""))
    except ValueError as no_id:
        raise Http404 from no_id
    letter = get_object_or_404(Letter, pk=chosen, sent_at=None)
    if request.POST.get("withdraw"):
        actions.withdraw_letter(letter.pk, by=request.actor)
        messages.success(request, _("Đã bỏ thư."))
    else:
        actions.repeat_letter(letter.pk, by=request.actor)
        messages.success(request, _("Thư sẽ được gửi trong phút tới."))
    return redirect("console:outbox")


urlpatterns = [
    path("tai-khoan/", security, name="security"),
    path("tai-khoan/phien/", end_own_session, name="end_own_session"),
    path("to-chuc/tai-khoan/", accounts, name="accounts"),
    path("to-chuc/tai-khoan/chinh-sach/", sign_in_policy, name="sign_in_policy"),
    path("to-chuc/tai-khoan/thu/", outbox, name="outbox"),
    path("to-chuc/tai-khoan/<uuid:pk>/", account, name="account"),
    path("to-chuc/tai-khoan/<uuid:pk>/moi/", invite, name="invite"),
    path("to-chuc/tai-khoan/<uuid:pk>/rut/", withdraw_invitation, name="withdraw_invitation"),
    path("to-chuc/tai-khoan/<uuid:pk>/khoa/", lock_account, name="lock_account"),
    path("to-chuc/tai-khoan/<uuid:pk>/mo-khoa/", unlock_account, name="unlock_account"),
    path("to-chuc/tai-khoan/<uuid:pk>/dat-lai/", reset_second_factor, name="reset_second_factor"),
    path("to-chuc/tai-khoan/<uuid:pk>/go-lien-ket/", unlink_province, name="unlink_province"),
    path("to-chuc/tai-khoan/<uuid:pk>/ket-thuc-phien/", end_sessions, name="end_sessions"),
]
