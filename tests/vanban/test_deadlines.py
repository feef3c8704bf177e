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
    (due,) = read("báo cáo trước ngày 15/11", "2023")
    assert (due.date, due.inclusive) == ("2023-11-15", False)
    assert "năm lấy theo văn bản" in due.because


@pytest.mark.parametrize(
    ("text", "date", "inclusive", "printed"),
    [
        ("nộp phiếu khảo sát muộn nhất ngày 08/5/2024.", "2024-05-08", True, "muộn nhất ngày 08/5/2024"),
        ("gửi danh sách chậm nhất là ngày 08-5-2024;", "2024-05-08", True, "chậm nhất là ngày 08-5-2024"),
        ("hạn cuối nộp bài dự thi: 20.9.2024", "2024-09-20", True, "hạn cuối nộp bài dự thi: 20.9.2024"),
        ("hạn cuối ngày 20/9/2024", "2024-09-20", True, "hạn cuối ngày 20/9/2024"),
        ("rà soát xong trước 12/8/2024", "2024-08-12", False, "xong trước 12/8/2024"),
        ("gửi về Phòng Nội vụ trước 17 giờ 00 ngày 20/6/2024", "2024-06-20", True,
         "trước 17 giờ 00 ngày 20/6/2024"),
        ("gửi về Phòng Nội vụ trước ngày 20/6/2024", "2024-06-20", False, "trước ngày 20/6/2024"),
        ("gửi về Phòng Nội vụ chậm nhất 16h30 ngày 20/6/2024", "2024-06-20", True,
         "chậm nhất 16h30 ngày 20/6/2024"),
        ("mở đợt cao điểm từ ngày 01/3 đến ngày 30/4/2024", "2024-04-30", True,
         "từ ngày 01/3 đến ngày 30/4/2024"),
        ("lấy ý kiến từ ngày 02/5/2024 đến hết ngày 20/5/2024", "2024-05-20", True,
         "từ ngày 02/5/2024 đến hết ngày 20/5/2024"),
        ("gửi báo cáo trước ngay 15/6/2020", "2020-06-15", False, "trước ngay 15/6/2020"),
        ("Thời gian hoàn thành: 30/9/2024.", "2024-09-30", True, "Thời gian hoàn thành: 30/9/2024"),
        ("Trước ngày 05 tháng 7 năm 2024, các phòng gửi đề xuất", "2024-07-05", False,
         "Trước ngày 05 tháng 7 năm 2024"),
        ("khai mạc hội thi vào ngày 19/8/2024", "2024-08-19", True, "vào ngày 19/8/2024"),
    ],
)  # fmt: skip
def test_a_day_in_every_form(text, date, inclusive, printed):
    (due,) = read(text)

    assert (due.kind, due.date, due.inclusive) == ("date", date, inclusive)
    assert due.span.text == printed
    assert due.because


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("gửi kế hoạch trước ngày 31/3/2024 và báo cáo kết quả trước ngày 20/11/2024",
         ["2024-03-31", "2024-11-20"]),
        ("chậm nhất ngày 31 tháng 3 lập kế hoạch, hoàn thành trước 30/10", ["2024-03-31", "2024-10-30"]),
        ("quyết toán xong trước ngày 10 tháng 01 năm sau", ["2025-01-10"]),
        ("gửi phiếu (trước 20/6 và 20/12) về xã", ["2024-06-20", "2024-12-20"]),
        ("báo cáo trước ngày 10/7, chậm nhất ngày 10/7", ["2024-07-10"]),
    ],
)  # fmt: skip
def test_several_days(text, dates):
    assert [due.date for due in read(text, "2024")] == dates


