"""Đề xuất: duties that danvan proposes from documents' dates, and the calendar of reviews."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.console.choosing import offer
from danvan.console.doors import Request, officer
from danvan.console.duties.rows import rows_of
from danvan.console.org.unit_choice import UnitsField
from danvan.documents.models import Document
from danvan.duties import access
from danvan.duties.actions import NotAccepted
from danvan.duties.choices import (
    ENDED,
    PROPOSED_BY_ITSELF,
    AssignmentState,
    Origin,
)
from danvan.duties.following import follow_ups, laying
from danvan.duties.models import Assignment, Duty
from danvan.org.access import require
from danvan.org.models import Unit
from danvan.org.resolving import NameBook, units_of

_UNDO = "proposals.undo"  # what was laid or passed over last, so that it can be taken back
MOST = 500  # duties at once


@dataclass(frozen=True)
class Proposal:
    """A duty that is proposed, with the units that it is proposed for."""

    duty: Duty
    rows: list[Assignment]

    @property
    def first(self) -> Assignment:
        return self.rows[0]

    @property
    def is_for_many(self) -> bool:
        return len(self.rows) > 1


@dataclass(frozen=True)
class Group:
    """A document with all that is proposed from it; without one, what danvan knows itself."""

    document: Document | None
    proposals: list[Proposal]


def _proposals() -> list[Proposal]:
    """All that waits, the nearest day first."""
    waiting = Assignment.objects.filter(
        state=AssignmentState.PROPOSED, duty__origin__in=PROPOSED_BY_ITSELF
    )
    found: dict[UUID, Proposal] = {}
    for row in rows_of(waiting.by_due()[: MOST * 40]):
        found.setdefault(row.duty_id, Proposal(row.duty, [])).rows.append(row)
    return list(found.values())


def _groups(proposals: Iterable[Proposal]) -> list[Group]:
    groups: dict[UUID | None, Group] = {}
    for one in proposals:
        key = one.duty.document_id
        groups.setdefault(key, Group(one.duty.document, [])).proposals.append(one)
    return list(groups.values())


@officer
def proposals(request: Request) -> HttpResponse:
    """What is proposed, by document; each is laid on its units or passed over."""
    require(access.can_assign(request.actor))
    found = _proposals()
    context = {
        "groups": _groups(found),
        "count": len(found),
        "ahead": follow_ups.AHEAD,
        "undo": request.session.get(_UNDO),
    }
    return render(request, "console/duties/proposals.html", context)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do bỏ qua"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Việc đã bỏ qua không được đề xuất lại."),
    )


def _ids(request: Request) -> list[UUID]:
    """Those that were ticked, or the one whose own button was pressed."""
    named = [request.POST["only"]] if "only" in request.POST else request.POST.getlist("chosen")
    found = []
    for one in named[:MOST]:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


def _duties(request: Request) -> list[Duty]:
    waiting = Duty.objects.filter(origin__in=PROPOSED_BY_ITSELF, pk__in=_ids(request))
    return list(waiting.order_by("id"))


def _remember(request: Request, duties: Iterable[Duty], said: str) -> None:
    """Kept so that it can be undone from the page, until the next step."""
    request.session[_UNDO] = {"said": said, "duties": [str(one.pk) for one in duties]}


@require_POST
@officer
def lay(request: Request) -> HttpResponse:
    require(access.can_assign(request.actor))
    duties = _duties(request)
    rows = laying.lay(duties, by=request.actor)
    if rows:
        said = _("Đã giao %(duties)d nhiệm vụ cho %(units)d đơn vị.") % {
            "duties": len({one.duty_id for one in rows}),
            "units": len({one.unit_id for one in rows}),
        }
        _remember(request, duties, said)
    else:
        messages.warning(request, _("Chưa chọn đề xuất nào."))
    return redirect("console:proposals")


@require_POST
@officer
def pass_over(request: Request) -> HttpResponse:
    """Asks why, then passes over."""
    require(access.can_assign(request.actor))
    duties = _duties(request)
    if not duties:
        messages.warning(request, _("Chưa chọn đề xuất nào."))
        return redirect("console:proposals")
    form = ReasonForm(request.POST if "confirmed" in request.POST else None)
    if form.is_valid():
        count = laying.pass_over(duties, by=request.actor, reason=form.cleaned_data["reason"])
        _remember(request, duties, _("Đã bỏ qua %(count)d đề xuất.") % {"count": count})
        return redirect("console:proposals")
    context = {"form": form, "duties": duties}
    return render(
        request,
        "console/duties/proposal_pass_over.html",
        context,
        status=400 if form.is_bound else 200,
    )


@require_POST
@officer
def take_back(request: Request) -> HttpResponse:
    """Undo what was done last."""
    require(access.can_assign(request.actor))
    request.session.pop(_UNDO, None)
    count = laying.take_back(_duties(request), by=request.actor)
    if count:
        messages.success(request, _("Đã hoàn tác %(count)d nhiệm vụ.") % {"count": count})
    else:
        messages.warning(
            request, _("Không hoàn tác được: đơn vị đã tiếp nhận. Mở nhiệm vụ rồi chọn Thôi giao.")
        )
    return redirect("console:proposals")


class ChooseForm(forms.Form):
    """The units that a proposal is for: those it names, without some or with others."""

    use_required_attribute = False
    units = forms.MultipleChoiceField(
        label=gettext_lazy("Đơn vị được đề xuất"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Bỏ chọn đơn vị không phải làm việc này."),
    )
    group = forms.ChoiceField(label=gettext_lazy("Thêm nhóm đơn vị"), required=False)
    more = UnitsField(label=gettext_lazy("Thêm đơn vị"), required=False)

    def __init__(self, *args: Any, rows: list[Assignment], book: NameBook, **kwargs: Any) -> None:
        named = [str(one.unit_id) for one in rows]
        super().__init__(*args, **kwargs)
        self.initial["units"] = named
        self.book = book
        offer(self, "units", [(str(one.unit_id), one.unit.name) for one in rows])
        groups = [(code, f"{label} ({count})") for code, label, count in book.groups()]
        offer(self, "group", [("", "—"), *groups])

    def chosen(self) -> list[Unit]:
        said = self.cleaned_data
        ids = {*said["units"], *(str(one.pk) for one in said["more"])}
        if said["group"]:
            ids |= self.book.group(said["group"])
        return units_of(ids, self.book.as_of)


@officer
def choose(request: Request, pk: UUID) -> HttpResponse:
    """Other units than the rule named; then it is laid at once, or waits on."""
    require(access.can_assign(request.actor))
    duty = get_object_or_404(
        Duty.objects.select_related("document"), pk=pk, origin__in=PROPOSED_BY_ITSELF
    )
    rows = rows_of(duty.assignments.filter(state=AssignmentState.PROPOSED).order_by("id"))
    sent = request.POST if request.method == "POST" else None
    form = ChooseForm(sent, rows=rows, book=NameBook(clock.today()))
    if sent is not None and form.is_valid():
        try:
            laying.choose(duty, form.chosen(), by=request.actor)
        except NotAccepted as refused:
            form.add_error("units", str(refused))
        else:
            if "lay" in request.POST:
                laid = laying.lay([duty], by=request.actor)
                words = _("Đã giao 1 nhiệm vụ cho %(units)d đơn vị.") % {"units": len(laid)}
                _remember(request, [duty], words)
            return redirect("console:proposals")
    context = {"duty": duty, "rows": rows, "form": form}
    status = 400 if form.errors else 200
    return render(request, "console/duties/proposal_units.html", context, status=status)


# The calendar of reviews


@dataclass(frozen=True)
class Review:
    """One review: by the dates of its document, made a duty or not yet."""

    label: str
    document: Document | None
    due_on: date
    duty: Duty | None = None
    done: int = 0
    given: int = 0
    late: int = 0
    is_passed_over: bool = False

    @property
    def is_open(self) -> bool:
        return not self.is_passed_over and (not self.given or self.done < self.given)

    @property
    def tone_and_words(self) -> tuple[str, str]:
        if self.duty is None:
            if self.due_on < clock.today():
                return "warn", _("Đã qua, chưa lập nhiệm vụ")
            return "idle", _("Chưa đến lúc đề xuất")
        if self.is_passed_over:
            return "idle", _("Đã bỏ qua")
        if not self.given:
            return "wait", _("Chờ giao")
        if self.done == self.given:
            return "done", _("Hoàn thành")
        if self.late:
            return "late", _("Quá hạn, xong %(done)d/%(given)d") % {
                "done": self.done,
                "given": self.given,
            }
        return "work", _("Đã giao, xong %(done)d/%(given)d") % {
            "done": self.done,
            "given": self.given,
        }


class YearForm(forms.Form):
    nam = forms.TypedChoiceField(label=gettext_lazy("Năm"), coerce=int, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = clock.today().year
        offer(self, "nam", [(year, year) for year in range(this_year - 1, this_year + 6)])


@officer
def reviews(request: Request) -> HttpResponse:
    """Lịch sơ kết, tổng kết of a year: documents with their review days, and how far each is."""
    require(access.can_see_matrix(request.actor))
    form = YearForm(request.GET or {"nam": clock.today().year})
    year = (form.cleaned_data["nam"] if form.is_valid() else None) or clock.today().year
    first, last = date(year, 1, 1), date(year, 12, 31)
    made = _made(first, last)
    there = {(one.document.pk if one.document else None, one.duty.item) for one in made if one.duty}
    coming = [
        Review(one.action, one.document, one.nominal)
        for one in follow_ups.coming(first, last, origins={Origin.REVIEW})
        if (one.document.pk if one.document else None, one.key) not in there
    ]
    rows = sorted([*made, *coming], key=lambda one: one.due_on)
    context = {
        "form": form,
        "year": year,
        "rows": rows,
        "open": sum(one.is_open for one in rows),
        "can_assign": access.can_assign(request.actor),
    }
    return render(request, "console/duties/proposal_reviews.html", context)


def _made(first: date, last: date) -> list[Review]:
    """Reviews that are duties already, whoever made them."""
    assigned = Assignment.objects.filter(
        duty__origin=Origin.REVIEW, due_on__gte=first, due_on__lte=last
    ).select_related("duty__document")
    by_duty: dict[UUID, list[Assignment]] = {}
    for row in assigned.order_by("due_on", "id"):
        by_duty.setdefault(row.duty_id, []).append(row)
    found = []
    for rows in by_duty.values():
        laid = [one for one in rows if one.state not in {*ENDED, AssignmentState.PROPOSED}]
        found.append(
            Review(
                label=rows[0].duty.action,
                document=rows[0].duty.document,
                due_on=min(one.due_on for one in rows if one.due_on),
                duty=rows[0].duty,
                done=sum(one.state == AssignmentState.DONE for one in laid),
                given=len(laid),
                late=sum(one.is_overdue for one in laid),
                is_passed_over=all(one.state == AssignmentState.RESCINDED for one in rows),
            )
        )
    return found


urlpatterns = [
    path("nhiem-vu/de-xuat/", proposals, name="proposals"),
    path("nhiem-vu/de-xuat/giao/", lay, name="lay_proposals"),
    path("nhiem-vu/de-xuat/bo-qua/", pass_over, name="pass_over_proposals"),
    path("nhiem-vu/de-xuat/hoan-tac/", take_back, name="take_back_proposals"),
    path("nhiem-vu/de-xuat/<uuid:pk>/don-vi/", choose, name="choose_units"),
    path("nhiem-vu/lich-tong-ket/", reviews, name="reviews"),
]
