"""Packages of the exchange, read and written. The envelope is a plug-in: buses differ.

`read` finds the envelope by the root element; `QCVN` is what danvan writes.
"""

from typing import Protocol

from django.utils.translation import gettext as _

from .edoc import EDoc
from .guarded import Node, tree
from .package import Malformed, Package, Receipt
from .qcvn import Qcvn102


class Envelope(Protocol):
    """One way of putting a document into XML.

    The signature, an XML-DSig `Signature` beside the message header, is the same in all: `signing`.
    Writers leave its place empty: who holds the office's certificate puts it there.
    """

    def fits(self, root: Node) -> bool: ...

    def read(self, root: Node) -> Package | Receipt:
        """Raises Malformed."""
        ...


QCVN = Qcvn102()
ENVELOPES: tuple[Envelope, ...] = (QCVN, EDoc())


def read(data: bytes) -> Package | Receipt:
    """A package or a receipt. Raises Malformed, in words for who brought it."""
    if not data.strip():
        raise Malformed(_("Tệp không có nội dung. Kiểm tra tệp gốc."))
    root = tree(data)
    for envelope in ENVELOPES:
        if envelope.fits(root):
            return envelope.read(root)
    raise Malformed(
        _(
            "Tệp XML này không phải gói edXML (QCVN 102:2016/BTTTT). Xuất gói từ phần mềm quản lý văn bản rồi nhập lại."
        )
    )
