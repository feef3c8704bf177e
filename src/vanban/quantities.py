"""Numbers with what they count: 54/96 xã (56,3%); 8.256 tỷ đồng, tăng 11,4%; 02 cuộc."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban.lexicon.units import COUNTS, MEASURES, MONEY
from vanban.model import Number
from vanban.numbers import parse_number

_N = r"(?:\d+(?:\.\d+)*(?:,\d+)?)"  # malformed ones too: 1.6151
_PER = r"(?:/(?:hộ|người|năm|tháng|ha|lượt|xã|đơn vị|suất|ngày|tuần|quý|khẩu)(?!\w))?"
_WORDS = "|".join(sorted(map(re.escape, MONEY + MEASURES + COUNTS), key=len, reverse=True))
_UNIT = re.compile(rf" *(?P<unit>%|(?:{_WORDS.replace(chr(92) + ' ', ' +')})(?!\w){_PER})")
_START = re.compile(
    r"(?P<value>\d(?<![\w-]\d)(?<!\d[/.,]\d)\d*(?:\.\d+)*(?:,\d+)?)"
    rf"(?:/(?P<whole>{_N})(?: *\((?P<share>{_N}) *%\))?)?(?![\d])"
)
# 2 tỷ 315 triệu đồng
_MIXED = re.compile(
    r" +(?P<scale>tỷ|tỉ|triệu) +(?P<small>\d{1,3}) +(?P<smaller>triệu|ngàn|nghìn) +đồng"
)
# 312/430 đơn, đạt 72,56% · 54/96 xã (56,3%)
_SHARE = re.compile(
    r"(?:(?:[ ,][^.;()\d]{0,45}?(?:đạt|chiếm|tỷ lệ|bằng)(?: +tỷ +lệ)?(?: +(?:gần|trên|hơn|khoảng))? +|,? *\()"
    rf"(?P<share>{_N}) *%\)?)"
)
_CHANGE = re.compile(
    r"(?: +so +(?:với|cùng)[^.;,()\d]{2,40})?,? *\(?(?P<way>tăng|giảm) +(?:khoảng |gần |hơn |trên )?"
    rf"(?P<by>{_N})"
)
_RANK = re.compile(
    r"(?:đứng|xếp|hạng)(?: +(?:thứ|hạng|vị +trí))* +(?P<rank>\d{1,3})/(?P<of>\d{1,3})(?: +tỉnh, +thành(?: +phố)?)?"
)


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


def find(flat: str, start: int, end: int) -> Iterator[Quantity]:
    at = start
    ranks = {rank.start("rank"): rank for rank in _RANK.finditer(flat, start, end)}
    while number := _START.search(flat, at, end):
        at = number.end()
        rank = ranks.get(number.start())
        quantity = _ranked(rank) if rank else _read(flat, number, end)
        if quantity:
            at = quantity.end
            yield quantity


def unit_after(flat: str, start: int, end: int) -> re.Match[str] | None:
    return _UNIT.match(flat, start, end)


def _read(flat: str, number: re.Match[str], end: int) -> Quantity | None:
    mixed = None if number["whole"] else _MIXED.match(flat, number.end(), end)
    if mixed:
        return _sum(number, mixed)
    unit = _UNIT.match(flat, number.end(), end)
    if not unit:
        return None
    return _ratio(flat, number, unit, end) if number["whole"] else _plain(flat, number, unit, end)


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


def _plain(flat: str, number: re.Match[str], unit: re.Match[str], end: int) -> Quantity:
    name = " ".join(unit["unit"].split())
    value, stop = parse_number(number["value"]), unit.end()
    change, change_unit = None, None
    rise = _CHANGE.match(flat, stop, end)
    if rise and (by_unit := _UNIT.match(flat, rise.end(), end)):
        change = signed(rise["way"], parse_number(rise["by"]))
        change_unit, stop = " ".join(by_unit["unit"].split()), by_unit.end()
    return Quantity(
        number.start(), stop, unit.end(), value, name, name, change=change, change_unit=change_unit,
        printed=number["value"],
    )  # fmt: skip


def signed(way: str, value: Number | None) -> Number | None:
    return None if value is None else (value if way == "tăng" else -value)
