"""A document on its way to its recipients: sending it, and who has it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from danvan import clock
from danvan.console.day_field import DayField
from danvan.console.doors import Request, officer
from danvan.documents import access
from danvan.documents.choices import DeliveryState, DeliveryWay
from danvan.documents.exchange import earlier, receipts, recipients, sending
from danvan.documents.exchange.package import Act
from danvan.documents.exchange.receipts import Said
from danvan.documents.exchange.recipients import Recipient
from danvan.documents.exchange.rules import days_waiting
from danvan.documents.exchange.sending import Choice
from danvan.documents.models import Delivery, Document
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.refusals import NotAccepted

from .arrivals import DELIVERIES


@dataclass(frozen=True)
class Row:
    """A recipient in the form: the ways still open to it, and the one that is chosen."""

    recipient: Recipient
    way: str
    address: str = ""
    error: str = ""

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(one.value, str(one.label)) for one in self.recipient.open_ways]

    @property
    def takes_mail(self) -> bool:
        return DeliveryWay.MAIL in self.recipient.open_ways


def _rows(found: Iterable[Recipient], request: Request) -> list[Row]:
    """As they were sent, or each with its usual way; who has it by some way is not chosen again."""
    sent = request.POST if request.method == "POST" else None
    rows = []
    for one in found:
        usual = "" if one.sent or not one.open_ways else one.open_ways[0].value
        way = sent.get(f"way-{one.key}", "") if sent else usual
        address = sent.get(f"address-{one.key}", "").strip() if sent else ""
        rows.append(Row(one, way, address))
    return rows


def beside(document: Document, actor: Actor) -> dict[str, Any]:
    """What a document's own page says of its way: who has it, and the package that it came in."""
    state = Count("pk", filter=Q(state=DeliveryState.RECEIVED))
    counts = (
        access.deliveries_of(actor)
        .filter(document=document)
        .aggregate(sent=Count("pk"), received=state)
    )
    packages = access.packages_of(actor)
    came_in = packages.filter(document=document, is_incoming=True, answers=None)
    came_in = came_in.exclude(header__act=Act.WITHDRAWS)
    return {
        "sent": counts["sent"],
        "received": counts["received"],
        "can_send": access.can_send(actor, document) and not document.is_card,
        "came_in": came_in.first(),
        "changing": earlier.changing(document, packages),
        "arrived": document.deliveries.filter(
            unit__in=actor.work_units, state=DeliveryState.SENT
        ).first(),
    }


def _sendable(request: Request, pk: str) -> Document:
    document = get_object_or_404(
        access.visible_to(request.actor).select_related("attachment", "filed_by", "issued_by"),
        pk=pk,
    )
    require(access.can_send(request.actor, document))
    return document


@officer
def send(request: Request, pk: str) -> HttpResponse:
    """“Nơi nhận”, each with a way; the names in the address (`them`) stand beside the printed ones."""
    document = _sendable(request, pk)
    more = [one.strip() for one in request.GET.getlist("them") if one.strip()]
    found = recipients.of(document, more, by=request.actor)
    rows = _rows(found, request)
    refusal = ""
    if request.method == "POST":
        chosen = [
            Choice(row.recipient, DeliveryWay(row.way), row.address)
            for row in rows
            if row.way in DeliveryWay.values
        ]
        try:
            sent = sending.send(document, chosen, by=request.actor)
        except NotAccepted as reason:
            refusal = str(reason)
        else:
            _say(request, len(sent))
            return redirect("console:deliveries", document.pk)
    context = {
        "document": document,
        "rows": rows,
        "units": sum(row.recipient.unit is not None for row in rows),
        "strange": sum(row.recipient.unit is None for row in rows),
        "without_code": sum(
            row.recipient.unit is not None and not row.recipient.code for row in rows
        ),
        "has_exchange": any(DeliveryWay.EDXML in row.recipient.ways for row in rows),
        "more": more,
        "refusal": refusal,
    }
    status = 400 if refusal else 200
    return render(request, "console/documents/send.html", context, status=status)


def _say(request: Request, count: int) -> None:
    if count:
        words = ngettext("Đã gửi đến %(count)s nơi nhận.", "Đã gửi đến %(count)s nơi nhận.", count)
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, _("Không có nơi nhận mới nào nên không gửi gì thêm."))


# Who has it


