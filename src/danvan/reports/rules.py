"""What a report lacks, and how its cell in the matrix looks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from danvan.text import fold
from danvan.workdays.rules import printed

from .choices import Progress, ReportState

_WORD = re.compile(r"[a-z]+")


def progress(narrative: str, *, is_finished: bool) -> Progress:
    if is_finished:
        return Progress.FINISHED
    return Progress.WRITING if narrative.strip() else Progress.EMPTY


def alike(text: str) -> str:
    """What two paragraphs share that differ only in numbers, marks, diacritics and capitals."""
    return " ".join(_WORD.findall(fold(text)))


def changed_words(before: str, after: str) -> tuple[str, str]:
    """What one text has that the other has not, with “…” for what both begin and end with."""
    one, other = before.split(" "), after.split(" ")
    start = end = 0
    shorter = min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return _middle(one, start, end), _middle(other, start, end)


def _middle(words: Sequence[str], start: int, end: int) -> str:
    kept = " ".join(words[start : len(words) - end])
    return f"{'… ' if start else ''}{kept}{' …' if end else ''}"


@dataclass(frozen=True)
class Written:
    """A section as far as it is checked before sending."""

    code: str
    label: str
    narrative: str
    must_be_written: bool
    is_finished: bool
    has_aside: bool = False
    figures_without_data: Sequence[str] = ()  # their labels
    open_remarks: int = 0


@dataclass(frozen=True)
class Checked:
    """`wrong` keeps a report from being sent, `doubtful` does not: (section's code, sentence)."""

    wrong: tuple[tuple[str, str], ...]
    doubtful: tuple[tuple[str, str], ...]


def check(sections: Iterable[Written]) -> Checked:
    """What must be put right before sending, and what is worth a look."""
    sections = list(sections)
    return Checked(
        tuple((one.code, said) for one in sections for said in _wrong(one)),
        tuple((one.code, said) for one in sections for said in _doubtful(one)),
    )


def _wrong(section: Written) -> Iterable[str]:
    if section.must_be_written and not section.narrative.strip():
        yield f"{section.label}: chưa có nội dung."
    if section.has_aside:
        yield f"{section.label}: có hai bản viết cùng lúc, chọn một bản hoặc gộp lại."


def _doubtful(section: Written) -> Iterable[str]:
    if section.figures_without_data:
        yield f"{section.label}: chưa có số liệu: {', '.join(section.figures_without_data)}."
    if section.open_remarks:
        yield f"{section.label}: {section.open_remarks} góp ý chưa đánh dấu đã bổ sung."
    if section.narrative.strip() and not section.is_finished:
        yield f"{section.label}: chưa đánh dấu xong."


def days_late(due_on: date, *, submitted_on: date | None, today: date) -> int:
    """Days past the last day; what is not yet sent counts until today."""
    return max(0, ((submitted_on or today) - due_on).days)


@dataclass(frozen=True)
class Mark:
    """A cell of the matrix: its tone, the days that stand in it, and its words."""

    tone: str
    words: str
    days: int = 0


NOT_FOLLOWED = Mark("idle", "kỳ này không theo dõi trên hệ thống")


def mark(
    state: ReportState | None, *, due_on: date, submitted_on: date | None, today: date
) -> Mark:
    """How a unit stands with a period. None: nothing sent yet.

    A returned report is amber, not red, until its unit sends it again.
    """
    if state == ReportState.RETURNED:
        return Mark("warn", "trả lại")
    late = days_late(due_on, submitted_on=submitted_on, today=today)
    if state == ReportState.ACCEPTED:
        return Mark("done", f"đã chấp nhận, gửi {_in_time(late)}", late)
    if state == ReportState.SUBMITTED:
        return Mark("wait", f"đã gửi {_in_time(late)}, chờ xem", 0)
    if late:
        return Mark("late", f"chưa gửi, quá hạn {late} ngày", late)
    return Mark("idle", "chưa đến hạn")


def _in_time(late: int) -> str:
    return f"quá hạn {late} ngày" if late else "đúng hạn"


def duty_in_words(which: str, action: str, due_on: date | None) -> str:
    """A duty as a line that somebody will write on: “Đã hoàn thành: …”."""
    begun = action.rstrip(" .;")
    day = f" (hạn {printed(due_on)})" if due_on else ""
    return {
        "done": f"Đã hoàn thành: {begun}.",
        "late": f"Quá hạn, chưa hoàn thành: {begun}{day}.",
        "ahead": f"{begun}{day}.",
    }[which]
