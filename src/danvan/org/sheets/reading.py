"""The bytes of an XLSX or CSV file, read as rows of text, each with its number in the file."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.utils.translation import gettext_noop
from openpyxl import Workbook, load_workbook

from danvan.org.alike import tidy
from danvan.text import fold

from .cells import Uncounted
from .shape import GUIDE, LISTS, ROWS, SHEETS, Book, NotRead, Row
from .tables import FARTHEST_ROW, HEAD_WITHIN, book_of, find_heads, rows_below, shown_count

WIDEST = 60  # columns looked at
_UNPACKED = 150 * 1024 * 1024  # bytes of all parts of a workbook
_PARTS = 500


def read(data: bytes) -> Book:
    """The rows of a file. Raises NotRead for what is no such file."""
    if data.startswith(b"PK"):
        return _read_workbook(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotRead(
            gettext_noop(
                "Tệp Excel kiểu cũ (.xls) hoặc có mật khẩu. Mở bằng Excel, lưu thành .xlsx không đặt mật khẩu."
            )
        )
    return _read_text(data)


_BARE_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_FORMULA_CELL = re.compile(rb"<(?:\w+:)?f[\s>/]")

_DAMAGED = gettext_noop(
    "Tệp bị hỏng hoặc không an toàn. Mở bằng Excel, lưu thành bản mới rồi tải lên lại."
)


def _read_workbook(data: bytes) -> Book:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _refuse_unsafe(parts)
            with_formulas = any(
                _has_formulas(parts.read(name)) for name in parts.namelist() if _is_sheet(name)
            )
        # read twice only where there are formulas: as counted, and to find those never counted
        formulas = _opened(data, counted=False) if with_formulas else None
        return _of_workbook(_opened(data, counted=True), formulas)
    except NotRead:
        raise
    except MemoryError:
        raise
    except Exception as error:  # whatever a damaged file does to its reader
        raise NotRead(_DAMAGED) from error


def _has_formulas(page: bytes) -> bool:
    """Asked of the bare bytes, as is how many rows there are: what reads them takes its time."""
    if next(islice(_BARE_ROW.finditer(page), FARTHEST_ROW, None), None):
        raise NotRead(
            gettext_noop(
                "Có trang hơn %(count)s dòng, kể cả dòng trống. Xóa dòng thừa, hoặc tách thành nhiều tệp."
            ),
            count=shown_count(ROWS),
        )
    return _FORMULA_CELL.search(page) is not None


def _opened(data: bytes, *, counted: bool) -> Workbook:
    return load_workbook(io.BytesIO(data), read_only=True, data_only=counted, keep_links=False)


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _refuse_unsafe(parts: zipfile.ZipFile) -> None:
    """Before anything is unpacked; `zipfile` reads no more of a part than it says."""
    entries = parts.infolist()
    names = [one.filename.lower() for one in entries]
    if "xl/workbook.xml" not in names:
        raise NotRead(
            gettext_noop(
                "Tệp không phải bảng tính Excel (.xlsx) hay CSV. Chọn tệp khác. Chưa có gì được lưu."
            )
        )
    if any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise NotRead(gettext_noop("Tệp có macro. Lưu thành .xlsx (không macro) rồi tải lên lại."))
    if any(one.flag_bits & 1 for one in entries):
        raise NotRead(_DAMAGED)
    if len(entries) > _PARTS or sum(one.file_size for one in entries) > _UNPACKED:
        raise NotRead(
            gettext_noop(
                "Bảng tính mở ra quá lớn. Bỏ ảnh và các trang không cần, hoặc tách thành nhiều tệp."
            )
        )
    for one in entries:
        if one.filename.endswith((".xml", ".rels")):
            with parts.open(one) as part:
                beginning = part.read(4096)
            if b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning or b"\x00" in beginning[:4]:
                raise NotRead(_DAMAGED)


def _of_workbook(book: Workbook, formulas: Workbook | None) -> Book:
    pages = [one for one in book.worksheets if one.sheet_state == "visible"][:20]
    for page in pages:
        page.reset_dimensions()  # what a file says of its size need not be so
    rows: list[Row] = []
    over: list[str] = []
    left = list(SHEETS)
    named = {fold(sheet.title): sheet for sheet in SHEETS}
    by_title = [one for one in pages if fold(tidy(one.title)) in named]
    for page in [*by_title, *(one for one in pages if one not in by_title)]:
        title = tidy(page.title)
        if title in {LISTS, GUIDE}:
            continue
        meant = named.get(fold(title))
        among = [meant] if meant in left else [] if meant else left
        found = find_heads(
            page.iter_rows(max_row=HEAD_WITHIN, max_col=WIDEST, values_only=True), among
        )
        if found is None:
            if page in by_title and meant is not None:
                raise NotRead(
                    gettext_noop(
                        "Trang “%(title)s” không có cột “%(column)s” trong 20 dòng đầu. Dùng mẫu, hoặc sửa đầu cột."
                    ),
                    title=title,
                    column=meant.column(meant.needs).head,
                )
            over.append(title)
            continue
        left.remove(found.sheet)
        over += found.strange
        rows += rows_below(found, _lines(page, formulas, found.heads_at), title)
    return book_of(rows, over, left)


def _lines(page: Any, formulas: Workbook | None, after: int) -> Iterator[tuple[int, Sequence[Any]]]:
    bounds = {"min_row": after + 1, "max_col": WIDEST, "values_only": True}
    lines = page.iter_rows(**bounds)
    if formulas is None:
        yield from enumerate(lines, start=after + 1)
        return
    twin = formulas[page.title]
    twin.reset_dimensions()
    for number, (line, same) in enumerate(
        zip(lines, twin.iter_rows(**bounds), strict=True), start=after + 1
    ):
        yield (
            number,
            [
                Uncounted(str(formula)[:100])
                if value is None and isinstance(formula, str) and formula.startswith("=")
                else value
                for value, formula in zip(line, same, strict=True)
            ],
        )


_OTHER_LETTERS = gettext_noop(
    "Tệp CSV không phải bảng mã Unicode (UTF-8): có thể là Windows-1258 hoặc TCVN3. Mở bằng Excel, lưu kiểu “CSV UTF-8”, hoặc lưu thành .xlsx."
)


def _read_text(data: bytes) -> Book:
    if b"\x00" in data:
        raise NotRead(_OTHER_LETTERS if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else _DAMAGED)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotRead(_OTHER_LETTERS) from None
    lines = text.lstrip("\r\n")
    if lines[:4].lower() == "sep=":
        lines = lines.partition("\n")[2]
    skipped = text[: len(text) - len(lines)].count("\n")
    tables = [_split(lines, separator) for separator in ";,\t"]
    tried = [(found, table) for table in tables if (found := find_heads(table, SHEETS))]
    if not tried:
        return book_of([], [], list(SHEETS))
    found, table = max(tried, key=lambda one: len(one[0].columns))
    numbered = enumerate(table[found.heads_at :], start=found.heads_at + skipped + 1)
    rows = list(rows_below(found, numbered, "CSV"))
    return book_of(rows, found.strange, [one for one in SHEETS if one is not found.sheet])


def _split(lines: str, separator: str) -> list[list[str]]:
    table: list[list[str]] = []
    try:
        for line in csv.reader(io.StringIO(lines, newline=""), delimiter=separator):
            table.append(line[:WIDEST])
            if len(table) > FARTHEST_ROW:
                break
    except csv.Error:
        raise NotRead(_DAMAGED) from None
    return table
