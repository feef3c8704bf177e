"""The envelope of QCVN 102:2016/BTTTT: `edXML`, `edXML:edXMLEnvelope`, `AttachmentEncoded`. Read here.

Read as these write it, and tested so: the kit of the national axis with its samples, a package of
October 2025 that went over it, Bkav eDoc, two provincial office systems, a gateway of an enterprise.
They agree in names and differ in the order of elements, in whether a receipt is a MessageHeader with
a StatusCode or a MessageStatus, in “cid:” before a ContentId, and in DocumentType/Type (1, 18 and 71
for the same Công văn: readers go by TypeName). The regulation's schema was not at hand.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from . import qcvn_writing
from .guarded import Node
from .package import Act, File, Header, Malformed, Organ, Package, Receipt
from .reading import Sealed, as_count, as_date, as_time, joined, opened, said


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
        sealed = _sealed(root)
        is_word_only = told.act == Act.WITHDRAWS and not sealed
        return Package(
            header=told,
            files=() if is_word_only else opened(sealed),
            is_signed=any(one.words("SignatureValue") for one in header.anywhere("Signature")),
        )

    def write(self, header: Header, files: Sequence[File], *, at: datetime) -> bytes:
        """A package with these files, the document itself first."""
        return qcvn_writing.package(header, files, at)

    def write_receipt(self, receipt: Receipt) -> bytes:
        return qcvn_writing.receipt(receipt)


def _header(message: Node, trace: Node | None) -> Header:
    sender = message.find("From")
    package_id = message.words("DocumentId")
    business = _business(trace)
    act = _act(business)
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
        answers=() if act == Act.WITHDRAWS else tuple(_ids(message.all("ResponseFor"))),
        act=act,
        meant=tuple(_meant(act, message, business)) or ((package_id,) if act else ()),
        reason=said(business.words("BussinessDocReason")) if business and act else "",
        sent_at=as_time(trace.words("TraceHeader", "Timestamp")) if trace else None,
    )


def _business(trace: Node | None) -> Node | None:
    return (trace.find("Bussiness") or trace.find("Business")) if trace else None


def _act(business: Node | None) -> Act | None:
    if business is None:
        return None
    said_of_it = business.words("BussinessDocType") or business.words("BusinessDocType")
    return Act(said_of_it) if said_of_it in set(Act) else None


def _meant(act: Act | None, message: Node, business: Node | None) -> Iterator[str]:
    """The documents that the act is about, each where the axis's own kit puts it.

    None: the package bears the DocumentId of the document itself, as a provincial system sends it.
    """
    if business is None or act is None:
        return
    own = business.words("DocumentId")
    if act == Act.WITHDRAWS:
        yield from _ids(message.all("ResponseFor"))
    elif act == Act.REPLACES:
        for replaced in business.all("ReplacementInfoList"):
            yield from _ids(replaced.all("ReplacementInfo"))
    elif own:
        yield own


def _ids(nodes: Iterable[Node]) -> Iterator[str]:
    return filter(None, (one.words("DocumentId") for one in nodes))


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
    loose = [one for part in root.anywhere("edXMLAttachments") for one in part.all("Attachment")]
    for one in (*held.values(), *loose):
        name = said(one.words("AttachmentName")) or f"tep-{len(found) + 1}"
        found.append(_one(one, name, one.words("ContentType")))
    return found


def _one(node: Node, name: str, media_type: str) -> Sealed:
    content = node.find("ContentTransferEncoded") or node.find("AttachmentData")
    return Sealed(name, media_type, content.text if content else "")


def _bare(content_id: str) -> str:
    return content_id.removeprefix("cid:")
