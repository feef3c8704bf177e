"""How well a reading agrees with an annotation made by hand: the measure, in our own words.

An item found is taken for an annotated one when
- heading: the same label, beginning at most three characters away;
- citation: at least half of the annotated words covered, by at most twice as many; the same number,
  or the same kind where neither has a number;
- duty: the words in common are at least half of all words of the two;
- target: words in common, the same value and comparator;
- statistic: words in common, at most three times as many; the same value and unit.
Items pair off one to one, the best agreement first. Of a pair, each field that either side states
counts: right when both say the same. A header field counts as an item.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Any]
Reader = Callable[[Item], Any]


@dataclass(frozen=True, slots=True)
class Count:
    """Right ones, all that the reader states, all that the annotation states."""

    right: int = 0
    found: int = 0
    stated: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.found + other.found, self.stated + other.stated)

    @property
    def f1(self) -> float:
        """2 x right / (found + stated); a kind that neither side has is read perfectly."""
        both = self.found + self.stated
        return 2 * self.right / both if both else 1.0


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of item: when two are the same, and what is compared of them then."""

    same: Callable[[Item, Item], bool]
    fields: Mapping[str, Reader]


def plain(value: object) -> str:
    """One writing for what is said alike: case, blanks and the marks around it do not count."""
    text = unicodedata.normalize("NFC", "" if value is None else str(value))
    return " ".join(text.split()).strip(" .;,:-*").casefold()


def unspaced(value: object) -> str:
    return "".join(unicodedata.normalize("NFC", str(value or "")).split()).casefold()


def amount(value: object) -> object:
    if value is None:
        return None
    try:
        return round(float(str(value).replace(",", ".")), 6)
    except ValueError:
        return str(value)


def size(item: Item) -> int:
    return int(item["end"]) - int(item["start"])


def common(a: Item, b: Item) -> int:
    return max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))


def reach(a: Item, b: Item) -> int:
    """From the first character of either to the last of either."""
    return max(1, max(a["end"], b["end"]) - min(a["start"], b["start"]))


def same_heading(gold: Item, found: Item) -> bool:
    near = abs(gold["start"] - found["start"]) <= 3
    return near and plain(gold["label"]) == plain(found.get("label"))


def same_citation(gold: Item, found: Item) -> bool:
    if 2 * common(gold, found) < size(gold) or size(found) > 2 * size(gold) + 10:
        return False
    numbers = [unspaced(item.get("number")) for item in (gold, found)]
    if any(numbers):
        return numbers[0] == numbers[1]
    return plain(gold.get("kind")) == plain(found.get("kind"))


def same_duty(gold: Item, found: Item) -> bool:
    return 2 * common(gold, found) >= reach(gold, found)


def same_target(gold: Item, found: Item) -> bool:
    alike = gold.get("comparator") == found.get("comparator")
    return alike and common(gold, found) > 0 and amount(gold["target"]) == amount(found["target"])


def same_statistic(gold: Item, found: Item) -> bool:
    if common(gold, found) == 0 or size(found) > 3 * size(gold) + 10:
        return False
    alike = amount(gold["value"]) == amount(found.get("value"))
    return alike and plain(gold.get("unit")) == plain(found.get("unit"))


def word(field: str) -> Reader:
    return lambda item: plain(item.get(field)) or None


def names(field: str) -> Reader:
    return lambda item: frozenset(map(plain, item.get(field) or ())) or None


def body(item: Item) -> str | None:
    """The issuer without the term of its congress (“khóa XI”)."""
    return re.sub(r",? ?\(?khóa [ivxlc]+\)?", "", plain(item.get("issuer"))) or None


def deadline(item: Item) -> tuple[Any, ...] | None:
    due = item.get("due")
    if not due:
        return None
    wanted = {"date": ["date"], "period_end": ["period"], "recurring": ["every", "day", "month"]}
    kind = due.get("kind")
    return (kind, *(plain(due.get(key)) for key in wanted.get(kind, ())))


