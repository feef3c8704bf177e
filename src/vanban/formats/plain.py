"""TXT and Markdown, in the encodings that offices use."""

from __future__ import annotations

import codecs
import re

from vanban.formats import legacy
from vanban.formats.unreadable import EMPTY, NOT_DOCUMENT, refuse
from vanban.model import Place, Source
from vanban.text import normalise

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKDOWN = re.compile(r"(?:^|\n)#{1,6} \S")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f\ufffd]")
_LETTERS = re.compile(r"[^\W\d_]")


def extract(data: bytes, name: str) -> Source:
    found = decode(data)
    if found is None:
        raise refuse(NOT_DOCUMENT, name)
    text, encoding = normalise(found[0]), found[1]
    if not _LETTERS.search(text):
        raise refuse(EMPTY if not text.strip() else NOT_DOCUMENT, name)
    form = "md" if _is_markdown(text, name) else "txt"
    return Source(text, _lines(text), form, name, encoding=encoding)


def _lines(text: str) -> tuple[Place, ...]:
    """Every line is a paragraph."""
    places = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        if line:
            places.append(Place(start, number))
        start += len(line) + 1
    return tuple(places)


def _is_markdown(text: str, name: str) -> bool:
    return name.lower().endswith((".md", ".markdown")) or bool(_MARKDOWN.search(text[:5000]))


def decode(data: bytes, declared: str = "") -> tuple[str, str] | None:
    """Text and encoding, None where the bytes are no text in any of the encodings.

    What the bytes are decides; what a page declares about itself only where they leave it open.
    """
    text, encoding = _decode(data, declared)
    readable = _readable(text)
    if readable is None:
        return None
    repaired, older = legacy.repair(readable)
    return repaired, older or encoding


def decode_shown(data: bytes) -> str | None:
    """The letters as a page shows them that names typefaces of old encodings; these say the rest."""
    found = _unicode(data)
    return _readable(found[0] if found else legacy.western(data))


def _decode(data: bytes, declared: str) -> tuple[str, str]:
    return _unicode(data) or _torn_or_older(data, declared)


def _unicode(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    if wide := _wide(data):
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return None


def _torn_or_older(data: bytes, declared: str) -> tuple[str, str]:
    """UTF-8 with wrong bytes or with lines in an older encoding; or an older encoding altogether."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    if len(text.encode("utf-8", "ignore")) - len(text) - wrong * 2 > wrong:
        lines = [_line(line) for line in data.split(b"\n")]
        return "\n".join(lines), "utf-8"
    if found := legacy.decode(data):
        return found
    if declared in ("windows-1252", "iso-8859-1", "latin1", "cp1252"):
        return legacy.western(data), "cp1252"
    return text, "utf-8"


def _line(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        found = legacy.decode(data)
        return found[0] if found else data.decode("utf-8", "replace")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of plain letters is zero."""
    head = data[:4000]
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd * 4 > len(head) // 2 and even * 10 < odd:
        return "utf-16-le"
    if even * 4 > len(head) // 2 and odd * 10 < even:
        return "utf-16-be"
    return None


def _readable(text: str) -> str | None:
    """Text with few odd characters; a zero byte becomes the sign for an unknown character."""
    text = text.replace("\x00", "\ufffd")
    odd = len(_CONTROL.findall(text))
    return text if odd * 20 <= len(text) else None
