"""The lines of a text as cells, and the header fields found so far, with their evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from vanban.model import Evidence
from vanban.text import Page, fold_spaces

Line = tuple[int, int]


@dataclass
class Draft:
    """The fields found so far, with their evidence."""

    page: Page
    values: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, Evidence] = field(default_factory=dict)

    def put(self, name: str, value: object, at: tuple[int, int], sure: float, because: str) -> None:
        self.values[name] = value
        self.spans[name] = Evidence(at[0], at[1], sure, because)


# Columns of a letterhead stand apart by bars, tabs or runs of blanks.
_BORDER = re.compile(r"([\n|]|\t+| {4,})")
_RULE = re.compile(r"[-_*=—–.o ]+$")


def cells(page: Page) -> list[Line]:
    """Lines, and cells of a row as lines of their own; marks of emphasis and rules left out."""
    found: list[Line] = []
    start = 0
    for piece in _BORDER.split(page.text):
        bare = piece.strip(" \t\u00a0*~#\r_|")
        begin = start + piece.find(bare)
        if page.flat[begin : begin + len(bare)].strip() and not _RULE.match(bare):
            found.append((begin, begin + len(bare)))
        start += len(piece)
    return found


def flat_words(page: Page, line: Line) -> str:
    """The words to compare with; what is answered is `page.words`, as printed."""
    return fold_spaces(page.flat[line[0] : line[1]])
