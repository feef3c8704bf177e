"""HTML: pages saved from portals, “web page” of Word and LibreOffice, and MHTML."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from dataclasses import dataclass, field

from vanban.formats import legacy, markup, plain
from vanban.formats.numbering import spell, whole
from vanban.formats.story import Story, TooLong, raised, sign
from vanban.formats.unreadable import DAMAGED, NOT_DOCUMENT, UNSAFE, refuse
from vanban.model import Source

_HEAD = 4_000  # bytes asked for what the file is
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title)\b", re.ASCII)
_FRAGMENT = re.compile(rb"\s*<(?:p|div|table|h[1-6]|span|ul|ol|article|section|center|font)[\s>]")
_MHTML = re.compile(rb"(?:from|mime-version|subject|date|snapshot-content-location)\s*:")
_BOUNDARY = re.compile(rb"boundary=\"?([^\"\r\n;]{1,200})")
_CHARSET = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w\-]{1,40})")
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 section article aside main header footer address blockquote pre center "
    "form fieldset figure figcaption hr dl dt dd ul ol li table thead tbody tfoot tr td th caption "
    "body html details summary title".split()
)
_LEFT_OUT = frozenset(
    "script style template nav title select button svg iframe object noscript textarea xml math "
    "audio video canvas map datalist dialog del".split()
)
_VOID = frozenset(
    "br hr img input meta link col area base embed source track wbr param basefont bgsound".split()
)
_HIDDEN = re.compile(
    r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden|mso-hide\s{0,5}:\s{0,5}all"
)
_FONT = re.compile(r"font-family\s{0,5}:\s{0,5}[\"']?([^;\"',]{1,60})")
_OLD_FACE = re.compile(rb"\.[Vv]n[A-Z]|V[Nn][Ii][- ]")
# An element that is not closed ends where one of these begins, up to the element it stands in.
_ENDED_BY = {
    "p": (frozenset({"p"}), frozenset({"td", "th", "li", "div", "table"})),
    "li": (frozenset({"li", "p"}), frozenset({"ul", "ol", "table"})),
    "td": (frozenset({"td", "th", "p"}), frozenset({"table"})),
    "th": (frozenset({"td", "th", "p"}), frozenset({"table"})),
    "tr": (frozenset({"tr", "td", "th", "p"}), frozenset({"table"})),
}
_NEAR = 30  # elements above that are asked
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_SIGNS = frozenset("·•§oüØvq¨–-+*o")  # bullets as Word writes them, in typefaces of symbols
_NOTE = re.compile(r"#_?(?:sd)?(?:ftn|edn|footnote|endnote)(?:ref)?\d")


def is_html(data: bytes) -> bool:
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").lower()
    return bool(_PAGE.search(head) and head.lstrip().startswith(b"<") or _FRAGMENT.match(head))


def is_mhtml(data: bytes) -> bool:
    head = data[:_HEAD].lower()
    return bool(_MHTML.match(head.lstrip())) and b"multipart/related" in head


def extract(data: bytes, name: str) -> Source:
    head = data[:_HEAD].replace(b"\0", b"").decode("latin-1")
    declared = _CHARSET.search(head.lower())
    return _read(data, declared[1] if declared else "", name)


def extract_mhtml(data: bytes, name: str) -> Source:
    """The page in a “single file web page” (MIME HTML)."""
    boundary = _BOUNDARY.search(data[:_HEAD])
    if not boundary:
        raise refuse(DAMAGED, name)
    for part in data.split(b"--" + boundary[1])[1:]:
        head, _, body = part.replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")
        about = head.decode("latin-1").lower()
        if "text/html" in about:
            declared = _CHARSET.search(about)
            return _read(_unpacked(body, about), declared[1] if declared else "", name)
    raise refuse(NOT_DOCUMENT, name)


def _unpacked(body: bytes, about: str) -> bytes:
    if "quoted-printable" in about:
        return quopri.decodestring(body)
    if "base64" in about:
        try:
            return base64.b64decode(body)
        except binascii.Error:
            return b""
    return body


def _read(data: bytes, declared: str, name: str) -> Source:
    text, encoding = _decode(data, declared, name)
    story = Story()
    page = _Page(story)
    try:
        for piece in markup.read(text):
            page.take(piece)
        page.end_paragraph()
    except TooLong:
        raise refuse(UNSAFE, name) from None
    if encoding == "utf-8":
        encoding = story.encoding
    return story.source("html", name, encoding)


def _decode(data: bytes, declared: str, name: str) -> tuple[str, str]:
    """Where the page names typefaces of old encodings, these say which words are to be converted."""
    if _OLD_FACE.search(data):
        found = plain.decode_shown(data), "utf-8"
    else:
        found = plain.decode(data, declared) or (None, "")
    if found[0] is None:
        raise refuse(NOT_DOCUMENT, name)
    return found[0], found[1]


@dataclass(slots=True)
class _Element:
    name: str
    is_hidden: bool = False
    font: str = ""  # where it is one of a legacy encoding
    is_note: bool = False
    is_label: bool = False  # the number that Word wrote out before a paragraph of a list


@dataclass(slots=True)
class _List:
    form: str
    next: int = 1


@dataclass(slots=True)
class _Words:
    """The words of the paragraph that is open."""

    pieces: list[str] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)
    label: str = ""


class _Page:
    """Follows the elements of a page and hands paragraphs and tables to the story."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._open: list[_Element] = []
        self._counts: dict[str, int] = {}
        self._hidden = 0
        self._raised = 0
        self._as_printed = 0
        self._lists: list[_List] = []
        self._words = _Words()

    def take(self, piece: markup.Tag | str) -> None:
        if isinstance(piece, str):
            self._say(piece)
        elif piece.is_end:
            self._end(piece.name)
        else:
            self._start(piece.name, piece.attributes)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _VOID:
            if not self._hidden:
                self._void(name)
            return
        self._end_open(name)
        element = _element(name, attributes, self._open[-1] if self._open else None)
        if not self._hidden and not element.is_hidden:
            self._begin(name, attributes)
        self._open.append(element)
        self._counts[name] = self._counts.get(name, 0) + 1
        self._hidden += element.is_hidden

    def _void(self, name: str) -> None:
        if name == "br":
            self._words.pieces.append("\n")
        elif name == "hr":
            self.end_paragraph()
        elif name == "img":
            self.story.has_picture = True

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name in _BLOCKS:
            self.end_paragraph()
        if name in ("td", "th"):
            columns, rows = (whole(attributes.get(key, "1")) for key in ("colspan", "rowspan"))
            self.story.open_cell(columns, min(rows, 1000))
        elif name == "tr":
            self.story.open_row()
        elif name == "table":
            self.story.open_table()
        elif name in ("ol", "ul"):
            self._begin_list(name, attributes)
        elif name == "li":
            self._words.label = self._label(attributes)
        elif name == "sup":
            self._raised += 1
        elif name == "pre":
            self._as_printed += 1

    def _begin_list(self, name: str, attributes: dict[str, str]) -> None:
        style = attributes.get("style", "").replace(" ", "")
        is_plain = "list-style:none" in style or "list-style-type:none" in style
        form = _FORMS.get(attributes.get("type", "1"), "decimal") if name == "ol" else "bullet"
        start = whole(attributes.get("start", "1"))
        self._lists.append(_List("none" if is_plain else form, start))

    def _label(self, attributes: dict[str, str]) -> str:
        if not self._lists or self._lists[-1].form == "none":
            return ""
        own = self._lists[-1]
        if own.form == "bullet":
            return "-"
        number = whole(attributes["value"]) if "value" in attributes else own.next
        own.next = number + 1
        return f"{spell(number, own.form)}."

    def _end_open(self, name: str) -> None:
        """Close what this element ends without saying so."""
        ended, within = _ENDED_BY.get(name, (frozenset(), frozenset()))
        if not any(self._counts.get(other) for other in ended):
            return
        keep = None
        for at in range(len(self._open) - 1, max(-1, len(self._open) - _NEAR), -1):
            if self._open[at].name in within:
                break
            if self._open[at].name in ended:
                keep = at
        while keep is not None and len(self._open) > keep:
            self._pop()

    def _end(self, name: str) -> None:
        if name == "p" and not self._counts.get(name):
            self.end_paragraph()
        if not self._counts.get(name):
            return
        if name not in ("table", "body", "html") and self._crosses_table(name):
            return
        while self._pop() != name:
            continue

    def _crosses_table(self, name: str) -> bool:
        """Whether the element was opened outside of the table that is open now."""
        for element in reversed(self._open[-_NEAR:]):
            if element.name == name:
                return False
            if element.name == "table":
                return True
        return False

    def _pop(self) -> str:
        element = self._open.pop()
        self._counts[element.name] -= 1
        if self._hidden:
            self._hidden -= element.is_hidden
            return element.name
        self._finish(element)
        return element.name

    def _finish(self, element: _Element) -> None:
        name = element.name
        if element.is_label:
            self._finish_label()
        if name in _BLOCKS:
            self.end_paragraph()
        if name == "table":
            self.story.close_table()
        elif name == "tr":
            self.story.close_row()
        elif name in ("ol", "ul") and self._lists:
            self._lists.pop()
        elif name == "li":
            self._words.label = ""
        elif name == "sup":
            self._raised -= 1
        elif name == "pre":
            self._as_printed -= 1

    def _finish_label(self) -> None:
        label = " ".join("".join(self._words.pieces).split())
        self._words = _Words(label="-" if label in _SIGNS else label)

    def _say(self, text: str) -> None:
        if self._hidden:
            return
        words = self._words
        if not self._as_printed:
            text = _one_space(text, words.pieces)
        element = self._open[-1] if self._open else None
        if element and element.is_note:
            text = _sign(text)
        elif self._raised:
            text = raised(text, words.pieces[-1] if words.pieces else "")
        if element and element.font:
            words.fonts[len(words.pieces)] = element.font
        words.pieces.append(text)

    def end_paragraph(self) -> None:
        words, self._words = self._words, _Words()
        text = "".join(words.pieces)
        if words.fonts:
            text = legacy.convert_pieces(words.pieces, words.fonts)
            self.story.encoding = legacy.encoding_of(next(iter(words.fonts.values())))
        lines = [line.strip(" \t\u00a0") for line in text.split("\n")]
        text = "\n".join(line for line in lines if line)
        if text:
            self.story.put(f"{words.label} {text}" if words.label else text)
        else:
            self._words.label = words.label


