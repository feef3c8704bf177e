"""Missing parts of the layout, only in files that keep one."""

import pytest

from tests.vanban.samples import PARTY_GUIDANCE, PLAN
from vanban.model import Source
from vanban.reader import read_source

LETTER = """ỦY BAN NHÂN DÂN
HUYỆN TÂN HÒA
|
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
|
Số: 310/UBND-NV
V/v báo cáo công tác dân vận
|
Tân Hòa, ngày 12 tháng 4 năm 2024
Kính gửi: Sở Nội vụ.
Ủy ban nhân dân huyện báo cáo như sau: đã tổ chức tốt các nội dung được giao./.
Nơi nhận:
- Như trên;
- Lưu: VT.
|
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Đỗ Văn Phúc
"""


def missing(text, form="docx"):
    findings = read_source(Source(text, (), form)).findings
    return [one.message.split(". ")[0] for one in findings if one.code == "layout"]


@pytest.mark.parametrize("text", [PLAN, PARTY_GUIDANCE, LETTER])
def test_a_whole_document_misses_nothing(text):
    assert missing(text) == []


@pytest.mark.parametrize(
    ("text", "cut", "said"),
    [
        (PLAN, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", "Thiếu Quốc hiệu"),
        (PLAN, "Độc lập - Tự do - Hạnh phúc\n", "Thiếu Tiêu ngữ"),
        (PLAN, "Số: 45/KH-UBND", "Thiếu số, ký hiệu"),
        (PLAN, "An Phúc, ngày 07 tháng 3 năm 2023\n", "Thiếu ngày, tháng, năm ban hành"),
        (PLAN, "./.", "Thiếu dấu kết thúc “./.”"),
        (PLAN, "\nTrần Thị Minh Hạnh", "Thiếu họ tên người ký"),
        (PLAN, "Nơi nhận:\n- Thường trực Tỉnh ủy (b/c);\n- Các sở, ban, ngành tỉnh;\n- Lưu: VT, NC.\n",
         "Thiếu nơi nhận"),
        (LETTER, "Kính gửi: Sở Nội vụ.\n", "Thiếu nơi nhận chính (“Kính gửi”)"),
        (PARTY_GUIDANCE, "ĐẢNG CỘNG SẢN VIỆT NAM", "Thiếu tiêu đề “Đảng Cộng sản Việt Nam”"),
    ],
)  # fmt: skip
def test_each_missing_part_is_named(text, cut, said):
    assert cut in text
    assert said in missing(text.replace(cut, "", 1))


def test_the_finding_says_by_which_rule_and_what_to_do():
    text = PLAN.replace("./.", "")
    finding = next(one for one in read_source(Source(text, (), "docx")).findings)

    assert "30/2020/NĐ-CP" in finding.because
    assert finding.message.endswith("Ghi “./.” sau chữ cuối của nội dung.")
    assert text[finding.span.start : finding.span.end] == finding.span.text


@pytest.mark.parametrize(
    ("day", "law"),
    [
        ("04 tháng 3 năm 2020", "Thông tư 01/2011/TT-BNV"),
        ("05 tháng 3 năm 2020", "Nghị định 30/2020/NĐ-CP, Điều 8 và Phụ lục I"),
    ],
)
def test_the_rule_is_that_of_the_day(day, law):
    text = PLAN.replace("./.", "").replace("07 tháng 3 năm 2023", day)
    findings = read_source(Source(text, (), "docx")).findings

    assert [one.because for one in findings if one.code == "layout"] == [f"Thể thức theo {law}"]


@pytest.mark.parametrize("form", ["txt", "md", "html", "odt", "pdf-scan", "image"])
def test_other_files_keep_no_layout_to_judge(form):
    assert missing(PLAN.replace("./.", ""), form) == []


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_files_with_a_layout(form):
    assert missing(PLAN.replace("./.", ""), form) == ["Thiếu dấu kết thúc “./.”"]


@pytest.mark.parametrize(
    "text",
    [
        "PHỤ LỤC I\nDanh mục nhiệm vụ\n1. Sở Nội vụ theo dõi.\n",
        "Tin hoạt động\nHôm nay, huyện tổ chức hội nghị.\n",
        "",
    ],
)
def test_an_annex_alone_or_another_text_is_no_document(text):
    assert missing(text) == []
