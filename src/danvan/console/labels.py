"""Themes over a record or a report: those it stands under, those it can be put under, both ways of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.duties import themes
from danvan.duties.models import Theme
from danvan.org.actors import Actor
from danvan.records import access as record_access
from danvan.records import actions as records
from danvan.records.models import Record
from danvan.refusals import NotAccepted
from danvan.reports import access as report_access
from danvan.reports import labelling as reports
from danvan.reports.models import Report

from .org.unit_choice import as_id


@dataclass(frozen=True)
class Labels:
    """What a page shows of the themes over its thing."""

    given: list[Theme]
    offered: list[Theme]  # none where this person may not
    may: bool
    url: str


def of_record(record: Record, by: Actor) -> Labels:
    url = reverse("console:label_record", args=[record.register, record.pk])
    return _labels(record, record_access.can_label(by, record), url)


def of_report(report: Report, by: Actor) -> Labels:
    url = reverse("console:label_report", args=[report.pk])
    return _labels(report, report_access.can_label(by, report), url)


def _labels(thing: Any, may: bool, url: str) -> Labels:
    given = list(thing.themes.all())
    left = themes.current(clock.today()).exclude(pk__in=[one.pk for one in given])
    return Labels(given, list(left[:200]) if may else [], may, url)


@require_POST
@officer
def label_record(request: Request, code: str, pk: UUID) -> HttpResponse:
    visible = record_access.visible_to(request.actor)
    found = get_object_or_404(visible, register=code, pk=pk)
    _said(request, found, records.label, records.unlabel)
    return redirect("console:record", code, pk)


@require_POST
@officer
def label_report(request: Request, pk: UUID) -> HttpResponse:
    found = get_object_or_404(report_access.visible_to(request.actor), pk=pk)
    _said(request, found, reports.label, reports.unlabel)
    return redirect("console:report", pk)


def _said(
    request: Request, thing: Any, put: Callable[..., None], take_out: Callable[..., None]
) -> None:
    dropped = request.POST.get("drop")
    theme = get_object_or_404(Theme, pk=as_id(dropped or request.POST.get("theme")))
    try:
        (take_out if dropped else put)(thing, theme, by=request.actor)
    except NotAccepted as refusal:
        messages.error(request, str(refusal))
        return
    words = {"theme": theme.title}
    said = _("Đã bỏ khỏi “%(theme)s”.") if dropped else _("Đã gắn vào “%(theme)s”.")
    messages.success(request, said % words)


@dataclass(frozen=True)
class ThemeFilter:
    """The theme of the address, and those to choose among: that of things which one may see."""

    chosen: Theme | None
    themes: list[Theme]


def theme_filter(asked: QueryDict, found: QuerySet[Any]) -> ThemeFilter:
    """Among the themes that these things stand under."""
    through = found.model.themes.through.objects
    name = found.model._meta.model_name
    known = through.filter(**{f"{name}__in": found.order_by()}).values("theme")
    themes_of = list(Theme.objects.filter(pk__in=known))
    asked_for = as_id(asked.get("theme"))
    return ThemeFilter(next((one for one in themes_of if one.pk == asked_for), None), themes_of)


urlpatterns = [
    path("so/<slug:code>/<uuid:pk>/chu-de/", label_record, name="label_record"),
    path("bao-cao/<uuid:pk>/chu-de/", label_report, name="label_report"),
]
