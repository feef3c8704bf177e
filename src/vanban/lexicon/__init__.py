"""Words as data: what the reader knows about the language of offices."""

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest that fits.

    Words with the same first letter stand together, so that a search tries few of them at a place.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        groups.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items())


def in_both_cases(words: Iterable[str]) -> list[str]:
    """The words as they stand within a sentence and at its head."""
    return [form for word in words for form in (word, word[0].upper() + word[1:])]
