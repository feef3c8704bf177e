"""Getting the text out of a file: recognised by its content, never by its name.

The import inside a function: zip and XML take as long to load as a text to read, only DOCX needs them.
"""

from __future__ import annotations

from vanban.formats import plain
from vanban.formats.unreadable import (
    DAMAGED,
    EMPTY,
    IMAGE,
    LOCKED,
    NOT_DOCUMENT,
    OLD_WORD,
    PDF,
    PDF_SCAN,
    TOO_LARGE,
    Unreadable,
    refuse,
)
from vanban.model import Source

__all__ = ["Unreadable", "extract"]

LIMIT = 50 * 1024 * 1024  # bytes of a file
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x7fELF", b"MZ", b"<?xml", b"%!PS")


def extract(data: bytes, name: str) -> Source:
    """Text, map and format of a file; raises Unreadable, and nothing else, where there is none."""
    if len(data) > LIMIT:
        raise refuse(TOO_LARGE, name)
    if not data.strip(b" \t\r\n\x00\x0c"):
        raise refuse(EMPTY, name)
    _refuse_known(data, name)
    if data.startswith(b"PK\x05\x06"):
        raise refuse(DAMAGED, name)
    if data.startswith(b"PK\x03\x04"):
        from vanban.formats import docx

        return docx.extract(data, name)
    return plain.extract(data, name)


def _refuse_known(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        raise refuse(LOCKED if _ENCRYPTED in data else OLD_WORD, name)
    if b"%PDF-" in data[:1024]:
        has_text = b"/Font" in data or b"/ObjStm" in data
        raise refuse(PDF if has_text else PDF_SCAN, name)
    if data.startswith(_IMAGES) and not data.isascii():
        raise refuse(IMAGE, name)
    if data.startswith(_OTHERS):
        raise refuse(NOT_DOCUMENT, name)
