"""Which units should concretise a document, which have, which are late."""

from datetime import date

import pytest

from danvan.documents.models import Citation, Delivery
from danvan.duties.choices import Asking, Concretised
from danvan.duties.following.concretising import concretisation, concretised
from danvan.duties.models import Evidence
from tests.factories import AssignmentFactory, DocumentFactory, DutyFactory, UnitFactory, went_into

pytestmark = pytest.mark.django_db
TODAY = date(2024, 4, 10)


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 4, 10)


def concretise(upper, **values):
    lower = DocumentFactory(**{"filed_by": None, **values})
    Citation.objects.create(
        document=lower, target=upper, relation="concretises", standing="resolved"
    )
    return lower


def proof(assignment, document):
    Evidence.objects.create(
        assignment=assignment, document=document, by_name="Mai", at="2024-03-20T08:00Z"
    )


def asked(document, *units, due_on=date(2024, 4, 1), **values):
    duty = DutyFactory(document=document, deliverable="kế hoạch", **values)
    return [AssignmentFactory(duty=duty, unit=unit, due_on=due_on) for unit in units]


def test_a_unit_that_is_asked_for_a_plan_has_is_late_or_has_not():
    upper = DocumentFactory()
    in_time, after, late, proposed = (UnitFactory() for _ in range(4))
    asked(upper, in_time, after, late)
    AssignmentFactory(
        duty=DutyFactory(document=upper, deliverable="kế hoạch"), unit=proposed, state="proposed"
    )
    concretise(upper, issued_by=in_time, issued_on=date(2024, 3, 20))
    concretise(upper, issued_by=after, issued_on=date(2024, 4, 3))

    found = concretisation(upper, TODAY)

    assert found.rule == Asking.PLAN
    assert {one.unit: one.state for one in found.lines} == {
        in_time: Concretised.DONE,
        after: Concretised.LATE,
        late: Concretised.OVERDUE,
    }
    assert concretised([upper]) == {upper.pk: (2, 3)}


def test_what_was_handed_in_is_the_units_whoever_filed_it():
    upper, unit = DocumentFactory(), UnitFactory()
    (one,) = asked(upper, unit)
    proof(one, concretise(upper, filed_by=UnitFactory(), issued_by=unit))

    assert concretised([upper]) == {upper.pk: (1, 1)}


def test_who_names_anothers_plan_as_proof_has_none_of_its_own():
    upper, unit, other = DocumentFactory(), UnitFactory(), UnitFactory()
    theirs, its = asked(upper, other, unit)
    unread = concretise(upper, filed_by=other)
    read = concretise(upper, filed_by=other, issued_by=other)
    kept_by_it = concretise(upper, filed_by=unit, issued_by=other)
    for lower in (unread, read, kept_by_it):
        proof(its, lower)
    proof(theirs, read)

    states = {one.unit: one.state for one in concretisation(upper, TODAY).lines}

    assert states == {other: Concretised.DONE, unit: Concretised.OVERDUE}
    assert concretised([upper]) == {upper.pk: (1, 2)}


def test_what_the_successor_handed_in_for_a_unit_that_went_into_it_counts_for_that():
    upper, gone, heir = DocumentFactory(), UnitFactory(), UnitFactory()
    (one,) = asked(upper, gone)
    went_into(gone, heir, date(2024, 3, 1))
    proof(one, concretise(upper, filed_by=heir, issued_by=heir))

    assert concretised([upper]) == {upper.pk: (1, 1)}


def test_who_received_it_should_where_no_plan_is_asked_for():
    upper, unit = DocumentFactory(), UnitFactory()
    Delivery.objects.create(
        document=upper, unit=unit, recipient="Sở", way="system",
        sent_at="2024-03-20T08:00Z", sent_by="Mai",
    )  # fmt: skip

    found = concretisation(upper, TODAY)

    assert (found.rule, [one.state for one in found.lines]) == (Asking.SENT, [Concretised.NOT_YET])


def test_nobody_is_asked():
    upper = DocumentFactory()

    assert concretisation(upper, TODAY).rule == Asking.NOBODY
    assert concretised([upper]) == {}


def test_fifty_documents_take_four_questions(django_assert_max_num_queries):
    documents = [DocumentFactory() for _ in range(50)]
    for document in documents:
        asked(document, UnitFactory())

    with django_assert_max_num_queries(4):
        assert len(concretised(documents)) == 50
