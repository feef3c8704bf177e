"""The journal's pages: filters, what changed in words, the check, digests, what is covered."""

import json
import re
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from danvan import clock
from danvan.audit import sealing, tasks
from danvan.audit.actions import NOTHING, record, record_reading, seen
from danvan.audit.models import AuditEntry
from danvan.console import audit as console_audit
from danvan.console.changes import Teller
from danvan.console.phrases import sentences
from danvan.definitions.models import Definition
from danvan.duties import actions as duties
from danvan.org.actors import actor_of
from danvan.org.choices import Role
from danvan.records import actions as records
from danvan.records.definitions import register
from danvan.reports import writing
from tests.danvan.audit.test_sealing import as_owner
from tests.danvan.reports import making
from tests.factories import (
    AssignmentFactory,
    DelegationFactory,
    DutyFactory,
    UnitFactory,
    actor,
    coordinator,
    signed_in,
)
from tests.factories_records import RECEPTION, RecordFactory

pytestmark = pytest.mark.django_db
JOURNAL = "console:audit"


@pytest.fixture
def leader(client):
    return signed_in(client, actor(Role.READER_ONLY))


def text_of(response):
    words = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", words)


def page(client, name=JOURNAL, /, *arguments, **asked):
    response = client.get(reverse(name, args=arguments), asked)
    assert response.status_code == 200
    return text_of(response)


def returned(reason="Thiếu phụ lục", unit=None):
    asking = coordinator()
    duty = DutyFactory(confirmed_by=asking.unit, action="Xây dựng kế hoạch")
    more = {"unit": unit} if unit else {}
    assignment = AssignmentFactory(duty=duty, handed_in=True, **more)
    duties.send_back(assignment, by=asking, reason=reason)
    return assignment


def test_the_journal_says_what_changed_and_why(leader):
    returned()

    said = page(leader)

    assert "trả lại" in said
    assert "Trạng thái: Chờ xác nhận Trả lại" in said
    assert "Thiếu phụ lục" in said
    assert "{" not in said.split("Thời điểm")[1]


def test_the_administrator_sees_who_did_what_and_no_contents(client):
    returned("Lý do riêng của sở")
    admin = actor(Role.ADMINISTRATOR)
    was = seen(admin.posts[0].person)
    admin.posts[0].person.phone = "0900"
    record(admin.posts[0].person, "person_changed", by=admin, before=was)

    said = page(signed_in(client, admin))

    assert "trả lại" in said
    assert "Lý do riêng của sở" not in said
    assert "Chờ xác nhận" not in said
    assert "Nội dung công việc không hiện với quản trị hệ thống." in said
    assert "Điện thoại: — 0900" in said


def test_who_acted_for_a_colleague_is_named_with_the_colleague(leader):
    lent = DelegationFactory()
    record(lent.post.unit, "checked", by=actor_of(lent.to.user))

    assert f"làm thay {lent.post.person.name}" in page(leader)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, {"A", "B"}),
        ({"first": "10/3/2024"}, {"B"}),
        ({"last": "9/3/2024"}, {"A"}),
        ({"first": "9/3/2024", "last": "11/3/2024"}, {"B"}),
        ({"person": "thi mai"}, {"A"}),
        ({"unit": "so-y-te"}, {"B"}),
        ({"group": "org"}, {"A", "B"}),
        ({"group": "reports"}, set()),
        ({"thing": "chi cục b"}, {"B"}),
        ({"first": "không phải ngày"}, {"A", "B"}),
    ],
)
def test_filters_stand_in_the_address(leader, asked, shown):
    one, other = actor(), actor(unit=UnitFactory(code="so-y-te", called="Sở Y tế"))
    person = one.posts[0].person
    person.name, person.folded = "Nguyễn Thị Mai", "nguyen thi mai"
    person.save()
    for by, name, day in ((one, "Chi cục A", 8), (other, "Chi cục B", 10)):
        with clock.at(datetime(2024, 3, day, 9, tzinfo=clock.ZONE)):
            record(UnitFactory(called=name), "unit_renamed", by=by)

    said = page(leader, **asked)

    assert {name for name in "AB" if f"Chi cục {name}" in said.split("Lọc")[-1]} == shown


def test_fifty_rows_and_then_the_next(leader):
    by = actor()
    for number in range(60):
        record(UnitFactory(called=f"Đơn vị {number:02}."), "unit_renamed", by=by)

    response = leader.get(reverse(JOURNAL))
    more = re.search(r'href="(\?[^"]*before=[^"]+)"', response.content.decode())
    first = text_of(response).split("Lọc")[-1]
    second = text_of(leader.get(reverse(JOURNAL) + more[1])).split("Lọc")[-1]

    assert "Đơn vị 59." in first
    assert "Đơn vị 09." not in first
    assert "Đơn vị 09." in second
    assert "Xem tiếp" not in second


