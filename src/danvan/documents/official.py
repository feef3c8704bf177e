"""Writes an official document as DOCX, in the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I.

Say what the document holds (`OfficialDocument`), get its bytes (`write`): where each part stands,
how large and how bold, is decided here and nowhere else.
"""

import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from docx import Document as new_docx
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
END = "./."
FONT = "Times New Roman"

_LEFT, _CENTRE, _BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
_PATIENCE = 60  # seconds that LibreOffice may take
_WIDTH = Mm(210 - 30 - 20)  # of the text, between the margins
_LETTERHEAD = (Cm(6.3), _WIDTH - Cm(6.3))  # the name of the country stays on one line
_SIGNATURE = (Cm(8), _WIDTH - Cm(8))
_NO_MARGINS = (
    f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    "</w:tblCellMar>"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold


@dataclass(frozen=True)
class Note:
    """A footnote, at the place where it stands in a text."""

    text: str


Text = str | Sequence[str | Note]


@dataclass(frozen=True)
class Heading:
    """A numbered heading with its number: level 1 “I. …”, 2 “1. …”, 3 “a) …”."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: Text


@dataclass(frozen=True)
class Bullet:
    text: Text


@dataclass(frozen=True)
class Table:
    """Columns and rows; the columns named in `numeric` (from 0) are set to the right."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()


Block = Heading | Paragraph | Bullet | Table


@dataclass(frozen=True)
class OfficialDocument:
    issuer: Sequence[str]  # its name in one or two lines
    sign: str  # “BC-SNV”
    kind: str  # “Báo cáo”
    title: str
    place: str
    body: Sequence[Block]
    superior: str = ""
    number: str = ""  # “05”; empty: the clerk writes it in
    issued_on: date | None = None  # none: written in when it is signed
    addressees: Sequence[str] = ()
    bases: Sequence[str] = ()  # “Căn cứ …”, “Thực hiện …”: one a line, set in italics
    preamble: Sequence[Text] = ()
    recipients: Sequence[str] = ()
    authority: Sequence[str] = ()  # “TM. ỦY BAN NHÂN DÂN”, “KT. CHỦ TỊCH”
    signer_role: str = ""
    signer: str = ""


def number_of(place: int) -> str:
    """With a zero before numbers under 10."""
    return f"{place:02d}"


def date_in_words(day: date | None) -> str:
    """ngày 05 tháng 3 năm 2024: a zero before days under 10 and months 1 and 2 only."""
    if day is None:
        return "ngày       tháng       năm        "
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def write(document: OfficialDocument) -> bytes:
    """The document as DOCX. The same document gives the same bytes."""
    docx = new_docx()
    _describe(docx, document)
    _set_page(docx)
    _set_type(docx)
    notes = _Notes()
    _letterhead(docx, document)
    _name(docx, document)
    _address(docx, document.addressees)
    for place, basis in enumerate(document.bases, start=1):
        stop = "." if place == len(document.bases) else ";"
        line = _body_paragraph(docx, f"{basis.rstrip(' .;,')}{stop}", notes)
        line.runs[0].italic = True
    for text in document.preamble:
        _body_paragraph(docx, text, notes)
    for block in _ended(document.body):
        _WRITERS[type(block)](docx, block, notes)
    _signature(docx, document)
    notes.attach(docx)
    return _packed(docx)


def _describe(docx: Docx, document: OfficialDocument) -> None:
    properties = docx.core_properties
    properties.title = _clean(f"{document.kind}: {document.title}")[:255]
    properties.author = _clean(" ".join(document.issuer))[:255]
    properties.comments = ""
    properties.language = "vi-VN"
    made = datetime.combine(document.issued_on or date(2000, 1, 1), time())
    properties.created = properties.modified = made


def _set_page(docx: Docx) -> None:
    section = docx.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True  # no number on page 1
    number = section.header.paragraphs[0]
    number.alignment = _CENTRE
    number.paragraph_format.space_after = Pt(0)
    _add_field(number, "PAGE")


def _add_field(paragraph: DocxParagraph, name: str) -> None:
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        run.font.size = Pt(14)
        if kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.text = name
            run._r.append(instruction)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _set_type(docx: Docx) -> None:
    style = docx.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    properties.append(language)
    style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.space_after = Pt(6)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _letterhead(docx: Docx, document: OfficialDocument) -> None:
    table = _plain_table(docx, 2, _LETTERHEAD)
    left, right = table.rows[0].cells
    if document.superior:
        _line(left, document.superior.upper(), size=12)
    for name in document.issuer:
        _line(left, name.upper(), size=12, bold=True)
    _rule(left, cell=_LETTERHEAD[0], length=Cm(2.4))
    _line(right, COUNTRY, size=12, bold=True)
    _line(right, MOTTO, size=13, bold=True)
    _rule(right, cell=_LETTERHEAD[1], length=Cm(5.7))
    left, right = table.rows[1].cells
    _line(left, f"Số: {document.number or '        '}/{document.sign}", size=13)
    _line(right, f"{document.place}, {date_in_words(document.issued_on)}", size=13, italic=True)


def _name(docx: Docx, document: OfficialDocument) -> None:
    kind = _line(docx, document.kind.upper(), size=14, bold=True)
    kind.paragraph_format.space_before = Pt(18)
    kind.paragraph_format.keep_with_next = True
    title = _line(docx, document.title, size=14, bold=True)
    title.paragraph_format.keep_with_next = True
    _rule(docx, cell=_WIDTH, length=Cm(4.5)).paragraph_format.space_after = Pt(12)


def _address(docx: Docx, addressees: Sequence[str]) -> None:
    """One addressee on the line of “Kính gửi”; several in a list."""
    if not addressees:
        return
    if len(addressees) == 1:
        line = _line(docx, f"Kính gửi: {addressees[0]}.", size=14)
        line.paragraph_format.space_after = Pt(12)
        return
    _line(docx, "Kính gửi:", size=14, align=_LEFT).paragraph_format.left_indent = Cm(3)
    for place, name in enumerate(addressees, start=1):
        stop = "." if place == len(addressees) else ";"
        line = _line(docx, f"- {name}{stop}", size=14, align=_LEFT)
        line.paragraph_format.left_indent = Cm(5)
    line.paragraph_format.space_after = Pt(12)


def _signature(docx: Docx, document: OfficialDocument) -> None:
    gap = docx.add_paragraph()
    gap.paragraph_format.space_after = Pt(0)
    gap.paragraph_format.line_spacing = Pt(6)
    table = _plain_table(docx, 1, _SIGNATURE)
    left, right = table.rows[0].cells
    if document.recipients:
        _line(left, "Nơi nhận:", size=12, bold=True, italic=True, align=_LEFT)
    for recipient in document.recipients:
        stop = "." if recipient == document.recipients[-1] else ";"
        _line(left, f"- {recipient}{stop}", size=11, align=_LEFT)
    for capacity in filter(None, (*document.authority, document.signer_role)):
        _line(right, capacity.upper(), size=14, bold=True)
    for _space in range(4):  # the signature and the seal
        _line(right, "", size=14)
    _line(right, document.signer, size=14, bold=True)


def _plain_table(docx: Docx, rows: int, widths: Sequence[Any]) -> Any:
    """A table without lines, that only puts things side by side; its rows stay whole."""
    table = docx.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table._tbl.tblPr.append(parse_xml(_NO_MARGINS))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return table


def _line(
    where: Docx | _Cell,
    text: str,
    *,
    size: int,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = _CENTRE,
) -> DocxParagraph:
    """A line of the frame: no indent, no space after."""
    paragraph = where.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(_clean(text))
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    if not text:
        paragraph.paragraph_format.line_spacing = Pt(size)
    return paragraph


def _rule(where: Docx | _Cell, *, cell: Any, length: Any) -> DocxParagraph:
    """A short centred line, as the upper border of an empty paragraph."""
    paragraph = _line(where, "", size=2)
    paragraph.paragraph_format.line_spacing = Pt(6)
    paragraph.paragraph_format.space_before = Pt(3)
    inset = max(0, (cell - length) // 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = inset
    border = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        parse_xml(border), "w:shd", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc"
    )
    return paragraph


def _ended(body: Sequence[Block]) -> list[Block]:
    """The text ends with “./.”; after a table or a heading on a line of its own."""
    blocks = list(body)
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph | Bullet):
        return [*blocks, Paragraph(END)]
    parts = list(_parts(last.text))
    words = max((place for place, part in enumerate(parts) if isinstance(part, str)), default=0)
    if parts and isinstance(parts[words], str):
        parts[words] = str(parts[words]).rstrip().rstrip(".;")
    return [*blocks[:-1], type(last)([*parts, END])]


