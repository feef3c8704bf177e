"""The plans as DOCX in the official layout: `python -m danvan.config.demo.make_docx`.

The texts stay in the TXT files; this adds the page, the type and the tables of Nghị định
30/2020/NĐ-CP, Phụ lục I. The same text always gives the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from docx import Document as new_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

PLANS = ("plan", "unit_plan")
MADE_AT = datetime(2024, 2, 20)
TEXT_WIDTH = 165  # mm: A4 without its margins
LETTERHEAD, CLOSING = (66, 99), (85, 80)  # mm: their two columns

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
RECIPIENTS = "Nơi nhận:"
BASIS = re.compile(r"(Căn cứ|Thực hiện) .+[;.]")
HEADING = re.compile(r"[IVX]+\. .+|\d+\. .+[^.;]")  # an item that ends with a stop is a clause


@dataclass(frozen=True)
class Plan:
    """The parts of a plan's text, line by line."""

    issuer: list[str]
    motto: list[str]
    number: str
    place_and_date: str
    title: list[str]  # kind of document, subject
    body: list[str]
    recipients: list[str]
    signature: list[str]

    @classmethod
    def read(cls, text: str) -> "Plan":
        lines = [line for line in text.splitlines() if line]
        head, end = lines.index(COUNTRY), lines.index(RECIPIENTS)
        signed = next(i for i in range(end + 1, len(lines)) if not lines[i].startswith("-"))
        return cls(
            issuer=lines[:head],
            motto=lines[head : head + 2],
            number=lines[head + 2],
            place_and_date=lines[head + 3],
            title=lines[head + 4 : head + 6],
            body=lines[head + 6 : end],
            recipients=lines[end:signed],
            signature=lines[signed:],
        )


def main(folder: Path = Path(__file__).parent) -> None:
    """Write each plan beside its text."""
    for name in PLANS:
        plan = Plan.read((folder / f"{name}.txt").read_text("utf-8"))
        (folder / f"{name}.docx").write_bytes(docx_of(plan))


def docx_of(plan: Plan) -> bytes:
    document = new_document()
    document.core_properties.title = " ".join(plan.title)
    document.core_properties.author = " ".join(plan.issuer)
    document.core_properties.created = document.core_properties.modified = MADE_AT
    _set_type(document.styles["Normal"])
    _set_page(document.sections[0])
    _letterhead(_columns(document.add_table(2, 2), LETTERHEAD), plan)
    _title(document, plan.title)
    for line in plan.body:
        _body_line(document.add_paragraph(), line)
    document.paragraphs[-1].paragraph_format.keep_with_next = True  # a signature never stands alone
    _closing(_columns(document.add_table(1, 2), CLOSING), plan)
    return _sealed(document)


def _set_type(style: ParagraphStyle) -> None:
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True  # no number on the first page
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    header._p.append(field)


def _columns(table: Table, widths: tuple[int, int]) -> Table:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _letterhead(table: Table, plan: Plan) -> None:
    (issuer, motto), (number, place) = (row.cells for row in table.rows)
    *above, own = plan.issuer
    superior = bool(above) and above[0].startswith("UBND ")  # a department stands under the UBND
    for line in above:
        _centred(issuer, line, 13, bold=not superior)
    _centred(issuer, own, 13, bold=True)
    _rule(issuer, width=26, column=LETTERHEAD[0])
    country, words = plan.motto
    _centred(motto, country, 12, bold=True)
    _centred(motto, words, 13, bold=True)
    _rule(motto, width=56, column=LETTERHEAD[1])
    _centred(number, plan.number, 13)
    _centred(place, plan.place_and_date, 13, italic=True)


def _title(document: Document, title: Iterable[str]) -> None:
    for place, line in enumerate(title):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(0 if place else 14)
        _centre(paragraph, line, 14, bold=True)
    _line_below(document.add_paragraph(), width=60, column=TEXT_WIDTH)


def _body_line(paragraph: Paragraph, line: str) -> None:
    run = paragraph.add_run(line)
    run.bold = bool(HEADING.fullmatch(line))
    run.italic = bool(BASIS.fullmatch(line))
    layout = paragraph.paragraph_format
    layout.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    layout.first_line_indent, layout.space_before = Mm(10), Pt(6)
    layout.keep_with_next = bool(run.bold)


def _closing(table: Table, plan: Plan) -> None:
    row = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    recipients, signature = row.cells
    title, *names = plan.recipients
    _left(recipients, title, 12, bold=True, italic=True)
    for name in names:
        _left(recipients, name, 11)
    *capacity, signer = plan.signature
    for line in capacity:
        _centred(signature, line, 14, bold=True)
    _centred(signature, signer, 14, bold=True).paragraph_format.space_before = Mm(20)
    recipients.paragraphs[0].paragraph_format.space_before = Pt(12)
    signature.paragraphs[0].paragraph_format.space_before = Pt(12)


def _left(cell: _Cell, line: str, size: int, **looks: bool) -> Paragraph:
    return _write(_next_paragraph(cell), line, size, **looks)


def _centred(cell: _Cell, line: str, size: int, **looks: bool) -> Paragraph:
    return _centre(_next_paragraph(cell), line, size, **looks)


def _centre(paragraph: Paragraph, line: str, size: int, **looks: bool) -> Paragraph:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return _write(paragraph, line, size, **looks)


def _write(
    paragraph: Paragraph, line: str, size: int, *, bold: bool = False, italic: bool = False
) -> Paragraph:
    run = paragraph.add_run(line)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def _next_paragraph(cell: _Cell) -> Paragraph:
    """A cell begins with one paragraph, which is used before another is added."""
    paragraphs: list[Paragraph] = cell.paragraphs
    is_empty = len(paragraphs) == 1 and not paragraphs[0].text
    return paragraphs[0] if is_empty else cell.add_paragraph()


def _rule(cell: _Cell, *, width: int, column: int) -> None:
    _line_below(cell.add_paragraph(), width=width, column=column - 4)  # a cell's own margins


def _line_below(paragraph: Paragraph, *, width: int, column: int) -> None:
    """Make the paragraph a thin line, centred: what stands under issuer, motto and title."""
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Mm((column - width) / 2)
    layout.line_spacing = Pt(4)
    layout.space_after = Pt(4)
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in {"val": "single", "sz": "6", "space": "1", "color": "000000"}.items():
        bottom.set(qn(f"w:{key}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def _sealed(document: Document) -> bytes:
    """The document's bytes, with one date on every part of the package."""
    saved, sealed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(sealed, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, MADE_AT.timetuple()[:6])
            new.writestr(part, old.read(name), zipfile.ZIP_DEFLATED)
    return sealed.getvalue()


if __name__ == "__main__":
    main()
