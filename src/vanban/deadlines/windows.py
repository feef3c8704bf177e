"""The days that a periodic report counts, as printed."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from vanban.deadlines.recurring import NAME
from vanban.deadlines.times import EACH, EVERY, has
from vanban.model import Due
from vanban.numbers import DAY, MONTH
from vanban.text import Page

_POINT = (
    rf"(?:ngày +)?{DAY}(?:/{MONTH}(?:/\d{{4}})?| +tháng +{MONTH}(?: +năm +\d{{4}})?)?"
    r"(?: +(?:của +)?(?:tháng|năm|kỳ|quý)(?: (?!đến|tới|và|báo cáo (?:năm|quý|tháng))[^\W\d_]{1,8}){0,6})?"
)
WINDOW = re.compile(
    rf"(?<!\w)[Tt]ừ +(?P<from>{_POINT})(?: +năm \d{{4}})?,? +đến +(?:hết +)?(?P<to>{_POINT})"
)
_CUT_OFF = re.compile(r"[Ss]ố liệu|[Cc]hốt|kỳ báo cáo|thời gian báo cáo")
CUT_OFFS = ("ố liệu", "hốt", "kỳ báo cáo", "gian báo cáo")
_NOTED = re.compile(rf"(?:{EACH} |[Bb]áo cáo )?(?P<name>{NAME})")


def with_windows(page: Page, start: int, end: int, dues: list[Due]) -> list[Due]:
    """The days that a periodic report counts, from the sentence or the two that follow.

    Nghị định 09/2019/NĐ-CP, Điều 12: “thời gian chốt số liệu … từ ngày … đến ngày …”.
    """
    if not any(due.kind == "recurring" for due in dues):
        return dues
    last = _end_of_context(page, end)
    if not has(page.flat, start, last, CUT_OFFS):
        return dues
    windows: dict[str, tuple[str, str]] = {}
    at = start
    while found := WINDOW.search(page.flat, at, last):
        if _CUT_OFF.search(page.flat, max(start, found.start() - 160), found.start()) or windows:
            named = [
                one["name"] for one in _NOTED.finditer(page.flat, max(at, start), found.start())
            ]
            every = (
                EVERY.get(named[-1].removesuffix(" đầu năm").removesuffix(" cuối năm"), "")
                if named
                else ""
            )
            windows.setdefault(
                every, (page.words(*found.span("from")), page.words(*found.span("to")))
            )
        at = found.end()
    alone = next(iter(windows.values())) if len(windows) == 1 else None
    return [
        replace(due, window=windows.get(due.every or "", windows.get("", alone)))
        if due.kind == "recurring"
        else due
        for due in dues
    ]


_AHEAD = 600  # characters behind a duty within which the days that it counts are told


def _end_of_context(page: Page, end: int) -> int:
    """The end of the two sentences that follow in the paragraph."""
    place = bisect_right(page.paragraphs, end - 1, key=lambda one: one.start) - 1
    last = min(page.paragraphs[place].end, end + _AHEAD) if place >= 0 else end
    at = end - 2
    for _ in range(3):
        at = page.flat.find(". ", at + 1, last)
        if at < 0:
            return max(end, last)
    return max(end, at)
