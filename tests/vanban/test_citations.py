import pytest

import vanban
from tests.vanban.samples import DECISION, PLAN, WRAPPED


def cited(text):
    return [(c.kind, c.number, c.date, c.issuer) for c in vanban.read(text).citations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # state, official letter, party
        ("theo Công văn số 731/UBND-VHXH, ngày 13-6-2019 của UBND tỉnh về việc",
         [("Công văn", "731/UBND-VHXH", "2019-06-13", "UBND tỉnh")]),
        ("Quyết định số 217-QĐ/TW ngày 12 tháng 12 năm 2013 của Bộ Chính trị (khóa XI) về",
         [("Quyết định", "217-QĐ/TW", "2013-12-12", "Bộ Chính trị")]),
        ("Pháp lệnh số 34/2007/PL-UBTVQH11 của Ủy ban Thường vụ Quốc hội về",
         [("Pháp lệnh", "34/2007/PL-UBTVQH11", None, "Ủy ban Thường vụ Quốc hội")]),
        # joint documents
        ("Chương trình phối hợp số 04-CTr/BDVTU-BCSDUBND ngày 21/10/2021 giữa Ban Dân vận Tỉnh ủy và Ban cán sự đảng UBND tỉnh về",
         [("Chương trình phối hợp", "04-CTr/BDVTU-BCSDUBND", "2021-10-21",
           "Ban Dân vận Tỉnh ủy và Ban cán sự đảng UBND tỉnh")]),
        # lists share the kind; the last one's date and issuer
        ("theo Quyết định số 217-QĐ/TW, 218-QĐ/TW của Bộ Chính trị;",
         [("Quyết định", "217-QĐ/TW", None, "Bộ Chính trị"), ("Quyết định", "218-QĐ/TW", None, "Bộ Chính trị")]),
        ("Kế hoạch số 71-KH/TU, Kế hoạch số 72-KH/TU ngày 08/01/2018 của Tỉnh ủy,",
         [("Kế hoạch", "71-KH/TU", "2018-01-08", "Tỉnh ủy"), ("Kế hoạch", "72-KH/TU", "2018-01-08", "Tỉnh ủy")]),
        # misprints stay
        ("Chỉ thị số 16-CT-TTg ngày 16/5/2016", [("Chỉ thị", "16-CT-TTg", "2016-05-16", None)]),
        ("Chỉ thị số 30- CT/TW của Bộ Chính trị", [("Chỉ thị", "30-CT/TW", None, "Bộ Chính trị")]),
        ("Thông bá số 165-TB/TW", [("Thông báo", "165-TB/TW", None, None)]),
        # the sender before the document
        ("Tỉnh ủy ban hành Chỉ thị số 11-CT/TU, ngày 01-8-2019 về x; Kế hoạch số 151-KH/TU về y",
         [("Chỉ thị", "11-CT/TU", "2019-08-01", "Tỉnh ủy"), ("Kế hoạch", "151-KH/TU", None, "Tỉnh ủy")]),
        ("đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 58/TTr-SNV ngày 14/5/2018",
         [("Tờ trình", "58/TTr-SNV", "2018-05-14", "Giám đốc Sở Nội vụ")]),
        # bare numbers
        ("Pháp lệnh số 34 của Ủy ban Thường vụ Quốc hội về", [("Pháp lệnh", "34", None, "Ủy ban Thường vụ Quốc hội")]),
        ("thực hiện Nghị quyết 25 khóa XI;", [("Nghị quyết", "25", None, None)]),
        # by name
        ("theo Luật Tiếp cận thông tin có hiệu lực từ ngày 01 tháng 7 năm 2018", [("Luật", None, None, None)]),
        ("Luật Khiếu nại số 02/2011/QH13;", [("Luật", "02/2011/QH13", None, None)]),
        ("theo tinh thần Nghị quyết Trung ương 4 (khóa XII);", [("Nghị quyết", None, None, None)]),
        ("Nghị quyết Đại hội lần thứ XII của Đảng và",
         [("Nghị quyết", None, None, "Đại hội lần thứ XII của Đảng")]),
        # no documents
        ("Nghị quyết Đại hội Đảng bộ các cấp", []),
        ("giải quyết 291/417 đơn, từ năm 2017 - 2020, ngày 03-6-2013, 02 cuộc/10 người", []),
        ("thực hiện quy chế dân chủ ở cơ sở, các nghị quyết của Tỉnh ủy", []),
    ],
)  # fmt: skip
def test_citations(text, expected):
    assert cited(text) == expected


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("theo Luật tiếp công dân của người đứng đầu", "Luật tiếp công dân"),
        ("Luật Cán bộ, công chức, viên chức và phấn đấu", "Luật Cán bộ, công chức, viên chức"),
        ("Luật Bảo vệ môi trường năm 2020 và các", "Luật Bảo vệ môi trường năm 2020"),
        ("Kế hoạch số\n115-KH/TU ngày\n13/3/2019 của", "Kế hoạch số\n115-KH/TU ngày\n13/3/2019"),
        (
            "Kế hoạch của Ủy ban nhân dân tỉnh “về phát triển kinh tế năm 2018” đạt",
            "Kế hoạch của Ủy ban nhân dân tỉnh “về phát triển kinh tế năm 2018”",
        ),
    ],
)
def test_span_is_contiguous(text, printed):
    assert [c.span.text for c in vanban.read(text).citations] == [printed]


def test_bases_of_a_decision():
    found = {c.number or c.span.text[:30]: c.basis for c in vanban.read(DECISION).citations}

    assert found == {
        "Luật Tổ chức chính quyền địa p": True,
        "Luật sửa đổi, bổ sung một số đ": True,
        "42/2013/QH13": True,
        "136/2025/QH15": True,
        "77/TTr-SNV": False,
        "15/QĐ-UBND": False,
    }


def test_its_own_number_is_no_citation():
    assert "45/KH-UBND" not in [c.number for c in vanban.read(PLAN).citations]


def test_wrapped_words_are_read_across_lines():
    assert [c.number for c in vanban.read(WRAPPED).citations] == ["18-NQ/TW", "19-NQ/TW"]
    assert {c.issuer for c in vanban.read(WRAPPED).citations} == {"Ban Chấp hành Trung ương Đảng"}
