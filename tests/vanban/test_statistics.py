import pytest

import vanban
from tests.vanban.samples import PLAN, REPORT

RESULT = "BÁO CÁO\nCông tác dân vận năm 2019\nI. KẾT QUẢ\n- {}\n"
AIM = "KẾ HOẠCH\nCông tác dân vận năm 2022\nI. CHỈ TIÊU\n1. {}\n"


def statistics(sentence):
    found = vanban.read(RESULT.format(sentence)).statistics
    return [(s.span.text, s.value, s.unit, s.numerator, s.denominator, s.change) for s in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tốc độ tăng trưởng đạt 7,3%.", [("7,3%", 7.3, "%", None, None, None)]),
        ("Hộ nghèo còn 2,69%, giảm 1,45%.", [("2,69%, giảm 1,45%", 2.69, "%", None, None, -1.45)]),
        ("Có 68/117 xã (58,1%) đạt chuẩn.", [("68/117 xã (58,1%)", 58.1, "%", 68, 117, None)]),
        ("Giải quyết 291/417 đơn, đạt 69,84%.", [("291/417 đơn, đạt 69,84%", 69.84, "%", 291, 417, None)]),
        ("Có 40/70 (57,1%) xã đạt.", [("40/70 (57,1%) xã", 57.1, "%", 40, 70, None)]),
        ("Tại 15/15 huyện, thành phố.", [("15/15 huyện, thành phố", 15, "huyện, thành phố", 15, 15, None)]),
        ("Tiếp 02 cuộc/10 người.", [("02 cuộc", 2, "cuộc", None, None, None), ("10 người", 10, "người", None, None, None)]),
        ("Hỗ trợ 1 tỷ 421 triệu đồng.", [("1 tỷ 421 triệu đồng", 1421, "triệu đồng", None, None, None)]),
        ("Sạt lở 86km bờ sông.", [("86km", 86, "km", None, None, None)]),
        ("Hỗ trợ 300 ngàn đồng/hộ.", [("300 ngàn đồng/hộ", 300, "ngàn đồng/hộ", None, None, None)]),
        # only a change
        ("Tổng sản phẩm tăng 9%.", [("9%", None, None, None, None, 9)]),
        ("Giảm 146 lượt tiếp, 127 lượt người.",
         [("146 lượt tiếp", None, None, None, None, -146), ("127 lượt người", None, None, None, None, -127)]),
        ("Chỉ số đứng thứ 48/63 tỉnh, thành.", [("48/63 tỉnh, thành", 48, "hạng", None, 63, None)]),
        # nobody can say what was meant
        ("Tặng 1.6151 suất quà.", [("1.6151 suất", None, "suất", None, None, None)]),
        # no statistics
        ("Trẻ em dưới 06 tuổi; năm 2019; nhiệm kỳ 2016-2021; 90 năm Ngày truyền thống.", []),
        ("Thực hiện Quyết định số 15/QĐ-UBND ngày 03-6-2013.", []),
    ],
)  # fmt: skip
def test_statistics(sentence, expected):
    assert statistics(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("Có 12 vụ, giảm so với năm 2018.", ["2019"]),
        ("Đạt 5% (năm 2016 đạt 8,4%).", ["2019", "2016"]),
        (
            "Trong 6 tháng đầu năm 2020 tiếp 10 lượt (6 tháng đầu năm 2019 tiếp 12 lượt).",
            ["2020-H1", "2019-H1"],
        ),
    ],
)
def test_period(sentence, periods):
    assert [s.period for s in vanban.read(RESULT.format(sentence)).statistics] == periods


def test_report():
    values = [(s.value, s.change) for s in vanban.read(REPORT).statistics]

    assert values == [
        (1204, None), (90, None), (3.25, -0.5), (7392, 10.7), (1250, None), (None, -12), (None, -3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "comparator", "target", "unit"),
    [
        ("100% cán bộ được quán triệt.", "=", 100, "%"),
        ("Phấn đấu có từ trên 50% cơ quan xếp loại Tốt.", ">", 50, "%"),
        ("Ít nhất 85% đơn thư được giải quyết đúng hạn.", ">=", 85, "%"),
        ("Tỷ lệ hài lòng đạt 90% trở lên.", ">=", 90, "%"),
        ("Tỷ lệ đơn tồn đọng không quá 5%.", "<=", 5, "%"),
    ],
)  # fmt: skip
def test_target(sentence, comparator, target, unit):
    (found,) = vanban.read(AIM.format(sentence)).targets

    assert (found.comparator, found.target, found.unit) == (comparator, target, unit)
    assert found.span.text == sentence.rstrip(".")


def test_a_target_is_no_duty():
    document = vanban.read(PLAN)

    assert len(document.targets) == 2
    assert not [d for d in document.duties if d.heading and d.heading[0].startswith("III")]
