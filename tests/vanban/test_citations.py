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


FRAME = "ỦY BAN NHÂN DÂN\nTỈNH AN PHÚC\nSố: 15/KH-UBND\nAn Phúc, ngày 02 tháng 3 năm 2032\n{}\nVề công tác dân vận\n{}\n"


def bases(kind, preamble):
    return [(c.number, c.basis) for c in vanban.read(FRAME.format(kind, preamble)).citations]


@pytest.mark.parametrize(
    ("kind", "preamble", "expected"),
    [
        # members of a list on lines of their own
        ("KẾ HOẠCH",
         "Thực hiện Chỉ thị số 12-CT/TU ngày 01/02/2032 của Tỉnh ủy;\nKế hoạch số 8-KH/TU của Tỉnh ủy,\n"
         "UBND tỉnh ban hành Kế hoạch như sau:\nI. MỤC ĐÍCH\n1. Thực hiện tốt Chỉ thị số 12-CT/TU.",
         [("12-CT/TU", True), ("8-KH/TU", True), ("12-CT/TU", False)]),
        # a further sentence before “như sau”
        ("KẾ HOẠCH",
         "Thực hiện Chỉ thị số 12-CT/TU của Tỉnh ủy; Kế hoạch số 8-KH/TU của Tỉnh ủy về dân vận.\n"
         "Nhằm nâng cao hiệu quả công tác, UBND tỉnh ban hành Kế hoạch, cụ thể như sau:\nI. MỤC ĐÍCH",
         [("12-CT/TU", True), ("8-KH/TU", True)]),
        ("KẾ HOẠCH",
         "Để triển khai thực hiện Chỉ thị số 12-CT/TU của Tỉnh ủy, UBND tỉnh ban hành Kế hoạch như sau:\nI. MỤC ĐÍCH",
         [("12-CT/TU", True)]),
        # dashes
        ("CHƯƠNG TRÌNH",
         "- Căn cứ Kết luận số 54-KL/TW;\n- Căn cứ Quyết định số 9-QĐ/TU.\nTỉnh ủy ban hành Chương trình như sau:\nI. NỘI DUNG",
         [("54-KL/TW", True), ("9-QĐ/TU", True)]),
        # what a member is about is no basis, a proposal neither
        ("QUYẾT ĐỊNH",
         "Căn cứ Thông tư số 05/2024/TT-BNV hướng dẫn Nghị định số 63/2020/NĐ-CP;\n"
         "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 31/TTr-SNV,\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành.",
         [("05/2024/TT-BNV", True), ("63/2020/NĐ-CP", False), ("31/TTr-SNV", False)]),
    ],
)  # fmt: skip
def test_bases_of_a_preamble(kind, preamble, expected):
    assert bases(kind, preamble) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị giao ban quý III\n\nTheo Báo cáo số 76-BC/BDV ngày 05/10/2031 của Ban Dân vận, toàn huyện có 12 xã.",
        "Hoãn lịch tiếp công dân\n\nTheo đó, UBND huyện có Công văn số 62/UBND-TCD về việc tiếp công dân.",
    ],
)
def test_news_has_no_bases(text):
    assert [c.basis for c in vanban.read(text).citations] == [False]


@pytest.mark.parametrize(
    ("sentence", "issuer"),
    [
        (
            "Công văn số 197/STTTT ngày 02/2/2031 của Sở Thông tin và Truyền thông; các xã",
            "Sở Thông tin và Truyền thông",
        ),
        ("Thông tư số 5/TT-BGDĐT của Bộ Giáo dục và Đào tạo và các", "Bộ Giáo dục và Đào tạo"),
        (
            "Thông tư liên tịch số 01/2035/TTLT-BNV-BTC của Bộ Nội vụ và Bộ Tài chính về",
            "Bộ Nội vụ và Bộ Tài chính",
        ),
        (
            "Hướng dẫn số 7-HD/BTGDV của Ban Tuyên giáo và Dân vận Tỉnh ủy về",
            "Ban Tuyên giáo và Dân vận Tỉnh ủy",
        ),
        (
            "Nghị quyết Hội nghị lần thứ bảy Ban Chấp hành Trung ương Đảng khóa XI về",
            "Hội nghị lần thứ bảy Ban Chấp hành Trung ương Đảng",
        ),
        ("UBND thành phố vừa ban hành Thông báo số 45/TB-UBND", "UBND thành phố"),
        ("Chủ tịch UBND huyện đã ký ban hành Quyết định số 88/QĐ-UBND", "Chủ tịch UBND huyện"),
        ("Sở Tài chính (Thường trực Ban Quản lý) tại Tờ trình số 6/TTr-STC", "Sở Tài chính"),
        (
            "Ban Dân vận Tỉnh ủy - cơ quan Thường trực Ban Chỉ đạo tại Công văn số 41-CV/BDVTU",
            "Ban Dân vận Tỉnh ủy",
        ),
        ("Quyết định số 23-QĐ/TW của Ban Bí thư vào nền nếp", "Ban Bí thư"),
        ("Công văn số 7/SNV-XDCQ của Sở Nội vụ đề nghị cung cấp số liệu", "Sở Nội vụ"),
        (
            "Nghị định số 95/2033/NĐ-CP có hiệu lực từ ngày 30 tháng 3 năm 2034 của Chính phủ",
            "Chính phủ",
        ),
        ("ý kiến của các Ban HĐND tỉnh theo Báo cáo số 52/BC-HĐND", None),
    ],
)
def test_issuer(sentence, issuer):
    (found,) = vanban.read(sentence).citations

    assert found.issuer == issuer


