"""Tables that stand in a text as lines: “a | b | c”, or cell below cell with a bar between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vanban import columns
from vanban.model import Cell

Row = tuple[Cell, ...]
MOST_COLUMNS = 24
_TALLEST = 60  # lines of one cell
_FURNITURE = 4  # lines between the parts of a table that a page break divides

_BLANKS = " \t\u00a0\u3000\r\f\v*"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text: its words, and its cells where bars or tabs divide it.

    A line of one bar and nothing else has no words; one of a cell and a bar behind it is two lines.
    """

    start: int
    end: int
    cells: tuple[Cell, ...] = ()
    is_bar: bool = False
    framed: bool = False  # bars outside, as Markdown writes them

    @property
    def is_blank(self) -> bool:
        return self.start == self.end and not self.is_bar and not self.cells


def find(text: str) -> Iterator[list[Row]]:
    """The rows of each table, the row with the names of its columns first; a row may be short or long."""
    if "|" not in text and "\t" not in text:
        return
    lines = _Lines(text)
    behind = 0  # the line behind the last table
    for at in lines.marked:
        found = lines.table_at(at) if at >= behind else None
        if found is not None:
            rows, behind = found
            yield rows


def split(text: str, start: int, end: int, mark: str) -> tuple[Cell, ...]:
    """The cells between the marks of a line, each without outer blanks; empty ones too."""
    cells: list[Cell] = []
    begin = start
    while (at := text.find(mark, begin, end)) >= 0:
        cells.append(trim(text, begin, at))
        begin = at + 1
    cells.append(trim(text, begin, end))
    return tuple(cells)


def trim(text: str, start: int, end: int) -> Cell:
    while start < end and (text[start] in _BLANKS or text[start] == "\n"):
        start += 1
    while end > start and (text[end - 1] in _BLANKS or text[end - 1] == "\n"):
        end -= 1
    return start, end


