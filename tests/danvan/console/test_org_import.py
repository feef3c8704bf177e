"""A workbook is brought, looked at, taken in or left; and the tree goes out as one."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from danvan.audit.models import AuditEntry
from danvan.org.choices import ImportState, Role
from danvan.org.models import OrgImport, UnitName
from tests.factories import UnitFactory, actor, coordinator, signed_in

pytestmark = pytest.mark.django_db
UNITS = (
    "Tên;Loại;Cấp;Trực thuộc;Từ ngày\n"
    "UBND tỉnh Thử;Ủy ban nhân dân;Cấp tỉnh;;1/7/2025\n"
    "Sở Y tế;Sở, ban, ngành;Cấp tỉnh;UBND tỉnh Thử;1/7/2025\n"
    "Sở Lạc;Sở, ban, ngành;Cấp tỉnh;UBND tỉnh Khác;mùa thu\n"
)


@pytest.fixture
def by():
    return coordinator()


@pytest.fixture
def officer(client, by):
    return signed_in(client, by)


def bring(client, words=UNITS, name="don-vi.csv", **values):
    file = SimpleUploadedFile(name, words if isinstance(words, bytes) else words.encode())
    return client.post(
        reverse("console:import_org"), {"file": file, "default_on": "1/7/2025", **values}
    )


def page(response):
    return " ".join(response.content.decode().split())


def test_a_file_leads_to_its_rows_the_bad_ones_first(officer):
    shown = page(officer.get(bring(officer).url))

    assert "don-vi.csv: 3 dòng; sẽ nhập: mới 2; 1 dòng có lỗi." in shown
    assert "Nhập 2 dòng, để lại 1 dòng lỗi" in shown
    assert "<b>Trực thuộc:</b> Không có đơn vị “UBND tỉnh Khác” trong tệp hay trong danh sách." in (
        shown
    )
    assert "<b>Từ ngày:</b> “mùa thu” không phải ngày. Ghi dạng 05/03/2026." in shown
    assert "Sở Y tế" not in shown


def test_all_rows_are_shown_on_asking(officer):
    made = bring(officer).url

    assert "Sở Y tế" in page(officer.get(made, {"show": "all"}))
    assert "Sở Lạc" not in page(officer.get(made, {"show": "new"}))


def test_confirmed_it_says_what_was_taken_in_and_what_is_left(officer):
    made = bring(officer).url
    seen = officer.get(made).context["looked"].digest

    response = officer.post(f"{made}xac-nhan/", {"seen": seen}, follow=True)

    assert "Đã nhập 2 dòng; 1 dòng chưa nhập." in page(response)
    assert "dòng đã nhập không bị lặp" in page(response)
    assert UnitName.objects.filter(name="Sở Y tế").count() == 1


def test_what_was_not_looked_at_is_not_taken_in(officer):
    made = bring(officer).url

    response = officer.post(f"{made}xac-nhan/", {"seen": "another"}, follow=True)

    assert "vừa thay đổi. Xem lại các dòng" in page(response)
    assert not UnitName.objects.filter(name="Sở Y tế").exists()


def test_cancelled_it_is_told_that_nothing_changed(officer):
    made = bring(officer).url

    response = officer.post(f"{made}huy/", follow=True)

    assert "Đã hủy lần nhập “don-vi.csv”. Không có gì thay đổi." in page(response)
    assert OrgImport.objects.get().state == ImportState.CANCELLED
    assert "Đã hủy" in page(officer.get(made))


def test_bad_rows_come_as_a_workbook_with_why(officer):
    made = bring(officer).url

    response = officer.get(f"{made}dong-loi/")

    sheet = load_workbook(io.BytesIO(response.content))["Đơn vị"]
    assert "UBND tỉnh Khác" in sheet["A2"].value
    assert "filename*=UTF-8''don-vi%20-%20d%C3%B2ng" in response["Content-Disposition"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "không có nội dung"),
        ("Xin chào", "Không thấy trang “Đơn vị” hay “Con người”"),
        ("Tên;Loại\nSở Nội vụ".encode("cp1258", "replace"), "không phải bảng mã Unicode"),
        (b"PK\x03\x04" + bytes(50), "bị hỏng hoặc không an toàn"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(officer, words, said):
    response = bring(officer, words)

    assert response.status_code == 400
    assert said in page(response)
    assert not OrgImport.objects.exists()


def test_a_file_past_the_limit_is_refused_with_its_size(officer, settings):
    settings.DANVAN_UPLOAD_LIMIT = 1024 * 1024

    response = bring(officer, bytes(3 * 1024 * 1024))

    assert "vượt mức" in page(response)


def test_what_waits_is_found_again(officer):
    bring(officer)

    shown = page(officer.get(reverse("console:import_org")))

    assert "don-vi.csv" in shown and "Chờ xác nhận" in shown


def test_five_thousand_rows_take_few_queries(officer, django_assert_max_num_queries):
    rows = "".join(f"Sở số {n};Sở, ban, ngành;Cấp tỉnh;;1/7/2025\n" for n in range(500))
    made = bring(officer, UNITS.splitlines()[0] + "\n" + rows).url

    with django_assert_max_num_queries(20):
        response = officer.get(made)

    assert "Xem tiếp" in page(response)


def test_the_tree_goes_out_as_of_a_day(officer):
    UnitFactory(called="=Sở Lạ")

    response = officer.get(reverse("console:export_org"), {"date": "2024-03-18"})

    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Đơn vị", "Danh mục"]
    assert "=Sở Lạ" in {row[1].value for row in book["Đơn vị"].iter_rows(min_row=2)}
    assert response["Content-Disposition"].endswith("2024-03-18.xlsx")
    assert not AuditEntry.objects.filter(verb="people_exported").exists()


def test_people_go_out_only_by_the_administrator_and_into_the_audit(client):
    administrator = signed_in(client, actor(Role.ADMINISTRATOR))

    response = administrator.post(reverse("console:export_org"), {"date": "2024-03-18"})

    assert "Con người" in load_workbook(io.BytesIO(response.content)).sheetnames
    assert AuditEntry.objects.filter(verb="people_exported").count() == 1


def test_the_template_offers_lists_and_examples(officer):
    response = officer.get(reverse("console:import_template"))

    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Đơn vị", "Con người", "Hướng dẫn", "Danh mục"]
    assert book["Đơn vị"].max_row == 1
