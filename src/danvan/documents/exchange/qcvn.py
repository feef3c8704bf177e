"""The envelope of QCVN 102:2016/BTTTT: `edXML`, `edXML:edXMLEnvelope`, `AttachmentEncoded`.

Names and order of elements are those of public software that talks to the national axis; the
regulation's schema was not at hand. Unverified: whether receivers mind the order of what stands in
MessageHeader (software differs), and the shape of a receipt, of which there are two: read both,
written as the axis's own kit writes it, a MessageHeader with StatusCode.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from . import kinds
from .contents import encoded
from .guarded import Node
from .package import Act, File, Header, Malformed, Organ, Package, Receipt
from .reading import Sealed, as_count, as_date, as_time, joined, opened, said
from .writing import Writer

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
_XLINK = "http://www.w3.org/1999/xlink"
_NEW = "0"  # BussinessDocType


class Qcvn102:
    def fits(self, root: Node) -> bool:
        return root.name == "edXML"

    def read(self, root: Node) -> Package | Receipt:
        header = root.find("edXMLEnvelope", "edXMLHeader")
        if header is None:
            raise Malformed(_("Gói thiếu phần đầu (edXMLHeader). Báo nơi gửi lập lại gói."))
        for status in (*header.all("MessageStatus"), *header.all("Status")):
            return _receipt(status)
        message = header.find("MessageHeader")
        if message is None:
            raise Malformed(_("Gói thiếu phần đầu (MessageHeader). Báo nơi gửi lập lại gói."))
        if message.find("StatusCode"):
            return _receipt(message)
        told = _header(message, header.find("TraceHeaderList"))
        if told.act == Act.WITHDRAWS:
            raise Malformed(
                _(
                    "Gói này thu hồi văn bản %(number)s của %(sender)s, không kèm văn bản mới. Mở văn bản đã nhận và ghi hết hiệu lực, hoặc liên hệ nơi gửi."
                )
                % {"number": told.number or told.package_id, "sender": told.sender.name}
            )
        return Package(
            header=told,
            files=opened(_sealed(root)),
            is_signed=any(one.words("SignatureValue") for one in header.anywhere("Signature")),
        )

    def write(self, header: Header, files: Sequence[File], *, at: datetime) -> bytes:
        """A package with these files, the document itself first."""
        out = Writer()
        named = [(str(uuid4()), one) for one in files]
        with out.inside("edXML", xmlns=NAMESPACE):
            with out.inside("edXML:edXMLEnvelope", xmlns__edXML=NAMESPACE):
                with out.inside("edXML:edXMLHeader"):
                    _write_header(out, header)
                    _write_trace(out, header, at)
                    # Signature, XML-DSig: put here by who holds the office's certificate.
                with out.inside("edXML:edXMLBody"):
                    with out.inside("edXML:edXMLManifest", version="1.0"):
                        for cid, one in named:
                            _write_reference(out, cid, one)
            with out.inside("AttachmentEncoded"):
                for cid, one in named:
                    _write_file(out, cid, one)
        return out.data

    def write_receipt(self, receipt: Receipt) -> bytes:
        out = Writer()
        with out.inside("edXML", xmlns=NAMESPACE):
            with out.inside("edXML:edXMLEnvelope", xmlns__edXML=NAMESPACE):
                with out.inside("edXML:edXMLHeader"):
                    with out.inside("edXML:MessageHeader"):
                        _write_organ(out, "From", receipt.sender)
                        with out.inside("edXML:ResponseFor"):
                            out.say("edXML:OrganId", receipt.to)
                            out.say("edXML:Code", receipt.number)
                            out.say("edXML:PromulgationDate", _day(receipt.issued_on))
                            out.say("edXML:DocumentId", receipt.package_id)
                        with out.inside("edXML:StaffInfo"):
                            out.say("edXML:Staff", receipt.staff)
                        out.say("edXML:StatusCode", receipt.status)
                        out.say("edXML:Description", receipt.words)
                        out.say("edXML:Timestamp", _moment(receipt.at))
        return out.data


# Read


def _header(message: Node, trace: Node | None) -> Header:
    sender = message.find("From")
    package_id = message.words("DocumentId")
    if sender is None or not sender.words("OrganId") or not package_id:
        raise Malformed(
            _(
                "Gói thiếu nơi gửi (From) hoặc mã định danh văn bản (DocumentId). Báo nơi gửi lập lại gói."
            )
        )
    return Header(
        package_id=package_id,
        sender=_organ(sender),
        recipients=tuple(_organ(one) for one in message.all("To")),
        number=joined(message.words("Code", "CodeNumber"), message.words("Code", "CodeNotation")),
        issued_on=as_date(message.words("PromulgationInfo", "PromulgationDate")),
        place=said(message.words("PromulgationInfo", "Place")),
        kind=said(message.words("DocumentType", "TypeName")),
        subject=said(message.words("Subject")),
        content=said(message.words("Content")),
        authority=said(message.words("SignerInfo", "Competence")),
        signer_role=said(message.words("SignerInfo", "Position")),
        signer=said(message.words("SignerInfo", "FullName")),
        pages=as_count(message.words("OtherInfo", "PageAmount")),
        answers=tuple(
            filter(None, (one.words("DocumentId") for one in message.all("ResponseFor")))
        ),
        act=_act(trace),
        sent_at=as_time(trace.words("TraceHeader", "Timestamp")) if trace else None,
    )


def _act(trace: Node | None) -> Act | None:
    said_of_it = trace.words("Bussiness", "BussinessDocType") if trace else ""
    return Act(said_of_it) if said_of_it in set(Act) else None


def _organ(node: Node) -> Organ:
    name, above = said(node.words("OrganName")), said(node.words("OrganizationInCharge"))
    return Organ(node.words("OrganId"), name, in_charge="" if above == name else above)


def _receipt(status: Node) -> Receipt:
    sender, answered = status.find("From"), status.find("ResponseFor")
    if sender is None or answered is None or not answered.words("DocumentId"):
        raise Malformed(
            _("Gói báo trạng thái không nói về văn bản nào (ResponseFor). Báo nơi gửi lập lại gói.")
        )
    return Receipt(
        package_id=answered.words("DocumentId"),
        sender=_organ(sender),
        to=answered.words("OrganId"),
        number=answered.words("Code"),
        issued_on=as_date(answered.words("PromulgationDate")),
        status=status.words("StatusCode"),
        words=status.words("Description"),
        at=as_time(status.words("Timestamp")),
        staff=said(status.words("StaffInfo", "Staff")),
    )


def _sealed(root: Node) -> list[Sealed]:
    """The files in the order of the manifest, then those that it forgets.

    Raises Malformed where it names one that the package does not hold.
    """
    held = {
        _bare(one.words("ContentId")): one
        for encoded_part in root.all("AttachmentEncoded")
        for one in encoded_part.all("Attachment")
    }
    manifest = root.find("edXMLEnvelope", "edXMLBody", "edXMLManifest")
    found: list[Sealed] = []
    for reference in manifest.all("Reference") if manifest else []:
        name = said(reference.words("AttachmentName")) or f"tep-{len(found) + 1}"
        cid = reference.words("ContentId") or reference.attributes.get("href", "")
        one = held.pop(_bare(cid), None)
        if one is None:
            raise Malformed(
                _(
                    "Mục lục của gói ghi tệp “%(name)s” nhưng gói không kèm tệp đó. Báo nơi gửi lập lại gói."
                )
                % {"name": name}
            )
        found.append(_one(one, name, reference.words("ContentType")))
    for one in held.values():
        name = said(one.words("AttachmentName")) or f"tep-{len(found) + 1}"
        found.append(_one(one, name, one.words("ContentType")))
    return found


def _one(node: Node, name: str, media_type: str) -> Sealed:
    content = node.find("ContentTransferEncoded")
    return Sealed(name, media_type, content.text if content else "")


def _bare(content_id: str) -> str:
    return content_id.removeprefix("cid:")


# Written


def _write_header(out: Writer, header: Header) -> None:
    number, _slash, notation = header.number.partition("/")
    with out.inside("edXML:MessageHeader"):
        _write_organ(out, "From", header.sender)
        for one in header.recipients:
            _write_organ(out, "To", one)
        out.say("edXML:DocumentId", header.package_id)
        with out.inside("edXML:Code"):
            out.say("edXML:CodeNumber", number)
            out.say("edXML:CodeNotation", notation)
        with out.inside("edXML:PromulgationInfo"):
            out.say("edXML:Place", header.place)
            out.say("edXML:PromulgationDate", _day(header.issued_on))
        with out.inside("edXML:DocumentType"):
            out.say("edXML:Type", kinds.part_of(header.kind))
            out.say("edXML:TypeDetail", kinds.number_of(header.kind))
            out.say("edXML:TypeName", header.kind)
        out.say("edXML:Subject", header.subject)
        out.say("edXML:Content", header.content)
        with out.inside("edXML:SignerInfo"):
            out.say("edXML:Competence", header.authority)
            out.say("edXML:Position", header.signer_role)
            out.say("edXML:FullName", header.signer)
        with out.inside("edXML:OtherInfo"):
            out.say("edXML:Priority", 0)
            out.say("edXML:PageAmount", header.pages)
        for answered in header.answers:
            with out.inside("edXML:ResponseFor"):
                out.say("edXML:DocumentId", answered)
        out.say("edXML:SteeringType", 0)


def _write_organ(out: Writer, tag: str, organ: Organ) -> None:
    with out.inside(f"edXML:{tag}"):
        out.say("edXML:OrganId", organ.code)
        out.say("edXML:OrganizationInCharge", organ.in_charge or organ.name)
        out.say("edXML:OrganName", organ.name)


def _write_trace(out: Writer, header: Header, at: datetime) -> None:
    with out.inside("edXML:TraceHeaderList"):
        with out.inside("edXML:TraceHeader"):
            out.say("edXML:OrganId", header.sender.code)
            out.say("edXML:Timestamp", _moment(at))
        with out.inside("edXML:Bussiness"):  # spelled so by all who exchange
            out.say("edXML:BussinessDocType", _NEW)
            out.say("edXML:BussinessDocReason", "Văn bản điện tử mới")
            out.say("edXML:Paper", 0)


def _write_reference(out: Writer, cid: str, file: File) -> None:
    link: dict[str, Any] = {
        "xmlns__xlink": _XLINK,
        "xlink__href": f"cid:{cid}",
        "xlink__type": "simple",
    }
    with out.inside("edXML:Reference", **link):
        out.say("edXML:ContentId", f"cid:{cid}")
        out.say("edXML:ContentType", file.media_type)
        out.say("edXML:AttachmentName", file.name)


def _write_file(out: Writer, cid: str, file: File) -> None:
    with out.inside("Attachment"):
        out.say("ContentId", cid)
        out.say("ContentType", file.media_type)
        out.say("AttachmentName", file.name)
        out.say("ContentTransferEncoded", encoded(file.data))


def _day(day: Any) -> str:
    return f"{day:%Y/%m/%d}" if day else ""


def _moment(at: datetime | None) -> str:
    return f"{at:%Y/%m/%d %H:%M:%S}" if at else ""
