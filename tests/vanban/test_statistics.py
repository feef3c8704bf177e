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


NEWS = "Đoàn Khối các cơ quan huyện tổng kết năm 2025\n\n{}\n"


def targets(text):
    return [(t.comparator, t.target, t.unit) for t in vanban.read(text).targets]


def values(text):
    return [(s.value, s.unit, s.change) for s in vanban.read(text).statistics]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # a stem rules the whole sentence, and the sentences after it that set a level
        ("Năm 2026, huyện phấn đấu một số chỉ tiêu: 100% chi đoàn học nghị quyết; giới thiệu 120 đoàn viên ưu tú "
         "cho Đảng, trong đó phấn đấu có 80 đoàn viên được kết nạp. Mỗi xã có ít nhất 02 mô hình.",
         [("=", 100, "%"), ("=", 120, "đoàn viên"), ("=", 80, "đoàn viên"), (">=", 2, "mô hình")]),
        ("Kế hoạch đề ra chỉ tiêu giảm nghèo giai đoạn 2026 - 2030 là 1,2%/năm.", [("=", 1.2, "%/năm")]),
        ("Mục tiêu cụ thể: hộ nghèo mỗi năm giảm 3% trở lên; tỷ lệ dân dùng nước sạch đạt 95%; đến năm 2030 hộ "
         "cận nghèo xuống còn dưới 4%.", [(">=", 3, "%"), ("=", 95, "%"), ("<", 4, "%")]),
        ("Phấn đấu đến hết năm 2030 có trên 90% hộ dân hài lòng.", [(">", 90, "%")]),
        # a result is no target
        ("Đến nay 100% xã đã có nhà văn hóa.", []),
        ("Trong năm, có ít nhất 12 xã bị ngập.", []),
    ],
)  # fmt: skip
def test_targets_of_running_text(sentence, expected):
    assert targets(NEWS.format(sentence)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Phấn đấu năm 2026 có 120 hộ thoát nghèo; 100% xã có mô hình mới.",
        "Huyện đặt mục tiêu trồng 300 ha rừng và 15.000 cây phân tán.",
    ],
)
def test_what_a_text_plans_is_no_result(sentence):
    assert values(NEWS.format(sentence)) == []


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Hơn 95% vụ việc được đối thoại.", [(">", 95, "%")]),
        ("Mỗi huyện có từ 03 mô hình “Dân vận khéo” trở lên.", [(">=", 3, "mô hình")]),
        ("Mỗi công chức xuống cơ sở ít nhất 04 ngày trong năm.", [(">=", 4, "ngày")]),
        ("Tỷ lệ hồ sơ trễ hạn giảm xuống còn dưới 3%.", [("<", 3, "%")]),
        ("Không để quá 2% đơn tồn đọng.", [("<=", 2, "%")]),
        ("Tỷ lệ hài lòng không thấp hơn 90%.", [(">=", 90, "%")]),
        # two levels of one sentence
        ("Tỷ lệ hài lòng đạt trên 90%, trong đó lĩnh vực đất đai đạt ít nhất 85%.",
         [(">", 90, "%"), (">=", 85, "%")]),
    ],
)  # fmt: skip
def test_levels_of_a_target(clause, expected):
    assert targets(AIM.format(clause)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Điểm từ 90 điểm trở lên: xếp loại Tốt.",
        "Tập thể có trên 50% thành viên vắng mặt thì họp lại.",
        "Thời hạn giải quyết không quá 30 ngày.",
    ],
)
def test_marks_and_terms_of_a_regulation_are_no_targets(sentence):
    text = f"QUYẾT ĐỊNH\nBan hành Quy định đánh giá công tác dân vận\nĐiều 1. Xếp loại\n1. {sentence}\n"

    assert targets(text) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Khu vực dịch vụ đóng góp 3,12 điểm phần trăm.", [(3.12, "điểm phần trăm", None)]),
        ("Sản lượng lúa đạt 145 nghìn tấn.", [(145, "nghìn tấn", None)]),
        ("Tổng thu tăng 7,5% so cùng kỳ (lũy kế 4 tháng tăng 6,2%).", [(None, None, 7.5), (None, None, 6.2)]),
        ("Giá tiêu dùng tăng 0,4% so với tháng trước, tăng 2,9% so với cùng kỳ; bình quân 4 tháng tăng 3,1%.",
         [(None, None, 0.4), (None, None, 2.9), (None, None, 3.1)]),
        ("Có 48 hợp tác xã thành lập mới, tăng 6,7%.", [(48, "hợp tác xã", 6.7)]),
        ("Hộ nghèo được kéo giảm còn dưới 4%.", [(4, "%", None)]),
        ("Có 64 mô hình, điển hình được nhân rộng.", [(64, "mô hình, điển hình", None)]),
        ("Giao 412 nhiệm vụ, trong đó 37 nhiệm vụ quá hạn.", [(412, "nhiệm vụ", None), (37, "nhiệm vụ", None)]),
        ("Tổ chức 18 lớp cho 1.250 lượt đảng viên và 340 lượt cử tri.",
         [(18, "lớp", None), (1250, "lượt đảng viên", None), (340, "lượt cử tri", None)]),
        ("Chở 26 chuyến xe, phát 1.300 suất cơm và 4.200 khẩu trang.",
         [(26, "chuyến", None), (1300, "suất", None), (4200, "khẩu trang", None)]),
        ("Chỉ số xếp thứ 12/63 tỉnh, thành phố, tăng 06 bậc.", [(12, "hạng", None), (None, None, 6)]),
        ("Số cuộc họp thôn tổ 5 phường Yên Mỹ; thôn 3 xã Hòa Sơn.", []),
        ("Khai trương 08 chòi canh lửa, dựng 15 chòi.", [(8, "chòi", None), (15, "chòi", None)]),
    ],
)  # fmt: skip
def test_units_and_changes(sentence, expected):
    assert values(RESULT.format(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Đã giải quyết 25/30 đơn tố cáo (83,33%).", (83.33, 25, 30)),
        ("Giải quyết 4.972/5.017 hồ sơ (đạt 99,1%).", (99.1, 4972, 5017)),
        ("Có 3/4 vụ đông người.", (3, 3, 4)),
    ],
)
def test_parts_of_a_whole(sentence, parts):
    (found,) = vanban.read(RESULT.format(sentence)).statistics

    assert (found.value, found.numerator, found.denominator) == parts


