import pytest

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
