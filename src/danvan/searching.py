"""Words sought as people type them: without diacritics, in any order, by how they begin.

PostgreSQL's own parts and no extension: the one that comes in a wheel brings none along.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, Q, QuerySet, TextField

from danvan.text import fold

_WORD = re.compile(r"[a-z0-9]+")
_QUOTED = re.compile('["“”]([^"“”]+)["“”]')
_NUMBER_SIGN = re.compile(r"^so (?=\d)")  # “số 25-NQ/TW”
_MOST = 20  # words that are asked for
_TYPED = 300  # letters that are looked at: a question of ten thousand words breaks the database
_LONGEST, _MUCH = 100, 20_000  # letters of a word, and of a text, that are kept


class Words(Func):
    """The words of some fields, as `words_of` says them: for a column that the database keeps."""

    output_field = TextField()
    arg_joiner = " || ' ' || "
    # Marks are taken off before the case, for a database whose locale knows ASCII letters alone.
    template = (
        r"(' ' || regexp_replace(btrim(regexp_replace(lower(translate(regexp_replace("
        r"normalize(left(%(expressions)s, 20000), NFD), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dd')), "
        r"'[^a-z0-9]+', ' ', 'g')), '\y0+(?=[0-9]+\y)', '', 'g') || ' ')"
    )


class KeptWords(Func):
    """A field of such words as an index holds it, and as a question is answered by it."""

    output_field = SearchVectorField()
    template = "to_tsvector('simple'::regconfig, %(expressions)s)"


Rows = TypeVar("Rows", bound=QuerySet[Any])


def sought(rows: Rows, typed: str, *, few: int, or_else: Q | None = None) -> Rows:
    """Those whose `folded` holds what is typed, or that are so else.

    Asks at once how many there are: few are named one by one, so that they are sorted and not met
    on the way through all others; of many the next is never far.
    """
    words = asked(typed)
    if words is None:
        return rows.none() if typed.strip() else rows
    else_ = or_else or Q()
    known = rows.alias(words=KeptWords("folded")).filter(Q(words=words) | else_)
    found = list(known.order_by().values_list("pk", flat=True)[: few + 1])
    if len(found) <= few:
        return rows.filter(pk__in=found)
    return rows.filter(standing_in("folded", typed) | else_)


def words_of(*texts: str) -> str:
    """The words of texts, each between blanks, a number without its first zeros: “ 8 cv bcd ”."""
    words = (_bare(word)[:_LONGEST] for word in _WORD.findall(fold(" ".join(texts))))
    return f" {' '.join(words)} "[:_MUCH]


def _bare(word: str) -> str:
    return (word.lstrip("0") or "0") if word.isdigit() else word


@dataclass(frozen=True)
class _Phrase:
    """Words that stand side by side; the last may go on, unless it is a number or was quoted."""

    words: tuple[str, ...]
    is_whole: bool

    @property
    def may_go_on(self) -> bool:
        return not self.is_whole and not self.words[-1].isdigit()


def _phrases(typed: str) -> Iterator[_Phrase]:
    """What is typed in one piece or in quotes is sought in one piece: 25-NQ/TW, “tiếp công dân”."""
    typed = typed[:_TYPED]
    for quoted in _QUOTED.findall(typed):
        if words := tuple(_WORD.findall(fold(quoted))):
            yield _Phrase(words, is_whole=True)
    loose = _NUMBER_SIGN.sub("", fold(_QUOTED.sub(" ", typed)))
    found = [words for piece in loose.split() if (words := tuple(_WORD.findall(piece)))]
    for words in found:  # “dan van” is not found in “đảng, vận”: who types on types the last word
        yield _Phrase(words, is_whole=words is not found[-1])


def asked(typed: str) -> SearchQuery | None:
    """The question put to `Words`; none where nothing is typed that could be found."""
    phrases = list(_phrases(typed))[:_MOST]
    if not phrases:
        return None
    raw = " & ".join(f"({' <-> '.join(_terms(one))})" for one in phrases)
    return SearchQuery(raw, config="simple", search_type="raw")


def standing_in(field: str, typed: str) -> Q:
    """The same asked word by word of a field that holds what `words_of` says: for one row cheap.

    An index finds the rows of a rare word at once; those of a common word are met on the way
    through the newest.
    """
    asked_for = Q()
    for one in list(_phrases(typed))[:_MOST]:
        words = " ".join(map(_bare, one.words))
        asked_for &= Q(**{f"{field}__contains": f" {words}{'' if one.may_go_on else ' '}"})
    return asked_for


def _terms(phrase: _Phrase) -> Iterator[str]:
    *first, last = (_number(word) if word.isdigit() else f"'{word}'" for word in phrase.words)
    yield from first
    yield f"{last}:*" if phrase.may_go_on else last


def _number(digits: str) -> str:
    """08 is 8: numbers are printed either way."""
    bare = _bare(digits)
    return f"('{bare}' | '0{bare}')" if len(bare) == 1 else f"'{bare}'"


@dataclass(frozen=True)
class Piece:
    """A part of a text, and whether it is what was sought."""

    text: str
    is_found: bool


_BEFORE = 60  # letters that stand before what was found, where the beginning is left out
_SHOWN = 120  # letters of a text that one sees without opening it


def pieces(text: str, typed: str, *, is_cut: bool = False) -> list[Piece]:
    """The text with what was sought in it; cut, it begins near the first of that."""
    spans = list(_spans(text, typed))
    start = 0
    if is_cut and spans and spans[0][0] > _SHOWN:
        start = text.find(" ", spans[0][0] - _BEFORE) + 1
    found, here = [Piece("… ", is_found=False)] if start else [], start
    for begin, end in spans:
        found += [Piece(text[here:begin], is_found=False), Piece(text[begin:end], is_found=True)]
        here = end
    found.append(Piece(text[here:], is_found=False))
    return [one for one in found if one.text]


def _spans(text: str, typed: str) -> Iterator[tuple[int, int]]:
    """Where the sought words stand, by the text's own letters; none overlaps another."""
    wanted = [_pattern(one) for one in _phrases(typed)]
    if not wanted:
        return
    folded, places = _by_letters(text)
    last = 0
    for found in re.finditer("|".join(sorted(wanted, key=len, reverse=True)), folded):
        begin, end = places[found.start()], places[found.end()]
        if begin >= last:
            yield begin, end
            last = end


def _pattern(phrase: _Phrase) -> str:
    words = [f"0*{word.lstrip('0')}" if word.isdigit() else word for word in phrase.words]
    end = "" if phrase.may_go_on else r"(?![a-z0-9])"
    return rf"(?<![a-z0-9]){'[^a-z0-9]+'.join(words)}{end}"


def _by_letters(text: str) -> tuple[str, list[int]]:
    """The text folded, and for each letter of that where it stands in the text."""
    letters, places = [], []
    for place, letter in enumerate(text):
        bare = unicodedata.normalize("NFD", letter.lower().replace("đ", "d"))
        for one in bare:
            if not unicodedata.combining(one):
                letters.append(one)
                places.append(place)
    return "".join(letters), [*places, len(text)]
