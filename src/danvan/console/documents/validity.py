"""How a document holds: on its own page, in its history, and what rests on something that ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.console.choosing import offer
from danvan.console.day_field import DayField
from danvan.console.doors import Request, officer
from danvan.documents import access, validity
from danvan.documents.choices import ENDING, Relation, Validity, ValidityKind
from danvan.documents.limits import Limit, by_document, limits_of, resting_on_limited
from danvan.documents.models import Citation, Document, ValidityChange, squeeze
from danvan.documents.validity import EndedBasis, Proposal
from danvan.org.access import require
from danvan.refusals import NotAccepted
from danvan.workdays.rules import printed

from .register import HOLDS

_ROWS = 100
_FOUND = 20


@dataclass(frozen=True)
class Holding:
    """How a document holds today, in words."""

    state: Validity
    cause: ValidityChange | None  # that ended it
    is_verified: bool
    proposals: list[Proposal]
    bases: list[EndedBasis]  # what it rests on that ended
    limits: list[Limit]  # said of itself
    limited_bases: list[Limit]

    @property
    def tone(self) -> str:
        return HOLDS[self.state]


def beside(document: Document, cited: Iterable[Citation]) -> Holding | None:
    """What the document's page says of it; nothing before it is registered."""
    if document.registered_on is None:
        return None
    today = clock.today()
    said = list(document.validity_changes.filter(undone_at=None).select_related("by_document"))
    ends = [one for one in said if one.on == document.ended_on and one.kind in ENDING]
    begun = [one for one in said if one.kind == ValidityKind.IN_FORCE]
    bases = [one.target for one in cited if one.target and one.relation == Relation.BASIS]
    said_of = limits_of([document, *bases], today)
    return Holding(
        document.validity(today),
        ends[0] if ends else None,
        all(one.is_verified for one in ends or begun),
        validity.proposals_of(document),
        validity.ended_of(bases, today),
        [one for one in said_of if one.document.pk == document.pk],
        [one for one in said_of if one.document.pk != document.pk],
    )


