"""Tables of numbers: a cell is a result or a level to reach, named by its row and its column."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from vanban import columns, tables
from vanban.lexicon.columns import DITTO, PLACE_NAMES, PLACES
from vanban.lexicon.order import ROMAN
from vanban.model import Cell, Header, Number, Statistic, Target
from vanban.numbers import NUMBER, parse_number
from vanban.outline import Section
from vanban.rows import Row, trim
from vanban.tables import Grid
from vanban.text import Page

_REPORTING = (None, "Báo cáo", "Thông báo")
_CELL = re.compile(
    rf"(?P<sign>[+\-] ?|[Tt]ăng +|[Gg]iảm +)?(?P<value>\d+(?:\.\d+)+(?:,\d+)?|{NUMBER})"
    rf"(?: ?/ ?(?P<whole>{NUMBER}))?(?: *\((?P<share>{NUMBER}) ?%\))? *(?P<unit>[^\d|]{{0,24}})"
)
_LEVEL = re.compile(
    r"(?P<how>(?:[Íí]t nhất|[Tt]ối thiểu|[Kk]hông dưới|[Tt]ừ trên|[Tt]ừ|[Tt]rên|[Dd]ưới|[Kk]hông quá|[Tt]ối đa|[Đđ]ạt|≥|≤|>=|<=|>|<) *)?"
    rf"(?P<value>{NUMBER}) *(?P<unit>%?[^\d|]{{0,24}}?) *(?P<more>trở lên|trở xuống)?"
)
_COMPARATORS = (
    (">=", ("ít nhất", "tối thiểu", "không dưới", "trở lên", "≥", ">=")),
    ("<=", ("không quá", "tối đa", "trở xuống", "≤", "<=")),
    ("<", ("dưới", "<")),
    (">", ("trên", ">")),
)
_PLANNED = re.compile(r"kế hoạch|chỉ tiêu|mục tiêu|phấn đấu|giao|phải đạt")
_REPORTED = re.compile(r"thực hiện|kết quả|ước|so (?:với|sánh)|hiện trạng|đã đạt")
_NO_FIGURES = frozenset(
    ("number", "unit", "note", "rank", "lead", "partner", "due", "product", "recipient")
)
_UNIT_IN_BRACKETS = re.compile(
    r"\((?:(?:[Đđ]ơn vị(?: tính)?|ĐVT|[Đđ]vt) *: *)?(?P<unit>[^()\d]{1,24}|%)\)"
)
_UNIT_OF_TABLE = re.compile(r"(?:[Đđ]ơn vị(?: tính)?|ĐVT|[Đđ]vt) *: *(?P<unit>[^().;:\d]{1,30})")
_SHARE = re.compile(r"tỷ lệ|tỉ lệ|tỷ trọng|phần trăm|%")
_PERIOD = re.compile(
    r"(?:0?6|sáu) tháng(?: (?P<half>đầu|cuối))?(?: năm|/)? *(?P<hy>\d{4})|(?:0?9|chín) tháng(?: đầu)?(?: năm|/)? *(?P<ny>\d{4})"
    r"|quý (?P<q>iii|iv|ii|i|[1-4])(?:/| năm | - | )(?P<qy>\d{4})|tháng (?P<m>\d\d?)(?:/| năm | - )(?P<my>\d{4})"
    r"|(?:năm )?(?<![\d/])(?P<y>(?:19|20)\d\d)(?![\d/])"
)
_AMONG = re.compile(r"[Tt]rong đó *[,:]?\s*")
_BULLET = re.compile(r"[-+•●▪◦*] *")
_RISE = re.compile(
    r"tăng ?[/,\-(]? ?(?:\+\)[/,]? ?)?giảm|\+ ?/ ?-|\(\+|chênh lệch|(?:^|– )(?:tăng|giảm)(?! trưởng)"
)
_COMPARES = re.compile(r"so (?:với|sánh)")


def read(
    page: Page, sections: Sequence[Section], header: Header, grids: Sequence[Grid]
) -> tuple[Statistic, ...]:
    """The figures of the tables that report; of plans those that are titled as results."""
    found: list[Statistic] = []
    for grid, section in _with_sections(sections, grids):
        zone = section.zone if section else ""
        reports = zone == "results" or (zone != "targets" and header.kind in _REPORTING)
        if reports or _is_of_results(grid):
            tally = _Tally(page, grid, section, header)
            found.extend(tally.statistics(planned=reports))
    return tuple(found)


def read_targets(
    page: Page, sections: Sequence[Section], header: Header, grids: Sequence[Grid]
) -> tuple[Target, ...]:
    """The levels to reach that the tables of plans set, and those of a part of targets."""
    found: list[Target] = []
    for grid, section in _with_sections(sections, grids):
        zone = section.zone if section else ""
        if zone == "targets" or (zone != "results" and header.kind not in _REPORTING):
            whole = zone == "targets" and not _is_of_results(grid)
            found.extend(_Tally(page, grid, section, header).targets(whole=whole))
    return tuple(found)


_OF_RESULTS = re.compile(
    r"(?<!\w)(?:KẾT QUẢ|[Kk]ết quả|TÌNH HÌNH|[Tt]ình hình|HIỆN TRẠNG|[Hh]iện trạng)(?!\w)"
)
_OF_AIMS = re.compile(r"chỉ tiêu|mục tiêu|phấn đấu|dự kiến|mẫu báo cáo|đăng ký")


def _is_of_results(grid: Grid) -> bool:
    """“PHỤ LỤC – KẾT QUẢ … NĂM 2023” also where it is annexed to a plan."""
    found = _OF_RESULTS.search(grid.title)
    return bool(found and not _OF_AIMS.search(grid.title[: found.start()].casefold()))


def _with_sections(
    sections: Sequence[Section], grids: Sequence[Grid]
) -> Iterator[tuple[Grid, Section | None]]:
    """The tables of numbers, each with the section that it stands in."""
    starts = [section.heading.span.start for section in sections]
    for grid in grids:
        if grid.kind == "numbers":
            place = bisect_right(starts, grid.start) - 1
            yield grid, sections[place] if place >= 0 else None


class _Tally:
    """One table on the way down: the rows above a row, which it is a part of, and their units."""

    def __init__(self, page: Page, grid: Grid, section: Section | None, header: Header) -> None:
        self._page, self._grid = page, grid
        self._unit_at = grid.place("unit")
        self._number = grid.place("number")
        self._name = _name_column(page, grid)
        self._unit: str | None = None
        self._above: list[tuple[int, str]] = []
        table = _UNIT_OF_TABLE.search(grid.title)
        self._table_unit = " ".join(table["unit"].split()) if table else None
        outer = (grid.title, section.heading.title if section else "", header.title or "")
        self._period = next(filter(None, map(period_of, outer)), None)
        if self._period is None and header.period:
            self._period = header.period[0]

    def statistics(self, *, planned: bool) -> Iterator[Statistic]:
        """Of each column; where not `planned`, not of those that are named a plan."""
        for row, name, place in self._cells(_CELL):
            if planned or not _PLANNED.search(self._grid.columns[place].name.casefold()):
                yield from self._figure(row, place, name)

    def targets(self, *, whole: bool) -> Iterator[Target]:
        """Of a part of targets every column that reports nothing; elsewhere those named a plan."""
        for row, name, place in self._cells(_LEVEL):
            column = self._grid.columns[place].name.casefold()
            if _PLANNED.search(column) or (whole and not _REPORTED.search(column)):
                yield from self._target(row, place, name)

    def _cells(self, printed: re.Pattern[str]) -> Iterator[tuple[Row, str, int]]:
        """Each cell of the columns that hold such numbers, with the name of its row."""
        if self._name is None:
            return
        values = [p for p in range(len(self._grid.columns)) if self._is_value(p, printed)]
        for row in self._grid.rows:
            words = self._row_name(row)
            self._read_unit(row)
            if not words:
                continue
            taken: set[Cell] = set()
            for place in values:
                if row[place] != row[self._name] and row[place] not in taken:
                    taken.add(row[place])
                    yield row, words, place

    def _target(self, row: Row, place: int, name: str) -> Iterator[Target]:
        start, end = trim(self._page.text, *row[place])
        found = _LEVEL.fullmatch(self._page.flat, start, end)
        value = parse_number(found["value"]) if found else None
        if not found or value is None:
            return
        column = self._grid.columns[place].name
        yield Target(
            span=self._page.span(start, end),
            name=f"{name} – {column}" if column else name,
            comparator=_comparator(f"{found['how'] or ''}{found['more'] or ''}".casefold()),
            target=value,
            unit=self._unit_for(found["unit"], column, name) or "",
            confidence=0.8,
            because=f"Bảng chỉ tiêu: hàng “{name}”, cột “{column}”",
        )

    def _is_value(self, place: int, printed: re.Pattern[str]) -> bool:
        """A column of numbers that is neither their order nor their rank nor a year."""
        column = self._grid.columns[place]
        if place == self._name or column.role in _NO_FIGURES:
            return False
        return any(printed.fullmatch(self._words(row[place])) for row in self._grid.rows)

    def _words(self, cell: Cell) -> str:
        return self._page.flat[slice(*cell)].strip()

    # Rows

    def _row_name(self, row: Row) -> str:
        """The name of a row, behind that of the row that it is a part of."""
        assert self._name is not None
        printed = self._page.words(*row[self._name])
        if not printed and self._number is not None:
            printed = self._page.words(*row[self._number])  # “Tổng cộng” over both columns
        if not printed or columns.is_label(printed):
            return ""
        among = _AMONG.match(printed)
        bare = printed[among.end() :] if among else printed
        bullet = _BULLET.match(bare)
        bare = bare[bullet.end() :] if bullet else bare
        label = self._words(row[self._number]) if self._number is not None else ""
        depth = columns.place_of(label)[0] if columns.is_label(label) else None
        inner = depth is not None and depth > 2
        if depth is None:
            depth = 9 if among or bullet else 1
        self._above = [one for one in self._above if one[0] < depth]
        parent = self._above[-1][1] if self._above and (inner or among or bullet) else ""
        self._above.append((depth, bare.strip(" :.;")))
        name = bare.strip(" .;:")
        return f"{parent}: {name}" if parent and not tables.is_total(name) else name

    def _read_unit(self, row: Row) -> None:
        if self._unit_at is None:
            return
        words = self._page.words(*row[self._unit_at])
        if "".join(words.split()).casefold() not in DITTO:
            self._unit = words or None

    # Cells

    def _figure(self, row: Row, place: int, name: str) -> Iterator[Statistic]:
        start, end = trim(self._page.text, *row[place])
        found = _CELL.fullmatch(self._page.flat, start, end)
        if not found:
            return
        value = parse_number(found["value"])
        if value is None:
            return
        column = self._grid.columns[place].name
        change = self._change(found, column, value)
        numerator, denominator = _ratio(found, value)
        if found["share"]:
            value = parse_number(found["share"]) or value
        elif (found["sign"] or "").strip() == "-":
            value = -value
        unit = "%" if found["share"] else self._unit_for(found["unit"], column, name)
        yield Statistic(
            span=self._page.span(start, end),
            name=f"{name} – {column}" if column else name,
            value=None if change is not None else value,
            unit=None if change is not None else unit,
            numerator=numerator,
            denominator=denominator,
            change=change,
            change_unit=unit if change is not None else None,
            period=period_of(column) or self._period,
            area=self._area(row),
            confidence=0.85 if unit else 0.75,
            because=f"Bảng số liệu: hàng “{name}”, cột “{column}”",
        )

    def _change(self, found: re.Match[str], column: str, value: Number) -> Number | None:
        """A rise or a fall: by its sign in a column that compares, or by its word."""
        sign = (found["sign"] or "").strip().casefold()
        if sign in ("tăng", "giảm"):
            return value if sign == "tăng" else -value
        bare = column.casefold()
        if not _RISE.search(bare) and not (sign and _COMPARES.search(bare)):
            return None
        falls = sign == "-" or ("giảm" in bare and "tăng" not in bare)
        return -value if falls else value

    def _unit_for(self, own: str, column: str, name: str) -> str | None:
        """The unit beside the number, else the column's, the row's, the table's."""
        if own.strip(" .;,()"):
            return own.strip(" .;,()")
        if bracket := _UNIT_IN_BRACKETS.search(column):
            return bracket["unit"].strip()
        if _SHARE.search(column.casefold()):
            return "%"
        if self._unit:
            return self._unit.lower() if self._unit[1:].islower() else self._unit
        if bracket := _UNIT_IN_BRACKETS.search(name[-26:]):
            return bracket["unit"].strip()
        if "tỷ lệ" in name.casefold() or "tỉ lệ" in name.casefold():
            return "%"
        return self._table_unit.strip() if self._table_unit else None

    def _area(self, row: Row) -> str | None:
        """The place that a row names, where the rows are places."""
        assert self._name is not None
        printed = self._page.words(*row[self._name])
        if not printed or tables.is_total(printed):
            return None
        head = self._grid.columns[self._name].name.casefold()
        is_place = printed.startswith(PLACE_NAMES) or head.startswith(PLACES)
        return printed if is_place else None


