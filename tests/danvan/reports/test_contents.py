from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.org.models import Succession, UnitEvent
from danvan.reports import official
from danvan.reports.contents import contents, duties_of_the_period
from tests.factories import AssignmentFactory, UnitFactory, actor

from .making import TODAY, complete_draft, draft, province, reception, sent

pytestmark = pytest.mark.django_db
MERGED_ON = date(2024, 2, 20)


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(*TODAY)


def goes_into(unit, into, *, is_whole=True):
    event = UnitEvent.objects.create(kind="merged", on=MERGED_ON, basis="Nghị quyết 1")
    Succession.objects.create(event=event, predecessor=unit, successor=into, is_whole=is_whole)
    unit.names.update(validity=DateRange(date(2010, 1, 1), MERGED_ON))


def visits_of(report):
    return next(
        one.counted.value
        for chapter in contents(report).chapters
        for one in chapter.numbers
        if one.indicator.code == "reception_visits"
    )


def test_a_report_counts_what_went_wholly_into_its_unit_draft_and_sent():
    province()
    whole, partly, by = actor(), actor(), actor()
    for officer, visits in ((whole, 6), (partly, 100), (by, 4)):
        reception(officer, visits=visits)
    goes_into(whole.unit, by.unit)
    goes_into(partly.unit, by.unit, is_whole=False)

    report = complete_draft(by)
    drafted = visits_of(report)
    report = sent(by)

    assert (drafted, visits_of(report)) == (10, 10)
    note = contents(report).counts_also
    assert f"gồm cả của {whole.unit.names.get().name}" in note
    assert f"Chưa gồm số liệu của {partly.unit.names.get().name}" in note
    assert note in official.document(report).preamble


def test_a_report_of_a_unit_that_nothing_went_into_says_nothing_of_it():
    province()

    assert contents(draft(actor())).counts_also == ""


def test_what_an_ended_unit_left_is_among_the_duties_of_the_report():
    province()
    by, ended = actor(), UnitFactory()
    left = AssignmentFactory(unit=ended, due_on=date(2024, 3, 1))
    goes_into(ended, by.unit)

    assert left in duties_of_the_period(draft(by))
