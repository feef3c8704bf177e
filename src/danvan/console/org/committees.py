"""Steering committees: who sits in them by which decision, and whether they are still needed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count, Exists, OuterRef
from django.forms.formsets import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.console.day_field import DayField
from danvan.console.doors import Request, officer
from danvan.console.phrases import sentences
from danvan.org import access, committees
from danvan.org.access import require
from danvan.org.choices import Level, Position, ReviewOutcome, UnitKind
from danvan.org.committees import Seat
from danvan.org.events.decisions import NewUnit
from danvan.org.heirs import now_at
from danvan.org.models import CommitteeTerm, Membership, Unit, UnitName
from danvan.refusals import NotAccepted

from .people.choosing import PersonField, written
from .unit_choice import UnitField, called

EMPTY_ROWS = 5
TONES = {
    ReviewOutcome.KEPT: "done",
    ReviewOutcome.STRENGTHENED: "work",
    ReviewOutcome.ENDED: "idle",
}


# The list


@dataclass(frozen=True)
class Row:
    """A committee with its last term that has begun."""

    unit: Unit
    term: CommitteeTerm | None
    standing_body: str
    members: int
    is_there: bool

    @property
    def due_on(self) -> date | None:
        """When it is to be reviewed; nothing of one that ended."""
        return committees.review_due_on(self.term) if self.term and self.is_there else None

    @property
    def is_due(self) -> bool:
        return self.due_on is not None and self.due_on <= clock.today()

    @property
    def is_over(self) -> bool:
        """Its term ran out, and no other began."""
        upper = self.term.validity.upper if self.term else None
        return self.is_there and upper is not None and upper <= clock.today()

    @property
    def tone(self) -> str:
        known = self.term and self.term.outcome
        return TONES[ReviewOutcome(known)] if known else ""


def _rows(found: Iterable[Unit]) -> list[Row]:
    """Each with its last term, in two queries more however many there are."""
    today = clock.today()
    units = list(found)
    terms = CommitteeTerm.objects.filter(
        committee__in=units, validity__startswith__lte=today
    ).annotate(seats=Count("members"))
    last = {one.committee_id: one for one in terms.order_by("validity")}
    bodies = _bodies(_named({one.standing_body_id for one in last.values()}), last.values())
    there = set(Unit.objects.existing(today).filter(pk__in=last).values_list("pk", flat=True))
    return [
        Row(
            unit=one,
            term=(term := last.get(one.pk)),
            standing_body=bodies.get(term.standing_body_id, "") if term else "",
            members=term.seats if term else 0,
            is_there=term is None or one.pk in there,
        )
        for one in units
    ]


def _name(units: dict[UUID, Unit], pk: UUID | None) -> str:
    return units[pk].name if pk else ""


def _bodies(units: dict[UUID, Any], terms: Iterable[CommitteeTerm]) -> dict[UUID | None, str]:
    """Standing bodies by their names; one that ended with the unit that it went into."""
    today = clock.today()
    ids = {one.standing_body_id for one in terms if one.standing_body_id}
    now = _now(one for one in ids if not units[one].is_there)
    into = Unit.objects.named(today).in_bulk(set(now.values())) if now else {}
    return {
        one: _("%(body)s, nay là %(now)s") % {"body": units[one].name, "now": into[now[one]].name}
        if one in now
        else units[one].name
        for one in ids
    }


def _now(ended: Iterable[UUID]) -> dict[UUID, UUID]:
    """Unit that ended → the one that it went wholly into, where there is one."""
    found = list(ended)
    heirs = now_at(found, clock.today()) if found else {}
    return {one: unit for unit, left in heirs.items() for one in left}


def _named(ids: set[UUID | None]) -> dict[UUID, Any]:
    """By today's names, or the last ones; with whether they are still there."""
    today = clock.today()
    there = UnitName.objects.filter(unit=OuterRef("pk"), validity__contains=today)
    return Unit.objects.named(today).annotate(is_there=Exists(there)).in_bulk(ids - {None})


@officer
def listing(request: Request) -> HttpResponse:
    """Which committees there are, and which are to be reviewed."""
    require(access.can_see_units(request.actor))
    found = Unit.objects.named(clock.today()).filter(kind=UnitKind.COMMITTEE)
    rows = _rows(found)
    living = [one for one in rows if one.is_there]
    context = {
        "rows": sorted(living, key=lambda one: not one.is_due),
        "ended": [one for one in rows if not one.is_there],
        "due": sum(1 for one in living if one.is_due),
        "can_change": access.can_change_units(request.actor),
    }
    return render(request, "console/org/committees.html", context)


# One committee


@dataclass(frozen=True)
class Term:
    """One term on the committee's page: by which decision, who sat in it, what a review said."""

    term: CommitteeTerm
    standing_body: str
    seats: list["Sitting"]
    tone: str
    is_now: bool


@dataclass(frozen=True)
class Sitting:
    """A seat, with the unit by its name of the term."""

    seat: Membership
    unit: str


def _committee(pk: UUID) -> Unit:
    named = Unit.objects.named(clock.today()).filter(kind=UnitKind.COMMITTEE)
    return get_object_or_404(named, pk=pk)


