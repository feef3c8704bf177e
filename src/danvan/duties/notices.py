"""The messages that duties send."""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from danvan import clock
from danvan.notices.actions import Message, tell, tell_all
from danvan.org import told as whom
from danvan.org.models import Person, Unit, UnitPlace
from danvan.text import in_vietnamese
from danvan.workdays.rules import printed

from .choices import REQUEST, AssignmentState
from .models import Assignment, Difficulty, Exchange, Extension


@in_vietnamese
def assigned(assignments: list[Assignment]) -> None:
    officers = whom.by_unit(one.unit_id for one in assignments)
    tell_all(
        Message(
            officers.get(one.unit_id, []),
            event=f"assigned {one.pk}",
            text=_new(one),
            about=one,
            needs_action=True,
        )
        for one in assignments
    )


def _new(assignment: Assignment) -> str:
    words = {"action": assignment.duty.action}
    if assignment.state in REQUEST:
        return _("Đề nghị: %(action)s") % words
    return _("Việc mới: %(action)s") % words


@in_vietnamese
def reminded(assignments: list[Assignment]) -> None:
    officers = whom.by_unit(one.unit_id for one in assignments)
    tell_all(
        Message(
            officers.get(one.unit_id, []),
            event=f"reminded {one.pk} {clock.today()}",
            text=_reminder(one),
            about=one,
            needs_action=True,
            is_urgent=one.days_late > 0,
        )
        for one in assignments
    )


def _reminder(assignment: Assignment) -> str:
    words = {"action": assignment.duty.action, "days": assignment.days_late}
    if assignment.days_late:
        return _("Nhắc việc, quá hạn %(days)d ngày: %(action)s") % words
    return _("Nhắc việc: %(action)s") % words


@in_vietnamese
def handed_in(assignment: Assignment) -> None:
    """To those who confirm, where somebody does."""
    if assignment.confirming is None:
        return
    words = {"unit": assignment.unit, "action": assignment.duty.action}
    _tell(
        whom.of_units([assignment.confirming.pk]),
        assignment,
        _("Chờ xác nhận: %(unit)s nộp kết quả “%(action)s”") % words,
        event=f"handed_in {assignment.pk} {assignment.handed_in_at}",
        needs_action=True,
    )


@in_vietnamese
def accepted(assignment: Assignment) -> None:
    words = {"action": assignment.duty.action}
    _tell_doers(assignment, _("Đã xác nhận hoàn thành: %(action)s") % words)


@in_vietnamese
def returned(assignment: Assignment, *, reason: str, again_by: date | None = None) -> None:
    words = {"action": assignment.duty.action, "reason": reason}
    text = _("Trả lại: %(action)s. Lý do: %(reason)s") % words
    if again_by is not None:
        text += ". " + _("Nộp lại chậm nhất %(day)s.") % {"day": printed(again_by)}
    _tell_doers(assignment, text, needs_action=True)


@in_vietnamese
def contested(assignment: Assignment, *, reason: str) -> None:
    words = {"unit": assignment.unit, "action": assignment.duty.action, "reason": reason}
    text = _("%(unit)s đề nghị xem lại việc “%(action)s”. Lý do: %(reason)s") % words
    _tell_asking(assignment, text, needs_action=True)


@in_vietnamese
def upheld(assignment: Assignment, *, answer: str) -> None:
    words = {"action": assignment.duty.action, "answer": answer}
    text = _("Đã xem lại, giữ nguyên việc “%(action)s”: %(answer)s") % words
    _tell_doers(assignment, text, needs_action=True)


@in_vietnamese
def entrusted(assignment: Assignment, person: Person) -> None:
    text = _("Được phân công: %(action)s") % {"action": assignment.duty.action}
    _tell(_doing([assignment]).get(assignment.pk, []), assignment, text, needs_action=True)


@in_vietnamese
def told(assignment: Assignment, said: Exchange, *, by_unit: bool) -> None:
    """To the other side."""
    words = {"unit": said.unit, "action": assignment.duty.action, "text": said.text}
    if said.percent is not None:
        words["text"] = f"{said.percent}%. {said.text}".strip()
    text = _("%(unit)s trao đổi về “%(action)s”: %(text)s") % words
    if by_unit:
        _tell_asking(assignment, text)
    else:
        _tell_doers(assignment, text)


@in_vietnamese
def extension_asked(assignment: Assignment, asked: Extension) -> None:
    words = {
        "unit": assignment.unit,
        "action": assignment.duty.action,
        "day": printed(asked.wanted_on),
        "reason": asked.reason,
    }
    text = _("%(unit)s đề nghị gia hạn “%(action)s” đến %(day)s. Lý do: %(reason)s") % words
    _tell_asking(assignment, text, needs_action=True)


@in_vietnamese
def extended(assignments: list[Assignment], *, reason: str) -> None:
    _tell_all_doers(
        assignments,
        lambda one: (
            _("Gia hạn đến %(day)s: %(action)s. %(reason)s")
            % {
                "day": printed(one.due_on) if one.due_on else "—",
                "action": one.duty.action,
                "reason": reason,
            }
        ),
    )


@in_vietnamese
def extension_refused(assignment: Assignment, *, reason: str) -> None:
    words = {"action": assignment.duty.action, "reason": reason}
    text = _("Không gia hạn: %(action)s. Lý do: %(reason)s") % words
    _tell_doers(assignment, text, needs_action=True)


