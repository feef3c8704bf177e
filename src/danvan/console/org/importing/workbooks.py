"""Workbooks given out: what was left out, an empty one, the units and people of a day."""

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from danvan.console.doors import Request, officer
from danvan.console.org.unit_choice import day_asked
from danvan.files.rules import XLSX
from danvan.org import access
from danvan.org.access import require
from danvan.org.importing import blank, drafts, giving_out


@require_safe
@officer
def left_out(request: Request, pk: str) -> HttpResponse:
    """The bad rows with their reasons, to be corrected and brought again."""
    subject = get_object_or_404(drafts.drafts_of(request.actor), pk=pk)
    stem = subject.file_name.rpartition(".")[0] or subject.file_name
    return _workbook(giving_out.left_out(subject, by=request.actor), f"{stem} - dòng lỗi.xlsx")


@require_safe
@officer
def template(request: Request) -> HttpResponse:
    """A workbook to be filled in."""
    require(access.can_change_units(request.actor))
    return _workbook(blank.template(), "Mẫu đơn vị và con người.xlsx")


@officer
def export(request: Request) -> HttpResponse:
    """The units of a day; with people only on asking, since that is kept in the audit."""
    if request.method == "POST":
        day = day_asked(request.POST.get("date"))
        made = giving_out.export_with_people(day, by=request.actor)
        return _workbook(made, f"Đơn vị và con người {day}.xlsx")
    day = day_asked(request.GET.get("date"))
    return _workbook(giving_out.export_units(day, by=request.actor), f"Đơn vị {day}.xlsx")


def _workbook(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
