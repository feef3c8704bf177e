"""The matrix as markup, written cell by cell in Python: a template takes four times as long."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from danvan.console.duties.lists.list_rows import SOME
from danvan.duties.choices import OPEN, AssignmentState

from .matrices import NO_DOCUMENT, Cell, Column, Group, Key, Matrix, Row, said


class Drawn(NamedTuple):
    """A column: what its cells begin with, and its label, ready to be written."""

    key: Key
    start: str
    label: str


def heads(matrix: Matrix) -> SafeString:
    """Two rows: sources, each of which folds; under them their duties."""
    page = reverse("console:duty", args=[SOME])
    unit, sum_ = escape(_("Đơn vị")), escape(_("xong/giao"))
    above = [
        f'<th class="matrix-corner" rowspan="2" scope="col">{unit}</th>'
        f'<th class="matrix-sum" rowspan="2" scope="col">{sum_}</th>'
    ]
    below: list[str] = []
    for group in matrix.groups:
        label, turned = escape(group.label), escape(group.turned)
        size = len(group.columns)
        if group.is_open:
            fold = escape(_("Thu gọn %(source)s") % {"source": group.label})
            above.append(
                f'<th class="matrix-group" colspan="{size}" scope="colgroup">'
                f'<a class="fold" href="{turned}" aria-expanded="true" title="{fold}">'
                f"{label} ({size})</a></th>"
            )
            below.extend(_column_head(one, page, at == 0) for at, one in enumerate(group.columns))
        else:
            unfold = escape(_("Mở %(source)s") % {"source": group.label})
            above.append(
                '<th class="matrix-group" scope="colgroup">'
                f'<a class="fold" href="{turned}" aria-expanded="false" title="{unfold}" '
                f'aria-label="{unfold}">{size}</a></th>'
            )
            below.append(
                '<th class="matrix-column matrix-folded group-start" scope="col">'
                f'<a href="{turned}" title="{unfold}">{label}</a></th>'
            )
    return mark_safe(f"<tr>{''.join(above)}</tr><tr>{''.join(below)}</tr>")  # nosec B308 B703


def _column_head(column: Column, page: str, starts: bool) -> str:
    start = " group-start" if starts else ""
    return (
        f'<th class="matrix-column{start}" scope="col"><a href="{page.replace(SOME, str(column.duty.pk))}" '
        f'title="{escape(column.duty.action)}" data-panel>{escape(column.label)}</a></th>'
    )


def body(matrix: Matrix, rows: list[Row]) -> SafeString:
    """The rows of units. Cells lead to `⟨id⟩/` under the matrix's own address."""
    groups = [(group, list(_drawn(group))) for group in matrix.groups]
    drawn, folded = _cell_drawer(matrix), _Folded(matrix)
    written: list[str] = []
    unit_page = reverse("console:unit", args=[SOME])
    for row in rows:
        name = escape(row.unit.name)
        page = unit_page.replace(SOME, str(row.unit.pk))
        late = f'<b class="late-count">{row.late}</b>' if row.late else ""
        written.append(
            f'<tr><th scope="row"><a href="{page}">{name}</a></th>'
            f'<td class="matrix-sum num">{row.done}/{row.given}{late}</td>'
        )
        cells = row.cells
        for group, columns in groups:
            if not group.is_open:
                written.append(folded.draw(row, group, name))
                continue
            for key, start, label in columns:
                cell = cells.get(key)
                if cell is None:
                    written.append(f"{start}</td>")
                else:
                    written.append(f"{start}{drawn(cell, name, label)}</td>")
        written.append("</tr>")
    return mark_safe("".join(written))  # nosec B308 B703


def _drawn(group: Group) -> Iterator[Drawn]:
    for at, column in enumerate(group.columns):
        start = '<td class="group-start">' if at == 0 else "<td>"
        yield Drawn(column.key, start, escape(column.label))


def _cell_drawer(matrix: Matrix) -> Callable[[Cell, str, str], str]:
    """Draws a cell; what is said of a state and a number of days is put into words once."""
    known: dict[tuple[str, int], tuple[str, str, str]] = {}
    today = matrix.today

    def draw(cell: Cell, unit: str, label: str) -> str:
        key = cell.state, cell.days_late(today)
        if key not in known:
            tone, words, days = said(cell, today)
            sign = f"!{days}" if tone == "late" else f"+{days}" if days else ""
            known[key] = tone, escape(words), sign
        tone, words, sign = known[key]
        return (
            f'<a class="cell is-{tone}" href="{cell.pk}/" data-panel '
            f'aria-label="{unit}, {label}: {words}">{sign}</a>'
        )

    return draw


class _Folded:
    """Draws “14/22” of one unit and source; it leads to the list of them."""

    def __init__(self, matrix: Matrix) -> None:
        self.today = matrix.today
        self.page = reverse("console:assignments")
        self.words = escape(_("%(unit)s, %(source)s: xong %(done)d/%(given)d %(late)s"))
        self.late = escape(_("có việc quá hạn"))
        self.labels = {group.key: escape(group.label) for group in matrix.groups}

    def draw(self, row: Row, group: Group, unit: str) -> str:
        """`unit` is its name, ready to be written."""
        cells = [cell for one in group.columns if (cell := row.cells.get(one.key)) is not None]
        if not cells:
            return '<td class="group-start"></td>'
        today = self.today
        done = sum([one.state == AssignmentState.DONE for one in cells])
        is_late = any(
            one.due_on is not None and one.due_on < today and one.state in OPEN for one in cells
        )
        of = "" if group.key == NO_DOCUMENT else f"&amp;document={group.key}"
        words = self.words % {
            "unit": unit,
            "source": self.labels[group.key],
            "done": done,
            "given": len(cells),
            "late": self.late if is_late else "",
        }
        return (
            f'<td class="group-start"><a class="cell cell-folded{" is-some-late" if is_late else ""}" '
            f'href="{self.page}?unit={row.unit.pk}&amp;part=lead{of}" '
            f'aria-label="{words}">{done}/{len(cells)}</a></td>'
        )


def foot(matrix: Matrix, rows: list[Row]) -> SafeString:
    """“Đúng/quá hạn” of each column, or of a folded group."""
    today = matrix.today
    cells = Counter(
        (key, cell.state, cell.days_late(today) > 0)
        for row in rows
        for key, cell in row.cells.items()
    )
    counts: dict[Key, list[int]] = {}
    for (key, state, is_late), count in cells.items():
        pair = counts.setdefault(key, [0, 0])
        if state == AssignmentState.DONE and not is_late:
            pair[0] += count
        elif is_late and (state in OPEN or state == AssignmentState.DONE):
            pair[1] += count
    written = []
    for group in matrix.groups:
        pairs = [counts.get(one.key, [0, 0]) for one in group.columns]
        if not group.is_open:
            pairs = [[sum(one[0] for one in pairs), sum(one[1] for one in pairs)]]
        for at, (good, bad) in enumerate(pairs):
            start = ' class="group-start"' if at == 0 else ""
            below = f'<b class="late-count">{bad}</b>' if bad else "0"
            written.append(f"<td{start}><span>{good}</span><span>{below}</span></td>")
    return mark_safe("".join(written))  # nosec B308 B703
