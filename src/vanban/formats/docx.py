"""DOCX: paragraphs, tables, text boxes, notes and list labels, in reading order."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from vanban.formats import xml
from vanban.formats.archive import Archive
from vanban.formats.numbering import Numbering, NumberingPart, StylesPart, whole
from vanban.formats.unreadable import EMPTY, ONLY_PICTURES, UNSAFE, refuse
from vanban.model import Place, Source

BODY = "word/document.xml"
LONGEST = 12_000_000  # characters; a year of a province's gazette is shorter
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Deleted or moved away (tracked changes count as accepted), hidden behind a choice, or no words.
_SKIPPED = frozenset(
    {"del", "moveFrom", "Fallback", "instrText", "delText", "rPrChange", "pPrChange"}
)
_PICTURES = frozenset({"drawing", "pict", "blip", "imagedata", "object"})


def extract(data: bytes, name: str) -> Source:
    try:
        return _extract(data, name)
    except TooLong:
        raise refuse(UNSAFE, name) from None


def _extract(data: bytes, name: str) -> Source:
    archive = Archive(data, name)
    body = archive.require(BODY)
    numbering = Numbering()
    xml.parse(archive.read("word/numbering.xml"), NumberingPart(numbering), name)
    xml.parse(archive.read("word/styles.xml"), StylesPart(numbering), name)
    story = Story(numbering)
    xml.parse(body, story, name)
    story.close()
    _append_notes(archive, story, name)
    text = "".join(story.pieces)
    if not text.strip(" \n|-"):
        has_picture = story.has_picture or any("/media/" in part for part in archive.names())
        raise refuse(ONLY_PICTURES if has_picture else EMPTY, name)
    return Source(text, tuple(story.map), "docx", name)


def _append_notes(archive: Archive, story: Story, name: str) -> None:
    """Footnotes and endnotes that the text refers to, after it, each behind its sign."""
    for part, order in (("footnotes", story.footnotes), ("endnotes", story.endnotes)):
        notes = _Notes(story, order, part[:-1])
        if order:
            xml.parse(archive.read(f"word/{part}.xml"), notes, name)


@dataclass(slots=True)
class _Paragraph:
    words: list[str] = field(default_factory=list)
    number: str = ""
    level: int = 0
    style: str = ""


@dataclass(slots=True)
class _Row:
    """A row of a table: for each cell its paragraphs, with their numbers."""

    cells: list[list[tuple[int, str]]] = field(default_factory=list)


class TooLong(Exception):
    """More words than any document has: lists and notes that multiply what a small file holds."""


class Story:
    """Collects the words of a part, paragraph by paragraph, with offsets."""

    def __init__(self, numbering: Numbering) -> None:
        self.pieces: list[str] = []
        self.map: list[Place] = []
        self.footnotes: dict[str, int] = {}  # a note → its place, in the order of first mention
        self.endnotes: dict[str, int] = {}
        self.has_picture = False
        self._numbering = numbering
        self._open: list[_Paragraph] = []
        self._rows: list[_Row] = []
        self._length = 0
        self._taken = 0
        self._count = 0
        self._skipping = 0
        self._in_text = False
        self._in_properties = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipping or tag in _SKIPPED:
            self._skipping += 1
            return
        if tag == "p":
            self._open.append(_Paragraph())
        elif tag == "t":
            self._in_text = True
        elif tag == "tr":
            self._rows.append(_Row())
        elif tag == "tc" and self._rows:
            self._rows[-1].cells.append([])
        elif tag in _PICTURES:
            self.has_picture = True
        elif self._open:
            self._inside(tag, attributes)

    def _inside(self, tag: str, attributes: dict[str, str]) -> None:
        paragraph = self._open[-1]
        if tag == "pPr":
            self._in_properties += 1
        elif self._in_properties:
            self._property(paragraph, tag, attributes.get("val", ""))
        elif tag == "tab":
            paragraph.words.append("\t")
        elif tag in ("br", "cr"):
            paragraph.words.append("\n")
        elif tag == "noBreakHyphen":
            paragraph.words.append("-")
        elif tag == "footnoteReference":
            paragraph.words.append(self._sign(self.footnotes, attributes.get("id", "")))
        elif tag == "endnoteReference":
            paragraph.words.append(self._sign(self.endnotes, attributes.get("id", "")))

    @staticmethod
    def _property(paragraph: _Paragraph, tag: str, value: str) -> None:
        if tag == "numId":
            paragraph.number = value
        elif tag == "ilvl":
            paragraph.level = whole(value)
        elif tag == "pStyle":
            paragraph.style = value

    @staticmethod
    def _sign(order: dict[str, int], note: str) -> str:
        return str(order.setdefault(note, len(order) + 1)).translate(_SUPERSCRIPT)

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif tag == "t":
            self._in_text = False
        elif tag == "pPr" and self._open:
            self._in_properties -= 1
        elif tag == "p" and self._open:
            self._close_paragraph(self._open.pop())
        elif tag == "tr" and self._rows:
            self._close_row(self._rows.pop())

    def data(self, text: str) -> None:
        if self._in_text and self._open and not self._skipping:
            self._open[-1].words.append(text)

    def _close_paragraph(self, paragraph: _Paragraph) -> None:
        words = "".join(paragraph.words)
        if words.strip():
            label = self._numbering.label(paragraph.number, paragraph.level, paragraph.style)
            words = f"{label} {words.lstrip()}" if label else words
        self._put(words)

    def _put(self, words: str) -> None:
        number = self._count
        self._count += 1
        self._taken += len(words)
        if self._taken > LONGEST:
            raise TooLong
        words = unicodedata.normalize("NFC", words)
        if self._rows and self._rows[-1].cells:
            self._rows[-1].cells[-1].append((number, words))
        else:
            self._write(words + "\n", number)

    def _write(self, words: str, number: int | None = None) -> None:
        if number is not None:
            self.map.append(Place(self._length, number))
        self.pieces.append(words)
        self._length += len(words)

    def _close_row(self, row: _Row) -> None:
        """A row of single lines goes on one line; one of longer cells, cell after cell."""
        cells = [[piece for piece in cell if piece[1].strip()] for cell in row.cells]
        if self._rows and self._rows[-1].cells:
            self._rows[-1].cells[-1].extend(piece for cell in cells for piece in cell)
            return
        if all(len(cell) <= 1 and "\n" not in "".join(w for _, w in cell) for cell in cells):
            self._one_line(cells)
            return
        for place, cell in enumerate(cells):
            if place:
                self._write("|\n")
            for number, words in cell:
                self._write(words + "\n", number)

    def _one_line(self, cells: list[list[tuple[int, str]]]) -> None:
        for place, cell in enumerate(cells):
            if place:
                self._write(" | ")
            for number, words in cell:
                self._write(words, number)
        self._write("\n")

    def close(self) -> None:
        """Words that were left open at the end of the part."""
        while self._open:
            self._close_paragraph(self._open.pop())

    def note(self, sign: str, words: str) -> None:
        self._put(f"{sign} {words}")


class _Notes:
    """Reads footnotes.xml or endnotes.xml and hands the notes that are used to the story."""

    def __init__(self, story: Story, order: dict[str, int], tag: str) -> None:
        self._story, self._order, self._tag = story, order, tag
        self._inner = Story(Numbering())
        self._note: str | None = None
        self._notes: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._tag:
            self._note = attributes.get("id", "")
            self._inner = Story(Numbering())
        elif self._note is not None:
            self._inner.start(tag, attributes)

    def end(self, tag: str) -> None:
        if tag == self._tag and self._note is not None:
            self._inner.close()
            self._notes[self._note] = " ".join("".join(self._inner.pieces).split())
            self._note = None
        elif self._note is not None:
            self._inner.end(tag)
        elif tag == f"{self._tag}s":
            self._write()

    def data(self, text: str) -> None:
        if self._note is not None:
            self._inner.data(text)

    def _write(self) -> None:
        for note, place in self._order.items():
            if words := self._notes.get(note):
                self._story.note(str(place).translate(_SUPERSCRIPT), words)
