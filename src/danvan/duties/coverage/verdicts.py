"""In what a sentence of a lower plan asks for less than the duty that it takes up."""

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from danvan.periods import parse

from .words import HEDGES, KINDS, PART, WEAKER, WHOLE

_TIMES = {"week": 52, "month": 12, "quarter": 4, "half-year": 2, "nine-month": 1, "year": 1}
_SAID = {52: "hằng tuần", 12: "hằng tháng", 4: "hằng quý", 2: "06 tháng một lần", 1: "hằng năm"}
_UNITS = {
    "tuần": 52,
    "tháng": 12,
    "quý": 4,
    "6 tháng": 2,
    "06 tháng": 2,
    "sáu tháng": 2,
    "nửa năm": 2,
}
_UNITS |= {"3 tháng": 4, "03 tháng": 4, "ba tháng": 4, "năm": 1}
_PERIOD = r"(tuần|0?[36] tháng|ba tháng|sáu tháng|nửa năm|tháng|quý|năm)"
_OFTEN = re.compile(
    rf"(?:hằng|hàng|mỗi|từng|định kỳ)\s+{_PERIOD}\b|\b{_PERIOD}\s+(?:một|01|1)\s+lần\b"
    rf"|\b(?:một|01|1)\s+lần\s*(?:/|mỗi|trong)\s*{_PERIOD}\b"
    r"|\bbáo cáo\s+(tháng|quý)\b|\btháng cuối (quý)\b"
)
_DIGITS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "mười": 10,
}
_SHARE = 0
_COUNTED = (  # words that count the same
    ("%",),
    ("cuộc", "buổi", "hội nghị", "lần", "đợt", "kỳ"),
    ("mô hình",),
    ("lớp", "khóa"),
    ("tin", "bài", "tin, bài", "tin bài", "chuyên đề"),
    ("điểm", "địa bàn", "nơi", "ấp", "khu phố", "xã", "phường", "thôn"),
    ("đơn vị", "cơ quan", "cơ sở", "trường học", "trường", "bệnh viện"),
    ("người", "lượt", "hộ", "căn", "nhà", "cán bộ", "công chức", "viên chức", "ngày công", "công"),
)
_COUNT = re.compile(
    r"(?<![\d/.,])(\d{1,3}(?:,\d+)?|"
    + "|".join(_DIGITS)
    + r")\s*("
    + "|".join(
        re.escape(word)
        for word in sorted((word for group in _COUNTED for word in group), key=len, reverse=True)
    )
    + r")(?![\w/])"
)
_AT_MOST = re.compile(r"(?:dưới|không quá|tối đa|nhiều nhất|còn|xuống)\s*$")
_WRITTEN_DAY = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})")
_WRITTEN_MONTH = re.compile(r"tháng\s+(\d{1,2})(?:/| năm )(\d{4})")
_WRITTEN_QUARTER = re.compile(r"quý\s+(iv|i{1,3})(?:/|\s+năm\s+|\s+)(\d{4})")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = re.compile(r"(?:năm|/)\s*(20\d{2})")
_CITED = re.compile(
    r"\bsố\s+\S+\s+ngày[^,;.]*?\d{4}|\b\d+/\d{4}/\S+|\bngày\s+\d+\s+tháng\s+\d+\s+năm\s+\d{4}"
)


