"""The pages of proposals, reviews, programmes and the graph, as people meet them."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.documents import programmes
from danvan.documents.models import Citation
from danvan.documents.programmes import Side
from danvan.duties.models import Assignment, Duty
from danvan.records import actions as records
from danvan.records import definitions
from danvan.records.models import Record
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


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@pytest.fixture
def by():
    return coordinator()


@pytest.fixture
def desk(client, by):
    return signed_in(client, by)


def proposals(count, **values):
    duties = [DutyFactory(origin="study", item="follow_up:study", **values) for _ in range(count)]
    for duty in duties:
        AssignmentFactory(duty=duty, state="proposed", due_steps=["Quy tắc “30 ngày”."])
    return duties


def test_a_hundred_proposals_take_few_questions(desk, django_assert_max_num_queries):
    proposals(100)

    with django_assert_max_num_queries(20):
        response = desk.get(reverse("console:proposals"))

    assert "Đề xuất (100)" in " ".join(response.text.split())
    assert "Quy tắc “30 ngày”." in response.text


def test_many_are_laid_at_once_and_undone_from_the_same_page(desk):
    duties = proposals(2)

    chosen = {"chosen": [one.pk for one in duties]}
    done = desk.post(reverse("console:lay_proposals"), chosen, follow=True)
    undone = desk.post(reverse("console:take_back_proposals"), chosen, follow=True)

    assert "Đã giao 2 nhiệm vụ cho 2 đơn vị." in done.text
    assert "Đã hoàn tác 2 nhiệm vụ." in undone.text
    assert "Đề xuất (2)" in " ".join(undone.text.split())


def test_passing_over_asks_why(desk):
    (duty,) = proposals(1)

    asked = desk.post(reverse("console:pass_over_proposals"), {"only": duty.pk})
    without = desk.post(
        reverse("console:pass_over_proposals"), {"chosen": duty.pk, "confirmed": "1", "reason": ""}
    )

    assert "Lý do bỏ qua" in asked.text
    assert without.status_code == 400
    assert duty.assignments.get().state == "proposed"


def test_the_calendar_tells_of_reviews_years_ahead(desk, django_assert_max_num_queries):
    for place in range(30):
        DocumentFactory(
            number=f"{place}-CT/TU", kind="Chỉ thị", issued_on=date(2021, 5, 3),
            planned_from="", planned_to="",
        )  # fmt: skip

    with django_assert_max_num_queries(20):
        response = desk.get(reverse("console:reviews"), {"nam": "2026"})

    assert response.text.count("Sơ kết 05 năm thực hiện") == 30
    assert "Chưa đến lúc đề xuất" in response.text


def test_the_page_of_a_programme_tells_its_parties_what_the_others_do(client, by):
    bound, other = actor(unit=UnitFactory(called="Sở Tư pháp")), UnitFactory(called="Sở Y tế")
    programme = DocumentFactory()
    sides = [Side(unit=bound.unit), Side(unit=other)]
    programmes.bind(programme, sides, from_=date(2024, 1, 1), to=None, by=by)
    AssignmentFactory(duty__document=programme, duty__action="Mở lớp chung", unit=other)

    response = signed_in(client, bound).get(reverse("console:programme", args=[programme.pk]))

    assert "Mở lớp chung" in response.text
    assert "0/1" in response.text


def test_an_activity_that_the_text_does_not_print_is_added_by_hand(desk, by):
    programme, doing = DocumentFactory(), UnitFactory(called="Sở Tư pháp")
    sides = [Side(printed="Hội A"), Side(unit=doing)]
    programmes.bind(programme, sides, from_=date(2024, 1, 1), to=None, by=by)
    address = reverse("console:add_activity", args=[programme.pk])
    key = desk.get(address).context["form"].initial["key"]
    said = {"key": key, "action": "Họp hai bên", "lead": ["Sở Tư pháp"], "due_on": "15/5/2024"}

    desk.post(address, {**said, "action": ""})
    desk.post(address, said)
    shown = desk.post(address, said, follow=True)  # pressed twice

    work = Assignment.objects.get(duty__document=programme)
    assert (work.unit, work.due_on) == (doing, date(2024, 5, 15))
    assert "Họp hai bên" in shown.content.decode()


def test_programmes_are_counted_over_all_pages(desk):
    DocumentFactory(term_from=date(2020, 1, 1), term_to=date(2023, 12, 31))
    running = [DocumentFactory(term_from=date(2024, 1, 1)) for _ in range(53)]
    for place, state in enumerate(["done", "answered", "assigned", "proposed"]):
        AssignmentFactory(
            duty__document=running[place],
            duty__origin="joint_plan",
            duty__item="follow_up:joint_plan:2024",
            state=state,
            **({"handed_in": True} if state == "done" else {}),
        )

    first = desk.get(reverse("console:programmes"))
    second = desk.get(reverse("console:programmes"), {"page": 2})

    assert "53 chương trình đang thực hiện, 51 chương trình chưa có kế hoạch" in first.text
    assert "53 chương trình đang thực hiện, 51 chương trình chưa có kế hoạch" in second.text


def test_the_graph_of_two_hundred_takes_few_questions(desk, django_assert_max_num_queries):
    middle = DocumentFactory(in_force_from=date(2019, 4, 2))
    units = [UnitFactory(kind="peoples_committee", level="commune") for _ in range(40)]
    for place in range(200):
        lower = DocumentFactory(issued_by=units[place % 40], number=f"{place}/KH-UBND")
        Citation.objects.create(
            document=lower, target=middle, relation="concretises", standing="resolved"
        )

    with django_assert_max_num_queries(20):
        response = desk.get(reverse("console:graph", args=[middle.pk]))

    assert "UBND cấp xã" in response.text
    assert response.text.count('class="graph-node') == 2  # the middle and one group
    assert "style=" not in response.text


def test_a_study_is_written_and_its_record_handed_in(client):
    officer = actor(unit=UnitFactory(called="Sở Tư pháp"))
    duty = DutyFactory(origin="study", document__number="25-NQ/TW")
    assignment = AssignmentFactory(duty=duty, unit=officer.unit)
    desk = signed_in(client, officer)

    form = desk.get(reverse("console:write_study", args=[assignment.pk]))
    typed = {
        "held_on": "15/3/2024", "document": "25-NQ/TW", "form": "online",
        "sessions": "1", "cadres": "48", "attended": "45", "key": "k",
    }  # fmt: skip
    kept = desk.post(form.url, typed)
    done = desk.post(kept.url, follow=True)

    assert "document=25-NQ%2FTW" in form.url
    record = Record.objects.get()
    assert kept.url == reverse("console:hand_in_record", args=[assignment.pk, record.pk])
    assert "25-NQ/TW: 45/48 người dự" in done.text
    assert assignment.evidence.get().of_record.record == record
    assert Duty.objects.get().assignments.get().state == "done"


def test_the_coordinator_sees_each_unit_and_the_whole_against_all_cadres(client, on_day):
    on_day(2024, 4, 20)
    duty = DutyFactory(origin="study", document__number="25-NQ/TW")
    reported, late = UnitFactory(called="Sở Tư pháp"), UnitFactory(called="Sở Y tế")
    for unit in (reported, late):
        AssignmentFactory(duty=duty, unit=unit, due_on=date(2024, 4, 17))
    officer = actor(unit=reported)
    register = next(one for one in definitions.registers(date(2024, 4, 20)) if one.code == "study")
    for cadres, attended in (("40", "40"), ("10", "5")):
        said = {
            "held_on": "10/4/2024", "document": "25-nq/tw", "form": "online",
            "sessions": "1", "cadres": cadres, "attended": attended,
        }  # fmt: skip
        records.write(register, reported, said, by=officer, key=cadres)

    page = signed_in(client, coordinator()).get(reverse("console:duty", args=[duty.pk]))

    assert "45/50 cán bộ, 90% (chỉ tiêu 100%)" in " ".join(page.text.split())
    assert "1 đơn vị chưa ghi sổ." in page.text
    assert "2 đơn vị quá hạn." in page.text


def test_a_review_that_was_missed_is_proposed_for_a_day_to_come(desk):
    old = DocumentFactory(
        number="43-KL/TW",
        kind="Kết luận",
        issued_on=date(2019, 1, 7),
        registered_on=date(2024, 3, 18),
        planned_from="",
        planned_to="",
    )
    there = (
        f"{reverse('console:propose_review')}?nam=2024&moc=follow_up:interim_review"
        f"&van-ban={old.pk}"
    )

    listed = desk.get(reverse("console:reviews"))
    asked = desk.get(there)
    past = desk.post(there, {"due_on": "15/03/2024"})
    desk.post(there, {"due_on": "17/04/2024"})

    assert "Đã qua, chưa lập nhiệm vụ" in listed.text
    assert there.replace("&", "&amp;") in listed.text.replace("%3A", ":")
    assert (
        f'<a href="{reverse("console:proposals")}"\n             aria-current="page"' in listed.text
    )
    assert 'value="17/04/2024"' in asked.text or 'value="17/4/2024"' in asked.text
    assert (past.status_code, "đã qua" in past.text) == (400, True)
    row = Assignment.objects.get(duty__document=old, duty__origin="review")
    assert (row.state, row.due_on) == ("proposed", date(2024, 4, 17))
    assert "Ngày ấy đã qua khi đề xuất" in row.due_steps[0]
    again = desk.get(reverse("console:reviews"))
    assert "Đã qua, chưa lập nhiệm vụ" not in again.text
    assert desk.get(there).status_code == 404
