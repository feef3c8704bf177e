"""Printed pages: words with their rectangles become lines, and lines stand in reading order.

All measures are points from the top left of the page, as it is turned for reading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import hypot

from vanban.model import Box

_SUPERSCRIPT = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_SIGN = re.compile(r"[(\[]?\d{1,3}[)\]]?$")
_MARK = re.compile(r"(?:[-–+*•]|\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[IVX]{1,6}[.)-]?|[a-zđ][.)])$")
_RAISED = 0.8  # a sign of a note is smaller than this share of the type beside it


@dataclass(frozen=True, slots=True)
class Word:
    """`base` is where its letters stand, `size` that of its type; `glued`: no blank before it.

    `doubtful`: a scan was not read for sure.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    glued: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line of the page; it lies where it is wider than high."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def lies(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: `turns` says how many quarters it was turned clockwise so that its words lie.

    `slope` is how much its lines sink from left to right; words are given as on a level page.
    """

    number: int
    width: float
    height: float
    words: Sequence[Word]
    rules: Sequence[Rule] = ()
    turns: int = 0
    slope: float = 0.0

    def on_page(self, box: Box) -> Box:
        """The rectangle on the page as it is shown, before it was turned for reading."""
        left, top, right, bottom = box
        if self.slope:
            box = left, top, right, bottom = self._sunk(box)
        if self.turns == 1:
            box = (top, self.width - right, bottom, self.width - left)
        elif self.turns == 2:
            box = (self.width - right, self.height - bottom, self.width - left, self.height - top)
        elif self.turns == 3:
            box = (self.height - bottom, left, self.height - top, right)
        left, top, right, bottom = (round(max(0.0, side), 1) for side in box)
        return left, top, right, bottom

    def _sunk(self, box: Box) -> Box:
        """The rectangle around one that was levelled, about the middle of the page."""
        cos = 1 / hypot(1, self.slope)
        sin = self.slope * cos
        x, y = self.width / 2, self.height / 2
        corners = [(box[i] - x, box[j] - y) for i in (0, 2) for j in (1, 3)]
        across = [x + dx * cos - dy * sin for dx, dy in corners]
        down = [y + dx * sin + dy * cos for dx, dy in corners]
        return min(across), min(down), max(across), max(down)


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one line, one beside the other."""

    words: tuple[Word, ...]
    sheet: Sheet
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float

    @property
    def text(self) -> str:
        return "".join(
            word.text if not place or _is_glued(self.words[place - 1], word) else f" {word.text}"
            for place, word in enumerate(self.words)
        )

    @property
    def doubts(self) -> list[tuple[int, int]]:
        """Where in its text words stand that are doubtful."""
        found: list[tuple[int, int]] = []
        end = 0
        for place, word in enumerate(self.words):
            start = end + (place > 0 and not _is_glued(self.words[place - 1], word))
            end = start + len(word.text)
            if word.doubtful:
                found.append((start, end))
        return found

    @property
    def box(self) -> Box:
        return self.sheet.on_page((self.left, self.top, self.right, self.bottom))


@dataclass(slots=True)
class Columns:
    """Lines of one stretch of a page: one column of text, or several side by side."""

    columns: list[list[Line]] = field(default_factory=list)
    by_row: bool = False  # three and more columns without ruling lines are a table

    @property
    def top(self) -> float:
        return min(line.top for column in self.columns for line in column)


