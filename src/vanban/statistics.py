"""Numbers that a text reports: results, not what it plans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from vanban import counted, quantities, targets
from vanban.lexicon.letters import LOWER
from vanban.lexicon.order import ROMAN
from vanban.lexicon.units import COUNTS, MEASURES, MONEY, PARTS_OF_TEXTS, PEOPLE, PLACES
from vanban.model import Citation, Header, Statistic, Target
from vanban.numbers import parse_number
from vanban.outline import Section, zones
from vanban.quantities import Quantity, signed
from vanban.text import Page, Paragraph, sentences, trim_end


def read(
    page: Page,
    sections: Sequence[Section],
    header: Header,
    cited: Sequence[Citation],
    aims: Sequence[Target],
) -> tuple[Statistic, ...]:
    """Numbers of the parts that report, and of texts that are nothing but a report."""
    zones_ = _zones(page, sections, header)
    periods = _periods(page, sections, zones_, _period_of_title(header))
    taken = sorted(
        [(item.span.start, item.span.end) for item in cited]
        + [(item.span.start, item.span.end) for item in aims]
    )
    found: list[Statistic] = []
    for paragraph, zone, period in zip(page.paragraphs, zones_, periods, strict=True):
        if zone == "results" and targets.has_numbers(page, paragraph):
            found.extend(_statistics(page, paragraph, taken, period))
    return tuple(found)


_REPORTS = (None, "Báo cáo", "Thông báo")
_RULES = ("Quyết định", "Quy định", "Quy chế", "Nghị định", "Thông tư", "Luật", "Nội quy")
# “Năm 2030, toàn tỉnh …”, “Trong nhiệm kỳ qua, … đã …”: what was done, in a text that orders or plans
_LOOKS_BACK = re.compile(
    r"(?:[Tt]rong )?(?:[Nn]ăm \d{4}|[Gg]iai đoạn \d{4} ?- ?\d{4}),? |(?:[Nn]hiệm kỳ|[Nn]ăm|[Tt]hời gian|[Tt]háng) (?:vừa )?qua"
    r"|[Tt]ính đến|[Đđ]ến nay"
)
_DONE = re.compile(
    r"(?<!\w)(?:đã|toàn (?:tỉnh|huyện|xã|thành phố)|nhận|đạt được|còn|tăng|giảm)(?!\w)"
)
_REVIEWS = re.compile(r"(?:[Đđ]ánh giá|[Kk]ết quả|[Tt]ình hình)")


def _zones(page: Page, sections: Sequence[Section], header: Header) -> list[str]:
    """“results” for the paragraphs whose numbers count."""
    answer = zones(page, sections)
    for section in sections:
        if section.heading.label.startswith("Điều") and _REVIEWS.search(section.heading.title[:60]):
            for index in range(section.paragraph, section.last + 1):
                answer[index] = answer[index] or "results"
    if header.kind in _REPORTS:
        answer = [zone or "results" for zone in answer]
    elif header.kind in _RULES:
        return answer
    for index, paragraph in enumerate(page.paragraphs):
        if answer[index] != "results" and _tells(page.flat, paragraph):
            answer[index] = "results"
    return answer


_HINTS = ("qua", "ăm 1", "ăm 2", "iai đoạn", "ính đến", "ến nay")


def _tells(flat: str, paragraph: Paragraph) -> bool:
    start, end = paragraph.start, min(paragraph.end, paragraph.start + 60)
    if not any(flat.find(hint, start, end) >= 0 for hint in _HINTS):
        return False
    back = _LOOKS_BACK.search(flat, start, end)
    return bool(back and _DONE.search(flat, back.end(), paragraph.end))


_PARTS = (
    r"(?:(?:6|sáu|06) tháng(?: (?P<half>đầu|cuối))?|(?P<nine>0?9|chín) tháng(?: đầu)?"
    r"|[Qq]uý (?P<q>IV|I{1,3}|iv|i{1,3}|[1-4])(?!\w)|(?<![\d ] )(?<!\d)[Tt]háng (?P<m>1[0-2]|0?[1-9])(?![\d.]))"
)
_OF = r"(?:,? năm(?: năm)? |/| |-)"
_PART = re.compile(rf"{_PARTS}{_OF}(?P<year>\d{{4}})(?!\d)")


def _part_of_year(words: str) -> str | None:
    found = _PART.search(words)
    return _named_part(found, found["year"]) if found else None


def _named_part(found: re.Match[str], year: str) -> str:
    if found["m"]:
        return f"{year}-{int(found['m']):02d}"
    if found["q"]:
        return f"{year}-Q{ROMAN.get(found['q'].upper()) or found['q']}"
    if found["nine"]:
        return f"{year}-9M"
    return f"{year}-H{2 if found['half'] == 'cuối' else 1}"


# “tình hình tháng 02, nhiệm vụ trọng tâm tháng 3 năm 2033”: the report is on the first
_DONE_AND_TO_DO = re.compile(
    rf"{_PARTS}(?: năm)?(?:,|;| và| -)+ *[^,;.\d]{{0,40}}(?:nhiệm vụ|phương hướng|kế hoạch|chương trình)"
    r"[^,;.\d]{0,60} (?:\d\d? tháng (?:đầu|cuối)|quý (?:IV|I{1,3}|iv|i{1,3})|tháng \d\d?)"
    rf"{_OF}(?P<year>\d{{4}})(?!\d)"
)


def _period_of_title(header: Header) -> str | None:
    """The longest part of the year that the title names, else its first year."""
    title = (header.title or "").casefold()
    if done := _DONE_AND_TO_DO.search(title):
        return _named_part(done, done["year"])
    parts = [_named_part(found, found["year"]) for found in _PART.finditer(title)]
    parts.sort(key=lambda part: ("-H" in part or "-9M" in part, "-Q" in part), reverse=True)
    if parts:
        return parts[0]
    at = header.spans.get("period")
    titled = at is not None and at.confidence > 0.6  # else only the first words named it
    return header.period[0] if header.period and titled else None


_YEAR_AT_END = re.compile(r"năm (\d{4})[ :.]*$")


def _period_of_heading(title: str) -> str | None:
    """“QUÝ I NĂM 2033”, “6 THÁNG ĐẦU NĂM 2033”; a year alone where the title ends with it."""
    if not any(map(str.isdigit, title)):
        return None
    words = title.casefold()
    if "tháng " not in words and "quý " not in words:
        found = _YEAR_AT_END.search(words)
        return found[1] if found else None
    if done := _DONE_AND_TO_DO.search(words):
        return _named_part(done, done["year"])
    if part := _part_of_year(words):
        return part
    found = _YEAR_AT_END.search(words)
    return found[1] if found else None


def _periods(
    page: Page, sections: Sequence[Section], zones_: Sequence[str], default: str | None
) -> list[str | None]:
    """For each paragraph the year that the heading of its part names, “KẾT QUẢ … NĂM 2017”.

    Text without headings goes on with the time that it named last.
    """
    periods = [default] * len(page.paragraphs)
    for section in sections:
        if period := _period_of_heading(section.heading.title):
            for index in range(section.paragraph, section.last + 1):
                periods[index] = period
    if not sections and default is None:
        return _carried(page)
    return periods


def _carried(page: Page) -> list[str | None]:
    periods: list[str | None] = []
    last: str | None = None
    for paragraph in page.paragraphs:
        periods.append(last)
        start, end = paragraph.start, paragraph.end
        if last is None:
            periods[-1] = _of_own_year(page.flat, start, end)
        times = [] if targets.plans(page.flat, start, end) else _times(page.flat, start, end)
        last = times[-1][1] if times else last or periods[-1]
    return periods


_OWN_YEAR = re.compile(r"[Tt]rong (?:năm|kỳ),? ")
_YEAR_BEFORE = re.compile(r"so (?:với )?(?:cùng kỳ )?năm (\d{4})(?!\d)")


def _of_own_year(flat: str, start: int, end: int) -> str | None:
    """“Trong năm, …, tăng 3% so với cùng kỳ năm 2032” tells of 2033."""
    if not _OWN_YEAR.match(flat, start, end):
        return None
    found = _YEAR_BEFORE.search(flat, start, end)
    return str(int(found[1]) + 1) if found else None


_NO_COUNT_AFTER = re.compile(
    r"(?:năm|ngày|tháng|(?<!rong )(?<!ổng )(?<!on )số|Số|lần thứ|thứ|khóa|Điều|(?<!ài )[Kk]hoản|[Mm]ục|Phần|[Qq]uý|Quân khu|"
    r"giai đoạn|nhiệm kỳ|[Mm]ẫu|biểu|[Pp]hụ lục|kỷ niệm|tỉnh lộ|[Qq]uốc lộ|GMT|độ tuổi|tuổi|cao|mực|Bảng|trang) *$"
)
# What a small number behind it names: “lớp 5”, “tổ 5 phường Yên Mỹ”, “cấp 2”
_LABEL = re.compile(
    r"(?:(?<!\w)(?:lớp|hạng|đợt|đường|mức|cấp|điểm|[Tt]ổ|[Tt]hôn|[Ấấ]p|[Kk]hu|[Kk]hóm|[Pp]hường|[Qq]uận|vùng|khu vực|nhóm|loại|bậc"
    r"|vòng|(?<!ịnh )kỳ|tập|km|Km|Kết luận|phiên|[Kk]ỳ họp|lần|từ|trước|dưới)) *$"
)
_NO_THING = frozenset("ngày tháng giờ nhiệm nội tuổi đêm".split())
_KNOWN = frozenset(COUNTS + MEASURES + MONEY + PLACES + PEOPLE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_RANGE = re.compile(r"\d ?%? - *$")
_LISTS = re.compile(r" *(?:trọng tâm|chủ yếu|cơ bản|chính|sau|cụ thể|lớn|:)")  # “05 nội dung sau”
_SETS_OUT = re.compile(
    r"(?:[Đđ]ề ra|[Xx]ác định)[^.;]{0,50}$|(?:[Gg]ồm|với|[Tt]ập trung|vào|theo|nêu|có) *$"
)
_STATE = re.compile(
    r" *[^,.;]{0,12}(?:quá hạn|hoàn thành|hạn|đã|được|chưa|còn|phát sinh|mới|thi đấu)(?!\w)"
)
_AND = re.compile(r",(?: và)?(?: (?:với )?số tiền(?: là)?:?)? *| và *")
_WAY = re.compile(
    r"(?P<way>[Tt]ăng|[Gg]iảm)(?: +so +(?:với +)?[^.;,:()]{2,30}? +là(?= *:)|(?: +(?:là|thêm|khoảng|gần|hơn|trên|bình quân|từ|được))*)"
    r" *:? *\(? *$"
)
_GIFTS = ("suất", "phần", "túi quà", "thẻ", "căn", "thùng", "quà")


def _statistics(
    page: Page, paragraph: Paragraph, taken: Sequence[tuple[int, int]], default: str | None
) -> Iterator[Statistic]:
    flat = page.flat
    period = default
    known = False  # whether something was counted before in the paragraph
    for start, end in sentences(flat, paragraph.start, paragraph.end):
        if targets.plans(flat, start, end):
            continue
        way: str | None = None
        last = start
        sentence: _Sentence | None = None
        found: list[Statistic] = []
        for quantity in quantities.find(flat, start, end):
            if not _counts(flat, quantity, taken):
                continue
            sentence = sentence or _Sentence(flat, start, end, period)
            way = _way(flat, start, last, quantity, way)
            last = quantity.end
            found.append(_statistic(page, quantity, sentence, way, (period, default)))
        known = known or bool(found)
        if known and (among := flat.find("rong đó", start, end)) >= 0:
            sentence = sentence or _Sentence(flat, start, end, period)
            for quantity in _bare(flat, among, end, taken):
                found.append(_statistic(page, quantity, sentence, None, (period, default)))
            found.sort(key=lambda item: item.span.start)
        yield from found
        if sentence is None and period is None:
            sentence = _Sentence(flat, start, end, period)  # it may say what time is told of
        period = (sentence and sentence.last_period()) or period


# “trong đó kinh tế 344 mô hình, văn hóa 379, quốc phòng 88.”: the unit is left out
_BARE = re.compile(
    rf"(?<=[{LOWER}] )(?P<number>[0-9]{{1,3}}(?:\.\d{{3}})*)(?=[,;.)](?:[ ]|$)| và [{LOWER}])"
)


def _bare(flat: str, low: int, end: int, taken: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    for found in _BARE.finditer(flat, low, end):
        value = parse_number(found["number"])
        quantity = Quantity(*found.span(), found.end(), value, "", printed=found[0], known=False)
        if value is not None and _counts(flat, quantity, taken):
            yield quantity


def _counts(flat: str, quantity: Quantity, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a number counts something: no date, no year, no number of a document."""
    place = bisect_right(taken, (quantity.start, len(flat))) - 1
    if place >= 0 and quantity.start < taken[place][1]:
        return False
    if quantity.unit == "hạng":
        return True
    if quantity.unit in _NO_THING:
        return False
    if _YEAR.fullmatch(quantity.printed) and _is_no_thing(quantity.counted):
        return False
    before = flat[max(0, quantity.start - 14) : quantity.start]
    if quantity.unit in PARTS_OF_TEXTS and _is_of_text(flat, quantity):
        return False
    if quantity.numerator is None and _is_of_partners(flat, quantity.start):
        return False
    if _is_label(before, quantity) or _RANGE.search(before):
        return False
    return not _NO_COUNT_AFTER.search(before)


