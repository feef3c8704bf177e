"""The way of one document through the stages, with the demo province's plan and names."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from procrastinate.contrib.django.models import ProcrastinateJob

from danvan import clock, pipeline
from danvan.audit.actions import history
from danvan.config.demo import org
from danvan.definitions.models import Definition
from danvan.documents import actions as documents
from danvan.documents import rules as document_rules
from danvan.documents.choices import PackageState, ReadingState, Verdict
from danvan.documents.citations import cards
from danvan.documents.models import Document
from danvan.duties.actions import Doers, assign, propose
from danvan.duties.choices import AssignmentState
from danvan.duties.models import Assignment, Duty
from danvan.notices.actions import tell
from danvan.notices.models import Notice
from danvan.org.actors import actor_of
from danvan.org.models import User
from danvan.periods import parse
from danvan.refusals import NotAccepted
from danvan.reports import actions as reports
from danvan.reports.models import Report
from tests.factories import (
    AssignmentFactory,
    PersonFactory,
    ReadingFactory,
    UnitFactory,
    actor,
    coordinator,
)

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


@pytest.mark.parametrize(
    ("every", "printed", "period"),
    [
        ("quarter", "hằng quý, chậm nhất ngày 10 của tháng cuối quý", "2024-Q1"),
        ("month", "hằng tháng, chậm nhất ngày 10", "2024-M02"),
    ],
)
def test_a_report_that_was_sent_before_the_plan_asked_for_it_counts(
    province, every, printed, period
):
    known = Definition.objects.get(kind="report_regimes", code="quarterly", version=1)
    code = known.code
    if every != "quarter":
        code, body = every, known.body | {"every": every}
        said = {"validity": known.validity, "source": known.source, "body": body}
        Definition.objects.create(kind=known.kind, code=code, version=1, **said)
    text = PLAN.decode().replace("hằng quý, chậm nhất ngày 10 của tháng cuối quý", printed)
    reading = documents.read(documents.take_in(text.encode(), "plan.txt", by=province))
    _answer_all(reading, province)
    unit = User.objects.get(username="so.tu.phap").person.posts.get().unit
    report = reports.open_report(code, unit, parse(period), by=actor(unit=unit))
    Report.objects.filter(pk=report.pk).update(
        state="submitted", submitted_at=clock.now(), submitted_by="Bà Mai"
    )

    pipeline.confirm(reading, by=province)

    report.refresh_from_db()
    assert report.assignment is not None
    assert (report.assignment.occurrence, report.assignment.unit) == (period, unit)
    assert report.assignment.handed_in_at == report.submitted_at


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


def test_a_document_without_number_and_day_is_warned_of_and_its_duties_name_it(province):
    text = PLAN.decode()
    head, _found, rest = text.partition("KẾ HOẠCH")
    bare = "\n".join(line for line in head.splitlines() if "Số:" not in line and "ngày" not in line)
    reading = documents.read(
        documents.take_in(f"{bare}\nKẾ HOẠCH{rest}".encode(), "plan.txt", by=province)
    )
    _answer_all(reading, province)

    assert pipeline.foresee(reading).unstated[:2] == ("number", "date")
    document = pipeline.confirm(reading, by=province).document
    assert document.number == ""
    assert all(one.source.startswith("Kế hoạch “") for one in document.duties.all())


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


# Taking back.


def _confirmed(by, **header):
    """A plan that cites a resolution, and lays one duty on two units."""
    known = {"number": "31/KH-UBND", "date": "2024-03-01", "kind": "Kế hoạch", **header}
    cited = {"number": "25-NQ/TW", "date": "2013-06-03", "kind": "Nghị quyết", "basis": True}
    reading = ReadingFactory(
        document__filed_by=by.unit,
        text="",
        result={
            "header": {**known, "issuer": "UBND tỉnh Tân Giang"},
            "citations": [{**cited, "text": "Nghị quyết số 25-NQ/TW", "start": 0, "end": 9}],
            "duties": [{"text": "Báo cáo.", "action": "Báo cáo", "start": 0, "end": 8}],
        },
    )
    document = documents.confirm(reading, by=by)
    [duty] = propose(document, document_rules.kept(documents.items(reading)["duties"]), by=by)
    return document, assign(duty, Doers(lead=[UnitFactory(), UnitFactory()]), by=by)


def test_a_whole_confirmation_is_taken_back_once_and_can_be_said_anew(on_day):
    on_day(2024, 3, 18)
    by = coordinator()
    document, _assignments = _confirmed(by)
    foreseen = pipeline.foresee_taking_back(document)
    assert (foreseen.duties, foreseen.units, foreseen.in_the_way) == (1, 2, [])
    assert foreseen.drawn.citations == 1

    assert pipeline.take_back(document, by=by, reason="Nhầm bản dự thảo")
    assert not pipeline.take_back(document, by=by, reason="Nhầm bản dự thảo")

    document.refresh_from_db()
    assert document.registered_on is None
    assert document.readings.get().state == ReadingState.READ
    assert not (Assignment.objects.exists() or Duty.objects.exists())
    assert not document.citations.exists()
    [entry] = history(document).filter(verb="taken_back")
    assert entry.reason == "Nhầm bản dự thảo"
    documents.confirm(document.readings.get(), by=by)
    assert document.citations.count() == 1


def test_who_was_told_of_work_is_told_that_it_is_none(on_day):
    on_day(2024, 3, 18)
    by, doing = coordinator(), actor()
    document, _assignments = _confirmed(by)
    duty = document.duties.get()
    AssignmentFactory(duty=duty, unit=doing.unit)
    one = duty.assignments.get(unit=doing.unit)
    tell([doing.own_id], event=f"assigned {one.pk}", text="Việc mới", about=one)

    pipeline.take_back(document, by=by, reason="Nhầm")

    notice = Notice.objects.get(recipient=doing.own_id)
    assert notice.text.startswith("Rút lại việc giao")
    assert notice.subject == doing.unit.pk


@pytest.mark.parametrize("built", ["begun", "entrusted", "handed down", "by hand", "sent"])
def test_what_was_built_on_stands_in_the_way_and_is_named(on_day, built):
    on_day(2024, 3, 18)
    by = coordinator()
    document, [one, other] = _confirmed(by)
    if built == "begun":
        Assignment.objects.filter(pk=one.pk).update(state=AssignmentState.IN_PROGRESS)
    elif built == "entrusted":
        Assignment.objects.filter(pk=one.pk).update(person=PersonFactory())
    elif built == "handed down":
        Assignment.objects.filter(pk=one.pk).update(parent=other)
    elif built == "by hand":
        one.reminders.create(on=date(2024, 3, 18), by_name="A", kind="by_hand")
    else:
        document.deliveries.create(recipient="Sở A", way="file", sent_at=clock.now(), sent_by="A")

    [found] = pipeline.foresee_taking_back(document).in_the_way

    assert found.subject == (document if built == "sent" else one)
    assert found.why
    with pytest.raises(NotAccepted):
        pipeline.take_back(document, by=by, reason="Nhầm")
    assert Assignment.objects.count() == 2


def test_a_reminder_that_went_out_by_itself_is_in_nobodys_way(on_day):
    on_day(2024, 3, 18)
    by = coordinator()
    document, [one, _other] = _confirmed(by)
    one.reminders.create(on=date(2024, 3, 18), by_name="danvan", kind="before", step=-7)

    assert pipeline.take_back(document, by=by, reason="Nhầm")


def test_what_cited_it_waits_again_and_a_card_comes_back(on_day):
    on_day(2024, 3, 18)
    by = coordinator()
    citing, _assignments = _confirmed(by)
    resolution = {"number": "25-NQ/TW", "date": "2013-06-03", "kind": "Nghị quyết"}
    reading = ReadingFactory(text="", result={"header": resolution}, document__filed_by=by.unit)
    directive = documents.confirm(reading, by=by)
    link = citing.citations.get(relation="basis")
    assert link.target == directive

    pipeline.take_back(directive, by=by, reason="Nhầm")
    link.refresh_from_db()
    assert (link.target, link.standing) == (None, "unknown")

    card = cards.make(
        cards.Facts("Nghị quyết", "25-NQ/TW", date(2013, 6, 3), "BCH Trung ương"), by=by
    )
    documents.confirm(reading.document.readings.get(), by=by)
    assert not Document.objects.filter(pk=card.pk).exists()
    pipeline.take_back(directive, by=by, reason="Nhầm")
    link.refresh_from_db()
    assert link.target is not None
    assert link.target.is_card
    documents.confirm(reading.document.readings.get(), by=by)
    link.refresh_from_db()
    assert link.target == directive


def test_the_receipt_of_a_package_that_came_in_is_nothing_that_went_out(on_day):
    on_day(2024, 3, 18)
    by = coordinator()
    document, _assignments = _confirmed(by)
    known = {"package_id": "1", "unit": by.unit, "at": clock.now(), "attachment": document.file}
    came_in = document.packages.create(is_incoming=True, state=PackageState.TAKEN, **known)
    document.packages.create(
        is_incoming=False, state=PackageState.WRITTEN, answers=came_in, **known
    )

    assert pipeline.take_back(document, by=by, reason="Nhầm")


def test_another_unit_takes_nothing_back(on_day):
    on_day(2024, 3, 18)
    document, _assignments = _confirmed(coordinator())

    with pytest.raises(PermissionDenied):
        pipeline.take_back(document, by=actor(), reason="Nhầm")
