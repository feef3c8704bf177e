"""What a file says, put together paragraph by paragraph: one text, its places, its tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vanban.formats import legacy
from vanban.formats.unreadable import EMPTY, ONLY_PICTURES, refuse
from vanban.model import Cell, Place, Source, Table
from vanban.text import normalise

LONGEST = 12_000_000  # characters; a year of a province's gazette is shorter
COLUMNS = 100  # of one table; a cell that says it covers more covers these
GRID = 300_000  # cells of all tables of a file, merged cells counted as often as they stand
_CELL = 30  # characters that a cell counts for, so that there are 400,000 at most
DEEPEST = 12  # tables inside one another; deeper ones are read as paragraphs
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LETTERHEAD = re.compile(
    r"CỘNG H[ÒO]|ĐẢNG CỘNG|ỦY BAN|UỶ BAN|HỘI ĐỒNG|TỈNH [ỦU]|Số\s?:|Phụ lục|PHỤ LỤC|Mẫu số|MẪU SỐ"
)
_PAGE_NUMBER = re.compile(r"[\s\-–]*(?:Trang\s*)?\d{0,4}(?:\s*/\s*\d{1,4})?[\s\-–]*")


class TooLong(Exception):
    """More words than any document has: lists and notes that multiply what a small file holds."""


def sign(place: int) -> str:
    """The sign of a note: “¹²”."""
    return str(place).translate(_SUPERSCRIPT)


def raised(words: str, before: str) -> str:
    """Digits that stand raised are the sign of a note; not behind a measure (“m2”, “km2”)."""
    digits = words.strip()
    if digits.isascii() and digits.isdigit() and len(digits) < 4 and before[-1:] != "m":
        return words.translate(_SUPERSCRIPT)
    return words


def letterhead(lines: list[str]) -> list[str]:
    """The lines of a page header where they are the document's own: its letterhead, or “Phụ lục”.

    What else stands on every page (a title, a number) is not read as words of the document.
    """
    if not any(_LETTERHEAD.search(line) for line in lines):
        return []
    return [line for line in lines if not _PAGE_NUMBER.fullmatch(line)]


@dataclass(slots=True)
class _Cell:
    """A cell with its paragraphs, and rows of tables in it; where it stands once it is written."""

    columns: int = 1
    rows: int = 1
    continues: bool = False  # the cell above, going on
    is_dropped: bool = False
    content: list[tuple[int, str] | _Row] = field(default_factory=list)
    start: int = -1
    end: int = -1

    def is_line(self) -> bool:
        return all(isinstance(piece, tuple) and "\n" not in piece[1] for piece in self.content)


@dataclass(slots=True)
class _Row:
    cells: list[_Cell] = field(default_factory=list)
    is_open: bool = True


@dataclass(slots=True)
class _Table:
    rows: list[_Row] = field(default_factory=list)

    def open_row(self) -> _Row | None:
        return self.rows[-1] if self.rows and self.rows[-1].is_open else None

    def open_cell(self) -> _Cell | None:
        row = self.open_row()
        return row.cells[-1] if row and row.cells else None


class Story:
    """Collects paragraphs and tables, with offsets. Rows are written when the outermost one ends."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.map: list[Place] = []
        self.has_picture = False
        self.encoding = "utf-8"  # the old encoding that words were in
        self._tables: list[_Table] = []  # in the order in which they begin
        self._open: list[_Table] = []
        self._too_deep = 0
        self._length = 0
        self._taken = 0
        self._count = 0

    def put(self, words: str) -> None:
        """One paragraph more."""
        number = self._count
        self._count += 1
        self._take(len(words) + 1)
        words, older = legacy.repair(words)
        self.encoding = older or self.encoding
        words = normalise(words)
        if cell := self._cell():
            if words.strip():
                cell.content.append((number, words))
        else:
            self._write(words + "\n", number)

    def _take(self, size: int) -> None:
        self._taken += size
        if self._taken > LONGEST:
            raise TooLong

    def _cell(self) -> _Cell | None:
        """The cell that words go to: of the innermost table that has one open."""
        for table in reversed(self._open):
            if cell := table.open_cell():
                return cell
        return None

    def open_table(self) -> None:
        if len(self._open) < DEEPEST:
            table = _Table()
            self._tables.append(table)
            self._open.append(table)
        else:
            self._too_deep += 1

    def close_table(self) -> None:
        if self._too_deep:
            self._too_deep -= 1
        elif self._open:
            self.close_row()
            self._open.pop()

    def open_row(self) -> None:
        if self._open and not self._too_deep:
            self.close_row()
            self._open[-1].rows.append(_Row())

    def open_cell(self, columns: int = 1, rows: int = 1) -> None:
        if not self._open or self._too_deep:
            return
        if not self._open[-1].open_row():
            self.open_row()
        self._take(_CELL)
        cell = _Cell(max(1, min(columns, COLUMNS)), max(1, rows))
        self._open[-1].rows[-1].cells.append(cell)

    def cover(self, columns: int) -> None:
        """The cell covers so many columns."""
        if cell := self._own_cell():
            cell.columns = max(1, min(columns, COLUMNS))

    def go_on(self) -> None:
        """The cell is a part of the one above it."""
        if cell := self._own_cell():
            cell.continues = True

    def drop_cell(self) -> None:
        if cell := self._own_cell():
            cell.is_dropped = True

    def drop_row(self) -> None:
        if self._open and not self._too_deep and self._open[-1].open_row():
            self._open[-1].rows.pop()

    def _own_cell(self) -> _Cell | None:
        return self._open[-1].open_cell() if self._open and not self._too_deep else None

    def close_row(self) -> None:
        if not self._open or self._too_deep:
            return
        row = self._open[-1].open_row()
        if row is None:
            return
        row.is_open = False
        row.cells = [cell for cell in row.cells if not cell.is_dropped]
        if outer := self._cell():
            outer.content.append(row)
        else:
            self._write_row(row)

    def _write_row(self, row: _Row) -> None:
        """A row of single lines goes on one line; one of longer cells, cell after cell."""
        cells = [cell for cell in row.cells if cell.content or not cell.continues]
        is_line = all(len(cell.content) <= 1 and cell.is_line() for cell in cells)
        for place, cell in enumerate(cells):
            if place:
                self._write(" | " if is_line else "|\n")
            cell.start = self._length
            for piece in cell.content:
                if isinstance(piece, _Row):
                    self._write_row(piece)
                else:
                    self._write(piece[1] if is_line else piece[1] + "\n", piece[0])
            cell.end = self._length
            cell.content = []
            if not is_line and cell.end > cell.start:
                cell.end -= 1
        if is_line:
            self._write("\n")

    def _write(self, words: str, number: int | None = None) -> None:
        if number is not None:
            self.map.append(Place(self._length, number))
        self.pieces.append(words)
        self._length += len(words)

    def close(self) -> None:
        """Tables that were left open at the end."""
        self._too_deep = 0
        while self._open:
            self.close_table()

    def source(self, form: str, name: str, encoding: str = "") -> Source:
        """What was collected; raises Unreadable where there are no words."""
        self.close()
        text = "".join(self.pieces)
        if not text.strip(" \n\t\u00a0|-"):
            raise refuse(ONLY_PICTURES if self.has_picture else EMPTY, name)
        return Source(
            text, tuple(self.map), form, name, self._grids(), (), encoding or self.encoding
        )

    def _grids(self) -> tuple[Table, ...]:
        grids: list[Table] = []
        left = GRID
        for table in self._tables:
            rows = _grid(table, left)
            left -= sum(map(len, rows))
            if rows:
                grids.append(Table(rows))
        return tuple(grids)


def _grid(table: _Table, most: int) -> tuple[tuple[Cell, ...], ...]:
    """Every place of the grid with the cell that covers it; empty where it would grow too large."""
    rows: list[tuple[Cell, ...]] = []
    above: dict[int, tuple[Cell, int]] = {}  # column → the cell that reaches down, rows left
    for row in table.rows:
        line: list[Cell] = []
        for cell in row.cells:
            _reach_down(line, above)
            span = (cell.start, cell.end)
            if cell.continues and rows and len(line) < len(rows[-1]):
                span = rows[-1][len(line)]
            for _ in range(min(cell.columns, COLUMNS - len(line))):
                if cell.rows > 1:
                    above[len(line)] = (span, cell.rows - 1)
                line.append(span)
        _reach_down(line, above)
        most -= len(line)
        if most < 0:
            return ()
        if line:
            rows.append(tuple(line))
    return tuple(rows)


def _reach_down(line: list[Cell], above: dict[int, tuple[Cell, int]]) -> None:
    """The places from here on that cells of earlier rows cover."""
    while len(line) in above:
        column = len(line)
        span, rows = above.pop(column)
        if rows > 1:
            above[column] = (span, rows - 1)
        line.append(span)
