"""Vietnamese words for searching and sorting, made in Python: the database has no such collation."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.utils import translation

P = ParamSpec("P")
R = TypeVar("R")

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(ord("A") + place) for place, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


@lru_cache(maxsize=8192)  # the names of a province are folded again and again
def fold(words: str) -> str:
    """Lower case without diacritics (đ → d), blanks folded: “Sở Nội vụ” → “so noi vu”."""
    bare = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    kept = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", kept).strip()


def sort_key(words: str) -> str:
    """Sorts as Vietnamese does: letters a ă â b … first, tones (ngang huyền hỏi ngã sắc nặng) after."""
    letters, tones = [], []
    for letter in unicodedata.normalize("NFC", words.lower()):
        parts = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in parts if mark in _TONES), "")
        base = unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else letter
        letters.append(_RANK.get(base, base))
        tones.append(_TONES.get(tone, "0"))
    return "".join(letters) + "\t" + "".join(tones)


def in_digits(day: date) -> str:
    """05/03/2026: as dates stand in tables and in what is told."""
    return f"{day:%d/%m/%Y}"


def in_vietnamese(function: Callable[P, R]) -> Callable[P, R]:
    """What the function writes down is Vietnamese, whichever language its caller reads."""

    @wraps(function)
    def written(*args: P.args, **kwargs: P.kwargs) -> R:
        with translation.override("vi"):
            return function(*args, **kwargs)

    return written