# “Chương trình phối hợp giữa Cục … với ban dân vận 12 tỉnh”: the name of a programme
_PARTNERS = re.compile(
    r"(?:[Cc]hương trình|[Kk]ế hoạch|[Qq]uy chế) phối hợp(?: [^\W\d]+){0,4} giữa [^,.;:()\d]{5,100}$"
)


def _is_of_partners(flat: str, at: int) -> bool:
    low = max(0, at - 130)
    return flat.find(" giữa ", low, at) >= 0 and bool(_PARTNERS.search(flat[low:at]))


def _is_of_text(flat: str, quantity: Quantity) -> bool:
    """“đề ra 06 nhiệm vụ trọng tâm, 10 nội dung” tells of a text; “585 nhiệm vụ đã xong” counts."""
    if quantity.numerator is not None:
        return False
    if _LISTS.match(flat, quantity.own_end):
        return True
    if len(quantity.printed) > 2 or _STATE.match(flat, quantity.own_end):
        return False
    return bool(_SETS_OUT.search(flat[max(0, quantity.start - 60) : quantity.start]))


def _is_label(before: str, quantity: Quantity) -> bool:
    """“lớp 5”, “tổ 5 phường”: one digit that names; “dưới 3%” and “cấp 86.846 thẻ” count."""
    small = len(quantity.printed) < 3 and quantity.numerator is None and quantity.unit != "%"
    return small and bool(_LABEL.search(before))


