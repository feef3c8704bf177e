"""How a duty is worded in a unit's own plan, and what is wrong with such a line: plain Python."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import vanban
from danvan.workdays.rules import printed

OF_THE_PLAN = "kế hoạch này"  # what is said of the plan itself stands under its last part
WORKING_DAYS_BEFORE = 5  # what others send must be there so long before the unit itself sends it

_TO_BE_SENT = re.compile(r"\b(?:gửi|báo cáo|trình|nộp)\b", re.IGNORECASE)
_LEADING = re.compile(r"chủ trì[, ]*(?:và )?|phối hợp (?:chặt chẽ )?(?:cùng |với |cùng với )", re.I)
_BEFORE_DUE = re.compile(r"(?:[,;(]| và)?\s*(?:phải\s+)?(?:hoàn thành|thực hiện|xong)?\s*$")
_EDGE = " \t\n,;:.-–/"
_NEAR = 60  # characters before a deadline within which it says when something is sent
_LONGEST = 500  # characters of names before the verb


def lowered(words: str) -> str:
    """“Tổ chức …” → “tổ chức …”; a name or an abbreviation keeps its capital."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def raised(words: str) -> str:
    return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class Printed:
    """A duty as its document prints it."""

    sentence: str
    action: str  # the reader's short form
    cooperating: Sequence[str] = ()
    due: Mapping[str, Any] | None = None


def action_of(duty: Printed) -> str:
    """What is to be done, in the document's words: without who, with whom and by when."""
    words = _without_due(" ".join(duty.sentence.split()), duty.due)
    found = words.lower().find(" ".join(duty.action.split()[:2]).lower())
    words = words[max(found, 0) :]
    words = _without_partners(words, duty.cooperating)
    return raised(words.strip(_EDGE)) or duty.action


def _without_due(words: str, due: Mapping[str, Any] | None) -> str:
    said = " ".join(str((due or {}).get("text") or "").split())
    before, found, after = words.partition(said) if said else (words, "", "")
    if not found:
        return words
    before = _BEFORE_DUE.sub("", before)
    after = after.lstrip(" ,;)")
    is_end = not before or not after or after[0] in ".;:/"
    joint = "" if is_end else " " if after.startswith("và ") else ", "
    return f"{before}{joint}{after}"


def _without_partners(words: str, cooperating: Sequence[str]) -> str:
    if not cooperating or not _LEADING.match(words):
        return words
    end = max((words.find(name) + len(name) for name in cooperating if name in words), default=0)
    return words[end:] if 0 < end < _LONGEST else words


def due_of(due: Mapping[str, Any] | None) -> str:
    """The deadline in the document's words."""
    return lowered(" ".join(str((due or {}).get("text") or (due or {}).get("note") or "").split()))


def due_on_day(day: date) -> str:
    return f"chậm nhất ngày {printed(day)}"


def is_sent(action: str) -> bool:
    return bool(_TO_BE_SENT.search(action))


_DAY_ALONE = re.compile(r"(?:ngày\s+)?(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_PERIOD_ALONE = re.compile(r"(quý\s+(?:[IV]+|[1-4])|tháng\s+\d{1,2}|6 tháng đầu|năm)\s*(?:/|\s+năm)?\s*(\d{4})", re.I)  # fmt: skip


def due_as_printed(typed: str) -> str:
    """“31/5/2024” → “chậm nhất ngày 31/5/2024”, “quý III/2024” → “trong quý III năm 2024”."""
    words = " ".join(typed.split()).rstrip(".;,")
    if day := _DAY_ALONE.fullmatch(words):
        try:
            return due_on_day(date(int(day[3]), int(day[2]), int(day[1])))
        except ValueError:
            return words
    if period := _PERIOD_ALONE.fullmatch(words):
        name = " ".join(period[1].split())
        return (
            f"trong năm {period[2]}" if name.lower() == "năm" else f"trong {name} năm {period[2]}"
        )
    return lowered(words)


def sentence(action: str, cooperating: str = "", due: str = "") -> str:
    """“Chủ trì, phối hợp với Phòng A tổ chức …, hoàn thành chậm nhất ngày 31/5/2024.”"""
    words = " ".join(action.split()).rstrip(_EDGE)
    if cooperating.strip():
        partners = " ".join(cooperating.split()).rstrip(_EDGE)
        own = _LEADING.sub("", lowered(words)) if words.lower().startswith("chủ trì") else words
        words = f"Chủ trì, phối hợp với {partners} {lowered(own)}"
    if due.strip():
        words = words.replace("; ", ", ")  # one deadline of one sentence: “;” would begin another
        words = f"{words}{_joint(words, due)}{lowered(due.strip().rstrip(_EDGE))}"
    return f"{raised(words)}."


def _joint(words: str, due: str) -> str:
    if not due.strip().lower().startswith(("chậm nhất", "trước", "trong")):
        return ", "
    return " " if is_sent(words[-_NEAR:]) else ", hoàn thành "


# What may be wrong with a line


def read_due(due: str, year: int) -> vanban.Due | None:
    """The deadline as the reader understands it; None for words that say no day."""
    text = (
        f"KẾ HOẠCH\nThực hiện nhiệm vụ năm {year}\nI. NỘI DUNG, NHIỆM VỤ\n1. Văn phòng Sở\n"
        f"- Tổ chức quán triệt nhiệm vụ được giao, {due.strip().rstrip(_EDGE)}.\n"
    )
    return next((duty.due for duty in vanban.read(text).duties if duty.due), None)


def year_of(due: vanban.Due) -> int | None:
    said = (due.date or due.period or "")[:4]
    return int(said) if said.isdigit() else None


def is_of_the_past(due: vanban.Due | None, year: int) -> bool:
    """A day copied from the plan of an earlier year."""
    of = year_of(due) if due else None
    return of is not None and of < year


def last_day_of(due: vanban.Due) -> date | None:
    """The day that a deadline names; of a period its end is said in the words already."""
    if due.date is None:
        return None
    day = date.fromisoformat(due.date)
    return day if due.inclusive else day - timedelta(days=1)