def _parts(text: Text) -> Sequence[str | Note]:
    return [text] if isinstance(text, str) else text


def _heading(docx: Docx, heading: Heading, notes: "_Notes") -> None:
    text = heading.text.upper() if heading.level == 1 else heading.text
    paragraph = _body_paragraph(docx, text, notes)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.runs[0].bold = heading.level <= 2
    level = paragraph._p.get_or_add_pPr()
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(heading.level - 1))
    level.append(outline)


def _paragraph(docx: Docx, paragraph: Paragraph, notes: "_Notes") -> None:
    _body_paragraph(docx, paragraph.text, notes)


def _bullet(docx: Docx, bullet: Bullet, notes: "_Notes") -> None:
    _body_paragraph(docx, ["- ", *_parts(bullet.text)], notes)


def _body_paragraph(docx: Docx, text: Text, notes: "_Notes") -> DocxParagraph:
    paragraph = docx.add_paragraph()
    paragraph.alignment = _BOTH
    paragraph.paragraph_format.first_line_indent = Cm(1)
    for part in _parts(text):
        if isinstance(part, Note):
            notes.put(paragraph, part)
        else:
            paragraph.add_run(_clean(part))
    return paragraph


def _table(docx: Docx, table: Table, notes: "_Notes") -> None:
    grid = docx.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    head = grid.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated on each page
    for cell, name in zip(head.cells, table.columns, strict=True):
        _fill(cell, name, align=_CENTRE, bold=True)
    for row in table.rows:
        cells = grid.add_row().cells
        for place, (cell, value) in enumerate(zip(cells, row, strict=True)):
            align = WD_ALIGN_PARAGRAPH.RIGHT if place in table.numeric else _LEFT
            _fill(cell, value, align=align)
    docx.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(cell: _Cell, text: str, *, align: WD_ALIGN_PARAGRAPH, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(_clean(text))
    run.font.size, run.bold = Pt(13), bold


_WRITERS: dict[type, Any] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullet: _bullet,
    Table: _table,
}


