"""A sentence as it is weighed: what is done, to what, and what else it says."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from .words import FRAME, GROUPS, KIND, LONGEST, NEAR

_NUMBERED = re.compile(r"\b\d+[a-z]*(?:/\d{4})?[-/][a-zđ][a-zđ0-9]*(?:[-/][a-zđ0-9]+)*")  # 09-ct/tu
_DAY = re.compile(
    r"\b(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})(?:[/.-]\d{4})?\b"
    r"|\bngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+\d{4})?"
    r"|\btháng\s+(\d{1,2})(?:/\d{4})?|\bquý\s+(iv|i{1,3})(?:[/ ]\s*(?:năm\s+)?\d{4})?"
    r"|\bnăm\s+\d{4}\b|\b\d{4}\b"
)
_QUARTERS = {"i": 3, "ii": 6, "iii": 9, "iv": 12}
_QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
_WORD = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W\d_]+")
_COUNT_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "tám": 8, "mười": 10}
_COUNTED = frozenset(
    "cuộc buổi lần đợt mô hình lớp khóa bài ngày hội nghị thôn xã đơn vị kỳ căn người hộ".split()
)
# Where the object ends and how, where, when begins.
_BOUNDS = frozenset(
    "tại ở trên trước trong theo nhằm để bằng qua vào khi do đến tới với sau giữa".split()
)
_OBJECT_AT_MOST = 8  # words that are no commonplace
_CLAUSE = re.compile(  # blanks from their first on: a long row of them is not tried from each
    r"(?:(?<!\s)\s+)?;\s*|,\s*(?:và\s+)?|(?<!\s)\s+(?:và|kết hợp)\s+"
)
_CLAUSE_WORDS = 4


@dataclass(frozen=True)
class Unit:
    """A word or a known phrase."""

    words: tuple[str, ...]
    groups: frozenset[int]
    is_frame: bool
    in_object: bool = False

    @property
    def name(self) -> str:
        return " ".join(self.words)

    def is_kind(self, *kinds: str) -> bool:
        return any(KIND[one] in kinds for one in self.groups)


@dataclass(frozen=True)
class Weighed:
    """What is known of a sentence, to be held against another."""

    units: tuple[Unit, ...]
    names: frozenset[str]  # in quotation marks
    receiver: frozenset[str]  # the words of whom it goes to
    cited: frozenset[str]  # numbers of documents
    days: frozenset[tuple[int, int]]  # month and day; 0 where only the month is said
    numbers: frozenset[str]

    @cached_property
    def groups(self) -> frozenset[int]:
        return frozenset().union(*(one.groups for one in self.units))

    @cached_property
    def near(self) -> frozenset[int]:
        return frozenset().union(*(NEAR.get(one, frozenset()) for one in self.groups))

    @cached_property
    def syllables(self) -> frozenset[str]:
        return frozenset(word for one in self.units for word in one.words)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        words = [word for one in self.units for word in one.words]
        return frozenset(zip(words, words[1:], strict=False))

    @cached_property
    def content(self) -> frozenset[str | int]:
        words = {word for one in self.units if not one.is_frame for word in one.words}
        return frozenset(words - FRAME) | frozenset(
            group for one in self.units if not one.is_kind("doers", "times") for group in one.groups
        )

    def shares_a_word(self, other: "Weighed") -> bool:
        return not self.content.isdisjoint(other.content) or not self.groups.isdisjoint(other.near)

    @cached_property
    def times(self) -> frozenset[int]:
        return frozenset(one for one in self.groups if KIND[one] == "times")

    @cached_property
    def actions(self) -> frozenset[int]:
        """Of what is done first: the groups of the verbs before the object."""
        found: frozenset[int] = frozenset()
        for one in self.units:
            if one.is_kind("actions") and not one.in_object:
                found |= frozenset(g for g in one.groups if KIND[g] == "actions")
        return found


def plain(text: str) -> str:
    """Lower case, one blank between words."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).lower()).strip()


def weigh(text: str, without: Iterable[str] = (), receiver: str = "") -> Weighed:
    """Names of doers are no part of what is done."""
    lower = plain(text)
    for name in without:
        lower = lower.replace(plain(name), " ")
    cited = frozenset(one.replace("/", "-") for one in _NUMBERED.findall(lower))
    rest = _NUMBERED.sub(" ", lower)
    days = frozenset(day for one in _DAY.finditer(rest) if (day := _day(one)))
    rest = _DAY.sub(" ", rest)
    words = _WORD.findall(rest)
    return Weighed(
        tuple(_with_object(_units(words))),
        frozenset(" ".join(_WORD.findall(one)) for one in _QUOTED.findall(rest) if len(one) > 3),
        frozenset(_WORD.findall(plain(receiver))),
        cited,
        days,
        frozenset(_numbers(words)),
    )


def clauses(text: str) -> list[str]:
    """Of a sentence that lays several things on somebody: each, from its verb on."""
    found: list[str] = []
    begun = 0
    for joint in _CLAUSE.finditer(text):
        after = plain(text[joint.end() : joint.end() + 60])
        part = text[begun : joint.start()]
        if _begins_with_action(after) and len(part.split()) >= _CLAUSE_WORDS:
            found.append(part)
            begun = joint.end()
    found.append(text[begun:])
    return found if len(found) > 1 and len(found[-1].split()) >= _CLAUSE_WORDS else []


def _begins_with_action(text: str) -> bool:
    words = _WORD.findall(text)
    for length in range(min(LONGEST, len(words)), 0, -1):
        groups = GROUPS.get(" ".join(words[:length]))
        if groups:
            return any(KIND[one] == "actions" for one in groups)
    return False


def _day(found: re.Match[str]) -> tuple[int, int] | None:
    if found[1]:
        return int(found[2]), int(found[1])
    if found[3]:
        return int(found[4]), int(found[3])
    if found[5]:
        return int(found[5]), 0
    return (_QUARTERS[found[6]], 0) if found[6] else None


def _numbers(words: Sequence[str]) -> Iterable[str]:
    for place, word in enumerate(words):
        if word[0].isdigit():
            yield word.lstrip("0") or "0"
        elif word in _COUNT_WORDS and place + 1 < len(words) and words[place + 1] in _COUNTED:
            yield str(_COUNT_WORDS[word])


def _units(words: Sequence[str]) -> list[Unit]:
    """With every known phrase, the longest first, as one."""
    found: list[Unit] = []
    place = 0
    while place < len(words):
        for length in range(min(LONGEST, len(words) - place), 0, -1):
            part = tuple(words[place : place + length])
            groups = GROUPS.get(" ".join(part), frozenset())
            if groups or length == 1:
                is_frame = not groups and (part[0] in FRAME or part[0][0].isdigit())
                found.append(Unit(part, groups, is_frame))
                place += length
                break
    return found


def _with_object(units: Sequence[Unit]) -> Iterable[Unit]:
    """What follows the first verb, up to a word of place, time or manner; and what precedes it."""
    first = next((i for i, one in enumerate(units) if one.is_kind("actions")), None)
    start = 0 if first is None else first + 1
    taken, ended = 0, False
    for i, one in enumerate(units):
        is_content = not one.is_frame and not one.is_kind("doers", "times")
        if i < start:
            yield Unit(
                one.words,
                one.groups,
                one.is_frame,
                is_content and i != first and one.is_kind("things"),
            )
            continue
        if one.name in _BOUNDS and taken:
            ended = True
        inside = is_content and not ended and taken < _OBJECT_AT_MOST
        taken += inside
        yield Unit(one.words, one.groups, one.is_frame, inside)
