"""Text in TCVN3, VNI, VISCII or Windows-1258: recognised, and turned into Unicode.

Recognition asks what the words would be. A word counts for an encoding where, converted, it is a
possible Vietnamese syllable; common words are asked for besides, so that French stays French.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from vanban.lexicon.encodings import FREQUENT_MARKED, TCVN3, VISCII, VNI
from vanban.text import normalise

_ONSET = "ngh?|nh|n|gh|gi|g|kh|k|ch|c|ph|p|qu|q|th|tr|t|[bdđhlmrsvx]"
_PLAIN = {"ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "o", "ư": "u"}
_SYLLABLE = re.compile(rf"(?:{_ONSET})?(?P<vowels>[aăâeêioôơuưy]{{1,3}})(?:ngh?|ch|nh|[cmnpt])?")
_NUCLEI = frozenset(
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iu oa oă oe oi oo ôi ơi ua uâ uê ui uô uơ uy ưa ưi "
    "ươ ưu yê iêu oai oay oeo uây uôi ươi ươu uya uyê uyu yêu oao uao ue uô".split()
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD = re.compile(r"[^\s\d.,;:!?()\[\]{}<>/\\|“”\"'…\-–—_+=%*#&@^~`$]+")
_WESTERN = re.compile(r"[\x80-\xff]")
_VNI = re.compile("|".join(sorted(VNI, key=len, reverse=True)))
_TCVN3 = str.maketrans(TCVN3)
_TCVN3_FONT = ".vn"
_VNI_FONT = "vni"
# Letters that stand in almost any line of TCVN3 and VNI (đ Đ â ư ệ) and in none of Unicode.
_SUSPECT = "®§©\u00adÖñÑö·ß¸\u00b5"
_SAMPLE = 40_000  # characters asked
_LEAST = 3  # words with a mark, for a text to be recognised


def _tcvn3(text: str) -> str:
    return _capitals(text, text.translate(_TCVN3))


def _vni(text: str) -> str:
    return _VNI.sub(lambda found: VNI[found[0]], text)


def _capitals(shown: str, text: str) -> str:
    """TCVN3 has no capitals with a tone: in words and lines of capitals, small letters are capitals."""
    lines = []
    for before, line in zip(shown.split("\n"), text.split("\n"), strict=True):
        if _is_capital(" ".join(word for word in before.split() if not _NUMBERED.search(word))):
            lines.append(line.upper())
        else:
            lines.append(_CAPITAL_WORD.sub(_all_capitals, line))
    return "\n".join(lines)


_CAPITAL_WORD = re.compile(r"[^\W\d_]{2,8}")
_NUMBERED = re.compile(r"[\d/]")  # “45/KH-UBND” says nothing of the words beside it


_SMALL = re.compile("[a-z]")
_TWO_CAPITALS = re.compile("[A-Z][^A-Z]*[A-Z]")


def _is_capital(line: str) -> bool:
    return not _SMALL.search(line) and bool(_TWO_CAPITALS.search(line))


def _all_capitals(found: re.Match[str]) -> str:
    word = found[0]
    return word.upper() if _is_capital(word) else word


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding: its name, bytes → text, and (where letters can pass for Western) text → text."""

    name: str
    decode: Callable[[bytes], str]
    convert: Callable[[str], str] | None = None


def _western(data: bytes) -> str:
    """Windows-1252, its five holes filled as browsers do."""
    return "".join(map(_WINDOWS.__getitem__, data))


_WINDOWS = [
    bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(256)
]  # 81 8D 8F 90 9D stand for themselves
_VISCII_ALL = [VISCII.get(code, chr(code)) for code in range(256)]

_TCVN3_ENCODING = Encoding("tcvn3", lambda data: _tcvn3(_western(data)), _tcvn3)
_VNI_ENCODING = Encoding("vni", lambda data: _vni(_western(data)), _vni)
_ENCODINGS = (
    _TCVN3_ENCODING,
    _VNI_ENCODING,
    Encoding("viscii", lambda data: "".join(map(_VISCII_ALL.__getitem__, data))),
    Encoding("cp1258", lambda data: normalise(data.decode("cp1258", "replace"))),
)


def decode(data: bytes) -> tuple[str, str] | None:
    """Text and encoding of bytes that are no UTF-8; None where they are in none of the encodings."""
    sample = data[:_SAMPLE]
    best = max(_ENCODINGS, key=lambda encoding: _score(encoding.decode(sample)))
    if _score(best.decode(sample)) < 1:
        return None
    return best.decode(data), best.name


def western(data: bytes) -> str:
    return _western(data)


