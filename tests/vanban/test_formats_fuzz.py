"""Changed files of every text format raise Unreadable, or give a text with places inside it."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vanban
from tests.vanban import hostile
from tests.vanban.test_formats import NUMBERING, docx, in_list, p
from tests.vanban.test_formats_docx import cell, row, run, section, table, with_headers
from tests.vanban.test_formats_odt import LIST, odt
from vanban.formats import archive, story
from vanban.formats import docx as formats_docx

SLOW = settings(
    max_examples=80, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
TAGS = st.sampled_from(
    "<p>|</p>|<table>|</table>|<tr>|</tr>|<td>|<td colspan=3 rowspan=2>|</td>|<ol>|</ol>|<li>|<ul>|</ul>|<div hidden>|"
    "</div>|<br>|<sup>|</sup>|<!--|-->|<![if x]>|<script>|</script>|<pre>|</pre>|<a href='#_ftn1'>|[1]|</a>|"
    "<span style='mso-list:Ignore'>|</span>|<font face=.VnTime>|</font>|Kế hoạch|ñy ban|&nbsp;|&#0;|&#xD800;|<|>|\"|'|=".split(
        "|"
    )
)
_ROWS = row(cell(p("1")), cell(p("Sở Nội vụ"), properties='<w:gridSpan w:val="2"/>'))
WORD = (
    p("MỤC ĐÍCH", in_list(7))
    + f"<w:p>{run('Céng hßa', '.VnTime')}</w:p>"
    + table(_ROWS, row(cell(p(""), properties="<w:vMerge/>"), cell(table(_ROWS))))
    + section("rId1")
)
OPEN = (
    '<text:list text:style-name="L1"><text:list-item><text:p>Một<text:s text:c="2"/></text:p></text:list-item>'
    "</text:list><table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>"
    "</table:table-row></table:table>"
)


def check(data):
    try:
        source = vanban.extract(data, "tệp")
    except vanban.Unreadable as error:
        assert str(error)
        return
    size = len(source.text)
    assert all(0 <= place.offset <= size for place in source.map)
    assert [place.offset for place in source.map] == sorted(place.offset for place in source.map)
    for grid in source.tables:
        assert all(0 <= start <= end <= size for line in grid.rows for start, end in line)


def mutated(data, text, changes):
    for place, old, new in changes:
        at = place % (len(text) + 1)
        text = text[:at] + new + text[at + old :]
    return data(text)


CHANGES = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(0, 30), st.sampled_from(["", "<", ">", "/", "9", '"', "x", "</w:p>", "<w:tr>", "<w:tc>", "<text:list>"])),
    max_size=4,
)  # fmt: skip


@SLOW
@given(st.lists(TAGS, max_size=40))
def test_pages_of_any_tags(tags):
    check(("<html>" + "".join(tags)).encode("utf-8", "replace"))


@SLOW
@given(st.binary(max_size=200), st.sampled_from([b"<html>", b"<p>", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n"]))  # fmt: skip
def test_pages_of_any_bytes(data, start):
    check(start + data)


@SLOW
@given(CHANGES)
def test_changed_docx(changes):
    check(mutated(lambda body: docx(body, numbering=NUMBERING), WORD, changes))


@SLOW
@given(CHANGES)
def test_changed_odt(changes):
    check(mutated(lambda body: odt(body, LIST), OPEN, changes))


@SLOW
@given(st.sampled_from(["docx", "odt"]), st.integers(0, 5000), st.integers(0, 255))
def test_a_wrong_byte_in_the_archive(form, place, value):
    data = bytearray(docx(WORD, numbering=NUMBERING) if form == "docx" else odt(OPEN, LIST))
    data[place % len(data)] = value

    check(bytes(data))


@SLOW
@given(st.binary(max_size=300))
def test_bytes_in_no_encoding(data):
    check("Kế hoạch công tác ".encode() + data)


@pytest.mark.parametrize(
    "body",
    [
        "<table:table>" * 100 + "<text:p>x</text:p>" + "</table:table>" * 100,
        '<table:table><table:table-row><table:table-cell table:number-columns-repeated="999999" '
        'table:number-rows-spanned="999999"/></table:table-row></table:table><text:p>x</text:p>',
        '<text:p>x<text:s text:c="999999"/></text:p>' * 50,
    ],
)
def test_what_multiplies_stays_small(body):
    source = vanban.extract(odt(body), "a.odt")

    assert len(source.text) < 50_000
    assert sum(len(line) for grid in source.tables for line in grid.rows) < 50_000


def test_tables_that_would_grow_too_large_have_no_grid():
    cells = "<w:tc><w:tcPr><w:gridSpan w:val='99'/></w:tcPr></w:tc>"
    data = docx(f"<w:tbl>{f'<w:tr>{cells}</w:tr>' * 4_000}</w:tbl>" + p("Hết"))

    assert vanban.extract(data, "a.docx").tables == ()


def test_an_archive_of_neither_is_no_document():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("content.xml", "<a/>")

    check(data.getvalue())


@pytest.mark.parametrize("name", hostile.FILES)
def test_files_that_multiply_are_read_or_refused(monkeypatch, name):
    monkeypatch.setattr(archive, "RATIO", 10_000)

    check(hostile.FILES[name](8_000))


def test_cells_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(story, "LONGEST", 3_000)

    with pytest.raises(vanban.Unreadable) as refused:
        vanban.extract(b"<html><p>x<table>" + b"<td>" * 200, "a.html")

    assert refused.value.code == "unsafe"


def test_page_headers_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(formats_docx, "HEADERS", 100)

    with pytest.raises(vanban.Unreadable) as refused:
        vanban.extract(with_headers(p("x") + section("rId1"), p("PH\u1ee4 L\u1ee4C")), "a.docx")

    assert refused.value.code == "unsafe"


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_archives_packed_as_no_document_is_are_refused(method):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as packed:
        packed.writestr("word/document.xml", "<a/>")

    with pytest.raises(vanban.Unreadable) as refused:
        vanban.extract(data.getvalue(), "a.docx")

    assert refused.value.code == "damaged"
