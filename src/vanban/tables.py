"""Grids with named columns: what the file knows as tables, or what the text writes as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vanban import bodies, columns, rows
from vanban.lexicon.columns import TOTALS
from vanban.model import Cell, Table
from vanban.rows import Row
from vanban.text import Page, Paragraph, fold_spaces

_TOP = 5  # rows from the top within which the names of the columns stand
_TITLE = 6  # lines above a table that may be its title
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Column:
    """`name` as printed, on one line; `role` what it holds ("task", "lead", "value"…)."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its names of columns read; each row has as many cells as there are columns.

    `kind` is "tasks", "scores", "numbers" or "" (a list of something else). `title` are the lines above
    it. `merged` says that the file itself tells merged cells from empty ones.
    """

    start: int
    end: int
    kind: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    merged: bool

    def place(self, *roles: str) -> int | None:
        """The first column that holds the first of these."""
        for role in roles:
            for place, column in enumerate(self.columns):
                if column.role == role:
                    return place
        return None


def read(page: Page, tables: Sequence[Table] = ()) -> tuple[Grid, ...]:
    """The grids in order, none inside another. What the file knows goes before what the text shows."""
    found = _of_file(page, tables) if tables else map(list, rows.find(page.text))
    grids: list[Grid] = []
    for raw in _joined(page, found):
        grid = _grid(page, raw, merged=bool(tables))
        if grid and (not grids or grid.start >= grids[-1].end):
            grids.append(grid)
    return tuple(grids)


def _of_file(page: Page, tables: Sequence[Table]) -> list[list[Row]]:
    """The tables in order, without cells that lie outside of the text."""
    length = len(page.text)
    found: list[list[Row]] = []
    for table in tables:
        whole = [row for row in table.rows if row]
        if all(0 <= start <= end <= length for row in whole for start, end in row) and whole:
            found.append([tuple(rows.trim(page.text, *cell) for cell in row) for row in whole])
    return sorted(found, key=lambda raw: _bounds(raw)[0])


def _bounds(raw: Sequence[Row]) -> Cell:
    cells = [cell for row in raw for cell in row]
    return min(start for start, _ in cells), max(end for _, end in cells)


def _joined(page: Page, found: Sequence[list[Row]] | Iterator[list[Row]]) -> Iterator[list[Row]]:
    """Tables with their names of columns on top; one without goes on with the one before it."""
    last: list[Row] | None = None
    end = 0  # of the last one
    for raw in found:
        top = next((p for p in range(min(_TOP, len(raw))) if _is_heading(page, raw, p)), None)
        if top is not None:
            same = last and _names(page, last[0]) == _names(page, raw[top])
            if last and same and _is_next(page, end, raw):
                last.extend(raw[top + 1 :])
                end = max(end, _bounds(raw)[1])
                continue
            if last:
                yield last
            last = list(raw[top:])
            end = _bounds(last)[1]
        elif last and len(raw[0]) == len(last[0]) and _is_next(page, end, raw):
            last.extend(raw)
            end = max(end, _bounds(raw)[1])
    if last:
        yield last


def _is_next(page: Page, end: int, raw: Sequence[Row]) -> bool:
    """Whether only a page break stands between the end of a table and another one."""
    between = page.text[end : _bounds(raw)[0]]
    return len(between) < 40 and not any(mark.isalpha() for mark in between)


def _names(page: Page, row: Row) -> list[str]:
    return [page.words(start, end) for start, end in row]


def _is_heading(page: Page, raw: Sequence[Row], place: int) -> bool:
    distinct = list(dict.fromkeys(raw[place]))
    if columns.is_heading([page.flat[start:end].strip() for start, end in distinct]):
        return True
    below = raw[place + 1] if place + 1 < len(raw) else ()
    return columns.counts(_names(page, raw[place]), _names(page, below))


# Names


def _grid(page: Page, raw: list[Row], *, merged: bool) -> Grid | None:
    above, below, body = _headings(page, raw)
    names = _joined_names(page, above, below)
    if merged and len(names) < max(map(len, raw)):
        names += [""] * (max(map(len, raw)) - len(names))
    named = tuple(
        Column(name, columns.role(last) or columns.role(name)) for name, last in names_of(names)
    )
    fitted: list[Row] = []
    for row in body:
        fitted.append(_fit(page, row, named, fitted[-1] if fitted else None))
    fitted = [row for row in fitted if not _is_again(page, row, named)]
    if not fitted:
        return None
    start, end = _bounds(raw)
    return Grid(
        start, end, _kind(page, named, fitted), _title(page, start), named, tuple(fitted), merged
    )


def names_of(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each name, and its last part where it is of two rows: “Năm 2023 – Kế hoạch”."""
    for name in names:
        yield name, name.rpartition(" – ")[2]


def _headings(page: Page, raw: list[Row]) -> tuple[Row, Row | None, list[Row]]:
    """The row of names, the one below it that divides some of them, and the rows of the body."""
    above, rest = raw[0], raw[1:]
    below = rest[0] if rest and _divides(page, above, rest[0]) else None
    return above, below, rest[1:] if below else rest


