from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import shorten
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record, record_all
from danvan.documents.choices import ItemState
from danvan.documents.models import Document
from danvan.documents.rules import Item, part_of
from danvan.duties.deadlines import terms, timing
from danvan.files import actions as files
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.org.resolving import NameBook
from danvan.refusals import NotAccepted
from danvan.text import in_vietnamese
from danvan.workdays.calendars import calendar
from danvan.workdays.rules import printed

from . import access, notices, rules
from .choices import LEFT, AssignmentState, ExtensionState, Manner, Part, ReminderKind
from .holding import change, hold, locked
from .models import Assignment, Duty, Evidence, Extension, Reminder
from .proofs import Proof as Proof
from .proofs import keep, was_put_by
from .states import Deed, step


@dataclass(frozen=True)
class Doers:
    """The units that a duty is laid on."""

    lead: Sequence[Unit]
    cooperating: Sequence[Unit] = ()


@transaction.atomic
def propose(document: Document, items: Iterable[Item], *, by: Actor) -> list[Duty]:
    """Make duties of a document's items. An item that is a duty already stays the one it is."""
    require(access.can_assign(by))
    known = set(document.duties.values_list("item", flat=True))
    book = NameBook(document.issued_on or clock.today())
    fresh = [_duty(document, item, book, by) for item in items if item.key not in known]
    Duty.objects.bulk_create(fresh)
    record_all(fresh, "proposed", by=by, before=[NOTHING] * len(fresh))
    return list(document.duties.all())


def _named(document: Document) -> str:
    """By its number; what has none by its kind and the beginning of its title."""
    title = f"{document.kind} “{shorten(document.title, 90, placeholder='…')}”".strip()
    return document.number or (title if document.title else document.kind)


def _duty(document: Document, item: Item, book: NameBook, by: Actor) -> Duty:
    values = item.values
    sentence = values.get("text") or ""
    delivered = values.get("deliver_to") or ""
    return Duty(
        document=document,
        item=item.key,
        source=", ".join(filter(None, [_named(document), _place(values)])),
        action=(values.get("action") or sentence)[:500],
        sentence=sentence,
        start=item.start,
        end=item.end,
        heading=((values.get("heading") or {}).get("title") or "")[:300],
        manner=values.get("manner") or Manner.ORDER,
        lead=values.get("lead") or [],
        cooperating=values.get("cooperating") or [],
        due=values.get("due"),
        deliverable=values.get("deliverable") or "",
        deliver_to=delivered[:300],
        confirmed_by_id=_confirming(delivered, book, by),
        asked_by=by.own_unit,
        proposed_at=clock.now(),
    )


@in_vietnamese
def _place(values: Mapping[str, Any]) -> str:
    """“mục IV.1”, where the text has numbered parts."""
    path, is_named = part_of(values)
    return path if is_named or not path else _("mục %(path)s") % {"path": path}


def _confirming(delivered: str, book: NameBook, by: Actor) -> Any:
    """What is delivered to some body is confirmed: by it, or by the coordinating department."""
    if not delivered:
        return None
    units = book.resolve(delivered).units
    return next(iter(units)) if len(units) == 1 else by.unit_id


@transaction.atomic
def assign(duty: Duty, doers: Doers, *, by: Actor) -> list[Assignment]:
    """Lay a duty on units, one assignment each and for every occurrence. Said twice is done once."""
    units = (*doers.lead, *doers.cooperating)
    require(all(access.can_ask(by, unit) for unit in units))
    hold(duty.pk)
    return lay(duty, doers, timing.times_of(duty), by=by)


def lay(
    duty: Duty, doers: Doers, times: Sequence[rules.Occurrence], *, by: Actor
) -> list[Assignment]:
    """Make the assignments of these times; whether somebody may is asked before."""
    wanted = [
        _assignment(duty, unit, part, time)
        for part, units in ((Part.LEAD, doers.lead), (Part.COOPERATING, doers.cooperating))
        for unit in units
        for time in times
    ]
    live = duty.assignments.exclude(state__in=LEFT)
    known = set(live.values_list("unit", "part", "occurrence"))
    fresh = [one for one in wanted if (one.unit_id, one.part, one.occurrence) not in known]
    Assignment.objects.bulk_create(fresh)
    record_all(fresh, "assigned", by=by, before=[NOTHING] * len(fresh))
    notices.assigned(fresh)
    return fresh


