"""Themes of the year, key tasks and priority programmes: labels over work, and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record, record_all, seen
from danvan.documents.models import Document
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.refusals import NotAccepted

from . import access
from .choices import ENDED, OPEN, REQUEST, AssignmentState, ThemeKind
from .models import Assignment, Duty, Theme


@transaction.atomic
def make(
    *,
    kind: ThemeKind,
    title: str,
    years: tuple[int, int],
    document: Document | None,
    by: Actor,
) -> Theme:
    """Set a theme. One of the same kind, title and first year is the one there is."""
    require(access.can_label(by))
    theme, is_fresh = Theme.objects.get_or_create(
        kind=kind,
        title=title,
        year_from=years[0],
        defaults={"year_to": years[1], "document": document},
    )
    if is_fresh:
        record(theme, "theme_made", by=by, before=NOTHING)
    return theme


@transaction.atomic
def end(theme: Theme, *, by: Actor) -> Theme:
    """No new labels are given; those that were given stay. Ended once stays so."""
    require(access.can_label(by))
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    if theme.ended_at is None:
        was = seen(theme)
        theme.ended_at = clock.now()
        theme.save(update_fields=["ended_at"])
        record(theme, "theme_ended", by=by, before=was)
    return theme


@transaction.atomic
def label(theme: Theme, duties: Sequence[Duty], *, by: Actor) -> int:
    """Put the duties under a theme; returns how many were not yet. An ended theme takes no more."""
    require(access.can_label(by))
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    if theme.ended_at is not None:
        return 0
    known = set(theme.duties.values_list("pk", flat=True))
    fresh = [one for one in {one.pk: one for one in duties}.values() if one.pk not in known]
    theme.duties.add(*fresh)
    record_all(fresh, "labelled", by=by, theme=theme.title)
    return len(fresh)


@transaction.atomic
def unlabel(theme: Theme, duty: Duty, *, by: Actor) -> None:
    """Take a duty out from under a theme."""
    require(access.can_label(by))
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    if theme.duties.filter(pk=duty.pk).exists():
        theme.duties.remove(duty)
        record(duty, "unlabelled", by=by, theme=theme.title)


def put(theme: Theme, thing: Any, *, by: Actor) -> None:
    """For a later stage, which asked who may: put its thing under a theme. Said twice is said once."""
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    if thing.themes.filter(pk=theme.pk).exists():
        return
    if theme.ended_at is not None:
        raise NotAccepted(_("Chủ đề này đã kết thúc nên không gắn thêm được."))
    thing.themes.add(theme)
    record(thing, "labelled", by=by, theme=theme.title)


def take_out(theme: Theme, thing: Any, *, by: Actor) -> None:
    """The same the other way."""
    if thing.themes.filter(pk=theme.pk).exists():
        thing.themes.remove(theme)
        record(thing, "unlabelled", by=by, theme=theme.title)


@dataclass(frozen=True)
class Progress:
    given: int
    done: int
    late: int
    duties: int


def current(today: date) -> QuerySet[Theme]:
    """Those that new labels may be given of."""
    return Theme.objects.filter(ended_at=None, year_to__gte=today.year)


def progress(themes: Sequence[Theme], today: date) -> dict[Theme, Progress]:
    """Of each theme: what was laid on units for it, what is done and what is late."""
    rows = (
        Assignment.objects.led()
        .at_the_top()
        .filter(duty__themes__in=themes)
        .exclude(state__in=NOT_COUNTED)
        .values("duty__themes")
        .annotate(
            given=Count("pk"),
            done=Count("pk", filter=Q(state=AssignmentState.DONE)),
            late=Count("pk", filter=Q(state__in=OPEN, due_on__lt=today)),
        )
        .values_list("duty__themes", "given", "done", "late")
        .order_by()
    )
    of_assignments: dict[UUID, tuple[int, int, int]] = {
        theme: (given, done, late) for theme, given, done, late in rows
    }
    sizes = dict(
        Duty.themes.through.objects.filter(theme__in=themes)
        .values_list("theme")
        .annotate(Count("pk"))
    )
    return {
        theme: Progress(*of_assignments.get(theme.pk, (0, 0, 0)), sizes.get(theme.pk, 0))
        for theme in themes
    }


NOT_COUNTED = {AssignmentState.PROPOSED, *ENDED, *REQUEST}  # nor what units handed down
