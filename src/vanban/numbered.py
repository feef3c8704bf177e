"""Documents mentioned by their number: 217-QĐ/TW; 26/2005/PL-UBTVQH11; Pháp lệnh số 26."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vanban.lexicon import any_of
from vanban.lexicon.kinds import KIND_ENDINGS, KINDS
from vanban.lexicon.letters import LOWER, UPPER
from vanban.mentions import Mention, apart, date_after, date_before, is_sent, issuer_of, starting
from vanban.numbers import DATE, parse_date
from vanban.text import Page


def _any(words: Sequence[str]) -> str:
    return any_of(words).replace(r"\ ", " +")


_NAMES = [*KINDS]
_SMALL = [name[0].lower() + name[1:] for name in _NAMES]
_ENDINGS = [*KIND_ENDINGS, *(ending.capitalize() for ending in KIND_ENDINGS)]
_KIND = rf"(?:{_any(_NAMES + _SMALL)})(?: +(?:{_any(_ENDINGS)}))?"
_CODE = rf"[{UPPER}]{{1,14}}[a-zđi]{{0,2}}\d{{0,2}}"
# 217-QĐ/TW · 13-CTr/BTGTU-BCSDUBND · 26/2005/PL-UBTVQH11 · 09-CT-TTg · 1318 /KH-UBND · 21/2009QĐ-UBND
_NUMBER = re.compile(
    r"\d(?<![\d/.,]\d)\d{0,4}[a-zA-Z]?(?: ?/ ?\d{4})?(?: ?[/-] ?|(?<=/\d{4}))"
    rf"{_CODE}(?:(?: ?[-/] ?|&|\.){_CODE}){{0,5}}(?![{LOWER}])"
)
_KIND_BEFORE = re.compile(rf"(?<!\w)(?P<kind>{_KIND})(?: +[Ss]ố)?:? *$")
_SO_BEFORE = re.compile(r"(?<!\w)[Ss]ố:? *$")
_LAW_BEFORE = re.compile(
    r"(?<!\w)(?P<kind>Luật|Bộ luật|Pháp lệnh)(?P<name> [^;.:()“”\d]{3,120}?),? +số:? *$"
)
_OWN = re.compile(r"Số ?:? *(?=\d)")
_LETTERHEAD = 3_000  # characters in which the document's own number may stand


def read(page: Page) -> list[Mention]:
    """All of them, in order, with what the members of a list share."""
    flat = page.flat
    signed = list(_signed(flat, _own_number(page)))
    bare = apart(_bare(flat), signed)
    mentions = sorted([*signed, *bare], key=lambda mention: mention.start)
    return _carried(flat, _shared(flat, [_mended(page, mention) for mention in mentions]))


# A page ends within the mention: its rest opens a paragraph further on, below the footnotes.
_TORN = re.compile(r",? *\n\n")
_DATE_LINE = re.compile(rf"\n\nng[àa]y +(?P<date>{DATE})(?!\d)")
_HALVES = {
    "Chấp": "hành ", "Thường": "v", "nhân": "dân ", "Chính": "t", "Bí": "thư", "Ủy": "ban ",
    "đồng": "nhân ", "Mặt": "trận ", "trận": "Tổ quốc", "Tổ": "quốc", "Thủ": "tướng ",
}  # fmt: skip
_FAR = 6_000  # characters that the footnotes of a page may have


def _mended(page: Page, mention: Mention) -> Mention:
    if mention.date is None and _TORN.match(page.text, mention.end):
        found = _DATE_LINE.search(page.text, mention.end, mention.end + _FAR)
        if found:
            issuer = mention.issuer or issuer_of(page.flat, mention.start, found.end())
            return replace(mention, date=parse_date(found["date"]), issuer=issuer, confidence=0.6)
    return _whole_issuer(page, mention) if mention.issuer else mention


def _whole_issuer(page: Page, mention: Mention) -> Mention:
    """“của Ban Chấp”, and behind the footnotes “hành Trung ương …”; a half name is never sure."""
    at = page.flat.find(" của ", mention.end, mention.end + 40)
    blank = page.text.find("\n\n", at, at + 120) if at >= 0 else -1
    half = " ".join(page.flat[at + 5 : blank].split()) if blank >= 0 else ""
    rest = _HALVES.get(half.rpartition(" ")[2])
    if not rest or not mention.issuer or not mention.issuer.startswith(half):
        return mention
    place = page.text.find(f"\n\n{rest}", blank, blank + _FAR)
    if place < 0:
        return replace(mention, issuer=half, confidence=min(mention.confidence, 0.5))
    whole = issuer_of(f" của {half} {page.flat[place + 2 : place + 120]}", 0, 0)
    return replace(mention, issuer=whole or half, confidence=0.55)


def _own_number(page: Page) -> int:
    """Where the number of the document itself stands: after “Số” on a line of the letterhead."""
    for found in _OWN.finditer(page.text, 0, _LETTERHEAD):
        if page.text[: found.start()].rstrip(" ")[-1:] in ("", *"\n|*\t"):
            return found.end()
    return -1


def _signed(flat: str, own: int) -> Iterator[Mention]:
    last: Mention | None = None
    for found in _NUMBER.finditer(flat):
        if found.start() == own:
            continue
        mention = _mention(flat, found.start(), found.end(), last)
        if mention:
            last = mention
            yield mention


def _mention(flat: str, start: int, end: int, last: Mention | None) -> Mention | None:
    number = "".join(flat[start:end].split())
    named = _kind_before(flat, start)
    if named:
        begin, kind = named
        because = f"“{' '.join(flat[begin:start].split())}” đứng trước số, ký hiệu"
        sure = 0.97
    elif last and start - last.end < 120 and _is_next(flat[last.end : start]):
        begin, kind, sure = start, last.kind, 0.9
        because = "Số, ký hiệu tiếp theo trong danh sách cùng loại"
    elif _SO_BEFORE.search(flat[max(0, start - 6) : start]) or _TOP_BODY.search(number):
        begin, kind, sure = start, _kind_of(number), 0.55
        because = "Có số, ký hiệu, không ghi tên loại"
    else:
        return None
    date, stop = date_after(flat, end)
    date = date or date_before(flat, begin)
    issuer = issuer_of(flat, begin, stop)
    return Mention(begin, stop, kind, number, date, issuer, sure, because) if kind else None


_NEXT = re.compile(r" *(?:,|và|&|, và) *(?:số +)?|[^;]{0,60}?(?:,| và) +số +")
_TOP_BODY = re.compile(r"/(?:TW|TU|CP|UBND|HĐND|QH\d+)|-(?:TTg|CP|UBND|HĐND)")


def _is_next(gap: str) -> bool:
    return bool(_NEXT.fullmatch(gap))


_SIGNS = {sign: kind for kind, sign in KINDS.items() if sign and kind != "Lệnh"}
_SIGNS |= {"TT": "Thông tư", "QĐi": "Quy định", "L": "Luật"}
_SIGN = re.compile(rf"\d+[a-z]?(?:/\d{{4}})?[-/]?([{UPPER}{LOWER}]+)")


def _kind_of(number: str) -> str:
    """The kind that the sign stands for: KH is Kế hoạch."""
    found = _SIGN.match(number)
    return _SIGNS.get(found[1], "") if found else ""


def _kind_before(flat: str, start: int) -> tuple[int, str] | None:
    """Where the mention begins, and its kind: “Kế hoạch số”, “Luật Tố cáo số”."""
    low = max(0, start - 60)
    if found := _KIND_BEFORE.search(flat[low:start]):
        return low + found.start(), _kind_name(found["kind"])
    low = max(0, start - 200)
    before = flat[low:start]
    if not (found := _LAW_BEFORE.search(before)):
        return None
    inner = before.rfind("Luật ")
    if found["kind"] == "Pháp lệnh" or inner < 0:
        return low + found.start(), found["kind"]
    return low + inner, "Luật"


def _kind_name(printed: str) -> str:
    kind = " ".join(printed.split())
    return kind[0].upper() + kind[1:]


_SHORT_OF_SIGN = (
    *("Nghị quyết", "Pháp lệnh", "Chỉ thị", "Kết luận", "Quyết định", "Nghị định", "Quy định"),
    *("Thông tư", "Kế hoạch", "Công điện", "Hướng dẫn", "Chương trình"),
)
_BARE = re.compile(
    rf"(?<!\w)(?P<kind>{'|'.join(_SHORT_OF_SIGN)})"
    r" +(?P<so>số +)?(?P<number>\d{1,4})(?P<more>(?:(?:,| và) *\d{1,4}(?![\w/.-]))*)"
    rf"(?![\w/.%]|-[{UPPER}]|,\d| (?:tháng|năm|ngày|văn bản|xã))"
)
_TERM = re.compile(r",? *\(?[Kk]hóa +[IVX]+\)?")
_DIGITS = re.compile(r"\d{1,4}")


def _bare(flat: str) -> Iterator[Mention]:
    """“Pháp lệnh số 26”, “Nghị quyết số 18, 19”, “Nghị quyết 25 khóa XI”."""
    for found in starting(_BARE, _SHORT_OF_SIGN, flat):
        term = _TERM.match(flat, found.end())
        if not found["so"] and not term:
            continue
        kind, because = found["kind"], f"“{found['kind']} số …” không có ký hiệu"
        issuer = issuer_of(flat, found.start(), found.end())
        end = found.end("number")
        if term and not found["so"] and not found["more"]:
            end = term.end()
        yield Mention(found.start(), end, kind, found["number"], None, issuer, 0.8, because)
        for more in _DIGITS.finditer(flat, found.start("more"), found.end("more")):
            yield Mention(more.start(), more.end(), kind, more[0], None, issuer, 0.75, because)


_JOINED = re.compile(r" *(?:,|và|&|, và) *(?:số +)?")
_PARTY = re.compile(r"[/-](?:TW|TU|HU|ThU|ĐU|BCH|BDV\w*|BTG\w*)$")
_STATE = re.compile(r"[/-](?:UBND|HĐND|CP|TTg|QH\d*)(?:-\w+)*$")
_OF_STATE = re.compile(
    r"(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân|Chủ tịch|Chính phủ|Thủ tướng|Quốc hội)"
)
_OF_PARTY = re.compile(
    r"(?:Tỉnh ủy|Huyện ủy|Thành ủy|Đảng ủy|Ban Thường vụ|Ban Bí thư|Bộ Chính trị|Ban Chấp hành)"
)


def _shared(flat: str, mentions: Sequence[Mention]) -> list[Mention]:
    """In “A, B ngày D của X” and “A và B của X”, D and X belong to both."""
    result = list(mentions)
    for index in range(len(result) - 2, -1, -1):
        here, after = result[index], result[index + 1]
        if _JOINED.fullmatch(flat, here.end, max(here.end, after.start)):
            date = here.date or (after.date if after.kind == here.kind else None)
            issuer = here.issuer or (after.issuer if _may_issue(after.issuer, here) else None)
            result[index] = replace(here, date=date, issuer=issuer)
        elif not here.issuer and after.issuer and _are_alike(flat, here, after):
            result[index] = replace(here, issuer=after.issuer)
    return result


def _may_issue(issuer: str | None, mention: Mention) -> bool:
    """A number “…-NQ/TU” is none of a people's committee, nor “…/QĐ-UBND” one of the Party."""
    number = mention.number or ""
    if not issuer:
        return False
    if _PARTY.search(number):
        return not _OF_STATE.match(issuer)
    return not (_STATE.search(number) and _OF_PARTY.match(issuer))


