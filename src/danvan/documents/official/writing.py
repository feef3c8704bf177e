"""An official document as DOCX: letterhead, name, address, body, signature."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time

from docx import Document as new_docx
from docx.document import Document as Docx
from docx.shared import Cm, Pt

from .body import WRITERS, body_paragraph, ended
from .layout import OfficialDocument, date_in_words
from .notes import Notes
from .page import LEFT, WIDTH, add_line, add_rule, clean, plain_table, set_page, set_type

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_LETTERHEAD = (Cm(6.3), WIDTH - Cm(6.3))  # the name of the country stays on one line
_SIGNATURE = (Cm(8), WIDTH - Cm(8))


def write(document: OfficialDocument) -> bytes:
    """The document as DOCX. The same document gives the same bytes."""
    docx = new_docx()
    _describe(docx, document)
    set_page(docx)
    set_type(docx)
    notes = Notes()
    _letterhead(docx, document)
    _name(docx, document)
    _address(docx, document.addressees)
    for place, basis in enumerate(document.bases, start=1):
        stop = "." if place == len(document.bases) else ";"
        line = body_paragraph(docx, f"{basis.rstrip(' .;,')}{stop}", notes)
        line.runs[0].italic = True
    for text in document.preamble:
        body_paragraph(docx, text, notes)
    for block in ended(document.body):
        WRITERS[type(block)](docx, block, notes)
    _signature(docx, document)
    notes.attach(docx)
    return _packed(docx)


def _describe(docx: Docx, document: OfficialDocument) -> None:
    properties = docx.core_properties
    properties.title = clean(f"{document.kind}: {document.title}")[:255]
    properties.author = clean(" ".join(document.issuer))[:255]
    properties.comments = ""
    properties.language = "vi-VN"
    made = datetime.combine(document.issued_on or date(2000, 1, 1), time())
    properties.created = properties.modified = made


def _letterhead(docx: Docx, document: OfficialDocument) -> None:
    table = plain_table(docx, 2, _LETTERHEAD)
    left, right = table.rows[0].cells
    if document.superior:
        add_line(left, document.superior.upper(), size=12)
    for name in document.issuer:
        add_line(left, name.upper(), size=12, bold=True)
    add_rule(left, cell=_LETTERHEAD[0], length=Cm(2.4))
    add_line(right, COUNTRY, size=12, bold=True)
    add_line(right, MOTTO, size=13, bold=True)
    add_rule(right, cell=_LETTERHEAD[1], length=Cm(5.7))
    left, right = table.rows[1].cells
    add_line(left, f"Số: {document.number or '        '}/{document.sign}", size=13)
    add_line(right, f"{document.place}, {date_in_words(document.issued_on)}", size=13, italic=True)


def _name(docx: Docx, document: OfficialDocument) -> None:
    kind = add_line(docx, document.kind.upper(), size=14, bold=True)
    kind.paragraph_format.space_before = Pt(18)
    kind.paragraph_format.keep_with_next = True
    title = add_line(docx, document.title, size=14, bold=True)
    title.paragraph_format.keep_with_next = True
    add_rule(docx, cell=WIDTH, length=Cm(4.5)).paragraph_format.space_after = Pt(12)


def _address(docx: Docx, addressees: Sequence[str]) -> None:
    """One addressee on the line of “Kính gửi”; several in a list."""
    if not addressees:
        return
    if len(addressees) == 1:
        line = add_line(docx, f"Kính gửi: {addressees[0]}.", size=14)
        line.paragraph_format.space_after = Pt(12)
        return
    add_line(docx, "Kính gửi:", size=14, align=LEFT).paragraph_format.left_indent = Cm(3)
    for place, name in enumerate(addressees, start=1):
        stop = "." if place == len(addressees) else ";"
        line = add_line(docx, f"- {name}{stop}", size=14, align=LEFT)
        line.paragraph_format.left_indent = Cm(5)
    line.paragraph_format.space_after = Pt(12)


def _signature(docx: Docx, document: OfficialDocument) -> None:
    gap = docx.add_paragraph()
    gap.paragraph_format.space_after = Pt(0)
    gap.paragraph_format.line_spacing = Pt(6)
    table = plain_table(docx, 1, _SIGNATURE)
    left, right = table.rows[0].cells
    if document.recipients:
        add_line(left, "Nơi nhận:", size=12, bold=True, italic=True, align=LEFT)
    for recipient in document.recipients:
        stop = "." if recipient == document.recipients[-1] else ";"
        add_line(left, f"- {recipient}{stop}", size=11, align=LEFT)
    for capacity in filter(None, (*document.authority, document.signer_role)):
        add_line(right, capacity.upper(), size=14, bold=True)
    for _space in range(4):  # the signature and the seal
        add_line(right, "", size=14)
    add_line(right, document.signer, size=14, bold=True)


def _packed(docx: Docx) -> bytes:
    """The package, with the same time on every part of it."""
    made, packed = io.BytesIO(), io.BytesIO()
    docx.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as same:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            same.writestr(entry, parts.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
