"""Text in, document out, step by step."""

from __future__ import annotations

import os
from typing import TypeVar

from vanban import (
    assignments,
    citations,
    criteria,
    duties,
    findings,
    header,
    outline,
    statistics,
    tables,
    tallies,
    targets,
    validity,
)
from vanban.formats import extract
from vanban.model import Document, Duty, Source, Statistic, Target
from vanban.text import Page, normalise
from vanban.validity import Validity

READER_VERSION = "2"


def read(text: str, name: str = "", *, known: Validity | None = None) -> Document:
    """Read a text. Offsets in the answer count in `Document.text`: NFC, line ends LF.

    `known` says which documents hold and which are replaced; the library's own table if None.
    """
    return read_source(Source(normalise(text), (), "txt", name), known=known)


def read_file(path: str | os.PathLike[str], *, known: Validity | None = None) -> Document:
    """Read a file; raises Unreadable where it holds no text, OSError where it cannot be opened."""
    with open(path, "rb") as file:
        return read_bytes(file.read(), os.path.basename(path), known=known)


def read_bytes(data: bytes, name: str, *, known: Validity | None = None) -> Document:
    """Read the content of a file; raises Unreadable and nothing else."""
    return read_source(extract(data, name), known=known)


def read_source(source: Source, *, known: Validity | None = None) -> Document:
    page = Page(source.text)
    grids = tables.read(page, source.tables)
    tables.leave_out(page, grids)
    sections = outline.read_sections(page)
    head = header.read(page)
    cited = citations.read(page, sections, head)
    aims = targets.read(page, sections, head)
    figures = statistics.read(page, sections, head, cited, aims)
    return Document(
        source=source,
        header=head,
        outline=tuple(section.heading for section in sections),
        citations=cited,
        duties=_in_order(
            duties.read(page, sections, head, aims),
            assignments.read(page, sections, head, grids),
        ),
        targets=_in_order(aims, tallies.read_targets(page, sections, head, grids)),
        statistics=_in_order(figures, tallies.read(page, sections, head, grids)),
        criteria=criteria.read(page, grids),
        findings=findings.read(
            page, source, sections, head, cited, figures, known or validity.standard()
        ),
    )


Item = TypeVar("Item", Duty, Statistic, Target)


def _in_order(told: tuple[Item, ...], tabled: tuple[Item, ...]) -> tuple[Item, ...]:
    """What the sentences say and what the tables say, in the order of the text."""
    if not tabled:
        return told
    return tuple(sorted(told + tabled, key=lambda item: item.span.start))