def _assignment(duty: Duty, unit: Unit, part: Part, time: rules.Occurrence) -> Assignment:
    asked = unit.is_asked or duty.manner == Manner.REQUEST
    return Assignment(
        duty=duty,
        unit=unit,
        part=part,
        occurrence=time.code,
        due_on=time.due_on,
        nominal_on=time.nominal_on,
        due_steps=list(time.steps),
        state=AssignmentState.REQUESTED if asked else AssignmentState.ASSIGNED,
        assigned_at=clock.now(),
    )


@transaction.atomic
def ask(
    *,
    action: str,
    source: str,
    unit: Unit,
    due_on: date | None,
    by: Actor,
    sentence: str = "",
) -> Assignment:
    """Lay a duty that no document holds (a conclusion, a recommendation) on one unit."""
    require(access.can_ask(by, unit))
    due = {"kind": "date", "date": due_on.isoformat(), "text": printed(due_on)} if due_on else None
    duty = Duty.objects.create(
        source=source[:300],
        action=action[:500],
        sentence=sentence,
        due=due,
        asked_by=by.own_unit,
        proposed_at=clock.now(),
    )
    record(duty, "proposed", by=by, before=NOTHING)
    return assign(duty, Doers(lead=[unit]), by=by)[0]


@transaction.atomic
def add_by_hand(
    document: Document, key: str, *, action: str, doers: Doers, due_on: date | None, by: Actor
) -> list[Assignment]:
    """Lay what a document stands for and does not print, as the sides of a programme agree on it.

    `key` tells two activities of the same words apart; said twice with one key it is done once.
    """
    due = {"kind": "date", "date": due_on.isoformat(), "text": printed(due_on)} if due_on else None
    item = Item("duty", f"by_hand:{key}", {"action": action, "due": due}, ItemState.ADDED)
    duties = {one.item: one for one in propose(document, [item], by=by)}
    return assign(duties[item.key], doers, by=by)


@transaction.atomic
def acknowledge(assignment: Assignment, *, by: Actor) -> Assignment:
    """The unit takes the work on. Taken on once stays so."""
    assignment = locked(assignment)
    require(access.can_acknowledge(by, assignment))
    if to := step(Deed.ACKNOWLEDGE, assignment.state):
        change(assignment, "acknowledged", {"state": to, "remark": ""}, by=by)
    return assignment


@files.atomic()
def submit(assignment: Assignment, proof: Proof, *, by: Actor) -> Assignment:
    """Hand in the result. Where another unit confirms it waits for that; else it is done.

    Handed in once stays as it was handed in, until it is returned.
    """
    assignment = locked(assignment)
    require(access.can_hand_in(by, assignment))
    return hand_in(assignment, proof, by=by)


def hand_in(assignment: Assignment, proof: Proof, *, by: Actor) -> Assignment:
    """The same for another action that has locked it and asked who may."""
    if step(Deed.SUBMIT, assignment.state) is None:
        return assignment
    evidence = keep(assignment, proof, by)
    state = _state_once_handed_in(assignment)
    verb = "completed" if state == AssignmentState.DONE else "submitted"
    change(
        assignment,
        verb,
        {
            "state": state,
            "handed_in_at": clock.now(),
            "handed_in_by": by.name,
            "remark": "",
        },
        by=by,
        evidence=evidence,
    )
    if state == AssignmentState.SUBMITTED:
        notices.handed_in(assignment)
    return assignment


@files.atomic()
def add_evidence(assignment: Assignment, proof: Proof, *, by: Actor) -> Assignment:
    """Put by what proves the result before it is handed in, or what supersedes something earlier."""
    assignment = locked(assignment)
    require(access.can_hand_in(by, assignment))
    step(Deed.ADD_EVIDENCE, assignment.state)
    if was_put_by(assignment, proof, by):
        return assignment
    evidence = keep(assignment, proof, by)
    record(assignment, "evidence_added", by=by, evidence=evidence)
    return assignment


def _state_once_handed_in(assignment: Assignment) -> AssignmentState:
    waits = assignment.is_confirmed_by_another
    return AssignmentState.SUBMITTED if waits else AssignmentState.DONE


@transaction.atomic
def credit(
    assignment: Assignment, *, handed_in_at: datetime, by_name: str, note: str, by: Actor
) -> Assignment:
    """A result that was there before the assignment was: it counts from the day it was handed in."""
    assignment = locked(assignment)
    if assignment.state != AssignmentState.ASSIGNED:
        return assignment
    Evidence.objects.create(assignment=assignment, note=note, by_name=by_name, at=handed_in_at)
    state = _state_once_handed_in(assignment)
    fields = {"state": state, "handed_in_at": handed_in_at, "handed_in_by": by_name}
    change(assignment, "credited", fields, by=by, evidence=note)
    return assignment


