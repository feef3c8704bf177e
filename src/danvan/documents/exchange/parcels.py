"""What travels to the recipients of a document: a package of the exchange, or a letter with its file."""

import io
import zipfile

from django.utils.translation import gettext as _

from danvan import clock
from danvan.documents.choices import PackageState
from danvan.documents.models import Delivery, Document, ExchangePackage
from danvan.files import actions as files
from danvan.files import rules as file_rules
from danvan.files.models import Attachment
from danvan.notices import letters
from danvan.org.actors import Actor
from danvan.refusals import NotAccepted
from danvan.text import in_vietnamese
from danvan.workdays.rules import printed

from . import edxml, organs, rules
from .package import File, Header, Organ

_WHOLE = 2 * 50 * 1024 * 1024  # bytes of a package


def package(document: Document, to: list[Organ], by: Actor) -> ExchangePackage:
    sender = organs.sender(document, by.own_unit, clock.today())
    if sender is None:
        raise NotAccepted(
            _(
                "Đơn vị gửi chưa có mã định danh cơ quan nên chưa lập được gói edXML. Gửi bằng thư điện tử hoặc bản giấy, hoặc ghi mã định danh tại Tổ chức."
            )
        )
    header = _header(document, sender, to)
    data = edxml.QCVN.write(header, _files(document), at=clock.now())
    if len(data) > _WHOLE:
        raise NotAccepted(_("Văn bản và phụ lục quá lớn cho một gói edXML. Gửi bản giấy."))
    name = f"{(document.number or 'van-ban').replace('/', '-')}.edxml"
    return ExchangePackage.objects.create(
        attachment=files.keep(data, name, media_type=file_rules.EDXML),
        is_incoming=False,
        package_id=header.package_id[:300],
        from_code=sender.code,
        from_name=sender.name[:300],
        document=document,
        unit=by.own_unit,
        state=PackageState.WRITTEN,
        at=clock.now(),
    )


def _header(document: Document, sender: Organ, to: list[Organ]) -> Header:
    return Header(
        package_id=rules.package_id(sender.code, document.issued_on, document.number),
        sender=sender,
        recipients=tuple(to),
        number=document.number,
        issued_on=document.issued_on,
        place=document.place,
        kind=document.kind,
        subject=document.title,
        content=document.title,
        authority=document.authority,
        signer_role=document.signer_role,
        signer=document.signer,
    )


def _files(document: Document) -> list[File]:
    annexes = document.annexes.select_related("attachment")
    return [_file(document.file), *(_file(one.attachment) for one in annexes)]


def _file(attachment: Attachment) -> File:
    with attachment.content.open("rb") as stream:
        return File(attachment.name, stream.read(), attachment.media_type)


def of(document: Document) -> Attachment:
    """What goes with a letter: the file, or a ZIP of it with its annexes. Raises NotAccepted."""
    whole = [document.file, *(one.attachment for one in document.annexes.all())]
    if sum(one.size for one in whole) > rules.LETTER:
        raise NotAccepted(
            _(
                "Tệp lớn hơn %(limit)s MB nên máy chủ thư thường không nhận. Chọn “Tệp, bản giấy” và chuyển tệp bằng cách khác."
            )
            % {"limit": rules.LETTER // 1024**2}
        )
    if len(whole) == 1:
        return whole[0]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, one in enumerate(_files(document)):
            archive.writestr(f"{place}-{one.name}" if place else one.name, one.data)
    name = f"{(document.number or 'van-ban').replace('/', '-')}.zip"
    return files.keep(out.getvalue(), name, media_type=file_rules.ZIP)


@in_vietnamese
def post(delivery: Delivery, parcel: Attachment) -> None:
    document = delivery.document
    told = {
        "recipient": delivery.recipient,
        "document": document,
        "day": printed(document.issued_on) if document.issued_on else "",
        "title": document.title,
        "file": parcel.name,
    }
    body = _(
        "Kính gửi %(recipient)s,\n\n"
        "Kèm thư này là %(document)s ngày %(day)s: %(title)s.\n"
        "Tệp kèm theo: %(file)s.\n\n"
        "Xin báo lại nơi gửi khi đã nhận được, hoặc khi không mở được tệp.\n"
    )
    delivery.letter = letters.write(
        delivery.address,
        subject=_("Gửi văn bản: %(document)s") % told,
        body=body % told,
        attachment=parcel,
    )
    delivery.save(update_fields=["letter"])
