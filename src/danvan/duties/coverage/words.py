"""Words of the genre (words.yaml): what means the same, what says little, what takes back half."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("words.yaml")
_DATA: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
KINDS_OF_GROUP = ("actions", "things", "people", "doers", "places", "times")


def _groups() -> Iterator[tuple[str, list[str]]]:
    for kind in KINDS_OF_GROUP:
        for line in _DATA[kind]:
            yield kind, line.split(" | ")


def _sets_of(name: str) -> tuple[str, ...]:
    return tuple(_DATA[name])


# Group → its kind; phrase → the groups it stands in; group → those that are half the same.
KIND: dict[int, str] = {}
GROUPS: dict[str, frozenset[int]] = {}
for _place, (_kind, _phrases) in enumerate(_groups()):
    KIND[_place] = _kind
    for _phrase in _phrases:
        GROUPS[_phrase] = GROUPS.get(_phrase, frozenset()) | {_place}
_FIRST = {phrases[0]: place for place, (_, phrases) in reversed(list(enumerate(_groups())))}
NEAR: dict[int, frozenset[int]] = {}
for _line in _DATA["near"]:
    _row = frozenset(_FIRST[phrase] for phrase in _line.split(" | "))
    for _one in _row:
        NEAR[_one] = NEAR.get(_one, frozenset()) | (_row - {_one})
LONGEST = max(phrase.count(" ") + 1 for phrase in GROUPS)

FRAME = frozenset(_DATA["frame"].split())
HEDGES, WEAKER = _sets_of("hedges"), _sets_of("weaker")
WHOLE, PART = _sets_of("whole"), _sets_of("part")
KINDS: tuple[tuple[str, ...], ...] = tuple(tuple(row) for row in _DATA["kinds"])

# Of a thousand sentences of the genre, how many hold a group or a word; what is not listed: fewer.
_COMMON: dict[str, dict[int, Any]] = yaml.safe_load(
    Path(__file__).with_name("common.yaml").read_text("utf-8")
)
THOUSAND = 1000
HELD_BY: dict[str | int, int] = {
    **{_FIRST[one]: times for times, row in _COMMON["groups"].items() for one in row},
    **{one: times for times, row in _COMMON["words"].items() for one in row.split()},
}
