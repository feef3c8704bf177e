"""What was read, in words, each kind of item in its own way."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.console.templatetags.danvan import vn_number
from danvan.documents import rules
from danvan.documents.rules import Item
from danvan.workdays.rules import printed

HEADER = {
    "issuer": gettext_lazy("Cơ quan ban hành"),
    "number": gettext_lazy("Số, ký hiệu"),
    "kind": gettext_lazy("Loại văn bản"),
    "title": gettext_lazy("Trích yếu"),
    "place": gettext_lazy("Địa danh"),
    "date": gettext_lazy("Ngày ban hành"),
    "period": gettext_lazy("Kỳ, giai đoạn"),
    "authority": gettext_lazy("Quyền hạn ký"),
    "signer_role": gettext_lazy("Chức vụ người ký"),
    "signer": gettext_lazy("Người ký"),
    "recipients": gettext_lazy("Nơi nhận"),
}
COMPARATORS = {
    ">=": gettext_lazy("ít nhất"),
    ">": gettext_lazy("trên"),
    "=": gettext_lazy("đạt"),
    "<=": gettext_lazy("không quá"),
    "<": gettext_lazy("dưới"),
}


def _header(item: Item) -> list[tuple[str, str]]:
    name = item.values["field"]
    return [(str(HEADER.get(name, name)), said(item.values.get("value")))]


def said(value: Any) -> str:
    """A header field's value in words: dates as 20/02/2024, 05/3/2024, a period as 2022 - 2026."""
    if isinstance(value, dict):
        years = list(dict.fromkeys(str(value[end]) for end in ("from", "to") if value.get(end)))
        return " - ".join(years)
    if isinstance(value, list):
        return "; ".join(value)
    day = rules.as_date(value)
    return printed(day) if day else value or ""


def _heading(item: Item) -> list[tuple[str, str]]:
    values = item.values
    return [(_("Đề mục"), f"{values.get('path') or values.get('label')}  {values.get('title')}")]


def citation(item: Item) -> list[tuple[str, str]]:
    values = item.values
    day = said(values.get("date"))
    name = " ".join(filter(None, [values.get("kind"), values.get("number")]))
    known = [name, _("ngày %s") % day if day else "", values.get("issuer")]
    return [
        (_("Viện dẫn"), values.get("text") or name),
        (_("Hiểu là"), ", ".join(filter(None, known))),
        (_("Vai trò"), _("Căn cứ") if values.get("basis") else _("Viện dẫn")),
    ]


def _target(item: Item) -> list[tuple[str, str]]:
    values = item.values
    comparator = str(COMPARATORS.get(values.get("comparator") or "", ""))
    level = f"{comparator} {_measured(values.get('target'), values.get('unit'))}"
    return [(_("Chỉ tiêu"), values.get("name") or ""), (_("Mức"), level.strip())]


def _statistic(item: Item) -> list[tuple[str, str]]:
    values = item.values
    lines = [
        (_("Số liệu"), values.get("name") or ""),
        (_("Giá trị"), _measured(values.get("value"), values.get("unit"))),
        (_("Tử số/mẫu số"), _fraction(values)),
        (_("Tăng, giảm"), _measured(values.get("change"), values.get("change_unit"))),
        (_("Kỳ"), str(values.get("period") or "")),
        (_("Địa bàn"), values.get("area") or ""),
    ]
    return lines[:2] + [line for line in lines[2:] if line[1]]


def _measured(value: Any, unit: str | None) -> str:
    if value is None:
        return ""
    return (
        f"{vn_number(value)}%" if unit == "%" else f"{vn_number(value)}\u00a0{unit or ''}".strip()
    )


def _fraction(values: Mapping[str, Any]) -> str:
    if values.get("denominator") is None:
        return ""
    return f"{vn_number(values.get('numerator'))}/{vn_number(values['denominator'])}"


def _criterion(item: Item) -> list[tuple[str, str]]:
    values = item.values
    return [
        (_("Mục"), values.get("label") or ""),
        (_("Tiêu chí"), values.get("name") or ""),
        (_("Điểm tối đa"), vn_number(values["most"]) if values.get("most") is not None else ""),
    ]


_SURE = ((0.9, gettext_lazy("cao")), (0.75, gettext_lazy("khá")))


def _finding(item: Item) -> list[tuple[str, str]]:
    sure = next((str(word) for least, word in _SURE if item.confidence >= least), _("thấp"))
    return [
        (_("Bất thường"), item.values.get("message") or ""),
        (_("Trong văn bản"), item.values.get("text") or ""),
        (_("Độ tin cậy"), sure),
    ]


LINES = {
    "header": _header,
    "outline": _heading,
    "indicators": _target,
    "figures": _statistic,
    "criteria": _criterion,
    "findings": _finding,
}
