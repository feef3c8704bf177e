from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from danvan.audit import actions
from danvan.audit.models import AuditEntry
from danvan.org.actors import actor_of
from tests.factories import (
    AssignmentFactory,
    DelegationFactory,
    UnitFactory,
    UserFactory,
    actor,
)
from tests.factories_records import RecordFactory

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_in_what_post_on_what():
    by = actor(unit=UnitFactory(called="Sở Tư pháp"))

    entry = actions.record(by.unit, "tried", by=by, reason="thử")

    assert entry.by_name == by.name
    assert entry.by_post == "Cán bộ phụ trách, Sở Tư pháp"
    assert entry.reason == "thử"
    assert list(actions.history(by.unit)) == [entry]


def test_an_entry_keeps_what_changed_as_it_was_and_as_it_is():
    assignment = AssignmentFactory(due_on=date(2024, 4, 1))
    was = actions.seen(assignment)
    assignment.state, assignment.due_on = "returned", date(2024, 4, 8)

    entry = actions.record(assignment, "returned", by=actor(), before=was)

    entry.refresh_from_db()
    assert entry.before == {"state": "assigned", "due_on": "2024-04-01"}
    assert entry.after == {"state": "returned", "due_on": "2024-04-08"}


def test_of_what_was_just_made_there_is_no_before():
    assignment = AssignmentFactory(due_on=date(2024, 4, 1))

    entry = actions.record(assignment, "assigned", by=actor(), before=actions.NOTHING)

    assert entry.before == {}
    assert entry.after["state"] == "assigned"
    assert "handed_in_at" not in entry.after


def test_of_values_under_keys_only_those_that_differ_are_kept():
    record = RecordFactory(visits=6)
    was = actions.seen(record)
    record.data = record.data | {"visits": 7}

    entry = actions.record(record, "amended", by=actor(), before=was)

    assert (entry.before, entry.after) == ({"data": {"visits": 6}}, {"data": {"visits": 7}})


def test_passwords_are_never_kept():
    assert not {"password", "last_login"} & set(actions.seen(UserFactory()))


def test_who_acts_for_a_colleague_is_kept_with_the_colleague_s_name():
    lent = DelegationFactory()
    by = actor_of(lent.to.user)

    entry = actions.record(lent.post.unit, "tried", by=by)

    assert (entry.by_name, entry.on_behalf_of) == (lent.to.name, lent.post.person.name)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET verb = 'other'",
        "DELETE FROM audit_auditentry",
        "TRUNCATE audit_auditentry",
    ],
)
def test_the_application_cannot_change_the_record(statement):
    actions.record(UnitFactory(), "tried", by=actor())

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)

    assert AuditEntry.objects.get().verb == "tried"


def test_the_application_does_not_own_its_tables():
    with pytest.raises(ProgrammingError, match="must be owner"), transaction.atomic():
        connection.cursor().execute("ALTER TABLE audit_auditentry ADD COLUMN other text")
