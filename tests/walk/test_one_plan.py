"""One plan goes the whole way, from file to publication, as people would take it.

Each step is one person at the screen; the pictures are kept in `var/pictures` to be looked at.
"""

import io
import re
import shutil
import subprocess
import warnings
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import drop

DEMO = Path(__file__).resolve().parents[2] / "src/danvan/config/demo"
PLAN, UNIT_PLAN = DEMO / "plan.docx", DEMO / "unit_plan.docx"
COORDINATOR, OFFICER = "dau.moi", "so.tu.phap"
CONSOLIDATION = "/bao-cao/tong-hop/2024-Q1/"

pytestmark = pytest.mark.browser


def test_one_plan_goes_the_whole_way(seat):
    coordinator, officer = seat(COORDINATOR), seat(OFFICER)

    read_proofread_and_confirm(coordinator)
    hand_in_the_plan_and_complete_another(officer)
    keep_two_registers(officer)
    see_who_is_late_and_remind(coordinator)
    report = write_and_send_the_report(officer)
    send_it_back(coordinator, report)
    report = send_it_again(officer)
    accept_and_consolidate(coordinator, report)
    open_scoring(coordinator)
    score_oneself(officer)
    appraise(coordinator)
    release_plan_and_results(coordinator)
    the_public_sees_it(seat)


def read_proofread_and_confirm(who):
    """Step 1 and 2: drop the plan, correct it beside its source, confirm, and units have work."""
    page = who.page
    who.go("Văn bản")
    drop(page, PLAN)
    expect(page.get_by_role("heading", name="Kế hoạch 15/KH-UBND")).to_be_visible()
    who.picture("01-doi-chieu")
    every_kind_was_found(page)

    unclear = page.locator(".item").filter(has_text="Chưa rõ đơn vị")
    expect(unclear).to_have_count(1)
    who.press("Xác nhận và giao nhiệm vụ")
    expect(page.get_by_text("Chưa rõ đơn vị: “Các cơ quan hữu quan”").first).to_be_visible()
    page.locator(".item").filter(has_text="Chưa rõ đơn vị").get_by_role(
        "button", name="Không giao"
    ).click()
    expect(page.locator(".item").filter(has_text="Chưa rõ đơn vị:")).to_have_count(0)

    item_and_words_find_each_other(page)
    correct_a_lead_with_the_mouse(page)
    correct_a_deadline_with_the_keyboard(page)
    drop_one_item(page)
    add_one_by_selecting_words(page)
    who.picture("02-da-sua")

    who.press("Xác nhận và giao nhiệm vụ")
    expect(page.get_by_role("heading", level=1)).to_contain_text("đơn vị?")
    who.press("Giao nhiệm vụ")
    expect(
        page.get_by_text(re.compile(r"Đã xác nhận\. \d+ nhiệm vụ được giao cho \d+ đơn vị")).first
    ).to_be_visible()
    who.picture("03-da-xac-nhan")


def every_kind_was_found(page):
    """Header, outline, citations, targets stand in their tabs, each with what was found."""
    for tab, words in (
        ("Đầu văn bản", "15/KH-UBND"),
        ("Bố cục", "TỔ CHỨC THỰC HIỆN"),
        ("Viện dẫn", "Luật"),
        ("Chỉ tiêu", "100"),
        ("Nhiệm vụ", "Sở Nội vụ"),
    ):
        page.locator(".pane-head").get_by_role("link", name=re.compile(f"^{tab}")).click()
        expect(page.locator(".item").filter(has_text=words).first).to_be_visible()


def duty(page, words):
    return page.locator(".item").filter(has_text=words).first


def item_and_words_find_each_other(page):
    item = duty(page, "Ban hành kế hoạch thực hiện công tác dân vận chính quyền")
    item.click(position={"x": 12, "y": 12})
    mark = page.locator(f"mark[data-span='{item.get_attribute('data-span')}']").first
    expect(mark).to_have_class(re.compile("is-open"))
    other = duty(page, "Rà soát các vụ việc khiếu nại, tố cáo phức tạp")
    name = other.get_attribute("data-span")
    page.locator(f"mark[data-span='{name}']").first.click()
    expect(page.locator(f".item[data-span='{name}']")).to_be_focused()


