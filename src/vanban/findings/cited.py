"""Documents cited wrongly: malformed or doubtful numbers, contradictory dates, terms, validity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from vanban.findings.dates import When, is_day, shown
from vanban.lexicon.kinds import KINDS
from vanban.model import Citation, Finding, Header
from vanban.text import Page
from vanban.validity import Known, Validity, key, term_on

_LETTERHEAD = 3_000  # characters in which the document's own number may stand


def of_others(citations: Sequence[Citation], header: Header) -> list[Citation]:
    """The mentions of other documents: its own number in the letterhead is none."""
    own = header.number and key(header.number)
    return [
        one
        for one in citations
        if not (own and one.number and key(one.number) == own and one.date in (None, header.date))
    ]


def read(
    page: Page, header: Header, cited: Sequence[Citation], made: When, validity: Validity
) -> Iterator[Finding]:
    """At most one finding of a number's form, then its dates, terms and validity."""
    yield from _own_number(page, header)
    odd: set[str] = set()
    for finding in _odd_numbers(cited):
        odd.add(finding.span.text)
        yield finding
    yield from _spellings(page, cited, odd)
    conflicts = list(_dates(cited))
    yield from conflicts
    told = {finding.span.start for finding in conflicts}
    yield from _known_dates(page, cited, validity, told)
    yield from _terms(page, cited, validity, told)
    yield from _issuers(cited)
    yield from _expired(page, cited, made, validity)


def _numbered(cited: Sequence[Citation]) -> Iterator[tuple[Citation, str]]:
    for one in cited:
        if one.number and len(one.number) > 4:
            yield one, one.number


# 16-CT-TTg; Nghị định 04/2015/NQ-CP

_KIND_OF = {
    sign: kind
    for kind, sign in KINDS.items()
    if sign and kind not in ("Lệnh", "Thông tri", "Hợp đồng", "Dự án")
}
# Kinds that have a number of their own: what is issued by a decision may carry the decision's.
_STRICT = frozenset(
    ("Nghị quyết", "Quyết định", "Chỉ thị", "Thông báo", "Hướng dẫn", "Kế hoạch", "Báo cáo", "Tờ trình",
     "Công văn", "Công điện", "Luật", "Pháp lệnh", "Nghị định", "Thông tư", "Kết luận", "Chương trình")
)  # fmt: skip
_MAY_CARRY = {  # besides their own sign, by custom of Party offices
    "Kết luận": ("TB",),
    "Chương trình": ("CT", "CTHĐ", "CTPH", "KH"),
    "Quyết định": ("QyĐ", "QĐi"),
    "Kế hoạch": ("CTr",),
}
_SIGN = re.compile(r"\d+[a-zA-Z]?(?:/\d{4})?[-/]?(?P<sign>[^\W\d]+?)[-/]")
_STATE = r"(?:CP|TTg|UBND|HĐND|UBTVQH\d*|CTN)"
_PARTY = r"(?:TW|TU|HU|ĐU|ThU|BTGTW|BDVTW|UBKTTW|BTCTW|VPTW)"
_FORMS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(rf"(\d+)-([^\W\d]+)-({_STATE})"), r"\1/\2-\3", "sau số thứ tự là dấu gạch chéo"),
    (re.compile(rf"(\d+)-([^\W\d]+)/({_STATE})"), r"\1/\2-\3", "sau số thứ tự là dấu gạch chéo"),
    (re.compile(rf"(\d+)/([^\W\d]+)/({_STATE})"), r"\1/\2-\3", "trước tên cơ quan là dấu gạch nối"),
    (re.compile(rf"(\d+/\d{{4}})-([^\W\d]+)-({_STATE})"), r"\1/\2-\3", "sau năm là dấu gạch chéo"),
    (re.compile(rf"(\d+/\d{{4}})([^\W\d]+)-({_STATE})"), r"\1/\2-\3", "thiếu dấu gạch chéo sau năm"),
    (re.compile(rf"(\d+)/([^\W\d]+)-({_PARTY})"), r"\1-\2/\3", "văn bản của Đảng ghi số-loại/cơ quan"),
    (re.compile(rf"(\d+)-([^\W\d]+)-({_PARTY})"), r"\1-\2/\3", "văn bản của Đảng ghi số-loại/cơ quan"),
)  # fmt: skip


