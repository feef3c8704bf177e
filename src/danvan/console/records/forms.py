"""A record's fields as a form, by the definition of its register."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.records import access, rules
from danvan.records.definitions import Field, Register
from danvan.records.models import Record


class Asked(forms.Field):
    """One field of a register. What was typed is judged by the register's rules, not here."""

    def clean(self, value: Any) -> str:
        return value or ""


class RecordForm(forms.Form):
    """The fields that a register asks for, as its definition says."""

    use_required_attribute = False
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self,
        register: Register,
        data: QueryDict | None = None,
        *,
        record: Record | None = None,
        begins_with: Mapping[str, str] | None = None,
    ) -> None:
        held = record.data if record else begins_with or {}
        typed = {field.code: rules.typed(field, held.get(field.code)) for field in register.fields}
        super().__init__(data, initial={**typed, "key": str(uuid4())})
        for field in register.fields:
            stays = bool(field.is_personal and held.get(field.code))
            self.fields[field.code] = Asked(
                label=field.label,
                required=field.required and not stays,
                help_text=_("Để trống: giữ như đã ghi.") if stays else field.help,
                widget=_widget(field),
            )

    def refuse(self, errors: dict[str, str]) -> None:
        for code, reason in errors.items():
            self.add_error(code if code in self.fields else None, reason)

    @property
    def columns(self) -> list[forms.BoundField]:
        return [bound for bound in self if not bound.is_hidden]


class RowForm(RecordForm):
    """The fields as the last row of the table; the form itself stands above it."""

    def __init__(self, register: Register, data: QueryDict | None = None) -> None:
        super().__init__(register, data)
        for bound in self.columns:
            is_choice = isinstance(bound.field.widget, forms.Select)
            bound.field.widget.attrs |= {
                "class": "form-select" if is_choice else "form-control",
                "form": "entry",
                "aria-label": bound.label,
            }
            if isinstance(bound.field.widget, forms.DateInput):
                bound.field.widget.attrs |= {"data-date": "", "placeholder": _("ngày/tháng")}


def _widget(field: Field) -> forms.Widget:
    if field.type == "choice":
        choices = [(one.code, one.label) for one in field.choices]
        return forms.Select(choices=[("", _("Chọn")), *choices])
    if field.type == "date":
        return forms.DateInput()
    if field.type == "number":
        return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4})
    if field.type == "long_text":
        return forms.Textarea(attrs={"rows": 4})
    return forms.TextInput(attrs={"autocomplete": "off"})


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 2}))


class AmendForm(RecordForm):
    """A record's fields again; once a figure has been fixed on it, the reason too."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, record: Record, data: QueryDict | None = None, *, asks_reason: bool) -> None:
        super().__init__(record.kept_in, data, record=record)
        self.initial["revision"] = record.revision
        if asks_reason:
            self.fields["reason"] = forms.CharField(
                label=_("Lý do sửa sau chốt"),
                help_text=_("Số liệu đã chốt giữ nguyên; lý do được ghi vào lịch sử."),
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": _("Ghi lý do sửa sau chốt.")},
            )


class DayField(forms.Field):
    """A day as it is typed: “5/3” is 5 March of this year."""

    widget = forms.DateInput

    def to_python(self, value: Any) -> date | None:
        typed = (value or "").strip()
        found = rules.read_day(typed, clock.today()) if typed else None
        if typed and found is None:
            raise forms.ValidationError(_("Ghi ngày dạng ngày/tháng/năm, ví dụ 5/3/2026."))
        return found


class UnitField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class ConcludeForm(forms.Form):
    """What a conclusion asks for: of whom, by when."""

    action = forms.CharField(
        label=gettext_lazy("Nội dung"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = DayField(label=gettext_lazy("Hạn"), required=False)

    def __init__(self, record: Record, data: QueryDict | None, *, by: Actor) -> None:
        initial = {"action": record.conclusion[:500], "unit": by.unit_id}
        super().__init__(data, initial=initial)
        asked = UnitField(label=gettext_lazy("Đơn vị"), queryset=access.can_be_asked(by))
        self.fields["unit"] = asked
        self.order_fields(["action", "unit", "due_on"])

    def clean_due_on(self) -> date | None:
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < clock.today():
            raise forms.ValidationError(_("Ngày này đã qua. Ghi ngày từ hôm nay trở đi."))
        return due_on
