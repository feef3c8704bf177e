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
    value = int(found[1]) if found[1].isdecimal() else ROMAN.get(found[1])
    return (label.split()[0].capitalize(), value) if value else None


def _breaks(page: Page, row: Sequence[tuple[int, Section]]) -> Iterator[Finding]:
    """Where 1, 2, 3 … first breaks: a jump by one, or a number twice, with the count going on."""
    place = next((at for at, (number, _) in enumerate(row) if number != at + 1), 0)
    if not place:
        return
    (before, last), (number, section) = row[place - 1 : place + 1]
    goes_on = place + 1 == len(row) or row[place + 1][0] == number + 1
    jumps = number == before + 2 and not _is_printed(page, last, section, before + 1)
    if goes_on and (number == before or jumps):
        wrong = "bỏ cách số sau" if jumps else "lặp lại số"
        yield Finding(
            section.heading.span,
            "numbering",
            f"Mục “{section.heading.label}” {wrong} “{last.heading.label}”. Kiểm tra lại thứ tự đề mục.",
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
