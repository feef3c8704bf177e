import pytest

import vanban
from tests.vanban.samples import DECISION, PARTY_GUIDANCE, PLAN, REPORT


def test_plan_of_a_province():
    header = vanban.read(PLAN).header

    assert header.issuer == "ỦY BAN NHÂN DÂN TỈNH AN PHÚC"
    assert header.number == "45/KH-UBND"
    assert header.kind == "Kế hoạch"
    assert (header.place, header.date) == ("An Phúc", "2023-03-07")
    assert header.title == "Triển khai công tác dân vận chính quyền năm 2023"
    assert header.period == ("2023", "2023")
    assert header.authority == "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"
    assert (header.signer_role, header.signer) == ("PHÓ CHỦ TỊCH", "Trần Thị Minh Hạnh")
    assert header.recipients == (
        "Thường trực Tỉnh ủy (b/c)",
        "Các sở, ban, ngành tỉnh",
        "Lưu: VT, NC",
    )


def test_party_guidance_in_columns_of_blanks():
    header = vanban.read(PARTY_GUIDANCE).header

    assert header.issuer == "TỈNH ỦY HẢI LƯU BAN DÂN VẬN"
    assert header.number == "12-HD/BDVTU"
    assert header.kind == "Hướng dẫn"
    assert (header.place, header.date) == ("Hải Lưu", "2021-01-18")
    assert header.title == "công tác dân vận năm 2021"
    assert header.authority == "T/L BAN THƯỜNG VỤ"
    assert (header.signer_role, header.signer) == ("TRƯỞNG BAN", "Nguyễn Văn Lộc")


def test_decision_takes_the_longer_name_of_its_issuer():
    header = vanban.read(DECISION).header

    assert header.issuer == "ỦY BAN NHÂN DÂN TỈNH SƠN HÀ"
    assert header.number == "812/QĐ-UBND"
    assert header.title == "VỀ VIỆC THÀNH LẬP TỔ CÔNG TÁC TIẾP CÔNG DÂN"
    assert (header.authority, header.signer_role) == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert header.signer == "Phạm Quốc Bảo"


def test_report_without_letterhead_states_only_what_is_printed():
    header = vanban.read(REPORT).header

    assert header.kind == "Báo cáo"
    assert header.period == ("2022", "2023")
    assert (header.issuer, header.number, header.date, header.signer) == (None, None, None, None)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("UBND TỈNH X\nSố:      /BC-STP\nY, ngày    tháng  9  năm 2027\nBÁO CÁO\nTuần", "number", None),
        ("UBND TỈNH X\nSố: 1318 /KH-UBND\nBÁO CÁO\nTuần", "number", "1318/KH-UBND"),
        ("UBND TỈNH X\nSố:\n83/2023/QĐ-UBND\nBÁO CÁO\nTuần", "number", "83/2023/QĐ-UBND"),
        ("UBND TỈNH X\nHoà Thuỷ, ngày 2 tháng 9 năm 2027\nBÁO CÁO\nTuần", "place", "Hoà Thuỷ"),
        ("KẾ HOẠCH\nPhục vụ bầu cử nhiệm kỳ 2026 - 2031\nCăn cứ", "period", None),
        ("KẾ HOẠCH\nCông tác dân vận giai đoạn 2018 - 2020\nCăn cứ", "period", ("2018", "2020")),
        ("BÁO CÁO\n**tổng kết công tác dân vận\nvà chương trình năm 2020**\n\nA", "title",
         "tổng kết công tác dân vận và chương trình năm 2020"),
        ("Ban Tổ chức Tỉnh ủy hướng dẫn triển khai chủ đề năm 2021\nHưởng ứng", "kind", "Hướng dẫn"),
        ("Nội dung.\nGIÁM ĐỐC\n\nTS. Lê Văn Ba", "signer", "Lê Văn Ba"),
        ("SỞ NỘI VỤ\nSố: 5/SNV-CC\nV/v báo cáo quý II/2023\nAn, ngày 2 tháng 6 năm 2023\nKính gửi: UBND", "title",
         "V/v báo cáo quý II/2023"),
        ("Phần thứ nhất\nKẾT QUẢ CÔNG TÁC NĂM 2023\nI. CHUNG\n", "authority", None),
        ("QUYẾT ĐỊNH:\nĐiều 1. X\n", "kind", "Quyết định"),
    ],
)  # fmt: skip
def test_fields(text, field, value):
    assert getattr(vanban.read(text).header, field) == value


def test_every_field_says_where_and_why():
    document = vanban.read(PLAN)

    for name, at in document.header.spans.items():
        assert getattr(document.header, name)
        assert document.text[at.start : at.end].strip()
        assert 0 < at.confidence <= 1
        assert at.because


LETTER = "{}\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n|\nSố: 5/QĐ-UBND\n|\n{}\n|\nQUYẾT ĐỊNH\n{}\nCăn cứ Luật Tiếp công dân;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành.\n{}"


def letter(
    issuer="ỦY BAN NHÂN DÂN\nTỈNH SƠN HÀ",
    place="Sơn Hà, ngày 2 tháng 3 năm 2031",
    title="VỀ TIẾP CÔNG DÂN",
    end="",
):
    return vanban.read(LETTER.format(issuer, place, title, end)).header


@pytest.mark.parametrize(
    "torn",
    [
        "Sơn\nHà, ngày 2 tháng 3 năm 2031",
        "Sơn Hà, ngày\n2 tháng 3 năm 2031",
        "Sơn\nHà, ngày 2 tháng\n3 năm 2031",
    ],
)
def test_a_place_torn_within_its_cell_is_whole(torn):
    found = letter(place=torn)

    assert (found.place, found.date) == ("Sơn Hà", "2031-03-02")


