"""Targets to reach and results reported: numbers with their units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vanban.lexicon.letters import LETTER, LOWER, UPPER
from vanban.lexicon.units import COUNTS, MEASURES, MONEY
from vanban.model import Citation, Header, Number, Statistic, Target
from vanban.numbers import NUMBER, parse_number
from vanban.outline import Section
from vanban.text import Page, Paragraph, sentences, trim_end


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)).replace(r"\ ", " +")


_BY = r"(?:/(?:hộ|người|năm|tháng|ha|lượt|xã|đơn vị|suất|ngày|tuần|quý|khẩu))?"
_UNIT = (
    rf"(?:%|(?:{_any(MONEY)}){_BY}(?![{LETTER}])|(?:{_any(MEASURES)})(?![{LETTER}\d]){_BY}"
    rf"|(?:{_any(COUNTS)})(?![{LETTER}]){_BY})"
)
_FREE_UNIT = rf"[{UPPER}][{LOWER}]+(?: [{LOWER}]+)? [{UPPER}][{LOWER}]+(?: [{LOWER}]+)?"  # Bí thư Tỉnh đoàn
_N = rf"(?:\d+(?:\.\d+)+(?:,\d+)?|{NUMBER})"
_SHARE = rf"(?P<share>{_N}) *%"
# 68/117 xã (58,1%) · 291/417 đơn, đạt 69,84% · 40/70 (57,1%) xã · 15/15 huyện, thành phố
_RATIO = (
    rf"(?P<part>{_N})/(?P<whole>{_N})(?: *\((?P<inner>{_N}) *%\))? +(?P<counted>{_UNIT})"
    rf"(?:(?:[ ,][^.;()\d]{{0,45}}?(?:đạt|chiếm|tỷ lệ|bằng)(?: +tỷ +lệ)?(?: +(?:gần|trên|hơn|khoảng))? +|,? *\()"
    rf"(?P<outer>{_N}) *%\)?)?"
)
# 1 tỷ 421 triệu đồng
_MIXED = rf"(?P<big>{_N}) +(?P<scale>tỷ|tỉ|triệu) +(?P<small>\d{{1,3}}) +(?P<smaller>triệu|ngàn|nghìn) +đồng"
_PLAIN = rf"(?P<value>{_N}) *(?P<unit>{_UNIT}|(?<= ){_FREE_UNIT})"
_CHANGE = (
    rf"(?:(?: +so +(?:với|cùng)[^.;,()\d]{{2,40}})?,? *\(?(?P<way>tăng|giảm) +(?:khoảng |gần |hơn |trên )?(?P<by>{_N}) *(?P<by_unit>{_UNIT}))?"
)
_RANK = rf"(?:đứng|xếp|hạng)(?: +(?:thứ|hạng|vị +trí))* +(?P<rank>\d{{1,3}})(?:/(?P<of>\d{{1,3}})(?: +tỉnh, +thành(?: +phố)?)?)?"
_QUANTITY = re.compile(
    rf"(?<![\d{LETTER}\-])(?<!\d[/.,])(?:{_RATIO}|{_MIXED}|{_PLAIN}{_CHANGE})|(?<![{LETTER}]){_RANK}"
)
_DIGIT = re.compile(r"\d")


# ---- targets

_TARGET_NUMBER = re.compile(
    rf"(?P<how>(?:ít nhất|tối thiểu|không dưới|từ trên|từ|trên|hơn|dưới|không quá|tối đa|đạt(?: từ)?|đạt trên|≥|>=|>)? *)"
    rf"(?<![\d/.,\-])(?P<value>{_N}) *(?P<unit>{_UNIT})(?P<more> *(?:trở lên|trở xuống))?"
)
_AIMING = re.compile(r"phấn đấu|Phấn đấu|Phần đấu|ít nhất|tối thiểu|không dưới|trở lên|100 ?%")
_AT_LEAST = re.compile(r"ít nhất|tối thiểu|không dưới|≥|>=")
_ABOVE = re.compile(r"trên|hơn|>")
_AT_MOST = re.compile(r"không quá|tối đa")


def read_targets(page: Page, sections: Sequence[Section]) -> tuple[Target, ...]:
    """Targets of the parts that set them, and what the other parts of a plan strive for."""
    found: list[Target] = []
    for index, paragraph in enumerate(page.paragraphs):
        zone = _zone_at(sections, index)
        if zone in ("", "results") or _is_row(page, paragraph):
            continue
        if not _DIGIT.search(page.flat, paragraph.start, paragraph.end):
            continue
        for start, end in _sentences(page, paragraph, whole=zone == "targets"):
            target = _target(page, start, end, zone)
            if target:
                found.append(target)
    return tuple(found)


def _zone_at(sections: Sequence[Section], index: int) -> str:
    zone = ""
    for section in sections:
        if section.paragraph > index:
            break
        if section.paragraph <= index <= section.last:
            zone = section.zone
    return zone


def _is_row(page: Page, paragraph: Paragraph) -> bool:
    return page.flat.count("|", paragraph.mark, paragraph.end) > 1


def _sentences(page: Page, paragraph: Paragraph, *, whole: bool) -> Iterator[tuple[int, int]]:
    """In a part of targets a sentence is one target; elsewhere its clause is."""
    if whole:
        yield from _full_stops(page.flat, paragraph.start, paragraph.end)
        return
    for start, end in sentences(page.flat, paragraph.start, paragraph.end):
        at = start
        while (mark := page.flat.find("; ", at, end)) >= 0:
            yield at, mark
            at = mark + 2
        yield at, end


def _full_stops(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for _, stop in sentences(flat, start, end):
        if flat[stop - 1] != ";":
            yield begin, stop
            begin = stop + 1
    if begin < end:
        yield begin, end


def _target(page: Page, start: int, end: int, zone: str) -> Target | None:
    flat = page.flat
    if zone != "targets" and not _AIMING.search(flat, start, end):
        return None
    number = _TARGET_NUMBER.search(flat, start, end)
    while number and _is_no_level(flat, number, zone):
        number = _TARGET_NUMBER.search(flat, number.end(), end)
    value = parse_number(number["value"]) if number else None
    if number is None or value is None:
        return None
    stop = trim_end(page.text, start, end)
    return Target(
        span=page.span(start, stop),
        name=_target_name(flat, start, stop, number),
        comparator=_comparator(number),
        target=value,
        unit=" ".join(number["unit"].split()),
        confidence=0.85 if zone == "targets" else 0.7,
        because=f"Mức phải đạt “{number[0].strip()}”",
    )


def _is_no_level(flat: str, number: re.Match[str], zone: str) -> bool:
    """“năm 2025”, “05 ngày”: numbers that are no level to reach."""
    unit = number["unit"]
    if unit in ("ngày", "tháng", "tuổi", "giờ"):
        return True
    if zone == "targets" or unit == "%":
        return False
    return not number["how"].strip() and not number["more"]


def _comparator(number: re.Match[str]) -> str:
    how, more = number["how"], number["more"] or ""
    if _AT_LEAST.search(how) or "trở lên" in more:
        return ">="
    if _AT_MOST.search(how) or "trở xuống" in more:
        return "<="
    if "dưới" in how:
        return "<"
    return ">" if _ABOVE.search(how) else "="


def _target_name(flat: str, start: int, end: int, number: re.Match[str]) -> str:
    before, after = flat[start : number.start()].strip(" ,:"), flat[number.end() : end].strip(" ,")
    words = after if len(before) < 25 else before
    name = " ".join(words.split()[:25])
    return f"tỷ lệ {name}" if number["unit"] == "%" and not name.lower().startswith("tỷ lệ") else name


# ---- results


@dataclass(slots=True)
class _Where:
    """What a paragraph says of time and place, for the numbers without one of their own."""

    period: str | None
    area: str | None


def read_statistics(
    page: Page, sections: Sequence[Section], header: Header, cited: Sequence[Citation]
) -> tuple[Statistic, ...]:
    year = header.period[0] if header.period else None
    default = _half_of(header.title, year) or year
    is_plain = header.kind in (None, "Báo cáo", "Thông báo", "Thông tin")
    citations = [(item.span.start, item.span.end) for item in cited]
    found: list[Statistic] = []
    for index, paragraph in enumerate(page.paragraphs):
        zone = _zone_at(sections, index)
        if zone != "results" and not (zone == "" and is_plain):
            continue
        if _is_row(page, paragraph) or not _DIGIT.search(page.flat, paragraph.start, paragraph.end):
            continue
        period = _year_of_part(sections, index) or default
        found.extend(_statistics(page, paragraph, citations, period))
    return tuple(found)


_YEAR_OF_PART = re.compile(r"[Nn]ăm (\d{4})$|NĂM (\d{4})$")


def _year_of_part(sections: Sequence[Section], index: int) -> str | None:
    """“I. KẾT QUẢ … NĂM 2017”: the year of what the part reports."""
    year = None
    for section in sections:
        if section.paragraph > index:
            break
        found = _YEAR_OF_PART.search(section.heading.title)
        if found and index <= section.last:
            year = found[1] or found[2]
    return year


_HALF = re.compile(r"6 tháng (đầu|cuối) năm (\d{4})|(?:9|chín) tháng(?: đầu)? năm (\d{4})|quý (I{1,3}|IV)[/ ](?:năm )?(\d{4})")


def _half_of(title: str | None, year: str | None) -> str | None:
    found = _HALF.search((title or "").replace("Quý", "quý"))
    return _period_of(found) if found else None


def _period_of(found: re.Match[str]) -> str:
    if found[1]:
        return f"{found[2]}-H{1 if found[1] == 'đầu' else 2}"
    if found[3]:
        return f"{found[3]}-9M"
    return f"{found[5]}-Q{ {'I': 1, 'II': 2, 'III': 3, 'IV': 4}[found[4]] }"


_NO_QUANTITY = re.compile(
    r"(?:năm|ngày|tháng|(?<!rong )(?<!ổng )số|Số|lần thứ|thứ|khóa|khoá|Điều|Khoản|khoản|điểm|Mục|mục|Phần|quý|Quý|Quân khu|lớp|hạng|"
    r"giai đoạn|nhiệm kỳ|mẫu|Mẫu|biểu|phụ lục|Phụ lục|đợt|từ|trước|dưới|kỷ niệm|tỉnh lộ|Quốc lộ|quốc lộ|đường|"
    r"kỳ họp thứ|GMT|độ tuổi|tuổi) *$"
)
_NO_UNIT = frozenset(
    "năm tuổi của và là đến tại trong theo được hơn biết ở khi để với do các những đã có cho về ngày tháng thì nên từ so quý "
    "giờ phút sao hay hoặc tăng giảm đạt chiếm nhiệm nội hàng hằng gồm bao vào ra".split()
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SERIES = re.compile(r",(?: và)? *$|(?: và) *$")
_WAY = re.compile(r"(?P<way>[Tt]ăng|[Gg]iảm)(?: +(?:là|thêm|khoảng|gần|hơn|trên|bình quân))* *:? *$")


def _statistics(
    page: Page, paragraph: Paragraph, citations: Sequence[tuple[int, int]], default: str | None
) -> Iterator[Statistic]:
    flat = page.flat
    for start, end in sentences(flat, paragraph.start, paragraph.end):
        way: str | None = None
        last = start
        for number in _QUANTITY.finditer(flat, start, end):
            if not _counts(flat, number, citations):
                continue
            way = _way(flat, start, last, number, way)
            last = number.end()
            period = _period(flat, start, number.start()) or default
            yield _statistic(page, number, start, way, period)


def _counts(flat: str, number: re.Match[str], citations: Sequence[tuple[int, int]]) -> bool:
    """Whether a number counts something: no date, no year, no number of a document."""
    at = number.start()
    if any(start <= at < end for start, end in citations):
        return False
    if number["rank"]:
        return bool(number["of"])
    unit = (number["unit"] or "").split(" ")[0]
    if unit in _NO_UNIT or unit.startswith("ngày") or unit.startswith("tháng"):
        return False
    if number["unit"] and _is_year(number["value"], unit):
        return False
    return not _NO_QUANTITY.search(flat[max(0, at - 14) : at])


def _is_year(value: str, unit: str) -> bool:
    """“Tết 2019 tỉnh tặng quà”: four digits without a point, before what is no thing counted."""
    return bool(_YEAR.fullmatch(value)) and (unit in ("tỉnh", "huyện", "xã") or unit not in COUNTS)


def _way(
    flat: str, start: int, last: int, number: re.Match[str], way: str | None
) -> str | None:
    """Whether the number is a rise or a fall: “giảm 146 lượt tiếp, 127 lượt người” are two falls."""
    before = flat[max(start, number.start() - 30) : number.start()]
    if found := _WAY.search(before):
        return found["way"].casefold()
    if way and _SERIES.fullmatch(flat[last : number.start()]):
        return way
    return None


_PERIOD = re.compile(r"(?P<so>so +(?:với +)?(?:cùng kỳ +)?(?:cuối +)?)?(?:(?P<half>6 tháng đầu năm \d{4}|6 tháng cuối năm \d{4})|[Nn]ăm +(?P<year>\d{4})(?!\d| ?-))")


def _period(flat: str, start: int, at: int) -> str | None:
    """The year or half-year that the sentence names before the number, brackets minded."""
    inside = flat.rfind("(", start, at) > flat.rfind(")", start, at)
    low = flat.rfind("(", start, at) if inside else start
    answer = None
    for found in _PERIOD.finditer(flat, low, at):
        if found["so"] or not inside and _in_brackets(flat, start, found.start()):
            continue
        half = _HALF.search(found["half"]) if found["half"] else None
        answer = _period_of(half) if half else found["year"]
    return answer


def _in_brackets(flat: str, start: int, at: int) -> bool:
    return flat.rfind("(", start, at) > flat.rfind(")", start, at)


def _statistic(
    page: Page, number: re.Match[str], start: int, way: str | None, period: str | None
) -> Statistic:
    value, unit, part, whole = _value(number)
    change, change_unit, end = _change(number)
    if way and not number["rank"]:
        change, change_unit = _signed(way, value), unit
        value = unit = None
        end = number.end("unit") if number["unit"] else number.end()
    begin = number.start("rank") if number["rank"] else number.start()
    return Statistic(
        span=page.span(begin, trim_end(page.text, begin, end, " ,;")),
        name=_name(page.flat, start, number),
        value=value,
        unit=unit,
        numerator=part,
        denominator=whole,
        change=change,
        change_unit=change_unit,
        period=period,
        area=_area(page.flat, start, number.end()),
        confidence=0.75,
        because=f"Số kèm đơn vị “{page.flat[begin:end].strip()}”",
    )


def _value(
    number: re.Match[str],
) -> tuple[Number | None, str | None, Number | None, Number | None]:
    """Value, unit, numerator, denominator."""
    if number["rank"]:
        return int(number["rank"]), "hạng", None, int(number["of"])
    if number["part"]:
        part, whole = parse_number(number["part"]), parse_number(number["whole"])
        share = number["inner"] or number["outer"]
        if share:
            return parse_number(share), "%", part, whole
        return part, " ".join(number["counted"].split()), part, whole
    if number["big"]:
        return _mixed(number), f"{number['smaller']} đồng", None, None
    return parse_number(number["value"]), " ".join(number["unit"].split()), None, None


def _mixed(number: re.Match[str]) -> Number | None:
    """“1 tỷ 421 triệu đồng” is 1421 triệu đồng."""
    big, small = parse_number(number["big"]), int(number["small"])
    same = (number["scale"], number["smaller"]) in (("tỷ", "triệu"), ("tỉ", "triệu"), ("triệu", "nghìn"), ("triệu", "ngàn"))
    return None if big is None else big * (1_000 if same else 1_000_000) + small


def _change(number: re.Match[str]) -> tuple[Number | None, str | None, int]:
    if not number["way"]:
        return None, None, number.end()
    return _signed(number["way"], parse_number(number["by"])), number["by_unit"], number.end()


def _signed(way: str, value: Number | None) -> Number | None:
    return None if value is None else (value if way == "tăng" else -value)


_NAME_STOP = re.compile(r"[,;:.(]| và ")
_DROPPED = re.compile(r"^(?:đã|có|được|là|đạt|với|còn|nhưng|trong đó|hiện có|gồm)\s+|\s+(?:là|đạt|còn|được|có|với|trên|hơn|khoảng|gần|ước|giảm còn|tăng lên)$")


def _name(flat: str, start: int, number: re.Match[str]) -> str:
    """The words around the number: what is counted, in what clause."""
    before = flat[max(start, number.start() - 90) : number.start()]
    clause = _NAME_STOP.split(before.rstrip(" ,"))[-1].strip()
    after = re.match(rf"[ {LETTER}\-]{{0,60}}", flat[number.end() : number.end() + 60])
    tail = after[0].strip() if after else ""
    for _ in range(3):
        clause = _DROPPED.sub("", clause).strip()
    if number["value"] and number["unit"] not in ("%",):
        clause = f"{clause} {number['unit']} {tail}".strip()
    elif number["part"]:
        clause = f"{clause} {number['counted']} {tail}".strip()
    elif not clause:
        clause = tail
    return " ".join(clause.split()[:22])


_AREA = re.compile(r"(?P<all>[Tt]oàn (?:tỉnh|huyện|xã|thành phố))|(?:trên )?(?:địa bàn |trong )(?P<unit>tỉnh|huyện|xã|thành phố)|(?P<level>cấp (?:tỉnh|huyện|xã))")


def _area(flat: str, start: int, at: int) -> str | None:
    area = None
    for found in _AREA.finditer(flat, start, at):
        area = (found["all"] or found["unit"] or found["level"]).casefold()
    return area
