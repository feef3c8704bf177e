"""Tables of numbers: a cell is a figure named by its row and its column."""

import pytest

import vanban
from vanban.tallies import period_of

HEAD = "BÁO CÁO\nCông tác tiếp dân năm 2023\nI. KẾT QUẢ\n"


def figures(names, *rows, head=HEAD):
    text = head + f"{names}\n" + "".join(f"{one}\n" for one in rows)
    return vanban.read(text).statistics


def values(found):
    return [(one.name, one.value, one.unit) for one in found]


def test_name_value_and_unit():
    found = figures(
        "TT | Chỉ tiêu | ĐVT | Kế hoạch | Thực hiện",
        "1 | Buổi tiếp dân | Buổi | 24 | 26",
        "2 | Đơn đã trả lời | đơn | 1.150 | 1.207",
    )

    assert values(found) == [
        ("Buổi tiếp dân – Kế hoạch", 24, "buổi"),
        ("Buổi tiếp dân – Thực hiện", 26, "buổi"),
        ("Đơn đã trả lời – Kế hoạch", 1150, "đơn"),
        ("Đơn đã trả lời – Thực hiện", 1207, "đơn"),
    ]
    assert found[0].because == "Bảng số liệu: hàng “Buổi tiếp dân”, cột “Kế hoạch”"
    assert {one.period for one in found} == {"2023"}


def test_a_part_is_named_with_what_it_is_a_part_of():
    found = figures(
        "TT | Chỉ số | ĐVT | Trong quý",
        "1 | Người đến khám | Lượt | 70",
        "1.1 | Trong đó: - Có thẻ bảo hiểm | nt | 64",
        "1.2 | - Trẻ em | // | 9",
        " | Trong đó: Sơ sinh | \" | 2",
        "2 | Ca mổ | Ca | 00",
    )  # fmt: skip

    assert values(found) == [
        ("Người đến khám – Trong quý", 70, "lượt"),
        ("Người đến khám: Có thẻ bảo hiểm – Trong quý", 64, "lượt"),
        ("Người đến khám: Trẻ em – Trong quý", 9, "lượt"),
        ("Trẻ em: Sơ sinh – Trong quý", 2, "lượt"),
        ("Ca mổ – Trong quý", 0, "ca"),
    ]


def test_empty_cells_give_nothing():
    found = figures("TT | Chỉ tiêu | Năm 2022 | Năm 2023", "1 | Số đơn | - | 5", "2 | Số vụ | | …")

    assert values(found) == [("Số đơn – Năm 2023", 5, None)]


@pytest.mark.parametrize(("names", "row", "unit"), [
    ("TT | Nội dung | Số tiền (triệu đồng)", "1 | Sửa nhà | 40", "triệu đồng"),
    ("TT | Nội dung | Tỷ lệ", "1 | Hài lòng | 91,5", "%"),
    ("TT | Chỉ tiêu | Đạt", "1 | Tỷ lệ hài lòng (%) | 91,5", "%"),
    ("TT | Chỉ tiêu | Đạt", "1 | Mức hài lòng | 91,5%", "%"),
    ("TT | Chỉ tiêu | ĐVT | Tỷ lệ (%)", "1 | Hộ nghèo | hộ | 2,4", "%"),
])  # fmt: skip
def test_where_the_unit_stands(names, row, unit):
    assert figures(names, row)[0].unit == unit


def test_the_unit_above_the_table():
    head = HEAD + "Bảng 2. Chi cho tiếp dân\n(Đơn vị tính: nghìn đồng)\n"

    assert figures("TT | Nội dung chi | Số tiền", "1 | Nước uống | 950", head=head)[0].unit == (
        "nghìn đồng"
    )


def test_columns_of_years_and_rows_of_places():
    found = figures(
        "TT | Địa phương | Năm 2022 | Năm 2023",
        "1 | Xã Mường Lạng | 7 | 9",
        "Tổng cộng | | 7 | 9",
    )

    assert [(one.period, one.area) for one in found] == [
        ("2022", "Xã Mường Lạng"), ("2023", "Xã Mường Lạng"), ("2022", None), ("2023", None),
    ]  # fmt: skip


