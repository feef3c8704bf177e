"""Documents mentioned by a name that means one document: laws, resolutions of a congress."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.lexicon import any_of
from vanban.lexicon.laws import LAWS
from vanban.lexicon.letters import LOWER, UPPER
from vanban.mentions import Mention, date_after, issuer_of, places, starting
from vanban.text import Page


def read(page: Page) -> Iterator[Mention]:
    flat = page.flat
    yield from _laws(flat)
    yield from _constitutions(flat)
    yield from _resolutions(page)
    yield from _quoted(flat)


# Laws

_KNOWN = frozenset(LAWS)
_LONGEST = max(len(name.split()) for name in LAWS)
_LAW = re.compile(
    r"(?<!\w)(?P<kind>Bộ [Ll]uật|BỘ LUẬT|Luật|Pháp lệnh) +(?P<name>[^\W\d_][^.;:()“”\d|]{2,200})"
)
_AMENDS = re.compile(
    r"[Ss]ửa đổi,? +(?:và +)?bổ sung(?: +một số điều)?(?: +của)? +(?=Luật|Bộ luật|các [Ll]uật)"
)
_STOP = re.compile(
    r",? +(?:số|ngày|năm|của|được|có|quy định|và +(?:các|Luật|Nghị|Bộ luật|những|văn bản|chính sách)|đã|về"
    r"|trong|để|theo|đối với|cho|vào|gắn|tại|trên|bằng|nhằm|thì|là|(?:Luật|Bộ luật|Pháp lệnh|Nghị))(?= |$)|,? *$| -|,"
)
_WORD = re.compile(r"(?:[^\W\d_]|-)+,?")
_YEAR_AFTER = re.compile(r" +năm +\d{4}")
_NUMBER_AFTER = re.compile(r",? +số +(?=\d)")
_MOST_WORDS = 14


def _laws(flat: str) -> Iterator[Mention]:
    at = 0
    for place in places(("Luật", "Bộ luật", "Bộ Luật", "BỘ LUẬT", "Pháp lệnh"), flat):
        found = _LAW.match(flat, place) if place >= at else None
        if not found:
            continue
        at = found.start("name")
        if flat.startswith("các ", max(0, found.start() - 4)):
            continue
        end = _end_of_law(flat, found)
        if end is None or _NUMBER_AFTER.match(flat, end):
            continue
        kind = "Bộ luật" if found["kind"].startswith(("Bộ", "BỘ")) else found["kind"]
        date, at = date_after(flat, end)
        if not date and (year := _YEAR_AFTER.match(flat, end)):
            at = year.end()
        yield Mention(found.start(), at, kind, None, date, None, 0.85, f"“{kind}” và tên luật")


def _end_of_law(flat: str, found: re.Match[str]) -> int | None:
    """Where the name ends: a known name, the longest; else at the first word that cannot belong."""
    start, limit = found.start("name"), found.end("name")
    if amends := _AMENDS.match(flat, start):
        return _end_of_amended(flat, amends.end(), limit)
    if known := _known(flat, start, limit):
        return known
    if not flat[start].isupper():
        return None
    stop = _STOP.search(flat, start, limit)
    end = stop.start() if stop else limit
    return end if 1 < len(flat[start:end].split()) <= _MOST_WORDS else None


def _known(flat: str, start: int, limit: int) -> int | None:
    end = None
    words: list[str] = []
    for word in _WORD.finditer(flat, start, limit):
        words.append(word[0].casefold())
        name = " ".join(words)
        if name.rstrip(",") in _KNOWN:
            end = word.end() - name.endswith(",")
        if len(words) >= _LONGEST:
            break
    return end


_LAW_WORD = re.compile(r"(?:các )?(?:Bộ l|L|l)uật +")
_AND_LAW = re.compile(r",? +(?:và +)?(?:Bộ luật|Luật) +|; +(?=Luật)")


def _end_of_amended(flat: str, start: int, limit: int) -> int:
    """“Luật sửa đổi, bổ sung một số điều của Luật A và Luật B” is one law."""
    law = _LAW_WORD.match(flat, start, limit)
    end = _known(flat, law.end() if law else start, limit)
    while end and (more := _AND_LAW.match(flat, end, limit)):
        further = _known(flat, more.end(), limit)
        if not further:
            return end
        end = further
    if end:
        return end
    stop = _STOP.search(flat, law.end() if law else start, limit)
    return stop.start() if stop else limit


_CONSTITUTION = re.compile(r"(?<!\w)Hiến pháp(?: +năm +\d{4}| +nước [^,.;]{10,60})?")


def _constitutions(flat: str) -> Iterator[Mention]:
    for found in starting(_CONSTITUTION, ("Hiến pháp",), flat):
        yield Mention(*found.span(), "Hiến pháp", None, None, None, 0.85, "Nêu tên Hiến pháp")


# Resolutions of a congress or a plenum

_RESOLUTION = re.compile(
    r"(?<!\w)(?P<kind>Nghị quyết|Kết luận)(?P<name> +(?:Hội nghị +)?(?:Trung ương|TW|TƯ|T\.Ư) +(?:lần thứ +)?"
    r"[\dIVX]+(?:,? *\(?khóa +[IVX]+\)?)?(?: +của +Đảng)?"
    r"| +Hội nghị +lần +thứ +\w+(?: +\(\d+\))?,? +(?:Ban +Chấp +hành|BCH) +(?:Trung +ương|TW)(?: +Đảng)?"
    r"(?:,? *\(?khóa +[IVX]+\)?)?"
    r"| +Đại hội(?: +(?:lần +thứ|[IVX]+|đại biểu|toàn quốc|Đảng|đảng|bộ|toàn|tỉnh|huyện|xã|phường|thành|phố"
    rf"|[{UPPER}][{LOWER}]+|lần|thứ|thị|nhiệm kỳ|\d+(?: ?- ?\d+)?))+(?: +của +Đảng)?)"
)
_TERM = re.compile(r",? *\(?khóa +[IVX]+\)?$")
_SET = re.compile(r" +(?:các cấp|cấp trên|cấp dưới|cơ sở)")  # many documents, not one
_WHICH = re.compile(r"\d|(?<!\w)[IVX]+(?!\w)")


def _resolutions(page: Page) -> Iterator[Mention]:
    flat = page.flat
    for found in starting(_RESOLUTION, ("Nghị quyết", "Kết luận"), flat):
        start, end = found.span()
        blank = page.text.find("\n\n", start, end)  # no name runs over a blank line
        end = end if blank < 0 else blank
        name = " ".join(flat[found.start("name") : end].split())
        plenum = name.startswith("Hội nghị lần")
        if _SET.match(flat, end) or not (plenum or _WHICH.search(name)):
            continue
        issuer = _TERM.sub("", name) if plenum else name if "Đại hội" in name else None
        because = "Nghị quyết nêu bằng tên đại hội, hội nghị"
        yield Mention(start, end, found["kind"], None, None, issuer, 0.85, because)


# A kind with its subject in quotation marks

_WITH_SUBJECT = (
    *("Kế hoạch", "kế hoạch", "Chương trình", "Thông báo", "thông báo", "Nghị quyết"),
    *("Quyết định", "Chỉ thị", "Đề án", "Quy chế"),
)
_QUOTED = re.compile(
    rf"(?<!\w)(?P<kind>{any_of(_WITH_SUBJECT)})"
    rf"(?: +của +(?P<of>[{UPPER}][^“”.;,]{{4,60}}?))? +“(?=[Vv]ề |[Vv]/v )[^”]{{5,300}}”"
)


def _quoted(flat: str) -> Iterator[Mention]:
    if not any(flat.find(opening) >= 0 for opening in ("“Về ", "“về ", "“V/v ", "“v/v ")):
        return
    for found in starting(_QUOTED, _WITH_SUBJECT, flat):
        issuer = " ".join(found["of"].split()) if found["of"] else None
        issuer = issuer or issuer_of(flat, *found.span())
        because = "Tên loại và trích yếu trong ngoặc kép"
        kind = found["kind"].capitalize()
        yield Mention(*found.span(), kind, None, None, issuer, 0.6, because)
