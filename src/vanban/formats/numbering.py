"""The labels that Word keeps apart from the text: “1.”, “a)”, “I.” (numbering.xml, styles.xml)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LEVELS = 9
LONGEST_LABEL = 40  # characters; “Chương %1.” is long, a page of text is no label


@dataclass(slots=True)
class Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Style:
    based_on: str = ""
    number: str = ""
    level: int = 0
    font: str = ""


@dataclass(slots=True)
class Numbering:
    """Definitions as read, and how far each list has been counted."""

    abstract: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)  # list → level → first number
    styles: dict[str, Style] = field(default_factory=dict)
    default_style: str = ""
    default_font: str = ""
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def label(self, number: str, level: int, style: str) -> str:
        """The label of the next paragraph of a list; "" where it has none. Counts it."""
        if not number:
            number, level = self._of_style(style, level)
        definition = self.abstract.get(self.lists.get(number, ""))
        if number in ("", "0") or not definition or not 0 <= level < LEVELS:
            return ""
        self._count(number, level, definition)
        return self._print(number, level, definition)

    def restart(self, number: str, level: int, start: int) -> None:
        """The next paragraph on this level gets this number."""
        if number in self.lists and 0 <= level < LEVELS:
            counts = self._counts.setdefault(self.lists[number], [None] * LEVELS)
            counts[level] = start - 1

    def font(self, style: str) -> str:
        """The typeface that a style gives; "" where nothing names one."""
        style = style or self.default_style
        for _ in range(20):
            found = self.styles.get(style)
            if found is None:
                break
            if found.font:
                return found.font
            style = found.based_on
        return self.default_font

    def _of_style(self, style: str, level: int) -> tuple[str, int]:
        for _ in range(20):
            found = self.styles.get(style)
            if found is None:
                break
            if found.number:
                return found.number, found.level or level
            style = found.based_on
        return "", level

    def _count(self, number: str, level: int, definition: dict[int, Level]) -> None:
        """One further on this level, the deeper ones from their beginning."""
        counts = self._counts.setdefault(self.lists[number], [None] * LEVELS)
        if number not in self._seen:
            self._seen.add(number)
            for at, start in self.restarts.get(number, {}).items():
                counts[at] = start - 1
        for above in range(level):
            if counts[above] is None:
                counts[above] = definition.get(above, Level()).start
        now = counts[level]
        counts[level] = definition.get(level, Level()).start if now is None else now + 1
        counts[level + 1 :] = [None] * (LEVELS - level - 1)

    def _print(self, number: str, level: int, definition: dict[int, Level]) -> str:
        own = definition.get(level, Level())
        if own.format == "bullet":
            return own.text if own.text in ("-", "+", "•", "–") else "-"
        if own.format == "none":
            return ""
        counts = self._counts[self.lists[number]]

        def value(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            return spell(counts[at] or 0, definition.get(at, Level()).format)

        return re.sub(r"%([1-9])", value, own.text).strip()


def spell(value: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(value)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter"):
        letter = _letter(value)
        return letter if form == "upperLetter" else letter.lower()
    return f"{value:02d}" if form == "decimalZero" else str(value)


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    printed = ""
    for size, sign in _ROMAN:
        printed += sign * (value // size)
        value %= size
    return printed


def _letter(value: int) -> str:
    """A … Z, AA … ZZ, as Word counts (without Đ)."""
    if value < 1:
        return str(value)
    return chr(ord("A") + (value - 1) % 26) * min((value - 1) // 26 + 1, 20)


class NumberingPart:
    """Reads numbering.xml."""

    def __init__(self, numbering: Numbering) -> None:
        self._all = numbering
        self._abstract: dict[int, Level] = {}
        self._list = ""
        self._level: int | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        if tag == "abstractNum":
            self._abstract = self._all.abstract.setdefault(attributes.get("abstractNumId", ""), {})
        elif tag == "num":
            self._list = attributes.get("numId", "")
        elif tag == "abstractNumId" and self._list:
            self._all.lists[self._list] = value
        elif tag in ("lvl", "lvlOverride"):
            self._level = whole(attributes.get("ilvl", "0"))
        elif tag == "startOverride" and self._level is not None:
            self._all.restarts.setdefault(self._list, {})[self._level] = whole(value)
        elif self._level is not None and not self._list:
            self._describe(self._abstract.setdefault(self._level, Level()), tag, value)

    @staticmethod
    def _describe(level: Level, tag: str, value: str) -> None:
        if tag == "numFmt":
            level.format = value
        elif tag == "lvlText":
            level.text = value[:LONGEST_LABEL]
        elif tag == "start":
            level.start = whole(value)

    def end(self, tag: str) -> None:
        if tag == "lvl" and not self._list or tag == "lvlOverride":
            self._level = None
        elif tag == "num":
            self._list = ""

    def data(self, text: str) -> None:
        """Numbering has no words of its own."""


class StylesPart:
    """Reads styles.xml, for the lists and typefaces of styles."""

    def __init__(self, numbering: Numbering) -> None:
        self._all = numbering
        self._style = Style()
        self._in_style = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        if tag == "style":
            self._style = self._all.styles.setdefault(attributes.get("styleId", ""), Style())
            self._in_style = True
            if attributes.get("default") in ("1", "true") and attributes.get("type") == "paragraph":
                self._all.default_style = attributes.get("styleId", "")
        elif tag == "rFonts":
            font = attributes.get("hAnsi") or attributes.get("ascii") or ""
            if self._in_style:
                self._style.font = font
            else:
                self._all.default_font = font
        elif tag == "basedOn":
            self._style.based_on = value
        elif tag == "numId":
            self._style.number = value
        elif tag == "ilvl":
            self._style.level = whole(value)

    def end(self, tag: str) -> None:
        """A style ends where the next begins."""

    def data(self, text: str) -> None:
        """Styles have no words of their own."""


def whole(printed: str) -> int:
    """A number of an attribute; 0 where it is none."""
    return int(printed) if printed.isascii() and printed.isdigit() and len(printed) < 7 else 0
