"""On which day a term ends: Bộ luật Dân sự 2015, Điều 145-148."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


class MissingYear(Exception):
    """A day was asked for of a year that no office calendar has: nothing is reckoned by guess."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no office calendar of {year}")
        self.year = year


@dataclass(frozen=True)
class Calendar:
    """Days off and days worked of the years that it covers."""

    years: frozenset[int]
    off: Mapping[date, str]  # a day off → its name
    worked: frozenset[date]  # Saturdays and Sundays that are worked

    def why_off(self, day: date) -> str | None:
        """The name of a day off, or None for a working day. MissingYear for a year not covered."""
        if day.year not in self.years:
            raise MissingYear(day.year)
        if day in self.worked:
            return None
        return self.off.get(day) or (_WEEKDAYS[day.weekday()] if day.weekday() >= 5 else None)


@dataclass(frozen=True)
class LastDay:
    """The last lawful day of a term and, step by step, how it was found."""

    day: date
    steps: tuple[str, ...]
    nominal: date  # the last day before it moved off days off: what a longer term starts from


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
    first = f"Văn bản ghi “{words}”: ngày {printed(nominal)} {counted}."
    reason = calendar.why_off(day)
    if reason is None:
        worked = f"{weekday(day)}, {printed(day)} là ngày làm việc: không phải lùi."
        return LastDay(day, (first, worked), day)
    if moves and inclusive:
        return onto_a_working_day(day, calendar, (first,))
    before = working_days_before(day, 1, calendar)
    why = "đã ghi “trước ngày” thì không lùi ra sau" if not inclusive else "nơi giao không cho lùi"
    stays = (
        f"{printed(day)} là ngày nghỉ ({reason}) nhưng hạn này không lùi: {why}; "
        f"ngày làm việc cuối cùng còn trong hạn là {weekday(before)}, {printed(before)}."
    )
    return LastDay(day, (first, stays), day)


def onto_a_working_day(nominal: date, calendar: Calendar, steps: tuple[str, ...]) -> LastDay:
    """Off days off, onto the next working day."""
    reason = calendar.why_off(nominal)
    if reason is None:
        return LastDay(nominal, steps, nominal)
    day = next_working_day(nominal, calendar)
    moved = (
        f"{printed(nominal)} là ngày nghỉ ({reason}): hạn kết thúc hết {weekday(day)}, {printed(day)} "
        "(khoản 5 Điều 148 Bộ luật Dân sự 2015)."
    )
    return LastDay(day, (*steps, moved), nominal)


def onto_an_earlier_working_day(nominal: date, calendar: Calendar) -> LastDay:
    """Off days off, onto the working day before: for a day that was set back from a later one."""
    reason = calendar.why_off(nominal)
    if reason is None:
        return LastDay(
            nominal, (f"{weekday(nominal)}, {printed(nominal)} là ngày làm việc.",), nominal
        )
    day = working_days_before(nominal, 1, calendar)
    moved = (
        f"{printed(nominal)} là ngày nghỉ ({reason}): hạn này tính lùi từ hạn của cấp trên nên chuyển "
        f"lên trước, hết {weekday(day)}, {printed(day)}."
    )
    return LastDay(day, (moved,), nominal)


def next_working_day(day: date, calendar: Calendar) -> date:
    """The first working day after `day`."""
    return working_days_after(day, 1, calendar)


def working_days_after(day: date, n: int, calendar: Calendar) -> date:
    """The nth working day after `day`, which is not counted itself (Điều 147)."""
    return _stepped(day, n, calendar, timedelta(days=1))


def working_days_before(day: date, n: int, calendar: Calendar) -> date:
    """The nth working day before `day`."""
    return _stepped(day, n, calendar, timedelta(days=-1))


def _stepped(day: date, n: int, calendar: Calendar, step: timedelta) -> date:
    for _turn in range(n):
        day += step
        while calendar.why_off(day):
            day += step
    return day


def set_back(
    upper: date, working_days: int, calendar: Calendar, *, words: str = "Cấp trên phải gửi"
) -> LastDay:
    """The day on which a lower level hands in, so many working days before the upper one must."""
    day = working_days_before(upper, working_days, calendar)
    step = (
        f"{words} hết {weekday(upper)}, {printed(upper)}; cấp dưới gửi trước {working_days} ngày làm "
        f"việc: hết {weekday(day)}, {printed(day)}."
    )
    return LastDay(day, (step,), day)
