import pytest

import vanban
from tests.vanban.samples import DECISION, PARTY_GUIDANCE, PLAN, REPORT

FRAME = "KẾ HOẠCH\nCông tác dân vận năm 2022\nI. TỔ CHỨC THỰC HIỆN\n{}\n"


def duties(body):
    return vanban.read(FRAME.format(body)).duties


def only(body):
    (duty,) = duties(body)
    return duty


def test_plan():
    found = [(d.span.text[:34], d.lead, d.manner) for d in vanban.read(PLAN).duties]

    agencies = ("Các sở, ban, ngành", "Ủy ban nhân dân các huyện, thành phố")
    assert found == [
        ("Tiếp tục quán triệt Chỉ thị số 33-", (), "order"),
        ("Kịp thời biểu dương gương điển hìn", (), "order"),
        ("Các cơ quan, đơn vị chủ động đối t", ("Các cơ quan, đơn vị",), "order"),
        ("Sở Tư pháp chủ trì rà soát văn bản", ("Sở Tư pháp",), "order"),
        ("Chủ trì, phối hợp với Ban Dân vận ", ("Sở Nội vụ",), "order"),
        ("Báo cáo kết quả về Ủy ban nhân dân", ("Sở Nội vụ",), "order"),
        ("Xây dựng kế hoạch, gửi Sở Nội vụ c", agencies, "order"),
        (
            "Đề nghị Ủy ban Mặt trận Tổ quốc Vi",
            ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",),
            "request",
        ),
    ]


def test_results_are_no_duties():
    assert [d.heading[0] for d in vanban.read(REPORT).duties] == ["II.1", "II.2"]


def test_of_a_decision_only_what_it_lays_on_somebody():
    leads = [d.lead for d in vanban.read(DECISION).duties]

    assert leads == [
        ("Tổ công tác",),
        (
            "Chánh Thanh tra tỉnh",
            "Giám đốc Sở Tư pháp",
            "Chủ tịch Ủy ban nhân dân các huyện",
        ),
    ]


def test_party_guidance():
    duties = vanban.read(PARTY_GUIDANCE).duties

    assert duties[1].cooperating == ("Mặt trận Tổ quốc cùng cấp",)
    assert duties[-1].manner == "request"
    assert duties[-1].due.month_of_period == "last"


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("- Sở Nội vụ chủ trì theo dõi.", ("Sở Nội vụ",)),
        ("- Giao Trung tâm Văn hóa, thể thao, Đài Truyền thanh huyện tuyên truyền Kế hoạch này.",
         ("Trung tâm Văn hóa, thể thao", "Đài Truyền thanh huyện")),
        ("- Hiệu trưởng các trường, thủ trưởng các ban, ngành; Chủ tịch UBND các xã lập danh sách.",
         ("Hiệu trưởng các trường", "thủ trưởng các ban, ngành", "Chủ tịch UBND các xã")),
        ("- Sở Tư pháp cùng với Sở Y tế phối hợp với Ban Tuyên giáo nghiên cứu giải pháp.", ("Sở Tư pháp", "Sở Y tế")),
        ("- Trên cơ sở Kế hoạch này, Thủ trưởng các sở có trách nhiệm tổ chức thực hiện.", ("Thủ trưởng các sở",)),
        ("- Chỉ đạo Mặt trận Tổ quốc, các trường học vận động hiến máu.", ("Mặt trận Tổ quốc", "các trường học")),
        ("- Thực hiện tốt việc phối hợp giữa chính quyền với Mặt trận Tổ quốc nhằm tạo đồng thuận.", ("chính quyền",)),
        ("- Người đứng đầu cơ quan nhà nước, đơn vị sự nghiệp phải gương mẫu.", ("Người đứng đầu cơ quan nhà nước, đơn vị sự nghiệp",)),
        ("- Công an tỉnh: bảo đảm an ninh trật tự trên địa bàn.", ("Công an tỉnh",)),
        ("* **UBND các xã, phường:** Xây dựng kế hoạch thực hiện.", ("UBND các xã, phường",)),
        ("- Tăng cường kiểm tra các bếp ăn tập thể.", ()),
        ("- Trường hợp Chủ tịch UBND huyện đi vắng thì Phó Chủ tịch UBND huyện tiếp công dân thay.", ("Phó Chủ tịch UBND huyện",)),
    ],
)  # fmt: skip
def test_lead(sentence, lead):
    assert only(sentence).lead == lead


