"""Text in, document out, step by step."""

from __future__ import annotations

import os
from bisect import bisect_right
from dataclasses import replace
from operator import itemgetter
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
from vanban.model import (
    Citation,
    Criterion,
    Document,
    Duty,
    FieldSpan,
    Heading,
    Source,
    Statistic,
    Target,
)
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
    if head.kind == "Báo cáo":
        sections = outline.of_report(sections)
    cited = citations.read(page, sections, head)
    aims = targets.read(page, sections, head)
    figures = statistics.read(page, sections, head, cited, aims)
    document = Document(
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
    return _doubted(document) if source.doubts else document


Item = TypeVar("Item", Duty, Statistic, Target)


def _in_order(told: tuple[Item, ...], tabled: tuple[Item, ...]) -> tuple[Item, ...]:
    """What the sentences say and what the tables say, in the order of the text."""
    if not tabled:
        return told
    return tuple(sorted(told + tabled, key=lambda item: item.span.start))


_DOUBTED = 0.5  # how sure an item is at most where words of it were not read for sure
Read = TypeVar("Read", Heading, Citation, Duty, Target, Statistic, Criterion, FieldSpan)


def _doubted(document: Document) -> Document:
    """The document with items less sure that hold words which the scan did not give for sure."""
    head = document.header
    return replace(
        document,
        header=replace(
            head, spans={name: _weighed(document, span) for name, span in head.spans.items()}
        ),
        outline=tuple(_weighed(document, item) for item in document.outline),
        citations=tuple(_weighed(document, item) for item in document.citations),
        duties=tuple(_weighed(document, item) for item in document.duties),
        targets=tuple(_weighed(document, item) for item in document.targets),
        statistics=tuple(_weighed(document, item) for item in document.statistics),
        criteria=tuple(_weighed(document, item) for item in document.criteria),
    )


def _weighed(document: Document, item: Read) -> Read:
    at = item if isinstance(item, FieldSpan) else item.span
    places = [(at.start, at.end)]
    if isinstance(item, Duty) and item.due:
        places.append((item.due.span.start, item.due.span.end))
    doubts = document.source.doubts
    for start, end in places:
        first = bisect_right(doubts, start, key=itemgetter(1))
        if first < len(doubts) and doubts[first][0] < end:
            words = document.text[slice(*doubts[first])]
            because = f"{item.because}; bản quét: chữ “{words}” đọc chưa chắc"
            return replace(
                item, confidence=min(item.confidence, _DOUBTED), because=because.removeprefix("; ")
            )
    return item
