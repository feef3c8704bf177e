"""What is asked where units merge or split."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.console.org.unit_choice import UnitsField
from danvan.org.actors import Actor
from danvan.org.choices import Level, UnitKind
from danvan.org.events import merging, splitting
from danvan.org.events.decisions import NewUnit
from danvan.org.models import Unit

from .forms import DecisionForm, unit_field


class MergeForm(DecisionForm):
    """Into a unit that goes on, or a new one that is described below it."""

    units = UnitsField(label=gettext_lazy("Các đơn vị nhập lại"))
    into = unit_field(
        gettext_lazy("Nhập vào đơn vị đang có"),
        required=False,
        help_text=gettext_lazy("Để trống nếu thành đơn vị mới, và ghi đơn vị mới bên dưới."),
    )
    name = forms.CharField(label=gettext_lazy("Tên đơn vị mới"), max_length=200, required=False)
    short_name = forms.CharField(label=gettext_lazy("Tên viết tắt"), max_length=100, required=False)
    unit_kind = forms.ChoiceField(
        label=gettext_lazy("Loại đơn vị"),
        choices=[("", gettext_lazy("Như các đơn vị nhập lại")), *UnitKind.choices],
        required=False,
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Cấp"),
        choices=[("", gettext_lazy("Như các đơn vị nhập lại")), *Level.choices],
        required=False,
    )
    under = unit_field(
        gettext_lazy("Trực thuộc"),
        required=False,
        help_text=gettext_lazy("Để trống nếu như các đơn vị nhập lại."),
    )
    field_order = ["units", "into", "name", "short_name", "unit_kind", "level", "under"]

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("into") and said.get("name"):
            self.add_error("name", _("Chọn một: nhập vào đơn vị đang có, hoặc tên đơn vị mới."))
        elif "into" in said and not said["into"] and not said.get("name"):
            self.add_error("into", _("Ghi đơn vị nhận, hoặc tên đơn vị mới bên dưới."))

    @property
    def _into(self) -> Unit | NewUnit:
        said = self.cleaned_data
        into: Unit | None = said["into"]
        if into:
            return into
        first = said["units"][0]
        return NewUnit(
            name=said["name"],
            kind=UnitKind(said["unit_kind"] or first.kind),
            level=Level(said["level"] or first.level),
            short_name=said["short_name"],
        )

    def sentence(self) -> str:
        said = self.cleaned_data
        into = said["into"]
        ended = [one.name for one in said["units"] if one != into]
        if into:
            words = _(
                "%(units)s kết thúc và nhập vào %(name)s; đơn vị bên dưới chuyển về %(name)s."
            )
        else:
            words = _(
                "%(units)s kết thúc và hợp nhất thành %(name)s (mới); đơn vị bên dưới chuyển về %(name)s."
            )
        return words % {"units": ", ".join(ended), "name": into.name if into else said["name"]}

    def run(self, by: Actor) -> None:
        said = self.cleaned_data
        merging.merge(said["units"], self._into, under=said["under"], decision=self.decision, by=by)


class SplitForm(DecisionForm):
    unit = unit_field(gettext_lazy("Đơn vị được chia, tách"))
    keeps = forms.ChoiceField(
        label=gettext_lazy("Đơn vị cũ"),
        choices=[
            ("no", gettext_lazy("Kết thúc: được chia hết")),
            ("yes", gettext_lazy("Vẫn còn: một phần được tách ra")),
        ],
        widget=forms.RadioSelect,
        initial="no",
    )
    parts = forms.CharField(
        label=gettext_lazy("Các đơn vị mới"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=gettext_lazy("Mỗi dòng một tên."),
    )
    unit_kind = forms.ChoiceField(
        label=gettext_lazy("Loại của các đơn vị mới"),
        choices=[("", gettext_lazy("Như đơn vị cũ")), *UnitKind.choices],
        required=False,
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Cấp của các đơn vị mới"),
        choices=[("", gettext_lazy("Như đơn vị cũ")), *Level.choices],
        required=False,
    )
    others = UnitsField(
        label=gettext_lazy("Đơn vị đang có nhận một phần"),
        required=False,
        help_text=gettext_lazy("Để trống nếu chỉ thành đơn vị mới."),
    )
    field_order = ["unit", "keeps", "parts", "unit_kind", "level", "others"]

    def clean_parts(self) -> list[str]:
        return [one.strip() for one in self.cleaned_data["parts"].splitlines() if one.strip()]

    def clean(self) -> None:
        said = self.cleaned_data
        if "others" in said and not said.get("parts") and not said["others"]:
            self.add_error("parts", _("Ghi đơn vị mới, hoặc đơn vị đang có nhận một phần."))

    def sentence(self) -> str:
        said = self.cleaned_data
        names = [*said["parts"], *(one.name for one in said["others"])]
        if said["keeps"] == "no":
            words = _("%(unit)s kết thúc và chia thành %(parts)s.")
        elif said["others"]:
            words = _("Một phần %(unit)s chuyển sang %(parts)s; %(unit)s vẫn còn.")
        else:
            words = _("Một phần %(unit)s tách thành %(parts)s; %(unit)s vẫn còn.")
        return words % {"unit": said["unit"].name, "parts": ", ".join(names)}

    def run(self, by: Actor) -> None:
        said = self.cleaned_data
        unit = said["unit"]
        kind = UnitKind(said["unit_kind"] or unit.kind)
        level = Level(said["level"] or unit.level)
        parts = [*(NewUnit(name, kind, level) for name in said["parts"]), *said["others"]]
        splitting.split(unit, parts, keeps=said["keeps"] == "yes", decision=self.decision, by=by)
