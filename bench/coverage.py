"""How well the duties of an upper plan are found again in lower plans: F1 of pairs of sentences.

The plans are texts in the genre's form with the answers behind the sentences: «A05» takes up the
duty A05, «A05 weakened» asks for less, «A05 A06» takes up two,
«A05, A06 weakened» the second with less; what no sentence names is left out.
They are read by `vanban` as in life, so that what it misreads in a lower plan counts; the duties of the
upper plan are those of the answers, as a person confirms them before they are laid on anybody. The
plans of `APART`, under an upper plan of their own, were written before the matcher was, and it is not
fitted to them.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import vanban
from danvan.duties.choices import Coverage
from danvan.duties.coverage.matching import Match, Sentence, match
from danvan.duties.coverage.sentences import of_duty, sentences

PLANS = Path(__file__).with_name("plans")
APART = {"d1-reworded", "d2-own-words", "d3-hostile", "d4-divided", "d5-mixed"}
KINDS = {  # by the second part of a plan's name
    "reworded": "reworded",
    "words": "own-words",
    "own-words": "own-words",
    "hostile": "similar-but-different",
    "mixed": "own-words-among-similar",
    "divided": "divided-or-merged",
    "merged": "divided-or-merged",
    "narrowed": "narrowed-or-copied",
    "copied": "narrowed-or-copied",
}
SURE = 0.9  # as the console: below a person is asked
_MARK = re.compile(r" *«([^»]*)»")

Figure = dict[str, Any]


@dataclass(frozen=True)
class Text:
    """A plan without its marks, and the sentences that carry one: end → the mark."""

    text: str
    marks: dict[int, str]
    sentences: list[Sentence]
    starts: dict[str, tuple[int, int]]  # sentence → where it stands

    def marked(self, key: str) -> int | None:
        """The mark behind the sentence as read, or behind the last one of its line."""
        start, end = self.starts[key]
        line_end = self.text.find("\n", end)
        return next((at for at in self.marks if start < at and end <= at + 2 <= line_end + 2), None)


@dataclass
class Score:
    """Pairs found, pairs there are, pairs right; duties judged, and judged rightly."""

    found: int = 0
    there: int = 0
    right: int = 0
    judged: int = 0
    agreed: int = 0
    sure: int = 0  # pairs found of which the machine is sure
    sure_right: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def surely(self) -> float:
        return self.sure_right / self.sure if self.sure else 0.0

    @property
    def verdicts(self) -> float:
        return self.agreed / self.judged if self.judged else 0.0


def load(name: str) -> Text:
    raw = (PLANS / f"{name}.txt").read_text("utf-8")
    text, marks, at = "", {}, 0
    for mark in _MARK.finditer(raw):
        text += raw[at : mark.start()]
        marks[len(text)] = mark[1]
        at = mark.end()
    text += raw[at:]
    document = vanban.read(text)
    duties = [(f"duties:{i}", one.as_json()) for i, one in enumerate(document.duties)]
    found = sentences(document.source.text, duties)
    starts = {key: (values["start"], values["end"]) for key, values in duties}
    for one in found:
        if one.key.startswith("text:"):
            start, end = one.key.removeprefix("text:").split("-")
            starts[one.key] = (int(start), int(end))
    return Text(text, marks, found, starts)


def codes(mark: str) -> Iterable[tuple[str, bool]]:
    """The duties that a mark names, and whether the sentence asks for less: «A05 A06, A07 weakened»."""
    for part in mark.split(", "):
        for code in part.removesuffix(" weakened").split():
            yield code, part.endswith(" weakened")


def lower_plans() -> list[str]:
    return sorted(path.stem for path in PLANS.glob("[a-d][0-9]*.txt"))


def score(name: str) -> Score:
    upper, lower = load(f"upper-{name[0]}"), load(name)
    duties = [one for one in upper.sentences if upper.marked(one.key) is not None]
    matches = match(duties, lower.sentences, year=2026)
    return _score(upper, lower, matches)


def _score(upper: Text, lower: Text, matches: Iterable[Match]) -> Score:
    there: dict[str, set[int]] = {mark: set() for mark in upper.marks.values()}
    weakened: set[str] = set()
    for at, mark in lower.marks.items():
        for code, is_weakened in codes(mark):
            there[code].add(at)
            if is_weakened:
                weakened.add(code)
    found: dict[str, set[int | str]] = {code: set() for code in there}
    said: dict[str, Coverage] = {}
    why: dict[str, str] = {}
    sure: dict[str, bool] = {}
    for one in matches:
        place = upper.marked(one.upper.key)
        if place is None:
            continue
        code = upper.marks[place]
        sure[code] = one.lower is not None and one.score >= SURE
        said[code], why[code] = one.found, " ".join(one.reasons)
        for sentence in (one.lower, *one.others) if one.lower else ():
            where = lower.marked(sentence.key)
            found[code].add(sentence.text if where is None else where)
    total = Score()
    total.sure = sum(len(found[code]) for code in found if sure.get(code))
    total.sure_right = sum(len(found[code] & there[code]) for code in found if sure.get(code))
    for code, answers in there.items():
        expected = (
            Coverage.LEFT_OUT
            if not answers
            else Coverage.WEAKENED
            if code in weakened
            else Coverage.TAKEN_UP
        )
        right = found[code] & answers
        total.found += len(found[code])
        total.there += len(answers)
        total.right += len(right)
        total.judged += 1
        total.agreed += said.get(code, Coverage.LEFT_OUT) == expected
        if found[code] != answers:
            total.wrong.append(
                f"{code} found {[_shown(lower, one) for one in found[code] - answers]}, missed {[_shown(lower, one) for one in answers - found[code]]}"
            )
        elif said.get(code, Coverage.LEFT_OUT) != expected:
            total.wrong.append(f"{code} {said[code]} is {expected}: {why[code]}")
    return total


def _shown(lower: Text, one: int | str) -> str:
    return one[:70] if isinstance(one, str) else lower.text[max(0, one - 70) : one].split("\n")[-1]


def together(scores: Iterable[Score]) -> Score:
    total = Score()
    for one in scores:
        total.found += one.found
        total.there += one.there
        total.right += one.right
        total.judged += one.judged
        total.agreed += one.agreed
        total.sure += one.sure
        total.sure_right += one.sure_right
    return total


def figures() -> dict[str, Figure]:
    scores = {name: score(name) for name in lower_plans()}
    sets = {
        "all": list(scores.values()),
        "fitted": [one for name, one in scores.items() if name not in APART],
        "apart": [one for name, one in scores.items() if name in APART],
    }
    for name, one in scores.items():
        kind = KINDS.get(name.split("-", 1)[1])
        group = "apart" if name in APART else "fitted"
        if kind:
            sets.setdefault(f"{group}.{kind}", []).append(one)
    found: dict[str, Figure] = {}
    for name, one in [*((n, together(s)) for n, s in sets.items() if s), *scores.items()]:
        size = f"{one.there} pairs, {one.judged} duties"
        for key, value in (
            ("f1", one.f1),
            ("precision", one.precision),
            ("recall", one.recall),
            ("verdicts", one.verdicts),
            ("right_where_sure", one.surely),
        ):
            found[f"coverage.{key}.{name}"] = {
                "value": round(value, 3),
                "unit": "F1" if key == "f1" else "share",
                "size": size,
            }
    return found | {
        "coverage.sixty_by_sixty": {
            "value": milliseconds(),
            "unit": "ms",
            "size": "60 × 60 sentences",
        }
    }


def milliseconds() -> float:
    """The best of five matches of 60 by 60 sentences."""
    upper, lower = [
        [
            of_duty(f"{name}:{i}", {"text": one.text, "due": one.due})
            for i, one in enumerate((load(name).sentences * 3)[:60])
        ]
        for name in ("upper-a", "a3-reworded")
    ]
    took = []
    for _ in range(5):
        begun = time.perf_counter()
        match(upper, lower, year=2026)
        took.append(time.perf_counter() - begun)
    return round(min(took) * 1000, 1)
