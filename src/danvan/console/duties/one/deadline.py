"""How a due day came about, line by line: as printed, extended, stood still."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from danvan.duties.choices import AssignmentState, ExtensionState
from danvan.duties.deadlines import terms
from danvan.duties.models import Assignment, Extension, Suspension
from danvan.workdays.rules import printed


@dataclass(frozen=True)
class Deadline:
    steps: list[str]
    extensions: list[str]
    suspensions: list[str]
    extended_to: date | None  # where the day that holds is not the first
    first: date | None
    from_an_event: str  # the printed term, where the document does not tell when it begins


def deadline_of(one: Assignment) -> Deadline:
    was_moved = one.first_due_on is not None and one.first_due_on != one.due_on
    return Deadline(
        steps=list(one.due_steps),
        extensions=[_extension(row) for row in one.extensions.all()],
        suspensions=[_suspension(row) for row in one.suspensions.all()],
        extended_to=one.due_on if was_moved and one.state != AssignmentState.SUSPENDED else None,
        first=one.first_due_on if was_moved else None,
        from_an_event="" if one.due_on else terms.from_an_event(one.duty.sentence),
    )


def _extension(row: Extension) -> str:
    words = {
        "before": printed(row.before) if row.before else "—",
        "wanted": printed(row.wanted_on),
        "day": printed(row.due_on) if row.due_on else "—",
        "who": row.decided_by or row.asked_by,
        "reason": row.reason,
        "answer": row.answer,
    }
    if row.state == ExtensionState.GRANTED:
        return _("Từ %(before)s đến %(day)s, %(who)s. Lý do: %(reason)s") % words
    if row.state == ExtensionState.REFUSED:
        return _("Không gia hạn đến %(wanted)s, %(who)s: %(answer)s") % words
    return _("Đề nghị đến %(wanted)s, %(who)s, đang chờ trả lời. Lý do: %(reason)s") % words


def _suspension(row: Suspension) -> str:
    words = {"from": printed(row.begins_on), "who": row.by_name, "reason": row.reason}
    if row.ends_on is None:
        return _("Từ %(from)s, chưa làm tiếp, %(who)s. Lý do: %(reason)s") % words
    words["to"] = printed(row.ends_on)
    return _("Từ %(from)s, làm tiếp từ %(to)s, %(who)s. Lý do: %(reason)s") % words
