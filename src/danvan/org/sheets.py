"""Workbooks of units and people: what stands in one, and one of what is known. No database.

`read` takes the bytes of an XLSX or CSV file and gives its rows as text, each with its number in
the file and what in it cannot be read; `read_apart` does so in a process of its own, within limits
of time and memory. `write` makes a workbook that reads back as the same rows.
"""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.utils.translation import gettext_noop
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from danvan.text import fold

from .alike import tidy
from .choices import Level, Role, UnitKind

ROWS = 20_000  # of one sheet
_LINES = 100_000  # rows that may stand empty between them
_COLUMNS = 60  # looked at
_HEAD_WITHIN = 20  # titles of a letter may stand above the heads
_LONGEST = 2_000  # characters of a cell
_UNPACKED = 150 * 1024 * 1024  # bytes of all parts of a workbook
_PARTS = 500
SECONDS, MEGABYTES = 60, 1_536


class NotRead(Exception):
    """A file that is no workbook of ours; its text is a msgid that says what to do."""

    def __init__(self, msgid: str, **values: Any) -> None:
        super().__init__(msgid % values)
        self.msgid, self.values = msgid, values


@dataclass(frozen=True)
class Column:
    key: str
    head: str
    width: int
    also: tuple[str, ...] = ()  # other heads for the same
    note: str = ""  # beside the head


@dataclass(frozen=True)
class Sheet:
    key: str
    title: str
    columns: tuple[Column, ...]
    needs: str  # the column without which it is none

    def column(self, key: str) -> Column:
        return next(one for one in self.columns if one.key == key)


YES = "x"
_CODE = gettext_noop("Mã trong danvan. Đơn vị mới: để trống. Đổi tên, chuyển cấp trên: phải có.")
_FROM = gettext_noop("Ngày đầu tiên, ví dụ 01/07/2025. Đổi tên, chuyển cấp trên: ngày có hiệu lực.")
_TO = gettext_noop("Ngày cuối cùng, tính cả ngày đó. Để trống: chưa kết thúc.")
_PARENT = gettext_noop("Tên hoặc mã của đơn vị cấp trên trực tiếp. Để trống: đứng đầu.")
_CODES_OF_PLACES = gettext_noop("Ghi đủ số 0 đứng đầu: 01, 00070.")
_BASIS = gettext_noop("Văn bản làm căn cứ: số, ngày. Đổi tên, chuyển cấp trên: phải có.")
_ALIASES = gettext_noop("Nhiều tên cách nhau bằng dấu chấm phẩy.")
_LEADS = gettext_noop("Ghi x ở cơ quan đầu mối theo dõi toàn tỉnh; chỉ một đơn vị.")

