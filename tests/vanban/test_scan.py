"""Scans: pictures of the same plan, read by Tesseract."""

import difflib
import io
import shutil
import subprocess

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter

import vanban
from tests.vanban import printed
from vanban import Unreadable
from vanban.formats import roman, scan
from vanban.formats.layout import Rule


def _has_vietnamese():
    if shutil.which("tesseract") is None:
        return False
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=False)
    return b"vie" in listed.stdout.split()


needs_tesseract = pytest.mark.skipif(
    not _has_vietnamese(), reason="Tesseract or its Vietnamese model is not installed"
)


def page(number, resolution=200):
    """A page of the plan as a scanner gives it."""
    document = pypdfium2.PdfDocument(printed.pdf())
    return document[number - 1].render(scale=resolution / 72, grayscale=True).to_pil()


def as_bytes(image, kind="PNG", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.fixture(scope="session")
def scanned():
    """The first page and a table as a TIFF of two pages; the second one stands a little askew."""
    askew = (
        page(3)
        .crop((0, 0, 1653, 850))
        .rotate(-1.2, resample=Image.Resampling.BICUBIC, fillcolor=255)
    )
    data = as_bytes(page(1), "TIFF", save_all=True, append_images=[askew], dpi=(200, 200))
    return data, vanban.read_bytes(data, "ban-quet.tif")


@needs_tesseract
def test_the_frame_of_a_scan(scanned):
    header = scanned[1].header

    assert scanned[1].source.format == "image"
    assert (header.number, header.date, header.kind) == ("57/KH-UBND", "2024-02-19", "Kế hoạch")
    assert header.issuer == "ỦY BAN NHÂN DÂN TỈNH AN PHÚC"
    assert header.place == "An Phúc"
    wanted = printed.PLAN.title
    assert difflib.SequenceMatcher(None, header.title, wanted).ratio() > 0.97


@needs_tesseract
def test_duties_of_a_scan(scanned):
    """All that the first page of the typed plan has, misread letters aside."""
    typed = vanban.read_bytes(printed.docx(), "ke-hoach.docx")
    end = typed.text.index("- Ủy ban nhân dân các xã")
    wanted = [duty.span.text for duty in typed.duties if duty.span.end < end]
    found = [duty.span.text for duty in scanned[1].duties]

    assert len(wanted) == 3
    assert all(difflib.get_close_matches(text, found, 1, 0.95) for text in wanted)


@needs_tesseract
def test_letters_of_a_scan(scanned):
    """At most one letter in a hundred is misread on the first page."""
    printed_text = vanban.extract(printed.pdf(), "a.pdf")
    end = next(place.offset for place in printed_text.map if place.page == 2)
    wanted = " ".join(printed_text.text[:end].split())
    source = scanned[1].source
    last = next(place.offset for place in source.map if place.page == 2)
    got = " ".join(source.text[:last].split())

    same = difflib.SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
    right = sum(block.size for block in same)
    assert right > 0.99 * len(wanted)


@needs_tesseract
def test_a_ruled_table_of_a_scan_that_stands_askew(scanned):
    table = scanned[1].source.tables[0]
    text = scanned[1].text
    rows = [[text[start:end] for start, end in row] for row in table.rows]

    assert rows[0] == list(printed.COLUMNS)
    assert any(row[1:3] == ["Khảo sát mức độ hài lòng", "Sở Khoa học và Công nghệ"] for row in rows)


@needs_tesseract
def test_the_signature_of_a_scan():
    """Columns of different type, side by side, in a picture that is not quite sharp."""
    image = page(3).crop((0, 1560, 1653, 2120)).filter(ImageFilter.GaussianBlur(0.7))

    header = vanban.read_bytes(as_bytes(image, dpi=(200, 200)), "a.png").header

    assert header.authority == "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"
    assert header.signer_role == "PHÓ CHỦ TỊCH"
    assert header.signer.startswith("Hoàng Thị Bích")
    assert len(header.recipients) == 3


@needs_tesseract
def test_places_of_a_scan_lead_to_ink(scanned):
    data, document = scanned
    for number in (1, 2):
        width, height = document.source.pages[number - 1]
        assert (round(width), round(height)) == (595, 842 if number == 1 else 306)
        png = Image.open(io.BytesIO(vanban.picture(data, "a.tif", number, 900))).convert("L")
        places = [place for place in document.source.map if place.page == number]
        assert len(places) > 15
        for place in places:
            box = [side * 900 / width for side in place.box]
            assert min(png.crop(box).tobytes()) < 140


@needs_tesseract
def test_a_pdf_of_pictures_that_lies_on_its_side():
    name = page(1).crop((150, 180, 1550, 900))
    data = as_bytes(name.rotate(90, expand=True), "PDF", resolution=200)

    document = vanban.read_bytes(data, "ban-quet.pdf")

    assert document.source.format == "pdf-scan"
    assert document.header.number == "57/KH-UBND"
    width, height = document.source.pages[0]
    assert height > width
    right = max(place.box[2] for place in document.source.map)
    assert right <= width


def refused(data, name="anh.png"):
    with pytest.raises(Unreadable) as caught:
        vanban.extract(data, name)
    assert name in str(caught.value)
    return caught.value.code


@needs_tesseract
def test_a_picture_without_words_is_refused():
    assert refused(as_bytes(Image.new("L", (700, 900), 255))) == "no_text"


def test_a_picture_that_unpacks_without_end_is_refused():
    huge = as_bytes(Image.new("1", (7_000, 7_000)))

    assert len(huge) < 10_000
    assert refused(huge) == "too_large"


def test_a_broken_picture_is_refused():
    whole = as_bytes(Image.new("L", (300, 400), 255))

    assert refused(whole[:90]) == "damaged"
    assert refused(b"\xff\xd8\xff" + b"\x90" * 500, "a.jpg") == "damaged"


def test_missing_tools_are_named(monkeypatch):
    data = as_bytes(Image.new("L", (400, 500), 255))
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(Unreadable) as caught:
        vanban.extract(data, "a.png")

    assert caught.value.code == "missing_tool"
    assert "tesseract-ocr-vie" in str(caught.value)


def test_a_text_that_begins_like_a_picture_is_a_text():
    assert vanban.extract("BM-01: Biểu mẫu".encode(), "a.txt").format == "txt"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("L MỤC ĐÍCH", "I. MỤC ĐÍCH"),
        ("HI. CHỈ TIÊU", "III. CHỈ TIÊU"),
        ("trong Quý HI năm", "trong Quý III năm"),
        ("L Mục đích", "L Mục đích"),  # an initial, no heading in capitals
        ("HI TÊN", "HI TÊN"),
        ("II. CHỈ TIỂU", "II. CHỈ TIÊU"),
        ("trong nắm 2024;", "trong năm 2024;"),
        ("nắm bắt", "nắm bắt"),
        ("Tổng công", "Tổng cộng"),
        ("Tổng công ty", "Tổng công ty"),
    ],
)
def test_roman_numbers_that_were_taken_for_letters(read, printed):
    assert scan._mended(read.split()) == printed.split()