def _odd_numbers(cited: Sequence[Citation]) -> Iterator[Finding]:
    """Once for each number: the first place, and how often."""
    times = Counter(one.number for one in cited)
    checked: set[tuple[str, str]] = set()
    told: set[str] = set()
    for one, number in _numbered(cited):
        if number in told or (number, one.kind) in checked:
            continue
        checked.add((number, one.kind))
        found = _wrong_kind(one, number) or _malformed_number(number)
        if found:
            told.add(number)
            code, message, sure, because = found
            yield Finding(one.span, code, message + _often(times[number]), sure, because)


def _own_number(page: Page, header: Header) -> Iterator[Finding]:
    at = header.spans.get("number")
    found = _malformed_number(header.number) if header.number else None
    if at and found:
        code, message, sure, because = found
        start = max(page.text.find((header.number or "")[:2], at.start, at.end), at.start)
        yield Finding(page.span(start, at.end), code, message, sure, because)


def _often(times: int) -> str:
    return f" (Ghi như vậy {times} lần.)" if times > 1 else ""


_Odd = tuple[str, str, float, str]


def _wrong_kind(one: Citation, number: str) -> _Odd | None:
    """The kind printed before the number is not the one that its sign stands for."""
    found = _SIGN.match(number)
    meant = _KIND_OF.get(found["sign"]) if found else None
    kind = next((kind for kind in _STRICT if one.kind.startswith(kind)), None)
    printed = " ".join(one.span.text.split()).casefold()
    if not found or not meant or not kind or not printed.startswith(kind.casefold()):
        return None
    sign = found["sign"]
    if meant == kind or sign in _MAY_CARRY.get(kind, ()) or sign.startswith(KINDS[kind] or "\0"):
        return None
    return (
        "kind",
        f"Tên loại ghi “{kind}”, ký hiệu “{sign}” là {meant}. Kiểm tra lại tên loại hoặc số, ký hiệu.",
        0.85,
        f"Ký hiệu trong {number}",
    )


@lru_cache(maxsize=2_000)
def _malformed_number(number: str) -> _Odd | None:
    for form, right, why in _FORMS:
        if form.fullmatch(number):
            better = form.sub(right, number)
            return (
                "number",
                f"Số, ký hiệu “{number}” viết sai thể thức, đúng ra là “{better}”. Sửa lại số, ký hiệu.",
                0.85,
                f"Thể thức số, ký hiệu: {why}",
            )
    return None


# One document, two spellings

_STRAY = re.compile(r"[^\W\d_]+")


def _spellings(page: Page, cited: Sequence[Citation], odd: set[str]) -> Iterator[Finding]:
    """16/KH-A-B and 16/KH-B-A of one kind, of dates that do not exclude each other."""
    first: dict[tuple[object, ...], tuple[Citation, str]] = {}
    plain = {number for one, number in _numbered(cited) if not _stray(one, number)}
    told: set[str] = set()
    for one, number in _numbered(cited):
        stray = _stray(one, number)
        if stray and number in plain and number not in told:
            told.add(number)
            yield _two(one, f"{number} {stray}", number)
        same = (one.kind, _parts(number))
        before = first.setdefault(same, (one, number))
        if key(before[1]) == key(number) or number in told or one.span.text in odd:
            continue
        agree = one.date == before[0].date or None in (one.date, before[0].date)
        if agree and before[0].span.text not in odd:
            told.add(number)
            yield _two(one, number, before[1])


_PART = re.compile(r"\d+|[^\W\d_]+")


@lru_cache(maxsize=2_000)
def _parts(number: str) -> tuple[str, ...]:
    """Its digits and letters in one order, whatever stands between them."""
    parts = _PART.findall(key(number).replace("Đ", "D"))
    return (*parts[:1], *sorted(parts[1:]))


