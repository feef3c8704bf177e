"""Themes over reports: a label that changes no word of what was sent."""

from django.db import transaction

from danvan.duties import themes
from danvan.duties.models import Theme
from danvan.org.access import require
from danvan.org.actors import Actor

from . import access
from .models import Report
from .versions import locked


@transaction.atomic
def label(report: Report, theme: Theme, *, by: Actor) -> None:
    """Put a report under a theme."""
    report = locked(report)
    require(access.can_label(by, report))
    themes.put(theme, report, by=by)


@transaction.atomic
def unlabel(report: Report, theme: Theme, *, by: Actor) -> None:
    report = locked(report)
    require(access.can_label(by, report))
    themes.take_out(theme, report, by=by)
