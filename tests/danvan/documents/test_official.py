import io
import shutil
import subprocess
import zipfile
from datetime import date

import pytest
from docx import Document as read_docx
from docx.oxml.ns import qn

import vanban
from danvan.documents.official.layout import (
    Bullet,
    Heading,
    Note,
    OfficialDocument,
    Paragraph,
    Table,
    date_in_words,
    number_of,
)
from danvan.documents.official.pdf import NoPdf, as_pdf
from danvan.documents.official.writing import write


def report(**values) -> OfficialDocument:
    return OfficialDocument(
        **{
            "superior": "UBND tỉnh Tân Giang",
            "issuer": ["Sở Nội vụ"],
            "number": "128",
            "sign": "BC-SNV",
            "issued_on": date(2024, 3, 15),
            "kind": "Báo cáo",
            "title": "Kết quả công tác dân vận chính quyền quý I năm 2024",
            "place": "Tân Giang",
            "addressees": ["Ủy ban nhân dân tỉnh Tân Giang"],
            "preamble": ["Sở Nội vụ báo cáo kết quả như sau:"],
            "body": [
                Heading(1, "I. Kết quả"),
                Paragraph(
                    ["Tiếp 1.204 lượt công dân.", Note("Sở Tư pháp 12."), " Tổ chức 35 buổi."]
                ),
                Bullet("Tiếp định kỳ."),
                Table(["Đơn vị", "Lượt"], [["Sở Tư pháp", "12"]], frozenset({1})),
                Paragraph("Kiến nghị: không có."),
            ],
            "recipients": ["Như trên", "Lưu: VT"],
            "signer_role": "Giám đốc",
            "signer": "Nguyễn Văn Thử",
            **values,
        }
    )


def words_of(data: bytes) -> str:
    """Everything printed on the pages, tables too, a line for each paragraph."""
    body = read_docx(io.BytesIO(data)).element.body
    return "\n".join(
        "".join(run.text or "" for run in paragraph.iter(qn("w:t")))
        for paragraph in body.iter(qn("w:p"))
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        (date(2024, 2, 20), "ngày 20 tháng 02 năm 2024"),
        (date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),  # zero for months 1 and 2 only
        (date(2019, 12, 9), "ngày 09 tháng 12 năm 2019"),
    ],
)
def test_date_in_words(day, words):
    assert date_in_words(day) == words


@pytest.mark.parametrize(("place", "number"), [(5, "05"), (10, "10"), (128, "128")])
def test_number_of(place, number):
    assert number_of(place) == number


def test_the_frame_stands_as_the_decree_has_it():
    words = words_of(write(report()))

    for part in (
        "UBND TỈNH TÂN GIANG",
        "SỞ NỘI VỤ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 128/BC-SNV",
        "Tân Giang, ngày 15 tháng 3 năm 2024",
        "BÁO CÁO",
        "Kính gửi: Ủy ban nhân dân tỉnh Tân Giang.",
        "I. KẾT QUẢ",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "GIÁM ĐỐC",
        "Nguyễn Văn Thử",
    ):
        assert part in words


def test_page_margins_type_and_page_number():
    docx = read_docx(io.BytesIO(write(report())))

    (page,) = docx.sections
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert (round(page.left_margin.mm), round(page.right_margin.mm)) == (30, 20)
    assert (round(page.top_margin.mm), round(page.bottom_margin.mm)) == (20, 20)
    assert page.different_first_page_header_footer  # no number on the first page
    assert "PAGE" in page.header.paragraphs[0]._p.xml
    assert docx.styles["Normal"].font.name == "Times New Roman"


@pytest.mark.parametrize(
    ("body", "end"),
    [
        ([Paragraph("Không có.")], "Không có./."),
        ([Paragraph("Không có")], "Không có./."),
        ([Bullet("Gửi Sở Nội vụ;")], "- Gửi Sở Nội vụ./."),
        ([Paragraph(["Tiếp 12 lượt.", Note("Sở Tư pháp 12.")])], "Tiếp 12 lượt./."),
        ([Table(["Đơn vị"], [["Sở Tư pháp"]])], "./."),
        ([], "./."),
    ],
)
def test_the_text_ends_with_its_sign(body, end):
    paragraphs = [one.text for one in read_docx(io.BytesIO(write(report(body=body)))).paragraphs]

    assert end in paragraphs


def test_several_addressees_stand_in_a_list():
    words = words_of(write(report(addressees=["Tỉnh ủy", "UBND tỉnh"])))

    assert "Kính gửi:\n- Tỉnh ủy;\n- UBND tỉnh." in words


def test_footnotes_hold_the_details_behind_a_figure():
    package = zipfile.ZipFile(io.BytesIO(write(report())))

    assert "Sở Tư pháp 12." in package.read("word/footnotes.xml").decode()


def test_what_cannot_stand_in_xml_is_left_out():
    words = words_of(write(report(title="Kết\x00 quả \x0bquý I & <II>")))

    assert "Kết quả quý I & <II>" in words


def test_the_same_document_gives_the_same_bytes():
    assert write(report()) == write(report())


def test_the_reader_reads_the_header_back():
    header = vanban.read_bytes(write(report()), "bao-cao.docx").as_json()["header"]

    assert header["number"] == "128/BC-SNV"
    assert header["kind"] == "Báo cáo"
    assert header["date"] == "2024-03-15"
    assert header["title"] == "Kết quả công tác dân vận chính quyền quý I năm 2024"
    assert header["recipients"] == ["Như trên", "Lưu: VT"]


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice makes the PDF and pdftotext reads it; one of them is not installed",
)
def test_libreoffice_opens_it_and_prints_what_it_says(tmp_path):
    pdf = tmp_path / "bao-cao.pdf"
    pdf.write_bytes(as_pdf(write(report())))

    printed = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout

    assert "Kết quả công tác dân vận chính quyền quý I năm 2024" in printed
    assert "Tiếp 1.204 lượt công dân." in printed
    assert "Sở Tư pháp 12." in printed  # the footnote


def test_without_libreoffice_it_says_what_to_do(monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(NoPdf, match="Tải DOCX"):
        as_pdf(b"")
