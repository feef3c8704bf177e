"""Scans: a picture of a page, read by Tesseract with the Vietnamese model.

The imports inside functions: Pillow is an extra, and only pictures need it.
"""

from __future__ import annotations

import html
import io
import os
import re
import struct
import subprocess
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import atan, degrees, radians, tan
from statistics import mean, median
from typing import Any

from vanban.formats import glyphs, layout, pages, roman
from vanban.formats.grid import Grid, grids
from vanban.formats.layout import Rule, Sheet, Word
from vanban.formats.unreadable import (
    BOMB,
    DAMAGED_PDF,
    IMAGE_NO_TEXT,
    NO_PILLOW,
    NO_TESSERACT,
    NO_VIETNAMESE,
    SLOW_SCAN,
    TOO_LONG,
    refuse,
)
from vanban.model import Box, Source
from vanban.text import normalise

RESOLUTION = 200  # dots an inch at which pages of a PDF are drawn
PIXELS = 40_000_000  # of one page: A3 at 400 dots an inch
PAGES = 300  # scans of one file; each takes seconds
PATIENCE = 90  # seconds that Tesseract may take for a page
DOUBTFUL = 70  # words less sure than this are kept, and said to be doubtful
SURE = 25  # words less sure than this (of 100) are specks and seals
_HIGHEST = 20_000  # dots of a page's picture
_NARROW = 20  # times longer than wide: no page, and too long once it is drawn larger
_MOST = 12_000_000  # dots that Tesseract is given
_A4 = 595.0  # points; a picture that does not say its resolution is taken for A4
_DOUBT = 60  # a page read with less than this on average may lie on its side
_BROKEN = (
    OSError, Warning, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError,
    struct.error, MemoryError, NotImplementedError, AttributeError,
)  # fmt: skip  # what Pillow raises for broken pictures
_LINE = re.compile(
    r"class='ocr_(?:line|caption|header|textfloat)' id='[^']*' title=\"bbox (\d+) (\d+) (\d+) (\d+)"
    r"(?:; textangle [\d.-]+)?; baseline (-?[\d.]+) (-?[\d.]+); x_size ([\d.]+)"
)
_WORD = re.compile(
    r"class='ocrx_word' id='[^']*' title='bbox (\d+) (\d+) (\d+) (\d+); x_wconf (\d+)'[^>]*>"
    r"(?:<(?:strong|em)>){0,2}([^<]*)"
)
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_NO_WORDS = {  # a hat or a tone misread, in pairs that mean nothing else
    ("CHỈ", "TIỂU"): "TIÊU", ("Chỉ", "tiểu"): "tiêu", ("chỉ", "tiểu"): "tiêu",
}  # fmt: skip
_CELLS = 2_000  # of one table
_TOGETHER = 100  # cells that are read in one picture
_MARGIN = 24  # dots around a cell there
_STEP = 16  # dots that are taken together when ruling lines are looked for
_DARK = 150  # of 255; rows of letters are lighter on average
_INK = 190  # of 255; lighter dots are paper
_LONG = 320  # dots; a shorter one may be the feet of letters
_THICK = 9  # dots; what is thicker is no ruling line
_RUN = re.compile(rb"\x01{7,}")
_ROTATE = re.compile(r"Rotate: (\d+)")
_STEADY = 80  # of 100: in a line as sure as this, what looks like a word is one
_WORDLIKE = re.compile(r"[^\W\d_]{3}|\d\d")
_LETTER = re.compile(r"[^\W_]")


def extract(data: bytes, name: str) -> Source:
    """A picture file, all its pages."""
    sheets: list[Sheet] = []
    sizes: list[tuple[float, float]] = []
    for number, image in enumerate(_frames(data, name), start=1):
        width, height = _size(image)
        sizes.append((round(width, 1), round(height, 1)))
        sheets.append(sheet(image, number, (width, height), name))
    if not any(one.words for one in sheets):
        raise refuse(IMAGE_NO_TEXT, name)
    return pages.as_source(sheets, "image", name, sizes)


def picture(data: bytes, name: str, page: int, width: int) -> bytes:
    """A page of a picture file as PNG, so many pixels wide."""
    for number, image in enumerate(_frames(data, name), start=1):
        if number == page:
            return as_png(image, width, round(image.height * width / image.width))
    raise refuse(DAMAGED_PDF, name)


