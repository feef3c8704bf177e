"""What an officer writes of one item: each form takes an item's values and gives them back corrected."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.console.choosing import offer
from danvan.console.templatetags.danvan import vn_number
from danvan.documents.rules import as_date
from danvan.periods import Period, parse
from danvan.text import in_vietnamese

from .proofreading.words import COMPARATORS, HEADER

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")  # 7.392 · 43,4 · -1,45
_SHORT = re.compile(r"\d{1,2}/\d{1,2}")  # 5/3
_YEARS = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")  # 2024 · 2022 - 2026


class Words(forms.CharField):
    """Words, or None where there are none."""

    def __init__(self, *, max_length: int, rows: int = 0, **kwargs: Any) -> None:
        if rows:
            kwargs["widget"] = forms.Textarea(attrs={"rows": rows})
        super().__init__(max_length=max_length, empty_value=None, **kwargs)


class Day(forms.DateField):
    """Typed dd/mm/yyyy, or d/m of this year; kept as ISO."""

    def __init__(self, **kwargs: Any) -> None:
        invalid = gettext_lazy("Ghi ngày dạng ngày/tháng/năm, ví dụ 5/3/2026.")
        super().__init__(error_messages={"invalid": invalid}, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return as_date(value) or value if isinstance(value, str) else value

    def clean(self, value: Any) -> str | None:
        typed = (value or "").strip()
        day = super().clean(f"{typed}/{clock.today().year}" if _SHORT.fullmatch(typed) else typed)
        return day.isoformat() if day else None


class Number(forms.CharField):
    """Typed as printed: 7.392 or 69,84."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return vn_number(value) if isinstance(value, int | float) else value

    def clean(self, value: Any) -> int | float | None:
        typed = super().clean(value)
        if not typed:
            return None
        if not _NUMBER.fullmatch(typed):
            raise forms.ValidationError(_("Ghi số như trong văn bản, ví dụ 7.392 hoặc 69,84."))
        plain = typed.replace(".", "").replace(",", ".")
        return float(plain) if "." in plain else int(plain)


class Lines(forms.CharField):
    """One a line."""

    def __init__(self, *, longest: int, rows: int = 2, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) > self.longest for line in lines):
            raise forms.ValidationError(
                _("Có dòng dài quá %(longest)d ký tự. Ghi mỗi tên một dòng.")
                % {"longest": self.longest}
            )
        return list(dict.fromkeys(lines))


