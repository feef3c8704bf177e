from django.db import models
from django.utils.translation import gettext_lazy as _


class Manner(models.TextChoices):
    ORDER = "order", _("Giao")
    REQUEST = "request", _("Đề nghị")


class Part(models.TextChoices):
    """The unit's part in a duty: answerable for it, or working along."""

    LEAD = "lead", _("Chủ trì")
    COOPERATING = "cooperating", _("Phối hợp")


class AssignmentState(models.TextChoices):
    """assigned → in_progress → submitted → done, or returned and submitted again.

    Of a request: requested → answered or declined; it is never late.
    """

    ASSIGNED = "assigned", _("Chờ tiếp nhận")
    IN_PROGRESS = "in_progress", _("Đang thực hiện")
    SUBMITTED = "submitted", _("Chờ xác nhận")
    RETURNED = "returned", _("Trả lại")
    DONE = "done", _("Hoàn thành")
    REQUESTED = "requested", _("Đã gửi đề nghị")
    ANSWERED = "answered", _("Đã phản hồi")
    DECLINED = "declined", _("Không tham gia")


OPEN = {AssignmentState.ASSIGNED, AssignmentState.IN_PROGRESS, AssignmentState.RETURNED}
HANDED_IN = {AssignmentState.SUBMITTED, AssignmentState.DONE}
REQUEST = {AssignmentState.REQUESTED, AssignmentState.ANSWERED, AssignmentState.DECLINED}
