"""Ends of periods: “trong quý II/2024”, “6 tháng đầu năm”, “đến hết năm 2025”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.deadlines.recurring import due_of
from vanban.deadlines.times import EACH, Found, Lead, Times, back, because, has, is_within, lead_of
from vanban.model import Due
from vanban.numbers import MONTH, parse_quarter

_Q = r"(?:IV|I{1,3}|[1-4])"
# Each begins with letters that are the same in every spelling, which makes them quick to find.
_QUARTER = re.compile(
    rf"u[ýí] ?(?P<q>{_Q}(?:(?:, *| và |, và | *- *)(?:quý +)?{_Q}){{0,3}})(?!\w)"
    r"(?:(?: ?[/.-] ?| +năm +|,? +)(?P<year>\d{4})(?!\d))?"
)
_MONTHS = re.compile(
    r"háng(?:(?:(?<=6 tháng)|(?<=sáu tháng)) +(?P<half>đầu|cuối) +(?:của +)?năm"
    r"|(?:(?<=9 tháng)|(?<=chín tháng))(?P<nine>)(?: +đầu)?(?: +năm)?"
    rf"| +(?P<m>{MONTH}(?:(?:, *| và |, và | *- *)(?:tháng +)?{MONTH}){{0,11}})(?!\w))"
    r"(?:(?: ?[/.-] ?| +năm +| +)(?P<year>\d{4})(?!\d))?"
)
_QUARTERS = re.compile(
    r"(?<!\w)(?:(?P<two>hai|0?2)|(?:ba|0?3)) +quý +(?P<half>đầu|cuối) +(?:của +)?năm"
    r"(?: +(?P<year>\d{4})(?!\d))?"
)
_YEAR = re.compile(r"ăm +(?P<year>\d{4})(?!\d| ?[-/])")
_PARTS = re.compile(rf"{_Q}(?!\w)|\d+")


def periods(times: Times) -> Iterator[Found]:
    inside = [day.span() for day in times.days if day["m1"] or day["m2"]]
    past = times.start
    is_told = _is_past(times)
    for start, found in sorted(_spelt(times), key=lambda one: (one[0], -one[1].end())):
        year = found["year"] or times.year
        if not year and times.flat.find(" năm", found.end(), found.end() + 80) < 0:
            continue
        if start < past or is_within(inside, start):
            continue
        past = found.end()
        lead = lead_of(times, start)
        if not (lead or times.is_cell or _stands_alone(times, start, found, is_told=is_told)):
            continue
        if found.re is _YEAR and not times.is_cell and not _ends_year(lead):
            continue
        if lead and not lead.is_sure and is_told:
            continue
        if found["year"] is None and _EVERY_YEAR.match(times.flat, found.end(), times.end):
            yield True, _of_every_year(times, lead.start if lead else start, found)
            continue
        for period in _codes(found, year) if year else ():
            yield (
                lead is not None and lead.is_sure,
                Due(
                    times.page.span(lead.start if lead else start, found.end()),
                    "period_end",
                    period=period,
                    inclusive=lead is None or lead.inclusive,
                    because=because(
                        lead, "kỳ 9 tháng, lấy hết tháng 9" if _is_nine(found) else "kỳ"
                    ),
                ),
            )


_EVERY_YEAR = re.compile(rf"[^.;]{{0,60}}? *{EACH} +năm")


def _of_every_year(times: Times, start: int, found: re.Match[str]) -> Due:
    """“vào tháng 12 hằng năm”, “trong quý I hằng năm”."""
    code = list(_codes(found, "2000"))[-1][5:]
    month = int(code) if code.isdigit() else int(code[1]) * (3 if code[0] == "Q" else 6)
    return due_of(times, start, found.end(), "year", None, month)


def _is_nine(found: re.Match[str]) -> bool:
    return found.re is _MONTHS and found["nine"] is not None


def _is_past(times: Times) -> bool:
    """“Trong quý II, … đã tiếp 40 lượt” tells what was done."""
    return times.flat.find(" đã ", times.start, times.end) >= 0


def _spelt(times: Times) -> Iterator[tuple[int, re.Match[str]]]:
    """Quarters, halves, months and years, with where each begins."""
    for found in _QUARTER.finditer(times.flat, times.start, times.end):
        yield back(times, found.start() - 1, ("các ", "Các ")), found
    for found in _MONTHS.finditer(times.flat, times.start, times.end):
        at = found.start() - 1
        if found["m"] is None:
            at = back(times, at, ("06 ", "6 ", "09 ", "9 ", "sáu ", "chín "))
            if found["nine"] is not None and not (found["year"] or "năm" in found[0]):
                continue
        yield at, found
    if has(times.flat, times.start, times.end, ("quý đầu", "quý cuối")):
        for found in _QUARTERS.finditer(times.flat, times.start, times.end):
            yield found.start(), found
    for found in _YEAR.finditer(times.flat, times.start, times.end):
        yield found.start() - 1, found


_OPENS = re.compile(r"[\d.)+* -]{0,8}$")


def _stands_alone(times: Times, at: int, found: re.Match[str], *, is_told: bool) -> bool:
    """“(Quý II/2024)”, “Quý I, II/2024: tổ chức …”: a period with its year, in brackets or first."""
    flat, end = times.flat, found.end()
    if found["year"] is None or found.re is _YEAR:
        return False
    if at > times.start and flat[at - 1] == "(" and flat[end : end + 1] == ")":
        return True
    is_first = at - times.start < 9 and _OPENS.match(flat[times.start : at])
    if not is_first or flat[end : min(end + 1, times.end)] not in ("", ".", ":"):
        return False
    return not is_told


def _ends_year(lead: Lead | None) -> bool:
    """A year is a deadline at its end, or where something is finished in it.

    “đến năm 2030” is a goal, “từ năm 2021 đến năm 2025” a stage.
    """
    if lead is None:
        return False
    if lead.words.endswith("ầu"):
        return False
    is_end = "hết" in lead.words or "uối" in lead.words
    return is_end or (lead.is_sure and not lead.is_range)


def _codes(found: re.Match[str], year: str) -> Iterator[str]:
    if found.re is _YEAR:
        yield year
    elif found.re is _MONTHS and found["m"] is None:
        half = "H1" if found["half"] == "đầu" else "H2"
        yield f"{year}-09" if found["nine"] is not None else f"{year}-{half}"
    elif found.re is _QUARTERS:
        last = {"đầu": ("09", "H1"), "cuối": ("12", "H2")}[found["half"]]
        yield f"{year}-{last[found['two'] is not None]}"
    else:
        is_quarter = found.re is _QUARTER
        printed = _PARTS.findall(found["q" if is_quarter else "m"])
        if "-" in found["q" if is_quarter else "m"]:
            printed = printed[-1:]
        for part in printed:
            yield f"{year}-Q{parse_quarter(part)}" if is_quarter else f"{year}-{int(part):02d}"
