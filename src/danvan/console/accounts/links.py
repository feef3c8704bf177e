"""Where links in letters lead."""

from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest


def base(request: HttpRequest) -> str:
    """The address that the installation names first (DANVAN_ORIGINS), else that of the request.

    A request says in its head for which host and port it came; whoever asks for a letter to
    somebody else could choose them.
    """
    named = [one for one in settings.CSRF_TRUSTED_ORIGINS if "*" not in one]
    return urljoin(named[0], "/") if named else request.build_absolute_uri("/")


def absolute(request: HttpRequest, path: str) -> str:
    return urljoin(base(request), path)
