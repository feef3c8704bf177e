import html
import re

import pytest

from danvan.console.sources import Mark, paragraphs

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
