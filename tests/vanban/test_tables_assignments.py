"""Tables that assign work: a row is a duty."""

import pytest

import vanban
from tests.vanban.test_formats import docx, p
from tests.vanban.test_formats_docx import cell, row
from tests.vanban.test_formats_docx import table as docx_table
from tests.vanban.test_tables import HEAD, TAIL, grid_of
from vanban.model import Source
from vanban.reader import read_source

NAMES = "TT | Nội dung công việc | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian | Sản phẩm\n"


def duties(*rows, names=NAMES, head=HEAD):
    return vanban.read(head + names + "".join(f"{one}\n" for one in rows)).duties


def only(*rows, **how):
    (duty,) = duties(*rows, **how)
    return duty


def test_a_row_is_a_duty_with_all_its_columns():
    duty = only(
        "1 | Dựng nhà cho 12 hộ bị lũ cuốn | Sở Xây dựng | Hội Chữ thập đỏ tỉnh; Tỉnh đoàn | Trước 30/9 | Báo cáo"
    )

    assert duty.span.text == "Dựng nhà cho 12 hộ bị lũ cuốn"
    assert duty.action == "Dựng nhà cho 12 hộ bị lũ cuốn"
    assert duty.lead == ("Sở Xây dựng",)
    assert duty.cooperating == ("Hội Chữ thập đỏ tỉnh", "Tỉnh đoàn")
    assert (duty.due.date, duty.due.inclusive) == ("2024-09-30", False)
    assert duty.deliverable == "Báo cáo"
    assert duty.heading == ("I.1", "Phân công")
    assert duty.confidence == 0.9
    assert duty.because == "Hàng 1 của bảng phân công: cột “Cơ quan chủ trì”"


@pytest.mark.parametrize(("printed", "lead", "partners"), [
    ("Sở Y tế, Sở Tư pháp", ("Sở Y tế", "Sở Tư pháp"), ()),
    ("Sở Văn hóa, Thể thao và Du lịch", ("Sở Văn hóa, Thể thao và Du lịch",), ()),
    ("Các sở, ban, ngành; UBND các xã", ("Các sở, ban, ngành", "UBND các xã"), ()),
    ("Đồn Biên phòng Mũi Gió; Vườn quốc gia", ("Đồn Biên phòng Mũi Gió", "Vườn quốc gia"), ()),
    ("Chủ trì: Sở Y tế; phối hợp: Sở Tư pháp", ("Sở Y tế",), ("Sở Tư pháp",)),
    ("Sở Y tế chủ trì", ("Sở Y tế",), ()),
])  # fmt: skip
def test_who_leads(printed, lead, partners):
    duty = only(f"1 | Khám mắt cho người già | {printed} | | Quý I |")

    assert (duty.lead, duty.cooperating) == (lead, partners)


@pytest.mark.parametrize(("printed", "due"), [
    ("Quý I/2025", ("period_end", None, "2025-Q1", None)),
    ("Quý III", ("period_end", None, "2024-Q3", None)),
    ("Tháng 6", ("period_end", None, "2024-06", None)),
    ("20/11", ("date", "2024-11-20", None, None)),
    ("Hằng quý", ("recurring", None, None, "quarter")),
    ("2024 - 2026", ("period_end", None, "2026", None)),
])  # fmt: skip
def test_when_it_is_due(printed, due):
    found = only(f"1 | Khám mắt cho người già | Sở Y tế | | {printed} |").due

    assert (found.kind, found.date, found.period, found.every) == due


def test_done_all_the_time_has_no_deadline():
    assert only("1 | Trực đường dây nóng | Sở Y tế | | Thường xuyên |").due is None


def test_groups_are_headings_and_no_duties():
    found = duties(
        "A | ĐỐI THOẠI | | | |",
        "I | Với nông dân | | | |",
        "1 | Họp hợp tác xã | Liên minh Hợp tác xã | | Quý I |",
        "II | Với ngư dân | | | |",
        "1 | Gặp chủ tàu | Chi cục Thủy sản | | Quý II |",
    )

    assert [(duty.heading, duty.lead[0]) for duty in found] == [
        (("A.I", "Với nông dân"), "Liên minh Hợp tác xã"),
        (("A.II", "Với ngư dân"), "Chi cục Thủy sản"),
    ]


def test_a_group_in_one_merged_cell():
    duty = only("I. Với nông dân", "1 | Họp hợp tác xã | Liên minh Hợp tác xã | | Quý I |")

    assert duty.heading == ("I", "Với nông dân")


def test_the_lead_of_a_group_leads_the_rows_below():
    found = duties(
        "I | Đối thoại | Sở Nội vụ | | |",
        "1 | Họp hợp tác xã | | | Quý I |",
        "2 | Gặp chủ tàu | | | Quý II |",
    )

    assert [duty.lead for duty in found] == [("Sở Nội vụ",), ("Sở Nội vụ",)]
    assert found[0].because.endswith("lấy từ hàng trên")


@pytest.mark.parametrize("sign", ['"', "//", "nt", "-nt-", "”", "- nt -"])
def test_ditto_signs_repeat_the_cell_above(sign):
    found = duties(
        "1 | Họp hợp tác xã | Sở Nội vụ | Sở Y tế | Quý I |",
        f"2 | Gặp chủ tàu | {sign} | {sign} | {sign} |",
    )

    assert found[1].lead == ("Sở Nội vụ",)
    assert found[1].cooperating == ("Sở Y tế",)
    assert found[1].due.period == "2024-Q1"
    assert found[1].confidence < found[0].confidence