def test_a_subject_carries_on_within_its_paragraph_only():
    first, second, third = duties(
        "- Các cơ quan, đơn vị đẩy mạnh phong trào thi đua. Vận động nhân dân tham gia tích cực.\n"
        "- Tích cực thực hiện các mô hình trồng rừng."
    )

    assert first.lead == second.lead == ("Các cơ quan, đơn vị",)
    assert third.lead == ()


@pytest.mark.parametrize(
    ("heading", "lead"),
    [
        ("1. Sở Nội vụ", ("Sở Nội vụ",)),
        ("1. Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh:", ("Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh")),
        ("1. Trách nhiệm của Thủ trưởng các cơ quan, đơn vị", ("Thủ trưởng các cơ quan, đơn vị",)),
        ("1. Hoạt động của ban dân vận cấp ủy", ("ban dân vận cấp ủy",)),
        ("1. Đề nghị Ban Dân vận Tỉnh ủy:", ("Ban Dân vận Tỉnh ủy",)),
    ],
)
def test_lead_from_the_heading_above(heading, lead):
    duty = only(f"{heading}\n- Thực hiện tốt nhiệm vụ được giao.")

    assert duty.lead == lead
    assert duty.heading == ("I.1", heading[3:].strip(":"))


def test_a_request_in_the_heading_is_a_request():
    assert (
        only("1. Đề nghị Ban Dân vận Tỉnh ủy:\n- Tham dự các Đoàn kiểm tra của sở.").manner
        == "request"
    )


def test_divided_where_a_part_has_its_own_deadline():
    first, second = duties(
        "- Thực hiện tự rà soát theo biểu mẫu; gửi hồ sơ chấm điểm về Thanh tra tỉnh trước 18/9/2023."
    )

    assert first.due is None
    assert (second.due.date, second.due.inclusive) == ("2023-09-18", False)
    assert (second.deliver_to, second.deliverable) == ("Thanh tra tỉnh", "hồ sơ chấm điểm")


def test_divided_where_the_deadline_ends_and_another_task_begins():
    first, second = duties(
        "- Sở Y tế tổng kết đợt tiêm chủng vào cuối quý II/2021 và tiếp tục tập huấn cho các trạm."
    )

    assert (first.due.period, second.due) == ("2021-Q2", None)
    assert first.lead == second.lead == ("Sở Y tế",)


def test_a_deadline_in_closing_brackets_binds_the_whole_sentence():
    duty = only(
        "- Sở Y tế rà soát các trạm; củng cố các trạm còn thiếu người (cuối quý II/2021 hoàn thành)."
    )

    assert duty.due.period == "2021-Q2"


def test_divided_where_a_part_has_its_own_doer():
    _, second = duties(
        "- Triển khai vai trò giám sát; Mặt trận Tổ quốc huyện chủ trì đối thoại với Nhân dân."
    )

    assert second.lead == ("Mặt trận Tổ quốc huyện",)


def test_not_divided_where_only_the_deadline_follows():
    duty = only("- Sở Nội vụ tham mưu kinh phí; hoàn thành trong tháng 4/2025.")

    assert duty.due.period == "2025-04"


def test_not_divided_otherwise():
    assert only("- Nâng cao hiệu quả tiếp dân; giải quyết dứt điểm các vụ việc.").due is None


