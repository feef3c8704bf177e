"""The matrix of a year: units down, assignments across."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.console.choosing import offer
from danvan.console.doors import Request, officer
from danvan.documents.models import Document
from danvan.duties import access, actions
from danvan.duties.models import Duty
from danvan.org.access import require
from danvan.org.choices import Level
from danvan.org.resolving import NameBook

from .matrices import Matrix, matrix_of
from .rows import rows_of, say_reminded


class MatrixFilter(forms.Form):
    """The filters of the matrix; all of them stand in the address."""

    year = forms.TypedChoiceField(label=gettext_lazy("Năm"), coerce=int, required=False)
    group = forms.ChoiceField(label=gettext_lazy("Nhóm đơn vị"), required=False)
    document = forms.ChoiceField(label=gettext_lazy("Văn bản nguồn"), required=False)

    def __init__(
        self, *args: Any, book: NameBook, documents: list[Document], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        this_year = clock.today().year
        offer(self, "year", [(year, year) for year in (this_year, this_year - 1)])
        groups = [(code, f"{label} ({count})") for code, label, count in book.groups()]
        offer(self, "group", [("", _("Cấp tỉnh và cấp huyện")), *groups])
        offer(
            self,
            "document",
            [
                ("", _("Tất cả")),
                *[(str(one.pk), str(one)) for one in documents],
            ],
        )


def _matrix_page(request: Request) -> tuple[MatrixFilter, Matrix]:
    actor, today = request.actor, clock.today()
    book = NameBook(today)
    documents = list(Document.objects.filter(duties__assignments__isnull=False).distinct())
    form = MatrixFilter(request.GET, book=book, documents=documents)
    chosen = form.cleaned_data if form.is_valid() else {}
    year = chosen.get("year") or today.year
    found = access.visible_to(actor).filter(
        assigned_at__gte=clock.start_of_year(year), assigned_at__lt=clock.start_of_year(year + 1)
    )
    if chosen.get("group"):
        found = found.filter(unit__pk__in=book.group(chosen["group"]))
    else:  # communes are followed by their districts
        found = found.exclude(unit__level=Level.COMMUNE)
    if chosen.get("document"):
        found = found.filter(duty__document=chosen["document"])
    return form, matrix_of(rows_of(found))


@officer
def matrix(request: Request) -> HttpResponse:
    """Unit × assignment: who is in time, late, missing, returned."""
    require(access.can_see_matrix(request.actor))
    form, found = _matrix_page(request)
    context = {
        "form": form,
        "matrix": found,
        "can_remind": access.can_remind(request.actor),
        "unassigned": Duty.objects.filter(assignments=None).count(),
    }
    return render(request, "console/duties/matrix.html", context)


@require_POST
@officer
def remind_all(request: Request) -> HttpResponse:
    """Remind every unit that is late in the matrix as it is filtered."""
    found = _matrix_page(request)[1]
    late = [one for one in found.assignments if one.is_overdue]
    say_reminded(request, actions.remind(late, by=request.actor))
    return redirect(f"{reverse('console:matrix')}?{request.GET.urlencode()}")