def _is_no_thing(unit: str) -> bool:
    """“Tết 2019 tỉnh tặng quà”: a year before what it does not count."""
    return unit in ("tỉnh", "huyện", "xã") or unit not in _KNOWN


def _way(flat: str, low: int, last: int, quantity: Quantity, way: str | None) -> str | None:
    """Whether the number is a rise or a fall: “giảm 138 lượt tiếp, 115 lượt người” are two falls."""
    near = max(low, quantity.start - 50)
    if flat.find("ăng", near, quantity.start) < 0 and flat.find("iảm", near, quantity.start) < 0:
        found = None
    else:
        found = _WAY.search(flat[near : quantity.start])
    if found:
        return None if _is_gift(flat, quantity, found["way"]) else found["way"].casefold()
    return way if way and _AND.fullmatch(flat, last, quantity.start) else None


def _is_gift(flat: str, quantity: Quantity, way: str) -> bool:
    """“tăng 350 suất quà” is a misprint for “tặng” where nothing is compared."""
    if way != "tăng" or quantity.unit not in _GIFTS:
        return False
    return "so " not in flat[quantity.end : quantity.end + 40]


_WHOLE_YEAR = re.compile(r"[Nn]ăm +(?P<whole>\d{4})(?!\d| ?-)")
_TIME = re.compile(rf"{_PARTS}{_OF}(?P<year>\d{{4}})(?!\d)|[Nn]ăm +(?P<whole>\d{{4}})(?!\d| ?-)")
# “Trong tháng 5, …”, “6 tháng đầu năm, …” of the year that the text tells of
_YEARLESS = re.compile(
    r"(?:(?:^|[Tt]rong )(?=[Qq]uý |[Tt]háng )|(?:^|[Tt]rong |[Kk]ết quả )(?=(?:0?6|sáu|0?9|chín) tháng (?:đầu|cuối) năm))"
    rf"{_PARTS}(?: năm)?(?=,| (?!20\d\d|năm \d))"
)
_COMPARED = re.compile(r"so +(?:với +)?(?:cùng kỳ +)?(?:cuối +)?$")
# “tổng kết năm 2033, triển khai chương trình năm 2034”: the second is ahead
_AHEAD = re.compile(
    r"[,;] +(?:và +)?(?:triển khai |đề ra |xây dựng )?(?:[Pp]hương hướng|nhiệm vụ|kế hoạch|chương trình)[^,;.]{0,50}$"
)