@in_vietnamese
def suspended(assignment: Assignment, *, reason: str) -> None:
    words = {"action": assignment.duty.action, "reason": reason}
    _tell_doers(assignment, _("Tạm dừng: %(action)s. Lý do: %(reason)s") % words)


@in_vietnamese
def resumed(assignment: Assignment) -> None:
    words = {"action": assignment.duty.action}
    text = _("Làm tiếp việc đã tạm dừng: %(action)s") % words
    if assignment.due_on:
        text += ". " + _("Hạn mới: %(day)s.") % {"day": printed(assignment.due_on)}
    _tell_doers(assignment, text, needs_action=True)


@in_vietnamese
def transferred(old: Assignment, new: Assignment, *, reason: str) -> None:
    words = {"action": old.duty.action, "unit": new.unit, "reason": reason}
    _tell_doers(old, _("Đã chuyển “%(action)s” cho %(unit)s. Lý do: %(reason)s") % words)
    assigned([new])


@in_vietnamese
def ended(assignments: list[Assignment], *, reason: str) -> None:
    _tell_all_doers(
        assignments,
        lambda one: (
            f"{AssignmentState(one.state).label}: {one.duty.action}. "
            + _("Lý do: %(reason)s") % {"reason": reason}
        ),
    )


@in_vietnamese
def reinstated(assignment: Assignment) -> None:
    words = {"action": assignment.duty.action}
    _tell_doers(assignment, _("Việc vẫn phải làm: %(action)s") % words, needs_action=True)


@in_vietnamese
def difficulty_below(difficulty: Difficulty, above: Unit) -> None:
    """To the unit above one that turned to another."""
    words = {"unit": difficulty.unit, "title": difficulty.title, "to": difficulty.handled_by}
    said = _("%(unit)s gửi khó khăn, vướng mắc “%(title)s” đến %(to)s") % words
    tell(
        whom.of_units([above.pk]),
        event=f"difficulty below {difficulty.pk}",
        text=said,
        about=difficulty,
    )


@in_vietnamese
def difficulty_answered(difficulty: Difficulty, *, text: str) -> None:
    words = {"title": difficulty.title, "text": text}
    said = _("Đã trả lời khó khăn, vướng mắc “%(title)s”: %(text)s") % words
    _tell_raiser(difficulty, said, needs_action=True)


@in_vietnamese
def difficulty_passed_up(difficulty: Difficulty, *, reason: str) -> None:
    words = {"title": difficulty.title, "unit": difficulty.handled_by, "reason": reason}
    said = _("Khó khăn, vướng mắc “%(title)s” đã chuyển đến %(unit)s. Lý do: %(reason)s") % words
    _tell_raiser(difficulty, said)


def _tell_raiser(difficulty: Difficulty, text: str, *, needs_action: bool = False) -> None:
    tell(
        whom.of_units([difficulty.unit_id]),
        event=f"{difficulty.state} {difficulty.pk} {difficulty.changed_at.isoformat()}",
        text=text,
        about=difficulty,
        needs_action=needs_action,
    )


def _tell_asking(assignment: Assignment, text: str, *, needs_action: bool = False) -> None:
    """Who laid it on; of what a unit laid on itself, the unit directly above, which decides."""
    asking = [assignment.asking.pk]
    if assignment.asking.pk == assignment.unit_id:
        places = UnitPlace.objects.filter(unit__in=asking, validity__contains=clock.today())
        asking += places.filter(parent__isnull=False).values_list("parent", flat=True)
    _tell(whom.of_units(asking), assignment, text, needs_action=needs_action)


def _tell_doers(assignment: Assignment, text: str, *, needs_action: bool = False) -> None:
    _tell_all_doers([assignment], lambda one: text, needs_action=needs_action)


def _tell_all_doers(
    assignments: list[Assignment],
    text: Callable[[Assignment], str],
    *,
    needs_action: bool = False,
) -> None:
    """The officers of each one's unit, and who does it there."""
    officers = whom.by_unit(one.unit_id for one in assignments)
    doing = _doing(assignments)
    tell_all(
        Message(
            {*officers.get(one.unit_id, []), *doing.get(one.pk, [])},
            event=_once(one),
            text=text(one),
            about=one,
            needs_action=needs_action,
            is_urgent=needs_action and one.state == AssignmentState.RETURNED,
        )
        for one in assignments
    )


def _doing(assignments: list[Assignment]) -> dict[UUID, list[UUID]]:
    """Assignment → the accounts of the one it is entrusted to, while he is at that unit."""
    people = {one.person_id for one in assignments if one.person_id}
    if not people:
        return {}
    here = whom.entrusted(clock.today(), people=people)
    return {
        one.pk: [row.user for row in here if (row.person, row.unit) == (one.person_id, one.unit_id)]
        for one in assignments
    }


def _tell(
    recipients: Iterable[UUID],
    assignment: Assignment,
    text: str,
    *,
    event: str = "",
    needs_action: bool = False,
) -> None:
    event = event or _once(assignment)
    tell(recipients, event=event, text=text, about=assignment, needs_action=needs_action)


def _once(assignment: Assignment) -> str:
    return f"{assignment.state} {assignment.pk} {clock.now().isoformat()}"
