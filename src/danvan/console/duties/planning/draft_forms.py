"""The forms on which a plan is written; each knows which revision of the text its page showed."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from danvan.console.day_field import DayField
from danvan.duties.choices import Decision
from danvan.duties.drafts import words
from danvan.duties.drafts import writing as drafting
from danvan.duties.models import PlanDraft, PlanDraftLine


class TypedForm(forms.Form):
    """What is typed, and which revision of it the page showed."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    page = forms.UUIDField(widget=forms.HiddenInput)

    def typing(self) -> drafting.Typing:
        values = dict(self.cleaned_data)
        return drafting.Typing(
            revision=values.pop("revision"), page=values.pop("page"), values=values
        )


class HeadForm(TypedForm):
    title = forms.CharField(
        label=gettext_lazy("Trích yếu"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )
    number = forms.CharField(
        label=gettext_lazy("Số"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Để trống thì văn thư ghi khi ban hành."),
    )
    issued_on = DayField(label=gettext_lazy("Ngày ban hành"), required=False)
    bases = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
        help_text=gettext_lazy("Mỗi văn bản một dòng, bắt đầu bằng Căn cứ hoặc Thực hiện."),
    )
    purpose = forms.CharField(
        label=gettext_lazy("Mục đích, yêu cầu"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
        help_text=gettext_lazy("Mỗi ý một dòng."),
    )
    recipients = forms.CharField(
        label=gettext_lazy("Nơi nhận"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "form-control"}),
        help_text=gettext_lazy("Mỗi nơi một dòng."),
    )


class LineForm(TypedForm):
    action = forms.CharField(
        label=gettext_lazy("Việc phải làm"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )
    lead = forms.CharField(label=gettext_lazy("Chủ trì"), required=False, max_length=500)
    cooperating = forms.CharField(label=gettext_lazy("Phối hợp"), required=False, max_length=500)
    due = forms.CharField(label=gettext_lazy("Thời hạn"), required=False, max_length=200)
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].widget.attrs["list"] = "doers"
        if not self.is_bound:  # saved while still empty, but not handed in so: no “không bắt buộc”
            self.fields["action"].required = self.fields["lead"].required = True

    def clean_due(self) -> str:
        return words.due_as_printed(self.cleaned_data["due"])


class ReasonForm(TypedForm):
    reason = forms.CharField(
        label=gettext_lazy("Lý do không đưa vào"),
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )


def line_form(line: PlanDraftLine) -> TypedForm | None:
    if line.decision == "":
        return None
    of = ReasonForm if line.decision == Decision.LEFT_OUT else LineForm
    fields = {name: getattr(line, name) for name in drafting.LINE}
    return of(initial={**fields, **_opened(line)}, auto_id=f"{line.pk}-%s")


def _opened(target: PlanDraft | PlanDraftLine) -> dict[str, Any]:
    return {"revision": target.revision, "page": uuid4()}


def head_form(draft: PlanDraft) -> HeadForm:
    return HeadForm(initial={name: getattr(draft, name) for name in drafting.HEAD} | _opened(draft))


def form_of(line: PlanDraftLine, data: QueryDict) -> TypedForm:
    """What was typed into a line."""
    of = ReasonForm if line.decision == Decision.LEFT_OUT else LineForm
    return of(data, auto_id=f"{line.pk}-%s")


def aside_of(target: PlanDraft | PlanDraftLine) -> list[tuple[str, str]]:
    """What another wrote meanwhile, by the labels of the form, where it differs."""
    labels = {**HeadForm.base_fields, **LineForm.base_fields, **ReasonForm.base_fields}
    return [
        (str(labels[name].label), words or "")
        for name, words in (target.aside or {}).items()
        if words != drafting.plain(getattr(target, name))
    ]
