from io import BytesIO

from openpyxl import load_workbook

from danvan.console.sheets import Head, workbook


def test_a_table_prints_across_with_its_heads_on_every_page():
    sheet = load_workbook(
        BytesIO(workbook("Danh sách", [Head("Hạn"), Head("Nhiệm vụ")], []))
    ).active

    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$3:$3"


def test_what_looks_like_a_formula_stays_text():
    sheet = load_workbook(BytesIO(workbook("Danh sách", [Head("Nhiệm vụ")], [["=1+1"]]))).active

    assert sheet["A4"].value == "=1+1"
    assert sheet["A4"].data_type == "s"
