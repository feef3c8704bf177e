"""Which sentences of a lower plan take up which duty of the upper one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from danvan.duties.choices import Coverage

from .likeness import alike, words_of
from .verdicts import reasons

ENOUGH = 0.38  # alike enough to be the same duty
ALSO = 0.46  # for a second sentence of the same duty, or a second duty in the same sentence
_FAR = 0.72  # of the best: a second sentence may not be much less alike than the first


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


def match(
    upper: Sequence[Upper], lower: Sequence[Lower], *, year: int | None = None
) -> list[Match]:
    """Each duty of the upper plan, in its order, with what becomes of it in the lower plan.

    `year` is the upper plan's: a duty due by its end needs no day in the lower plan.
    """
    scores = likeness(upper, lower)
    chosen = assigned(scores)
    return [_match(one, lower, chosen[i], scores[i], year) for i, one in enumerate(upper)]


def likeness(upper: Sequence[Upper], lower: Sequence[Lower]) -> list[list[float]]:
    said = [words_of(one.text, (*one.lead, *one.cooperating), one.deliver_to) for one in upper]
    answered = [words_of(one.text, (*one.lead, *one.cooperating), one.deliver_to) for one in lower]
    return alike(said, answered)


def assigned(scores: Sequence[Sequence[float]]) -> list[list[int]]:
    """For each upper sentence its lower ones, the best first.

    The most alike pair first, each sentence once; then sentences left over may be a second part of
    a duty, and a duty left over may stand in a sentence that holds another already.
    """
    pairs = sorted(
        ((score, i, j) for i, row in enumerate(scores) for j, score in enumerate(row)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    chosen: list[list[int]] = [[] for _ in scores]
    taken: dict[int, int] = {}
    for score, i, j in pairs:
        if score < ENOUGH:
            break
        if not chosen[i] and j not in taken:
            chosen[i].append(j)
            taken[j] = i
    for score, i, j in pairs:
        if score < ALSO:
            break
        if chosen[i] and j not in taken and score >= _FAR * scores[i][chosen[i][0]]:
            chosen[i].append(j)
            taken[j] = i
        elif not chosen[i] and j in taken and score >= _FAR * scores[taken[j]][j]:
            chosen[i].append(j)
    return chosen


def _match(
    upper: Upper,
    lower: Sequence[Lower],
    chosen: list[int],
    scores: Sequence[float],
    year: int | None,
) -> Match:
    if not chosen:
        return Match(upper, None, Coverage.LEFT_OUT, score=1 - max(scores, default=0.0))
    best, *others = (lower[place] for place in chosen)
    found = reasons(upper, [best, *others], year=year)
    return Match(
        upper,
        best,
        Coverage.WEAKENED if found else Coverage.TAKEN_UP,
        tuple(found),
        round(scores[chosen[0]], 3),
        tuple(others),
    )