def test_the_page_asks_the_database_little(leader, django_assert_max_num_queries):
    for _number in range(5):
        returned()
        records.write(
            register("reception", date(2024, 3, 1)), (by := actor()).unit, RECEPTION, by=by, key="a"
        )

    with django_assert_max_num_queries(20):
        leader.get(reverse(JOURNAL))


def test_the_check_says_that_all_is_intact_and_is_recorded(leader):
    returned()
    sealed = sealing.seal()

    said = text_of(leader.post(reverse("console:audit_check"), follow=True))

    assert f"Đã kiểm tra {sealed} mục, không mục nào bị sửa." in said
    assert AuditEntry.objects.filter(verb="checked").exists()


def test_the_check_names_what_is_wrong(leader):
    returned()
    sealing.seal()
    with as_owner() as owner:
        owner.execute("UPDATE audit_auditentry SET reason = 'khác' WHERE verb = 'returned'")

    said = text_of(leader.post(reverse("console:audit_check"), follow=True))

    assert "1 chỗ không đúng" in said
    assert "Mục đã bị sửa sau khi niêm phong: vị trí 1" in said


def test_a_long_journal_is_checked_in_the_background(leader, monkeypatch):
    monkeypatch.setattr(console_audit, "AT_ONCE", 0)
    returned()
    sealing.seal()

    said = text_of(leader.post(reverse("console:audit_check"), follow=True))

    assert "Có thể rời trang này" in said
    assert not AuditEntry.objects.filter(verb="checked").exists()
    tasks.check(by=tasks.carried(actor()))
    assert "không mục nào bị sửa" in page(leader)


def test_an_officer_sees_no_journal_and_checks_none(client):
    signed_in(client, actor())

    assert client.get(reverse(JOURNAL)).status_code == 403
    assert client.post(reverse("console:audit_check")).status_code == 403


def test_opened_identities_stand_on_their_own_tab(leader):
    record_reading(RecordFactory(), "Họ và tên", by=actor())

    assert "mở thông tin cá nhân: Họ và tên" in page(leader, "console:audit_identities")
    assert "mở thông tin cá nhân" not in page(leader)


def test_a_digest_can_be_printed_and_kept_as_a_text(leader):
    returned()
    sealing.seal()
    today = clock.today()

    assert "hôm nay, đến lúc này" in page(leader, "console:audit_digests")
    sheet = page(leader, "console:audit_digest", today)
    kept = leader.get(reverse("console:audit_digest_text", args=[today]))

    assert "1 mục; chuỗi đến vị trí 1" in sheet
    code = re.search(r"SHA-256\):\n +([0-9a-f ]+)\n", kept.content.decode())[1]
    assert code in sheet
    assert "attachment" in kept["Content-Disposition"]
    assert leader.get("/nhat-ky/niem-phong/2031-01-01/").status_code == 404
    assert leader.get("/nhat-ky/niem-phong/2031-13-41/").status_code == 404


# The history of a thing


def test_the_history_of_a_thing_tells_changes_by_their_labels():
    assignment = returned()

    newest = sentences(assignment)[0]

    assert (newest.did, newest.reason) == ("trả lại", "Thiếu phụ lục")
    assert [(one.label, one.before, one.after) for one in newest.changes] == [
        ("Trạng thái", "Chờ xác nhận", "Trả lại"),
        ("Góp ý", "—", "Thiếu phụ lục"),
    ]


def test_what_was_typed_on_one_page_is_told_once(on_day):
    on_day(*making.TODAY)
    making.province()
    officer = actor()
    report = making.draft(officer)
    page_of_one = uuid4()
    for text in ("Đã", "Đã quán", "Đã quán triệt."):
        writing.write_section(
            report, "direction", writing.Writing(text, 0, page_of_one), by=officer
        )

    assert [(one.did, one.times) for one in sentences(report)] == [
        ("viết báo cáo", 3),
        ("mở báo cáo", 1),
    ]


def test_units_and_people_are_told_by_name_with_one_query(django_assert_num_queries):
    by, entries = actor(), []
    for number in range(3):
        post = actor(unit=UnitFactory(called=f"Đơn vị {number}")).posts[0]
        entries.append(record(post, "appointed", by=by, before=NOTHING))

    with django_assert_num_queries(1):
        teller = Teller(entries)
    told = {one.label: one.after for one in teller.changes(entries[1])}

    assert told["Đơn vị"] == "Đơn vị 1"
    assert told["Vai trò"] == "Cán bộ phụ trách"
    assert told["Thời gian"] == "từ 01/01/2010"


# What is covered


