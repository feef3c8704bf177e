"""Footnotes, which python-docx does not know."""

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from .layout import Note
from .page import clean


class Notes:
    """Footnotes, which python-docx does not write: their own part of the package."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def put(self, paragraph: DocxParagraph, note: Note) -> None:
        self.texts.append(clean(note.text))
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