def _terms(committee: Unit) -> list[Term]:
    """The newest first; names are those of today, or the last ones."""
    found = committee.terms.prefetch_related("members__person").order_by("-validity")
    terms = list(found)
    seats = {one.pk: list(one.members.all()) for one in terms}
    ids = {seat.unit_id for members in seats.values() for seat in members}
    units = _named({*ids, *(one.standing_body_id for one in terms)})
    bodies = _bodies(units, terms)
    return [
        Term(
            term=one,
            standing_body=bodies.get(one.standing_body_id, ""),
            seats=[Sitting(seat, _name(units, seat.unit_id)) for seat in seats[one.pk]],
            tone=TONES[ReviewOutcome(one.outcome)] if one.outcome else "",
            is_now=clock.today() in one.validity,
        )
        for one in terms
    ]


@officer
def committee(request: Request, pk: UUID) -> HttpResponse:
    """Its members in the order of the decision, its terms and reviews."""
    require(access.can_see_units(request.actor))
    found = _committee(pk)
    (row,) = _rows([found])
    terms = _terms(found)
    subjects = [found, *(one.term for one in terms)]
    told = [one for subject in subjects[:4] for one in sentences(subject)]
    context = {
        "committee": found,
        "row": row,
        "terms": terms,
        "history": sorted(told, key=lambda one: one.at, reverse=True),
        "can_change": row.is_there and access.can_change_units(request.actor),
    }
    return render(request, "console/org/committee.html", context)


# Forms


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


def _members(seats: "BaseFormSet[SeatForm]") -> list[Seat]:
    return [seat for form in seats.forms if (seat := form.seat)]


def _seats(request: Request, before: CommitteeTerm | None = None) -> "BaseFormSet[SeatForm]":
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


@officer
def set_up(request: Request) -> HttpResponse:
    """A new committee with its first term."""
    require(access.can_change_units(request.actor))
    form, seats = SetUpForm(request.POST or None), _seats(request)
    if _is_sent(request) and form.is_valid() and seats.is_valid():
        said = form.cleaned_data
        under = said["under"]
        level = Level(under.level)
        try:
            term = committees.set_up(
                NewUnit(said["name"], UnitKind.COMMITTEE, level),
                under=under,
                decision=said["decision"],
                standing_body=said["standing_body"],
                from_=said["from_"],
                to=said["to"],
                members=_members(seats),
                by=request.actor,
            )
        except NotAccepted as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã thành lập %(name)s.") % {"name": said["name"]})
            return redirect("console:committee", term.committee_id)
    return _term_page(request, form, seats, None)


@officer
def renew(request: Request, pk: UUID) -> HttpResponse:
    """Strengthen it: another term, which begins with the members of the one before."""
    require(access.can_change_units(request.actor))
    found = _committee(pk)
    before = found.terms.select_related("standing_body").order_by("validity").last()
    body = called(before.standing_body, clock.today()) if before and before.standing_body else ""
    form = TermForm(request.POST or None, initial={"standing_body": body})
    seats = _seats(request, before)
    if _is_sent(request) and form.is_valid() and seats.is_valid():
        try:
            committees.renew(found, **form.cleaned_data, members=_members(seats), by=request.actor)
        except NotAccepted as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã ghi nhiệm kỳ mới của ban."))
            return redirect("console:committee", pk)
    return _term_page(request, form, seats, found)


def _is_sent(request: Request) -> bool:
    """Sent to be kept, not only for more lines."""
    return request.method == "POST" and "more" not in request.POST


def _term_page(
    request: Request, form: TermForm, seats: "BaseFormSet[SeatForm]", found: Unit | None
) -> HttpResponse:
    status = 400 if _is_sent(request) else 200
    context = {"form": form, "seats": seats, "committee": found}
    return render(request, "console/org/committee_term.html", context, status=status)


@officer
def review(request: Request, pk: UUID) -> HttpResponse:
    """Keep it, strengthen it, or end it."""
    require(access.can_change_units(request.actor))
    found = _committee(pk)
    begun = found.terms.filter(validity__startswith__lte=clock.today())
    term = get_object_or_404(begun.order_by("-validity")[:1])
    form = ReviewForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        outcome = ReviewOutcome(said["outcome"])
        try:
            committees.review(term, **{**said, "outcome": outcome}, by=request.actor)
        except NotAccepted as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã ghi kết quả rà soát."))
            strengthens = outcome == ReviewOutcome.STRENGTHENED
            return redirect("console:renew_committee" if strengthens else "console:committee", pk)
    context = {"form": form, "committee": found, "term": term}
    status = 400 if form.errors else 200
    return render(request, "console/org/committee_review.html", context, status=status)


urlpatterns = [
    path("to-chuc/ban-chi-dao/", listing, name="committees"),
    path("to-chuc/ban-chi-dao/them/", set_up, name="set_up_committee"),
    path("to-chuc/ban-chi-dao/<uuid:pk>/", committee, name="committee"),
    path("to-chuc/ban-chi-dao/<uuid:pk>/kien-toan/", renew, name="renew_committee"),
    path("to-chuc/ban-chi-dao/<uuid:pk>/ra-soat/", review, name="review_committee"),
]
