"""Workbooks as people make them, and as nobody should."""

import csv
import io
import shutil
import subprocess
import unicodedata
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from danvan.org.alike import tidy
from danvan.org.sheets import shape
from danvan.org.sheets.apart import read_apart
from danvan.org.sheets.cells import parse_day
from danvan.org.sheets.reading import read
from danvan.org.sheets.shape import NotRead, Row
from danvan.org.sheets.writing import write


def book(*lines, title="Đơn vị", more=()):
    """A workbook whose first sheet has these lines."""
    made = Workbook()
    made.active.title = title
    for line in lines:
        made.active.append(line)
    for name, rows in more:
        page = made.create_sheet(name)
        for line in rows:
            page.append(line)
    return saved(made)


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def cells(data):
    return [row.cells for row in read(data).rows]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("05/03/2026", date(2026, 3, 5)),
        ("5/3/2026", date(2026, 3, 5)),
        ("5.3.2026", date(2026, 3, 5)),
        ("05-03-2026", date(2026, 3, 5)),
        ("2026-03-05", date(2026, 3, 5)),
        ("ngày 5 tháng 3 năm 2026", date(2026, 3, 5)),
        ("Ngày 05/3/2026", date(2026, 3, 5)),
        ("31/02/2026", None),  # no such day
        ("05/03/26", None),  # of which century
        ("3/2026", None),
        ("2026", None),
        ("05/03/0026", None),
        ("hôm nay", None),
    ],
)
def test_days_are_read_as_they_are_written_here(printed, day):
    assert parse_day(printed) == day


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("  Sở\u00a0Nội \t vụ ", "Sở Nội vụ"),
        (unicodedata.normalize("NFD", "Sở Nội vụ"), "Sở Nội vụ"),
        ("Sở\u200b Nội\ufeff vụ", "Sở Nội vụ"),
        ("Sở\r\nNội vụ", "Sở Nội vụ"),
    ],
)
def test_blanks_and_letters_are_made_one(written, read_as):
    assert tidy(written) == read_as


def test_heads_in_any_order_without_marks_below_a_title_beside_strange_ones():
    data = book(
        ["DANH SÁCH ĐƠN VỊ", None],
        [],
        ["ghi chu", "TRUC THUOC", "Tên đơn vị (*)", "tu ngay"],
        ["x", "UBND tỉnh", "Sở Y tế", datetime(2025, 7, 1)],
        [None, None, None, None],
        [None, "UBND tỉnh", "Sở Xây dựng", "1/7/2025"],
    )

    found = read(data)

    assert found.passed_over == ["ghi chu"]
    assert [(row.number, row["name"], row["parent"], row["since"]) for row in found.rows] == [
        (4, "Sở Y tế", "UBND tỉnh", "2025-07-01"),
        (6, "Sở Xây dựng", "UBND tỉnh", "2025-07-01"),
    ]


def test_both_sheets_are_found_by_title_or_by_heads():
    people = [["Họ và tên", "Email", "Đơn vị"], ["Lê Thử", "thu@tinh.example", "Sở Y tế"]]
    data = book(["Tên", "Loại"], ["Sở Y tế", "Sở, ban, ngành"], more=[("Sheet2", people)])

    assert [row.sheet for row in read(data).rows] == ["units", "people"]


def test_numbers_keep_no_point_and_truth_is_a_cross():
    data = book(["Tên", "Mã đơn vị hành chính", "Đầu mối"], ["Sở Y tế", 70.0, True])

    assert cells(data) == [{"name": "Sở Y tế", "statistics": "70", "leads": "x"}]


def test_what_is_no_day_is_kept_and_named():
    [row] = read(book(["Tên", "Từ ngày"], ["Sở Y tế", "mùa thu"])).rows

    assert row["since"] == "mùa thu"
    assert row.wrong["since"][0] % row.wrong["since"][1] == (
        "“mùa thu” không phải ngày. Ghi dạng 05/03/2026."
    )


