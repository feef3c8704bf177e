"""What a reading is made of. Everything is frozen; offsets count characters of `Document.text`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Number = int | float


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text: `document.text[start:end] == text`."""

    start: int
    end: int
    text: str

    def as_json(self) -> Json:
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """Where a header field stands, how sure the reader is (0..1), and by which rule."""

    start: int
    end: int
    confidence: float
    because: str

    def as_json(self) -> Json:
        return {
            "start": self.start,
            "end": self.end,
            "confidence": self.confidence,
            "because": self.because,
        }


@dataclass(frozen=True, slots=True)
class Header:
    """The frame of a document; a field that is not printed is None."""

    issuer: str | None = None
    number: str | None = None
    kind: str | None = None
    place: str | None = None
    date: str | None = None
    title: str | None = None
    period: tuple[str, str] | None = None
    authority: str | None = None
    signer_role: str | None = None
    signer: str | None = None
    recipients: tuple[str, ...] = ()
    spans: Mapping[str, FieldSpan] = field(default_factory=dict)

    def as_json(self) -> Json:
        period = self.period and {"from": self.period[0], "to": self.period[1]}
        return {
            "issuer": self.issuer,
            "number": self.number,
            "kind": self.kind,
            "place": self.place,
            "date": self.date,
            "title": self.title,
            "period": period,
            "authority": self.authority,
            "signer_role": self.signer_role,
            "signer": self.signer,
            "recipients": list(self.recipients),
        }


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered or lettered heading or clause; `path` is its labels from the top, "IV.2.a"."""

    span: Span
    label: str
    level: int
    title: str
    path: str
    confidence: float
    because: str

    def as_json(self) -> Json:
        return {
            "label": self.label,
            "level": self.level,
            "title": self.title,
            "path": self.path,
            **self.span.as_json(),
            "confidence": self.confidence,
            "because": self.because,
        }


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of another document; `basis` where it is a legal basis of this one."""

    span: Span
    kind: str
    number: str | None
    date: str | None
    issuer: str | None
    basis: bool
    confidence: float
    because: str

    def as_json(self) -> Json:
        return {
            **self.span.as_json(),
            "kind": self.kind,
            "number": self.number,
            "date": self.date,
            "issuer": self.issuer,
            "basis": self.basis,
            "confidence": self.confidence,
            "because": self.because,
        }


@dataclass(frozen=True, slots=True)
class Due:
    """When a duty is due, as printed.

    `kind` is "date" (`date`; `inclusive` is False for “trước ngày”), "period_end" (`period`: 2018-Q1,
    2020-H1, 2020-06, 2020) or "recurring" (`every`, and `day`, `month`, `month_of_period` where said).
    `rule` is the recurrence as RFC 5545 writes it; `window` the days a periodic report counts, as
    printed: ("15/12 năm trước", "14/6"). `because` says by which words.
    """

    span: Span
    kind: str
    date: str | None = None
    inclusive: bool = True
    period: str | None = None
    every: str | None = None
    day: int | None = None
    month: int | None = None
    month_of_period: str | None = None
    rule: str | None = None
    window: tuple[str, str] | None = None
    because: str = ""

    def as_json(self) -> Json:
        head: Json = {"kind": self.kind}
        if self.kind == "date":
            head |= {"date": self.date, "inclusive": self.inclusive}
        elif self.kind == "period_end":
            head |= {"period": self.period, "inclusive": self.inclusive}
        else:
            head |= {"every": self.every, "day": self.day, "month": self.month}
            head |= {"note": self.span.text}
            if self.month_of_period:
                head["month_of_period"] = self.month_of_period
            head |= {"rule": self.rule, "inclusive": self.inclusive}
        if self.window:
            head["window"] = {"from": self.window[0], "to": self.window[1]}
        if self.because:
            head["because"] = self.because
        return head | self.span.as_json()


@dataclass(frozen=True, slots=True)
class Duty:
    """What the text tells somebody to do. `manner` is "order", or "request" for “đề nghị”."""

    span: Span
    action: str
    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    due: Due | None
    deliver_to: str | None
    deliverable: str | None
    manner: str
    heading: tuple[str, str] | None
    confidence: float
    because: str

    def as_json(self) -> Json:
        heading = self.heading and {"path": self.heading[0], "title": self.heading[1]}
        return {
            **self.span.as_json(),
            "action": self.action,
            "lead": list(self.lead),
            "cooperating": list(self.cooperating),
            "due": self.due and self.due.as_json(),
            "deliver_to": self.deliver_to,
            "deliverable": self.deliverable,
            "manner": self.manner,
            "heading": heading,
            "confidence": self.confidence,
            "because": self.because,
        }