UNITS = Sheet(
    "units",
    "Đơn vị",
    (
        Column("code", "Mã đơn vị", 26, ("ma", "ma danvan", "ma don vi trong danvan"), _CODE),
        Column("name", "Tên", 44, ("ten don vi", "ten co quan", "ten co quan don vi")),
        Column("short_name", "Tên viết tắt", 22, ("viet tat", "ten tat")),
        Column("aliases", "Tên khác", 26, ("cac ten khac", "ten goi khac"), _ALIASES),
        Column("kind", "Loại", 30, ("loai don vi",)),
        Column("level", "Cấp", 16, ("cap don vi",)),
        Column(
            "parent",
            "Trực thuộc",
            40,
            ("don vi cap tren", "cap tren", "truc thuoc don vi"),
            _PARENT,
        ),
        Column("since", "Từ ngày", 13, ("ngay bat dau", "tu"), _FROM),
        Column("until", "Đến ngày", 13, ("ngay ket thuc", "den", "den het ngay"), _TO),
        Column(
            "statistics", "Mã đơn vị hành chính", 22, ("ma dvhc", "ma hanh chinh"), _CODES_OF_PLACES
        ),
        Column("agency", "Mã định danh", 22, ("ma dinh danh dien tu", "ma dinh danh co quan")),
        Column("basis", "Quyết định", 44, ("van ban", "can cu", "van ban lam can cu"), _BASIS),
        Column("place", "Thứ tự", 9, ("thu tu trong danh sach",)),
        Column("leads", "Đầu mối", 10, ("co quan dau moi",), _LEADS),
    ),
    needs="name",
)
PEOPLE = Sheet(
    "people",
    "Con người",
    (
        Column("name", "Họ tên", 30, ("ho va ten", "ho ten can bo")),
        Column("address", "Ông/Bà", 10, ("ong ba", "xung ho", "danh xung")),
        Column("email", "Thư điện tử", 34, ("email", "e mail", "thu dien tu cong vu", "hop thu")),
        Column("phone", "Điện thoại", 18, ("so dien thoai", "dien thoai di dong", "dt")),
        Column("unit", "Đơn vị", 40, ("co quan", "don vi cong tac", "co quan don vi")),
        Column("role", "Vai trò", 24, ("vai tro trong danvan",)),
        Column("title", "Chức danh", 28, ("chuc vu", "chuc danh chuc vu")),
        Column("since", "Từ ngày", 13, ("ngay bat dau", "tu"), _FROM),
        Column("until", "Đến ngày", 13, ("ngay ket thuc", "den", "den het ngay"), _TO),
    ),
    needs="name",
)
SHEETS = (UNITS, PEOPLE)
DATES = {"since", "until"}
ADDRESSES = ("ông", "bà")
_LISTS, _GUIDE = "Danh mục", "Hướng dẫn"
_WHY = Column("why", "Lý do", 70)
_WHERE = Column("number", "Dòng trong tệp", 15)
_OURS = {"ly do", "dong trong tep"}  # what we wrote ourselves, and read past
_CHOICES: dict[str, type[UnitKind] | type[Level] | type[Role]] = {
    "kind": UnitKind,
    "level": Level,
    "role": Role,
}


@dataclass(frozen=True)
class Row:
    """A row as it stands in a file: texts by key of column, days as 2025-07-01."""

    sheet: str
    number: int  # in the file, as its reader sees it
    cells: dict[str, str]
    wrong: dict[str, list[Any]] = field(default_factory=dict)  # column → msgid and values

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")


@dataclass(frozen=True)
class Book:
    rows: list[Row]
    passed_over: list[str]  # heads and sheets that mean nothing here

    def of(self, sheet: Sheet) -> list[Row]:
        return [row for row in self.rows if row.sheet == sheet.key]


# Words in cells


_SPOKEN = re.compile(r"(?:ngay )?(\d{1,2})(?: thang |[/.\- ]+)(\d{1,2})(?: nam |[/.\- ]+)(\d{4})")
_WRITTEN = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00(?::00)?)?")


def parse_day(words: str) -> date | None:
    """05/03/2026, 5.3.2026, “ngày 5 tháng 3 năm 2026”, 2026-03-05; None for what is no day."""
    folded = fold(words)
    if found := _SPOKEN.fullmatch(folded):
        day, month, year = map(int, found.groups())
    elif found := _WRITTEN.fullmatch(folded):
        year, month, day = map(int, found.groups())
    else:
        return None
    try:
        parsed = date(year, month, day)
    except ValueError:
        return None
    return parsed if 1945 <= parsed.year < 2200 else None


_NO_DAY = gettext_noop("“%(words)s” không phải ngày. Ghi dạng 05/03/2026.")
_TOO_LONG = gettext_noop("Ô dài quá %(count)s ký tự.")
_FORMULA = gettext_noop("Ô có công thức chưa tính. Mở bằng Excel, lưu lại, hoặc dán dạng giá trị.")
_ERROR = gettext_noop("Ô có lỗi của Excel: %(words)s.")
_ERRORS = {"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"}


def _text(value: Any, key: str) -> str:
    """A cell's value as text."""
    if value is None or value is False:
        return ""
    if value is True:
        return YES
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return day.isoformat() if key in DATES else f"{day:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    words = str(value)
    if key == "aliases":
        words = re.sub(r"[\r\n]+", ";", words)
    return tidy(words)