def correct_a_lead_with_the_mouse(page):
    item = duty(page, "Tổ chức quán triệt đến toàn thể cán bộ")
    item.get_by_role("link", name="Sửa").click()
    form = page.locator(".item form").filter(has=page.get_by_label("Chủ trì"))
    form.get_by_label("Chủ trì").fill("Sở Nội vụ")
    form.get_by_role("button", name="Lưu").click()
    corrected = duty(page, "Tổ chức quán triệt đến toàn thể cán bộ")
    expect(corrected).to_contain_text("Đã sửa")
    expect(corrected).to_be_focused()


def correct_a_deadline_with_the_keyboard(page):
    item = duty(page, "Rà soát các vụ việc khiếu nại, tố cáo phức tạp")
    item.focus()
    expect(item).to_be_focused()
    page.keyboard.press("F2")
    day = page.locator(".item form [name=due_date]")
    expect(day).to_be_visible()
    day.fill("5/7/2024")
    day.press("Enter")
    expect(duty(page, "Rà soát các vụ việc khiếu nại, tố cáo phức tạp")).to_contain_text(
        "05/7/2024"
    )


def drop_one_item(page):
    item = duty(page, "Chấn chỉnh thái độ")
    item.focus()
    page.keyboard.press("Delete")
    expect(page.get_by_text("Đã loại 1").first).to_be_visible()
    expect(page.get_by_role("button", name="Hoàn tác").first).to_be_visible()


def add_one_by_selecting_words(page):
    paragraph = page.locator("[data-source] p").filter(has_text="Cắt giảm giấy tờ").first
    paragraph.scroll_into_view_if_needed()
    paragraph.click(click_count=3)
    page.locator("[data-add=duties]").click()
    form = page.locator("form").filter(has=page.get_by_label("Chủ trì")).first
    form.get_by_label("Chủ trì").fill("Văn phòng UBND tỉnh")
    form.get_by_role("button", name=re.compile("Thêm|Lưu")).first.click()
    expect(page.locator(".item").filter(has_text="Thêm tay").first).to_be_visible()


def hand_in_the_plan_and_complete_another(who):
    """Step 3: everything due from the unit, by date; the plan as a file; another with evidence."""
    page = who.page
    page.goto("/")
    who.picture("04-viec-cua-toi")
    assert "Còn" in who.answer()
    open_what_is_due_later(page)
    the_source_is_one_click_away(page)
    page.get_by_role("link", name=re.compile("^Ban hành kế hoạch thực hiện")).first.click()
    expect(page.get_by_text("là ngày nghỉ").first).to_be_visible()  # 31/3/2024 is a Sunday
    page.set_input_files("input[type=file]", UNIT_PLAN)
    page.locator("[name=note]").fill("Gửi kế hoạch của Sở.")
    who.press("Nộp kế hoạch")
    who.says("Đã nộp kết quả.")
    expect(page.get_by_text("Chờ xác nhận").first).to_be_visible()
    who.picture("05-nop-ke-hoach")

    page.goto("/")
    open_what_is_due_later(page)
    page.get_by_role("link", name=re.compile("^Công khai thủ tục hành chính")).first.click()
    who.press("Tiếp nhận")
    page.locator("[name=note]").fill("Đã công khai 112 thủ tục trên trang của Sở.")
    who.press("Nộp kết quả")
    who.says("Đã nộp kết quả.")
    expect(page.locator(".title-status").get_by_text("Hoàn thành")).to_be_visible()


def open_what_is_due_later(page):
    """Folded where something is due this week."""
    page.get_by_role("link", name=re.compile(r"^Sau đó \(")).click()
    expect(page.locator("#later a[data-panel]").first).to_be_visible()


def the_source_is_one_click_away(page):
    page.locator("tr").filter(has_text="Ban hành kế hoạch").locator("a[data-panel]").click()
    expect(page.locator("#panel")).to_contain_text("gửi về Sở Nội vụ chậm nhất ngày 31/3/2024")
    page.keyboard.press("Escape")


