"""Roman numbers of scans: “III/2024” is taken for “II/2024” or “IIH/2024”, so its strokes are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

# what is read for I, II and III, and what stands behind: “IIH/2024.”, “HI.”, “11/2024”, “lÏ”, “L”
_READ = re.compile(r"([IHLl1iïÏÍÌĨ|]{1,5})((?:[/⁄.,;:)\-–].{0,12})?)$")
_PLAIN = re.compile(r"I{1,3}$")
_QUARTER = ("quý", "quí")
_BEFORE = ("lục", "mục", "phần", "chương", "kỳ")
_SLASHES = re.compile("[/⁄]{1,3}")
_RUN = re.compile(rb"\x01{2,}")
_LARGER = 3  # times, so that a stroke of three dots has edges
_UPPER, _LOWER = (0.22, 0.28, 0.34), (0.66, 0.72, 0.78)  # heights of a letter without its feet
_MIDDLE = (0.4, 0.44, 0.48, 0.52, 0.56, 0.6)  # where H has its bar
_HEAD = (0.0, 0.03, 0.06)  # where the feet at the head of a letter are
_FOOT = 0.06  # of its height: how far they reach at least
_WIDEST = 0.4  # of a letter's height: a stroke
_NEXT = 0.95  # of its height: from the middle of one stroke to the next of one number
_LEAN, _UNLIKE = 0.2, 0.08  # of its height: how far a stroke leans there; “/” leans more

Edges = tuple[float, float, float, float]  # left, top, right, bottom in dots


@dataclass(frozen=True, slots=True)
class Number:
    """A Roman number as it is to be read; `is_sure` where its strokes could be counted."""

    text: str
    is_sure: bool


def number(
    grey: Any, texts: Sequence[str], boxes: Sequence[Sequence[float]], place: int
) -> Number | None:
    """The word of a line as a Roman number, where it stands as one; None for other words."""
    found = _READ.match(texts[place])
    if found is None or not _is_place_of_number(texts, place, found[1]):
        return None
    left, top, right, bottom = boxes[place][:4]
    if place:
        left = max(boxes[place - 1][2] + 1, left - 0.5 * (bottom - top))
    box = (left - 2 if not place else left, top, right, bottom)
    if found[1].isdigit() and texts[place - 1].lower() not in _QUARTER:
        strokes = count(grey, box, with_feet=True)
        return Number("I" * strokes + found[2], True) if strokes else None
    strokes = count(grey, box)
    tail = "." if found[0] == "L" else _SLASHES.sub("/", found[2])
    if strokes:
        return Number("I" * strokes + tail, True)
    return Number(texts[place], False)


def _is_place_of_number(texts: Sequence[str], place: int, core: str) -> bool:
    """After “quý”, “Phụ lục”; alone in a cell; before a heading in capitals; or plainly II."""
    before = texts[place - 1].lower() if place else ""
    if core.isdigit():
        return before in _BEFORE or len(texts) == 1 or len(core) > 1 and before in _QUARTER
    if before in _QUARTER or before in _BEFORE:
        return True
    if len(texts) == 1:
        return "L" not in core and core not in ("i", "|")
    if not place and len(texts[1]) > 1 and texts[1].isupper():
        return True
    return _PLAIN.match(core) is not None


def count(grey: Any, box: Edges, *, with_feet: bool = False) -> int | None:
    """How many upright strokes a word begins with: one to three; None where that is not plain.

    `with_feet`: each must reach to the right at its head, as I does and 1 does not.
    """
    dots, width, height = _ink(grey, box)
    rows = [dots[y * width : (y + 1) * width] for y in range(height)]
    first = min((row.find(1) for row in rows if 1 in row), default=width)
    letter = [y for y, row in enumerate(rows) if 1 in row[first : first + height // 3]]
    if not letter or letter[-1] - letter[0] < 8 * _LARGER:
        return None
    top, tall = letter[0], letter[-1] - letter[0] + 1
    counts = Counter(
        _strokes(_runs(rows[top + round(high * tall)]), _runs(rows[top + round(low * tall)]), tall)
        for high, low in product(_UPPER, _LOWER)
    )
    strokes, votes = counts.most_common(1)[0]
    middle = [_runs(rows[top + round(at * tall)])[:strokes] for at in _MIDDLE]
    barred = any(wide > _WIDEST * tall for runs in middle for _, wide in runs)
    if votes < 7 or not 1 <= strokes <= 3 or barred:
        return None
    if with_feet:
        stems = _runs(rows[top + round(_UPPER[0] * tall)])[:strokes]
        heads = [_runs(rows[top + round(at * tall)]) for at in _HEAD]
        edges = [round(middle + wide / 2 + _FOOT * tall) for middle, wide in stems]
        if not all(any(_covers(head, edge) for head in heads) for edge in edges):
            return None
    return strokes


def _covers(runs: Sequence[tuple[float, float]], at: float) -> bool:
    return any(abs(at - middle) < wide / 2 for middle, wide in runs)


def _ink(grey: Any, box: Edges) -> tuple[bytes, int, int]:
    """The dots of a word, drawn larger: 1 is ink."""
    left, top, right, bottom = (round(side) for side in box)
    crop = grey.crop((max(0, left), max(0, top - 2), max(1, right, left + 1) + 2, bottom + 2))
    crop = crop.resize((crop.width * _LARGER, crop.height * _LARGER), 3)
    shades = sorted(crop.tobytes())
    edge = (shades[len(shades) // 50] + shades[len(shades) * 3 // 4]) / 2
    dots = crop.point([1 if shade < edge else 0 for shade in range(256)]).tobytes()
    return dots, crop.width, crop.height


def _runs(row: bytes) -> list[tuple[float, float]]:
    """Middle and width of what is inked on one height, from the left."""
    return [((run.start() + run.end()) / 2, run.end() - run.start()) for run in _RUN.finditer(row)]


def _strokes(
    upper: Sequence[tuple[float, float]], lower: Sequence[tuple[float, float]], tall: int
) -> int:
    """How many runs stand on the same places on both heights, until the first that does not."""
    found = 0
    lean = last = 0.0
    for (high, wide), (low, broad) in zip(upper, lower, strict=False):
        own = high - low
        middle = (high + low) / 2
        if max(wide, broad) > _WIDEST * tall or abs(own) > _LEAN * tall:
            break
        if found and (abs(own - lean) > _UNLIKE * tall or middle - last > _NEXT * tall):
            break
        if not found:
            lean = own
        last = middle
        found += 1
    return found
