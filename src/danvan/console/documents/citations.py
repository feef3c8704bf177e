"""“Viện dẫn chưa rõ”: citations that mean no known document yet; one decision for all printed alike."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan.console.day_field import DayField
from danvan.console.doors import Request, officer
from danvan.console.typed import as_uuid, counted
from danvan.documents import access
from danvan.documents.citations import cards, settling
from danvan.org.access import require
from danvan.refusals import NotAccepted

from .validity import find

PAGE = 25


class CardForm(forms.Form):
    """What is known of a document without its text."""

    kind = forms.CharField(
        label=gettext_lazy("Loại văn bản"),
        max_length=60,
        error_messages={"required": gettext_lazy("Ghi loại văn bản, ví dụ Kế hoạch.")},
    )
    number = forms.CharField(label=gettext_lazy("Số, ký hiệu"), max_length=80, required=False)
    issued_on = DayField(label=gettext_lazy("Ngày ban hành"), required=False)
    issuer = forms.CharField(label=gettext_lazy("Cơ quan ban hành"), max_length=300, required=False)
    title = forms.CharField(
        label=gettext_lazy("Trích yếu"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@officer
def citations(request: Request) -> HttpResponse:
    """The work list; what most documents wait for comes first."""
    require(access.can_settle(request.actor))
    number = max(1, counted(request.GET.get("page", "")))
    start = (number - 1) * PAGE
    groups = settling.groups(start, start + PAGE + 1)
    context = {
        "groups": groups[:PAGE],
        "count": settling.how_many(),
        "has_next": len(groups) > PAGE,
        "next": number + 1,
        "decided": settling.decided() if number == 1 else [],
    }
    return render(request, "console/documents/citations.html", context)


@officer
def citation(request: Request) -> HttpResponse:
    """One group: where it stands, what may be meant, a search, and a card to be made."""
    require(access.can_settle(request.actor))
    alike = request.GET.get("alike", "")
    found = settling.group(alike)
    if found is None:
        messages.info(request, _("Viện dẫn này đã được xác định."))
        return redirect("console:citations")
    words = request.GET.get("q", "").strip()
    return _group(request, found, CardForm(initial=_facts(found)), words=words)


def _facts(found: settling.Group) -> dict[str, Any]:
    facts = settling.facts_of(found.sample)
    return {name: getattr(facts, name) for name in CardForm.base_fields}


def _group(
    request: Request, found: settling.Group, form: CardForm, *, words: str = ""
) -> HttpResponse:
    context = {
        "group": found,
        "documents": settling.citing_documents(found.alike),
        "words": words,
        "found": find(words, request),
        "form": form,
    }
    status = 400 if form.errors else 200
    return render(request, "console/documents/citation.html", context, status=status)


@require_POST
@officer
def choose(request: Request) -> HttpResponse:
    """All citations printed so mean the chosen document."""
    require(access.can_settle(request.actor))
    alike = request.POST.get("alike", "")
    known = access.visible_to(request.actor).registered()
    document = get_object_or_404(known, pk=as_uuid(request.POST.get("document", "")))
    count = settling.choose(alike, document, by=request.actor)
    if count:
        _say(
            request,
            _("Đã nối %(count)d viện dẫn với %(document)s.")
            % {"count": count, "document": document},
        )
    return redirect("console:citations")


@require_POST
@officer
def set_aside(request: Request) -> HttpResponse:
    require(access.can_settle(request.actor))
    alike = request.POST.get("alike", "")
    count = settling.set_aside(alike, by=request.actor)
    if count:
        _say(request, _("%(count)d viện dẫn không cần liên kết.") % {"count": count})
    return redirect("console:citations")


@require_POST
@officer
def make_card(request: Request) -> HttpResponse:
    """A card of the document that is printed, as it is or as it was corrected."""
    require(access.can_settle(request.actor))
    alike = request.POST.get("alike", "")
    found = settling.group(alike)
    if found is None:
        return redirect("console:citations")
    is_as_printed = "kind" not in request.POST
    form = CardForm(_facts(found) if is_as_printed else request.POST)
    if not form.is_valid():
        return _group(request, found, form)
    try:
        document, count = settling.make_card(
            alike, cards.Facts(**form.cleaned_data), by=request.actor
        )
    except NotAccepted as refusal:
        form.add_error("number", str(refusal))
        return _group(request, found, form)
    words = _("Đã ghi %(document)s vào sổ, nối %(count)d viện dẫn.")
    _say(request, words % {"document": document, "count": count})
    return redirect("console:citations")


@require_POST
@officer
def undo(request: Request) -> HttpResponse:
    require(access.can_settle(request.actor))
    count = settling.undo(request.POST.get("alike", ""), by=request.actor)
    messages.success(request, _("Đã hoàn tác %(count)d viện dẫn.") % {"count": count})
    return redirect("console:citations")


def _say(request: Request, words: str) -> None:
    """What was done, with the way back."""
    there = f"{reverse('console:citations')}#da-quyet"
    messages.success(request, format_html('{} <a href="{}">{}</a>', words, there, _("Hoàn tác")))


urlpatterns: list[Any] = [
    path("van-ban/vien-dan/", citations, name="citations"),
    path("van-ban/vien-dan/nhom/", citation, name="citation"),
    path("van-ban/vien-dan/chon/", choose, name="choose_document"),
    path("van-ban/vien-dan/bo-qua/", set_aside, name="set_aside_citation"),
    path("van-ban/vien-dan/lap-the/", make_card, name="make_card"),
    path("van-ban/vien-dan/hoan-tac/", undo, name="undo_citation"),
]
