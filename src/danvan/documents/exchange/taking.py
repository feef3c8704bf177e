"""Packages that come in: a document becomes one here, a receipt is noted at what it answers."""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import vanban
from danvan import clock
from danvan.audit.actions import record
from danvan.documents import access, rules, tasks
from danvan.documents import actions as documents
from danvan.documents.choices import DeliveryState, PackageState
from danvan.documents.models import Annex, Delivery, Document, ExchangePackage, Reading
from danvan.files import actions as files
from danvan.files import rules as file_rules
from danvan.org.access import require, works_for
from danvan.org.actors import Actor

from . import edxml, notices, organs
from .package import File, Header, Malformed, Package, Receipt, Status


class NotTaken(Exception):
    """Why a package was refused, in words."""


@dataclass(frozen=True)
class Taken:
    package: ExchangePackage
    is_new: bool  # else it had been taken before, and stays as it was
    delivery: Delivery | None = None  # that a receipt answers


def take(data: bytes, name: str, *, by: Actor) -> Taken:
    """Take in a package or a receipt. Raises NotTaken; then the reason is kept and nothing else."""
    require(access.can_exchange(by))
    try:
        found = edxml.read(data)
        if isinstance(found, Receipt):
            return _take_receipt(found, data, name, by)
        return _take_document(found, data, name, by)
    except (Malformed, vanban.Unreadable, files.Refused) as reason:
        _refuse(name, str(reason), by)
        raise NotTaken(str(reason)) from reason


@transaction.atomic
def _refuse(name: str, problem: str, by: Actor) -> None:
    package = ExchangePackage.objects.create(
        is_incoming=True,
        package_id=name[:300],
        unit=by.own_unit,
        state=PackageState.REFUSED,
        problem=problem,
        at=clock.now(),
    )
    record(package, "package_refused", by=by, reason=problem, name=name[:300])


def _take_document(found: Package, data: bytes, name: str, by: Actor) -> Taken:
    if before := _before(found.header, by):
        return Taken(before, is_new=False)
    try:
        with files.atomic():
            return Taken(_keep(found, data, name, by), is_new=True)
    except IntegrityError:  # a colleague was quicker
        if before := _before(found.header, by):
            return Taken(before, is_new=False)
        raise


def _before(header: Header, by: Actor) -> ExchangePackage | None:
    """The same one, as the unit itself brought it in: what another did blocks nobody."""
    taken = ExchangePackage.objects.filter(
        unit__in=by.work_units,
        is_incoming=True,
        state=PackageState.TAKEN,
        from_code=header.sender.code[:60],
        package_id=_key(header),
    )
    return taken.select_related("document").first()


def _key(header: Header) -> str:
    """What one package is known by: one that changes a document bears that document's DocumentId."""
    if header.act is None:
        return header.package_id[:300]
    return f"{header.package_id[:250]} {header.act} {header.sent_at or ''}"


def _keep(found: Package, data: bytes, name: str, by: Actor) -> ExchangePackage:
    reading, rest = _main(found.files, by)
    left_out = _annex(reading.document, rest)
    package = ExchangePackage.objects.create(
        attachment=files.keep(data, name, media_type=file_rules.EDXML),
        is_incoming=True,
        package_id=_key(found.header),
        from_code=found.header.sender.code[:60],
        from_name=found.header.sender.name[:300],
        document=reading.document,
        unit=by.own_unit,
        header=_told(found, left_out),
        state=PackageState.TAKEN,
        at=clock.now(),
    )
    record(
        reading.document,
        "package_taken",
        by=by,
        package=package.package_id,
        sender=package.from_name or package.from_code,
    )
    write_receipt(package, by=by)
    tasks.read.defer(reading=str(reading.pk))
    return package


def _main(sent: tuple[File, ...], by: Actor) -> tuple[Reading, list[File]]:
    """The document itself, the first file that can be read; and the others.

    Raises vanban.Unreadable, of the first, where none can.
    """
    refusal: vanban.Unreadable | None = None
    for place, one in enumerate(sent):
        try:
            reading = documents.take_in(one.data, one.name, by=by)
        except vanban.Unreadable as reason:
            refusal = refusal or reason
        else:
            return reading, [*sent[:place], *sent[place + 1 :]]
    if refusal is None:
        raise Malformed(_("Gói không kèm tệp văn bản nào. Báo nơi gửi lập lại gói."))
    raise refusal


