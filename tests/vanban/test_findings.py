"""What looks wrong, and what does not: numbers, dates, documents cited, open marks, headings."""

import pytest

import vanban
from tests.vanban.samples import DECISION, PLAN, WRAPPED
from vanban.model import Source
from vanban.reader import read_source


def found(text, **more):
    return [(one.code, one.span.text) for one in vanban.read(text, **more).findings]


def report(sentence):
    return f"BÁO CÁO\nKết quả công tác dân vận năm 2022\n\nI. KẾT QUẢ ĐẠT ĐƯỢC\n{sentence}\n"


def plan(sentence, day="08 tháng 5 năm 2024"):
    return (
        f"Số: 31/KH-UBND\nAn Phúc, ngày {day}\n\nKẾ HOẠCH\nCông tác dân vận\n\n"
        f"I. NHIỆM VỤ\n{sentence}\nII. TỔ CHỨC THỰC HIỆN\nSở Nội vụ theo dõi.\n"
    )


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Giải quyết 312/430 đơn, đạt 75,26%.", [("ratio", "312/430 đơn, đạt 75,26%")]),
        ("Có 54/96 xã (65,3%) đạt chuẩn.", [("ratio", "54/96 xã (65,3%)")]),
        ("Đạt 72,65% (312/430 đơn).", [("ratio", "72,65% (312/430 đơn")]),
        ("Giải quyết 312/430 đơn, đạt 72,56%.", []),  # 72,558 rounded
        ("Giải quyết 312/430 đơn, đạt 72,55%.", []),  # cut off
        ("Có 54/96 xã (56,3%) và 54/96 xã (56%).", []),
        ("Giải quyết 249/280 đơn, đạt gần 90%.", []),
        ("Tiếp 02 cuộc/14 người.", []),
        ("Thành lập 41/56 cơ sở, bằng 120% so với cùng kỳ.", []),  # another base
        ("Xếp thứ 12/63 tỉnh, thành.", []),
        ("Có 15/20 xã hoàn thành kế hoạch, bình quân đạt 16%.", []),  # of something else
    ],
)
def test_a_ratio_that_its_parts_do_not_give(sentence, expected):
    assert found(report(sentence)) == expected