_OF_TIMES = ("ăm ", "áng ", "uý ")


def _times(
    flat: str, start: int, end: int, default: str | None = None
) -> list[tuple[int, str | None]]:
    """The years and parts of years that are named: none only compared with, none ahead."""
    if not any(flat.find(word, start, end) >= 0 for word in _OF_TIMES):
        return []
    times: list[tuple[int, str | None]] = []
    parted = flat.find("háng ", start, end) >= 0 or flat.find("uý ", start, end) >= 0
    for found in (_TIME if parted else _WHOLE_YEAR).finditer(flat, start, end):
        before = flat[max(start, found.start() - 80) : found.start()]
        if not _COMPARED.search(before[-26:]) and not _AHEAD.search(before):
            times.append((found.start(), found["whole"] or _named_part(found, found["year"])))
    if parted and (done := _DONE_AND_TO_DO.search(flat, start, end)):
        times.append((done.start(), _named_part(done, done["year"])))
    elif parted and default and (part := _YEARLESS.match(flat[start:end])):
        times.append((start, _named_part(part, default[:4])))
    times.sort(key=lambda time: time[0])
    return times


_SAME_CLAUSE = re.compile(r"[\d./,]+[^,;:()\d]{0,90} (?:trong|của) (?:tháng |cả )?")
_BRACKET = re.compile(r"[()]")
_AREA = re.compile(
    r"(?P<all>[Tt]oàn (?:tỉnh|huyện|xã|thành phố))|(?:địa bàn |trong |Trong )(?P<unit>tỉnh|huyện|xã|thành phố)"
    r"|(?P<level>cấp (?:tỉnh|huyện|xã))"
)


