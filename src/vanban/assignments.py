"""Tables that assign work (phân công nhiệm vụ): a row is a duty."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vanban import bodies, columns, deadlines, doers, tables, titles
from vanban.lexicon.columns import DITTO
from vanban.model import Cell, Due, Duty, Header
from vanban.outline import Section
from vanban.rows import Row, trim
from vanban.tables import Grid
from vanban.text import Page, trim_end

_ASSIGNS = re.compile(
    r"phân công|giao nhiệm vụ|giao việc|nhiệm vụ trọng tâm|chương trình công tác|phương hướng|lộ trình"
)
_REPORTS = re.compile(r"kết quả|tình hình|tổng hợp|thống kê|đã hoàn thành")
_IN_BRACKETS = re.compile(r"\([^()]*\)?")


def read(
    page: Page, sections: Sequence[Section], header: Header, grids: Sequence[Grid]
) -> tuple[Duty, ...]:
    """The duties of the tables that assign work; a table of results assigns none."""
    starts = [section.heading.span.start for section in sections]
    period = header.period
    year = period[0] if period and period[0] == period[1] else (header.date or "")[:4] or None
    found: list[Duty] = []
    for grid in grids:
        place = bisect_right(starts, grid.start) - 1
        section = sections[place] if place >= 0 else None
        if grid.kind == "tasks" and _assigns(grid, section, header):
            found.extend(_Reading(page, grid, section, year).duties())
    return tuple(found)


def _assigns(grid: Grid, section: Section | None, header: Header) -> bool:
    """By the title of the table, the part that it stands in, the kind of the document."""
    title = _IN_BRACKETS.sub("", grid.title).casefold()
    if _ASSIGNS.search(title):
        return True
    if _REPORTS.search(title):
        return False
    zone = section.zone if section else ""
    return zone != "results" and (zone != "" or header.kind != "Báo cáo")


@dataclass(frozen=True, slots=True)
class _Names:
    """Who is named in a cell; `sure` is False where the cell above speaks for it."""

    lead: tuple[str, ...]
    partners: tuple[str, ...]
    sure: bool = True


class _Reading:
    """One table on the way down: the groups above a row, and the cells that a row below repeats."""

    def __init__(self, page: Page, grid: Grid, section: Section | None, year: str | None) -> None:
        self._page, self._grid, self._year = page, grid, year
        heading = section.heading if section else None
        self._annex = _annex(page, grid, heading.span.end if heading else 0)
        self._above = self._annex or ((heading.path, heading.title) if heading else None)
        self._number = grid.place("number")
        self._lead = _first_lead(grid)
        self._partner = grid.place("partner")
        self._due, self._product = grid.place("due"), grid.place("product")
        self._recipient = grid.place("recipient")
        self._task = _task_column(grid)
        self._last: dict[int, Cell] = {}
        self._groups: list[tuple[int, str, str]] = []
        self._group_lead: Cell | None = None

    def duties(self) -> Iterator[Duty]:
        if self._task is None:
            return
        for place, row in enumerate(self._grid.rows):
            task = row[self._task]
            words = self._page.flat[slice(*task)].strip()
            if self._is_group(place, row):
                self._enter(row)
            elif words and not tables.is_total(words) and any(map(str.isalpha, words)):
                yield from self._row(place, row, task)

    # Groups

    def _others(self, row: Row) -> Iterator[tuple[int, Cell]]:
        """The filled cells besides the number and the task; merged ones are not others."""
        for place, cell in enumerate(row):
            column = self._grid.columns[place].role
            if place in (self._number, self._task) or column == "note":
                continue
            if cell[0] < cell[1] and (self._task is None or cell != row[self._task]):
                yield place, cell

    def _is_group(self, place: int, row: Row) -> bool:
        """“I | Công tác tuyên truyền”: nothing but a title; or a lead for the rows below, and no more."""
        filled = dict(self._others(row))
        label = self._label(row)
        if not filled:
            return self._is_title(row, label)
        if set(filled) != {self._lead} or not label:
            return False
        below = self._grid.rows[place + 1] if place + 1 < len(self._grid.rows) else None
        if below is None or self._lead is None or below[self._lead][0] < below[self._lead][1]:
            return False
        return columns.place_of(label)[0] < 2 and columns.place_of(self._label(below) or "1")[0] > 1

    def _is_title(self, row: Row, label: str) -> bool:
        """Without anything beside it: a short line, or one with a letter or a Roman number before it."""
        start, end = self._words_of(row)
        if start == end or (label and columns.place_of(label)[0] < 2):
            return True
        is_plain = self._page.flat[start:end].strip().endswith((".", ";"))
        return (
            end - start < 120
            and not is_plain
            and bool(self._lead is not None or self._due is not None)
        )

    def _label(self, row: Row) -> str:
        """The number of a row, in its own column or before its words: “I. Công tác …”."""
        cell = row[self._number] if self._number is not None else row[0]
        words = self._page.flat[slice(*cell)].strip(" *")
        if columns.is_label(words):
            return words.rstrip(".)/")
        found = _NUMBERED.match(words or self._page.flat[slice(*self._words_of(row))])
        return found["label"] if found else ""

    def _words_of(self, row: Row) -> Cell:
        """The words of a group, wherever its merged cell lies."""
        if self._task is not None and row[self._task][0] < row[self._task][1]:
            return row[self._task]
        return next((cell for cell in row if cell[0] < cell[1]), row[0])

    def _enter(self, row: Row) -> None:
        label = self._label(row)
        words = self._page.words(*self._words_of(row)).strip(" .:")
        if found := _NUMBERED.match(words):
            words = words[found.end() :]
        depth = columns.place_of(label)[0] if label else 1
        self._groups = [group for group in self._groups if group[0] < depth]
        self._groups.append((depth, label, words))
        lead = row[self._lead] if self._lead is not None else (0, 0)
        self._group_lead = lead if lead[0] < lead[1] and lead != self._words_of(row) else None
        self._last.clear()

    def _heading(self) -> tuple[str, str] | None:
        if self._groups:
            path = ".".join(label for _, label, _ in self._groups if label)
            if self._annex:
                path = ", mục ".join(filter(None, [self._annex[0], path]))
            return path, self._groups[-1][2]
        return self._above

    # Rows

    def _row(self, place: int, row: Row, task: Cell) -> Iterator[Duty]:
        names = self._names(row)
        due_cell, _ = self._cell(row, self._due)
        tasks = _numbered_lines(self._page, task)
        shared = [
            _numbered_lines(self._page, cell) for cell in (due_cell, self._cell(row, self._lead)[0])
        ]
        if len(tasks) > 1 and any(len(one) == len(tasks) for one in shared):
            for at, part in enumerate(tasks):
                due = shared[0][at] if len(shared[0]) == len(tasks) else due_cell
                own = self._named(shared[1][at]) if len(shared[1]) == len(tasks) else names
                yield from self._duty(place, row, part, own, due)
        else:
            yield from self._duty(place, row, task, names, due_cell)

    def _cell(self, row: Row, place: int | None) -> tuple[Cell, bool]:
        """A cell of the row, that above it where it only says “the same”; whether it is its own."""
        if place is None:
            return (0, 0), True
        cell = row[place]
        words = "".join(self._page.flat[slice(*cell)].split()).strip(".")
        repeats = words.casefold() in DITTO and (words != "-" or place == self._lead)
        if repeats or (not words and place == self._lead and not self._grid.merged):
            return self._last.get(place, (0, 0)), False
        self._last[place] = cell
        return cell, True

    def _names(self, row: Row) -> _Names:
        cell, own = self._cell(row, self._lead)
        if cell[0] == cell[1] and self._group_lead:
            cell, own = self._group_lead, False
        found = self._named(cell)
        partner, _ = self._cell(row, self._partner)
        partners = tuple(_bodies_in(self._page, partner)) or found.partners
        return _Names(found.lead, tuple(n for n in partners if n not in found.lead), own)

    def _named(self, cell: Cell) -> _Names:
        """“Chủ trì: Sở A; phối hợp: Sở B” in one cell are two fields."""
        flat = self._page.flat
        mark = _PARTNERS.search(flat, *cell)
        lead = (cell[0], mark.start()) if mark else cell
        first = _LEADS.match(flat, *lead)
        lead = (first.end(), lead[1]) if first else lead
        if behind := _LEADS_BEHIND.search(flat, *lead):
            lead = (lead[0], behind.start())
        partners = _bodies_in(self._page, (mark.end(), cell[1])) if mark else ()
        return _Names(tuple(_bodies_in(self._page, lead)), tuple(partners))

    def _duty(
        self, place: int, row: Row, task: Cell, names: _Names, due_cell: Cell
    ) -> Iterator[Duty]:
        page = self._page
        start, end = _bare_task(page, task)
        if start >= end:
            return
        product, _ = self._cell(row, self._product)
        dues: list[Due | None] = list(_dues(page, due_cell, self._year))
        to = self._recipient_of(row, start, end)
        lead = names.lead or tuple(doers.read(page, start, end).lead)
        title = titles.of(page, start, end, [])
        for due in dues or [None]:
            yield Duty(
                span=page.span(start, end),
                action=title,
                lead=lead,
                cooperating=names.partners,
                due=due,
                deliver_to=to,
                deliverable=_product(page, product),
                manner="order",
                heading=self._heading(),
                confidence=_sureness(names, due),
                because=self._because(place, names),
            )

    def _recipient_of(self, row: Row, start: int, end: int) -> str | None:
        cell, _ = self._cell(row, self._recipient)
        if cell[0] < cell[1]:
            return self._page.words(*_bare(self._page, cell))
        to = doers.handed_to(self._page, start, end)
        return self._page.words(*to) if to else None

    def _because(self, place: int, names: _Names) -> str:
        row = f"Hàng {place + 1} của bảng phân công"
        if self._lead is None:
            return f"{row}: bảng không có cột cơ quan chủ trì"
        name = self._grid.columns[self._lead].name
        if not names.lead:
            return f"{row}: cột “{name}” để trống"
        return f"{row}: cột “{name}”" + ("" if names.sure else ", lấy từ hàng trên")


_NUMBERED = re.compile(
    r" *(?P<label>\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-ZĐ]|[a-zđ])[.)/] *(?=\S)"
)
_LINE_LABEL = re.compile(r" *(?:[a-zđ]\)|\d{1,2}[.)]|\(\d{1,2}\)) *(?=\S)")
_BULLET = re.compile(r"[-+•●▪◦·*] *")
_LEADS = re.compile(r" *(?:[-+*] *)?(?:(?:Cơ quan|Đơn vị) )?[Cc]hủ trì(?: thực hiện)? *:? *")
_LEADS_BEHIND = re.compile(r" +\(?chủ trì\)?[ .;]*$")
_PARTNERS = re.compile(
    r"[;,.\n\- ]*(?:(?:[Cc]ơ quan|[Đđ]ơn vị) )?[Pp]hối hợp(?: thực hiện)?(?: *:| với:?) *"
)


_YEARS = re.compile(r"(?<![\d/])(?:(?:19|20)\d\d *- *)?(?P<last>(?:19|20)\d\d)(?![\d/])")


def _dues(page: Page, cell: Cell, year: str | None) -> list[Due]:
    """The deadlines of a cell of times; “2024 - 2026” ends with the last year, “2025” with itself."""
    start, end = _bare(page, cell)
    if found := deadlines.read_cell(page, start, end, year):
        return found
    years = _YEARS.search(page.flat, start, end)
    return [Due(page.span(*years.span()), "period_end", period=years["last"])] if years else []


_ENDED = re.compile(r"Nơi nhận *:|\./\.")
_ANNEX = re.compile(
    r"(?P<name>Phụ lục|PHỤ LỤC|Biểu|BIỂU)(?P<number> (?:số )?(?:[IVX]{1,5}|\d{1,2})(?!\w))?[.:]? *"
)


def _annex(page: Page, grid: Grid, start: int) -> tuple[str, str] | None:
    """Behind the signature no heading of the text holds, but the title of the annex."""
    found = _ANNEX.match(grid.title)
    if not found and not _ENDED.search(page.flat, start, grid.start):
        return None
    title = _IN_BRACKETS.sub("", grid.title[found.end() :] if found else grid.title)
    label = f"{found['name'].capitalize()}{found['number'] or ''}" if found else ""
    return label or "Phụ lục", " ".join(title.split())


def _first_lead(grid: Grid) -> int | None:
    """The column of who leads: one named “chủ trì” before one of a person in charge."""
    leads = [place for place, column in enumerate(grid.columns) if column.role == "lead"]
    named = [place for place in leads if "chủ trì" in grid.columns[place].name.casefold()]
    bodies_first = [p for p in leads if "lãnh đạo" not in grid.columns[p].name.casefold()]
    return next(iter(named or bodies_first or leads), None)


def _task_column(grid: Grid) -> int | None:
    """The column of the work; where no name says so, the first beside the numbers that is not known."""
    task = grid.place("task", "criterion", "item")
    if task is not None:
        return task
    unknown = (p for p, column in enumerate(grid.columns) if column.role in ("", "value"))
    return (
        next(unknown, None)
        if grid.place("product") is None
        else next(unknown, grid.place("product"))
    )


def _bare(page: Page, cell: Cell) -> Cell:
    """Without bullet, outer blanks and closing marks."""
    start, end = trim(page.text, *cell)
    if bullet := _BULLET.match(page.text, start, end):
        start = bullet.end()
    return start, max(start, trim_end(page.text, start, end))


def _bare_task(page: Page, cell: Cell) -> Cell:
    start, end = _bare(page, cell)
    label = _NUMBERED.match(page.flat, start, end) or _LINE_LABEL.match(page.flat, start, end)
    is_list = len(_numbered_lines(page, cell)) > 1
    return (label.end(), end) if label and not is_list else (start, end)


def _numbered_lines(page: Page, cell: Cell) -> list[Cell]:
    """The numbered parts of a cell, “a) … b) …”, each on lines of its own; [] where there are none."""
    starts = [
        line for line in tables.cell_lines(page.text, cell) if _LINE_LABEL.match(page.flat, *line)
    ]
    if len(starts) < 2 or starts[0][0] != cell[0]:
        return []
    edges = [start for start, _ in starts] + [cell[1]]
    parts: list[Cell] = []
    for start, end in zip(edges, edges[1:], strict=False):
        label = _LINE_LABEL.match(page.flat, start, end)
        parts.append(trim(page.text, label.end() if label else start, end))
    return parts


def _bodies_in(page: Page, cell: Cell) -> list[str]:
    """The bodies that a cell names, one on a line or divided as in running text."""
    names: list[str] = []
    for start, end in _name_lines(page, cell):
        for first, last in bodies.split(page.flat, start, end):
            names.extend(page.words(*part) for part in _at_semicolons(page, first, last))
    return [name for name in dict.fromkeys(names) if name and name.casefold() not in DITTO]


def _at_semicolons(page: Page, start: int, end: int) -> Iterator[Cell]:
    """In a cell a semicolon divides names, also unknown ones; so does a comma before an abbreviation."""
    for mark in _BETWEEN.finditer(page.flat, start, end):
        yield _bare(page, (start, mark.start()))
        start = mark.end()
    yield _bare(page, (start, end))


_BETWEEN = re.compile(
    r" *; *(?:và +)?|, *(?=(?:TT|CA|BCH|BHXH|NHCS|KBNN|VH|LĐ|CCT|QLTT|Xã|Quân sự)\b)"
)


def _name_lines(page: Page, cell: Cell) -> Iterator[Cell]:
    """A new line begins a new name behind a bullet or a closing mark, or where a body is named."""
    start = end = -1
    for first, last in tables.cell_lines(page.text, cell):
        bullet = _BULLET.match(page.text, first, last)
        words = bullet.end() if bullet else first
        closed = end > 0 and page.text[end - 1] in ".;,"
        if start < 0:
            start = words
        elif bullet or closed or bodies.begins(page.flat, words):
            yield start, end
            start = words
        end = last
    if start >= 0:
        yield start, end


def _product(page: Page, cell: Cell) -> str | None:
    words = page.words(*_bare(page, cell))
    return words if words and words.casefold() not in DITTO else None


def _sureness(names: _Names, due: Due | None) -> float:
    if not names.lead:
        return 0.65
    if not names.sure:
        return 0.7
    return 0.9 if due else 0.85
