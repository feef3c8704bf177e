"""What the pages of assignments look for: one with all its units by name, a document by its number."""

import re

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from danvan import clock
from danvan.console.day_field import DayField
from danvan.console.doors import Request
from danvan.documents import access as documents
from danvan.documents.models import Document, squeeze
from danvan.duties import access
from danvan.duties.models import Assignment
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.workdays.rules import printed


def found(request: Request, pk: str) -> Assignment:
    """One that the person may see; else it is not found."""
    visible = access.visible_to(request.actor).select_related(
        "duty__document", "parent__duty", "person", "transferred_from", "transferred_to"
    )
    return named(get_object_or_404(visible, pk=pk))


def named(assignment: Assignment) -> Assignment:
    """With the units' names, in one query."""
    duty, parent = assignment.duty, assignment.parent
    ids = {assignment.unit_id, duty.asked_by_id, duty.confirmed_by_id}
    ids |= {parent.unit_id} if parent else set()
    units = Unit.objects.named(clock.today()).in_bulk(ids - {None})
    assignment.unit = units[assignment.unit_id]
    duty.asked_by = units[duty.asked_by_id]
    if duty.confirmed_by_id:
        duty.confirmed_by = units[duty.confirmed_by_id]
    if parent:
        parent.unit = units[parent.unit_id]
    return assignment


_WITH_ITS_DAY = re.compile(r"(?P<number>.+?),?\s+ngày\s+(?P<day>.+)", re.IGNORECASE)


def document_numbered(typed: str, *, by: Actor) -> Document:
    """The registered document of a number that one may see, “25-NQ/TW” or “25-NQ/TW ngày 03/6/2013”.

    Raises ValidationError, in words, where there is none or the number is not enough.
    """
    day, number = None, typed
    if with_day := _WITH_ITS_DAY.fullmatch(typed):
        number, day = with_day["number"], DayField().clean(with_day["day"])
    known = documents.visible_to(by).registered().filter(number_squeezed=squeeze(number))
    if day is not None:
        known = known.filter(issued_on=day)
    few = list(known.newest_first()[:5])
    if not few:
        raise forms.ValidationError(
            _("Chưa có văn bản số “%(number)s” trong hệ thống.") % {"number": typed}
        )
    if len(few) > 1:
        raise forms.ValidationError(_which(number, few, has_day=day is not None))
    return few[0]


def _which(number: str, few: list[Document], *, has_day: bool) -> str:
    if has_day:
        return _(
            "Trong ngày này có nhiều văn bản cùng số “%(number)s” (%(issuers)s). Nộp tệp thay cho số."
        ) % {"number": number, "issuers": "; ".join(one.issuer for one in few)}
    days = "; ".join(f"{one.number} ngày {printed(one.issued_on)}" for one in few if one.issued_on)
    return _("Có nhiều văn bản cùng số. Ghi cả ngày ban hành, một trong: %(days)s.") % {
        "days": days
    }
