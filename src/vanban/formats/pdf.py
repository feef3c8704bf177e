"""PDF: its words with their rectangles and its ruling lines, through PDFium; pages of pictures as scans.

The imports inside functions: PDFium is an extra, and only PDF needs it.
"""

from __future__ import annotations

import ctypes
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from math import hypot
from typing import Any

from vanban.formats import glyphs, legacy, pages, scan
from vanban.formats.layout import Rule, Sheet, Word
from vanban.formats.unreadable import (
    DAMAGED_PDF,
    LOCKED_PDF,
    NO_PDF,
    PDF_NO_TEXT,
    TOO_LONG,
    refuse,
)
from vanban.model import Source

PAGES = 2_000
SECONDS = 60.0  # that the words of one file may take
LETTERS = 30_000  # of one page
DRAWN = 20_000  # objects of one page that are asked for ruling lines
RULES = 4_000  # of one page; a page with more is a drawing
_FAR = 100_000.0  # points; no page is so large
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_FEW = 25  # letters that a scanner's stamp may put on a page of pictures


def extract(data: bytes, name: str) -> Source:
    document = open_pdf(data, name)
    with _told(document, name):
        return _extract(document, name)


def open_pdf(data: bytes, name: str) -> Any:
    """The document in PDFium; raises Unreadable where it cannot be opened."""
    try:
        import pypdfium2
    except ImportError:
        raise refuse(NO_PDF, name) from None
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD
        raise refuse(LOCKED_PDF if locked else DAMAGED_PDF, name) from error
    if not 0 < count <= PAGES:
        raise refuse(TOO_LONG if count else DAMAGED_PDF, name)
    return document


def _extract(document: Any, name: str) -> Source:
    sheets: list[Sheet] = []
    sizes: list[tuple[float, float]] = []
    scanned = 0
    until = time.monotonic() + SECONDS
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        width, height = page.get_size()
        sizes.append((round(width, 1), round(height, 1)))
        sheet = _sheet(page, number)
        if _is_picture(page, sheet):
            scanned += 1
            if scanned > scan.PAGES:
                raise refuse(TOO_LONG, name)
            began = time.monotonic()
            sheet = scan.sheet(_drawn(page, scan.RESOLUTION), number, (width, height), name)
            until += time.monotonic() - began
        sheets.append(sheet)
        page.close()
        if time.monotonic() > until:
            raise refuse(TOO_LONG, name)
    if not any(sheet.words for sheet in sheets):
        raise refuse(PDF_NO_TEXT, name)
    kind = "pdf-scan" if scanned * 2 > len(sheets) else "pdf"
    return pages.as_source(sheets, kind, name, sizes)


def picture(data: bytes, name: str, page: int, width: int) -> bytes:
    """A page drawn as PNG, so many pixels wide."""
    document = open_pdf(data, name)
    with _told(document, name):
        if not 1 <= page <= len(document):
            raise refuse(DAMAGED_PDF, name)
        sheet = document[page - 1]
        wide, high = sheet.get_size()
        image = _drawn(sheet, 72 * width / max(1.0, wide), grey=False)
        return scan.as_png(image, width, round(high * width / max(1.0, wide)))


@contextmanager
def _told(document: Any, name: str) -> Iterator[None]:
    """What PDFium says of a broken page, in our words; the document is closed in the end."""
    import pypdfium2

    try:
        yield
    except (pypdfium2.PdfiumError, ArithmeticError, ValueError, MemoryError) as error:
        raise refuse(DAMAGED_PDF, name) from error
    finally:
        document.close()


def _drawn(page: Any, resolution: float, grey: bool = True) -> Any:
    """The page as a picture of Pillow; a huge page is drawn smaller."""
    width, height = page.get_size()
    scale = min(resolution / 72, (scan.PIXELS / max(1.0, width * height)) ** 0.5)
    return page.render(scale=scale, grayscale=grey).to_pil()


