"""What a mention of another document says of it: its date and its issuer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vanban import bodies
from vanban.lexicon.letters import LOWER
from vanban.numbers import DATE, parse_date


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    kind: str
    number: str | None
    date: str | None
    issuer: str | None
    confidence: float
    because: str


def starting(pattern: re.Pattern[str], words: Iterable[str], flat: str) -> Iterator[re.Match[str]]:
    """The matches, none over another, of a pattern that begins with one of the words."""
    end = 0
    for at in places(words, flat):
        if at >= end and (found := pattern.match(flat, at)):
            yield found
            end = found.end()


def places(words: Iterable[str], flat: str) -> list[int]:
    """Where the words stand, in order: `str.find` is many times quicker than a pattern."""
    found: list[int] = []
    for word in words:
        at = flat.find(word)
        while at >= 0:
            found.append(at)
            at = flat.find(word, at + 1)
    return sorted(found)


def apart(mentions: Iterable[Mention], others: Sequence[Mention]) -> list[Mention]:
    """Those that overlap none of the others; the others are in order."""
    starts = [other.start for other in others]

    def is_apart(mention: Mention) -> bool:
        place = bisect_right(starts, mention.end - 1) - 1
        return place < 0 or others[place].end <= mention.start

    return [mention for mention in mentions if is_apart(mention)]


# “ ngày 12/12/2013”, “, ngày 07-5-2014”, “ (ngày …)”; a stray word before it stays inside
_DATE_AFTER = re.compile(
    rf"(?: [{LOWER}]+)?,? *(?:\(ng[àa]y +(?P<in>{DATE})\)|ng[àa]y +(?P<date>{DATE}))"
    r"|,? +(?P<bare>\d\d?/\d\d?/\d{4})"
)


def date_after(flat: str, end: int) -> tuple[str | None, int]:
    """The date printed after a number or name, and where the mention then ends."""
    found = _DATE_AFTER.match(flat, end)
    if not found:
        return None, end
    return parse_date(found["date"] or found["in"] or found["bare"]), found.end()


_OF = re.compile(r"[,)]* *(?:\([^()]{0,30}\) *)?,? *(?P<of>của|do|giữa) +")
_CONGRESS = re.compile(r" +(?P<of>)(?=(?:Hội nghị|Đại hội) )")
_TERM = re.compile(r" *\(?[Kk]hóa +[IVXLC]+\)?")
_SENDER = re.compile(r" (?:đã )?(?:ban hành|ra|có) *$")
_AT = re.compile(r" (?:tại|theo) *$")
_BETWEEN_END = re.compile(r" (?:về|ban hành|trong|năm|nhiệm|giai|thực hiện|V/v)(?= |$)|[.,;:“\"(]")
_BACK = 120  # characters before a mention in which its sender may stand


def is_sent(flat: str, start: int) -> bool:
    """Whether “… ban hành” stands right before the mention."""
    return bool(_SENDER.search(flat[max(0, start - _BACK) : start]))


def issuer_of(flat: str, start: int, end: int) -> str | None:
    """“của X”, “giữa X và Y” after the mention; “X tại …”, “X ban hành …” before it."""
    of = _OF.match(flat, end) or _CONGRESS.match(flat, end)
    if of:
        name = bodies.issuer_at(flat, of.end(), len(flat))
        if name and of["of"] == "giữa":
            return _both(flat, of.end())
        if name:
            return _TERM.sub("", _folded(flat, *name)).strip() or None
    before = flat[max(0, start - _BACK) : start]
    if _SENDER.search(before) or _AT.search(before):
        return _subject(before)
    return None


def _folded(flat: str, start: int, end: int) -> str:
    return " ".join(flat[start:end].split())


def _both(flat: str, start: int) -> str | None:
    """“giữa A với B”: both, as printed."""
    stop = _BETWEEN_END.search(flat, start, start + 200)
    return _folded(flat, start, stop.start() if stop else start + 120) or None


_VERB = re.compile(r" (?:đã )?(?:ban hành|ra|có|tại|theo) *$")
_CLAUSE = re.compile(r"[.;:“”(]| của | theo ")


def _subject(before: str) -> str | None:
    """The body that “… ban hành” or “… tại” stands after, in the same clause."""
    clause = " ".join(_CLAUSE.split(_VERB.sub("", before))[-1].split())
    for head in bodies.HEAD.finditer(clause):
        verb = bodies.predicate_after(clause, head.start(), len(clause))
        if verb is None and head[0][0].isupper():
            name = clause[head.start() :]
            return name if "," not in name else None
    return None
