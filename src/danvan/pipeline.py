"""The stages in order: what one face asks and several stages do.

    take_in(file) → read → proofread → confirm → assignments → hand_in_plan … → close(period)

Read this first: it is the way of one document through danvan.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from danvan import clock
from danvan.documents import access as document_access
from danvan.documents import actions as documents
from danvan.documents import programmes, taking_back
from danvan.documents import rules as document_rules
from danvan.documents import tasks as document_tasks
from danvan.documents.choices import ReadingState
from danvan.documents.models import Document, Reading
from danvan.documents.programmes import Side
from danvan.documents.rules import Item
from danvan.duties import access as duty_access
from danvan.duties import actions as duties
from danvan.duties import holding, withdrawing
from danvan.duties import rules as duty_rules
from danvan.duties.choices import Origin
from danvan.duties.deadlines import timing
from danvan.duties.drafts import document as plan_document
from danvan.duties.drafts import writing as drafting
from danvan.duties.following import follow_ups
from danvan.duties.models import Assignment, Duty, Evidence, PlanDraft
from danvan.duties.rules import Occurrence
from danvan.duties.states import Deed, may
from danvan.files import actions as files
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.org.resolving import NameBook
from danvan.periods import Period
from danvan.records import actions as records_actions
from danvan.records.models import Record
from danvan.refusals import NotAccepted
from danvan.reports import actions as reports
from danvan.reports import consolidating
from danvan.reports.models import Report
from danvan.reports.standings import asking
from danvan.workdays.rules import MissingYear, printed
from danvan.workdays.words import missing_years


@files.atomic()
def take_in(data: bytes, name: str, *, by: Actor) -> Reading:
    """Keep a file and queue its reading, together. Raises vanban.Unreadable; then nothing is kept."""
    reading = documents.take_in(data, name, by=by)
    document_tasks.read.defer(reading=str(reading.pk))
    return reading


@dataclass(frozen=True)
class Meaning:
    """What a printed name means: units, or a question that a person must answer."""

    printed: str
    units: frozenset[str]
    is_open: bool = False
    is_answered: bool = False  # by a person


def meanings(reading: Reading, found: Mapping[str, list[Item]]) -> dict[str, Meaning]:
    """Every name printed as a doer of the reading's duties → what it means on the document's date."""
    issued_on = document_rules.as_date(document_rules.header_of(found).get("date"))
    book = NameBook(issued_on or clock.today())
    answered = documents.answers(reading)
    printed = {
        name
        for item in document_rules.kept(found["duties"])
        for name in (*(item.values.get("lead") or []), *(item.values.get("cooperating") or []))
    }
    return {name: _meaning(name, book, answered) for name in sorted(printed)}


def _meaning(printed: str, book: NameBook, answered: Mapping[str, list[str]]) -> Meaning:
    if printed in answered:
        return Meaning(printed, frozenset(answered[printed]), is_answered=True)
    resolved = book.resolve(printed)
    return Meaning(printed, resolved.units, is_open=not resolved.is_whole)


def deadlines(found: Mapping[str, list[Item]]) -> dict[str, list[Occurrence]]:
    """Item key → when its duty would be due. Not in it: a duty whose day no calendar has."""
    return _reckoned(found)[0]


def _reckoned(
    found: Mapping[str, list[Item]],
) -> tuple[dict[str, list[Occurrence]], dict[str, int]]:
    """The same; and item key → the year whose office calendar must be entered first."""
    header = document_rules.header_of(found)
    issued_on = document_rules.as_date(header.get("date")) or clock.today()
    planned = header.get("period") or {}
    year, until = timing.span(
        issued_on, str(planned.get("from") or ""), str(planned.get("to") or "")
    )
    kept = document_rules.kept(found["duties"])
    dues = {item.key: item.values.get("due") for item in kept}
    office = timing.office_of(dues.values(), year, until)
    times: dict[str, list[Occurrence]] = {}
    missing: dict[str, int] = {}
    for key, due in dues.items():
        try:
            times[key] = duty_rules.occurrences(
                due, issued_on=issued_on, year=year, until=until, calendar=office
            )
        except MissingYear as unknown:
            missing[key] = unknown.year
        except (ValueError, KeyError, OverflowError):  # 30 February; a period that is none
            continue
    return times, missing


def lays_duties(document: Document, *, by: Actor) -> bool:
    """A directive document lays duties on units; a plan that was handed in is only registered."""
    return (
        document_access.can_add(by)
        and not Evidence.objects.of_ones_own().filter(document=document).exists()
    )


def left_unlaid(reading: Reading, *, by: Actor) -> int:
    """Duties in the reading of a document that was registered without laying any."""
    document = reading.document
    is_closed = reading.state == ReadingState.PROOFREAD and document.registered_on is not None
    if not is_closed or not lays_duties(document, by=by):
        return 0
    if document.duties.filter(origin=Origin.TEXT).exists():
        return 0
    return len(document_rules.kept(documents.items(reading)["duties"]))


@dataclass(frozen=True)
class Confirmed:
    document: Document
    duties: int  # laid on units
    units: int
    unassigned: int  # duties laid on nobody yet


@dataclass(frozen=True)
class Foreseen:
    """What confirming a reading would do."""

    duties: int  # laid on units
    units: int
    unassigned: int
    unseen: int  # items that nobody has looked at
    past: int  # duties laid on units on days that are past
    unstated: tuple[str, ...]  # fields of the header without which it is not told from others


def foresee(reading: Reading) -> Foreseen:
    """What `confirm` would do now. Raises NotAccepted where it would be refused."""
    found = documents.items(reading)
    known = _require_clear(reading, found)
    kept = document_rules.kept(found["duties"])
    laid = [
        frozenset().union(
            *(
                known[name].units
                for key in ("lead", "cooperating")
                for name in item.values.get(key) or []
            )
        )
        for item in kept
    ]
    times, header = deadlines(found), document_rules.header_of(found)
    return Foreseen(
        duties=sum(1 for units in laid if units),
        units=len(frozenset().union(*laid)),
        unassigned=sum(1 for units in laid if not units),
        unseen=sum(1 for item in document_rules.to_look_at(found) if not item.is_seen),
        past=sum(
            1 for item, units in zip(kept, laid, strict=True) if units and _is_past(times[item.key])
        ),
        unstated=tuple(one for one in ("number", "date", "issuer") if not header.get(one)),
    )


def _is_past(times: Iterable[Occurrence]) -> bool:
    return any(one.due_on is not None and one.due_on < clock.today() for one in times)


def _require_clear(reading: Reading, found: Mapping[str, list[Item]]) -> dict[str, Meaning]:
    """The meaning of every name; refused while one is open, or a day is none."""
    known = meanings(reading, found)
    _require_known_days(found)
    if unclear := [one.printed for one in known.values() if one.is_open]:
        names = ", ".join(f"“{name}”" for name in unclear)
        raise NotAccepted(
            _(
                "Chưa rõ đơn vị: %(names)s. Chọn đơn vị, chọn nhóm, hoặc chọn Không giao rồi xác nhận lại."
            )
            % {"names": names}
        )
    return known


@transaction.atomic
def confirm(reading: Reading, *, by: Actor) -> Confirmed:
    """Register the document as proofread, and lay its duties on units.

    Refused while a printed name means nothing known: it is asked about, never dropped. Of one that
    was only registered the duties are laid now.
    """
    found = documents.items(reading)
    known = _require_clear(reading, found)
    document = documents.confirm(reading, by=by)
    made = duties.propose(document, document_rules.kept(found["duties"]), by=by)
    units = Unit.objects.named(clock.today()).in_bulk()
    for duty in made:
        duties.assign(duty, _doers(duty, known, units), by=by)
    reports.claim(asking().filter(duty__document=document), by=by)
    follow_ups.propose_for(document, by=by)
    laid = (
        Assignment.objects.laid()
        .filter(duty__document=document)
        .aggregate(duties=Count("duty", distinct=True), units=Count("unit", distinct=True))
    )
    return Confirmed(document, laid["duties"], laid["units"], len(made) - laid["duties"])


@dataclass(frozen=True)
class Undone:
    """What taking back a confirmation takes away, and what stands in the way."""

    duties: int
    units: int
    drawn: taking_back.Drawn
    in_the_way: list[withdrawing.InTheWay]


def foresee_taking_back(document: Document) -> Undone:
    return _undone(document, withdrawing.laid_by(document))


def _undone(document: Document, laid: withdrawing.Laid) -> Undone:
    built = [withdrawing.InTheWay(*one) for one in taking_back.in_the_way(document)]
    built += [
        withdrawing.InTheWay(one, _("lấy văn bản này làm căn cứ đặt ra"))
        for one in document.themes.all()
    ]
    return Undone(
        duties=len(laid.duties),
        units=len({one.unit_id for one in laid.assignments}),
        drawn=taking_back.foresee(document),
        in_the_way=[*built, *withdrawing.in_the_way(document, laid)],
    )


@transaction.atomic
def take_back(document: Document, *, by: Actor, reason: str) -> bool:
    """Take back a whole confirmation: duties, citations, the place in the register. Twice is once.

    Refused once something was built on it; then single duties are rescinded.
    """
    reading = document.readings.select_for_update(of=("self",)).first()
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require(document_access.can_take_back(by, document))
    if reading is None or reading.state != ReadingState.PROOFREAD:
        return False
    laid = withdrawing.laid_by(document, is_held=True)
    if _undone(document, laid).in_the_way:
        raise NotAccepted(_("Đã có việc làm tiếp theo văn bản này nên không rút cả xác nhận được."))
    withdrawing.withdraw(document, laid)
    taking_back.take_back(document, reading, by=by, reason=reason)
    return True


def _require_known_days(found: Mapping[str, list[Item]]) -> None:
    times, missing = _reckoned(found)
    kept = document_rules.kept(found["duties"])
    if missing:
        without = [item.values["due"] for item in kept if item.key in missing]
        raise NotAccepted(
            _("%(missing)s Thời hạn chưa tính được: %(printed)s. Nếu đọc sai năm thì sửa thời hạn.")
            % {"missing": missing_years(missing.values()), "printed": _printed(without)}
        )
    if unclear := [item.values["due"] for item in kept if item.key not in times]:
        raise NotAccepted(
            _(
                "Chưa tính được thời hạn: %(printed)s. Sửa ngày, tháng của thời hạn rồi xác nhận lại."
            )
            % {"printed": _printed(unclear)}
        )


def _printed(dues: Iterable[Mapping[str, Any]]) -> str:
    return ", ".join(f"“{due.get('text') or due.get('date')}”" for due in dues)


def _doers(duty: Duty, known: Mapping[str, Meaning], units: Mapping[object, Unit]) -> duties.Doers:
    by_id = {str(key): unit for key, unit in units.items()}
    lead = frozenset().union(*(known[name].units for name in duty.lead))
    along = frozenset().union(*(known[name].units for name in duty.cooperating)) - lead
    return duties.Doers(
        lead=[by_id[key] for key in sorted(lead)], cooperating=[by_id[key] for key in sorted(along)]
    )


@files.atomic()
def hand_in_plan(
    assignment: Assignment, data: bytes, name: str, *, by: Actor, note: str = ""
) -> Assignment:
    """A unit's plan, handed in as a file: kept, queued to be read, linked to the plan it carries out.

    Raises vanban.Unreadable for what is no document; then nothing is kept.
    """
    require(duty_access.can_hand_in(by, assignment))
    if not assignment.is_open:
        return duties.submit(assignment, duties.Proof(note=note), by=by)
    reading = take_in(data, name, by=by)
    if assignment.duty.document is not None:
        documents.concretise(reading.document, assignment.duty.document, by=by)
    return duties.submit(assignment, duties.Proof(note=note, document=reading.document), by=by)


@files.atomic()
def hand_in_draft(draft: PlanDraft, *, by: Actor) -> Assignment:
    """A plan that was written here, handed in as its DOCX; the draft is then that document."""
    draft = drafting.to_hand_in(draft, by=by)
    assert draft.assignment is not None  # else there is nowhere to hand it in
    if draft.document_id is not None:
        return draft.assignment
    require(duty_access.can_hand_in(by, draft.assignment))
    name = f"{plan_document.file_name(draft)}.docx"
    sent = hand_in_plan(draft.assignment, plan_document.write(draft), name, by=by)
    evidence = sent.evidence.exclude(document=None).select_related("document").last()
    if evidence is None or evidence.document is None:
        raise NotAccepted(_("Việc này không còn chờ nộp kế hoạch."))
    drafting.handed_in(draft, evidence.document, by=by)
    return sent


@transaction.atomic
def bind_programme(
    document: Document, sides: Sequence[Side], *, from_: date, to: date | None, by: Actor
) -> None:
    """Say that a document is a coordination programme, and propose what that asks of its sides."""
    programmes.bind(document, sides, from_=from_, to=to, by=by)
    follow_ups.propose_for(document, by=by)


def note_of(record: Record) -> str:
    """What a record says of a result: which register, when, what."""
    words = {
        "register": record.kept_in.label,
        "day": printed(record.occurred_on),
        "summary": record.summary,
    }
    return _("%(register)s, ngày %(day)s: %(summary)s.") % words


@files.atomic()
def hand_in_result(
    assignment: Assignment,
    proofs: Sequence[duties.Proof],
    *,
    records: Sequence[Record] = (),
    by: Actor,
    is_whole: bool = True,
) -> Assignment:
    """Hand in a result with all that proves it: words, files, a document, records of registers.

    Not whole: it is only put by. Handed in once stays as it was handed in.
    """
    assignment = holding.locked(assignment)
    if is_whole and not may(Deed.SUBMIT, assignment.state):
        return duties.submit(assignment, duties.Proof(), by=by)
    wanted: list[tuple[duties.Proof, Record | None]] = [
        *((duties.Proof(note=note_of(one)), one) for one in records),
        *((one, None) for one in proofs if not one.is_empty),
    ]
    *before, (last, of) = wanted or [(duties.Proof(), None)]
    for proof, record in before:
        duties.add_evidence(assignment, proof, by=by)
        _prove(assignment, record, by)
    act = duties.submit if is_whole else duties.add_evidence
    done = act(assignment, last, by=by)
    _prove(assignment, of, by)
    return done


def _prove(assignment: Assignment, record: Record | None, by: Actor) -> None:
    """The evidence that was just kept is this record."""
    if record is None:
        return
    kept = assignment.evidence.filter(note=note_of(record)).order_by("id").last()
    assert kept is not None
    records_actions.prove(record, kept, by=by)


def close(period: Period, *, by: Actor, regime: str = "quarterly") -> Report:
    """Close a period: the province's report of it, with the figures of all that was sent rolled up."""
    return consolidating.consolidate(regime, period, by=by)
