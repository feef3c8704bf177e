"""What was typed into a register: read, refused where it cannot be, doubted where it is unlikely."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from danvan.text import fold
from danvan.workdays.rules import printed as in_words

from .definitions import Check, Field, Register

Value = str | int | None  # a date as “2024-03-05”: values are kept as JSON

LONGEST = {"text": 500, "long_text": 10_000}  # characters
HIGHEST = 999_999_999

# 5/3 · 05/03/2024 · 5-3-24 · 5.3.2024
DAY = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}|\d{2}))?")
ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
NUMBER = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)")  # 1.204 · 37


@dataclass(frozen=True)
class Checked:
    """What came of what was typed. With errors there is nothing to keep; doubts want a reason."""

    values: dict[str, Value]
    errors: dict[str, str]
    doubts: dict[str, str]


class _Unreadable(Exception):
    """Why a field's words are no value of it."""


def validate(register: Register, raw: Mapping[str, str], *, today: date) -> Checked:
    values: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for field in register.fields:
        try:
            values[field.code] = _read(field, raw.get(field.code, ""), today)
        except _Unreadable as reason:
            values[field.code] = None
            errors[field.code] = str(reason)
    happened = day_of(register, values)
    if happened and happened > today:
        errors[register.day] = "Ngày này chưa đến. Sổ ghi việc đã diễn ra; ghi lại ngày."
    impossible = _failed(register, values, refusing=True)
    return Checked(values, impossible | errors, doubts(register, values))


def doubts(register: Register, values: Mapping[str, Value]) -> dict[str, str]:
    """What is unlikely in values already read: field → what to do."""
    return _failed(register, values, refusing=False)


def day_of(register: Register, values: Mapping[str, Value]) -> date | None:
    printed = values.get(register.day)
    return date.fromisoformat(printed) if isinstance(printed, str) else None


def _read(field: Field, typed: str, today: date) -> Value:
    words = typed.replace("\x00", "").strip()
    if not words:
        if field.required:
            raise _Unreadable(_MISSING[field.type])
        return None
    return _READERS[field.type](field, words, today)


_MISSING = {
    "date": "Chưa ghi ngày. Ghi ngày dạng ngày/tháng/năm, ví dụ 5/3/2026.",
    "number": "Chưa ghi số. Không có thì ghi 0.",
    "choice": "Chưa chọn. Chọn một mục trong danh sách.",
    "text": "Chưa ghi. Mục này phải có.",
    "long_text": "Chưa ghi. Mục này phải có.",
}


def read_day(words: str, today: date) -> date | None:
    """“5/3” is 5 March of this year; None for what is no date."""
    found = DAY.fullmatch(words) or ISO_DAY.fullmatch(words)
    if not found:
        return None
    year = found["year"] or str(today.year)
    try:
        return date(
            int(year) + (2000 if len(year) == 2 else 0), int(found["month"]), int(found["day"])
        )
    except ValueError:
        return None


def _read_date(field: Field, words: str, today: date) -> Value:
    found = read_day(words, today)
    if found is None:
        raise _Unreadable("Ghi ngày dạng ngày/tháng/năm, ví dụ 5/3/2026.")
    return found.isoformat()


def _read_number(field: Field, words: str, today: date) -> Value:
    if not NUMBER.fullmatch(words):
        raise _Unreadable("Ghi số nguyên, ví dụ 12 hoặc 1.204.")
    number = int(words.replace(".", ""))
    if field.min is not None and number < field.min:
        raise _Unreadable(f"Số không nhỏ hơn {field.min}. Ghi lại số.")
    if number > HIGHEST:
        raise _Unreadable("Số quá lớn. Kiểm tra lại số.")
    return number


def _read_choice(field: Field, words: str, today: date) -> Value:
    """By its code, or by its label as it comes out of a spreadsheet."""
    for choice in field.choices:
        if words == choice.code or fold(words) == fold(choice.label):
            return choice.code
    raise _Unreadable("Chọn một mục trong danh sách.")


def _read_words(field: Field, words: str, today: date) -> Value:
    longest = LONGEST[field.type]
    if len(words) > longest:
        raise _Unreadable(f"Dài {len(words)} chữ, tối đa {longest}. Ghi ngắn lại.")
    return words


_READERS = {
    "date": _read_date,
    "number": _read_number,
    "choice": _read_choice,
    "text": _read_words,
    "long_text": _read_words,
}


def _failed(register: Register, values: Mapping[str, Value], *, refusing: bool) -> dict[str, str]:
    return {
        check.field: fill(check.message, register, values)
        for check in register.checks
        if check.refuses == refusing and not _holds(check, values)
    }


def _holds(check: Check, values: Mapping[str, Value]) -> bool:
    """What is not there cannot be wrong."""
    one, other = values.get(check.field), values.get(check.other)
    if not isinstance(one, int) or not isinstance(other, int):
        return True
    return one >= other if check.relation == "at_least" else one <= other


COVER = "▒▒▒"  # stands for what says who a citizen is


def printed(field: Field, value: Value) -> str:
    """A value as it stands in a column; a personal one is covered wherever it would stand."""
    if field.is_personal and value not in (None, ""):
        return COVER
    return uncovered(field, value)


def uncovered(field: Field, value: Value) -> str:
    """1.204, 05/03/2024, Định kỳ; “—” where there is none."""
    if value is None or value == "":
        return "—"
    if field.type == "date":
        return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
    if field.type == "choice":
        return next((one.label for one in field.choices if one.code == value), str(value))
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


def typed(field: Field, value: Value) -> str:
    """A value as one would type it again."""
    if value is None or field.is_personal:
        return ""  # a personal value is typed anew, or stays
    return str(value) if field.type == "choice" else printed(field, value)


def fill(words: str, register: Register, values: Mapping[str, Value]) -> str:
    """Put the values of a record into words that name its fields: “{visits} lượt”."""

    def value(found: re.Match[str]) -> str:
        field, held = register.field(found[1]), values.get(found[1])
        if field.type == "date" and isinstance(held, str):
            return in_words(date.fromisoformat(held))
        return printed(field, held)

    return re.sub(r"\{(\w+)\}", value, words)