@transaction.atomic
def answer(assignment: Assignment, *, by: Actor, note: str, takes_part: bool) -> Assignment:
    """Answer a request: taking part with what was done, or not taking part. Answered once stays so."""
    assignment = locked(assignment)
    require(access.can_answer(by, assignment))
    if step(Deed.ANSWER, assignment.state) is None:
        return assignment
    evidence = keep(assignment, Proof(note=note), by)
    state = AssignmentState.ANSWERED if takes_part else AssignmentState.DECLINED
    verb = "answered" if takes_part else "declined"
    fields = {"state": state, "handed_in_at": clock.now(), "handed_in_by": by.name}
    change(assignment, verb, fields, by=by, evidence=evidence)
    return assignment


@transaction.atomic
def accept(assignment: Assignment, *, by: Actor) -> Assignment:
    """Confirm a result that was handed in. Confirmed once stays so."""
    assignment = locked(assignment)
    require(access.can_decide(by, assignment))
    if (to := step(Deed.ACCEPT, assignment.state)) is None:
        return assignment
    change(assignment, "accepted", {"state": to}, by=by)
    notices.accepted(assignment)
    return assignment


@transaction.atomic
def send_back(
    assignment: Assignment, *, by: Actor, reason: str, again_by: date | None = None
) -> Assignment:
    """Return a result with the reason; the unit hands in again.

    A day until which it must come again holds in place of the due day, where the result had come in
    time. What came late stays late: its day is not moved, only told.
    """
    assignment = locked(assignment)
    require(access.can_decide(by, assignment))
    if (to := step(Deed.SEND_BACK, assignment.state)) is None:
        return assignment
    fields: dict[str, Any] = {"state": to, "remark": reason}
    if again_by is not None:
        fields |= _again_by(assignment, again_by, reason, by)
    change(assignment, "returned", fields, by=by, reason=reason)
    notices.returned(assignment, reason=reason, again_by=again_by)
    return assignment


def _again_by(assignment: Assignment, day: date, reason: str, by: Actor) -> dict[str, Any]:
    if day < clock.today():
        raise NotAccepted(_("Ngày nộp lại đã qua. Ghi một ngày chưa đến."))
    before = assignment.due_on
    if before is None or day <= before or assignment.days_late:
        return {"remark": f"{reason} ({_again_words(day)})"}
    term = terms.again_by(day, calendar(day.year))
    now = clock.now()
    Extension.objects.create(
        assignment=assignment,
        state=ExtensionState.GRANTED,
        before=before,
        wanted_on=term.day,
        due_on=term.day,
        reason=reason,
        asked_by=by.name,
        asked_at=now,
        decided_by=by.name,
        decided_at=now,
    )
    return {
        "due_on": term.day,
        "nominal_on": term.nominal,
        "first_due_on": assignment.first_due_on or before,
        "due_steps": [*assignment.due_steps, *term.steps],
    }


@in_vietnamese
def _again_words(day: date) -> str:
    return _("nộp lại chậm nhất %(day)s") % {"day": printed(day)}


@dataclass(frozen=True)
class Reminded:
    units: int
    passed_over: int  # units reminded today already


@transaction.atomic
def remind(assignments: Sequence[Assignment], *, by: Actor) -> Reminded:
    """Remind units of open assignments; one reminded today already is passed over."""
    of_ones_own = [access.can_steer(by, one) for one in assignments]
    require(access.can_remind(by) or (bool(of_ones_own) and all(of_ones_own)))
    today = clock.today()
    by_hand = Reminder.objects.filter(kind=ReminderKind.BY_HAND, on=today)
    done = set(by_hand.filter(assignment__in=assignments).values_list("assignment", flat=True))
    fresh = [one for one in assignments if one.is_open and one.pk not in done]
    Reminder.objects.bulk_create(
        [Reminder(assignment=one, on=today, by_name=by.name) for one in fresh],
        ignore_conflicts=True,
    )
    record_all(fresh, "reminded", by=by)
    notices.reminded(fresh)
    reminded = {one.unit_id for one in fresh}
    return Reminded(len(reminded), len({one.unit_id for one in assignments} - reminded))
