"""The good rows, taken in: what is new in bulk, what changes as an event."""

from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction

from danvan import clock
from danvan.audit.actions import record, seen
from danvan.org.actors import Actor
from danvan.org.choices import ImportState
from danvan.org.comparing.plans import Plan
from danvan.org.events.lives import begin_change
from danvan.org.models import OrgImport

from .drafts import drafts_of
from .previewing import Preview
from .taking_people import take_in_people
from .taking_units import take_in_units


class Changed(Exception):
    """What would happen is no longer what was looked at: to be looked at again."""


def confirm(subject: OrgImport, *, seen_as: str, by: Actor) -> OrgImport:
    """Take in the good rows, if they are still what was seen. Twice changes nothing twice.

    Raises Changed where something else would happen than what was looked at.
    """
    try:
        return _confirm(subject, seen_as, by)
    except IntegrityError as collision:  # somebody wrote the same in this very moment
        raise Changed from collision


@transaction.atomic
def _confirm(subject: OrgImport, seen_as: str, by: Actor) -> OrgImport:
    begin_change(by)
    found = drafts_of(by).select_for_update(of=("self",)).get(pk=subject.pk)
    if found.state != ImportState.PREVIEWED:
        return found
    looked = Preview(found, by)
    if looked.digest != seen_as:
        raise Changed
    was = seen(found)
    made = take_in_units(looked, found, by)
    take_in_people(looked, made, by)
    found.state, found.done_at = ImportState.DONE, clock.now()
    found.counts = {str(outcome): count for outcome, count in looked.counts.items()}
    found.rows = [{**asdict(plan.row), "why": reasons_of(plan)} for plan in looked.bad]
    found.save()
    was["rows"] = found.rows  # what people are called is not kept in the audit as well
    record(found, "imported", by=by, before=was, rows=looked.good, bad=len(looked.bad))
    return found


def reasons_of(plan: Plan) -> list[list[Any]]:
    return [[one.column, one.msgid, one.values] for one in plan.reasons]