def test_a_directive_tells_results_before_it_orders():
    text = (
        "CHỈ THỊ\nVề công tác dân vận\nNăm 2030, toàn tỉnh thu hồi 418 ha đất của 907 hộ; đã trả lời 120 đơn.\n"
        "I. NHIỆM VỤ\n- Kiểm tra 12 xã trong năm."
    )

    assert [s.value for s in vanban.read(text).statistics] == [418, 907, 120]


def test_a_period_is_carried_on_in_running_text():
    text = NEWS.replace(" năm 2025", "").format(
        "Năm 2024, huyện có 12 mô hình.\n\nDịp này, 3 tập thể được khen thưởng."
    )

    assert [s.period for s in vanban.read(text).statistics] == ["2024", "2024"]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Tình hình kinh tế - xã hội 6 tháng đầu năm 2031", "2031-H1"),
        ("Tình hình kinh tế - xã hội tháng 02 năm 2031", "2031-02"),
        ("Kết quả công tác 9 tháng đầu năm 2031", "2031-9M"),
    ],
)
def test_the_period_of_a_title_holds_for_its_numbers(title, period):
    (found,) = vanban.read(f"{title}\n\nTổng thu đạt 120 tỷ đồng.\n").statistics

    assert found.period == period


def test_weak_evidence_is_less_sure():
    found = vanban.read(RESULT.format("Dựng 15 lán; tiếp 40 lượt người.")).statistics

    assert found[0].confidence < 0.6 < 0.8 <= found[1].confidence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # dashes below a stem, without a heading
        ("KẾ HOẠCH\nDân vận năm 2031\nPhấn đấu đạt một số chỉ tiêu sau:\n- 100% xã có kế hoạch;\n- 12 mô hình mới.\n",
         [("=", 100, "%"), ("=", 12, "mô hình")]),
        ("Dân vận năm 2031\n\nBảo đảm 100% hồ sơ được trả đúng hẹn.\n", [("=", 100, "%")]),
        ("KẾ HOẠCH\nDân vận năm 2031\nI. MỤC TIÊU\n- Giảm hộ nghèo từ 5,2% xuống còn 3,1%.\n", [("=", 3.1, "%")]),
        # a year ahead of the text; one that it already stands in
        ("Dân vận khéo\n\n13/10/2029\n\nĐến năm 2031, tỷ lệ hộ nghèo còn 2%.\n", [("=", 2, "%")]),
        ("Dân vận khéo\n\n13/10/2029\n\nĐến năm 2028, tỷ lệ hộ nghèo còn 2%.\n", []),
        ("Tỷ lệ hồ sơ đúng hạn phải đạt 95%.\n", [("=", 95, "%")]),
        ("Mục tiêu đến năm 2030 giảm hộ nghèo bình quân 3%/năm.\n", [("=", 3, "%/năm")]),
        ("Có từ 70% trở lên cơ sở Hội vững mạnh.\n", [(">=", 70, "%")]),
        ("Trong nhiệm kỳ tới, Hội giúp 120 hộ thoát nghèo.\n", [("=", 120, "hộ")]),
        ("Huyện hoàn thành các mục tiêu đề ra, hộ nghèo giảm 3%.\n", []),
        ("KẾ HOẠCH\nDân vận năm 2031\nI. NHIỆM VỤ\n- Giảm 10% số vụ tai nạn.\n", [("=", 10, "%")]),
    ],
)  # fmt: skip
def test_targets_of_other_places(text, expected):
    assert targets(text) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Có 312 hợp tác xã hoạt động hiệu quả (tăng 8,5% so năm 2018).", [(312, "hợp tác xã", 8.5)]),
        ("Giảm so với tháng 5 là: 02 hộ, số tiền 780.000 đồng.", [(None, None, -2), (None, None, -780000)]),
        ("Ổ dịch trên đàn bò so với cùng kỳ giảm (03 ổ dịch).", [(None, None, -3)]),
        ("Cấp xã đối thoại định kỳ 41 cuộc, đột xuất 06 cuộc.", [(41, "cuộc", None), (6, "cuộc", None)]),
        ("Trả trợ cấp qua tài khoản 87 đối tượng.", [(87, "đối tượng", None)]),
        ("Năm nay có 11 xã phấn đấu về đích (nâng toàn huyện có 30 xã).", [(11, "xã", None), (30, "xã", None)]),
        ("Thực hiện tốt Chương trình phối hợp giữa Sư đoàn với ban dân vận 07 huyện, thành phố.", []),
    ],
)  # fmt: skip
def test_changes_in_brackets_and_heads_of_series(sentence, expected):
    assert values(RESULT.format(sentence)) == expected


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Tình hình kinh tế - xã hội 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2033", "2033-H1"),
        ("Tình hình công tác tháng 4 và nhiệm vụ tháng 5 năm 2033", "2033-04"),
        ("KẾT QUẢ CÔNG TÁC QUÝ III NĂM 2033", "2033-Q3"),
    ],
)
def test_a_title_that_also_names_what_comes_next_reports_on_the_first(title, period):
    (found,) = vanban.read(f"{title}\n\nTổng thu đạt 120 tỷ đồng.\n").statistics

    assert found.period == period


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("KẾT QUẢ 6 THÁNG ĐẦU NĂM 2033", "2033-H1"),
        ("KẾT QUẢ CÔNG TÁC QUÝ I/2033", "2033-Q1"),
        ("KẾT QUẢ NĂM 2033", "2033"),
        ("KẾT QUẢ THÁNG 7, NHIỆM VỤ THÁNG 8 NĂM 2033", "2033-07"),
    ],
)
def test_a_heading_says_what_time_its_part_reports_on(heading, period):
    text = f"BÁO CÁO\nCông tác dân vận\nI. {heading}\n- Đã tiếp 15 lượt người.\n"

    assert [s.period for s in vanban.read(text).statistics] == [period]


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("Đã tiếp 12 lượt công dân trong năm 2018.", ["2018"]),
        ("Trong quý II, tiếp 12 lượt công dân.", ["2019-Q2"]),
        ("Trong tháng 5, tiếp 12 lượt công dân.", ["2019-05"]),
        ("Có 12 vụ; năm 2018 có 9 vụ.", ["2019", "2018"]),
        ("Năm 2018 có 9 vụ (gồm 2 vụ đông người).", ["2018", "2018"]),
    ],
)
def test_period_of_a_sentence(sentence, periods):
    assert [s.period for s in vanban.read(RESULT.format(sentence)).statistics] == periods


