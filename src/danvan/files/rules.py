"""What a file is, by its first bytes; its name says nothing."""

import io
import zipfile
from pathlib import PurePath

PDF, PNG, JPEG, TEXT = "application/pdf", "image/png", "image/jpeg", "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ZIP, EDXML = "application/zip", "application/xml"  # danvan's own parcels and exchange packages
TIFF, GIF, BMP, WEBP = "image/tiff", "image/gif", "image/bmp", "image/webp"

_BEGINNINGS = {
    b"%PDF-": PDF,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"\xff\xd8\xff": JPEG,
    b"II*\x00": TIFF,
    b"MM\x00*": TIFF,
    b"GIF8": GIF,
}
_ENDINGS = {  # of names, by what the file is
    PDF: (".pdf",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
    ODT: (".odt",),
    TIFF: (".tif", ".tiff"),
    GIF: (".gif",),
    BMP: (".bmp",),
    WEBP: (".webp",),
    ZIP: (".zip",),
    EDXML: (".edxml", ".xml"),
}
_OF_TEXT = (".txt", ".md", ".markdown", ".csv")
_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "content.xml": ODT}


def media_type(data: bytes) -> str | None:
    """The kind of a file among those accepted as evidence, or None."""
    for beginning, kind in _BEGINNINGS.items():
        if data.startswith(beginning):
            return kind
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return BMP
    if data.startswith(b"PK"):
        return _zipped(data)
    return TEXT if _is_text(data) else None


def safe_name(name: str, kind: str) -> str:
    """The name that a file is given back under: it ends as what the file is, never as a program."""
    endings = _ENDINGS.get(kind, _OF_TEXT)
    last = PurePath(name.replace("\\", "/")).name
    if not last.lower().endswith(endings):
        last = f"{last.rstrip(' .')}{endings[0]}"
    stem, dot, ending = last.rpartition(".")
    return f"{stem[:240]}{dot}{ending}"


def _zipped(data: bytes) -> str | None:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    return next((kind for part, kind in _PARTS.items() if part in names), None)


def _is_text(data: bytes) -> bool:
    if not data or b"\x00" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
