from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan import clock
from danvan.documents.models import Citation, Document
from danvan.duties.models import Assignment, Reminder
from danvan.org.choices import Role
from tests.factories import (
    AssignmentFactory,
    DocumentFactory,
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


# One assignment and what is done with it


@pytest.fixture
def sides(on_day):
    """Who does, who asked, and what."""
    on_day(2024, 3, 18)
    officer, by = actor(), coordinator()
    duty = DutyFactory(asked_by=by.unit, confirmed_by=by.unit)
    return officer, by, AssignmentFactory(duty=duty, unit=officer.unit)


def text(response):
    return response.content.decode()


def test_the_page_offers_each_side_its_own_next_step(client, sides):
    officer, by, assignment = sides
    address = reverse("console:assignment", args=[assignment.pk])

    of_the_unit = text(signed_in(client, officer).get(address))
    of_the_asking = text(signed_in(client, by).get(address))

    assert "Tiếp nhận</button>" in of_the_unit
    assert "/de-nghi-xem-lai/" in of_the_unit
    assert "/tam-dung/" not in of_the_unit
    assert "/tam-dung/" in of_the_asking
    assert "/de-nghi-xem-lai/" not in of_the_asking


@pytest.mark.parametrize("tab", ["ket-qua", "cap-duoi", "trao-doi", "lich-su", "khong-co"])
def test_every_tab_has_its_address_and_few_queries(
    client, sides, tab, django_assert_max_num_queries
):
    officer, _by, assignment = sides
    there = reverse("console:assignment", args=[assignment.pk])
    signed_in(client, officer).get(there)  # the first page of a session writes the session too

    with django_assert_max_num_queries(20):
        page = client.get(there, {"muc": tab})

    assert page.status_code == 200


def test_a_contest_goes_through_its_page_to_both_sides(client, sides):
    officer, by, assignment = sides
    address = reverse("console:contest", args=[assignment.pk])

    asked = text(signed_in(client, officer).get(address))
    client.post(address, {"reason": "Việc của Sở Y tế."})

    assert "hạn vẫn tính" in asked
    page = text(signed_in(client, by).get(reverse("console:assignment", args=[assignment.pk])))
    assert "Việc của Sở Y tế." in page
    assert "Giữ nguyên việc đã giao" in page


def test_a_refused_form_keeps_what_was_typed_and_its_address_can_be_opened_again(client, sides):
    officer, _by, assignment = sides
    address = reverse("console:ask_extension", args=[assignment.pk])
    signed_in(client, officer)

    refused = client.post(address, {"wanted_on": "25/3/2024", "reason": "Chờ số liệu."})

    assert refused.status_code == 400
    assert "Hạn mới phải sau hạn đang có" in text(refused)
    assert "Chờ số liệu." in text(refused)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["acknowledge", "submit", "answer", "accept", "remind", "tell"])
def test_an_address_that_only_takes_is_opened_again_without_harm(client, sides, name):
    officer, _by, assignment = sides

    page = signed_in(client, officer).get(
        reverse(f"console:{name}", args=[assignment.pk]), follow=True
    )

    assignment.refresh_from_db()
    assert page.status_code == 200
    assert assignment.state == "assigned"


def test_an_extension_is_asked_for_and_given_with_the_days_it_took(client, sides):
    officer, by, assignment = sides
    signed_in(client, officer).post(
        reverse("console:ask_extension", args=[assignment.pk]),
        {"wanted_on": "13/4/2024", "reason": "Chờ số liệu."},
    )

    signed_in(client, by).post(reverse("console:decide_extension", args=[assignment.pk]), {})

    page = text(client.get(reverse("console:assignment", args=[assignment.pk])))
    assert "Đã gia hạn đến 15/04" in page
    assert "hạn đầu: Thứ Hai, 01/4/2024" in page


def test_what_stands_still_shows_no_time_that_runs(client, sides, on_day):
    officer, by, assignment = sides
    signed_in(client, by).post(
        reverse("console:suspend", args=[assignment.pk]), {"reason": "Chờ nghị định."}
    )
    on_day(2024, 4, 20)

    page = text(client.get(reverse("console:assignment", args=[assignment.pk])))

    assert "Chờ nghị định." in page
    assert "Quá hạn" not in page
    assert "Cho làm tiếp" in page


def test_transferred_work_shows_what_was_said_before(client, sides):
    officer, by, assignment = sides
    other = actor(unit=UnitFactory(called="Sở Y tế"))
    signed_in(client, officer).post(
        reverse("console:tell", args=[assignment.pk]), {"text": "Đã họp một lần.", "key": "k"}
    )
    signed_in(client, by).post(
        reverse("console:transfer", args=[assignment.pk]),
        {"unit": "Sở Y tế", "reason": "Đúng chức năng."},
    )

    new = Assignment.objects.get(unit=other.unit)
    page = text(
        signed_in(client, other).get(
            reverse("console:assignment", args=[new.pk]), {"muc": "trao-doi"}
        )
    )

    assert "Đã họp một lần." in page
    assert "Đúng chức năng." in page


def test_rescinded_by_mistake_it_is_taken_back_that_day(client, sides):
    _officer, by, assignment = sides
    signed_in(client, by).post(
        reverse("console:rescind", args=[assignment.pk]), {"reason": "Giao nhầm."}
    )

    page = text(client.get(reverse("console:assignment", args=[assignment.pk])))
    client.post(reverse("console:reinstate", args=[assignment.pk]))

    assignment.refresh_from_db()
    assert "Hoàn tác" in page
    assert assignment.state == "assigned"


