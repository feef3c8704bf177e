"""Workbooks that read back as the same rows: of what is known, of what was wrong, an empty one."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from .cells import parse_day
from .shape import DATES, GUIDE, LISTS, ROWS, SHEETS, UNITS, Column, Row, Sheet, labels

_WHY = Column("why", "Lý do", 70)
_WHERE = Column("number", "Dòng trong tệp", 15)
_HEAD_FONT = Font(bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="0B4F8A")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def write(rows: Iterable[Row], *, sheets: Sequence[Sheet] = SHEETS) -> bytes:
    """A workbook with these rows, its heads frozen, with lists to choose from. In Vietnamese."""
    book = Workbook()
    found = list(rows)
    for at, sheet in enumerate(sheets):
        page = book.active if at == 0 else book.create_sheet()
        page.title = sheet.title
        _fill(page, sheet.columns, [one for one in found if one.sheet == sheet.key])
        _offer_choices(page, sheet)
    _add_lists(book)
    return _saved(book)


def write_wrong(rows: Iterable[tuple[Row, str]], *, sheets: Sequence[Sheet] = SHEETS) -> bytes:
    """The rows that were not taken in, as they were written, each with why."""
    book = Workbook()
    found = list(rows)
    used = [sheet for sheet in sheets if any(row.sheet == sheet.key for row, _ in found)]
    for at, sheet in enumerate(used or [UNITS]):
        page = book.active if at == 0 else book.create_sheet()
        page.title = sheet.title
        told = [
            Row(row.sheet, row.number, {**row.cells, "why": why, "number": str(row.number)})
            for row, why in found
            if row.sheet == sheet.key
        ]
        _fill(page, (_WHY, _WHERE, *sheet.columns), told, frozen="A2")
        _offer_choices(page, sheet, after=2)
    _add_lists(book)
    return _saved(book)


def write_empty(examples: Iterable[Row], advice: Sequence[str]) -> bytes:
    """A workbook to be filled in: heads, lists to choose from, and a page with examples."""
    book = Workbook()
    for at, sheet in enumerate(SHEETS):
        page = book.active if at == 0 else book.create_sheet()
        page.title = sheet.title
        _fill(page, sheet.columns, [])
        _offer_choices(page, sheet)
    page = book.create_sheet(GUIDE)
    line = 1
    page.column_dimensions["A"].width = 26
    for words in advice:
        page.cell(line, 1, words)
        line += 1
    found = list(examples)
    for sheet in SHEETS:
        line += 1
        page.cell(line, 1, f"Ví dụ trang “{sheet.title}”").font = Font(bold=True)
        line += 1
        for at, column in enumerate(sheet.columns, start=1):
            page.cell(line, at, column.head).font = Font(bold=True)
            letter = get_column_letter(at)
            width = page.column_dimensions[letter].width or 0
            page.column_dimensions[letter].width = max(width, column.width)
        for row in (one for one in found if one.sheet == sheet.key):
            line += 1
            for at, column in enumerate(sheet.columns, start=1):
                _put(page.cell(line, at), column.key, row[column.key])
    _add_lists(book)
    return _saved(book)


def _fill(page: Any, columns: Sequence[Column], rows: list[Row], *, frozen: str = "") -> None:
    for at, column in enumerate(columns, start=1):
        head = page.cell(1, at, column.head)
        head.font, head.fill = _HEAD_FONT, _HEAD_FILL
        head.alignment = Alignment(vertical="center", wrap_text=True)
        if column.note:
            head.comment = Comment(column.note, "danvan", width=280, height=110)
        letter = get_column_letter(at)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].number_format = "DD/MM/YYYY" if column.key in DATES else "@"
    for line, row in enumerate(rows, start=2):
        for at, column in enumerate(columns, start=1):
            if words := row[column.key]:
                _put(page.cell(line, at), column.key, words)
    page.row_dimensions[1].height = 30
    name = next(at for at, one in enumerate(columns, start=1) if one.key in {"name", "why"})
    page.freeze_panes = frozen or f"{get_column_letter(name + 1)}2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"


def _put(cell: Cell, key: str, words: str) -> None:
    """Days as days, everything else as text: nothing that was written becomes a formula."""
    day = parse_day(words) if key in DATES else None
    if day:
        cell.value, cell.number_format = datetime.combine(day, time()), "DD/MM/YYYY"
        return
    cell.value = "".join(one for one in words if one >= " " or one == "\n")
    cell.data_type, cell.number_format = "s", "@"
    if words[:1] in {"=", "+", "-", "@"}:
        cell.quotePrefix = True  # also not when it is edited
    if key == "why":
        cell.alignment = _WRAPPED


_OFFERED = ("kind", "level", "role", "address")


def _offer_choices(page: Any, sheet: Sheet, *, after: int = 0) -> None:
    for at, column in enumerate(sheet.columns, start=1 + after):
        if column.key not in _OFFERED:
            continue
        letter = get_column_letter(_OFFERED.index(column.key) + 1)
        last = len(labels(column.key)) + 1
        offer = DataValidation(
            type="list", formula1=f"'{LISTS}'!${letter}$2:${letter}${last}", allow_blank=True
        )
        offer.errorStyle, offer.showErrorMessage = "warning", True
        offer.errorTitle, offer.error = column.head, "Chọn trong danh sách."
        place = get_column_letter(at)
        offer.add(f"{place}2:{place}{ROWS + 1}")
        page.add_data_validation(offer)


def _add_lists(book: Workbook) -> None:
    page = book.create_sheet(LISTS)
    heads = {"kind": "Loại đơn vị", "level": "Cấp", "role": "Vai trò", "address": "Ông/Bà"}
    for at, key in enumerate(_OFFERED, start=1):
        page.cell(1, at, heads[key]).font = Font(bold=True)
        page.column_dimensions[get_column_letter(at)].width = 34
        for line, words in enumerate(labels(key), start=2):
            page.cell(line, at, words)


def _saved(book: Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
