"""Assignments as a list."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.duties import access
from danvan.duties.choices import AssignmentState, Part
from danvan.org.access import require, works

from .rows import rows_of


class ListFilter(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("Trạng thái"),
        required=False,
        choices=[
            ("", gettext_lazy("Tất cả")),
            ("overdue", gettext_lazy("Quá hạn")),
            *AssignmentState.choices,
        ],
    )
    part = forms.ChoiceField(
        label=gettext_lazy("Vai trò"),
        required=False,
        choices=[("", gettext_lazy("Tất cả")), *Part.choices],
    )


@officer
def assignments(request: Request) -> HttpResponse:
    """All assignments that one may see, by due day."""
    require(works(request.actor))
    found = access.visible_to(request.actor).by_due()
    form = ListFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    if chosen.get("state") == "overdue":
        found = found.overdue(clock.today())
    elif chosen.get("state"):
        found = found.filter(state=chosen["state"])
    if chosen.get("part"):
        found = found.filter(part=chosen["part"])
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    page.object_list = rows_of(page.object_list)
    context = {"form": form, "page": page, "is_filtered": any(chosen.values())}
    return render(request, "console/duties/list.html", context)