def test_the_message_says_the_right_share_and_what_to_do():
    finding = vanban.read(report("Giải quyết 312/430 đơn, đạt 75,26%.")).findings[0]

    assert finding.message == ("312/430 bằng 72,56%, văn bản in 75,26%. Kiểm tra lại số liệu.")
    assert finding.because == "Chia 312 cho 430"
    assert finding.confidence > 0.9


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tổ chức 12 cuộc, trong đó cấp tỉnh 03 cuộc; cấp huyện 04 cuộc; cấp xã 06 cuộc.",
         [("sum", "12 cuộc, trong đó cấp tỉnh 03 cuộc; cấp huyện 04 cuộc; cấp xã 06 cuộc")]),
        ("Tổ chức 13 cuộc, trong đó cấp tỉnh 03 cuộc; cấp huyện 04 cuộc; cấp xã 06 cuộc.", []),
        ("Tiếp nhận 40 đơn, gồm 10 đơn khiếu nại, 21 đơn tố cáo.",
         [("sum", "40 đơn, gồm 10 đơn khiếu nại, 21 đơn")]),
        ("Tiếp nhận 31 đơn, gồm 10 đơn khiếu nại, 21 đơn tố cáo.", []),
        # “trong đó” may name only some of them, and they may overlap
        ("Hỗ trợ 120 hộ, trong đó 80 hộ nghèo, 10 hộ chính sách.", []),
        ("Hỗ trợ 120 hộ, trong đó 80 hộ nghèo, 60 hộ dân tộc thiểu số.", []),
        # other units among the parts
        ("Mở 12 lớp, gồm 3 lớp cho 120 người, 9 lớp cho 300 người.", []),
        # a part without its unit
        ("Có 12 mô hình, gồm kinh tế 4 mô hình, văn hóa 5 mô hình, quốc phòng 3.", []),
        ("Tỉnh có 96 đơn vị hành chính cấp xã (80 xã, 10 phường, 8 thị trấn).",
         [("sum", "96 đơn vị hành chính cấp xã (80 xã, 10 phường, 8 thị trấn)")]),
        ("Tỉnh có 98 đơn vị hành chính cấp xã (80 xã, 10 phường, 8 thị trấn).", []),
        ("Tỉnh có 96 xã, phường, gồm 80 xã và 10 phường.",
         [("sum", "96 xã, phường, gồm 80 xã và 10 phường")]),
        # some of them only, or kinds of another level
        ("Tỉnh có 96 đơn vị hành chính cấp xã (trong đó 20 xã, 3 phường ở biên giới).", []),
        ("Tỉnh có 96 đơn vị hành chính cấp xã (20 xã, 3 phường ở biên giới).", []),
        ("Tỉnh có 96 đơn vị hành chính cấp xã, gồm 80 xã; 10 phường; 6 thị trấn miền núi.", []),
        ("Tỉnh có 96 đơn vị hành chính cấp xã (8 huyện, 2 thành phố).", []),
        ("Tỉnh có 96 xã, phường, thị trấn (80 xã, 10 phường).", []),
        ("Tiếp 60 lượt công dân, gồm cấp tỉnh 10 lượt, cấp huyện 20 lượt, cấp xã 40 lượt.",
         [("sum", "60 lượt công dân, gồm cấp tỉnh 10 lượt, cấp huyện 20 lượt, cấp xã 40 lượt")]),
        ("Tiếp 60 lượt người, trong đó cấp tỉnh 10 lượt, cấp huyện 20 lượt, cấp xã 40 lượt.",
         [("sum", "60 lượt người, trong đó cấp tỉnh 10 lượt, cấp huyện 20 lượt, cấp xã 40 lượt")]),
        ("Tiếp 70 lượt công dân, trong đó cấp tỉnh 10 lượt, cấp huyện 20 lượt, cấp xã 40 lượt.", []),
        ("Tiếp 60 lượt, gồm cấp tỉnh 10 lượt người, cấp huyện 20 lượt người, cấp xã 40 lượt người.", []),
        ("Kiểm tra 12 xã và 5 phường; tổng cộng 18.", [("sum", "12 xã và 5 phường; tổng cộng 18")]),
        ("Kiểm tra 12 xã và 5 phường; tổng cộng 17.", []),
        ("Năm 2022, kiểm tra 12 xã, 5 phường, tổng số 18 đơn vị.",
         [("sum", "12 xã, 5 phường, tổng số 18 đơn vị")]),
        # more is counted before them
        ("Kiểm tra 3 sở, 12 xã và 5 phường; tổng cộng 20.", []),
        ("Ở Tân Hòa 12 xã và 5 phường; ở An Bình 3 xã, 1 phường; tổng cộng 21.", []),
        ("Cộng 4 + 12 + 20 = 46 lớp.", [("sum", "4 + 12 + 20 = 46")]),
        ("Cộng 4 + 12 + 20 = 36 lớp.", []),
    ],
)  # fmt: skip
def test_parts_that_do_not_add_up(sentence, expected):
    assert found(report(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tặng 2.4053 suất quà.", [("number", "2.4053 suất")]),
        ("Trị giá 4.215.300,000 đồng.", [("number", "4.215.300,000 đồng")]),
        ("Tặng 2.405 suất quà trị giá 4.215.300.000 đồng, 37,9 tỷ đồng.", []),
        ("Giảm 138 lượt người.", []),
    ],
)
def test_a_malformed_number(sentence, expected):
    assert found(report(sentence)) == expected


def test_one_base_for_two_sets_of_units():
    text = report("Có 61/96 xã, phường có dịch; 40/96 xã, phường, thị trấn đã công khai.")

    assert found(text) == [("base", "61/96 xã, phường")]


