"""Units down, duties across. Twelve thousand cells are made of plain rows and written as text, not
of models through a template: a province's matrix comes at once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import repeat
from typing import NamedTuple

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import TextField
from django.db.models.functions import Cast, TruncDate
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from danvan import clock
from danvan.documents.models import Document
from danvan.duties import rules
from danvan.duties.choices import ENDED, OPEN, AssignmentState
from danvan.duties.models import AssignmentQuerySet, Duty
from danvan.org.models import Unit
from danvan.periods import parse

COLUMN, FOLDED = 30, 58  # pixels
FITS = 990  # pixels of columns beside names and sums on a screen of 1366
NO_DOCUMENT = "khac"


Key = tuple[str, str]  # a duty and its occurrence


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """What is shown of an assignment; most of twelve thousand cells share theirs with others."""

    days: int  # late
    tone: str
    words: str
    is_done: bool
    is_late: bool  # past its day and still open
    has_ended: bool

    @property
    def sign(self) -> str:
        return f"!{self.days}" if self.tone == "late" else f"+{self.days}" if self.days else ""


Cell = tuple[str, Mark]  # an assignment's id as text, and its mark


class Alike(NamedTuple):
    """The assignments of one duty that share a mark: ids and units as text, in the same order."""

    duty: str
    occurrence: str
    mark: Mark
    ids: list[str]
    units: list[str]


def cells_of(found: AssignmentQuerySet, today: date) -> list[Alike]:
    """The database puts together what is alike: some hundred rows instead of twelve thousand."""
    alike = (
        found.led()
        .order_by()
        .values_list(
            "duty",
            "occurrence",
            "state",
            "due_on",
            TruncDate("handed_in_at", tzinfo=clock.ZONE),
        )
    )
    return [
        Alike(
            str(duty),
            occurrence,
            mark_of(state, due_on, handed_in_on, today),
            ids.split(),
            units.split(),
        )
        for duty, occurrence, state, due_on, handed_in_on, ids, units in alike.annotate(
            ids=StringAgg(Cast("pk", TextField()), " "),
            units=StringAgg(Cast("unit", TextField()), " "),
        )
    ]


@dataclass
class Column:
    duty: Duty
    occurrence: str

    @cached_property
    def key(self) -> Key:
        return str(self.duty.pk), self.occurrence

    @cached_property
    def label(self) -> str:
        """The first words of the action; of a recurring duty its period before them."""
        words = self.duty.action.split()
        if self.occurrence:
            return f"{capfirst(parse(self.occurrence).label)}: {' '.join(words[:2])}".rstrip(",;")
        return " ".join(words[:4]).rstrip(",;")


@dataclass
class Group:
    """The columns of one source: all of them, or folded to one that tells how many are done."""

    key: str
    label: str
    columns: list[Column] = field(default_factory=list)
    is_open: bool = True
    turned: str = ""  # the address with it folded, or open again

    @property
    def span(self) -> int:
        return len(self.columns) if self.is_open else 1


@dataclass(frozen=True)
class Row:
    unit: Unit
    cells: Mapping[Key, Cell]
    done: int
    late: int

    @property
    def given(self) -> int:
        return len(self.cells)


@dataclass(frozen=True)
class Matrix:
    groups: list[Group]
    rows: list[Row]
    requests: list[Row]  # Party bodies, Front and unions: asked, a block of their own
    today: date

    @property
    def columns(self) -> int:
        return sum(len(one.columns) for one in self.groups)

    @property
    def late(self) -> int:
        return sum(row.late for row in self.rows)

    @property
    def late_units(self) -> int:
        return sum(1 for row in self.rows if row.late)

    def late_assignments(self) -> list[str]:
        return [pk for row in self.rows for pk, mark in row.cells.values() if mark.is_late]


def matrix_of(
    found: Iterable[Alike], duties: Mapping[str, Duty], units: Iterable[Unit], today: date
) -> Matrix:
    by_unit: defaultdict[str, dict[Key, Cell]] = defaultdict(dict)
    # What was laid on a unit again, after it had ended, stands for it.
    for alike in sorted(found, key=lambda one: one.mark.has_ended):
        key = alike.duty, alike.occurrence
        for unit, cell in zip(alike.units, zip(alike.ids, repeat(alike.mark)), strict=False):
            by_unit[unit].setdefault(key, cell)
    rows = [_row(unit, by_unit[str(unit.pk)]) for unit in units if str(unit.pk) in by_unit]
    return Matrix(
        groups=_groups({key for row in rows for key in row.cells}, duties),
        rows=[row for row in rows if not row.unit.is_asked],
        requests=[row for row in rows if row.unit.is_asked],
        today=today,
    )


def _row(unit: Unit, cells: dict[Key, Cell]) -> Row:
    done = sum([mark.is_done for _pk, mark in cells.values()])
    return Row(unit, cells, done, sum([mark.is_late for _pk, mark in cells.values()]))


def _groups(found: Collection[Key], duties: Mapping[str, Duty]) -> list[Group]:
    ordered = sorted(found, key=lambda key: (_order(duties[key[0]].document), key[0], key[1]))
    groups: dict[str, Group] = {}
    for duty_id, occurrence in ordered:
        duty = duties[duty_id]
        key = str(duty.document_id) if duty.document_id else NO_DOCUMENT
        label = _label(duty.document)
        group = groups.setdefault(key, Group(key, label))
        group.columns.append(Column(duty, occurrence))
    return list(groups.values())


def _label(document: Document | None) -> str:
    if document is None:
        return _("Kết luận và việc khác")
    return document.number or str(document)


def _order(document: Document | None) -> tuple[bool, int, str]:
    """Newest sources first, what has no document last."""
    issued = document.issued_on.toordinal() if document and document.issued_on else 0
    return document is None, -issued, str(document.pk) if document else ""


def fold(groups: list[Group], opened: Collection[str] | None) -> None:
    """Leave the chosen groups open; where none were chosen, as many from the left as fit."""
    if opened is not None:
        for one in groups:
            one.is_open = one.key in opened
        return
    room = FITS - FOLDED * len(groups)
    for one in groups:
        more = COLUMN * len(one.columns) - FOLDED
        one.is_open = more <= room
        room -= max(more, 0) if one.is_open else 0


# What a cell says


def mark_of(state: str, due_on: date | None, handed_in_on: date | None, today: date) -> Mark:
    known = AssignmentState(state)
    late = rules.days_late(due_on, state=known, handed_in_on=handed_in_on, today=today)
    tone, words = _said(known, late)
    return Mark(
        late,
        tone,
        words,
        is_done=known == AssignmentState.DONE,
        is_late=late > 0 and known in OPEN,
        has_ended=known in ENDED,
    )


def _said(state: AssignmentState, late: int) -> tuple[str, str]:
    """Tone and words."""
    if state == AssignmentState.DONE:
        if late:
            return "done", _("xong quá hạn %(days)d ngày") % {"days": late}
        return "done", _("xong đúng hạn")
    if late and state in OPEN:
        words = _("quá hạn %(days)d ngày") % {"days": late}
        before = _(_WORDS[state][1]) if state in _WORDS else ""
        return "late", f"{before}, {words}" if before else words
    if state in _WORDS:
        tone, spoken = _WORDS[state]
        return tone, _(spoken)
    if state == AssignmentState.IN_PROGRESS:
        return "work", _("đang làm")
    return "idle", _("chưa đến hạn")


_WORDS = {
    AssignmentState.RETURNED: ("warn", gettext_noop("trả lại")),
    AssignmentState.CONTESTED: ("warn", gettext_noop("đề nghị xem lại")),
    AssignmentState.SUBMITTED: ("wait", gettext_noop("chờ xác nhận")),
    AssignmentState.SUSPENDED: ("stop", gettext_noop("tạm dừng")),
    AssignmentState.TRANSFERRED: ("end", gettext_noop("đã chuyển đơn vị khác")),
    AssignmentState.RESCINDED: ("end", gettext_noop("thôi giao")),
    AssignmentState.CLOSED: ("end", gettext_noop("kết thúc theo dõi")),
    AssignmentState.PROPOSED: ("idle", gettext_noop("dự kiến giao")),
    AssignmentState.REQUESTED: ("wait", gettext_noop("đã gửi đề nghị")),
    AssignmentState.ANSWERED: ("done", gettext_noop("đã phản hồi")),
    AssignmentState.DECLINED: ("end", gettext_noop("không tham gia")),
}
