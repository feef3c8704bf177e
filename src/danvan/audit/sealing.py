"""Committed entries are chained by hash, afterwards: whoever writes one waits for nobody.

Entries are sealed in the order in which the sealer finds them. Its order is the chain's; an entry
whose transaction took long comes later than younger ones.
"""

from uuid import UUID

from django.db import connection, transaction
from uuid_utils.compat import uuid7

from danvan import clock

from . import head, rules
from .models import Seal

BATCH = 1000
LONGEST = 60 * 60 * 1000  # milliseconds: a transaction that writes entries is over by then

_UNSEALED = f"""
    SELECT e.id, {rules.CANONICAL[rules.FORM]}
    FROM audit_auditentry e
    WHERE e.id >= %s AND (SELECT s.position FROM audit_seal s WHERE s.entry = e.id) IS NULL
    ORDER BY e.id LIMIT %s
"""
EVERYTHING = UUID(int=0)


def seal() -> int:
    """Seal what is committed; returns how many. Nothing new is nothing done."""
    return _seal_from(_where_to_look())


def sweep() -> int:
    """The same over the whole journal: also what was committed an hour after it was written."""
    return _seal_from(EVERYTHING)


def _where_to_look() -> UUID:
    """All older entries are sealed: transactions end within the hour."""
    newest = Seal.objects.order_by("-position").values_list("entry", flat=True).first()
    if newest is None:
        return EVERYTHING
    known = min(rules.moment_of(newest), rules.moment_of(uuid7()))
    return rules.first_id_at(known - LONGEST)


def _seal_from(first: UUID) -> int:
    sealed = 0
    while made := _seal_batch(first):
        sealed += len(made)
        head.remember(made[-1].position, bytes(made[-1].hash))
        first = made[-1].entry  # what is older was found already
    return sealed


@transaction.atomic(durable=True)
def _seal_batch(first: UUID) -> list[Seal]:
    """One sealer at a time; the next one continues where this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.audit'))")
        cursor.execute(_UNSEALED, [first, BATCH])
        found = cursor.fetchall()
    if not found:
        return []
    last = Seal.objects.order_by("-position").first()
    start, before = (last.position, bytes(last.hash)) if last else (0, rules.BEGINNING)
    now, key = clock.now(), head.key()
    at = rules.microseconds(now)
    made = []
    for position, (entry, canonical) in enumerate(found, start=start + 1):
        before = rules.chained(before, canonical)
        said = rules.Sealed(rules.FORM, position, entry, at, before)
        made.append(
            Seal(
                position=position,
                entry=entry,
                form=rules.FORM,
                hash=before,
                mac=said.mac(key),
                sealed_at=now,
            )
        )
    return Seal.objects.bulk_create(made)
