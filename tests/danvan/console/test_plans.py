"""Kế hoạch of units, and what they take up of the duties laid on them."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from danvan import clock
from danvan.documents.actions import concretise
from danvan.duties import access
from danvan.duties import actions as duties
from danvan.duties.actions import Proof
from danvan.duties.coverage import actions as coverage
from danvan.duties.models import Evidence, Reminder
from tests.factories import (
    AssignmentFactory,
    DocumentFactory,
    DutyFactory,
    ReadingFactory,
    UnitFactory,
    actor,
    coordinator,
    signed_in,
)

pytestmark = pytest.mark.django_db

SENTENCE = "Tổ chức đối thoại trực tiếp với nhân dân."
TEXT = f"KẾ HOẠCH\n- {SENTENCE}\n- Trồng cây xanh ven kênh trong năm nay.\n"


@pytest.fixture(autouse=True)
def today(on_day):
    on_day(2024, 4, 10)


@pytest.fixture
def by():
    return coordinator()


@pytest.fixture
def upper(by):
    document = DocumentFactory()
    DutyFactory(
        document=document,
        deliverable="kế hoạch",
        deliver_to="Sở Nội vụ",
        asked_by=by.unit,
        confirmed_by=by.unit,
    )
    DutyFactory(document=document, sentence=SENTENCE, start=10)
    DutyFactory(document=document, sentence="Khảo sát mức độ hài lòng hằng quý.", start=20)
    return document


def owing(upper, called="Sở Y tế", **more):
    """A unit from which the plan is asked, with the duties of the same document."""
    unit = UnitFactory(called=called)
    plan, *others = upper.duties.order_by("id")
    for duty in others:
        AssignmentFactory(duty=duty, unit=unit)
    return AssignmentFactory(duty=plan, unit=unit, due_on=date(2024, 3, 31), **more)


def handed_in(upper, called="Sở Tư pháp"):
    assignment = owing(
        upper, called, state="submitted", handed_in_at=clock.now(), handed_in_by="Bà Mai"
    )
    plan = DocumentFactory(filed_by=assignment.unit, registered_on=None, number=f"1/KH-{called}")
    Evidence.objects.create(assignment=assignment, document=plan, by_name="Bà Mai", at=clock.now())
    concretise(plan, upper, by=actor(unit=assignment.unit))
    start = TEXT.index(SENTENCE)
    duty = {"start": start, "end": start + len(SENTENCE), "text": SENTENCE, "confidence": 0.9}
    ReadingFactory(document=plan, text=TEXT, result={"duties": [duty]})
    coverage.compare(plan)
    return assignment, plan


def words(page):
    return " ".join(page.content.decode().split())


def test_the_answer_counts_units_and_the_list_shows_what_is_covered(client, by, upper):
    handed_in(upper)
    owing(upper)

    page = words(signed_in(client, by).get(reverse("console:plans")))

    assert "1/2 đơn vị đã nộp kế hoạch năm 2024 (50%); 1 chưa nộp, 1 quá hạn." in page
    assert "Đã nộp, chờ xem" in page
    assert '<span class="num">1/2</span>' in page
    assert "không đưa vào 1" in page


@pytest.mark.parametrize(
    ("asked", "shown", "hidden"),
    [
        ({"state": "late"}, "Sở Y tế", "Sở Tư pháp"),
        ({"state": "waiting"}, "Sở Tư pháp", "Sở Y tế"),
        ({"year": "2025"}, "Không đơn vị nào phải nộp kế hoạch năm 2025.", "Sở Y tế"),
    ],
)
def test_every_filter_stands_in_the_address(client, by, upper, asked, shown, hidden):
    handed_in(upper)
    owing(upper)

    page = words(signed_in(client, by).get(reverse("console:plans"), asked))

    assert shown in page
    assert hidden not in page


def test_an_officer_sees_the_own_plan_and_no_other(client, upper):
    assignment, plan = handed_in(upper)
    _other, others = handed_in(upper, "Sở Xây dựng")
    signed_in(client, actor(unit=assignment.unit))

    page = words(client.get(reverse("console:plans")))

    assert "Sở Tư pháp" in page
    assert "Sở Xây dựng" not in page
    assert client.get(reverse("console:coverage", args=[plan.pk])).status_code == 200
    assert client.get(reverse("console:coverage", args=[others.pk])).status_code == 404


def test_a_plan_for_several_years_stands_in_each(client, by, upper):
    upper.planned_to = "2025"
    upper.save()
    owing(upper)

    page = words(signed_in(client, by).get(reverse("console:plans"), {"view": "years"}))

    assert page.count("Sở Y tế: quá hạn 10 ngày") >= 2


def test_those_missing_are_reminded(client, by, upper):
    handed_in(upper)
    missing = owing(upper)

    signed_in(client, by).post(reverse("console:remind_plans"))

    assert [one.assignment for one in Reminder.objects.all()] == [missing]


def test_the_sheet_holds_what_is_on_screen(client, by, upper):
    handed_in(upper)
    owing(upper)

    answer = signed_in(client, by).get(reverse("console:plans_sheet"), {"state": "waiting"})

    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[1][0] == "Trạng thái: Đã nộp, chờ xem"
    assert [row[0] for row in rows[3:]] == ["Sở Tư pháp"]
    assert rows[3][7:10] == (1, 0, 1)


def test_a_plans_coverage_is_told_in_a_sentence_with_both_sentences(client, by, upper):
    _assignment, plan = handed_in(upper)

    page = words(signed_in(client, by).get(reverse("console:coverage", args=[plan.pk])))

    assert "Kế hoạch của Sở Tư pháp đưa vào đủ 1/2 nhiệm vụ, giảm nhẹ 0, không đưa vào 1." in page
    assert page.count("Tổ chức đối thoại trực tiếp với nhân dân") >= 2
    assert "Không thấy câu nào thực hiện nhiệm vụ này." in page


def test_the_verdict_is_a_filter(client, by, upper):
    _assignment, plan = handed_in(upper)
    address = reverse("console:coverage", args=[plan.pk])

    page = words(signed_in(client, by).get(address, {"verdict": "left_out"}))

    assert "Khảo sát mức độ hài lòng" in page
    assert "Tổ chức đối thoại" not in page


def test_the_next_unit_is_one_click_away(client, by, upper):
    _first, plan = handed_in(upper, "Sở Công Thương")
    _second, other = handed_in(upper, "Sở Xây dựng")

    page = words(signed_in(client, by).get(reverse("console:coverage", args=[plan.pk])))

    assert reverse("console:coverage", args=[other.pk]) in page


def test_the_coordinator_corrects_and_takes_back(client, by, upper):
    _assignment, plan = handed_in(upper)
    row = plan.covers.get(found="left_out")
    address = reverse("console:coverage_match", args=[row.pk])
    signed_in(client, by)

    assert SENTENCE.rstrip(".") in words(client.get(address))
    refused = client.post(address, {"found": "taken_up", "item": ""})
    client.post(address, {"found": "weakened", "item": "duties:0", "why": "Chỉ một phần."})

    assert refused.status_code == 400
    row.refresh_from_db()
    assert (row.found, row.item, row.reasons) == ("weakened", "duties:0", ["Chỉ một phần."])
    client.post(reverse("console:coverage_undo", args=[row.pk]))
    row.refresh_from_db()
    assert row.found == "left_out"


def test_one_click_settles_a_match_and_stays_in_the_tab(client, by, upper):
    _assignment, plan = handed_in(upper)
    row = plan.covers.get(found="taken_up")
    address = reverse("console:coverage_answer", args=[row.pk])

    answer = signed_in(client, by).post(address, {"answer": "no", "verdict": "unsure"})

    row.refresh_from_db()
    assert answer.url.endswith(f"?verdict=unsure#c-{row.pk}")
    assert (row.found, row.said_by) == ("left_out", by.name)


def test_a_plan_is_returned_with_the_chosen_duties(client, by, upper):
    assignment, plan = handed_in(upper)
    row = plan.covers.get(found="left_out")

    signed_in(client, by).post(
        reverse("console:coverage_send_back", args=[plan.pk]), {"match": [row.pk, "x"]}
    )

    assignment.refresh_from_db()
    assert assignment.state == "returned"
    assert assignment.remark == "- Bổ sung: Khảo sát mức độ hài lòng hằng quý."


def test_nothing_chosen_is_told_and_nothing_is_returned(client, by, upper):
    assignment, plan = handed_in(upper)

    answer = signed_in(client, by).post(reverse("console:coverage_send_back", args=[plan.pk]))

    assignment.refresh_from_db()
    assert answer.status_code == 400
    assert assignment.state == "submitted"


def test_the_pages_take_few_queries(client, by, upper, django_assert_max_num_queries):
    plans = [handed_in(upper, f"Sở {name}")[1] for name in ("A", "B", "C", "D", "E")]
    signed_in(client, by)

    for address in (
        reverse("console:plans"),
        f"{reverse('console:plans')}?view=years",
        reverse("console:coverage", args=[plans[2].pk]),
        reverse("console:coverage_match", args=[plans[2].covers.first().pk]),
    ):
        with django_assert_max_num_queries(20):
            client.get(address)


def test_who_names_anothers_plan_as_proof_sees_and_judges_no_more_of_it(client, upper):
    """A registered plan is for all to read; what its unit makes of the duties is not."""
    _assignment, plan = handed_in(upper)
    plan.registered_on = date(2024, 4, 1)
    plan.save()
    malicious, friend = actor(), actor()
    duty = DutyFactory(asked_by=friend.unit, confirmed_by=friend.unit)
    own = AssignmentFactory(duty=duty, unit=malicious.unit, state="in_progress")
    page = reverse("console:coverage", args=[plan.pk])

    duties.submit(own, Proof(note="Xem kế hoạch.", document=plan), by=malicious)

    assert plan not in access.plans_visible_to(malicious)
    assert not access.can_judge_coverage(friend, plan)
    for one in (malicious, friend):
        assert signed_in(client, one).get(page).status_code == 404