@pytest.fixture
def citizen():
    """A record of a register that asks for a name."""
    by = actor()
    known = Definition.objects.one("registers", "reception", date(2024, 3, 1))
    body = known.body | {
        "fields": [
            *known.body["fields"],
            {
                "code": "visitor",
                "label": "Họ và tên",
                "type": "text",
                "required": True,
                "disclosure": "personal",
            },
        ],
        "summary": "{visitor}: {visits} lượt",
    }
    with as_owner() as owner:
        owner.execute(
            "UPDATE definitions_definition SET body = %s WHERE id = %s",
            [json.dumps(body), known.pk],
        )
    kept_in = register("reception", date(2024, 3, 1))
    typed = RECEPTION | {"visitor": "Lê Văn Dân"}
    return by, records.write(kept_in, by.unit, typed, by=by, key="a")


def test_personal_data_is_covered_in_lists_titles_and_histories(client, citizen):
    by, found = citizen
    signed_in(client, by)

    shown = [
        client.get(reverse("console:register", args=["reception"]), {"period": "2024-Q1"}),
        client.get(reverse("console:record", args=["reception", found.pk])),
        client.get(reverse("console:amend_record", args=["reception", found.pk])),
        signed_in(client, actor(Role.READER_ONLY)).get(reverse(JOURNAL)),
    ]

    assert [one.status_code for one in shown] == [200] * 4
    assert not any("Lê Văn Dân" in one.content.decode() for one in shown)
    assert all("▒▒▒" in shown[at].content.decode() for at in (0, 1, 3))


def test_opening_is_recorded_and_shows_it_once(client, citizen):
    by, found = citizen
    signed_in(client, by)
    address = reverse("console:open_personal", args=["reception", found.pk])

    opened = client.post(address, {"field": "visitor"}, follow=True).content.decode()
    again = client.get(reverse("console:record", args=["reception", found.pk])).content.decode()

    assert "Lê Văn Dân" in opened
    assert "Lê Văn Dân" not in again
    entry = AuditEntry.objects.get(verb="identity_read")
    assert (entry.by_name, entry.subject, entry.details) == (
        by.name,
        found.pk,
        {"what": "Họ và tên"},
    )
    assert client.post(address, {"field": "visits"}).status_code == 404


def test_who_does_not_keep_the_register_cannot_open(client, citizen):
    _by, found = citizen
    signed_in(client, actor(Role.READER_ONLY))

    address = reverse("console:open_personal", args=["reception", found.pk])
    answer = client.post(address, {"field": "visitor"})

    assert answer.status_code == 403
    assert not AuditEntry.objects.filter(verb="identity_read").exists()


def test_a_covered_field_left_empty_stays_when_the_record_is_corrected(citizen):
    by, found = citizen

    amended = records.amend(found, RECEPTION | {"visits": "8", "visitor": ""}, by=by, reason="Sót")

    assert (amended.data["visits"], amended.data["visitor"]) == (8, "Lê Văn Dân")


# Who sees how much of it


@pytest.mark.parametrize("role", [Role.LEADER_IN_CHARGE, Role.READER_ONLY])
def test_a_leader_elsewhere_than_at_the_top_sees_the_journal_of_his_own_unit(client, role):
    own, other = UnitFactory(called="Sở Tư pháp"), UnitFactory(called="Sở Y tế")
    by, stranger, admin = actor(unit=own), actor(unit=other), actor(Role.ADMINISTRATOR)
    record(UnitFactory(called="Do người mình"), "unit_renamed", by=by)
    record(UnitFactory(called="Do người khác"), "unit_renamed", by=stranger)
    record(own, "unit_amended", by=admin)
    record(by.posts[0], "appointed", by=admin, person="X", unit="Y", role="Việc về người mình")
    record(stranger.posts[0], "appointed", by=admin, person="X", unit="Y", role="Việc nơi khác")
    record_reading(RecordFactory(), "Của mình", by=by)
    record_reading(RecordFactory(), "Của nơi khác", by=stranger)
    leader = signed_in(client, actor(role, own))

    said = page(leader)
    opened = page(leader, "console:audit_identities")

    assert all(one in said for one in ("Do người mình", "Sở Tư pháp", "Việc về người mình"))
    assert not any(one in said for one in ("Do người khác", "Việc nơi khác", "Kiểm tra toàn vẹn"))
    assert "Của mình" in opened
    assert "Của nơi khác" not in opened
    asked = {"unit": other.code, "person": stranger.name}
    assert "Do người khác" not in page(leader, **asked)
    assert leader.post(reverse("console:audit_check")).status_code == 403
    assert leader.get(reverse("console:audit_digests")).status_code == 403
    assert leader.get(reverse("console:audit_digest", args=[clock.today()])).status_code == 403