def _stray(one: Citation, number: str) -> str | None:
    """A word between the number and “ngày”: 34-KH/A-B tỉnh ngày 01/3/2022."""
    if not one.date:
        return None
    tail = one.span.text.rsplit(number[-3:], 1)[-1]
    found = _STRAY.match(tail.strip(" \n"))
    return found[0] if found and found[0] not in ("ngày", "ngay") else None


def _two(one: Citation, number: str, other: str) -> Finding:
    return Finding(
        one.span,
        "same_number",
        f"Cùng một văn bản nhưng ghi hai cách: “{number}” và “{other}”. Thống nhất số, ký hiệu.",
        0.6,
        "Cùng loại, cùng số thứ tự, ký hiệu gần như nhau",
    )


# One number, two dates


def _dates(cited: Sequence[Citation]) -> Iterator[Finding]:
    """A misprint where the dates are near, two documents where Party numbering began anew."""
    groups: dict[tuple[str, str], list[Citation]] = {}
    for one, number in _numbered(cited):
        if one.date and is_day(one.date):
            groups.setdefault((one.kind, key(number)), []).append(one)
    for (_, number), members in groups.items():
        first = members[0]
        told = {first.date}
        for one in members[1:]:
            if one.date in told:
                continue
            told.add(one.date)
            code = _conflict(first, one, number)
            if code:
                yield _two_dates(code, first, one)


def _conflict(first: Citation, one: Citation, number: str) -> str | None:
    a, b = (first.date or "").split("-"), (one.date or "").split("-")
    if first.issuer and one.issuer and not _same_body(first.issuer, one.issuer):
        return None
    if a[0] == b[0] or a[1:] == b[1:] or re.match(r"\d+/\d{4}/", number):
        return "date"
    if number.endswith(("/TW", "/TU")):
        return "same_number"
    return None  # state offices count anew each year


def _two_dates(code: str, first: Citation, one: Citation) -> Finding:
    days = f"{shown(first.date or '')} và {shown(one.date or '')}"
    if code == "date":
        message = f"Số {one.number} ghi hai ngày khác nhau: {days}. Kiểm tra lại ngày ban hành."
        sure = 0.85 if first.issuer and one.issuer else 0.7
        return Finding(one.span, code, message, sure, "Cùng số, ký hiệu ở hai nơi trong văn bản")
    message = (
        f"Hai văn bản cùng số {one.number}: ngày {days}. Khi viện dẫn ghi đủ ngày và cơ quan ban "
        "hành để khỏi nhầm."
    )
    return Finding(one.span, code, message, 0.8, "Cùng số, ký hiệu, ngày thuộc hai nhiệm kỳ")


_SHORT_BODIES = (
    ("ubnd", "ủy ban nhân dân"), ("hđnd", "hội đồng nhân dân"), ("mttq", "mặt trận tổ quốc"),
    ("khoá", "khóa"),
)  # fmt: skip


@lru_cache(maxsize=2_000)
def _body(name: str) -> str:
    small = " ".join(name.casefold().split())
    for short, full in _SHORT_BODIES:
        small = small.replace(short, full)
    return small


def _same_body(one: str, other: str) -> bool:
    """“UBND tỉnh” is “Ủy ban nhân dân tỉnh Hậu Giang”."""
    a, b = _body(one), _body(other)
    return a in b or b in a


def _known_dates(
    page: Page, cited: Sequence[Citation], validity: Validity, told: set[int]
) -> Iterator[Finding]:
    """A date other than the known one of the document with this number, kind and term or year."""
    areas = {area for area in validity.areas if area in page.flat}
    seen: set[tuple[str, str]] = set()
    for place, (one, number) in enumerate(pairs := list(_numbered(cited))):
        if not one.date or not is_day(one.date) or one.span.start in told:
            continue
        if (number, one.date) in seen or not _holds_date(one):
            continue
        rows = [row for row in validity.numbered(number) if _is_meant(areas, row, one)]
        if not rows or any(row.date == one.date for row in rows):
            continue
        row = next(
            (row for row in rows if row.date and _one_count(number, row.date, one.date)), None
        )
        if row is None:
            continue
        seen.add((number, one.date))
        also = _sharing(pairs, place)
        yield Finding(
            one.span,
            "date",
            f"{', '.join([*also, number])} ghi ngày {shown(one.date)}; ngày đã biết là "
            f"{shown(row.date or '')}. Kiểm tra lại ngày ban hành.",
            0.85 if row.verified else 0.65,
            _known_date(row),
        )


