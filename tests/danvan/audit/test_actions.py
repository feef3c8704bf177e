import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from danvan.audit import actions
from danvan.audit.models import AuditEntry
from tests.factories import UnitFactory, actor

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_in_what_post_on_what():
    by = actor(unit=UnitFactory(called="Sở Tư pháp"))

    entry = actions.record(by.unit, "tried", by=by, reason="thử")

    assert entry.by_name == by.name
    assert entry.by_post == "Cán bộ phụ trách, Sở Tư pháp"
    assert entry.details == {"reason": "thử"}
    assert list(actions.history(by.unit)) == [entry]


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
