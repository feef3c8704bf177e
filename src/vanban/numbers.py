"""Numbers, dates and periods as offices print them: 8.256 tỷ; 72,56%; ngày 8 tháng 5 năm 2020."""

from __future__ import annotations

import re

from vanban.lexicon.order import ROMAN
from vanban.model import Number

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"  # 8.256 · 47,5 · 72,56 · 07
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
# “19/6/2015”, “07-5-2014”, “12.9.2018”; “19 tháng 6 năm 2015”
DATE_SHORT = rf"{DAY} ?[/\-.] ?{MONTH} ?[/\-.] ?\d{{4}}(?!\d)"
DATE_LONG = rf"{DAY} +th[áa]ng +{MONTH} +năm +\d{{4}}(?!\d)"
DATE = rf"(?:{DATE_SHORT}|{DATE_LONG})"
_DIGITS = re.compile(r"\d+")


def parse_number(printed: str) -> Number | None:
    """The value as printed, None where point and comma cannot both be right (2.4053)."""
    whole, comma, part = printed.partition(",")
    if len(part) == 3 and "." in whole:
        return None
    digits = whole.replace(".", "")
    if "." in whole and not re.fullmatch(r"\d{1,3}(?:\.\d{3})+", whole):
        return None
    return float(f"{digits}.{part}") if comma else int(digits)


def parse_date(printed: str) -> str | None:
    """ISO date of a printed one, also where it is a misprint (09/10/2108)."""
    numbers = [int(found) for found in _DIGITS.findall(printed)]
    if len(numbers) != 3:
        return None
    day, month, year = numbers
    return f"{year:04d}-{month:02d}-{day:02d}"


def parse_quarter(printed: str) -> int:
    return ROMAN.get(printed) or int(printed)