def open_image(data: bytes, name: str) -> None:
    """Raises Unreadable where the first page cannot be opened."""
    for _first in _frames(data, name):
        return
    raise refuse(IMAGE_NO_TEXT, name)


def as_png(image: Any, width: int, height: int) -> bytes:
    out = io.BytesIO()
    image.resize((width, max(1, min(height, _HIGHEST)))).save(out, "PNG")
    return out.getvalue()


def _frames(data: bytes, name: str) -> Iterator[Any]:
    """The pages of a picture file on white, upright as the camera held them."""
    try:
        from PIL import Image, ImageSequence
    except ImportError:
        raise refuse(NO_PILLOW, name) from None
    try:
        with Image.open(io.BytesIO(data)) as file:
            for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
                if number > PAGES:
                    raise refuse(TOO_LONG, name)
                if frame.width * frame.height > PIXELS:
                    raise refuse(BOMB, name)
                yield _upright(frame)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise refuse(BOMB, name) from None
    except _BROKEN as error:
        raise refuse(DAMAGED_PDF, name) from error


def _upright(frame: Any) -> Any:
    from PIL import Image, ImageOps

    resolution = frame.info.get("dpi")
    if frame.mode.startswith("I"):  # sixteen bits
        frame = frame.convert("I").point(lambda shade: shade * (1 / 256)).convert("L")
    page = ImageOps.exif_transpose(frame).convert("RGBA")
    page = Image.alpha_composite(Image.new("RGBA", page.size, "white"), page).convert("RGB")
    page.info["dpi"] = resolution
    return page


def _size(image: Any) -> tuple[float, float]:
    """Points: by the resolution that the picture states, where that gives a sheet of paper."""
    stated = (image.info.get("dpi") or (0, 0))[0]
    width = 72 * image.width / float(stated) if stated else 0.0
    if not 200 < width < 2_000:
        width = _A4 if image.height >= image.width else _A4 * 2**0.5
    return width, width * image.height / image.width


def sheet(image: Any, number: int, size: tuple[float, float], name: str) -> Sheet:
    """The words of a picture, levelled; one that lies on its side is turned and read again."""
    if max(image.size) > _NARROW * min(image.size):
        return Sheet(number, *size, ())
    grey = _readable(image.convert("L"))
    turns = _turns(grey, name) if _lies_on_its_side(grey) else 0
    page = _levelled(_turned(grey, turns))
    found = _read_all(page, name)
    if _doubt(found) and not turns and (turns := _turns(grey, name)):
        page = _levelled(_turned(grey, turns))
        found = _read_all(page, name)
    width, height = size if turns % 2 == 0 else size[::-1]
    scale = width / page.grey.width
    usual = _usual(found)
    words = [word for line in found for word in _words(line, scale, usual)]
    ruled = [Rule(*(scale * side for side in rule)) for rule in page.rules]
    first = Sheet(number, width, height, words, ruled, turns, page.slope)
    for column in _beside(first):
        words = _read_again(page.grey, words, column, scale, usual, name)
    return replace(first, words=words)


def _beside(sheet: Sheet) -> Iterator[Box]:
    """The columns of letterhead and signature: Tesseract takes their lines for one, of one size."""
    tables = grids(sheet.rules)
    outside = [word for word in sheet.words if not any(table.holds(word) for table in tables)]
    for stretch in layout.stretches(layout.lines(sheet, outside)):
        if len(stretch.columns) == 2 and sum(map(len, stretch.columns)) < 30:
            for column in stretch.columns:
                yield (
                    min(line.left for line in column) - 4,
                    min(line.top for line in column) - 3,
                    max(line.right for line in column) + 4,
                    max(line.bottom for line in column) + 3,
                )


def _read_again(
    grey: Any, words: list[Word], box: Box, scale: float, usual: float, name: str
) -> list[Word]:
    """The words with those in the box read again by themselves, if as many letters are found."""
    left, top, right, bottom = (round(side / scale) for side in box)
    crop = grey.crop((left, top, right, bottom))
    found = [
        word
        for line in _read(_framed(crop), name, "--psm", "6")
        for word in _words(line.moved(left, top, _MARGIN), scale, usual)
    ]
    inside = {id(word) for word in words if _holds(box, word)}
    before = sum(len(word.text) for word in words if id(word) in inside)
    if sum(len(word.text) for word in found) < 0.9 * before:
        return words
    return [word for word in words if id(word) not in inside] + found