def test_several_periods_are_several_duties_of_one_span():
    found = duties("- Hàng tháng, quý các cơ quan báo cáo Sở Nội vụ kết quả thực hiện.")

    assert [d.due.every for d in found] == ["month", "quarter"]
    assert len({d.span for d in found}) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "- Các cơ quan báo cáo kết quả đến Sở Y tế tổng hợp, báo cáo Ủy ban nhân dân tỉnh.",
        "- Các cơ quan gửi báo cáo về Sở Y tế trước ngày 15/11/2022 để tổng hợp, báo cáo Ủy ban nhân dân tỉnh.",
    ],
)
def test_who_passes_a_report_on_has_a_duty_too(sentence):
    first, second = duties(sentence)

    assert (first.lead, first.deliver_to) == (("Các cơ quan",), "Sở Y tế")
    assert (second.lead, second.deliver_to) == (("Sở Y tế",), "Ủy ban nhân dân tỉnh")
    assert second.due is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị phản ánh về Sở Nội vụ để tổng hợp, "
        "báo cáo UBND tỉnh xem xét, quyết định./.",
        "Trong quá trình thực hiện, có vấn đề phát sinh, các địa phương kịp thời báo cáo về Sở Nội vụ tổng hợp, báo cáo UBND "
        "tỉnh chỉ đạo.",
    ],
)
def test_to_tell_of_difficulties_is_one_duty(sentence):
    duty = only(sentence)

    assert duty.deliver_to == "Sở Nội vụ"


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("- Theo dõi, đôn đốc các xã thực hiện.", "Theo dõi, đôn đốc"),
        ("- Nhân rộng mô hình hay, gắn với xây dựng nông thôn mới.", "Nhân rộng mô hình hay"),
    ],
)
def test_an_order_that_begins_like_a_circumstance(sentence, verb):
    assert only(sentence).action.startswith(verb)


@pytest.mark.parametrize(
    ("sentence", "to"),
    [
        (
            "- Gửi danh sách về UBND huyện (qua Phòng Y tế) chậm nhất ngày 15/4/2021.",
            "UBND huyện (qua Phòng Y tế)",
        ),
        ("- Tổng hợp, báo cáo Ban Thường vụ Tỉnh ủy theo quy định.", "Ban Thường vụ Tỉnh ủy"),
        ("- Tham mưu Ủy ban nhân dân tỉnh chỉ đạo thực hiện.", None),
    ],
)
def test_deliver_to(sentence, to):
    assert only(sentence).deliver_to == to


def test_a_letter_asks_whom_it_is_written_to():
    text = (
        "Thực hiện Kế hoạch số 1/KH-UBND, Sở Nội vụ đề nghị các sở, ban, ngành thực hiện một số nội dung sau:\n"
        "1. Rà soát, đề xuất khen thưởng các mô hình tiêu biểu.\n"
    )

    (duty,) = vanban.read(text).duties

    assert (duty.lead, duty.manner) == (("các sở, ban, ngành",), "request")


def test_a_short_clause_above_bullets_is_a_duty_where_it_has_a_verb():
    found = duties("1. Sở Tài chính bố trí kinh phí.\n- Hướng dẫn các đơn vị lập dự toán.")

    assert [d.lead for d in found] == [("Sở Tài chính",), ("Sở Tài chính",)]


def test_a_clause_below_a_named_heading_is_its_duty():
    text = "CHỈ THỊ\nVề dân vận\n1. Giao Sở Nội vụ:\na) Báo cáo kết quả thực hiện Chỉ thị.\n"

    (duty,) = vanban.read(text).duties

    assert (duty.lead, duty.heading) == (
        ("Sở Nội vụ",),
        ("1.a", "Báo cáo kết quả thực hiện Chỉ thị"),
    )


@pytest.mark.parametrize(
    "body",
    [
        "1. Sở Nội vụ có trách nhiệm:",
        "Trên đây là Kế hoạch công tác dân vận, đề nghị các cơ quan nghiêm túc triển khai thực hiện./.",
        "Đề nghị các cơ quan, đơn vị quan tâm phối hợp thực hiện./.",
        "- Địa điểm: Tại Phòng tiếp công dân.",
        "- Các cơ quan đã thực hiện tốt công tác tuyên truyền.",
        "4. Kinh phí thực hiện: Kinh phí bảo đảm từ ngân sách nhà nước.",
    ],
)
def test_no_duty(body):
    assert duties(body) == ()


NEWS = "Tỉnh An Phúc chấn chỉnh việc tiếp dân\n\n{}\n"


def told(sentences):
    return [(d.lead, d.span.text) for d in vanban.read(NEWS.format(sentences)).duties]


