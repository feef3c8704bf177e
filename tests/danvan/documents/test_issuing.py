import pytest

from danvan.documents import issuing


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("Sở Nội vụ", "SNV"),
        ("Sở Kế hoạch và Đầu tư", "SKHĐT"),  # và is passed over
        ("Sở Lao động - Thương binh và Xã hội", "SLĐTBXH"),
        ("Văn phòng UBND tỉnh", "VPUBND"),
        ("Thanh tra tỉnh", "TT"),
        ("UBND huyện An Phú Đông", "UBND"),
    ],
)
def test_sign_of(name, sign):
    assert issuing.sign_of(name) == sign


@pytest.mark.parametrize(
    ("name", "lines", "authority", "role"),
    [
        ("Sở Nội vụ", ("Sở Nội vụ",), (), "Giám đốc"),
        ("Văn phòng UBND tỉnh", ("Văn phòng UBND tỉnh",), (), "Chánh Văn phòng"),
        ("Thanh tra tỉnh", ("Thanh tra tỉnh",), (), "Chánh Thanh tra"),
        (
            "UBND huyện An Phú Đông",
            ("Ủy ban nhân dân", "huyện An Phú Đông"),
            ("TM. Ủy ban nhân dân",),
            "Chủ tịch",
        ),
    ],
)
def test_issuer_and_signing(name, lines, authority, role):
    assert issuing.issuer_lines(name) == lines
    assert issuing.signing(name) == (authority, role)


@pytest.mark.parametrize(
    ("name", "title", "authority", "role"),
    [
        ("Sở Nội vụ", "Giám đốc", (), "Giám đốc"),
        ("Sở Nội vụ", "Phó Giám đốc", ("KT. Giám đốc",), "Phó Giám đốc"),
        ("Sở Nội vụ", "Quyền Giám đốc", (), "Q. Giám đốc"),
        (
            "UBND huyện An Phú Đông",
            "Phó Chủ tịch",
            ("TM. Ủy ban nhân dân", "KT. Chủ tịch"),
            "Phó Chủ tịch",
        ),
    ],
)
def test_who_leads_signs_in_his_own_capacity(name, title, authority, role):
    assert issuing.signing(name, title) == (authority, role)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Sở Nội vụ", "Tân Giang"),
        ("UBND huyện An Phú Đông", "An Phú Đông"),
        ("UBND thành phố Vĩnh Thạnh", "Vĩnh Thạnh"),
        ("UBND xã Bến Đá", "Bến Đá"),
        ("UBND phường 5", "Phường 5"),  # a number alone is no name of a place
    ],
)
def test_place_of(name, place):
    assert issuing.place_of(name, "UBND tỉnh Tân Giang") == place
