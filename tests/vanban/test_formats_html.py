"""Web pages: of portals, of Word and LibreOffice, and broken ones."""

import pytest

import vanban
from tests.vanban.test_formats import refused
from tests.vanban.test_formats_docx import cells


def page(body, head=""):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def text_of(body, head=""):
    return vanban.extract(page(body, head), "trang.html").text


@pytest.mark.parametrize(
    ("body", "text", "reason"),
    [
        ("<p>Một</p><p>Hai</p>", "Một\nHai\n", "paragraphs"),
        ("<h1>KẾ HOẠCH</h1><div>Năm 2023</div>", "KẾ HOẠCH\nNăm 2023\n", "headings and blocks"),
        ("<p>Một<p>Hai<div>Ba", "Một\nHai\nBa\n", "elements that are not closed"),
        ("<p>Dòng một<br>dòng hai</p>", "Dòng một\ndòng hai\n", "breaks"),
        ("<p>  Sở\n   Nội\tvụ </p>", "Sở Nội vụ\n", "blanks of the file"),
        ("<p><b>Sở </b> Nội vụ</p>", "Sở Nội vụ\n", "blanks on both sides of a tag"),
        ("<p>A &amp; B &#272;&agrave;</p>", "A & B Đà\n", "entities"),
        ("<pre>một\n  hai</pre>", "một\nhai\n", "text as printed"),
        ("<p>a < b</p>", "a < b\n", "a sign that opens no tag"),
        ("<p title='x>y'>Một</p>", "Một\n", "a sign within an attribute"),
        ("<p>Kết quả<sup>1</sup>, 5 m<sup>2</sup></p>", "Kết quả¹, 5 m2\n", "signs of notes"),
        ("<p>giữ <del>bỏ</del><ins>thêm</ins></p>", "giữ thêm\n", "changes as accepted"),
    ],
)
def test_pages(body, text, reason):
    assert text_of(body) == text, reason


@pytest.mark.parametrize(
    "left_out",
    [
        "<script>if (a < b) document.write('<p>x</p>')</script>",
        "<style>p { color: red }</style>",
        "<nav><a href='/'>Trang chủ</a></nav>",
        "<div hidden>ẩn</div>",
        "<div style='display: none'>ẩn<p>sâu</p></div>",
        "<!-- chú thích <p>x</p> -->",
        "<template><p>mẫu</p></template>",
        "<button>In</button><select><option>Tỉnh</option></select>",
    ],
)
def test_what_is_no_text_is_left_out(left_out):
    assert text_of(f"<p>Trước</p>{left_out}<p>Sau</p>") == "Trước\nSau\n"


def test_lists_have_their_numbers():
    body = (
        "<ol start=3><li>Ba<li>Bốn<ul><li>gạch</li></ul></li></ol>"
        "<ol type=I><li><p>Mục đích</p></li></ol><ol type=a><li value=4>Bốn</li></ol>"
    )

    assert text_of(body) == "3. Ba\n4. Bốn\n- gạch\nI. Mục đích\nd. Bốn\n"


def test_tables_are_lines_and_grids():
    body = (
        "<table><tr><th rowspan=2>TT<th colspan=2>Phân công</tr>"
        "<tr><td>Chủ trì<td>Phối hợp</tr>"
        "<tr><td>1<td>Sở Nội vụ<td><p>Sở Tư pháp</p><p>Thanh tra tỉnh</p></table>"
    )

    source = vanban.extract(page(body), "bang.html")

    assert source.text.startswith("TT | Phân công\nChủ trì | Phối hợp\n1\n|\nSở Nội vụ\n|\n")
    assert cells(source) == [
        [
            ["TT", "Phân công", "Phân công"],
            ["TT", "Chủ trì", "Phối hợp"],
            ["1", "Sở Nội vụ", "Sở Tư pháp\nThanh tra tỉnh"],
        ]
    ]


def test_a_page_laid_out_by_a_table_keeps_the_tables_in_it():
    inner = "<table><tr><td>1</td><td>Hộ nghèo</td></tr></table>"
    body = f"<table><tr><td>Cột trái</td><td><p>BÁO CÁO</p>{inner}</td></tr></table>"

    assert text_of(body) == "Cột trái\n|\nBÁO CÁO\n1 | Hộ nghèo\n"


