"""Receipts of what was sent: what its recipients say became of it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import record
from danvan.documents import access
from danvan.documents.choices import DeliveryState, PackageState, ReceiptStatus
from danvan.documents.models import Delivery, Document, ExchangePackage
from danvan.files import actions as files
from danvan.files import rules as file_rules
from danvan.org.actors import Actor

from . import notices, rules
from .package import Malformed, Receipt


@dataclass(frozen=True)
class Said:
    """One word of a recipient."""

    status: str
    at: datetime
    words: str

    @property
    def label(self) -> str:
        known = {str(one.value): str(one.label) for one in ReceiptStatus}
        return known.get(self.status) or _("Trạng thái %(code)s") % {"code": self.status or "?"}


def said_of(document: Document) -> dict[str, list[Said]]:
    """Identifier of a recipient → all that it said, in the order of its own clock."""
    found = ExchangePackage.objects.filter(
        document=document, is_incoming=True, answers__isnull=False, state=PackageState.TAKEN
    )
    said: dict[str, list[Said]] = {}
    for one in found:
        at = one.header.get("at") or ""
        moment = datetime.fromisoformat(at) if at else one.at
        words = one.header.get("words") or ""
        for code in rules.same_organ(one.from_code):
            said.setdefault(code, []).append(Said(one.header.get("status") or "", moment, words))
    return {code: sorted(words, key=lambda one: one.at) for code, words in said.items()}


def take(
    found: Receipt, data: bytes, name: str, *, by: Actor
) -> tuple[ExchangePackage, Delivery, bool]:
    """Note it at what it answers; last: whether it is new. Raises Malformed for what answers nothing."""
    with files.atomic():
        delivery = _answered(found, by)
        told = f"{found.package_id} {found.status} {found.at or ''}"[:300]
        before = ExchangePackage.objects.filter(
            unit__in=by.work_units,
            is_incoming=True,
            state=PackageState.TAKEN,
            from_code=found.sender.code[:60],
            package_id=told,
        ).first()
        if before is not None:
            return before, delivery, False
        package = ExchangePackage.objects.create(
            attachment=files.keep(data, name, media_type=file_rules.EDXML),
            is_incoming=True,
            package_id=told,
            from_code=found.sender.code[:60],
            from_name=found.sender.name[:300],
            document=delivery.document,
            answers=delivery.package,
            unit=by.own_unit,
            header={
                "status": found.status,
                "words": found.words,
                "staff": found.staff,
                "at": _moment(found).isoformat(),
            },
            state=PackageState.TAKEN,
            at=clock.now(),
        )
        _note(delivery, found, by)
        return package, delivery, True


def _answered(found: Receipt, by: Actor) -> Delivery:
    """What the receipt is for, locked. Raises Malformed where nothing like it was sent from here."""
    sent = Delivery.objects.select_for_update(of=("self",)).filter(
        package__package_id=found.package_id, organ_code__in=rules.same_organ(found.sender.code)
    )
    delivery = sent.select_related("document").order_by("-sent_at").first()
    if delivery is None or not access.can_send(by, delivery.document):
        raise Malformed(
            _(
                "Gói báo nhận của %(sender)s về văn bản %(number)s, nhưng đơn vị không gửi văn bản này đến đó bằng gói edXML. Kiểm tra lại tệp."
            )
            % {
                "sender": found.sender.name or found.sender.code,
                "number": found.number or found.package_id,
            }
        )
    return delivery


def _note(delivery: Delivery, found: Receipt, by: Actor) -> None:
    """The first word that it arrived stays; a later refusal holds."""
    who = " ".join(filter(None, (found.staff, found.sender.name and f"({found.sender.name})")))
    if found.is_refused and delivery.state != DeliveryState.REFUSED:
        delivery.state, delivery.note = DeliveryState.REFUSED, found.words
        delivery.received_by = (who or found.sender.code)[:120]
    elif found.is_received and delivery.state != DeliveryState.RECEIVED:
        delivery.state = DeliveryState.RECEIVED
        delivery.received_at = _moment(found)
        delivery.received_by = (who or found.sender.code)[:120]
        delivery.note = found.words
    else:
        return
    delivery.save(update_fields=["state", "received_at", "received_by", "note"])
    verb = "delivery_refused" if delivery.state == DeliveryState.REFUSED else "delivery_received"
    record(delivery.document, verb, by=by, reason=delivery.note, to=delivery.recipient)
    if delivery.state == DeliveryState.REFUSED:
        notices.refused(delivery)


def _moment(found: Receipt) -> datetime:
    return found.at.replace(tzinfo=clock.ZONE) if found.at else clock.now()
