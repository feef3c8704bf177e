"""How far each register is kept."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.org.access import require, sees_whole_province, works
from danvan.periods import Period, quarter_of, window
from danvan.records import access, definitions
from danvan.records.choices import Group, RecordState
from danvan.records.definitions import Register
from danvan.records.models import Record


@dataclass(frozen=True)
class Kept:
    """A register in the list: how far it is kept."""

    register: Register
    now: int
    questioned: int
    last: Record | None


@officer
def registers(request: Request) -> HttpResponse:
    """Which registers are kept, how far, and what is to be looked at."""
    actor, today = request.actor, clock.today()
    require(works(actor))
    period = quarter_of(today)
    known = [one for one in definitions.registers(today) if access.can_see_register(actor, one)]
    kept = how_far(access.visible_to(actor), known, period)
    groups = [
        (group.label, rows)
        for group in Group
        if (rows := [one for one in kept if one.register.group == group])
    ]
    context = {
        "groups": groups,
        "period": period,
        "questioned": sum(one.questioned for one in kept),
        "silent": sum(1 for one in kept if not one.now),
        "sees_all": sees_whole_province(actor),
    }
    return render(request, "console/records/registers.html", context)


def how_far(records: QuerySet[Record], known: list[Register], period: Period) -> list[Kept]:
    start, end = window(period)
    now = Q(occurred_on__gte=start, occurred_on__lt=end) & ~Q(state=RecordState.VOID)
    doubtful = Q(state=RecordState.QUESTIONED)
    grouped = records.order_by().values("register")
    rows = grouped.annotate(now=Count("pk", filter=now), questioned=Count("pk", filter=doubtful))
    counts: dict[str, Any] = {row["register"]: row for row in rows}
    newest = records.order_by("register", "-id").distinct("register")
    last = {one.register: one for one in newest}
    return [
        Kept(
            register=one,
            now=counts.get(one.code, {}).get("now", 0),
            questioned=counts.get(one.code, {}).get("questioned", 0),
            last=last.get(one.code),
        )
        for one in known
    ]