class Years(forms.CharField):
    """2024, or 2022 - 2026."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return " - ".join(dict.fromkeys(str(value[end]) for end in ("from", "to")))

    def clean(self, value: Any) -> dict[str, str] | None:
        typed = super().clean(value)
        if not typed:
            return None
        years = _YEARS.fullmatch(typed)
        if not years:
            raise forms.ValidationError(_("Ghi năm hoặc giai đoạn, ví dụ 2024 hoặc 2022 - 2026."))
        return {"from": years[1], "to": years[2] or years[1]}


_HEADER_FIELDS: dict[str, Callable[[], forms.Field]] = {
    "issuer": lambda: Words(max_length=300, required=False),
    "number": lambda: Words(max_length=80, required=False),
    "kind": lambda: Words(max_length=60, required=False),
    "title": lambda: Words(max_length=2000, rows=3, required=False),
    "place": lambda: Words(max_length=120, required=False),
    "date": lambda: Day(required=False),
    "period": lambda: Years(max_length=20, required=False),
    "authority": lambda: Words(max_length=300, required=False),
    "signer_role": lambda: Words(max_length=200, required=False),
    "signer": lambda: Words(max_length=120, required=False),
    "recipients": lambda: Lines(longest=500, rows=6, required=False),
}


class HeaderForm(forms.Form):
    def __init__(self, data: Any = None, *, initial: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(data, initial=dict(initial), **kwargs)
        name = initial["field"]
        self.fields["value"] = _HEADER_FIELDS[name]()
        self.fields["value"].label = HEADER[name]


class OutlineForm(forms.Form):
    label = Words(label=gettext_lazy("Số của đề mục"), max_length=20, required=False)
    title = Words(label=gettext_lazy("Đề mục"), max_length=500, rows=2)


class CitationForm(forms.Form):
    kind = Words(
        label=gettext_lazy("Loại văn bản"),
        max_length=60,
        help_text=gettext_lazy("Ví dụ: Nghị định, Kế hoạch, Luật."),
    )
    number = Words(label=gettext_lazy("Số, ký hiệu"), max_length=80, required=False)
    date = Day(label=gettext_lazy("Ngày ban hành"), required=False)
    issuer = Words(label=gettext_lazy("Cơ quan ban hành"), max_length=300, required=False)
    basis = forms.BooleanField(label=gettext_lazy("Là căn cứ của văn bản này"), required=False)


_DUE_KINDS = [
    ("", gettext_lazy("Không có thời hạn")),
    ("date", gettext_lazy("Ngày cụ thể")),
    ("period_end", gettext_lazy("Hết kỳ")),
    ("quarter", gettext_lazy("Định kỳ hằng quý")),
    ("year", gettext_lazy("Định kỳ hằng năm")),
]
_OTHER = ("other", gettext_lazy("Định kỳ khác, giữ như văn bản ghi"))
_SHOWN_FOR = {
    "due_date": "date",
    "due_inclusive": "date",
    "due_period": "period_end",
    "due_day": "quarter year",
    "due_month": "year",
}


class DutyForm(forms.Form):
    action = Words(label=gettext_lazy("Việc"), max_length=500, rows=3)
    lead = Lines(
        label=gettext_lazy("Chủ trì"),
        longest=500,
        required=False,
        help_text=gettext_lazy("Mỗi tên một dòng, ghi như trong văn bản."),
    )
    cooperating = Lines(label=gettext_lazy("Phối hợp"), longest=500, required=False)
    due_kind = forms.ChoiceField(label=gettext_lazy("Thời hạn"), required=False)
    due_date = Day(label=gettext_lazy("Ngày"), required=False)
    due_inclusive = forms.BooleanField(
        label=gettext_lazy("Ngày này còn trong hạn (bỏ dấu nếu văn bản ghi “trước ngày”)"),
        required=False,
    )
    due_period = forms.ChoiceField(label=gettext_lazy("Hết kỳ nào"), required=False)
    due_day = forms.IntegerField(
        label=gettext_lazy("Ngày trong tháng"),
        min_value=1,
        max_value=31,
        required=False,
        help_text=gettext_lazy("Định kỳ quý: ngày của tháng cuối quý. Để trống: ngày cuối kỳ."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    due_month = forms.IntegerField(
        label=gettext_lazy("Tháng"),
        min_value=1,
        max_value=12,
        required=False,
        help_text=gettext_lazy("Để trống: tháng 12."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    deliverable = Words(
        label=gettext_lazy("Sản phẩm"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Ví dụ: kế hoạch, báo cáo, hồ sơ."),
    )
    deliver_to = Words(label=gettext_lazy("Gửi đến"), max_length=300, required=False)

    def __init__(
        self, data: Any = None, *, initial: Mapping[str, Any], year: int, **kwargs: Any
    ) -> None:
        self.due = initial.get("due")
        super().__init__(data, initial={**initial, **_due_fields(self.due)}, **kwargs)
        kept = [_OTHER] if _due_fields(self.due)["due_kind"] == "other" else []
        offer(self, "due_kind", [*_DUE_KINDS, *kept])
        self.fields["due_kind"].widget.attrs["data-due-kind"] = ""
        for name, kinds in _SHOWN_FOR.items():
            shown: Any = self.fields[name]
            shown.shown_for = kinds
        offer(self, "due_period", _periods(year, (self.due or {}).get("period")))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        typed = {name: values.pop(name, None) for name in ("due_kind", *_SHOWN_FOR)}
        if not self.errors:
            values["due"] = self._due(typed)
        return values

    def _due(self, typed: Mapping[str, Any]) -> dict[str, Any] | None:
        """The deadline as typed; one that was not touched keeps its printed words."""
        if typed["due_kind"] == "date" and not typed["due_date"]:
            self.add_error("due_date", _("Ghi ngày dạng ngày/tháng/năm, ví dụ 5/3/2026."))
            return None
        if typed["due_kind"] == "period_end" and not typed["due_period"]:
            self.add_error("due_period", self.fields["due_period"].error_messages["required"])
            return None
        before = _due_fields(self.due)
        shown = [name for name, kinds in _SHOWN_FOR.items() if typed["due_kind"] in kinds.split()]
        if all(typed[name] == before[name] for name in ("due_kind", *shown)):
            return self.due
        due = _DUE[typed["due_kind"]](typed)
        if due is not None and _nominal(due, year=2024) is None:
            self.add_error("due_day", _("Tháng này không có ngày đó. Ghi lại ngày, tháng."))
        return due


def _due_fields(due: Mapping[str, Any] | None) -> dict[str, Any]:
    """The deadline as the form's fields hold it."""
    due = due or {}
    kind = due.get("kind") or ""
    if kind == "term":
        kind = "other"
    elif kind == "recurring":
        kind = due["every"] if due.get("every") in {"quarter", "year"} else "other"
    return {
        "due_kind": kind,
        "due_date": due.get("date"),
        "due_inclusive": due.get("inclusive", True),
        "due_period": _code(due.get("period")),
        "due_day": due.get("day"),
        "due_month": due.get("month"),
    }