def _annex(document: Document, sent: list[File]) -> list[str]:
    """Keep the further files; returns the names of those of no accepted kind, left in the package."""
    left_out: list[str] = []
    for place, one in enumerate(sent, start=1):
        try:
            attachment = files.keep(one.data, one.name)
        except files.Refused:
            left_out.append(one.name)
        else:
            Annex.objects.create(
                document=document, attachment=attachment, title=attachment.name, place=place
            )
    return left_out


def _told(found: Package, left_out: list[str]) -> dict[str, Any]:
    """What the package says, to be held against what is read in the document."""
    header = found.header
    return {
        "package_id": header.package_id,
        "act": header.act or "",
        "number": header.number,
        "date": header.issued_on.isoformat() if header.issued_on else "",
        "kind": header.kind,
        "title": header.subject,
        "issuer": header.sender.name,
        "place": header.place,
        "signer": header.signer,
        "signer_role": header.signer_role,
        "recipients": [one.name or one.code for one in header.recipients],
        "answers": list(header.answers),
        "is_signed": found.is_signed,
        "left_out": left_out,
    }


@files.atomic()
def write_receipt(package: ExchangePackage, *, by: Actor) -> ExchangePackage | None:
    """The package that tells the sender so; made once. None where the unit has no identifier."""
    require(package.unit is not None and works_for(by, package.unit))
    ExchangePackage.objects.select_for_update(of=("self",)).get(pk=package.pk)
    if before := package.receipts.filter(is_incoming=False).first():
        return before
    own = organs.organ(by.own_unit, clock.today())
    if own is None:
        return None
    issued_on = package.header.get("date") or ""
    receipt = Receipt(
        package_id=package.header["package_id"],
        sender=own,
        to=package.from_code,
        number=package.header.get("number") or "",
        issued_on=rules.as_date(issued_on),
        status=Status.ACCEPTED,
        words=_("Đã tiếp nhận"),
        at=clock.now(),
        staff=by.name,
    )
    written = ExchangePackage.objects.create(
        attachment=files.keep(
            edxml.QCVN.write_receipt(receipt), "bao-nhan.edxml", media_type=file_rules.EDXML
        ),
        is_incoming=False,
        package_id=package.package_id,
        from_code=own.code,
        from_name=own.name[:300],
        document=package.document,
        answers=package,
        unit=by.own_unit,
        state=PackageState.WRITTEN,
        at=clock.now(),
    )
    to = package.from_name or package.from_code
    record(package.document or package, "receipt_written", by=by, to=to)
    return written


def _take_receipt(found: Receipt, data: bytes, name: str, by: Actor) -> Taken:
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
            return Taken(before, is_new=False, delivery=delivery)
        package = ExchangePackage.objects.create(
            attachment=files.keep(data, name, media_type=file_rules.EDXML),
            is_incoming=True,
            package_id=told,
            from_code=found.sender.code[:60],
            from_name=found.sender.name[:300],
            document=delivery.document,
            answers=delivery.package,
            unit=by.own_unit,
            header={"status": found.status, "words": found.words, "staff": found.staff},
            state=PackageState.TAKEN,
            at=clock.now(),
        )
        _note(delivery, found, by)
        return Taken(package, is_new=True, delivery=delivery)


def _answered(found: Receipt, by: Actor) -> Delivery:
    """What the receipt is for, locked. Raises Malformed where nothing like it was sent from here."""
    sent = Delivery.objects.select_for_update(of=("self",)).filter(
        package__package_id=found.package_id, organ_code=found.sender.code
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
        delivery.received_at = found.at.replace(tzinfo=clock.ZONE) if found.at else clock.now()
        delivery.received_by = (who or found.sender.code)[:120]
        delivery.note = found.words
    else:
        return
    delivery.save(update_fields=["state", "received_at", "received_by", "note"])
    verb = "delivery_refused" if delivery.state == DeliveryState.REFUSED else "delivery_received"
    record(delivery.document, verb, by=by, reason=delivery.note, to=delivery.recipient)
    if delivery.state == DeliveryState.REFUSED:
        notices.refused(delivery)
