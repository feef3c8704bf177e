import pytest

from danvan.text import fold, sort_key


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("Sở Nội vụ", "so noi vu"),
        ("ĐẢNG ỦY  khối", "dang uy khoi"),
        ("Uỷ ban", "uy ban"),
        ("hòa giải", "hoa giai"),
        ("hoà giải", "hoa giai"),
        ("Nguyễn", "nguyen"),  # decomposed
    ],
)
def test_fold(words, folded):
    assert fold(words) == folded


def test_sorting_puts_letters_before_tones():
    words = ["đa", "dạ", "da", "dá", "ăn", "an", "ân", "ẩn", "ba"]

    assert sorted(words, key=sort_key) == ["an", "ăn", "ân", "ẩn", "ba", "da", "dá", "dạ", "đa"]