def strokes(shape, lean=0.0):
    """A word of capitals with feet, 40 dots high: I and H, and a slash with what stands behind it."""
    image = Image.new("L", (300, 80), 255)
    draw = ImageDraw.Draw(image)
    x = 20

    def line(bottom, top, width=6):
        draw.line((bottom, 60, top + lean * 40, 20), fill=20, width=width)

    for letter in shape:
        if letter in "IH":
            for at in (x, x + 20) if letter == "H" else (x,):
                line(at, at)
                for y in (20, 59):
                    at_foot = at + lean * (60 - y)
                    draw.rectangle((at_foot - 9, y - 1, at_foot + 9, y), fill=20)
        if letter == "H":
            draw.rectangle((x, 38, x + 20, 41), fill=20)
        if letter == "/":
            line(x - 8, x + 8 + lean * 20, width=4)
        if letter == "0":
            draw.ellipse((x - 8, 20, x + 8, 60), outline=20, width=4)
        x += 40 if letter == "H" else 20
    return image


def words_of(*read, size=30.0):
    """What is kept of the words of a line and how sure Tesseract was of each."""
    boxes = [(60.0 * n, 100.0, 60.0 * n + 50, 124.0, sure) for n, (_, sure) in enumerate(read)]
    line = scan._Read(0.0, 0.0, 124.0, size, boxes, [text for text, _ in read])
    return [(word.text, word.doubtful) for word in scan._words(line, 0.36, size)]


def test_an_unsure_word_in_a_sure_line_is_kept_and_doubtful():
    sure = [(word, 96.0) for word in ("báo", "cáo", "tỉnh", "trước", "ngày")]

    kept = words_of(*sure, ("05", 12.0), ("thắng", 9.0), ("x", 3.0), ("12", 96.0))

    assert [text for text, _ in kept[5:]] == ["05", "thắng", "12"]
    assert [text for text, doubtful in kept if doubtful] == ["05", "thắng"]


def test_specks_before_a_word_are_no_part_of_it():
    assert [scan._cleaned(word) for word in ("'TT", "`1.", "“Dân", "'")] == [
        "TT",
        "1.",
        "“Dân",
        "'",
    ]


def test_specks_are_no_words():
    assert words_of(("ệthi", 8.0)) == []
    assert words_of(("ĐÃ", 8.0), ("thỉ", 20.0), ("nỉh", 30.0)) == [("nỉh", True)]


