from django.db import models
from django.utils.translation import gettext_lazy as _


class Manner(models.TextChoices):
    ORDER = "order", _("Giao")
    REQUEST = "request", _("Đề nghị")


class Part(models.TextChoices):
    """The unit's part in a duty: answerable for it, or working along."""

    LEAD = "lead", _("Chủ trì")
    COOPERATING = "cooperating", _("Phối hợp")


class Origin(models.TextChoices):
    """Where a duty comes from."""

    TEXT = "text", _("Văn bản")
    CONCLUSION = "conclusion", _("Kết luận")
    STUDY = "study", _("Quán triệt văn bản")
    REVIEW = "review", _("Sơ kết, tổng kết")
    REGULATION_CHECK = "regulation", _("Rà soát văn bản")
    JOINT_PLAN = "joint_plan", _("Kế hoạch phối hợp năm")
    DIFFICULTY = "difficulty", _("Khó khăn, vướng mắc")
    BY_HAND = "by_hand", _("Việc khác")


PROPOSED_BY_ITSELF = {
    Origin.STUDY,
    Origin.REVIEW,
    Origin.REGULATION_CHECK,
    Origin.JOINT_PLAN,
}  # danvan reckons them from a document's dates; a person lays them on units


class AssignmentState(models.TextChoices):
    """proposed → assigned → in_progress → submitted → done, or returned and submitted again.

    A unit may contest what is laid on it. Of a request: requested → answered or declined; it is
    never late. Suspended stands still; transferred, rescinded and closed are ended without a result.
    """

    PROPOSED = "proposed", _("Dự kiến giao")
    ASSIGNED = "assigned", _("Chờ tiếp nhận")
    CONTESTED = "contested", _("Đề nghị xem lại")
    IN_PROGRESS = "in_progress", _("Đang thực hiện")
    SUBMITTED = "submitted", _("Chờ xác nhận")
    RETURNED = "returned", _("Trả lại")
    DONE = "done", _("Hoàn thành")
    SUSPENDED = "suspended", _("Tạm dừng")
    TRANSFERRED = "transferred", _("Đã chuyển đơn vị khác")
    RESCINDED = "rescinded", _("Thôi giao")
    CLOSED = "closed", _("Kết thúc theo dõi")
    REQUESTED = "requested", _("Đã gửi đề nghị")
    ANSWERED = "answered", _("Đã phản hồi")
    DECLINED = "declined", _("Không tham gia")


OPEN = {
    AssignmentState.ASSIGNED,
    AssignmentState.CONTESTED,
    AssignmentState.IN_PROGRESS,
    AssignmentState.RETURNED,
}
HANDED_IN = {AssignmentState.SUBMITTED, AssignmentState.DONE}
REQUEST = {AssignmentState.REQUESTED, AssignmentState.ANSWERED, AssignmentState.DECLINED}
ENDED = {AssignmentState.TRANSFERRED, AssignmentState.RESCINDED, AssignmentState.CLOSED}
LEFT = {AssignmentState.TRANSFERRED, AssignmentState.RESCINDED}  # the unit may be given it anew
NOT_COUNTED = {*ENDED, AssignmentState.PROPOSED, AssignmentState.SUSPENDED}  # late or in time
FOLLOWED = {*OPEN, *HANDED_IN, AssignmentState.SUSPENDED}  # of which something is asked


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("Chờ quyết định")
    GRANTED = "granted", _("Đã gia hạn")
    REFUSED = "refused", _("Không gia hạn")


class ReminderKind(models.TextChoices):
    """What a reminder says; how many days before or after is data: data/reminders.yaml."""

    BEFORE = "before", _("Sắp đến hạn")
    ON_THE_DAY = "on_the_day", _("Hạn hôm nay")
    AFTER = "after", _("Quá hạn")
    TO_LEADER = "to_leader", _("Báo lãnh đạo đơn vị")
    TO_ASKING = "to_asking", _("Báo nơi giao việc")
    BY_HAND = "by_hand", _("Nhắc việc")


class ThemeKind(models.TextChoices):
    THEME_OF_YEAR = "theme", _("Chủ đề năm")
    KEY_TASK = "key_task", _("Nhiệm vụ trọng tâm")
    BREAKTHROUGH = "breakthrough", _("Khâu đột phá")
    PROGRAMME = "programme", _("Chương trình ưu tiên")


class DifficultyState(models.TextChoices):
    RAISED = "raised", _("Chờ trả lời")
    PASSED_UP = "passed_up", _("Đã chuyển cấp trên")
    ANSWERED = "answered", _("Đã trả lời")
    CLOSED = "closed", _("Kết thúc theo dõi")


class Decision(models.TextChoices):
    """What a unit does in its own plan with a duty laid on it."""

    TAKEN_UP = "taken_up", _("Đưa vào kế hoạch")
    DIVIDED = "divided", _("Chia thành nhiều việc")
    DELEGATED = "delegated", _("Giao đơn vị trực thuộc")
    LEFT_OUT = "left_out", _("Không đưa vào")
    OWN = "own", _("Việc riêng của đơn vị")


class Coverage(models.TextChoices):
    """How a lower plan takes up a duty of the upper one."""

    TAKEN_UP = "taken_up", _("Đưa vào đủ")
    WEAKENED = "weakened", _("Đưa vào nhưng giảm nhẹ")
    LEFT_OUT = "left_out", _("Không đưa vào")


class PlanState(models.TextChoices):
    """How it stands with a plan that is asked of a unit; how late it is follows from the day."""

    NOT_YET = "not_yet", _("Chưa nộp")
    WAITING = "waiting", _("Đã nộp, chờ xem")
    RETURNED = "returned", _("Đã trả lại kèm góp ý")
    ACCEPTED = "accepted", _("Đã chấp nhận")
    SUSPENDED = "suspended", _("Tạm dừng")
    ASKED = "asked", _("Đã gửi đề nghị")


class Asking(models.TextChoices):
    """By which rule units should concretise a document: the first that names any."""

    PLAN = "plan", _("Đơn vị được giao xây dựng kế hoạch thực hiện văn bản này.")
    SENT = (
        "sent",
        _("Văn bản không giao riêng việc xây dựng kế hoạch: tính các đơn vị nhận văn bản."),
    )
    DUTY = (
        "duty",
        _("Văn bản không giao riêng việc xây dựng kế hoạch: tính các đơn vị được giao nhiệm vụ."),
    )
    NOBODY = "nobody", _("Văn bản chưa giao việc và chưa gửi đến đơn vị nào.")


class Concretised(models.TextChoices):
    DONE = "done", _("Đã cụ thể hóa")
    LATE = "late", _("Cụ thể hóa quá hạn")
    OVERDUE = "overdue", _("Quá hạn cụ thể hóa")
    NOT_YET = "not_yet", _("Chưa cụ thể hóa")


class Carried(models.TextChoices):
    """How far a programme's joint plan or review is."""

    NONE = "none", _("Chưa có")
    PROPOSED = "proposed", _("Chờ giao")
    GIVEN = "given", _("Đã giao")
    OVERDUE = "overdue", _("Quá hạn")
    DONE = "done", _("Đã có")
