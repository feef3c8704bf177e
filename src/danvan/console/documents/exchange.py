"""Packages brought in: what they say, what is read in their documents, what is answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
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
from danvan.documents.choices import PackageState, ReceiptStatus
from danvan.documents.citations import identity
from danvan.documents.exchange import answering, earlier, taking
from danvan.documents.exchange.package import Act
from danvan.documents.models import Annex, Document, ExchangePackage
from danvan.files.actions import empty
from danvan.org.access import require, works_for
from danvan.org.actors import Actor
from danvan.refusals import NotAccepted
from danvan.text import fold

PACKAGES = {
    PackageState.TAKEN: "done",
    PackageState.REFUSED: "warn",
    PackageState.WRITTEN: "idle",
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
    if taken.differs:
        messages.warning(
            request,
            _(
                "Gói cùng mã định danh đã được nhập trước đây nhưng nội dung khác, nên gói này chưa "
                "được nhập. Hỏi nơi gửi gói nào đúng."
            ),
        )
    elif not taken.is_new:
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
    """One package: what it says beside what is read, its files, its signature, what was answered."""
    found = get_object_or_404(
        access.packages_of(request.actor).select_related("document__attachment", "attachment"),
        pk=pk,
    )
    return _shown(request, found, _answer_form(request, found))


def _shown(request: Request, found: ExchangePackage, form: "AnswerForm | None") -> HttpResponse:
    act = found.header.get("act") or ""
    document = found.document
    brings_document = document is not None and found.answers_id is None and act != Act.WITHDRAWS
    lines = list(_lines(found.header, document)) if document and brings_document else []
    reading = document.readings.first() if document else None
    said = found.header.get("signature") or {}
    answers = found.receipts.filter(is_incoming=False).order_by("pk")
    context = {
        "package": found,
        "tone": PACKAGES[PackageState(found.state)],
        "document": document,
        "is_read": bool(reading and reading.read_at),
        "lines": lines,
        "differing": sum(one.differs for one in lines),
        "annexes": Annex.objects.filter(document=document).select_related("attachment")
        if brings_document
        else (),
        "act": act,
        "meant": earlier.meant_by(found),
        "signature": said,
        "signed_until": rules.as_date(said.get("until")),
        "answers": [(one, _label(one.header.get("status"))) for one in answers],
        "form": form,
    }
    status = 400 if form is not None and form.is_bound and form.errors else 200
    return render(request, "console/documents/exchange_package.html", context, status=status)


def _label(status: str | None) -> str:
    known = {str(one.value): str(one.label) for one in ReceiptStatus}
    return known.get(status or "", "")


class AnswerForm(forms.Form):
    """What is said to who sent the package, of what may still be said."""

    status = forms.ChoiceField(label=gettext_lazy("Báo nơi gửi"))
    words = forms.CharField(
        label=gettext_lazy("Lý do, nội dung báo"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Bắt buộc khi từ chối, không đồng ý."),
    )

    def __init__(self, left: list[ReceiptStatus], *args: Any) -> None:
        super().__init__(*args)
        self.fields["status"].choices = [(one.value, one.label) for one in left]  # type: ignore[attr-defined]


def _answer_form(request: Request, found: ExchangePackage) -> AnswerForm | None:
    """None where nothing may be said any more, or not by who asks."""
    if found.state != PackageState.TAKEN or found.answers_id:
        return None
    left = answering.left_to_say(found)
    return (
        AnswerForm(left, request.POST or None)
        if left and works_for(request.actor, found.unit)
        else None
    )


@require_POST
@officer
def answer_package(request: Request, pk: str) -> HttpResponse:
    """Say what became of it: the receipt is made, and carried by the office's own software."""
    found = get_object_or_404(access.packages_of(request.actor).select_related("unit"), pk=pk)
    require(works_for(request.actor, found.unit))
    form = _answer_form(request, found)
    if form is None:
        return redirect("console:package", found.pk)
    if form.is_valid():
        status = ReceiptStatus(form.cleaned_data["status"])
        words = form.cleaned_data["words"]
        try:
            made = answering.answer(found, by=request.actor, status=status, words=words)
        except NotAccepted as refusal:
            form.add_error("words", str(refusal))
        else:
            if made is None:
                messages.warning(
                    request,
                    _(
                        "Đơn vị chưa có mã định danh cơ quan. Quản trị ghi mã tại trang của đơn vị, rồi lập lại."
                    ),
                )
            return redirect("console:package", found.pk)
    return _shown(request, found, form)


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


urlpatterns = [
    path("van-ban/goi/", packages, name="packages"),
    path("van-ban/goi/<uuid:pk>/", package, name="package"),
    path("van-ban/goi/<uuid:pk>/bao-nhan/", answer_package, name="answer_package"),
    path("van-ban/goi/<uuid:pk>/tep/", package_file, name="package_file"),
]