def test_a_number_in_a_column_of_days_is_no_day():
    [row] = read(book(["Tên", "Từ ngày"], ["Sở Y tế", 2025])).rows

    assert "since" in row.wrong


def test_formulas_without_a_value_and_errors_are_named():
    rows = read(book(["Tên", "Loại"], ["=A1&A1", "Sở"], ["#REF!", "Sở"])).rows

    assert [list(row.wrong) for row in rows] == [["name"], ["name"]]
    assert "công thức" in rows[0].wrong["name"][0]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("beginning", ["", "\ufeff"])
def test_text_with_either_separator_is_read(separator, beginning):
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(
        [["Tên", "Loại", "Từ ngày"], ["Sở Y tế", "Sở, ban, ngành", "1/7/2025"]]
    )

    assert cells((beginning + out.getvalue()).encode()) == [
        {"name": "Sở Y tế", "kind": "Sở, ban, ngành", "since": "2025-07-01"}
    ]


REFUSED = [
    ("Tên,Loại\nSở Y tế,Sở".encode("cp1258", "replace"), "Windows-1258 hoặc TCVN3"),
    (b"T\xaan;Lo\xb9i\nS\xeb Y t\xd5;S\xeb", "Windows-1258 hoặc TCVN3"),
    ("Tên;Loại".encode("utf-16"), "Windows-1258 hoặc TCVN3"),
    (b"\xd0\xcf\x11\xe0" + bytes(64), "Tệp Excel kiểu cũ"),
    (b"PK\x03\x04" + bytes(64), "bị hỏng hoặc không an toàn"),
    (b"GIF89a\x00\x00", "bị hỏng hoặc không an toàn"),
    ("Xin chào các đồng chí".encode(), "Không thấy trang “Đơn vị” hay “Con người”"),
    ("Tên;Loại\n".encode(), "chưa có dòng nào"),
    (book(["Một", "Hai"], [1, 2]), "không có cột “Tên”"),
    (book(["Một", "Hai"], [1, 2], title="Khác"), "Không thấy trang"),
]


@pytest.mark.parametrize(("data", "words"), REFUSED)
def test_what_is_no_such_file_is_refused_in_words(data, words):
    with pytest.raises(NotRead, match=words):
        read(data)


# Hostile files


