"""Pages become a Source: running heads and page numbers go, notes are set apart, tables found."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from vanban.formats import flow
from vanban.formats.flow import Grids, Part
from vanban.formats.grid import Grid, grids
from vanban.formats.layout import Line, Sheet, Word, body_size, lines, stretches
from vanban.formats.unreadable import TOO_LONG, refuse
from vanban.model import Source

SECONDS = 30.0  # that putting the words of one file in order may take

_NUMBER = re.compile(r"(?:[Tt]rang )?[-–(]? ?\d{1,4} ?[-–)]?(?: ?/ ?\d{1,4})?$")
_SIGNED = re.compile(
    r"(?:Người ký|Ký bởi|Được ký bởi|Email|Cơ quan|Chức vụ|Tổ chức|Thời gian ký|Ngày ký|Thời gian) ?:"
)
_DIGITS = re.compile(r"\d+")
_NOTE_MARK = re.compile(r"[⁽(\[]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}[⁾)\]]?|[(\[]?\d{1,3}[)\].]? ")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def as_source(
    sheets: Sequence[Sheet], kind: str, name: str, sizes: Sequence[tuple[float, float]]
) -> Source:
    """The text of the pages in reading order, with the place of every line."""
    body = body_size(sheets)
    until = time.monotonic() + SECONDS
    printed: list[tuple[Sheet, list[Grid]]] = []
    outside: list[list[Line]] = []
    for sheet in sheets:
        tables = grids(sheet.rules)
        printed.append((sheet, tables))
        outside.append(_outside(sheet, tables))
        if time.monotonic() > until:
            raise refuse(TOO_LONG, name)
    running = _running(outside)
    parts: list[Part] = []
    notes: list[list[Line]] = []
    for (sheet, tables), rows in zip(printed, outside, strict=True):
        kept = [line for line in rows if not _is_furniture(line, running)]
        kept, below = _without_notes(kept, body)
        _take_notes(notes, below)
        parts.extend(_parts(sheet, kept, tables))
    return flow.tell(parts, notes).source(kind, name, sizes)


def _outside(sheet: Sheet, tables: Sequence[Grid]) -> list[Line]:
    words = [word for word in sheet.words if not any(table.holds(word) for table in tables)]
    return lines(sheet, words)


def _running(pages: Sequence[Sequence[Line]]) -> set[str]:
    """What stands at the edge of three pages and more, whatever numbers are in it."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_folded(line) for line in page if _at_edge(line)})
    least = max(3, len(pages) // 3)
    return {words for words, count in seen.items() if count >= least and len(words) > 1}


def _folded(line: Line) -> str:
    return _DIGITS.sub("0", line.text).strip()


def _at_edge(line: Line) -> bool:
    height = line.sheet.height
    return line.bottom < 0.11 * height or line.top > 0.91 * height


def _is_furniture(line: Line, running: set[str]) -> bool:
    """A page number, a running head, or who signed the file and when."""
    if line.sheet.number == 1 and line.size < 11 and _SIGNED.match(line.text):
        return line.top < 0.2 * line.sheet.height
    if not _at_edge(line):
        return False
    return bool(_NUMBER.match(line.text)) or _folded(line) in running


def _without_notes(rows: list[Line], body: float) -> tuple[list[Line], list[Line]]:
    """The lines of the page, and those of its notes: smaller type at its foot, from a number on."""
    first = len(rows)
    while first and rows[first - 1].size < 0.88 * body:
        first -= 1
    begun = [i for i in range(first, len(rows)) if _NOTE_MARK.match(rows[i].text)]
    if not begun or not first or rows[first].sheet.height * 0.35 > rows[first].top:
        return rows, []
    if begun[0] != first and not _is_below_rule(rows[first]):
        first = begun[0]
    return rows[:first], rows[first:]


def _is_below_rule(line: Line) -> bool:
    """A short line drawn at the left edge stands over the notes of a page."""
    return any(
        rule.lies
        and 0 < line.top - rule.top < 2 * line.size
        and abs(rule.left - line.left) < 3 * line.size
        and rule.right - rule.left < 0.5 * line.sheet.width
        for rule in line.sheet.rules
    )


def _take_notes(notes: list[list[Line]], below: Sequence[Line]) -> None:
    for line in below:
        if found := _NOTE_MARK.match(line.text):
            notes.append([_marked(line, found[0])])
        elif notes:
            notes[-1].append(line)


def _marked(line: Line, mark: str) -> Line:
    """The note behind its sign, as it is written in the text: “¹ Theo …”."""
    first, *rest = line.words
    sign = mark.strip().strip(".()[]⁽⁾").translate(_SUPERSCRIPT)
    text = first.text[len(mark.strip()) :]
    words = [_word(first, sign)]
    if text:
        words.append(_word(first, text))
    rest = [word if place else _word(word, word.text) for place, word in enumerate(rest)]
    return Line(
        (*words, *rest),
        line.sheet,
        line.left,
        line.top,
        line.right,
        line.bottom,
        line.base,
        line.size,
    )


def _word(word: Word, text: str) -> Word:
    return replace(word, text=text, glued=False)


def _parts(sheet: Sheet, rows: Sequence[Line], tables: Sequence[Grid]) -> list[Part]:
    """Stretches of the page and its tables, from the top."""
    found: list[Part] = []
    rest = list(rows)
    for table in tables:
        above = [line for line in rest if line.base < table.down[-1]]
        rest = [line for line in rest if line.base >= table.down[-1]]
        found.extend(stretches(above))
        found.append(_filled(sheet, table))
    found.extend(stretches(rest))
    return found


def _filled(sheet: Sheet, table: Grid) -> Grids:
    inside: dict[tuple[int, int], list[Word]] = {}
    for word in sheet.words:
        if table.holds(word):
            inside.setdefault(table.cell(word), []).append(word)
    height, width = len(table.down) - 1, len(table.across) - 1
    rows = [
        [lines(sheet, inside.get((row, column), ())) for column in range(width)]
        for row in range(height)
    ]
    return Grids(table, rows, [list(row) for row in table.owner])