def _holds_date(one: Citation) -> bool:
    """Whether the date is printed here, not shared from the next of a list."""
    return bool(one.date) and (one.date or "")[:4] in one.span.text.replace(one.number or "", "")


def _sharing(pairs: Sequence[tuple[Citation, str]], place: int) -> list[str]:
    """The numbers right before that share this printed date."""
    shared: list[str] = []
    one = pairs[place][0]
    while place and pairs[place - 1][0].date == one.date and not _holds_date(pairs[place - 1][0]):
        place -= 1
        shared.insert(0, pairs[place][1])
    return shared


def _is_meant(areas: set[str], row: Known, one: Citation) -> bool:
    if row.area and row.area not in areas:
        return False
    return one.kind.startswith(row.kind) or row.kind in ("Quyết định", "Quy định")


def _one_count(number: str, known: str, printed: str) -> bool:
    """Whether a second document of this number and time cannot be: one count for a term or year."""
    if re.match(r"\d+/\d{4}/", number):
        return True
    if number.endswith("/TW"):
        return term_on(known) == term_on(printed)
    return known[:4] == printed[:4]


def _known_date(row: Known) -> str:
    mark = "" if row.verified else ", chưa kiểm chứng"
    return f"Bảng văn bản đã biết: {row.number} ban hành ngày {shown(row.date or '')}{mark}"


def _known_end(row: Known) -> str:
    mark = "" if row.verified else ", chưa kiểm chứng"
    name = row.number or row.name
    return f"Bảng văn bản đã biết: {name} có hiệu lực đến ngày {shown(row.valid_to or '')}{mark}"


# khóa VIII

_TERM = re.compile(r"[Kk]hóa +(?P<term>[IVX]{1,5})(?!\w)")
_TERM_END = re.compile(r"[;“”.:]|,(?! *khóa)| (?:về|đến|và|gắn|thực hiện|trong|tại) ")
_ASSEMBLY = re.compile(r"/(?:[^\W\d]+-)?(?:UBTV)?QH(?P<term>\d{1,2})$")
_ROMAN = "0 I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII".split()
_AFTER = 130  # characters after a mention in which its term may stand


def _terms(
    page: Page, cited: Sequence[Citation], validity: Validity, told: set[int]
) -> Iterator[Finding]:
    """The term that is printed is not that of the date, of the number, or of the known document."""
    seen: dict[tuple[str, str], str] = {}
    for place, one in enumerate(cited):
        following = cited[place + 1].span.start if place + 1 < len(cited) else len(page.flat)
        number = one.number or ""
        assembly = _ASSEMBLY.search(number)
        if not number.endswith("/TW") and not assembly:
            continue
        printed = _printed_term(page.flat, one.span.end, following)
        if printed is None:
            continue
        if assembly:
            right = _ROMAN[int(assembly["term"])] if int(assembly["term"]) <= 18 else None
            if right and right != printed[1]:
                yield _wrong_term(page, one, printed, f"ký hiệu cho biết khóa {right}", 0.85)
            continue
        if one.date and is_day(one.date):
            right = term_on(one.date)
            if right and right != printed[1] and not _near_congress(one.date, printed[1]):
                reason = f"ngày {shown(one.date)} thuộc khóa {right}"
                yield _wrong_term(page, one, printed, reason, 0.9)
                continue
        elif row := _known_of_other_term(page, one, number, printed[1], validity):
            reason = f"văn bản số này về {row.subject} ban hành ngày {shown(row.date or '')}, khóa "
            yield _wrong_term(page, one, printed, reason + str(term_on(row.date or "")), 0.7)
            continue
        other = seen.setdefault((one.kind, key(number)), printed[1])
        if other != printed[1] and one.span.start not in told:
            seen[one.kind, key(number)] = printed[1]
            yield _two_terms(one, other, printed[1])


