"""The words of a document: headings, paragraphs, lists, tables, and the sign where they end."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

from .layout import Block, Bullet, Heading, Note, Paragraph, Table, Text
from .notes import Notes
from .page import BOTH, CENTRE, LEFT, clean

END = "./."


def ended(body: Sequence[Block]) -> list[Block]:
    """The text ends with “./.”; after a table or a heading on a line of its own."""
    blocks = list(body)
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph | Bullet):
        return [*blocks, Paragraph(END)]
    parts = list(runs_of(last.text))
    words = max((place for place, part in enumerate(parts) if isinstance(part, str)), default=0)
    if parts and isinstance(parts[words], str):
        parts[words] = str(parts[words]).rstrip().rstrip(".;")
    return [*blocks[:-1], type(last)([*parts, END])]


def runs_of(text: Text) -> Sequence[str | Note]:
    return [text] if isinstance(text, str) else text


def _heading(docx: Docx, heading: Heading, notes: Notes) -> None:
    text = heading.text.upper() if heading.level == 1 else heading.text
    paragraph = body_paragraph(docx, text, notes)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.runs[0].bold = heading.level <= 2
    level = paragraph._p.get_or_add_pPr()
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(heading.level - 1))
    level.append(outline)


def _paragraph(docx: Docx, paragraph: Paragraph, notes: Notes) -> None:
    body_paragraph(docx, paragraph.text, notes)


def _bullet(docx: Docx, bullet: Bullet, notes: Notes) -> None:
    body_paragraph(docx, ["- ", *runs_of(bullet.text)], notes)


def body_paragraph(docx: Docx, text: Text, notes: Notes) -> DocxParagraph:
    paragraph = docx.add_paragraph()
    paragraph.alignment = BOTH
    paragraph.paragraph_format.first_line_indent = Cm(1)
    for part in runs_of(text):
        if isinstance(part, Note):
            notes.put(paragraph, part)
        else:
            paragraph.add_run(clean(part))
    return paragraph


def _table(docx: Docx, table: Table, notes: Notes) -> None:
    grid = docx.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    head = grid.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated on each page
    for cell, name in zip(head.cells, table.columns, strict=True):
        _fill(cell, name, align=CENTRE, bold=True)
    for row in table.rows:
        cells = grid.add_row().cells
        for place, (cell, value) in enumerate(zip(cells, row, strict=True)):
            align = WD_ALIGN_PARAGRAPH.RIGHT if place in table.numeric else LEFT
            _fill(cell, value, align=align)
    docx.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(cell: _Cell, text: str, *, align: WD_ALIGN_PARAGRAPH, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(clean(text))
    run.font.size, run.bold = Pt(13), bold


WRITERS: dict[type, Any] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullet: _bullet,
    Table: _table,
}
