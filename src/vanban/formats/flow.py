"""Printed lines become the text: paragraphs joined again, each line with its place on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from vanban.formats.grid import Grid
from vanban.formats.layout import Columns, Line
from vanban.model import Cell, Place, Source, Table
from vanban.text import normalise

_LABEL = re.compile(
    r"(?:[-–+•*] ?(?=\S)|\d{1,2}(?:\.\d{1,2}){0,3}[.)] |[IVX]{1,6}[.)\-] ?|[a-zđ][.)] |"
    r"(?:Điều|Chương|Phần|Mục) [\dIVX]{1,4}|Căn cứ |Nơi nhận|Kính gửi)"
)
# “III. NHIỆM VỤ”, “2- Việc”, “a) Sở”, “Điều 3”, “- Các xã”: after an ended line these begin a paragraph
_BEGINS = re.compile(
    r"[-–+•*] ?\S|[a-zđ][.)] |(?:Điều|Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|Phụ lục|PHỤ LỤC) [\dIVX]|"
    r"(?:[IVX]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3})[.)\-–]{1,2} ?([^\W\d_]|[“\"])"
)
_ROMAN = re.compile(r"[IVX]{1,6}[.)\-–]? ")
_BULLET = re.compile(r"[-–+•*] ")
_ENDS = (".", ";", ":", "!", "?", "…")
_CLOSES = '”"’)¹²³⁴⁵⁶⁷⁸⁹⁰'
_JOINS = re.compile(r"[^\W_][-/]$")  # a line broken inside “45/KH-UBND”


@dataclass(frozen=True, slots=True)
class Grids:
    """A table as it was printed on one page or several: the lines of each cell, and who covers whom."""

    grid: Grid
    rows: list[list[list[Line]]]
    owners: list[list[tuple[int, int]]]

    @property
    def top(self) -> float:
        return self.grid.down[0]


Part = Columns | Grids


@dataclass(frozen=True, slots=True)
class Margins:
    left: float
    right: float


@dataclass(slots=True)
class Story:
    """The text so far, its places and tables."""

    pieces: list[str] = field(default_factory=list)
    map: list[Place] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    doubts: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0
    paragraph: int = 0

    def write(self, words: str) -> None:
        self.pieces.append(words)
        self.length += len(words)

    def put(self, printed: Sequence[Line], lead: str = "") -> Cell:
        """Lines as one paragraph, with a place for each; answers where it stands."""
        start = self.length
        self.write(lead)
        for index, line in enumerate(printed):
            words = normalise(line.text)
            if index:
                self._join(words)
            self.map.append(Place(self.length, self.paragraph, line.sheet.number, line.box))
            self.doubts += [(self.length + a, self.length + b) for a, b in line.doubts]
            self.write(words)
        self.paragraph += 1
        return start, self.length

    def _join(self, words: str) -> None:
        before = self.pieces[-1]
        if before.endswith("\u00ad"):
            self.pieces[-1] = before[:-1]
            self.length -= 1
        elif not (_JOINS.search(before[-2:]) and words[:1].isalnum()):
            self.write(" ")

    def source(self, kind: str, name: str, pages: Sequence[tuple[float, float]]) -> Source:
        text = "".join(self.pieces)
        return Source(
            text,
            tuple(self.map),
            kind,
            name,
            tuple(self.tables),
            tuple(pages),
            doubts=tuple(self.doubts),
        )


def tell(parts: Sequence[Part], notes: Sequence[Sequence[Line]]) -> Story:
    """The parts in order, paragraphs joined across pages; then the notes, each on its line."""
    story = Story()
    flow: list[Line] = []
    for part in _joined_tables(parts):
        if isinstance(part, Columns) and len(part.columns) == 1:
            flow.extend(part.columns[0])
            continue
        _put_flow(story, flow)
        flow = []
        if isinstance(part, Grids):
            _put_table(story, part)
        else:
            _put_columns(story, part)
    _put_flow(story, flow)
    for note in notes:
        story.put(note)
        story.write("\n")
    return story


def _put_flow(story: Story, flow: Sequence[Line]) -> None:
    for printed in paragraphs(flow):
        story.put(printed)
        story.write("\n")


def paragraphs(flow: Sequence[Line]) -> list[list[Line]]:
    """The lines of one column as the paragraphs that they were before they were printed."""
    margins = _margins(flow)
    indented = _is_indented(flow, margins)
    found: list[list[Line]] = []
    for index, line in enumerate(flow):
        if index and _goes_on(found[-1], line, margins[line.sheet.number], indented):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _margins(flow: Sequence[Line]) -> dict[int, Margins]:
    """Left and right edge of the column on each page; a page of few lines goes by the others."""
    by_page: dict[int, list[Line]] = {}
    for line in flow:
        by_page.setdefault(line.sheet.number, []).append(line)
    found: dict[int, Margins] = {}
    usual: Margins | None = None
    for page, printed in sorted(by_page.items(), key=lambda item: -len(item[1])):
        own = Margins(min(one.left for one in printed), max(one.right for one in printed))
        sheet = printed[0].sheet
        if own.right < 0.75 * sheet.width and own.left < 0.3 * sheet.width:
            own = Margins(own.left, sheet.width - own.left)
        if usual is None:
            usual = own
        elif len(printed) < 8 and own.right - own.left < sheet.width:
            own = Margins(min(own.left, usual.left), max(own.right, usual.right))
        found[page] = own
    return found


def _is_indented(flow: Sequence[Line], margins: dict[int, Margins]) -> bool:
    """Whether paragraphs begin with an indent: some lines do, others stand at the edge."""
    deep = [line.left - margins[line.sheet.number].left for line in flow]
    inner = sum(0.8 * line.size < by < 5 * line.size for line, by in zip(flow, deep, strict=True))
    return inner * 8 >= len(flow) and any(
        by < 0.5 * one.size for one, by in zip(flow, deep, strict=True)
    )


def _goes_on(paragraph: Sequence[Line], line: Line, margins: Margins, indented: bool) -> bool:
    """Whether a line belongs to the paragraph above it.

    It does not where its first word would have had room on the line above: that one was ended.
    """
    last = paragraph[-1]
    words, before = line.text, last.text
    same_page = last.sheet.number == line.sheet.number
    if abs(line.size - last.size) > 0.12 * last.size:
        return False
    if same_page and line.base - last.base > 2.6 * line.size:
        return False
    if _has_room(last, line, margins, paragraph[0]) or _begins(paragraph, line):
        return False
    deep = line.left - margins.left > 0.8 * line.size
    if words[:1].islower() and not _LABEL.match(words):
        return not before.endswith(".") or not deep
    if _is_centred(last, margins) and _is_centred(line, margins):
        return True
    if deep:
        return bool(
            not _LABEL.match(words) and abs(line.left - last.left) < 2 and len(paragraph) > 1
        )
    if indented:
        return True
    return not (_LABEL.match(words) and before.endswith(_ENDS))


def _begins(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether a line begins a paragraph, by its label or the gap above it, also after a full line."""
    before, words = paragraph[-1].text.rstrip(_CLOSES), line.text
    found = _BEGINS.match(words)
    labelled = found is not None and not (found[1] or "").islower()
    if before.endswith(_ENDS):
        return labelled or _is_far(paragraph, line)
    if words.isupper():
        return bool(_ROMAN.match(words)) and not before.isupper()
    return labelled and before.isupper() and _ROMAN.match(paragraph[0].text) is not None