@pytest.mark.parametrize(
    ("text", "period", "inclusive"),
    [
        ("tập huấn trong tháng 6/2024", "2024-06", True),
        ("tập huấn trong quý II", "2024-Q2", True),
        ("tập huấn trong quý II/2024", "2024-Q2", True),
        ("Thời gian thực hiện: Quý III năm 2023", "2023-Q3", True),
        ("hoàn thành quý 3/2023", "2023-Q3", True),
        ("ra mắt mô hình trong 6 tháng đầu năm 2024", "2024-H1", True),
        ("ra mắt mô hình trong 6 tháng đầu năm", "2024-H1", True),
        ("kiểm tra xong trong 6 tháng cuối năm", "2024-H2", True),
        ("hoàn thành trong 9 tháng năm 2024", "2024-09", True),
        ("duy trì chuyên mục đến hết năm 2025", "2025", True),
        ("từ nay đến hết năm 2025 xóa nhà tạm", "2025", True),
        ("tổng kết vào cuối tháng 12", "2024-12", True),
        ("rà soát (Quý II/2024).", "2024-Q2", True),
        ("cấp xong mã định danh trước tháng 10/2024", "2024-10", False),
        ("triển khai từ tháng 3 đến tháng 5/2024", "2024-05", True),
        ("hoàn thành trong năm 2024", "2024", True),
        ("Thời gian thực hiện: Năm 2024.", "2024", True),
    ],
)
def test_a_period_in_every_form(text, period, inclusive):
    (due,) = read(text, "2024")

    assert (due.kind, due.period, due.inclusive) == ("period_end", period, inclusive)


def test_several_periods():
    dues = read("giao ban cụm trong các quý I, II và III năm 2024")

    assert [due.period for due in dues] == ["2024-Q1", "2024-Q2", "2024-Q3"]


