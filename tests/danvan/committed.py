"""What other connections must see: rows that are committed in a test, and taken away after it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import DatabaseError, OperationalError, connection, transaction

KEPT = {"definitions_definition"}  # loaded once for all tests


def apart(work: Callable[[], Any], *, times: int = 1) -> list[Any]:
    """Do it in connections of their own, at the same time; returns what each returned."""

    def done(_number: int) -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(done, range(times)))


@contextmanager
def committed(make: Callable[[], Any]) -> Iterator[Any]:
    """What `make` returned, committed; every row of our own tables goes afterwards."""
    (made,) = apart(make)
    try:
        yield made
    finally:
        apart(_clear)


def _clear() -> None:
    """As the owner, those first that nothing else points at."""
    tables = {one._meta.db_table for one in apps.get_models(include_auto_created=True)}
    ours = [
        one for one in tables if one not in KEPT and not one.startswith(("django_", "procrast"))
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute("SET lock_timeout = '30s'")  # the test itself holds rows: it says so
    for _round in range(len(ours)):
        ours = [table for table in ours if not _emptied(table)]
        if not ours:
            return
    raise AssertionError(f"rows are left in {ours}")


def _emptied(table: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{table}"')
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except OperationalError:
        raise
    except DatabaseError:
        return False
    return True
