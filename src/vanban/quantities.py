"""Numbers with what they count: 54/96 xã (56,3%); 8.256 tỷ đồng, tăng 11,4%; 02 cuộc."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from vanban.lexicon import any_of
from vanban.lexicon.letters import LOWER, UPPER
from vanban.lexicon.units import COUNTS, MEASURES, MONEY, NO_UNITS, PEOPLE, PLACES, SCALES
from vanban.model import Number
from vanban.numbers import parse_number


def _any(words: Iterable[str]) -> str:
    return any_of(words).replace(r"\ ", " +")


_ENDS = rf"(?![{LOWER}{UPPER}\d])"  # the sign of a footnote may follow
_N = r"(?:\d+(?:\.\d+)*(?:,\d+)?)"  # malformed ones too: 1.6151
_PER = r"(?:/(?:hộ|người|năm|tháng|ha|lượt|xã|đơn vị|suất|ngày|tuần|quý|khẩu)(?!\w))?"
_UNIT = re.compile(
    rf" *(?P<unit>%(?:/(?:năm|tháng|quý)(?!\w))?|(?:{_any(MONEY)}){_ENDS}{_PER}"
    rf"|(?:(?:{_any(SCALES)}) +)?(?:{_any(MEASURES + COUNTS + PLACES + PEOPLE)}){_ENDS}{_PER})"
)


@cache
def _chain() -> re.Pattern[str]:
    """“xã, phường, thị trấn”, “cán bộ, công chức”: one unit. Large, so built where a comma asks for it."""
    kinds = [
        rf"(?:{_any(kind)}){_ENDS}(?:, +(?:{_any(kind)}){_ENDS}){{1,4}}"
        for kind in (PLACES, PEOPLE)
    ]
    return re.compile(rf" *(?P<unit>{'|'.join(kinds)})")


def _unit(flat: str, start: int, end: int) -> re.Match[str] | None:
    found = _UNIT.match(flat, start, end)
    if found and flat.find(",", found.start("unit"), min(end, found.end() + 1)) >= 0:
        return _chain().match(flat, start, end) or found
    return found


# A unit that the lexicon does not know: one or two words in front of a pause or a small word.
_PAUSE = rf"(?= *[,;.:()]| *$| +(?:{_any(sorted(NO_UNITS))}|\d)(?!\w))"
_OPEN = re.compile(
    rf" +(?P<unit>(?P<first>[{LOWER}]+)(?!\w)(?: +(?P<more>[{LOWER}]+)(?!\w))??)(?: +[{LOWER}]+)??{_PAUSE}"
)
_START = re.compile(
    r"(?P<value>[0-9](?<![\w-]\d)(?<!\d[/.,]\d)\d*(?:\.\d+)*(?:,\d+)?)"
    rf"(?:/(?P<whole>{_N})(?: *\((?P<share>{_N}) *%\))?)?(?![\d])"
)
# 2 tỷ 315 triệu đồng
_MIXED = re.compile(
    r" +(?P<scale>tỷ|tỉ|triệu) +(?P<small>\d{1,3}) +(?P<smaller>triệu|ngàn|nghìn) +đồng"
)
# 312/430 đơn, đạt 72,56% · 54/96 xã (56,3%) · 25/30 đơn tố cáo (đạt 83,33%)
_SAYS = r"(?:đạt|chiếm|tỷ lệ|tỉ lệ|bằng|tương đương|tương ứng)"
_SHARE = re.compile(
    rf"(?:(?:[ ,][^.;()\d]{{0,45}}?{_SAYS}(?: +t[ỷỉ] +lệ)?(?: +(?:gần|trên|hơn|khoảng))? +"
    rf"|[^.,;()\d]{{0,40}},? *\((?:{_SAYS} +){{0,2}}(?:(?:gần|trên|hơn|khoảng) +)?)"
    rf"(?P<share>{_N}) *%\)?)"
)
_CHANGE = re.compile(
    r"(?: +so +(?:với|cùng)[^.;,()\d]{2,40})?"
    rf",? *\(?(?P<way>tăng|giảm) +(?:khoảng |gần |hơn |trên )?(?P<by>{_N})"
)
# 500 doanh nghiệp thành lập mới, tăng 7,6%
_SHARE_MORE = re.compile(
    rf"(?: +(?!so |đạt |bằng )[^\W\d_]+){{1,5}}(?:,| \() *(?P<way>tăng|giảm) +(?:khoảng |gần |hơn |trên )?(?P<by>{_N})(?= *%)"
)
_RANK = re.compile(
    r"(?:đứng|xếp|hạng)(?: +(?:thứ|hạng|vị +trí))* +(?P<rank>\d{1,3})/(?P<of>\d{1,3})(?: +tỉnh, +thành(?: +phố)?)?"
)
_RISING = re.compile(
    r"(?:[Tt]ăng|[Gg]iảm)(?: +(?:là|thêm|khoảng|gần|hơn|trên|bình quân|từ|được))* *:? *$"
)


_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; `value` None where point and comma cannot both be right."""

    start: int
    end: int
    own_end: int  # without the share or the change that follows
    value: Number | None
    unit: str
    counted: str = ""
    numerator: Number | None = None
    denominator: Number | None = None
    change: Number | None = None
    change_unit: str | None = None
    printed: str = ""
    known: bool = True  # whether the lexicon has its unit