@pytest.mark.parametrize(
    ("text", "every", "day", "month", "rule", "inclusive"),
    [
        ("gửi số liệu ngày 25 hằng tháng", "month", 25, None, "FREQ=MONTHLY;BYMONTHDAY=25", True),
        ("gửi số liệu trước ngày 25 hàng tháng", "month", 25, None, "FREQ=MONTHLY;BYMONTHDAY=25", False),
        ("gửi số liệu chậm nhất ngày 25 mỗi tháng", "month", 25, None, "FREQ=MONTHLY;BYMONTHDAY=25", True),
        ("báo cáo trước ngày 20 tháng cuối quý", "quarter", 20, None,
         "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", False),
        ("hằng quý, chậm nhất ngày 05 của tháng đầu quý sau", "quarter", 5, None,
         "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=5", True),
        ("Hằng năm trước 15/12 báo cáo Ủy ban", "year", 15, 12, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", False),
        ("Hằng năm, trước ngày 15 tháng 12, báo cáo", "year", 15, 12, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", False),
        ("gửi về Sở trước ngày 15/12 hằng năm", "year", 15, 12, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", False),
        ("họp giao ban vào thứ Sáu hằng tuần", "week", None, None, "FREQ=WEEKLY;BYDAY=FR", True),
        ("gửi lịch công tác trước 15 giờ thứ Năm hằng tuần", "week", None, None, "FREQ=WEEKLY;BYDAY=TH", True),
        ("gửi lịch công tác trước thứ Năm hằng tuần", "week", None, None, "FREQ=WEEKLY;BYDAY=TH", False),
        ("đối thoại với thanh niên ít nhất 01 lần/quý", "quarter", None, None,
         "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", True),
        ("làm việc với Mặt trận hai lần một năm", "year", None, None, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", True),
        ("họp liên tịch 03 tháng một lần", "quarter", None, None,
         "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", True),
        ("6 tháng một lần, rà soát danh sách", "half-year", None, None,
         "FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1", True),
        ("Định kỳ hằng năm báo cáo. Thời điểm chốt số liệu: ngày 14/12", "year", None, None,
         "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", True),
        ("Mỗi quý một lần, tổ công tác xuống cơ sở", "quarter", None, None,
         "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", True),
        ("Định kỳ hằng tháng, tổ dân phố họp", "month", None, None, "FREQ=MONTHLY;BYMONTHDAY=-1", True),
        ("tự kiểm tra hồ sơ, hằng quý tổng hợp gửi xã", "quarter", None, None,
         "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", True),
        ("Hằng năm tổ chức lấy ý kiến hài lòng", "year", None, None, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", True),
    ],
)  # fmt: skip
def test_a_recurrence_in_every_form(text, every, day, month, rule, inclusive):
    (due,) = read(text, "2024")

    assert (due.kind, due.every, due.day, due.month) == ("recurring", every, day, month)
    assert (due.rule, due.inclusive) == (rule, inclusive)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Định kỳ hằng quý (trước ngày 15 của tháng cuối quý), 6 tháng (trước 15/6), năm (trước 15/12) gửi báo cáo",
         [("quarter", 15, None), ("half-year", 15, 6), ("year", 15, 12)]),
        ("Định kỳ 6 tháng, 1 năm báo cáo Thường trực", [("half-year", None, None), ("year", None, None)]),
        ("gửi báo cáo 6 tháng trước ngày 12/6, báo cáo năm trước ngày 12/12", [("half-year", 12, 6), ("year", 12, 12)]),
        ("gửi trước ngày 12/6 (báo cáo 6 tháng) và trước ngày 12/12 (báo cáo năm)",
         [("half-year", 12, 6), ("year", 12, 12)]),
        ("Báo cáo 6 tháng, 9 tháng và năm theo mẫu",
         [("half-year", None, None), ("nine-month", None, None), ("year", None, None)]),
        ("gửi báo cáo trước ngày 15/6 và 15/12 hằng năm", [("year", 15, 6), ("year", 15, 12)]),
        ("sơ kết vào tháng 6, tổng kết vào tháng 12 hằng năm", [("year", None, 6), ("year", None, 12)]),
        ("đăng ký mô hình trong quý I hằng năm", [("year", None, 3)]),
        ("Thực hiện báo cáo định kỳ (quý, 6 tháng, năm) theo mẫu",
         [("quarter", None, None), ("half-year", None, None), ("year", None, None)]),
        ("Định kỳ hằng quý, năm báo cáo trước ngày 20 của tháng cuối quý", [("quarter", 20, None), ("year", None, None)]),
        ("Định kỳ hằng quý, 6 tháng báo cáo trước ngày 20 của tháng cuối kỳ", [("quarter", 20, None), ("half-year", 20, None)]),
        ("tổng hợp gửi trước ngày 10 tháng sau", [("month", 10, None)]),
        ("Báo cáo 9 tháng gửi trước ngày 15/9", [("nine-month", 15, 9)]),
        ("Định kỳ 6 tháng, năm (trước ngày 10/6, ngày 10/12) gửi", [("half-year", 10, 6), ("year", 10, 12)]),
    ],
)  # fmt: skip
def test_a_series(text, expected):
    assert [(due.every, due.day, due.month) for due in read(text, "2024")] == expected


def test_beside_the_yearly_report_the_half_yearly_one_is_that_of_june():
    half, year = read("Định kỳ 6 tháng, năm báo cáo kết quả")

    assert half.rule == "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1"
    assert year.rule == "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"


@pytest.mark.parametrize(
    "text",
    [
        "xử lý phản ánh trong vòng 05 ngày làm việc kể từ ngày 15/3/2024",  # days after another day
        "thông báo cho hộ dân 10 ngày làm việc trước ngày 15/3/2024",
        "sau 30 ngày thì niêm yết lại",
        "thăm hộ nghèo trước Tết Nguyên đán",
        "trước khi kiểm điểm năm 2024",
        "giai đoạn 2021-2025",
        "chương trình giai đoạn 2021 đến năm 2025",
        "phấn đấu đến năm 2030 đạt nông thôn mới",
        "số dư tính đến ngày 15/11/2024",
        "tăng so với cuối năm 2023",
        "lập dự toán ngân sách hằng năm của phường",
        "xây dựng kế hoạch hằng năm",
        "có hiệu lực từ ngày 01/01/2024 đến ngày 31/12/2025",
        "kể từ ngày 20/6/2024",
        "thực hiện thường xuyên, định kỳ",
        "hội nghị ngày 12/5 tại phường",
        "trước 15/6 hộ được hỗ trợ",  # fifteen of six, not a day
        "Nghị quyết số 05-NQ/TU ngày 12 tháng 5 năm 2022",
        "đầu quý, cuối tháng",
        "Trong 6 tháng đầu năm 2024, các phường đã tiếp 41 lượt công dân",
    ],
)
def test_no_deadline_is_invented(text):
    assert read(text, "2024") == []


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("Báo cáo năm gửi trước ngày 20/12; số liệu tính từ ngày 15/12 năm trước đến ngày 14/12.",
         ("ngày 15/12 năm trước", "ngày 14/12")),
        ("Định kỳ 6 tháng (trước 20/6) gửi báo cáo, thời gian chốt số liệu từ ngày 15 tháng 12 năm trước kỳ báo cáo "
         "đến ngày 14 tháng 6 của kỳ báo cáo", ("ngày 15 tháng 12 năm trước kỳ báo cáo", "ngày 14 tháng 6 của kỳ báo cáo")),
        ("báo cáo trước ngày 20 hằng tháng, số liệu chốt từ ngày 15 tháng trước đến ngày 14 của tháng báo cáo",
         ("ngày 15 tháng trước", "ngày 14 của tháng báo cáo")),
    ],
)  # fmt: skip
def test_the_window_of_a_report(text, window):
    (due,) = read(text, "2024")

    assert due.kind == "recurring"
    assert due.window == window


