"""A document's text as paragraphs with marked words; every offset still counts in the reading's text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_CLOSING = SafeString("</mark>")
_LONGEST_HEADING = 160  # characters; a longer numbered paragraph is no heading


@dataclass(frozen=True)
class Mark:
    """Words to be framed: `name` ties them to their item, `number` stands before them."""

    start: int
    end: int
    name: str
    number: int | None = None
    classes: str = ""
    identifier: str = field(default="", compare=False)


Table = Sequence[Sequence[Sequence[int]]]  # rows of (start, end)


def paragraphs(
    text: str,
    marks: Iterable[Mark] = (),
    headings: Iterable[tuple[int, int, int]] = (),
    tables: Iterable[Table] = (),
) -> SafeString:
    """The text as HTML: a <p data-start> for each line, marks around their words.

    What stands in a paragraph is exactly its words, so that a place in it is a place in the text.
    `headings` are (start, end, level); the lines of `tables` stand in the cells of a <table>.
    """
    page = _Page(text, marks, headings)
    html: list[SafeString] = []
    here = 0
    for start, end, table in _whole(text, tables):
        html += page.lines(here, start)
        html.append(page.table(table))
        here = end
    html += page.lines(here, len(text))
    return _joined(html, "\n")


class _Page:
    """A text on its way to HTML, asked for from its beginning to its end."""

    def __init__(
        self, text: str, marks: Iterable[Mark], headings: Iterable[tuple[int, int, int]]
    ) -> None:
        self._text = text
        self._levels = {start: (end, level) for start, end, level in headings}
        self._waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end))
        self._numbered: set[str] = set()

    def lines(self, start: int, end: int) -> list[SafeString]:
        return [self._line(*line) for line in _lines(self._text, start, end)]

    def _line(self, start: int, end: int) -> SafeString:
        inside = [mark for mark in self._waiting if mark.start < end and mark.end > start]
        words = _joined(_marked(self._text, start, end, inside, self._numbered))
        head = _heading(self._levels.get(start), start, end)
        self._waiting = [mark for mark in self._waiting if mark.end > end]
        return format_html("<p{} data-start={}>{}</p>", head, start, words)

    def table(self, table: Table) -> SafeString:
        """A letterhead, two columns of a few rows, has no lines around its cells."""
        is_plain = len(table) <= _LETTERHEAD and all(len(row) <= 2 for row in table)
        rows = [
            format_html("<tr>{}</tr>", _joined(self._cell(*cell) for cell in row))
            for row in _spanned(table)
        ]
        if is_plain:
            return format_html(_PLAIN, _joined(rows))
        return format_html(_FRAMED, _joined(rows))

    def _cell(self, start: int, end: int, wide: int, high: int) -> SafeString:
        words = _joined(self.lines(start, end))
        return format_html("<td{}{}>{}</td>", _span("col", wide), _span("row", high), words)


_LETTERHEAD = 3  # rows
_PLAIN = '<table class="doc-table is-plain"><tbody>{}</tbody></table>'
_FRAMED = '<div class="doc-table-frame" tabindex="0"><table class="doc-table"><tbody>{}</tbody></table></div>'


def _span(name: str, count: int) -> str:
    return format_html(' {}span="{}"', name, count) if count > 1 else ""


def _whole(text: str, tables: Iterable[Table]) -> Iterator[tuple[int, int, Table]]:
    """The tables that stand in whole lines with nothing but their cells in them, none within another."""
    here = 0
    for table in sorted((one for one in tables if any(one)), key=lambda one: _cells(one)[:1]):
        cells = _cells(table)
        start = text.rfind("\n", 0, cells[0][0]) + 1
        end = text.find("\n", cells[-1][1])
        end = len(text) if end < 0 else end
        edges = [start, *(edge for cell in cells for edge in cell), end]
        between = zip(edges[::2], edges[1::2], strict=True)
        is_in_order = edges == sorted(edges) and here <= start and end <= len(text)
        if is_in_order and not any(text[a:b].strip(" \t\n|") for a, b in between):
            yield start, end, table
            here = end


def _cells(table: Table) -> list[tuple[int, int]]:
    """Each cell once, as they come; a merged one stands in every place that it covers."""
    return list(dict.fromkeys((cell[0], cell[1]) for row in table for cell in row))


def _spanned(table: Table) -> Iterator[list[tuple[int, int, int, int]]]:
    """Rows of (start, end, columns, rows): each cell where it begins."""
    shown: set[tuple[int, int]] = set()
    for at, row in enumerate(table):
        cells = [(cell[0], cell[1]) for cell in row]
        made = []
        for place, cell in enumerate(cells):
            if cell[0] == cell[1]:
                made.append((*cell, 1, 1))
            elif cell not in shown:
                shown.add(cell)
                wide = _run(other == cell for other in cells[place:])
                below = ([*other[place]] if place < len(other) else [] for other in table[at:])
                made.append((*cell, wide, _run(other == [*cell] for other in below)))
        yield made


def _run(same: Iterable[bool]) -> int:
    """How many stand at the beginning that are so."""
    return sum(1 for _same in takewhile(bool, same))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in text[start:end].split("\n"):
        if line.strip(" \t|"):  # a table's cells are set apart by |
            yield start, start + len(line)
        start += len(line) + 1


def _joined(parts: Iterable[str], between: str = "") -> SafeString:
    return format_html_join(between, "{}", ((part,) for part in parts))


def _heading(found: tuple[int, int] | None, start: int, end: int) -> str:
    if found is None or end - start > _LONGEST_HEADING or found[0] < end - 2:
        return ""
    level = min(found[1] + 2, 6)
    return format_html(' class="doc-heading" role="heading" aria-level="{}"', level)


def _marked(
    text: str, start: int, end: int, marks: Sequence[Mark], numbered: set[str]
) -> Iterator[str]:
    """The words from start to end, not escaped yet. Marks that cross each other are closed and opened again."""
    edges = sorted(
        {start, end}
        | {max(start, mark.start) for mark in marks}
        | {min(end, mark.end) for mark in marks}
    )
    opened: list[Mark] = []
    for here, there in zip(edges, edges[1:], strict=False):
        wanted = [mark for mark in marks if mark.start <= here and mark.end >= there]
        common = 0
        while common < len(opened) and opened[common] in wanted:
            common += 1
        yield from [_CLOSING] * (len(opened) - common)
        opened = opened[:common]
        for mark in wanted:
            if mark not in opened:
                opened.append(mark)
                yield _opening(mark, numbered)
        yield text[here:there]
    yield from [_CLOSING] * len(opened)


def _opening(mark: Mark, numbered: set[str]) -> SafeString:
    """The number stands only where the words begin."""
    is_first = mark.name not in numbered
    numbered.add(mark.name)
    number = format_html(' data-number="{}"', mark.number) if is_first and mark.number else ""
    identifier = format_html(' id="{}"', mark.identifier) if is_first and mark.identifier else ""
    return format_html(
        '<mark{} class="{}" data-span="{}"{} tabindex="-1">',
        identifier,
        mark.classes,
        mark.name,
        number,
    )