def _is_picture(page: Any, sheet: Sheet) -> bool:
    """Whether a page is a picture: few letters or none, and a picture over much of it.

    Without any letter, whatever is drawn may be words: fonts turned into outlines.
    """
    import pypdfium2.raw as pdfium

    letters = sum(len(word.text) for word in sheet.words)
    if letters > _FEW:
        return False
    count = pdfium.FPDFPage_CountObjects(page)
    if not letters:
        return bool(count)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(min(count, 200)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_IMAGE:
            pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
            area = (right.value - left.value) * (top.value - bottom.value)
            if area > 0.3 * sheet.width * sheet.height:
                return True
    return False


def _sheet(page: Any, number: int) -> Sheet:
    width, height = page.get_size()
    rotation = page.get_rotation() // 90
    found = list(_words(page))
    turned = Counter[int]()
    for word, quarter in found:
        turned[quarter] += len(word.text)
    quarter = turned.most_common(1)[0][0] if turned else rotation
    frame = _Frame(page, quarter)
    words = [frame.word(word) for word, own in found if own == quarter and word.is_seen]
    rules = [frame.rule(rule) for rule in islice(_rules(page), RULES + 1)]
    rules = rules if len(rules) <= RULES else []
    return Sheet(number, frame.width, frame.height, words, rules, (quarter - rotation) % 4)


class _Frame:
    """From PDF's measures (from the foot, as the sheet was made) to the page turned for reading."""

    def __init__(self, page: Any, quarter: int) -> None:
        self._quarter = quarter
        left, bottom, right, top = page.get_cropbox()
        self._left, self._bottom = left, bottom
        self._wide, self._high = right - left, top - bottom
        turned = quarter % 2
        self.width, self.height = (self._high, self._wide) if turned else (self._wide, self._high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self._left, y - self._bottom
        if self._quarter == 1:
            return y, x
        if self._quarter == 2:
            return self._wide - x, y
        if self._quarter == 3:
            return self._high - y, self._wide - x
        return x, self._high - y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, ...]:
        ax, ay = self.point(left, bottom)
        bx, by = self.point(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def word(self, raw: _Raw) -> Word:
        left, top, right, bottom = self.box(raw.left, raw.bottom, raw.right, raw.top)
        base = self.point(raw.x, raw.y)[1]
        return Word(
            raw.letters, left, min(top, base - 0.7 * raw.size), right, max(bottom, base), base,
            raw.size, raw.glued,
        )  # fmt: skip

    def rule(self, raw: tuple[float, float, float, float]) -> Rule:
        return Rule(*self.box(*raw))


class _Raw:
    """Letters of a word as PDFium gives them."""

    __slots__ = ("bottom", "font", "glued", "left", "right", "size", "text", "top", "x", "y")

    def __init__(self, size: float, x: float, y: float, glued: bool) -> None:
        self.font = ""
        self.text, self.size, self.x, self.y, self.glued = "", size, x, y, glued
        self.left = self.bottom = float("inf")
        self.right = self.top = float("-inf")

    @property
    def letters(self) -> str:
        """The word in Unicode, also where its typeface holds an older encoding."""
        if self.font and legacy.is_legacy_font(self.font):
            return glyphs.seen(legacy.convert(self.text, self.font))
        return glyphs.seen(self.text)

    @property
    def is_seen(self) -> bool:
        sides = (self.left, self.bottom, self.right, self.top, self.x, self.y, self.size)
        return bool(self.letters.strip()) and all(abs(side) < _FAR for side in sides)

    def take(self, letter: str, box: Any) -> None:
        self.text += letter
        self.left, self.right = min(self.left, box.left), max(self.right, box.right)
        self.bottom, self.top = min(self.bottom, box.bottom), max(self.top, box.top)


def _words(page: Any) -> Iterator[tuple[_Raw, int]]:
    """Each word with the quarter turns of its letters; a change of type begins another."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    word: _Raw | None = None
    quarter = 0
    own_size = 0.0
    for index in range(min(text.count_chars(), LETTERS)):
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        if letter in " \r\n\t\xa0\u3000":
            if word is not None:
                yield word, quarter
            word = None
            continue
        size = pdfium.FPDFText_GetFontSize(text, index)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        if word is None or size != own_size or _is_apart(word, box, x.value, y.value, quarter):
            glued = word is not None and not _is_apart(word, box, x.value, word.y, quarter)
            if word is not None:
                yield word, quarter
            own_size = size
            pdfium.FPDFText_GetMatrix(text, index, matrix)
            quarter = _quarter(matrix)
            word = _Raw(size * (hypot(matrix.c, matrix.d) or 1), x.value, y.value, glued)
            word.font = _font(text, index)
        word.take(letter, box)
    if word is not None:
        yield word, quarter
    text.close()


def _font(text: Any, index: int) -> str:
    """The name of the typeface, without the sign of a subset (“ABCDEF+”)."""
    import pypdfium2.raw as pdfium

    name, flags = ctypes.create_string_buffer(100), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, name, len(name), flags)
    return name.value.decode("utf-8", "replace").rpartition("+")[2]


def _quarter(matrix: Any) -> int:
    """How many quarters the page must be turned clockwise so that these letters lie."""
    if abs(matrix.a) >= abs(matrix.b):
        return 0 if matrix.a >= 0 else 2
    return 1 if matrix.b > 0 else 3


def _is_apart(word: _Raw, box: Any, x: float, y: float, quarter: int) -> bool:
    """Whether a letter stands away from the word before it."""
    if quarter % 2:
        return max(box.bottom - word.top, word.bottom - box.top) > 0.3 * word.size
    if abs(y - word.y) > 0.2 * word.size:
        return True
    return box.left - word.right > 0.3 * word.size or word.left - box.right > 0.3 * word.size


def _rules(page: Any) -> Iterator[tuple[float, float, float, float]]:
    """Straight lines and thin or framing rectangles among what is drawn (left, bottom, right, top)."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page)
    for index in range(min(count, DRAWN)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_PATH:
            yield from _lines_of(drawn)


def _lines_of(drawn: Any) -> Iterator[tuple[float, float, float, float]]:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
        return
    sides = (left.value, bottom.value, right.value, top.value)
    wide, high = sides[2] - sides[0], sides[3] - sides[1]
    if min(wide, high) <= 3:
        if max(wide, high) >= 5:
            yield sides
        return
    yield from _segments(drawn)


def _segments(drawn: Any) -> Iterator[tuple[float, float, float, float]]:
    """The upright and level lines of a longer path: a grid or a frame drawn at once."""
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)
    if not stroke.value:
        return
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(min(pdfium.FPDFPath_CountSegments(drawn), 2_000)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _straight(last, point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _straight(last, start)


def _straight(
    one: tuple[float, float], other: tuple[float, float]
) -> Iterator[tuple[float, float, float, float]]:
    wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
    if min(wide, high) <= 1 and max(wide, high) >= 5:
        left, right = sorted((one[0], other[0]))
        bottom, top = sorted((one[1], other[1]))
        yield left, bottom, right, top
