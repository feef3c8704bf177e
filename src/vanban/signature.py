"""Who signed, by what capacity, and who receives the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from vanban.frame import Draft, Line, flat_words
from vanban.lexicon.letters import LOWER, UPPER
from vanban.lexicon.order import CAPACITIES, ROLES
from vanban.lexicon.surnames import SURNAMES
from vanban.text import Page

BOTTOM = 70  # lines at the end of the text that may belong to the signature

# “KẾT” is how scans misread “KT.”
_CAPACITY = re.compile(
    rf"(?:{'|'.join(map(re.escape, CAPACITIES))})[. ]+(?=[{UPPER}])"
    r"|KẾT[. ]+(?=(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|CHÁNH|CỤC TRƯỞNG|BỘ TRƯỞNG|BÍ THƯ))"
)
_ROLE = re.compile(rf"(?:{'|'.join(sorted(ROLES, key=len, reverse=True))})(?![{UPPER}{LOWER}])")
_NAME = re.compile(rf"(?:[{UPPER}][{LOWER}]+(?:[- ]|$)){{2,6}}$")
_RECIPIENTS = re.compile(r"(?:Nơi|NƠI) (?:nhận|gửi|NHẬN|GỬI) *:?")
_ITEM = re.compile(r"[-+–•*] *")


def read_signature(draft: Draft, lines: Sequence[Line]) -> None:
    """The lines TM./KT./TL., the post, and the name below them; recipients may stand beside them."""
    lines = [line for line in lines if not _is_of_recipients(draft.page, line)]
    first = _first_capacity(draft.page, lines)
    if first is None:
        first = _first_role(draft.page, lines)
    if first is None:
        return
    authority, index = _authority(draft.page, lines, first)
    if authority:
        value = " ".join(draft.page.words(*line) for line in authority)
        at = (authority[0][0], authority[-1][1])
        draft.put("authority", value, at, 0.9, "Các dòng TM., KT., TL. trước chữ ký")
    index = _take_role(draft, lines, index)
    _take_signer(draft, lines, index)


def _first_capacity(page: Page, lines: Sequence[Line]) -> int | None:
    """The first line “TM. …” of the bottom, or of the whole text where none stands there."""
    low = max(0, len(lines) - BOTTOM)
    order = chain(range(low, len(lines)), range(low))
    return next((index for index in order if _is_capacity(page, lines[index])), None)


def _is_capacity(page: Page, line: Line) -> bool:
    if page.text[line[0]] not in "TKQ":
        return False
    words = flat_words(page, line)
    return bool(_CAPACITY.match(words)) and words.upper() == words


def _first_role(page: Page, lines: Sequence[Line]) -> int | None:
    """A post in capitals alone on its line, with a name below: signed without TM./KT."""
    for index in range(max(0, len(lines) - 25), len(lines)):
        words = flat_words(page, lines[index])
        if words.isupper() and _ROLE.match(words) and len(words) < 60:
            after = [flat_words(page, line) for line in lines[index + 1 : index + 4]]
            if any(_NAME.match(_TITLES.sub("", name)) for name in after):
                return index
    return None


def _authority(page: Page, lines: Sequence[Line], first: int) -> tuple[list[Line], int]:
    taken: list[Line] = []
    index = first
    while index < len(lines):
        words = flat_words(page, lines[index])
        is_capacity = bool(_CAPACITY.match(words)) and words.isupper()
        is_more = taken and words.isupper() and not _ROLE.match(words) and len(words) < 80
        if not is_capacity and not is_more:
            break
        taken.append(lines[index])
        index += 1
    return taken, index


def _take_role(draft: Draft, lines: Sequence[Line], index: int) -> int:
    taken: list[Line] = []
    while index < len(lines) and len(taken) < 3:
        words = flat_words(draft.page, lines[index])
        if taken and _is_name_in_capitals(words):
            break
        if not (words.isupper() and (_ROLE.match(words) or taken)) and not (
            not taken and _ROLE.match(words) and len(words) < 60 and not _NAME.match(words)
        ):
            break
        taken.append(lines[index])
        index += 1
    if taken:
        value = " ".join(draft.page.words(*line) for line in taken)
        at = (taken[0][0], taken[-1][1])
        draft.put("signer_role", value, at, 0.9, "Chức vụ ghi trên họ tên người ký")
    return index


_TITLES = re.compile(r"(?:TS|ThS|PGS|GS|BS|KS|CN|Ths|Ts)\. ?")


def _take_signer(draft: Draft, lines: Sequence[Line], index: int) -> None:
    for line in lines[index : index + 3]:
        words = flat_words(draft.page, line)
        if _NAME.match(_TITLES.sub("", words)) or _is_name_in_capitals(words):
            bare = _TITLES.sub("", draft.page.words(*line))
            draft.put("signer", bare, line, 0.9, "Họ tên dưới chức vụ người ký")
            return


def _is_name_in_capitals(words: str) -> bool:
    """“LÊ VĂN BA”; a post in capitals begins with no family name."""
    parts = words.split()
    return 2 <= len(parts) <= 5 and words.isupper() and parts[0] in SURNAMES


def _is_of_recipients(page: Page, line: Line) -> bool:
    return bool(_ITEM.match(page.text, line[0]) or _RECIPIENTS.match(page.flat, line[0]))


def read_recipients(draft: Draft, lines: Sequence[Line]) -> None:
    """The entries of the last “Nơi nhận:”, one for each dash."""
    start = _start_of_recipients(draft.page)
    if start is None:
        return
    after = [(max(line[0], start), line[1]) for line in lines if line[1] > start]
    entries, end = _entries(draft.page, after, start)
    values = tuple(value for value in map(_bare, entries) if value)
    if values:
        draft.put("recipients", values, (start, end), 0.9, "Danh sách sau “Nơi nhận:”")


def _start_of_recipients(page: Page) -> int | None:
    start = None
    for found in _RECIPIENTS.finditer(page.flat):
        start = found.end()
    return start


def _entries(page: Page, lines: Sequence[Line], end: int) -> tuple[list[str], int]:
    """The entries, and where the last one ends; the signature may stand beside them or below."""
    entries: list[str] = []
    dashed = False
    for line in lines:
        words = page.words(*line).lstrip(":").strip()
        is_beside = "\n" not in page.text[end : line[0]]
        dash = _ITEM.match(page.text, line[0])
        if not words or (is_beside and not dash and (entries or _is_signature(words))):
            continue
        if _is_signature(words) or (entries and _is_over(page, entries[-1], end, line, bool(dash))):
            break
        if dash or not entries or (not dashed and _CLOSED.search(entries[-1])):
            dashed = dashed or bool(dash)
            entries.append(_ITEM.sub("", words, count=1) if dash else words)
        else:
            entries[-1] += " " + words
        end = line[1]
    return entries, end


_CLOSED = re.compile(r";[ ]*$")


def _is_over(page: Page, entry: str, end: int, line: Line, dash: bool) -> bool:
    """Another cell below, or words without a dash after an entry that has ended."""
    if "|" in page.text[end : line[0]]:
        return True
    return not dash and entry.rstrip().endswith(".")


def _is_signature(words: str) -> bool:
    return words.isupper() and bool(_CAPACITY.match(words) or _ROLE.match(words))


def _bare(entry: str) -> str:
    return entry.strip().rstrip(" ;,./").strip()