def _divides(page: Page, above: Row, below: Row) -> bool:
    """A second row of names: nothing new stands below the number column, no number anywhere."""
    if below[0] != above[0] and below[0][0] < below[0][1]:
        return False
    words = [
        name for name, cell in zip(_names(page, below), below, strict=True) if cell not in above
    ]
    words = [name for name in words if name]
    if len(words) < 2 or any(len(name) > 60 for name in words):
        return False
    if any(not any(mark.isalpha() or mark == "%" for mark in name) for name in words):
        return False
    return all(columns.role(name) in ("", "value", "item", "unit", "most", "scored", "lead", "partner", "due")
               for name in words) and any(columns.role(name) for name in words)  # fmt: skip


def _joined_names(page: Page, above: Row, below: Row | None) -> list[str]:
    if below is None:
        return _names(page, above)
    if len(above) == len(below) and any(a == b for a, b in zip(above, below, strict=True)):
        return [_joined_name(page, pair) for pair in zip(above, below, strict=True)]
    return _spread(_names(page, above), _names(page, below))


def _joined_name(page: Page, pair: tuple[Cell, Cell]) -> str:
    first, second = (page.words(*cell) for cell in pair)
    return first if pair[0] == pair[1] or not second else f"{first} – {second}"


def _spread(above: list[str], below: list[str]) -> list[str]:
    """Names of two rows where a merged name stands once above those that divide it."""
    if len(above) == len(below):
        return _filled(above, below)
    empty = sum(not name for name in below)
    groups = max(1, len(above) - empty)
    share = -(-(len(below) - empty) // groups)
    names: list[str] = []
    upper = iter(above)
    group, used = "", share
    for name in below:
        if not name:
            names.append(next(upper, ""))
            used = share
            continue
        if used >= share:
            group, used = next(upper, group), 0
        used += 1
        names.append(f"{group} – {name}" if group else name)
    return names


def _filled(above: list[str], below: list[str]) -> list[str]:
    """Both rows have all cells: an empty one above a name goes on with the group to its left."""
    names: list[str] = []
    group = ""
    for first, second in zip(above, below, strict=True):
        group = first or group
        names.append(f"{group} – {second}" if second and group else first or second)
    return names


# Rows


def _fit(page: Page, row: Row, named: Sequence[Column], above: Row | None) -> Row:
    """As many cells as there are columns: a row of merged cells is short, a closing bar makes it long."""
    width = len(named)
    if len(row) > width:
        extra = row[width - 1 :]
        filled = [cell for cell in extra if cell[0] < cell[1]]
        last = (filled[0][0], filled[-1][1]) if filled else extra[0]
        return (*row[: width - 1], last)
    if len(row) == width:
        return row
    first = page.flat[slice(*row[0])].strip()
    missing = width - len(row)
    if named[0].role == "number" and first and not columns.is_label(first) and len(row) > 1:
        return _pad((row[0][0], row[0][0]), row, missing)
    if len(row) == 1 and named[0].role == "number":
        return ((row[0][0], row[0][0]), row[0], *[(row[0][1], row[0][1])] * (width - 2))
    if missing == 1 < len(row) - 1 and above and any(column.role == "lead" for column in named):
        return _merged_above(page, row, named, above)
    return (*row, *[(row[-1][1], row[-1][1])] * missing)


_TIME = re.compile(r"\d|[Qq]uý|[Tt]háng|[Nn]ăm|xuyên")


def _merged_above(page: Page, row: Row, named: Sequence[Column], above: Row) -> Row:
    """One cell is missing, as the one above it covers it too: where all others hold what they should.

    Where two could be missing it is the last, else who leads.
    """
    last = len(row)
    best = max(
        range(2, last + 1),
        key=lambda at: (_agreement(page, row, named, at), at == last, named[at].role == "lead"),
    )
    if best == last and named[best].role not in ("lead", "partner", "due"):
        return (*row, (row[-1][1], row[-1][1]))
    return (*row[:best], above[best], *row[best:])


def _agreement(page: Page, row: Row, named: Sequence[Column], missing: int) -> int:
    """How many cells hold a body or a time where the column is of bodies or times."""
    roles = [column.role for place, column in enumerate(named) if place != missing]
    score = 0
    for role, (start, end) in zip(roles, row, strict=True):
        words = page.flat[start:end].strip(" -+")
        if role in ("lead", "partner"):
            score += not words or bodies.begins(words, 0)
        elif role == "due":
            score += not words or bool(_TIME.search(words))
    return score


def _pad(number: Cell, row: Row, missing: int) -> Row:
    """“Tổng | 7 | 56”: the first cell covers the number and the name."""
    return (number, *row, *[(row[-1][1], row[-1][1])] * (missing - 1))


def _is_again(page: Page, row: Row, named: Sequence[Column]) -> bool:
    """The names repeated on a new page, or the row “(1) | (2) | (3)”, or nothing at all."""
    words = _names(page, row)
    if not any(words):
        return True
    tops = [column.name.partition(" – ")[0].casefold() for column in named]
    same = sum(word.casefold() == top and word != "" for word, top in zip(words, tops, strict=True))
    return same * 2 > len(named) or _counts_up(words)


def _counts_up(words: Sequence[str]) -> bool:
    """“(1) | (2) | (3)”, “A | B | 1 | 2”, “1 | 2 | 3 | 4 = 3/2”: the numbers of the columns."""
    bare = [word.strip("()[] ").partition("=")[0].strip() for word in words]
    numbers = [int(word) for word in bare if word.isdecimal() and len(word) < 3]
    if len(numbers) < 2 or sum(word.isdigit() or len(word) < 2 for word in bare) < len(bare):
        return False
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] < 3 and (
        len(numbers) > 2 or words[0].startswith("(")
    )  # fmt: skip


