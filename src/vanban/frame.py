"""The lines of a text as cells, and the header fields found so far, with their evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from vanban.model import FieldSpan
from vanban.text import Page, fold_spaces

Line = tuple[int, int]


@dataclass
class Draft:
    """The fields found so far, with their evidence."""

    page: Page
    values: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, FieldSpan] = field(default_factory=dict)

    def put(self, name: str, value: object, at: tuple[int, int], sure: float, because: str) -> None:
        self.values[name] = value
        self.spans[name] = FieldSpan(at[0], at[1], sure, because)


# Columns of a letterhead stand apart by bars, tabs or runs of blanks.
_BORDER = re.compile(r"\||\t+| {4,}")
_RULE = re.compile(r"[-_*=—–.o ]+$")
_EDGES = " \t\u00a0*~#\r_|"


def cells(page: Page) -> list[Line]:
    """Lines, and cells of a row as lines of their own; marks of emphasis and rules left out."""
    found: list[Line] = []
    start = 0
    for line in page.text.split("\n"):
        for begin, end in _columns(line):
            if bare := line[begin:end].strip(_EDGES):
                first = start + line.index(bare, begin)
                if page.flat[first : first + len(bare)].strip() and not _RULE.match(bare):
                    found.append((first, first + len(bare)))
        start += len(line) + 1
    return found


def _columns(line: str) -> list[Line]:
    if "|" not in line and "\t" not in line and "    " not in line:
        return [(0, len(line))]
    borders = [border.span() for border in _BORDER.finditer(line)]
    starts = [0, *(last for _, last in borders)]
    return list(zip(starts, [*(first for first, _ in borders), len(line)], strict=True))


def flat_words(page: Page, line: Line) -> str:
    """The words to compare with; what is answered is `page.words`, as printed."""
    return fold_spaces(page.flat[line[0] : line[1]])
