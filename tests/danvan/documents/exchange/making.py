"""Packages, receipts and units with identifiers for the tests of the exchange."""

from datetime import date, datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.documents.exchange import edxml, recipients, sending
from danvan.documents.exchange.package import File, Header, Organ, Receipt
from danvan.documents.exchange.sending import Choice
from danvan.documents.models import Delivery, Document
from danvan.files.models import Attachment
from danvan.org.actors import Actor
from danvan.org.choices import CodeSystem
from danvan.org.models import Unit, UnitCode
from tests.factories import DocumentFactory, UnitFactory, actor

AT = datetime(2024, 3, 18, 9, 5, 7)
PLAN = File("15-KH-UBND.txt", "KẾ HOẠCH\n1. Sở Tư pháp xây dựng kế hoạch.\n".encode(), "text/plain")
ANNEX = File("Phụ lục I.pdf", b"%PDF-1.7 phu luc", "application/pdf")
PROVINCE = Organ("H57.12", "UBND tỉnh Tân Giang")
JUSTICE = Organ("H57.12.3", "Sở Tư pháp")
ID = "H57.12,2024/02/20,15/KH-UBND"


def package(files: Any = (PLAN, ANNEX), *, act: str = "0", meant: str = "") -> bytes:
    """New, or one that changes (`act`) the document of a DocumentId."""
    header = Header(
        package_id="H57.12,2024/03/15,15/KH-UBND",
        sender=PROVINCE,
        recipients=(Organ("H57.12.3", "Sở Tư pháp"),),
        number="15/KH-UBND",
        issued_on=date(2024, 3, 15),
        kind="Kế hoạch",
        subject="Thực hiện công tác dân vận",
        signer="Nguyễn Văn Thử",
    )
    data = edxml.QCVN.write(header, files, at=AT).replace(b"DocType>0<", f"DocType>{act}<".encode())
    if not meant:
        return data
    named = f"<DocumentId>{meant}</DocumentId>"
    if act == "1":
        return data.replace(
            b"</edXML:MessageHeader>",
            f"<ResponseFor>{named}</ResponseFor></edXML:MessageHeader>".encode(),
        )
    if act == "3":
        named = (
            f"<ReplacementInfoList><ReplacementInfo>{named}</ReplacementInfo></ReplacementInfoList>"
        )
    return data.replace(b"</edXML:Bussiness>", f"{named}</edXML:Bussiness>".encode())


def receipt(
    status: str = "03",
    words: str = "",
    at: datetime = AT,
    by: Organ = JUSTICE,
    about: str = ID,
) -> bytes:
    made = Receipt(
        package_id=about,
        sender=by,
        to="H57.12",
        number="15/KH-UBND",
        issued_on=date(2024, 2, 20),
        status=status,
        words=words,
        at=at,
        staff="Văn Thư",
    )
    return edxml.QCVN.write_receipt(made)


def coded_unit(called: str, code: str, unit: Unit | None = None) -> Unit:
    unit = unit or UnitFactory(called=called)
    UnitCode.objects.create(
        unit=unit,
        system=CodeSystem.AGENCY,
        code=code,
        validity=DateRange(date(2020, 1, 1), None),
    )
    return unit


def plan(sender: Actor, *recipients: str) -> Document:
    """A registered plan of the unit, with “Nơi nhận”."""
    return DocumentFactory(
        number="15/KH-UBND", filed_by=sender.unit, recipients=list(recipients), title="Dân vận"
    )


def chosen(document: Document, by: Actor, **ways: Any) -> list[Choice]:
    """Each recipient its usual way, or the one that is given by name (blanks as _)."""
    found = recipients.of(document, by=by)
    return [
        Choice(one, ways.get(one.name.replace(" ", "_"), one.ways[0]), "van.thu@tinh.example")
        for one in found
    ]


def sent_by_package() -> tuple[Actor, Delivery]:
    """A plan that went to Sở Tư pháp as a package."""
    sender = actor(unit=coded_unit("UBND tỉnh Tân Giang", "H57.12"))
    coded_unit("Sở Tư pháp", "H57.12.3")
    document = plan(sender, "- Sở Tư pháp;")
    [delivery] = sending.send(document, chosen(document, sender), by=sender)
    assert delivery.way == "edxml"
    return sender, delivery


def content(attachment: Attachment) -> bytes:
    with attachment.content.open("rb") as stream:
        return bytes(stream.read())
