"""Periods: 2024-M03, 2024-Q1, 2024-H1, 2024-N9, 2024-Y, the week 2024-W07, as half-open intervals."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_CODE = re.compile(
    r"(?P<year>[12][0-9]{3})-"
    r"(?P<part>M(?:0[1-9]|1[0-2])|Q[1-4]|H[12]|N9|Y|W(?:0[1-9]|[1-4][0-9]|5[0-3]))"  # 1000 to 2999
)
_QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True, order=True)
class Period:
    year: int
    part: str  # M01…M12, Q1…Q4, H1, H2, N9, Y; W01…W53 as ISO 8601 counts a year's weeks

    def __str__(self) -> str:
        return f"{self.year}-{self.part}"

    @property
    def is_week(self) -> bool:
        return self.part[0] == "W"

    @property
    def _monday(self) -> date:
        return date.fromisocalendar(self.year, int(self.part[1:]), 1)

    @property
    def months(self) -> tuple[int, int]:
        """First and last month; of a week the month that most of it lies in."""
        if self.is_week:
            thursday = self._monday + timedelta(days=3)
            return thursday.month, thursday.month
        if self.part == "Y":
            return 1, 12
        if self.part == "N9":
            return 1, 9
        kind, number = self.part[0], int(self.part[1:])
        length = {"M": 1, "Q": 3, "H": 6}[kind]
        return (number - 1) * length + 1, number * length

    @property
    def label(self) -> str:
        """As officers say it: quý I/2024."""
        number = self.part[1:]
        return {
            "W": lambda: f"tuần {number}/{self.year}",
            "M": lambda: f"tháng {int(number):02d}/{self.year}",
            "Q": lambda: f"quý {_QUARTERS[int(number) - 1]}/{self.year}",
            "H": lambda: f"6 tháng {'đầu' if number == '1' else 'cuối'} năm {self.year}",
            "N": lambda: f"9 tháng năm {self.year}",
            "Y": lambda: f"năm {self.year}",
        }[self.part[0]]()

    @property
    def previous(self) -> "Period":
        """The period of the same kind before; of nine months, those of the year before."""
        if self.is_week:
            return week_of(self._monday - timedelta(days=1))
        if self.part in {"Y", "N9"}:
            return Period(self.year - 1, self.part)
        kind, number = self.part[0], int(self.part[1:])
        if number > 1:
            return Period(
                self.year, f"{kind}{number - 1:02d}" if kind == "M" else f"{kind}{number - 1}"
            )
        return Period(self.year - 1, {"M": "M12", "Q": "Q4", "H": "H2"}[kind])

    @property
    def last_day(self) -> date:
        if self.is_week:
            return self._monday + timedelta(days=6)
        return _month_start(self.year, self.months[1] + 1) - timedelta(days=1)


def parse(code: str) -> Period:
    """'2024-Q1' → Period; ValueError for anything else."""
    found = _CODE.fullmatch(code)
    if not found:
        raise ValueError(f"not a period: {code!r}")
    period = Period(int(found["year"]), found["part"])
    if period.part == "W53" and period != week_of(date(period.year, 12, 28)):
        raise ValueError(f"not a period: {code!r}")  # a year of 52 weeks
    return period


def window(period: Period, *, cut_off_day: int | None = None) -> tuple[date, date]:
    """The half-open days [from, to) that the period counts.

    Without a cut-off day whole months; with one, from the day after it in the month before the
    period to that day in its last month (14: Nghị định 09/2019/NĐ-CP, Điều 12). A week is whole.
    """
    if period.is_week:
        after_it = period.last_day + timedelta(days=1)
        return after_it - timedelta(days=7), after_it
    first, last = period.months
    if cut_off_day is None:
        return _month_start(period.year, first), _month_start(period.year, last + 1)
    after = timedelta(days=cut_off_day)
    return _month_start(period.year, first - 1) + after, _month_start(period.year, last) + after


def quarter_of(day: date) -> Period:
    return Period(day.year, f"Q{(day.month + 2) // 3}")


def week_of(day: date) -> Period:
    year, week, _weekday = day.isocalendar()
    return Period(year, f"W{week:02d}")


def quarters(year: int) -> list[Period]:
    return [Period(year, f"Q{number}") for number in range(1, 5)]


def _month_start(year: int, month: int) -> date:
    years, rest = divmod(month - 1, 12)
    return date(year + years, rest + 1, 1)
