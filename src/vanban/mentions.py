"""What a mention of another document says of it: its date and its issuer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vanban import bodies
from vanban.lexicon import any_of
from vanban.lexicon.bodies import FIELDS
from vanban.lexicon.kinds import TWOFOLD
from vanban.lexicon.letters import LOWER, UPPER
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


_OF = re.compile(
    r"[,)]* *(?:\([^()]{0,30}\) *)?(?:có hiệu lực +(?:thi hành +)?(?:kể +)?từ +ngày +"
    rf"{DATE} *)?,? *(?P<of>của|do|giữa) +"
)
_CONGRESS = re.compile(r" +(?P<of>)(?=(?:Hội nghị|Đại hội) )")
# “Chỉ thị số … và ý kiến chỉ đạo của X”
_WITH_WORDS = re.compile(
    r",? +(?:và|cùng) +(?:các +|những +)?(?:ý kiến|bài|phát biểu|chỉ đạo)(?!\w)[^,;.:“”]{0,50}? (?P<of>của) +"
)
_TERM = re.compile(r" *\(?[Kk]hóa +[IVXLC]+\)?")
_SENDS = r"(?:(?:đã|vừa|mới) )?(?:(?:có|ký|ký,) )?(?:ban hành|ra|có|ký)"
_SENDER = re.compile(rf" {_SENDS} *$")
_BETWEEN_END = re.compile(r" (?:về|ban hành|trong|năm|nhiệm|giai|thực hiện|V/v)(?= |$)|[.,;:“\"(]")
_BACK = 160  # characters before a mention in which its sender may stand


def is_sent(flat: str, start: int) -> bool:
    """Whether “… ban hành” stands right before the mention."""
    before = flat[max(0, start - 24) : start]
    return before.rstrip().endswith(("ban hành", " ra", " có", " ký")) and bool(
        _SENDER.search(before)
    )


def issuer_of(flat: str, start: int, end: int) -> str | None:
    """“của X”, “giữa X và Y” after the mention; “X tại …”, “X ban hành …” before it."""
    of = _OF.match(flat, end) or _CONGRESS.match(flat, end) or _WITH_WORDS.match(flat, end)
    if of:
        name = _body_at(flat, of.end())
        if name and of["of"] == "giữa":
            return _both(flat, of.end())
        if name:
            return _TERM.sub("", _folded(flat, *name)).strip() or None
    if is_sent(flat, start) or flat[max(0, start - 6) : start].rstrip().endswith(" tại"):
        return _subject(flat[max(0, start - _BACK) : start])
    return None


# “Ngày 12/9/2031, Ban Dân vận Tỉnh ủy đã ban hành ” before the mention
_SENT_ON = re.compile(
    rf"(?:^|[.;:\n] *|[-+–•] *)[Nn]g[àa]y +(?P<date>{DATE}),? +(?=[{UPPER}])[^.,;:“”\d]{{4,110}} đã ban hành *$"
)


def date_before(flat: str, start: int) -> str | None:
    """The day on which somebody “đã ban hành” the document that is mentioned next."""
    if not is_sent(flat, start):
        return None
    low = max(0, start - _BACK)
    if flat.find("gày ", low, start) < 0:
        return None
    found = _SENT_ON.search(flat[low:start])
    return parse_date(found["date"]) if found else None


# A name with commas and “và” of its own: “Sở Văn hóa, Thể thao và Du lịch tỉnh Sơn Hà”
_WITH_FIELD = re.compile(
    r"(?:(?:Bộ trưởng|Thứ trưởng|Giám đốc|Phó Giám đốc|Chánh Thanh tra|Trưởng|Phó Trưởng) +)?"
    rf"(?:Bộ|Sở|Phòng|phòng|Ban|Đài|Vụ|Văn phòng) +(?:{any_of((*FIELDS, *TWOFOLD))})(?![{LOWER}])"
    rf"(?: +(?:tỉnh|thành phố|huyện|thị xã|quận|Tỉnh ủy|Thành ủy|Huyện ủy|Thị ủy|Đảng ủy|Trung ương)"
    rf"(?: +[{UPPER}][{LOWER}]+){{0,4}})?"
)
_AND_BODY = re.compile(
    r"(?:,| và) +(?=(?:Bộ|Sở|Ban|Ủy ban|UBND|Hội|Đài|Thanh tra|Văn phòng|Công an) )"
)
_STEERS = re.compile(
    r"(?:Trưởng )?Ban Chỉ đạo (?:(?:TW|Trung ương|tỉnh|huyện|thành phố) )?về thực hiện Quy chế [Dd]ân chủ ở cơ sở"
)
_NO_NAME = re.compile(
    r" (?:vào|đề nghị|vừa|đã|sẽ|đang|ký|mời|gửi|thì|nhưng|- cơ quan|(?<!các )cơ quan [Tt]hường trực)(?= |$)"
)


def _body_at(flat: str, start: int) -> tuple[int, int] | None:
    """The body named at `start`, up to the word that cannot belong to its name."""
    whole = _WITH_FIELD.match(flat, start) or _STEERS.match(flat, start)
    if whole:
        also = _AND_BODY.match(flat, whole.end())
        more = _body_at(flat, also.end()) if also else None
        return start, more[1] if more else whole.end()
    name = bodies.issuer_at(flat, start, len(flat))
    if name and (stop := _NO_NAME.search(flat, *name)):
        return name[0], stop.start()
    return name


def _folded(flat: str, start: int, end: int) -> str:
    return " ".join(flat[start:end].split())


def _both(flat: str, start: int) -> str | None:
    """“giữa A với B”: both, as printed."""
    stop = _BETWEEN_END.search(flat, start, start + 200)
    return _folded(flat, start, stop.start() if stop else start + 120) or None


_VERB = re.compile(rf" (?:{_SENDS}|tại) *$")
_CLAUSE = re.compile(r"[.;:“”]| của | theo ")
_IN_BRACKETS = re.compile(r" *\([^()]*\)")


def _subject(before: str) -> str | None:
    """The body that “… ban hành” or “… tại” stands after, in the same clause."""
    words = _IN_BRACKETS.sub("", _VERB.sub("", before))
    clause = " ".join(_CLAUSE.split(words)[-1].split())
    for head in bodies.HEAD.finditer(clause):
        verb = bodies.predicate_after(clause, head.start(), len(clause))
        if verb is None and head[0][0].isupper():
            name = clause[head.start() :]
            stop = _NO_NAME.search(name)
            name = name[: stop.start()] if stop else name
            return name if "," not in name or _WITH_FIELD.match(name) else None
    return None
