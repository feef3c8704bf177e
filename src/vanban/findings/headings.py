"""Headings whose numbers jump or repeat among their neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vanban.lexicon.order import ROMAN
from vanban.model import Finding
from vanban.outline import Section
from vanban.text import Page

_ROMAN = re.compile(r"[IVX]+")
_ARTICLE = re.compile(r"(?:Điều|ĐIỀU|Chương|CHƯƠNG) ([IVX]+|\d+)")
_LEAST = 3  # headings beside each other that show a count


def read(page: Page, sections: Sequence[Section]) -> Iterator[Finding]:
    """Roman headings, chapters and articles; clauses with Arabic numbers may be quoted or begin anew."""
    rows: dict[tuple[int | None, str], list[tuple[int, Section]]] = {}
    for section in sections:
        counted = _number(section.heading.label)
        if counted:
            parent = None if counted[0] == "Điều" else section.parent
            rows.setdefault((parent, counted[0]), []).append((counted[1], section))
    for row in rows.values():
        if len(row) >= _LEAST:
            yield from _breaks(page, row)


def _number(label: str) -> tuple[str, int] | None:
    if _ROMAN.fullmatch(label) and label in ROMAN:
        return "", ROMAN[label]
    found = _ARTICLE.fullmatch(label)
    if not found:
        return None
    value = int(found[1]) if found[1].isdigit() else ROMAN.get(found[1])
    return (label.split()[0].capitalize(), value) if value else None


def _breaks(page: Page, row: Sequence[tuple[int, Section]]) -> Iterator[Finding]:
    """Only a jump by one or a repetition with the count going on; a new beginning is an annex."""
    for place in range(1, len(row)):
        before, (number, section) = row[place - 1][0], row[place]
        after = row[place + 1][0] if place + 1 < len(row) else None
        jumps = number == before + 2 and after in (None, number + 1) and _runs(row, place)
        repeats = number == before and _runs(row, place) and after in (None, number + 1)
        if repeats or jumps and not _is_printed(page, row[place - 1][1], section, number - 1):
            label, last = section.heading.label, row[place - 1][1].heading.label
            wrong = "lặp lại số" if repeats else "bỏ cách số sau"
            yield Finding(
                section.heading.span,
                "numbering",
                f"Mục “{label}” {wrong} “{last}”. Kiểm tra lại thứ tự đề mục.",
                0.6,
                "Thứ tự các đề mục cùng cấp",
            )


def _is_printed(page: Page, last: Section, section: Section, number: int) -> bool:
    """Whether the number that seems left out stands on a line in between, in a form of its own."""
    roman = next((roman for roman, value in ROMAN.items() if value == number), "")
    between = page.flat[last.heading.span.end : section.heading.span.start]
    return bool(
        re.search(rf"(?<!\w)(?:{roman}|(?:Điều|ĐIỀU|Chương|CHƯƠNG) +{number})(?!\w)", between)
    )


def _runs(row: Sequence[tuple[int, Section]], place: int) -> bool:
    """Whether the count went 1, 2, 3 … up to here."""
    return [number for number, _ in row[:place]] == list(range(1, place + 1))