def _score(text: str) -> float:
    """How sure the text is Vietnamese: over 1 it is."""
    words = [word for word in _WORD.findall(text.lower()) if not word.isascii()]
    if not words:
        return 0
    possible = sum(is_syllable(word) for word in words) / len(words)
    common = sum(word in FREQUENT_MARKED for word in words)
    few = min(1.0, len(words) / _LEAST)
    if possible < 0.75 or common < max(1, len(words) * 0.25):
        return 0
    return (possible + common / len(words)) * few + (0.25 if few == 1 else 0)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a small word can be a Vietnamese syllable: its letters in order, one tone at most."""
    if len(word) > 7:
        return False
    apart = unicodedata.normalize("NFD", word)
    tones = sum(letter in _TONES for letter in apart)
    if tones > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(c for c in apart if c not in _TONES))
    found = _SYLLABLE.fullmatch(bare)
    return bool(found) and (found["vowels"] in _NUCLEI if found else False)


def repair(text: str) -> tuple[str, str]:
    """The text with lines of TCVN3 or VNI turned into Unicode, and the encoding found ("" if none)."""
    if not any(letter in text for letter in _SUSPECT):
        return text, ""
    whole = _encoding_of_text(text[:_SAMPLE])
    alone = whole is not None and _is_western(text[:_SAMPLE])
    if alone and whole and whole.convert and _is_western(text):
        return whole.convert(text), whole.name
    names = [whole.name] if whole else []
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if not _WESTERN.search(line):
            continue
        found = _encoding_of_line(line, whole, alone)
        if found and found.convert:
            lines[at] = found.convert(line)
            names.append(found.name)
    return ("\n".join(lines), names[0]) if names else (text, "")


def _encoding_of_text(text: str) -> Encoding | None:
    western = "\n".join(line for line in text.split("\n") if _is_western(line))
    return _better(western, _score(western.lower()))


def _encoding_of_line(line: str, whole: Encoding | None, alone: bool) -> Encoding | None:
    """What to read a line as; `alone`: all of the text is in the encoding of the whole."""
    if not _is_western(line):
        return None
    as_it_is = _sense(line)
    if whole and whole.convert:
        other = _sense(whole.convert(line))
        if other > as_it_is or (alone and other == as_it_is):
            return whole
    return _better(line, _score(line)) if as_it_is[0] < 0.5 else None


def _better(text: str, as_it_is: float) -> Encoding | None:
    """The encoding in which the text makes more sense than as it is."""
    scored = [
        (_score(encoding.convert(text)), encoding) for encoding in _ENCODINGS if encoding.convert
    ]
    score, best = max(scored, key=lambda pair: pair[0])
    return best if score > max(1.0, as_it_is) else None


def _sense(line: str) -> tuple[float, int]:
    """How many of the words are possible syllables, how many are common."""
    words = [word for word in _WORD.findall(line.lower()) if not word.isascii()]
    possible = sum(map(is_syllable, words)) / len(words) if words else 1.0
    return possible, sum(word in FREQUENT_MARKED for word in words)


def _is_western(text: str) -> bool:
    """Whether no letter is beyond Windows-1252: Vietnamese in Unicode has some in every line."""
    return not _UNICODE.search(text)


_BEYOND = "".join(_WINDOWS[0x80:0xA0]) + "\u2212\u2010\u2011\uf0b7\uf02d\u2009\u200b"
_UNICODE = re.compile(rf"[^\x00-\xff{re.escape(_BEYOND)}]")


def is_legacy_font(font: str) -> bool:
    return font[:3].lower() in (_TCVN3_FONT, _VNI_FONT)


def encoding_of(font: str) -> str:
    return "vni" if font[:3].lower() == _VNI_FONT else "tcvn3"


def convert(text: str, font: str) -> str:
    """Text that was written in a typeface of one of the encodings; Unicode in it stays."""
    if not _is_western(text):
        return text
    if encoding_of(font) == "vni":
        return _vni(text)
    if font.rstrip().endswith(("H", "h")):
        return text.translate(_TCVN3).upper()
    return _tcvn3(text)


def convert_pieces(pieces: Iterable[str], fonts: dict[int, str]) -> str:
    """Pieces of a paragraph, those in such a typeface converted; neighbours go together."""
    words: list[str] = []
    waiting, font = "", ""
    for at, piece in enumerate(pieces):
        own = fonts.get(at, "")
        if own != font:
            words.append(convert(waiting, font) if font else waiting)
            waiting, font = "", own
        waiting += piece
    words.append(convert(waiting, font) if font else waiting)
    return "".join(words)
