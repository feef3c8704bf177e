"""On which day a term ends: Bộ luật Dân sự 2015, Điều 145-148."""

from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


@dataclass(frozen=True)
class Calendar:
    """Days off and days worked of the years that it covers."""

    years: frozenset[int]
    off: dict[date, str]  # a day off → its name
    worked: frozenset[date]  # Saturdays and Sundays that are worked

    def why_off(self, day: date) -> str | None:
        """The name of a day off, or None for a working day. KeyError for a year not covered."""
        if day.year not in self.years:
            raise KeyError(day.year)
        if day in self.worked:
            return None
        return self.off.get(day) or (_WEEKDAYS[day.weekday()] if day.weekday() >= 5 else None)


@dataclass(frozen=True)
class LastDay:
    """The last lawful day of a term and, step by step, how it was found."""

    day: date
    steps: tuple[str, ...]


def weekday(day: date) -> str:
    return _WEEKDAYS[day.weekday()]


def printed(day: date) -> str:
    """As Nghị định 30/2020/NĐ-CP writes a date: zero before days under 10, months 1 and 2 only."""
    return (
        f"{day.day:02d}/{day.month:02d}/{day.year}"
        if day.month < 3
        else f"{day.day:02d}/{day.month}/{day.year}"
    )


def last_day(
    nominal: date, calendar: Calendar, *, inclusive: bool, moves: bool, words: str
) -> LastDay:
    """The last day on which something due on a printed date is in time.

    `inclusive` False: “trước ngày”, the printed day no longer counts. `moves`: a day off moves to
    the next working day (Điều 148, khoản 5); a day before which something is due never moves.
    """
    day = nominal if inclusive else nominal - timedelta(days=1)
    counted = (
        "còn trong hạn"
        if inclusive
        else f"không còn trong hạn, hạn là ngày liền trước ({printed(day)})"
    )
    steps = [f"Văn bản ghi “{words}”: ngày {printed(nominal)} {counted}."]
    reason = calendar.why_off(day)
    if reason is None:
        return LastDay(
            day, (*steps, f"{weekday(day)}, {printed(day)} là ngày làm việc: không phải lùi.")
        )
    if not (moves and inclusive):
        return LastDay(
            day, (*steps, f"{printed(day)} là ngày nghỉ ({reason}) nhưng hạn này không lùi.")
        )
    later = next_working_day(day, calendar)
    moved = (
        f"{printed(day)} là ngày nghỉ ({reason}): hạn kết thúc hết {weekday(later)}, {printed(later)} "
        "(khoản 5 Điều 148 Bộ luật Dân sự 2015)."
    )
    return LastDay(later, (*steps, moved))


def next_working_day(day: date, calendar: Calendar) -> date:
    """The first working day after `day`."""
    later = day + timedelta(days=1)
    while calendar.why_off(later):
        later += timedelta(days=1)
    return later