def _framed(crop: Any) -> Any:
    from PIL import ImageOps

    return ImageOps.expand(crop, _MARGIN, 255)


def _holds(box: Box, word: Word) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _read_all(page: _Level, name: str) -> list[_Read]:
    """The lines of a page without its tables, and those of their cells, read one below the other."""
    tables = grids([Rule(*rule) for rule in page.rules])
    cells = [cell for table in tables for cell in _cells(page.grey, table)]
    outside = page.grey
    if tables:
        outside = outside.copy()
        for table in tables:
            edges = (table.across[0], table.down[0], table.across[-1], table.down[-1])
            outside.paste(255, tuple(round(edge) for edge in edges))
    found = _read(outside, name)
    for first in range(0, len(cells), _TOGETHER):
        strip, places = _stacked(cells[first : first + _TOGETHER])
        for line in _read(strip, name, "--psm", "6"):
            at = bisect_right([top for _, _, top in places], line.base) - 1
            found.append(line.moved(*places[max(0, at)]))
    return found


def _cells(grey: Any, table: Grid) -> Iterator[tuple[int, int, Any]]:
    """Left, top and picture of the cells that have ink in them."""
    for left, top, right, bottom in list(table.boxes().values())[:_CELLS]:
        inner = (round(left) + 5, round(top) + 4, round(right) - 5, round(bottom) - 4)
        if inner[2] - inner[0] > 10 and inner[3] - inner[1] > 10:
            inside = grey.crop(inner)
            if sum(inside.histogram()[:128]) > 15:
                yield inner[0], inner[1], inside


def _stacked(found: Sequence[tuple[int, int, Any]]) -> tuple[Any, list[tuple[int, int, int]]]:
    """One picture of many, and where each stood and stands: left, top, top in the new one."""
    from PIL import Image

    width = max(inside.width for _, _, inside in found) + 2 * _MARGIN
    height = sum(inside.height + _MARGIN for _, _, inside in found) + _MARGIN
    strip = Image.new("L", (width, height), 255)
    places: list[tuple[int, int, int]] = []
    at = _MARGIN
    for left, top, inside in found:
        strip.paste(inside, (_MARGIN, at))
        places.append((left, top, at))
        at += inside.height + _MARGIN
    return strip, places


def _turned(grey: Any, turns: int) -> Any:
    return grey.rotate(-90 * turns, expand=True) if turns else grey


def _lies_on_its_side(grey: Any) -> bool:
    """Lines of words make the rows of a page differ more than its columns."""
    small = grey.resize((600, 600), 4)
    return _distinct(small.transpose(5)) > 1.5 * _distinct(small)


def _readable(grey: Any) -> Any:
    """Small pictures are drawn larger, huge ones smaller: letters of some twenty dots are best."""
    width: int = grey.width
    if grey.width * grey.height > _MOST:
        share = (_MOST / (grey.width * grey.height)) ** 0.5
        return grey.resize((round(width * share), round(grey.height * share)))
    return grey.resize((1_600, round(grey.height * 1_600 / width))) if 300 < width < 1_200 else grey


@dataclass(frozen=True, slots=True)
class _Level:
    """A picture turned so that its lines lie, its ruling lines taken out."""

    grey: Any
    slope: float
    rules: list[Box]


def _levelled(grey: Any) -> _Level:
    from PIL import ImageDraw

    slope = _slope(grey)
    if slope:
        grey = grey.rotate(degrees(atan(slope)), resample=2, fillcolor=255)
    ruled = rules(grey)
    if ruled:
        grey = grey.copy()
        draw = ImageDraw.Draw(grey)
        for left, top, right, bottom in ruled:
            draw.rectangle((left - 2, top - 2, right + 2, bottom + 2), fill=255)
    return _Level(grey, slope, ruled)


def _slope(grey: Any) -> float:
    """How much the lines of a page sink to the right: the turn that makes them most distinct."""
    small = grey.resize((600, max(1, round(grey.height * 600 / grey.width))), 4)
    best, most = 0.0, 1.03 * _distinct(small)
    for tenths in [*range(-30, 0, 2), *range(2, 31, 2)]:
        value = _distinct(small.rotate(tenths / 10, resample=2, fillcolor=255))
        if value > most:
            best, most = tenths / 10, value
    for close in (best - 0.1, best + 0.1) if best else ():
        value = _distinct(small.rotate(close, resample=2, fillcolor=255))
        if value > most:
            best, most = close, value
    return tan(radians(best))


