"""Text in, document out, step by step."""

from __future__ import annotations

import os

from vanban import citations, duties, header, outline, statistics
from vanban.formats import extract
from vanban.model import Document, Source
from vanban.text import Page, normalise

READER_VERSION = "1"


def read(text: str, name: str = "") -> Document:
    """Read a text. Offsets in the answer count in `Document.text`: NFC, line ends LF."""
    return read_source(Source(normalise(text), (), "txt", name))


def read_file(path: str | os.PathLike[str]) -> Document:
    """Read a file; raises Unreadable where it holds no text, OSError where it cannot be opened."""
    with open(path, "rb") as file:
        return read_bytes(file.read(), os.path.basename(path))


def read_bytes(data: bytes, name: str) -> Document:
    """Read the content of a file; raises Unreadable and nothing else."""
    return read_source(extract(data, name))


def read_source(source: Source) -> Document:
    page = Page(source.text)
    sections = outline.read_sections(page)
    head = header.read(page)
    cited = citations.read(page, sections)
    targets = statistics.read_targets(page, sections)
    return Document(
        source=source,
        header=head,
        outline=tuple(section.heading for section in sections),
        citations=cited,
        duties=duties.read(page, sections, head, targets),
        targets=targets,
        statistics=statistics.read_statistics(page, sections, head, cited),
    )
