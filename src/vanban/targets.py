"""Targets to reach: what a plan sets, also in running text; and which sentences plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vanban import quantities
from vanban.lexicon import any_of, in_both_cases
from vanban.model import Header, Target
from vanban.numbers import NUMBER, parse_number
from vanban.outline import Section, zones
from vanban.text import Page, Paragraph, has_any, sentences, trim_end

_LEVEL = re.compile(rf"(?<![\d/.,\-])(?P<value>{NUMBER})(?!\d)")
_HOW = re.compile(
    r"(?:[íÍ]t nhất|[tT]ối thiểu|[kK]hông (?:dưới|thấp hơn|ít hơn|quá|vượt quá|để quá)|từ trên|từ|[tT]rên|[hH]ơn"
    r"|[dD]ưới|[tT]ối đa|đạt trên|đạt từ|đạt|≥|≤|>=|<=|>|<)(?: khoảng)? *$"
)
_MORE = re.compile(r"[^,;.:\d]{0,60}?(?P<way>trở lên|trở xuống)")
_STRIVING = ("phấn đấu", "phần đấu", "phấn đầu", "phần đầu")
_STRIVES = any_of(in_both_cases(_STRIVING))
# “phấn đấu …”, “đề ra chỉ tiêu … là”, “một số mục tiêu cụ thể:”
_STEM = re.compile(
    rf"{_STRIVES}|đặt (?:ra )?(?:mục|chỉ) tiêu|đề ra (?:\w+ ){{0,3}}(?:mục|chỉ) tiêu"
    r"|(?:[Mm]ục|[Cc]hỉ) tiêu(?! quốc gia)[^.;:\d]{0,60}(?::|(?<=tiêu) là |(?<=thể) là )"
    r"|(?:[Mm]ục|[Cc]hỉ) tiêu (?!quốc gia)[^.;:\d]{0,60}?(?: là|(?<=tiêu )giảm|(?<=tiêu )tăng|(?<=tiêu )đạt)(?= )"
    r"|[Mm]ục tiêu (?:đến|phấn đấu|đặt ra|đề ra|cụ thể|năm \d{4})(?!\w)|[Cc]hỉ tiêu (?:đến|đặt ra|đề ra|cụ thể|chủ yếu)(?!\w)"
    r"|(?:[Nn]hiệm kỳ|[Nn]ăm|[Tt]hời gian|[Gg]iai đoạn) tới(?!\w)"
)
# “hoàn thành mục tiêu đề ra”, “đạt các chỉ tiêu cụ thể”: reached, not set
_FULFILLED = re.compile(r"(?:[Hh]oàn thành|[Vv]ượt|[Đđ]ạt|so với)(?: \w+){0,4} *$")
_AT_LEAST_WORDS = ("ít nhất", "tối thiểu")
_AIMING = re.compile(
    rf"{any_of(in_both_cases(_STRIVING + _AT_LEAST_WORDS))}|không dưới|không thấp hơn|trở lên|100 ?%"
    r"|(?:đạt|đạt từ|đạt trên|trên|từ|còn dưới|xuống dưới|[Gg]iảm|[Tt]ăng) \d[\d,.]* ?%"
)
_LEAST = re.compile(rf"{any_of(in_both_cases(_AT_LEAST_WORDS))}|không dưới|trở lên|100 ?%")
# Words of a result: what is said with them was reached.
_REACHED = re.compile(
    r"(?<!\w)(?:đã|vừa|đạt được|bị|so (?:với )?cùng kỳ|[Tt]rong (?:năm|tháng|tuần|kỳ|quý),|[Ss]au \d+ năm"
    r"|[Đđ]ến nay|[Hh]iện nay|[Hh]iện có|năm qua|thời gian qua|[Kk]ết quả)(?!\w)"
)
_AT_LEAST = re.compile(r"ít nhất|tối thiểu|không dưới|không thấp hơn|không ít hơn|≥|>=")
_AT_MOST = re.compile(r"không quá|không vượt quá|không để quá|tối đa|≤|<=")
_BELOW = re.compile(r"dưới|<")
_ABOVE = re.compile(r"trên|hơn|>")
_TIMES = ("ngày", "tháng", "tuổi", "giờ")
_EACH = re.compile(r"[Mm]ỗi |[Hh][ằà]ng năm")
_LEAST_SHARE = re.compile(
    r"(?:[Íí]t nhất|[Tt]ối thiểu|không dưới|không thấp hơn) (?:\w+ )?\d[\d,.]* ?%|% trở lên"
)
_ORDERS = re.compile(
    r"(?<!\w)(?:[Bb]ảo đảm|[Đđ]ảm bảo|[Dd]uy trì|[Yy]êu cầu|[Pp]hải|cần|sẽ|[Tt]iếp tục)(?!\w)"
)
_OVER_A_LIST = re.compile(r"(?:chỉ tiêu|mục tiêu|phấn đấu|phần đấu)(?! quốc gia)")

# What these lay down are rules, marks and terms: only what they strive for is a target.
_RULES = ("Quyết định", "Quy định", "Quy chế", "Nghị định", "Thông tư", "Luật", "Nội quy")
_REPORTS = (None, "Báo cáo", "Thông báo")


def read(page: Page, sections: Sequence[Section], header: Header) -> tuple[Target, ...]:
    """Targets of the parts that set them, and what the rest of a text strives for."""
    found: list[Target] = []
    present = _Present(page.flat, header)
    for paragraph, zone in zip(page.paragraphs, _zones(page, sections), strict=True):
        if zone != "results" and has_numbers(page, paragraph):
            for unit in _units_of_speech(page, paragraph, zone, header.kind, present):
                found.extend(_targets(page, unit))
    return tuple(found)


_BY_YEAR = re.compile(r"[Đđ]ến (?:hết |cuối )?năm (?P<year>\d{4})(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_NO_PRESENT = re.compile(r"(?:\d|- ?|ến năm )$")  # the end of a span; a year to be reached


class _Present:
    """The year that the text stands in: of its date, else the latest that it names."""

    def __init__(self, flat: str, header: Header) -> None:
        self._flat = flat
        self._year = int(header.date[:4]) if header.date else None

    def is_before(self, year: int) -> bool:
        if self._year is None:
            named = (
                int(found[0])
                for found in _YEAR.finditer(self._flat)
                if not _NO_PRESENT.search(self._flat[max(0, found.start() - 8) : found.start()])
            )
            self._year = max(named, default=9999)
        return self._year < year


def _zones(page: Page, sections: Sequence[Section]) -> list[str]:
    """The zones, and “targets” for the dashes below “Phấn đấu đạt một số chỉ tiêu sau:”."""
    answer = zones(page, sections)
    listed = False
    for index, paragraph in enumerate(page.paragraphs):
        if listed and paragraph.kind == "bullet" and answer[index] != "results":
            answer[index] = "targets"
            continue
        listed = page.text[paragraph.end - 1] == ":" and _opens_a_list(page.flat, paragraph)
    return answer


def _opens_a_list(flat: str, paragraph: Paragraph) -> bool:
    words = flat[max(paragraph.start, paragraph.end - 200) : paragraph.end]
    return bool(_OVER_A_LIST.search(words.casefold()))


_DIGIT = re.compile("[0-9]")


def has_numbers(page: Page, paragraph: Paragraph) -> bool:
    """Digits in running text: rows of tables are left alone."""
    if page.flat.count("|", paragraph.mark, paragraph.end) > 1:
        return False
    return bool(_DIGIT.search(page.flat, paragraph.start, paragraph.end))


def plans(flat: str, start: int, end: int) -> bool:
    """Whether a sentence says what is striven for, not what was reached."""
    stem = _stem(flat, start, end)
    if stem is None or _REACHED.search(flat, start, stem.start()):
        return False
    return not _COUNTED.search(flat[max(start, stem.start() - 36) : stem.start()])


# “có 16 xã phấn đấu đạt chuẩn” counts those that strive
_COUNTED = re.compile(r"(?<!\w)có \d[\d.]* [^,;.:\d]{1,24}$")


_OF_STEMS = ("tiêu", "n đấu", " tới", "n đầu")


def _by_year(flat: str, start: int, end: int, present: _Present) -> re.Match[str] | None:
    """“Đến năm 2030, …” of a text that stands before that year says what is to be reached."""
    if flat.find("ăm 20", start, end) < 0:
        return None
    found = _BY_YEAR.search(flat, start, end)
    ahead = found is not None and present.is_before(int(found["year"]))
    return found if ahead and not _REACHED.search(flat, start, end) else None


_OF_AIMS = ("%", "ít nhất", "Ít nhất", "ối thiểu", "không dưới", "không thấp", "trở lên")


def _stem(flat: str, start: int, end: int) -> re.Match[str] | None:
    if not has_any(flat, start, end, _OF_STEMS):
        return None
    for found in _STEM.finditer(flat, start, end):
        is_aim = flat.find("tiêu", found.start(), found.end()) >= 0
        if not (is_aim and _FULFILLED.search(flat[max(start, found.start() - 40) : found.start()])):
            return found
    return None


class _Unit(NamedTuple):
    """Words that may set targets: a sentence in the part of targets, a clause elsewhere."""

    start: int
    end: int
    zone: str
    ruled: bool  # whether “phấn đấu” or “chỉ tiêu:” stands over it: any number is a level


def _units_of_speech(
    page: Page, paragraph: Paragraph, zone: str, kind: str | None, present: _Present
) -> Iterator[_Unit]:
    flat, low, high = page.flat, paragraph.start, paragraph.end
    if zone == "targets":
        yield from _whole_sentences(flat, paragraph)
        return
    if not has_any(flat, low, high, _OF_STEMS + _OF_AIMS + ("ến năm",)):
        return
    carried = listed = False  # whether a stem stood before; whether its list goes on
    for start, end in sentences(flat, low, high):
        stem = _stem(flat, start, end) or _by_year(flat, start, end, present)
        if stem and zone == "" and _REACHED.search(flat, start, stem.start()):
            stem = None
        for first, last in _clauses(flat, start, end):
            if listed or (stem and (carried or last > stem.start())):
                at_stem = stem and zone == "" and not carried
                yield _Unit(
                    max(first, stem.start()) if stem and at_stem else first, last, zone, True
                )
            elif _may_aim(flat, first, last, zone, kind) and _aims(
                flat, first, last, zone, carried or kind not in _REPORTS
            ):
                yield _Unit(first, last, zone, False)
        carried = carried or stem is not None
        listed = (listed or stem is not None) and flat[end - 1] == ";"


_MARKS = ("điểm", "xếp loại", "phiếu", "thành viên")


def _may_aim(flat: str, start: int, end: int, zone: str, kind: str | None) -> bool:
    """A decision sets aims in its parts that give tasks, marks and majorities elsewhere."""
    return kind not in _RULES or (zone != "" and not has_any(flat, start, end, _MARKS))


def _aims(flat: str, start: int, end: int, zone: str, planned: bool) -> bool:
    """Whether a clause without “phấn đấu” sets a level; `planned` where the text around it plans."""
    if not has_any(flat, start, end, _OF_AIMS):
        return False
    if zone:
        return bool(_AIMING.search(flat, start, end))
    if _REACHED.search(flat, start, end):
        return False
    if _LEAST.search(flat, start, end) and (planned or _sets_least(flat, start, end)):
        return True
    aim = _AIMING.search(flat, start, end)
    return bool(aim and _ORDERS.search(flat, start, aim.start()))


def _sets_least(flat: str, start: int, end: int) -> bool:
    """“Mỗi xã có ít nhất 01 mô hình”, “Bảo đảm 100% …”, where nothing says that the text plans."""
    found = _LEAST.search(flat, start, end)
    if not found:
        return False
    each = found[0][0] != "1" and _EACH.search(flat, start, found.start())
    return bool(
        each or _LEAST_SHARE.search(flat, start, end) or _ORDERS.search(flat, start, found.start())
    )


def _whole_sentences(flat: str, paragraph: Paragraph) -> Iterator[_Unit]:
    begin = paragraph.start
    for _, end in sentences(flat, paragraph.start, paragraph.end):
        if flat[end - 1] != ";" or end >= paragraph.end:
            yield _Unit(begin, end, "targets", False)
            begin = end + 1


def _clauses(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while (mark := flat.find("; ", start, end)) >= 0:
        yield start, mark
        start = mark + 2
    yield start, end


class _Level(NamedTuple):
    first: int  # with the words “ít nhất” before the number
    end: int
    how: str
    value: int | float
    unit: str


def _targets(page: Page, unit: _Unit) -> Iterator[Target]:
    """One for each level; the words are divided where the next level's clause begins."""
    levels = list(_levels(page.flat, unit))
    begin = unit.start
    for place, level in enumerate(levels):
        more = levels[place + 1] if place + 1 < len(levels) else None
        end = _division(page.flat, level.end, more.first) if more else unit.end
        yield _target(page, begin, end, level, unit)
        begin = _after_joint(page.flat, end, more.first) if more else end


