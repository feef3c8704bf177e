"""Tables with ruling lines: the lines of a page make a grid, the grid takes the words inside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vanban.formats.layout import Rule, Word
from vanban.model import Box

_NEAR = 3.0  # points; lines drawn twice, or not quite to the corner
_MOST = 400  # lines of a grid in one direction


@dataclass(frozen=True, slots=True)
class Grid:
    """Borders of columns and rows; `owner[row][column]` is the cell (row, column) that covers it."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    owner: tuple[tuple[tuple[int, int], ...], ...]

    def holds(self, word: Word) -> bool:
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        return self.across[0] <= x <= self.across[-1] and self.down[0] <= y <= self.down[-1]

    def cell(self, word: Word) -> tuple[int, int]:
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        return self.owner[_between(self.down, y)][_between(self.across, x)]

    def boxes(self) -> dict[tuple[int, int], Box]:
        """The rectangle of each cell, merged cells as one."""
        found: dict[tuple[int, int], Box] = {}
        for row, cells in enumerate(self.owner):
            for column, cell in enumerate(cells):
                left, top = self.across[cell[1]], self.down[cell[0]]
                found[cell] = left, top, self.across[column + 1], self.down[row + 1]
        return found


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """The grids that the lines of a page make, from the top; a single frame is none."""
    found = []
    for group in _groups(rules):
        lying = [rule for rule in group if rule.lies]
        standing = [rule for rule in group if not rule.lies]
        down = _positions([rule.top for rule in lying])
        across = _positions([rule.left for rule in standing])
        if len(down) < 2 or len(across) < 2 or len(down) + len(across) < 5:
            continue
        if len(down) <= _MOST and len(across) <= _MOST:
            found.append(_grid(across, down, lying, standing))
    return sorted(found, key=lambda grid: grid.down[0])


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Lines that touch one another, directly or through others; each group spans a box."""
    boxes: list[tuple[list[float], list[Rule]]] = []
    for rule in sorted(rules, key=lambda one: one.top):
        box, group = [rule.left, rule.top, rule.right, rule.bottom], [rule]
        apart = []
        for other in boxes:
            if _touch(box, other[0]):
                box = [*map(min, box[:2], other[0][:2]), *map(max, box[2:], other[0][2:])]
                group = other[1] + group if len(other[1]) >= len(group) else group + other[1]
            else:
                apart.append(other)
        boxes = [*apart, (box, group)]
    return [group for _, group in boxes]


def _touch(one: Sequence[float], other: Sequence[float]) -> bool:
    return (
        one[0] <= other[2] + _NEAR
        and other[0] <= one[2] + _NEAR
        and one[1] <= other[3] + _NEAR
        and other[1] <= one[3] + _NEAR
    )


def _positions(values: Sequence[float]) -> tuple[float, ...]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return tuple(found)


def _grid(
    across: tuple[float, ...],
    down: tuple[float, ...],
    lying: Sequence[Rule],
    standing: Sequence[Rule],
) -> Grid:
    """Cells between which no line is drawn are one; it belongs to the first of them."""
    right_open = _open(across, down, standing, lies=False)
    below_open = _open(down, across, lying, lies=True)
    owner: list[list[tuple[int, int]]] = []
    for row in range(len(down) - 1):
        owner.append([])
        for column in range(len(across) - 1):
            cell = (row, column)
            if row and (row, column) in below_open:
                cell = owner[row - 1][column]
            elif column and (column, row) in right_open:
                cell = owner[row][column - 1]
            owner[row].append(cell)
    return Grid(across, down, tuple(tuple(row) for row in owner))


def _open(
    at: tuple[float, ...], along: tuple[float, ...], rules: Sequence[Rule], *, lies: bool
) -> set[tuple[int, int]]:
    """(border, stretch) of the inner borders along which nothing is drawn."""
    drawn: dict[int, list[tuple[float, float]]] = {}
    for rule in rules:
        place = rule.top if lies else rule.left
        ends = (rule.left, rule.right) if lies else (rule.top, rule.bottom)
        for index in range(len(at)):
            if abs(at[index] - place) <= _NEAR:
                drawn.setdefault(index, []).append(ends)
    missing = set()
    for index in range(1, len(at) - 1):
        for stretch in range(len(along) - 1):
            middle = (along[stretch] + along[stretch + 1]) / 2
            if not any(start <= middle <= end for start, end in drawn.get(index, ())):
                missing.add((index, stretch))
    return missing


def _between(borders: Sequence[float], value: float) -> int:
    for index in range(len(borders) - 2, 0, -1):
        if value >= borders[index]:
            return index
    return 0