def test_ratios_and_changes():
    found = figures(
        "TT | Chỉ tiêu | Kết quả năm | So với năm trước (%)",
        "1 | Kiến nghị | 45/60 | -3,5",
        "2 | Phản ánh | 30 (75%) | +12",
    )

    assert [(one.value, one.numerator, one.denominator, one.change, one.change_unit) for one in found] == [
        (45, 45, 60, None, None),
        (None, None, None, -3.5, "%"),
        (75, None, None, None, None),
        (None, None, None, 12, "%"),
    ]  # fmt: skip


def test_numbers_of_order_ranks_and_notes_are_no_figures():
    found = figures(
        "TT | Đơn vị | Điểm đạt được | Xếp hạng | Ghi chú", "1 | Xã Nà Pó | 88 | 3 | 2 phiếu"
    )

    assert [one.span.text for one in found if one.span.text != "88"] == []


def test_a_plan_reports_nothing():
    head = "KẾ HOẠCH\nTiếp dân năm 2024\nI. NHIỆM VỤ\n"

    assert figures("TT | Chỉ tiêu | Kế hoạch", "1 | Buổi tiếp dân | 24", head=head) == ()


PLAN = "KẾ HOẠCH\nTiếp dân năm 2024\nI. NHIỆM VỤ\n"


@pytest.mark.parametrize(("printed", "comparator", "level"), [
    ("24", "=", 24),
    ("≥ 95", ">=", 95),
    ("Trên 80", ">", 80),
    ("90 trở lên", ">=", 90),
    ("Dưới 2,5", "<", 2.5),
    ("100%", "=", 100),
])  # fmt: skip
def test_a_table_of_a_plan_sets_targets(printed, comparator, level):
    names = "TT | Chỉ tiêu | ĐVT | Kế hoạch năm 2024\n"

    document = vanban.read(f"{PLAN}{names}1 | Đơn trả lời đúng hạn | % | {printed}\n")

    (target,) = document.targets
    assert (target.comparator, target.target, target.unit) == (comparator, level, "%")
    assert target.name == "Đơn trả lời đúng hạn – Kế hoạch năm 2024"
    assert target.span.text == printed
    assert document.statistics == ()


def test_what_was_reached_before_is_no_target():
    text = PLAN + "TT | Chỉ tiêu | Thực hiện 2023 | Kế hoạch 2024\n1 | Buổi tiếp dân | 20 | 24\n"

    assert [one.target for one in vanban.read(text).targets] == [24]


@pytest.mark.parametrize(("words", "period"), [
    ("Năm 2023", "2023"),
    ("Thực hiện 6 tháng đầu năm 2023", "2023-H1"),
    ("Quý IV/2023", "2023-Q4"),
    ("Tháng 5/2024", "2024-05"),
    ("9 tháng năm 2024", "2024-9M"),
    ("Thực hiện", None),
])  # fmt: skip
def test_the_period_of_a_column(words, period):
    assert period_of(words) == period


RESULTS_OF_A_PLAN = (
    "KẾ HOẠCH\nCông tác dân vận năm 2032\nI. NHIỆM VỤ\n1. Phòng Nội vụ kiểm tra các xã.\n\n"
    "PHỤ LỤC\n{}\n(Kèm theo Kế hoạch số 5/KH-UBND)\n"
    "TT | Đơn vị | Số lượt | Kế hoạch 2032\n1 | Xã Hòa Sơn | 12 | 15\n"
)


def test_a_table_of_results_annexed_to_a_plan_reports():
    found = vanban.read(RESULTS_OF_A_PLAN.format("KẾT QUẢ TIẾP CÔNG DÂN NĂM 2031"))

    assert [(one.name, one.value, one.period) for one in found.statistics] == [
        ("Xã Hòa Sơn – Số lượt", 12, "2031")
    ]
    assert [one.target for one in found.targets] == [15]


def test_a_table_of_aims_annexed_to_a_plan_reports_nothing():
    text = RESULTS_OF_A_PLAN.format("CHỈ TIÊU VÀ KẾT QUẢ PHẤN ĐẤU NĂM 2032")

    assert vanban.read(text).statistics == ()