def test_a_base_that_does_not_count_all_that_is_named():
    text = report(
        "Có 12/12 huyện, thành phố và sở ban hành kế hoạch; 12/12 huyện, thành phố báo cáo."
    )

    assert found(text) == [("base", "12/12 huyện, thành phố và sở")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Hoàn thành trước ngày 31/02/2024.", [("date", "31/02/2024")]),
        ("Hoàn thành trước ngày 15/13/2024.", [("date", "15/13/2024")]),
        ("Hoàn thành ngày 31 tháng 4 năm 2024.", [("date", "31 tháng 4 năm 2024")]),
        ("Hoàn thành ngày 29 tháng 02 năm 2023.", [("date", "29 tháng 02 năm 2023")]),
        ("Hoàn thành ngày 29 tháng 02 năm 2024, 29/02/2024.", []),
        ("Trong 30 ngày, 12 tháng, giai đoạn 2021-2025, số 10/24/2019.", []),
        ("Lương tháng 13 chi trả 31 tháng trước.", []),
        # later than this document
        ("Theo Kế hoạch số 12/KH-STP ngày 10/6/2024 của Sở Tư pháp.",
         [("date", "Kế hoạch số 12/KH-STP ngày 10/6/2024")]),
        ("Theo Kế hoạch số 12/KH-STP ngày 10/6/2107 của Sở Tư pháp.",
         [("date", "Kế hoạch số 12/KH-STP ngày 10/6/2107")]),
        ("Theo Kế hoạch số 12/KH-STP ngày 08/5/2024 của Sở Tư pháp.", []),
    ],
)  # fmt: skip
def test_a_date_that_cannot_be(sentence, expected):
    assert found(plan(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # one number, two dates
        ("Kế hoạch số 12/KH-UBND ngày 10/4/2024; thực hiện Kế hoạch số 12/KH-UBND ngày 10/01/2024.",
         [("date", "Kế hoạch số 12/KH-UBND ngày 10/01/2024")]),
        # state offices count anew each year, and each office for itself
        ("Kế hoạch số 12/KH-UBND ngày 10/4/2023; Kế hoạch số 12/KH-UBND ngày 15/01/2024.", []),
        ("Kế hoạch số 12/KH-UBND ngày 10/4/2024 của Ủy ban nhân dân tỉnh; Kế hoạch số 12/KH-UBND ngày "
         "15/01/2024 của Ủy ban nhân dân huyện Tân Hòa.", []),
        # Party offices count on through a term
        ("Chỉ thị số 08-CT/TU ngày 10/4/2013; Chỉ thị số 08-CT/TU ngày 15/01/2023.",
         [("same_number", "Chỉ thị số 08-CT/TU ngày 15/01/2023")]),
        # the known date
        ("Nghị quyết số 18-NQ/TW ngày 25/01/2017 của Ban Chấp hành Trung ương.",
         [("date", "Nghị quyết số 18-NQ/TW ngày 25/01/2017")]),
        ("Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương.", []),
        ("Chỉ thị số 16/CT-TTg ngày 16/5/2018 của Thủ tướng Chính phủ.", []),  # of another year
    ],
)  # fmt: skip
def test_a_contradictory_date(sentence, expected):
    assert found(plan(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nghị định số 52/2021/NQ-CP của Chính phủ.", [("kind", "Nghị định số 52/2021/NQ-CP")]),
        ("Chỉ thị số 07/KH-UBND của Ủy ban nhân dân tỉnh.", [("kind", "Chỉ thị số 07/KH-UBND")]),
        ("Quy định số 131-QĐ/TW; Kế hoạch số 9/KHPH-UBND-MTTQ; Thông báo kết luận số 5-TB/TU.", []),
        ("Kết luận số 35-TB/TU; Chương trình số 05-CT/TU; Quy chế số 12/QĐ-UBND.", []),  # by custom
        ("Quyết định số 327-CT; Nghị định số 24-CP.", []),  # of the eighties
        ("Công văn số 115-CV/TU; Công văn số 731/UBND-VX; Văn bản số 12/KH-UBND.", []),
        ("Kế hoạch số 12/KH-UBND, 15/QĐ-UBND.", []),  # the second has no kind of its own
        ("Thông tư liên tịch số 05/2019/TTLT/BTC-BNV; Nghị quyết số 28/2023/QH15.", []),
    ],
)
def test_a_kind_that_its_symbol_contradicts(sentence, expected):
    assert found(plan(sentence)) == expected


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("Chỉ thị số 09-CT-TTg", "09/CT-TTg"),
        ("Chỉ thị số 09-CT/TTg", "09/CT-TTg"),
        ("Kế hoạch số 09/KH/UBND", "09/KH-UBND"),
        ("Nghị định số 52/2021-NĐ-CP", "52/2021/NĐ-CP"),
        ("Quyết định số 15/2021QĐ-UBND", "15/2021/QĐ-UBND"),
        ("Nghị quyết số 25/NQ-TW", "25-NQ/TW"),
        ("Kế hoạch số 25-KH-TU", "25-KH/TU"),
    ],
)
def test_separators_in_the_wrong_place(printed, right):
    finding = vanban.read(plan(f"Thực hiện {printed} và {printed}.")).findings

    assert [one.code for one in finding] == ["number"]
    assert right in finding[0].message
    assert "2 lần" in finding[0].message


