"""The whole country's tree of units, over the reform of 2025: as of a date, below a unit, by name.

Invented names in the country's true numbers, in a database of their own that goes again.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from bench import generate
from danvan.org import successions, tree
from danvan.org.models import Unit, UnitPath

BEFORE = date(2025, 6, 30)
ROUNDS = 15


def figures() -> dict[str, dict[str, Any]]:
    with generate.country() as units:
        return _measured(units)


def _measured(units: dict[str, Unit]) -> dict[str, dict[str, Any]]:
    start = time.perf_counter()
    tree.rebuild([one.pk for one in units.values()])
    rebuilt = time.perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    province, commune = units["province 0"], units["commune 0"]

    def within() -> QuerySet[Unit, UUID]:
        return Unit.objects.within(province, BEFORE).values_list("pk", flat=True)

    before, after = tree.read(BEFORE), tree.read(generate.REFORM)
    whole = f"{len(before)} units on {BEFORE:%d/%m/%Y}"
    found = {
        "tree.read": (_ms(lambda: tree.read(BEFORE)), whole),
        "tree.read.server": (_server_ms(BEFORE), "the query alone, in the database"),
        "tree.read.after": (
            _ms(lambda: tree.read(generate.REFORM)),
            f"{len(after)} units the day after",
        ),
        "tree.page": (
            _ms(lambda: _opened(province)),
            "read, counted by level, the roots and the units below a province in order",
        ),
        "tree.walk": (_ms(lambda: list(tree.read(BEFORE).walk())), "read and walked from the top"),
        "tree.members": (_ms(lambda: list(within())), f"{len(within())} units of a province"),
        "tree.is_member": (
            _ms(lambda: UnitPath.objects.below(province, BEFORE).filter(unit=commune).exists()),
            "is a commune within a province",
        ),
        "tree.search": (
            _ms(lambda: tree.search("xa an binh", BEFORE)),
            f"{len(tree.search('xa an binh', BEFORE))} found, as of a date",
        ),
        "tree.search.ever": (_ms(lambda: tree.search("phú lộc")), "at any time"),
        "tree.story": (
            _ms(lambda: successions.story(units["merged 0"])),
            "where one commune came from",
        ),
        "tree.event": (_ms(lambda: tree.rebuild([commune.pk])), "paths of one commune anew"),
        "tree.province": (
            _ms(lambda: tree.rebuild([province.pk]), rounds=3),
            "paths of a province and all below it anew",
        ),
    }
    figures = {
        key: {"value": round(value, 1), "unit": "ms", "size": size}
        for key, (value, size) in found.items()
    }
    size = f"all {UnitPath.objects.count()} paths of {len(units)} units"
    figures["tree.rebuild"] = {"value": round(rebuilt, 2), "unit": "s", "size": size}
    return figures


def _opened(province: Unit) -> None:
    units = tree.read(BEFORE)
    assert units.levels and units.roots and units.children(province)


def _ms(work: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """The median, after one to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def _server_ms(as_of: date) -> float:
    """What the database itself says that the query takes."""
    times = []
    with connection.cursor() as cursor:
        for _ in range(ROUNDS):
            cursor.execute(
                f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {tree.QUERY}", {"as_of": as_of}
            )
            times.append(cursor.fetchone()[0][0]["Execution Time"])
    return statistics.median(times)
