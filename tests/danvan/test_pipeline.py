"""The way of one document through the stages, with the demo province's plan and names."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from procrastinate.contrib.django.models import ProcrastinateJob

from danvan import pipeline
from danvan.config.demo import org
from danvan.documents import actions as documents
from danvan.documents.choices import ReadingState, Verdict
from danvan.documents.models import Document
from danvan.duties.choices import AssignmentState
from danvan.duties.models import Assignment, Duty
from danvan.org.actors import actor_of
from danvan.org.models import User
from danvan.refusals import NotAccepted
from tests.factories import AssignmentFactory, ReadingFactory, UnitFactory, actor, coordinator

pytestmark = pytest.mark.django_db

PLAN = Path(org.__file__).with_name("plan.txt").read_bytes()
OPEN_NAME = "Các cơ quan hữu quan"


@pytest.fixture
def province(on_day):
    on_day(2024, 3, 18)
    org.load_province()
    return actor_of(User.objects.get(username="dau.moi"))


@pytest.fixture
def reading(province):
    return documents.read(documents.take_in(PLAN, "plan.txt", by=province))


def _answer_all(reading, by):
    found = documents.items(reading)
    for meaning in pipeline.meanings(reading, found).values():
        if meaning.is_open:
            documents.answer_name(reading, meaning.printed, by=by, means=[])


def test_take_in_queues_the_reading():
    reading = pipeline.take_in(PLAN, "plan.txt", by=coordinator())

    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == ("documents.read", {"reading": str(reading.pk)})


def test_meanings_know_groups_heads_and_single_units_and_ask_about_the_rest(reading):
    known = pipeline.meanings(reading, documents.items(reading))

    assert len(known["Thủ trưởng các sở, ban, ngành tỉnh"].units) == 22
    assert len(known["Chủ tịch UBND các huyện, thị xã, thành phố"].units) == 15
    assert len(known["Sở Nội vụ"].units) == 1
    assert [one.printed for one in known.values() if one.is_open] == [OPEN_NAME]


def test_deadlines_move_off_days_off_and_recur(reading):
    found = documents.items(reading)

    times = pipeline.deadlines(found)

    days = {
        item.values["due"]["text"]: [time.due_on for time in times[item.key]]
        for item in found["duties"]
        if item.values.get("due")
    }
    assert days["chậm nhất ngày 31/3/2024"] == [date(2024, 4, 1)]  # a Sunday
    assert days["trước ngày 05/11/2024"] == [date(2024, 11, 4)]
    assert len(days["Định kỳ hằng quý, chậm nhất ngày 10 của tháng cuối quý"]) == 4


@pytest.mark.parametrize(
    "due",
    [
        {"kind": "date", "date": "2024-02-30", "text": "ngày 30/02/2024"},
        {"kind": "recurring", "every": "year", "day": 31, "month": 4, "text": "31/4 hằng năm"},
        {"kind": "date", "date": "0001-01-01", "inclusive": False, "text": "trước 01/01/0001"},
    ],
)
def test_a_day_that_no_calendar_has_is_asked_about_before_anything_is_laid(province, due):
    duty = {"start": 0, "end": 4, "text": "Việc", "action": "Việc", "due": due, "confidence": 1}
    reading = ReadingFactory(result={"duties": [duty]})

    assert "duties:0" not in pipeline.deadlines(documents.items(reading))
    with pytest.raises(NotAccepted, match=due["text"]):
        pipeline.confirm(reading, by=province)
    assert not Duty.objects.exists()


def test_a_year_without_an_office_calendar_is_named_with_the_deadline_that_needs_it(province):
    due = {"kind": "date", "date": "2027-03-31", "text": "chậm nhất ngày 31/3/2027"}
    duty = {"start": 0, "end": 4, "text": "Việc", "action": "Việc", "due": due, "confidence": 1}
    reading = ReadingFactory(result={"duties": [duty]})

    with pytest.raises(NotAccepted) as refused:
        pipeline.confirm(reading, by=province)

    said = str(refused.value)
    assert said.startswith("Chưa có lịch làm việc năm 2027 nên chưa tính được hạn.")
    assert "“chậm nhất ngày 31/3/2027”" in said
    assert not Duty.objects.exists()


@pytest.mark.parametrize(
    "header", [{"date": "0001-01-01"}, {"date": "9999-12-31"}, {"period": {"from": "0000"}}]
)
def test_a_misread_year_of_a_document_leaves_it_readable(province, header):
    due = {"kind": "date", "date": "2024-03-29", "text": "ngày 29/3/2024"}
    duty = {"start": 0, "end": 4, "text": "Việc", "action": "Việc", "due": due, "confidence": 1}
    duty["lead"] = ["Sở Nội vụ"]
    yearly = {**duty, "due": {"kind": "recurring", "every": "year", "text": "hằng năm"}}
    reading = ReadingFactory(result={"header": header, "duties": [duty, yearly]})

    found = documents.items(reading)
    times, known = pipeline.deadlines(found), pipeline.meanings(reading, found)

    assert known["Sở Nội vụ"].is_open is (
        header.get("date") == "0001-01-01"
    )  # nobody was named then
    assert [time.due_on for time in times["duties:0"]] == [date(2024, 3, 29)]
    assert "duties:1" not in times  # whose year is the document's


def test_confirm_is_refused_while_a_name_is_open_and_names_it(reading, province):
    with pytest.raises(NotAccepted, match=OPEN_NAME):
        pipeline.confirm(reading, by=province)

    reading.refresh_from_db()
    assert reading.state == ReadingState.READ
    assert not Assignment.objects.exists()


def test_confirm_lays_the_duties_on_the_units(reading, province):
    _answer_all(reading, province)

    done = pipeline.confirm(reading, by=province)

    plans = Assignment.objects.filter(duty__deliverable="kế hoạch", duty__deliver_to="Sở Nội vụ")
    assert plans.count() == 22 + 15
    assert set(plans.values_list("due_on", flat=True)) == {date(2024, 4, 1)}
    assert done.units == Assignment.objects.values("unit").distinct().count()
    assert done.duties + done.unassigned == Duty.objects.count()
    front = Assignment.objects.filter(unit__kind="fatherland_front").first()
    assert front.state == AssignmentState.REQUESTED


def test_confirm_lays_an_answered_name_on_the_chosen_units(reading, province):
    documents.answer_name(reading, OPEN_NAME, by=province, means=[str(province.unit_id)])

    pipeline.confirm(reading, by=province)

    laid = Assignment.objects.filter(duty__lead=[OPEN_NAME])
    assert [one.unit_id for one in laid] == [province.unit_id]


def test_confirm_leaves_out_what_was_dropped(reading, province):
    _answer_all(reading, province)
    first = documents.items(reading)["duties"][0]
    documents.correct(reading, by=province, item=first.key, verdict=Verdict.DROP)

    pipeline.confirm(reading, by=province)

    assert not Duty.objects.filter(item=first.key).exists()


def test_confirm_twice_lays_nothing_twice(reading, province):
    _answer_all(reading, province)

    first = pipeline.confirm(reading, by=province)
    laid = Assignment.objects.count()
    second = pipeline.confirm(reading, by=province)

    assert first == second
    assert Assignment.objects.count() == laid


def test_what_is_late_from_the_first_day_is_foreseen(reading, province, on_day):
    _answer_all(reading, province)
    before = pipeline.foresee(reading)

    on_day(2024, 11, 6)  # the plan's last day but the report of the fourth quarter is past

    assert before.past < pipeline.foresee(reading).past
    assert pipeline.foresee(reading).duties == before.duties


def test_confirm_by_an_officer_lays_nothing():
    officer = actor()
    reading = ReadingFactory(document__filed_by=officer.unit)

    with pytest.raises(PermissionDenied):
        pipeline.confirm(reading, by=officer)

    assert Document.objects.registered().count() == 0


def test_hand_in_plan_links_it_to_the_plan_that_it_carries_out():
    officer, asking = actor(), coordinator()
    assignment = AssignmentFactory(unit=officer.unit, duty__confirmed_by=asking.unit)

    pipeline.hand_in_plan(assignment, PLAN, "plan.txt", by=officer)

    plan = assignment.evidence.get().document
    assert plan.filed_by == officer.unit
    assert plan.citations.get(relation="concretises").target == assignment.duty.document
    assert not pipeline.lays_duties(plan, by=asking)


def test_hand_in_plan_by_another_unit_is_refused_and_leaves_no_file(settings):
    assignment = AssignmentFactory()
    before = set(settings.MEDIA_ROOT.rglob("*"))

    with pytest.raises(PermissionDenied):
        pipeline.hand_in_plan(assignment, PLAN, "plan.txt", by=actor())

    assert set(settings.MEDIA_ROOT.rglob("*")) == before


def test_hand_in_plan_that_is_refused_once_the_file_is_kept_leaves_no_file(settings):
    officer = actor()
    assignment = AssignmentFactory(unit=officer.unit)
    Assignment.objects.update(unit=UnitFactory())  # laid on another meanwhile
    before = {path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}

    with pytest.raises(PermissionDenied):
        pipeline.hand_in_plan(assignment, PLAN, "plan.txt", by=officer)

    assert {path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()} == before
    assert not assignment.evidence.exists()


def test_hand_in_plan_twice_takes_in_one():
    officer = actor()
    assignment = AssignmentFactory(unit=officer.unit)

    for _time in range(2):
        assignment = pipeline.hand_in_plan(assignment, PLAN, "plan.txt", by=officer)

    assert assignment.evidence.count() == 1
