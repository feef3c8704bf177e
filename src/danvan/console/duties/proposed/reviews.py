"""Lịch sơ kết, tổng kết: the calendar of reviews, made duties or not yet."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.console.choosing import offer
from danvan.console.doors import Request, officer
from danvan.documents.models import Document
from danvan.duties import access
from danvan.duties.choices import ENDED, AssignmentState, Origin
from danvan.duties.following import follow_ups
from danvan.duties.models import Assignment, Duty
from danvan.org.access import require


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
        Review(one.action, one.document, one.nominal, one.sentence)
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
]
