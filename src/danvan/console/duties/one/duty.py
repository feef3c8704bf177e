"""One duty with all that are to do it; duties laid on nobody yet."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.console.choosing import offer
from danvan.console.doors import Request, officer
from danvan.console.duties.proposed import study
from danvan.console.duties.rows import rows_of
from danvan.console.phrases import sentences
from danvan.duties import access, actions, cascading
from danvan.duties.deadlines import clashing
from danvan.duties.models import Duty
from danvan.org.access import require
from danvan.org.models import Unit
from danvan.org.resolving import NameBook, units_of


class AssignForm(forms.Form):
    """Whom a duty is laid on: units, a group, or both."""

    units = forms.MultipleChoiceField(
        label=gettext_lazy("Đơn vị"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=gettext_lazy("Giữ phím Ctrl để chọn nhiều đơn vị."),
    )
    group = forms.ChoiceField(label=gettext_lazy("Nhóm đơn vị"), required=False)

    def __init__(self, *args: Any, book: NameBook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book
        named = Unit.objects.named(book.as_of).existing(book.as_of).exclude(level="commune")
        offer(self, "units", [(str(one.pk), one.name) for one in named])
        groups = [(code, f"{label} ({count})") for code, label, count in book.groups()]
        offer(self, "group", [("", "—"), *groups])

    def chosen(self) -> list[Unit]:
        ids = set(self.cleaned_data["units"])
        if self.cleaned_data["group"]:
            ids |= self.book.group(self.cleaned_data["group"])
        return units_of(ids, self.book.as_of)


@officer
def duty(request: Request, pk: str) -> HttpResponse:
    """A duty with all its assignments; the coordinator lays it on units."""
    found = get_object_or_404(Duty.objects.select_related("document"), pk=pk)
    if not access.can_see_duty(request.actor, found):
        raise Http404
    if request.method == "POST":
        require(access.can_assign(request.actor))
    form = AssignForm(request.POST or None, book=NameBook(clock.today()))
    if request.method == "POST" and form.is_valid():
        fresh = actions.assign(found, actions.Doers(lead=form.chosen()), by=request.actor)
        messages.success(request, _("Đã giao %(count)d việc.") % {"count": len(fresh)})
        return redirect("console:duty", pk)
    rows = rows_of(access.visible_to(request.actor).filter(duty=found).by_due())
    context = {
        "duty": found,
        "rows": rows,
        "form": form if access.can_assign(request.actor) else None,
        "clashes": clashing.of_duty(found),
        "study": study.shares(found, rows),
        "history": sentences(found),
    }
    return render(request, "console/duties/duty.html", context)


@officer
def unassigned(request: Request) -> HttpResponse:
    """Duties that no unit has yet: without a lead in the document, or laid on nobody."""
    require(access.can_assign(request.actor))
    rows = Duty.objects.filter(assignments=None).select_related("document")
    return render(request, "console/duties/unassigned.html", {"rows": list(rows)})


@officer
def left_behind(request: Request) -> HttpResponse:
    """Open work of units that ended and went wholly into none: somebody else must take it."""
    require(access.can_assign(request.actor))
    page = Paginator(cascading.left_by_ended_units(), 50).get_page(request.GET.get("page"))
    page.object_list = rows_of(page.object_list)
    return render(request, "console/duties/left_behind.html", {"page": page})
