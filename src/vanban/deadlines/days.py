"""Days: with a year, or without one and bound by a lead or a period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vanban.deadlines.times import EACH, EVERY, Found, Lead, Times, because, lead_of
from vanban.model import Due
from vanban.numbers import DAY, MONTH

DAYS = re.compile(
    r"(?P<day>[0-9](?<![\w/,.\-].)(?:(?<=[012])[0-9]|(?<=3)[01])?)(?!\d)(?:"
    rf" ?[/.-] ?(?P<m1>{MONTH}) ?[/.-] ?(?P<y1>\d{{4}})(?!\d)"
    rf"|(?: ?/ ?| +th[áa]ng +)(?P<m2>{MONTH})(?:(?: +năm +| ?[/-] ?)(?P<y2>\d{{4}})(?!\d))?(?!/?\d)"
    rf"(?P<yearly>,? +(?:của +)?{EACH} +năm)?"
    rf"|(?P<more>(?:(?:,| và|, và) *(?:ngày +)?{DAY}){{0,4}}),? +(?:của +)?{EACH} +(?P<each>tháng|quý)(?!\w)"
    rf"|,? +(?:của +)?tháng +(?P<which>cuối|đầu)(?: +(?:của +)?(?:{EACH} +)?(?P<of>quý|kỳ|năm|6 tháng)(?: báo cáo)?)?"
    rf"|(?P<next> +(?:của +)?(?:tháng|quý) (?:sau|tiếp theo|kế tiếp|liền kề))"
    r"|(?P<alone>(?=[).;]| *$)))"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day without a year, by itself or of a period."""

    start: int
    end: int
    lead: Lead | None
    days: tuple[int, ...]
    month: int | None = None
    every: str | None = None
    which: str | None = None

    @property
    def inclusive(self) -> bool:
        return self.lead is None or self.lead.inclusive


def dated(times: Times) -> Iterator[Found]:
    """Days with a year."""
    for found, year in zip(times.days, _years(times), strict=True):
        if not year:
            continue
        lead = lead_of(times, found.start())
        if not lead and not times.is_cell:
            continue
        start = lead.start if lead else _of_day(times, found.start())
        yield (
            lead is None or (lead.is_sure and not lead.words.startswith(("trong", "Trong"))),
            Due(
                times.page.span(start, found.end()),
                "date",
                date=f"{int(year):04d}-{int(found['m1'] or found['m2']):02d}-{int(found['day']):02d}",
                inclusive=lead is None or lead.inclusive,
                because=because(lead, "ngày, tháng, năm"),
            ),
        )


_SERIES = re.compile(
    r"\)?,?;?(?: +và)?(?: +báo cáo)?(?: +(?:quý +[IVX1-4]{1,3}|0?[69] tháng|(?:cả )?năm))?"
    r" +\(?(?:trước|chậm nhất)(?: là)?(?: +ngày)? +$"
)


def _years(times: Times) -> list[str | None]:
    """The year of each day: in “quý I trước 15/3, 6 tháng trước 15/6/2024” that of the last."""
    years = [found["y1"] or found["y2"] for found in times.days]
    for place in range(len(years) - 2, -1, -1):
        found, after = times.days[place], times.days[place + 1]
        is_bare = not years[place] and found["m2"] and not found["yearly"]
        if is_bare and years[place + 1] and after.start() - found.end() < _NEAR:
            gap = times.flat[found.end() : after.start()]
            years[place] = years[place + 1] if _SERIES.match(gap) else None
    return years


_NEAR = 40  # characters between two days of a series


def _of_day(times: Times, at: int) -> int:
    """Where “ngày” before the number begins."""
    word = times.flat.startswith(("ngày ", "Ngày "), max(times.start, at - 5))
    return at - 5 if word and at - 5 >= times.start else at


def bare(times: Times) -> list[Day]:
    """Days without a year that a deadline or a period binds."""
    days: list[Day] = []
    for found, year in zip(times.days, _years(times), strict=True):
        if not year and (day := _bare_day(times, found, days)):
            days.append(day)
            if day.every == "year":
                _make_yearly(times, days)
    return days


def _make_yearly(times: Times, days: list[Day]) -> None:
    """“trước ngày 15/6 và trước ngày 15/12 hằng năm”: so are those before it in the series."""
    for place in range(len(days) - 2, -1, -1):
        day, after = days[place], days[place + 1]
        is_joined = _JOINED.match(times.flat[day.end : after.start])
        if day.every or not day.month or not (is_joined or day.lead is after.lead):
            return
        days[place] = replace(day, every="year")


_JOINED = re.compile(r" *(?:,|và|, và) *(?:ngày +)?$")


def _bare_day(times: Times, found: re.Match[str], days: Sequence[Day]) -> Day | None:
    flat, start = times.flat, found.start()
    lead = lead_of(times, start)
    if days and found["m2"] and _JOINED.match(flat[days[-1].end : start]):
        lead = days[-1].lead
    named = _of_day(times, start)
    is_named = named < start or flat[start - 5 : start] == "ngay "
    if not (is_named or found["m2"] and (lead or times.is_cell)):
        return None
    if lead is None and flat.find("hốt", max(times.start, start - 40), start) >= 0:
        return None  # the day that the figures are cut off at
    is_fraction = "/" in found[0] and not is_named and _COUNTED_THINGS.match(flat, found.end())
    if is_fraction or (found["alone"] is not None and not (lead and is_named)):
        return None
    is_own = lead is not None and lead.start >= (days[-1].end if days else 0)
    return Day(
        lead.start if lead and is_own else named,
        found.end(),
        lead,
        tuple(int(one) for one in _NUMBERS.findall(found["day"] + (found["more"] or ""))),
        month=int(found["m2"]) if found["m2"] else None,
        every=_every_of(found),
        which=_which(found),
    )


_NUMBERS = re.compile(r"\d+")
_COUNTED_THINGS = re.compile(
    r" (?!để|về|gửi|báo|và|hằng|hàng|mỗi|năm|đến|cho|tại|các|phải|hoàn|tổng|đối|theo)[^\W\d]"
)


def _every_of(found: re.Match[str]) -> str | None:
    if found["yearly"]:
        return "year"
    return EVERY.get(found["each"] or found["of"] or "")


def _which(found: re.Match[str]) -> str | None:
    if found["next"]:
        return "first"
    return {"cuối": "last", "đầu": "first"}.get(found["which"] or "")
