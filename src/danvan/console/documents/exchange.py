"""Packages brought in, and what came to one's own unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danvan.console.doors import Request, officer
from danvan.console.templatetags.danvan import vn_day
from danvan.console.uploads import too_large
from danvan.documents import access, rules
from danvan.documents.choices import DeliveryState, PackageState
from danvan.documents.citations import identity
from danvan.documents.exchange import sending, taking
from danvan.documents.models import Annex, Delivery, Document, ExchangePackage
from danvan.files.actions import empty
from danvan.org.access import require, works
from danvan.org.actors import Actor
from danvan.refusals import NotAccepted
from danvan.text import fold

PACKAGES = {
    PackageState.TAKEN: "done",
    PackageState.REFUSED: "warn",
    PackageState.WRITTEN: "idle",
}
DELIVERIES = {
    DeliveryState.SENT: "wait",
    DeliveryState.RECEIVED: "done",
    DeliveryState.REFUSED: "warn",
}


class PackageForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Gói edXML"),
        error_messages={"required": gettext_lazy("Chọn tệp gói edXML rồi bấm Nhập gói.")},
    )


@officer
def packages(request: Request) -> HttpResponse:
    """The packages of one's unit; one that is dropped here becomes a document."""
    require(access.can_exchange(request.actor))
    form = PackageForm(request.POST or None, request.FILES or None)
    if reason := too_large(request):
        form = PackageForm(request.POST, request.FILES)
        form.fields["file"].error_messages["required"] = reason
    if file := request.FILES.get("file"):
        form.fields["file"].error_messages["empty"] = empty(file.name or "")
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            taken = taking.take(file.read(), file.name, by=request.actor)
        except taking.NotTaken as refusal:
            form.add_error("file", str(refusal))
        else:
            return _brought(request, taken)
    found = access.packages_of(request.actor).filter(is_incoming=True)
    page = Paginator(found.select_related("document__attachment"), 50).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "page": page,
        "rows": [(one, PACKAGES[PackageState(one.state)]) for one in page],
        "limit": settings.DANVAN_UPLOAD_LIMIT,
    }
    status = 400 if form.errors else 200
    return render(request, "console/documents/exchange_packages.html", context, status=status)


def _brought(request: Request, taken: taking.Taken) -> HttpResponse:
    if taken.delivery is not None:
        words = _("Đã ghi: %(recipient)s – %(state)s.") % {
            "recipient": taken.delivery.recipient,
            "state": taken.delivery.get_state_display(),
        }
        messages.success(request, words)
        return redirect("console:deliveries", taken.delivery.document_id)
    if not taken.is_new:
        messages.info(request, _("Gói này đã được nhập trước đây nên không nhập lại."))
    return redirect("console:package", taken.package.pk)


@dataclass(frozen=True)
class Line:
    """One fact, as the package says it and as it is read in the document."""

    label: str
    said: str
    read: str
    means_the_same: bool = False  # in other words: “UBND tỉnh”, “ỦY BAN NHÂN DÂN TỈNH TÂN GIANG”

    @property
    def differs(self) -> bool:
        if not self.said or not self.read or self.means_the_same:
            return False
        return fold(self.said) != fold(self.read)


def _lines(header: dict[str, Any], document: Document) -> Iterator[Line]:
    said_on = rules.as_date(header.get("date"))
    yield Line(_("Số, ký hiệu"), header.get("number", ""), document.number)
    yield Line(
        _("Ngày ban hành"),
        vn_day(said_on) if said_on else "",
        vn_day(document.issued_on) if document.issued_on else "",
    )
    yield Line(_("Loại văn bản"), header.get("kind", ""), document.kind)
    yield Line(_("Trích yếu"), header.get("title", ""), document.title)
    issuer = header.get("issuer", "")
    key = identity.issuer_key(document.number_squeezed, issuer)
    same = identity.may_be_one(key, document.issuer_key)
    yield Line(_("Cơ quan ban hành"), issuer, document.issuer, same)
    yield Line(_("Người ký"), header.get("signer", ""), document.signer)


def said_otherwise(document: Document, by: Actor) -> tuple[ExchangePackage, list[Line]] | None:
    """The package that a document came in, where it says other things than are read."""
    came_in = access.packages_of(by).filter(document=document, is_incoming=True, answers=None)
    found = came_in.first()
    if found is None:
        return None
    differing = [one for one in _lines(found.header, document) if one.differs]
    return (found, differing) if differing else None


