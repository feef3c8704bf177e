"""The door of every page of the console: signed in, and in a post."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django_htmx.middleware import HtmxDetails

from danvan.accounts.access import roles_in_need
from danvan.org.actors import Actor
from danvan.workdays.rules import MissingYear

from .errors import bad_request, missing_year

View = Callable[..., HttpResponseBase]


class Request(HttpRequest):
    """A request behind the door, as the middleware left it."""

    actor: Actor
    htmx: HtmxDetails


def in_post(view: View) -> View:
    """Only for who holds a post today; `request.actor` is then an Actor. Rights are asked inside.

    What stands behind it is kept by no cache, so that nobody comes back to it after signing out.
    """

    @login_required
    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.actor:
            return render(request, "console/errors/no_post.html", status=403)
        if any("\x00" in one for _name, said in request.POST.lists() for one in said):
            return bad_request(request)  # the database holds no such sign, and no page sends it
        try:
            response = view(request, *args, **kwargs)
        except MissingYear as missing:
            response = missing_year(request, missing.year)
        response.headers.setdefault("Cache-Control", "private, no-store")  # a shared machine
        return response

    return guarded


def officer(view: View) -> View:
    """The same, and past what a role asks of signing in: who lacks a second factor sets it up first."""

    @in_post
    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if roles_in_need(request.actor):
            return redirect("console:security")
        return view(request, *args, **kwargs)

    return guarded
