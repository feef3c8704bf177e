"""“Sửa liên kết”: one citation at its place, what it means, and what it may mean instead."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan.console.doors import Request, officer
from danvan.console.typed import as_uuid
from danvan.documents import access
from danvan.documents import actions as documents
from danvan.documents.choices import Relation
from danvan.documents.citations import places, settling
from danvan.documents.models import Citation
from danvan.org.access import require

from .validity import find


def _citations(request: Request) -> QuerySet[Citation]:
    """Those that stand in a text; a link that says what a document carries out is none."""
    require(access.can_settle(request.actor))
    found = Citation.objects.filter(document__in=access.visible_to(request.actor))
    return found.exclude(relation=Relation.CONCRETISES).select_related("document", "target")


@officer
def between(request: Request, lower: UUID, upper: UUID) -> HttpResponse:
    """The first place at which one document cites the other."""
    found = _citations(request).filter(document=lower, target=upper).order_by("start", "id").first()
    if found is None:
        return redirect("console:cut_concretising", lower, upper)
    return redirect("console:citation_place", found.pk)


@officer
def place(request: Request, pk: UUID) -> HttpResponse:
    found = get_object_or_404(_citations(request), pk=pk)
    words = request.GET.get("q", "").strip()
    suggested = settling.suggestions([found]).get(found.alike, [])
    context = {
        "citation": found,
        "alike": places.how_many_alike(found),
        "suggestions": [one for one in suggested if one.document.pk != found.target_id],
        "words": words,
        "found": [one for one in find(words, request) if one.pk != found.target_id],
    }
    return render(request, "console/documents/citation_place.html", context)


@require_POST
@officer
def relink(request: Request, pk: UUID) -> HttpResponse:
    """To the chosen document, to none, or as the machine finds it."""
    found = get_object_or_404(_citations(request), pk=pk)
    if "back" in request.POST:
        places.give_back(found, by=request.actor)
        messages.success(request, _("Đã để hệ thống tự xác định lại viện dẫn này."))
        return redirect("console:citation_place", found.pk)
    chosen = None
    if "cut" not in request.POST:
        known = access.visible_to(request.actor).registered()
        chosen = get_object_or_404(known, pk=as_uuid(request.POST.get("document", "")))
    everywhere = "everywhere" in request.POST
    count = places.relink(found, chosen, by=request.actor, everywhere=everywhere)
    if count and chosen:
        words = _("Đã nối %(count)d viện dẫn với %(document)s.")
        messages.success(request, words % {"count": count, "document": chosen})
    elif count:
        messages.success(request, _("Đã cắt liên kết của %(count)d viện dẫn.") % {"count": count})
    return redirect("console:citation_place", found.pk)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Ghi lý do cắt liên kết.")},
    )


@officer
def cut_concretising(request: Request, lower: UUID, upper: UUID) -> HttpResponse:
    """A link that was made when a plan was handed in, without a citation: cut with a reason."""
    require(access.can_settle(request.actor))
    visible = access.visible_to(request.actor)
    plan, directive = (get_object_or_404(visible, pk=pk) for pk in (lower, upper))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        documents.cut_concretising(plan, directive, by=request.actor, reason=reason)
        messages.success(
            request,
            _("Đã cắt liên kết: %(lower)s không cụ thể hóa %(upper)s.")
            % {"lower": plan, "upper": directive},
        )
        return redirect("console:graph_table", upper)
    link = documents.said_to_concretise(plan, directive).first()
    if link is None:
        messages.info(request, _("Giữa hai văn bản không có liên kết nào ghi bằng tay."))
        return redirect("console:document", lower)
    context = {"lower": plan, "upper": directive, "link": link, "form": form}
    status = 400 if form.errors else 200
    return render(request, "console/documents/cut_concretising.html", context, status=status)


urlpatterns: list[Any] = [
    path("van-ban/<uuid:lower>/vien-dan/<uuid:upper>/", between, name="citation_between"),
    path("van-ban/vien-dan/<uuid:pk>/", place, name="citation_place"),
    path(
        "van-ban/<uuid:lower>/cu-the-hoa/<uuid:upper>/cat/",
        cut_concretising,
        name="cut_concretising",
    ),
    path("van-ban/vien-dan/<uuid:pk>/noi/", relink, name="relink_citation"),
]
