import io
import zipfile

import pytest

import vanban
from tests.vanban.samples import PLAN
from vanban import Unreadable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body, **parts):
    """A DOCX with this body; other parts by name."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return data.getvalue()


def p(words, properties=""):
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>"
    )


def in_list(number, level=0):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def refused(data, name="tệp.docx"):
    with pytest.raises(Unreadable) as caught:
        vanban.extract(data, name)
    assert str(caught.value)
    return caught.value.code


def test_labels_that_live_in_numbering():
    body = "".join(
        p(words, in_list(7, level))
        for level, words in (
            (0, "MỤC ĐÍCH"),
            (1, "Yêu cầu"),
            (2, "Sở Nội vụ"),
            (3, "Theo dõi"),
            (0, "NỘI DUNG"),
            (1, "Chung"),
        )
    )

    source = vanban.extract(docx(body, numbering=NUMBERING), "a.docx")

    assert source.text.split("\n")[:6] == [
        "I. MỤC ĐÍCH", "1. Yêu cầu", "a) Sở Nội vụ", "- Theo dõi", "II. NỘI DUNG", "1. Chung",
    ]  # fmt: skip


def test_labels_that_live_in_styles():
    styles = (
        f'<w:styles {W}><w:style w:styleId="Goc"><w:pPr>{in_list(7)}</w:pPr></w:style>'
        '<w:style w:styleId="Muc"><w:basedOn w:val="Goc"/></w:style></w:styles>'
    )

    source = vanban.extract(
        docx(p("MỤC ĐÍCH", '<w:pStyle w:val="Muc"/>'), numbering=NUMBERING, styles=styles), "a.docx"
    )

    assert source.text == "I. MỤC ĐÍCH\n"


def test_tables_are_read_cell_by_cell():
    cells = "<w:tc>{}</w:tc><w:tc>{}</w:tc>"
    head = cells.format(
        p("UBND TỈNH AN PHÚC") + p("Số: 1/KH-UBND"), p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    )
    row = cells.format(p("1"), p("Hộ nghèo"))

    source = vanban.extract(docx(f"<w:tbl><w:tr>{head}</w:tr><w:tr>{row}</w:tr></w:tbl>"), "a.docx")

    assert source.text == (
        "UBND TỈNH AN PHÚC\nSố: 1/KH-UBND\n|\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n1 | Hộ nghèo\n"
    )


def test_changes_are_taken_as_accepted():
    body = "<w:p><w:r><w:t>Một</w:t></w:r><w:del><w:r><w:delText> hai</w:delText></w:r></w:del><w:ins><w:r><w:t> ba</w:t></w:r></w:ins></w:p>"

    assert vanban.extract(docx(body), "a.docx").text == "Một ba\n"


def test_text_boxes_tabs_and_line_breaks():
    body = (
        "<w:p><w:r><w:t>Ngoài</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Trong</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r><w:r><w:tab/><w:t>sau</w:t><w:br/><w:t>dòng hai</w:t></w:r></w:p>"
    )

    assert vanban.extract(docx(body), "a.docx").text == "Trong\nNgoài\tsau\ndòng hai\n"


def test_footnotes_stand_after_the_text():
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{p(" Theo Nghị quyết số 5-NQ/TU")}</w:footnote></w:footnotes>'
    body = '<w:p><w:r><w:t>Kết quả</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p(
        "Hết"
    )

    source = vanban.extract(docx(body, footnotes=notes), "a.docx")

    assert source.text == "Kết quả¹\nHết\n¹ Theo Nghị quyết số 5-NQ/TU\n"


def test_map_leads_from_offsets_to_paragraphs():
    source = vanban.extract(docx(p("Một") + p("") + p("Hai")), "a.docx")

    assert [(place.offset, place.paragraph) for place in source.map] == [(0, 0), (4, 1), (5, 2)]
    assert source.text[5:8] == "Hai"


def test_a_docx_reads_like_its_text():
    lines = "".join(p(line) for line in PLAN.replace("&", "").splitlines())

    document = vanban.read_bytes(docx(lines), "ke-hoach.docx")

    assert document.source.format == "docx"
    assert document.duties == vanban.read(PLAN).duties


@pytest.mark.parametrize(
    ("data", "text", "form"),
    [
        ("Kế hoạch".encode(), "Kế hoạch", "txt"),
        (b"\xef\xbb\xbf" + "Kế hoạch".encode(), "Kế hoạch", "txt"),
        ("Kế hoạch".encode("utf-16"), "Kế hoạch", "txt"),
        ("Ke hoach so".encode("utf-16-le"), "Ke hoach so", "txt"),
        ("# Kế hoạch\n".encode(), "# Kế hoạch\n", "md"),
        ("Kế\r\nhoạch".encode(), "Kế\nhoạch", "txt"),
        (b"Ke\x00hoach cong tac dan van nam", "Ke\ufffdhoach cong tac dan van nam", "txt"),
    ],
)
def test_plain_text(data, text, form):
    source = vanban.extract(data, "tệp-không-đuôi")

    assert (source.text, source.format) == (text, form)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not_document"),  # Word 97
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"%PDF-1.7\n1 0 obj <</Subtype /Image>>", "damaged"),
        (b"%PDF-1.7\n1 0 obj <</Font 2 0 R>>", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "damaged"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "damaged"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
        (bytes(range(256)) * 4, "not_document"),
        (b"{\\rtf1 abc}", "not_document"),
    ],
)
def test_what_cannot_be_read_is_said(data, code):
    assert refused(data) == code


def test_other_archives_are_no_documents():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")

    assert refused(data.getvalue()) == "not_document"


def test_a_docx_of_pictures_is_a_scan():
    assert refused(docx("<w:p><w:r><w:drawing/></w:r></w:p>")) == "no_text"
    assert refused(docx("<w:p/>")) == "empty"


def test_a_bomb_is_refused():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 50_000_000)

    assert refused(data.getvalue()) == "unsafe"


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]>',
        '<!DOCTYPE a SYSTEM "http://an.example/a.dtd">',
    ],
)
def test_entities_are_refused(prolog):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", f"{prolog}<w:document {W}>&x;</w:document>")

    assert refused(data.getvalue()) == "unsafe"


def test_a_torn_docx_is_damaged():
    data = docx(p("Kế hoạch " * 500))

    assert refused(data[: len(data) // 2]) == "damaged"
    assert refused(docx("<w:p>")) == "damaged"


def test_too_deep_is_unsafe():
    assert refused(docx("<w:a>" * 2000 + "</w:a>" * 2000)) == "unsafe"


def test_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("vanban.formats.LIMIT", 10)

    assert refused(b"Ke hoach cong tac") == "too_large"


def test_the_message_names_the_file():
    with pytest.raises(Unreadable, match="“ảnh.png”"):
        vanban.extract(b"", "ảnh.png")


def test_a_note_that_is_mentioned_often_is_written_once():
    mention = '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{p("Chú thích")}</w:footnote></w:footnotes>'

    source = vanban.extract(docx(p("Đầu") + mention * 3, footnotes=notes), "a.docx")

    assert source.text.count("Chú thích") == 1


def test_more_words_than_any_document_has_are_refused(monkeypatch):
    monkeypatch.setattr("vanban.formats.story.LONGEST", 100)

    assert refused(docx(p("từ ngữ " * 20))) == "unsafe"