def _printed_term(flat: str, end: int, following: int) -> tuple[int, str, int] | None:
    limit = min(following, end + _AFTER)
    stop = _TERM_END.search(flat, end, limit)
    found = _TERM.search(flat, end, stop.start() if stop else limit)
    return (found.start(), found["term"], found.end()) if found else None


def _near_congress(date: str, term: str) -> bool:
    """In the month of a congress either term may be meant."""
    year, month, _ = date.split("-")
    for day in ("01", "28"):
        if term_on(f"{year}-{month}-{day}") == term:
            return True
    return False


def _known_of_other_term(
    page: Page, one: Citation, number: str, term: str, validity: Validity
) -> Known | None:
    rows = [row for row in validity.numbered(number) if row.date and one.kind.startswith(row.kind)]
    if not rows or any(term_on(row.date or "") == term for row in rows):
        return None
    after = page.flat[one.span.end : one.span.end + 300].casefold()
    return next((row for row in rows if row.subject and row.subject.casefold() in after), None)


def _wrong_term(
    page: Page, one: Citation, printed: tuple[int, str, int], reason: str, sure: float
) -> Finding:
    return Finding(
        page.span(one.span.start, printed[2]),
        "term",
        f"{one.number} ghi khóa {printed[1]}, nhưng {reason}. Kiểm tra lại khóa.",
        sure,
        "Đối chiếu thời gian các khóa",
    )


def _two_terms(one: Citation, other: str, term: str) -> Finding:
    return Finding(
        one.span,
        "same_number",
        f"Hai văn bản cùng số {one.number}: khóa {other} và khóa {term}. Khi viện dẫn ghi đủ ngày và "
        "khóa để khỏi nhầm.",
        0.8,
        "Cùng số, ký hiệu, hai khóa khác nhau",
    )


# One document, two issuers

_CENTRAL = (
    "bộ chính trị",
    "ban bí thư",
    "ban chấp hành trung ương",
    "thủ tướng chính phủ",
    "chính phủ",
)
_COMMITTEE = re.compile(r"(?:tỉnh|thành|huyện|thị|quận|đảng) ủy|ban thường vụ ")


def _issuers(cited: Sequence[Citation]) -> Iterator[Finding]:
    """“Tỉnh ủy” and “Ban Thường vụ Tỉnh ủy”; two bodies of the Centre. One date, or one without."""
    first: dict[tuple[str, str], Citation] = {}
    told: set[str] = set()
    for one, number in _numbered(cited):
        if not one.issuer or number in told:
            continue
        before = first.setdefault((one.kind, key(number)), one)
        same_day = before.date == one.date or None in (before.date, one.date)
        if same_day and before.issuer and _differ(_body(before.issuer), _body(one.issuer)):
            told.add(number)
            yield Finding(
                one.span,
                "same_number",
                f"{number} ghi hai cơ quan ban hành: “{before.issuer}” và “{one.issuer}”. Kiểm tra "
                "lại cơ quan ban hành.",
                0.6,
                "Cùng một văn bản ở hai nơi trong văn bản này",
            )


def _differ(one: str, other: str) -> bool:
    if one == other:
        return False
    heads = [
        next((body for body in _CENTRAL if name.startswith(body)), None) for name in (one, other)
    ]
    if None not in heads:
        return heads[0] != heads[1]
    bare, bureau = sorted((one, other), key=len)
    if not (_COMMITTEE.match(bare) and bureau.startswith("ban thường vụ ")):
        return False
    return bureau.removeprefix("ban thường vụ ").startswith(bare)


# Replaced or expired

_PAST = re.compile(
    r"thay thế|bãi bỏ|hết hiệu lực|[Tt]ổng kết|[Ss]ơ kết|năm thực hiện|trước đây|sửa đổi|hủy bỏ|nay là"
)

