"""The one place where the console turns errors into replies: what happened, what to do, no trace."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger("danvan")


def _page(request: HttpRequest, name: str, status: int, **context: object) -> HttpResponse:
    return render(request, f"console/errors/{name}.html", context, status=status)


def bad_request(
    request: HttpRequest, exception: Exception | None = None, *, status: int = 400
) -> HttpResponse:
    return _page(request, "bad_request", status)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "forbidden", 403, reason=str(exception))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, "session_ended", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "not_found", 404)


def too_many(request: HttpRequest) -> HttpResponse:
    return _page(request, "too_many", 429)


def server_error(request: HttpRequest) -> HttpResponse:
    code = secrets.token_hex(2).upper()
    log.error("error %s at %s", code, request.path)
    return _page(request, "server_error", 500, code=code)
