"""A file brought."""

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.console.day_field import DayField
from danvan.console.doors import Request, officer
from danvan.console.uploads import too_large
from danvan.files.actions import empty
from danvan.org import access
from danvan.org.access import require
from danvan.org.importing import drafts
from danvan.org.sheets.shape import NotRead


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Tệp Excel (.xlsx) hoặc CSV"),
        help_text=gettext_lazy("Trang “Đơn vị”, trang “Con người”, hoặc cả hai; đến 20.000 dòng."),
        error_messages={"required": gettext_lazy("Chọn tệp rồi bấm Xem trước.")},
    )
    default_on = DayField(
        label=gettext_lazy("Dòng không ghi Từ ngày thì tính từ ngày"), initial=clock.today
    )


@officer
def begin(request: Request) -> HttpResponse:
    """Where a file is brought, and what was brought before."""
    require(access.can_change_units(request.actor))
    if request.method != "POST":
        return _begin(request, FileForm())
    form = FileForm(request.POST, request.FILES)
    if reason := too_large(request):
        form.fields["file"].error_messages["required"] = reason
    if file := request.FILES.get("file"):
        form.fields["file"].error_messages["empty"] = empty(file.name or "")
    if form.is_valid():
        file = form.cleaned_data["file"]
        day = form.cleaned_data["default_on"]
        try:
            made = drafts.draft(file.read(), file.name, default_on=day, by=request.actor)
        except NotRead as refusal:
            form.add_error("file", _(refusal.msgid) % refusal.values)
        else:
            return redirect("console:import_preview", made.pk)
    return _begin(request, form)


def _begin(request: Request, form: FileForm) -> HttpResponse:
    context = {
        "form": form,
        "limit": settings.DANVAN_UPLOAD_LIMIT,
        "imports": list(drafts.drafts_of(request.actor).defer("rows")[:10]),
        "can_manage_people": access.can_manage_people(request.actor),
        "today": clock.today(),
    }
    status = 400 if form.errors else 200
    return render(request, "console/org/import.html", context, status=status)
