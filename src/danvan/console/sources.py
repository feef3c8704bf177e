"""A document's text as paragraphs with marked words; every offset still counts in the reading's text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

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


def paragraphs(
    text: str, marks: Iterable[Mark] = (), headings: Iterable[tuple[int, int, int]] = ()
) -> SafeString:
    """The text as HTML: a <p data-start> for each line, marks around their words.

    What stands in a paragraph is exactly its words, so that a place in it is a place in the text.
    `headings` are (start, end, level).
    """
    levels = {start: (end, level) for start, end, level in headings}
    waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    numbered: set[str] = set()
    html: list[SafeString] = []
    for start, end in _lines(text):
        inside = [mark for mark in waiting if mark.start < end and mark.end > start]
        words = _joined(_marked(text, start, end, inside, numbered))
        head = _heading(levels.get(start), start, end)
        html.append(format_html("<p{} data-start={}>{}</p>", head, start, words))
        waiting = [mark for mark in waiting if mark.end > end]
    return _joined(html, "\n")


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
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
