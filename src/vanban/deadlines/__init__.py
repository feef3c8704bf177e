"""When something is due: by a day, by the end of a period, or again and again.

A time is found first (a day, a quarter, “hằng tháng”), then the words before it say whether it is
a deadline. What depends on an event without a date (“sau 30 ngày”, “trước Tết”, “05 ngày làm việc
kể từ ngày …”) has none: the day cannot be told from the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban.deadlines.days import DAYS, dated
from vanban.deadlines.periods import periods
from vanban.deadlines.recurring import recurring
from vanban.deadlines.times import Times, has, is_within
from vanban.deadlines.windows import CUT_OFFS, WINDOW, with_windows
from vanban.model import Due
from vanban.text import Page


def read(page: Page, start: int, end: int, year: str | None = None) -> list[Due]:
    """The deadlines stated in `start..end`, none twice. `year` completes a day without one."""
    if not has(page.flat, start, end, _UNITS):
        return []
    found = _found(page, start, end, year, is_cell=False)
    return with_windows(page, start, end, found) if found else found


def read_cell(page: Page, start: int, end: int, year: str | None = None) -> list[Due]:
    """The deadlines of a cell in a column of times: “Quý I/2024”, “30/6/2024”, “Hằng quý”."""
    return _found(page, start, end, year, is_cell=True)


def _found(page: Page, start: int, end: int, year: str | None, *, is_cell: bool) -> list[Due]:
    days = [day for day in DAYS.finditer(page.flat, start, end) if day["day"].strip("0")]
    if days and has(page.flat, start, end, CUT_OFFS):
        counted = [one.span() for one in WINDOW.finditer(page.flat, start, end)]
        days = [day for day in days if not is_within(counted, day.start())]
    times = Times(page, start, end, year, is_cell, page.flat, days)
    found = [*dated(times), *recurring(times), *periods(times)]
    if is_cell:
        return _without_starts(page.flat, _apart([due for _, due in found]))
    sure = [due for is_sure, due in found if is_sure]
    if sure:
        return _apart(sure)
    for kind in ("date", "recurring", "period_end"):
        if weak := [due for _, due in found if due.kind == kind]:
            return _apart(weak[:1] if kind == "date" else weak)
    return []


def _apart(dues: Sequence[Due]) -> list[Due]:
    """In the order of the text, each said once."""
    seen = set()
    kept = []
    for due in sorted(dues, key=lambda one: one.span.start):
        said = (due.kind, due.date, due.period, due.every, due.day, due.month, due.month_of_period)
        if said not in seen:
            seen.add(said)
            kept.append(due)
    return kept


# Without one of these nothing is due: a unit of time with the words that bind something to it.
_UNITS = ("ngày", "/", "quý", "Quý", "tháng", "năm", "tuần", "ngay ", ".20", "Năm 2")


_UP_TO = re.compile(r" *(?:-|đến(?: hết)?|tới) *(?:ngày +)?$")


def _without_starts(flat: str, dues: list[Due]) -> list[Due]:
    """Of “tháng 3 đến tháng 6/2024” the end."""
    kept: list[Due] = []
    for due in dues:
        if kept and due.span.end <= kept[-1].span.end and due.span != kept[-1].span:
            continue
        if kept and _UP_TO.match(flat[kept[-1].span.end : due.span.start]):
            kept.pop()
        kept.append(due)
    return kept
