"""A term with its seats, and its review, as forms."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.console.day_field import DayField
from danvan.console.doors import Request
from danvan.console.org.people.choosing import PersonField, written
from danvan.console.org.unit_choice import UnitField, called
from danvan.org.choices import Position, ReviewOutcome
from danvan.org.committees import Seat
from danvan.org.models import CommitteeTerm, Membership

if TYPE_CHECKING:
    from django.forms import BaseFormSet


EMPTY_ROWS = 5


class SeatForm(forms.Form):
    """A line of the decision's list; labels stand at the head of the columns."""

    use_required_attribute = False
    position = forms.ChoiceField(
        label=gettext_lazy("Vị trí trong ban"), choices=Position.choices, initial=Position.MEMBER
    )
    person = PersonField(label=gettext_lazy("Họ và tên"), required=False)
    unit = UnitField(label=gettext_lazy("Hoặc người đứng đầu"), required=False)
    title = forms.CharField(label=gettext_lazy("Chức vụ"), required=False, max_length=200)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        for field in self.fields.values():
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs |= {"class": kind, "aria-label": field.label}

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("person") and said.get("unit"):
            self.add_error("unit", _("Ghi người, hoặc đơn vị; không ghi cả hai."))
        elif said.get("title") and "person" in said and "unit" in said and not self._is_named:
            self.add_error("person", _("Ghi họ và tên, hoặc đơn vị của người đứng đầu."))

    @property
    def _is_named(self) -> bool:
        return bool(self.cleaned_data.get("person") or self.cleaned_data.get("unit"))

    @property
    def seat(self) -> Seat | None:
        """Nothing of a line that was left empty."""
        said = self.cleaned_data
        if not said or not self._is_named:
            return None
        return Seat(
            position=Position(said["position"]),
            person=said["person"],
            unit=said["unit"],
            title=said["title"],
        )


SeatSet = forms.formset_factory(SeatForm, extra=EMPTY_ROWS, max_num=200)


def members_of(seats: "BaseFormSet[SeatForm]") -> list[Seat]:
    return [seat for form in seats.forms if (seat := form.seat)]


def seats_of(request: Request, before: CommitteeTerm | None = None) -> "BaseFormSet[SeatForm]":
    """The lines as they were sent (with more of them, where that was asked for), or of a term."""
    if request.method == "POST":
        sent = request.POST.copy()
        if "more" in sent:
            typed = sent.get("seats-TOTAL_FORMS", "")
            count = int(typed) if typed.isdecimal() else 0
            sent["seats-TOTAL_FORMS"] = str(min(count + EMPTY_ROWS, 200))
        return SeatSet(sent, prefix="seats")
    members = before.members.select_related("person", "unit") if before else []
    return SeatSet(prefix="seats", initial=[_typed(one) for one in members])


def _typed(seat: Membership) -> dict[str, Any]:
    return {
        "position": seat.position,
        "person": written(seat.person, "") if seat.person else "",
        "unit": called(seat.unit, clock.today()) if seat.unit else "",
        "title": seat.title,
    }


class TermForm(forms.Form):
    """What a decision says of a term."""

    use_required_attribute = False
    decision = forms.CharField(
        label=gettext_lazy("Quyết định"),
        max_length=300,
        help_text=gettext_lazy("Số, ký hiệu, ngày và cơ quan ban hành."),
    )
    standing_body = UnitField(label=gettext_lazy("Cơ quan thường trực"), required=False)
    from_ = DayField(label=gettext_lazy("Từ ngày"), widget=forms.DateInput)
    to = DayField(
        label=gettext_lazy("Đến hết ngày"),
        required=False,
        widget=forms.DateInput,
        help_text=gettext_lazy("Để trống nếu quyết định không ghi."),
    )


class SetUpForm(TermForm):
    name = forms.CharField(label=gettext_lazy("Tên ban"), max_length=200)
    under = UnitField(label=gettext_lazy("Trực thuộc"))
    field_order = ["name", "under", "decision", "standing_body", "from_", "to"]


class ReviewForm(forms.Form):
    use_required_attribute = False
    outcome = forms.ChoiceField(
        label=gettext_lazy("Kết quả rà soát"),
        choices=ReviewOutcome.choices,
        widget=forms.RadioSelect,
    )
    on = DayField(label=gettext_lazy("Ngày"), widget=forms.DateInput)
    conclusion = forms.CharField(
        label=gettext_lazy("Kết luận"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Vì sao giữ, kiện toàn hay kết thúc."),
    )
    decision = forms.CharField(
        label=gettext_lazy("Quyết định kết thúc hoạt động"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Chỉ ghi khi ban kết thúc hoạt động."),
    )

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("outcome") == ReviewOutcome.ENDED and not said.get("decision"):
            self.add_error("decision", _("Ghi quyết định kết thúc hoạt động của ban."))
