from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import NOTHING, record_reading
from danvan.audit.actions import record as note
from danvan.audit.actions import seen as standing
from danvan.duties import actions as duties
from danvan.duties import themes
from danvan.duties.models import Assignment, Evidence, Theme
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.refusals import NotAccepted

from . import access, rules
from .choices import RecordState
from .definitions import Field, Register
from .models import Record, RecordConclusion, RecordProof


class NotKept(NotAccepted):
    """What was typed cannot be kept; `errors` says at each field what to do."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


class Overtaken(Exception):
    """Somebody changed the record since it was read; `record` is how it stands now."""

    def __init__(self, record: Record) -> None:
        super().__init__(_("Bản ghi vừa được người khác sửa."))
        self.record = record


@transaction.atomic
def write(
    register: Register,
    unit: Unit,
    values: Mapping[str, str],
    *,
    by: Actor,
    key: str,
    kept_reason: str = "",
) -> Record:
    """Write what was typed into a unit's register; the same `key` again is the same record.

    Doubts without a reason leave it questioned. Raises NotKept, and then nothing is kept.
    """
    require(access.can_write(by, register, unit))
    checked = _accepted(register, values)
    record, is_new = Record.objects.get_or_create(
        unit=unit,
        submission_key=key,
        defaults={
            "definition": register.definition,
            "register": register.code,
            **_stand(register, checked, kept_reason),
            "created_by": by.user_id,
            "created_name": by.name,
            "created_at": clock.now(),
        },
    )
    if is_new:
        note(record, "written", by=by, before=NOTHING, reason=record.kept_reason)
    return record


def _accepted(register: Register, values: Mapping[str, str]) -> rules.Checked:
    checked = rules.validate(register, values, today=clock.today())
    if checked.errors:
        raise NotKept(checked.errors)
    return checked


def _stand(register: Register, checked: rules.Checked, kept_reason: str) -> dict[str, Any]:
    """The columns that follow from what was typed."""
    reason = kept_reason.strip() if checked.doubts else ""
    is_doubtful = bool(checked.doubts) and not reason
    return {
        "occurred_on": rules.day_of(register, checked.values),
        "data": checked.values,
        "state": RecordState.QUESTIONED if is_doubtful else RecordState.SAVED,
        "kept_reason": reason,
    }


def _locked(record: Record) -> Record:
    rows = Record.objects.select_for_update(of=("self",)).select_related("definition", "unit")
    return rows.get(pk=record.pk)


@transaction.atomic
def amend(
    record: Record,
    values: Mapping[str, str],
    *,
    by: Actor,
    seen: int | None = None,
    kept_reason: str = "",
    reason: str = "",
) -> Record:
    """Correct a record; what it was before stays in the history.

    `seen` is the revision that was corrected; a later one raises Overtaken and changes nothing.
    """
    record = _locked(record)
    require(access.can_change(by, record))
    checked = _accepted(record.kept_in, _with_what_was_covered(record, values))
    stand = _stand(record.kept_in, checked, kept_reason or _reason_still_good(record, checked))
    if all(getattr(record, name) == stand[name] for name in ("data", "kept_reason")):
        return record
    if seen not in {None, record.revision}:
        raise Overtaken(record)
    was = standing(record)
    for name, value in stand.items():
        setattr(record, name, value)
    record.revision += 1
    record.save(update_fields=[*stand, "revision"])
    note(record, "amended", by=by, before=was, reason=reason)
    return record


def _with_what_was_covered(record: Record, values: Mapping[str, str]) -> dict[str, str]:
    """A personal field left empty stays as it was: the form does not show it."""
    covered = {
        field.code: str(held) if field.type == "choice" else rules.uncovered(field, held)
        for field in record.kept_in.fields
        if field.is_personal
        and (held := record.data.get(field.code))
        and not values.get(field.code)
    }
    return {**values, **covered}


@transaction.atomic
def open_personal(record: Record, field: Field, *, by: Actor) -> Any:
    """The value of a personal field. Reading it is itself recorded."""
    require(access.can_open_personal(by, record))
    record_reading(record, field.label, by=by)
    return record.data.get(field.code)


def _reason_still_good(record: Record, checked: rules.Checked) -> str:
    """A reason was given for certain numbers; with others it is asked for again."""
    same = rules.doubts(record.kept_in, record.data) == checked.doubts
    return record.kept_reason if same else ""


@transaction.atomic
def keep(record: Record, *, by: Actor, reason: str) -> Record:
    """Keep doubtful numbers as they are, with the reason. Kept once stays so."""
    record = _locked(record)
    require(access.can_change(by, record))
    if record.state != RecordState.QUESTIONED:
        return record
    if not reason.strip():
        raise NotKept({"kept_reason": _("Ghi lý do để giữ số này.")})
    was = standing(record)
    record.state, record.kept_reason = RecordState.SAVED, reason.strip()
    record.revision += 1
    record.save(update_fields=["state", "kept_reason", "revision"])
    note(record, "kept", by=by, before=was, reason=record.kept_reason)
    return record


@transaction.atomic
def void(record: Record, *, by: Actor, reason: str) -> Record:
    """Take a record out of every count; it stays readable. Void once stays so."""
    record = _locked(record)
    if record.state == RecordState.VOID and by.unit_id == record.unit_id:
        return record
    require(access.can_change(by, record))
    if not reason.strip():
        raise NotKept({"void_reason": _("Ghi lý do hủy bản ghi.")})
    was = standing(record)
    record.state, record.void_reason = RecordState.VOID, reason.strip()
    record.revision += 1
    record.save(update_fields=["state", "void_reason", "revision"])
    note(record, "voided", by=by, before=was, reason=record.void_reason)
    return record


@transaction.atomic
def conclude(
    record: Record, *, by: Actor, action: str, unit: Unit, due_on: date | None
) -> Assignment:
    """Make a duty of what a record concluded, followed like every other. Asked twice is asked once."""
    record = _locked(record)
    require(access.can_conclude(by, record))
    asked = Assignment.objects.filter(duty__concluded_by__record=record, unit=unit)
    if known := asked.filter(duty__action=action[:500]).first():
        return known
    assignment = duties.ask(
        action=action,
        source=record.concluded_as,
        sentence=record.conclusion,
        unit=unit,
        due_on=due_on,
        by=by,
    )
    RecordConclusion.objects.create(record=record, duty=assignment.duty)
    note(record, "concluded", by=by, action=action, unit=str(unit))
    return assignment


@transaction.atomic
def prove(record: Record, evidence: Evidence, *, by: Actor) -> RecordProof:
    """Say that an evidence is this record, so that one leads to the other. Said twice is said once."""
    require(access.can_prove_with(by, record))
    proof, is_new = RecordProof.objects.get_or_create(
        evidence=evidence, defaults={"record": record}
    )
    if is_new:
        note(record, "proved", by=by, assignment=str(evidence.assignment))
    return proof


@transaction.atomic
def label(record: Record, theme: Theme, *, by: Actor) -> None:
    """Put a record under a theme."""
    record = _locked(record)
    require(access.can_label(by, record))
    themes.put(theme, record, by=by)


@transaction.atomic
def unlabel(record: Record, theme: Theme, *, by: Actor) -> None:
    record = _locked(record)
    require(access.can_label(by, record))
    themes.take_out(theme, record, by=by)