@pytest.mark.parametrize(
    ("sentence", "leads"),
    [
        ("Chủ tịch UBND tỉnh giao Sở Xây dựng kiểm tra bến phà.", ("Sở Xây dựng",)),
        ("Theo đó, UBND tỉnh đề nghị Công an tỉnh tăng cường tuần tra.", ("Công an tỉnh",)),
        (
            "Để kịp thời vụ, Chủ tịch UBND huyện yêu cầu giám đốc các trạm và chủ tịch UBND các xã mở cống.",
            ("giám đốc các trạm", "chủ tịch UBND các xã"),
        ),
        ("UBND tỉnh vừa có văn bản yêu cầu Sở Y tế rà soát nhân lực.", ("Sở Y tế",)),
        ("Sau cuộc họp, Chủ tịch UBND tỉnh có ý kiến: Giao Sở Y tế báo cáo.", ("Sở Y tế",)),
        ("Bí thư Tỉnh ủy nhấn mạnh: Các cấp ủy phải nghe dân nói.", ("Các cấp ủy",)),
        ("Công văn yêu cầu Thanh tra tỉnh theo dõi việc trả lời đơn.", ("Thanh tra tỉnh",)),
        ("Thời gian tới, các cấp Hội tiếp tục thăm hỏi người neo đơn.", ("các cấp Hội",)),
    ],
)
def test_who_is_told_leads_not_who_tells(sentence, leads):
    assert [lead for lead, _ in told(sentence)] == [leads]


@pytest.mark.parametrize(
    "sentence",
    [
        "Tỉnh ủy An Phúc vừa có Thông báo số 15-TB/TU ngày 03/8/2021 về hoãn tiếp dân.",
        "Từ ngày 01/02 đến ngày 06/7, UBND tỉnh giao 311 nhiệm vụ cho các sở.",
        "Theo lịch công tác, ngày 16/8/2021, đồng chí Bí thư Tỉnh ủy tổ chức tiếp dân.",
        "Hội Nông dân tỉnh tổ chức 15 lớp tập huấn.",
    ],
)
def test_news_of_what_was_done_is_no_duty(sentence):
    assert told(sentence) == []


def test_who_comes_after_one_who_was_told_is_told_too():
    found = told("UBND tỉnh giao Sở Tài chính bố trí vốn; Sở Y tế mua thuốc. Sở Nội vụ báo cáo.")

    assert [lead for lead, _ in found] == [("Sở Tài chính",), ("Sở Y tế",), ("Sở Nội vụ",)]


ARTICLES = (
    "QUYẾT ĐỊNH\nBan hành Quy chế tiếp dân\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành Quy chế tiếp dân.\n{}\n"
)


@pytest.mark.parametrize(
    ("article", "leads"),
    [
        (
            "Điều 2. Sở Nội vụ phối hợp với các ngành tổ chức thực hiện Quyết định này.",
            [("Sở Nội vụ",)],
        ),
        (
            "Điều 2. Các ông (bà): Chánh Văn phòng UBND tỉnh, Giám đốc các Sở: Nội vụ, Tài chính; "
            "Thủ trưởng các đơn vị liên quan chịu trách nhiệm thi hành Quyết định này./.",
            [
                (
                    "Chánh Văn phòng UBND tỉnh",
                    "Giám đốc các Sở: Nội vụ, Tài chính",
                    "Thủ trưởng các đơn vị liên quan",
                )
            ],
        ),
        (
            "Điều 2. Ban Chỉ đạo có nhiệm vụ:\n- Tham mưu UBND tỉnh về việc tiếp dân.\n- Đôn đốc các ngành trả lời đơn.",
            [("Ban Chỉ đạo",), ("Ban Chỉ đạo",)],
        ),
        ("Điều 2. Ban Chỉ đạo tự giải thể sau khi hoàn thành nhiệm vụ.", []),
        ("Điều 2. Cá nhân có thành tích được khen thưởng theo quy định.", []),
        (
            "Điều 2. Tiếp nhận\n1. Người tiếp công dân có trách nhiệm ghi chép đầy đủ.",
            [("Người tiếp công dân",)],
        ),
    ],
)
def test_articles(article, leads):
    assert [d.lead for d in vanban.read(ARTICLES.format(article)).duties] == leads


