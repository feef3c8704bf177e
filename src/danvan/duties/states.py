"""The life of an assignment as one table: what may be done with it in which state, and where that leads."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.refusals import NotAccepted

from .choices import HANDED_IN, OPEN, AssignmentState


class Deed(TextChoices):
    # by the unit that it is laid on
    ACKNOWLEDGE = "acknowledge", gettext_lazy("tiếp nhận")
    CONTEST = "contest", gettext_lazy("đề nghị xem lại")
    ENTRUST = "entrust", gettext_lazy("phân công")
    PROGRESS = "progress", gettext_lazy("cập nhật tiến độ")
    ADD_EVIDENCE = "add_evidence", gettext_lazy("thêm minh chứng")
    SUBMIT = "submit", gettext_lazy("nộp kết quả")
    ASK_EXTENSION = "ask_extension", gettext_lazy("đề nghị gia hạn")
    CASCADE = "cascade", gettext_lazy("giao cấp dưới")
    ANSWER = "answer", gettext_lazy("ghi phản hồi")
    # by those who asked for it
    ACCEPT = "accept", gettext_lazy("xác nhận hoàn thành")
    SEND_BACK = "send_back", gettext_lazy("trả lại")
    UPHOLD = "uphold", gettext_lazy("giữ nguyên việc đã giao")
    EXTEND = "extend", gettext_lazy("gia hạn")
    DECIDE_EXTENSION = "decide_extension", gettext_lazy("trả lời đề nghị gia hạn")
    SUSPEND = "suspend", gettext_lazy("tạm dừng")
    RESUME = "resume", gettext_lazy("cho làm tiếp")
    TRANSFER = "transfer", gettext_lazy("chuyển đơn vị")
    RESCIND = "rescind", gettext_lazy("thôi giao")
    CLOSE = "close", gettext_lazy("kết thúc theo dõi")
    REINSTATE = "reinstate", gettext_lazy("hoàn tác")
    REMIND = "remind", gettext_lazy("nhắc")


S = AssignmentState


def _stays(*states: AssignmentState) -> dict[AssignmentState, AssignmentState]:
    return {one: one for one in states}


def _all(states: set[AssignmentState], to: AssignmentState) -> dict[S, S]:
    return dict.fromkeys(states, to)


_AT_WORK = {S.ASSIGNED, S.IN_PROGRESS, S.RETURNED}
_NOT_ENDED = {*OPEN, S.SUSPENDED, S.REQUESTED}

# Deed → the states from which it may be done, each with the state to which it leads. Where nobody
# confirms, a result handed in is done; work that stood still goes on in the state it had before, and
# so does what is taken back.
LEADS: dict[Deed, dict[AssignmentState, AssignmentState]] = {
    Deed.ACKNOWLEDGE: {S.ASSIGNED: S.IN_PROGRESS, S.CONTESTED: S.IN_PROGRESS},
    Deed.CONTEST: {S.ASSIGNED: S.CONTESTED, S.IN_PROGRESS: S.CONTESTED},
    Deed.ENTRUST: _stays(*OPEN, S.SUSPENDED, S.REQUESTED),
    Deed.PROGRESS: {**_stays(*OPEN), S.ASSIGNED: S.IN_PROGRESS},
    Deed.ADD_EVIDENCE: _stays(*OPEN, S.SUBMITTED, S.SUSPENDED),
    Deed.SUBMIT: _all(OPEN, S.SUBMITTED),
    Deed.ASK_EXTENSION: _stays(*_AT_WORK),
    Deed.CASCADE: {**_stays(*_AT_WORK), S.ASSIGNED: S.IN_PROGRESS},
    Deed.ANSWER: {S.REQUESTED: S.ANSWERED},
    Deed.ACCEPT: {S.SUBMITTED: S.DONE},
    Deed.SEND_BACK: _all(HANDED_IN, S.RETURNED),
    Deed.UPHOLD: {S.CONTESTED: S.ASSIGNED},
    Deed.EXTEND: _stays(*OPEN),
    Deed.DECIDE_EXTENSION: _stays(*OPEN, *HANDED_IN, S.SUSPENDED),
    Deed.SUSPEND: _all(_AT_WORK, S.SUSPENDED),
    Deed.RESUME: {S.SUSPENDED: S.IN_PROGRESS},
    Deed.TRANSFER: _all(_NOT_ENDED, S.TRANSFERRED),
    Deed.RESCIND: _all(_NOT_ENDED, S.RESCINDED),
    Deed.CLOSE: _all(_NOT_ENDED, S.CLOSED),
    Deed.REINSTATE: _all({S.RESCINDED, S.CLOSED}, S.IN_PROGRESS),
    Deed.REMIND: _stays(*OPEN),
}

# Deed → the states that it leaves behind it: said there once more, it has been done already.
DONE_ALREADY: dict[Deed, set[AssignmentState]] = {
    Deed.ACKNOWLEDGE: {S.IN_PROGRESS},
    Deed.CONTEST: {S.CONTESTED},
    Deed.SUBMIT: HANDED_IN,
    Deed.ANSWER: {S.ANSWERED, S.DECLINED},
    Deed.ACCEPT: {S.DONE},
    Deed.SEND_BACK: {S.RETURNED},
    Deed.UPHOLD: {S.ASSIGNED},
    Deed.SUSPEND: {S.SUSPENDED},
    Deed.RESUME: _AT_WORK,
    Deed.TRANSFER: {S.TRANSFERRED},
    Deed.RESCIND: {S.RESCINDED},
    Deed.CLOSE: {S.CLOSED},
    Deed.REINSTATE: _NOT_ENDED,
}


def may(deed: Deed, state: str) -> bool:
    """Whether it can be done in this state, and changes something."""
    return AssignmentState(state) in LEADS[deed]


def step(deed: Deed, state: str) -> AssignmentState | None:
    """The state to which it leads; None where it has been done already. Else NotAccepted, in words."""
    now = AssignmentState(state)
    if (to := LEADS[deed].get(now)) is not None:
        return to
    if now in DONE_ALREADY.get(deed, set()):
        return None
    raise NotAccepted(_refusal(deed, now))


def _refusal(deed: Deed, state: AssignmentState) -> str:
    if deed == Deed.ACCEPT:
        return _("Đơn vị chưa nộp kết quả nên chưa xác nhận được.")
    if deed == Deed.SEND_BACK:
        return _("Đơn vị chưa nộp kết quả nên không có gì để trả lại.")
    if state == AssignmentState.SUSPENDED:
        return _("Việc đang tạm dừng nên chưa %(deed)s được; nơi giao việc cho làm tiếp trước.") % {
            "deed": deed.label
        }
    return _("Việc ở trạng thái “%(state)s” nên không %(deed)s được.") % {
        "state": state.label,
        "deed": deed.label,
    }
