"""Grids: where they come from, what their columns hold, what is left to the ordinary reading."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vanban
from tests.vanban.samples import DECISION, PARTY_GUIDANCE, PLAN, REPORT
from vanban import tables
from vanban.model import Source, Table
from vanban.reader import read_source
from vanban.text import Page

HEAD = "KẾ HOẠCH\nCông tác dân vận năm 2024\nI. TỔ CHỨC THỰC HIỆN\n1. Phân công\n"
TAIL = "2. Các phòng\n- Báo cáo Sở Nội vụ trước ngày 15/11/2024.\n"

LINES = """TT | Nội dung | Cơ quan chủ trì | Thời gian
1 | Rà soát nhà ở của hộ neo đơn | Sở Xây dựng | Quý I/2024
2 | Mở lớp tiếng Dao | Sở Nội vụ | Tháng 6/2024
"""
MARKDOWN = """
| **TT** | **Nội dung** | **Cơ quan chủ trì** | **Thời gian** |
|:--:|---|---|--:|
| 1 | Rà soát nhà ở của hộ neo đơn | Sở Xây dựng | Quý I/2024 |
| 2 | Mở lớp tiếng Dao | Sở Nội vụ | Tháng 6/2024 |

"""
TABBED = LINES.replace(" | ", "\t")
CLOSED = """TT
|
Nội dung
|
Cơ quan
chủ trì
|
Thời gian
|
1
|
Rà soát nhà ở của hộ neo đơn
|
Sở Xây dựng
|
Quý I/2024
|
2
|
Mở lớp
tiếng Dao
|
Sở Nội vụ
|
Tháng 6/2024
|
"""
OPEN = """TT
|
Nội dung
|
Cơ quan chủ trì
|
Thời gian
1
|
Rà soát nhà ở của hộ neo đơn
|
Sở Xây dựng
|
Quý I/2024
2
|
Mở lớp tiếng Dao
|
Sở Nội vụ
|
Tháng 6/2024
"""
MIXED = """TT | Nội dung | Cơ quan chủ trì | Thời gian
1
|
Rà soát nhà ở của hộ neo đơn
|
Sở Xây dựng
|
Quý I/2024
2 | Mở lớp tiếng Dao | Sở Nội vụ | Tháng 6/2024
"""


def grids(text, tables_of_file=()):
    return tables.read(Page(text), tables_of_file)


def cells(text, grid):
    return [[" ".join(text[slice(*cell)].split()) for cell in row] for row in grid.rows]


ROWS = [
    ["1", "Rà soát nhà ở của hộ neo đơn", "Sở Xây dựng", "Quý I/2024"],
    ["2", "Mở lớp tiếng Dao", "Sở Nội vụ", "Tháng 6/2024"],
]


@pytest.mark.parametrize(
    "form", [LINES, MARKDOWN, TABBED, CLOSED, OPEN, MIXED],
    ids=["lines", "markdown", "tabs", "a bar behind each cell", "a bar between cells", "both"],
)  # fmt: skip
def test_one_table_in_every_form_of_text(form):
    text = HEAD + form + TAIL

    (grid,) = grids(text)

    assert [column.role for column in grid.columns] == ["number", "task", "lead", "due"]
    assert cells(text, grid) == ROWS
    assert grid.kind == "tasks"


@pytest.mark.parametrize("form", [LINES, MARKDOWN, TABBED, CLOSED, OPEN, MIXED])
def test_the_rest_of_the_text_is_read_as_if_the_table_were_not_there(form):
    document = vanban.read(HEAD + form + TAIL)

    assert [heading.label for heading in document.outline] == ["I", "1", "2"]
    told = [duty.span.text for duty in document.duties]
    assert told[-1] == "Báo cáo Sở Nội vụ trước ngày 15/11/2024"
    assert len(told) == 3


@pytest.mark.parametrize("text", [PLAN, REPORT, DECISION, PARTY_GUIDANCE])
def test_letterheads_and_signatures_are_no_tables(text):
    assert grids(text) == ()


@pytest.mark.parametrize("row", [
    "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 9/KH-UBND | An Phúc, ngày 8 tháng 4 năm 2024 |",
    "Nơi nhận: | TM. ỦY BAN NHÂN DÂN\n- Lưu: VT. | CHỦ TỊCH",
    "Số hiệu: | 21/QĐ-UBND | Loại văn bản: | Quyết định |\nNgày: | 08/4/2024 | Người ký: | Không rõ |",
    "Cập nhật: 11/12/2023 | 09:07\nĐọc bài | In trang",
])  # fmt: skip
def test_rows_of_layout_are_no_tables(row):
    assert grids(row + "\n") == ()


def test_names_of_columns_in_two_rows():
    text = (
        "TT | Địa phương | Năm 2023 | Số hộ | Ghi chú\n"
        " | | Kế hoạch | Thực hiện | |\n"
        "1 | Xã Mường Lạng | 10 | 12 | 40 |\n"
    )

    (grid,) = grids(text)

    assert [column.name for column in grid.columns] == [
        "TT", "Địa phương", "Năm 2023 – Kế hoạch", "Năm 2023 – Thực hiện", "Số hộ", "Ghi chú",
    ]  # fmt: skip
    assert cells(text, grid) == [["1", "Xã Mường Lạng", "10", "12", "40", ""]]


def test_a_table_broken_over_pages_goes_on_behind_its_repeated_names():
    names, first, second = LINES.splitlines()
    text = f"{names}\n{first}\n\n4\n\n{names}\n{second}\n"

    (grid,) = grids(text)

    assert cells(text, grid) == ROWS


def test_the_row_that_numbers_the_columns_is_left_out():
    names, *rows = LINES.splitlines()
    text = "\n".join([names, "(1) | (2) | (3) | (4)", *rows])

    assert cells(text, grids(text)[0]) == ROWS


def test_tables_one_below_the_other_stay_two():
    text = LINES + "Bảng 2\n" + "TT | Tiêu chí | Điểm tối đa\n1 | Đối thoại | 5\n"

    assert [grid.kind for grid in grids(text)] == ["tasks", "scores"]


def test_a_head_above_numbers_needs_no_known_names():
    text = "Bến | Thuyền vào | Thuyền ra\nBến Đông | 12 | 9\nBến Tây | 7 | 8\n"

    assert [grid.kind for grid in grids(text)] == ["numbers"]


def grid_of(*rows):
    """A text and the table that a file knows in it; the same word in a row is one merged cell."""
    text, grid = "", []
    for row in rows:
        places = {}
        for word in row:
            if word not in places or not word:
                places[word] = (len(text), len(text) + len(word))
                text += word + "\n"
        grid.append(tuple(places[word] for word in row))
    return text, Table(tuple(grid))


def test_a_table_that_the_file_knows():
    text, table = grid_of(
        ("PHÂN CÔNG",) * 3,
        ("STT", "Nhiệm vụ", "Chủ trì"),
        ("I", "Đối thoại", "Đối thoại "),
        ("1", "Gặp hộ nhận khoán rừng", "Hạt Kiểm lâm"),
    )

    (grid,) = grids(text, (table,))

    assert grid.merged
    assert cells(text, grid)[-1] == ["1", "Gặp hộ nhận khoán rừng", "Hạt Kiểm lâm"]


def test_a_second_table_without_names_goes_on_with_the_first():
    text, first = grid_of(("TT", "Nội dung", "Chủ trì"), ("1", "Sửa cầu treo", "Sở Xây dựng"))
    start = len(text)
    more, second = grid_of(("2", "Đo đạc lại đất", "Sở Tài chính"))
    moved = Table(tuple(tuple((a + start, b + start) for a, b in row) for row in second.rows))

    (grid,) = grids(text + more, (first, moved))

    assert [row[0] for row in cells(text + more, grid)] == ["1", "2"]


def test_a_table_outside_of_the_text_is_left_out():
    assert grids("ngắn", (Table((((0, 99), (3, 2)),)),)) == ()


@pytest.mark.parametrize(
    "text", ["|\n" * 20_000, "TT | Nội dung\n" * 5_000, "TT\n|\nNội dung\n|\n" * 3_000]
)
def test_rows_of_one_cell_and_without_end_are_read_to_their_end(text):
    assert vanban.read(text).duties == ()


WORDS = st.sampled_from(
    "TT,STT,Nội dung,Cơ quan chủ trì,Phối hợp,Thời gian,Sản phẩm,Tiêu chí,Điểm tối đa,ĐVT,Năm 2023,1,2,I,II,1.1,a),"
    "12,0;5,-,nt,//,Tổng cộng,Sở Nội vụ,Xây dựng kế hoạch,Quý I/2024,Trong đó: - nữ,,15/20,+3".split(
        ","
    )
)


def check(document):
    text = document.text
    for kind in (document.duties, document.criteria, document.statistics, document.outline):
        for item in kind:
            assert 0 <= item.span.start < item.span.end <= len(text)
            assert text[item.span.start : item.span.end] == item.span.text
    for duty in document.duties:
        if duty.due:
            assert text[duty.due.span.start : duty.due.span.end] == duty.due.span.text


FUZZ = settings(
    max_examples=120, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@FUZZ
@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=8),
    st.sampled_from([" | ", "\n|\n", "\t", "\n", " |\n"]),
    st.sampled_from(["\n", "\n|\n", " |\n", "\n\n"]),
    st.sampled_from(["", "| ", "BÁO CÁO\nI. KẾT QUẢ\n", "KẾ HOẠCH\nI. NHIỆM VỤ\n"]),
)
def test_rows_of_any_words_raise_nothing(rows, between, behind, before):
    check(vanban.read(before + behind.join(between.join(row) for row in rows)))


@FUZZ
@given(st.data())
def test_grids_of_any_cells_raise_nothing(data):
    words = data.draw(st.lists(WORDS, min_size=4, max_size=30))
    text = "\n".join(words)
    offset = st.integers(0, len(text))
    cell = st.tuples(offset, offset).map(lambda pair: (min(pair), max(pair)))
    starts = [sum(len(word) + 1 for word in words[:place]) for place in range(len(words))]
    own = st.sampled_from([(at, at + len(word)) for at, word in zip(starts, words, strict=True)])
    row = st.lists(st.one_of(own, own, cell), max_size=6).map(tuple)
    table = st.lists(row, max_size=8).map(lambda rows: Table(tuple(rows)))

    given_tables = data.draw(st.lists(table, max_size=3))

    check(read_source(Source(text, (), "docx", tables=tuple(given_tables))))


@pytest.mark.parametrize("size", [1, 3_200])
def test_many_tables_that_go_on_are_one(size):
    names, row = "Nội dung | Cơ quan chủ trì | Thời gian\n", "Rà soát | Sở Nội vụ | Quý I\n"
    rows = [[found.span() for found in re.finditer(r"[^|\n]+", line)] for line in (names, row)]
    page = Page((names + row) * size)
    found = [
        Table(
            tuple(
                tuple((at + own + start, at + own + end) for start, end in cells)
                for own, cells in zip((0, len(names)), rows, strict=True)
            )
        )
        for at in range(0, len(page.text), len(names + row))
    ]

    (grid,) = tables.read(page, found)

    assert len(grid.rows) == size