@dataclass(frozen=True, slots=True)
class Target:
    """A level to reach (chỉ tiêu); an "indicator" in the JSON."""

    span: Span
    name: str
    comparator: str
    target: Number
    unit: str
    confidence: float
    because: str

    def as_json(self) -> Json:
        return {
            **self.span.as_json(),
            "name": self.name,
            "comparator": self.comparator,
            "target": self.target,
            "unit": self.unit,
            "confidence": self.confidence,
            "because": self.because,
        }


@dataclass(frozen=True, slots=True)
class Statistic:
    """A result that the text reports; a "figure" in the JSON. `value` None: only a change is given."""

    span: Span
    name: str
    value: Number | None
    unit: str | None
    numerator: Number | None
    denominator: Number | None
    change: Number | None
    change_unit: str | None
    period: str | None
    area: str | None
    confidence: float
    because: str

    def as_json(self) -> Json:
        return {
            **self.span.as_json(),
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "change": self.change,
            "change_unit": self.change_unit,
            "period": self.period,
            "area": self.area,
            "confidence": self.confidence,
            "because": self.because,
        }


@dataclass(frozen=True, slots=True)
class Criterion:
    """A row of a scoring table (tiêu chí): what is asked, and the most points it can give.

    `label` is its number as printed ("1.2"), `level` how deep it stands (1 for a group of criteria).
    """

    span: Span
    label: str
    level: int
    name: str
    most: Number | None
    confidence: float
    because: str

    def as_json(self) -> Json:
        return {
            **self.span.as_json(),
            "label": self.label,
            "level": self.level,
            "name": self.name,
            "most": self.most,
            "confidence": self.confidence,
            "because": self.because,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the text that looks wrong; the reading itself keeps what is printed.

    `code` names the rule ("ratio", "expired"…), `message` says what is wrong in one sentence,
    `because` how the reader knows.
    """

    span: Span
    code: str
    message: str
    confidence: float
    because: str

    def as_json(self) -> Json:
        return {
            **self.span.as_json(),
            "code": self.code,
            "message": self.message,
            "confidence": self.confidence,
            "because": self.because,
        }


Box = tuple[float, float, float, float]  # left, top, right, bottom in points from the top left


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text from `offset` on stands in the file: up to the offset of the next place.

    `page` counts from 1, `box` is the rectangle on it; formats without pages know the paragraph only.
    """

    offset: int
    paragraph: int
    page: int | None = None
    box: Box | None = None

    def as_json(self) -> Json:
        head: Json = {"offset": self.offset, "paragraph": self.paragraph}
        if self.page is not None:
            head["page"] = self.page
        if self.box is not None:
            head["box"] = list(self.box)
        return head


Cell = tuple[int, int]  # start and end in the text; an empty cell starts where it ends


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the file as a grid of cells; a merged cell stands in every place that it covers."""

    rows: tuple[tuple[Cell, ...], ...]

    def as_json(self) -> list[list[list[int]]]:
        """Rows of [start, end]."""
        return [[list(cell) for cell in row] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file before it is read, and what the file knows besides its words.

    `map` holds the places in order of their offsets, `tables` the grids of formats that have them,
    `pages` the width and height of each page in points, `encoding` the legacy encoding it came in,
    `doubts` the words of a scan that were not read for sure.
    """

    text: str
    map: tuple[Place, ...]
    format: str
    name: str = ""
    tables: tuple[Table, ...] = ()
    pages: tuple[tuple[float, float], ...] = ()
    encoding: str = "utf-8"
    doubts: tuple[tuple[int, int], ...] = ()

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """The places that `start..end` touches."""
        offsets = [place.offset for place in self.map]
        first = max(0, bisect_right(offsets, start) - 1)
        return self.map[first : max(first + 1, bisect_left(offsets, end))]


@dataclass(frozen=True, slots=True)
class Document:
    """One reading of one text."""

    source: Source
    header: Header
    outline: tuple[Heading, ...] = ()
    citations: tuple[Citation, ...] = ()
    duties: tuple[Duty, ...] = ()
    targets: tuple[Target, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def text(self) -> str:
        return self.source.text

    def as_json(self) -> Json:
        """The keys and offsets of the published schema."""
        return {
            "doc": self.source.name,
            "header": self.header.as_json(),
            "header_spans": {name: at.as_json() for name, at in self.header.spans.items()},
            "outline": [item.as_json() for item in self.outline],
            "citations": [item.as_json() for item in self.citations],
            "duties": [item.as_json() for item in self.duties],
            "indicators": [item.as_json() for item in self.targets],
            "figures": [item.as_json() for item in self.statistics],
            "criteria": [item.as_json() for item in self.criteria],
            "findings": [item.as_json() for item in self.findings],
            "format": self.source.format,
            "encoding": self.source.encoding,
            "text": self.source.text,
            "map": [place.as_json() for place in self.source.map],
            "pages": [list(size) for size in self.source.pages],
            "tables": [table.as_json() for table in self.source.tables],
        }
