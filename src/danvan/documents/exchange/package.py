"""What a package of QCVN 102:2016/BTTTT holds, whatever envelope it travels in."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from danvan.documents.choices import ReceiptStatus as Status


class Malformed(Exception):
    """A package that is not taken; the text says why, and what to do."""


class Act(StrEnum):
    """What a package does to one that was sent before: BussinessDocType; 0 is a new document.

    The same in every program that was seen: the national axis's own kit, Bkav eDoc, a provincial
    office system. Which document is meant stands elsewhere for each, after that kit: see `qcvn`.
    """

    WITHDRAWS = "1"
    CHANGES = "2"
    REPLACES = "3"


RECEIVED = {Status.ARRIVED, Status.ACCEPTED, Status.ASSIGNED, Status.IN_PROGRESS, Status.DONE}


@dataclass(frozen=True)
class Organ:
    """A body of the exchange: its identifier by QĐ 20/2020/QĐ-TTg, and its name."""

    code: str
    name: str
    in_charge: str = ""  # the body above it that answers for it


@dataclass(frozen=True)
class Header:
    """What a package says of its document. Empty: it does not say."""

    package_id: str  # DocumentId: “000.00.04.G14,2012/08/06,267/VPCP-TTĐT”
    sender: Organ
    recipients: tuple[Organ, ...] = ()
    number: str = ""  # “267/VPCP-TTĐT”
    issued_on: date | None = None
    place: str = ""
    kind: str = ""
    subject: str = ""
    content: str = ""
    authority: str = ""  # TM., KT., TL.
    signer_role: str = ""
    signer: str = ""
    pages: int | None = None
    answers: tuple[str, ...] = ()  # DocumentId of the documents that it replies to
    act: Act | None = None  # None: a new document
    meant: tuple[str, ...] = ()  # DocumentId of the documents that the act is about
    reason: str = ""  # of the act
    sent_at: datetime | None = None


@dataclass(frozen=True)
class File:
    name: str
    data: bytes = field(repr=False)
    media_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Package:
    """A document on its way, or word of what becomes of one; then it may come without files."""

    header: Header
    files: tuple[File, ...]
    is_signed: bool = False  # a signature is there; `signing` looks whether it fits


@dataclass(frozen=True)
class Receipt:
    """What a receiver answers: MessageStatus."""

    package_id: str  # DocumentId of what is answered
    sender: Organ  # of the receipt
    to: str  # identifier of the body that sent the document
    number: str
    issued_on: date | None
    status: str  # a Status, or what the sender made up
    words: str = ""
    at: datetime | None = None
    staff: str = ""

    @property
    def is_received(self) -> bool:
        return self.status in set(RECEIVED)

    @property
    def is_refused(self) -> bool:
        return self.status == Status.REFUSED
