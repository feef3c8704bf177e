import pytest

import vanban
from vanban import bodies


@pytest.mark.parametrize(
    ("names", "entries"),
    [
        ("Sở Nội vụ", ["Sở Nội vụ"]),
        ("Sở Thông tin và Truyền thông", ["Sở Thông tin và Truyền thông"]),
        ("Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh", ["Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh"]),
        # one head noun is one entry
        ("Các sở, ban, ngành tỉnh", ["Các sở, ban, ngành tỉnh"]),
        ("UBND các huyện, thị xã, thành phố", ["UBND các huyện, thị xã, thành phố"]),
        ("Các cơ quan, đơn vị và địa phương", ["Các cơ quan, đơn vị và địa phương"]),
        (
            "các cơ quan, đơn vị, Ủy ban nhân dân huyện, thành phố",
            ["các cơ quan, đơn vị", "Ủy ban nhân dân huyện, thành phố"],
        ),
        (
            "Ban Tổ chức, Liên đoàn Lao động và các tổ chức chính trị - xã hội",
            ["Ban Tổ chức", "Liên đoàn Lao động", "các tổ chức chính trị - xã hội"],
        ),
        ("Các Sở, Ban, Ngành, Đoàn thể tỉnh", ["Các Sở, Ban, Ngành, Đoàn thể tỉnh"]),
        # of an office alone the body is said further on
        ("Giám đốc, Thủ trưởng các sở", ["Giám đốc, Thủ trưởng các sở"]),
        (
            "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện",
            ["Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện"],
        ),
        ("đồng chí Lý Văn Cần, Chủ tịch UBND xã", ["đồng chí Lý Văn Cần, Chủ tịch UBND xã"]),
        # semicolons, “&” and dashes divide
        (
            "thủ trưởng các sở, ngành; chủ tịch UBND các huyện",
            ["thủ trưởng các sở, ngành", "chủ tịch UBND các huyện"],
        ),
        (
            "Ủy ban MTTQ xã & các đoàn thể; Trung tâm Văn hóa & Truyền thông",
            ["Ủy ban MTTQ xã", "các đoàn thể", "Trung tâm Văn hóa & Truyền thông"],
        ),
        (
            "Chánh Văn phòng UBND tỉnh - Giám đốc Sở Nội vụ",
            ["Chánh Văn phòng UBND tỉnh", "Giám đốc Sở Nội vụ"],
        ),
        # what the body is besides, and its term, is no part of the name
        ("Sở Nội vụ - cơ quan thường trực Ban Chỉ đạo", ["Sở Nội vụ"]),
        ("Chủ tịch HĐND huyện khóa XIX, nhiệm kỳ 2016-2021", ["Chủ tịch HĐND huyện"]),
        # a group with its members in brackets gives the members
        (
            "Các cơ quan báo chí (Báo An Phúc, Đài Phát thanh tỉnh)",
            ["Báo An Phúc", "Đài Phát thanh tỉnh"],
        ),
    ],
)
def test_split(names, entries):
    assert [names[s:e] for s, e in bodies.split(names, 0, len(names))] == entries


@pytest.mark.parametrize(
    ("sentence", "doer"),
    [
        ("Sở Nội vụ chủ trì tham mưu", "Sở Nội vụ"),
        ("Ban Chỉ đạo thực hiện quy chế dân chủ theo dõi", "Ban Chỉ đạo thực hiện quy chế dân chủ"),
        ("các tổ chức chính trị - xã hội tổ chức phổ biến", "các tổ chức chính trị - xã hội"),
        # a name that is complete ends, whatever the verb
        ("Ủy ban nhân dân thành phố An Phúc khơi thông cống", "Ủy ban nhân dân thành phố An Phúc"),
        ("Sở Y tế nhập vắc xin", "Sở Y tế"),
        ("Ban cán sự đảng UBND tỉnh lãnh đạo UBND tỉnh", "Ban cán sự đảng UBND tỉnh"),
        ("Hội Nông dân tỉnh gom hàng", "Hội Nông dân tỉnh"),
        ("Đảng ủy các xã, phường, đặc khu thấm nhuần", "Đảng ủy các xã, phường, đặc khu"),
        # what a place is followed by is no verb
        ("các xã biên giới cử người", "các xã biên giới"),
        ("Sở Lao động - Thương binh và Xã hội rà soát", "Sở Lao động - Thương binh và Xã hội"),
        ("Ban Chỉ đạo họp định kỳ", "Ban Chỉ đạo"),
        ("Tổ thư ký giúp việc Ban Chỉ đạo chuẩn bị", "Tổ thư ký giúp việc Ban Chỉ đạo"),
        ("cơ quan tiếp nhận phải trả lời", "cơ quan tiếp nhận"),
        # named after what it does
        (
            "Phòng Phổ biến, giáo dục pháp luật tổ chức tập huấn",
            "Phòng Phổ biến, giáo dục pháp luật",
        ),
        ("Trung tâm Trợ giúp pháp lý tổ chức tập huấn", "Trung tâm Trợ giúp pháp lý"),
        ("Phòng Tư pháp, Phòng Nội vụ báo cáo", "Phòng Tư pháp, Phòng Nội vụ"),
        (
            "Cơ quan thông tin và truyền thông tỉnh đăng tin",
            "Cơ quan thông tin và truyền thông tỉnh",
        ),
    ],
)
def test_predicate_ends_the_name(sentence, doer):
    assert sentence[: bodies.predicate_after(sentence, 0, len(sentence))].strip() == doer


@pytest.mark.parametrize(
    "order", ["Ban hành kế hoạch", "Tổ chức hội nghị", "Báo cáo kết quả", "Phòng, chống"]
)
def test_an_order_is_no_body(order):
    assert not bodies.begins(order, 0)


def test_a_name_ends_before_how_often_something_is_held():
    (first,) = vanban.read("II. NHIỆM VỤ\n1. Thanh tra Sở tổ chức ít nhất 02 cuộc kiểm tra.").duties

    assert first.lead == ("Thanh tra Sở",)


def test_party_bodies_in_small_letters_are_two():
    flat = "đảng đoàn Hội đồng nhân dân tỉnh, ban cán sự đảng Ủy ban nhân dân tỉnh"

    assert len(bodies.split(flat, 0, len(flat))) == 2
