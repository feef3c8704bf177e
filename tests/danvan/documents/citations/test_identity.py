import pytest

from danvan.documents.citations.identity import issuer_key, level_of, may_be_one, plain, series_of
from danvan.documents.models import squeeze


@pytest.mark.parametrize(
    ("number", "one", "other"),
    [
        ("25-NQ/TW", "Ban Chấp hành Trung ương", "Hội nghị lần thứ 7 Ban Chấp hành Trung ương"),
        ("217-QĐ/TW", "Bộ Chính trị", ""),
        ("59/2023/NĐ-CP", "CHÍNH PHỦ", "Chính phủ"),
        ("16/CT-TTg", "Thủ tướng", "THỦ TƯỚNG CHÍNH PHỦ"),
        ("34/2007/PL-UBTVQH11", "UBTVQH", "Ủy ban Thường vụ Quốc hội"),
        ("01/2016/TT-BNV", "Bộ Nội vụ", "BỘ NỘI VỤ"),
        ("15/KH-UBND", "UBND tỉnh Tân Giang", "ỦY BAN NHÂN DÂN\nTỈNH TÂN GIANG"),
        ("41-QĐ/TU", "Ban Thường vụ Tỉnh ủy", "Tỉnh ủy"),
        ("51-CTr/TU", "Ban Chấp hành Đảng bộ tỉnh", "Tỉnh ủy"),  # Tỉnh ủy is this committee
    ],
)
def test_one_issuer_has_one_key_however_it_is_printed(number, one, other):
    assert issuer_key(squeeze(number), one) == issuer_key(squeeze(number), other)


@pytest.mark.parametrize(
    ("number", "one", "other"),
    [
        ("15/KH-UBND", "UBND huyện An Phú Đông", "UBND huyện Bình Đông"),
        ("15/KH-UBND", "UBND xã Bến Đá", "UBND xã Cồn Tròn"),
        ("3-QĐ/TU", "Tỉnh ủy", "Huyện ủy"),
    ],
)
def test_bodies_of_one_symbol_stay_apart(number, one, other):
    first, second = (issuer_key(squeeze(number), body) for body in (one, other))

    assert first != second
    assert not may_be_one(first, second)


def test_a_name_that_leaves_the_place_out_may_be_each_of_them():
    assert may_be_one(plain("UBND tỉnh"), plain("UBND tỉnh Tân Giang"))
    assert may_be_one("", plain("UBND tỉnh"))
    assert not may_be_one(plain("UBND tỉnh"), plain("UBND huyện"))


@pytest.mark.parametrize(
    ("printed", "squeezed"),
    [("08-CV/BCĐ", "8-cv/bcđ"), ("Số 015 /KH-UBND", "số15/kh-ubnd"), ("100/NĐ-CP", "100/nđ-cp")],
)
def test_a_number_is_compared_without_blanks_and_leading_zeros(printed, squeezed):
    assert squeeze(printed) == squeezed


@pytest.mark.parametrize(
    ("number", "issuer", "level"),
    [
        ("25-NQ/TW", "", "central"),
        ("", "Bộ Nội vụ", "central"),
        ("15/KH-UBND", "UBND tỉnh Tân Giang", "province"),
        ("15/KH-UBND", "UBND huyện An Phú Đông", "district"),
        ("15/KH-UBND", "UBND xã Bến Đá", "commune"),
        ("15/KH-STP", "Sở Tư pháp", "province"),
        ("15/KH-UBND", "UBND thành phố Tân An", ""),  # of a province, or in one: not said
    ],
)
def test_the_level_of_an_issuer(number, issuer, level):
    squeezed = squeeze(number)

    assert level_of(squeezed, issuer_key(squeezed, issuer)) == level


def test_a_provinces_numbers_stand_in_no_central_series():
    assert series_of(squeeze("15/KH-UBND")) == ""
    assert series_of(squeeze("41-QĐ/TU")) == ""
