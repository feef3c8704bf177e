"""Which tables were changed, seen by the database itself: nothing changes without an entry.

with watching() as seen:
    actions.accept(assignment, by=by)
assert seen.unrecorded == {}
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection

from danvan.audit.models import AuditEntry
from danvan.config.database import APPLICATION

# What belongs to no stage: who is told, what waits in a queue, what a machine draws or remembers.
APART = ("audit_", "notices_", "procrastinate_", "django_", "config_cache", "definitions_")
ACCOUNTS = ("account_", "mfa_", "usersessions_", "socialaccount_", "org_user")  # the sign-in's own


@dataclass
class Watched:
    changed: Counter[tuple[str, str]] = field(default_factory=Counter)  # table, INSERT … → rows
    entries: list[AuditEntry] = field(default_factory=list)

    @property
    def unrecorded(self) -> dict[tuple[str, str], int]:
        """What was changed, where no entry was written along with it."""
        return {} if self.entries else dict(self.changed)


@contextmanager
def watching() -> Iterator[Watched]:
    """Triggers on every table of the stages while the block runs, taken away again after it."""
    there = connection.introspection.table_names()
    tables = [one for one in there if not one.startswith((*APART, *ACCOUNTS))]
    known = set(AuditEntry.objects.values_list("pk", flat=True))
    watched = Watched()
    _as_owner(
        "CREATE TEMPORARY TABLE watched (changed text, how text)",
        "GRANT ALL ON watched TO PUBLIC",
        "CREATE FUNCTION pg_temp.watch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " INSERT INTO watched VALUES (TG_TABLE_NAME, TG_OP); RETURN NULL; END $$",
        *(
            f'CREATE TRIGGER watched AFTER INSERT OR UPDATE OR DELETE ON "{table}"'
            " FOR EACH ROW EXECUTE FUNCTION pg_temp.watch()"
            for table in tables
        ),
    )
    try:
        yield watched
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a waiting check bars the way
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                cursor.execute("SELECT changed, how FROM watched")
                watched.changed.update(cursor.fetchall())
            watched.entries = list(AuditEntry.objects.exclude(pk__in=known))
            _as_owner(
                *(f'DROP TRIGGER watched ON "{table}"' for table in tables),
                "DROP FUNCTION pg_temp.watch()",
                "DROP TABLE watched",
            )


def _as_owner(*statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(";".join(statements))
        cursor.execute(f"SET LOCAL ROLE {APPLICATION}")
