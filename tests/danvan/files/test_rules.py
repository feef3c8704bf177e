import pytest

from danvan.files import rules


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