@pytest.mark.parametrize(
    ("sentence", "recipient"),
    [
        ("báo cáo kết quả về UBND tỉnh bằng văn bản trước ngày 20/7/2022", "UBND tỉnh"),
        ("gửi báo cáo về UBND tỉnh thông qua Văn phòng", "UBND tỉnh"),
        ("gửi số liệu cho Sở Tài nguyên và Môi trường", "Sở Tài nguyên và Môi trường"),
        ("báo cáo UBND tỉnh (qua Sở Nội vụ) khi có việc mới", "UBND tỉnh (qua Sở Nội vụ)"),
        ("báo cáo UBND tỉnh các trường hợp trễ hạn", "UBND tỉnh"),
        ("cung cấp danh sách cho Thanh tra tỉnh", "Thanh tra tỉnh"),
        ("báo cáo, đề xuất với Bộ Nội vụ những cách làm mới", None),
    ],
)
def test_where_the_recipient_ends(sentence, recipient):
    assert only(f"1. Sở Y tế {sentence}.").deliver_to == recipient


@pytest.mark.parametrize(
    "body",
    [
        "1. Sở Nội vụ - Chủ trì kiểm tra việc tiếp dân ở các xã.",
        "1. Sở Nội vụ\nKiểm tra việc tiếp dân ở các xã, phường.",
        "1. Kiểm tra việc tiếp dân: Sở Nội vụ chủ trì ở các xã.",
        "1. Sở Nội vụ\n- Mỗi quý một lần kiểm tra việc tiếp dân.",
        "1. Sở Nội vụ\n- Kiểm tra tiếp dân.",
    ],
)
def test_ways_in_which_a_doer_stands_before_his_task(body):
    assert only(body).lead == ("Sở Nội vụ",)


def test_parts_with_deadlines_of_their_own_are_duties_of_their_own():
    found = duties(
        "1. Sở Y tế xây dựng kế hoạch trước ngày 20/3/2022; tổng kết trước ngày 10/12/2022."
    )

    assert [d.due.date for d in found] == ["2022-03-20", "2022-12-10"]


@pytest.mark.parametrize(
    ("body", "sure"),
    [
        ("1. Sở Y tế kiểm tra các trạm y tế xã, phường.", True),
        ("1. Sở Y tế\n- Kiểm tra các trạm y tế xã, phường.", True),
        ("- Kiểm tra các trạm y tế ở xã, phường.", None),
        ("1. Sở Y tế kiểm tra các trạm y tế\n\nvà báo cáo kết quả.", True),
        ("1. Sở Y tế kiểm tra hồ sơ của các trạm y tế và", False),
        ("1. Sở Y tế họp với các trạm y tế mỗi tháng.", False),
        (
            "1. Sở Y tế lập kế hoạch kiểm tra các trạm y tế của xã, phường trong cả hai đợt, phối hợp với "
            "Sở Nội vụ chấm điểm.",
            False,
        ),
        ("1. Sở Y tế kiểm tra các trạm trước ngày rằm.", False),
    ],
)
def test_what_is_torn_or_unclear_is_weak(body, sure):
    confidence = only(body).confidence

    assert {True: confidence >= 0.8, False: confidence < 0.6, None: 0.6 <= confidence < 0.8}[sure]


def test_a_weak_duty_says_what_is_doubtful():
    assert "thời hạn" in only("1. Sở Y tế kiểm tra các trạm trước ngày rằm.").because


def test_of_what_a_report_asks_only_what_it_asks_of_somebody():
    text = (
        "BÁO CÁO\nKết quả năm 2022\nI. KẾT QUẢ\n- Đã họp dân.\nIII. KIẾN NGHỊ\n"
        "1. Đề nghị Sở Tài chính sớm cấp vốn.\n2. Việc cấp vốn còn chậm, cần xem lại.\n"
    )

    (duty,) = vanban.read(text).duties
    assert (duty.lead, duty.confidence >= 0.8) == (("Sở Tài chính",), True)


# Recipients


def test_the_levels_of_one_body_are_one_recipient():
    duty = only("- Lập hồ sơ, gửi cơ quan nội vụ cấp tỉnh, cấp huyện để tổng hợp.")

    assert duty.deliver_to == "cơ quan nội vụ cấp tỉnh, cấp huyện"


def test_all_recipients_are_named():
    duty = only(
        "- Sở Nội vụ gửi báo cáo đến Ủy ban nhân dân tỉnh (qua Văn phòng và đồng gửi Ban Dân vận "
        "Tỉnh ủy trước ngày 10/12/2022), đồng thời báo cáo Thường trực Tỉnh ủy."
    )

    assert duty.deliver_to == (
        "Ủy ban nhân dân tỉnh (qua Văn phòng); Ban Dân vận Tỉnh ủy; Thường trực Tỉnh ủy"
    )