def test_lists_and_notes_of_word():
    body = (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
        "<span style='mso-list:Ignore'>a)<span style='font:7.0pt'>&nbsp;&nbsp; </span></span>"
        "<![endif]>Sở Nội vụ<o:p></o:p></p>"
        "<p><!--[if !supportLists]--><span style='mso-list:Ignore'>·<span>&nbsp;</span></span>"
        "<!--[endif]-->Theo dõi<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a></p>"
        "<!--[if gte mso 9]><xml><w:WordDocument>x</w:WordDocument></xml><![endif]-->"
        "<div id=ftn1><p><a href='#_ftnref1'>[1]</a> Theo báo cáo</p></div>"
    )

    assert text_of(body) == "a) Sở Nội vụ\n- Theo dõi¹\n¹ Theo báo cáo\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<html><p>Kế hoạch công tác</p>".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + "<html><p>Kế hoạch công tác</p>".encode(), "utf-8"),
        ("<html><p>Kế hoạch công tác</p>".encode("utf-16"), "utf-16-le"),
        ("<html><p>Kế hoạch công tác</p>".encode("ascii", "xmlcharrefreplace"), "utf-8"),
        ("<html><meta charset=x-user-defined><p>KÕ ho¹ch c«ng t¸c</p>".encode("latin-1"), "tcvn3"),
        ("<html><p><font face='.VnTime'>KÕ ho¹ch c«ng t¸c</font></p>".encode(), "tcvn3"),
        ("<html><p style='font-family:VNI-Times'>Keá hoaïch coâng taùc</p>".encode(), "vni"),
    ],
)
def test_encodings_of_pages(data, encoding):
    source = vanban.extract(data, "trang.htm")

    assert (source.text, source.format) == ("Kế hoạch công tác\n", "html")
    assert source.encoding == encoding


@pytest.mark.parametrize("packing", ["quoted-printable", "base64"])
def test_a_single_file_web_page(packing):
    import base64
    import quopri

    body = page("<p>Kế hoạch năm 2023</p>")
    packed = base64.encodebytes(body) if packing == "base64" else quopri.encodestring(body)
    data = (
        b'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--x--"\r\n\r\n'
        b"----x--\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: "
        + packing.encode()
        + b"\r\n\r\n"
        + packed
        + b"\r\n----x--\r\nContent-Type: image/png\r\n\r\nx\r\n----x----\r\n"
    )

    source = vanban.extract(data, "trang.mht")

    assert (source.text, source.format) == ("Kế hoạch năm 2023\n", "html")


def test_a_page_without_words_is_said():
    assert refused(page("<script>x</script>")) == "empty"
    assert refused(page("<img src=x>")) == "no_text"


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<![", "<!", "<a b=\"", "<p ", "</", "<table><tr><td>", "<div>", "</div>", "<sup>", "<script>",
     "<li>", "<a a=", "<td rowspan=9999 colspan=9999>x", "<ol start=99999999999>", "&#9999999999;", "&"],
)  # fmt: skip
def test_what_is_broken_or_repeated_is_read_to_its_end(piece):
    data = page("<p>Kế hoạch</p>" + piece * (100_000 // len(piece)))

    try:
        text = vanban.extract(data, "x.html").text
    except vanban.Unreadable as error:
        text = f"Kế hoạch ({error.code})"

    assert text.startswith("Kế hoạch")


def test_places_lead_to_paragraphs():
    source = vanban.extract(page("<p>Một</p><table><tr><td>a<td>b</table>"), "a.html")

    assert [(source.text[at.offset], at.paragraph) for at in source.map] == [
        ("M", 0), ("a", 1), ("b", 2),
    ]  # fmt: skip


def test_typefaces_say_what_is_converted_once():
    shown = "<html><p><font face='.VnTime'>C¸c c¬ quan <b>vµ</b></font> <font face='.VnTimeH'>ñy ban</font></p>"

    for data in (shown.encode(), shown.encode("latin-1")):
        assert vanban.extract(data, "a.htm").text == "Các cơ quan và ỦY BAN\n"


def test_a_page_in_an_old_encoding_without_typefaces():
    data = page("<p>Céng hßa x· héi chñ nghÜa ViÖt Nam</p><p>c¸c së</p>")

    assert vanban.extract(data, "a.htm").text == "Cộng hòa xã hội chủ nghĩa Việt Nam\ncác sở\n"


@pytest.mark.parametrize("sign", ["&#" + "9" * 5_000 + ";", "&#x" + "f" * 5_000])
def test_a_number_longer_than_that_of_any_letter_is_an_unknown_letter(sign):
    page = f"<html><p title='{sign}'>Sở {sign} Nội vụ".encode()

    assert vanban.extract(page, "a.html").text == "Sở \ufffd Nội vụ\n"
