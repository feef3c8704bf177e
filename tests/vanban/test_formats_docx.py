"""What Word keeps in tables, page headers, changes and typefaces."""

import io
import zipfile

import pytest

import vanban
from tests.vanban.test_formats import NUMBERING, W, docx, in_list, p


def text_of(body, **parts):
    return vanban.extract(docx(body, **parts), "a.docx").text


def cells(source):
    return [
        [[source.text[start:end] for start, end in row] for row in table.rows]
        for table in source.tables
    ]


def cell(*paragraphs, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def row(*of, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(of)}</w:tr>"


def table(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def test_a_table_is_a_grid_and_merged_cells_stand_in_every_place():
    body = p("Phụ lục") + table(
        row(cell(p("TT")), cell(p("Nội dung")), cell(p("Chủ trì"))),
        row(cell(p("I")), cell(p("Nhóm việc"), properties='<w:gridSpan w:val="2"/>')),
        row(
            cell(p("1"), properties='<w:vMerge w:val="restart"/>'),
            cell(p("Tuyên truyền")),
            cell(p("Sở Nội vụ"), p("Thanh tra tỉnh")),
        ),
        row(cell(p(""), properties="<w:vMerge/>"), cell(p("Kiểm tra")), cell(p(""))),
    )

    source = vanban.extract(docx(body), "a.docx")

    assert cells(source) == [
        [
            ["TT", "Nội dung", "Chủ trì"],
            ["I", "Nhóm việc", "Nhóm việc"],
            ["1", "Tuyên truyền", "Sở Nội vụ\nThanh tra tỉnh"],
            ["1", "Kiểm tra", ""],
        ]
    ]


def test_a_table_in_a_table_keeps_its_rows():
    inner = table(row(cell(p("1")), cell(p("Hộ nghèo"))), row(cell(p("2")), cell(p("Hộ khác"))))

    source = vanban.extract(docx(table(row(cell(p("Biểu")), cell(inner)))), "a.docx")

    assert source.text == "Biểu\n|\n1 | Hộ nghèo\n2 | Hộ khác\n"
    assert cells(source)[1] == [["1", "Hộ nghèo"], ["2", "Hộ khác"]]
    assert cells(source)[0] == [["Biểu", "1 | Hộ nghèo\n2 | Hộ khác"]]


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ('<w:rPr><w:del w:id="1"/></w:rPr>', "its mark was deleted"),
        ('<w:rPr><w:moveFrom w:id="1"/></w:rPr>', "its mark was moved away"),
    ],
)
def test_paragraphs_whose_mark_is_deleted_are_one(properties, reason):
    body = p("Sở Nội vụ ", properties) + p("chủ trì.", in_list(7, 1)) + p("Hết")

    assert text_of(body, numbering=NUMBERING) == "1. Sở Nội vụ chủ trì.\nHết\n", reason


def test_moved_words_stand_where_they_were_moved_to():
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p><w:moveFrom>{run.format('cũ ')}</w:moveFrom>{run.format('giữa ')}</w:p>"
        f"<w:p><w:moveTo>{run.format('mới')}</w:moveTo></w:p>"
    )

    assert text_of(body) == "giữa \nmới\n"


def test_deleted_rows_and_cells_are_left_out():
    body = table(
        row(cell(p("1")), cell(p("bỏ"), properties='<w:cellDel w:id="3"/>'), cell(p("Giữ"))),
        row(cell(p("2")), cell(p("Bỏ")), properties='<w:del w:id="1"/>'),
        row(cell(p("3")), cell(p("Thêm")), properties='<w:ins w:id="2"/>'),
    )

    assert text_of(body) == "1 | Giữ\n3 | Thêm\n"


def test_a_text_box_is_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"
    body = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="urn:mc">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )

    assert text_of(body).count("Trong khung") == 1


