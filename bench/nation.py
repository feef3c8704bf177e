"""Pages and reminders over the country's data: see fill.py for what there is.

Server time is that of a whole request, sign-in and frame included, without the network.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from http import HTTPStatus
from itertools import combinations
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import fill
from danvan import clock
from danvan.documents import graph
from danvan.documents.models import Citation, Document
from danvan.duties.following import follow_ups
from danvan.duties.models import Assignment, Theme
from danvan.duties.reminding import digests, reminders
from danvan.org.choices import Level, Role
from danvan.org.models import Unit, User

T = TypeVar("T")

RUNS = 15
TRIED = 3  # runs of each pair of filters, before the slowest is measured
COORDINATOR = "dau.moi"
FIRST_DAY = date(2024, 3, 11)  # on which nobody was reminded before: what waits goes out at once
A_DAY = date(2024, 3, 12)  # the working day after one on which much was due

Figures = dict[str, dict[str, Any]]


def figures() -> Figures:
    call_command("collectstatic", interactive=False, verbosity=0)
    gc.collect()
    gc.freeze()  # as the server does when it starts
    with fill.nation():
        return _pages() | _lists() | _graphs() | _tasks()


def _pages() -> Figures:
    lists, calendar = reverse("console:assignments"), reverse("console:calendar")
    documents = reverse("console:documents")
    officer, leader = _user(Role.OFFICER), _user(Role.LEADER_IN_CHARGE)
    province = _province()
    asked = {
        "work.officer": (officer, reverse("console:work")),
        "work.leader": (leader, reverse("console:work")),
        "work.coordinator": (COORDINATOR, reverse("console:work")),
        "leader.province": ("lanh.dao", reverse("console:leader")),
        "leader.unit": (leader, reverse("console:leader")),
        "matrix": (COORDINATOR, f"{reverse('console:matrix')}?group=below:{province.pk}"),
        "list.all": (COORDINATOR, lists),
        "list.officer": (officer, f"{lists}?state=overdue&part=lead"),
        "calendar.own": (officer, f"{calendar}?scope=mine"),
        "calendar.all": (COORDINATOR, f"{calendar}?scope=all"),
        "documents": (COORDINATOR, documents),
        "documents.two_filters": (COORDINATOR, f"{documents}?level=province&year=2023"),
        "documents.text": (COORDINATOR, f"{documents}?q=so+17+ke+hoach"),
        "documents.number": (COORDINATOR, f"{documents}?q=199871/KH-UBND"),
        "citations": (COORDINATOR, reverse("console:citations")),
    }
    return {f"nation.{name}": _page(*one) for name, one in asked.items()}


def _user(role: Role) -> str:
    """Who has something to do, in a unit with some units beside it."""
    found = User.objects.filter(
        person__posts__role=role, person__posts__unit__assignments__isnull=False
    )
    return found.exclude(username=COORDINATOR).order_by("pk").values_list("username", flat=True)[0]


def _province() -> Any:
    return Unit.objects.filter(level=Level.PROVINCE, duties_asked__isnull=False).first()


def _page(username: str, address: str, note: str = "") -> dict[str, Any]:
    """Median server time and number of queries."""
    client = _client(username)
    with CaptureQueriesContext(connection) as asked:
        _get(client, address)
    size = f"{len(asked)} queries, median of {RUNS}{note}"
    return _median(lambda: _get(client, address), size)


def _client(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def _get(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address} answers {answer.status_code}")


def _median(work: Callable[[], object], size: str) -> dict[str, Any]:
    value = statistics.median(_times(work, RUNS))
    return {"value": round(1000 * value, 1), "unit": "ms", "size": size}


def _times(work: Callable[[], object], runs: int) -> list[float]:
    times = []
    for _run in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return times


def _lists() -> Figures:
    """The slowest of all pairs of filters, and its name."""
    client, filters = _client(COORDINATOR), _filters()
    worst, address, names = 0.0, "", ""
    for one, other in combinations(filters, 2):
        query = urlencode({**filters[one], **filters[other]})
        page = f"{reverse('console:assignments')}?{query}"
        found = min(_times(lambda page=page: _get(client, page), TRIED))  # type: ignore[misc]
        if found > worst:
            worst, address, names = found, page, f"{one} and {other}"
    return {"nation.list.two_filters": _page(COORDINATOR, address, f", the slowest pair: {names}")}


def _filters() -> dict[str, dict[str, str]]:
    one = Assignment.objects.filter(person__isnull=False, unit__coordinates=True)[0]
    return {
        "state": {"state": "overdue"},
        "part": {"part": "lead"},
        "units below": {"unit": str(_province().pk), "below": "on"},
        "document": {"document": str(one.duty.document_id)},
        "theme": {"theme": str(Theme.objects.order_by("pk")[0].pk)},
        "person": {"person": str(one.person_id)},
        "period": {"due_from": "01/03/2024", "due_to": "31/03/2024"},
        "changed": {"changed": "week"},
        "text": {"q": "nhiệm vụ số 17"},
    }


def _graphs() -> Figures:
    counted = Citation.objects.filter(target__isnull=False).values_list("target")
    most = counted.annotate(count=Count("pk")).order_by("-count")[0]
    ordinary = Document.objects.filter(attachment__isnull=False, cited_by__isnull=False)
    chosen = {"most_cited": most[0], "ordinary": ordinary.order_by("-pk")[0].pk}
    found = {}
    for name, key in chosen.items():
        document = Document.objects.get(pk=key)
        page = reverse("console:graph", args=[key])
        cited = f", cited {document.cited_by.count()} times"
        found[f"nation.graph.{name}"] = _page(COORDINATOR, page, cited)
        found[f"nation.graph.{name}.alone"] = _median(
            lambda one=document: graph.around(one, fill.TODAY),  # type: ignore[misc]
            f"graph.around, median of {RUNS}{cited}",
        )
    return found


def _tasks() -> Figures:
    """What the clock starts, once each; nothing of it is kept."""
    found = {}
    with transaction.atomic():
        for name, day in (("reminders.first_day", FIRST_DAY), ("reminders", A_DAY)):
            seconds, ran = _timed(partial(reminders.run, day))
            size = f"{day}, {ran.total} events, {ran.notices} notices"
            found[f"nation.{name}"] = _seconds(seconds, size)
        morning = datetime(A_DAY.year, A_DAY.month, A_DAY.day, 8, tzinfo=clock.ZONE)
        seconds, letters = _timed(lambda: digests.run(morning))
        found["nation.digests"] = _seconds(seconds, f"{A_DAY}, {letters} letters")
        seconds, proposed = _timed(follow_ups.propose_coming)
        found["nation.propose_coming"] = _seconds(seconds, f"{len(proposed)} proposed")
        transaction.set_rollback(True)
    return found


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def _seconds(value: float, size: str) -> dict[str, Any]:
    return {"value": round(value, 1), "unit": "s", "size": size}
