"""What a printed name means: units, heads that stand for their body, and groups.

`Names` is built once for a date; `resolve` finds every unit that a printed name holds, longest
names first, and says what is left over, so that nothing is dropped unasked.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Names:
    """Folded phrases → what they mean: a set of unit ids. A group's phrase means all its units."""

    meanings: Mapping[tuple[str, ...], frozenset[str]]
    abbreviations: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]  # (ủy ban nhân dân → ubnd)
    passed_over: frozenset[str]  # words that bind names: và, các, của, thủ trưởng …
    longest: int

    @classmethod
    def build(
        cls,
        phrases: Iterable[tuple[str, frozenset[str]]],
        *,
        abbreviations: Iterable[tuple[str, str]],
        passed_over: Iterable[str],
    ) -> "Names":
        """From folded phrases. A phrase given twice means both."""
        short = tuple((_words(long), _words(to)) for long, to in abbreviations)
        meanings: dict[tuple[str, ...], frozenset[str]] = {}
        for phrase, units in phrases:
            key = _shorten(_words(phrase), short)
            meanings[key] = meanings.get(key, frozenset()) | units
        longest = max(map(len, meanings), default=0)
        return cls(meanings, short, frozenset(passed_over), longest)

    def also(self, phrases: Iterable[tuple[str, frozenset[str]]]) -> "Names":
        """With phrases that count only where these names have no meaning of their own."""
        more: dict[tuple[str, ...], frozenset[str]] = {}
        for phrase, units in phrases:
            key = _shorten(_words(phrase), self.abbreviations)
            more[key] = more.get(key, frozenset()) | units
        longest = max(self.longest, max(map(len, more), default=0))
        return Names({**more, **self.meanings}, self.abbreviations, self.passed_over, longest)


@dataclass(frozen=True)
class Resolved:
    units: frozenset[str]
    left_over: str  # folded words that mean nothing known; empty where all is understood

    @property
    def is_whole(self) -> bool:
        return bool(self.units) and not self.left_over


def resolve(folded: str, names: Names) -> Resolved:
    """The units that a folded printed name means, and the words that mean none."""
    words = _shorten(_words(folded), names.abbreviations)
    units: frozenset[str] = frozenset()
    left: list[str] = []
    place = 0
    while place < len(words):
        length = _longest_name_at(words, place, names)
        if length:
            units |= names.meanings[words[place : place + length]]
        elif words[place] not in names.passed_over:
            left.append(words[place])
        place += length or 1
    return Resolved(units, " ".join(left))


def _longest_name_at(words: tuple[str, ...], place: int, names: Names) -> int:
    """How many words the longest known name at this place has; 0 where there is none."""
    for length in range(min(names.longest, len(words) - place), 0, -1):
        if words[place : place + length] in names.meanings:
            return length
    return 0


def _words(folded: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(folded))


@lru_cache(maxsize=8192)  # the names of a province are few and asked for again and again
def _shorten(
    words: tuple[str, ...], abbreviations: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
) -> tuple[str, ...]:
    text = f" {' '.join(words)} "
    for long, short in abbreviations:
        text = text.replace(f" {' '.join(long)} ", f" {' '.join(short)} ")
    return tuple(text.split())