_NO_MORE = re.compile(r"thay thế|hết hiệu lực|nay là|bãi bỏ")


def _expired(
    page: Page, cited: Sequence[Citation], made: When, validity: Validity
) -> Iterator[Finding]:
    """Judged on the day of the document; without one on the first day that it may be of."""
    day = made.earliest
    if not made.is_printed:
        day = min(filter(None, (day, made.covers)), default=None)
    if day is None:
        return
    areas = {area for area in validity.areas if area in page.flat}
    rows = [
        (one, row) for one in cited if (row := _row_of(page, areas, one, validity)) and row.valid_to
    ]
    times = Counter(row for _, row in rows)
    told: set[Known] = set()
    for one, row in rows:
        if row in told or (row.valid_to or "") >= day or _is_past(page.flat, one):
            continue
        told.add(row)
        yield _replaced(one, row, made, times[row])


_LAWS = ("Luật", "Bộ luật", "Pháp lệnh")


def _row_of(page: Page, areas: set[str], one: Citation, validity: Validity) -> Known | None:
    """The known document that is cited; None where number or date leave a doubt."""
    if one.number and one.number.isdecimal():
        return _by_bare_number(page, one, validity)
    if one.number:
        rows = [row for row in validity.numbered(one.number) if _is_meant(areas, row, one)]
        dated = [row for row in rows if one.date and row.date == one.date]
        undated = [row for row in rows if not one.date or not row.date]
        found = dated or undated
        return found[0] if len(found) == 1 else None
    if one.kind not in _LAWS:
        return None
    rows = validity.named(_name(page, one))
    return next((row for row in rows if _is_of_year(row, one)), None)


def _name(page: Page, one: Citation) -> str:
    """The name of a law without its date: “Luật Viên chức năm 2010”."""
    words = page.words(one.span.start, one.span.end)
    return re.split(r",? (?:ngày|năm|số) +\d", words)[0]


def _is_of_year(row: Known, one: Citation) -> bool:
    """An undated name means the law in force, unless the name itself is no more."""
    if one.date:
        return row.date == one.date
    year = re.search(r"năm +(\d{4})$", one.span.text)
    if year:
        return bool(row.date and row.date.startswith(year[1])) or f"/{year[1]}/" in (
            row.number or ""
        )
    return row.kind == "Pháp lệnh"


def _by_bare_number(page: Page, one: Citation, validity: Validity) -> Known | None:
    """“Pháp lệnh số 34 … về thực hiện dân chủ ở xã, phường, thị trấn”."""
    if one.kind != "Pháp lệnh":
        return None
    after = page.flat[one.span.end : one.span.end + 160]
    for row in validity.rows:
        if row.kind == one.kind and row.number and row.subject:
            if row.number.split("/")[0] == one.number and row.subject in after:
                return row
    return None


def _is_past(flat: str, one: Citation) -> bool:
    """Cited as what was: replaced here, or reviewed."""
    before = flat[max(0, one.span.start - 80) : one.span.start]
    after = flat[one.span.end : one.span.end + 60]
    return bool(_PAST.search(before.rpartition(". ")[2]) or _NO_MORE.search(after))


def _replaced(one: Citation, row: Known, made: When, times: int) -> Finding:
    name = row.number or row.name
    by = f", thay bằng {row.replaced_by}" if row.replaced_by else ""
    doubt = "" if row.verified else " (chưa kiểm chứng)"
    narrated = bool(made.covers and (row.valid_to or "") >= made.covers)
    sure = (0.9 if row.verified else 0.55) - (0 if made.is_printed else 0.15)
    because = _known_end(row)
    if narrated:
        sure -= 0.3
        because += "; báo cáo về thời gian văn bản còn hiệu lực"
    return Finding(
        one.span,
        "expired",
        f"{name} hết hiệu lực sau ngày {shown(row.valid_to or '')}{by}{doubt}. Kiểm tra và viện dẫn văn "
        f"bản hiện hành.{_often(times)}",
        round(sure, 2),
        because,
    )
