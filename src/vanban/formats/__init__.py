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

__all__ = ["Unreadable", "check", "extract", "picture"]

LIMIT = 50 * 1024 * 1024  # bytes of a file
PROBED = 256 * 1024  # bytes of a text that are looked at to know whether it is one
WIDEST = 4_000  # pixels of a page's picture
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x7fELF", b"MZ", b"<?xml", b"%!PS")


def extract(data: bytes, name: str) -> Source:
    """Text, map and format of a file; raises Unreadable, and nothing else, where there is none."""
    kind = _kind(data, name)
    if kind == "pdf":
        from vanban.formats import pdf

        return pdf.extract(data, name)
    if kind == "image":
        from vanban.formats import scan

        return scan.extract(data, name)
    if kind in ("docx", "odt"):
        return _zipped(data, name, kind)
    return _marked_up(data, name, kind) if kind != "text" else plain.extract(data, name)


def check(data: bytes, name: str) -> str:
    """What kind of file it is: pdf, image, docx, odt, fodt, html, mhtml or text.

    Quick, for whoever takes in a file to be read later: raises Unreadable for what is seen at once
    to be no document; what looks like one may still be found unreadable.
    """
    kind = _kind(data, name)
    if kind == "text":
        plain.extract(data[:PROBED], name)
    return kind


def open_file(data: bytes, name: str) -> str:
    """The kind of a file that can be opened: as far as one gets without reading pages of a PDF or a scan.

    Raises Unreadable for what is empty, damaged, locked or no document.
    """
    kind = _kind(data, name)
    if kind == "pdf":
        from vanban.formats import pdf

        pdf.open_pdf(data, name).close()
    elif kind == "image":
        from vanban.formats import scan

        scan.open_image(data, name)
    else:
        extract(data, name)
    return kind


def _kind(data: bytes, name: str) -> str:
    if len(data) > LIMIT:
        raise refuse(TOO_LARGE, name)
    if not data.strip(b" \t\r\n\x00\x0c"):
        raise refuse(EMPTY, name)
    if _is_pdf(data):
        return "pdf"
    if _is_image(data):
        return "image"
    if markup := _markup(data):
        return markup
    _refuse_known(data, name)
    if data.startswith(b"PK\x05\x06"):
        raise refuse(DAMAGED, name)
    return _kind_of_zip(data, name) if data.startswith(b"PK\x03\x04") else "text"


def _kind_of_zip(data: bytes, name: str) -> str:
    from vanban.formats import archive, docx, odt

    parts = archive.Archive(data, name)
    if odt.CONTENT in parts and docx.BODY not in parts:
        return "odt"
    if docx.BODY not in parts:
        raise refuse(NOT_DOCUMENT, name)
    return "docx"


def _zipped(data: bytes, name: str, kind: str) -> Source:
    from vanban.formats import archive, docx, odt

    parts = archive.Archive(data, name)
    return odt.extract(parts) if kind == "odt" else docx.extract(parts)


def _markup(data: bytes) -> str:
    """HTML, MHTML or flat ODT; "" where it is none of them."""
    if b"<" not in data[:4000] and b"multipart/related" not in data[:4000].lower():
        return ""
    from vanban.formats import html, odt

    if odt.is_flat(data):
        return "fodt"
    if html.is_mhtml(data):
        return "mhtml"
    return "html" if html.is_html(data) else ""


def _marked_up(data: bytes, name: str, kind: str) -> Source:
    from vanban.formats import html, odt

    if kind == "fodt":
        return odt.extract_flat(data, name)
    return html.extract_mhtml(data, name) if kind == "mhtml" else html.extract(data, name)


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