def test_handed_down_the_page_shows_those_below_and_reminds_the_late(client, sides, on_day):
    officer, _by, assignment = sides
    units = [UnitFactory(under=officer.unit) for _one in range(3)]
    signed_in(client, officer)

    shown = text(client.get(reverse("console:cascade", args=[assignment.pk])))
    client.post(reverse("console:cascade", args=[assignment.pk]), {"to": "all", "set_back": "3"})
    on_day(2024, 4, 1)
    page = text(
        client.get(reverse("console:assignment", args=[assignment.pk]), {"muc": "cap-duoi"})
    )
    client.post(reverse("console:remind_below", args=[assignment.pk]))

    assert "gửi trước 3 ngày làm việc" in shown
    assert "0/3" in page
    assert all(one.name in page for one in units)
    assert "Nhắc 3 đơn vị quá hạn" in page
    assert Reminder.objects.count() == 3


def test_a_difficulty_is_raised_answered_and_ended_on_its_pages(client, on_day):
    on_day(2024, 3, 18)
    by = coordinator(UnitFactory(called="Sở Nội vụ", coordinates=True))
    officer = actor()
    signed_in(client, officer)
    words = {"title": "Thiếu kinh phí", "text": "Chưa có dự toán.", "key": "k"}

    made = client.post(
        reverse("console:raise_difficulty"), {**words, "to": by.unit_id}, follow=True
    )
    address = made.request["PATH_INFO"]
    signed_in(client, by).post(address, {"text": "Đã bổ sung dự toán.", "answer": "1"})
    listed = text(client.get(reverse("console:difficulties")))
    page = text(signed_in(client, officer).get(address))
    ended = client.post(address, {"text": "Xong.", "end": "1"}, follow=True)

    assert "Đã trả lời" in listed
    assert "Đã bổ sung dự toán." in page
    assert "Kết thúc theo dõi" in text(ended)


def test_evidence_can_be_a_document_that_is_there_by_its_number(client, sides):
    officer, _by, assignment = sides
    signed_in(client, officer)

    unknown = client.post(
        reverse("console:submit", args=[assignment.pk]), {"document": "999/KH-STP"}
    )
    client.post(
        reverse("console:submit", args=[assignment.pk]),
        {"document": assignment.duty.document.number, "put_by": "1"},
    )

    assert "Chưa có văn bản số" in text(unknown)
    assert assignment.evidence.get().document == assignment.duty.document


def test_of_two_documents_of_one_number_the_day_is_asked_for(client, sides):
    officer, _by, assignment = sides
    wanted = DocumentFactory(number="25-NQ/TW", issued_on=date(2013, 6, 3), issuer="BAN CHẤP HÀNH")
    DocumentFactory(number="25-NQ/TW", issued_on=date(2015, 7, 1), issuer="BỘ CHÍNH TRỊ")
    address = reverse("console:submit", args=[assignment.pk])
    signed_in(client, officer)

    unclear = client.post(address, {"document": "25-NQ/TW", "put_by": "1"})
    no_day = client.post(address, {"document": "25-NQ/TW ngày 45/6/2013", "put_by": "1"})
    another = client.post(address, {"document": "25-NQ/TW ngày 4/6/2013", "put_by": "1"})
    client.post(address, {"document": "25-nq/tw ngày 03/6/2013", "put_by": "1"})

    assert "25-NQ/TW ngày 03/6/2013" in text(unclear)
    assert "Ghi ngày dạng" in text(no_day)
    assert "Chưa có văn bản số" in text(another)
    assert assignment.evidence.get().document == wanted


def test_a_document_that_was_set_aside_proves_nothing(client, sides):
    officer, _by, assignment = sides
    aside = DocumentFactory(number="31/KH-STP", registered_on=None, discarded_at=clock.now())

    page = signed_in(client, officer).post(
        reverse("console:submit", args=[assignment.pk]), {"document": aside.number}
    )

    assert "Chưa có văn bản số" in text(page)


def test_who_only_follows_opens_no_duty_that_is_only_proposed(client):
    proposed = AssignmentFactory(state="proposed").duty
    page = reverse("console:duty", args=[proposed.pk])

    assert signed_in(client, actor(Role.READER_ONLY)).get(page).status_code == 404
    assert signed_in(client, coordinator()).get(page).status_code == 200


def test_a_term_from_the_day_of_receipt_says_its_words_and_takes_a_day(client, on_day):
    on_day(2024, 3, 18)
    by = coordinator()
    one = AssignmentFactory(
        duty__sentence="Trả lời trong 10 ngày kể từ ngày nhận được kiến nghị.",
        duty__asked_by=by.unit,
        due_on=None,
        nominal_on=None,
    )
    there = reverse("console:assignment", args=[one.pk])
    give = reverse("console:extend", args=[one.pk])

    before = signed_in(client, by).get(there).text
    client.post(give, {"due_on": "02/04/2024", "reason": "Nhận ngày 23/3/2024."})

    assert "“trong 10 ngày kể từ ngày nhận được kiến nghị”" in before
    assert f'href="{give}">Ghi hạn</a>' in before
    one.refresh_from_db()
    assert one.due_on == date(2024, 4, 2)
    assert "chưa tính được hạn" not in client.get(there).text
