"""The chain, and what is done to it directly in the database by its owner."""

from contextlib import contextmanager
from datetime import date, datetime
from io import StringIO
from uuid import UUID

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from uuid_utils.compat import uuid7

from danvan import clock
from danvan.audit import digests, head, rules, sealing, tasks, verifying
from danvan.audit.actions import JOURNAL, check, record
from danvan.audit.models import AuditEntry, Digest, Seal
from danvan.config.database import APPLICATION
from tests.factories import UnitFactory, actor

pytestmark = pytest.mark.django_db


@contextmanager
def as_owner():
    """What the application cannot do: change rows that were written."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        yield cursor
        cursor.execute(f"SET LOCAL ROLE {APPLICATION}")


@pytest.fixture
def chain():
    """Ten entries, sealed in two turns."""
    by = actor(unit=UnitFactory(called="Sở Tư pháp"))
    for number in range(10):
        record(by.unit, "tried", by=by, reason=f"lần {number}")
        if number == 5:
            sealing.seal()
    sealing.seal()
    return list(Seal.objects.order_by("position"))


def kinds(found):
    return [one.kind for one in found.findings]


def test_every_entry_is_sealed_once_in_a_chain_without_gaps(chain):
    assert [one.position for one in chain] == list(range(1, 11))
    assert {one.entry for one in chain} == set(AuditEntry.objects.values_list("pk", flat=True))
    assert sealing.seal() == sealing.sweep() == 0
    assert head.remembered() == head.Head(10, bytes(chain[-1].hash))


def test_a_chain_that_nobody_touched_is_intact(chain):
    found = verifying.verify()

    assert (found.entries, found.waiting, found.findings) == (10, 0, ())


def test_anybody_can_hash_the_chain_with_the_database_alone(chain):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT sha256(%s::bytea || convert_to({rules.CANONICAL[1]}, 'UTF8'))"
            " FROM audit_auditentry e WHERE id = %s",
            [bytes(32), chain[0].entry],
        )
        hashed = cursor.fetchone()[0]

    assert bytes(hashed) == bytes(chain[0].hash)


COLUMNS = [
    "at = at - interval '1 minute'",
    "by_user = gen_random_uuid()",
    "by_name = 'Người khác'",
    "by_post = ''",
    "by_unit = NULL",
    "on_behalf_of = 'ai đó'",
    "address = '10.0.0.9'",
    "verb = 'returned'",
    "subject_kind = 'org.person'",
    "subject = gen_random_uuid()",
    "subject_label = 'Sở khác'",
    "before = '{\"a\": 1}'",
    "after = '{\"a\": 2}'",
    "reason = 'khác'",
    "details = '{\"a\": null}'",
]


@pytest.mark.parametrize("change", COLUMNS)
def test_a_changed_entry_is_found(chain, change):
    with as_owner() as owner:
        owner.execute(f"UPDATE audit_auditentry SET {change} WHERE id = %s", [chain[3].entry])

    found = verifying.verify()

    assert [(one.kind, one.position) for one in found.findings] == [("changed", 4)]
    assert "vị trí 4" in found.findings[0].what


def test_every_column_is_covered_by_the_hash():
    changed = {one.split(" ")[0] for one in COLUMNS}

    assert {field.attname for field in AuditEntry._meta.concrete_fields} == changed | {"id"}


def test_a_deleted_entry_is_found(chain):
    with as_owner() as owner:
        owner.execute("DELETE FROM audit_auditentry WHERE id = %s", [chain[3].entry])

    found = verifying.verify()

    assert [(one.kind, one.position) for one in found.findings] == [("missing", 4)]
    assert found.entries == 9


def test_an_entry_deleted_with_its_seal_is_found(chain):
    with as_owner() as owner:
        owner.execute("DELETE FROM audit_auditentry WHERE id = %s", [chain[3].entry])
        owner.execute("DELETE FROM audit_seal WHERE position = 4")

    found = verifying.verify()

    assert [(one.kind, one.position) for one in found.findings] == [("gap", 4)]
    assert "Thiếu niêm phong từ vị trí 4 đến 4" in found.findings[0].what


def test_an_entry_put_in_with_a_forged_seal_is_found(chain):
    entry = record(actor().unit, "tried", by=actor())
    with as_owner() as owner:
        owner.execute("UPDATE audit_seal SET position = position + 100 WHERE position > 3")
        owner.execute("UPDATE audit_seal SET position = position - 99 WHERE position > 3")
        owner.execute(
            "INSERT INTO audit_seal (position, entry, form, hash, mac, sealed_at)"
            " SELECT 4, %s, 1, sha256('x'), sha256('y'), sealed_at FROM audit_seal WHERE position = 3",
            [entry.pk],
        )

    found = verifying.verify()

    assert kinds(found)[0] == "forged"
    assert found.findings[0].position == 4
    assert "không do hệ thống lập" in found.findings[0].what


PUT_IN = (
    "INSERT INTO audit_auditentry (id, at, by_name, by_post, on_behalf_of, verb, reason,"
    " subject_kind, subject, subject_label, before, after, details)"
    " SELECT %s, %s, by_name, by_post, '', verb, '', subject_kind, subject, subject_label,"
    " '{}', '{}', '{}' FROM audit_auditentry WHERE id = %s"
)


def test_a_backdated_entry_that_is_sealed_later_is_found(chain):
    """Its maker forged moment and id; the sealer seals it in its turn, among younger ones."""
    old = rules.first_id_at(rules.moment_of(uuid7()) - 50 * 60 * 60 * 1000)
    moment = datetime.fromtimestamp(rules.moment_of(old) / 1000, clock.ZONE)
    with as_owner() as owner:
        owner.execute(PUT_IN, [old, moment, chain[3].entry])

    assert kinds(verifying.verify()) == ["unsealed"]
    assert sealing.seal() == 0
    assert sealing.sweep() == 1
    assert [(one.kind, one.position) for one in verifying.verify().findings] == [("backdated", 11)]


def test_an_entry_whose_moment_is_not_that_of_its_id_is_found(chain):
    by = actor()
    with clock.at(datetime(2024, 1, 1, tzinfo=clock.ZONE)):
        record(by.unit, "tried", by=by)
    sealing.seal()

    assert kinds(verifying.verify()) == ["backdated"]


@pytest.mark.parametrize("moment", ["infinity", "-infinity", "0044-03-15 BC", "294276-12-31"])
def test_a_moment_that_no_calendar_has_is_found_and_stops_no_sealer(chain, moment):
    with connection.cursor() as cursor:  # the application's own role may do this
        cursor.execute(PUT_IN, [uuid7(), moment, chain[3].entry])

    assert sealing.seal() == 1
    assert [(one.kind, one.position) for one in verifying.verify().findings] == [("backdated", 11)]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("UPDATE audit_auditentry SET at = 'infinity' WHERE reason = 'lần 4'", "changed"),
        ("UPDATE audit_seal SET sealed_at = 'infinity' WHERE position = 5", "forged"),
    ],
)
def test_a_moment_made_unreadable_is_named(chain, change, kind):
    with as_owner() as owner:
        owner.execute(change)

    assert [(one.kind, one.position) for one in verifying.verify().findings] == [(kind, 5)]


@pytest.mark.parametrize("days", [3, 300_000])
def test_an_entry_of_a_day_to_come_is_found_and_casts_no_doubt_on_others(chain, days):
    later = rules.first_id_at(rules.moment_of(uuid7()) + days * 24 * 60 * 60 * 1000)
    with connection.cursor() as cursor:
        cursor.execute(PUT_IN, [later, clock.now(), chain[3].entry])
    sealing.seal()
    by = actor()
    record(by.unit, "tried", by=by)
    sealing.seal()

    assert [(one.kind, one.position) for one in verifying.verify().findings] == [("backdated", 11)]


def test_seals_that_changed_places_are_found(chain):
    with as_owner() as owner:
        owner.execute("UPDATE audit_seal SET position = 99 WHERE position = 4")
        owner.execute("UPDATE audit_seal SET position = 4 WHERE position = 7")
        owner.execute("UPDATE audit_seal SET position = 7 WHERE position = 99")

    found = verifying.verify()

    assert [(one.kind, one.position) for one in found.findings] == [
        ("reordered", 4),
        ("reordered", 7),
    ]
    assert "chỗ đúng là vị trí 7" in found.findings[0].what


def test_a_cut_tail_is_found(chain):
    with as_owner() as owner:
        owner.execute("DELETE FROM audit_auditentry WHERE id = %s", [chain[9].entry])
        owner.execute("DELETE FROM audit_seal WHERE position = 10")

    found = verifying.verify()

    assert [(one.kind, one.position) for one in found.findings] == [("cut", 10)]
    assert "mất 1 mục" in found.findings[0].what


def test_a_cut_tail_stays_found_when_the_chain_goes_on(chain):
    by = actor()
    with as_owner() as owner:
        owner.execute("DELETE FROM audit_auditentry WHERE id = %s", [chain[9].entry])
        owner.execute("DELETE FROM audit_seal WHERE position = 10")
    for _again in range(3):
        record(by.unit, "tried", by=by)
    sealing.seal()

    assert kinds(verifying.verify()) == ["recomputed"]


def chain_anew(key):
    """Somebody changes an entry and makes all seals after it again."""
    with as_owner() as owner:
        owner.execute("UPDATE audit_auditentry SET reason = 'khác' WHERE reason = 'lần 3'")
        before = rules.BEGINNING
        for one in Seal.objects.order_by("position"):
            owner.execute(
                f"SELECT {rules.CANONICAL[1]} FROM audit_auditentry e WHERE id = %s", [one.entry]
            )
            before = rules.chained(before, owner.fetchone()[0])
            at = rules.microseconds(one.sealed_at)
            said = rules.Sealed(1, one.position, one.entry, at, before)
            owner.execute(
                "UPDATE audit_seal SET hash = %s, mac = %s WHERE position = %s",
                [before, said.mac(key), one.position],
            )


def test_a_chain_made_anew_without_the_key_is_found(chain):
    chain_anew(b"guessed")

    found = verifying.verify()

    assert [(one.kind, one.position, one.to) for one in found.findings] == [
        ("forged", 1, 10),
        ("recomputed", 10, 0),
    ]


def test_a_chain_made_anew_with_the_stolen_key_is_found_by_the_remembered_end(chain):
    chain_anew(head.key())

    assert kinds(verifying.verify()) == ["recomputed"]


def test_a_chain_made_anew_by_who_rules_the_server_too_is_found_by_a_kept_digest(chain, settings):
    kept = rules.parse(digests.text_of(digests.digest_of(clock.today()), body="UBND tỉnh"))
    chain_anew(head.key())
    settings.DANVAN_AUDIT_HEAD.unlink()

    assert kinds(verifying.verify()) == []
    assert kinds(verifying.verify(kept)) == ["recomputed"]


def test_an_entry_too_long_without_a_seal_is_found(chain, monkeypatch):
    record(actor().unit, "tried", by=actor())

    assert (kinds(verifying.verify()), verifying.verify().waiting) == ([], 1)
    monkeypatch.setattr(verifying, "TOO_LONG", -1000)
    assert kinds(verifying.verify()) == ["unsealed"]


def test_the_sealer_writes_what_was_committed_late(chain):
    """Ids are made when an entry is written; a longer transaction commits later."""
    early = rules.first_id_at(rules.moment_of(uuid7()) - 10 * 60 * 1000)
    AuditEntry.objects.create(
        id=early, at=clock.now(), verb="tried", subject_kind="org.unit", subject=JOURNAL
    )

    assert sealing.seal() == 1
    assert verifying.verify().is_intact


@pytest.mark.parametrize("table", ["audit_auditentry", "audit_seal", "audit_digest"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"],
)
def test_the_application_cannot_change_what_is_kept(chain, table, statement):
    column = "entries" if table == "audit_digest" else "subject" if "entry" in table else "entry"

    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        with transaction.atomic():
            connection.cursor().execute(statement.format(table, column, column))


# Digests


def test_days_that_are_over_get_their_digest_once(chain, on_day):
    today = clock.today()
    on_day(today.year + 1, 1, 1)

    made = digests.close_days()

    assert made[0].day == today
    assert (made[0].entries, made[0].position, bytes(made[0].hash)) == (
        10,
        10,
        bytes(chain[-1].hash),
    )
    assert (made[-1].day, made[-1].entries, made[-1].position) == (
        date(today.year, 12, 31),
        0 if len(made) > 1 else 10,
        10,
    )
    assert digests.close_days() == []
    assert verifying.verify().is_intact


def test_a_changed_and_a_missing_digest_are_found(chain, on_day):
    today = clock.today()
    on_day(today.year + 1, 1, 1)
    days = [one.day for one in digests.close_days()]
    with as_owner() as owner:
        owner.execute("UPDATE audit_digest SET entries = 9 WHERE day = %s", [days[0]])
        owner.execute("DELETE FROM audit_digest WHERE day = %s", [days[2]])

    assert kinds(verifying.verify()) == ["digest_forged", "digest_missing"]


def test_a_printed_digest_is_read_back(chain):
    digest = digests.digest_of(clock.today())
    text = digests.text_of(digest, body="UBND tỉnh Tân Giang")

    said, mac = rules.parse(text.replace("\n", "\r\n"))

    assert (said.position, said.hash, mac) == (10, bytes(digest.hash), bytes(digest.mac))
    assert verifying.verify((said, mac)).is_intact
    assert Digest.objects.count() == 0  # today is not over


def test_a_text_that_is_no_digest_says_so():
    with pytest.raises(rules.NotADigest):
        rules.parse("thư gửi")


# Commands and tasks


def run(*arguments):
    out = StringIO()
    call_command("audit", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_that_all_is_intact(chain, tmp_path):
    kept = tmp_path / "ban-giu.txt"
    kept.write_text(run("digest"), "utf-8")

    assert "Đã kiểm tra 10 mục, không mục nào bị sửa." in run("verify")
    assert "Khớp với bản giữ ngoài" in run("verify", "--from-digest", str(kept))


def test_the_command_names_what_is_wrong_and_fails(chain):
    with as_owner() as owner:
        owner.execute("DELETE FROM audit_auditentry WHERE id = %s", [chain[3].entry])
    out = StringIO()

    with pytest.raises(CommandError, match="1 chỗ không đúng"):
        call_command("audit", "verify", stdout=out)

    assert "- Mục đã bị xóa: vị trí 4" in out.getvalue()


def test_a_check_is_recorded_itself_also_in_the_background(chain):
    by = actor()

    check(by=by)
    tasks.check(by=tasks.carried(by))

    done = AuditEntry.objects.filter(verb="checked")
    assert [(one.by_name, one.by_unit, one.details["entries"]) for one in done] == [
        (by.name, by.unit_id, 10)
    ] * 2
    assert isinstance(done[0].by_user, UUID)


def test_each_minute_the_sealer_comes(chain):
    record(actor().unit, "tried", by=actor())

    tasks.seal(timestamp=0)
    tasks.close_days(timestamp=0)

    assert Seal.objects.count() == 11


def test_writes_do_not_wait_for_each_other_nor_for_the_sealer():
    """Three links to the database: two with entries not committed yet, and a sealer between them."""
    options = connection.get_connection_params()
    insert = (
        "INSERT INTO audit_auditentry (id, at, by_name, by_post, on_behalf_of, verb, subject_kind,"
        " subject, subject_label, before, after, reason, details) VALUES (%s, now(), '', '', '',"
        " 'tried', 'org.unit', gen_random_uuid(), '', '{}', '{}', '', '{}')"
    )
    known = {key: options[key] for key in ("dbname", "user", "host", "port") if options.get(key)}
    links = [
        psycopg.connect(**known, options=options["options"] + " -c statement_timeout=3000")
        for _number in range(3)
    ]
    try:
        one, other, sealer = links
        one.execute(insert, [uuid7()])
        sealer.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.audit'))")
        other.execute(insert, [uuid7()])
        counted = [link.execute("SELECT count(*) FROM audit_auditentry") for link in links]
        assert [found.fetchone()[0] for found in counted] == [1, 1, 0]
    finally:
        for link in links:
            link.rollback()
            link.close()