def keep_two_registers(who):
    """Step 4: a reception and a dialogue; the dialogue's conclusion becomes a duty with a deadline."""
    page = who.page
    who.go("Sổ theo dõi")
    who.picture("06-so-theo-doi")
    who.follow("Sổ tiếp công dân")
    page.get_by_role("textbox", name="Ngày").last.fill("5/3")
    page.get_by_label("Người tiếp").last.select_option(label="Thủ trưởng")
    page.get_by_label("Hình thức").last.select_option(label="Định kỳ")
    for label, value in (("Lượt", "4"), ("Người", "6"), ("Vụ việc", "3"), ("Đoàn đông người", "0")):
        page.get_by_label(label, exact=True).last.fill(value)
    page.get_by_label("Kết quả").last.select_option(label="Đã trả lời")
    who.press("Thêm dòng")
    expect(page.get_by_role("cell", name="05/03/2024").first).to_be_visible()
    who.picture("07-so-tiep-cong-dan")

    who.go("Sổ theo dõi")
    who.follow("Sổ đối thoại")
    page.get_by_role("link", name="Thêm dòng").first.click()
    page.get_by_role("textbox", name="Ngày").fill("4/3/2024")
    page.get_by_label("Hình thức").select_option(label="Định kỳ")
    page.get_by_label("Người chủ trì").fill("Giám đốc Sở")
    page.get_by_label("Địa điểm").fill("Hội trường Sở Tư pháp")
    page.get_by_label("Nội dung").fill("Thủ tục hộ tịch, chứng thực")
    for label, value in (("Số người dự", "52"), ("Số ý kiến", "9"), ("Ý kiến đã trả lời", "8")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Kết luận").fill("Niêm yết mẫu đơn tại bộ phận tiếp nhận trong tháng 4.")
    who.press("Lưu")
    expect(page.get_by_text("Thủ tục hộ tịch, chứng thực").first).to_be_visible()
    page.locator("tr").filter(has_text="Thủ tục hộ tịch, chứng thực").locator("a").first.click()
    page.get_by_role("link", name="Tạo nhiệm vụ từ kết luận").click()
    page.get_by_role("textbox", name=re.compile("Hạn")).fill("26/4/2024")
    who.press("Tạo nhiệm vụ")
    expect(page.get_by_role("link", name=re.compile("Niêm yết mẫu đơn")).first).to_be_visible()
    who.picture("08-doi-thoai")


def see_who_is_late_and_remind(who):
    """Step 5: unit × assignment; who is late is reminded, and has a notice."""
    page = who.page
    who.go("Nhiệm vụ")
    who.picture("09-ma-tran")
    assert "quá hạn" in who.answer()
    page.get_by_role("button", name=re.compile(r"^Nhắc \d+ đơn vị$")).click()
    who.says("Đã nhắc")
    page.locator("a.cell.is-late").first.click()
    expect(page.locator("#panel").get_by_text("Hạn này tính thế nào")).to_be_visible()
    who.picture("10-o-ma-tran-mo-ben-canh")
    page.keyboard.press("Escape")


def write_and_send_the_report(who):
    """Step 6, the unit: a draft from its figures, its own words, sent. Gives the report's address."""
    page = who.page
    page.get_by_role("link", name=re.compile("Thông báo")).first.click()
    expect(page.get_by_text("Nhắc việc").first).to_be_visible()
    who.go("Báo cáo")
    row = page.locator("tr").filter(has_text="Quý I/2024").first
    row.get_by_role("button", name="Soạn báo cáo").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quý I/2024", ignore_case=True)
    write_every_section(who)
    who.picture("11-soan-bao-cao")
    address = page.url.split("?")[0]
    page.goto(address)
    who.follow("Kiểm tra trước khi gửi")
    expect(page.get_by_text("quá hạn").first).to_be_visible()
    who.picture("12-gui-bao-cao")
    who.press("Gửi báo cáo")
    who.says("Đã gửi báo cáo")
    return path_of(page.url)


SECTIONS = {
    "direction": "Đã ban hành kế hoạch, phân công một Phó Giám đốc phụ trách công tác dân vận.",
    "reception": "Giám đốc tiếp công dân đúng lịch đã công khai.",
    "dialogue": "Đã đối thoại về thủ tục hộ tịch, chứng thực.",
    "duties": "Đã công khai thủ tục hành chính trên trang thông tin điện tử.",
    "shortcomings": "Báo cáo gửi chậm do chuyển công tác cán bộ phụ trách.",
    "directions": "Niêm yết mẫu đơn tại bộ phận tiếp nhận trong tháng 4.",
    "proposals": "Không có.",
}


def write_every_section(who):
    page = who.page
    address = page.url.split("?")[0]
    for code, words in SECTIONS.items():
        page.goto(f"{address}?muc={code}")
        page.locator("textarea").first.fill(words)
        save(page)


def send_it_back(who, report):
    """Step 6, the coordinator: returned with a remark at its place."""
    page = who.page
    page.goto(report)
    who.picture("13-xem-bao-cao")
    page.get_by_text("Góp ý cho mục này").first.click()
    page.locator("textarea:visible").first.fill("Nêu rõ số văn bản đã ban hành.")
    page.locator("button[form=decide], #decide button").filter(has_text="Trả lại").last.click()
    expect(page.locator(".title-status").get_by_text("Trả lại")).to_be_visible()


def send_it_again(who):
    """Step 6, the unit: a new version that answers the remark. Gives its address."""
    page = who.page
    who.go("Báo cáo")
    page.get_by_role("link", name="Soạn tiếp").first.click()
    address = page.url.split("?")[0]
    page.goto(f"{address}?muc=direction")
    expect(page.get_by_text("Nêu rõ số văn bản đã ban hành.").first).to_be_visible()
    who.picture("13b-tra-lai")
    page.locator("textarea").first.fill("Đã ban hành Kế hoạch số 27/KH-STP ngày 15/3/2024.")
    save(page)
    page.goto(address)
    who.follow("Kiểm tra trước khi gửi")
    who.press("Gửi báo cáo")
    who.says("Đã gửi báo cáo")
    return path_of(page.url)


def path_of(url):
    return re.sub(r"^https?://[^/]+", "", url.split("?")[0])


def save(page):
    form = page.locator("form:has(textarea)").first
    form.get_by_role("button", name=re.compile("^Lưu")).first.click()
    expect(page.locator("textarea").first).to_be_visible()


def accept_and_consolidate(who, report):
    """Step 6, the province: figures rolled up, words gathered, sent, and down to a record."""
    page = who.page
    page.goto(report)
    who.press("Chấp nhận")
    expect(page.get_by_text("Đã chấp nhận").first).to_be_visible()

    page.goto(CONSOLIDATION)
    who.press("Tổng hợp kỳ này")
    for code in ("direction", "reception", "dialogue", "duties", "shortcomings", "directions"):
        page.goto(f"{CONSOLIDATION}?muc={code}")
        page.get_by_role("button", name="Đưa vào").first.click()
        expect(page.get_by_text("từ bài của").first).to_be_visible()
    page.goto(f"{CONSOLIDATION}?muc=reception")
    who.picture("14-tong-hop")
    a_figure_opens_down_to_a_record(who)

    page.goto(CONSOLIDATION)
    who.follow("Kiểm tra trước khi gửi")
    page.locator("[name=number]").fill("61")
    who.press("Gửi báo cáo")
    who.says("Đã phát hành báo cáo tổng hợp")
    page.goto(CONSOLIDATION)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải DOCX").first.click()
    the_docx_opens(Path(download.value.path()), who.pictures)


def a_figure_opens_down_to_a_record(who):
    """The province's number → its units' numbers → a unit's records → one record."""
    page = who.page
    chip = page.locator("a.figure-chip").first
    printed = chip.inner_text()
    chip.click()
    expect(page.locator("#panel")).to_contain_text(printed)
    who.picture("15-so-lieu-di-xuong")
    page.goto(chip.get_attribute("href"))
    expect(page.locator("#main")).to_contain_text(printed)
    page.locator("#main").get_by_role("link", name="Sở Tư pháp").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.locator("#main a[href*='/so/reception/']").first.click()
    expect(page).to_have_url(re.compile(r"/so/reception/[0-9a-f-]{36}/"))


def the_docx_opens(path, pictures):
    """It has the official parts, and LibreOffice makes pages of it, which are kept as pictures."""
    document = zipfile.ZipFile(io.BytesIO(path.read_bytes())).read("word/document.xml").decode()
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BÁO CÁO", "I. ", "II. ", "III. ", "IV. "):
        assert words in document
    if shutil.which("soffice") is None:
        warnings.warn("no LibreOffice: the DOCX was not opened", stacklevel=1)
        return
    docx = pictures / "bao-cao-tong-hop.docx"
    docx.write_bytes(path.read_bytes())
    convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(pictures), str(docx)]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    pdf = docx.with_suffix(".pdf")
    if shutil.which("pdftoppm"):
        picture = ["pdftoppm", "-r", "70", "-png", str(pdf), str(pictures / "16-bao-cao")]
        subprocess.run(picture, check=True, timeout=60)
    assert pdf.stat().st_size > 10_000