class SayForm(forms.Form):
    """What happened to the document."""

    kind = forms.ChoiceField(label=gettext_lazy("Điều ghi nhận"))
    on = DayField(
        label=gettext_lazy("Từ ngày"),
        help_text=gettext_lazy(
            "Ngày đầu tiên của tình trạng mới. Hết hiệu lực từ 01/7/2023 thì 30/6/2023 là ngày cuối."
        ),
    )
    until = DayField(
        label=gettext_lazy("Ngưng hiệu lực đến hết ngày"),
        required=False,
        help_text=gettext_lazy(
            "Chỉ ghi khi ngưng hiệu lực. Bỏ trống nếu ngưng cho đến khi có quyết định xử lý."
        ),
    )
    part = forms.CharField(
        label=gettext_lazy("Phần bị tác động"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "Khi sửa đổi, bãi bỏ hoặc ngưng một phần. Ví dụ: khoản 2 Điều 5. Bỏ trống là toàn bộ."
        ),
    )
    by_number = forms.CharField(
        label=gettext_lazy("Theo văn bản số"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "Số, ký hiệu của văn bản thay thế, sửa đổi, bãi bỏ. Bỏ trống nếu không có."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Nguồn"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Ví dụ: Điều 3 Quyết định số 12/QĐ-UBND."),
    )
    is_verified = forms.BooleanField(
        label=gettext_lazy("Đã đối chiếu với bản gốc"), required=False, initial=True
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        offer(self, "kind", ValidityKind.choices)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        number = squeeze(values.get("by_number", ""))
        values["by_document"] = None
        if number:
            same = list(Document.objects.registered().filter(number_squeezed=number)[:2])
            values["by_document"] = same[0] if len(same) == 1 else None
        return values


@officer
def document_validity(request: Request, pk: UUID) -> HttpResponse:
    """The history of one document's validity, and what may be said of it."""
    found = get_object_or_404(
        access.visible_to(request.actor).registered().select_related("ended_by"), pk=pk
    )
    may_say = access.can_say_validity(request.actor, found)
    form = SayForm(request.POST or None)
    if request.method == "POST":
        require(may_say)
        if form.is_valid() and _say(request, found, form):
            return redirect("console:document_validity", pk)
    changes = found.validity_changes.select_related("by_document").order_by("-on", "-id")
    context = {
        "document": found,
        "holds": beside(found, found.citations.select_related("target")),
        "changes": changes,
        "can_say": may_say,
        "can_review": access.can_review(request.actor, found),
        "form": form,
    }
    status = 400 if form.errors else 200
    return render(request, "console/documents/validity.html", context, status=status)


def _say(request: Request, found: Document, form: SayForm) -> bool:
    said = form.cleaned_data
    known = said["by_document"]
    try:
        change = validity.say(
            found,
            ValidityKind(said["kind"]),
            on=said["on"],
            by=request.actor,
            by_document=known,
            by_printed="" if known else said["by_number"],
            source=said["source"],
            is_verified=said["is_verified"],
            part=said["part"],
            until=said["until"],
        )
    except NotAccepted as refusal:
        form.add_error("on", str(refusal))
        return False
    words = _("Đã ghi: %(what)s từ %(day)s.")
    messages.success(
        request, words % {"what": change.get_kind_display(), "day": printed(change.on)}
    )
    return True


def _change(request: Request, pk: UUID) -> ValidityChange:
    visible = access.visible_to(request.actor)
    return get_object_or_404(ValidityChange.objects.filter(document__in=visible), pk=pk)


@require_POST
@officer
def undo_validity(request: Request, pk: UUID) -> HttpResponse:
    change = _change(request, pk)
    validity.undo(change, by=request.actor)
    messages.success(request, _("Đã bỏ điều ghi nhận về hiệu lực."))
    return redirect("console:document_validity", change.document_id)


@require_POST
@officer
def verify_validity(request: Request, pk: UUID) -> HttpResponse:
    change = _change(request, pk)
    validity.verify(change, by=request.actor)
    messages.success(request, _("Đã ghi là đã đối chiếu với bản gốc."))
    return redirect("console:document_validity", change.document_id)


@require_POST
@officer
def answer_proposal(request: Request, pk: UUID) -> HttpResponse:
    """Confirm, or refuse, what a document says of an earlier one."""
    visible = access.visible_to(request.actor)
    citation = get_object_or_404(
        Citation.objects.filter(
            document__in=visible, target__isnull=False, relation__in=list(validity.FOLLOWS)
        ).select_related("document", "target"),
        pk=pk,
    )
    if citation.target is None:
        raise Http404
    require(access.can_say_validity(request.actor, citation.target))
    try:
        if "no" in request.POST:
            validity.dismiss(citation, by=request.actor)
            messages.success(request, _("Đã ghi là không phải."))
        else:
            change = validity.accept(citation, by=request.actor)
            words = _("Đã ghi: %(document)s, %(what)s từ %(day)s.")
            told = {
                "document": change.document,
                "what": change.get_kind_display().lower(),
                "day": printed(change.on),
            }
            messages.success(request, words % told)
    except NotAccepted as refusal:
        messages.error(request, str(refusal))
    return redirect("console:document_validity", citation.target_id)


@dataclass(frozen=True)
class Resting:
    """A document in force, with those of its bases that ended."""

    document: Document
    bases: list[EndedBasis]
    can_review: bool


@officer
def ended_bases(request: Request) -> HttpResponse:
    """Own documents that rest on something that ended: to be reviewed, amended, made anew."""
    actor = request.actor
    require(access.can_see_reviews(actor))
    everywhere = access.can_settle(actor) and request.GET.get("scope") == "all"
    own = Document.objects.registered() if everywhere else validity.own_of(actor)
    today = clock.today()
    rows = list(validity.resting_on_ended(own, today)[:_ROWS])
    causes = {
        one.document.pk: one
        for one in validity.ended_of((row.target for row in rows if row.target), today)
    }
    by_document: dict[UUID, list[Citation]] = {}
    for row in rows:
        by_document.setdefault(row.document_id, []).append(row)
    found = [
        Resting(
            group[0].document,
            list({row.target_id: causes[row.target_id] for row in group if row.target_id}.values()),
            access.can_review(actor, group[0].document),
        )
        for group in by_document.values()
    ]
    limited = list(resting_on_limited(own, today)[:_ROWS])
    context = {
        "rows": found,
        "limited": _limited(request, limited),
        "is_cut": len(rows) == _ROWS,
        "everywhere": everywhere,
        "can_see_all": access.can_settle(actor),
        "proposals": validity.proposals(20) if access.can_settle(actor) else [],
    }
    return render(request, "console/documents/ended_bases.html", context)


@dataclass(frozen=True)
class RestingOnLimited:
    """A document in force, with those of its bases that hold, yet not as they were."""

    document: Document
    limits: list[Limit]
    can_review: bool


def _limited(request: Request, rows: list[Citation]) -> list[RestingOnLimited]:
    targets = {one.target_id: one.target for one in rows if one.target}
    said = by_document(limits_of(targets.values(), clock.today()))
    found: dict[UUID, dict[UUID, list[Limit]]] = {}
    documents = {one.document_id: one.document for one in rows}
    for one in rows:
        if one.target_id:
            found.setdefault(one.document_id, {})[one.target_id] = said.get(one.target_id, [])
    return [
        RestingOnLimited(
            documents[pk],
            [limit for limits in bases.values() for limit in limits],
            access.can_review(request.actor, documents[pk]),
        )
        for pk, bases in found.items()
    ]


@require_POST
@officer
def review(request: Request, pk: UUID) -> HttpResponse:
    """The document was reviewed and goes on; it leaves the list."""
    found = get_object_or_404(access.visible_to(request.actor).registered(), pk=pk)
    try:
        change = validity.review(
            found, by=request.actor, source=_("Đã rà soát khi căn cứ thay đổi hiệu lực")
        )
    except NotAccepted as refusal:
        messages.error(request, str(refusal))
        return redirect("console:ended_bases")
    messages.success(
        request,
        _("Đã ghi: %(document)s được rà soát, tiếp tục thực hiện từ %(day)s.")
        % {"document": found, "day": printed(change.on)},
    )
    return redirect("console:ended_bases")


def find(words: str, request: Request) -> list[Document]:
    """Registered documents by words, or by number: for choosing one."""
    if not words.strip():
        return []
    found = access.visible_to(request.actor).registered()
    by_number = list(found.numbered(words).newest_first()[:_FOUND])
    rest = found.sought(words).exclude(pk__in=[one.pk for one in by_number]).newest_first()
    return [*by_number, *rest[: _FOUND - len(by_number)]]


urlpatterns: list[Any] = [
    path("van-ban/can-cu-het-hieu-luc/", ended_bases, name="ended_bases"),
    path("van-ban/<uuid:pk>/hieu-luc/", document_validity, name="document_validity"),
    path("van-ban/<uuid:pk>/da-ra-soat/", review, name="review_document"),
    path("van-ban/hieu-luc/<uuid:pk>/bo/", undo_validity, name="undo_validity"),
    path("van-ban/hieu-luc/<uuid:pk>/da-doi-chieu/", verify_validity, name="verify_validity"),
    path("van-ban/hieu-luc/<uuid:pk>/tra-loi/", answer_proposal, name="answer_proposal"),
]
