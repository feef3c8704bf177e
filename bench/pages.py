"""Every page of the console on the demo province: queries and server time, as its heaviest user."""

import statistics
import time
from http import HTTPStatus
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import generate
from danvan.console.urls import urlpatterns
from danvan.documents.models import Document
from danvan.duties.models import Assignment, Duty
from danvan.figures.models import Figure
from danvan.org.models import User
from danvan.periods import Period
from danvan.records.models import Record
from danvan.reports.models import Report
from danvan.scores.models import Score

RUNS = 7
COORDINATOR, OFFICER, LEADER, ADMINISTRATOR = "dau.moi", "so.tu.phap", "lanh.dao", "quan.tri"
NO_PAGE = {
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.FOUND,
    HTTPStatus.NOT_FOUND,  # of what nobody named
    HTTPStatus.BAD_REQUEST,
}
BUDGET = {"queries": 20, "milliseconds": 100}

Page = tuple[str, str, tuple[object, ...]]


def figures() -> dict[str, dict[str, Any]]:
    """Each page on its own, then the slowest, the one with most queries, and how many are over budget."""
    generate.demo()
    measured = {
        f"{name} ({username})": found
        for name, username, values in _pages()
        if (found := _measure(username, reverse(f"console:{name}", args=values)))
    }
    size = f"{len(measured)} pages of the demo province"
    over = [
        name
        for name, (milliseconds, queries) in measured.items()
        if queries > BUDGET["queries"] or milliseconds > BUDGET["milliseconds"]
    ]
    return {
        f"page {name}": _figure(
            round(milliseconds, 1), "ms", f"{queries} queries, median of {RUNS}"
        )
        for name, (milliseconds, queries) in measured.items()
    } | {
        "pages: the slowest": _figure(round(max(ms for ms, n in measured.values()), 1), "ms", size),
        "pages: most queries": _figure(max(n for ms, n in measured.values()), "queries", size),
        "pages: over budget": _figure(len(over), "pages", ", ".join(over) or "none"),
    }


def _figure(value: float, unit: str, size: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "size": size}


def _pages() -> list[Page]:
    """Every address of the console that can be asked for: name, who asks, what for."""
    known = _things()
    lists = [
        (str(entry.name), _who_opens(reverse(f"console:{entry.name}")), ())
        for entry in urlpatterns
        if "<" not in str(entry.pattern)
    ]
    return [*lists, ("work", OFFICER, ()), ("own_reports", OFFICER, ()), *known]


def _who_opens(address: str) -> str:
    """The coordinator, but for pages that are the leader's or the administrator's."""
    for username in (COORDINATOR, LEADER):
        if _client(username).get(address).status_code != HTTPStatus.FORBIDDEN:
            return username
    return ADMINISTRATOR


def _client(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def _things() -> list[Page]:
    """One thing to open on each page that shows one; what the demo has none of stands out as an error."""
    plan = Document.objects.get(number="15/KH-UBND")
    assignment = Assignment.objects.filter(duty__document=plan, unit__code="so-tu-phap").first()
    duty = Duty.objects.filter(document=plan, assignments__isnull=False).first()
    own = {"unit__code": "so-tu-phap"}
    reception = Record.objects.filter(register="reception", **own).first()
    dialogue = Record.objects.filter(register="dialogue").exclude(data__conclusion="").first()
    sent = Report.objects.of_units().exclude(state="draft").first()
    draft = Report.objects.get(state="draft", is_consolidated=False, **own)
    figure = Figure.objects.filter(parts__isnull=False).first()
    score = Score.objects.get(**own)
    needed = (assignment, duty, reception, dialogue, sent, figure)
    if None in needed:
        raise RuntimeError("the demo province lacks something that a page shows")
    assert assignment and duty and reception and dialogue and sent and figure  # for the checker
    return [
        ("document", COORDINATOR, (plan.pk,)),
        ("proofread", COORDINATOR, (plan.pk,)),
        ("graph", COORDINATOR, (plan.pk,)),
        ("graph_table", COORDINATOR, (plan.pk,)),
        ("document_validity", COORDINATOR, (plan.pk,)),
        ("send_document", COORDINATOR, (plan.pk,)),
        ("deliveries", COORDINATOR, (plan.pk,)),
        ("assignment", COORDINATOR, (assignment.pk,)),
        ("assignment", OFFICER, (assignment.pk,)),
        ("duty", COORDINATOR, (duty.pk,)),
        ("unit", COORDINATOR, (assignment.unit_id,)),
        ("register", OFFICER, ("reception",)),
        ("register", COORDINATOR, ("dialogue",)),
        ("write_record", OFFICER, ("reception",)),
        ("record", OFFICER, ("reception", reception.pk)),
        ("amend_record", OFFICER, ("reception", reception.pk)),
        ("record", COORDINATOR, ("dialogue", dialogue.pk)),
        ("figure", COORDINATOR, ("reception_visits",)),
        ("figure", OFFICER, ("dialogue_opinions_answered",)),
        ("frozen_figure", COORDINATOR, (figure.pk,)),
        ("report", COORDINATOR, (sent.pk,)),
        ("report", OFFICER, (draft.pk,)),
        ("submit_report", OFFICER, (draft.pk,)),
        ("report_number", OFFICER, (draft.pk, "reception_visits")),
        ("consolidation", COORDINATOR, (Period(2024, "Q1"),)),
        ("score", OFFICER, (score.pk,)),
        ("score_ground", OFFICER, (score.pk, score.lines.first().code)),
        ("appraisal", COORDINATOR, (score.pk,)),
        ("release_preview", COORDINATOR, ("document", plan.pk)),
        ("release", COORDINATOR, ("document", plan.pk)),
    ]


def _measure(username: str, address: str) -> tuple[float, int] | None:
    """Median server time (ms) and number of queries of a page, after a first call.

    None for an address that only takes what is sent to it, or leads on to another.
    """
    client = _client(username)
    first = client.get(address)
    if first.status_code in NO_PAGE:
        return None
    if first.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address} answers {first.status_code} to {username}")
    times = []
    for _run in range(RUNS):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return statistics.median(times), len(queries)