def _distinct(small: Any) -> float:
    """How much each row of a picture differs from the next."""
    rows = small.resize((1, small.height), 4).tobytes()
    return float(sum((one - other) ** 2 for one, other in zip(rows, rows[1:], strict=False)))


def rules(grey: Any) -> list[Box]:
    """The ruling lines of a level picture, in its dots: long, dark and thin."""
    turned = grey.transpose(5)  # rows for columns
    standing = [(y0, x0, y1, x1) for x0, y0, x1, y1 in _thin(turned)]
    lying = [
        rule
        for rule in _thin(grey)
        if rule[2] - rule[0] > _LONG
        or any(_meet(rule, rule[0], other) for other in standing)
        and any(_meet(rule, rule[2], other) for other in standing)
    ]
    return [*lying, *standing]


def _meet(lying: Box, end: float, standing: Box) -> bool:
    """Whether a ruling line ends at one that stands."""
    near = abs(end - standing[0]) < 1.5 * _STEP
    return near and standing[1] - _STEP <= lying[1] <= standing[3] + _STEP


def _thin(grey: Any) -> list[Box]:
    """Dark runs that go on below one another for a few rows only."""
    narrow = grey.reduce((_STEP, 1))
    width = narrow.width
    dark = narrow.point([1 if value < _DARK else 0 for value in range(256)]).tobytes()
    found: list[list[int]] = []
    open_runs: list[list[int]] = []
    for y in range(narrow.height):
        row = dark[y * width : (y + 1) * width]
        runs = [run.span() for run in _RUN.finditer(row)] if 1 in row else []
        going = []
        for left, right in runs:
            above = next((run for run in open_runs if run[0] < right and left < run[2]), None)
            if above is None:
                going.append([left, y, right, y])
            else:
                above[:] = [min(left, above[0]), above[1], max(right, above[2]), y]
                if above not in going:
                    going.append(above)
        found.extend(run for run in open_runs if run not in going)
        open_runs = going
    found.extend(open_runs)
    return [
        (max(0, left - 1) * _STEP, top, min(grey.width, (right + 1) * _STEP), bottom)
        for left, top, right, bottom in found
        if bottom - top < _THICK and _is_whole(grey, left * _STEP, top, right * _STEP, bottom)
    ]


def _is_whole(grey: Any, left: int, top: int, right: int, bottom: int) -> bool:
    """Whether there is ink all along: the feet of letters have gaps between them."""
    width = right - left - 2 * _STEP
    band = grey.crop((left + _STEP, max(0, top - 1), right - _STEP, bottom + 2))
    dots = band.point([1 if shade < _INK else 0 for shade in range(256)]).tobytes()
    ink = 0
    for start in range(0, len(dots), width):
        ink |= int.from_bytes(dots[start : start + width], "big")
    return ink.bit_count() > 0.9 * width


@dataclass(frozen=True, slots=True)
class _Read:
    """A line as Tesseract gives it: slope and base from its left edge, size of type, words."""

    left: float
    slope: float
    base: float
    size: float
    boxes: Sequence[tuple[float, ...]]  # left, top, right, bottom, how sure
    texts: list[str]

    def moved(self, left: int, top: int, own: int) -> _Read:
        """The line where it stood before its cell was put into another picture."""
        x, y = left - _MARGIN, top - own
        boxes = [(x0 + x, y0 + y, x1 + x, y1 + y, sure) for x0, y0, x1, y1, sure in self.boxes]
        return replace(self, left=self.left + x, base=self.base + y, boxes=boxes)


def _read(grey: Any, name: str, *options: str) -> list[_Read]:
    markup = _tesseract(grey, name, "-l", "vie", *options, "hocr")
    found: list[_Read] = []
    starts = [match.start() for match in _LINE.finditer(markup)]
    for start, end in zip(starts, [*starts[1:], len(markup)], strict=False):
        line = _LINE.search(markup, start, end)
        if line is None:
            continue
        left, _, _, bottom, slope, base, size = map(float, line.groups())
        words = list(_WORD.finditer(markup, start, end))
        boxes = [tuple(map(float, word.groups()[:5])) for word in words]
        texts = [_cleaned(html.unescape(word[6])) for word in words]
        texts, boxes = _numbered(grey, texts, boxes)
        found.append(_Read(left, slope, bottom + base, size, boxes, _mended(texts)))
    return found


