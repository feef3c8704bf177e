"""What changed, in words: “Trạng thái: Chờ xác nhận → Hoàn thành”, from what the audit keeps."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from danvan.accounts.models import Invitation, RolePolicy
from danvan.audit.models import AuditEntry
from danvan.documents.models import Delivery, Document, ExchangePackage
from danvan.duties.models import Assignment, Difficulty, Duty, PlanDraft, Theme
from danvan.figures.models import Figure
from danvan.org.models import (
    CommitteeTerm,
    Delegation,
    Membership,
    Person,
    Post,
    Unit,
    UnitCode,
    UnitEvent,
    UnitName,
    UnitPlace,
    User,
)
from danvan.publication.models import Release
from danvan.records.definitions import Register
from danvan.records.models import Record
from danvan.records.rules import printed
from danvan.reports.models import Report
from danvan.scores.models import Campaign, Score
from danvan.workdays import rules as workdays

from .templatetags.danvan import vn_number, vn_time

NOTHING = "—"
LONG = 240  # characters of a text that are told

# Field → its name. What is not named here is not told: ids, offsets, what follows from others.
LABELS = {
    "state": gettext_lazy("Trạng thái"),
    # documents, and the items of a reading
    "number": gettext_lazy("Số, ký hiệu"),
    "kind": pgettext_lazy("thay đổi", "Loại"),
    "title": gettext_lazy("Tên, trích yếu"),
    "issuer": gettext_lazy("Cơ quan ban hành"),
    "issued_on": gettext_lazy("Ngày ban hành"),
    "signer": gettext_lazy("Người ký"),
    "signer_role": gettext_lazy("Chức vụ người ký"),
    "recipients": gettext_lazy("Nơi nhận"),
    "registered_on": gettext_lazy("Ngày vào danh sách"),
    "in_force_from": gettext_lazy("Có hiệu lực từ"),
    "ended_on": gettext_lazy("Hết hiệu lực từ"),
    "suspended_from": gettext_lazy("Ngưng hiệu lực từ"),
    "suspended_to": gettext_lazy("Ngưng hiệu lực đến hết"),
    "discarded_at": gettext_lazy("Bỏ lúc"),
    "date": gettext_lazy("Ngày"),
    "lead": gettext_lazy("Chủ trì"),
    "cooperating": gettext_lazy("Phối hợp"),
    "due": gettext_lazy("Thời hạn"),
    "name": gettext_lazy("Tên"),
    "value": gettext_lazy("Giá trị"),
    "units": gettext_lazy("Đơn vị"),
    "printed": gettext_lazy("Tên ghi trong văn bản"),
    # duties
    "action": gettext_lazy("Việc"),
    "manner": gettext_lazy("Cách giao"),
    "deliverable": gettext_lazy("Sản phẩm"),
    "deliver_to": gettext_lazy("Gửi đến"),
    "unit_id": gettext_lazy("Đơn vị"),
    "part": gettext_lazy("Vai trò"),
    "due_on": gettext_lazy("Hạn"),
    "percent": gettext_lazy("Tiến độ (%)"),
    "handed_in_at": gettext_lazy("Nộp lúc"),
    "handed_in_by": gettext_lazy("Người nộp"),
    "remark": gettext_lazy("Góp ý"),
    "year_from": gettext_lazy("Từ năm"),
    "year_to": gettext_lazy("Đến năm"),
    "bases": gettext_lazy("Căn cứ"),
    "purpose": gettext_lazy("Mục đích, yêu cầu"),
    # records, figures
    "occurred_on": gettext_lazy("Ngày diễn ra"),
    "kept_reason": gettext_lazy("Lý do giữ số"),
    "void_reason": gettext_lazy("Lý do hủy"),
    "numerator": gettext_lazy("Giá trị, tử số"),
    "denominator": gettext_lazy("Mẫu số"),
    "rows": gettext_lazy("Số dòng được đếm"),
    # reports
    "version": gettext_lazy("Bản"),
    "narrative": gettext_lazy("Phần lời"),
    "is_finished": gettext_lazy("Viết xong"),
    "aside": gettext_lazy("Bản viết để riêng"),
    "text": gettext_lazy("Đoạn"),
    "submitted_at": gettext_lazy("Gửi lúc"),
    "submitted_by": gettext_lazy("Người gửi"),
    "decided_at": gettext_lazy("Xem xét lúc"),
    "decided_by": gettext_lazy("Người xem xét"),
    "again_by": gettext_lazy("Gửi lại trước"),
    # scores
    "year": gettext_lazy("Năm"),
    "opens_on": gettext_lazy("Ngày mở"),
    "self_score_by": gettext_lazy("Hạn tự chấm"),
    "self_points": gettext_lazy("Điểm tự chấm"),
    "appraised_points": gettext_lazy("Điểm thẩm định"),
    "note": gettext_lazy("Ghi chú"),
    "points": gettext_lazy("Điểm"),
    "finished_at": gettext_lazy("Chốt lúc"),
    "finished_by": gettext_lazy("Người chốt"),
    # publication
    "ended_at": gettext_lazy("Gỡ lúc"),
    "ended_because": gettext_lazy("Lý do gỡ"),
    # units, people, accounts
    "short_name": gettext_lazy("Tên viết tắt"),
    "aliases": gettext_lazy("Tên khác"),
    "validity": gettext_lazy("Thời gian"),
    "parent_id": gettext_lazy("Cấp trên trực tiếp"),
    "level": gettext_lazy("Cấp"),
    "code": gettext_lazy("Mã"),
    "system": gettext_lazy("Hệ thống mã"),
    "on": gettext_lazy("Ngày"),
    "basis": gettext_lazy("Căn cứ"),
    "is_verified": gettext_lazy("Đã đối chiếu với văn bản"),
    "person_id": gettext_lazy("Người"),
    "to_id": gettext_lazy("Người làm thay"),
    "role": gettext_lazy("Vai trò"),
    "form_of_address": gettext_lazy("Cách xưng hô"),
    "email": gettext_lazy("Thư điện tử"),
    "phone": gettext_lazy("Điện thoại"),
    "reason": gettext_lazy("Lý do"),
    "decision": gettext_lazy("Quyết định"),
    "standing_body_id": gettext_lazy("Cơ quan thường trực"),
    "reviewed_on": gettext_lazy("Ngày rà soát"),
    "outcome": gettext_lazy("Kết quả rà soát"),
    "conclusion": gettext_lazy("Kết luận"),
    "position": gettext_lazy("Vị trí trong ban"),
    "is_active": gettext_lazy("Được đăng nhập"),
    "username": gettext_lazy("Tên đăng nhập"),
    "second_factor_required": gettext_lazy("Bắt buộc xác thực hai bước"),
    "expires_at": gettext_lazy("Hết hạn lúc"),
    "accepted_at": gettext_lazy("Nhận lúc"),
    "withdrawn_at": gettext_lazy("Rút lúc"),
}
_MODELS: dict[str, type[models.Model]] = {
    one._meta.label_lower: one
    for one in (
        Assignment,
        Campaign,
        CommitteeTerm,
        Delegation,
        Delivery,
        Difficulty,
        Document,
        Duty,
        ExchangePackage,
        Figure,
        Invitation,
        Membership,
        Person,
        PlanDraft,
        Post,
        Record,
        Release,
        Report,
        RolePolicy,
        Score,
        Theme,
        Unit,
        UnitCode,
        UnitEvent,
        UnitName,
        UnitPlace,
        User,
    )
}
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")
_NUMBER = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True)
class Change:
    """A field as it was and as it is; `before` is empty of what was not there."""

    label: str
    before: str
    after: str


class Teller:
    """Puts the changes of many entries into words; what they name is looked up once for all."""

    def __init__(self, entries: Iterable[AuditEntry]) -> None:
        entries = list(entries)
        ids = {UUID(found) for one in entries for found in _ids(one)}
        self._names = _names(ids) if ids else {}
        records = {one.subject for one in entries if one.subject_kind == "records.record"}
        found = Record.objects.filter(pk__in=records).select_related("definition")
        self._registers: dict[UUID, Register] = (
            {one.pk: one.kept_in for one in found} if records else {}
        )

    def changes(self, entry: AuditEntry) -> list[Change]:
        """In the order of the labels, the data of a record by its register's own."""
        told = [
            self._change(str(label), entry, field)
            for field, label in LABELS.items()
            if (field in entry.before or field in entry.after) and not _said_already(entry, field)
        ]
        return [*self._data(entry), *(one for one in told if one.before != one.after)]

    def _change(self, label: str, entry: AuditEntry, field: str) -> Change:
        model = _MODELS.get(entry.subject_kind)
        column = _column(model, field) if model else None
        before = self._words(entry.before[field], column) if field in entry.before else ""
        return Change(label, before, self._words(entry.after.get(field), column))

    def _data(self, entry: AuditEntry) -> list[Change]:
        register = self._registers.get(entry.subject)
        was, now = entry.before.get("data") or {}, entry.after.get("data") or {}
        if register is None:
            return []
        return [
            Change(
                field.label,
                _cut(printed(field, was[field.code])) if field.code in was else "",
                _cut(printed(field, now.get(field.code))),
            )
            for field in register.fields
            if field.code in was or field.code in now
        ]

    def _words(self, value: Any, column: "models.Field[Any, Any] | None") -> str:
        if value in (None, "", [], {}):
            return NOTHING
        if isinstance(value, bool):
            return _("Có") if value else _("Không")
        if isinstance(value, dict):
            return self._of_keys(value)
        if isinstance(value, list):
            return self._of_list(value, column)
        if column is not None and column.choices:
            labels: dict[Any, Any] = dict(column.flatchoices)
            return str(labels.get(value, value))
        if isinstance(value, int | float):
            is_year = column is not None and column.name == "year"
            return str(value) if is_year else vn_number(value)
        return self._of_text(str(value))

    def _of_text(self, value: str) -> str:
        if _ID.fullmatch(value):
            return self._names.get(UUID(value), NOTHING)
        if _DAY.fullmatch(value):
            return workdays.printed(date.fromisoformat(value))
        if _MOMENT.fullmatch(value):
            return vn_time(datetime.fromisoformat(value))
        return vn_number(value) if _NUMBER.fullmatch(value) else _cut(value)

    def _of_list(self, value: list[Any], column: "models.Field[Any, Any] | None") -> str:
        if column is not None and column.name == "validity":
            first, last = value
            if last is None:
                return _("từ %(first)s") % {"first": self._of_text(first)}
            ends = {"first": self._of_text(first), "last": self._of_text(last)}
            return _("từ %(first)s đến trước %(last)s") % ends
        return ", ".join(self._words(one, None) for one in value)

    def _of_keys(self, value: Mapping[str, Any]) -> str:
        if "text" in value:
            return _cut(str(value["text"]))
        return "; ".join(f"{key}: {self._words(one, None)}" for key, one in value.items())


