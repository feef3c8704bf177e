"""The envelope of some regional buses: `EdXMLEnvelope xmlns="http://www.go.vn/eDoc"`. Read only.

Element names after public software of one province; no schema of it was at hand.
"""

from django.utils.translation import gettext as _

from .guarded import Node
from .package import Header, Malformed, Organ, Package, Receipt
from .reading import Sealed, as_count, as_date, joined, opened, said

NAMESPACE = "http://www.go.vn/eDoc"


class EDoc:
    def fits(self, root: Node) -> bool:
        return root.name == "EdXMLEnvelope" and root.namespace == NAMESPACE

    def read(self, root: Node) -> Package | Receipt:
        message = root.find("MessageHeader")
        if message is None:
            raise Malformed(_("Gói thiếu phần đầu (MessageHeader). Báo nơi gửi lập lại gói."))
        return Package(
            header=_header(message),
            files=opened(
                Sealed(
                    said(one.words("FileName")) or f"tep-{place}",
                    one.words("FileType"),
                    content.text if (content := one.find("Content")) else "",
                )
                for place, one in enumerate(_attachments(root), start=1)
            ),
            is_signed=next(root.anywhere("Signature"), None) is not None,
        )


def _attachments(root: Node) -> list[Node]:
    manifest = root.find("Manifest")
    return manifest.all("Attachment") if manifest else []


def _header(message: Node) -> Header:
    sender = message.find("From")
    package_id = message.words("DocumentId")
    if sender is None or not package_id:
        raise Malformed(
            _(
                "Gói thiếu nơi gửi (From) hoặc mã định danh văn bản (DocumentId). Báo nơi gửi lập lại gói."
            )
        )
    kind = message.find("DocumentType")
    return Header(
        package_id=package_id,
        sender=_organ(sender),
        recipients=tuple(_organ(one) for one in message.all("To")),
        number=joined(message.words("Code", "CodeNumber"), message.words("Code", "CodeNotation")),
        issued_on=as_date(message.words("PromulgationInfo", "PromulgationDate")),
        place=said(message.words("PromulgationInfo", "Place")),
        kind=said((kind.words("TypeName") or " ".join(kind.text.split())) if kind else ""),
        subject=said(message.words("Subject")),
        authority=said(message.words("SignerInfo", "Competence")),
        signer_role=said(message.words("SignerInfo", "Position")),
        signer=said(message.words("SignerInfo", "Signer")),
        pages=as_count(message.words("OtherInfo", "PageAmount")),
    )


def _organ(node: Node) -> Organ:
    return Organ(node.words("OrganId"), said(node.words("OrganName")))
