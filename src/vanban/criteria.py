"""Scoring tables (tiêu chí, điểm tối đa): a row is a criterion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vanban import columns, tables
from vanban.model import Cell, Criterion, Number
from vanban.numbers import NUMBER, parse_number
from vanban.rows import Row, trim
from vanban.tables import Grid
from vanban.text import Page, trim_end

_POINTS = re.compile(
    rf"[^\d+\-]{{0,24}}?(?P<sign>[+\-] ?)?(?P<low>{NUMBER})(?: *(?:-|đến) *(?P<high>{NUMBER}))?(?![\d/])"
)
_LABELLED = re.compile(
    r" *(?:(?:Tiêu chí|Tiêu chuẩn|Chỉ tiêu|TIÊU CHÍ|Nhóm) +)?"
    r"(?P<label>\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,5}|[A-ZĐ]|[a-zđ])(?:[.):]|(?= *$)) *"
)
_BULLET = re.compile(r"[-+•●▪◦] *")
_BELOW_ALL = 9  # depth of rows without a number: they stand below the numbered row above them


def read(page: Page, grids: Sequence[Grid]) -> tuple[Criterion, ...]:
    return tuple(
        criterion for grid in grids if grid.kind == "scores" for criterion in _criteria(page, grid)
    )


def _criteria(page: Page, grid: Grid) -> Iterator[Criterion]:
    name_at, most_at = _name_column(grid), _most_column(grid)
    if name_at is None:
        return
    depths: list[int] = []
    for place, row in enumerate(grid.rows):
        label, cell = _named(page, grid, row, name_at)
        words = page.words(*cell).strip(" .;:")
        if not words or tables.is_total(words) or not any(map(str.isalpha, words)):
            continue
        most = _most(page, row, name_at, most_at)
        if most is None and not label:
            continue
        depth = _depth(page, row, label)
        while depths and depths[-1] >= depth:
            depths.pop()
        depths.append(depth)
        yield _criterion(page, grid, place, most_at, label, len(depths), cell, most)


# “Tiêu chí 1” stands above “Chỉ tiêu 1”, and both above plain numbers.
_WORDED = (("tiêu chí", -3), ("tiêu chuẩn", -2), ("chỉ tiêu", -1))


def _depth(page: Page, row: Row, label: str) -> int:
    if not label:
        return _BELOW_ALL
    first = page.flat[slice(*row[0])].strip(" *").casefold()
    worded = (depth for word, depth in _WORDED if first.startswith(f"{word} {label.casefold()}"))
    return next(worded, columns.place_of(label)[0])


def _criterion(
    page: Page,
    grid: Grid,
    place: int,
    most_at: int | None,
    label: str,
    level: int,
    cell: Cell,
    most: Number | None,
) -> Criterion:
    where = f"Hàng {place + 1} của bảng chấm điểm"
    column = grid.columns[most_at].name if most_at is not None else ""
    printed = f": cột “{column}”" if most is not None else ", không ghi điểm"
    return Criterion(
        span=page.span(*cell),
        label=label,
        level=level,
        name=page.words(*cell),
        most=most,
        confidence=0.9 if most is not None and label else 0.75,
        because=where + printed,
    )


def _name_column(grid: Grid) -> int | None:
    """What is asked: a column of contents beside one of criteria says more than their numbers."""
    found = grid.place("criterion", "task", "item")
    if found is not None:
        return found
    return next((p for p, c in enumerate(grid.columns) if c.role in ("", "value")), None)


def _most_column(grid: Grid) -> int | None:
    """The most that can be given: “Điểm tối đa” goes before “Điểm”."""
    found = [place for place, column in enumerate(grid.columns) if column.role == "most"]
    best = [
        p for p in found if any(w in grid.columns[p].name.casefold() for w in ("tối đa", "chuẩn"))
    ]
    return next(iter(best or found), None)


def _named(page: Page, grid: Grid, row: Row, name_at: int) -> tuple[str, Cell]:
    """The number of a row, from its column or before its words, and the words."""
    number_at = grid.place("number")
    cell = row[name_at]
    own = row[number_at] if number_at is not None else (0, 0)
    label = page.flat[slice(*own)].strip(" *")
    if columns.is_label(label):
        return label.strip("()").rstrip(".)/"), _bare(page, cell)
    if cell[0] == cell[1] and own[0] < own[1]:
        cell = own
    found = _LABELLED.match(page.flat, *cell)
    other = grid.place("task") if grid.columns[name_at].role == "criterion" else None
    if found and found.end() >= cell[1] and other is not None and row[other][0] < row[other][1]:
        return found["label"], _bare(page, row[other])
    if found and found.end() < cell[1]:
        return found["label"], _bare(page, (found.end(), cell[1]))
    return "", _bare(page, cell)


def _bare(page: Page, cell: Cell) -> Cell:
    start, end = trim(page.text, *cell)
    if bullet := _BULLET.match(page.text, start, end):
        start = bullet.end()
    return start, max(start, trim_end(page.text, start, end))


def _most(page: Page, row: Row, name_at: int, most_at: int | None) -> Number | None:
    """“0,5”, “Tối đa 10 điểm”, “-2”; of “0 - 5” the greater, of deductions the sign as printed."""
    if most_at is None or row[most_at] == row[name_at]:
        return None
    found = _POINTS.match(page.flat, *row[most_at])
    if not found:
        return None
    value = parse_number(found["high"] or found["low"])
    negative = "-" in (found["sign"] or "")
    return -value if value is not None and negative else value
