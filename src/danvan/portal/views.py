"""Everything the public sees. No sign-in, no cookie of ours, and no table but that of releases."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from danvan.publication.choices import ReleaseKind
from danvan.publication.models import Release

MINUTE = 60  # seconds; what is taken down is gone from caches this soon
LONGEST_QUERY = 100  # characters
View = Callable[..., HttpResponse]
PARTS = (
    (gettext_lazy("Kế hoạch, văn bản"), {ReleaseKind.DOCUMENT}),
    (gettext_lazy("Kết quả"), set(ReleaseKind) - {ReleaseKind.DOCUMENT}),
)


def public(view: View) -> View:
    """Everybody's caches may keep the page: it holds nothing of one visitor's own."""

    @require_safe
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, max_age=MINUTE, public=True)
        return response

    return kept


@dataclass(frozen=True)
class Part:
    """A heading of the first page and what stands under it."""

    label: str | Promise
    releases: list[Release]


@public
def home(request: HttpRequest) -> HttpResponse:
    """All that is public, newest first, plans and results apart."""
    current = list(Release.objects.current().defer("body"))
    parts = [Part(label, [one for one in current if one.kind in kinds]) for label, kinds in PARTS]
    context = {"parts": [part for part in parts if part.releases], "count": len(current)}
    return render(request, "portal/home.html", context)


@public
def search(request: HttpRequest) -> HttpResponse:
    """Releases by the words of their titles, with or without diacritics."""
    words = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    found = list(Release.objects.current().saying(words).defer("body")) if words else []
    return render(request, "portal/search.html", {"words": words, "found": found})


@public
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """One release as it was frozen; of what was taken down, that it was."""
    found = Release.objects.newest_at(slug)
    if found is None:
        return nowhere(request, slug)
    if not found.is_public:
        return render(request, "portal/taken_down.html", {"release": found}, status=410)
    return render(request, "portal/release.html", {"release": found})


def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    return render(request, "portal/not_found.html", status=404)
