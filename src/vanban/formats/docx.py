"""DOCX: letterhead, paragraphs, tables, text boxes, notes and list labels, in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from vanban.formats import legacy, xml
from vanban.formats.archive import Archive
from vanban.formats.numbering import Numbering, NumberingPart, StylesPart, whole
from vanban.formats.story import Story, TooLong, letterhead, raised, sign
from vanban.formats.unreadable import UNSAFE, refuse
from vanban.model import Source

BODY = "word/document.xml"
HEADERS = 8 * 1024 * 1024  # bytes of all page headers; one is some thousand
# Moved away or hidden behind a choice (tracked changes count as accepted), or no words.
_SKIPPED = frozenset(
    {"Fallback", "delText", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange"}
    | {"tcPrChange", "del", "moveFrom"}
)
_DELETED = frozenset({"del", "moveFrom"})
_PICTURES = frozenset({"drawing", "pict", "blip", "imagedata", "object"})
_OFF = frozenset({"0", "false", "off", "none"})
_SECTION = re.compile(rb"<(/?)(?:\w{1,9}:)?(sectPr|headerReference)\b([^>]{0,400})>")
_RELATED = re.compile(rb'\b(?:\w{1,9}:)?id="([^"]{1,99})"')


def extract(archive: Archive) -> Source:
    try:
        return _extract(archive, archive.name)
    except TooLong:
        raise refuse(UNSAFE, archive.name) from None


def _extract(archive: Archive, name: str) -> Source:
    body = archive.require(BODY)
    numbering = Numbering()
    xml.parse(archive.read("word/numbering.xml"), NumberingPart(numbering), name)
    xml.parse(archive.read("word/styles.xml"), StylesPart(numbering), name)
    story = Story()
    part = Part(story, numbering, _headers(archive, body, numbering, name))
    part.begin_section()
    xml.parse(body, part, name)
    part.close()
    _append_notes(archive, part, name)
    story.has_picture |= any("/media/" in entry for entry in archive.names())
    return story.source("docx", name)


def _headers(archive: Archive, body: bytes, numbering: Numbering, name: str) -> list[list[str]]:
    """For each section, the paragraphs of its page headers that belong to the document itself.

    Each header is taken once.
    """
    if b"headerReference" not in body:
        return []
    files = _Relations()
    xml.parse(archive.read("word/_rels/document.xml.rels"), files, name)
    sections: list[list[str]] = []
    seen: set[str] = set()
    left = HEADERS
    for related in _sections(body):
        lines: list[str] = []
        for key in related:
            target = "word/" + files.targets.get(key, "").removeprefix("/word/")
            if target not in seen:
                seen.add(target)
                data = archive.read(target)
                left -= len(data)
                if left < 0:
                    raise TooLong
                lines += _header(data, numbering, name)
        sections.append(lines)
    return sections


def _sections(body: bytes) -> list[list[str]]:
    """The headers that each section names, in order; a section is described where it ends."""
    sections: list[list[str]] = []
    for found in _SECTION.finditer(body):
        if found[2] == b"sectPr":
            if not found[1]:
                sections.append([])
        elif sections and (related := _RELATED.search(found[3])):
            sections[-1].append(related[1].decode("utf-8", "replace"))
    return sections


def _header(data: bytes, numbering: Numbering, name: str) -> list[str]:
    story = Story()
    part = Part(story, numbering, [])
    xml.parse(data, part, name)
    part.close()
    story.close()
    return letterhead("".join(story.pieces).split("\n"))


def _append_notes(archive: Archive, part: Part, name: str) -> None:
    """Footnotes and endnotes that the text refers to, after it, each behind its sign."""
    for kind, order in (("footnotes", part.footnotes), ("endnotes", part.endnotes)):
        if order:
            xml.parse(archive.read(f"word/{kind}.xml"), _Notes(part, order, kind[:-1]), name)


@dataclass(slots=True)
class _Paragraph:
    words: list[str] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)  # pieces in a font of a legacy encoding
    number: str = ""
    level: int = 0
    style: str = ""
    goes_on: bool = False  # its mark is deleted: the next paragraph belongs to it


@dataclass(slots=True)
class _Run:
    font: str = ""
    is_hidden: bool = False
    is_raised: bool = False


class Part:
    """Reads the body, a header or a note, and hands its paragraphs and tables to the story."""

    def __init__(self, story: Story, numbering: Numbering, headers: list[list[str]]) -> None:
        self.story = story
        self.footnotes: dict[str, int] = {}  # a note → its place, in the order of first mention
        self.endnotes: dict[str, int] = {}
        self._headers = iter(headers)
        self._numbering = numbering
        self._open: list[_Paragraph] = []
        self._runs: list[_Run] = []
        self._carried: _Paragraph | None = None
        self._skipping = 0
        self._in_text = False
        self._in_properties = 0
        self._in_row_properties = 0
        self._in_cell_properties = 0
        self._deleted_rows: list[bool] = []
        self._field = ""  # the instruction of a field
        self._in_instruction = False
        self._in_page_number = False
        self._starts: dict[str, Callable[[dict[str, str]], object]] = {
            "p": self._start_paragraph,
            "r": self._start_run,
            "t": self._start_text,
            "tbl": self._start_table,
            "tr": self._start_row,
            "tc": lambda _: self.story.open_cell(),
            "trPr": self._start_row_properties,
            "tcPr": self._start_cell_properties,
            "gridSpan": self._cover,
            "vMerge": self._merge,
            "cellDel": lambda _: self.story.drop_cell(),
            "pPr": self._start_properties,
            "numId": lambda it: self._property("number", it.get("val", "")),
            "ilvl": lambda it: self._property("level", whole(it.get("val", ""))),
            "pStyle": lambda it: self._property("style", it.get("val", "")),
            "rFonts": self._font,
            "rStyle": self._character_style,
            "vanish": self._hide,
            "vertAlign": self._raise,
            "fldChar": self._turn_field,
            "fldSimple": self._simple_field,
            "instrText": self._start_instruction,
            "tab": lambda _: self._add("\t"),
            "ptab": lambda _: self._add("\t"),
            "br": lambda _: self._add("\n"),
            "cr": lambda _: self._add("\n"),
            "noBreakHyphen": lambda _: self._add("-"),
            "footnoteReference": lambda it: self._refer(self.footnotes, it),
            "endnoteReference": lambda it: self._refer(self.endnotes, it),
        }
        self._ends = {
            "p": self._end_paragraph,
            "r": self._end_run,
            "t": self._end_text,
            "tbl": self.story.close_table,
            "tr": self._end_row,
            "trPr": self._end_row_properties,
            "tcPr": self._end_cell_properties,
            "pPr": self._end_properties,
            "sectPr": self.begin_section,
            "fldSimple": self._end_page_number,
            "instrText": self._end_instruction,
        }

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipping:
            self._skipping += 1
        elif tag in _SKIPPED:
            self._skip(tag)
        elif begin := self._starts.get(tag):
            begin(attributes)
        elif tag in _PICTURES:
            self.story.has_picture = True

    def _skip(self, tag: str) -> None:
        """Words taken away; in the properties of a paragraph or row, its mark or the whole row."""
        self._skipping = 1
        if tag not in _DELETED:
            return
        if self._in_row_properties:
            self._deleted_rows[-1:] = [True]
        elif self._in_properties and self._open:
            self._open[-1].goes_on = True

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif finish := self._ends.get(tag):
            finish()

    def data(self, text: str) -> None:
        if self._skipping:
            return
        if self._in_instruction:
            self._field = (self._field + text[:100])[:200]
        elif self._in_text and self._open and not self._in_page_number:
            self._say(text)

    def _say(self, text: str) -> None:
        paragraph = self._open[-1]
        run = self._runs[-1] if self._runs else _Run()
        if run.is_hidden:
            return
        font = run.font or self._numbering.font(paragraph.style)
        if font and legacy.is_legacy_font(font):
            paragraph.fonts[len(paragraph.words)] = font
        if run.is_raised:
            text = raised(text, paragraph.words[-1] if paragraph.words else "")
        paragraph.words.append(text)

    def _add(self, words: str) -> None:
        if self._open and not self._in_properties:
            self._open[-1].words.append(words)

    def _start_paragraph(self, _: dict[str, str]) -> None:
        self._open.append(_Paragraph())

    def _start_run(self, _: dict[str, str]) -> None:
        self._runs.append(_Run())

    def _end_run(self) -> None:
        if self._runs:
            self._runs.pop()

    def _start_text(self, _: dict[str, str]) -> None:
        self._in_text = True

    def _end_text(self) -> None:
        self._in_text = False

    def _start_properties(self, _: dict[str, str]) -> None:
        self._in_properties += 1

    def _end_properties(self) -> None:
        self._in_properties = max(0, self._in_properties - 1)

    def _property(self, name: str, value: str | int) -> None:
        if self._open and self._in_properties:
            setattr(self._open[-1], name, value)

    def _font(self, attributes: dict[str, str]) -> None:
        if self._runs and not self._in_properties:
            self._runs[-1].font = attributes.get("hAnsi") or attributes.get("ascii") or ""

    def _character_style(self, attributes: dict[str, str]) -> None:
        style = self._numbering.styles.get(attributes.get("val", ""))
        if self._runs and style and not self._in_properties:
            self._runs[-1].font = style.font

    def _hide(self, attributes: dict[str, str]) -> None:
        if self._runs and not self._in_properties:
            self._runs[-1].is_hidden = attributes.get("val", "") not in _OFF

    def _raise(self, attributes: dict[str, str]) -> None:
        if self._runs and not self._in_properties:
            self._runs[-1].is_raised = attributes.get("val") == "superscript"

    def _start_table(self, _: dict[str, str]) -> None:
        self._put_carried()
        self.story.open_table()

    def _start_row(self, _: dict[str, str]) -> None:
        self.story.open_row()
        self._deleted_rows.append(False)

    def _end_row(self) -> None:
        if self._deleted_rows and self._deleted_rows.pop():
            self.story.drop_row()
        self.story.close_row()

    def _start_row_properties(self, _: dict[str, str]) -> None:
        self._in_row_properties += 1

    def _end_row_properties(self) -> None:
        self._in_row_properties = max(0, self._in_row_properties - 1)

    def _start_cell_properties(self, _: dict[str, str]) -> None:
        self._in_cell_properties += 1

    def _end_cell_properties(self) -> None:
        self._in_cell_properties = max(0, self._in_cell_properties - 1)

    def _cover(self, attributes: dict[str, str]) -> None:
        if self._in_cell_properties:
            self.story.cover(whole(attributes.get("val", "")))

    def _merge(self, attributes: dict[str, str]) -> None:
        if self._in_cell_properties and attributes.get("val", "continue") == "continue":
            self.story.go_on()

    def _refer(self, order: dict[str, int], attributes: dict[str, str]) -> None:
        if self._open:
            place = order.setdefault(attributes.get("id", ""), len(order) + 1)
            self._open[-1].words.append(sign(place))

    def _turn_field(self, attributes: dict[str, str]) -> None:
        """A field is begun, its instruction over, or its result over."""
        turn = attributes.get("fldCharType")
        if turn == "begin":
            self._field = ""
        self._in_page_number = turn == "separate" and _is_page_number(self._field)

    def _simple_field(self, attributes: dict[str, str]) -> None:
        self._in_page_number = _is_page_number(attributes.get("instr", ""))

    def _end_page_number(self) -> None:
        self._in_page_number = False

    def _start_instruction(self, _: dict[str, str]) -> None:
        self._in_instruction = True

    def _end_instruction(self) -> None:
        self._in_instruction = False

    def _end_paragraph(self) -> None:
        if not self._open:
            return
        paragraph = self._open.pop()
        if self._carried is not None and not self._open:
            paragraph = _joined(self._carried, paragraph)
            self._carried = None
        if paragraph.goes_on and not self._open:
            self._carried = paragraph
            return
        self._put(paragraph)

    def _put(self, paragraph: _Paragraph) -> None:
        words = self._words(paragraph)
        if words.strip():
            label = self._numbering.label(paragraph.number, paragraph.level, paragraph.style)
            words = f"{label} {words.lstrip()}" if label else words
        self.story.put(words)

    def _words(self, paragraph: _Paragraph) -> str:
        if not paragraph.fonts:
            return "".join(paragraph.words)
        self.story.encoding = legacy.encoding_of(next(iter(paragraph.fonts.values())))
        return legacy.convert_pieces(paragraph.words, paragraph.fonts)

    def begin_section(self) -> None:
        """The page header of the section that begins here."""
        for line in next(self._headers, []):
            self.story.put(line)

    def close(self) -> None:
        """Words that were left open at the end of the part."""
        while self._open:
            self._end_paragraph()
        self._put_carried()

    def _put_carried(self) -> None:
        if self._carried is not None:
            self._put(self._carried)
            self._carried = None

    def note(self, place: int, words: str) -> None:
        self.story.put(f"{sign(place)} {words}")


def _joined(first: _Paragraph, second: _Paragraph) -> _Paragraph:
    """The mark that is left is the second's, and so are number and style."""
    size = len(first.words)
    first.fonts.update({size + at: font for at, font in second.fonts.items()})
    first.words.extend(second.words)
    return _Paragraph(
        first.words,
        first.fonts,
        second.number,
        second.level,
        second.style,
        second.goes_on,
    )


def _is_page_number(instruction: str) -> bool:
    return instruction.split()[:1] in (["PAGE"], ["NUMPAGES"], ["SECTIONPAGES"])


class _Relations:
    """Reads the list of parts that the body refers to."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def end(self, tag: str) -> None:
        """A relation is all in its attributes."""

    def data(self, text: str) -> None:
        """Relations have no words of their own."""


class _Notes:
    """Reads footnotes.xml or endnotes.xml and hands the notes that are used to the body."""

    def __init__(self, part: Part, order: dict[str, int], tag: str) -> None:
        self._part, self._order, self._tag = part, order, tag
        self._inner = Part(Story(), Numbering(), [])
        self._note: str | None = None
        self._notes: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._tag:
            self._note = attributes.get("id", "")
            self._inner = Part(Story(), Numbering(), [])
        elif self._note is not None:
            self._inner.start(tag, attributes)

    def end(self, tag: str) -> None:
        if tag == self._tag and self._note is not None:
            self._inner.close()
            self._inner.story.close()
            self._notes[self._note] = " ".join("".join(self._inner.story.pieces).split())
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
                self._part.note(place, words)