def open_scoring(who):
    who.go("Chấm điểm")
    who.page.get_by_role("link", name="Mở đợt chấm điểm").first.click()
    who.press("Mở đợt chấm điểm")
    expect(who.page.get_by_text("Sở Tư pháp").first).to_be_visible()


def score_oneself(who):
    """Step 7: proven points are there with their proof; the rest is scored with evidence."""
    page = who.page
    who.go("Chấm điểm")
    if page.get_by_role("link", name=re.compile("Phiếu của đơn vị")).count():
        page.get_by_role("link", name=re.compile("Phiếu của đơn vị")).first.click()
    expect(page.get_by_text("Hệ thống tính: 30/30")).to_be_visible()  # the plan, in time
    expect(page.get_by_text("Hệ thống tính: 25/30")).to_be_visible()  # a report 7 days late
    expect(page.get_by_text("Kế hoạch gửi ngày 18/3, hạn 01/4.")).to_be_visible()
    who.picture("17-tu-cham")
    page.locator("input[inputmode=decimal]:visible").last.fill("36")
    page.locator("textarea:visible").last.fill("Một cuộc đối thoại, tiếp công dân đúng lịch.")
    page.locator("input[type=file]").last.set_input_files(UNIT_PLAN)
    who.press("Gửi thẩm định")
    if page.get_by_role("link", name="Quay lại").count():
        who.press("Gửi thẩm định")
    expect(page.get_by_text("Chờ thẩm định").first).to_be_visible()