def test_the_number_of_the_document_itself():
    text = plan("Theo dõi.").replace("31/KH-UBND", "31-KH/UBND")

    assert found(text) == [("number", "31-KH/UBND")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Chỉ thị số 33-CT/TW, ngày 03-01-2019 của Bộ Chính trị (khóa XI) về xây dựng nhà ở.",
         [("term", "Chỉ thị số 33-CT/TW, ngày 03-01-2019 của Bộ Chính trị (khóa XI")]),
        ("Chỉ thị số 33-CT/TW, ngày 03-01-2019 của Bộ Chính trị (khoá XII) về xây dựng.", []),
        ("Kết luận số 66-KL/TW, ngày 20/01/2016 của Ban Bí thư khóa XII về x.", []),  # the month of a congress
        ("Nghị quyết số 25-NQ/TW của Ban Chấp hành Trung ương khóa VIII về công tác dân vận.",
         [("term", "Nghị quyết số 25-NQ/TW của Ban Chấp hành Trung ương khóa VIII")]),
        ("Nghị quyết số 25-NQ/TW của Ban Chấp hành Trung ương khóa XI về công tác dân vận.", []),
        ("Nghị quyết số 25-NQ/TW khóa XI về công tác dân vận; Nghị quyết số 25-NQ/TW khóa IX về tôn giáo.",
         [("same_number", "Nghị quyết số 25-NQ/TW")]),
        ("Luật số 83/2025/QH15 của Quốc hội khóa XIV.", [("term", "Luật số 83/2025/QH15 của Quốc hội khóa XIV")]),
        ("Luật số 83/2025/QH15 của Quốc hội khóa XV.", []),
        ("Quy định số 8-QĐi/TW ngày 25/10/2018 của Ban Bí thư và các nghị quyết của Tỉnh ủy khóa XI.", []),
        ("Kế hoạch số 46-KH/TU ngày 12/3/2019 của Tỉnh ủy khóa XI.", []),  # a province counts its own terms
    ],
)  # fmt: skip
def test_a_wrong_term(sentence, expected):
    assert found(plan(sentence, day="08 tháng 5 năm 2026")) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Chỉ thị số 14-CT/TU ngày 07/10/2022 của Tỉnh ủy; Chỉ thị số 14-CT/TU của Ban Thường vụ Tỉnh ủy.",
         [("same_number", "Chỉ thị số 14-CT/TU")]),
        ("Quyết định số 131-QĐ/TW của Bộ Chính trị; Quyết định số 131-QĐ/TW của Ban Bí thư.",
         [("same_number", "Quyết định số 131-QĐ/TW")]),
        ("Kế hoạch số 9/KH-UBND của UBND tỉnh; Kế hoạch số 9/KH-UBND của Ủy ban nhân dân tỉnh An Phúc.", []),
        ("Kết luận số 54-KL/TW của Ban Bí thư; Kết luận số 54-KL/TW của Ban Bí thư Trung ương Đảng.", []),
        ("Kế hoạch số 16/KH-MTTQ-BTT ngày 03/4/2024; Kế hoạch số 16/KH-BTT-MTTQ.",
         [("same_number", "Kế hoạch số 16/KH-BTT-MTTQ")]),
        ("Kế hoạch số 41-KH/BTGTU-BCSĐ ngày 03/4/2024; Kế hoạch số 41-KH/BTGTU-BCSĐ tỉnh ngày 03/4/2024.",
         [("same_number", "Kế hoạch số 41-KH/BTGTU-BCSĐ tỉnh ngày 03/4/2024")]),
        ("Công văn số 8-CV/BCĐ; Công văn số 08-CV/BCĐ.", []),
    ],
)  # fmt: skip
def test_one_document_told_in_two_ways(sentence, expected):
    assert found(plan(sentence)) == expected


ORDINANCE = "Pháp lệnh số 34/2007/PL-UBTVQH11"


