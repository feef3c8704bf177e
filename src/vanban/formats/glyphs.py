"""Letters that fonts of PDF files give instead of those that are seen."""

from __future__ import annotations

import re

# ƣ and Ƣ stand for ư and Ư in fonts that number their letters wrongly; the rest are ligatures,
# look-alikes of đ, bullets of symbol fonts, and hyphens at the end of a line.
_SEEN = {
    "ƣ": "ư", "Ƣ": "Ư", "ð": "đ", "Ð": "Đ", "Ɖ": "Đ",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
    "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ",
    "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
    "\x02": "-", "\ufffe": "-", "\u2010": "-", "\u2011": "-",
    "\uf02d": "-", "\uf0b7": "-", "\uf0a7": "-", "\uf0d8": "-", "\uf0fc": "-", "\uf076": "-",
    "\uf02b": "+",
}  # fmt: skip
_TABLE = str.maketrans(_SEEN)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ue000-\uf8ff\uffff]")


def seen(words: str) -> str:
    """The letters that a reader of the page sees."""
    return _CONTROL.sub("", words.translate(_TABLE))