def ratio(item: Item) -> tuple[object, object] | None:
    parts = (amount(item.get("numerator")), amount(item.get("denominator")))
    return parts if any(part is not None for part in parts) else None


KINDS = {
    "outline": Kind(same_heading, {"level": word("level")}),
    "citations": Kind(
        same_citation,
        {
            "kind": word("kind"),
            "date": word("date"),
            "issuer": body,
            "basis": lambda item: item.get("basis") or None,
        },
    ),
    "duties": Kind(
        same_duty,
        {
            "lead": names("lead"),
            "cooperating": names("cooperating"),
            "due": deadline,
            "deliver_to": word("deliver_to"),
            "deliverable": word("deliverable"),
        },
    ),
    "indicators": Kind(same_target, {"unit": word("unit")}),
    "figures": Kind(
        same_statistic,
        {
            "ratio": ratio,
            "change": lambda item: amount(item.get("change")),
            "period": word("period"),
        },
    ),
}


def couples(kind: Kind, gold: list[Item], found: list[Item]) -> list[tuple[Item, Item]]:
    """Who belongs to whom, each at most once: most in common first, then most fields alike."""

    def agreement(a: Item, b: Item) -> tuple[float, int]:
        alike = sum(read(a) == read(b) for read in kind.fields.values())
        return round(common(a, b) / reach(a, b), 2), alike

    possible = [
        (agreement(a, b), -i, -j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if kind.same(a, b)
    ]
    chosen: dict[int, int] = {}
    for _, i, j in sorted(possible, reverse=True):
        if i not in chosen and j not in chosen.values():
            chosen[i] = j
    return [(gold[-i], found[-j]) for i, j in chosen.items()]


def counted(name: str, document: Item, ignored: Iterable[Item]) -> list[Item]:
    """The items of a kind, without those in places that the annotation leaves open."""
    places = [place for place in ignored if place["kind"] == name]
    return [
        item
        for item in document.get(name) or ()
        if not any(
            common(item, place) and not (name == "citations" and item.get("number"))
            for place in places
        )
    ]


def same_field(gold: Any, found: Any) -> bool:
    if isinstance(gold, list):
        ours, theirs = set(map(plain, gold)), set(map(plain, found))
        return 5 * len(ours & theirs) >= 4 * max(len(ours), len(theirs))
    if isinstance(gold, Mapping):
        return isinstance(found, Mapping) and all(
            plain(value) == plain(found.get(key)) for key, value in gold.items()
        )
    return plain(gold) == plain(found)


def header(gold: Item, found: Item, ignored: Iterable[str]) -> Count:
    total = Count()
    for field in gold.keys() - set(ignored):
        said, wanted = bool(found.get(field)), bool(gold[field])
        right = said and wanted and same_field(gold[field], found[field])
        total += Count(int(right), int(said), int(wanted))
    return total


def measure(gold: Item, reading: Item) -> dict[str, Count]:
    """The counts of one document by kind (“duties”) and by field (“duties.lead”)."""
    ignored = gold.get("ignore", [])
    left_out = gold.get("ignore_header", [])
    counts = {"header": header(gold["header"], reading.get("header") or {}, left_out)}
    for name, kind in KINDS.items():
        wanted, found = (counted(name, side, ignored) for side in (gold, reading))
        pairs = couples(kind, wanted, found)
        counts[name] = Count(len(pairs), len(found), len(wanted))
        for field, read in kind.fields.items():
            right = sum(read(a) is not None and read(a) == read(b) for a, b in pairs)
            said, stated = (sum(read(x) is not None for x in side) for side in (found, wanted))
            counts[f"{name}.{field}"] = Count(right, said, stated)
    return counts


def together(documents: Iterable[tuple[Item, Item]]) -> dict[str, Count]:
    """The counts of many documents, as pairs of annotation and reading."""
    total: dict[str, Count] = {}
    for gold, reading in documents:
        for name, count in measure(gold, reading).items():
            total[name] = total.get(name, Count()) + count
    return total
