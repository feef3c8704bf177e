"""What a workbook of units and people is made of: its sheets, their columns, the rows read."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop

from danvan.org.choices import Level, Role, UnitKind

ROWS = 20_000  # of one sheet


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
LISTS, GUIDE = "Danh mục", "Hướng dẫn"

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


def labels(key: str) -> list[str]:
    """What may be chosen in a column, in words; `in_vietnamese` around it."""
    if key == "address":
        return list(ADDRESSES)
    return [str(one.label) for one in _CHOICES[key]]
