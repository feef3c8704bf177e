"""Scoring tables: a row is a criterion."""

import pytest

import vanban

NAMES = "STT | Tiêu chí | Điểm tối đa | Điểm tự chấm | Minh chứng\n"


def criteria(*rows, names=NAMES):
    text = "QUYẾT ĐỊNH\nBảng điểm công tác dân vận\n" + names + "".join(f"{one}\n" for one in rows)
    return vanban.read(text).criteria


def test_groups_criteria_and_their_parts():
    found = criteria(
        "A | TIÊU CHÍ CHUNG | 60 | |",
        "I | Nghe dân | 20 | |",
        "1 | Đối thoại với dân | 12 | | Biên bản",
        "1.1 | Đủ hai kỳ trong năm | 7,5 | |",
        "1.2 | Trả lời hết câu hỏi | 4,5 | |",
        "2 | Hòm thư góp ý | 8 | |",
        "B | ĐIỂM TRỪ | -5 | |",
        "Tổng cộng | | 100 | |",
    )

    assert [(one.label, one.level, one.most) for one in found] == [
        ("A", 1, 60), ("I", 2, 20), ("1", 3, 12), ("1.1", 4, 7.5), ("1.2", 4, 4.5), ("2", 3, 8), ("B", 1, -5),
    ]  # fmt: skip
    assert found[2].name == found[2].span.text == "Đối thoại với dân"
    assert found[2].because == "Hàng 3 của bảng chấm điểm: cột “Điểm tối đa”"


@pytest.mark.parametrize(("printed", "most"), [
    ("0,5", 0.5),
    ("05", 5),
    ("Tối đa 10 điểm", 10),
    ("0 - 3", 3),
    ("-2", -2),
    ("+ 5", 5),
    ("", None),
    ("theo thực tế", None),
])  # fmt: skip
def test_the_most_points(printed, most):
    (found,) = criteria(f"1 | Hòm thư góp ý | {printed} | |")

    assert found.most == most


def test_rows_without_number_stand_below_the_numbered_one():
    found = criteria("1 | Đối thoại | 3 | |", " | - Đủ hai kỳ | 3 | |", " | - Một kỳ | 1,5 | |")

    assert [(one.label, one.level, one.name) for one in found] == [
        ("1", 1, "Đối thoại"), ("", 2, "Đủ hai kỳ"), ("", 2, "Một kỳ"),
    ]  # fmt: skip


def test_numbers_in_a_column_of_criteria_beside_the_contents():
    found = criteria(
        "Tiêu chí 1 | Nghe dân | 10", "1.1 | Đối thoại | 6",
        names="Tiêu chí | Nội dung | Điểm số tối đa\n",
    )  # fmt: skip

    assert [(one.label, one.name, one.most) for one in found] == [
        ("1", "Nghe dân", 10), ("1.1", "Đối thoại", 6),
    ]  # fmt: skip


def test_criteria_stand_above_indicators_and_these_above_numbers():
    found = criteria(
        "Tiêu chí 1 | Nghe dân | 10", "Chỉ tiêu 1 | Đối thoại | 3", "1 | Đủ hai kỳ | 2",
        "Chỉ tiêu 2 | Hòm thư | 7",
        names="Tiêu chí, chỉ tiêu | Nội dung | Điểm số tối đa\n",
    )  # fmt: skip

    assert [one.level for one in found] == [1, 2, 3, 2]


def test_points_are_neither_figures_nor_duties():
    text = "BÁO CÁO\nI. KẾT QUẢ\n" + NAMES + "1 | Đối thoại | 3 | 2 | Biên bản\n"

    document = vanban.read(text)

    assert (document.statistics, document.duties, len(document.criteria)) == ((), (), 1)


def test_criteria_on_the_terminal(tmp_path, capsys):
    from vanban import cli

    path = tmp_path / "diem.txt"
    path.write_text("QUYẾT ĐỊNH\n" + NAMES + "1 | Đối thoại | 2,5 | |\n", "utf-8")

    cli.main([str(path)])

    shown = capsys.readouterr().out
    assert "TIÊU CHÍ CHẤM ĐIỂM (1)" in shown
    assert "1. Đối thoại: 2,5 điểm" in shown
