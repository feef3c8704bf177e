from django.db import models
from django.utils.translation import gettext_lazy as _


class ReadingState(models.TextChoices):
    """queued → reading → read → proofread; or unreadable, with the reason in words."""

    QUEUED = "queued", _("Chờ đọc")
    READING = "reading", _("Đang đọc")
    READ = "read", _("Chờ đối chiếu")
    PROOFREAD = "proofread", _("Đã đối chiếu")
    UNREADABLE = "unreadable", _("Không đọc được")


class ItemState(models.TextChoices):
    """What a person has said of one item of a reading."""

    UNSEEN = "unseen", _("Chưa xem")
    WEAK = "weak", _("Cần xem kỹ")
    CONFIRMED = "confirmed", _("Đúng")
    CORRECTED = "corrected", _("Đã sửa")
    ADDED = "added", _("Thêm tay")
    DROPPED = "dropped", _("Đã loại")


class Verdict(models.TextChoices):
    CONFIRM = "confirm", _("Đúng")
    CORRECT = "correct", _("Sửa")
    DROP = "drop", _("Loại")
    ADD = "add", _("Thêm")


class Relation(models.TextChoices):
    MENTIONS = "mentions", _("Viện dẫn")
    BASIS = "basis", _("Căn cứ")
    CONCRETISES = "concretises", _("Cụ thể hóa")