def repacked(data, **parts):
    """The workbook with parts put in or put in the place of others."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


SOUND = book(["Tên", "Loại"], ["Sở Y tế", "Sở"])
FIRST = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def of_rows(rows):
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"


def text_row(number, *texts):
    inner = "".join(f'<c t="inlineStr"><is><t>{one}</t></is></c>' for one in texts)
    return f'<row r="{number}">{inner}</row>'


HEADS = text_row(1, "Tên", "Loại")
HOSTILE = {
    "macro": ({"xl/vbaProject.bin": b"\x00"}, "có macro"),
    "zip bomb": ({"xl/media/a.bin": bytes(200 * 1024 * 1024)}, "mở ra quá lớn"),
    "many parts": ({f"xl/media/{n}.bin": b"" for n in range(600)}, "mở ra quá lớn"),
    "entities": (
        {FIRST: f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "x">{LAUGHS}]>{of_rows(HEADS)}'},
        "không an toàn",
    ),
    "a file of the system": (
        {"xl/workbook.xml": '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]><workbook/>'},
        "không an toàn",
    ),
    "broken": ({FIRST: "<worksheet"}, "bị hỏng hoặc không an toàn"),
    "a cell far below": (
        {FIRST: of_rows(HEADS + text_row(1_048_576, "Sở Y tế"))},
        "quá xa phần đầu",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_in_a_moment(name):
    parts, words = HOSTILE[name]
    data = repacked(SOUND, **parts)

    with pytest.raises(NotRead, match=words):
        read(data)


def test_a_million_rows_are_refused_as_soon_as_they_are_too_many():
    rows = HEADS + '<row><c t="inlineStr"><is><t>A</t></is></c></row>' * 1_000_000
    data = repacked(SOUND, **{FIRST: of_rows(rows)})

    with pytest.raises(NotRead, match="hơn 20.000 dòng"):
        read(data)


def test_three_hundred_columns_are_looked_at_no_further_than_sense():
    data = book(["Tên", "Loại", *(f"Cột {n}" for n in range(300))], ["Sở Y tế", "Sở", *range(300)])

    found = read(data)

    assert found.rows[0].cells == {"name": "Sở Y tế", "kind": "Sở"}
    assert len(found.passed_over) < 60


def test_a_workbook_that_lies_about_its_size_is_read_as_it_is():
    rows = HEADS + text_row(2, "Sở Y tế", "Sở")
    content = of_rows(rows).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')

    assert cells(repacked(SOUND, **{FIRST: content})) == [{"name": "Sở Y tế", "kind": "Sở"}]


def test_apart_the_same_is_read_and_refused():
    assert read_apart(SOUND) == read(SOUND)
    with pytest.raises(NotRead, match="Tệp Excel kiểu cũ"):
        read_apart(b"\xd0\xcf\x11\xe0" + bytes(64))


def test_apart_a_file_that_takes_too_long_is_given_up():
    with pytest.raises(NotRead, match="quá nặng"):
        read_apart(SOUND, seconds=0.01)


# Writing

ROWS = [
    Row(
        "units",
        2,
        {
            "code": "so-y-te",
            "name": "=cmd|' /C calc'!A0",
            "short_name": "+84",
            "aliases": "-1; @SUM(A1)",
            "kind": "Sở, ban, ngành",
            "statistics": "00070",
            "since": "2025-07-01",
        },
    ),
    Row("people", 2, {"name": "Lê Thử", "phone": "0912 000 000", "since": "2025-07-01"}),
]


def test_what_is_written_reads_back_the_same():
    assert read(write(ROWS)).rows == ROWS


def test_nothing_written_becomes_a_formula_and_codes_keep_their_zeros():
    page = load_workbook(io.BytesIO(write(ROWS)))["Đơn vị"]

    assert {page.cell(2, at).data_type for at in range(1, 15)} == {"s", "d", "n"}
    assert page["B2"].data_type == "s" and page["B2"].quotePrefix
    assert page["J2"].value == "00070" and page["J2"].number_format == "@"
    assert page["H2"].value == datetime(2025, 7, 1)


def test_heads_stay_in_sight_and_kinds_are_chosen_from_a_list():
    made = load_workbook(io.BytesIO(write(ROWS)))

    units, people = made["Đơn vị"], made["Con người"]
    assert (units.freeze_panes, people.freeze_panes) == ("C2", "B2")
    assert {str(one.sqref) for one in units.data_validations.dataValidation} == {
        "E2:E20001",
        "F2:F20001",
    }
    assert len(people.data_validations.dataValidation) == 2
    assert made["Danh mục"]["A4"].value == "Sở, ban, ngành"


def calc_is_installed():
    """LibreOffice may be there without the part that reads spreadsheets."""
    program = shutil.which("soffice")
    return program is not None and (Path(program).resolve().parent / "libsclo.so").exists()


@pytest.mark.skipif(not calc_is_installed(), reason="LibreOffice Calc is not installed")
def test_libreoffice_reads_what_was_written(tmp_path):
    workbook = tmp_path / "don-vi.xlsx"
    workbook.write_bytes(write(ROWS))

    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
        + ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1"]
        + ["--outdir", str(tmp_path), str(workbook)],
        check=True,
        capture_output=True,
        timeout=120,
    )

    heads, row = csv.reader(io.StringIO((tmp_path / "don-vi.csv").read_text("utf-8")))
    told = dict(zip(heads, row, strict=True))
    assert heads == [one.head for one in shape.UNITS.columns]
    assert told["Tên"] == "=cmd|' /C calc'!A0"
    assert told["Mã đơn vị hành chính"] == "00070"
    assert told["Từ ngày"] == "01/07/2025"