@pytest.mark.parametrize("lean", [0.0, 0.2])
@pytest.mark.parametrize(
    ("shape", "found"),
    [("I", 1), ("II", 2), ("III", 3), ("I/0", 1), ("II/00", 2), ("III/0", 3), ("H", None)],
)
def test_strokes_of_roman_numbers_are_counted(shape, found, lean):
    image = strokes(shape, lean)

    assert roman.count(image, (4, 16, 290, 64)) == found
    assert roman.count(image.resize((120, 32)), (2, 6, 116, 26)) == found


@pytest.mark.parametrize(
    ("texts", "place", "number"),
    [
        ("trong quý IIH/2024.", 2, "III/2024."),
        ("Quý 11⁄2024", 1, "III/2024"),
        ("HI. CHỈ TIÊU", 0, "III."),
        ("L MỤC ĐÍCH", 0, "III."),
        ("Phụ lục H", 2, "III"),
        ("lÏ", 0, "III"),
        ("giai đoạn II", 2, "III"),
        ("quý 1", 1, None),
        ("11", 0, "III"),
        ("II BAN", 0, "III"),
        ("L Mục đích", 0, None),
        ("HI TÊN", 0, "III"),
        ("Ủy viên Hội", 2, None),
    ],
)
def test_where_a_roman_number_stands_its_strokes_decide(texts, place, number):
    words = texts.split()
    boxes = [(0.0, 0.0, 3.0, 40.0)] * place + [(4.0, 16.0, 290.0, 64.0)] * (len(words) - place)

    found = roman.number(strokes("III/0"), words, boxes, place)

    assert found == (number and roman.Number(number, True))


def test_eleven_is_not_taken_for_a_roman_number():
    image = strokes("II")
    image.paste(255, (24, 18, 34, 23))  # no foot at the right of the head of the first

    for words in (["lục", "11"], ["11"]):
        boxes = [(0.0, 0.0, 3.0, 40.0)] * (len(words) - 1) + [(4.0, 16.0, 290.0, 64.0)]
        assert roman.number(image, words, boxes, len(words) - 1) is None
        found = roman.number(strokes("II"), words, boxes, len(words) - 1)
        assert found == roman.Number("II", True)


def test_a_roman_number_without_plain_strokes_stays_and_is_doubtful():
    blank = Image.new("L", (300, 80), 255)

    found = roman.number(blank, ["quý", "II/2024"], [(0, 0, 3, 40), (4, 16, 290, 64)], 1)

    assert found == roman.Number("II/2024", False)


@needs_tesseract
def test_quarters_of_a_scan(scanned):
    """“Quý III” in a small cell is what is misread most."""
    text, table = scanned[1].text, scanned[1].source.tables[0]
    rows = [[text[start:end] for start, end in row] for row in table.rows]

    quarters = [row[4] for row in rows if row[4].startswith("Quý")]

    assert "Quý III" in quarters
    assert set(quarters) <= {"Quý I", "Quý III"}
    assert all(row[4] == "Quý III" for row in rows if row[1].startswith("Kiểm tra"))


def test_ruling_lines_of_a_picture():
    image = Image.new("L", (1_600, 800), 255)
    for y in (100, 200, 300):
        image.paste(0, (100, y, 1_500, y + 2))
    for x in (100, 800, 1_498):
        image.paste(0, (x, 100, x + 2, 302))
    image.paste(0, (300, 500, 700, 600))  # a stamp is no line

    found = [Rule(*rule) for rule in scan.rules(image)]

    assert [round(rule.top) for rule in found if rule.lies] == [100, 200, 300]
    assert [round(rule.left) for rule in found if not rule.lies] == [100, 800, 1_498]


def test_a_row_of_letters_from_border_to_border_is_no_ruling_line():
    image = Image.new("L", (1_600, 800), 255)
    for y in (100, 300):
        image.paste(0, (100, y, 1_500, y + 2))
    for x in (100, 1_498):
        image.paste(0, (x, 100, x + 2, 302))
    for x in range(110, 1_490, 14):
        image.paste(0, (x, 198, x + 11, 202))  # the feet of letters, close to one another

    found = [Rule(*rule) for rule in scan.rules(image)]

    assert [round(rule.top) for rule in found if rule.lies] == [100, 300]


@pytest.mark.parametrize("size", [(1, 30_000), (30_000, 1), (301, 100_000)])
def test_a_strip_is_no_page_and_its_picture_stays_small(size):
    data = as_bytes(Image.new("1", size, 1))

    assert refused(data) == "no_text"
    assert Image.open(io.BytesIO(vanban.picture(data, "a.png", 1, 16))).height <= 20_000