class _Lines:
    """The lines of a text, and the tables that begin at some of them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all: list[_Line] = []
        start = 0
        for line in text.split("\n"):
            self._take(start, start + len(line), line)
            start += len(line) + 1
        self.marked = [at for at, line in enumerate(self.all) if line.is_bar or line.cells]

    def _take(self, start: int, end: int, line: str) -> None:
        bars = line.count("|")
        if not bars:
            tabbed = line.count("\t") > 1 and split(self.text, start, end, "\t")
            first, last = trim(self.text, start, end)
            self.all.append(_Line(first, last, tabbed or ()))
            return
        cells = split(self.text, start, end, "|")
        filled = [cell for cell in cells if cell[0] < cell[1]]
        if bars == 1 and len(filled) < 2:
            if filled and cells[0] != filled[0]:
                self.all.append(_Line(start, start, is_bar=True))
            self.all.extend(_Line(*cell) for cell in filled)
            if not filled or cells[0] == filled[0]:
                self.all.append(_Line(end, end, is_bar=True))
            return
        framed = len(cells) > 2 and cells[0][0] == cells[0][1] and line.lstrip().startswith("|")
        self.all.append(_Line(start, end, cells, framed=framed))

    def table_at(self, at: int) -> tuple[list[Row], int] | None:
        """The table whose names of columns stand in line `at`, or begin just above it; and its end."""
        line = self.all[at]
        if line.cells:
            names = [self.text[start:end] for start, end in _unframed(line)]
            if not columns.is_heading(names) and not columns.counts(names, self._below(at)):
                return None
            return self._rows(_unframed(line), at + 1, framed=line.framed)
        heading = self._stacked_heading(at)
        if heading is None:
            return None
        names_row, after, closed = heading
        return self._closed(names_row, after) if closed else self._rows(names_row, after)

    def _below(self, at: int) -> list[str]:
        """The words of the row on the line below."""
        below = self.all[at + 1] if at + 1 < len(self.all) else self.all[at]
        return [self.text[start:end] for start, end in _unframed(below)]

    # Rows on a line, and rows of long cells among them

    def _rows(self, heading: Row, at: int, *, framed: bool = False) -> tuple[list[Row], int] | None:
        rows = [heading]
        width = len(heading)
        is_numbered = columns.role(self.text[slice(*heading[0])]) == "number"
        end = at
        while at < len(self.all):
            line = self.all[at]
            if line.cells:
                cells = _unframed(line) if framed else line.cells
                if not _is_rule(self.text, cells):
                    rows.append(cells)
                    if len(rows) == 2:
                        width = max(width, len(cells))
                at = end = at + 1
                continue
            if stacked := self._stacked(at, width, is_numbered):
                rows.append(stacked[0])
                at = end = stacked[1]
                continue
            row, after = self._between(at, width)
            if after is None:
                break
            rows.extend(row)
            at = end = after
        return (rows, end) if len(rows) > 1 else None

    def _between(self, at: int, width: int) -> tuple[list[Row], int | None]:
        """Lines without bars inside of a table: a row of one merged cell, or what a page break left."""
        last = at
        while last < len(self.all) and last - at <= _FURNITURE and not self.all[last].cells:
            if self.all[last].is_bar:
                return [], None
            last += 1
        if last >= len(self.all) or not self.all[last].cells:
            return [], None
        if abs(len(self.all[last].cells) - width) > 1:
            return [], None
        names = [self.text[start:end] for start, end in _unframed(self.all[last])]
        if not columns.is_heading(names) and columns.counts(names, self._below(last)):
            return [], None
        words = [line for line in self.all[at:last] if not line.is_blank]
        if columns.is_heading(names):  # another table, or this one after a page break
            return [], last if all(_is_page(self.text, line) for line in words) else None
        is_blank = any(line.is_blank for line in self.all[at:last])
        if len(words) == 1 and not is_blank and not _is_page(self.text, words[0]):
            return [((words[0].start, words[0].end),)], last
        return [], last if all(_is_page(self.text, line) for line in words) else None

    def _stacked(self, at: int, width: int, is_numbered: bool) -> tuple[Row, int] | None:
        """A row whose cells stand one below the other, with a bar between them."""
        cells: list[Cell] = []
        while len(cells) < width - 1:
            bar = self._bar(at)
            if bar is None:
                return None
            cells.append(self._words(at, bar))
            if len(cells) == 1 and not self._is_first(cells[0], is_numbered):
                return None
            at = bar + 1
        after = self._end_of_last(at)
        return (*cells, self._words(at, after)), after

    def _is_first(self, cell: Cell, is_numbered: bool) -> bool:
        """Whether a cell can begin a row: a number or nothing, in tables without numbers one line."""
        words = self.text[cell[0] : cell[1]]
        if not is_numbered:
            return "\n" not in words and not columns.role(words)
        return not words or columns.is_label(words) or words.casefold().startswith("tổng")

    def _bar(self, at: int) -> int | None:
        """The next line that is a bar, within the height of a cell; no row on a line between."""
        for place in range(at, min(at + _TALLEST, len(self.all))):
            if self.all[place].is_bar:
                return place
            if self.all[place].cells:
                return None
        return None

    def _words(self, first: int, after: int) -> Cell:
        """What stands in the lines `first` up to `after`."""
        if first >= after:
            at = self.all[min(first, len(self.all) - 1)].start
            return at, at
        return trim(self.text, self.all[first].start, self.all[after - 1].end)

    def _end_of_last(self, at: int) -> int:
        """Where the last cell of a row ends: at the next row, or where the text goes on without bars."""
        if at >= len(self.all) or self.all[at].is_bar:
            return at
        for place in range(at, min(at + _TALLEST, len(self.all))):
            line = self.all[place]
            if line.cells:
                return place
            if line.is_bar:
                return self._before_bar(at, place)
        return self._end_of_words(at)

    def _before_bar(self, at: int, bar: int) -> int:
        """The next row begins with the number above the bar; with the bar where its number is empty."""
        above = self.all[bar - 1]
        if bar - 1 > at and columns.is_label(self.text[above.start : above.end]):
            return bar - 1
        blank = next((p for p in range(at, bar) if self.all[p].is_blank), None)
        return bar if blank is None else blank

    def _end_of_words(self, at: int) -> int:
        """The last cell of the last row: its first line, and lines that go on with it."""
        place = at + 1
        while place < len(self.all) and not self.all[place].is_blank:
            first = self.text[self.all[place].start]
            if not (first.islower() or first in "-+•"):
                break
            place += 1
        return place

    # Rows whose last cell is followed by a bar too, as web pages are copied

    def _stacked_heading(self, bar: int) -> tuple[Row, int, bool] | None:
        """Names of columns one below the other; the line after them, and whether a bar closes a row."""
        first = bar - 1
        if first < 0 or self.all[first].is_bar or self.all[first].cells:
            return None
        if not columns.role(self._text(first, bar)):
            first -= 1
            if first < 0 or columns.role(self._text(first, bar)) != "number":
                return None
        cells, at = [self._words(first, bar)], bar + 1
        is_numbered = columns.role(self._text(first, bar)) == "number"
        while len(cells) < MOST_COLUMNS:
            after = self._bar(at)
            if after is None or after - at > 12:
                return self._open_heading(cells, at)
            words = self._text(at, after)
            if self._is_begun(words, at, after) and len(cells) > 1 and is_numbered:
                return self._if_named(cells, at, closed=True)
            last = self.all[after - 1]
            tail = self.text[last.start : last.end]
            if after - at > 1 and is_numbered and columns.is_label(tail):
                return self._if_named([*cells, self._words(at, after - 1)], after - 1, closed=False)
            if not is_numbered and not columns.role(words):
                return self._if_named(cells, at, closed=True)
            cells.append(self._words(at, after))
            at = after + 1
        return None

    def _is_begun(self, words: str, at: int, after: int) -> bool:
        return after > at and columns.is_label(words)

    def _open_heading(self, cells: list[Cell], at: int) -> tuple[Row, int, bool] | None:
        """The last name is followed by a row on one line, not by a bar."""
        for place in range(at, min(at + 12, len(self.all))):
            if self.all[place].cells and place > at:
                return self._if_named([*cells, self._words(at, place)], place, closed=False)
            if self.all[place].is_bar:
                return None
        return None

    def _if_named(
        self, cells: list[Cell], at: int, *, closed: bool
    ) -> tuple[Row, int, bool] | None:
        names = [self.text[start:end] for start, end in cells]
        return (tuple(cells), at, closed) if columns.is_heading(names) else None

    def _text(self, first: int, after: int) -> str:
        start, end = self._words(first, after)
        return " ".join(self.text[start:end].split())

    def _closed(self, heading: Row, at: int) -> tuple[list[Row], int] | None:
        rows = [heading]
        width = self._width(len(heading), at)
        is_numbered = columns.role(self.text[slice(*heading[0])]) == "number"
        last: str | None = None
        while (row := self._closed_row(at, width, is_numbered, last)) is not None:
            cells, at = row
            rows.append(cells)
            label = self.text[slice(*cells[0])]
            last = label if columns.is_label(label) else last
        return (rows, at) if len(rows) > 1 else None

    def _chunks(self, at: int, most: int) -> list[tuple[Cell, int]]:
        """The next cells that a bar follows, each with the line behind its bar."""
        found: list[tuple[Cell, int]] = []
        while len(found) < most and (bar := self._bar(at)) is not None:
            found.append((self._words(at, bar), bar + 1))
            at = bar + 1
        return found

    def _width(self, named: int, at: int) -> int:
        """How many cells a row has: where two rows of names are merged, fewer than there are names."""
        cells = self._chunks(at, 2 * named + 1)
        labels = [self.text[slice(*cell)] for cell, _ in cells]
        for width in range(named, max(2, named - 4), -1):
            if len(labels) > width and columns.follows(labels[0], labels[width]):
                return width
        return named

    def _closed_row(
        self, at: int, width: int, is_numbered: bool, last: str | None
    ) -> tuple[Row, int] | None:
        chunks = self._chunks(at, width + 1)
        if not chunks:
            return None
        words = [self.text[slice(*cell)] for cell, _ in chunks]
        if not self._may_begin(words[0], is_numbered):
            return None
        if width < len(words) and columns.follows(words[0] or last, words[width]):
            return tuple(cell for cell, _ in chunks[:width]), chunks[width - 1][1]
        for short in (2, 1, width - 1):
            if 0 < short < len(words) and self._is_short(words, short, last):
                return tuple(cell for cell, _ in chunks[:short]), chunks[short - 1][1]
        if len(chunks) < width:
            return self._last_open(chunks, width)
        return tuple(cell for cell, _ in chunks[:width]), chunks[width - 1][1]

    def _last_open(self, chunks: list[tuple[Cell, int]], width: int) -> tuple[Row, int] | None:
        """The last row of a text whose last bar is missing."""
        if len(chunks) < width - 1:
            return None
        at = chunks[-1][1]
        if at >= len(self.all):
            return None
        after = self._end_of_words(at)
        return (*(cell for cell, _ in chunks), self._words(at, after)), after

    def _may_begin(self, words: str, is_numbered: bool) -> bool:
        if not is_numbered:
            return len(words) < 400 and "\n\n" not in words
        if not words or columns.is_label(words):
            return True
        return len(words) < 120 and words.count("\n") < 3 and words.casefold().startswith("tổng")

    @staticmethod
    def _is_short(words: list[str], short: int, last: str | None) -> bool:
        """A row of a few merged cells: the number of the next row stands right behind them."""
        label = words[0] if columns.is_label(words[0]) else last
        if short == 1:
            return not columns.is_label(words[0]) and columns.follows(label, words[1])
        return bool(words[0]) and columns.follows(label, words[short]) and not words[1].isdigit()


def _unframed(line: _Line) -> Row:
    """The cells without the empty ones outside of Markdown's outer bars."""
    cells = line.cells
    if not line.framed:
        return cells
    return cells[1:-1] if cells[-1][0] == cells[-1][1] else cells[1:]


def _is_rule(text: str, cells: Row) -> bool:
    """Markdown's “|---|:--:|” below the names."""
    words = "".join(text[start:end] for start, end in cells)
    return bool(words) and not words.strip("-: ") and "--" in words


def _is_page(text: str, line: _Line) -> bool:
    """The number of a page, “12”, “- 12 -”, “Trang 3/8”."""
    words = text[line.start : line.end].strip("-– .")
    return words.isdigit() or (len(words) < 12 and words.startswith("Trang "))
