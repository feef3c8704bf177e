"""The other documents that a text mentions: by number, or by a name that means one document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vanban import bodies
from vanban.lexicon.kinds import KIND_ENDINGS, KINDS, MISPRINTS
from vanban.lexicon.laws import LAWS
from vanban.lexicon.letters import LOWER, UPPER
from vanban.model import Citation
from vanban.numbers import DATE, parse_date
from vanban.outline import Section
from vanban.text import Page


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)).replace(r"\ ", " +")


_names = [*KINDS, *MISPRINTS]
_names += [name[0].lower() + name[1:] for name in _names]
_KIND = rf"(?:{_any(_names)})(?: +(?:{_any(KIND_ENDINGS)}|{_any([e.capitalize() for e in KIND_ENDINGS] + ['Liên tịch', 'Kết luận'])}))?"
_CODE = rf"[{UPPER}]{{1,14}}[a-zđi]{{0,2}}\d{{0,2}}"
# 217-QĐ/TW · 04-CTr/BDVTU-BCSDUBND · 34/2007/PL-UBTVQH11 · 16-CT-TTg · 1026 /KH-UBND · 15/2007QĐ-UBND
_NUMBER = re.compile(
    rf"(?<![\d/.,])\d{{1,5}}[a-zA-Z]?(?: ?/ ?\d{{4}})?(?: ?[/-] ?|(?<=/\d{{4}}))"
    rf"{_CODE}(?:(?: ?[-/] ?|&|\.){_CODE}){{0,5}}(?![{LOWER}])"
)
_KIND_BEFORE = re.compile(rf"(?<!\w)(?P<kind>{_KIND})(?: +[Ss]ố)?:? *$")
_SO_BEFORE = re.compile(r"(?<!\w)[Ss]ố:? *$")
_LAW_BEFORE = re.compile(rf"(?<!\w)(?P<kind>Luật|Bộ luật|Pháp lệnh)(?P<name> [^;.:()“”\d]{{3,120}}?),? +số:? *$")
_DATE_AFTER = re.compile(rf"(?: [{LOWER}]+)?,? *(?:\(ng[àa]y +(?P<in>{DATE})\)|ng[àa]y +(?P<date>{DATE}))|,? +(?P<bare>\d\d?/\d\d?/\d{{4}})")
_BARE = re.compile(
    rf"(?<!\w)(?P<kind>(?:Nghị quyết|Pháp lệnh|Chỉ thị|Kết luận|Quyết định|Nghị định|Quy định|"
    rf"Thông tư|Kế hoạch)) +(?P<so>số +)?(?P<number>\d{{1,4}})(?P<more>(?:(?:,| và) *\d{{1,4}}(?![\w/.-]))*)"
    rf"(?![\w/.%]|-[{UPPER}]|,\d| (?:tháng|năm|ngày|của năm|văn bản|xã))"
)
_OF = re.compile(r"[,)]* *(?:\([^()]{0,30}\) *)?,? *(?:và +(?:ý kiến|phát biểu)(?: +[^ ,.;]+){0,4} +)?(?P<of>của|do|giữa) +")


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    kind: str
    number: str | None
    date: str | None
    issuer: str | None
    sure: float
    because: str


def read(page: Page, sections: Sequence[Section]) -> tuple[Citation, ...]:
    flat = page.flat
    numbered = list(_numbered(flat))
    signed = [(m.start, m.end) for m in numbered]
    numbered += [m for m in _by_bare_number(flat) if not _overlaps(m, signed)]
    numbered = _shared(flat, sorted(numbered, key=lambda m: m.start))
    taken = [(m.start, m.end) for m in numbered]
    named = [m for m in _named(flat) if not _overlaps(m, taken)]
    mentions = sorted([*numbered, *named], key=lambda m: m.start)
    bases = _bases(page, sections, mentions)
    return tuple(
        Citation(
            page.span(m.start, m.end), m.kind, m.number, m.date, m.issuer, basis, m.sure, m.because
        )
        for m, basis in zip(mentions, bases, strict=True)
    )


def _overlaps(mention: _Mention, taken: Sequence[tuple[int, int]]) -> bool:
    return any(mention.start < end and start < mention.end for start, end in taken)


def _numbered(flat: str) -> Iterator[_Mention]:
    last: _Mention | None = None
    own = _own_number_at(flat)
    for found in _NUMBER.finditer(flat):
        if found.start() == own:
            continue
        mention = _by_number(flat, found.start(), found.end(), last)
        if mention:
            last = mention
            yield mention


def _own_number_at(flat: str) -> int:
    """Where the number of the document itself stands: after “Số:” in the letterhead."""
    found = re.search(r"(?:^| )Số ?: *(?=\d)", flat[:3000])
    return found.end() if found else -1


def _by_number(flat: str, start: int, end: int, last: _Mention | None) -> _Mention | None:
    number = "".join(flat[start:end].split())
    low = max(0, start - 200)
    before = flat[low:start]
    kind_at = _kind_before(before)
    if kind_at:
        begin, kind = low + kind_at[0], kind_at[1]
        because = f"“{' '.join(flat[begin:start].split())}” đứng trước số, ký hiệu"
        sure = 0.97
    elif last and start - last.end < 120 and _is_connector(flat[last.end : start]):
        begin, kind = start, last.kind
        because, sure = "Số, ký hiệu tiếp theo trong danh sách cùng loại", 0.9
    elif _SO_BEFORE.search(before) or _is_sign(number):
        begin, kind = start, _kind_of_sign(number)
        because, sure = "Có số, ký hiệu, không ghi tên loại", 0.6
        if not kind:
            return None
    else:
        return None
    date, stop = _date_after(flat, end)
    issuer = _issuer(flat, begin, stop)
    return _Mention(begin, stop, kind, number, date, issuer, sure, because)


def _is_connector(gap: str) -> bool:
    return bool(re.fullmatch(r" *(?:,|và|;|&|, và) *(?:số +)?|.{0,60}?(?:,| và) +số +", gap)) and (
        ";" not in gap
    )


def _is_sign(number: str) -> bool:
    return bool(re.search(r"/(?:TW|TU|CP|UBND|HĐND|QH\d+)|-(?:TTg|CP|UBND|HĐND)", number))


_SIGN_KINDS = {sign: kind for kind, sign in KINDS.items() if sign and kind != "Lệnh"}
_SIGN_KINDS |= {"TT": "Thông tư", "QĐi": "Quy định", "L": "Luật"}


def _kind_of_sign(number: str) -> str:
    found = re.match(rf"\d+[a-z]?(?:/\d{{4}})?[-/]?([{UPPER}{LOWER}]+)", number)
    return _SIGN_KINDS.get(found[1], "") if found else ""


def _kind_before(before: str) -> tuple[int, str] | None:
    found = _KIND_BEFORE.search(before[-60:])
    if found:
        return len(before) - len(before[-60:]) + found.start(), _kind_name(found["kind"])
    found = _LAW_BEFORE.search(before)
    if not found:
        return None
    inner = before.rfind("Luật ", 0, len(before))
    bộ = "Bộ " if before[max(0, inner - 3) : inner] == "Bộ " else ""
    start = found.start() if found["kind"] == "Pháp lệnh" or inner < 0 else inner - len(bộ)
    return start, found["kind"]


def _kind_name(printed: str) -> str:
    kind = " ".join(printed.split())
    kind = kind[0].upper() + kind[1:]
    return MISPRINTS.get(kind, kind)


def _date_after(flat: str, end: int) -> tuple[str | None, int]:
    found = _DATE_AFTER.match(flat, end)
    if not found:
        return None, end
    return parse_date(found["date"] or found["in"] or found["bare"]), found.end()


_CONGRESS = re.compile(r" +(?P<of>(?=(?:Hội nghị|Đại hội) ))")


def _folded(flat: str, start: int, end: int) -> str:
    return " ".join(flat[start:end].split())


_TERM = re.compile(r" *\(?[Kk]h[óo][áa]? +[IVXLC]+\)?")
_SENDER = re.compile(rf"(?:đã )?(?:ban hành|ra|có) *$")
_AT = re.compile(r"(?:tại|theo) *$")


def _issuer(flat: str, start: int, end: int) -> str | None:
    """“của X”, “giữa X và Y” after it; “X tại …”, “X ban hành …” before it."""
    of = _OF.match(flat, end) or _CONGRESS.match(flat, end)
    if of:
        name = bodies.issuer_at(flat, of.end(), len(flat))
        if name and of["of"] == "giữa":
            return _both(flat, of.end())
        if name:
            return _TERM.sub("", _folded(flat, *name)).strip() or None
    before = flat[max(0, start - 120) : start]
    if _SENDER.search(before) or _AT.search(before):
        return _subject_before(before)
    return None


def _both(flat: str, start: int) -> str | None:
    """“giữa A với B”: both, as printed."""
    stop = re.compile(r" (?:về|ban hành|trong|năm|nhiệm|giai|thực hiện|V/v)(?= )|[.,;:“\"(]").search(
        flat, start, start + 200
    )
    end = stop.start() if stop else start + 120
    return " ".join(flat[start:end].split()) or None


def _subject_before(before: str) -> str | None:
    """The body that “… ban hành” or “… tại” stands after: the last that begins in the clause."""
    clause = re.split(r"[.;:“”(]| của | theo ", re.sub(r" (?:đã )?(?:ban hành|ra|có|tại|theo) *$", "", before))[-1]
    clause = " ".join(clause.split())
    for found in bodies.HEAD.finditer(clause):
        name = clause[found.start() :]
        if bodies.predicate_after(clause, found.start(), len(clause)) is None and found[0][0].isupper():
            return name if "," not in name else None
    return None


_MORE = re.compile(r"\d{1,4}")


def _by_bare_number(flat: str) -> Iterator[_Mention]:
    """“Pháp lệnh số 34”, “Nghị quyết số 18, 19”, “Nghị quyết 25 khóa XI”."""
    for found in _BARE.finditer(flat):
        term = re.match(r",? *\(?[Kk]h[óo][áa]? +[IVX]+\)?", flat[found.end() : found.end() + 20])
        if not found["so"] and not term:
            continue
        end = found.end("number")
        stop = found.end() + (term.end() if term and not found["so"] else 0)
        issuer = _issuer(flat, found.start(), found.end())
        first_end = stop if not found["more"] else end
        because = f"“{found['kind']} số …” không có ký hiệu"
        yield _Mention(found.start(), first_end, found["kind"], found["number"], None, issuer, 0.8, because)
        for more in _MORE.finditer(flat, found.start("more"), found.end("more")):
            yield _Mention(
                more.start(), more.end(), found["kind"], more[0], None, issuer, 0.75, because
            )


def _shared(flat: str, mentions: list[_Mention]) -> list[_Mention]:
    """In “A, B ngày D của X” and “A và B của X”, D and X belong to both."""
    result = list(mentions)
    for index in range(len(result) - 2, -1, -1):
        here, after = result[index], result[index + 1]
        gap = flat[here.end : after.start]
        if not re.fullmatch(r" *(?:,|và|&|, và) *(?:số +)?", gap):
            continue
        date = here.date or (after.date if after.kind == here.kind else None)
        result[index] = replace(here, date=date, issuer=here.issuer or after.issuer)
    return _carried(flat, result)


def _carried(flat: str, mentions: list[_Mention]) -> list[_Mention]:
    """“Tỉnh ủy ban hành Chỉ thị …; Kế hoạch …; Công văn …”: the issuer of them all."""
    result: list[_Mention] = []
    subject: str | None = None
    place = 0
    for mention in mentions:
        before = flat[max(0, mention.start - 120) : mention.start]
        if _SENDER.search(before) and mention.issuer:
            subject, place = mention.issuer, mention.end
        elif subject and mention.issuer is None and flat[: mention.start].endswith("; "):
            if not re.search(r"\.[⁾”]* +[A-ZĐ]", flat[place : mention.start]):
                mention = replace(mention, issuer=subject)
        elif ". " in flat[place : mention.start] and not before.endswith("; "):
            subject = None
        result.append(mention)
    return result


_LAW_NAMES = frozenset(LAWS)
_LONGEST_LAW = max(len(name.split()) for name in LAWS)
_LAW = re.compile(
    rf"(?<!\w)(?P<kind>Bộ [Ll]uật|BỘ LUẬT|Luật|Pháp lệnh) +(?P<name>[^\W\d_][^.;:()“”\d|]{{2,200}})"
)
_AMENDS = re.compile(r"[Ss]ửa đổi,? +(?:và +)?bổ sung(?: +một số điều)?(?: +của)? +(?=Luật|Bộ luật|các [Ll]uật)")
_LAW_STOP = re.compile(
    r",? +(?:số|ngày|năm|của|được|có|quy định|và +(?:các|Luật|Nghị|Bộ luật|những|văn bản|chính sách)|đã|về"
    r"|trong|để|theo|đối với|cho|vào|gắn|tại|trên|bằng|nhằm|thì|là|,? (?:Luật|Bộ luật|Pháp lệnh|Nghị))(?= |$)|,? *$| -|,"
)
_WORD = re.compile(r"(?:[^\W\d_]|-)+,?")
_YEAR_AFTER = re.compile(r" +năm +\d{4}")
_NUMBER_AFTER = re.compile(r",? +số +(?=\d)")
_PLENUM = re.compile(
    rf"(?<!\w)(?P<kind>Nghị quyết|Kết luận)(?P<name> +(?:Hội nghị +)?Trung ương +(?:lần thứ +)?"
    rf"[\dIVX]+(?:,? *\(?kh[óo][áa]? +[IVX]+\)?)?(?: +của +Đảng)?"
    rf"| +Đại hội(?: +(?:lần +thứ|[IVX]+|đại biểu|toàn quốc|Đảng|đảng|bộ|toàn|XI+|tỉnh|huyện|xã|phường|thành|phố"
    rf"|[{UPPER}][{LOWER}]+|lần|thứ|thị|nhiệm kỳ|[\d]+(?: ?- ?\d+)?))+(?: +của +Đảng)?)"
)
_CONSTITUTION = re.compile(rf"(?<!\w)Hiến pháp(?: +năm +\d{{4}}| +nước [^,.;]{{10,60}})?")
_QUOTED = re.compile(
    rf"(?<!\w)(?P<kind>Kế hoạch|Chương trình|Thông báo|Nghị quyết|Quyết định|Chỉ thị|Đề án|Quy chế|thông báo|kế hoạch)"
    rf"(?: +của +(?P<of>[{UPPER}][^“”.;,]{{4,60}}?))? +“(?=[Vv]ề |[Vv]/v )[^”]{{5,300}}”"
)
_SET = re.compile(r"các cấp|cấp trên|cấp dưới|cơ sở")


def _named(flat: str) -> Iterator[_Mention]:
    yield from _laws(flat)
    for found in _CONSTITUTION.finditer(flat):
        yield _Mention(
            found.start(), found.end(), "Hiến pháp", None, None, None, 0.85, "Nêu tên Hiến pháp"
        )
    for found in _PLENUM.finditer(flat):
        name = " ".join(found["name"].split())
        if _SET.match(flat, found.end() + 1) or name in ("Đại hội", "Đại hội Đảng", "Đại hội Đảng bộ"):
            continue
        if not re.search(r"\d|[IVX]{1,}", name):
            continue
        issuer = name if "Đại hội" in name else None
        because = "Nghị quyết nêu bằng tên đại hội, hội nghị"
        yield _Mention(found.start(), found.end(), found["kind"], None, None, issuer, 0.85, because)
    for found in _QUOTED.finditer(flat):
        issuer = " ".join(found["of"].split()) if found["of"] else None
        issuer = issuer or _issuer(flat, found.start(), found.end())
        yield _Mention(
            found.start(), found.end(), _kind_name(found["kind"]), None, None, issuer, 0.6,
            "Tên loại và trích yếu trong ngoặc kép",
        )  # fmt: skip


def _laws(flat: str) -> Iterator[_Mention]:
    at = 0
    while found := _LAW.search(flat, at):
        at = found.start("name")
        if flat[max(0, found.start() - 4) : found.start()] == "các ":
            continue
        end = _law_end(flat, found)
        if end is None:
            continue
        kind = "Bộ luật" if found["kind"].startswith(("Bộ", "BỘ")) else found["kind"]
        if _NUMBER_AFTER.match(flat, end):
            at = end
            continue
        because = f"“{kind}” và tên luật"
        date, stop = _date_after(flat, end)
        if not date and (year := _YEAR_AFTER.match(flat, end)):
            stop = year.end()
        yield _Mention(found.start(), stop, kind, None, date, None, 0.85, because)
        at = stop


def _law_end(flat: str, found: re.Match[str]) -> int | None:
    """Where the name of a law ends: a known name, the longest; else the first word that cannot belong."""
    start, limit = found.start("name"), found.end("name")
    amends = _AMENDS.match(flat, start)
    if amends:
        return _amended_end(flat, amends.end(), limit)
    if known := _known_law(flat, start, limit):
        return known
    if not flat[start].isupper():
        return None
    stop = _LAW_STOP.search(flat, start, limit)
    end = stop.start() if stop else limit
    return end if 1 < len(flat[start:end].split()) <= 14 else None


def _known_law(flat: str, start: int, limit: int) -> int | None:
    best = None
    words: list[str] = []
    for word in _WORD.finditer(flat, start, limit):
        words.append(word[0].casefold())
        name = " ".join(words)
        if name.rstrip(",") in _LAW_NAMES:
            best = word.end() - name.endswith(",")
        if len(words) >= _LONGEST_LAW:
            break
    return best


_AND_LAW = re.compile(r",? +(?:và +)?(?:Bộ luật|Luật) +|; +(?=Luật)")


def _amended_end(flat: str, start: int, limit: int) -> int:
    """“Luật sửa đổi, bổ sung một số điều của Luật A và Luật B”: one law."""
    law = re.compile(r"(?:các )?(?:Bộ l|L|l)uật +").match(flat, start, limit)
    end = law.end() if law else start
    end = _known_law(flat, end, limit) or end
    while (more := _AND_LAW.match(flat, end, limit)) and (known := _known_law(flat, more.end(), limit)):
        end = known
    if end > start + 6:
        return end
    stop = _LAW_STOP.search(flat, end, limit)
    return stop.start() if stop else limit


_GROUND = re.compile(r"(?:Căn cứ|Thực hiện|Theo|Xét|Triển khai|Thi hành)(?: thực hiện)? ")
_LISTED = re.compile(r" *(?:,|;|và|, và|&)? *(?:số +)?(?:Căn cứ +)?")
_AMENDED_BY = re.compile(r"[^;]{0,20}(?:được )?sửa đổi[^;]{0,40}(?:bởi|theo|tại) *$")


def _bases(page: Page, sections: Sequence[Section], mentions: Sequence[_Mention]) -> list[bool]:
    """Which mentions are legal bases: the leading ones of the preamble, not those in their titles."""
    first = sections[0].heading.span.start if sections else len(page.flat)
    grounds = [
        (p.start, p.end)
        for p in page.paragraphs
        if p.start < first
        and p.kind == "body"
        and _GROUND.match(page.flat, p.start)
        and not page.flat.startswith(("Theo đề nghị", "Xét đề nghị", "Theo báo cáo"), p.start)
    ]
    answers = []
    last: tuple[_Mention, bool] | None = None
    for mention in mentions:
        ground = next(((s, e) for s, e in grounds if s <= mention.start < e), None)
        answer = ground is not None and _leads(page.flat, ground[0], mention, last)
        answers.append(answer)
        last = (mention, answer)
    return answers


def _leads(flat: str, start: int, mention: _Mention, last: tuple[_Mention, bool] | None) -> bool:
    opening = _GROUND.match(flat, start)
    low = opening.end() if opening else start
    segment = max(flat.rfind(";", start, mention.start), flat.rfind("Căn cứ", start, mention.start), low - 1)
    if last is None or last[0].start <= segment or last[0].end <= start:
        return True
    between = flat[last[0].end : mention.start]
    return last[1] and bool(_LISTED.fullmatch(between) or _AMENDED_BY.fullmatch(between))
