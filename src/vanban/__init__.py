"""Reads Vietnamese administrative documents: who issued what, what it cites, who must do what by when.

document = vanban.read(text)
document = vanban.read_file("ke-hoach.docx")
document.as_json()
"""

from vanban.formats import Unreadable, extract
from vanban.model import (
    Citation,
    Criterion,
    Document,
    Due,
    Duty,
    FieldSpan,
    Finding,
    Header,
    Heading,
    Place,
    Source,
    Span,
    Statistic,
    Table,
    Target,
)
from vanban.reader import READER_VERSION, read, read_bytes, read_file

__all__ = [
    "READER_VERSION",
    "Citation",
    "Criterion",
    "Document",
    "Due",
    "Duty",
    "FieldSpan",
    "Finding",
    "Header",
    "Heading",
    "Place",
    "Source",
    "Span",
    "Statistic",
    "Table",
    "Target",
    "Unreadable",
    "extract",
    "read",
    "read_bytes",
    "read_file",
]