def test_hidden_words_are_left_out():
    run = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>"
    body = "<w:p>{}{}</w:p>".format(
        run.format("<w:vanish/>", "ẩn "), run.format('<w:vanish w:val="0"/>', "hiện")
    )

    assert text_of(body) == "hiện\n"


def test_raised_digits_are_signs_of_notes_but_not_behind_a_measure():
    run = '<w:r><w:t>{}</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'

    assert text_of(f"<w:p>{run.format('Kết quả')}</w:p>") == "Kết quả²\n"
    assert text_of(f"<w:p>{run.format('500 m')}</w:p>") == "500 m2\n"


RELATIONS = (
    '<Relationships><Relationship Id="rId1" Target="header1.xml"/>'
    '<Relationship Id="rId2" Target="header2.xml"/></Relationships>'
)
PAGE = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def section(key):
    return f'<w:sectPr><w:headerReference xmlns:r="urn:r" w:type="first" r:id="{key}"/></w:sectPr>'


def with_headers(body, first, second=""):
    data = io.BytesIO(
        docx(body, header1=f"<w:hdr {W}>{first}</w:hdr>", header2=f"<w:hdr {W}>{second}</w:hdr>")
    )
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", RELATIONS)
    return data.getvalue()


def test_a_letterhead_in_the_page_header_comes_first_and_once():
    body = p("Thân") + section("rId1")
    data = with_headers(body, p("ỦY BAN NHÂN DÂN") + p("Số: 5/KH-UBND") + PAGE)

    text = vanban.extract(data, "a.docx").text

    assert text == "ỦY BAN NHÂN DÂN\nSố: 5/KH-UBND\nThân\n"


def test_the_header_of_an_annex_stands_before_the_annex():
    body = (
        p("Thân")
        + f"<w:p><w:pPr>{section('rId1')}</w:pPr></w:p>"
        + p("Bảng phân công")
        + section("rId2")
    )
    data = with_headers(body, p("Kế hoạch năm 2023"), p("Phụ lục I"))

    text = vanban.extract(data, "a.docx").text

    assert [line for line in text.split("\n") if line] == ["Thân", "Phụ lục I", "Bảng phân công"]


def run(words, font):
    return f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


@pytest.mark.parametrize(
    ("font", "shown", "text", "encoding"),
    [
        (".VnTime", "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", "tcvn3"),
        (".VnTimeH", "ñy ban nh©n d©n tØnh", "ỦY BAN NHÂN DÂN TỈNH", "tcvn3"),
        (".VnTime", "CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "tcvn3"),
        ("VNI-Times", "COÄNG HOØA, Ñoäc laäp - Töï do", "CỘNG HÒA, Độc lập - Tự do", "vni"),
        (".VnTime", "Tiếng Việt", "Tiếng Việt", "tcvn3"),  # Unicode in the old typeface stays
        ("Times New Roman", "Tiếng Việt", "Tiếng Việt", "utf-8"),
    ],
)  # fmt: skip
def test_runs_in_old_typefaces(font, shown, text, encoding):
    source = vanban.extract(docx(f"<w:p>{run(shown, font)}</w:p>"), "a.docx")

    assert (source.text, source.encoding) == (text + "\n", encoding)


def test_an_old_typeface_beside_a_new_one():
    body = f"<w:p>{run('ñy ban ', '.VnTime')}{run('nhân dân', 'Times New Roman')}</w:p>"

    assert text_of(body) == "ủy ban nhân dân\n"


def test_an_old_typeface_of_the_style():
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:style></w:styles>'
    )

    assert text_of(p("kÕ ho¹ch"), styles=styles) == "kế hoạch\n"


def test_old_words_in_a_new_typeface():
    source = vanban.extract(
        docx(p("Céng hßa x· héi chñ nghÜa ViÖt Nam") + p("Sở Nội vụ")), "a.docx"
    )

    assert source.text == "Cộng hòa xã hội chủ nghĩa Việt Nam\nSở Nội vụ\n"
    assert source.encoding == "tcvn3"
