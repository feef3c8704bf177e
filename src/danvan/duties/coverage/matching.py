"""Which sentences of a lower plan take up which duty of the upper one."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from danvan.duties.choices import Coverage

from .likeness import Likeness, Words, alike, words_of
from .reading import clauses, weigh
from .verdicts import reasons

ENOUGH = 0.35  # likelier the same duty than not
ALSO = 0.55  # for a second sentence of the same duty
_IN_A_CLAUSE = 0.5  # for a second duty in another clause of a sentence
_WHOLLY, _AS_MUCH = 0.85, 0.9  # of what the duty says
_WORTH_SHOWING = 0.04  # below nobody would think of it
_FAR = 0.7  # of the best: a second sentence may not be much less alike than the first


@dataclass(frozen=True)
class Sentence:
    """What a plan says of one thing to do."""

    key: str
    text: str
    lead: Sequence[str] = ()
    cooperating: Sequence[str] = ()
    due: Mapping[str, Any] | None = None
    deliver_to: str = ""
    heading: str = ""


Upper = Sentence
Lower = Sentence


@dataclass(frozen=True)
class Match:
    """A duty of the upper plan with the sentence that takes it up, the best one where several do."""

    upper: Upper
    lower: Lower | None
    found: Coverage
    reasons: tuple[str, ...] = ()
    score: float = 0.0
    others: tuple[Lower, ...] = field(default=())
    nearest: Lower | None = None  # of a duty left out


def match(
    upper: Sequence[Upper], lower: Sequence[Lower], *, year: int | None = None
) -> list[Match]:
    """Each duty of the upper plan, in its order, with what becomes of it in the lower plan.

    `year` is the upper plan's: a duty due by its end needs no day in the lower plan.
    """
    found = pairs(upper, lower)
    chosen = assigned(found)
    held = Counter(place for row in chosen for place in row)
    shared = {place for place, times in held.items() if times > 1}
    return [_match(one, lower, chosen[i], found[i], shared, year) for i, one in enumerate(upper)]


def pairs(upper: Sequence[Upper], lower: Sequence[Lower]) -> list[list[Likeness]]:
    return alike(
        [words_of_sentence(one) for one in upper], [words_of_sentence(one) for one in lower]
    )


def likeness(upper: Sequence[Upper], lower: Sequence[Lower]) -> list[list[float]]:
    return [[one.score for one in row] for row in pairs(upper, lower)]


def words_of_sentence(one: Sentence) -> Words:
    return words_of(one.text, (*one.lead, *one.cooperating), one.deliver_to)


def assigned(found: Sequence[Sequence[Likeness]]) -> list[list[int]]:
    """For each upper sentence its lower ones, the best first.

    The most alike pair first, each sentence once; then sentences left over may be a second part of
    a duty, and a duty left over may stand in another clause of a sentence that holds one already.
    """
    ordered = sorted(
        ((one.score, i, j) for i, row in enumerate(found) for j, one in enumerate(row)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    chosen: list[list[int]] = [[] for _ in found]
    taken: dict[int, list[int]] = {}
    for score, i, j in ordered:
        if score < ENOUGH:
            break
        if not chosen[i] and j not in taken:
            chosen[i].append(j)
            taken[j] = [i]
    for score, i, j in ordered:
        if score < _IN_A_CLAUSE:
            break
        if (
            score >= ALSO
            and chosen[i]
            and j not in taken
            and _is_a_part(found[i][j], found[i][chosen[i][0]])
        ):
            chosen[i].append(j)
            taken[j] = [i]
        elif not chosen[i] and j in taken and _stands_in_another_clause(found, i, j, taken[j]):
            chosen[i].append(j)
            taken[j].append(i)
    return chosen


def _is_a_part(more: Likeness, first: Likeness) -> bool:
    """A sentence that says the whole duty needs no second one, but for one that says as much."""
    return more.score >= _FAR * first.score and (
        first.said < _WHOLLY or more.said >= _AS_MUCH * first.said
    )


def _stands_in_another_clause(
    found: Sequence[Sequence[Likeness]], i: int, j: int, holds: Sequence[int]
) -> bool:
    return found[i][j].part is not None and all(
        found[other][j].part != found[i][j].part for other in holds
    )


def _match(
    upper: Upper,
    lower: Sequence[Lower],
    chosen: list[int],
    found_of: Sequence[Likeness],
    shared: Collection[int],
    year: int | None,
) -> Match:
    if not chosen:
        place = max(range(len(lower)), key=lambda j: found_of[j].score, default=0)
        likeliest = found_of[place].score if lower else 0.0
        return Match(
            upper,
            None,
            Coverage.LEFT_OUT,
            score=round(1 - likeliest, 3),
            nearest=lower[place] if likeliest >= _WORTH_SHOWING else None,
        )
    best, *others = (lower[place] for place in chosen)
    said = [
        _as_said(lower[place], found_of[place].part if place in shared else None)
        for place in chosen
    ]
    found = reasons(upper, said, year=year)
    return Match(
        upper,
        best,
        Coverage.WEAKENED if found else Coverage.TAKEN_UP,
        tuple(found),
        round(found_of[chosen[0]].score, 3),
        tuple(others),
    )


def _as_said(one: Lower, part: int | None) -> Lower:
    """The clause that takes the duty up; with the sentence's day where it has none of its own."""
    if part is None:
        return one
    clause = clauses(one.text)[part]
    due = None if weigh(clause).days else one.due
    return replace(one, text=clause, due=due)
