"""What speaks for and against two sentences being about the same duty, each as a number."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from .reading import Unit, Weighed
from .words import HELD_BY, KIND, NEAR, THOUSAND

_KIND_WEIGHS = {
    "actions": 1.0,
    "things": 1.3,
    "people": 0.9,
    "places": 0.7,
    "times": 0.4,
    "doers": 0.3,
}
_WORD_WEIGHS = 0.8
_FRAME_WEIGHS = 0.2
_RARE = 6.0
_NEAR, _SYLLABLE, _PART_OF_PHRASE = 0.5, 0.55, 0.6
_KINDS_OF_BODY = frozenset({"sở", "ban", "bộ", "cục", "tỉnh", "xã", "phường", "nhân", "dân"})

NAMES = (
    "one",
    "object_own",
    "all_found",
    "all_own",
    "both",
    "same_action",
    "same_day",
    "other_day",
    "same_number",
    "other_number",
    "same_name",
    "lacks_name",
    "other_receiver",
    "same_cited",
    "lacks_cited",
    "rarest",
    "weakest_found",
    "lacks",
    "adds",
    "literal",
    "same_times",
)
_SAID = 0.5  # from here on a word counts as said
_MARKERS = frozenset("về cho của tại ở trên với để nhằm bằng đến giữa trong trước".split())
_A_PART = 0.12  # of the whole weight: less is a detail


@dataclass(frozen=True)
class Weights:
    """Word or group → how rare it is, in both plans together."""

    rare: dict[str | int, float]

    def of(self, unit: Unit) -> float:
        if unit.is_frame:
            return _FRAME_WEIGHS
        if unit.groups:
            return max(self.rare.get(one, _RARE) * _KIND_WEIGHS[KIND[one]] for one in unit.groups)
        return self.rare.get(unit.name, _RARE) * _WORD_WEIGHS


def weights(sentences: Sequence[Weighed]) -> Weights:
    counts: Counter[str | int] = Counter()
    for one in sentences:
        counts.update(set(one.groups) | {unit.name for unit in one.units if not unit.groups})
    size = THOUSAND + len(sentences)
    return Weights(
        {name: log(1 + size / (count + HELD_BY.get(name, 1))) for name, count in counts.items()}
    )


def found_in(unit: Unit, before: str, after: str, other: Weighed) -> float:
    """How far the other sentence says this word too, 0 to 1."""
    if unit.groups:
        if unit.groups & other.groups:
            return 1.0
        if unit.groups & other.near:
            return _NEAR
        said = [word for word in unit.words if word in other.syllables]
        return _PART_OF_PHRASE * len(said) / len(unit.words) if len(said) > 1 else 0.0
    word = unit.name
    if word not in other.syllables:
        return 0.0
    if unit.is_frame or (before, word) in other.pairs or (word, after) in other.pairs:
        return 1.0
    return _SYLLABLE


@dataclass(frozen=True)
class Shares:
    """Of what the one says, how much the other says too."""

    of_object: float
    of_all: float
    of_rarest: float
    of_weakest: float  # of its parts (what, about what, for whom, where) the one that is said least
    longest_lack: float  # the longest row of words, none of which the other says


def shares(one: Weighed, other: Weighed, by: Weights) -> Shares:
    total = total_found = objects = objects_found = row = longest = 0.0
    words = [unit.words for unit in one.units]
    rare: list[tuple[float, float]] = []
    parts: list[list[float]] = [[0.0, 0.0]]
    for i, unit in enumerate(one.units):
        before = words[i - 1][-1] if i else ""
        after = words[i + 1][0] if i + 1 < len(words) else ""
        weight = by.of(unit)
        said = found_in(unit, before, after, other)
        if unit.name in _MARKERS:
            parts.append([0.0, 0.0])
        elif not unit.is_frame:
            parts[-1][0] += weight
            parts[-1][1] += weight * said
        total += weight
        total_found += weight * said
        if unit.in_object:
            objects += weight
            objects_found += weight * said
        if not unit.is_frame:
            rare.append((weight, said))
            row = 0.0 if said >= _SAID else row + weight
            longest = max(longest, row)
    rare.sort(key=lambda pair: -pair[0])
    all_found = total_found / total if total else 0.0
    return Shares(
        objects_found / objects if objects else all_found,
        all_found,
        _share(rare[:3]),
        _weakest(parts, total),
        longest / total if total else 0.0,
    )


def _weakest(parts: Sequence[Sequence[float]], total: float) -> float:
    return min((said / all_ for all_, said in parts if all_ > _A_PART * total), default=0.0)


def _share(found: Sequence[tuple[float, float]]) -> float:
    total = sum(weight for weight, _ in found)
    return sum(weight * said for weight, said in found) / total if total else 0.0


def evidence(upper: Weighed, lower: Weighed, by: Weights) -> list[float]:
    """By `NAMES`."""
    asked, given = shares(upper, lower, by), shares(lower, upper, by)
    literal = len(upper.pairs & lower.pairs) / len(upper.pairs) if upper.pairs else 0.0
    acts = upper.actions, lower.actions
    same_action = bool(acts[0] & acts[1])
    near = any(NEAR.get(one, frozenset()) & acts[1] for one in acts[0])
    names = bool(upper.names or lower.names)
    same_name = any(a in b or b in a for a in upper.names for b in lower.names)
    receivers = bool(upper.receiver and lower.receiver)
    other_receiver = receivers and upper.receiver & lower.receiver <= _KINDS_OF_BODY
    days = bool(upper.days and lower.days)
    same_day = bool(upper.days & lower.days)
    far = days and min(abs(a[0] - b[0]) for a in upper.days for b in lower.days) > 1
    numbers = bool(upper.numbers and lower.numbers)
    same_number = bool(upper.numbers & lower.numbers)
    same_times = bool(upper.times & lower.times)
    same_cited = bool(upper.cited & lower.cited)
    return [
        1.0,
        given.of_object,
        asked.of_all,
        given.of_all,
        (asked.of_object * given.of_object) ** 0.5,
        (1.0 if same_action else 0.5 if near else 0.0) * asked.of_rarest,
        same_day * asked.of_rarest,
        float(far),
        same_number * asked.of_rarest,
        float(numbers and not same_number),
        float(same_name),
        float(names and not same_name),
        float(other_receiver),
        float(same_cited),
        float(bool(upper.cited) and not same_cited),
        asked.of_rarest,
        asked.of_weakest,
        asked.longest_lack,
        given.longest_lack,
        literal,
        same_times * asked.of_rarest,
    ]
