"""The duties of a document that was confirmed by mistake, as long as nobody has begun on them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _

from danvan.documents.models import Document
from danvan.notices.actions import Message, tell_all
from danvan.notices.models import Notice
from danvan.text import in_vietnamese

from .choices import AssignmentState, ReminderKind
from .models import Assignment, CoverageMatch, Duty, Reminder

_UNTOUCHED = {AssignmentState.PROPOSED, AssignmentState.ASSIGNED, AssignmentState.REQUESTED}


@dataclass(frozen=True)
class InTheWay:
    """Something that was built on it; `subject` has a page of its own."""

    subject: Model
    why: str


@dataclass(frozen=True)
class Laid:
    """What a document lays on units."""

    duties: list[Duty]
    assignments: list[Assignment]


def laid_by(document: Document, *, is_held: bool = False) -> Laid:
    duties = document.duties.order_by("id")
    rows = Assignment.objects.filter(duty__document=document).select_related("unit", "duty")
    if is_held:
        duties = duties.select_for_update(of=("self",))
        rows = rows.select_for_update(of=("self",))
    return Laid(list(duties), list(rows.order_by("id")))


def in_the_way(document: Document, laid: Laid) -> list[InTheWay]:
    """What people have done since: work that began, judgements, plans that take it up."""
    found = [InTheWay(one, why) for one in laid.assignments if (why := _begun(one))]
    named = {one.subject for one in found}
    further = _pointed_at(Assignment, laid.assignments) - named
    found += [InTheWay(one, _("đã có nội dung kèm theo")) for one in further]
    taken_up = _pointed_at(Duty, laid.duties)
    found += [InTheWay(one, _("đã đưa vào kế hoạch hoặc đã đối chiếu")) for one in taken_up]
    judged = CoverageMatch.objects.filter(plan=document).exclude(said_by="")
    found += [InTheWay(one.duty, _("đã có người kết luận đối chiếu")) for one in judged]
    return found


def _begun(one: Assignment) -> str:
    """What was done of an assignment; empty where it only lies there."""
    if one.state not in _UNTOUCHED:
        return str(one.get_state_display()).lower()
    if one.person_id is not None:
        return _("đã phân công người làm")
    if one.parent_id is not None:
        return _("đơn vị đã giao tiếp xuống dưới")
    if one.percent:
        return _("đã có tiến độ")
    if one.first_due_on is not None:
        return _("đã đổi hạn")
    return ""


def _is_automatic(row: Model) -> bool:
    if isinstance(row, Reminder):
        return row.kind != ReminderKind.BY_HAND
    return isinstance(row, CoverageMatch) and not row.said_by


def _pointed_at(model: type[Model], rows: Iterable[Model]) -> set[Model]:
    """Those to which something points that people made, in this stage or in a later one."""
    known = {one.pk: one for one in rows}
    found = set()
    for relation in model._meta.related_objects:
        kind, name = relation.related_model, relation.field.name
        if isinstance(kind, str) or kind is Assignment:
            continue
        for row in kind._base_manager.filter(**{f"{name}__in": known}):
            if not _is_automatic(row):
                found.add(known[getattr(row, relation.field.attname)])
    return found


def withdraw(document: Document, laid: Laid) -> None:
    """Take them away. Whether somebody may, and that nothing is in the way, is asked before."""
    CoverageMatch.objects.filter(plan=document).delete()
    CoverageMatch.objects.filter(duty__in=laid.duties).delete()
    Reminder.objects.filter(assignment__in=laid.assignments).delete()
    _tell(document, laid)
    Assignment.objects.filter(pk__in=[one.pk for one in laid.assignments]).delete()
    Duty.objects.filter(pk__in=[one.pk for one in laid.duties]).delete()


@in_vietnamese
def _tell(document: Document, laid: Laid) -> None:
    """Who was told of the work is told that it is none; the old message leads nowhere any more."""
    kind = Assignment._meta.label_lower
    subjects = {one.pk: one.unit for one in laid.assignments}
    told = Notice.objects.filter(subject_kind=kind, subject__in=list(subjects))
    units = {
        recipient: subjects[subject]
        for recipient, subject in told.values_list("recipient", "subject")
    }
    told.delete()
    text = _("Rút lại việc giao của %(document)s: văn bản đang được đối chiếu lại.")
    stamp = max((one.assigned_at for one in laid.assignments), default=None)
    tell_all(
        Message(
            [recipient],
            event=f"withdrawn {document.pk} {stamp}",
            text=text % {"document": document},
            about=unit,
        )
        for recipient, unit in units.items()
    )
