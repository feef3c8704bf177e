"""What is asked before something is done with an assignment."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.console.choosing import offer
from danvan.console.day_field import DayField
from danvan.console.org.unit_choice import UnitField
from danvan.duties import cascading, life
from danvan.duties.models import Assignment
from danvan.org.actors import Actor
from danvan.org.models import Person, Post, Unit
from danvan.org.resolving import NameBook, units_of


class DeedForm(forms.Form):
    """Knows of which assignment it asks, and whom. It may stand beside the assignment's own forms."""

    def __init__(self, *args: Any, assignment: Assignment, actor: Actor, **values: Any) -> None:
        super().__init__(*args, **{"auto_id": "deed_%s", **values})
        self.assignment, self.actor = assignment, actor


class NothingForm(DeedForm):
    """Nothing but whether."""


class ReasonForm(DeedForm):
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Đơn vị liên quan đọc được lý do này. Không ghi tên người dân."),
    )


class AnswerForm(DeedForm):
    answer = forms.CharField(
        label=gettext_lazy("Trả lời"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class SendBackForm(ReasonForm):
    again_by = DayField(
        label=gettext_lazy("Nộp lại chậm nhất ngày"),
        required=False,
        help_text=gettext_lazy(
            "Nếu kết quả đã nộp đúng hạn, ngày này thay cho hạn cũ. Nếu đã nộp quá hạn, hạn cũ vẫn tính. "
            "Bỏ trống thì hạn giữ nguyên, tính theo ngày nộp lại."
        ),
    )


class AskExtensionForm(ReasonForm):
    wanted_on = DayField(label=gettext_lazy("Gia hạn đến ngày"))
    field_order = ("wanted_on", "reason")


class ExtendForm(ReasonForm):
    due_on = DayField(label=gettext_lazy("Gia hạn đến ngày"), required=False)
    days = forms.IntegerField(
        label=gettext_lazy("Hoặc thêm số ngày"),
        required=False,
        min_value=1,
        max_value=366,
        help_text=gettext_lazy(
            "Cộng từ hạn danh nghĩa, tức là ngày chưa lùi vì ngày nghỉ; rơi vào ngày nghỉ thì lùi đến "
            "ngày làm việc kế tiếp."
        ),
    )
    field_order = ("due_on", "days", "reason")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and (said.get("due_on") is None) == (said.get("days") is None):
            self.add_error("due_on", _("Ghi một trong hai: ngày mới, hoặc số ngày thêm."))
        return said


class DecideExtensionForm(DeedForm):
    due_on = DayField(
        label=gettext_lazy("Gia hạn đến ngày"),
        required=False,
        help_text=gettext_lazy("Bỏ trống: đúng ngày đơn vị đề nghị."),
    )
    answer = forms.CharField(
        label=gettext_lazy("Ý kiến"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Không gia hạn thì phải ghi lý do."),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if "refuse" in self.data and not (said.get("answer") or "").strip():
            self.add_error("answer", _("Ghi lý do không gia hạn."))
        return said


class TransferForm(ReasonForm):
    unit = UnitField(label=gettext_lazy("Đơn vị nhận"))
    due_on = DayField(
        label=gettext_lazy("Hạn mới"),
        required=False,
        help_text=gettext_lazy("Bỏ trống: giữ hạn đang có."),
    )
    field_order = ("unit", "due_on", "reason")


class EntrustForm(DeedForm):
    person = forms.ChoiceField(label=gettext_lazy("Người thực hiện"), required=False)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        offered = [(str(one.pk), _with_post(one, self.actor)) for one in self.people()]
        offer(self, "person", [("", _("Chưa phân công")), *offered])
        self.initial["person"] = str(self.assignment.person_id or "")

    def people(self) -> list[Person]:
        return list(life.colleagues(self.actor).order_by("sort_key", "name"))

    def chosen(self) -> Person | None:
        chosen = self.cleaned_data["person"]
        return next((one for one in self.people() if str(one.pk) == chosen), None)


def _with_post(person: Person, actor: Actor) -> str:
    post = Post.objects.held(clock.today()).filter(person=person, unit=actor.unit_id).first()
    return f"{person.name} ({post.get_role_display().lower()})" if post else person.name


class ProgressForm(DeedForm):
    percent = forms.IntegerField(label=gettext_lazy("Đã làm được (%)"), min_value=0, max_value=100)
    text = forms.CharField(
        label=gettext_lazy("Đã làm gì, còn vướng gì"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Không ghi tên người dân."),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.initial.update({"percent": self.assignment.percent, "key": str(uuid4())})


class TellForm(forms.Form):
    """A word to the other side."""

    text = forms.CharField(
        label=gettext_lazy("Nội dung trao đổi"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Bên kia nhận được thông báo. Không ghi tên người dân."),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.initial.update({"key": str(uuid4())})


class CascadeForm(DeedForm):
    to = forms.ChoiceField(
        label=gettext_lazy("Giao cho"),
        widget=forms.RadioSelect,
        choices=[
            ("all", gettext_lazy("Mọi đơn vị trực thuộc")),
            ("group", gettext_lazy("Một nhóm đơn vị")),
            ("chosen", gettext_lazy("Những đơn vị chọn dưới đây")),
        ],
        initial="all",
    )
    group = forms.ChoiceField(label=gettext_lazy("Nhóm đơn vị"), required=False)
    units = forms.MultipleChoiceField(
        label=gettext_lazy("Đơn vị"), required=False, widget=forms.CheckboxSelectMultiple
    )
    set_back = forms.IntegerField(
        label=gettext_lazy("Hạn của cấp dưới trước hạn đơn vị mình (ngày làm việc)"),
        required=False,
        min_value=0,
        max_value=60,
    )
    due_on = DayField(
        label=gettext_lazy("Hoặc hạn của cấp dưới"),
        required=False,
        help_text=gettext_lazy("Ghi ngày thì ngày này được dùng, không lùi theo số ngày ở trên."),
    )
    is_confirmed = forms.BooleanField(label=gettext_lazy("Vẫn giao với hạn này"), required=False)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.below = cascading.units_below(self.actor)
        self.book = NameBook(clock.today())
        mine = {str(one.pk) for one in self.below}
        groups = [
            (code, f"{label} ({len(self.book.group(code) & mine)})")
            for code, label, _all in self.book.groups()
            if self.book.group(code) & mine
        ]
        offer(self, "group", [("", "—"), *groups])
        offer(self, "units", [(str(one.pk), one.name) for one in self.below])
        self.initial["set_back"] = cascading.rule_of(self.assignment).set_back
        label = _("Mọi đơn vị trực thuộc (%(count)d)") % {"count": len(self.below)}
        choices = [("all", label), ("chosen", _("Những đơn vị chọn dưới đây"))]
        if groups:
            choices.insert(1, ("group", _("Một nhóm đơn vị")))
        else:
            del self.fields["group"]
        offer(self, "to", choices)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("to") == "group" and not said.get("group"):
            self.add_error("group", _("Chọn nhóm đơn vị."))
        if said.get("to") == "chosen" and not said.get("units"):
            self.add_error("units", _("Chọn ít nhất một đơn vị."))
        return said

    def chosen(self) -> list[Unit]:
        said = self.cleaned_data
        if said["to"] == "all":
            return self.below
        mine = {str(one.pk) for one in self.below}
        ids = self.book.group(said["group"]) if said["to"] == "group" else set(said["units"])
        return units_of(ids & mine, clock.today())

    @property
    def found(self) -> cascading.Handed:
        """The day that the units below get, as the form stands."""
        said = getattr(self, "cleaned_data", {})
        return cascading.day_below(
            self.assignment, due_on=said.get("due_on"), back=said.get("set_back")
        )