def _said_already(entry: AuditEntry, field: str) -> bool:
    """Who did it, and when, stands in the entry itself."""
    now = entry.after.get(field)
    if field.endswith("_by"):
        return bool(now == entry.by_name)
    if field.endswith("_at") and now:
        return abs(datetime.fromisoformat(now) - entry.at) < timedelta(minutes=1)
    return False


def _column(model: type[models.Model], name: str) -> "models.Field[Any, Any] | None":
    return next((one for one in model._meta.concrete_fields if one.attname == name), None)


def _ids(entry: AuditEntry) -> list[str]:
    told = [side.get(field) for side in (entry.before, entry.after) for field in LABELS]
    flat = [part for one in told for part in (one if isinstance(one, list) else [one])]
    return [one for one in flat if isinstance(one, str) and _ID.fullmatch(one)]


def _names(ids: set[UUID]) -> dict[UUID, str]:
    """Units by the last name they had, and people, in one query."""
    units = UnitName.objects.filter(unit__in=ids).values_list("unit", "name", "validity")
    people = Person.objects.filter(pk__in=ids).values_list(
        "pk", "name", models.Value(None, output_field=UnitName._meta.get_field("validity"))
    )
    found = units.order_by().union(people.order_by(), all=True)
    rows = sorted(found, key=lambda row: (row[2] is not None and row[2].lower) or date.min)
    return {key: name for key, name, _validity in rows}


def _cut(words: str) -> str:
    return words if len(words) <= LONG else f"{words[:LONG].rsplit(' ', 1)[0]} …"