def _target(page: Page, start: int, end: int, level: _Level, unit: _Unit) -> Target:
    stop = max(trim_end(page.text, start, end), level.end)
    sure = 0.85 if unit.zone == "targets" else 0.8 if unit.ruled and level.how else 0.7
    if unit.zone == "" and not (unit.ruled and level.how):
        sure = 0.65 if unit.ruled else 0.55
    return Target(
        span=page.span(start, stop),
        name=_target_name(page.flat, (start, stop), (level.first, level.end), level.unit),
        comparator=_comparator(level.how),
        target=level.value,
        unit=level.unit,
        confidence=sure,
        because=f"Mức phải đạt “{page.words(level.first, level.end)}”",
    )


def _levels(flat: str, unit: _Unit) -> Iterator[_Level]:
    last = -1
    for number in _LEVEL.finditer(flat, unit.start, unit.end):
        if number.start() < last:
            continue
        ahead = flat[max(unit.start, number.start() - 24) : number.start()]
        if _NO_LEVEL.search(ahead):
            continue
        before = _HOW.search(ahead)
        how = before[0].casefold() if before else ""
        named = quantities.unit_after(flat, number.end(), unit.end, known=not how.strip())
        value = parse_number(number["value"])
        if named is None or value is None or _is_part_of_range(flat, number, named.end()):
            continue
        low = max(unit.start, number.start() - 200)
        if flat.count("(", low, number.start()) > flat.count(")", low, number.start()):
            continue  # “(tương đương 04 xã)”
        if how.startswith("từ") and _FROM.match(flat, named.end(), unit.end):
            continue  # “giảm từ 5% xuống còn 3%”
        if more := _MORE.match(flat, named.end(), unit.end):
            how += more["way"]
        name = " ".join(named["unit"].split())
        if not _is_level(flat, number.start(), name, how, unit, further=last >= 0):
            continue
        last = named.end("unit")
        yield _Level(number.start() - (len(before[0]) if before else 0), last, how, value, name)