def test_two_recipients_joined_by_and():
    duty = only("- Gửi kế hoạch về Sở Nội vụ và Ban Dân vận Tỉnh ủy trước ngày 15/3/2022.")

    assert duty.deliver_to == "Sở Nội vụ; Ban Dân vận Tỉnh ủy"


@pytest.mark.parametrize(
    "body",
    [
        "- Sở Y tế đề xuất Ủy ban nhân dân tỉnh phương án để báo cáo Thường trực Tỉnh ủy.",
        "- Kiểm tra việc các thôn hoàn thiện hồ sơ và nộp về Ủy ban nhân dân xã đúng hạn.",
    ],
)
def test_what_another_hands_over_is_no_delivery(body):
    assert only(body).deliver_to is None


def test_what_one_hands_over_after_following_it_up_is_his():
    duty = only("- Sở Nội vụ theo dõi việc thực hiện và báo cáo Ủy ban nhân dân tỉnh kết quả.")

    assert duty.deliver_to == "Ủy ban nhân dân tỉnh"


# Partners


@pytest.mark.parametrize(
    "body",
    [
        "- Rà soát, bổ sung quy chế phối hợp với Hội Nông dân tỉnh cho sát thực tế.",
        "- Kiểm tra việc phối hợp với tổ trưởng dân phố mời họp dân bàn đóng góp.",
    ],
)
def test_the_joint_work_of_others_gives_no_partner(body):
    assert only(body).cooperating == ()


# Who is meant


def test_whom_the_words_encourage_or_single_out_leads():
    body = (
        "1. Các sở, ban, ngành tỉnh:\n"
        "- Khuyến khích các phường, thị trấn đăng ký mô hình mới của địa bàn mình.\n"
        "- Riêng đối với các trường học: khi đăng ký cần nêu rõ tên mô hình và người phụ trách.\n"
    )

    assert [d.lead for d in duties(body)] == [("các phường, thị trấn",), ("các trường học",)]


def test_a_quarrel_is_no_office():
    body = "1. Vụ tranh chấp bãi bồi: Sở Xây dựng kiểm tra, báo cáo Ủy ban nhân dân tỉnh."

    assert {d.lead for d in duties(body)} == {("Sở Xây dựng",)}


# What is a duty


@pytest.mark.parametrize(
    "body",
    [
        "1. Quá trình triển khai làm rõ việc của từng người, giải quyết dứt điểm đơn còn tồn.",
        "1. Trong thực thi công vụ bảo đảm quyền lợi chính đáng của người dân.",
    ],
)
def test_an_order_behind_a_circumstance_without_comma(body):
    assert only(body).confidence < 0.6


def test_a_list_of_anniversaries_is_no_duty():
    assert duties("- 70 năm Ngày truyền thống của ngành, tổ chức vào cuối tháng 9 hằng năm.") == ()


@pytest.mark.parametrize("behind", ["", "\nNơi nhận:\n- Như trên;\n"])
def test_the_last_words_ask_for_nothing_of_their_own(behind):
    body = (
        "- Gửi báo cáo về Sở Nội vụ trước ngày 20/6/2022.\n"
        "Ủy ban nhân dân tỉnh kính đề nghị các đơn vị quan tâm phối hợp thực hiện; phát huy kết quả."
    )

    assert [d.deliver_to for d in duties(body + behind)] == ["Sở Nội vụ"]


def test_forms_of_work_that_somebody_is_told_to_use_are_duties():
    text = (
        "KẾ HOẠCH\nGiám sát năm 2022\nI. HÌNH THỨC GIÁM SÁT\n"
        "Ban Thường trực Mặt trận xã tổ chức thực hiện các hình thức sau:\n"
        "- Tham dự các cuộc họp thôn bàn việc đóng góp.\n"
        "- Trực tiếp xem hồ sơ tại nơi tiếp công dân.\n"
    )

    assert [d.lead for d in vanban.read(text).duties] == [("Ban Thường trực Mặt trận xã",)] * 2


