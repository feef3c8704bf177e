"""How much each piece of evidence speaks: fitted to the answers of the plans that are not kept apart.

`python -m bench.fit` prints the numbers for `danvan.duties.coverage.likeness.SPEAKS`, and first how well
those fitted without the plans under one upper plan do on them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from math import exp

from bench import coverage
from danvan.duties.coverage import likeness
from danvan.duties.coverage.evidence import NAMES, evidence, weights
from danvan.duties.coverage.matching import words_of_sentence

_RIDGE = 1.0  # holds numbers small that few plans speak for
_ROUNDS = 12
_HARD = 2
Row = tuple[list[float], int]


def rows_of(name: str) -> list[Row]:
    """Evidence of every pair of sentences of a lower plan and its upper one, and whether it is one duty."""
    upper, lower = coverage.load(f"upper-{name[0]}"), coverage.load(name)
    asked = [(upper.marks[at], one) for one in upper.sentences if (at := upper.marked(one.key))]
    above = [words_of_sentence(one) for _, one in asked]
    below = [words_of_sentence(one) for one in lower.sentences]
    by = weights([one.whole for one in (*above, *below)])
    found: dict[tuple[int, int], Row] = {}
    for i, ((code, _), up) in enumerate(zip(asked, above, strict=True)):
        for j, (one, low) in enumerate(zip(lower.sentences, below, strict=True)):
            mark = lower.marks.get(lower.marked(one.key) or -1, "")
            is_same = code in {one for one, _ in coverage.codes(mark)}
            if not up.whole.shares_a_word(low.whole):
                continue
            pairs = [(up.whole, part) for part in (low.whole, *low.parts)]
            pairs += [(part, low.whole) for part in up.parts]
            kinds = [evidence(a, b, by) for a, b in pairs]
            found[i, j] = (max(kinds, key=_plain_sum), int(is_same))
    return [row for place, row in found.items() if row[1] or _is_hard(place, found)]


def _is_hard(place: tuple[int, int], found: Mapping[tuple[int, int], Row]) -> bool:
    """Among the likeliest of its duty or of its sentence: the rest is told apart by anybody."""
    sums = {
        at: _plain_sum(row[0])
        for at, row in found.items()
        if at[0] == place[0] or at[1] == place[1]
    }
    own = sums.pop(place)
    return any(
        sum(1 for at, other in sums.items() if at[side] == place[side] and other > own) < _HARD
        for side in (0, 1)
    )


def _plain_sum(found: Sequence[float]) -> float:
    at = dict(zip(NAMES, found, strict=True))
    return at["all_found"] + at["all_own"] + at["object_own"]


def fit(rows: Sequence[Row]) -> list[float]:
    """Logistic regression by Newton's method."""
    size = len(NAMES)
    speaks = [0.0] * size
    for _ in range(_ROUNDS):
        slope = [-_RIDGE * one for one in speaks]
        bend = [[_RIDGE if i == j else 0.0 for j in range(size)] for i in range(size)]
        slope[0], bend[0][0] = 0.0, 1e-6
        for found, is_same in rows:
            at = [i for i in range(size) if found[i]]
            total = sum(speaks[i] * found[i] for i in at)
            share = 1 / (1 + exp(-max(-30.0, min(30.0, total))))
            curve = share * (1 - share)
            for i in at:
                slope[i] += (is_same - share) * found[i]
                weight = curve * found[i]
                for j in at:
                    bend[i][j] += weight * found[j]
        step = _solved(bend, slope)
        speaks = [one + more for one, more in zip(speaks, step, strict=True)]
    return speaks


def _solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    size = len(right)
    rows = [[*row, right[i]] for i, row in enumerate(matrix)]
    for i in range(size):
        best = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for k in range(size):
            if k != i and rows[k][i]:
                times = rows[k][i] / rows[i][i]
                rows[k] = [a - times * b for a, b in zip(rows[k], rows[i], strict=True)]
    return [rows[i][size] / rows[i][i] for i in range(size)]


def use(speaks: Iterable[float]) -> None:
    likeness.SPEAKS.update(zip(NAMES, speaks, strict=True))


def main() -> None:
    names = [one for one in coverage.lower_plans() if one not in coverage.APART]
    rows = {name: rows_of(name) for name in names}
    for letter in sorted({name[0] for name in names}):
        use(fit([row for name in names if name[0] != letter for row in rows[name]]))
        scores = {one: coverage.score(one) for one in names if one[0] == letter}
        total = coverage.together(scores.values())
        sys.stdout.write(
            f"{letter} fitted without: F1 {total.f1:.3f}, verdicts {total.verdicts:.3f}\n"
        )
        for name, one in scores.items():
            sys.stdout.write(
                f"  {name} {one.f1:.3f} p {one.precision:.3f} r {one.recall:.3f} verdicts {one.verdicts:.3f}\n"
            )
    speaks = fit([row for name in names for row in rows[name]])
    use(speaks)
    for name, value in zip(NAMES, speaks, strict=True):
        sys.stdout.write(f'    "{name}": {value:.2f},\n')


if __name__ == "__main__":
    main()