_NO_LEVEL = re.compile(
    r"(?:năm|giai đoạn|khóa|số|ngày|tháng|Điều|[Qq]uý|thứ|nhiệm kỳ|cấp|kỷ niệm) *$"
)
_RANGE = re.compile(r"\d ?%? *(?:-|đến) *$")
_FROM = re.compile(r"[^,.;\d]{0,30}(?:xuống|lên)(?: còn)?(?: dưới| trên)? *\d")
_TO = re.compile(r" *(?:-|đến) *\d")


def _is_part_of_range(flat: str, number: re.Match[str], end: int) -> bool:
    """“từ 2 - 3 công trình” is no one level."""
    before = flat[max(0, number.start() - 8) : number.start()]
    return bool(_RANGE.search(before) or _TO.match(flat, number.end()) or _TO.match(flat, end))


_RISES = re.compile(r"(?:tăng|giảm)(?: thêm| khoảng)? *$")


def _is_level(flat: str, at: int, name: str, how: str, unit: _Unit, *, further: bool) -> bool:
    """“05 ngày” is no level to reach; a count is one where the text says how much at least."""
    if name in _TIMES:
        return bool(_AT_LEAST.search(how) and _EACH.search(flat, max(unit.start, at - 200), at))
    if name == "điểm" and unit.zone != "targets":
        return False
    said = bool(how.strip())
    if further:
        rises = _RISES.search(flat[max(unit.start, at - 16) : at])
        return (name.startswith("%") or said or unit.ruled) and not rises
    return unit.zone == "targets" or unit.ruled or name.startswith("%") or said


