"""Packages that come in: a document becomes one here, a recall or a change stands beside what it means.

A receipt is noted at what it answers: `receipts`. What is said back: `answering`.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import vanban
from danvan import clock
from danvan.audit.actions import record
from danvan.documents import access, tasks
from danvan.documents import actions as documents
from danvan.documents.choices import PackageState, ReceiptStatus
from danvan.documents.models import Annex, Delivery, Document, ExchangePackage, Reading
from danvan.files import actions as files
from danvan.files import rules as file_rules
from danvan.org.access import require
from danvan.org.actors import Actor

from . import answering, earlier, edxml, notices, receipts, signing
from .package import Act, File, Header, Malformed, Package, Receipt
from .signing import Checked, Seal


class NotTaken(Exception):
    """Why a package was refused, in words."""


@dataclass(frozen=True)
class Taken:
    package: ExchangePackage
    is_new: bool  # else it had been taken before, and stays as it was
    delivery: Delivery | None = None  # that a receipt answers
    differs: bool = False  # taken before under the same identifier, and now says something else


def take(data: bytes, name: str, *, by: Actor) -> Taken:
    """Take in a package or a receipt. Raises NotTaken; then the reason is kept and nothing else."""
    require(access.can_exchange(by))
    try:
        found = edxml.read(data)
        if isinstance(found, Receipt) and found.status == ReceiptStatus.WITHDRAWN:
            found = _recall(found)
        if isinstance(found, Receipt):
            package, delivery, is_new = receipts.take(found, data, name, by=by)
            return Taken(package, is_new, delivery)
        return _take_package(found, data, name, by)
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


def _take_package(found: Package, data: bytes, name: str, by: Actor) -> Taken:
    if before := _before(found.header, by):
        return _again(before, found)
    try:
        with files.atomic():
            is_recall = found.header.act == Act.WITHDRAWS
            keep = _keep_recall if is_recall else _keep
            return Taken(keep(found, data, name, by), is_new=True)
    except IntegrityError:  # a colleague was quicker
        if before := _before(found.header, by):
            return _again(before, found)
        raise


def _again(before: ExchangePackage, found: Package) -> Taken:
    """An identifier is only claimed: what bears it a second time may be what was really sent."""
    differs = False
    if before.attachment is not None:
        with before.attachment.content.open("rb") as stream:
            kept = edxml.read(stream.read())
        differs = isinstance(kept, Package) and _gist(kept) != _gist(found)
    return Taken(before, is_new=False, differs=differs)


def _gist(package: Package) -> tuple[object, ...]:
    """What a second sending of the same package says again; its stamps of the way are others."""
    header = package.header
    sent = [(one.name, one.data) for one in package.files]
    return header.number, header.issued_on, header.subject, header.meant, sent


def _before(header: Header, by: Actor) -> ExchangePackage | None:
    """The same one, as the unit itself brought it in: what another did blocks nobody."""
    taken = ExchangePackage.objects.filter(
        unit__in=by.work_units,
        is_incoming=True,
        state=PackageState.TAKEN,
        from_code=header.sender.code[:60],
        package_id=_key(header),
    )
    return taken.select_related("document", "attachment").first()


def _key(header: Header) -> str:
    """What one package is known by: one that changes a document bears that document's DocumentId."""
    if header.act is None:
        return header.package_id[:300]
    return f"{header.package_id[:250]} {header.act} {header.sent_at or ''}"


def _recall(found: Receipt) -> Package:
    """Asked for as a status: the sender names the document, and sends nothing with it."""
    header = Header(
        package_id=found.package_id,
        sender=found.sender,
        number=found.number,
        issued_on=found.issued_on,
        act=Act.WITHDRAWS,
        meant=(found.package_id,),
        reason=found.words,
        sent_at=found.at,
    )
    return Package(header, ())


def _keep(found: Package, data: bytes, name: str, by: Actor) -> ExchangePackage:
    signature = signing.check(data, settings.DANVAN_EXCHANGE_TRUST, clock.now())
    reading, rest = _main(found.files, by)
    left_out = _annex(reading.document, rest)
    told = _told(found, signature) | {"left_out": left_out}
    package = _kept(found, told, reading.document, data, name, by)
    record(
        reading.document,
        "package_taken",
        by=by,
        package=package.package_id,
        sender=package.from_name or package.from_code,
    )
    if earlier.meant_by(package):
        notices.changed(package)
    if signature.seal != Seal.BROKEN:  # then a person looks first
        answering.answer(package, by=by)
    tasks.read.defer(reading=str(reading.pk))
    return package


def _keep_recall(found: Package, data: bytes, name: str, by: Actor) -> ExchangePackage:
    """Nothing happens to the document: its people are told, and one of them answers."""
    header = found.header
    meant = earlier.named(header.meant, header.sender.code, by.work_units)
    if not meant:
        raise Malformed(
            _(
                "Gói này thu hồi văn bản %(number)s của %(sender)s, nhưng đơn vị chưa nhận văn bản đó bằng gói edXML. Nếu đã nhận cách khác, tìm trong danh sách văn bản và ghi hết hiệu lực."
            )
            % {
                "number": header.number or header.meant[0],
                "sender": header.sender.name or header.sender.code,
            }
        )
    signature = signing.check(data, settings.DANVAN_EXCHANGE_TRUST, clock.now())
    document = meant[0].document
    assert document is not None
    package = _kept(found, _told(found, signature), document, data, name, by)
    for one in meant:
        record(
            one.document or one,
            "package_recalled",
            by=by,
            reason=header.reason,
            sender=package.from_name or package.from_code,
        )
    notices.changed(package)
    return package


def _kept(
    found: Package, told: dict[str, Any], document: Document, data: bytes, name: str, by: Actor
) -> ExchangePackage:
    return ExchangePackage.objects.create(
        attachment=files.keep(data, name, media_type=file_rules.EDXML),
        is_incoming=True,
        package_id=_key(found.header),
        from_code=found.header.sender.code[:60],
        from_name=found.header.sender.name[:300],
        document=document,
        unit=by.own_unit,
        header=told,
        state=PackageState.TAKEN,
        at=clock.now(),
    )


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


def _told(found: Package, signature: Checked) -> dict[str, Any]:
    """What the package says, to be held against what is read in the document."""
    header = found.header
    return {
        "package_id": header.package_id,
        "act": header.act or "",
        "meant": list(header.meant),
        "reason": header.reason,
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
        "signature": {
            "seal": signature.seal,
            "trust": signature.trust,
            "signer": signature.signer,
            "issuer": signature.issuer,
            "since": signature.since.isoformat() if signature.since else "",
            "until": signature.until.isoformat() if signature.until else "",
            "is_weak": signature.is_weak,
        },
    }
