from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record, record_all, seen
from danvan.documents.models import Document
from danvan.documents.rules import Item, part_of
from danvan.files import actions as files
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.org.resolving import NameBook
from danvan.text import in_vietnamese
from danvan.workdays.calendars import calendar

from . import access, notices, rules
from .choices import OPEN, AssignmentState, Manner, Part
from .models import Assignment, Duty, Evidence, Reminder


class NotAccepted(Exception):
    """What was asked cannot be done with this assignment; the text says what to do."""


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


def _duty(document: Document, item: Item, book: NameBook, by: Actor) -> Duty:
    values = item.values
    sentence = values.get("text") or ""
    delivered = values.get("deliver_to") or ""
    return Duty(
        document=document,
        item=item.key,
        source=", ".join(filter(None, [document.number, _place(values)])),
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
    document = duty.document
    issued_on = (document.issued_on if document else None) or clock.today()
    year = (document.year if document else None) or issued_on.year
    times = rules.occurrences(
        duty.due,
        issued_on=issued_on,
        year=year,
        calendar=calendar(*{year, issued_on.year, *_years(duty)}),
    )
    wanted = [
        _assignment(duty, unit, part, time)
        for part, units in ((Part.LEAD, doers.lead), (Part.COOPERATING, doers.cooperating))
        for unit in units
        for time in times
    ]
    known = set(duty.assignments.values_list("unit", "part", "occurrence"))
    fresh = [one for one in wanted if (one.unit_id, one.part, one.occurrence) not in known]
    Assignment.objects.bulk_create(fresh)
    record_all(fresh, "assigned", by=by, before=[NOTHING] * len(fresh))
    notices.assigned(fresh)
    return fresh


def _years(duty: Duty) -> set[int]:
    printed = (duty.due or {}).get("date") or (duty.due or {}).get("period") or ""
    return {int(printed[:4])} if printed[:4].isdigit() else set()


def _assignment(duty: Duty, unit: Unit, part: Part, time: rules.Occurrence) -> Assignment:
    asked = unit.is_asked or duty.manner == Manner.REQUEST
    return Assignment(
        duty=duty,
        unit=unit,
        part=part,
        occurrence=time.code,
        due_on=time.due_on,
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
    due = (
        {"kind": "date", "date": due_on.isoformat(), "text": f"{due_on:%d/%m/%Y}"}
        if due_on
        else None
    )
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


def _locked(assignment: Assignment) -> Assignment:
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("duty", "unit")
    return rows.get(pk=assignment.pk)


@transaction.atomic
def acknowledge(assignment: Assignment, *, by: Actor) -> Assignment:
    """The unit takes the work on. Taken on once stays so."""
    assignment = _locked(assignment)
    require(access.can_acknowledge(by, assignment))
    if assignment.state == AssignmentState.ASSIGNED:
        was = seen(assignment)
        assignment.state = AssignmentState.IN_PROGRESS
        assignment.save(update_fields=["state"])
        record(assignment, "acknowledged", by=by, before=was)
    return assignment


@dataclass(frozen=True)
class Proof:
    """What is handed in: words, a file, a document, or several of them."""

    note: str = ""
    file: tuple[bytes, str] | None = None  # content, name
    document: Document | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.note.strip() or self.file or self.document)


@files.atomic()
def submit(assignment: Assignment, proof: Proof, *, by: Actor) -> Assignment:
    """Hand in the result. Where another unit confirms it waits for that; else it is done.

    Handed in once stays as it was handed in, until it is returned.
    """
    assignment = _locked(assignment)
    require(access.can_hand_in(by, assignment))
    if assignment.state not in OPEN:
        return assignment
    was = seen(assignment)
    evidence = _keep(assignment, proof, by)
    assignment.state = _state_once_handed_in(assignment)
    assignment.handed_in_at, assignment.handed_in_by = clock.now(), by.name
    assignment.remark = ""
    assignment.save(update_fields=["state", "handed_in_at", "handed_in_by", "remark"])
    if assignment.state == AssignmentState.DONE:
        record(assignment, "completed", by=by, before=was, evidence=evidence)
        return assignment
    record(assignment, "submitted", by=by, before=was, evidence=evidence)
    notices.handed_in(assignment)
    return assignment


def _state_once_handed_in(assignment: Assignment) -> AssignmentState:
    waits = assignment.is_confirmed_by_another
    return AssignmentState.SUBMITTED if waits else AssignmentState.DONE


@transaction.atomic
def credit(
    assignment: Assignment, *, handed_in_at: datetime, by_name: str, note: str, by: Actor
) -> Assignment:
    """A result that was there before the assignment was: it counts from the day it was handed in."""
    assignment = _locked(assignment)
    if assignment.state != AssignmentState.ASSIGNED:
        return assignment
    was = seen(assignment)
    Evidence.objects.create(assignment=assignment, note=note, by_name=by_name, at=handed_in_at)
    assignment.state = _state_once_handed_in(assignment)
    assignment.handed_in_at, assignment.handed_in_by = handed_in_at, by_name
    assignment.save(update_fields=["state", "handed_in_at", "handed_in_by"])
    record(assignment, "credited", by=by, before=was, evidence=note)
    return assignment


@transaction.atomic
def answer(assignment: Assignment, *, by: Actor, note: str, takes_part: bool) -> Assignment:
    """Answer a request: taking part with what was done, or not taking part. Answered once stays so."""
    assignment = _locked(assignment)
    require(access.can_answer(by, assignment))
    if assignment.state != AssignmentState.REQUESTED:
        return assignment
    was = seen(assignment)
    evidence = _keep(assignment, Proof(note=note), by)
    assignment.state = AssignmentState.ANSWERED if takes_part else AssignmentState.DECLINED
    assignment.handed_in_at, assignment.handed_in_by = clock.now(), by.name
    assignment.save(update_fields=["state", "handed_in_at", "handed_in_by"])
    verb = "answered" if takes_part else "declined"
    record(assignment, verb, by=by, before=was, evidence=evidence)
    return assignment


def _keep(assignment: Assignment, proof: Proof, by: Actor) -> str:
    """Keep what proves the result; returns what the audit says of it."""
    if proof.is_empty:
        raise NotAccepted(_("Chưa có minh chứng. Kéo tệp vào, hoặc ghi kết quả bằng lời."))
    attachment = files.keep(*proof.file) if proof.file else None
    Evidence.objects.create(
        assignment=assignment,
        attachment=attachment,
        document=proof.document,
        note=proof.note.strip(),
        by_name=by.name,
        at=clock.now(),
    )
    named = (proof.note.strip(), attachment and attachment.name, proof.document)
    return "; ".join(str(one) for one in named if one)


@transaction.atomic
def accept(assignment: Assignment, *, by: Actor) -> Assignment:
    """Confirm a result that was handed in. Confirmed once stays so."""
    assignment = _locked(assignment)
    require(access.can_decide(by, assignment))
    if assignment.state == AssignmentState.DONE:
        return assignment
    if assignment.state != AssignmentState.SUBMITTED:
        raise NotAccepted(_("Đơn vị chưa nộp kết quả nên chưa xác nhận được."))
    was = seen(assignment)
    assignment.state = AssignmentState.DONE
    assignment.save(update_fields=["state"])
    record(assignment, "accepted", by=by, before=was)
    notices.accepted(assignment)
    return assignment


@transaction.atomic
def send_back(assignment: Assignment, *, by: Actor, reason: str) -> Assignment:
    """Return a result with the reason; the unit hands in again."""
    assignment = _locked(assignment)
    require(access.can_decide(by, assignment))
    if assignment.state == AssignmentState.RETURNED:
        return assignment
    if assignment.state not in {AssignmentState.SUBMITTED, AssignmentState.DONE}:
        raise NotAccepted(_("Đơn vị chưa nộp kết quả nên không có gì để trả lại."))
    was = seen(assignment)
    assignment.state, assignment.remark = AssignmentState.RETURNED, reason
    assignment.save(update_fields=["state", "remark"])
    record(assignment, "returned", by=by, before=was, reason=reason)
    notices.returned(assignment, reason=reason)
    return assignment


@dataclass(frozen=True)
class Reminded:
    units: int
    passed_over: int  # units reminded today already


@transaction.atomic
def remind(assignments: Sequence[Assignment], *, by: Actor) -> Reminded:
    """Remind units of open assignments; one reminded today already is passed over."""
    require(access.can_remind(by))
    today = clock.today()
    done = set(
        Reminder.objects.filter(assignment__in=assignments, on=today).values_list(
            "assignment", flat=True
        )
    )
    fresh = [one for one in assignments if one.is_open and one.pk not in done]
    Reminder.objects.bulk_create(
        [Reminder(assignment=one, on=today, by_name=by.name) for one in fresh],
        ignore_conflicts=True,
    )
    record_all(fresh, "reminded", by=by)
    notices.reminded(fresh)
    reminded = {one.unit_id for one in fresh}
    return Reminded(len(reminded), len({one.unit_id for one in assignments} - reminded))
