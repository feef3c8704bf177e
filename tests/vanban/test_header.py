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
