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
        ("Hộ nghèo còn 3,84%, giảm 1,16%.", [("3,84%, giảm 1,16%", 3.84, "%", None, None, -1.16)]),
        ("Có 54/96 xã (56,3%) đạt chuẩn.", [("54/96 xã (56,3%)", 56.3, "%", 54, 96, None)]),
        ("Giải quyết 312/430 đơn, đạt 72,56%.", [("312/430 đơn, đạt 72,56%", 72.56, "%", 312, 430, None)]),
        ("Có 33/64 (51,6%) xã đạt.", [("33/64 (51,6%) xã", 51.6, "%", 33, 64, None)]),
        ("Tại 12/12 huyện, thành phố.", [("12/12 huyện, thành phố", 12, "huyện, thành phố", 12, 12, None)]),
        ("Tiếp 03 cuộc/14 người.", [("03 cuộc", 3, "cuộc", None, None, None), ("14 người", 14, "người", None, None, None)]),
        ("Hỗ trợ 2 tỷ 315 triệu đồng.", [("2 tỷ 315 triệu đồng", 2315, "triệu đồng", None, None, None)]),
        ("Sạt lở 73km bờ sông.", [("73km", 73, "km", None, None, None)]),
        ("Hỗ trợ 250 ngàn đồng/hộ.", [("250 ngàn đồng/hộ", 250, "ngàn đồng/hộ", None, None, None)]),
        # only a change
        ("Tổng sản phẩm tăng 9%.", [("9%", None, None, None, None, 9)]),
        ("Giảm 138 lượt tiếp, 115 lượt người.",
         [("138 lượt tiếp", None, None, None, None, -138), ("115 lượt người", None, None, None, None, -115)]),
        ("Chỉ số đứng thứ 37/63 tỉnh, thành.", [("37/63 tỉnh, thành", 37, "hạng", None, 63, None)]),
        # nobody can say what was meant
        ("Tặng 2.4053 suất quà.", [("2.4053 suất", None, "suất", None, None, None)]),
        # no statistics
        ("Trẻ em dưới 06 tuổi; năm 2019; nhiệm kỳ 2016-2021; 90 năm Ngày truyền thống.", []),
        ("Thực hiện Quyết định số 15/QĐ-UBND ngày 07-5-2014.", []),
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
        (1204, None), (90, None), (3.25, -0.5), (8256, 11.4), (1250, None), (None, -12), (None, -3),
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
