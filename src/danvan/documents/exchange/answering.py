"""Receipts written to who sent a document here, and answers to his recall or change of one."""

from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import record
from danvan.documents.choices import PackageState, ReceiptStatus
from danvan.documents.models import ExchangePackage
from danvan.documents.rules import as_date
from danvan.files import actions as files
from danvan.files import rules as file_rules
from danvan.org.access import require, works_for
from danvan.org.actors import Actor
from danvan.refusals import NotAccepted

from . import edxml, organs
from .package import Act, Receipt

NEEDS_REASON = {ReceiptStatus.REFUSED, ReceiptStatus.DECLINED}
_LAST = {ReceiptStatus.REFUSED, ReceiptStatus.DONE}
_ON_ITS_WAY = (ReceiptStatus.ACCEPTED, ReceiptStatus.IN_PROGRESS, ReceiptStatus.DONE)
_OF_AN_ACT = (ReceiptStatus.AGREED, ReceiptStatus.DECLINED)


def left_to_say(package: ExchangePackage) -> list[ReceiptStatus]:
    """What its receiver may still answer: onwards only, and to a recall yes or no, once."""
    act = package.header.get("act")
    said = {one.header.get("status") for one in package.receipts.filter(is_incoming=False)}
    left: list[ReceiptStatus] = []
    if act != Act.WITHDRAWS and not said & _LAST:
        furthest = max((_ON_ITS_WAY.index(one) for one in _ON_ITS_WAY if one in said), default=-1)
        left += [*_ON_ITS_WAY[furthest + 1 :], ReceiptStatus.REFUSED]
    if act in {Act.WITHDRAWS, Act.CHANGES} and not said & set(_OF_AN_ACT):
        left += _OF_AN_ACT
    return left


@files.atomic()
def answer(
    package: ExchangePackage,
    *,
    by: Actor,
    status: ReceiptStatus = ReceiptStatus.ACCEPTED,
    words: str = "",
) -> ExchangePackage | None:
    """The package that tells the sender so; each answer is made once.

    None where the unit has no identifier. Raises NotAccepted for what cannot be said any more.
    """
    require(package.unit is not None and works_for(by, package.unit))
    ExchangePackage.objects.select_for_update(of=("self",)).get(pk=package.pk)
    before = package.receipts.filter(is_incoming=False, header__status=status).first()
    if before is not None:
        return before
    _check(package, status, words)
    own = organs.organ(by.own_unit, clock.today())
    if own is None:
        return None
    receipt = Receipt(
        package_id=package.header["package_id"],
        sender=own,
        to=package.from_code,
        number=package.header.get("number") or "",
        issued_on=as_date(package.header.get("date") or ""),
        status=status,
        words=words or str(status.label),
        at=clock.now(),
        staff=by.name,
    )
    data = edxml.QCVN.write_receipt(receipt)
    written = ExchangePackage.objects.create(
        attachment=files.keep(data, f"bao-{status}.edxml", media_type=file_rules.EDXML),
        is_incoming=False,
        package_id=package.package_id,
        from_code=own.code,
        from_name=own.name[:300],
        document=package.document,
        answers=package,
        unit=by.own_unit,
        header={"status": status, "words": words},
        state=PackageState.WRITTEN,
        at=clock.now(),
    )
    to = package.from_name or package.from_code
    record(
        package.document or package,
        "receipt_written",
        by=by,
        reason=words,
        to=to,
        status=str(status.label),
    )
    return written


def _check(package: ExchangePackage, status: ReceiptStatus, words: str) -> None:
    if status not in left_to_say(package):
        raise NotAccepted(_("Đã báo nơi gửi điều khác nên không báo được điều này nữa."))
    if status in NEEDS_REASON and not words.strip():
        raise NotAccepted(_("Ghi lý do để nơi gửi biết."))
