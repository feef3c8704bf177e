"""Steering committees: set up, strengthened, reviewed, ended."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.audit.models import AuditEntry
from danvan.org import committees
from danvan.org.choices import Level, Position, ReviewOutcome, Role, UnitKind
from danvan.org.committees import Seat
from danvan.org.events import ending, undoing
from danvan.org.events.decisions import Decision, NewUnit
from danvan.org.models import CommitteeTerm, Unit, UnitEvent
from danvan.refusals import NotAccepted
from tests.factories import PersonFactory, UnitFactory, actor

pytestmark = pytest.mark.django_db

SINCE, RENEWED = date(2022, 3, 1), date(2024, 1, 15)
BOARD = NewUnit("Ban Chỉ đạo Dân vận khéo", UnitKind.COMMITTEE, Level.PROVINCE)


@pytest.fixture
def by():
    return actor(Role.ADMINISTRATOR)


@pytest.fixture
def province():
    return UnitFactory(called="UBND tỉnh")


def seats():
    return [
        Seat(Position.HEAD, person=PersonFactory(user=None), title="Chủ tịch UBND tỉnh"),
        Seat(Position.MEMBER, unit=UnitFactory(called="Sở Nội vụ"), title="Giám đốc Sở Nội vụ"),
    ]


def set_up(province, by, **values):
    asked = {
        "under": province,
        "decision": "Quyết định số 12/QĐ-UBND ngày 01/3/2022",
        "standing_body": None,
        "from_": SINCE,
        "members": seats(),
    }
    return committees.set_up(BOARD, **{**asked, **values}, by=by)


def renew(committee, by, **values):
    asked = {
        "decision": "Quyết định số 5/QĐ-UBND ngày 15/01/2024",
        "standing_body": None,
        "from_": RENEWED,
        "members": seats(),
    }
    return committees.renew(committee, **{**asked, **values}, by=by)


def test_a_committee_is_set_up_with_its_members(by, province):
    term = set_up(province, by, to=date(2026, 12, 31))

    unit = Unit.objects.named(SINCE).get(kind="committee")
    assert term.committee == unit
    assert term.validity == DateRange(SINCE, date(2027, 1, 1))
    assert unit in Unit.objects.under(province, SINCE)
    assert [one.position for one in term.members.all()] == ["head", "member"]
    assert UnitEvent.objects.get().basis == term.decision


def test_a_committee_set_up_twice_is_one(by, province):
    members = seats()

    first = set_up(province, by, members=members)
    second = set_up(province, by, members=members)

    assert first == second
    assert first.members.count() == 2


def test_a_committee_is_strengthened_for_a_new_term(by, province):
    first = set_up(province, by)

    second = renew(first.committee, by)
    again = renew(first.committee, by)

    first.refresh_from_db()
    assert (first.validity.upper, second.validity) == (RENEWED, DateRange(RENEWED, None))
    assert second == again
    assert AuditEntry.objects.filter(subject=first.pk, verb="term_ended").count() == 1


@pytest.mark.parametrize(
    ("values", "match"),
    [
        ({"decision": " "}, "quyết định"),
        ({"from_": SINCE}, "nhiệm kỳ bắt đầu ngày 01/03/2022"),
        ({"from_": date(2020, 1, 1)}, "không có ban này"),
        ({"to": date(2023, 1, 1)}, "trước ngày bắt đầu"),
        ({"members": []}, "một Trưởng ban"),
        ({"members": [Seat(Position.HEAD)]}, "một người hoặc người đứng đầu"),
    ],
)
def test_a_term_needs_a_decision_days_and_a_head(by, province, values, match):
    term = set_up(province, by)

    with pytest.raises(NotAccepted, match=match):
        renew(term.committee, by, **values)

    term.refresh_from_db()
    assert term.validity.upper is None
    assert CommitteeTerm.objects.count() == 1


def test_nobody_has_two_seats(by, province):
    person = PersonFactory(name="Lê Hoàng Khải")
    members = [Seat(Position.HEAD, person=person), Seat(Position.MEMBER, person=person)]

    with pytest.raises(NotAccepted, match="Lê Hoàng Khải có tên hai lần"):
        set_up(province, by, members=members)


def test_only_a_committee_is_set_up_so(by, province):
    department = NewUnit("Sở", UnitKind.DEPARTMENT, Level.PROVINCE)

    with pytest.raises(NotAccepted, match="Chọn loại"):
        committees.set_up(
            department,
            under=province,
            decision="QĐ 1",
            standing_body=None,
            from_=SINCE,
            members=seats(),
            by=by,
        )


def test_a_review_says_why(by, province):
    term = set_up(province, by)
    day = date(2023, 12, 1)

    with pytest.raises(NotAccepted, match="kết luận"):
        committees.review(term, outcome=ReviewOutcome.KEPT, on=day, conclusion=" ", by=by)
    with pytest.raises(NotAccepted, match="01/03/2022"):
        committees.review(
            term, outcome=ReviewOutcome.KEPT, on=date(2022, 1, 1), conclusion="Giữ", by=by
        )
    for _ in range(2):
        reviewed = committees.review(
            term, outcome=ReviewOutcome.KEPT, on=day, conclusion="Còn nhiệm vụ", by=by
        )

    assert (reviewed.outcome, reviewed.reviewed_on) == ("kept", day)
    assert AuditEntry.objects.filter(subject=term.pk, verb="committee_reviewed").count() == 1


def test_a_committee_that_has_done_its_work_ends(by, province):
    term = set_up(province, by)
    how = {"outcome": ReviewOutcome.ENDED, "on": RENEWED, "conclusion": "Hết nhiệm vụ"}

    with pytest.raises(NotAccepted, match="quyết định kết thúc"):
        committees.review(term, **how, by=by)
    ended = committees.review(term, **how, decision="Quyết định số 9/QĐ-UBND", by=by)

    assert ended.validity.upper == RENEWED
    assert not Unit.objects.existing(RENEWED).filter(pk=term.committee_id).exists()


def test_a_committee_that_ended_by_mistake_goes_on(by, province):
    term = set_up(province, by)
    ending.end(term.committee, decision=Decision(on=RENEWED, basis="QĐ 9"), by=by)

    undoing.undo(UnitEvent.objects.get(kind="ended"), by=by)

    term.refresh_from_db()
    assert (term.validity.upper, term.ended_by) == (None, None)


def test_only_who_may_sets_up_renews_and_reviews(by, province):
    term, officer = set_up(province, by), actor(Role.OFFICER)

    with pytest.raises(PermissionDenied):
        set_up(province, officer)
    with pytest.raises(PermissionDenied):
        renew(term.committee, officer)
    with pytest.raises(PermissionDenied):
        committees.review(
            term, outcome=ReviewOutcome.KEPT, on=RENEWED, conclusion="Giữ", by=officer
        )
