from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from danvan.audit.models import AuditEntry
from danvan.org.access import can_see_audit, require

from .doors import Request, officer
from .phrases import sentence


@officer
def journal(request: Request) -> HttpResponse:
    """Who did what, when; in sentences."""
    require(can_see_audit(request.actor))
    page = Paginator(AuditEntry.objects.all(), 50).get_page(request.GET.get("page"))
    rows = [(entry, sentence(entry)) for entry in page]
    return render(request, "console/audit/journal.html", {"page": page, "rows": rows})


urlpatterns = [path("nhat-ky/", journal, name="audit")]
