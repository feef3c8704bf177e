"""What follows from documents' dates: proposed once, on the day that the rule and the law give."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.documents.models import Citation, Delivery, Party
from danvan.duties import access
from danvan.duties.choices import AssignmentState, Origin
from danvan.duties.following import follow_ups
from danvan.duties.models import Assignment, Duty
from danvan.org.models import CommitteeTerm
from danvan.refusals import NotAccepted
from tests.factories import (
    AssignmentFactory,
    DocumentFactory,
    DutyFactory,
    UnitFactory,
    actor,
    coordinator,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@pytest.fixture
def by():
    return coordinator()


def directive(**values):
    return DocumentFactory(
        **{
            "number": "05-CT/TU",
            "kind": "Chỉ thị",
            "issued_on": date(2024, 3, 5),
            "registered_on": date(2024, 3, 18),
            "planned_from": "",
            "planned_to": "",
            **values,
        }
    )


def test_study_of_a_directive_is_proposed_to_those_who_received_it(by):
    document, unit = directive(), UnitFactory(called="Sở Tư pháp")
    Delivery.objects.create(
        document=document, unit=unit, recipient="Sở Tư pháp", way="system",
        sent_at="2024-03-18T08:00Z", sent_by="Mai",
    )  # fmt: skip

    (made,) = follow_ups.propose_for(document, by=by)

    assert (made.unit, made.state) == (unit, AssignmentState.PROPOSED)
    assert made.duty.origin == Origin.STUDY
    assert made.duty.action == "Quán triệt, học tập Chỉ thị 05-CT/TU"
    assert made.due_on == date(2024, 4, 17)  # thirty days, a Wednesday
    assert "30 ngày kể từ ngày nhận 18/3/2024" in made.due_steps[0]


def test_a_proposed_day_off_moves_to_the_next_working_day(by):
    made = follow_ups.propose_for(directive(registered_on=date(2024, 3, 31)), by=by)[0]

    assert (made.nominal_on, made.due_on) == (date(2024, 4, 30), date(2024, 5, 2))


def test_proposed_twice_is_proposed_once(by):
    document = directive()

    follow_ups.propose_for(document, by=by)
    again = follow_ups.propose_for(document, by=by)

    assert again == []
    assert follow_ups.propose_coming() == []
    assert Duty.objects.get().item == "follow_up:study"


def test_a_deadline_that_the_text_prints_wins(by):
    document = directive()
    DutyFactory(
        document=document,
        sentence="Các đơn vị tổ chức quán triệt xong trước ngày 30/4/2024.",
        due={"kind": "date", "date": "2024-04-30", "inclusive": False},
    )

    assert follow_ups.propose_for(document, by=by) == []


def test_an_old_document_is_registered_without_study(by):
    assert follow_ups.propose_for(directive(issued_on=date(2020, 3, 5)), by=by) == []


def test_what_is_proposed_only_the_coordinator_sees(by):
    made = follow_ups.propose_for(directive(), by=by)[0]
    officer = actor(unit=made.unit)

    assert made in access.visible_to(by)
    assert not access.visible_to(officer).exists()


def test_only_the_coordinator_proposes():
    with pytest.raises(PermissionDenied):
        follow_ups.propose_for(directive(), by=actor())


@pytest.mark.parametrize(
    ("issued_on", "action"),
    [
        (date(2019, 5, 15), "Sơ kết 05 năm thực hiện Chỉ thị 05-CT/TU"),
        (date(2014, 4, 1), "Tổng kết 10 năm thực hiện Chỉ thị 05-CT/TU"),
        (date(2019, 6, 1), None),  # seventy-five days ahead
        (date(2019, 3, 1), None),  # past
    ],
)
def test_reviews_are_proposed_sixty_days_ahead(by, issued_on, action):
    directive(issued_on=issued_on, registered_on=issued_on)

    made = follow_ups.propose_coming()

    assert [one.duty.action for one in made] == ([action] if action else [])
    assert all(one.unit == by.unit for one in made)


def test_a_review_that_was_missed_is_proposed_once_for_a_day_to_come(by):
    document = directive(issued_on=date(2019, 3, 1))
    missed = follow_ups.of_document(document, date(2024, 1, 1), date(2024, 3, 17))[0]

    with pytest.raises(NotAccepted):
        follow_ups.propose_missed(missed, due_on=date(2024, 3, 1), by=by)
    (made,) = follow_ups.propose_missed(missed, due_on=date(2024, 4, 17), by=by)

    assert (made.state, made.due_on) == (AssignmentState.PROPOSED, date(2024, 4, 17))
    assert follow_ups.propose_missed(missed, due_on=date(2024, 4, 17), by=by) == []


def test_what_the_text_prints_wins_and_stands_with_its_sentence(by):
    """“sơ kết 03 năm”: no default of five, and who was asked in the text is asked."""
    document = directive(issued_on=date(2021, 4, 10), registered_on=date(2021, 4, 12))
    says = "Ban Tổ chức chủ trì, tham mưu sơ kết 03 năm, tổng kết 08 năm thực hiện Chỉ thị này."
    duty = DutyFactory(
        document=document, origin=Origin.TEXT, due=None,
        action="Chủ trì, tham mưu sơ kết 03 năm, tổng kết 08 năm", sentence=says,
    )  # fmt: skip
    asked = AssignmentFactory(duty=duty).unit

    (made,) = follow_ups.propose_coming()

    assert made.duty.action == "Sơ kết 03 năm thực hiện Chỉ thị 05-CT/TU"
    assert (made.unit, made.nominal_on) == (asked, date(2024, 4, 10))
    assert made.duty.sentence == says
    assert "“Ban Tổ chức chủ trì" in made.due_steps[0]
    assert follow_ups.propose_coming() == []
    later = follow_ups.coming(date(2024, 1, 1), date(2032, 12, 31), origins={Origin.REVIEW})
    assert [one.action[:15] for one in later if one.document == document] == [
        "Sơ kết 03 năm t",
        "Tổng kết 08 năm",
    ]


def test_where_the_text_is_silent_on_one_review_the_default_holds_for_it(by):
    document = directive(issued_on=date(2019, 5, 15), registered_on=date(2019, 5, 15))
    DutyFactory(
        document=document, origin=Origin.TEXT, due=None,
        action="Tổng kết vào năm 2024", sentence="Tổ chức tổng kết vào năm 2024.",
    )  # fmt: skip

    year = follow_ups.coming(date(2024, 1, 1), date(2029, 12, 31), origins={Origin.REVIEW})

    assert [(one.action[:13], one.nominal) for one in year if one.document == document] == [
        ("Sơ kết 05 năm", date(2024, 5, 15)),
        ("Tổng kết năm ", date(2024, 12, 31)),
    ]


def test_a_plan_of_several_years_is_reviewed_at_the_end_of_its_last(on_day, by):
    on_day(2024, 11, 20)
    DocumentFactory(number="7/KH-UBND", planned_from="2022", planned_to="2024")
    DocumentFactory(number="8/KH-UBND")  # of one year

    (made,) = follow_ups.propose_coming()

    assert made.duty.action == "Tổng kết giai đoạn thực hiện Kế hoạch 7/KH-UBND"
    assert made.due_on == date(2024, 12, 31)


def test_a_programme_asks_its_parties_for_a_plan_every_year(on_day, by):
    programme = DocumentFactory(
        number="3/CTr", kind="Chương trình", planned_from="", planned_to="",
        term_from=date(2023, 1, 1), term_to=date(2027, 12, 31),
    )  # fmt: skip
    parties = [UnitFactory(called="Sở A"), UnitFactory(called="Sở B")]
    for unit in parties:
        Party.objects.create(document=programme, unit=unit)

    made = follow_ups.propose_coming()
    on_day(2025, 3, 3)
    next_year = follow_ups.propose_coming()

    assert {one.unit for one in made} == set(parties)
    assert {one.due_on for one in made} == {date(2024, 4, 1)}  # 31/3 is a Sunday
    assert made[0].duty.deliverable == "kế hoạch"
    assert [one.duty.item for one in next_year] == ["follow_up:joint_plan:2025"] * 2


def test_a_regulation_whose_basis_ended_is_looked_at_by_who_issued_it(by):
    owner = UnitFactory(called="Sở Y tế")
    ended = DocumentFactory(number="9/2010/NĐ-CP", kind="Nghị định", ended_on=date(2024, 3, 15))
    own = DocumentFactory(
        number="2/QĐ-SYT", kind="Quyết định", issued_by=owner, in_force_from=date(2020, 1, 1),
        planned_from="", planned_to="",
    )  # fmt: skip
    Citation.objects.create(document=own, target=ended, relation="basis", standing="resolved")

    (made,) = follow_ups.propose_coming()

    assert (made.unit, made.due_on) == (owner, date(2024, 4, 15))  # 14/4 is a Sunday
    assert made.duty.action == "Rà soát Quyết định 2/QĐ-SYT vì Nghị định 9/2010/NĐ-CP hết hiệu lực"
    assert follow_ups.propose_coming() == []


def test_a_committee_is_reviewed_before_its_term_ends(by):
    committee = UnitFactory(kind="committee", called="Ban Chỉ đạo dân vận")
    standing = UnitFactory(called="Sở Nội vụ 2")
    CommitteeTerm.objects.create(
        committee=committee,
        decision="Quyết định số 3/QĐ-UBND",
        standing_body=standing,
        validity=DateRange(date(2023, 6, 1), date(2024, 5, 1)),
    )

    (made,) = follow_ups.propose_coming()

    assert (made.unit, made.nominal_on) == (standing, date(2024, 4, 30))  # its last day
    assert made.duty.action == "Rà soát Ban Chỉ đạo dân vận: giữ nguyên, kiện toàn hay kết thúc"
    assert follow_ups.propose_coming() == []


def test_who_is_bound_by_a_programme_sees_its_activities():
    programme = DocumentFactory(term_from=date(2024, 1, 1))
    bound, other = actor(), actor()
    Party.objects.create(document=programme, unit=bound.unit)
    activity = AssignmentFactory(duty__document=programme)

    assert list(access.visible_to(bound)) == [activity]
    assert not access.visible_to(other).exists()


def test_many_documents_take_few_questions(by, django_assert_max_num_queries):
    for place in range(30):
        directive(number=f"{place}-CT/TU", number_squeezed=f"{place}-ct/tu")

    with django_assert_max_num_queries(25):
        made = follow_ups.propose_coming()

    assert len({one.duty_id for one in made}) == 30
    assert Assignment.objects.count() == len(made)
