"""Rows that an action holds while it changes them: always in one order, each change with its entry."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import record, seen
from danvan.org.actors import Actor
from danvan.refusals import NotAccepted

from .models import Assignment, AssignmentQuerySet, Duty

AT_ONCE = timedelta(minutes=1)  # said again within it is said once


def hold(duty: UUID) -> None:
    """Who lays one duty on units waits his turn. Before its assignments are locked, never after."""
    Duty.objects.select_for_update(of=("self",), no_key=True).get(pk=duty)


def locked(assignment: Assignment) -> Assignment:
    """The row as it is now, held until the transaction ends, with what every rule asks of it.

    Raises NotAccepted where its document's confirmation was taken back while one was deciding.
    """
    held = _held().filter(pk=assignment.pk).first()
    if held is None:
        raise NotAccepted(_("Việc này vừa được rút lại cùng văn bản giao việc."))
    return held


def locked_all(assignments: Iterable[Assignment]) -> list[Assignment]:
    """The same of many, always in one order, so that two who work at once do not block each other."""
    return list(_held().filter(pk__in=[one.pk for one in assignments]).order_by("pk"))


def _held() -> AssignmentQuerySet:
    rows = Assignment.objects.select_for_update(of=("self",))
    return rows.select_related(
        "unit", "person", "duty__asked_by", "duty__confirmed_by", "parent__unit"
    )


def change(
    assignment: Assignment,
    verb: str,
    fields: Mapping[str, Any],
    *,
    by: Actor,
    reason: str = "",
    **details: Any,
) -> None:
    """Write new values of a locked assignment, and the entry of it."""
    was = seen(assignment)
    for name, value in fields.items():
        setattr(assignment, name, value)
    assignment.changed_at = clock.now()
    assignment.save(update_fields=[*fields, "changed_at"])
    record(assignment, verb, by=by, before=was, reason=reason, **details)
