"""Reads Vietnamese administrative documents: who issued what, what it cites, who must do what by when.

document = vanban.read(text)
document = vanban.read_file("ke-hoach.docx")
document.as_json()
"""

from vanban.formats import Unreadable, extract
from vanban.model import (
    Citation,
    Document,
    Due,
    Duty,
    FieldSpan,
    Finding,
    Header,
    Heading,
    Source,
    Span,
    Statistic,
    Target,
)
from vanban.reader import READER_VERSION, read, read_bytes, read_file

__all__ = [
    "READER_VERSION",
    "Citation",
    "Document",
    "Due",
    "Duty",
    "FieldSpan",
    "Finding",
    "Header",
    "Heading",
    "Source",
    "Span",
    "Statistic",
    "Target",
    "Unreadable",
    "extract",
    "read",
    "read_bytes",
    "read_file",
]
