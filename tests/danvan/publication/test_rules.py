import pytest

from danvan.publication import rules
from danvan.publication.rules import Line


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("CCCD 079060012345 cấp năm 2021", "số căn cước (12 chữ số)"),
        ("CMND 321456789", "số chứng minh nhân dân (9 chữ số)"),
        ("gọi 0912 345 678", "số điện thoại"),
        ("gọi 0275.3822.111", "số điện thoại"),
        ("gọi +84 912345678", "số điện thoại"),
        ("thư: nguyen.van.a@example.vn", "địa chỉ thư điện tử"),
        ("bà Nguyễn Thị Sáu, sinh năm 1960", "người và thông tin riêng"),
        ("Ông Lê Văn Bảy ngụ ấp 3, xã An Bình", "người và thông tin riêng"),
        ("ông Trần Thử (địa chỉ: số 5, khu phố 2)", "người và thông tin riêng"),
    ],
)
def test_what_looks_like_personal_data_is_found(text, what):
    assert what in {doubt.what for doubt in rules.find_personal_data(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Huỳnh Thế Vinh, Phó chủ tịch",  # who signs is public
        "Ông Huỳnh Thế Vinh, Phó Chủ tịch UBND tỉnh chủ trì",
        "kinh phí 123.456.789 đồng",  # money, with points
        "Kế hoạch số 15/KH-UBND ngày 20/02/2024",
        "đạt 69,84% (291/417 đơn); 7.392 tỷ",
        "chậm nhất ngày 31/3/2024",
        "từ năm 2022 đến năm 2026",
    ],
)
def test_what_is_no_personal_data_is_left_alone(text):
    assert rules.find_personal_data(text) == []


def test_a_long_word_is_looked_through_at_once():
    assert rules.find_personal_data("a" * 100_000) == []  # it took minutes


def test_the_same_doubt_is_said_once():
    assert len(rules.find_personal_data("0912345678 và 0912345678")) == 1


def test_words_of_a_body_holds_every_word_that_is_shown():
    body = {
        "facts": [["Số", "15"]],
        "blocks": [
            rules.heading("I", 1),
            rules.bullets(["một", "hai"]),
            rules.table("bảng", ["Đơn vị", "Tổng"], [["Sở Y tế", "95"]]),
        ],
    }

    words = rules.words_of(body).split("\n")

    assert {"15", "I", "một", "hai", "bảng", "Sở Y tế", "95"} <= set(words)
    assert "heading" not in words


def test_fingerprint_does_not_depend_on_the_order_of_keys():
    assert rules.fingerprint("a", "", {"x": 1, "y": 2}) == rules.fingerprint(
        "a", "", {"y": 2, "x": 1}
    )
    assert rules.fingerprint("a", "", {}) != rules.fingerprint("b", "", {})


def test_blocks_gather_dashes_and_keep_long_clauses_as_paragraphs():
    lines = [
        Line("II. NỘI DUNG", 1),
        Line(""),
        Line("- Một."),
        Line("- Hai."),
        Line("1. Các sở ban hành kế hoạch.", 2),  # a sentence, no heading
        Line("Trong quá trình thực hiện …"),
    ]

    made = rules.blocks(lines)

    assert [one["kind"] for one in made] == ["heading", "list", "paragraph", "paragraph"]
    assert made[1]["items"] == ["Một.", "Hai."]


def test_lines_know_where_headings_begin():
    text = "đầu\nI. MỤC ĐÍCH\n  1. Yêu cầu\nhết"

    lines = rules.lines_of(text, [(4, 1), (18, 2)], start=4, end=len(text))

    assert [(line.text, line.level) for line in lines] == [
        ("I. MỤC ĐÍCH", 1),
        ("1. Yêu cầu", 2),
        ("hết", 0),
    ]
