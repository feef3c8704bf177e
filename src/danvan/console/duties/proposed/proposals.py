"""Đề xuất: duties that danvan proposes from documents' dates; laid on units, or passed over."""

from collections.abc import Iterable
from dataclasses import dataclass
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
from danvan.duties.choices import PROPOSED_BY_ITSELF, AssignmentState
from danvan.duties.following import follow_ups, laying
from danvan.duties.models import Assignment, Duty
from danvan.org.access import require
from danvan.org.models import Unit
from danvan.org.resolving import NameBook, units_of
from danvan.refusals import NotAccepted

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


urlpatterns = [
    path("nhiem-vu/de-xuat/", proposals, name="proposals"),
    path("nhiem-vu/de-xuat/giao/", lay, name="lay_proposals"),
    path("nhiem-vu/de-xuat/bo-qua/", pass_over, name="pass_over_proposals"),
    path("nhiem-vu/de-xuat/hoan-tac/", take_back, name="take_back_proposals"),
    path("nhiem-vu/de-xuat/<uuid:pk>/don-vi/", choose, name="choose_units"),
]