def _row(sheet: Sheet, number: int, values: dict[str, Any]) -> Row | None:
    """The row, or None where nothing stands in it."""
    cells: dict[str, str] = {}
    wrong: dict[str, list[Any]] = {}
    for key, value in values.items():
        if isinstance(value, _Uncounted):
            cells[key], wrong[key] = value.formula, [_FORMULA, {}]
            continue
        words = _text(value, key)
        if not words:
            continue
        if len(words) > _LONGEST:
            words = words[:_LONGEST]
            wrong[key] = [_TOO_LONG, {"count": _LONGEST}]
        elif words in _ERRORS:
            wrong[key] = [_ERROR, {"words": words}]
        elif key in DATES:
            day = None if isinstance(value, int | float) else parse_day(words)
            if day:
                words = day.isoformat()
            else:
                wrong[key] = [_NO_DAY, {"words": words}]
        cells[key] = words
    return Row(sheet.key, number, cells, wrong) if cells else None


# Heads


def _head(words: Any) -> str:
    """“Từ ngày (*)” → “tu ngay”."""
    bare = re.sub(r"\(.*?\)", " ", fold(tidy(str(words or ""))))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def _columns(sheet: Sheet, heads: Sequence[Any]) -> tuple[dict[int, str], list[str]]:
    """Place → key of column, and the heads that mean nothing."""
    known = {head: one.key for one in sheet.columns for head in (_head(one.head), *one.also)}
    found: dict[int, str] = {}
    strange: list[str] = []
    for at, words in enumerate(heads):
        head = _head(words)
        key = known.get(head)
        if key and key not in found.values():
            found[at] = key
        elif head and head not in _OURS:
            strange.append(tidy(str(words))[:60])
    return found, strange


@dataclass(frozen=True)
class _Found:
    """A sheet of ours in a file."""

    sheet: Sheet
    heads_at: int  # row, from 1
    columns: dict[int, str]
    strange: list[str]


def _find(lines: Iterable[Sequence[Any]], among: Sequence[Sheet]) -> _Found | None:
    """Which sheet it is, by the row of heads that knows most of its columns."""
    best: _Found | None = None
    for at, line in enumerate(lines, start=1):
        for sheet in among:
            columns, strange = _columns(sheet, line)
            if sheet.needs not in columns.values() or len(columns) < 2:
                continue
            if best is None or len(columns) > len(best.columns):
                best = _Found(sheet, at, columns, strange)
        if at >= _HEAD_WITHIN:
            break
    return best


def _rows(found: _Found, lines: Iterable[tuple[int, Sequence[Any]]], title: str) -> Iterator[Row]:
    count = 0
    for number, line in lines:
        if number > _LINES:
            raise NotRead(
                gettext_noop(
                    "Trang “%(title)s” có ô ở dòng %(row)s, quá xa phần đầu. Xóa các dòng trống rồi lưu lại."
                ),
                title=title,
                row=number,
            )
        row = _row(
            found.sheet,
            number,
            {key: line[at] for at, key in found.columns.items() if at < len(line)},
        )
        if row is None:
            continue
        count += 1
        if count > ROWS:
            raise NotRead(
                gettext_noop("Trang “%(title)s” có hơn %(count)s dòng. Tách thành nhiều tệp."),
                title=title,
                count=_shown(ROWS),
            )
        yield row


def _shown(count: int) -> str:
    return f"{count:,}".replace(",", ".")


