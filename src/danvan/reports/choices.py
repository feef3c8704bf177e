from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    """draft → submitted → accepted, or returned, whose next version is a draft again.

    What was submitted is frozen. A version becomes superseded when the next one is submitted.
    """

    DRAFT = "draft", _("Đang soạn")
    SUBMITTED = "submitted", _("Đã gửi")
    RETURNED = "returned", _("Trả lại")
    ACCEPTED = "accepted", _("Đã chấp nhận")
    SUPERSEDED = "superseded", _("Đã có bản thay thế")


IN_FORCE = {ReportState.SUBMITTED, ReportState.ACCEPTED}
FROZEN = {*IN_FORCE, ReportState.RETURNED, ReportState.SUPERSEDED}


class Progress(models.TextChoices):
    """How far a section of a draft is."""

    EMPTY = "empty", _("Trống")
    WRITING = "writing", _("Đang viết")
    FINISHED = "finished", _("Xong")
