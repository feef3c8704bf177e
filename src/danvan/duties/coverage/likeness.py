"""How likely two sentences are about the same duty: what speaks for and against, weighed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp

from .evidence import NAMES, Weights, evidence, weights
from .reading import Weighed, clauses, weigh

# Found by `python -m bench.fit` on the invented plans a, b and c.
SPEAKS: dict[str, float] = {
    "one": -6.03,
    "object_own": 1.78,
    "all_found": 1.89,
    "all_own": 2.88,
    "both": 0.97,
    "same_action": 0.57,
    "same_day": 1.18,
    "other_day": -1.68,
    "same_number": 1.52,
    "other_number": -0.30,
    "same_name": 0.44,
    "lacks_name": -0.83,
    "other_receiver": -2.56,
    "same_cited": 1.53,
    "lacks_cited": -0.32,
    "rarest": 1.00,
    "weakest_found": 0.34,
    "lacks": -1.58,
    "adds": -1.03,
    "literal": 1.52,
    "same_times": 1.17,
}
_TAKEN_OVER, _A_LONG_ROW = 0.2, 0.3  # shares of a sentence
_ANOTHER_THING = 0.5
_OF_A_CLAUSE = 0.95  # a part of a sentence is a little less sure than the whole


@dataclass(frozen=True)
class Words:
    """A sentence, and its clauses where it lays several things on somebody."""

    whole: Weighed
    parts: tuple[Weighed, ...]


def words_of(text: str, without: Iterable[str] = (), receiver: str = "") -> Words:
    without = tuple(without)
    parts = tuple(weigh(one, without, receiver) for one in clauses(text))
    return Words(weigh(text, without, receiver), parts)


@dataclass(frozen=True)
class Likeness:
    """How likely it is one duty; of a lower sentence of several clauses, which comes nearest."""

    score: float
    part: int | None = None
    said: float = 0.0  # how much of the upper sentence the lower one says


def alike(uppers: Sequence[Words], lowers: Sequence[Words]) -> list[list[Likeness]]:
    """Upper × lower."""
    by = weights([one.whole for one in (*uppers, *lowers)])
    return [[_likeness(up, low, by) for low in lowers] for up in uppers]


def _likeness(upper: Words, lower: Words, by: Weights) -> Likeness:
    if not upper.whole.shares_a_word(lower.whole):
        return Likeness(0.0)
    of_whole = evidence(upper.whole, lower.whole, by)
    scores = [chance(of_whole)]
    of_parts = [_OF_A_CLAUSE * chance(evidence(upper.whole, one, by)) for one in lower.parts]
    scores += [_OF_A_CLAUSE * chance(evidence(one, lower.whole, by)) for one in upper.parts]
    part = of_parts.index(max(of_parts)) if of_parts else None
    said = of_whole[NAMES.index("all_found")]
    return Likeness(max(scores + of_parts), part, said)


def chance(found: Sequence[float]) -> float:
    total = sum(SPEAKS[name] * value for name, value in zip(NAMES, found, strict=True))
    share = 1 / (1 + exp(-max(-30.0, min(30.0, total))))
    return share * _ANOTHER_THING if _says_another_thing(found) else share


def _says_another_thing(found: Sequence[float]) -> bool:
    """In the same words: what stands around is taken over as it is, what it is about is not."""
    at = dict(zip(NAMES, found, strict=True))
    return at["literal"] >= _TAKEN_OVER and min(at["lacks"], at["adds"]) >= _A_LONG_ROW
