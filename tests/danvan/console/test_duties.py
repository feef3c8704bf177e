import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.documents.models import Citation, Document
from danvan.duties.models import Assignment, Reminder
from danvan.org.choices import Role
from tests.factories import (
    AssignmentFactory,
    DutyFactory,
    UnitFactory,
    actor,
    coordinator,
    signed_in,
)

pytestmark = pytest.mark.django_db


def test_work_shows_what_is_due_from_ones_own_unit(client, on_day):
    on_day(2024, 4, 5)
    officer = actor()
    own = AssignmentFactory(unit=officer.unit, duty__action="Việc của đơn vị mình")
    AssignmentFactory(duty__action="Việc của đơn vị khác")

    page = signed_in(client, officer).get(reverse("console:work")).content.decode()

    assert own.duty.action in page
    assert "Quá hạn 4 ngày" in page
    assert "Việc của đơn vị khác" not in page


def test_work_of_the_coordinator_shows_what_waits_for_a_word(client):
    by = coordinator()
    AssignmentFactory(duty__confirmed_by=by.unit, duty__action="Gửi kế hoạch", handed_in=True)

    page = signed_in(client, by).get(reverse("console:work")).content.decode()

    assert "Chờ xác nhận (1)" in page
    assert "Gửi kế hoạch" in page


def test_an_assignment_of_another_unit_is_not_found(client):
    response = signed_in(client, actor()).get(
        reverse("console:assignment", args=[AssignmentFactory().pk])
    )

    assert response.status_code == 404


def test_an_assignment_shows_its_sentence_and_how_its_day_was_found(client):
    officer = actor()
    assignment = AssignmentFactory(unit=officer.unit, due_steps=["31/3/2024 là ngày nghỉ"])

    page = signed_in(client, officer).get(reverse("console:assignment", args=[assignment.pk]))

    assert assignment.duty.sentence in page.content.decode()
    assert "31/3/2024 là ngày nghỉ" in page.content.decode()


def test_handing_in_a_plan_reads_it_and_links_it_to_the_plan_it_carries_out(client):
    by, officer = coordinator(), actor()
    duty = DutyFactory(deliverable="kế hoạch", deliver_to="Sở Nội vụ", confirmed_by=by.unit)
    assignment = AssignmentFactory(duty=duty, unit=officer.unit)
    plan = SimpleUploadedFile("ke-hoach.txt", "Số: 27/KH-STP\nKẾ HOẠCH\nDân vận năm 2024".encode())

    signed_in(client, officer).post(reverse("console:submit", args=[assignment.pk]), {"file": plan})

    assignment.refresh_from_db()
    handed_in = assignment.evidence.get().document
    assert assignment.state == "submitted"
    assert handed_in.readings.get().state == "queued"
    link = Citation.objects.get(document=handed_in, relation="concretises")
    assert link.target == duty.document


def test_a_plan_that_is_no_document_is_refused_in_words_and_nothing_is_kept(client):
    officer = actor()
    duty = DutyFactory(deliverable="kế hoạch", deliver_to="Sở Nội vụ")
    assignment = AssignmentFactory(duty=duty, unit=officer.unit)
    before = Document.objects.count()
    picture = SimpleUploadedFile("anh.bin", b"\x00\x01\x02\x03" * 50)

    response = signed_in(client, officer).post(
        reverse("console:submit", args=[assignment.pk]), {"file": picture, "note": "Kèm theo"}
    )

    assignment.refresh_from_db()
    assert response.status_code == 400
    assert "Chọn tệp khác" in response.content.decode()
    assert "Kèm theo" in response.content.decode()  # what was typed stays
    assert assignment.state == "assigned"
    assert Document.objects.count() == before


def test_a_file_past_the_limit_is_refused_with_its_size(client, settings):
    settings.DANVAN_UPLOAD_LIMIT = 1024
    officer = actor()
    assignment = AssignmentFactory(unit=officer.unit)
    large = SimpleUploadedFile("lon.txt", b"a" * 200_000)

    response = signed_in(client, officer).post(
        reverse("console:submit", args=[assignment.pk]), {"file": large}
    )

    assignment.refresh_from_db()
    assert response.status_code == 400
    assert "vượt mức" in response.content.decode()
    assert assignment.state == "assigned"


def test_return_asks_a_reason_and_shows_it_to_the_unit(client):
    by, officer = coordinator(), actor()
    assignment = AssignmentFactory(unit=officer.unit, handed_in=True)
    signed_in(client, by)

    without = client.post(reverse("console:send_back", args=[assignment.pk]), {"reason": ""})
    client.post(reverse("console:send_back", args=[assignment.pk]), {"reason": "Thiếu phụ lục"})

    assert without.status_code == 400
    page = signed_in(client, officer).get(reverse("console:assignment", args=[assignment.pk]))
    assert "Thiếu phụ lục" in page.content.decode()


def test_the_matrix_reminds_each_late_unit_once(client, on_day):
    on_day(2024, 4, 5)
    duty = DutyFactory()
    for _place in range(3):
        AssignmentFactory(duty=duty, assigned_at="2024-03-01T08:00+07:00")
    signed_in(client, coordinator())

    client.post(reverse("console:remind_all"))
    again = client.post(reverse("console:remind_all"), follow=True)

    assert Reminder.objects.count() == 3
    assert "3 đơn vị đã được nhắc hôm nay" in again.content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COORDINATOR, 200),
        (Role.READER_ONLY, 200),
        (Role.APPRAISER, 200),
        (Role.OFFICER, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_the_matrix_is_for_those_who_follow_all_units(client, role, status):
    response = signed_in(client, actor(role)).get(reverse("console:matrix"))

    assert response.status_code == status


def test_the_matrix_of_a_province_takes_few_queries(client, on_day, django_assert_max_num_queries):
    on_day(2024, 4, 5)
    units = [UnitFactory() for _place in range(12)]
    for _place in range(5):
        duty = DutyFactory()
        for unit in units:
            AssignmentFactory(duty=duty, unit=unit, assigned_at="2024-03-01T08:00+07:00")
    signed_in(client, coordinator())

    with django_assert_max_num_queries(20):
        page = client.get(reverse("console:matrix"))

    assert "12 đơn vị, 5 nhiệm vụ; 12 đơn vị quá hạn 60 việc." in " ".join(
        page.content.decode().split()
    )


def test_work_takes_few_queries(client, django_assert_max_num_queries):
    officer = actor()
    for _place in range(15):
        AssignmentFactory(unit=officer.unit)
    signed_in(client, officer)

    with django_assert_max_num_queries(20):
        client.get(reverse("console:work"))


def test_the_coordinator_lays_a_duty_without_a_lead_on_units(client):
    by = coordinator()
    duty = DutyFactory(lead=[], due=None)
    unit = UnitFactory()
    signed_in(client, by)

    client.post(reverse("console:duty", args=[duty.pk]), {"units": [str(unit.pk)], "group": ""})

    assert Assignment.objects.get(duty=duty).unit == unit


def test_nobody_gets_in_without_signing_in(client):
    response = client.get(reverse("console:work"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_a_duty_without_a_deadline_has_a_page(client):
    by = coordinator()
    duty = DutyFactory(due=None)
    AssignmentFactory(duty=duty)

    response = signed_in(client, by).get(reverse("console:duty", args=[duty.pk]))

    assert response.status_code == 200
