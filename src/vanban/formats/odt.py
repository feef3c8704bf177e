"""ODT (OpenDocument text, zipped or flat): paragraphs, lists, tables, notes, frames in reading order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from vanban.formats import legacy, xml
from vanban.formats.archive import Archive
from vanban.formats.numbering import Level, Numbering, whole
from vanban.formats.story import Story, TooLong, letterhead, raised, sign
from vanban.formats.unreadable import LOCKED, NOT_DOCUMENT, UNSAFE, refuse
from vanban.model import Source

CONTENT = "content.xml"
REPEATED = 60  # rows or cells that one says it stands for
_SKIPPED = frozenset(
    {
        "deletion",
        "insertion",
        "format-change",
        "annotation",
        "annotation-end",
        "covered-table-cell",
        "forms",
        "settings",
    }
    | {"note-citation", "title", "desc", "hidden-text", "ruby-text", "scripts", "page-number"}
    | {"page-count", "binary-data", "meta", "sequence-decls", "variable-decls", "user-field-decls"}
    | {"header-left", "footer", "footer-left", "footer-first", "number", "dde-connection-decls"}
)
_FORMS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_LEVELS = frozenset(
    {"list-level-style-number", "list-level-style-bullet", "list-level-style-image"}
    | {"outline-level-style"}
)
_OUTLINE = "outline"  # the list style of headings


def extract(archive: Archive) -> Source:
    content = archive.require(CONTENT)
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise refuse(LOCKED, archive.name)
    return _extract((archive.read("styles.xml"), content), archive.name)


def is_flat(data: bytes) -> bool:
    head = data[:2000]
    return head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml") and b"office:document" in head


def extract_flat(data: bytes, name: str) -> Source:
    """FODT: the same in one XML file."""
    return _extract((data,), name)


def _extract(parts: tuple[bytes, ...], name: str) -> Source:
    story = Story()
    reader = Part(story)
    try:
        for part in parts:
            xml.parse(part, reader, name)
        reader.close()
    except TooLong:
        raise refuse(UNSAFE, name) from None
    if not reader.is_text:
        raise refuse(NOT_DOCUMENT, name)
    return story.source("odt", name)


@dataclass(slots=True)
class _Style:
    parent: str = ""
    list_style: str = ""
    font: str = ""
    is_raised: bool = False
    is_hidden: bool = False


@dataclass(slots=True)
class _Paragraph:
    style: str = ""
    words: list[str] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)
    label: tuple[str, int] | None = None  # the list and level that it counts in
    spans: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _List:
    number: str  # the counter
    style: str
    has_item: bool = False  # an item is open whose label is not yet given


class Part:
    """Reads styles and content; what it finds on styles serves the paragraphs after them."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.is_text = False
        self._styles: dict[str, _Style] = {}
        self._style = _Style()
        self._faces: dict[str, str] = {}
        self._numbering = Numbering()
        self._levels: dict[int, Level] = {}
        self._level = Level()
        self._lists: list[_List] = []
        self._last_of_style: dict[str, str] = {}
        self._started = 0
        self._open: list[_Paragraph] = []
        self._notes: list[tuple[str, list[str]]] = []
        self._in_note: list[str] | None = None
        self._header: list[str] | None = None
        self._counts = {"footnote": 0, "endnote": 0}
        self._skipping = 0
        self._region = ""
        self._deleted: set[str] = (
            set()
        )  # changes that take words away, where these stand in the text
        self._is_deleted = False
        self._starts: dict[str, Callable[[dict[str, str]], object]] = {
            "style": self._start_style,
            "default-style": self._start_default,
            "text-properties": self._describe_text,
            "font-face": self._name_face,
            "list-style": self._start_list_style,
            "outline-style": self._start_outline,
            "text": self._start_body,
            "p": self._start_paragraph,
            "h": self._start_paragraph,
            "span": self._start_span,
            "a": self._start_span,
            "s": self._spaces,
            "tab": lambda _: self._add("\t"),
            "line-break": lambda _: self._add("\n"),
            "list": self._start_list,
            "list-item": self._start_item,
            "table": self._start_table,
            "table-row": self._start_row,
            "table-cell": self._start_cell,
            "note": self._start_note,
            "changed-region": self._start_change,
            "change-start": self._enter_change,
            "change-end": self._leave_change,
            "image": self._picture,
            "header": self._start_header,
            "header-first": self._start_header,
        }
        self._ends = {
            "p": self._end_paragraph,
            "h": self._end_paragraph,
            "span": self._end_span,
            "a": self._end_span,
            "list": self._end_list,
            "list-item": self._end_item,
            "table": self._end_table,
            "table-row": self._end_row,
            "note": self._end_note,
            "header": self._end_header,
            "header-first": self._end_header,
        }

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipping or tag in _SKIPPED:
            self._skipping += 1
            if tag == "deletion":
                self._deleted.add(self._region)
        elif tag in _LEVELS:
            self._describe_level(tag, attributes)
        elif begin := self._starts.get(tag):
            begin(attributes)

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif finish := self._ends.get(tag):
            finish()

    def data(self, text: str) -> None:
        if self._skipping or self._is_deleted or not self._open:
            return
        paragraph = self._open[-1]
        styles = [*reversed(paragraph.spans), paragraph.style]
        if any(self._find(style).is_hidden for style in paragraph.spans):
            return
        text = _one_space(text, paragraph.words)
        if font := self._font(styles):
            paragraph.fonts[len(paragraph.words)] = font
        if any(self._find(style).is_raised for style in paragraph.spans):
            text = raised(text, paragraph.words[-1] if paragraph.words else "")
        paragraph.words.append(text)

    def _find(self, style: str) -> _Style:
        return self._styles.get(style) or _Style()

    def _font(self, styles: list[str]) -> str:
        """The typeface, where it is one of a legacy encoding; "" for all others."""
        for style in styles:
            for _ in range(20):
                found = self._find(style)
                if found.font or not found.parent:
                    break
                style = found.parent
            if found.font:
                font = self._faces.get(found.font, found.font)
                return font if legacy.is_legacy_font(font) else ""
        font = self._find("").font
        return font if legacy.is_legacy_font(font) else ""

    def _start_style(self, attributes: dict[str, str]) -> None:
        self._style = _Style(
            attributes.get("parent-style-name", ""), attributes.get("list-style-name", "")
        )
        self._styles[attributes.get("name", "")] = self._style

    def _start_default(self, attributes: dict[str, str]) -> None:
        """The default of paragraphs goes by the name of none."""
        self._style = _Style()
        if attributes.get("family") == "paragraph":
            self._styles[""] = self._style

    def _describe_text(self, attributes: dict[str, str]) -> None:
        style = self._style
        style.font = attributes.get("font-name") or attributes.get("font-family") or style.font
        style.is_raised = attributes.get("text-position", "").startswith("super")
        style.is_hidden = attributes.get("display") == "none"

    def _name_face(self, attributes: dict[str, str]) -> None:
        self._faces[attributes.get("name", "")] = attributes.get("font-family", "").strip("'\"")

    def _start_list_style(self, attributes: dict[str, str]) -> None:
        self._levels = self._numbering.abstract.setdefault(attributes.get("name", ""), {})
        self._style = _Style()

    def _start_outline(self, _: dict[str, str]) -> None:
        self._levels = self._numbering.abstract.setdefault(_OUTLINE, {})
        self._numbering.lists[_OUTLINE] = _OUTLINE

    def _describe_level(self, tag: str, attributes: dict[str, str]) -> None:
        level = whole(attributes.get("level", "1")) - 1
        self._style = _Style()  # the typeface of the label is of no interest
        form = _FORMS.get(attributes.get("num-format", ""), "none")
        if tag in ("list-level-style-bullet", "list-level-style-image"):
            self._levels[level] = Level("bullet", attributes.get("bullet-char", "-"))
            return
        shown = max(1, min(whole(attributes.get("display-levels", "1")), level + 1))
        numbers = ".".join(f"%{at + 1}" for at in range(level + 1 - shown, level + 1))
        text = attributes.get("num-list-format", "")
        text = (
            _without_closing(text)
            if text
            else (attributes.get("num-prefix", "") + numbers + attributes.get("num-suffix", ""))
        )
        self._levels[level] = Level(form, text[:40], whole(attributes.get("start-value", "1")))

    def _start_body(self, _: dict[str, str]) -> None:
        """“office:text” holds the body."""
        self.is_text = True

    def _start_paragraph(self, attributes: dict[str, str]) -> None:
        paragraph = _Paragraph(attributes.get("style-name", ""))
        if self._lists and not self._open:
            if self._lists[-1].has_item:
                self._lists[-1].has_item = False
                paragraph.label = (self._lists[-1].number, len(self._lists) - 1)
        elif "outline-level" in attributes and attributes.get("is-list-header") != "true":
            paragraph.label = (_OUTLINE, whole(attributes["outline-level"]) - 1)
        self._open.append(paragraph)

    def _end_paragraph(self) -> None:
        if not self._open:
            return
        paragraph = self._open.pop()
        words = "".join(paragraph.words)
        if paragraph.fonts:
            words = legacy.convert_pieces(paragraph.words, paragraph.fonts)
            self.story.encoding = legacy.encoding_of(next(iter(paragraph.fonts.values())))
        words = words.strip(" ")
        if words and paragraph.label:
            label = self._numbering.label(*paragraph.label, "")
            words = f"{label} {words}" if label else words
        elif paragraph.label and self._lists:
            self._lists[-1].has_item = True  # an empty line takes no number
        self._say(words)

    def _say(self, words: str) -> None:
        if self._in_note is not None:
            self._in_note.append(words)
        elif self._header is not None:
            self._header.append(words)
        elif self.is_text:
            self.story.put(words)

    def _start_span(self, attributes: dict[str, str]) -> None:
        if self._open:
            self._open[-1].spans.append(attributes.get("style-name", ""))

    def _end_span(self) -> None:
        if self._open and self._open[-1].spans:
            self._open[-1].spans.pop()

    def _add(self, words: str) -> None:
        if self._open:
            self._open[-1].words.append(words)

    def _spaces(self, attributes: dict[str, str]) -> None:
        self._add(" " * min(whole(attributes.get("c", "1")) or 1, 200))

    def _start_list(self, attributes: dict[str, str]) -> None:
        style = attributes.get("style-name") or (self._lists[-1].style if self._lists else "")
        before = attributes.get("continue-list", "")
        if self._lists:
            number = self._lists[0].number
        elif before in self._numbering.lists:
            number = before
        elif attributes.get("continue-numbering") == "true" and style in self._last_of_style:
            number = self._last_of_style[style]
        else:
            self._started += 1
            number = f"list {self._started}"
        self._count_in(number, style)
        if key := attributes.get("id"):
            self._numbering.lists[key] = self._numbering.lists[number]
        self._last_of_style[style] = number
        self._lists.append(_List(number, style))

    def _count_in(self, number: str, style: str) -> None:
        """A list counts on its own, by the levels of its style."""
        counter = self._numbering.lists.setdefault(number, number)
        if counter not in self._numbering.abstract:
            self._numbering.abstract[counter] = self._numbering.abstract.get(style, {})

    def _end_list(self) -> None:
        if self._lists:
            self._lists.pop()

    def _start_item(self, attributes: dict[str, str]) -> None:
        if not self._lists:
            return
        self._lists[-1].has_item = True
        if "start-value" in attributes:
            start = whole(attributes["start-value"])
            self._numbering.restart(self._lists[-1].number, len(self._lists) - 1, start)

    def _end_item(self) -> None:
        if self._lists:
            self._lists[-1].has_item = False

    def _start_table(self, attributes: dict[str, str]) -> None:
        if self._speaks():
            self.story.open_table()

    def _end_table(self) -> None:
        if self._speaks():
            self.story.close_table()

    def _start_row(self, _: dict[str, str]) -> None:
        if self._speaks():
            self.story.open_row()

    def _end_row(self) -> None:
        if self._speaks():
            self.story.close_row()

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if not self._speaks():
            return
        columns = whole(attributes.get("number-columns-spanned", "1"))
        rows = whole(attributes.get("number-rows-spanned", "1"))
        for _ in range(
            max(1, min(whole(attributes.get("number-columns-repeated", "1")), REPEATED))
        ):
            self.story.open_cell(columns, rows)

    def _speaks(self) -> bool:
        """Tables of page headers and notes are read as lines."""
        return self.is_text and self._in_note is None and self._header is None

    def _start_note(self, attributes: dict[str, str]) -> None:
        kind = "endnote" if attributes.get("note-class") == "endnote" else "footnote"
        self._counts[kind] += 1
        self._add(sign(self._counts[kind]))
        self._in_note = []
        self._notes.append((kind, self._in_note))

    def _end_note(self) -> None:
        self._in_note = None

    def _start_change(self, attributes: dict[str, str]) -> None:
        self._region = attributes.get("id", "")

    def _enter_change(self, attributes: dict[str, str]) -> None:
        self._is_deleted |= attributes.get("change-id", "") in self._deleted

    def _leave_change(self, attributes: dict[str, str]) -> None:
        if attributes.get("change-id", "") in self._deleted:
            self._is_deleted = False

    def _picture(self, _: dict[str, str]) -> None:
        self.story.has_picture = True

    def _start_header(self, _: dict[str, str]) -> None:
        self._header = []

    def _end_header(self) -> None:
        lines, self._header = self._header or [], None
        for line in letterhead(lines):
            self.story.put(line)

    def close(self) -> None:
        """The notes, after the text: footnotes, then endnotes."""
        while self._open:
            self._end_paragraph()
        self.story.close()
        for kind in ("footnote", "endnote"):
            notes = [lines for of_kind, lines in self._notes if of_kind == kind]
            for place, lines in enumerate(notes, 1):
                if words := " ".join(" ".join(lines).split()):
                    self.story.put(f"{sign(place)} {words}")


def _one_space(text: str, before: list[str]) -> str:
    """Blanks of the file are one blank, none where one stands already."""
    if text.isspace():
        text = " "
    elif "\n" in text or "\t" in text or "  " in text:
        first, last = text[:1].isspace(), text[-1:].isspace()
        text = " " * first + " ".join(text.split()) + " " * last
    if text[:1] == " " and (not before or before[-1].endswith(" ")):
        text = text[1:]
    return text


def _without_closing(text: str) -> str:
    """“%1%.%2%.” → “%1.%2.”"""
    pieces = text.split("%")
    for at in range(1, len(pieces) - 1, 2):
        pieces[at] = "%" + pieces[at]
    return "".join(pieces)
