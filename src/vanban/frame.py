"""The lines of a text as cells, and the header fields found so far, with their evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from vanban.lexicon.letters import LOWER, UPPER
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
# “ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM”: both columns on one line
_RUN_TOGETHER = re.compile(
    r"(?<=\S) +(?=C[ỘO]NG (?:HÒA|HOÀ) XÃ HỘI CHỦ|Độc lập ?[-–] ?Tự do)"
    rf"|(?<=[{UPPER}]) +(?=[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{0,4}} ?, ngày)"
)
_LETTERHEAD = 3_000  # characters in which columns may have run together
_EDGES = " \t\u00a0*~#\r_|"


def cells(page: Page) -> list[Line]:
    """Lines, and cells of a row as lines of their own; marks of emphasis and rules left out."""
    found: list[Line] = []
    start = 0
    for line in page.text.split("\n"):
        for begin, end in _columns(line) if start > _LETTERHEAD else _top_columns(line):
            if bare := line[begin:end].strip(_EDGES):
                first = start + line.index(bare, begin)
                last = first + len(bare)
                shown = (
                    page.flat[first : min(first + 20, last)].strip()
                    or page.flat[first:last].strip()
                )
                if shown and not _RULE.match(bare):
                    found.append((first, last))
        start += len(line) + 1
    return _mended(page, found)


_TORN = re.compile(r"[ \t\u00a0]*\n[ \t\u00a0]*")


def _mended(page: Page, lines: list[Line]) -> list[Line]:
    """Cells of a web page whose first word stands on a line of its own: “Sơn | Hà, ngày …”."""
    if "|\n" not in page.text:
        return lines
    mended: list[Line] = []
    for line in lines:
        last = mended[-1] if mended else None
        if last and _is_torn(page.text, last, line):
            mended[-1] = (last[0], line[1])
        else:
            mended.append(line)
    return mended


def _is_torn(text: str, first: Line, second: Line) -> bool:
    """Whether the first line of a cell is a lone word, or a place before “…, ngày”."""
    if not _TORN.fullmatch(text, first[1], second[0]):
        return False
    if text[max(0, first[0] - 40) : first[0]].rstrip()[-1:] not in "|":
        return False
    words = text[first[0] : first[1]]
    if " " not in words:
        return len(words) < 6 and words[:1].isupper()
    return len(words) < 20 and words.istitle() and ", ng" in text[second[0] : second[1]]


def _top_columns(line: str) -> list[Line]:
    columns = _columns(line)
    if len(columns) > 1 or not (line.startswith("Số") or "CHỦ" in line or "Độc" in line):
        return columns
    if "XÃ HỘI CHỦ" not in line and "Độc lập" not in line and ", ngày" not in line:
        return columns
    border = _RUN_TOGETHER.search(line)
    return [(0, border.start()), (border.end(), len(line))] if border else columns


def _columns(line: str) -> list[Line]:
    if "|" not in line and "\t" not in line and "    " not in line:
        return [(0, len(line))]
    borders = [border.span() for border in _BORDER.finditer(line)]
    starts = [0, *(last for _, last in borders)]
    return list(zip(starts, [*(first for first, _ in borders), len(line)], strict=True))


def flat_words(page: Page, line: Line) -> str:
    """The words to compare with; what is answered is `page.words`, as printed."""
    return fold_spaces(page.flat[line[0] : line[1]])
