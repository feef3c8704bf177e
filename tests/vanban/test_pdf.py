"""PDF: what was printed reads as what was typed."""

import io
import re

import pypdfium2
import pytest
from PIL import Image

import vanban
from tests.vanban import printed
from vanban import Unreadable
from vanban.formats import pdf

FONT = "/BaseFont/Helvetica/Subtype/Type1/Type/Font"


def make(*contents, page="", size=(595, 842)):
    """A PDF of pages with these drawing commands (Latin letters only)."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(contents)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(contents)}/Kids[{kids}]>>",
        f"<<{FONT}/Encoding/WinAnsiEncoding>>",
    ]
    for number, content in enumerate(contents):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size[0]} {size[1]}]{page}"
            f"/Resources<</Font<</F 3 0 R>>>>/Contents {5 + 2 * number} 0 R>>"
        )
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    body, offsets = b"%PDF-1.4\n", []
    for number, words in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj{words}endobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{len(body)}\n%%EOF"
    return body + end.encode()


def at(x, y, words, size=14):
    """Words that begin at x from the left and y from the foot."""
    return f"BT /F {size} Tf {x} {y} Td ({words}) Tj ET\n"


def down(*words, x=85, y=700, size=14):
    return "".join(at(x, y - 18 * n, line, size) for n, line in enumerate(words))


def text_of(data):
    return vanban.extract(data, "a.pdf").text


@pytest.fixture(scope="session")
def plan():
    return vanban.read_bytes(printed.pdf(), "ke-hoach.pdf")


@pytest.fixture(scope="session")
def typed():
    return vanban.read_bytes(printed.docx(), "ke-hoach.docx")


def test_the_frame_reads_as_that_of_the_docx(plan, typed):
    assert plan.header.as_json() == typed.header.as_json()
    assert plan.header.number == "57/KH-UBND"
    assert plan.header.signer == "Hoàng Thị Bích Vân"
    assert len(plan.header.recipients) == 3


@pytest.mark.parametrize("kind", ["outline", "citations", "duties", "targets", "statistics"])
def test_every_item_reads_as_that_of_the_docx(plan, typed, kind):
    found = [item.span.text for item in getattr(plan, kind)]

    assert found == [item.span.text for item in getattr(typed, kind)]
    assert found or kind == "statistics"


def test_the_text_is_that_of_the_docx_line_for_line(plan, typed):
    """But for the number and the date, which stand in one row of the DOCX."""
    own, other = (
        {line for line in text.split("\n") if line and not re.match("Số:|An Phúc, ngày", line)}
        for text in (plan.text, typed.text)
    )

    assert own == other


def test_a_sentence_torn_by_a_page_and_its_notes_is_one(plan):
    torn = next(line for line in plan.text.split("\n") if "đối thoại trực tiếp" in line)

    assert torn.startswith("- Ủy ban nhân dân các xã")
    assert "đã ban hành¹ ít nhất hai lần" in torn
    assert torn.endswith("theo đúng quy định², không để kéo dài sang năm sau.")
    notes = plan.text.rstrip("\n").split("\n")[-2:]
    assert notes[0].startswith("¹ Quyết định số 612/QĐ-UBND")
    assert notes[1].startswith("² Việc theo dõi")


def test_a_table_over_two_pages_is_one(plan):
    (table,) = plan.source.tables
    cells = [[plan.text[start:end] for start, end in row] for row in table.rows]

    assert cells[0] == list(printed.COLUMNS)
    assert [row[0] for row in cells[1:]] == [str(n + 1) for n in range(15)]
    assert cells[4] == ["4", *printed.WORK[3]]


def test_page_numbers_are_left_out(plan):
    assert not re.search(r"^\d$", plan.text, re.MULTILINE)


def test_places_lead_to_the_words_on_the_page(plan):
    document = pypdfium2.PdfDocument(printed.pdf())
    places = plan.source.map
    ends = [place.offset for place in places[1:]] + [len(plan.text)]

    for place, end in zip(places, ends, strict=True):
        page = document[place.page - 1]
        left, top, right, bottom = place.box
        height = plan.source.pages[place.page - 1][1]
        seen = page.get_textpage().get_text_bounded(
            left=left - 1, right=right + 1, top=height - top + 1, bottom=height - bottom - 1
        )
        words = plan.text[place.offset : end].split("\n")[0].strip(" |").split()
        assert words
        assert words[0].strip("¹²") in seen
        assert words[-1].rstrip(",").strip("¹²") in seen


def test_the_picture_of_a_page_fits_the_boxes(plan):
    png = Image.open(io.BytesIO(vanban.picture(printed.pdf(), "a.pdf", 1, 800))).convert("L")
    place = next(p for p in plan.source.map if plan.text.startswith("KẾ HOẠCH", p.offset))
    scale = 800 / plan.source.pages[0][0]
    left, top, right, bottom = (side * scale for side in place.box)

    assert png.size == (800, round(plan.source.pages[0][1] * scale))
    assert min(png.crop((left, top, right, bottom)).tobytes()) < 100
    assert min(png.crop((0, top, left - 3, bottom)).tobytes()) > 200


def test_lines_are_joined_where_a_word_had_no_room():
    first = "The province asks each of its departments to write down what has"
    words = down(first, "been done and what has not.", "A short line.", "Another one, as short.")

    assert text_of(make(words)) == (
        f"{first} been done and what has not.\nA short line.\nAnother one, as short.\n"
    )


FULL = "Every office shall open its books to the people and answer all"  # no word has room after it


@pytest.mark.parametrize(
    ("end", "label"),
    [
        (" of it.", "III. THE WORK"),
        (" of it;", "2. Reports"),
        (" of it.", "2.1- Reports"),
        (" of it:", "a. reports"),
        (" of it.", "- reports"),
        (" of them", "III. THE WORK"),  # a heading in capitals after a line without a stop
    ],
)
def test_a_label_begins_a_paragraph_also_after_a_full_line(end, label):
    indented = at(113, 740, "The plan of the year says how the people are to be heard")
    indented += down("and what comes of it in the end.", y=722)

    for before in ("", indented):
        text = text_of(make(before + down(FULL + end, label, "More of it.", y=704)))
        assert f"{end}\n{label[:2]}" in text


@pytest.mark.parametrize("label", ["12 reports", "In all", "I am"])
def test_a_full_line_goes_on_where_no_label_follows(label):
    text = text_of(make(down(FULL + " at no.", label + " is what it takes.", "More of it.")))

    assert f"at no. {label}" in text


def test_a_wider_gap_than_between_its_lines_ends_a_paragraph():
    near = down(FULL + " of it", FULL + " of it.", "In all it is so. " + FULL[:50], y=700)
    far = down(FULL + " of it", FULL + " of it.") + down("In all it is so.", y=658)

    assert text_of(make(near)).count("\n") == 1
    assert text_of(make(far)).endswith("of it.\nIn all it is so.\n")


def test_a_number_broken_at_its_hyphen_is_whole():
    first = "The plan that is carried out here is the one under number 45/KH-"

    assert "number 45/KH-UBND of the" in text_of(make(down(first, "UBND of the year before.")))


def test_columns_are_read_one_after_the_other():
    words = down("UBND TINH", "So: 1/KH-UBND", x=90) + down("CONG HOA", "Doc lap", x=350, y=702)

    assert text_of(make(words)) == "UBND TINH\nSo: 1/KH-UBND\n|\nCONG HOA\nDoc lap\n"


def test_three_columns_without_ruling_lines_are_rows():
    rows = [("Work", "Leads", "When"), ("Check", "Office", "May"), ("Report", "Board", "June")]
    words = "".join(
        at(x, 700 - 20 * n, word)
        for n, row in enumerate(rows)
        for x, word in zip((90, 250, 420), row, strict=True)
    )

    source = vanban.extract(make(words), "a.pdf")

    assert source.text == "Work | Leads | When\nCheck | Office | May\nReport | Board | June\n"
    assert len(source.tables[0].rows) == 3


def test_a_letter_of_two_columns_ends_before_its_addressee():
    head = down("UBND TINH", "So: 1/UBND-NC", x=90, size=12) + down("CONG HOA", "Doc lap", x=350)
    body = at(115, 664, "To whom it may concern") + down("The office asks for its figures.", y=640)

    assert text_of(make(head + body)).split("|\n")[1].startswith("CONG HOA\nDoc lap\nTo whom")


def test_two_signatures_are_columns_below_a_table_without_ruling_lines():
    rows = "".join(
        at(x, 700 - 20 * n, word)
        for n, row in enumerate([("Unit", "Cases", "People"), ("Hoa An", "12", "340")])
        for x, word in zip((90, 250, 420), row, strict=True)
    )
    signed = down("OFFICE", "HEAD", x=90, y=620) + down("BOARD", "CHAIR", x=380, y=620)

    assert text_of(make(rows + signed)) == (
        "Unit | Cases | People\nHoa An | 12 | 340\nOFFICE\nHEAD\n|\nBOARD\nCHAIR\n"
    )


def test_a_page_of_many_words_and_lines_is_read_to_its_end():
    words = "".join(at(7 * n % 550, 13 * n % 800, "a", (5, 8, 14)[n % 3]) for n in range(8_000))
    lines = "".join(f"{n % 500} {n % 800} m {n % 500 + 9} {n % 800} l S\n" for n in range(9_000))

    text = vanban.extract(make(words + lines), "a.pdf").text

    assert text.count("a") == 8_000


def test_a_merged_cell_stands_in_every_place_that_it_covers():
    lines = "85 700 m 385 700 l S 85 660 m 385 660 l S 185 680 m 385 680 l S 85 700 m 85 660 l S "
    lines += "185 700 m 185 660 l S 285 680 m 285 660 l S 385 700 m 385 660 l S\n"
    words = at(90, 675, "Name", 9) + at(190, 685, "Parts", 9) + at(190, 665, "a", 9)

    source = vanban.extract(make(lines + words + at(290, 665, "b", 9)), "a.pdf")

    texts = [[source.text[start:end] for start, end in row] for row in source.tables[0].rows]
    assert texts == [["Name", "Parts", "Parts"], ["Name", "a", "b"]]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_as_it_is_shown(turn):
    data = make(down("First line of the page", "Second"), page=f"/Rotate {turn}")

    upright = vanban.extract(make(down("First line of the page", "Second")), "a.pdf")
    source = vanban.extract(data, "a.pdf")

    assert source.text == upright.text
    width, height = source.pages[0]
    assert (width > height) == (turn != 180)
    _is_inked(data, source)


@pytest.mark.parametrize("matrix", ["0 1 -1 0 300 200", "0 -1 1 0 300 600", "-1 0 0 -1 510 500"])
def test_words_that_lie_on_their_side_are_read(matrix):
    words = f"BT /F 14 Tf {matrix} Tm (Annex on its side) Tj 0 -18 Td (goes on) Tj ET\n"

    source = vanban.extract(make(words), "a.pdf")

    assert source.text == "Annex on its side\ngoes on\n"
    _is_inked(make(words), source)


def _is_inked(data, source):
    """All ink of the first page lies in the boxes."""
    width, _ = source.pages[0]
    png = Image.open(io.BytesIO(vanban.picture(data, "a.pdf", 1, 700))).convert("L")
    for place in source.map:
        box = [side * 700 / width for side in place.box]
        assert min(png.crop(box).tobytes()) < 128
        png.paste(255, [round(box[0]) - 2, round(box[1]) - 2, round(box[2]) + 2, round(box[3]) + 2])
    assert min(png.tobytes()) > 128


def test_running_heads_are_left_out():
    pages = [at(200, 800, f"Gazette of the province, No. {n}", 10) + down(f"Page of {w}") for n, w in
             enumerate(("reports", "plans", "notices"), start=1)]  # fmt: skip

    assert text_of(make(*pages)) == "Page of reports\nPage of plans\nPage of notices\n"


def test_letters_of_bad_fonts_are_those_that_are_seen():
    from vanban.formats.glyphs import seen

    assert seen("Ƣu tiên, đƣợc \ufb01nal") == "Ưu tiên, được final"


def test_words_in_a_typeface_of_an_older_encoding_are_unicode():
    data = make(at(85, 700, "KÕ ho¹ch d©n vËn")).replace(b"/Helvetica", b"/ABCDEF+.VnTime")

    assert text_of(data) == "Kế hoạch dân vận\n"


def refused(data):
    with pytest.raises(Unreadable) as caught:
        vanban.extract(data, "a.pdf")
    assert "a.pdf" in str(caught.value)
    return caught.value.code


def test_what_cannot_be_read_is_refused():
    locked = make(down("words")).replace(
        b"trailer<<", b"trailer<</Encrypt<</Filter/Standard/V 1/R 2/P -4/O(" + b"x" * 32 + b")/U("
        + b"y" * 32 + b")>>/ID[(a)(a)]",
    )  # fmt: skip

    assert refused(locked) == "locked"
    assert refused(b"%PDF-1.7\nnothing of the kind") == "damaged"
    assert refused(make("")) == "no_text"


def test_a_part_of_a_pdf_never_breaks_the_reader():
    data = make(down("Some words", "on two lines"))

    for cut in range(0, len(data), 37):
        try:
            vanban.extract(data[:cut] + b"\x00" * 9 + data[cut + 5 :], "a.pdf")
        except Unreadable as reason:
            assert reason.code


def test_there_is_no_picture_of_a_text():
    with pytest.raises(Unreadable) as caught:
        vanban.picture(b"words", "a.txt", 1, 800)

    assert caught.value.code == "no_picture"


def test_a_page_that_is_not_there_has_no_picture():
    with pytest.raises(Unreadable):
        vanban.picture(make(down("words")), "a.pdf", 2, 800)


def test_missing_libraries_are_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)

    assert refused(make(down("words"))) == "missing_tool"


@pytest.mark.parametrize("size", [(0, 0), (1e9, 1e-9), ("1e400", "-5"), (14_400, 1), (1, 14_400)])
def test_a_page_of_any_size_is_read_and_drawn_or_refused(size):
    data = make(at(5, 5, "So Noi vu chu tri"), size=size)

    for ask in (
        lambda: vanban.read_bytes(data, "a.pdf"),
        lambda: vanban.picture(data, "a.pdf", 1, 400),
    ):
        try:
            ask()
        except Unreadable as error:
            assert str(error)


@pytest.mark.parametrize("broken", ["get_textpage", "get_size", "render"])
def test_a_page_that_pdfium_cannot_open_is_refused(monkeypatch, broken):
    def fail(*_args, **_options):
        raise pypdfium2.PdfiumError("broken")

    monkeypatch.setattr(pypdfium2.PdfPage, broken, fail)
    data = make("10 10 200 300 re f")

    assert refused(data) == "damaged"
    if broken != "get_textpage":
        with pytest.raises(Unreadable):
            vanban.picture(data, "a.pdf", 1, 400)


def test_signs_without_a_letter_are_left_out_in_old_typefaces_too():
    word = pdf._Raw(14, 0, 0, False)
    word.font, word.text = ".VnTime", "C\u00e9ng\x00"

    assert word.letters == "C\u1ed9ng"
