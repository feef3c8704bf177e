"""The way in for who was invited: a link of one use, a name, a password."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from danvan.accounts import actions
from danvan.console.middleware import address_of

from .forms import Accept

KEPT = "invitation"


@never_cache
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter: what it opens is kept in the session, out of sight of the history.

    A token has 256 random bits: there is nothing to try, so nothing to limit.
    """
    request.session[KEPT] = token
    return redirect("accept_invitation")


@never_cache
@sensitive_post_parameters("password1", "password2")
def accept(request: HttpRequest) -> HttpResponse:
    """Choose how to sign in. A link that was used, withdrawn, too old or never there says the same."""
    token = request.session.get(KEPT, "")
    invitation = actions.invited_by(token)
    if invitation is None:
        return render(request, "console/accounts/invitation_gone.html", status=404)
    form = Accept(request.POST or None, invitation=invitation)
    if form.is_valid():
        try:
            user = actions.accept(
                token,
                username=form.cleaned_data["username"],
                password=form.cleaned_data["password1"],
                address=address_of(request),
            )
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            del request.session[KEPT]
            record_authentication(request, user, "password", username=user.username)
            return perform_login(request, user, email_verification="none")
    context = {"form": form, "person": invitation.person}
    return render(request, "console/accounts/invitation.html", context)
