"""What a column of a table holds, told by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from vanban.lexicon import columns as words

_LONGEST = 90  # characters of a name; longer cells are no names of columns
_EDGE = " .:*_|-\n\t"
_BRACKETS = re.compile(r"\([^()]*\)")
_STRONG = frozenset(
    ("task", "lead", "partner", "due", "product", "criterion", "most", "scored", "unit")
)
_LETTERHEAD = ("số:", "số ", "ngày ", "nơi nhận", "cộng hòa", "độc lập")


def tidy(name: str) -> str:
    """The name to compare with: small letters, one line, without what stands in brackets."""
    return " ".join(_BRACKETS.sub(" ", name).casefold().split()).strip(_EDGE)


@lru_cache(maxsize=1024)
def role(name: str) -> str:
    """ "number", "task", "lead", "due"…; "value" and "item" of tables of numbers; "" for no name known."""
    if not name or len(name) > _LONGEST or name.rstrip().endswith((":", ";")):
        return ""
    bare = tidy(name)
    if bare in words.NUMBER:
        return "number"
    return _of_work(bare) or _of_numbers(bare)


def _of_work(bare: str) -> str:
    for answer, openings in words.OPENINGS:
        if bare.startswith(openings):
            return answer
    for answer, inside in words.INSIDE:
        if any(word in bare for word in inside):
            return answer
    if bare in words.MOST:
        return "most"
    if bare in words.PRODUCT:
        return "product"
    if bare.startswith(words.DOERS) and any(word in bare for word in words.DOING):
        return "lead"
    return ""


def _of_numbers(bare: str) -> str:
    if bare.startswith(_LETTERHEAD[2:]):
        return ""
    if bare.startswith(words.ITEMS):
        return "item"
    return "value" if bare.startswith(words.VALUES) or _YEAR.search(bare) else ""


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def is_heading(names: Sequence[str]) -> bool:
    """Whether the cells of a row are names of columns: a number column, or two that say their work."""
    roles = [role(name) for name in names]
    known = [one for one in roles if one]
    if len(names) < 2 or len(known) < 2:
        return False
    if roles[0] == "number":
        return True
    strong = {one for one in known if one in _STRONG}
    return len(strong) >= 2 or (len(known) >= 3 and len(known) * 3 > len(names) * 2)


def counts(names: Sequence[str], below: Sequence[str]) -> bool:
    """Whether cells stand above a row of numbers: words for each, and below them a name and numbers."""
    if not 3 <= len(names) == len(below):
        return False
    if not all(0 < len(name) < 60 and not name[0].isdigit() for name in names[1:]):
        return False
    numbers = sum(cell[:1].isdigit() for cell in below[1:])
    return any(map(str.isalpha, below[0])) and numbers * 3 > 2 * len(below[1:])


_LABEL = re.compile(
    r"\(?(?:\d{1,3}(?:\.\d{1,2}){0,4}|[IVX]{1,6}(?:\.\d{1,2}){0,3}|[A-ZĐ]|[a-zđ])(?:[.)/]|\.\))?"
)
_ROMAN = {"I": 1, "V": 5, "X": 10}


def is_label(cell: str) -> bool:
    """Whether a cell holds a running number: 1, 01, 1.2, IV, A, a)."""
    return bool(_LABEL.fullmatch(cell.strip(" *\n")))


def place_of(label: str) -> tuple[int, int]:
    """How deep a running number stands (A, I, 1, 1.1, a) and which one it is on its level."""
    bare = label.strip(" *().\n")
    if bare[:1].isdigit():
        parts = bare.split(".")
        return 1 + len(parts), int(parts[-1]) if parts[-1].isdecimal() else 1
    head, _, tail = bare.partition(".")
    if head and all(letter in _ROMAN for letter in head):
        number = tail.split(".")[-1] if tail else ""
        return (2 + tail.count("."), int(number)) if number.isdecimal() else (1, _roman(head))
    if bare[:1].isupper():
        return 0, ord(bare[0]) - ord("A") + 1
    return 8, ord(bare[:1] or "a") - ord("a") + 1


def _roman(printed: str) -> int:
    values = [_ROMAN[letter] for letter in printed]
    return sum(
        -one if place + 1 < len(values) and one < values[place + 1] else one
        for place, one in enumerate(values)
    )


def follows(last: str | None, label: str) -> bool:
    """Whether a running number may stand in the row below that of `last`: the next, or a first one."""
    if not is_label(label):
        return False
    last = last if last and is_label(last) else None
    _, number = place_of(label)
    return (
        last is None
        or number == 1
        or number == place_of(last)[1] + 1
        or place_of(label)[0] < place_of(last)[0]
    )
