"""A row of a table as text: days in one form, and in words what in it cannot be read."""

import re
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_noop

from danvan.org.alike import tidy
from danvan.text import fold

from .shape import DATES, YES, Row, Sheet

_LONGEST = 2_000  # characters of a cell
_SPOKEN = re.compile(r"(?:ngay )?(\d{1,2})(?: thang |[/.\- ]+)(\d{1,2})(?: nam |[/.\- ]+)(\d{4})")
_WRITTEN = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00(?::00)?)?")


def parse_day(words: str) -> date | None:
    """05/03/2026, 5.3.2026, “ngày 5 tháng 3 năm 2026”, 2026-03-05; None for what is no day."""
    folded = fold(words)
    if found := _SPOKEN.fullmatch(folded):
        day, month, year = map(int, found.groups())
    elif found := _WRITTEN.fullmatch(folded):
        year, month, day = map(int, found.groups())
    else:
        return None
    try:
        parsed = date(year, month, day)
    except ValueError:
        return None
    return parsed if 1945 <= parsed.year < 2200 else None


_NO_DAY = gettext_noop("“%(words)s” không phải ngày. Ghi dạng 05/03/2026.")
_TOO_LONG = gettext_noop("Ô dài quá %(count)s ký tự.")
_FORMULA = gettext_noop("Ô có công thức chưa tính. Mở bằng Excel, lưu lại, hoặc dán dạng giá trị.")
_ERROR = gettext_noop("Ô có lỗi của Excel: %(words)s.")
_ERRORS = {"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"}


def _text(value: Any, key: str) -> str:
    """A cell's value as text."""
    if value is None or value is False:
        return ""
    if value is True:
        return YES
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return day.isoformat() if key in DATES else f"{day:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    words = str(value)
    if key == "aliases":
        words = re.sub(r"[\r\n]+", ";", words)
    return tidy(words)


def row_of(sheet: Sheet, number: int, values: dict[str, Any]) -> Row | None:
    """The row, or None where nothing stands in it."""
    cells: dict[str, str] = {}
    wrong: dict[str, list[Any]] = {}
    for key, value in values.items():
        if isinstance(value, Uncounted):
            cells[key], wrong[key] = value.formula, [_FORMULA, {}]
            continue
        words = _text(value, key)
        if not words:
            continue
        if len(words) > _LONGEST:
            words = words[:_LONGEST]
            wrong[key] = [_TOO_LONG, {"count": _LONGEST}]
        elif words in _ERRORS:
            wrong[key] = [_ERROR, {"words": words}]
        elif key in DATES:
            day = None if isinstance(value, int | float) else parse_day(words)
            if day:
                words = day.isoformat()
            else:
                wrong[key] = [_NO_DAY, {"words": words}]
        cells[key] = words
    return Row(sheet.key, number, cells, wrong) if cells else None


class Uncounted:
    """A formula without a value."""

    def __init__(self, formula: str) -> None:
        self.formula = formula