@pytest.mark.parametrize(
    ("sentence", "day", "expected"),
    [
        (f"Thực hiện {ORDINANCE}.", "08 tháng 5 năm 2024", [("expired", ORDINANCE)]),
        (f"Thực hiện {ORDINANCE}.", "08 tháng 5 năm 2020", []),  # in force then
        (f"Thực hiện {ORDINANCE}.", "30 tháng 6 năm 2023", []),  # the last day
        (f"Thay thế {ORDINANCE}.".replace("Thay", "thay"), "08 tháng 5 năm 2024", []),
        (f"Tổng kết 15 năm thực hiện {ORDINANCE}.", "08 tháng 5 năm 2024", []),
        (f"{ORDINANCE} (nay là Luật Thực hiện dân chủ ở cơ sở).", "08 tháng 5 năm 2024", []),
        ("Pháp lệnh số 34 của Ủy ban Thường vụ Quốc hội về thực hiện dân chủ ở xã, phường, thị trấn.",
         "08 tháng 5 năm 2024", [("expired", "Pháp lệnh số 34")]),
        ("Luật Tổ chức chính quyền địa phương ngày 19/6/2015.", "08 tháng 5 năm 2026",
         [("expired", "Luật Tổ chức chính quyền địa phương ngày 19/6/2015")]),
        ("Luật Tổ chức chính quyền địa phương.", "08 tháng 5 năm 2026", []),  # the one in force
        ("Luật Cán bộ, công chức năm 2008.", "08 tháng 5 năm 2026",
         [("expired", "Luật Cán bộ, công chức năm 2008")]),
        # continued by a later one, which does not say that it replaces it
        ("Chỉ thị số 16/CT-TTg ngày 16/5/2016.", "08 tháng 5 năm 2024", []),
    ],
)  # fmt: skip
def test_a_document_cited_that_is_replaced(sentence, day, expected):
    assert found(plan(sentence, day)) == expected


def test_a_replaced_document_is_told_once_with_what_replaced_it():
    findings = vanban.read(plan(f"{ORDINANCE}. Sở Tư pháp theo dõi {ORDINANCE}.")).findings

    assert [one.code for one in findings] == ["expired"]
    assert "10/2022/QH15" in findings[0].message
    assert "2 lần" in findings[0].message
    assert findings[0].confidence == 0.9


def dated_report(sentence, year=2023, day="05 tháng 02 năm 2024"):
    return (
        f"Số: 12/BC-UBND\nAn Phúc, ngày {day}\n\nBÁO CÁO\n"
        f"Kết quả công tác dân vận năm {year}\n\nI. KẾT QUẢ\n{sentence}\n"
    )


def test_a_report_is_judged_on_its_day_and_less_surely_where_it_tells_of_before():
    of_that_time = vanban.read(dated_report(f"Thực hiện {ORDINANCE}.", 2022)).findings
    (narrated,) = of_that_time
    (plain,) = vanban.read(plan(f"Thực hiện {ORDINANCE}.")).findings

    assert found(dated_report(f"Thực hiện {ORDINANCE}.")) == [("expired", ORDINANCE)]
    assert narrated.code == "expired" and narrated.confidence < plain.confidence
    assert "còn hiệu lực" in narrated.because


def test_a_report_on_the_time_after_the_end_is_as_sure_as_a_plan():
    text = dated_report(f"Thực hiện {ORDINANCE}.", 2024, "05 tháng 02 năm 2025")

    assert vanban.read(text).findings[0].confidence == 0.9