def appraise(who):
    """Step 7, Sở Nội vụ: another figure with its reason, then final."""
    page = who.page
    who.go("Chấm điểm")
    page.get_by_role("link", name="Sở Tư pháp").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sở Tư pháp")
    who.picture("18-tham-dinh")
    for _proven in range(2):
        row = (
            page.locator("tr").filter(has=page.get_by_role("button", name="Giữ điểm tự chấm")).first
        )
        row.get_by_role("button", name="Giữ điểm tự chấm").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    row = page.locator("tr").filter(has_text="Tổ chức đối thoại, tiếp công dân")
    row.get_by_text("Sửa điểm").click()
    row.locator("[name$=points]").fill("30")
    row.get_by_role("button", name="Ghi điểm thẩm định").click()
    expect(page.get_by_text(re.compile("[Ll]ý do")).first).to_be_visible()
    row.locator("[name$=reason]").fill("Kết luận đối thoại chưa thực hiện xong.")
    row.get_by_role("button", name="Ghi điểm thẩm định").click()
    expect(row.get_by_text("Kết luận đối thoại chưa thực hiện xong.").first).to_be_visible()
    page.get_by_role("link", name="Chốt kết quả").first.click()
    who.press("Chốt kết quả")
    expect(page.get_by_text("Đã chốt").first).to_be_visible()
    who.picture("19-da-chot")


def release_plan_and_results(who):
    """Step 8: the plan and the results are released."""
    page = who.page
    for name in ("15/KH-UBND", "Kết quả chấm điểm"):
        who.go("Công khai")
        who.picture("20-cong-khai")
        row = page.locator("tr").filter(has_text=name).filter(has_text="Công khai").first
        row.get_by_role("link", name="Công khai").first.click()
        page.get_by_role("button", name=re.compile("^Công khai")).first.click()
        expect(page.get_by_text("Đã công khai").first).to_be_visible()


def the_public_sees_it(seat):
    """Step 8, anyone: without sign-in, on a screen and on a phone."""
    for width in (1366, 360):
        reader = seat(width=width)
        reader.page.goto("/cong/")
        reader.picture(f"21-cong-{width}")
        reader.page.get_by_role("link", name=re.compile("Kế hoạch")).first.click()
        expect(reader.page.get_by_text("chậm nhất ngày 31/3/2024").first).to_be_visible()
        reader.picture(f"22-ke-hoach-{width}")
        reader.page.goto("/cong/")
        reader.page.get_by_role("link", name=re.compile("^Kết quả chấm điểm")).first.click()
        expect(reader.page.get_by_text("Sở Tư pháp").first).to_be_visible()
        reader.picture(f"23-ket-qua-{width}")
