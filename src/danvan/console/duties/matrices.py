"""Units down, duties across: the cells of the matrix, from one list of assignments."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from danvan.documents.models import Document
from danvan.duties.choices import AssignmentState, Part
from danvan.duties.models import Assignment, Duty
from danvan.org.models import Unit
from danvan.periods import parse


@dataclass(frozen=True)
class Cell:
    """One assignment as a mark: its tone, the days that stand beside it, and the cell in words."""

    assignment: Assignment
    tone: str
    said: str
    days: int = 0


@dataclass(frozen=True)
class Column:
    duty: Duty
    occurrence: str
    starts_group: bool

    @property
    def label(self) -> str:
        """The first words of the action; of a recurring duty its period before them."""
        words = self.duty.action.split()
        if self.occurrence:
            return f"{capfirst(parse(self.occurrence).label)}: {' '.join(words[:2])}".rstrip(",;")
        return " ".join(words[:4]).rstrip(",;")


@dataclass(frozen=True)
class ColumnGroup:
    """The columns of one source."""

    label: str
    columns: int


@dataclass(frozen=True)
class Row:
    unit: Unit
    done: int
    given: int
    late: int
    cells: list[tuple[Column, Cell | None]]


@dataclass(frozen=True)
class Matrix:
    groups: list[ColumnGroup]
    columns: list[Column]
    rows: list[Row]
    requests: list[Row]  # Party bodies, Front and unions: asked, a block of their own
    assignments: list[Assignment]
    late_units: int
    late: int


def matrix_of(assignments: list[Assignment]) -> Matrix:
    """The matrix of these assignments (leading parts only; who cooperates has no column)."""
    led = [one for one in assignments if one.part == Part.LEAD]
    columns = _columns(led)
    by_unit: dict[Unit, dict[tuple[Duty, str], Assignment]] = defaultdict(dict)
    for one in led:
        by_unit[one.unit][one.duty, one.occurrence] = one
    units = sorted(by_unit, key=lambda unit: (unit.place_in_lists, unit.sort_key))
    rows = [_row(unit, by_unit[unit], columns) for unit in units]
    late = [one for one in led if one.is_overdue]
    return Matrix(
        groups=_groups(columns),
        columns=columns,
        rows=[row for row in rows if not row.unit.is_asked],
        requests=[row for row in rows if row.unit.is_asked],
        assignments=led,
        late_units=len({one.unit_id for one in late}),
        late=len(late),
    )


def _source(duty: Duty) -> str:
    return str(duty.document) if duty.document else _("Kết luận và việc khác")


def _columns(assignments: list[Assignment]) -> list[Column]:
    keys = sorted(
        {(one.duty, one.occurrence) for one in assignments},
        key=lambda key: (_order(key[0].document), key[0].pk, key[1]),
    )
    before = [None, *(duty.document_id for duty, occurrence in keys)]
    return [
        Column(duty, occurrence, starts_group=place == 0 or before[place] != duty.document_id)
        for place, (duty, occurrence) in enumerate(keys)
    ]


def _order(document: Document | None) -> tuple[bool, str]:
    """Newest sources first, what has no document last."""
    issued = document.issued_on.toordinal() if document and document.issued_on else 0
    return document is None, f"{10**7 - issued}"


def _groups(columns: list[Column]) -> list[ColumnGroup]:
    sizes: dict[str, int] = {}
    for column in columns:
        label = _source(column.duty)
        sizes[label] = sizes.get(label, 0) + 1
    return [ColumnGroup(label, size) for label, size in sizes.items()]


def _row(unit: Unit, assignments: dict[tuple[Duty, str], Assignment], columns: list[Column]) -> Row:
    cells = [
        (column, _cell(unit, assignments.get((column.duty, column.occurrence)), column))
        for column in columns
    ]
    return Row(
        unit=unit,
        done=sum(one.state == AssignmentState.DONE for one in assignments.values()),
        given=len(assignments),
        late=sum(one.is_overdue for one in assignments.values()),
        cells=cells,
    )


def _cell(unit: Unit, assignment: Assignment | None, column: Column) -> Cell | None:
    if assignment is None:
        return None
    tone, words, days = _state(assignment)
    return Cell(assignment, tone, f"{unit.name}, {column.label}: {words}", days)


def _state(one: Assignment) -> tuple[str, str, int]:
    """Tone, words and days of an assignment's mark."""
    late = one.days_late
    if one.state == AssignmentState.DONE:
        return (
            ("done", ngettext("xong quá hạn %d ngày", "xong quá hạn %d ngày", late) % late, late)
            if late
            else ("done", _("xong đúng hạn"), 0)
        )
    if one.state == AssignmentState.RETURNED:
        return "warn", _("trả lại"), 0
    if one.state == AssignmentState.SUBMITTED:
        return "wait", _("chờ xác nhận"), late
    if late:
        return "late", ngettext("quá hạn %d ngày", "quá hạn %d ngày", late) % late, late
    if one.state == AssignmentState.IN_PROGRESS:
        return "work", _("đang làm"), 0
    if one.state in {AssignmentState.ANSWERED, AssignmentState.DECLINED}:
        return "done", one.get_state_display().lower(), 0
    return "idle", _("chưa đến hạn"), 0
