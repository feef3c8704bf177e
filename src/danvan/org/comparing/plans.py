"""What a row comes to: a plan with its changes, or its reasons why nothing can be done."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_noop

from danvan.org.choices import Outcome
from danvan.org.sheets.shape import Row

from .known import DAY, Held, KnownPerson, KnownUnit


class Reason(NamedTuple):
    """Why a row cannot be taken in, or what is to be seen in it: a msgid and its values."""

    column: str
    msgid: str
    values: dict[str, object]


class Ref(NamedTuple):
    """A unit: one that is known, or one that a row of the file makes."""

    known: str = ""
    row: int = -1


@dataclass
class Plan:
    """What a row comes to."""

    row: Row
    since: date
    until: date | None = None
    reasons: list[Reason] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)
    changes: set[str] = field(default_factory=set)  # what an existing thing gets or loses
    is_new: bool = False
    skipped: Reason | None = None

    def refuse(self, column: str, msgid: str, **values: object) -> None:
        self.reasons.append(Reason(column, msgid, values))

    def note(self, column: str, msgid: str, **values: object) -> None:
        self.notes.append(Reason(column, msgid, values))

    @property
    def outcome(self) -> Outcome:
        if self.skipped:
            return Outcome.SKIPPED
        if self.reasons:
            return Outcome.BAD
        if self.is_new:
            return Outcome.NEW
        for change, outcome in _BY_CHANGE.items():
            if change in self.changes:
                return outcome
        return Outcome.AMENDED if self.changes else Outcome.SAME

    @property
    def is_good(self) -> bool:
        """Will change something."""
        return self.outcome in {Outcome.NEW, Outcome.RENAMED, Outcome.MOVED, Outcome.AMENDED}


_BY_CHANGE = {"name": Outcome.RENAMED, "parent": Outcome.MOVED}


@dataclass
class UnitPlan(Plan):
    known: KnownUnit | None = None
    parent: Ref | None = None
    code: str = ""
    kind: str = ""
    level: str = ""
    aliases: tuple[str, ...] = ()
    codes: dict[str, str] = field(default_factory=dict)  # system → code
    place: int = 0
    leads: bool = False


@dataclass
class PostPlan(Plan):
    person: KnownPerson | None = None
    first: int = -1  # where the person is new: the row that makes him
    unit: Ref | None = None
    role: str = ""
    address: str = ""
    email: str = ""
    post: Held | None = None

    @property
    def appoints(self) -> bool:
        """Gives a post, or changes one; else it is only about the person, or nothing."""
        return self.is_new or bool(self.changes & {"post", "title"})


_LONGEST = {"name": 200, "short_name": 100, "code": 80, "basis": 300, "phone": 30, "title": 120}


def begin(plan: Plan) -> None:
    """What each row needs, whatever it is about."""
    row = plan.row
    for column, (msgid, values) in row.wrong.items():
        plan.refuse(column, msgid, **values)
    for column, most in _LONGEST.items():
        if len(row[column]) > most:
            plan.refuse(column, gettext_noop("Dài quá %(count)s ký tự."), count=most)
    if not row["name"]:
        plan.refuse("name", gettext_noop("Chưa ghi tên."))
    if row["since"] and "since" not in row.wrong:
        plan.since = date.fromisoformat(row["since"])
    if row["until"] and "until" not in row.wrong:
        plan.until = date.fromisoformat(row["until"]) + DAY
        if plan.until <= plan.since:
            plan.refuse("until", gettext_noop("Đến ngày trước Từ ngày."))
            plan.until = None
