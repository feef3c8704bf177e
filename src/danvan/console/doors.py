"""The door of every page of the console: signed in, and in a post."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


def officer(view: View) -> View:
    """Only for who holds a post today; `request.actor` is then an Actor. Rights are asked inside."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor:
            return render(request, "console/errors/no_post.html", status=403)
        return view(request, *args, **kwargs)

    return guarded
