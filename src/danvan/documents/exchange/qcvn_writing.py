"""The envelope of QCVN 102:2016/BTTTT, written as the national axis's own kit writes it.

Prefixes, order of elements and dates are those of its samples and of a package that went over the
axis in October 2025. Unverified: whether receivers mind the order, since programs differ and are
accepted; DocumentType/Type of kinds that Nghị định 30/2020/NĐ-CP does not number.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from . import kinds
from .contents import encoded
from .package import File, Header, Organ, Receipt
from .writing import Writer

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
_XLINK = "http://www.w3.org/1999/xlink"
_NEW = "0"  # BussinessDocType


def package(header: Header, files: Sequence[File], at: datetime) -> bytes:
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


def receipt(receipt: Receipt) -> bytes:
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
            out.say("edXML:Type", kinds.number_of(header.kind))
            out.say("edXML:TypeDetail", 0)
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
        out.say("edXML:Description", file.name)
        out.say("edXML:AttachmentName", file.name)


def _write_file(out: Writer, cid: str, file: File) -> None:
    with out.inside("Attachment"):
        out.say("ContentId", f"cid:{cid}")
        out.say("AttachmentName", file.name)
        out.say("Description", file.name)
        out.say("ContentType", file.media_type)
        coded = encoded(file.data)
        out.say("edXML:ContentTransferEncoded", coded, xmlns__edXML=NAMESPACE)


def _day(day: Any) -> str:
    return f"{day:%Y/%m/%d}" if day else ""


def _moment(at: datetime | None) -> str:
    return f"{at:%Y/%m/%d %H:%M:%S}" if at else ""
