"""Duties that follow from a document's dates: study, reviews, joint plans, checks of regulations.

The rules are data (data/follow_ups.yaml). What they come to is only proposed: a person lays it on
units, or passes it over. What there is to read it from, one module each: dates, the terms that a text
prints, committees, regulations.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record_all
from danvan.documents.models import Document
from danvan.duties import access
from danvan.duties.choices import AssignmentState, Origin, Part
from danvan.duties.models import Assignment, Duty
from danvan.org.access import require
from danvan.org.actors import SYSTEM, Actor
from danvan.org.models import Unit
from danvan.refusals import NotAccepted
from danvan.text import in_vietnamese
from danvan.workdays.calendars import calendar
from danvan.workdays.rules import Calendar, MissingYear, last_day, onto_a_working_day, printed

from .addressees import units_of
from .committees import of_committees
from .dates import of_documents
from .printed_terms import Printed, of_printed_terms, printed_terms
from .regulations import of_regulations
from .rules_in_force import FollowUp, Rule, rules

AHEAD = 60  # days before its end in which a duty is proposed
A_MONTH = 30  # days that are given for what was missed

# Which there are


def coming(first: date, last: date, *, origins: Container[Origin] = Origin) -> list[FollowUp]:
    """All that the rules of today find due from one day to another, made or not; set by set."""
    found = []
    printed_in = printed_terms()
    for rule in rules(clock.today()):
        if rule.origin not in origins:
            continue
        if "committees" in rule.of:
            found += of_committees(rule, first, last)
        elif "rests_on_ended" in rule.of:
            found += of_regulations(rule, first, last)
        else:
            found += _of_texts(rule, first, last, Document.objects.all(), printed_in)
    return sorted(found, key=lambda one: one.nominal)


def of_document(document: Document, first: date, last: date) -> list[FollowUp]:
    """The same of one document."""
    only = Document.objects.filter(pk=document.pk)
    printed_in = printed_terms(only)
    return [
        one
        for rule in rules(clock.today())
        if "committees" not in rule.of and "rests_on_ended" not in rule.of
        for one in _of_texts(rule, first, last, only, printed_in)
    ]


def _of_texts(
    rule: Rule, first: date, last: date, among: QuerySet[Document], printed_in: list[Printed]
) -> list[FollowUp]:
    if "prints_reviews" in rule.of:
        return of_printed_terms(rule, first, last, printed_in)
    return of_documents(rule, first, last, among, printed_in)


# Proposing


@transaction.atomic
def propose_for(document: Document, *, by: Actor) -> list[Assignment]:
    """What follows from a document that was just registered, as far as it is due within AHEAD days."""
    require(access.can_assign(by))
    today = clock.today()
    found = of_document(document, today, today + timedelta(days=AHEAD))
    return _propose(found, asked_by=by.own_unit, by=by)


@transaction.atomic
def propose_coming(*, by: Actor = SYSTEM) -> list[Assignment]:
    """Propose all that comes due within AHEAD days and was not proposed. Done again is done once."""
    asking = Unit.objects.filter(coordinates=True).order_by("id").first()
    if asking is None:
        return []
    Unit.objects.select_for_update().get(pk=asking.pk)  # one at a time
    today = clock.today()
    found = coming(today, today + timedelta(days=AHEAD))
    return _propose(found, asked_by=asking, by=by)


@transaction.atomic
def propose_missed(one: FollowUp, *, due_on: date, by: Actor) -> list[Assignment]:
    """Propose what came due before its document was known here, for a day to come. Twice is once."""
    require(access.can_assign(by))
    today = clock.today()
    if one.nominal >= today:
        raise NotAccepted(_("Việc này chưa đến hạn, danvan tự đề xuất khi đến lúc."))
    if due_on < today:
        raise NotAccepted(
            _("Ngày %(day)s đã qua. Ghi một ngày chưa đến.") % {"day": printed(due_on)}
        )
    Unit.objects.select_for_update(of=("self",)).get(pk=by.own_unit.pk)  # one at a time
    later = replace(one, nominal=due_on, because=_missed(one, due_on))
    return _propose([later], asked_by=by.own_unit, by=by)


def day_for_missed() -> date:
    """A working day in about a month; that very day where no calendar tells."""
    day = clock.today() + timedelta(days=A_MONTH)
    try:
        return onto_a_working_day(day, calendar(day.year), ()).day
    except MissingYear:
        return day


@in_vietnamese
def _missed(one: FollowUp, due_on: date) -> str:
    said = _("%(because)s Ngày ấy đã qua khi đề xuất; hạn do người đề xuất ghi: %(day)s.")
    return said % {"because": one.because, "day": printed(due_on)}


def _propose(found: Sequence[FollowUp], *, asked_by: Unit, by: Actor | Any) -> list[Assignment]:
    known = set(
        Duty.objects.filter(item__in={one.key for one in found}).values_list("document", "item")
    )
    fresh = [
        one for one in found if ((one.document.pk if one.document else None), one.key) not in known
    ]
    if not fresh:
        return []
    units = units_of(fresh, asked_by)
    made: list[Assignment] = []
    duties = {id(one): _duty(one, asked_by) for one in fresh}
    days = calendar(*{one.nominal.year for one in fresh})
    for one in fresh:
        made += _assignments(duties[id(one)], one, units[id(one)], days)
    Duty.objects.bulk_create(duties.values())
    Assignment.objects.bulk_create(made)
    record_all(list(duties.values()), "follow_up_proposed", by=by, before=[NOTHING] * len(duties))
    return made


def _duty(one: FollowUp, asked_by: Unit) -> Duty:
    nominal = one.nominal
    return Duty(
        document=one.document,
        origin=one.rule.origin,
        source=(one.document.number or str(one.document))[:300] if one.document else one.rule.label,
        item=one.key,
        action=one.action[:500],
        sentence=one.sentence,
        due={"kind": "date", "date": nominal.isoformat(), "text": one.rule.label},
        deliverable=one.rule.deliverable,
        confirmed_by=asked_by,
        asked_by=asked_by,
        proposed_at=clock.now(),
    )


def _assignments(
    duty: Duty, one: FollowUp, units: Iterable[UUID], days: Calendar
) -> list[Assignment]:
    due_on, nominal, steps = _reckoned(one, days)
    return [
        Assignment(
            duty=duty,
            unit_id=unit,
            part=Part.LEAD,
            due_on=due_on,
            nominal_on=nominal,
            due_steps=steps,
            state=AssignmentState.PROPOSED,
            assigned_at=clock.now(),
        )
        for unit in units
    ]


@in_vietnamese
def _reckoned(one: FollowUp, days: Calendar) -> tuple[date, date, list[str]]:
    """The lawful last day, the day before it moved, and the steps in words."""
    try:
        found = last_day(one.nominal, days, inclusive=True, moves=True, words=printed(one.nominal))
    except MissingYear as missing:
        late = _("Chưa có lịch làm việc năm %(year)d: ngày này chưa lùi qua ngày nghỉ.")
        return one.nominal, one.nominal, [one.because, late % {"year": missing.year}]
    return found.day, found.nominal, [one.because, *found.steps[1:]]
