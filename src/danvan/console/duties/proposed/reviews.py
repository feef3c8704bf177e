"""Lịch sơ kết, tổng kết: the calendar of reviews, made duties or not yet."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.console.choosing import offer
from danvan.console.day_field import DayField
from danvan.console.doors import Request, officer
from danvan.console.typed import as_uuid
from danvan.documents.models import Document
from danvan.duties import access
from danvan.duties.choices import ENDED, AssignmentState, Origin
from danvan.duties.following import follow_ups
from danvan.duties.following.rules_in_force import FollowUp
from danvan.duties.models import Assignment, Duty
from danvan.org.access import require
from danvan.refusals import NotAccepted


@dataclass(frozen=True)
class Review:
    """One review: by the dates of its document, made a duty or not yet."""

    label: str
    document: Document | None
    due_on: date
    sentence: str = ""  # of the text, where it sets the day itself
    duty: Duty | None = None
    done: int = 0
    given: int = 0
    late: int = 0
    is_passed_over: bool = False
    key: str = ""  # of what follows, where it is no duty yet

    @property
    def is_missed(self) -> bool:
        return self.duty is None and self.due_on < clock.today()

    @property
    def is_open(self) -> bool:
        return not self.is_passed_over and (not self.given or self.done < self.given)

    @property
    def tone_and_words(self) -> tuple[str, str]:
        if self.duty is None:
            if self.is_missed:
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
    coming = [
        Review(one.action, one.document, one.nominal, one.sentence, key=one.key)
        for one in _not_made(year)
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


def _not_made(year: int) -> list[FollowUp]:
    """Reviews of a year that are no duty yet, whatever day one was given."""
    found = follow_ups.coming(date(year, 1, 1), date(year, 12, 31), origins={Origin.REVIEW})
    there = set(
        Duty.objects.filter(item__in={one.key for one in found}).values_list("document", "item")
    )
    return [one for one in found if (_id(one), one.key) not in there]


def _id(one: FollowUp) -> UUID | None:
    return one.document.pk if one.document else None


class ProposeForm(forms.Form):
    due_on = DayField(
        label=gettext_lazy("Hạn làm"),
        help_text=gettext_lazy("Rơi vào ngày nghỉ thì lùi đến ngày làm việc kế tiếp."),
    )


@officer
def propose(request: Request) -> HttpResponse:
    """A review whose day passed before its document was known here: asked for a day, then proposed."""
    require(access.can_assign(request.actor))
    one = _asked_for(request)
    sent = request.POST if request.method == "POST" else None
    form = ProposeForm(sent, initial={"due_on": follow_ups.day_for_missed()})
    if sent is not None and form.is_valid():
        try:
            follow_ups.propose_missed(one, due_on=form.cleaned_data["due_on"], by=request.actor)
        except NotAccepted as refused:
            form.add_error("due_on", str(refused))
        else:
            messages.success(request, _("Đã đề xuất. Chọn Giao để giao cho đơn vị."))
            return redirect("console:proposals")
    context = {"one": one, "form": form, "year": one.nominal.year}
    status = 400 if form.errors else 200
    return render(request, "console/duties/proposal_review_missed.html", context, status=status)


def _asked_for(request: Request) -> FollowUp:
    """The one that the address names, while it is no duty."""
    year, key = request.GET.get("nam", ""), request.GET.get("moc", "")
    if not re.fullmatch(r"20\d\d", year):
        raise Http404
    document = as_uuid(request.GET.get("van-ban", ""))
    for one in _not_made(int(year)):
        if (_id(one), one.key) == (document, key):
            return one
    raise Http404


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
                sentence=rows[0].duty.sentence,
                duty=rows[0].duty,
                done=sum(one.state == AssignmentState.DONE for one in laid),
                given=len(laid),
                late=sum(one.is_overdue for one in laid),
                is_passed_over=all(one.state == AssignmentState.RESCINDED for one in rows),
            )
        )
    return found


urlpatterns = [
    path("nhiem-vu/lich-tong-ket/", reviews, name="reviews"),
    path("nhiem-vu/lich-tong-ket/de-xuat/", propose, name="propose_review"),
]
