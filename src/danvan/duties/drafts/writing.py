"""A unit writes its plan from the duties laid on it: each is taken up, divided, delegated or left out.

    plan_start.begin → decide on every line, word it → plan_document.write → handed in → reopen

While it is written, people type at the same time: what two wrote at once is kept in both texts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import record, seen
from danvan.documents.models import Document
from danvan.duties import access
from danvan.duties.choices import AssignmentState, Decision
from danvan.duties.drafts import words
from danvan.duties.drafts.checks import problems
from danvan.duties.drafts.start import LAST, laid_on, new_line, other_duties, prefilled, put
from danvan.duties.models import PlanDraft, PlanDraftLine
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.refusals import NotAccepted
from danvan.text import in_vietnamese
from danvan.workdays.calendars import calendar
from danvan.workdays.rules import MissingYear, working_days_before

HEAD = ("title", "number", "issued_on", "bases", "purpose", "recipients")
LINE = ("action", "lead", "cooperating", "due", "reason")

Target = TypeVar("Target", PlanDraft, PlanDraftLine)


# Typing


@dataclass(frozen=True)
class Typing:
    """What was typed, and on which page of it: the revision that the page showed."""

    values: Mapping[str, Any]
    revision: int
    page: UUID


@transaction.atomic
def write_head(draft: PlanDraft, typing: Typing, *, by: Actor) -> PlanDraft:
    """Keep what was typed. Where another wrote meanwhile both texts are kept, this one aside."""
    draft = _locked(draft, by)
    return _keep(draft, draft, HEAD, typing, by)


@transaction.atomic
def write_line(line: PlanDraftLine, typing: Typing, *, by: Actor) -> PlanDraftLine:
    draft = _locked(line.draft, by)
    return _keep(draft, _locked_line(draft, line), LINE, typing, by)


def _keep(
    draft: PlanDraft, target: Target, fields: Sequence[str], typing: Typing, by: Actor
) -> Target:
    new = {field: typing.values[field] for field in fields if field in typing.values}
    if getattr(target, "decision", None) == Decision.LEFT_OUT and not new.get("reason", "x"):
        new.pop("reason")  # a duty left out says why: an emptied reason stays as it was
    if all(getattr(target, field) == value for field, value in new.items()):
        return target
    if typing.revision != target.revision and target.typed_on != typing.page:
        return _set_aside(draft, target, new, by)
    was = {field: plain(getattr(target, field)) for field in new}
    for field, value in new.items():
        setattr(target, field, value)
    _touch(target, by, typing.page)
    now = {field: plain(value) for field, value in new.items()}
    record(draft, "plan_written", by=by, before=was, after=now)
    return target


def _set_aside(draft: PlanDraft, target: Target, new: Mapping[str, Any], by: Actor) -> Target:
    kept = {field: plain(value) for field, value in new.items()}
    if target.aside == kept:
        return target
    before = dict(target.aside or {})
    target.aside, target.aside_by = kept, by.name
    target.save()
    record(draft, "plan_set_aside", by=by, before=before, after=kept)
    return target


@transaction.atomic
def settle_aside(target: Target, *, takes_other: bool, by: Actor) -> Target:
    """Choose between two texts that were written at once; the audit keeps both."""
    draft = target if isinstance(target, PlanDraft) else target.draft
    draft = _locked(draft, by)
    kept: Any = draft if isinstance(target, PlanDraft) else _locked_line(draft, target)
    if kept.aside is None:
        return target
    was = {field: plain(getattr(kept, field)) for field in kept.aside}
    if takes_other:
        for field, value in kept.aside.items():
            is_day = field == "issued_on" and value
            setattr(kept, field, date.fromisoformat(value) if is_day else value)
    now = {field: plain(getattr(kept, field)) for field in kept.aside}
    kept.aside, kept.aside_by = None, ""
    _touch(kept, by, None)
    record(draft, "plan_merged", by=by, before=was, after=now)
    return target


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _touch(target: Target, by: Actor, page: UUID | None) -> None:
    target.revision += 1
    target.typed_on, target.changed_by, target.changed_at = page, by.name, clock.now()
    target.save()


def _locked(draft: PlanDraft, by: Actor) -> PlanDraft:
    draft = PlanDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    require(access.can_write_plan(by, draft.unit))
    if draft.document_id is not None:
        raise NotAccepted(_("Kế hoạch đã nộp nên không sửa được nữa."))
    return draft


def _locked_line(draft: PlanDraft, line: PlanDraftLine) -> PlanDraftLine:
    return (
        draft.lines.select_for_update(of=("self",)).select_related("duty__document").get(pk=line.pk)
    )


# Deciding


@transaction.atomic
def take_up(line: PlanDraftLine, *, by: Actor) -> PlanDraftLine:
    """The unit does it itself, as one task."""
    draft = _locked(line.draft, by)
    line = _locked_line(draft, line)
    lead = line.lead if line.decision != Decision.DELEGATED else _own_name(draft)
    due = (
        words.due_of(line.duty.due)[:200]
        if line.duty and line.decision == Decision.DELEGATED
        else line.due
    )
    return _decide(draft, line, Decision.TAKEN_UP, by, lead=lead, due=due)


@transaction.atomic
def take_up_rest(draft: PlanDraft, *, by: Actor) -> int:
    """All that nobody has decided on goes in; says how many."""
    draft = _locked(draft, by)
    rest = list(draft.lines.filter(decision=""))
    for line in rest:
        _decide(draft, line, Decision.TAKEN_UP, by)
    return len(rest)


@transaction.atomic
def divide(line: PlanDraftLine, *, by: Actor) -> PlanDraftLine:
    """One more task of the same duty: what it begins with is the line that was divided."""
    draft = _locked(line.draft, by)
    line = _locked_line(draft, line)
    if line.decision != Decision.DIVIDED:
        line = _decide(draft, line, Decision.DIVIDED, by)
    draft.lines.filter(place__gt=line.place).update(place=F("place") + 1)
    made = new_line(
        draft,
        by,
        place=line.place + 1,
        duty=line.duty,
        decision=Decision.DIVIDED,
        action=line.action,
        lead=line.lead,
        cooperating=line.cooperating,
        due=line.due,
    )
    record(draft, "plan_divided", by=by, duty=_said(line))
    return made


@transaction.atomic
def delegate(line: PlanDraftLine, doers: Sequence[str], *, by: Actor) -> PlanDraftLine:
    """Lay it on others below; where the unit must send what they do, they are done days before."""
    draft = _locked(line.draft, by)
    line = _locked_line(draft, line)
    lead = ", ".join(filter(None, (" ".join(name.split()) for name in doers)))[:500]
    if not lead:
        raise NotAccepted(_("Chọn ít nhất một đơn vị trực thuộc, hoặc ghi tên chung."))
    return _decide(draft, line, Decision.DELEGATED, by, lead=lead, due=set_back(draft, line))


def set_back(draft: PlanDraft, line: PlanDraftLine) -> str:
    """The deadline in words, earlier where the unit must put together and send what others did."""
    duty = line.duty
    is_on_a_day = duty is not None and (duty.due or {}).get("kind") == "date"
    if duty is None or not duty.deliver_to or not is_on_a_day:
        return line.due
    due_on = laid_on(draft).filter(duty=duty).values_list("due_on", flat=True).first()
    if due_on is None:
        return line.due
    try:
        day = working_days_before(due_on, words.WORKING_DAYS_BEFORE, calendar(due_on.year))
    except MissingYear:
        return line.due
    return words.due_on_day(day)


@transaction.atomic
def leave_out(line: PlanDraftLine, *, reason: str, by: Actor) -> PlanDraftLine:
    draft = _locked(line.draft, by)
    line = _locked_line(draft, line)
    if not reason.strip():
        raise NotAccepted(_("Ghi lý do không đưa nhiệm vụ này vào kế hoạch."))
    return _decide(draft, line, Decision.LEFT_OUT, by, reason=reason.strip())


@transaction.atomic
def undecide(line: PlanDraftLine, *, by: Actor) -> PlanDraftLine:
    """Decide on it anew: a divided duty is one again."""
    draft = _locked(line.draft, by)
    line = _locked_line(draft, line)
    if line.duty_id is None:
        return line
    draft.lines.filter(duty=line.duty_id).exclude(pk=line.pk).delete()
    assignment = laid_on(draft).filter(duty=line.duty_id).first()
    values = prefilled(assignment, _own(draft)) if assignment else {}
    return _decide(draft, line, "", by, reason="", **values)


def _decide(
    draft: PlanDraft, line: PlanDraftLine, decision: str, by: Actor, **values: str
) -> PlanDraftLine:
    changed = {"decision": decision, **values}
    was = {field: getattr(line, field) for field in changed}
    if was == changed:
        return line
    for field, value in changed.items():
        setattr(line, field, value)
    _touch(line, by, None)
    told, now = ({**values, "decision": _label(values["decision"])} for values in (was, changed))
    record(draft, "plan_decided", by=by, before=told, after=now, duty=_said(line))
    return line


@in_vietnamese
def _label(decision: str) -> str:
    return str(Decision(decision).label) if decision else _("Chưa quyết định")


def _said(line: PlanDraftLine) -> str:
    return (line.duty.action if line.duty else line.action)[:120]


def _own(draft: PlanDraft) -> Unit:
    return Unit.objects.named(clock.today()).get(pk=draft.unit_id)


def _own_name(draft: PlanDraft) -> str:
    return str(_own(draft).name)


# Adding, moving, taking out


@transaction.atomic
def add_duties(draft: PlanDraft, duties: Iterable[str], *, by: Actor) -> int:
    """Put further duties laid on the unit, by their ids, into the draft; says how many are new."""
    draft = _locked(draft, by)
    wanted = set(duties)
    fresh = [one for one in other_duties(draft) if str(one.duty_id) in wanted]
    put(draft, fresh, by)
    if fresh:
        record(draft, "plan_duties_added", by=by, count=len(fresh))
    return len(fresh)


@transaction.atomic
def add_own(draft: PlanDraft, *, by: Actor) -> PlanDraftLine:
    """A task of the unit's own, to be worded."""
    draft = _locked(draft, by)
    place = draft.lines.filter(place__lt=LAST).aggregate(last=Max("place"))["last"] or 0
    made = new_line(draft, by, place=place + 1, decision=Decision.OWN, lead=_own_name(draft))
    record(draft, "plan_own_added", by=by)
    return made


