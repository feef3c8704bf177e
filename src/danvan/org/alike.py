"""Names, compared as people do."""

import re
import unicodedata
from functools import lru_cache

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_TONES = "\u0300\u0309\u0303\u0301\u0323"


def tidy(words: str) -> str:
    """NFC, blanks of every kind folded, without what cannot be seen."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", words)).split())


@lru_cache(maxsize=65_536)
def alike(words: str) -> str:
    """The same for “UBND xã Hoà An” and “Ủy ban nhân dân xã Hòa An”, another for “Hóa An”."""
    text = _syllables(re.sub(r"\s*[-–—]\s*", "-", tidy(words).lower()))
    for long, short in _SHORT:
        text = text.replace(long, short)
    return text


def _syllables(text: str) -> str:
    """Each with its tone at its end, wherever it was put."""
    found = []
    for word in unicodedata.normalize("NFD", text).split():
        tones = "".join(one for one in word if one in _TONES)
        found.append("".join(one for one in word if one not in _TONES) + tones)
    return " ".join(found)


_SHORT = [
    (_syllables(long), short)
    for long, short in (
        ("ủy ban nhân dân", "ubnd"),
        ("hội đồng nhân dân", "hđnd"),
        ("mặt trận tổ quốc", "mttq"),
    )
]
