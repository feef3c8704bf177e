"""Steering committees: the list, one of them, and the forms."""

import re
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from danvan.org import committees
from danvan.org.choices import Position, Role, UnitKind
from danvan.org.committees import Seat
from danvan.org.events.decisions import NewUnit
from danvan.org.models import CommitteeTerm, Succession, UnitEvent
from tests.factories import PersonFactory, UnitFactory, actor, coordinator, signed_in

pytestmark = pytest.mark.django_db
LIST = "/to-chuc/ban-chi-dao/"


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@pytest.fixture
def by():
    return coordinator()


@pytest.fixture
def top():
    return UnitFactory(called="UBND tỉnh", kind="peoples_committee")


@pytest.fixture
def set_up(by, top):
    def made(name="Ban Chỉ đạo dân vận", *, since=date(2024, 1, 5), until=None):
        return committees.set_up(
            NewUnit(name, UnitKind.COMMITTEE, "province"),
            under=top,
            decision="Quyết định số 12/QĐ-UBND",
            standing_body=by.unit,
            from_=since,
            to=until,
            members=[
                Seat(Position.HEAD, person=PersonFactory(name="Lê Thử"), title="Phó Chủ tịch"),
                Seat(Position.MEMBER, unit=UnitFactory(called="Sở Tư pháp")),
            ],
            by=by,
        )

    return made


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def address(name, term):
    return reverse(f"console:{name}", args=[term.committee_id])


def sent(*seats, **said):
    """A form with its lines: position, person, unit, title."""
    lines = {
        f"seats-{place}-{field}": value
        for place, seat in enumerate(seats)
        for field, value in zip(("position", "person", "unit", "title"), seat, strict=True)
    }
    counts = {"seats-TOTAL_FORMS": str(len(seats)), "seats-INITIAL_FORMS": "0"}
    return {"decision": "Quyết định số 30/QĐ-UBND", "from_": "1/3/2024", **counts, **lines, **said}


def test_the_list_tells_terms_and_what_is_to_be_reviewed(
    client, by, set_up, django_assert_max_num_queries
):
    set_up()
    set_up("Ban Vận động cũ", since=date(2023, 2, 1))
    set_up("Ban hết kỳ", since=date(2023, 12, 1), until=date(2024, 2, 29))
    signed_in(client, by)

    with django_assert_max_num_queries(20):
        page = words(client.get(LIST))

    assert "3 ban đang hoạt động, 2 ban đến hạn rà soát." in page
    assert "Ban Chỉ đạo dân vận từ 05/01/2024 Sở Nội vụ 2 chưa rà soát 05/01/2025" in page
    assert re.search(r"Ban Vận động cũ từ 01/02/2023 .*? chưa rà soát Đến hạn rà soát", page)
    assert re.search(r"Ban hết kỳ 01/12/2023 đến hết 29/02/2024 .*? Hết nhiệm kỳ", page)


def test_a_standing_body_that_ended_is_told_with_the_one_it_went_into(client, by, set_up):
    term = set_up()
    old = UnitFactory(called="Sở Ngoại vụ")
    CommitteeTerm.objects.update(standing_body=old)
    into = UnitFactory(called="Sở Văn hóa")
    event = UnitEvent.objects.create(kind="merged", on=date(2024, 2, 1), basis="Nghị quyết 1")
    Succession.objects.create(event=event, predecessor=old, successor=into)
    old.names.update(validity=DateRange(date(2010, 1, 1), event.on))
    enter = signed_in(client, by)

    for page in (address("committee", term), reverse("console:committees")):
        assert "Sở Ngoại vụ, nay là Sở Văn hóa" in words(enter.get(page))


def test_an_empty_list_leads_those_who_may_to_the_form(client, by):
    form = reverse("console:set_up_committee")

    assert form in signed_in(client, by).get(LIST).text
    assert form not in signed_in(client, actor()).get(LIST).text


def test_members_stand_in_the_order_of_the_decision(
    client, by, set_up, django_assert_max_num_queries
):
    term = set_up()
    signed_in(client, by)

    with django_assert_max_num_queries(20):
        page = words(client.get(address("committee", term)))

    assert "1 Nguyễn" not in page
    assert "1 Lê Thử Phó Chủ tịch Trưởng ban" in page
    assert "2 Người đứng đầu Sở Tư pháp — Ủy viên" in page


