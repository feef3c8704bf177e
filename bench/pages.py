"""Every page of the console on the demo province: queries and server time, as its heaviest user."""

import statistics
import time
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import generate
from danvan.console.urls import urlpatterns
from danvan.documents.models import Document
from danvan.duties.models import Assignment, Duty
from danvan.org.models import Unit, User
from danvan.reports.models import Report
from danvan.scores.models import Score

RUNS = 7
COORDINATOR, OFFICER = "dau.moi", "so.tu.phap"
WRITES = {"remind_all", "switch_post", "mark_notices_read", "audit"}  # or not the coordinator's


def figures() -> dict[str, dict[str, Any]]:
    """Each page on its own, then the slowest and the one with most queries."""
    generate.demo()
    measured = {name: _measure(*how) for name, how in _pages()}
    found = {
        f"page {name}": _figure(
            round(milliseconds, 1), "ms", f"{queries} queries, median of {RUNS}"
        )
        for name, (milliseconds, queries) in measured.items()
    }
    size = f"{len(measured)} pages of the demo province"
    slowest = max(milliseconds for milliseconds, queries in measured.values())
    most = max(queries for milliseconds, queries in measured.values())
    found["pages: the slowest"] = _figure(round(slowest, 1), "ms", size)
    found["pages: most queries"] = _figure(most, "queries", size)
    return found


def _figure(value: float, unit: str, size: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "size": size}


def _pages() -> Iterator[tuple[str, tuple[str, str]]]:
    """Name of a page → who asks for it, and its address."""
    yield "work, of an officer", (OFFICER, reverse("console:work"))
    for pattern in urlpatterns:
        if "<" not in str(pattern.pattern) and pattern.name not in WRITES:
            yield str(pattern.name), (COORDINATOR, reverse(f"console:{pattern.name}"))
    for name, thing in _things().items():
        if thing is not None:
            yield name, (COORDINATOR, reverse(f"console:{name}", args=[thing.pk]))
    for code in ("reception", "dialogue"):
        yield f"register {code}", (OFFICER, reverse("console:register", args=[code]))


def _things() -> dict[str, Model | None]:
    """One thing to open on each page that shows one."""
    plan = Document.objects.get(number="15/KH-UBND")
    return {
        "document": plan,
        "proofread": plan,
        "assignment": Assignment.objects.filter(duty__document=plan).first(),
        "duty": Duty.objects.filter(document=plan, assignments__isnull=False).first(),
        "unit": Unit.objects.get(code="so-noi-vu"),
        "report": Report.objects.exclude(state="draft").first(),
        "score": Score.objects.first(),
        "appraisal": Score.objects.first(),
    }


def _measure(username: str, address: str) -> tuple[float, int]:
    """Median server time (ms) and number of queries of a page, after a first call."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    first = client.get(address)
    if first.status_code != 200 and first.status_code != 405:
        raise RuntimeError(f"{address} answers {first.status_code}")
    times = []
    for _run in range(RUNS):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return statistics.median(times), len(queries)
