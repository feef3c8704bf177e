"""What the pages of duties share: rows as they are shown, tones of states, what is said of a reminder."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.utils.translation import gettext as _

import vanban
from danvan import clock
from danvan.console.doors import Request
from danvan.console.templatetags.danvan import due_words, handed_in_words
from danvan.duties import actions
from danvan.duties.choices import REQUEST, AssignmentState
from danvan.duties.models import Assignment, Duty
from danvan.files.actions import Refused
from danvan.org.models import with_units
from danvan.refusals import NotAccepted
from danvan.statements import kept
from danvan.workdays.rules import MissingYear
from danvan.workdays.words import missing_years

NOT_ACCEPTED = (NotAccepted, Refused, vanban.Unreadable)
TONES = {
    AssignmentState.PROPOSED: "idle",
    AssignmentState.ASSIGNED: "wait",
    AssignmentState.CONTESTED: "warn",
    AssignmentState.IN_PROGRESS: "work",
    AssignmentState.SUBMITTED: "wait",
    AssignmentState.RETURNED: "warn",
    AssignmentState.DONE: "done",
    AssignmentState.SUSPENDED: "idle",
    AssignmentState.TRANSFERRED: "idle",
    AssignmentState.RESCINDED: "idle",
    AssignmentState.CLOSED: "idle",
    AssignmentState.REQUESTED: "wait",
    AssignmentState.ANSWERED: "done",
    AssignmentState.DECLINED: "idle",
}


def rows_of(assignments: Iterable[Assignment]) -> list[Assignment]:
    """With the duty and its document, and the unit by its name: each is read once, however many rows."""
    found = with_units(assignments, clock.today())
    duties = {one.pk: one for one in _duties(ids={one.duty_id for one in found})}
    for one in found:
        one.duty = duties[one.duty_id]
    return found


@kept
def _duties(ids: set[UUID]) -> QuerySet[Duty]:
    return Duty.objects.select_related("document").filter(pk__in=ids)


def worded_due(one: Assignment, today: date) -> str:
    """“Quá hạn 5 ngày”, “Còn 12 ngày”: the due day as plain words, for a workbook."""
    if one.due_on is None or one.state in REQUEST:
        return ""
    if one.is_open or one.state == AssignmentState.DONE:
        done_on = one.handed_in_on if one.state == AssignmentState.DONE else None
        return due_words(one.due_on, today=today, done_on=done_on)[1]
    return handed_in_words(one.days_late) if one.state == AssignmentState.SUBMITTED else ""


def missing_year(missing: MissingYear) -> str:
    return missing_years([missing.year])


def say_reminded(request: Request, reminded: actions.Reminded) -> None:
    text = _("Đã nhắc %(units)d đơn vị.") % {"units": reminded.units}
    if reminded.passed_over:
        text += " " + _("%(units)d đơn vị đã được nhắc hôm nay nên không nhắc lại.") % {
            "units": reminded.passed_over
        }
    messages.success(request, text)