class Said(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def due(self) -> Mapping[str, Any] | None: ...
    @property
    def cooperating(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class _Day:
    printed: date
    last: date  # “trước ngày 31/3”: 30/3


def reasons(upper: Said, lowers: Sequence[Said], *, year: int | None = None) -> list[str]:
    """Why the lower sentences together ask for less, in words; none: they ask for as much."""
    said = _lower(upper.text)
    answered = " ; ".join(_lower(one.text) for one in lowers)
    found = [
        _time(upper, lowers, year),
        _often(upper, lowers),
        *_counts(said, answered),
        _hedge(said, answered),
        _weaker(said, answered),
        _part(said, answered),
        *_kinds(said, answered),
        _alone(upper, lowers, answered),
    ]
    return [one for one in found if one]


def _lower(text: str) -> str:
    return re.sub(r"\s+", " ", text.lower())


def _time(upper: Said, lowers: Sequence[Said], year: int | None) -> str:
    """Later than asked, a day of the year before, or no day where one is asked."""
    asked = last_day(upper)
    given = [day for one in lowers if (day := last_day(one))]
    if asked is None:
        return _old_year(upper, lowers)
    if not given:
        return _no_day(upper, lowers, asked, year)
    latest = max(given, key=lambda day: day.last)
    if latest.printed.year < asked.printed.year:
        return f"Hạn của năm trước: {_day(latest)}, kế hoạch cấp trên ghi {_day(asked)}."
    late = (latest.last - asked.last).days
    if late > 0 and latest.printed > asked.printed:
        shown = latest.printed.year != asked.printed.year
        return f"Hạn muộn hơn {late} ngày: {_day(latest, shown)} thay vì {_day(asked, shown)}."
    return ""


def _no_day(upper: Said, lowers: Sequence[Said], asked: _Day, year: int | None) -> str:
    if old := _old_year(upper, lowers):
        return old
    ends_the_year = (asked.printed.month, asked.printed.day) == (12, 31)
    if ends_the_year and year in {None, asked.printed.year}:
        return ""
    if any(times(one) for one in lowers):
        return ""  # again and again is no later than once
    return f"Không ghi thời hạn: kế hoạch cấp trên ghi {_day(asked)}."


def _old_year(upper: Said, lowers: Sequence[Said]) -> str:
    asked, given = _years(upper), {year for one in lowers for year in _years(one)}
    for year in sorted(asked):
        if year - 1 in given and year not in given:
            return f"Nội dung của năm trước: ghi năm {year - 1}, kế hoạch cấp trên ghi năm {year}."
    return ""


def _years(one: Said) -> set[int]:
    return {int(year) for year in _YEAR.findall(_CITED.sub(" ", _lower(one.text)))}


def _day(day: _Day, with_year: bool = True) -> str:
    return f"{day.printed.day}/{day.printed.month}" + (f"/{day.printed.year}" if with_year else "")


def last_day(one: Said) -> _Day | None:
    """The day by which it is to be done; None for what recurs, or says none."""
    due = one.due or {}
    try:
        if due.get("kind") == "date":
            printed = date.fromisoformat(due["date"])
        elif due.get("kind") == "period_end":
            code = str(due["period"])
            month = re.fullmatch(r"(\d{4})-(\d{2})", code)
            code = f"{month[1]}-M{month[2]}" if month else code
            printed = parse(code if "-" in code else f"{code}-Y").last_day
        elif due:
            return None
        else:
            return _written(_lower(one.text))
    except (ValueError, KeyError):
        return None
    return _Day(printed, printed if due.get("inclusive", True) else printed - timedelta(days=1))


def _written(text: str) -> _Day | None:
    """A day as it stands in a sentence that the reader read no deadline from."""
    text = _CITED.sub(" ", text)
    found: list[date] = []
    try:
        found += [date(int(y), int(m), int(d)) for d, m, y in _WRITTEN_DAY.findall(text)]
        found += [_end(int(y), int(m)) for m, y in _WRITTEN_MONTH.findall(text)]
        found += [_end(int(y), 3 * _QUARTERS[q]) for q, y in _WRITTEN_QUARTER.findall(text)]
    except ValueError:
        return None
    return _Day(max(found), max(found)) if found else None


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def times(one: Said) -> int:
    """How many times a year; 0 where it does not say."""
    due = one.due or {}
    if due.get("kind") == "recurring":
        return _TIMES.get(str(due.get("every")), 0)
    found = [word for row in _OFTEN.findall(_lower(one.text)) for word in row if word]
    return max((_UNITS[word] for word in found), default=0)


def _often(upper: Said, lowers: Sequence[Said]) -> str:
    asked = times(upper)
    given = max((_most(one) for one in lowers), default=0)
    if asked <= 1 or given >= asked:
        return ""
    if given:
        return f"Giảm tần suất: {_SAID[given]} thay vì {_SAID[asked]}."
    return f"Không ghi định kỳ: kế hoạch cấp trên ghi {_SAID[asked]}."


def _most(one: Said) -> int:
    written = [word for row in _OFTEN.findall(_lower(one.text)) for word in row if word]
    return max(times(one), *(_UNITS[word] for word in written), 0)


def _counts(said: str, answered: str) -> Iterable[str]:
    """Fewer of what is counted than asked."""
    asked, given = _counted(said), _counted(answered, adds_up=True)
    for kind, (most, printed) in asked.items():
        if kind in given:
            if given[kind][0] < most:
                yield f"Giảm mức: {given[kind][1]} thay vì {printed}."
        elif kind == _SHARE and re.search(rf"\b{most:g}\b", answered):
            continue  # “cứ 100 vụ thì 85 vụ”
        elif kind == _SHARE and most == 100 and any(word in answered for word in WHOLE):
            continue
        elif kind == _SHARE or (not given and most > 1):
            yield f"Không ghi mức: kế hoạch cấp trên ghi {printed}."


def _counted(text: str, *, adds_up: bool = False) -> dict[int, tuple[float, str]]:
    """Kind of count → the most of it, or what several sentences add up to, and as printed."""
    found: dict[int, tuple[float, str]] = {}
    for one in _COUNT.finditer(text):
        if _AT_MOST.search(text[: one.start()]):
            continue
        number = _DIGITS.get(one[1]) or float(one[1].replace(",", "."))
        kind = next(i for i, group in enumerate(_COUNTED) if one[2] in group)
        printed = re.sub(r"\s+%", "%", one[0])
        if adds_up and kind in found and kind != _SHARE:
            found[kind] = (found[kind][0] + number, f"{found[kind][1]} và {printed}")
        elif kind not in found or number > found[kind][0]:
            found[kind] = (number, printed)
    return found


def _hedge(said: str, answered: str) -> str:
    hedge = next((one for one in HEDGES if one in answered and one not in said), "")
    return f"Thêm điều kiện: “{hedge}”." if hedge else ""


def _weaker(said: str, answered: str) -> str:
    word = next((one for one in WEAKER if re.search(rf"\b{one}\b", answered)), "")
    return f"Không còn là việc phải làm: “{word}”." if word and word not in said else ""


def _part(said: str, answered: str) -> str:
    part = next((one for one in PART if one in answered and one not in said), "")
    return f"Phạm vi hẹp hơn: “{part}”." if part else ""


def _kinds(said: str, answered: str) -> Iterable[str]:
    said, answered = (one.replace("cha mẹ học sinh", "cha mẹ") for one in (said, answered))
    for kinds in KINDS:
        asked = [names for one in kinds if (names := one.split("|"))[0] in said]
        lacking = [names[0] for names in asked if not any(one in answered for one in names)]
        if len(asked) > 1 and lacking and len(lacking) < len(asked):
            yield f"Phạm vi hẹp hơn: không nêu {', '.join(lacking)}."


def _alone(upper: Said, lowers: Sequence[Said], answered: str) -> str:
    """Whom the duty is to be done with is not named, nor anybody else."""
    if not upper.cooperating or any(one.cooperating for one in lowers):
        return ""
    if "phối hợp" in answered or any(_lower(name) in answered for name in upper.cooperating):
        return ""
    return f"Không nêu phối hợp với {', '.join(upper.cooperating)}."