_SYMBOL = re.compile(r"[A-ZĐ].*$")


def _are_alike(flat: str, here: Mention, after: Mention) -> bool:
    """“Nghị định số …/NĐ-CP …; Nghị định số …/NĐ-CP … của Chính phủ”: one kind, one issuer."""
    if here.kind != after.kind or flat[here.end : after.start] != "; ":
        return False
    symbols = [_SYMBOL.search(mention.number or "") for mention in (here, after)]
    return all(symbols) and len({symbol[0] for symbol in symbols if symbol}) == 1


_FULL_STOP = re.compile(rf"\.[⁾”]* +[{UPPER}]")


def _carried(flat: str, mentions: Sequence[Mention]) -> list[Mention]:
    """“Tỉnh ủy ban hành Chỉ thị …; Kế hoạch …; Công văn …”: the issuer of them all."""
    result: list[Mention] = []
    sender: str | None = None
    place = 0
    for mention in mentions:
        if mention.issuer and is_sent(flat, mention.start):
            sender = mention.issuer
        elif sender and _FULL_STOP.search(flat, place, mention.start):
            sender = None
        elif sender and mention.issuer is None and flat.startswith("; ", mention.start - 2):
            mention = replace(mention, issuer=sender)
        place = mention.end
        result.append(mention)
    return result