def test_an_empty_cell_of_partners_names_none():
    found = duties(
        "1 | Họp hợp tác xã | Sở Nội vụ | Sở Y tế | Quý I |",
        "2 | Gặp chủ tàu | Sở Tư pháp | | |",
    )

    assert (found[1].cooperating, found[1].due) == ((), None)


def test_numbered_lines_that_match_are_a_duty_each():
    text = (
        HEAD + "TT | Nội dung | Chủ trì | Thời gian\n"
        "1\n|\na) Lập danh sách hộ\nb) Trao bò giống\n|\nHội Nông dân tỉnh\n|\na) Tháng 2\nb) Tháng 5\n"
    )

    found = vanban.read(text).duties

    assert [(duty.span.text, duty.due.period) for duty in found] == [
        ("Lập danh sách hộ", "2024-02"),
        ("Trao bò giống", "2024-05"),
    ]


def test_lines_that_share_the_columns_are_one_duty():
    text = (
        HEAD + "TT | Nội dung | Chủ trì | Thời gian\n"
        "1\n|\nGiúp hộ nghèo:\n- cấp bò giống\n- làm chuồng\n|\nHội Nông dân tỉnh\n|\nTháng 2\n"
    )

    (duty,) = vanban.read(text).duties

    assert duty.span.text == "Giúp hộ nghèo:\n- cấp bò giống\n- làm chuồng"


def test_results_in_a_table_are_no_duties():
    head = "BÁO CÁO\nCông tác dân vận năm 2024\nI. KẾT QUẢ ĐẠT ĐƯỢC\n"

    assert duties("1 | Đã sửa cầu treo | Sở Xây dựng | | Quý I | Cầu", head=head) == ()


def test_the_tasks_of_a_report_are_duties():
    head = "BÁO CÁO\nCông tác dân vận năm 2024\nI. KẾT QUẢ ĐẠT ĐƯỢC\nTốt.\nII. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025\n"

    assert len(duties("1 | Sửa cầu treo | Sở Xây dựng | | Quý I/2025 | Cầu", head=head)) == 1


def test_an_annex_behind_the_signature_has_a_title_of_its_own():
    head = (
        HEAD
        + TAIL
        + "Nơi nhận:\n- Lưu: VT.\nPHỤ LỤC II\nVIỆC LÀM VỚI DÂN\n(Kèm theo Kế hoạch số 3/KH-UBND)\n"
    )

    duty = duties("1 | Sửa cầu treo | Sở Xây dựng | | Quý I | Cầu", head=head)[-1]

    assert duty.heading == ("Phụ lục II", "VIỆC LÀM VỚI DÂN")


def test_a_group_in_an_annex_is_named_with_its_annex():
    head = HEAD + TAIL + "Nơi nhận:\n- Lưu: VT.\nPHỤ LỤC II\nVIỆC LÀM VỚI DÂN\n"

    rows = "I | Với nông dân | | | |", "1 | Sửa cầu treo | Sở Xây dựng | | Quý I | Cầu"
    duty = duties(*rows, head=head)[-1]

    assert duty.heading == ("Phụ lục II, mục I", "Với nông dân")


def test_a_row_below_a_merged_cell_lacks_it():
    """Copied from a web page a cell that covers two rows stands once."""
    head = "TT|Nội dung|Chủ trì|Phối hợp|Thời gian|".replace("|", "\n|\n")
    first = "1|Sửa cầu treo|Sở Xây dựng|Sở Tài chính|Quý I|".replace("|", "\n|\n")
    second = "2|Sửa đường|Sở Tài chính|Quý II|".replace("|", "\n|\n")
    third = "3|Sửa trường|Sở Y tế|Sở Tư pháp|Quý III|".replace("|", "\n|\n")

    found = vanban.read(HEAD + head + first + second + third).duties

    assert [duty.due.period for duty in found] == ["2024-Q1", "2024-Q2", "2024-Q3"]
    assert found[2].lead == ("Sở Y tế",)


def test_of_two_that_may_be_missing_it_is_who_leads():
    found = duties(
        "1 | Sửa cầu treo | Sở Xây dựng | Sở Y tế | Quý I | Cầu",
        "2 | Sửa trường | Sở Tài chính | Quý II | Trường",
    )

    assert (found[1].lead, found[1].cooperating) == (("Sở Xây dựng",), ("Sở Tài chính",))


def test_merged_cells_that_the_file_knows():
    text, table = grid_of(
        ("TT", "Nội dung", "Chủ trì", "Thời gian"),
        ("I. Với ngư dân",) * 4,
        ("1", "Gặp chủ tàu", "Chi cục Thủy sản", "Quý I/2024"),
        ("2", "Thăm làng chài", "", "Quý II/2024"),
    )

    found = read_source(Source(text, (), "docx", tables=(table,))).duties

    assert [(duty.heading, duty.lead) for duty in found] == [
        (("I", "Với ngư dân"), ("Chi cục Thủy sản",)),
        (("I", "Với ngư dân"), ()),
    ]
    assert found[1].because == "Hàng 3 của bảng phân công: cột “Chủ trì” để trống"


def test_a_table_in_word():
    names = row(*(cell(p(name)) for name in ("TT", "Nhiệm vụ", "Đơn vị thực hiện", "Thời hạn")))
    work = row(
        cell(p("1")),
        cell(p("Gặp chủ tàu")),
        cell(p("- Sở Y tế"), p("- Công an tỉnh")),
        cell(p("31/5/2024")),
    )

    (duty,) = vanban.read_bytes(docx(docx_table(names, work)), "a.docx").duties

    assert (duty.lead, duty.due.date) == (("Sở Y tế", "Công an tỉnh"), "2024-05-31")
