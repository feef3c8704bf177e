"""TXT and Markdown, in the encodings that offices use."""

from __future__ import annotations

import codecs
import re

from vanban.formats.unreadable import EMPTY, NOT_DOCUMENT, refuse
from vanban.model import Source
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
    text = _decode(data)
    if text is None:
        raise refuse(NOT_DOCUMENT, name)
    text = normalise(text)
    if not _LETTERS.search(text):
        raise refuse(EMPTY if not text.strip() else NOT_DOCUMENT, name)
    return Source(text, (), "md" if _is_markdown(text, name) else "txt", name)


def _is_markdown(text: str, name: str) -> bool:
    return name.lower().endswith((".md", ".markdown")) or bool(_MARKDOWN.search(text[:5000]))


def _decode(data: bytes) -> str | None:
    """The text, None where the bytes are no text in any of the encodings."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _readable(data[len(mark) :].decode(encoding, "replace"))
    if wide := _wide(data):
        return _readable(data.decode(wide, "replace"))
    try:
        return _readable(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _readable(data.decode("utf-8", "replace"))


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
