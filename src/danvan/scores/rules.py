"""What a unit's sheet is worth: points that the system can prove, and points that people give."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from danvan.duties.choices import HANDED_IN, REQUEST, AssignmentState
from danvan.text import fold
from danvan.workdays.rules import printed

PLAN, REPORT = "plan", "report"
ASKED_FOR = {"plan_in_time": PLAN, "reports_in_time": REPORT}  # proof rule → what it looks at
NAMES = {PLAN: "kế hoạch", REPORT: "báo cáo"}


@dataclass(frozen=True)
class Fact:
    """One assignment of a unit, as much as points depend on it."""

    assignment: str  # its id
    asks_for: str  # PLAN or REPORT
    label: str  # “Kế hoạch”, “Báo cáo quý I/2024”
    due_on: date
    handed_in_on: date | None
    state: AssignmentState

    @property
    def came_on(self) -> date | None:
        """The day on which it was handed in; what was returned has not come."""
        return self.handed_in_on if self.state in HANDED_IN else None


@dataclass(frozen=True)
class Proven:
    """Points that follow from what the system knows; None as long as nothing can be said."""

    points: Decimal | None
    words: str
    assignments: tuple[str, ...]


def prove(
    proof: Mapping[str, Any], facts: Iterable[Fact], *, max_points: Decimal, today: date
) -> Proven:
    """Full points, less what the table takes off for each that is late or missing.

    What is neither due nor handed in does not count yet; where nothing counts there are no points.
    """
    asked = ASKED_FOR[proof["rule"]]
    looked_at = [one for one in facts if one.asks_for == asked and one.state not in REQUEST]
    looked_at.sort(key=lambda one: one.due_on)
    counted = [one for one in looked_at if one.came_on or one.due_on < today]
    waiting = [one for one in looked_at if one not in counted]
    said = [*(_said(one, today) for one in counted), *_said_of_waiting(waiting, asked)]
    if not looked_at:
        said = [f"Trong năm chưa có việc nào được giao về {NAMES[asked]}."]
    ids = tuple(one.assignment for one in looked_at)
    if not counted:
        return Proven(None, " ".join(["Hệ thống tính: chưa có điểm.", *said]), ids)
    taken_off = sum((_taken_off(one, proof) for one in counted), Decimal(0))
    points = max(Decimal(0), max_points - taken_off)
    total = f"Hệ thống tính: {in_words(points)}/{in_words(max_points)}."
    return Proven(points, " ".join([total, *said]), ids)


def _taken_off(fact: Fact, proof: Mapping[str, Any]) -> Decimal:
    if fact.came_on is None:
        return Decimal(str(proof["missing"]))
    return Decimal(str(proof["late"])) if fact.came_on > fact.due_on else Decimal(0)


def _said(fact: Fact, today: date) -> str:
    """Kế hoạch gửi ngày 18/3, hạn 01/4."""
    due = _day(fact.due_on)
    if fact.came_on:
        days = (fact.came_on - fact.due_on).days
        late = f", quá hạn {days} ngày" if days > 0 else ""
        return f"{fact.label} gửi ngày {_day(fact.came_on)}, hạn {due}{late}."
    return f"{fact.label} chưa gửi, hạn {due}, quá hạn {(today - fact.due_on).days} ngày."


def _said_of_waiting(waiting: list[Fact], asked: str) -> list[str]:
    """What is not due yet, in one sentence however many there are."""
    if not waiting:
        return []
    first = _day(waiting[0].due_on)
    if len(waiting) == 1:
        return [f"{waiting[0].label} chưa đến hạn (hạn {first})."]
    return [f"{len(waiting)} {NAMES[asked]} chưa đến hạn, sớm nhất {first}."]


def _day(day: date) -> str:
    return printed(day).rpartition("/")[0]


def in_words(points: Decimal | None) -> str:
    """84,5; 30; “—” where there are none."""
    if points is None:
        return "—"
    written = f"{points:f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written).replace(".", ",")


def wrong_with(points: Decimal, max_points: Decimal) -> str:
    """Why points cannot be given, in words; empty where they can."""
    if not Decimal(0) <= points <= max_points:
        return f"Điểm từ 0 đến {in_words(max_points)}."
    if points != points.quantize(Decimal("0.01")):
        return "Điểm có nhiều nhất hai chữ số sau dấu phẩy."
    return ""


def total(points: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is there; None where nothing is."""
    given = [one for one in points if one is not None]
    return sum(given, Decimal(0)) if given else None


def difference(appraised: Decimal | None, self_given: Decimal | None) -> Decimal | None:
    """Appraised less self-given; None where one of the two is missing."""
    if appraised is None or self_given is None:
        return None
    return appraised - self_given


def appraisers(named: Iterable[str], everyone: Iterable[str], *, of: str) -> frozenset[str]:
    """The units that appraise a criterion of a unit's sheet, by code.

    No unit appraises itself: where the table names only that unit, its other appraisers do.
    """
    return (frozenset(named) - {of}) or (frozenset(everyone) - {of})


def hands_in_the_sheet(deliverable: str, action: str) -> bool:
    """Is this the duty that asks for the self-scored sheet: “Gửi hồ sơ tự chấm điểm …”?"""
    return deliverable.startswith("hồ sơ") and "cham diem" in fold(action)
