from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from danvan.audit.models import AuditEntry
from danvan.duties.models import Assignment, Duty
from danvan.org.choices import Role
from danvan.records import access, actions
from danvan.records.choices import RecordState
from danvan.records.definitions import register
from danvan.records.models import Record
from tests.factories import UnitFactory, actor, coordinator
from tests.factories_records import DIALOGUE, RECEPTION, DialogueFactory, RecordFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


def write(by, code="reception", *, key="k", reason="", unit=None, **typed):
    known = register(code, date(2024, 3, 1))
    values = (RECEPTION if code == "reception" else DIALOGUE) | typed
    return actions.write(known, unit or by.unit, values, by=by, key=key, kept_reason=reason)


def last_entry(record):
    return AuditEntry.objects.filter(subject=record.pk).first()


def test_write_keeps_the_values_under_their_codes():
    by = actor()

    record = write(by)

    record.refresh_from_db()
    assert (record.unit, record.occurred_on, record.state) == (by.unit, date(2024, 3, 5), "saved")
    assert record.data["visits"] == 6
    assert (record.created_by, record.created_name) == (by.user_id, by.name)
    assert last_entry(record).verb == "written"


def test_write_twice_with_one_key_is_one_record():
    by = actor()

    assert write(by) == write(by)

    assert Record.objects.count() == 1
    assert AuditEntry.objects.filter(verb="written").count() == 1


def test_one_key_in_two_units_is_two_records():
    assert write(actor()) != write(actor())


def test_write_with_errors_keeps_nothing():
    with pytest.raises(actions.NotKept) as refused:
        write(actor(), visits="sáu", held_on="")

    assert set(refused.value.errors) == {"visits", "held_on"}
    assert not Record.objects.exists()


def test_a_doubt_leaves_the_record_questioned_until_a_reason_is_given():
    by = actor()
    record = write(by, persons="3")
    assert record.state == RecordState.QUESTIONED
    assert "persons" in record.doubts

    kept = actions.keep(record, by=by, reason="Một người đến nhiều lượt")

    assert (kept.state, kept.kept_reason) == ("saved", "Một người đến nhiều lượt")
    assert kept.doubts == {}
    assert last_entry(record).reason == "Một người đến nhiều lượt"


def test_a_reason_given_at_once_saves_a_doubtful_record():
    assert write(actor(), persons="3", reason="Một người đến nhiều lượt").state == "saved"


def test_keep_without_a_reason_is_refused():
    by = actor()
    record = write(by, persons="3")

    with pytest.raises(actions.NotKept):
        actions.keep(record, by=by, reason=" ")


@pytest.mark.parametrize("role", [Role.READER_ONLY, Role.APPRAISER, Role.ADMINISTRATOR])
def test_write_by_who_only_looks_is_refused(role):
    with pytest.raises(PermissionDenied):
        write(actor(role))


def test_write_for_another_unit_is_refused():
    with pytest.raises(PermissionDenied):
        write(actor(), unit=UnitFactory())


def test_write_into_a_register_that_the_unit_does_not_keep_is_refused():
    with pytest.raises(PermissionDenied):
        write(actor(unit=UnitFactory(kind="party_body")))


def test_amend_changes_and_remembers_what_was():
    by = actor()
    record = write(by)

    amended = actions.amend(record, RECEPTION | {"visits": "7"}, by=by, reason="Ghi sót một lượt")

    assert (amended.data["visits"], amended.revision) == (7, 2)
    entry = last_entry(record)
    assert (entry.before["data"], entry.after["data"]) == ({"visits": 6}, {"visits": 7})
    assert entry.reason == "Ghi sót một lượt"


def test_amend_that_changes_nothing_leaves_no_trace():
    by = actor()
    record = write(by)

    assert actions.amend(record, RECEPTION, by=by).revision == 1

    assert last_entry(record).verb == "written"


def test_amend_of_what_somebody_else_changed_meanwhile_changes_nothing():
    by = actor()
    record = write(by)
    actions.amend(record, RECEPTION | {"visits": "7"}, by=by, seen=1)

    with pytest.raises(actions.Overtaken) as met:
        actions.amend(record, RECEPTION | {"cases": "6"}, by=by, seen=1)

    assert met.value.record.data["visits"] == 7


def test_other_doubtful_numbers_want_their_own_reason():
    by = actor()
    record = write(by, persons="3", reason="Một người đến nhiều lượt")

    same = actions.amend(record, RECEPTION | {"persons": "3", "outcome": "guided"}, by=by)
    assert same.state == "saved"

    other = actions.amend(record, RECEPTION | {"persons": "1"}, by=by)
    assert (other.state, other.kept_reason) == ("questioned", "")


def test_amend_by_another_unit_is_refused():
    with pytest.raises(PermissionDenied):
        actions.amend(RecordFactory(), RECEPTION, by=actor())


def test_void_takes_the_record_out_of_the_count_and_says_why():
    by = actor()
    record = write(by)

    void = actions.void(record, by=by, reason="Ghi nhầm sổ")
    again = actions.void(record, by=by, reason="Khác")

    assert (void.state, again.void_reason) == ("void", "Ghi nhầm sổ")
    assert not Record.objects.counting().exists()
    with pytest.raises(PermissionDenied):
        actions.amend(record, RECEPTION | {"visits": "7"}, by=by)


def test_void_without_a_reason_is_refused():
    by = actor()

    with pytest.raises(actions.NotKept):
        actions.void(write(by), by=by, reason="")


def test_a_conclusion_becomes_a_duty_with_its_words():
    by = actor()
    record = write(by, "dialogue")

    made = actions.conclude(
        record, by=by, action="Trả lời 03 ý kiến còn lại", unit=by.unit, due_on=date(2024, 4, 26)
    )

    assert (made.unit, made.due_on) == (by.unit, date(2024, 4, 26))
    assert made.duty.source == "Đối thoại ngày 12/3/2024, kết luận"
    assert made.duty.sentence == DIALOGUE["conclusion"]
    assert made.duty.concluded_by.record == record


def test_a_conclusion_asked_twice_is_one_duty():
    by = actor()
    record = write(by, "dialogue")
    asked = {"action": "Trả lời", "unit": by.unit, "due_on": date(2024, 4, 27)}  # a Saturday: moved

    actions.conclude(record, by=by, **asked)
    actions.conclude(record, by=by, **asked)

    assert (Duty.objects.count(), Assignment.objects.count()) == (1, 1)


def test_an_officer_lays_no_conclusion_on_another_unit_and_the_coordinator_does():
    by, other = actor(), UnitFactory()
    record = write(by, "dialogue")

    with pytest.raises(PermissionDenied):
        actions.conclude(record, by=by, action="Trả lời", unit=other, due_on=None)

    made = actions.conclude(record, by=coordinator(), action="Trả lời", unit=other, due_on=None)
    assert made.unit == other


def test_a_record_without_a_conclusion_makes_no_duty():
    by = actor()

    with pytest.raises(PermissionDenied):
        actions.conclude(write(by), by=by, action="Trả lời", unit=by.unit, due_on=None)


@pytest.mark.parametrize(
    ("role", "own", "others"),
    [
        (Role.OFFICER, True, False),
        (Role.COORDINATOR, True, True),
        (Role.APPRAISER, True, True),
        (Role.READER_ONLY, True, True),
        (Role.ADMINISTRATOR, False, False),
    ],
)
def test_who_sees_records(role, own, others):
    by = actor(role)
    mine, theirs = RecordFactory(unit=by.unit), DialogueFactory()

    seen = access.visible_to(by)

    assert (mine in seen, theirs in seen) == (own, others)