def body_size(sheets: Iterable[Sheet]) -> float:
    """The size of type that most letters have."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for word in sheet.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


_SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾"


def _is_glued(before: Word, word: Word) -> bool:
    """No blank stands before a raised sign, nor between it and a comma."""
    if word.glued:
        return True
    near = word.left - before.right < 0.5 * word.size
    if word.text[0] in _SIGNS:
        return near
    return before.text[-1] in _SIGNS and word.text[0] in ",.;:)" and near


def line(words: Sequence[Word], sheet: Sheet) -> Line:
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[word.size] += len(word.text)
    size = sizes.most_common(1)[0][0]
    base = next((word.base for word in words if word.size == size), words[0].base)
    return Line(
        tuple(words),
        sheet,
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
        base,
        size,
    )


def lines(sheet: Sheet, words: Sequence[Word]) -> list[Line]:
    """The words on their lines, from the top; a raised sign is brought down to its word."""
    signs = _raised_signs(words)
    small = {id(sign) for sign, _ in signs}
    rows = _rows([word for word in words if id(word) not in small])
    row_of = {id(word): row for row in rows for word in row}
    for sign, beside in signs:
        raised = replace(sign, text=sign.text.translate(_SUPERSCRIPT), glued=True)
        row_of.get(id(beside), rows[0]).append(raised)
    found = [line(sorted(row, key=lambda word: word.left), sheet) for row in rows]
    return sorted(found, key=lambda one: (one.base, one.left))


def _raised_signs(words: Sequence[Word]) -> list[tuple[Word, Word]]:
    """Small raised numbers, each with a word beside it."""
    by_height: dict[int, list[Word]] = {}
    for word in words:
        if not _SIGN.match(word.text) or word.size >= 9:
            by_height.setdefault(int(word.base // 8), []).append(word)
    found: list[tuple[Word, Word]] = []
    for sign in words:
        if _SIGN.match(sign.text) and sign.size < 10 and len(found) < 1_000:
            at = int(sign.base // 8)
            near = (by_height.get(at + step, ()) for step in (0, 1))
            beside = next(
                (word for group in near for word in group if _is_raised(sign, word)), None
            )
            if beside is not None:
                found.append((sign, beside))
    return found


def _is_raised(sign: Word, word: Word) -> bool:
    if sign is word or sign.size >= _RAISED * word.size:
        return False
    lift = word.base - sign.base
    apart = max(sign.left - word.right, word.left - sign.right)
    return 0.1 * word.size < lift < 0.8 * word.size and apart < 0.8 * word.size


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words whose letters stand at one height."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.base, one.left)):
        if rows and word.base - rows[-1][0].base < 0.3 * min(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def pieces(row: Line) -> list[Line]:
    """The parts of a line that wide gaps set apart; a label stays with its words."""
    words = row.words
    gaps = [after.left - before.right for before, after in zip(words, words[1:], strict=False)]
    usual = sorted(gaps)[len(gaps) // 2] if len(gaps) > 2 else 0.25 * row.size
    limit = max(row.size, 2.5 * min(usual, row.size))
    parts: list[list[Word]] = [[words[0]]]
    for gap, word in zip(gaps, words[1:], strict=True):
        if gap > limit and not _is_mark(parts[-1], gap, row.size):
            parts.append([word])
        else:
            parts[-1].append(word)
    return [line(part, row.sheet) for part in parts]


def _is_mark(part: Sequence[Word], gap: float, size: float) -> bool:
    return len(part) == 1 and gap < 5 * size and bool(_MARK.match(part[0].text))


def stretches(rows: Sequence[Line]) -> list[Columns]:
    """The lines of a page as stretches: one column, or what stands side by side."""
    bands = _bands([piece for row in rows for piece in pieces(row)])
    found: list[Columns] = []
    first = 0
    while first < len(bands):
        last = _last_beside(bands, first)
        if last is None:
            _alone(found, bands[first])
            first += 1
        else:
            found.append(_columns(bands[first:last]))
            first = last
    return found


def _bands(parts: Sequence[Line]) -> list[list[Line]]:
    """Parts that overlap in height, directly or through others."""
    bands: list[list[Line]] = []
    low = 0.0
    for part in sorted(parts, key=lambda one: one.base - 0.6 * one.size):
        if bands and part.base - 0.6 * part.size < low:
            bands[-1].append(part)
            low = max(low, part.base)
        else:
            bands.append([part])
            low = part.base
    return bands


def _alone(found: list[Columns], band: Sequence[Line]) -> None:
    """A band of one column goes on with the stretch before it, its parts on one height joined."""
    if not found or len(found[-1].columns) > 1:
        found.append(Columns([[]]))
    rows: list[list[Line]] = []
    for part in sorted(band, key=lambda one: one.base):
        if rows and part.base - rows[-1][0].base < 0.3 * part.size:
            rows[-1].append(part)
        else:
            rows.append([part])
    for row in rows:
        words = [word for part in sorted(row, key=lambda one: one.left) for word in part.words]
        found[-1].columns[0].append(line(words, band[0].sheet))


_Reach = tuple[float, float]  # what parts cover from left to right


def _covered(parts: Sequence[Line], before: Sequence[_Reach] = ()) -> list[_Reach]:
    """What the parts cover, gaps left out that are too narrow to divide columns."""
    covered: list[_Reach] = []
    for left, right in sorted([*before, *((part.left, part.right) for part in parts)]):
        if covered and left <= covered[-1][1] + 4:
            covered[-1] = covered[-1][0], max(right, covered[-1][1])
        else:
            covered.append((left, right))
    return covered


def _last_beside(bands: Sequence[Sequence[Line]], first: int) -> int | None:
    """The band after a stretch of columns that begins here; None where there is one column."""
    covered = _covered(bands[first])
    if len(covered) == 1:
        return None
    last, beside, widest = first + 1, 1, _widest(covered)
    for index in range(first + 1, len(bands)):
        covered = _covered(bands[index], covered)
        if len(covered) == 1 or len(covered) > 2 and _is_below(bands[index - 1], bands[index]):
            break
        is_beside = len(_covered(bands[index])) > 1
        beside += is_beside
        if is_beside or _goes_on(bands[index - 1], bands[index][0], covered):
            last, widest = index + 1, _widest(covered)
    return last if beside > 1 or widest > 3 * bands[first][0].size else None


def _widest(covered: Sequence[_Reach]) -> float:
    return max(after[0] - one[1] for one, after in zip(covered, covered[1:], strict=False))


def _is_below(above: Sequence[Line], band: Sequence[Line]) -> bool:
    """Rows of a table stand close; what follows after a gap is something else."""
    return band[0].base - above[-1].base > 2.2 * max(part.size for part in band)


def _goes_on(above: Sequence[Line], part: Line, covered: Sequence[_Reach]) -> bool:
    """A single line below columns belongs to them: at the right, or close below the left one."""
    if part.left >= covered[1][0]:
        return True
    before = [one for one in above if one.right <= covered[0][1]]
    if not before or part.text.startswith("Kính gửi"):
        return False
    close = part.base - before[-1].base < 1.7 * part.size
    return close and abs(part.size - before[-1].size) < 0.1 * part.size


def _columns(bands: Sequence[Sequence[Line]]) -> Columns:
    parts = [part for band in bands for part in band]
    borders = [left for left, _ in _covered(parts)]
    columns: list[list[Line]] = [[] for _ in borders]
    for part in parts:
        columns[bisect_right(borders, part.left) - 1].append(part)
    for place, column in enumerate(columns):
        columns[place] = sorted(column, key=lambda one: one.base)
    return Columns(columns, by_row=len(columns) > 2)
