import pytest

from danvan.documents.citations.bodies import in_proper_case


@pytest.mark.parametrize(
    "name",
    [
        "Ủy ban nhân dân tỉnh Tân Giang",
        "Ủy ban nhân dân huyện An Phú Đông",
        "Ủy ban nhân dân thị xã Bến Đá",
        "Ủy ban nhân dân thành phố Tân An",
        "Ủy ban nhân dân Thành phố Hồ Chí Minh".replace("Thành phố", "thành phố"),
        "Ủy ban nhân dân phường 3",
        "Ủy ban nhân dân xã Bến Đá huyện An Phú Đông",
        "UBND tỉnh Tân Giang",
        "HĐND tỉnh Tân Giang",
        "Hội đồng nhân dân xã Cồn Tròn",
        "Văn phòng Ủy ban nhân dân tỉnh",
        "Đảng ủy xã Bến Đá",
        "Đảng bộ tỉnh Tân Giang",
        "Tỉnh ủy Tân Giang",
        "Huyện ủy An Phú Đông",
        "Ban Dân vận Tỉnh ủy",
        "Ban Dân vận Tỉnh ủy Tân Giang",
        "Ban Dân vận Trung ương",
        "Ban Tuyên giáo và Dân vận Tỉnh ủy",
        "Ban Thường vụ Tỉnh ủy",
        "Ban Chấp hành Đảng bộ tỉnh Tân Giang",
        "Ban Chấp hành Trung ương",
        "Bộ Chính trị",
        "Ban Bí thư",
        "Chính phủ",
        "Thủ tướng Chính phủ",
        "Chủ tịch nước",
        "Chủ tịch Ủy ban nhân dân tỉnh",
        "Quốc hội",
        "Ủy ban Thường vụ Quốc hội",
        "Bộ Nội vụ",
        "Sở Nội vụ",
        "Sở Nội vụ tỉnh Tân Giang",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Lao động - Thương binh và Xã hội",
        "Sở Nông nghiệp và Phát triển nông thôn",
        "Sở Giao thông vận tải",
        "Phòng Giáo dục và Đào tạo huyện An Phú Đông",
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Tân Giang",
        "Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh Tân Giang",
        "Hội Liên hiệp Phụ nữ Việt Nam tỉnh Tân Giang",
        "Tỉnh đoàn Tân Giang",
        "Công an tỉnh Tân Giang",
        "Bộ Chỉ huy quân sự tỉnh",
        "Thanh tra tỉnh",
        "Ban Quản lý khu kinh tế",
        "BCĐ tỉnh Tân Giang",
        "Ban Dân vận Tỉnh ủy - Sở Nội vụ",
        "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu",
    ],
)
def test_a_body_in_capitals_is_written_as_one_writes_it(name):
    assert in_proper_case(name.upper()) == name
    assert in_proper_case(name) == name  # as it is


def test_a_name_on_two_lines_is_one():
    assert in_proper_case("ỦY BAN NHÂN DÂN\nTỈNH TÂN GIANG") == "Ủy ban nhân dân tỉnh Tân Giang"


@pytest.mark.parametrize("printed", ["", "CÔNG TY ABC", "Sở NỘI VỤ", "—", "123", "Bộ Nội vụ"])
def test_what_is_not_known_stays_as_printed(printed):
    assert in_proper_case(printed) == printed
