import io
import zipfile

import pytest

from danvan.files import rules


def zipped(*parts: str) -> bytes:
    """A package with these parts, each with nothing in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part in parts:
            archive.writestr(part, "")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", rules.PDF),
        (b"\x89PNG\r\n\x1a\n....", rules.PNG),
        (b"\xff\xd8\xff\xe0....", rules.JPEG),
        (b"II*\x00....", rules.TIFF),
        (b"MM\x00*....", rules.TIFF),
        (b"GIF89a\x01\x00\x01\x00", rules.GIF),
        (b"BM\x00\x01\x00\x00\x00\x00\x00\x00", rules.BMP),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", rules.WEBP),
        (zipped("[Content_Types].xml", "word/document.xml"), rules.DOCX),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), rules.XLSX),
        (zipped("mimetype", "content.xml"), rules.ODT),
        ("Kế hoạch".encode(), rules.TEXT),
        ("\ufeffKế hoạch".encode(), rules.TEXT),  # Notepad writes a mark before UTF-8
        # Refused: what says nothing of itself, or is no evidence.
        (b"", None),
        (zipped("readme.txt"), None),  # any other archive
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", None),  # sound
        (b"PK\x03\x04 broken", None),  # begins as an archive and is none
        (b"MZ\x90\x00\x03", None),  # a program of Windows
        (b"\x7fELF\x02\x01\x01\x00", None),  # one of Linux
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),  # DOC, XLS of before 2007
        ("Kế hoạch".encode("utf-16"), None),  # text, but not in UTF-8
    ],
)
def test_a_file_is_what_its_content_says(data, kind):
    assert rules.media_type(data) == kind


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("Ke hoach.docx", rules.DOCX, "Ke hoach.docx"),
        ("ANH.JPEG", rules.JPEG, "ANH.JPEG"),
        ("ghi-chu.md", rules.TEXT, "ghi-chu.md"),
        ("ke-hoach.txt", "application/octet-stream", "ke-hoach.txt"),  # text in another encoding
        ("bao-cao.hta", rules.TEXT, "bao-cao.hta.txt"),  # a program, were it opened
        ("bao-cao.html", rules.PDF, "bao-cao.html.pdf"),  # begins as PDF, goes on as a page
        ("bao-cao.docx. ", rules.TEXT, "bao-cao.docx.txt"),  # Windows drops the end
        ("khong-duoi", rules.PNG, "khong-duoi.png"),
        ("../../etc/passwd", rules.TEXT, "passwd.txt"),
        ("C:\\a\\b.pdf", rules.PDF, "b.pdf"),
        ("a" * 300 + ".pdf", rules.PDF, "a" * 240 + ".pdf"),
    ],
)
def test_a_file_is_given_back_under_a_name_that_says_what_it_is(name, kind, kept):
    assert rules.safe_name(name, kind) == kept