def is_total(words: str) -> bool:
    bare = words.casefold().strip(" .:*")
    return bare in TOTALS or bare.startswith(TOTALS[:3])


def cell_lines(text: str, cell: Cell) -> list[Cell]:
    """The lines of a cell, without outer blanks."""
    found: list[Cell] = []
    start = cell[0]
    for line in text[slice(*cell)].split("\n"):
        first, last = rows.trim(text, start, start + len(line))
        if first < last:
            found.append((first, last))
        start += len(line) + 1
    return found


# Kinds


def _kind(page: Page, named: Sequence[Column], body: Sequence[Row]) -> str:
    roles = {column.role for column in named}
    if "most" in roles or ("scored" in roles and "criterion" in roles):
        return "scores"
    has_work = roles & {"task", "due", "product"}
    if ("lead" in roles and has_work) or ("partner" in roles and "task" in roles):
        return "tasks"
    if {"task", "due"} <= roles and "unit" not in roles:
        return "tasks"
    if any(
        _is_numeric(page, place, body)
        for place, column in enumerate(named)
        if column.role != "number"
    ):
        return "numbers"
    return ""


def _is_numeric(page: Page, place: int, body: Sequence[Row]) -> bool:
    """Whether most of the filled cells of a column are numbers."""
    words = [page.flat[slice(*row[place])].strip() for row in body]
    filled = [word for word in words if word.strip("-–….")]
    return 0 < len(filled) < 2 * sum(_NUMERIC.match(word) is not None for word in filled)


_NUMERIC = re.compile(
    r"(?:[≥≤<>+\-(]=? ?|(?:[Tt]rên|[Tt]ừ|[Dd]ưới|[Đđ]ạt|[Íí]t nhất|[Tt]ối thiểu|[Tt]ăng|[Gg]iảm) +)?\d"
)


# What stands around


def _title(page: Page, start: int) -> str:
    """The lines above a table, up to the end of a sentence: its title, its unit."""
    kept: list[str] = []
    end = start
    for _ in range(_TITLE):
        first = page.text.rfind("\n", 0, max(0, end - 1)) + 1 if end > 0 else 0
        line = page.text[first:end].strip(" \n|*")
        if "|" in line or sum(map(len, kept)) + len(line) > _LONGEST_TITLE:
            break
        if line.endswith((".", ";")) and not line.startswith("("):
            break
        kept.append(line)
        end = first - 1
        if end <= 0 or _HEADING.match(line):
            break
    return fold_spaces(" ".join(reversed(kept)))


_HEADING = re.compile(
    r"(?:\d{1,2}|[IVX]{1,5}|[a-zđ])[.)/]|(?:Phần|PHẦN|Điều|PHỤ LỤC|Phụ lục)(?!\w)"
)


def leave_out(page: Page, grids: Sequence[Grid]) -> None:
    """Takes the tables out of the page's paragraphs: what is in them is read row by row."""
    if grids:
        page.paragraphs = tuple(_outside(page, grids))


def _outside(page: Page, grids: Sequence[Grid]) -> Iterator[Paragraph]:
    at = 0
    for paragraph in page.paragraphs:
        while at < len(grids) and grids[at].end <= paragraph.mark:
            at += 1
        if at == len(grids) or paragraph.end <= grids[at].start:
            yield paragraph
            continue
        yield from _cut(page, paragraph, grids, at)


def _cut(page: Page, paragraph: Paragraph, grids: Sequence[Grid], at: int) -> Iterator[Paragraph]:
    """What of a paragraph lies before, between and behind tables."""
    start, kind = paragraph.mark, paragraph.kind
    for grid in grids[at:]:
        if grid.start >= paragraph.end:
            break
        yield from _piece(page, paragraph, start, grid.start, kind)
        start, kind = max(start, grid.end), "body"
    yield from _piece(page, paragraph, start, paragraph.end, kind)


def _piece(
    page: Page, paragraph: Paragraph, start: int, end: int, kind: str
) -> Iterator[Paragraph]:
    is_head = start == paragraph.mark
    while start < end and page.text[start] in " \n\t|*\u00a0":
        start += 1
    while end > start and page.text[end - 1] in " \n\t|*\u00a0":
        end -= 1
    if start < end:
        words = min(paragraph.start, end) if is_head else start
        yield Paragraph(start, max(start, words), end, kind, paragraph.label if is_head else "")
