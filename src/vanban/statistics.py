"""Targets to reach and results reported, by the part of the text that they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from vanban import quantities
from vanban.lexicon import any_of, in_both_cases
from vanban.lexicon.order import ROMAN
from vanban.lexicon.units import COUNTS
from vanban.model import Citation, Header, Statistic, Target
from vanban.numbers import NUMBER, parse_number
from vanban.outline import Section, zones
from vanban.quantities import Quantity, signed
from vanban.text import Page, Paragraph, sentences, trim_end

_DIGIT = re.compile(r"\d")

# Targets

_LEVEL = re.compile(rf"(?<![\d/.,\-])(?P<value>{NUMBER})(?!\d)")
_HOW = re.compile(
    r"(?:[íÍ]t nhất|[tT]ối thiểu|[kK]hông dưới|từ trên|từ|[tT]rên|hơn|[dD]ưới|[kK]hông quá|[tT]ối đa|đạt trên|đạt từ|"
    r"đạt|≥|>=|>) *$"
)
_MORE = re.compile(r" *(?:trở lên|trở xuống)")
_STRIVING = ("phấn đấu", "phần đấu", "phấn đầu", "phần đầu", "ít nhất", "tối thiểu")
_AIMING = re.compile(rf"{any_of(in_both_cases(_STRIVING))}|không dưới|trở lên|100 ?%")
_AT_LEAST = re.compile(r"ít nhất|tối thiểu|không dưới|≥|>=")
_AT_MOST = re.compile(r"không quá|tối đa")
_ABOVE = re.compile(r"trên|hơn|>")
_SPANS_OF_TIME = ("ngày", "tháng", "tuổi", "giờ")


def read_targets(page: Page, sections: Sequence[Section]) -> tuple[Target, ...]:
    """Targets of the parts that set them, and what the other parts of a plan strive for."""
    found: list[Target] = []
    for paragraph, zone in zip(page.paragraphs, zones(page, sections), strict=True):
        if zone in ("", "results") or not _has_numbers(page, paragraph):
            continue
        for start, end in _units_of_speech(page.flat, paragraph, whole=zone == "targets"):
            target = _target(page, start, end, zone)
            if target:
                found.append(target)
    return tuple(found)


def _has_numbers(page: Page, paragraph: Paragraph) -> bool:
    """Digits in running text: rows of tables are left alone."""
    if page.flat.count("|", paragraph.mark, paragraph.end) > 1:
        return False
    return bool(_DIGIT.search(page.flat, paragraph.start, paragraph.end))


def _units_of_speech(flat: str, paragraph: Paragraph, *, whole: bool) -> Iterator[tuple[int, int]]:
    """In a part of targets a sentence is one target; elsewhere its clause is."""
    begin = paragraph.start
    for start, end in sentences(flat, paragraph.start, paragraph.end):
        if not whole:
            yield from _clauses(flat, start, end)
        elif flat[end - 1] != ";" or end >= paragraph.end:
            yield begin, end
            begin = end + 1


def _clauses(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while (mark := flat.find("; ", start, end)) >= 0:
        yield start, mark
        start = mark + 2
    yield start, end


def _target(page: Page, start: int, end: int, zone: str) -> Target | None:
    flat = page.flat
    if zone != "targets" and not _AIMING.search(flat, start, end):
        return None
    for level in _LEVEL.finditer(flat, start, end):
        unit = quantities.unit_after(flat, level.end(), end)
        value = parse_number(level["value"])
        if unit is None or value is None:
            continue
        more = _MORE.match(flat, unit.end(), end)
        before = _HOW.search(flat[max(start, level.start() - 14) : level.start()])
        how = (before[0].casefold() if before else "") + (more[0] if more else "")
        if not _is_level(unit["unit"], how, zone):
            continue
        stop = trim_end(page.text, start, end)
        first = level.start() - (len(before[0]) if before else 0)
        return Target(
            span=page.span(start, stop),
            name=_target_name(flat, (start, stop), (first, unit.end()), unit["unit"]),
            comparator=_comparator(how),
            target=value,
            unit=" ".join(unit["unit"].split()),
            confidence=0.85 if zone == "targets" else 0.7,
            because=f"Mức phải đạt “{page.words(first, unit.end())}”",
        )
    return None


def _is_level(unit: str, how: str, zone: str) -> bool:
    """“05 ngày” is no level to reach; a count is one only where the text says how much at least."""
    if unit in _SPANS_OF_TIME:
        return False
    return zone == "targets" or unit == "%" or bool(how.strip())


def _comparator(how: str) -> str:
    if _AT_LEAST.search(how) or "trở lên" in how:
        return ">="
    if _AT_MOST.search(how) or "trở xuống" in how:
        return "<="
    if "dưới" in how:
        return "<"
    return ">" if _ABOVE.search(how) else "="


def _target_name(flat: str, whole: tuple[int, int], level: tuple[int, int], unit: str) -> str:
    before = flat[whole[0] : level[0]].strip(" ,:")
    after = flat[level[1] : whole[1]].strip(" ,")
    name = " ".join((after if len(before) < 25 else before).split()[:25])
    return f"tỷ lệ {name}" if unit == "%" and not name.casefold().startswith("tỷ lệ") else name


# Results


def read_statistics(
    page: Page, sections: Sequence[Section], header: Header, cited: Sequence[Citation]
) -> tuple[Statistic, ...]:
    """Numbers of the parts that report, and of texts that are nothing but a report."""
    reports = header.kind in (None, "Báo cáo", "Thông báo")
    periods = _periods(page, sections, _period_of_title(header))
    citations = [(item.span.start, item.span.end) for item in cited]
    found: list[Statistic] = []
    rows = zip(page.paragraphs, zones(page, sections), periods, strict=True)
    for paragraph, zone, period in rows:
        if zone != "results" and not (zone == "" and reports):
            continue
        if _has_numbers(page, paragraph):
            found.extend(_statistics(page, paragraph, citations, period))
    return tuple(found)


_PART = re.compile(
    r"6 tháng (?P<half>đầu|cuối) năm (?P<hy>\d{4})|(?:9|chín) tháng(?: đầu)? năm (?P<ny>\d{4})"
    r"|[Qq]uý (?P<q>I{1,3}|IV)(?:/| năm |[ ])(?P<qy>\d{4})"
)


def _part_of_year(words: str) -> str | None:
    found = _PART.search(words)
    if not found:
        return None
    if found["half"]:
        return f"{found['hy']}-H{1 if found['half'] == 'đầu' else 2}"
    return f"{found['ny']}-9M" if found["ny"] else f"{found['qy']}-Q{ROMAN[found['q']]}"


def _period_of_title(header: Header) -> str | None:
    return _part_of_year(header.title or "") or (header.period[0] if header.period else None)


_YEAR_AT_END = re.compile(r"(?:năm|NĂM|Năm) (\d{4})$")


def _periods(page: Page, sections: Sequence[Section], default: str | None) -> list[str | None]:
    """For each paragraph the year that the heading of its part names, “KẾT QUẢ … NĂM 2017”."""
    periods = [default] * len(page.paragraphs)
    for section in sections:
        if found := _YEAR_AT_END.search(section.heading.title):
            for index in range(section.paragraph, section.last + 1):
                periods[index] = found[1]
    return periods


_NO_COUNT_AFTER = re.compile(
    r"(?:năm|ngày|tháng|(?<!rong )(?<!ổng )số|Số|lần thứ|thứ|khóa|Điều|[Kk]hoản|điểm|[Mm]ục|Phần|[Qq]uý|Quân khu|"
    r"lớp|hạng|giai đoạn|nhiệm kỳ|[Mm]ẫu|biểu|[Pp]hụ lục|đợt|từ|trước|dưới|kỷ niệm|tỉnh lộ|[Qq]uốc lộ|đường|GMT|"
    r"độ tuổi|tuổi|mức|cấp) *$"
)
_NO_THING = frozenset("ngày tháng giờ nhiệm nội tuổi".split())
_YEAR = re.compile(r"(?:19|20)\d\d")
_AND = re.compile(r",(?: và)? *| và *")
_WAY = re.compile(
    r"(?P<way>[Tt]ăng|[Gg]iảm)(?: +(?:là|thêm|khoảng|gần|hơn|trên|bình quân))* *:? *$"
)


def _statistics(
    page: Page, paragraph: Paragraph, citations: Sequence[tuple[int, int]], default: str | None
) -> Iterator[Statistic]:
    flat = page.flat
    for start, end in sentences(flat, paragraph.start, paragraph.end):
        way: str | None = None
        last = start
        sentence: _Sentence | None = None
        for quantity in quantities.find(flat, start, end):
            if not _counts(flat, quantity, citations):
                continue
            sentence = sentence or _Sentence(flat, start, end)
            way = _way(flat, start, last, quantity, way)
            last = quantity.end
            yield _statistic(page, quantity, sentence, way, default)


def _counts(flat: str, quantity: Quantity, citations: Sequence[tuple[int, int]]) -> bool:
    """Whether a number counts something: no date, no year, no number of a document."""
    place = bisect_right(citations, (quantity.start, len(flat))) - 1
    if place >= 0 and quantity.start < citations[place][1]:
        return False
    if quantity.unit == "hạng":
        return True
    if quantity.unit in _NO_THING:
        return False
    if _YEAR.fullmatch(quantity.printed) and _is_no_thing(quantity.counted):
        return False
    return not _NO_COUNT_AFTER.search(flat[max(0, quantity.start - 14) : quantity.start])


def _is_no_thing(unit: str) -> bool:
    """“Tết 2019 tỉnh tặng quà”: a year before what it does not count."""
    return unit in ("tỉnh", "huyện", "xã") or unit not in COUNTS


def _way(flat: str, low: int, last: int, quantity: Quantity, way: str | None) -> str | None:
    """Whether the number is a rise or a fall: “giảm 138 lượt tiếp, 115 lượt người” are two falls."""
    before = flat[max(low, quantity.start - 30) : quantity.start]
    if found := _WAY.search(before):
        return found["way"].casefold()
    return way if way and _AND.fullmatch(flat, last, quantity.start) else None


_TIME = re.compile(
    r"(?P<so>so +(?:với +)?(?:cùng kỳ +)?(?:cuối +)?)?"
    r"(?:(?P<part>(?:6|9) tháng (?:đầu |cuối )?năm \d{4})|[Nn]ăm +(?P<year>\d{4})(?!\d| ?-))"
)
_BRACKET = re.compile(r"[()]")
_AREA = re.compile(
    r"(?P<all>[Tt]oàn (?:tỉnh|huyện|xã|thành phố))|(?:địa bàn |trong )(?P<unit>tỉnh|huyện|xã|thành phố)"
    r"|(?P<level>cấp (?:tỉnh|huyện|xã))"
)


class _Sentence:
    """What a sentence says of time and place, for the numbers further on in it."""

    def __init__(self, flat: str, start: int, end: int) -> None:
        self.start = start
        self._brackets = [
            (found.start(), found[0]) for found in _BRACKET.finditer(flat, start, end)
        ]
        self._times = [
            (found.start(), _part_of_year(found["part"]) if found["part"] else found["year"])
            for found in _TIME.finditer(flat, start, end)
            if not found["so"]
        ]
        self._areas = [
            (found.start(), (found["all"] or found["unit"] or found["level"]).casefold())
            for found in _AREA.finditer(flat, start, end)
        ]

    def _bracket(self, at: int) -> int:
        """Where the bracket opens that is open here, -1 outside of brackets."""
        place = bisect_right(self._brackets, (at, "")) - 1
        if place < 0 or self._brackets[place][1] == ")":
            return -1
        return self._brackets[place][0]

    def period(self, at: int) -> str | None:
        """The year or part of it named before a number: inside its brackets, or outside of all."""
        own = self._bracket(at)
        for start, period in reversed(self._times[: bisect_right(self._times, (at, ""))]):
            if self._bracket(start) == own:
                return period
            if start < own:
                return None
        return None

    def area(self, at: int) -> str | None:
        place = bisect_right(self._areas, (at, "")) - 1
        return self._areas[place][1] if place >= 0 else None


def _statistic(
    page: Page, quantity: Quantity, sentence: _Sentence, way: str | None, default: str | None
) -> Statistic:
    fell = way is not None and quantity.unit != "hạng"
    end = quantity.own_end if fell else quantity.end
    return Statistic(
        span=page.span(quantity.start, trim_end(page.text, quantity.start, end, " ,;")),
        name=_name(page.flat, sentence.start, quantity),
        value=None if fell else quantity.value,
        unit=None if fell else quantity.unit,
        numerator=quantity.numerator,
        denominator=quantity.denominator,
        change=signed(way, quantity.value) if fell and way else quantity.change,
        change_unit=quantity.unit if fell else quantity.change_unit,
        period=sentence.period(quantity.start) or default,
        area=sentence.area(quantity.end),
        confidence=0.75,
        because=f"Số kèm đơn vị “{page.words(quantity.start, end)}”",
    )


_STOPS = re.compile(r"[,;:(]|\. | và ")
_TAIL = re.compile(r"(?: |-|[^\W\d_])*")
_HOLLOW = re.compile(
    r"^(?:đã|có|được|là|đạt|với|còn|nhưng|trong đó|hiện có|gồm)\s+"
    r"|\s+(?:là|đạt|còn|được|có|với|trên|hơn|khoảng|gần|ước|giảm còn|tăng lên)$"
)


def _name(flat: str, low: int, quantity: Quantity) -> str:
    """The words around the number: what is counted, in what clause."""
    before = flat[max(low, quantity.start - 90) : quantity.start].rstrip(" ,")
    clause = _STOPS.split(before)[-1].strip()
    for _ in range(3):
        bare = _HOLLOW.sub("", clause).strip()
        if bare == clause:
            break
        clause = bare
    after = _TAIL.match(flat, quantity.own_end, min(len(flat), quantity.own_end + 60))
    tail = after[0].strip() if after else ""
    counted = quantity.counted if quantity.counted != "%" else ""
    if counted:
        clause = f"{clause} {counted} {tail}"
    return " ".join((clause or tail).split()[:22])
