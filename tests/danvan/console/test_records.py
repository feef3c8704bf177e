from datetime import date

import pytest
from django.urls import reverse

from danvan.duties.models import Assignment
from danvan.figures import actions as figures
from danvan.org.choices import Role
from danvan.org.models import User
from danvan.periods import parse, window
from danvan.records.models import Record
from tests.factories import UnitFactory, actor, coordinator
from tests.factories_records import DIALOGUE, RECEPTION, DialogueFactory, RecordFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@pytest.fixture
def signed_in(client):
    def sign_in(by):
        client.force_login(User.objects.get(pk=by.user_id))
        return client

    return sign_in


def address(name, record):
    return reverse(f"console:{name}", args=[record.register, record.pk])


def test_pages_are_for_those_signed_in(client):
    record = RecordFactory()

    for url in (reverse("console:registers"), address("record", record)):
        assert client.get(url).status_code == 302


def test_registers_say_how_far_they_are_kept(signed_in, django_assert_max_num_queries):
    by = actor()
    RecordFactory(unit=by.unit)
    RecordFactory(unit=by.unit, state="questioned", persons=3)
    client = signed_in(by)

    with django_assert_max_num_queries(20):
        page = client.get(reverse("console:registers"))

    assert "Sổ tiếp công dân" in page.text
    assert "2 bản ghi" in page.text
    assert "2 sổ chưa ghi" in page.text


def test_registers_of_a_unit_that_keeps_none(signed_in):
    page = signed_in(actor(unit=UnitFactory(kind="party_body"))).get(reverse("console:registers"))

    assert "Đơn vị chưa phải ghi sổ nào" in page.text


def test_registers_are_refused_to_the_administrator(signed_in):
    client = signed_in(actor(Role.ADMINISTRATOR))

    assert client.get(reverse("console:registers")).status_code == 403
    assert client.get(reverse("console:register", args=["reception"])).status_code == 404


def test_a_register_shows_the_chosen_period(signed_in, django_assert_max_num_queries):
    by = actor()
    for visits in range(10, 30):
        RecordFactory(unit=by.unit, visits=visits, persons=99)
    RecordFactory(unit=by.unit, occurred_on=date(2023, 11, 3), visits=77)
    client = signed_in(by)
    url = reverse("console:register", args=["reception"])

    with django_assert_max_num_queries(20):
        page = client.get(url)

    assert "20 bản ghi" in page.text
    assert "03/11/2023" in client.get(f"{url}?period=2023-M11").text
    assert "20 bản ghi" in client.get(f"{url}?period=nonsense").text


def test_a_unit_sees_its_own_rows_and_the_coordinator_all(signed_in):
    by = actor()
    RecordFactory(unit=by.unit)
    other = RecordFactory(unit=UnitFactory(called="Sở Khác"))
    url = reverse("console:register", args=["reception"])

    assert "1 bản ghi" in signed_in(by).get(f"{url}?unit={other.unit.code}").text
    client = signed_in(coordinator())
    assert "2 bản ghi" in client.get(url).text
    assert "1 bản ghi" in client.get(f"{url}?unit={other.unit.code}").text
    assert client.get(f"{url}?unit=khong-co").status_code == 404


def test_a_row_is_typed_into_the_table(signed_in):
    client = signed_in(actor())

    answer = client.post(reverse("console:register", args=["reception"]), RECEPTION | {"key": "k"})

    assert answer.status_code == 302
    assert Record.objects.get().data["visits"] == 6


def test_a_wrong_row_keeps_what_was_typed(signed_in):
    client = signed_in(actor())
    typed = RECEPTION | {"visits": "sáu", "key": "k"}

    page = client.post(reverse("console:register", args=["reception"]), typed)

    assert page.status_code == 400
    assert 'value="sáu"' in page.text
    assert "Có 1 chỗ cần sửa" in page.text
    assert 'value="k"' in page.text  # the same submission, when it is sent again
    assert not Record.objects.exists()


def test_a_form_sent_twice_writes_once(signed_in):
    client = signed_in(actor())
    for _ in range(2):
        client.post(reverse("console:write_record", args=["dialogue"]), DIALOGUE | {"key": "k"})

    assert Record.objects.count() == 1


def test_one_record_a_screen_goes_on_to_the_next(signed_in):
    client = signed_in(actor())
    url = reverse("console:write_record", args=["dialogue"])
    assert "Lưu và ghi tiếp" in client.get(url).text

    assert client.post(url, DIALOGUE | {"again": "1"}).url == url


def test_writing_is_refused_to_who_only_looks(signed_in):
    client = signed_in(actor(Role.READER_ONLY))

    assert client.get(reverse("console:write_record", args=["reception"])).status_code == 403
    assert (
        client.post(reverse("console:register", args=["reception"]), RECEPTION).status_code == 403
    )


