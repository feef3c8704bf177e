import pytest

from tests.vanban.samples import WRAPPED
from vanban.text import Page, flatten, normalise, sentences


def test_normalise_composes_and_keeps_lone_carriage_returns():
    assert normalise("Ho\u0300a\r\nbi\u0300nh\r") == "Hòa\nbình\r"


@pytest.mark.parametrize(
    ("printed", "flat"),
    [
        ("Uỷ ban", "Ủy ban"),
        ("văn hoá", "văn hóa"),
        ("quý I", "quý I"),  # the u belongs to the q
        ("hoàn toàn", "hoàn toàn"),  # a letter follows: the mark stands right
        ("a–b\u00a0c\n", "a-b c "),
        ("Ðảng", "Đảng"),  # Icelandic eth of old fonts
    ],
)
def test_flatten_keeps_the_length(printed, flat):
    assert flatten(printed) == flat
    assert len(flat) == len(printed)


def test_wrapped_lines_are_joined_and_a_wrapped_dash_is_no_bullet():
    page = Page(WRAPPED)

    words = [page.words(p.start, p.end) for p in page.paragraphs]

    assert "Mở rộng các mô hình tự quản, phát triển văn hóa - xã hội" in words
    assert [p.kind for p in page.paragraphs].count("bullet") == 1


def test_a_page_break_does_not_end_a_sentence():
    page = Page("- Giao Thủ trưởng các cơ\n\nquan chuyên môn thực hiện.\n")

    assert len(page.paragraphs) == 1


def test_a_heading_is_not_joined_with_the_text_below():
    page = Page("2. Yêu cầu\n\nTrong quá trình thực hiện phải tiết kiệm.\n")

    assert [p.kind for p in page.paragraphs] == ["arabic", "body"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Một câu. Hai câu.", 2),
        ("Theo kế hoạch của TP. Hồ Chí Minh.", 1),
        ("Năm 2019 đạt 8.256 tỷ đồng.", 1),
        ("Rà soát quy chế; Tăng cường kiểm tra.", 2),
        ("Tuyển dụng... Các cơ quan phải kiểm tra.", 2),
        ("Rà soát quy chế;... Tăng cường kiểm tra.", 2),
        ("thực hiện các kế hoạch⁽²³⁾. Tổng kết năm.", 2),
    ],
)
def test_sentences(text, count):
    assert len(list(sentences(text, 0, len(text)))) == count


def test_leaders_of_dots_take_no_longer_than_they_are_long():
    flat = "Họ và tên " + "." * 200_000 + " Sở Nội vụ."

    assert list(sentences(flat, 0, len(flat)))


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0323\u0301", "\u0591\u05b0", "…\u0302"])
def test_marks_that_pile_up_are_read_to_their_end(marks):
    text = normalise("Kế ho\u1ea1ch a" + marks * 300_000 + " s\u00f4")

    assert text.startswith("Kế ho\u1ea1ch ") and text.endswith(" s\u00f4")


def test_marks_as_many_as_any_language_has_stay():
    assert normalise("a" + "\u0316" * 30 + "b") == "a" + "\u0316" * 30 + "b"
    assert normalise("…" * 100) == "…" * 100


@pytest.mark.parametrize("torn", ["Kế hoạch số\n45/KH-UBND", "ngày\n28/12/2016", "năm\n2021"])
def test_a_number_at_the_head_of_a_line_belongs_to_the_word_before_it(torn):
    page = Page(f"- Thực hiện {torn} của Ủy ban nhân dân tỉnh.\n- Việc khác.\n")

    assert len(page.paragraphs) == 2


def test_a_number_below_a_finished_line_begins_a_new_one():
    assert len(Page("Thực hiện trong năm.\n28 hộ được hỗ trợ.\n").paragraphs) == 2
