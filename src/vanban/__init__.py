"""Reads Vietnamese administrative documents: who issued what, what it cites, who must do what by when.

document = vanban.read(text)
document = vanban.read_file("ke-hoach.docx")
document.as_json()
"""

from vanban.formats import Unreadable, check, extract, picture
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
from vanban.validity import Known, Validity
from vanban.validity import load as load_validity

__version__ = "0.2.0"

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
    "Known",
    "Place",
    "Source",
    "Span",
    "Statistic",
    "Table",
    "Target",
    "Unreadable",
    "Validity",
    "check",
    "extract",
    "load_validity",
    "picture",
    "read",
    "read_bytes",
    "read_file",
]
