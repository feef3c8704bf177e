"""What looks wrong in a document: numbers, the documents cited, open marks, missing parts.

In come the items already read, out come findings: what, where, why, how sure. The reading itself
keeps what is printed. A rule that cannot be right nearly always is not here.
"""

from __future__ import annotations

from collections.abc import Sequence

from vanban.findings import amounts, cited, dates, headings, layout, marks
from vanban.model import Citation, Finding, Header, Source, Statistic
from vanban.outline import Section
from vanban.text import Page
from vanban.validity import Validity

SCANS = ("pdf-scan", "image")  # of a scan, small marks are what is lost first


def read(
    page: Page,
    source: Source,
    sections: Sequence[Section],
    header: Header,
    citations: Sequence[Citation],
    statistics: Sequence[Statistic],
    validity: Validity,
) -> tuple[Finding, ...]:
    others = cited.of_others(citations, header)
    when = dates.when(header, others)
    found = [
        *amounts.read(page, statistics),
        *dates.read(page, header, others, when),
        *cited.read(page, header, others, when, validity),
        *(() if source.format in SCANS else marks.read(page)),
        *headings.read(page, sections),
        *layout.read(page, source, header, when),
    ]
    return tuple(sorted(found, key=lambda finding: (finding.span.start, finding.code)))