def test_a_capacity_torn_within_its_cell_is_whole():
    found = letter(end="|\nTM.\nỦY BAN NHÂN DÂN TỈNH\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn Ba\n|\n")

    assert found.authority == "TM. ỦY BAN NHÂN DÂN TỈNH KT. CHỦ TỊCH"
    assert (found.signer_role, found.signer) == ("PHÓ CHỦ TỊCH", "Lê Văn Ba")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("VỀ NHIỆM VỤ NĂM 2031\nHỘI ĐỒNG NHÂN DÂN TỈNH SƠN HÀ\nKHÓA IX KỲ HỌP THỨ 12\n(Từ ngày 8 đến 10/12/2030)", "VỀ NHIỆM VỤ NĂM 2031"),
        ("VỀ NHIỆM VỤ NĂM 2031\nHỘI ĐỒNG NHÂN DÂN TỈNH SƠN HÀ KHÓA IX,\nKỲ HỌP THỨ 12", "VỀ NHIỆM VỤ NĂM 2031"),
        ("BANHÀNH KẾ HOẠCH DÂN VẬN\nỦY BAN NHÂN DÂN TỈNH SƠN HÀ", "BANHÀNH KẾ HOẠCH DÂN VẬN"),
        ("BÃI BỎ QUY ĐỊNH CŨ\nỦY BAN NHÂN DÂN TỈNH SƠN HÀ", "BÃI BỎ QUY ĐỊNH CŨ"),
    ],
)  # fmt: skip
def test_a_title_ends_above_who_decides(title, expected):
    assert letter(title=title).title == expected


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Từ ngày 1/8/2028 đến 31/7/2029, các xã tiếp 38 lượt công dân.", ("2028", "2029")),
        ("Năm 2031, toàn huyện có 71 mô hình “Dân vận khéo”.", ("2031", "2031")),
        ("Theo báo cáo của UBND huyện, từ tháng 1.2024 đến tháng 12.2026, toàn huyện tiếp nhận 142 đơn.", ("2024", "2026")),
        ("Trong năm, các xã đã tiếp 353 lượt công dân.\nSố đơn năm 2031 là 722 đơn, giảm so với năm 2030.", ("2031", "2031")),
        ("KẾ HOẠCH\nHành động giai đoạn 2026 -2030\nCăn cứ", ("2026", "2030")),
        ("NGHỊ QUYẾT\nVỀ NHIỆM VỤ NĂM 2026 - 2030\nCăn cứ", ("2026", "2030")),
        ("KẾ HOẠCH\nBầu cử nhiệm kỳ 2026-2031\nCăn cứ Luật Tiếp công dân năm 2013.", None),
    ],
)  # fmt: skip
def test_period(text, period):
    assert vanban.read(text).header.period == period


def test_columns_run_together_are_taken_apart():
    found = vanban.read(
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH SƠN HÀ Độc lập - Tự do - Hạnh phúc\n"
        "Số: 06/CT-UBND Sơn Hà, ngày 22 tháng 5 năm 2031\n\nCHỈ THỊ\nVề công tác dân vận\n\nThời gian qua, xã đã làm tốt."
    ).header

    assert (found.issuer, found.number) == ("ỦY BAN NHÂN DÂN TỈNH SƠN HÀ", "06/CT-UBND")
    assert (found.place, found.date) == ("Sơn Hà", "2031-05-22")


def test_a_menu_is_no_headline():
    found = vanban.read(
        "Trang chủ | Tin tức | Thứ Sáu, 12/10/2031 | Lượt xem: 4.512\n\nHội nghị giao ban công tác dân vận quý III\n\n"
        "Sáng 11/10, Ban Dân vận tổ chức hội nghị."
    ).header

    assert found.title == "Hội nghị giao ban công tác dân vận quý III"


@pytest.mark.parametrize(
    ("end", "role", "signer"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(Đã ký)\nLê Văn Ba", "CHỦ TỊCH", "Lê Văn Ba"),
        ("CHỦ TỊCH\n\n\n(đã ký)\n\nLê Văn Ba", "CHỦ TỊCH", "Lê Văn Ba"),
        (
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n[daky]\nLê Văn Ba",
            "PHÓ CHỦ TỊCH",
            "Lê Văn Ba",
        ),
        (
            "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC\nLÊ VĂN BA",
            "PHÓ BÍ THƯ THƯỜNG TRỰC",
            "LÊ VĂN BA",
        ),
    ],
)
def test_who_signed(end, role, signer):
    found = letter(end=end)

    assert (found.signer_role, found.signer) == (role, signer)


def test_an_issuer_in_capitals_below_the_number():
    header = vanban.read(
        "Số: 31/MTTQ-BTT\ncủa BAN THƯỜNG TRỰC ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nXÃ HÒA SƠN\n\n"
        "Thực hiện chủ trương của huyện, các thôn rà soát."
    ).header

    assert header.issuer == "BAN THƯỜNG TRỰC ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM XÃ HÒA SƠN"
    assert header.spans["issuer"].confidence <= 0.6


def test_a_misread_capacity_stays_as_printed():
    header = vanban.read(
        "ỦY BAN NHÂN DÂN\nHUYỆN SƠN HÀ\nSố: 4/KH-UBND\n\nKẾ HOẠCH\nCông tác dân vận\n\n1. Các xã làm đủ.\n\n"
        "KẾT CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLê Văn Ba\n"
    ).header

    assert (header.authority, header.signer_role) == ("KẾT CHỦ TỊCH", "PHÓ CHỦ TỊCH")
