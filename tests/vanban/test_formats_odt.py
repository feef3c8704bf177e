"""OpenDocument text, made by hand and by LibreOffice."""

import io
import shutil
import subprocess
import zipfile

import pytest

import vanban
from tests.vanban.test_formats import NUMBERING, W, docx, in_list, p, refused
from tests.vanban.test_formats_docx import cell as docx_cell
from tests.vanban.test_formats_docx import cells, row, table

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "draw", "fo")
)


def odt(body, automatic="", styles=""):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
        archive.writestr(
            "styles.xml", f"<office:document-styles {SPACES}>{styles}</office:document-styles>"
        )
    return data.getvalue()


def text_of(body, automatic="", styles=""):
    source = vanban.extract(odt(body, automatic, styles), "a.odt")
    assert source.format == "odt"
    return source.text


LIST = (
    '<text:list-style style:name="L1">'
    '<text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="I"/>'
    '<text:list-level-style-number text:level="2" style:num-suffix="." style:num-format="1" text:display-levels="1"/>'
    '<text:list-level-style-number text:level="3" style:num-suffix=")" style:num-format="a" text:start-value="2"/>'
    '<text:list-level-style-bullet text:level="4" text:bullet-char="•"/></text:list-style>'
)


@pytest.mark.parametrize(
    ("body", "text", "reason"),
    [
        ("<text:p>Một</text:p><text:h>Hai</text:h>", "Một\nHai\n", "paragraphs and headings"),
        ('<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>', "a   b\tc\nd\n", "blanks"),
        ("<text:p>  Sở\n  Nội <text:span> vụ</text:span></text:p>", "Sở Nội vụ\n", "blanks of the file"),
        ("<text:p>Sở <text:soft-page-break/>Nội vụ</text:p>", "Sở Nội vụ\n", "a page break in a sentence"),
        ("<text:p>Ngoài<draw:frame><draw:text-box><text:p>Trong</text:p></draw:text-box></draw:frame></text:p>",
         "Trong\nNgoài\n", "text boxes"),
        ("<text:p>Một<office:annotation><text:p>ý kiến</text:p></office:annotation></text:p>", "Một\n", "comments"),
    ],
)  # fmt: skip
def test_paragraphs(body, text, reason):
    assert text_of(body) == text, reason


def test_numbers_of_lists():
    body = (
        '<text:list text:style-name="L1"><text:list-item><text:p>MỤC ĐÍCH</text:p>'
        "<text:list><text:list-item><text:p>Yêu cầu</text:p>"
        "<text:list><text:list-item><text:p>Sở Nội vụ</text:p><text:p>dòng thêm</text:p>"
        "<text:list><text:list-item><text:p>Theo dõi</text:p></text:list-item></text:list>"
        "</text:list-item></text:list></text:list-item></text:list></text:list-item></text:list>"
        "<text:p>Giữa</text:p>"
        '<text:list text:style-name="L1" text:continue-numbering="true">'
        "<text:list-item><text:p>NỘI DUNG</text:p></text:list-item></text:list>"
        '<text:list text:style-name="L1"><text:list-item text:start-value="5"><text:p>Năm</text:p>'
        "</text:list-item></text:list>"
    )

    assert text_of(body, LIST).split("\n") == [
        "I. MỤC ĐÍCH", "1. Yêu cầu", "b) Sở Nội vụ", "dòng thêm", "• Theo dõi", "Giữa", "II. NỘI DUNG",
        "V. Năm", "",
    ]  # fmt: skip


def test_numbers_of_headings():
    outline = (
        '<office:styles><text:outline-style><text:outline-level-style text:level="1" style:num-format="1" '
        'style:num-list-format="Điều %1%."/></text:outline-style></office:styles>'
    )
    heading = '<text:h text:outline-level="1">{}</text:h>'

    body = heading.format("Phạm vi") + heading.format("Đối tượng")

    assert text_of(body, styles=outline) == "Điều 1. Phạm vi\nĐiều 2. Đối tượng\n"


def test_tables_are_lines_and_grids():
    body = (
        "<table:table><table:table-row><table:table-cell><text:p>TT</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-spanned="2"><text:p>Phân công</text:p></table:table-cell>'
        "<table:covered-table-cell/></table:table-row>"
        '<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>1</text:p></table:table-cell>'
        "<table:table-cell><text:p>Sở A</text:p></table:table-cell><table:table-cell><text:p>Sở B</text:p>"
        "</table:table-cell></table:table-row>"
        "<table:table-row><table:covered-table-cell/>"
        '<table:table-cell table:number-columns-repeated="2"/></table:table-row></table:table>'
    )

    source = vanban.extract(odt(body), "a.odt")

    assert source.text == "TT | Phân công\n1 | Sở A | Sở B\n | \n"
    assert cells(source) == [
        [["TT", "Phân công", "Phân công"], ["1", "Sở A", "Sở B"], ["1", "", ""]]
    ]