@dataclass(frozen=True)
class Sent:
    delivery: Delivery
    can_act: bool  # who asks may send this document
    said: list[Said] = field(default_factory=list)  # by its receipts, the first first

    @property
    def tone(self) -> str:
        return DELIVERIES[DeliveryState(self.delivery.state)]

    @property
    def is_waiting(self) -> bool:
        return self.delivery.state == DeliveryState.SENT

    @property
    def days(self) -> int:
        return days_waiting(self.delivery.sent_at, clock.now())

    @property
    def mail(self) -> str:
        """Where its letter is, while the server has not taken it."""
        letter = self.delivery.letter
        if letter is None or letter.sent_at:
            return ""
        return _("thư chưa rõ đã đi chưa") if letter.handed_over_at else _("thư đang chờ gửi")

    @property
    def can_be_noted(self) -> bool:
        """Its recipient has no hand in danvan: the sender writes the receipt down."""
        is_elsewhere = self.delivery.way != DeliveryWay.SYSTEM
        return self.can_act and is_elsewhere and self.delivery.state != DeliveryState.RECEIVED


def _sent(document: Document, actor: Actor) -> list[Sent]:
    found = access.deliveries_of(actor).filter(document=document)
    can_act = access.can_send(actor, document)
    rows = found.select_related("letter", "package", "unit").order_by("-state", "recipient")
    said = receipts.said_of(document)
    return [Sent(one, can_act, said.get(one.organ_code, [])) for one in rows]


@officer
def deliveries(request: Request, pk: str) -> HttpResponse:
    """To whom the document went, by which way, who has it, and who has been waiting how long."""
    document = get_object_or_404(
        access.visible_to(request.actor).select_related("attachment", "filed_by"), pk=pk
    )
    rows = _sent(document, request.actor)
    only = request.GET.get("con") == "cho"
    context = {
        "document": document,
        "rows": [one for one in rows if one.is_waiting] if only else rows,
        "total": len(rows),
        "received": sum(one.delivery.state == DeliveryState.RECEIVED for one in rows),
        "refused": sum(one.delivery.state == DeliveryState.REFUSED for one in rows),
        "waiting": sum(one.is_waiting for one in rows),
        "only_waiting": only,
        "can_send": access.can_send(request.actor, document),
    }
    return render(request, "console/documents/deliveries.html", context)


@officer
def delivery(request: Request, pk: str) -> HttpResponse:
    """Where a notice leads: the recipient to what came, the sender to all its recipients."""
    found = get_object_or_404(access.deliveries_of(request.actor).select_related("unit"), pk=pk)
    if access.can_receive(request.actor, found):
        return redirect("console:arrival", found.pk)
    return redirect("console:deliveries", found.document_id)


class NoteForm(forms.Form):
    on = DayField(label=gettext_lazy("Ngày nơi nhận báo đã nhận"))
    note = forms.CharField(
        label=gettext_lazy("Báo bằng cách nào"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Ví dụ: điện thoại, ký sổ giao nhận."),
    )


@officer
def note_delivery(request: Request, pk: str) -> HttpResponse:
    """The sender writes down that it was received."""
    delivery = _delivery(request, pk)
    form = NoteForm(request.POST or None, initial={"on": f"{clock.today():%d/%m/%Y}"})
    if form.is_valid():
        try:
            sending.note_received(delivery, by=request.actor, **form.cleaned_data)
        except NotAccepted as refusal:
            form.add_error("on", str(refusal))
        else:
            return redirect("console:deliveries", delivery.document_id)
    status = 400 if form.errors else 200
    context = {"form": form, "delivery": delivery, "document": delivery.document}
    return render(request, "console/documents/delivery_note.html", context, status=status)


@require_POST
@officer
def send_again(request: Request, pk: str) -> HttpResponse:
    delivery = _delivery(request, pk)
    try:
        sending.send_again(delivery, by=request.actor)
    except NotAccepted as refusal:
        messages.warning(request, str(refusal))
    else:
        words = _("Đã gửi lại đến %(recipient)s.") % {"recipient": delivery.recipient}
        messages.success(request, words)
    waiting = urlencode({"con": "cho"}) if request.POST.get("con") == "cho" else ""
    address = reverse("console:deliveries", args=[delivery.document_id])
    return redirect(f"{address}?{waiting}" if waiting else address)


def _delivery(request: Request, pk: str) -> Delivery:
    """One that one may see, of a document that one may send."""
    found = access.deliveries_of(request.actor).select_related(
        "document__attachment", "document__filed_by", "unit"
    )
    delivery = get_object_or_404(found, pk=pk)
    require(access.can_send(request.actor, delivery.document))
    return delivery


urlpatterns = [
    path("van-ban/<uuid:pk>/gui/", send, name="send_document"),
    path("van-ban/<uuid:pk>/noi-nhan/", deliveries, name="deliveries"),
    path("van-ban/gui-nhan/<uuid:pk>/", delivery, name="delivery"),
    path("van-ban/noi-nhan/<uuid:pk>/", note_delivery, name="note_delivery"),
    path("van-ban/noi-nhan/<uuid:pk>/gui-lai/", send_again, name="send_again"),
]