_DIVIDES = re.compile(r"; |, | và | trong đó |: ")


def _division(flat: str, start: int, end: int) -> int:
    """Where, between two levels, the clause of the first ends."""
    joints = list(_DIVIDES.finditer(flat, start, end))
    opening = [joint for joint in joints if _OPENS.match(flat, joint.end())]
    return (opening or joints)[0].start() if joints else start


_OPENS = re.compile(
    r"(?:có|phấn đấu|đạt|đối với|trong đó|riêng|t[ỷỉ] lệ|giảm|tăng|mỗi|số|100|bảo đảm|đảm bảo|đến|ít nhất|trên)(?!\w)"
)
_JOINT = re.compile(r"[;,:]? *(?:(?:trong đó|và|riêng)(?!\w),? *)*")


def _after_joint(flat: str, at: int, limit: int) -> int:
    found = _JOINT.match(flat, at, limit)
    return found.end() if found else at


def _comparator(how: str) -> str:
    if _AT_LEAST.search(how) or "trở lên" in how:
        return ">="
    if _AT_MOST.search(how) or "trở xuống" in how:
        return "<="
    if _BELOW.search(how):
        return "<"
    return ">" if _ABOVE.search(how) else "="


def _target_name(flat: str, whole: tuple[int, int], level: tuple[int, int], unit: str) -> str:
    before = flat[whole[0] : level[0]].strip(" ,:")
    after = flat[level[1] : whole[1]].strip(" ,")
    name = " ".join((after if len(before) < 25 and after else before).split()[:25])
    return f"tỷ lệ {name}" if unit == "%" and not name.casefold().startswith("tỷ lệ") else name