def test_a_doubt_stands_below_its_row_and_is_kept_with_a_reason(signed_in):
    by = actor()
    record = RecordFactory(unit=by.unit, state="questioned", persons=3)
    client = signed_in(by)
    page = client.get(reverse("console:register", args=["reception"]))
    assert "Số người (3) ít hơn số lượt (6)" in page.text

    client.post(address("keep_record", record), {"reason": ""})
    record.refresh_from_db()
    assert record.state == "questioned"

    client.post(address("keep_record", record), {"reason": "Một người đến nhiều lượt"})
    record.refresh_from_db()
    assert record.state == "saved"


def test_a_record_opens_to_what_came_of_it(signed_in, django_assert_max_num_queries):
    by = actor()
    record = DialogueFactory(unit=by.unit)
    days = window(parse("2024-Q1"))
    figures.take(["dialogues"], by.unit, "2024-Q1", days, by=by)
    client = signed_in(by)
    client.post(
        address("conclude", record),
        {"action": "Trả lời 03 ý kiến", "unit": by.unit_id, "due_on": "26/4"},
    )

    with django_assert_max_num_queries(20):
        page = client.get(address("record", record))

    assert "Trả lời 03 ý kiến" in page.text
    assert "đã chốt" in page.text
    assert "tạo nhiệm vụ từ kết luận" in page.text


def test_a_record_of_another_unit_is_not_found(signed_in):
    record = DialogueFactory()
    client = signed_in(actor())

    for name in ("record", "amend_record", "void_record", "conclude"):
        assert client.get(address(name, record)).status_code == 404


def test_a_leader_sees_a_record_and_changes_nothing(signed_in):
    record = DialogueFactory()
    client = signed_in(actor(Role.READER_ONLY))

    assert client.get(address("record", record)).status_code == 200
    for name in ("amend_record", "void_record", "conclude"):
        assert client.get(address(name, record)).status_code == 403
    assert client.post(address("keep_record", record), {"reason": "Đúng"}).status_code == 403


def test_amend_shows_the_change_in_the_history(signed_in):
    by = actor()
    record = RecordFactory(unit=by.unit)
    client = signed_in(by)
    assert 'value="05/03/2024"' in client.get(address("amend_record", record)).text

    client.post(address("amend_record", record), RECEPTION | {"visits": "7", "revision": "1"})

    said = client.get(address("record", record)).text
    assert "sửa bản ghi" in said
    assert "<del>6</del>" in said
    assert "<ins>7</ins>" in said


def test_amend_after_a_figure_was_fixed_asks_why(signed_in):
    by = actor()
    record = RecordFactory(unit=by.unit)
    figures.take(["reception_visits"], by.unit, "2024-Q1", window(parse("2024-Q1")), by=by)
    client = signed_in(by)
    typed = RECEPTION | {"visits": "7", "revision": "1"}

    page = client.post(address("amend_record", record), typed)
    assert page.status_code == 400
    assert "Lý do sửa sau chốt" in page.text

    client.post(address("amend_record", record), typed | {"reason": "Ghi sót"})
    record.refresh_from_db()
    assert record.data["visits"] == 7


def test_amend_of_what_a_colleague_changed_keeps_both_texts(signed_in):
    by = actor()
    record = RecordFactory(unit=by.unit)
    client = signed_in(by)
    client.post(address("amend_record", record), RECEPTION | {"visits": "7", "revision": "1"})

    page = client.post(address("amend_record", record), RECEPTION | {"cases": "4", "revision": "1"})

    assert "vừa sửa mục này" in page.text
    assert 'name="revision" value="2"' in page.text
    again = RECEPTION | {"cases": "4", "revision": "2"}
    assert client.post(address("amend_record", record), again).status_code == 302


def test_void_asks_and_wants_a_reason(signed_in):
    by = actor()
    record = RecordFactory(unit=by.unit)
    client = signed_in(by)
    assert "Hủy bản ghi" in client.get(address("void_record", record)).text

    assert client.post(address("void_record", record), {"reason": ""}).status_code == 400
    assert client.post(address("void_record", record), {"reason": "Ghi nhầm"}).status_code == 302

    assert "Bản ghi không tính vào số liệu" in client.get(address("record", record)).text


@pytest.mark.parametrize(
    ("due_on", "says"),
    [("ba hôm nữa", "Ghi ngày dạng"), ("1/3", "đã qua")],
)
def test_a_conclusion_with_a_wrong_day_keeps_what_was_typed(signed_in, due_on, says):
    by = actor()
    record = DialogueFactory(unit=by.unit)
    typed = {"action": "Trả lời", "unit": by.unit_id, "due_on": due_on}

    page = signed_in(by).post(address("conclude", record), typed)

    assert page.status_code == 400
    assert says in page.text
    assert not Assignment.objects.exists()


def test_an_officer_lays_conclusions_on_his_own_unit_only(signed_in):
    by, other = actor(), UnitFactory()
    record = DialogueFactory(unit=by.unit)
    typed = {"action": "Trả lời", "unit": other.pk, "due_on": ""}

    assert signed_in(by).post(address("conclude", record), typed).status_code == 400
    assert signed_in(coordinator()).post(address("conclude", record), typed).status_code == 302
