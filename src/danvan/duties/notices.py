"""The messages that duties send."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from danvan import clock
from danvan.notices.actions import Message, tell, tell_all
from danvan.org.heirs import now_at
from danvan.org.models import Post
from danvan.text import in_vietnamese

from .choices import REQUEST
from .models import Assignment


def _officers(unit_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """The accounts of those who do each unit's work, today; of an ended one, its successor's."""
    today = clock.today()
    doing = now_at(set(unit_ids), today)
    posts = Post.objects.in_charge(today).filter(unit__in=doing, person__user__isnull=False)
    found: dict[UUID, list[UUID]] = {}
    for now, user in posts.values_list("unit", "person__user"):
        for unit in doing[now]:
            found.setdefault(unit, []).append(user)
    return found


@in_vietnamese
def assigned(assignments: list[Assignment]) -> None:
    officers = _officers(one.unit_id for one in assignments)
    tell_all(
        Message(
            officers[one.unit_id],
            event=f"assigned {one.pk}",
            text=_new(one),
            about=one,
            needs_action=True,
        )
        for one in assignments
        if one.unit_id in officers
    )


def _new(assignment: Assignment) -> str:
    words = {"action": assignment.duty.action}
    if assignment.state in REQUEST:
        return _("Đề nghị: %(action)s") % words
    return _("Việc mới: %(action)s") % words


@in_vietnamese
def reminded(assignments: list[Assignment]) -> None:
    officers = _officers(one.unit_id for one in assignments)
    tell_all(
        Message(
            officers.get(one.unit_id, []),
            event=f"reminded {one.pk} {clock.today()}",
            text=_reminder(one),
            about=one,
            needs_action=True,
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
    confirming = assignment.duty.confirmed_by_id
    if confirming is None:
        return
    tell(
        _officers([confirming]).get(confirming, []),
        event=f"handed_in {assignment.pk} {assignment.handed_in_at}",
        text=_("Chờ xác nhận: %(unit)s nộp kết quả “%(action)s”")
        % {"unit": assignment.unit, "action": assignment.duty.action},
        about=assignment,
        needs_action=True,
    )


@in_vietnamese
def accepted(assignment: Assignment) -> None:
    words = {"action": assignment.duty.action}
    _decided(assignment, _("Đã xác nhận hoàn thành: %(action)s") % words)


@in_vietnamese
def returned(assignment: Assignment, *, reason: str) -> None:
    words = {"action": assignment.duty.action, "reason": reason}
    _decided(assignment, _("Trả lại: %(action)s. Lý do: %(reason)s") % words)


def _decided(assignment: Assignment, text: str) -> None:
    tell(
        _officers([assignment.unit_id]).get(assignment.unit_id, []),
        event=f"decided {assignment.pk} {assignment.state} {clock.now().isoformat()}",
        text=text,
        about=assignment,
        needs_action=assignment.is_open,
    )