def _cleaned(word: str) -> str:
    """A word without the specks before it that look like half of a quotation mark."""
    text = normalise(glyphs.seen(word)).strip()
    return text.lstrip("'`‘´¬~") or text


def _numbered(
    grey: Any, texts: Sequence[str], boxes: Sequence[tuple[float, ...]]
) -> tuple[list[str], list[tuple[float, ...]]]:
    """The words of a line with Roman numbers by their strokes, and how sure those are."""
    mended, sides = list(texts), list(boxes)
    for place, box in enumerate(boxes):
        counted = roman.number(grey, texts, boxes, place)
        if counted is not None:
            mended[place] = counted.text
            sides[place] = (*box[:4], 100.0 if counted.is_sure else float(SURE))
    return mended, sides


def _mended(texts: list[str]) -> list[str]:
    """Roman numbers that Tesseract takes for letters, and words of the genre that it spells wrongly."""
    mended = list(texts)
    if len(texts) > 1 and len(texts[1]) > 1 and texts[1].isupper():
        mended[0] = {"L": "I.", "HI.": "III.", "IH.": "III."}.get(texts[0], texts[0])
    for place in range(1, len(texts)):
        if texts[place - 1] in ("Quý", "quý"):
            mended[place] = {"HI": "III", "IH": "III", "H": "II"}.get(texts[place], texts[place])
        mended[place] = _NO_WORDS.get((texts[place - 1], mended[place]), mended[place])
        if texts[place - 1] == "nắm" and _YEAR.match(texts[place]):
            mended[place - 1] = "năm"
    if texts == ["Tổng", "công"]:
        mended = ["Tổng", "cộng"]
    return mended


def _tesseract(grey: Any, name: str, *options: str) -> str:
    """What Tesseract answers for a picture; one thread, since several only wait for one another."""
    picture = io.BytesIO()
    grey.save(picture, "PNG", compress_level=1)
    try:
        ran = subprocess.run(
            ["tesseract", "stdin", "stdout", *options],
            input=picture.getvalue(),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except FileNotFoundError:
        raise refuse(NO_TESSERACT, name) from None
    except (subprocess.TimeoutExpired, OSError) as error:
        raise refuse(SLOW_SCAN, name) from error
    if ran.returncode and b"load" in ran.stderr and b"language" in ran.stderr:
        raise refuse(NO_VIETNAMESE, name)
    return ran.stdout.decode("utf-8", "replace")


def _doubt(found: Sequence[_Read]) -> bool:
    sure = [box[4] for line in found for box in line.boxes]
    return not sure or mean(sure) < _DOUBT


def _turns(grey: Any, name: str) -> int:
    """How many quarters to turn a page clockwise, as Tesseract sees it; 0 where it cannot tell."""
    found = _ROTATE.search(_tesseract(grey, name, "-l", "osd", "--psm", "0"))
    return int(found[1]) // 90 % 4 if found else 0


def _usual(found: Sequence[_Read]) -> float:
    sizes = [line.size for line in found for _ in line.boxes]
    return median(sizes) if sizes else 0.0


def _words(line: _Read, scale: float, usual: float) -> Iterator[Word]:
    """The words of a line in points; sizes near the usual one are that."""
    size = usual if 0.8 * usual < line.size < 1.35 * usual else line.size
    first = min((box[0] for box in line.boxes), default=0.0)
    steady = len(line.boxes) > 2 and median(box[4] for box in line.boxes) > _STEADY
    for (x0, y0, x1, y1, sure), text in zip(line.boxes, line.texts, strict=True):
        in_line = steady and 0.35 * line.size < y1 - y0 < 1.6 * line.size
        if sure < SURE and not (in_line and _WORDLIKE.search(text)):
            continue
        if not _LETTER.search(text) and not _stands(text, sure, x0 == first):
            continue
        base = line.base + line.slope * ((x0 + x1) / 2 - line.left)
        sides = (x0 * scale, y0 * scale, x1 * scale, y1 * scale, base * scale, size * scale)
        yield Word(text, *sides, doubtful=sure < DOUBTFUL)


def _stands(text: str, sure: float, is_first: bool) -> bool:
    """Marks without letters are kept where they are sure; others are specks and bits of rules."""
    if is_first and text in ("-", "–", "+"):
        return sure > 2 * SURE
    return sure > 2.5 * SURE and text.strip("|[]_'`~ ") != ""
