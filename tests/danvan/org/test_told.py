"""Who is told of a unit's work, and that every stage asks the same."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan import clock
from danvan.documents import notices as documents
from danvan.documents.exchange import notices as exchange
from danvan.documents.models import Delivery
from danvan.duties import notices as duties
from danvan.notices.models import Notice
from danvan.org import told
from danvan.org.choices import Role
from danvan.org.models import Post
from danvan.reports import notices as reports
from danvan.reports.models import Report
from danvan.scores import notices as scores
from danvan.scores.models import Campaign, Score
from tests.factories import (
    AssignmentFactory,
    DelegationFactory,
    DocumentFactory,
    PostFactory,
    UnitFactory,
    coordinator,
    went_into,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2026, 3, 12)


def test_those_who_do_the_work_and_who_acts_for_them():
    post = PostFactory()
    deputy = DelegationFactory(post=post).to.user
    PostFactory(unit=post.unit, role=Role.LEADER_IN_CHARGE)
    over = DateRange(date(2010, 1, 1), date(2026, 3, 1))
    DelegationFactory(post=post, validity=DateRange(date(2009, 1, 1), date(2010, 1, 1)))
    PostFactory(unit=post.unit, validity=over)

    assert set(told.of_units([post.unit_id])) == {post.person.user_id, deputy.pk}


def test_a_locked_account_is_told_nothing_but_who_acts_for_it_is():
    post = PostFactory()
    post.person.user.is_active = False
    post.person.user.save()
    deputy = DelegationFactory(post=post).to.user

    assert told.of_units([post.unit_id]) == [deputy.pk]


def test_of_a_unit_without_an_officer_its_leader_is_told_or_who_acts_for_him():
    leader = PostFactory(role=Role.LEADER_IN_CHARGE)
    deputy = DelegationFactory(post=leader).to.user

    assert set(told.of_units([leader.unit_id])) == {leader.person.user_id, deputy.pk}

    officer = PostFactory(unit=leader.unit)

    assert told.of_units([leader.unit_id]) == [officer.person.user_id]


def test_of_a_unit_that_ended_its_successors_are_told():
    ended, heir = UnitFactory(), UnitFactory()
    went_into(ended, heir, date(2026, 3, 1))
    officer = PostFactory(unit=heir)

    assert told.by_unit([ended.pk]) == {ended.pk: [officer.person.user_id]}


def test_who_left_a_unit_is_entrusted_with_nothing_there_though_he_works_elsewhere():
    was = PostFactory(validity=DateRange(date(2010, 1, 1), date(2026, 3, 1)))
    now = PostFactory(person=was.person)
    deputy = DelegationFactory(post=now).to.user

    found = {(one.unit, one.user) for one in told.entrusted(TODAY, people=[was.person_id])}

    assert found == {(now.unit_id, was.person.user_id), (now.unit_id, deputy.pk)}


def _a_duty(post: Post) -> None:
    duties.assigned([AssignmentFactory(unit=post.unit)])


def _a_reading(post: Post) -> None:
    documents.read(DocumentFactory(filed_by=post.unit))


def _a_document_that_came(post: Post) -> None:
    delivery = Delivery(unit=post.unit, document=DocumentFactory(), sent_at=clock.now())
    exchange.arrived([delivery])


def _a_report(post: Post) -> None:
    reports.accepted(Report(unit=post.unit, addressee=coordinator().unit, period="2025-Q4"))


def _a_score(post: Post) -> None:
    scores.finished(Score(unit=post.unit, campaign=Campaign(year=2025)))


@pytest.mark.parametrize("tell", [_a_duty, _a_reading, _a_document_that_came, _a_report, _a_score])
def test_every_stage_tells_who_acts_for_an_officer(tell):
    post = PostFactory()
    deputy = DelegationFactory(post=post).to.user

    tell(post)

    recipients = set(Notice.objects.values_list("recipient", flat=True))
    assert recipients == {post.person.user_id, deputy.pk}