def test_one_kind_of_one_issuer_shares_it_across_a_semicolon():
    found = vanban.read(
        "Căn cứ Nghị định số 4/2031/NĐ-CP ngày 09/01/2031; Nghị định số 149/2031/NĐ-CP ngày 7/11/2031 của Chính phủ"
    ).citations

    assert [c.issuer for c in found] == ["Chính phủ", "Chính phủ"]


def test_an_issuer_whom_the_symbol_contradicts_is_not_shared():
    found = vanban.read(
        "Nghị quyết số 12-NQ/TU và Quyết định số 3504/QĐ-UBND của UBND tỉnh"
    ).citations

    assert [c.issuer for c in found] == [None, "UBND tỉnh"]


@pytest.mark.parametrize(
    "text",
    [
        "UBND TỈNH AN PHÚC\n|\nSố:\n33/2031/QĐ-UBND\n|\nQUYẾT ĐỊNH\nVỀ CÔNG TÁC DÂN VẬN\n",
        FRAME.format(
            "KẾ HOẠCH",
            "I. CHUNG\nPHỤ LỤC\n(Kèm theo Kế hoạch số 15/KH-UBND ngày 02 tháng 3 năm 2032)",
        ),
        FRAME.format(
            "KẾ HOẠCH", "I. CHUNG\nPHỤ LỤC\n(Kèm theo Kế hoạch số 15/KH-UBND của UBND tỉnh)"
        ),
    ],
)
def test_a_document_does_not_cite_itself(text):
    assert vanban.read(text).citations == ()


def test_the_number_of_another_year_is_another_document():
    text = FRAME.format(
        "KẾ HOẠCH", "Tiếp theo Kế hoạch số 15/KH-UBND ngày 05/01/2031 của UBND tỉnh."
    )

    assert [c.date for c in vanban.read(text).citations] == ["2031-01-05"]


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        (
            "Căn cứ Luật tổ chức HĐND và UBND ngày 26 tháng 11 năm 2003;",
            "Luật tổ chức HĐND và UBND ngày 26 tháng 11 năm 2003",
        ),
        ("theo Công điện số 1510 của Thủ tướng", "Công điện số 1510"),
        (
            "thực hiện Nghị quyết Đại hội Đảng bộ huyện lần thứ XI\n\nBáo Sơn Hà",
            "Nghị quyết Đại hội Đảng bộ huyện lần thứ XI",
        ),
    ],
)
def test_where_a_mention_ends(sentence, printed):
    assert [c.span.text for c in vanban.read(sentence).citations] == [printed]


def test_the_issuer_of_a_document_and_of_words_spoken():
    (found,) = vanban.read(
        "Thực hiện Chỉ thị số 7/CT-UBND ngày 03/4/2031 và ý kiến chỉ đạo của Chủ tịch UBND huyện, các xã làm đủ."
    ).citations

    assert found.issuer == "Chủ tịch UBND huyện"


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("Ngày 14/8/2031, Ban Dân vận Huyện ủy đã ban hành Kế hoạch số 12-KH/BDVHU về x.", "2031-08-14"),
        ("Ngày 14/8/2031, họp xong. Ban Dân vận Huyện ủy đã ban hành Kế hoạch số 12-KH/BDVHU.", None),
        ("Ngày 14/8/2031, Ban Dân vận Huyện ủy nhận được Kế hoạch số 12-KH/BDVHU.", None),
    ],
)  # fmt: skip
def test_the_day_on_which_it_was_sent(sentence, date):
    (found,) = vanban.read(sentence).citations

    assert found.date == date


def test_an_issuer_torn_by_footnotes_is_made_whole_and_doubted():
    found = vanban.read(
        "thực hiện Nghị quyết số 8-NQ/TW, ngày 03-6-2033 của Ban Chấp\n\n⁵ Có 3 xã.\n\n"
        "hành Trung ương khóa XX về công tác."
    ).citations[0]

    assert found.issuer == "Ban Chấp hành Trung ương"
    assert found.confidence < 0.6


def test_half_an_issuer_is_never_sure():
    found = vanban.read("thực hiện Nghị quyết số 8-NQ/TW của Ban Chấp\n\nCác xã làm đủ.").citations[
        0
    ]

    assert found.confidence <= 0.5