def test_a_row_that_nobody_verified_says_so_and_weighs_less():
    finding = vanban.read(plan("Theo Quy định số 205-QĐ/TW ngày 23/9/2019.")).findings[0]

    assert finding.code == "expired"
    assert "chưa kiểm chứng" in finding.message
    assert finding.confidence < 0.6


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("KẾ HOẠCH\nCông tác dân vận năm 2026\n", ["expired"]),
        ("KẾ HOẠCH\nCông tác dân vận giai đoạn 2021 - 2025\n", []),  # may be of 2020
        (
            "BÁO CÁO\nCông tác dân vận năm 2023\n",
            [],
        ),  # in force in a part of the year it reports on
        ("KẾ HOẠCH\nCông tác dân vận\n", []),  # nothing says when
    ],
)
def test_without_its_date_a_document_is_as_old_as_its_years_allow(head, expected):
    text = f"{head}\nI. NHIỆM VỤ\nTiếp tục thực hiện {ORDINANCE}.\n"

    assert [code for code, _ in found(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tập trung các văn bản của tỉnh¹.\n\nSở Nội vụ theo dõi.", [("note", "¹")]),
        ("Tập trung các văn bản của tỉnh⁽¹⁾.\n\n¹ Kế hoạch năm 2023.", []),
        ("Tập trung các văn bản của tỉnh.\n\n² Kế hoạch năm 2023.", [("note", "²")]),
        ("Diện tích 120 m², 3km², đạt 60⁵.\n\n⁵ Theo báo cáo.", []),
        ("A¹ b² c³ d⁴ e⁵.\n\nHết.", [("note", "¹")]),  # an excerpt: told once
    ],
)
def test_a_footnote_without_its_sign_and_a_sign_without_its_note(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thực hiện phong trào “Dân vận khéo trong toàn tỉnh.\nSở Nội vụ theo dõi.", ["quote"]),
        (
            "Về “Một số vấn đề; về “tổ chức bộ máy”, gắn với kế hoạch.\nSở Nội vụ theo dõi.",
            ["quote"],
        ),
        ("Về “xây dựng mô hình “Dân vận khéo”.\nSở Nội vụ theo dõi.", []),  # one mark closes both
        (
            "Gương “Dân vận khéo“ và ”Chính quyền” trẻ.\nSở Nội vụ theo dõi.",
            [],
        ),  # the wrong way round
        ("Gương “Dân vận khéo” và “Chính quyền thân thiện”.\nSở Nội vụ theo dõi.", []),
        (
            "Cuộc thi “Dân vận khéo\n\nnăm 2023” của tỉnh.\nSở Nội vụ theo dõi.",
            [],
        ),  # torn by a page
        ("Các đơn vị (qua Sở Nội vụ tổng hợp.\nSở Nội vụ theo dõi.", ["quote"]),
        ("Các đơn vị (qua Sở Nội vụ) tổng hợp: a) nội dung; b) hình thức.\nHết.", []),
        ("Sở Nội vụ theo dõi.\n(Kèm theo Kế hoạch số 5/KH-UBND", []),  # the end of an excerpt
    ],
)
def test_a_mark_that_never_closes(text, expected):
    assert [code for code, _ in found(text)] == expected


@pytest.mark.parametrize(("form", "codes"), [("txt", ["note"]), ("pdf", ["note"]), ("image", [])])
def test_a_scan_loses_small_marks_so_they_are_not_missed(form, codes):
    text = "Tập trung các văn bản của tỉnh¹.\n\nSở Nội vụ theo dõi."

    assert [one.code for one in read_source(Source(text, (), form)).findings] == codes


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("I", "II", "IV", "V"), [("numbering", "IV. MỤC")]),
        (("I", "II", "II", "III"), [("numbering", "II. MỤC")]),
        (("I", "II", "III"), []),
        (("I", "II", "III", "I", "II"), []),  # an annex begins anew
        (("I", "IV"), []),  # too few to tell
    ],
)
def test_headings_that_jump_or_repeat(labels, expected):
    text = "KẾ HOẠCH\nNăm 2023\n" + "".join(f"{label}. MỤC\nSở Nội vụ.\n" for label in labels)

    assert found(text) == expected


def test_a_heading_printed_in_another_form_is_not_left_out():
    text = "KẾ HOẠCH\nNăm 2023\nI. A\nSở.\nII. B\nSở.\nIII, C\nSở.\nIV. D\nSở.\n"

    assert found(text) == []


def test_findings_come_in_order_and_point_into_the_text():
    text = report("Tặng 2.4053 suất quà.\n- Giải quyết 312/430 đơn, đạt 75,26%.")
    document = vanban.read(text)

    assert [one.code for one in document.findings] == ["number", "ratio"]
    for one in document.findings:
        assert document.text[one.span.start : one.span.end] == one.span.text
        assert one.message.endswith((".", ".)")) and one.because and 0 < one.confidence < 1


def test_a_good_plan_has_no_findings():
    assert [found(text) for text in (PLAN, DECISION, WRAPPED)] == [[], [], []]


@pytest.mark.parametrize("number", ["9" * 400, "1." + "000." * 200 + "000", "9" * 400 + ",5"])
def test_numbers_too_large_to_divide_are_left_alone(number):
    vanban.read(
        report(f"Có {number}/{number} đơn, đạt 10,5%; tổng {number} đơn, gồm 1 đơn, {number} đơn.")
    )


def test_a_known_date_is_told_with_its_document():
    (found,) = vanban.read("Nghị quyết số 19-NQ/TW ngày 25/01/2017 của Trung ương.").findings

    assert found.because == "Bảng văn bản đã biết: 19-NQ/TW ban hành ngày 25/10/2017"