class _Sentence:
    """What a sentence says of time and place, for the numbers further on in it."""

    def __init__(self, flat: str, start: int, end: int, default: str | None) -> None:
        self._start, self._end = start, end
        self._flat = flat
        self._named: counted.Before | None = None
        self._brackets = [
            (found.start(), found[0]) for found in _BRACKET.finditer(flat, start, end)
        ]
        self._times = _times(flat, start, end, default)
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
            around = self._bracket(start)
            if around == own or around < 0:
                return period
        return self._period_behind(at)

    def _period_behind(self, at: int) -> str | None:
        """“đã tiếp 12 lượt công dân trong năm 2033”."""
        place = bisect_right(self._times, (at, ""))
        if place == len(self._times) or not _SAME_CLAUSE.fullmatch(
            self._flat, at, self._times[place][0]
        ):
            return None
        return self._times[place][1]

    def last_period(self) -> str | None:
        """The time that the sentences after it go on with: the last one outside of brackets."""
        outside = [period for start, period in self._times if self._bracket(start) < 0]
        return outside[-1] if outside else None

    def name(self, quantity: Quantity) -> counted.Name:
        """What a number counts; a series leans on what was named before."""
        found = counted.name(self._flat, self._start, self._end, quantity, self._named)
        self._named = found.before
        return found

    def area(self, at: int) -> str | None:
        place = bisect_right(self._areas, (at, "")) - 1
        return self._areas[place][1] if place >= 0 else None


def _statistic(
    page: Page,
    quantity: Quantity,
    sentence: _Sentence,
    way: str | None,
    periods: tuple[str | None, str | None],
) -> Statistic:
    fell = way is not None and quantity.unit != "hạng"
    end = quantity.own_end if fell else quantity.end
    name = sentence.name(quantity)
    counts = f"Số kèm đơn vị “{page.words(quantity.start, end)}”"
    return Statistic(
        span=page.span(quantity.start, trim_end(page.text, quantity.start, end, " ,;")),
        name=name.words,
        value=None if fell else quantity.value,
        unit=None if fell else quantity.unit or None,
        numerator=quantity.numerator,
        denominator=quantity.denominator,
        change=signed(way, quantity.value) if fell and way else quantity.change,
        change_unit=quantity.unit if fell else quantity.change_unit,
        period=_period(sentence, quantity, *periods),
        area=sentence.area(quantity.end),
        confidence=_sure(quantity) if name.clear else min(_sure(quantity), 0.55),
        because=counts if name.clear else f"{counts}; {counted.UNCLEAR}",
    )


def _period(
    sentence: _Sentence, quantity: Quantity, before: str | None, titled: str | None
) -> str | None:
    """The time that the sentence names, else what was named before; a part of the year stays one."""
    named = sentence.period(quantity.start) or before
    return titled if named and titled and titled.startswith(f"{named}-") else named


def _sure(quantity: Quantity) -> float:
    if not quantity.known:
        return 0.5
    return 0.7 if quantity.value is None or quantity.unit in PARTS_OF_TEXTS else 0.85
