from collections.abc import Callable
from ipaddress import ip_address
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from danvan.files.upload import FORM
from danvan.org.actors import Actor, actor_of

from .doors import Request
from .errors import bad_request, csrf_failure


class ChosenLanguage:
    """The language that a person chose; Vietnamese until then, whatever the browser prefers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            patch_vary_headers(response, ["Cookie"])  # a cache keeps the languages apart
            return response


ANSWERED = 50 * 1024 * 1024  # bytes past the limit that are read, so that the form can answer


class Readable:
    """Refuses what no page of ours sends, before any of it is read.

    That is: text in another encoding, a zero byte in an address (the database holds none), and
    more than an upload may ever be, since the server holds a whole request in memory. Who is
    not signed in sends no files.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        encoding = (request.content_params or {}).get("charset", "utf-8")
        if encoding.lower() not in {"utf-8", "utf8"} or "%00" in request.META["QUERY_STRING"]:
            return bad_request(request)
        length = request.META.get("CONTENT_LENGTH") or "0"
        sent = int(length[:12]) if length.isdecimal() else 0  # bytes
        if sent > FORM and not request.user.is_authenticated:
            return csrf_failure(request)
        if sent > settings.DANVAN_UPLOAD_LIMIT + ANSWERED:
            return bad_request(request, status=413)
        return self.get_response(request)


class ActorMiddleware:
    """Gives each request its `actor`: who acts, in which post. None for who is not signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.actor = cast(Actor, SimpleLazyObject(lambda: _actor(request)))
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor | None:
    if not request.user.is_authenticated:
        return None
    return actor_of(request.user, post=request.session.get("post"), address=address_of(request))


def address_of(request: HttpRequest) -> str | None:
    """From where a request came: what the outermost proxy of our own saw, never what was claimed.

    Each proxy adds whom it heard on the right, so that of as many as we have the leftmost counts.
    """
    heard = request.headers.get("X-Forwarded-For", "").split(",")
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if 0 < proxies <= len(heard) and (address := _as_address(heard[-proxies])):
        return address
    return _as_address(request.META.get("REMOTE_ADDR", ""))


def _as_address(written: str) -> str | None:
    try:
        return str(ip_address(written.strip()))
    except ValueError:
        return None
