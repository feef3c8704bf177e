"""How easily a password is guessed, and how long one waits before trying to send again."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from zxcvbn import zxcvbn

from danvan.text import fold

LEAST_LETTERS = 10
LEAST_SCORE = 3  # of 4: more than 10^8 guesses
JUDGED_LETTERS = 72  # what comes after adds strength that nobody needs, and costs time
DIGEST = 40  # letters of a SHA-1 in hexadecimal
FAMILIAR = Path(__file__).with_name("words_of_passwords.txt")

_TELEX = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_VNI = {"ă": "a8", "â": "a6", "đ": "d9", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7"}
_TONES = {  # mark → how Telex and VNI type it: huyền, sắc, hỏi, ngã, nặng
    "\u0300": ("f", "2"),
    "\u0301": ("s", "1"),
    "\u0309": ("r", "3"),
    "\u0303": ("x", "4"),
    "\u0323": ("j", "5"),
}

_one_at_a_time = Lock()  # zxcvbn keeps what is known of the person in a table of the module


def typed(words: str) -> set[str]:
    """How words end up in a field for passwords: mật khẩu → matkhau, maatjkhaaur, ma6t5kha6u3, mk.

    Such a field often knows no Vietnamese, so that the keys of Telex or VNI stay as they were typed.
    """
    syllables = unicodedata.normalize("NFC", words.lower()).split()
    ways = {
        fold(words).replace(" ", ""),
        "".join(_keyed(one, _TELEX, 0) for one in syllables),
        "".join(_keyed(one, _VNI, 1) for one in syllables),
    }
    if len(syllables) > 1:
        initials = "".join(one[:1] for one in fold(words).split())
        ways |= {initials, *fold(words).split()} if len(syllables) > 2 else {initials}
    return {one for one in ways if len(one) > 1}


def _keyed(syllable: str, letters: dict[str, str], method: int) -> str:
    """One syllable as it is typed: the tone last, as most people do."""
    typed, tone = [], ""
    for letter in syllable:
        parts = unicodedata.normalize("NFD", letter)
        mark = next((one for one in parts if one in _TONES), "")
        base = unicodedata.normalize("NFC", parts.replace(mark, "")) if mark else letter
        typed.append(letters.get(base, base))
        tone = _TONES[mark][method] if mark else tone
    return "".join(typed) + tone


@lru_cache(maxsize=1)
def familiar() -> tuple[str, ...]:
    """Words that are guessed first in Viet Nam, in every way in which they are typed."""
    lines = FAMILIAR.read_text("utf-8").splitlines()
    words = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return tuple(dict.fromkeys(way for one in words for way in sorted(typed(one))))


def of_ones_own(*said: str) -> list[str]:
    """What is known of a person, cut into what passwords are made of: any run of its syllables."""
    found: dict[str, None] = {}
    for one in said:
        syllables = [part for part in re.split(r"[\s.@_+-]+", one) if part]
        runs = [
            " ".join(syllables[start:end])
            for start in range(len(syllables))
            for end in range(start + 1, len(syllables) + 1)
        ]
        for part in (one, *runs):
            found |= dict.fromkeys(sorted(typed(part)))
    return list(found)


def score(password: str, known: Iterable[str] = ()) -> int:
    """0 (guessed at once) to 4, with what is known of the person among the first guesses.

    It is judged as written, without diacritics, and without what stands between its words, and
    the easiest of these counts: Mật-Khẩu@2024 is matkhau2024.
    """
    judged = password[:JUDGED_LETTERS]
    inputs = [*known, *familiar()]
    plain = fold(judged)[:JUDGED_LETTERS]
    squeezed = re.sub(r"[\W_]+", "", plain)
    scores = [_judged(one, inputs)["score"] for one in {judged, plain}]
    if squeezed:
        result = _judged(squeezed, inputs)
        unknown = sum(len(m["token"]) for m in result["sequence"] if m["pattern"] == "bruteforce")
        if unknown * 2 < len(squeezed):  # made of words: the signs between add nothing
            scores.append(result["score"])
    return int(min(scores))


def _judged(password: str, inputs: list[str]) -> dict[str, Any]:
    with _one_at_a_time:
        result: dict[str, Any] = zxcvbn(password, user_inputs=inputs)
    return result


def is_breached(password: str, file: Path) -> bool:
    """Whether its SHA-1 stands in a file of `HASH:COUNT` lines, ordered by hash: a binary search.

    The file is what the Pwned Passwords Downloader writes; it is some 40 GB, and some thirty
    reads find the line.
    """
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as lines:
        low, high = 0, file.stat().st_size
        while low < high:
            middle = (low + high) // 2
            lines.seek(middle)
            if middle:
                lines.readline()  # the rest of a line begun before
            digest = lines.readline()[:DIGEST].upper()
            if not digest or digest > wanted:
                high = middle
            elif digest < wanted:
                low = middle + 1
            else:
                return True
        lines.seek(0)
        return lines.readline()[:DIGEST].upper() == wanted
