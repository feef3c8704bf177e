import pytest

from vanban import deadlines
from vanban.text import Page


def read(text, year=None):
    return deadlines.read(Page(text), 0, len(text), year)


@pytest.mark.parametrize(
    ("text", "date", "inclusive", "printed"),
    [
        ("gửi kế hoạch chậm nhất ngày 15/4/2021.", "2021-04-15", True, "chậm nhất ngày 15/4/2021"),
        ("báo cáo trước ngày 18/9/2023", "2023-09-18", False, "trước ngày 18/9/2023"),
        ("nộp bảng kê **trước 18/9/2023**", "2023-09-18", False, "trước 18/9/2023"),
        ("hoàn thành trước ngày 30 tháng 6 năm 2024", "2024-06-30", False,
         "hoàn thành trước ngày 30 tháng 6 năm 2024"),
        ("thực hiện đến hết ngày 31/12/2025", "2025-12-31", True, "đến hết ngày 31/12/2025"),
    ],
)  # fmt: skip
def test_a_day(text, date, inclusive, printed):
    (due,) = read(text)

    assert (due.kind, due.date, due.inclusive) == ("date", date, inclusive)
    assert due.span.text == printed


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("rà soát quy chế (cuối quý II/2021 hoàn thành)", "2021-Q2"),
        ("hoàn thành trong quý IV năm 2023", "2023-Q4"),
        ("tổng kết vào cuối năm 2020", "2020"),
        ("thực hiện từ nay đến hết năm 2020", "2020"),
        ("hoàn thành trong 6 tháng đầu năm 2021", "2021-H1"),
        ("tổ chức hội nghị trong tháng 7 năm 2026", "2026-07"),
    ],
)
def test_the_end_of_a_period(text, period):
    (due,) = read(text)

    assert (due.kind, due.period) == ("period_end", period)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tiếp công dân vào ngày 08 và 22 hằng tháng", [("month", 8, None), ("month", 22, None)]),
        ("Định kỳ, hàng quý (ngày 12 của tháng cuối quý), 6 tháng (ngày 08 tháng 6), năm (ngày 20 tháng 12) báo cáo",
         [("quarter", 12, None), ("half-year", 8, 6), ("year", 20, 12)]),
        ("Hàng tháng, quý, 6 tháng và cuối mỗi năm Trạm Y tế báo cáo",
         [("month", None, None), ("quarter", None, None), ("half-year", None, None), ("year", None, None)]),
        ("gửi báo cáo trước ngày 15/12 mỗi năm", [("year", 15, 12)]),
        ("báo cáo năm gửi trước ngày 05/12", [("year", 5, 12)]),
        ("báo cáo tháng gửi trước ngày 20 hằng tháng", [("month", 20, None)]),
        ("Định kỳ 6 tháng (trước ngày 10/6), năm (trước ngày 10/12) báo cáo", [("half-year", 10, 6), ("year", 10, 12)]),
        ("tiếp công dân ít nhất 02 ngày trong tháng", [("month", None, None)]),
        ("đối thoại với Nhân dân ít nhất 01 lần trong năm", [("year", None, None)]),
        ("sơ kết công tác định kỳ hằng năm và", [("year", None, None)]),
        ("báo cáo trước ngày 20 của tháng cuối quý", [("quarter", 20, None)]),
    ],
)  # fmt: skip
def test_again_and_again(text, expected):
    assert [(due.every, due.day, due.month) for due in read(text)] == expected


def test_a_day_of_the_last_month_of_the_quarter():
    (due,) = read("báo cáo hằng quý trước ngày 10 của tháng cuối quý")

    assert (due.every, due.day, due.month_of_period) == ("quarter", 10, "last")


@pytest.mark.parametrize(
    "text",
    [
        "theo Quyết định số 1926/QĐ-UBND ngày 09/7/2020",  # the date of a document
        "công tác dân vận năm 2020",  # a year in the name of the object
        "thực hiện kế hoạch hàng năm về giám sát",  # belongs to the plan
        "kết quả thực hiện trong năm 2020",
        "có hiệu lực từ ngày 01 tháng 01 năm 2021",
        "thường xuyên kiểm tra",
    ],
)
def test_no_deadline(text):
    assert read(text) == []


def test_a_day_without_a_year_is_in_the_year_of_the_plan():
    assert read("báo cáo trước ngày 15/11") == []
    assert read("báo cáo trước ngày 15/11", "2023")[0].date == "2023-11-15"
