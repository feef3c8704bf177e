"""Documents sent to their recipients, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import record
from danvan.documents import access
from danvan.documents.choices import DeliveryState, DeliveryWay
from danvan.documents.models import Delivery, Document, ExchangePackage
from danvan.files import actions as files
from danvan.org.access import require
from danvan.org.actors import Actor
from danvan.refusals import NotAccepted
from danvan.workdays.rules import printed

from . import notices, parcels
from .package import Organ
from .recipients import Recipient

_IS_KEPT = MaxLengthValidator(254)  # no address is longer (RFC 5321)
AT_ONCE = timedelta(minutes=1)  # said again within it is said once


@dataclass(frozen=True)
class Choice:
    """How a recipient gets the document; an address where it is e-mail."""

    recipient: Recipient
    way: DeliveryWay
    address: str = ""


@files.atomic()
def send(document: Document, choices: Sequence[Choice], *, by: Actor) -> list[Delivery]:
    """Send to those who did not get it this way yet; returns what was sent now.

    Raises NotAccepted where one of the choices cannot be kept; then nothing is sent.
    """
    document = _locked(document, by)
    had = set(document.deliveries.values_list("recipient", "way"))
    new = [one for one in choices if (one.recipient.name[:500], one.way) not in had]
    for choice in new:
        _check(choice)
    if not new:
        return []
    package = _package(document, new, by)
    parcel = parcels.of(document) if any(one.way == DeliveryWay.MAIL for one in new) else None
    sent = [_deliver(document, one, package, by) for one in new]
    Delivery.objects.bulk_create(sent)
    notices.arrived([one for one in sent if one.way == DeliveryWay.SYSTEM])
    for delivery in sent:
        if parcel is not None and delivery.way == DeliveryWay.MAIL:
            parcels.post(delivery, parcel)
    record(document, "sent_out", by=by, to=_listed(sent))
    return sent


def _listed(sent: list[Delivery]) -> str:
    """“Sở Tư pháp, Sở Y tế và 20 nơi khác”."""
    names = ", ".join(one.recipient for one in sent[:5])
    if len(sent) <= 5:
        return names
    return _("%(names)s và %(count)s nơi khác") % {"names": names, "count": len(sent) - 5}


def _locked(document: Document, by: Actor) -> Document:
    held = Document.objects.select_related("attachment", "issued_by")
    document = held.select_for_update(of=("self",)).get(pk=document.pk)
    require(access.can_send(by, document))
    if document.is_card:
        raise NotAccepted(_("Chưa có tệp của văn bản này nên chưa gửi được. Thêm tệp rồi gửi."))
    return document


def _check(choice: Choice) -> None:
    if choice.way not in choice.recipient.ways:
        raise NotAccepted(
            _("Không gửi được đến %(name)s bằng cách đã chọn. Chọn cách khác.")
            % {"name": choice.recipient.name}
        )
    if choice.way == DeliveryWay.MAIL:
        try:
            _IS_KEPT(choice.address)
            validate_email(choice.address)
        except ValidationError as wrong:
            raise NotAccepted(
                _("Ghi địa chỉ thư điện tử của %(name)s, ví dụ vanthu@tinh.gov.vn.")
                % {"name": choice.recipient.name}
            ) from wrong


def _deliver(
    document: Document, choice: Choice, package: ExchangePackage | None, by: Actor
) -> Delivery:
    is_package = choice.way == DeliveryWay.EDXML
    return Delivery(
        document=document,
        unit=choice.recipient.unit,
        recipient=choice.recipient.name[:500],
        organ_code=choice.recipient.code if is_package else "",
        address=choice.address if choice.way == DeliveryWay.MAIL else "",
        way=choice.way,
        package=package if is_package else None,
        sent_at=clock.now(),
        sent_by=by.name,
    )


@files.atomic()
def send_again(delivery: Delivery, *, by: Actor) -> Delivery:
    """Once more, the same way; within a minute it is the same sending. What was received stays so."""
    delivery = _held(delivery)
    document = _locked(delivery.document, by)
    if delivery.state == DeliveryState.RECEIVED:
        raise NotAccepted(
            _("%(recipient)s đã báo nhận văn bản này nên không gửi lại.")
            % {"recipient": delivery.recipient}
        )
    if clock.now() - delivery.sent_at < AT_ONCE:
        return delivery
    delivery.state, delivery.sent_at, delivery.sent_by = DeliveryState.SENT, clock.now(), by.name
    delivery.received_at, delivery.received_by, delivery.note = None, "", ""
    if delivery.way == DeliveryWay.EDXML:
        delivery.package = parcels.package(
            document, [Organ(delivery.organ_code, delivery.recipient)], by
        )
    delivery.save()
    if delivery.way == DeliveryWay.SYSTEM:
        notices.arrived([delivery])
    if delivery.way == DeliveryWay.MAIL:
        parcels.post(delivery, parcels.of(document))
    record(document, "sent_again", by=by, to=delivery.recipient)
    return delivery


@files.atomic()
def receive(delivery: Delivery, *, by: Actor) -> Delivery:
    """The recipient says that it has it. Said twice is said once."""
    delivery = _held(delivery)
    require(access.can_receive(by, delivery))
    if delivery.state != DeliveryState.RECEIVED:
        _received(delivery, clock.now(), by.name, "", by)
    return delivery


@files.atomic()
def refuse(delivery: Delivery, *, by: Actor, reason: str) -> Delivery:
    """The recipient does not take it: sent by mistake, cannot be opened. The sender is told."""
    delivery = _held(delivery)
    require(access.can_receive(by, delivery))
    if delivery.state == DeliveryState.REFUSED:
        return delivery
    if delivery.state == DeliveryState.RECEIVED:
        raise NotAccepted(_("Văn bản này đã được báo nhận nên không từ chối được nữa."))
    delivery.state, delivery.note, delivery.received_by = DeliveryState.REFUSED, reason, by.name
    delivery.save(update_fields=["state", "note", "received_by"])
    record(delivery.document, "delivery_refused", by=by, reason=reason, to=delivery.recipient)
    notices.refused(delivery)
    return delivery


@files.atomic()
def note_received(delivery: Delivery, *, by: Actor, on: date, note: str = "") -> Delivery:
    """The sender writes down that a recipient without danvan has it: by telephone, by a stub."""
    delivery = _held(delivery)
    require(access.can_send(by, delivery.document))
    if delivery.state == DeliveryState.RECEIVED:
        return delivery
    first = delivery.sent_at.astimezone(clock.ZONE).date()
    if not first <= on <= clock.today():
        raise NotAccepted(
            _("Ngày nhận phải từ ngày gửi %(first)s đến hôm nay.") % {"first": printed(first)}
        )
    moment = datetime.combine(on, time(12), clock.ZONE)
    _received(delivery, moment, by.name, note, by)
    return delivery


def _held(delivery: Delivery) -> Delivery:
    held = Delivery.objects.select_related("document__filed_by", "unit", "package")
    return held.select_for_update(of=("self",)).get(pk=delivery.pk)


def _received(delivery: Delivery, at: datetime, who: str, note: str, by: Actor) -> None:
    delivery.state, delivery.received_at = DeliveryState.RECEIVED, at
    delivery.received_by, delivery.note = who[:120], note
    delivery.save(update_fields=["state", "received_at", "received_by", "note"])
    record(delivery.document, "delivery_received", by=by, reason=note, to=delivery.recipient)


def _package(document: Document, choices: list[Choice], by: Actor) -> ExchangePackage | None:
    """One package to all who take part in the exchange: the axis brings it to each."""
    meant = [one.recipient for one in choices if one.way == DeliveryWay.EDXML]
    if not meant:
        return None
    return parcels.package(document, [Organ(one.code, one.name) for one in meant], by)