def test_the_window_stands_in_the_sentence_after():
    text = "Báo cáo năm gửi trước ngày 20/12. Số liệu tính từ ngày 15/12 năm trước đến ngày 14/12."
    (due,) = deadlines.read(Page(text), 0, text.index(".") + 1)

    assert due.window == ("ngày 15/12 năm trước", "ngày 14/12")


def test_each_report_has_its_window():
    text = (
        "Định kỳ 6 tháng (trước 18/6), năm (trước 18/12) báo cáo. Thời gian chốt số liệu báo cáo 6 tháng: từ ngày "
        "15/12 năm trước đến ngày 14/6; báo cáo năm: từ ngày 15/12 năm trước đến ngày 14/12."
    )
    half, year = deadlines.read(Page(text), 0, text.index("báo cáo. ") + 8)

    assert half.window == ("ngày 15/12 năm trước", "ngày 14/6")
    assert year.window == ("ngày 15/12 năm trước", "ngày 14/12")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Quý I/2024", ["2024-Q1"]),
        ("Quý II", ["2024-Q2"]),
        ("Quý I, II", ["2024-Q1", "2024-Q2"]),
        ("Tháng 6/2024", ["2024-06"]),
        ("Tháng 6, tháng 12", ["2024-06", "2024-12"]),
        ("Tháng 3 - tháng 5/2024", ["2024-05"]),
        ("Từ tháng 3 đến tháng 5/2024", ["2024-05"]),
        ("30/6/2024", ["2024-06-30"]),
        ("Trước 30/6", ["2024-06-30"]),
        ("Ngày 30/6", ["2024-06-30"]),
        ("01/3 - 30/4/2024", ["2024-04-30"]),
        ("Hằng quý", ["quarter"]),
        ("Hàng tháng, quý, năm", ["month", "quarter", "year"]),
        ("Hằng năm", ["year"]),
        ("Năm 2024", ["2024"]),
        ("Trong năm 2024", ["2024"]),
        ("6 tháng đầu năm", ["2024-H1"]),
        ("6 tháng cuối năm 2024", ["2024-H2"]),
        ("Thường xuyên", []),
        ("Theo kế hoạch", []),
        ("Theo Kế hoạch số 15/KH-UBND", []),
        ("", []),
    ],
)
def test_a_cell_says_only_the_time(cell, said):
    page = Page(f"| Tuyên truyền | {cell} |")
    start = page.text.index("|", 2) + 2
    dues = deadlines.read_cell(page, start, start + len(cell), "2024")

    assert [due.date or due.period or due.every for due in dues] == said


