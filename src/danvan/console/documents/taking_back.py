"""“Rút xác nhận”: what would go away with a confirmation, and what stands in the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import pipeline
from danvan.console.doors import Request, officer
from danvan.documents import access
from danvan.duties.models import Assignment, Duty
from danvan.org.access import require
from danvan.refusals import NotAccepted

_PAGES = {Assignment: "console:assignment", Duty: "console:duty"}
_SHOWN = 20


class TakeBackForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do rút xác nhận"),
        max_length=500,
        help_text=gettext_lazy("Ví dụ: xác nhận nhầm bản dự thảo."),
        error_messages={"required": gettext_lazy("Ghi lý do rút xác nhận.")},
    )


@dataclass(frozen=True)
class Obstacle:
    said: str
    whose: str
    why: str
    url: str


def _obstacles(undone: pipeline.Undone) -> Iterator[Obstacle]:
    for one in undone.in_the_way[:_SHOWN]:
        page = _PAGES.get(type(one.subject))
        whose = one.subject.unit.name if isinstance(one.subject, Assignment) else ""
        url = reverse(page, args=[one.subject.pk]) if page else ""
        yield Obstacle(str(one.subject), whose, one.why, url)


@officer
def take_back(request: Request, pk: str) -> HttpResponse:
    """Says what goes and what stays, asks for a reason; refused where something was built on it."""
    found = get_object_or_404(access.visible_to(request.actor), pk=pk)
    require(access.can_take_back(request.actor, found))
    form = TakeBackForm(request.POST or None)
    if found.registered_on is None:
        return redirect("console:document", pk)
    if request.method == "POST" and form.is_valid():
        try:
            pipeline.take_back(found, by=request.actor, reason=form.cleaned_data["reason"])
        except NotAccepted as refusal:
            messages.error(request, str(refusal))
            return redirect("console:take_back", pk)
        messages.success(request, _("Đã rút xác nhận. Kết quả đọc lại chờ đối chiếu."))
        return redirect("console:proofread", pk)
    undone = pipeline.foresee_taking_back(found)
    context = {
        "document": found,
        "undone": undone,
        "obstacles": list(_obstacles(undone)),
        "more": max(0, len(undone.in_the_way) - _SHOWN),
        "form": form,
    }
    status = 400 if form.errors else 200
    return render(request, "console/documents/take_back.html", context, status=status)


urlpatterns: list[Any] = [path("van-ban/<uuid:pk>/rut-xac-nhan/", take_back, name="take_back")]
