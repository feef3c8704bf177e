import pytest

import vanban
from tests.vanban.samples import DECISION, PARTY_GUIDANCE, PLAN


def labels(text):
    return [(h.label, h.level) for h in vanban.read(text).outline]


def test_plan():
    outline = vanban.read(PLAN).outline

    assert [h.path for h in outline] == [
        "I", "I.1", "I.2", "II", "II.1", "III", "III.1", "III.2", "IV", "IV.1", "IV.2", "IV.3",
    ]  # fmt: skip
    assert outline[0].title == "MỤC ĐÍCH, YÊU CẦU"


def test_decision_has_articles_above_numbers():
    assert labels(DECISION) == [
        ("Điều 1", 1),
        ("1", 2),
        ("Điều 2", 1),
        ("Điều 3", 1),
        ("Điều 4", 1),
    ]


def test_party_labels_end_in_a_hyphen():
    assert labels(PARTY_GUIDANCE) == [("I", 1), ("1", 2), ("2", 2), ("II", 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Phần thứ nhất\n\nKẾT QUẢ\n\nI- MỘT\n\n1. Hai\n",
            [("Phần thứ nhất", 1), ("I", 2), ("1", 3)],
        ),
        ("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n", [("Chương I", 1), ("Điều 1", 2)]),
        ("I. MỘT\n1. Hai\na) Ba\nđ) Bốn\n", [("I", 1), ("1", 2), ("a", 3), ("đ", 3)]),
        ("Thứ nhất, triển khai.\nThứ mười, tập huấn.\n", [("Thứ nhất", 1), ("Thứ mười", 1)]),
        ("8. Y tế\n8.1. Tình hình\n", [("8", 1), ("8.1", 2)]),
        ("14.265 căn nhà bị ngập\n", []),  # a number is no label
        ("1 | Tên | 12\n", []),  # a row of a table
        ("- Một\n+ Hai\n", []),
    ],
)
def test_levels(text, expected):
    assert labels(text) == expected


def test_a_clause_that_runs_on_is_titled_by_its_first_sentence():
    text = "1. Sở Nội vụ chủ trì thực hiện Kế hoạch. Định kỳ báo cáo kết quả.\n"

    heading = vanban.read(text).outline[0]

    assert heading.title == "Sở Nội vụ chủ trì thực hiện Kế hoạch"
    assert text[heading.span.start : heading.span.end] == "1. Sở Nội vụ chủ trì thực hiện Kế hoạch"


def test_a_day_of_the_week_is_no_heading():
    assert vanban.read("Thứ tư, ngày 30/3/2022 08:15\nHuyện Sơn Lệ họp dân.\n").outline == ()


def test_results_told_below_a_part_that_assigns_are_no_duties():
    text = (
        "NGHỊ QUYẾT\nI- Tán thành những nội dung sau:\n1. Về kết quả:\n"
        "Các cấp ủy tiếp tục đổi mới cách nghe dân.\n2. Về nhiệm vụ:\n- Sở Nội vụ kiểm tra công vụ ở xã.\n"
    )

    assert [d.lead for d in vanban.read(text).duties] == [("Sở Nội vụ",)]