def _code(period: str | None) -> str:
    """The reader's “2024” is the year's period."""
    return f"{period}-Y" if period and "-" not in period else period or ""


def _periods(year: int, printed: str | None) -> list[tuple[str, str]]:
    parts = ["Q1", "Q2", "Q3", "Q4", "H1", "N9", "Y", *(f"M{month:02d}" for month in range(1, 13))]
    codes = [f"{one}-{part}" for one in (year, year + 1) for part in parts]
    known = [printed] if printed and (printed := _code(printed)) not in codes else []
    return [(code, _label(code)) for code in (*known, *codes)]


def _label(code: str) -> str:
    try:
        return parse(code).label
    except ValueError:
        return code


@in_vietnamese
def _on_a_date(typed: Mapping[str, Any]) -> dict[str, Any]:
    day, inclusive = typed["due_date"], typed["due_inclusive"]
    words = _("chậm nhất ngày %s") if inclusive else _("trước ngày %s")
    text = words % f"{date.fromisoformat(day):%d/%m/%Y}"
    return {"kind": "date", "date": day, "inclusive": inclusive, "text": text}


@in_vietnamese
def _at_a_period_end(typed: Mapping[str, Any]) -> dict[str, Any]:
    period = typed["due_period"]
    text = _("hết %s") % parse(period).label
    return {"kind": "period_end", "period": period, "inclusive": True, "text": text}


@in_vietnamese
def _every_quarter(typed: Mapping[str, Any]) -> dict[str, Any]:
    day = typed["due_day"]
    text = _("hằng quý, chậm nhất ngày %d của tháng cuối quý") % day if day else _("hằng quý")
    return _recurring("quarter", day, None, text)


@in_vietnamese
def _every_year(typed: Mapping[str, Any]) -> dict[str, Any]:
    day, month = typed["due_day"], typed["due_month"]
    on = f"{day:02d}/{month or 12}" if day else ""
    text = _("hằng năm, chậm nhất ngày %s") % on if on else _("hằng năm")
    return _recurring("year", day, month, text)


def _recurring(every: str, day: int | None, month: int | None, text: str) -> dict[str, Any]:
    return {
        "kind": "recurring",
        "every": every,
        "day": day,
        "month": month,
        "note": text,
        "text": text,
    }


_DUE = {
    "": lambda typed: None,
    "date": _on_a_date,
    "period_end": _at_a_period_end,
    "quarter": _every_quarter,
    "year": _every_year,
}


def _nominal(due: Mapping[str, Any], *, year: int) -> date | None:
    """Whether a yearly day exists: 31/4 does not."""
    if due.get("every") != "year" or not due["day"]:
        return Period(year, "Y").last_day
    try:
        return date(year, due["month"] or 12, due["day"])
    except ValueError:
        return None


class TargetForm(forms.Form):
    name = Words(label=gettext_lazy("Chỉ tiêu"), max_length=500, rows=2)
    comparator = forms.ChoiceField(
        label=gettext_lazy("So với mức"), choices=list(COMPARATORS.items())
    )
    target = Number(label=gettext_lazy("Mức"))
    unit = Words(label=gettext_lazy("Đơn vị tính"), max_length=60, required=False)


class StatisticForm(forms.Form):
    name = Words(label=gettext_lazy("Số liệu"), max_length=500, rows=2)
    value = Number(label=gettext_lazy("Giá trị"), required=False)
    unit = Words(label=gettext_lazy("Đơn vị tính"), max_length=60, required=False)
    numerator = Number(label=gettext_lazy("Tử số"), required=False)
    denominator = Number(label=gettext_lazy("Mẫu số"), required=False)
    period = Words(label=gettext_lazy("Kỳ"), max_length=20, required=False)
    area = Words(label=gettext_lazy("Địa bàn"), max_length=200, required=False)


class CriterionForm(forms.Form):
    label = Words(label=gettext_lazy("Mục"), max_length=20, required=False)
    name = Words(label=gettext_lazy("Tiêu chí"), max_length=1000, rows=3)
    most = Number(label=gettext_lazy("Điểm tối đa"), required=False)


FORMS = {
    "header": HeaderForm,
    "outline": OutlineForm,
    "citations": CitationForm,
    "duties": DutyForm,
    "indicators": TargetForm,
    "figures": StatisticForm,
    "criteria": CriterionForm,
}


def form_of(
    kind: str, values: Mapping[str, Any], *, year: int, data: Mapping[str, Any] | None = None
) -> forms.Form:
    """The form of an item of this kind; KeyError for a kind that is not corrected."""
    more = {"year": year} if kind == "duties" else {}
    return FORMS[kind](data, initial=dict(values), auto_id=f"{kind}_%s", **more)