def test_a_cell_excludes_the_day_that_it_names_after_truoc():
    (due,) = deadlines.read_cell(Page("Trước 30/6/2024"), 0, 15)

    assert (due.date, due.inclusive) == ("2024-06-30", False)


def test_a_recurrence_in_json():
    (due,) = read("gửi trước ngày 15/12 hằng năm")

    assert due.as_json() | {"because": ""} == {
        "kind": "recurring",
        "every": "year",
        "day": 15,
        "month": 12,
        "note": "trước ngày 15/12 hằng năm",
        "rule": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15",
        "inclusive": False,
        "because": "",
        "start": 4,
        "end": 29,
        "text": "trước ngày 15/12 hằng năm",
    }


def test_long_text_is_read_in_linear_time():
    text = "trước ngày 15/12, quý I, năm 2024 và báo cáo 6 tháng " * 4000

    assert read(text, "2024")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tổ chức ra quân từ ngày 15/5 - 30/6/2024.", "2024-06-30"),
        ("Tham gia hội thi từ ngày 02 – 03/7/2026 tại huyện.", "2026-07-03"),
        ("Lấy ý kiến từ 01/3/2024 - ngày 15/3/2024.", "2024-03-15"),
    ],
)
def test_a_range_with_a_dash_is_due_at_its_end(text, day):
    (due,) = read(text)

    assert (due.kind, due.date) == ("date", day)
    assert due.span.text.startswith("từ ")


def test_a_range_with_a_dash_that_is_counted_is_no_deadline():
    assert read("Báo cáo số liệu từ ngày 15/5/2024 - 14/6/2024.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Tổ chức ít nhất 02 cuộc kiểm tra trong quý III/2024.",
        "Giao ban ít nhất 02 lần trong quý III năm 2024.",
    ],
)
def test_so_many_times_in_one_quarter_is_due_at_its_end(text):
    (due,) = read(text)

    assert (due.kind, due.period) == ("period_end", "2024-Q3")


@pytest.mark.parametrize(("between", "is_read"), [(1, True), (2, False)])
def test_the_window_stands_at_most_two_sentences_behind(between, is_read):
    text = "Báo cáo định kỳ hằng quý. " + "Phòng A tổng hợp. " * between
    text += "Thời gian chốt số liệu từ ngày 01/3 đến ngày 30/6."

    (due,) = read(text[:25] + "\n")  # the sentence alone has none
    (found,) = deadlines.read(Page(text), 0, 25)

    assert due.window is None
    assert (found.window is not None) is is_read


@pytest.mark.parametrize(
    ("text", "every", "interval", "printed"),
    [
        ("Tổ chức hội thi hai năm một lần.", "year", 2, "hai năm một lần"),
        ("Định kỳ 05 năm một lần tổng kết.", "year", 5, "Định kỳ 05 năm một lần"),
        ("Kiểm tra năm năm/lần.", "year", 5, "năm năm/lần"),
        ("Giao ban hai tuần một lần.", "week", 2, "hai tuần một lần"),
        ("Giao ban 02 tháng/lần.", "month", 2, "02 tháng/lần"),
        ("Giao ban ba tháng một lần.", "quarter", None, "ba tháng một lần"),
        ("Giao ban hai quý một lần.", "half-year", None, "hai quý một lần"),
        ("Kiểm tra 12 tháng một lần.", "year", None, "12 tháng một lần"),
    ],
)
def test_once_in_so_many_periods(text, every, interval, printed):
    (due,) = read(text)

    assert (due.every, due.span.text) == (every, printed)
    assert (f";INTERVAL={interval};" in due.rule) if interval else "INTERVAL" not in due.rule


