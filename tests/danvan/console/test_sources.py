import html
import re

import pytest

from danvan.console.documents.sources import Mark, paragraphs

TEXT = "I. MỤC ĐÍCH\n- Sở Tư pháp & Sở Y tế <gửi>.\n|\n\nHết."


def _words(page):
    """Start of each paragraph → its words, without the marks."""
    found = re.findall(r"<p[^>]* data-start=(\d+)>(.*?)</p>", page, re.DOTALL)
    return {int(start): html.unescape(re.sub(r"<[^>]+>", "", words)) for start, words in found}


@pytest.mark.parametrize(
    "marks",
    [
        [],
        [Mark(14, 24, "a")],
        [Mark(14, 24, "a"), Mark(14, 24, "b")],  # the same words twice
        [Mark(14, 36, "a"), Mark(17, 24, "b")],  # one within the other
        [Mark(14, 24, "a"), Mark(20, 36, "b")],  # crossing each other
        [Mark(3, 30, "a")],  # over two paragraphs
    ],
)
def test_every_paragraph_holds_exactly_its_words(marks):
    words = _words(paragraphs(TEXT, marks))

    assert words == {start: TEXT[start:][: len(line)] for start, line in words.items()}
    assert (
        len(words) == 3
    )  # blank lines, and those that only part the cells of a table, are left out


def test_words_are_escaped():
    assert "<gửi>" not in paragraphs(TEXT)
    assert "&lt;gửi&gt;" in paragraphs(TEXT)


def test_crossing_marks_are_nested_and_numbered_once():
    page = paragraphs(TEXT, [Mark(14, 24, "a", 1), Mark(20, 36, "b", 2)])

    assert page.count("<mark") == page.count("</mark>") == 3
    assert page.count('data-number="2"') == 1


def test_a_heading_is_one_and_a_long_numbered_paragraph_is_none():
    page = paragraphs(TEXT + "\n" + "1. " + "dài " * 60, headings=[(0, 11, 1), (53, 290, 2)])

    assert page.count('role="heading"') == 1


# Tables.

ROWS = "Đầu.\nTT | Việc | Hạn\nI | Chung |\n1 | Sửa cầu\nSửa đường | \nCuối."


def _cell(words, start=0):
    start = ROWS.index(words, start)
    return [start, start + len(words)]


def _table():
    empty = [ROWS.index("Chung |") + 7] * 2
    last = [ROWS.index("đường | ") + 8] * 2
    return [
        [_cell("TT"), _cell("Việc"), _cell("Hạn")],
        [_cell("I", 15), _cell("Chung"), empty],
        [_cell("1"), _cell("Sửa cầu\nSửa đường"), last],
    ]


def test_a_table_has_its_words_in_cells_and_no_bars():
    page = paragraphs(ROWS, [Mark(*_cell("Sửa đường"), "a", 7)], tables=[_table()])

    words = _words(page)
    assert words == {start: ROWS[start:][: len(line)] for start, line in words.items()}
    assert [*words.values()] == [
        "Đầu.", "TT", "Việc", "Hạn", "I", "Chung", "1", "Sửa cầu", "Sửa đường", "Cuối.",
    ]  # fmt: skip
    assert page.count("<tr>") == 3
    assert page.count("<td>") == 9
    assert page.count('data-number="7"') == 1
    assert "is-plain" not in page


def test_a_merged_cell_stands_once():
    table = [[[0, 1], [0, 1], [4, 5]], [[0, 1], [0, 1], [8, 9]]]

    page = paragraphs("a | b\n  c", tables=[table])

    assert '<td colspan="2" rowspan="2"><p data-start=0>a</p></td>' in page
    assert page.count("<td") == 3


def test_a_letterhead_has_no_lines():
    assert "is-plain" in paragraphs("a | b", tables=[[[[0, 1], [4, 5]]]])


@pytest.mark.parametrize(
    "table",
    [
        [[[0, 1], [8, 9]]],  # words between its cells
        [[[4, 5], [0, 1]]],  # not as they come in the text
        [[[0, 1], [0, 5]]],  # on each other
        [[[0, 1], [4, 50]]],  # beyond the text
        [[[50, 51]]],
        [[]],
    ],
)
def test_a_table_that_is_not_whole_stays_lines(table):
    page = paragraphs("a | b | c", tables=[table])

    assert "<table" not in page
    assert _words(page) == {0: "a | b | c"}


def test_a_table_in_a_cell_of_another_stays_lines():
    outer, inner = [[[0, 1], [4, 9]], [[10, 11], [14, 15]]], [[[4, 5], [8, 9]]]

    page = paragraphs("a | b | c\nd | e", tables=[outer, inner])

    assert page.count("<table") == 1
    assert _words(page) == {0: "a", 4: "b | c", 10: "d", 14: "e"}
