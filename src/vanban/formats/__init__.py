"""Getting the text out of a file: recognised by its content, never by its name.

The imports inside functions: zip and XML take as long to load as a text to read, only DOCX needs them;
PDF and pictures need libraries that may be missing.
"""

from __future__ import annotations

from vanban.formats import plain
from vanban.formats.unreadable import (
    DAMAGED,
    EMPTY,
    LOCKED,
    NO_PICTURE,
    NOT_DOCUMENT,
    OLD_WORD,
    RTF,
    TOO_LARGE,
    Unreadable,
    refuse,
)
from vanban.model import Source

__all__ = ["Unreadable", "extract", "picture"]

LIMIT = 50 * 1024 * 1024  # bytes of a file
WIDEST = 4_000  # pixels of a page's picture
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x7fELF", b"MZ", b"<?xml", b"%!PS")


def extract(data: bytes, name: str) -> Source:
    """Text, map and format of a file; raises Unreadable, and nothing else, where there is none."""
    if len(data) > LIMIT:
        raise refuse(TOO_LARGE, name)
    if not data.strip(b" \t\r\n\x00\x0c"):
        raise refuse(EMPTY, name)
    if _is_pdf(data):
        from vanban.formats import pdf

        return pdf.extract(data, name)
    if _is_image(data):
        from vanban.formats import scan

        return scan.extract(data, name)
    if (source := _marked_up(data, name)) is not None:
        return source
    _refuse_known(data, name)
    if data.startswith(b"PK\x05\x06"):
        raise refuse(DAMAGED, name)
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, name)
    return plain.extract(data, name)


def _zipped(data: bytes, name: str) -> Source:
    from vanban.formats import archive, docx, odt

    parts = archive.Archive(data, name)
    is_odt = odt.CONTENT in parts and docx.BODY not in parts
    return odt.extract(parts) if is_odt else docx.extract(parts)


def _marked_up(data: bytes, name: str) -> Source | None:
    """HTML, MHTML and flat ODT; None where it is none of them."""
    if b"<" not in data[:4000] and b"multipart/related" not in data[:4000].lower():
        return None
    from vanban.formats import html, odt

    if odt.is_flat(data):
        return odt.extract_flat(data, name)
    if html.is_mhtml(data):
        return html.extract_mhtml(data, name)
    return html.extract(data, name) if html.is_html(data) else None


def picture(data: bytes, name: str, page: int, width: int) -> bytes:
    """A page of a PDF or picture file (from 1) as PNG, `width` pixels wide.

    The boxes of places fit it when they are multiplied by `width` and divided by the page's width.
    """
    width = max(16, min(width, WIDEST))
    if len(data) > LIMIT:
        raise refuse(TOO_LARGE, name)
    if _is_pdf(data):
        from vanban.formats import pdf

        return pdf.picture(data, name, page, width)
    if _is_image(data):
        from vanban.formats import scan

        return scan.picture(data, name, page, width)
    raise refuse(NO_PICTURE, name)


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024] and not data.startswith((b"PK\x03\x04", _OLE))


def _is_image(data: bytes) -> bool:
    if data.startswith(b"BM"):
        return data[6:10] == bytes(4)
    if data.startswith(b"RIFF"):
        return data[8:12] == b"WEBP"
    return data.startswith(_IMAGES) and not data.isascii()


def _refuse_known(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        raise refuse(LOCKED if _ENCRYPTED in data else OLD_WORD, name)
    if data.startswith(b"{\\rtf"):
        raise refuse(RTF, name)
    if data.startswith(_OTHERS):
        raise refuse(NOT_DOCUMENT, name)