def test_within_a_report_on_half_a_year_its_year_means_that_half():
    text = RESULT.replace("năm 2019", "6 tháng đầu năm 2033").format(
        "Kế hoạch năm 2033 giao 40 chuyến."
    )

    assert [s.period for s in vanban.read(text).statistics] == ["2033-H1"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Trong năm, huyện đã tiếp 51 lượt công dân, tăng 2% so với cùng kỳ năm 2032.", ["2033"]),
        ("Hội tổng kết công tác năm 2033, triển khai chương trình năm 2034.\n\nDịp này, 4 tập thể được khen.",
         ["2033"]),
        ("Giám đốc sở báo cáo tình hình tháng 02, nhiệm vụ tháng 3 năm 2033. Sản xuất đạt 14 tỷ đồng.", ["2033-02"]),
    ],
)  # fmt: skip
def test_news_reports_on_the_time_behind_it(text, periods):
    assert [s.period for s in vanban.read(text).statistics] == periods


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Đã sửa chữa, cất mới được 42 căn nhà tình nghĩa.", ["cất mới căn nhà tình nghĩa"]),
        ("Tỷ lệ hộ nghèo cuối năm 2019 còn 3,1%.", ["Tỷ lệ hộ nghèo"]),
        ("Hội Khuyến học tặng quà cho học sinh với số tiền 12 triệu đồng.",
         ["Hội Khuyến học tặng quà cho học sinh – số tiền"]),
        ("Chỉ số hài lòng (SIPAS) năm 2019 đứng thứ 7/63 tỉnh, thành.", ["Chỉ số hài lòng – hạng"]),
        ("Cấp huyện tiếp công dân định kỳ 30 lượt, đột xuất 04 lượt.",
         ["Cấp huyện tiếp công dân định kỳ – số lượt", "Cấp huyện tiếp công dân đột xuất – số lượt"]),
        ("Nhận 12 đơn khiếu nại và 5 đơn tố cáo.", ["Nhận đơn khiếu nại", "Nhận đơn tố cáo"]),
    ],
)  # fmt: skip
def test_a_name_reads_as_a_person_would_call_the_figure(sentence, names):
    assert [s.name for s in vanban.read(RESULT.format(sentence)).statistics] == names


@pytest.mark.parametrize("sentence", ["Chỉ đạo 31 căn.", "Xảy ra tại 7/9 ấp.", "Có 12 vụ."])
def test_what_names_no_thing_is_shown_first(sentence):
    (found,) = vanban.read(RESULT.format(sentence)).statistics

    assert found.confidence <= 0.55
    assert "chưa rõ số liệu đếm gì" in found.because


def test_the_contents_of_a_report_tell_what_was_done():
    read = vanban.read(
        "BÁO CÁO\nCông tác dân vận năm 2019\nI. NỘI DUNG\n- Giải quyết 291/417 đơn, đạt 69,84%.\n"
        "II. PHƯƠNG HƯỚNG\n- Giải quyết dứt điểm đơn thư tồn đọng.\n"
    )

    assert [(s.value, s.numerator) for s in read.statistics] == [(69.84, 291)]
    assert [d.heading for d in read.duties] == [("II", "PHƯƠNG HƯỚNG")]
    assert read.targets == ()