def test_a_committee_is_set_up_by_the_form(client, by, top):
    PersonFactory(name="Lê Thử")
    signed_in(client, by)
    form = sent(
        ("head", "Lê Thử", "", "Phó Chủ tịch"),
        ("member", "", "Sở Nội vụ", ""),
        ("member", "", "", ""),
        name="Ban Chỉ đạo mới",
        under="UBND tỉnh",
        standing_body="Sở Nội vụ",
    )

    answer = client.post(reverse("console:set_up_committee"), form)

    term = CommitteeTerm.objects.get()
    assert answer.url == address("committee", term)
    assert [one.position for one in term.members.all()] == ["head", "member"]
    assert (term.standing_body, term.validity.lower) == (by.unit, date(2024, 3, 1))


@pytest.mark.parametrize(
    ("seat", "said"),
    [
        (("head", "Người lạ", "", ""), "Chưa có người tên “Người lạ”"),
        (("head", "Lê Thử", "Sở Nội vụ", ""), "không ghi cả hai"),
        (("head", "", "", "Chủ tịch"), "Ghi họ và tên, hoặc đơn vị"),
        (("member", "Lê Thử", "", ""), "Ban có một Trưởng ban"),
    ],
)
def test_a_wrong_line_is_said_and_nothing_is_kept(client, by, top, seat, said):
    PersonFactory(name="Lê Thử")
    signed_in(client, by)

    answer = client.post(
        reverse("console:set_up_committee"), sent(seat, name="Ban", under="UBND tỉnh")
    )

    assert answer.status_code == 400
    assert said in answer.text
    assert not CommitteeTerm.objects.exists()


def test_more_lines_keep_what_was_typed(client, by):
    signed_in(client, by)

    answer = client.post(
        reverse("console:set_up_committee"), sent(("head", "Lê Th", "", ""), name="Ban", more="1")
    )

    assert answer.status_code == 200
    assert 'value="Lê Th"' in answer.text
    assert 'name="seats-5-person"' in answer.text


def test_strengthening_begins_with_the_members_of_the_term_before(client, by, set_up):
    term = set_up()
    signed_in(client, by)

    form = client.get(address("renew_committee", term)).text
    answer = client.post(
        address("renew_committee", term), sent(("head", "", "Sở Tư pháp", "Giám đốc"))
    )

    assert 'value="Lê Thử"' in form
    assert 'value="Sở Tư pháp"' in form
    assert answer.status_code == 302
    term.refresh_from_db()
    assert term.validity.upper == date(2024, 3, 1)
    page = words(client.get(address("committee", term)))
    assert "Quyết định số 30/QĐ-UBND" in page
    assert "Các nhiệm kỳ trước" in page


def test_a_review_is_kept_and_shown(client, by, set_up):
    term = set_up(since=date(2023, 2, 1))
    signed_in(client, by)
    said = {"outcome": "kept", "on": "18/3/2024", "conclusion": "Còn cần thiết."}

    answer = client.post(address("review_committee", term), said)

    assert answer.url == address("committee", term)
    page = words(client.get(address("committee", term)))
    assert "Giữ nguyên . Còn cần thiết." in page.replace("nguyên.", "nguyên .")
    assert "Rà soát trước ngày 18/03/2025" in page


def test_a_review_that_strengthens_leads_to_the_new_term(client, by, set_up):
    term = set_up()
    signed_in(client, by)
    said = {"outcome": "strengthened", "on": "18/3/2024", "conclusion": "Thay người."}

    assert client.post(address("review_committee", term), said).url == address(
        "renew_committee", term
    )


def test_ending_asks_for_its_decision_and_ends_the_committee(client, by, set_up):
    term = set_up()
    signed_in(client, by)
    said = {"outcome": "ended", "on": "18/3/2024", "conclusion": "Xong việc."}

    refused = client.post(address("review_committee", term), said)
    client.post(address("review_committee", term), {**said, "decision": "Quyết định 40"})

    assert "Ghi quyết định kết thúc hoạt động của ban" in refused.text
    page = client.get(address("committee", term))
    assert "Đã kết thúc" in page.text
    assert address("review_committee", term) not in page.text
    assert "Đã kết thúc hoạt động (1)" in words(client.get(LIST))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPRAISER, Role.READER_ONLY])
def test_others_read_and_change_nothing(client, set_up, role):
    term = set_up()
    signed_in(client, actor(role))

    page = client.get(address("committee", term))
    refused = [address("renew_committee", term), address("review_committee", term)]

    assert page.status_code == 200
    assert not any(one in page.text for one in refused)
    assert {client.post(one).status_code for one in refused} == {403}


def test_a_unit_of_another_kind_is_no_committee(client, by):
    page = reverse("console:committee", args=[by.unit_id])

    assert signed_in(client, by).get(page).status_code == 404
