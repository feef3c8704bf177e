"""Which regime and report are asked for, and what an action that is not accepted answers."""

from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from danvan import clock
from danvan.console.doors import Request, View
from danvan.periods import Period, parse
from danvan.refusals import NotAccepted
from danvan.reports import access
from danvan.reports.definitions import Regime, regimes
from danvan.reports.models import Report


class PeriodConverter:
    """A period in an address: 2024-Q1."""

    regex = r"[12]\d{3}-(?:M(?:0[1-9]|1[0-2])|Q[1-4]|H[12]|N9|Y)"

    def to_python(self, value: str) -> Period:
        return parse(value)

    def to_url(self, value: Period | str) -> str:
        return str(value)


def regime_today() -> Regime | None:
    return next(iter(regimes(clock.today())), None)


def regime_or_404() -> Regime:
    found = regime_today()
    if found is None:
        raise Http404
    return found


def report_seen(request: Request, pk: UUID) -> Report:
    found = access.visible_to(request.actor).select_related(
        "regime", "supersedes", "successor", "assignment__duty__document"
    )
    return get_object_or_404(found, pk=pk)


def answering(view: View) -> View:
    """What an action does not accept is said under the title of the page that one came from."""

    @wraps(view)
    def answered(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotAccepted as reason:
            messages.error(request, str(reason))
            return redirect(_back(request, kwargs))

    return answered


def _back(request: Request, where: dict[str, Any]) -> str:
    if "period" in where:
        return reverse("console:consolidation", args=[where["period"]])
    return (
        reverse("console:report", args=[where["pk"]])
        if "pk" in where
        else reverse("console:reports")
    )
