"""What kind of file it is, told before anything is read."""

import pytest

import vanban
from tests.vanban.samples import PLAN
from tests.vanban.test_formats import docx


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PLAN.encode(), "text"),
        (PLAN.encode("utf-16"), "text"),
        (docx("<w:p><w:r><w:t>Sở Nội vụ</w:t></w:r></w:p>"), "docx"),
        (b"%PDF-1.7 cut", "pdf"),
        (b"\x89PNG\r\n\x1a\n cut", "image"),
        (b"<!DOCTYPE html><p>UBND", "html"),
        (b'<?xml version="1.0"?><office:document xmlns:office="x">', "fodt"),
    ],
)
def test_the_kind_is_told_by_the_content(data, kind):
    assert vanban.check(data, "x") == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b" \n ", "empty"),
        (bytes(range(1, 256)) * 20, "not_document"),
        (b"PK\x05\x06" + bytes(18), "damaged"),
        (b"PK\x03\x04 cut", "damaged"),
        (b"{\\rtf1 x}", "not_document"),
        (b"MZ" + bytes(200), "not_document"),
    ],
)
def test_what_is_surely_no_document_is_refused(data, code):
    with pytest.raises(vanban.Unreadable) as refused:
        vanban.check(data, "x")

    assert refused.value.code == code


def test_only_the_beginning_of_a_text_is_looked_at():
    assert vanban.check(PLAN.encode() * 200 + b"\xff\x00" * 50_000, "x") == "text"
