"""When a text wants itself reviewed, as texts print it."""

import pytest

from danvan.duties.following.review_words import Term, terms

FIVE, TEN = Term("sơ kết", years=5), Term("tổng kết", years=10)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Chủ trì, tham mưu sơ kết 05 năm, tổng kết 10 năm thực hiện Kế hoạch này", [FIVE, TEN]),
        ("Sơ kết 5 năm thực hiện Nghị quyết.", [FIVE]),
        ("tổ chức tổng kết sau mười năm", [TEN]),
        ("Sau 5 năm tổ chức sơ kết; sau 10 năm, tổng kết việc thực hiện", [FIVE, TEN]),
        ("định kỳ 5 năm sơ kết việc thực hiện Chỉ thị", [FIVE]),
        ("Tổ chức tổng kết vào năm 2025", [Term("tổng kết", year=2025)]),
        ("tổng kết việc thực hiện Kế hoạch này vào cuối năm 2025", [Term("tổng kết", year=2025)]),
        ("sơ kết 05 năm thực hiện Kế hoạch số 15/KH-UBND", [FIVE]),  # its own number
        ("Sơ kết 05 năm, sơ kết 5 năm", [FIVE]),
        # not of this text, or no term of its own
        ("sơ kết 5 năm thực hiện Chỉ thị số 49-CT/TW ngày 20-10-2015 của Ban Bí thư", []),
        ("Báo cáo tổng kết 15 năm thực hiện Nghị quyết 24-NQ/TW", []),
        ("sơ kết 03 năm một lần", []),  # a recurring duty, read as one
        ("định kỳ 6 tháng, hằng năm sơ kết, tổng kết", []),  # the same
        ("tổng kết công tác dân vận năm 2024, triển khai nhiệm vụ năm 2025", []),
        ("tổng kết, đánh giá kết quả", []),
    ],
)
def test_terms_of_a_sentence(sentence, found):
    assert terms(sentence, "15/KH-UBND") == found
