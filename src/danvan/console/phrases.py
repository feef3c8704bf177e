"""What the audit keeps, as sentences: “Bà Mai (Sở Nội vụ) nhắc đơn vị, 08:15 ngày 01/4/2026”."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from danvan.audit.actions import history
from danvan.audit.models import AuditEntry

PHRASES = {
    "taken_in": gettext_noop("đưa văn bản vào"),
    "proofread": gettext_noop("xác nhận kết quả đọc"),
    "concretises": gettext_noop("ghi văn bản cụ thể hóa %(upper)s"),
    "proposed": gettext_noop("lập nhiệm vụ"),
    "assigned": gettext_noop("giao việc"),
    "acknowledged": gettext_noop("tiếp nhận"),
    "submitted": gettext_noop("nộp kết quả"),
    "completed": gettext_noop("hoàn thành việc"),
    "credited": gettext_noop("ghi nhận kết quả đã có trước"),
    "accepted": gettext_noop("xác nhận hoàn thành"),
    "returned": gettext_noop("trả lại: %(reason)s"),
    "reminded": gettext_noop("nhắc đơn vị"),
    "answered": gettext_noop("ghi phản hồi đề nghị"),
    "declined": gettext_noop("ghi không tham gia"),
}


@dataclass(frozen=True)
class Sentence:
    who: str
    did: str
    at: datetime
    on: str  # what it was done to


def sentence(entry: AuditEntry) -> Sentence:
    phrase = _(PHRASES[entry.verb]) if entry.verb in PHRASES else entry.verb.replace("_", " ")
    unit = entry.by_post.partition(", ")[2]
    who = f"{entry.by_name} ({unit})" if unit else entry.by_name
    values = {"reason": "", "upper": "", **entry.details}
    return Sentence(who, phrase % values, entry.at, entry.subject_label)


def sentences(subject: models.Model) -> list[Sentence]:
    """The history of a thing, newest first."""
    return [sentence(entry) for entry in history(subject)[:100]]