def _comparator(how: str) -> str:
    for sign, words in _COMPARATORS:
        if any(word in how for word in words):
            return sign
    return "="


def _ratio(found: re.Match[str], value: Number) -> tuple[Number | None, Number | None]:
    whole = parse_number(found["whole"]) if found["whole"] else None
    return (value, whole) if whole is not None else (None, None)


def _name_column(page: Page, grid: Grid) -> int | None:
    """The column that names the rows: by its name, else the first of words."""
    found = grid.place("item", "task", "criterion")
    texts = [
        p for p, column in enumerate(grid.columns) if column.role not in ("number", "unit", "note")
    ]
    texts = [p for p in texts if _is_words(page, grid, p)]
    return found if found in texts else next(iter(texts), None)


def _is_words(page: Page, grid: Grid, place: int) -> bool:
    cells = [page.flat[slice(*row[place])].strip() for row in grid.rows]
    filled = [words for words in cells if words]
    named = sum(any(map(str.isalpha, words)) and not words[0].isdigit() for words in filled)
    return bool(filled) and named * 2 > len(filled)


def period_of(words: str) -> str | None:
    """“Năm 2023”, “Quý I/2024”, “6 tháng đầu năm 2023”, “Tháng 5/2024” as the periods of the schema."""
    found = _PERIOD.search(words.casefold())
    if not found:
        return None
    if found["hy"]:
        return f"{found['hy']}-H{2 if found['half'] == 'cuối' else 1}"
    if found["ny"]:
        return f"{found['ny']}-9M"
    if found["qy"]:
        return f"{found['qy']}-Q{ROMAN.get(found['q'].upper()) or found['q']}"
    if found["my"]:
        return f"{found['my']}-{int(found['m']):02d}"
    return str(found["y"])