def _is_far(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether the gap above a line is wider than those between the lines of the paragraph."""
    if len(paragraph) < 2:
        return False
    one, last = paragraph[-2:]
    if one.sheet.number != line.sheet.number:
        return False
    return line.base - last.base > 1.25 * (last.base - one.base) > line.size


def _has_room(last: Line, line: Line, margins: Margins, first: Line) -> bool:
    """Whether the first word of a line would have fitted on the line above it."""
    word = line.words[0]
    need = word.right - word.left + 0.3 * line.size
    if last.sheet.number != line.sheet.number:
        need += 0.5 * line.size  # the margins of two pages
    if _is_centred(last, margins) and last.left - margins.left > 1.5 * last.size:
        return margins.right - margins.left - (last.right - last.left) > need + 2 * line.size
    return margins.right - last.right > need + 0.2 * line.size


def _is_centred(line: Line, margins: Margins) -> bool:
    left, right = line.left - margins.left, margins.right - line.right
    return left > 0.5 * line.size and abs(left - right) < max(0.6 * line.size, 0.1 * left)


def _put_columns(story: Story, part: Columns) -> None:
    """What stands side by side: the left column whole, then the next; a table row by row."""
    if part.by_row:
        return _put_rows(story, part)
    for place, column in enumerate(part.columns):
        if place:
            story.write("|\n")
        for printed in _short_lines(column):
            story.put(printed)
            story.write("\n")


def _short_lines(column: Sequence[Line]) -> list[list[Line]]:
    """Lines of a letterhead or signature: each its own, but what a dash began goes on below."""
    if len(column) > 14:
        return paragraphs(column)
    edge = max((line.right for line in column), default=0.0)
    found: list[list[Line]] = []
    for line in column:
        last = found[-1][-1] if found else None
        room = last is not None and edge - last.right > line.words[0].right - line.words[0].left + 3
        first = found[-1][0].text if found else ""
        begun = bool(_BULLET.match(first)) or first.startswith("V/v") and line.text[0].islower()
        if begun and last and not room and not _LABEL.match(line.text) and not line.text.isupper():
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _put_rows(story: Story, part: Columns) -> None:
    """Columns without ruling lines, three and more: a row where the first column or most begin."""
    lines = sorted(
        ((line.base, place, line) for place, column in enumerate(part.columns) for line in column),
        key=lambda item: item[:2],
    )
    rows: list[list[list[Line]]] = []
    base = 0.0
    for height, place, line in lines:
        if not rows or height - base > 0.5 * line.size and _begins_row(part, place, line):
            rows.append([[] for _ in part.columns])
            base = height
        rows[-1][place].append(line)
    width = len(part.columns)
    owners = [[(row, column) for column in range(width)] for row in range(len(rows))]
    _put_cells(story, rows, owners)


def _begins_row(part: Columns, place: int, line: Line) -> bool:
    near = [
        any(abs(other.base - line.base) < 0.5 * line.size for other in column)
        for column in part.columns
    ]
    return place == 0 or near[0] or sum(near) * 2 > len(near)


def _put_table(story: Story, part: Grids) -> None:
    _put_cells(story, part.rows, part.owners)


def _put_cells(
    story: Story,
    rows: Sequence[Sequence[Sequence[Line]]],
    owners: Sequence[Sequence[tuple[int, int]]],
) -> None:
    """A row of single paragraphs goes on one line; one of longer cells, cell after cell."""
    spans: dict[tuple[int, int], Cell] = {}
    for row, cells in enumerate(rows):
        split = [_cell_paragraphs(cell) for cell in cells]
        one_line = all(len(cell) <= 1 for cell in split)
        shown = 0
        for column, cell in enumerate(split):
            if owners[row][column] != (row, column):
                continue  # covered by the cell beside it or above
            if shown:
                story.write(" | " if one_line else "|\n")
            shown += 1
            spans[row, column] = _put_cell(story, cell, one_line)
        if one_line:
            story.write("\n")
    empty = (story.length, story.length)
    story.tables.append(
        Table(tuple(tuple(spans.get(owner, empty) for owner in row) for row in owners))
    )


def _put_cell(story: Story, cell: Sequence[Sequence[Line]], one_line: bool) -> Cell:
    start = end = story.length
    for printed in cell:
        _, end = story.put(printed)
        if not one_line:
            story.write("\n")
    return start, end


def _cell_paragraphs(cell: Sequence[Line]) -> list[list[Line]]:
    """The lines of a cell are one paragraph, but dashes after an ended line begin others."""
    found: list[list[Line]] = []
    for line in cell:
        ended = found and found[-1][-1].text.endswith(_ENDS)
        if found and not (ended and _BULLET.match(line.text)):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _joined_tables(parts: Sequence[Part]) -> list[Part]:
    """A table that goes on on the next page, with the same columns, is one."""
    found: list[Part] = []
    for part in parts:
        last = found[-1] if found else None
        if isinstance(last, Grids) and isinstance(part, Grids) and _same_columns(last, part):
            found[-1] = _continued(last, part)
        else:
            found.append(part)
    return found


def _same_columns(one: Grids, other: Grids) -> bool:
    a, b = one.grid.across, other.grid.across
    return len(a) == len(b) and all(abs(x - y) < 4 for x, y in zip(a, b, strict=True))


def _continued(one: Grids, other: Grids) -> Grids:
    """The rows of both; a heading that was printed again goes, a torn row is put together."""
    rows, owners = other.rows, other.owners
    if len(rows) > 1 and _is_same(_words(rows[0]), _words(one.rows[0])):
        rows, owners = rows[1:], [[(r - 1, c) for r, c in row] for row in owners[1:]]
    all_rows = [list(row) for row in one.rows]
    if rows and _is_torn(one.rows, rows[0]):
        for place, cell in enumerate(rows[0]):
            all_rows[-1][place] = [*all_rows[-1][place], *cell]
        rows, owners = rows[1:], [[(r - 1, c) for r, c in row] for row in owners[1:]]
    by = len(all_rows)
    moved = [[(max(r, 0) + by, c) for r, c in row] for row in owners]
    return Grids(other.grid, [*all_rows, *rows], [*one.owners, *moved])


def _is_same(words: str, other: str) -> bool:
    """The same words, a few letters misread."""
    if words == other or not max(len(words), len(other)) < 2_000:
        return words == other
    return SequenceMatcher(None, words, other).ratio() > 0.85


def _words(row: Sequence[Sequence[Line]]) -> str:
    return "|".join(" ".join(line.text for line in cell) for cell in row)


def _is_torn(above: Sequence[Sequence[Sequence[Line]]], row: Sequence[Sequence[Line]]) -> bool:
    """A row without the number that every other row begins with goes on with the one above."""
    if row[0] or not any(row):
        return False
    return len(above) > 1 and all(cells[0] for cells in above[1:])
