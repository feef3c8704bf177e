"""The matrix as markup, written cell by cell in Python: a template takes four times as long."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from danvan.console.duties.lists.list_rows import SOME
from danvan.console.templatetags.danvan import tag

from .matrices import NO_DOCUMENT, Column, Group, Key, Mark, Matrix, Row


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
    folded, ends = _Folded(), _Ends()
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
                shown = [cells[key][1] for key, _start, _label in columns if key in cells]
                written.append(folded.draw(row, group, name, shown))
                continue
            for key, start, label in columns:
                if key in cells:
                    pk, mark = cells[key]
                    before, after = ends[mark]
                    written.append(
                        f'{start}{before}{pk}/" data-panel aria-label="{name}, {label}{after}'
                    )
                else:
                    written.append(f"{start}</td>")
        written.append("</tr>")
    return mark_safe("".join(written))  # nosec B308 B703


def _drawn(group: Group) -> Iterator[Drawn]:
    for at, column in enumerate(group.columns):
        start = '<td class="group-start">' if at == 0 else "<td>"
        yield Drawn(column.key, start, escape(column.label))


class _Ends(dict[Mark, tuple[str, str]]):
    """What stands around the id and the label of a cell, written once for each mark."""

    def __missing__(self, mark: Mark) -> tuple[str, str]:
        found = (
            f'<a class="cell is-{mark.tone}" href="',
            f': {escape(mark.words)}">{mark.sign}</a></td>',
        )
        self[mark] = found
        return found


class _Folded:
    """Draws “14/22” of one unit and source; it leads to the list of them."""

    def __init__(self) -> None:
        self.page = reverse("console:assignments")
        self.words = escape(_("%(unit)s, %(source)s: xong %(done)d/%(given)d %(late)s"))
        self.late = escape(_("có việc quá hạn"))
        self.labels: dict[str, str] = {}

    def draw(self, row: Row, group: Group, unit: str, marks: list[Mark]) -> str:
        """`unit` is its name, ready to be written."""
        if not marks:
            return '<td class="group-start"></td>'
        if group.key not in self.labels:
            self.labels[group.key] = escape(group.label)
        done = sum([one.is_done for one in marks])
        is_late = any(one.is_late for one in marks)
        of = "" if group.key == NO_DOCUMENT else f"&amp;document={group.key}"
        words = self.words % {
            "unit": unit,
            "source": self.labels[group.key],
            "done": done,
            "given": len(marks),
            "late": self.late if is_late else "",
        }
        return (
            f'<td class="group-start"><a class="cell cell-folded{" is-some-late" if is_late else ""}" '
            f'href="{self.page}?unit={row.unit.pk}&amp;part=lead{of}" '
            f'aria-label="{words}">{done}/{len(marks)}</a></td>'
        )


def units(rows: list[Row]) -> SafeString:
    """What a phone shows instead: each unit, how much of its own it did, how much is late."""
    page = reverse("console:assignments")
    words: dict[int, str] = {}
    written = []
    for row in rows:
        if row.late and row.late not in words:
            said = _("quá hạn %(count)s") % {"count": row.late}
            words[row.late] = tag("late", said)
        written.append(
            f'<li><a href="{page}?unit={row.unit.pk}"><span>{escape(row.unit.name)}</span>'
            f'<span class="num">{row.done}/{row.given}</span>{words.get(row.late, "")}</a></li>'
        )
    return mark_safe("".join(written))  # nosec B308 B703


def foot(matrix: Matrix, rows: list[Row]) -> SafeString:
    """“Đúng/quá hạn” of each column, or of a folded group."""
    keys = [one.key for group in matrix.groups for one in group.columns]
    counts = {key: _good_and_bad(rows, key) for key in keys}
    written = []
    for group in matrix.groups:
        pairs = [counts[one.key] for one in group.columns]
        if not group.is_open:
            pairs = [(sum(one[0] for one in pairs), sum(one[1] for one in pairs))]
        for at, (good, bad) in enumerate(pairs):
            start = ' class="group-start"' if at == 0 else ""
            below = f'<b class="late-count">{bad}</b>' if bad else "0"
            written.append(f"<td{start}><span>{good}</span><span>{below}</span></td>")
    return mark_safe("".join(written))  # nosec B308 B703


def _good_and_bad(rows: list[Row], key: Key) -> tuple[int, int]:
    good = bad = 0
    for mark, count in Counter([row.cells[key][1] for row in rows if key in row.cells]).items():
        if mark.is_done and not mark.days:
            good += count
        elif mark.days and (mark.is_late or mark.is_done):
            bad += count
    return good, bad