# Files


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
    if next(islice(_BARE_ROW.finditer(page), _LINES, None), None):
        raise NotRead(
            gettext_noop(
                "Có trang hơn %(count)s dòng, kể cả dòng trống. Xóa dòng thừa, hoặc tách thành nhiều tệp."
            ),
            count=_shown(ROWS),
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
        if title in {_LISTS, _GUIDE}:
            continue
        meant = named.get(fold(title))
        among = [meant] if meant in left else [] if meant else left
        found = _find(
            page.iter_rows(max_row=_HEAD_WITHIN, max_col=_COLUMNS, values_only=True), among
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
        rows += _rows(found, _lines(page, formulas, found.heads_at), title)
    return _book(rows, over, left)


class _Uncounted:
    """A formula without a value."""

    def __init__(self, formula: str) -> None:
        self.formula = formula


def _lines(page: Any, formulas: Workbook | None, after: int) -> Iterator[tuple[int, Sequence[Any]]]:
    bounds = {"min_row": after + 1, "max_col": _COLUMNS, "values_only": True}
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
                _Uncounted(str(formula)[:100])
                if value is None and isinstance(formula, str) and formula.startswith("=")
                else value
                for value, formula in zip(line, same, strict=True)
            ],
        )


def _book(rows: list[Row], over: list[str], left: list[Sheet]) -> Book:
    if len(left) == len(SHEETS):
        raise NotRead(
            gettext_noop(
                "Không thấy trang “Đơn vị” hay “Con người”. Tải mẫu trống, chép dữ liệu vào rồi tải lên lại."
            )
        )
    if not rows:
        raise NotRead(gettext_noop("Tệp chỉ có đầu cột, chưa có dòng nào."))
    return Book(rows, over)


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
    tried = [(found, table) for table in tables if (found := _find(table, SHEETS))]
    if not tried:
        return _book([], [], list(SHEETS))
    found, table = max(tried, key=lambda one: len(one[0].columns))
    numbered = enumerate(table[found.heads_at :], start=found.heads_at + skipped + 1)
    rows = list(_rows(found, numbered, "CSV"))
    return _book(rows, found.strange, [one for one in SHEETS if one is not found.sheet])


def _split(lines: str, separator: str) -> list[list[str]]:
    table: list[list[str]] = []
    try:
        for line in csv.reader(io.StringIO(lines, newline=""), delimiter=separator):
            table.append(line[:_COLUMNS])
            if len(table) > _LINES:
                break
    except csv.Error:
        raise NotRead(_DAMAGED) from None
    return table


# Apart


_TOO_HARD = gettext_noop(
    "Tệp quá nặng, chưa đọc được. Tách thành nhiều tệp, mỗi tệp vài nghìn dòng."
)


def read_apart(data: bytes, *, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Book:
    """`read`, in a process of its own: whatever the file does to its reader, others go on."""
    command = [sys.executable, "-m", "danvan.org.sheets", str(megabytes), str(int(seconds))]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise NotRead(_TOO_HARD) from None
    if done.returncode != 0:
        raise NotRead(_TOO_HARD)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise NotRead(answer["refused"], **answer["values"])
    return Book([Row(**row) for row in answer["rows"]], answer["passed_over"])


def main() -> int:
    """The other side: a file on standard input, its rows on standard output."""
    megabytes, seconds = map(int, sys.argv[1:])
    _limit(megabytes * 1024 * 1024, seconds)
    try:
        answer: dict[str, Any] = asdict(read(sys.stdin.buffer.read()))
    except NotRead as refusal:
        answer = {"refused": refusal.msgid, "values": refusal.values}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 0


def _limit(memory: int, seconds: int) -> None:
    """Where the system knows such limits (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


# Writing


_HEAD_FONT = Font(bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="0B4F8A")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def labels(key: str) -> list[str]:
    """What may be chosen in a column, in words; `in_vietnamese` around it."""
    if key == "address":
        return list(ADDRESSES)
    return [str(one.label) for one in _CHOICES[key]]


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
    page = book.create_sheet(_GUIDE)
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
            type="list", formula1=f"'{_LISTS}'!${letter}$2:${letter}${last}", allow_blank=True
        )
        offer.errorStyle, offer.showErrorMessage = "warning", True
        offer.errorTitle, offer.error = column.head, "Chọn trong danh sách."
        place = get_column_letter(at)
        offer.add(f"{place}2:{place}{ROWS + 1}")
        page.add_data_validation(offer)


def _add_lists(book: Workbook) -> None:
    page = book.create_sheet(_LISTS)
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


if __name__ == "__main__":
    sys.exit(main())