def test_forms_of_work_told_of_nobody_are_none():
    text = "KẾ HOẠCH\nGiám sát\nI. HÌNH THỨC\n- Tham dự các cuộc họp thôn bàn việc đóng góp.\n"

    assert vanban.read(text).duties == ()


# Deadlines of a stem


def test_a_stage_gives_its_end_to_the_bullets_without_their_own():
    body = (
        "1. Đợt 1: Từ ngày 05/3/2022 đến ngày 20/4/2022:\n"
        "- Kiểm tra việc niêm yết thủ tục tại bộ phận một cửa.\n"
        "- Lập danh sách các thôn chậm trước ngày 01/4/2022.\n"
        "2. Công việc khác:\n"
        "- Rà soát sổ tiếp công dân của các phòng.\n"
    )

    dues = [d.due and d.due.date for d in duties(body)]

    assert dues == ["2022-04-20", "2022-04-01", None]


def test_a_day_further_on_in_a_stem_binds_only_the_stem():
    body = (
        "1. Báo cáo gửi về Sở Nội vụ trước ngày 20/4/2022 nêu rõ:\n- Tăng cường kiểm tra cơ sở.\n"
    )

    assert [d.due for d in duties(body) if d.span.text.startswith("Tăng")] == [None]


def test_struck_words_end_a_duty():
    duty = only("1. Giao Sở Nội vụ theo dõi, tổng kết vào cuối năm 2023. ~~thực~~")

    assert duty.span.text == "Giao Sở Nội vụ theo dõi, tổng kết vào cuối năm 2023"


@pytest.mark.parametrize(
    "body",
    [
        "- Có việc chưa rõ, các đơn vị liên hệ bộ phận một cửa, điện thoại nội bộ 204, để được giúp.",
        "- Văn phòng thông báo để các phòng, đơn vị biết, thực hiện.",
        "- Ủy ban nhân dân các xã tiếp 1.204 lượt người, không có đoàn đông người.",
    ],
)
def test_words_that_only_tell_are_no_duty(body):
    assert duties(body) == ()


def test_who_must_is_told_whoever_it_is():
    assert only("- Những thôn chưa họp phải nêu rõ vì sao và ngày họp dự kiến.").lead == ()


def test_a_sentence_is_divided_where_one_part_has_a_recipient():
    body = "1. Sở Y tế vận động hộ nuôi khai báo dịch; lập hồ sơ hỗ trợ gửi Sở Tài chính ngay."

    assert [d.deliver_to for d in duties(body)] == [None, "Sở Tài chính"]


def test_a_partner_is_carried_to_the_later_parts_of_its_sentence():
    body = (
        "1. Sở Y tế phối hợp với Hội Nông dân tỉnh rà soát các hộ nuôi; "
        "lập danh sách gửi Sở Tài chính trước ngày 05/6/2022."
    )

    assert [d.cooperating for d in duties(body)] == [("Hội Nông dân tỉnh",)] * 2


def test_joint_work_in_addition_is_a_duty_of_its_own():
    body = (
        "1. Các phòng thuộc Sở xây dựng kế hoạch của phòng mình, đồng thời phối hợp với "
        "Văn phòng Sở tổ chức thực hiện."
    )

    assert [d.cooperating for d in duties(body)] == [(), ("Văn phòng Sở",)]


@pytest.mark.parametrize(
    ("line", "count"), [("- Gom rác ở bãi chợ.", 1), ("- Tình hình rác ở bãi chợ.", 0)]
)
def test_among_tasks_a_bullet_with_an_unknown_verb_is_a_doubtful_duty(line, count):
    found = vanban.read(f"KẾ HOẠCH\nCông tác tháng 6\nI. NHIỆM VỤ THÁNG 6\n{line}\n").duties

    assert [d.confidence < 0.6 for d in found] == [True] * count


def test_where_nobody_is_named_at_all_an_order_is_not_doubtful():
    alone = "Thứ nhất, tiếp tục đổi mới việc tiếp công dân ở các xã.\n"
    named = "Thứ hai, Sở Nội vụ kiểm tra việc tiếp công dân ở các xã.\n"

    doubtful = [
        vanban.read("HƯỚNG DẪN\nCông tác dân vận\n" + body).duties[0].confidence < 0.6
        for body in (alone, alone + named)
    ]

    assert doubtful == [False, True]