def test_notes_stand_after_the_text():
    note = (
        '<text:note text:note-class="{}"><text:note-citation>9</text:note-citation><text:note-body>'
        "<text:p>{}</text:p></text:note-body></text:note>"
    )
    body = (
        f"<text:p>Một{note.format('endnote', 'Cuối')} hai{note.format('footnote', 'Chân')}.</text:p>"
        "<text:p>Hết</text:p>"
    )

    assert text_of(body) == "Một¹ hai¹.\nHết\n¹ Chân\n¹ Cuối\n"


def test_changes_are_taken_as_accepted():
    body = (
        '<text:tracked-changes><text:changed-region xml:id="c1" text:id="c1"><text:deletion>'
        "<text:p>bỏ</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p>Một<text:change text:change-id="c1"/> '
        '<text:change-start text:change-id="c1"/>hai <text:change-end text:change-id="c1"/>ba</text:p>'
    )

    assert text_of(body) == "Một ba\n"


def test_a_letterhead_in_the_page_header():
    styles = (
        "<office:master-styles><style:master-page><style:header><text:p>ỦY BAN NHÂN DÂN</text:p>"
        "<text:p>Trang <text:page-number>3</text:page-number></text:p></style:header>"
        "<style:footer><text:p>chân trang</text:p></style:footer></style:master-page></office:master-styles>"
    )

    assert text_of("<text:p>Thân</text:p>", styles=styles).split("\n")[0] == "ỦY BAN NHÂN DÂN"
    assert "chân trang" not in text_of("<text:p>Thân</text:p>", styles=styles)


def test_old_typefaces():
    automatic = (
        '<style:font-face style:name="F1" svg:font-family="\'.VnTimeH\'" xmlns:svg="urn:svg"/>'
        '<style:style style:name="T1" style:family="text"><style:text-properties style:font-name="F1"/></style:style>'
    )
    body = '<text:p><text:span text:style-name="T1">ñy ban nh©n d©n</text:span> tỉnh</text:p>'

    source = vanban.extract(odt(body, automatic), "a.odt")

    assert (source.text, source.encoding) == ("ỦY BAN NHÂN DÂN tỉnh\n", "tcvn3")


def test_flat_files_read_the_same():
    flat = (
        f'<?xml version="1.0"?><office:document {SPACES}><office:automatic-styles>{LIST}'
        '</office:automatic-styles><office:body><office:text><text:list text:style-name="L1">'
        "<text:list-item><text:p>MỤC ĐÍCH</text:p></text:list-item></text:list></office:text>"
        "</office:body></office:document>"
    )

    assert vanban.extract(flat.encode(), "a.fodt").text == "I. MỤC ĐÍCH\n"


def test_what_is_no_text_document_is_said():
    assert refused(odt("")) == "empty"
    assert refused(odt("<text:p><draw:image/></text:p>")) == "no_text"
    assert refused(odt("<text:p>")) == "damaged"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_writes_what_was_read(tmp_path):
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{p("Theo báo cáo")}</w:footnote></w:footnotes>'
    body = (
        p("MỤC ĐÍCH", in_list(7))
        + p("Sở Nội vụ", in_list(7, 1))
        + p("Thanh tra tỉnh", in_list(7, 2))
        + p("NỘI DUNG", in_list(7))
        + '<w:p><w:r><w:t>Kết quả</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        + table(
            row(docx_cell(p("TT")), docx_cell(p("Nội dung")), docx_cell(p("Chủ trì"))),
            row(docx_cell(p("1")), docx_cell(p("Chung"), properties='<w:gridSpan w:val="2"/>')),
        ).replace("<w:tbl>", "<w:tbl><w:tblPr/><w:tblGrid>" + "<w:gridCol/>" * 3 + "</w:tblGrid>")
        + p("Hết")
    )
    data = complete(docx(body, numbering=NUMBERING, footnotes=notes))
    (tmp_path / "a.docx").write_bytes(data)

    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
        + ["--convert-to", "odt", "--outdir", tmp_path, tmp_path / "a.docx"],
        check=True,
        capture_output=True,
        timeout=60,
    )

    ours, theirs = vanban.extract(data, "a"), vanban.extract((tmp_path / "a.odt").read_bytes(), "a")
    assert theirs.text == ours.text
    assert cells(theirs) == cells(ours)


def complete(data):
    """The DOCX with the lists of its parts, without which only this reader can open it."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    names = {"document": "document.main", "numbering": "numbering", "footnotes": "footnotes"}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}.{of}+xml"/>'
        for name, of in names.items()
    )
    related = '<Relationship Id="r{0}" Type="' + office + '/{0}" Target="{1}{0}.xml"/>'
    own = related.format("numbering", "") + related.format("footnotes", "")
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
            f'"application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        )
        for name, of in (
            (
                "_rels/.rels",
                related.format("document", "word/").replace('/document"', '/officeDocument"', 1),
            ),
            ("word/_rels/document.xml.rels", own),
        ):
            archive.writestr(
                name, f'<Relationships xmlns="{package}/relationships">{of}</Relationships>'
            )
    return stream.getvalue()
