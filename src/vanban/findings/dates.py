"""Dates that cannot be right: no day of the calendar, or later than the document that cites them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vanban.model import Citation, Finding, Header
from vanban.text import Page

FIRST, LAST = "1930-02-03", "2050-12-31"  # no document that a text may cite is older or younger


@dataclass(frozen=True, slots=True)
class When:
    """The days between which a document was made; the same day twice where its date is printed."""

    earliest: str | None
    latest: str | None
    covers: str | None  # the first day of the time it reports on

    @property
    def is_printed(self) -> bool:
        return self.earliest is not None and self.earliest == self.latest


def when(header: Header, cited: Sequence[Citation]) -> When:
    """By its date; else by the years it is about and the newest document that it cites.

    A plan may be made in the autumn before its first year, a report in the year after its last.
    """
    first, last = _years(header)
    covers = f"{first}-01-01" if first and header.kind == "Báo cáo" else None
    if header.date and is_day(header.date) and FIRST < header.date < LAST:
        return When(header.date, header.date, covers)
    if not first or not last:
        return When(None, None, None)
    latest = f"{last + 1}-12-31"
    newest = [one.date for one in cited if one.date and is_day(one.date) and one.date <= latest]
    return When(max([f"{first - 1}-10-01", *newest]), latest, covers)


def _years(header: Header) -> tuple[int | None, int | None]:
    if not header.period:
        return None, None
    first, last = header.period
    if first[:4].isdecimal() and last[:4].isdigit():
        return int(first[:4]), int(last[:4])
    return None, None


@lru_cache(maxsize=2_000)
def is_day(iso: str) -> bool:
    """Whether there is such a day; a printed date may be none (2024-02-31)."""
    year, month, day = map(int, iso.split("-"))
    return 1 <= month <= 12 and year > 0 and 1 <= day <= monthrange(year, month)[1]


def shown(iso: str) -> str:
    """2019-06-08 as offices print it, 08/6/2019."""
    year, month, day = iso.split("-")
    return f"{day}/{month if int(month) < 3 else int(month)}/{year}"


def read(page: Page, header: Header, cited: Sequence[Citation], made: When) -> Iterator[Finding]:
    yield from _impossible(page)
    yield from _too_late(header, cited, made)


# 31/02/2024, ngày 31 tháng 4

_SHORT = re.compile(r"(?<![\d/.\-])(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})(?![\d/]|-[^\W\d])")
_LONG = re.compile(r"(\d{1,2}) +tháng +(\d{1,2})(?:(?: +năm +|/)(\d{4}))?(?![\d/])")
_DAY = re.compile(r"ngày +$")


def _impossible(page: Page) -> Iterator[Finding]:
    flat = page.flat
    for start, end, day, month, year in (*_short(flat), *_long(flat)):
        most = _days(month, year)
        if 1 <= day <= most:
            continue
        known = "không có tháng này" if most == 0 else f"tháng {month} không có ngày {day}"
        printed = page.words(start, end)
        yield Finding(
            page.span(start, end),
            "date",
            f"Ngày “{printed}” không có trong lịch: {known}. Kiểm tra lại ngày, tháng.",
            0.95,
            "Đối chiếu với số ngày của tháng",
        )


def _short(flat: str) -> Iterator[tuple[int, int, int, int, int]]:
    for mark in "/-":
        for year in re.finditer(rf"{mark}(?=[12]\d{{3}}(?!\d))", flat):
            at = year.start()
            for found in _SHORT.finditer(flat, max(0, at - 6), at + 6):
                if found.end() == at + 5 and not flat.endswith("số ", 0, found.start()):
                    yield (*found.span(), int(found[1]), int(found[3]), int(found[4]))


def _long(flat: str) -> Iterator[tuple[int, int, int, int, int]]:
    at = flat.find(" tháng ")
    while at >= 0:
        found = _LONG.match(flat, max(at - 2, 0)) or _LONG.match(flat, max(at - 1, 0))
        if found and _DAY.search(flat[max(0, found.start() - 8) : found.start()]):
            year = int(found[3]) if found[3] else 2000  # without a year 29 February is a day
            yield (*found.span(), int(found[1]), int(found[2]), year)
        at = flat.find(" tháng ", at + 1)


def _days(month: int, year: int) -> int:
    return monthrange(year, month)[1] if 1 <= month <= 12 else 0


# A document cited with a date after this document's own


def _too_late(header: Header, cited: Sequence[Citation], made: When) -> Iterator[Finding]:
    seen: set[tuple[str | None, str]] = set()
    for one in cited:
        if not one.date or not is_day(one.date) or (one.number, one.date) in seen:
            continue
        seen.add((one.number, one.date))
        if made.latest and one.date > made.latest:
            yield _late(one, made)
        elif not FIRST <= one.date <= LAST:
            yield Finding(
                one.span,
                "date",
                f"Ngày {shown(one.date)} của văn bản viện dẫn không thể đúng. Kiểm tra lại năm.",
                0.95,
                "Năm ngoài khoảng thời gian của các văn bản",
            )


def _late(one: Citation, made: When) -> Finding:
    own = f"ngày {shown(made.latest or '')}" if made.is_printed else "thời gian của văn bản này"
    far = (one.date or "")[:4] > str(int((made.latest or "")[:4]) + 1)
    return Finding(
        one.span,
        "date",
        f"Văn bản viện dẫn ghi ngày {shown(one.date or '')}, sau {own}. Kiểm tra lại ngày, tháng, năm.",
        0.95 if far else 0.85 if made.is_printed else 0.7,
        "Không thể viện dẫn văn bản ban hành sau"
        if made.is_printed
        else "Thời gian của văn bản suy từ năm ghi trong tên gọi",
    )
