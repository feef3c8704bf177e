"""The one place where the console turns errors into replies: what happened, what to do, no trace."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from danvan.workdays.words import missing_years

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


def missing_year(request: HttpRequest, year: int) -> HttpResponse:
    """A deadline was asked for of a year that has no office calendar."""
    return _page(request, "missing_year", 409, reason=missing_years([year]))


def server_error(request: HttpRequest) -> HttpResponse:
    code = secrets.token_hex(2).upper()
    log.error("error %s at %s", code, request.path)
    return _page(request, "server_error", 500, code=code)