class _Notes:
    """Footnotes, which python-docx does not write: their own part of the package."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def put(self, paragraph: DocxParagraph, note: Note) -> None:
        self.texts.append(_clean(note.text))
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self.texts)))
        run = paragraph.add_run()
        run.font.superscript = True
        run._r.append(reference)

    def attach(self, docx: Docx) -> None:
        if not self.texts:
            return
        style = docx.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = docx.styles["Normal"]
        style.font.size = Pt(10)
        style.paragraph_format.space_after = Pt(0)
        root = parse_xml(f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}</w:footnotes>")
        for place, text in enumerate(self.texts, start=1):
            footnote = parse_xml(
                _FOOTNOTE.format(names=nsdecls("w"), id=place, style=style.style_id)
            )
            footnote.find(f".//{qn('w:t')}").text = f" {text}"
            root.append(footnote)
        part = XmlPart(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, docx.part.package
        )
        docx.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0">'
    "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
)
_FOOTNOTE = (
    '<w:footnote {names} w:id="{id}"><w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="both"/></w:pPr>'
    '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    '<w:r><w:t xml:space="preserve"/></w:r></w:p></w:footnote>'
)


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)


def _packed(docx: Docx) -> bytes:
    """The package, with the same time on every part of it."""
    made, packed = io.BytesIO(), io.BytesIO()
    docx.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as same:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            same.writestr(entry, parts.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


class NoPdf(Exception):
    """A DOCX could not be made a PDF; the text says what is missing."""


def converter() -> str | None:
    """Where LibreOffice is, if it is installed: it makes a PDF of a DOCX."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def as_pdf(docx: bytes) -> bytes:
    """The same document as PDF. Raises NoPdf where LibreOffice is missing or does not answer."""
    program = converter()
    if program is None:
        raise NoPdf(
            _(
                "Máy chủ chưa có LibreOffice nên chưa tạo được PDF. Tải DOCX, hoặc báo quản trị cài LibreOffice."
            )
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "document.docx")
        source.write_bytes(docx)
        profile = Path(folder, "profile").as_uri()  # its own, so that two at once do not meet
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        try:
            subprocess.run(  # the program found above, and paths of our own
                [*command, "--outdir", folder, str(source)],
                check=True,
                capture_output=True,
                timeout=_PATIENCE,
            )
            return source.with_suffix(".pdf").read_bytes()
        except (subprocess.SubprocessError, OSError) as reason:
            raise NoPdf(_("Chưa tạo được PDF. Tải DOCX, hoặc thử lại sau ít phút.")) from reason