@officer
def package(request: Request, pk: str) -> HttpResponse:
    """One package: what it says beside what is read, its files, its receipt."""
    found = get_object_or_404(
        access.packages_of(request.actor).select_related("document__attachment", "attachment"),
        pk=pk,
    )
    document = found.document
    is_answer = found.answers_id is not None
    lines = list(_lines(found.header, document)) if document and not is_answer else []
    reading = document.readings.first() if document else None
    context = {
        "package": found,
        "tone": PACKAGES[PackageState(found.state)],
        "document": document,
        "is_read": bool(reading and reading.read_at),
        "lines": lines,
        "differing": sum(one.differs for one in lines),
        "annexes": Annex.objects.filter(document=document).select_related("attachment"),
        "receipt": found.receipts.filter(is_incoming=False).first(),
        "can_answer": access.can_exchange(request.actor),
    }
    return render(request, "console/documents/exchange_package.html", context)


@require_POST
@officer
def answer_package(request: Request, pk: str) -> HttpResponse:
    """Make the receipt that could not be made before."""
    found = get_object_or_404(access.packages_of(request.actor).select_related("unit"), pk=pk)
    if taking.write_receipt(found, by=request.actor) is None:
        messages.warning(
            request,
            _(
                "Đơn vị chưa có mã định danh cơ quan. Quản trị ghi mã tại trang của đơn vị, rồi lập lại."
            ),
        )
    return redirect("console:package", found.pk)


@officer
def package_file(request: Request, pk: str) -> FileResponse:
    """The package as it came or went; never shown, only saved."""
    found = get_object_or_404(
        access.packages_of(request.actor).filter(attachment__isnull=False), pk=pk
    )
    attachment = found.attachment
    assert attachment is not None
    response = FileResponse(attachment.content.open("rb"), content_type=attachment.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(attachment.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


# What came to one's own unit


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do từ chối"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ví dụ: gửi nhầm nơi nhận; tệp không mở được."),
        error_messages={"required": gettext_lazy("Ghi lý do từ chối để nơi gửi biết.")},
    )


def _arrived(request: Request) -> QuerySet[Delivery]:
    own = access.deliveries_of(request.actor).filter(unit__in=request.actor.work_units)
    return own.select_related("document__attachment", "document__filed_by").order_by("-sent_at")


@officer
def arrivals(request: Request) -> HttpResponse:
    """What other units sent to one's own; what nobody has confirmed stands first."""
    require(works(request.actor))
    found = _arrived(request).order_by("-state", "-sent_at")
    waiting = found.filter(state=DeliveryState.SENT).count()
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, DELIVERIES[DeliveryState(one.state)]) for one in page],
        "waiting": waiting,
    }
    return render(request, "console/documents/exchange_arrivals.html", context)


@officer
def arrival(request: Request, pk: str) -> HttpResponse:
    """One document that came: [Đã nhận], or back with a reason."""
    delivery = get_object_or_404(_arrived(request), pk=pk)
    is_refusing = request.POST.get("answer") == "refuse"
    form = RefuseForm(request.POST if is_refusing else None)
    if request.method == "POST":
        require(access.can_receive(request.actor, delivery))
        try:
            if not is_refusing:
                sending.receive(delivery, by=request.actor)
                messages.success(request, _("Đã báo nhận văn bản."))
                return redirect("console:document", delivery.document_id)
            if form.is_valid():
                sending.refuse(delivery, by=request.actor, **form.cleaned_data)
                messages.success(request, _("Đã từ chối nhận; nơi gửi được báo lý do."))
                return redirect("console:arrivals")
        except NotAccepted as refusal:
            form.add_error(None, str(refusal))
    context = {
        "delivery": delivery,
        "document": delivery.document,
        "tone": DELIVERIES[DeliveryState(delivery.state)],
        "form": form,
        "can_receive": access.can_receive(request.actor, delivery),
        "is_waiting": delivery.state == DeliveryState.SENT,
    }
    status = 400 if form.errors else 200
    return render(request, "console/documents/exchange_arrival.html", context, status=status)


urlpatterns = [
    path("van-ban/goi/", packages, name="packages"),
    path("van-ban/goi/<uuid:pk>/", package, name="package"),
    path("van-ban/goi/<uuid:pk>/bao-nhan/", answer_package, name="answer_package"),
    path("van-ban/goi/<uuid:pk>/tep/", package_file, name="package_file"),
    path("van-ban/den/", arrivals, name="arrivals"),
    path("van-ban/den/<uuid:pk>/", arrival, name="arrival"),
]