def find(flat: str, start: int, end: int) -> Iterator[Quantity]:
    at = start
    ranks = {}
    if flat.find("/", start, end) >= 0:
        ranks = {rank.start("rank"): rank for rank in _RANK.finditer(flat, start, end)}
    while number := _START.search(flat, at, end):
        at = number.end()
        rank = ranks.get(number.start())
        quantity = _ranked(rank) if rank else _read(flat, number, start, end)
        if quantity:
            at = quantity.end
            yield quantity


def unit_after(flat: str, start: int, end: int, *, known: bool) -> re.Match[str] | None:
    """A unit that the lexicon knows; else, where asked, words that stand where one would."""
    found = _unit(flat, start, end)
    return found if found or known else _open_unit(flat, start, end)


def _open_unit(flat: str, start: int, end: int) -> re.Match[str] | None:
    if not flat.startswith(" ", start):
        return None
    found = _OPEN.match(flat, start, min(end, start + 60))
    if not found or found["first"] in NO_UNITS or found["more"] in NO_UNITS:
        return None
    return found


def _read(flat: str, number: re.Match[str], low: int, end: int) -> Quantity | None:
    mixed = None if number["whole"] else _MIXED.match(flat, number.end(), end)
    if mixed:
        return _sum(number, mixed)
    unit = _unit(flat, number.end(), end)
    if unit:
        return (
            _ratio(flat, number, unit, end)
            if number["whole"]
            else _plain(flat, number, unit, low, end)
        )
    if number["whole"] or len(number["value"]) < 2 or _YEAR.fullmatch(number["value"]):
        return None
    unit = _open_unit(flat, number.end(), end)
    return replace(_plain(flat, number, unit, low, end), known=False) if unit else None


def _ranked(rank: re.Match[str]) -> Quantity:
    start, end = rank.start("rank"), rank.end()
    of = int(rank["of"])
    return Quantity(
        start, end, end, int(rank["rank"]), "hạng", denominator=of, printed=rank["rank"]
    )


def _sum(number: re.Match[str], mixed: re.Match[str]) -> Quantity:
    """“2 tỷ 315 triệu đồng” is 2315 triệu đồng."""
    big = parse_number(number["value"])
    million = mixed["smaller"] == "triệu" or mixed["scale"] == "triệu"
    value = None if big is None else big * (1_000 if million else 1_000_000) + int(mixed["small"])
    start, end = number.start(), mixed.end()
    return Quantity(start, end, end, value, f"{mixed['smaller']} đồng", printed=number["value"])


def _ratio(flat: str, number: re.Match[str], unit: re.Match[str], end: int) -> Quantity:
    part, whole = parse_number(number["value"]), parse_number(number["whole"])
    counted = " ".join(unit["unit"].split())
    share, stop = number["share"], unit.end()
    if not share and (outer := _SHARE.match(flat, stop, end)):
        share, stop = outer["share"], outer.end()
    value = parse_number(share) if share else part
    return Quantity(
        number.start(), stop, unit.end(), value, "%" if share else counted, counted, part, whole,
        printed=number["value"],
    )  # fmt: skip


def _plain(flat: str, number: re.Match[str], unit: re.Match[str], low: int, end: int) -> Quantity:
    name = " ".join(unit["unit"].split())
    value, stop = parse_number(number["value"]), unit.end("unit")
    change, change_unit = None, None
    rise = _change(flat, name, number.start(), stop, low, end)
    by_unit = _unit(flat, rise.end(), end) if rise else None
    if rise and by_unit and _are_alike(name, " ".join(by_unit["unit"].split())):
        change = signed(rise["way"], parse_number(rise["by"]))
        change_unit, stop = " ".join(by_unit["unit"].split()), by_unit.end()
    return Quantity(
        number.start(), stop, unit.end("unit"), value, name, name, change=change,
        change_unit=change_unit, printed=number["value"],
    )  # fmt: skip


def _are_alike(unit: str, by: str) -> bool:
    """“3,2% (tăng 137 hộ)” is no change of the share; “300 hộ, giảm 5%” is one of the count."""
    if unit.startswith("%"):
        return by.startswith(("%", "điểm"))
    return by == unit or by.startswith("%") or unit.endswith(by) or by.endswith(unit)


_TIMES = ("ngày", "tháng", "giờ", "tuổi")


def _change(
    flat: str, unit: str, start: int, stop: int, low: int, end: int
) -> re.Match[str] | None:
    """By how much the quantity rose or fell, said behind it."""
    if unit in _TIMES or _rises(flat, low, start):
        return None
    found = _CHANGE.match(flat, stop, end)
    return found or (None if unit == "%" else _SHARE_MORE.match(flat, stop, end))


def _rises(flat: str, low: int, at: int) -> bool:
    """Whether the number is itself by how much something rose or fell: it has no change."""
    low = max(low, at - 30)
    if flat.find("ăng", low, at) < 0 and flat.find("iảm", low, at) < 0:
        return False
    return bool(_RISING.search(flat[low:at]))


def signed(way: str, value: Number | None) -> Number | None:
    return None if value is None else (value if way == "tăng" else -value)