def test_once_in_two_years_in_a_column_of_times():
    (due,) = deadlines.read_cell(Page("Hai năm một lần; 02 năm/lần"), 0, 27)

    assert (due.every, due.rule[:22]) == ("year", "FREQ=YEARLY;INTERVAL=2")


@pytest.mark.parametrize(
    "text",
    [
        "gửi trước ngày 15 tháng 6 và trước ngày 15 tháng 12 hằng năm",
        "gửi trước 15/6, chậm nhất ngày 15/12 hằng năm",
    ],
)
def test_two_days_of_every_year_each_with_its_lead(text):
    assert [(due.every, due.day, due.month) for due in read(text, "2024")] == [
        ("year", 15, 6),
        ("year", 15, 12),
    ]


@pytest.mark.parametrize("year", [None, "2023"])
def test_the_year_of_the_last_report_is_that_of_those_before(year):
    text = "báo cáo quý I trước 15/3, 6 tháng trước 15/6, 9 tháng trước 15/9, năm trước 15/12/2024"

    assert [(due.date, due.inclusive) for due in read(text, year)] == [
        ("2024-03-15", False),
        ("2024-06-15", False),
        ("2024-09-15", False),
        ("2024-12-15", False),
    ]


def test_six_months_before_a_day_is_no_report():
    assert read("Thông báo 6 tháng trước ngày 15/6/2024.") == []


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Hoàn thành trong hai quý đầu năm 2024.", "2024-H1"),
        ("Hoàn thành trong 02 quý cuối năm 2024.", "2024-H2"),
        ("Hoàn thành trong ba quý đầu năm 2024.", "2024-09"),
        ("Đầu tháng 5/2024, tổ chức hội nghị.", "2024-05"),
        ("Tổ chức hội nghị vào đầu quý II/2024.", "2024-Q2"),
    ],
)
def test_the_first_quarters_of_a_year_or_days_of_a_month(text, period):
    (due,) = read(text)

    assert (due.kind, due.period) == ("period_end", period)


@pytest.mark.parametrize(
    "text",
    [
        "So với đầu tháng 5/2024, số đơn giảm.",
        "Triển khai từ đầu tháng 5/2024.",
        "Kết quả những tháng đầu năm 2024.",
        "Hoàn thành vào đầu năm 2024.",
    ],
)
def test_beginnings_that_nothing_is_due_at(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "every", "inclusive"),
    [
        ("Gửi báo cáo vào ngày cuối cùng của tháng.", "month", True),
        ("Gửi báo cáo trước ngày cuối cùng của mỗi quý.", "quarter", False),
    ],
)
def test_the_last_day_of_each_period(text, every, inclusive):
    (due,) = read(text)

    assert (due.every, due.inclusive) == (every, inclusive)
    assert due.rule.endswith("BYMONTHDAY=-1")


def test_the_last_day_of_a_certain_month_does_not_come_again():
    assert read("Tính đến ngày cuối cùng của tháng 6/2024.") == []


def test_nine_months_say_how_their_end_was_found():
    (due,) = read("Hoàn thành trong 9 tháng đầu năm 2024.")

    assert due.period == "2024-09"
    assert "hết tháng 9" in due.because


@pytest.mark.parametrize("text", ["Quý I, II/2024", "- Quý I, II/2024.", "Quý I, II/2024: mở lớp."])
def test_periods_that_stand_first_or_alone(text):
    assert [due.period for due in read(text)] == ["2024-Q1", "2024-Q2"]


@pytest.mark.parametrize(
    "text", ["Quý I, II/2024: các xã đã mở 12 lớp.", "Quý II/2024, tình hình ổn định."]
)
def test_a_period_that_is_told_of_is_no_deadline(text):
    assert read(text) == []