def _element(name: str, attributes: dict[str, str], outer: _Element | None) -> _Element:
    style = attributes.get("style", "")
    is_hidden = (
        name in _LEFT_OUT
        or (name == "sdfield" and attributes.get("type") == "PAGE")  # a page number of LibreOffice
        or (name == "div" and attributes.get("title") == "footer")
        or "hidden" in attributes
        or bool(style and _HIDDEN.search(style.lower()))
    )
    face = attributes.get("face", "") if name == "font" else ""
    if found := _FONT.search(style):
        face = found[1]
    face = face.split(",")[0].strip()
    if face:
        font = face if legacy.is_legacy_font(face) else ""
    else:
        font = outer.font if outer else ""
    is_note = bool(_NOTE.match(attributes.get("href", ""))) or bool(outer and outer.is_note)
    is_label = style.replace(" ", "").lower().startswith("mso-list:ignore")
    return _Element(name, is_hidden, font, is_note, is_label)


def _one_space(text: str, before: list[str]) -> str:
    """Blanks of the file are one blank, none at the beginning and behind another."""
    if text.isspace():
        text = " "
    elif "\n" in text or "\t" in text or "\r" in text or "  " in text:
        first, last = text[0] in " \n\r\t", text[-1] in " \n\r\t"
        text = " " * first + _BLANKS.sub(" ", text.strip(" \n\r\t")) + " " * last
    if text[:1] == " " and (not before or before[-1][-1:] in (" ", "\n")):
        text = text[1:]
    return text


_BLANKS = re.compile(r"[ \n\r\t]+")
_DIGITS = re.compile(r"\s{0,3}[\[(]?(\d{1,3})[\])]?")


def _sign(text: str) -> str:
    """The sign of a note: “[1]” → “¹”."""
    found = _DIGITS.fullmatch(text.strip())
    return sign(int(found[1])) if found else text