@transaction.atomic
def move(line: PlanDraftLine, *, up: bool, by: Actor) -> None:
    """One place up or down among the lines of the draft."""
    draft = _locked(line.draft, by)
    lines = list(draft.lines.select_for_update())
    at = next(place for place, one in enumerate(lines) if one.pk == line.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(lines):
        return
    lines[at], lines[to] = lines[to], lines[at]
    for place, one in enumerate(lines, start=1):
        if one.place != place:
            one.place = place
            one.save(update_fields=["place"])
    record(draft, "plan_moved", by=by, duty=_said(lines[to]))


@transaction.atomic
def remove(line: PlanDraftLine, *, by: Actor) -> None:
    """Take out a task of its own, or one of those that a duty was divided into."""
    draft = _locked(line.draft, by)
    found = draft.lines.filter(pk=line.pk).select_related("duty").first()
    if found is None:
        return
    parts = draft.lines.filter(duty=found.duty_id) if found.duty_id else None
    if parts is not None and parts.count() == 1:
        raise NotAccepted(_("Nhiệm vụ được giao thì không xóa: chọn Không đưa vào và ghi lý do."))
    was = {field: getattr(found, field) for field in ("action", "lead", "cooperating", "due")}
    record(draft, "plan_task_removed", by=by, before=was, after={}, duty=_said(found))
    found.delete()
    if parts is not None and parts.count() == 1:
        _decide(draft, parts.get(), Decision.TAKEN_UP, by)


# Handing in


def to_hand_in(draft: PlanDraft, *, by: Actor) -> PlanDraft:
    """The draft, locked until it is handed in; refused while something must be put right."""
    draft = PlanDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    require(access.can_write_plan(by, draft.unit))
    if draft.document_id is None and (wrong := problems(draft)):
        raise NotAccepted(_("Chưa nộp được: %(what)s") % {"what": wrong[0].text})
    if draft.assignment is None:
        raise NotAccepted(
            _("Không nơi nào giao lập kế hoạch này nên không có nơi để nộp. Tải DOCX để ban hành.")
        )
    return draft


def handed_in(draft: PlanDraft, document: Document, *, by: Actor) -> PlanDraft:
    """The draft is the document that was handed in, and stays as it is. Call in one transaction."""
    draft = _locked(draft, by)
    was = seen(draft)
    draft.document = document
    draft.save(update_fields=["document"])
    record(draft, "plan_handed_in", by=by, before=was)
    return draft


@transaction.atomic
def reopen(draft: PlanDraft, *, by: Actor) -> PlanDraft:
    """After a return the unit writes on, in a new version; what was handed in stays with the duty."""
    draft = PlanDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    require(access.can_write_plan(by, draft.unit))
    if draft.document_id is None:
        return draft
    if draft.assignment is not None and draft.assignment.state != AssignmentState.RETURNED:
        raise NotAccepted(_("Kế hoạch chưa bị trả lại nên không soạn bản mới được."))
    was = seen(draft)
    draft.document, draft.version = None, draft.version + 1
    _touch(draft, by, None)
    record(draft, "plan_reopened", by=by, before=was)
    return draft
