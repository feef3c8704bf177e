import pytest

import vanban
from tests.vanban.samples import DECISION, PLAN, WRAPPED


def cited(text):
    return [(c.kind, c.number, c.date, c.issuer) for c in vanban.read(text).citations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # state, official letter, party
        ("theo Công văn số 648/UBND-KGVX, ngày 21-5-2020 của UBND tỉnh về việc",
         [("Công văn", "648/UBND-KGVX", "2020-05-21", "UBND tỉnh")]),
        ("Quyết định số 217-QĐ/TW ngày 12 tháng 12 năm 2013 của Bộ Chính trị (khóa XI) về",
         [("Quyết định", "217-QĐ/TW", "2013-12-12", "Bộ Chính trị")]),
        ("Pháp lệnh số 26/2005/PL-UBTVQH11 của Ủy ban Thường vụ Quốc hội về",
         [("Pháp lệnh", "26/2005/PL-UBTVQH11", None, "Ủy ban Thường vụ Quốc hội")]),
        # joint documents
        ("Chương trình phối hợp số 13-CTr/BTGTU-BCSDUBND ngày 12/4/2022 giữa Ban Tuyên giáo Tỉnh ủy và Ban cán sự đảng UBND tỉnh về",
         [("Chương trình phối hợp", "13-CTr/BTGTU-BCSDUBND", "2022-04-12",
           "Ban Tuyên giáo Tỉnh ủy và Ban cán sự đảng UBND tỉnh")]),
        # lists share the kind; the last one's date and issuer
        ("thực hiện Kết luận số 54-KL/TW, 55-KL/TW của Ban Bí thư;",
         [("Kết luận", "54-KL/TW", None, "Ban Bí thư"), ("Kết luận", "55-KL/TW", None, "Ban Bí thư")]),
        ("Kế hoạch số 46-KH/TU, Kế hoạch số 47-KH/TU ngày 16/3/2020 của Tỉnh ủy,",
         [("Kế hoạch", "46-KH/TU", "2020-03-16", "Tỉnh ủy"), ("Kế hoạch", "47-KH/TU", "2020-03-16", "Tỉnh ủy")]),
        # misprints stay
        ("Chỉ thị số 09-CT-TTg ngày 11/4/2019", [("Chỉ thị", "09-CT-TTg", "2019-04-11", None)]),
        ("Chỉ thị số 30- CT/TW của Bộ Chính trị", [("Chỉ thị", "30-CT/TW", None, "Bộ Chính trị")]),
        ("Thông bá số 172-TB/TW", [("Thông báo", "172-TB/TW", None, None)]),
        # the sender before the document
        ("Tỉnh ủy ban hành Chỉ thị số 14-CT/TU, ngày 07-10-2022 về x; Kế hoạch số 168-KH/TU về y",
         [("Chỉ thị", "14-CT/TU", "2022-10-07", "Tỉnh ủy"), ("Kế hoạch", "168-KH/TU", None, "Tỉnh ủy")]),
        ("đề nghị của Giám đốc Sở Y tế tại Tờ trình số 93/TTr-SYT ngày 22/8/2019",
         [("Tờ trình", "93/TTr-SYT", "2019-08-22", "Giám đốc Sở Y tế")]),
        # bare numbers
        ("Pháp lệnh số 26 của Ủy ban Thường vụ Quốc hội về", [("Pháp lệnh", "26", None, "Ủy ban Thường vụ Quốc hội")]),
        ("thực hiện Nghị quyết 25 khóa XI;", [("Nghị quyết", "25", None, None)]),
        # by name
        ("theo Luật Thanh niên có hiệu lực từ ngày 01 tháng 01 năm 2021", [("Luật", None, None, None)]),
        ("Luật Khiếu nại số 02/2011/QH13;", [("Luật", "02/2011/QH13", None, None)]),
        ("theo tinh thần Nghị quyết Trung ương 5 (khóa XIII);", [("Nghị quyết", None, None, None)]),
        ("Nghị quyết Đại hội lần thứ XIII của Đảng và",
         [("Nghị quyết", None, None, "Đại hội lần thứ XIII của Đảng")]),
        # no documents
        ("Nghị quyết Đại hội Đảng bộ các cấp", []),
        ("giải quyết 312/430 đơn, từ năm 2017 - 2020, ngày 07-5-2014, 03 cuộc/14 người", []),
        ("thực hiện quy chế dân chủ ở cơ sở, các nghị quyết của Tỉnh ủy", []),
    ],
)  # fmt: skip
def test_citations(text, expected):
    assert cited(text) == expected


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("theo Luật tiếp công dân của người đứng đầu", "Luật tiếp công dân"),
        ("Luật Cán bộ, công chức, viên chức và khuyến khích", "Luật Cán bộ, công chức, viên chức"),
        ("Luật Bảo vệ môi trường năm 2020 và các", "Luật Bảo vệ môi trường năm 2020"),
        ("Kế hoạch số\n128-KH/TU ngày\n17/4/2020 của", "Kế hoạch số\n128-KH/TU ngày\n17/4/2020"),
        (
            "Kế hoạch của Ủy ban nhân dân huyện “về trồng cây xanh năm 2021” đạt",
            "Kế hoạch của Ủy ban nhân dân huyện “về trồng cây xanh năm 2021”",
        ),
    ],
)
def test_span_is_contiguous(text, printed):
    assert [c.span.text for c in vanban.read(text).citations] == [printed]


def test_bases_of_a_decision():
    found = {c.number or c.span.text[:30]: c.basis for c in vanban.read(DECISION).citations}

    assert found == {
        "Luật Cán bộ, công chức ngày 13": True,
        "Luật sửa đổi, bổ sung một số đ": True,
        "42/2013/QH13": True,
        "136/2025/QH15": True,
        "77/TTr-TTT": False,
        "15/QĐ-UBND": False,
    }


def test_its_own_number_is_no_citation():
    assert "45/KH-UBND" not in [c.number for c in vanban.read(PLAN).citations]


def test_wrapped_words_are_read_across_lines():
    assert [c.number for c in vanban.read(WRAPPED).citations] == ["27-NQ/TW", "28-NQ/TW"]
    assert {c.issuer for c in vanban.read(WRAPPED).citations} == {"Ban Chấp hành Trung ương Đảng"}
