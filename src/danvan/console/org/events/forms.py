"""What every event of units is asked, and the kinds in which a unit begins, goes on or ends."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.console.day_field import DayField
from danvan.console.org.unit_choice import UnitField
from danvan.org.actors import Actor
from danvan.org.choices import Level, UnitKind
from danvan.org.events import ending, founding, levels, moving, renaming
from danvan.org.events.decisions import Decision, NewUnit


class DecisionForm(forms.Form):
    """By which document, and from when."""

    use_required_attribute = False
    on = DayField(
        label=gettext_lazy("Từ ngày"),
        help_text=gettext_lazy("Ngày đầu tiên của cái mới, ví dụ 1/7/2025."),
    )
    basis = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        max_length=300,
        help_text=gettext_lazy("Văn bản quyết định: loại, số, ký hiệu và ngày."),
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    is_verified = forms.BooleanField(
        label=gettext_lazy("Đã đối chiếu với văn bản"), required=False, initial=True
    )

    def __init__(self, *args: Any, as_of: date | None = None, **values: Any) -> None:
        super().__init__(*args, **values)
        for field in self.fields.values():
            if isinstance(field, UnitField):
                field.as_of = as_of

    @property
    def decision(self) -> Decision:
        said = self.cleaned_data
        return Decision(
            on=said["on"],
            basis=said["basis"],
            note=said["note"],
            is_verified=said["is_verified"],
        )

    def run(self, by: Actor) -> None:
        raise NotImplementedError

    def sentence(self) -> str:
        raise NotImplementedError


def unit_field(label: Any, **values: Any) -> UnitField:
    return UnitField(label=label, **values)


class NewNameForm(forms.Form):
    """What a unit is called."""

    name = forms.CharField(label=gettext_lazy("Tên mới"), max_length=200)
    short_name = forms.CharField(label=gettext_lazy("Tên viết tắt"), max_length=100, required=False)
    aliases = forms.CharField(
        label=gettext_lazy("Tên khác, viết tắt"),
        required=False,
        max_length=600,
        help_text=gettext_lazy("Như viết trong văn bản; nhiều tên cách nhau bằng dấu chấm phẩy."),
    )

    def clean_aliases(self) -> list[str]:
        return [one.strip() for one in self.cleaned_data["aliases"].split(";") if one.strip()]


class NewUnitForm(NewNameForm):
    unit_kind = forms.ChoiceField(label=gettext_lazy("Loại đơn vị"), choices=UnitKind.choices)
    level = forms.ChoiceField(label=gettext_lazy("Cấp"), choices=Level.choices)

    @property
    def new(self) -> NewUnit:
        said = self.cleaned_data
        return NewUnit(
            name=said["name"],
            kind=UnitKind(said["unit_kind"]),
            level=Level(said["level"]),
            short_name=said["short_name"],
            aliases=said["aliases"],
        )


class EstablishForm(NewUnitForm, DecisionForm):
    under = unit_field(gettext_lazy("Trực thuộc"), required=False)
    field_order = ["name", "short_name", "aliases", "unit_kind", "level", "under"]

    def sentence(self) -> str:
        said = self.cleaned_data
        if said["under"]:
            return _("%(name)s được thành lập, trực thuộc %(parent)s.") % {
                "name": said["name"],
                "parent": said["under"].name,
            }
        return _("%(name)s được thành lập, không trực thuộc đơn vị nào.") % {"name": said["name"]}

    def run(self, by: Actor) -> None:
        said = self.cleaned_data
        founding.establish(self.new, under=said["under"], decision=self.decision, by=by)


class RenameForm(NewNameForm, DecisionForm):
    unit = unit_field(gettext_lazy("Đơn vị"))
    field_order = ["unit", "name", "short_name", "aliases"]

    def sentence(self) -> str:
        said = self.cleaned_data
        return _("%(unit)s đổi tên thành %(name)s; việc, người và số liệu không đổi.") % {
            "unit": said["unit"].name,
            "name": said["name"],
        }

    def run(self, by: Actor) -> None:
        said = self.cleaned_data
        renaming.rename(
            said["unit"],
            said["name"],
            short_name=said["short_name"],
            aliases=said["aliases"],
            decision=self.decision,
            by=by,
        )


class MoveForm(DecisionForm):
    unit = unit_field(gettext_lazy("Đơn vị"))
    under = unit_field(gettext_lazy("Cấp trên mới"))
    field_order = ["unit", "under"]

    def sentence(self) -> str:
        said = self.cleaned_data
        return _("%(unit)s cùng các đơn vị bên dưới chuyển về trực thuộc %(parent)s.") % {
            "unit": said["unit"].name,
            "parent": said["under"].name,
        }

    def run(self, by: Actor) -> None:
        said = self.cleaned_data
        moving.move(said["unit"], said["under"], decision=self.decision, by=by)


class ChangeLevelForm(NewUnitForm, DecisionForm):
    unit = unit_field(gettext_lazy("Đơn vị"))
    under = unit_field(gettext_lazy("Trực thuộc"), required=False)
    field_order = ["unit", "name", "short_name", "aliases", "unit_kind", "level", "under"]

    def sentence(self) -> str:
        said = self.cleaned_data
        return _("%(unit)s kết thúc; %(name)s (%(kind)s, %(level)s) kế thừa toàn bộ.") % {
            "unit": said["unit"].name,
            "name": said["name"],
            "kind": UnitKind(said["unit_kind"]).label.lower(),
            "level": Level(said["level"]).label.lower(),
        }

    def run(self, by: Actor) -> None:
        said = self.cleaned_data
        levels.change_level(
            said["unit"], self.new, under=said["under"], decision=self.decision, by=by
        )


class EndForm(DecisionForm):
    unit = unit_field(gettext_lazy("Đơn vị"))
    field_order = ["unit"]

    def sentence(self) -> str:
        return _("%(unit)s kết thúc hoạt động, chức vụ tại đơn vị kết thúc cùng ngày.") % {
            "unit": self.cleaned_data["unit"].name
        }

    def run(self, by: Actor) -> None:
        ending.end(self.cleaned_data["unit"], decision=self.decision, by=by)
