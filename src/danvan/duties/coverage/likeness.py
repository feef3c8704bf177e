"""How alike two sentences are, by the words of both plans that they share."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from .words import COMMON, same

_SAME = same()
_LONGEST = max(phrase.count(" ") + 1 for phrase in _SAME)
_NUMBERED = re.compile(r"\b\d+[a-z]*(?:/\d{4})?[-/][a-zđ][a-zđ0-9]*(?:[-/][a-zđ0-9]+)*")  # 09-ct/tu
_DAY = re.compile(
    r"\b(?:ngày\s+)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?\b"
    r"|\bngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?"
    r"|\btháng\s+\d{1,2}(?:/\d{4})?|\bquý\s+(?:iv|i{1,3})(?:[/ ]\s*(?:năm\s+)?\d{4})?"
    r"|\bnăm\s+\d{4}\b|\b\d{4}\b"
)
_QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
_SYLLABLE = re.compile(r"=\d+|\d+(?:-[a-zđ]+)?(?:/[a-zđ]+)*|[^\W\d_]+")
_GROUP, _PAIR, _SINGLE, _NAME = 1.5, 0.7, 0.8, 2.0  # how much a kind of word says
_EARLY, _LATE = 1.3, 0.9  # what is done stands first, how and where comes after
_FIRST = 6  # words that are no commonplace
_SAYS_LITTLE = 0.12
_OTHERS_ONLY = 0.45  # a word that the other plan never uses: a place, a name of the unit's own
_TO_ANOTHER = 0.55  # a report to somebody else is another report
_KINDS_OF_BODY = frozenset({"sở", "ban", "bộ", "cục", "tỉnh", "xã", "phường"})
_LACKING_NAME = 0.6  # one names a movement, a column, a model, the other does not


@dataclass(frozen=True)
class Words:
    """A sentence as weighed: word → how early it stands (1 from the first dozen)."""

    words: dict[str, float]
    names: frozenset[str]  # in quotation marks
    receiver: frozenset[str] = frozenset()  # the words of whom it goes to


def plain(text: str) -> str:
    """Lower case, one blank between words, numbers of documents kept, days taken out."""
    lower = unicodedata.normalize("NFC", text).lower()
    kept = _NUMBERED.sub(lambda found: f" {found[0].replace('/', '-')} ", lower)
    return re.sub(r"\s+", " ", _DAY.sub(" ", kept)).strip()


def words_of(text: str, without: Iterable[str] = (), receiver: str = "") -> Words:
    """The words of a sentence; names of doers are no part of what is done."""
    lower = plain(text)
    for name in without:
        lower = lower.replace(plain(name), " ")
    names = frozenset(
        " ".join(_SYLLABLE.findall(one)) for one in _QUOTED.findall(lower) if len(one) > 3
    )
    syllables = _grouped(_SYLLABLE.findall(lower))
    found: dict[str, float] = {}
    early = 0
    for place, one in enumerate(syllables):
        early += one not in COMMON
        rank = _EARLY if early <= _FIRST else _LATE
        found.setdefault(one, rank)
        if place and not (one in COMMON and syllables[place - 1] in COMMON):
            found.setdefault(f"{syllables[place - 1]} {one}", rank)
    return Words(found, names, frozenset(_grouped(_SYLLABLE.findall(plain(receiver)))))


def _grouped(syllables: Sequence[str]) -> list[str]:
    """With every known phrase, the longest first, as the word of its group."""
    found: list[str] = []
    place = 0
    while place < len(syllables):
        for length in range(min(_LONGEST, len(syllables) - place), 0, -1):
            group = _SAME.get(" ".join(syllables[place : place + length]))
            if group:
                found.append(group)
                place += length
                break
        else:
            found.append(syllables[place])
            place += 1
    return found


def _kind(word: str) -> float:
    if " " in word:
        return _PAIR
    if word.startswith("="):
        return _GROUP
    return _NAME if "-" in word else _SINGLE


def alike(uppers: Sequence[Words], lowers: Sequence[Words]) -> list[list[float]]:
    """Upper × lower, 0 to 1: the weight of what they share, the rarer a word the more it weighs."""
    above = Counter(word for one in uppers for word in one.words)
    below = Counter(word for one in lowers for word in one.words)
    weights = _weights(above, below, len(uppers) + len(lowers))
    heavy = [{w: weights[w] * rank for w, rank in one.words.items()} for one in uppers]
    light = [{w: weights[w] * rank for w, rank in one.words.items()} for one in lowers]
    above_sums, below_sums = [sum(h.values()) for h in heavy], [sum(h.values()) for h in light]
    return [
        [
            score and score * _apart(uppers[i], lowers[j])
            for j, one in enumerate(light)
            for score in [_score(up, one, above_sums[i], below_sums[j])]
        ]
        for i, up in enumerate(heavy)
    ]


def _apart(upper: Words, lower: Words) -> float:
    return (_LACKING_NAME if _lacks(upper, lower) else 1) * (
        _TO_ANOTHER if _go_apart(upper, lower) else 1
    )


def _weights(above: Counter[str], below: Counter[str], sentences: int) -> dict[str, float]:
    found = {}
    for word in {*above, *below}:
        weight = log(1 + sentences / (above[word] + below[word])) * _kind(word)
        if all(part in COMMON for part in word.split(" ")):
            weight *= _SAYS_LITTLE
        found[word] = weight if above[word] and below[word] else weight * _OTHERS_ONLY
    return found


def _score(up: dict[str, float], low: dict[str, float], above: float, below: float) -> float:
    shared = up.keys() & low.keys()
    if not shared:
        return 0.0
    common = sum((up[word] + low[word]) / 2 for word in shared)
    of_upper, of_lower = min(1.0, common / above), min(1.0, common / below)
    return 0.55 * max(of_upper, of_lower) + 0.45 * min(of_upper, of_lower)


def _lacks(upper: Words, lower: Words) -> bool:
    return bool(upper.names or lower.names) and not any(
        one in other or other in one for one in upper.names for other in lower.names
    )


def _go_apart(upper: Words, lower: Words) -> bool:
    """Both name whom it goes to, and it is not the same body."""
    both = upper.receiver & lower.receiver
    return bool(upper.receiver and lower.receiver) and both <= _KINDS_OF_BODY
