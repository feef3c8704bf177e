"""All committees, each as its last term has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.org import access, committees
from danvan.org.access import require
from danvan.org.choices import ReviewOutcome, UnitKind
from danvan.org.heirs import now_at
from danvan.org.models import CommitteeTerm, Unit, UnitName

TONES = {
    ReviewOutcome.KEPT: "done",
    ReviewOutcome.STRENGTHENED: "work",
    ReviewOutcome.ENDED: "idle",
}


@dataclass(frozen=True)
class Row:
    """A committee with its last term that has begun."""

    unit: Unit
    term: CommitteeTerm | None
    standing_body: str
    members: int
    is_there: bool

    @property
    def due_on(self) -> date | None:
        """When it is to be reviewed; nothing of one that ended."""
        return committees.review_due_on(self.term) if self.term and self.is_there else None

    @property
    def is_due(self) -> bool:
        return self.due_on is not None and self.due_on <= clock.today()

    @property
    def is_over(self) -> bool:
        """Its term ran out, and no other began."""
        upper = self.term.validity.upper if self.term else None
        return self.is_there and upper is not None and upper <= clock.today()

    @property
    def tone(self) -> str:
        known = self.term and self.term.outcome
        return TONES[ReviewOutcome(known)] if known else ""


def rows_of(found: Iterable[Unit]) -> list[Row]:
    """Each with its last term, in two queries more however many there are."""
    today = clock.today()
    units = list(found)
    terms = CommitteeTerm.objects.filter(
        committee__in=units, validity__startswith__lte=today
    ).annotate(seats=Count("members"))
    last = {one.committee_id: one for one in terms.order_by("validity")}
    bodies = bodies_of(units_named({one.standing_body_id for one in last.values()}), last.values())
    there = set(Unit.objects.existing(today).filter(pk__in=last).values_list("pk", flat=True))
    return [
        Row(
            unit=one,
            term=(term := last.get(one.pk)),
            standing_body=bodies.get(term.standing_body_id, "") if term else "",
            members=term.seats if term else 0,
            is_there=term is None or one.pk in there,
        )
        for one in units
    ]


def name_of(units: dict[UUID, Unit], pk: UUID | None) -> str:
    return units[pk].name if pk else ""


def bodies_of(units: dict[UUID, Any], terms: Iterable[CommitteeTerm]) -> dict[UUID | None, str]:
    """Standing bodies by their names; one that ended with the unit that it went into."""
    today = clock.today()
    ids = {one.standing_body_id for one in terms if one.standing_body_id}
    now = _now(one for one in ids if not units[one].is_there)
    into = Unit.objects.named(today).in_bulk(set(now.values())) if now else {}
    return {
        one: _("%(body)s, nay là %(now)s") % {"body": units[one].name, "now": into[now[one]].name}
        if one in now
        else units[one].name
        for one in ids
    }


def _now(ended: Iterable[UUID]) -> dict[UUID, UUID]:
    """Unit that ended → the one that it went wholly into, where there is one."""
    found = list(ended)
    heirs = now_at(found, clock.today()) if found else {}
    return {one: unit for unit, left in heirs.items() for one in left}


def units_named(ids: set[UUID | None]) -> dict[UUID, Any]:
    """By today's names, or the last ones; with whether they are still there."""
    today = clock.today()
    there = UnitName.objects.filter(unit=OuterRef("pk"), validity__contains=today)
    return Unit.objects.named(today).annotate(is_there=Exists(there)).in_bulk(ids - {None})


@officer
def listing(request: Request) -> HttpResponse:
    """Which committees there are, and which are to be reviewed."""
    require(access.can_see_units(request.actor))
    found = Unit.objects.named(clock.today()).filter(kind=UnitKind.COMMITTEE)
    rows = rows_of(found)
    living = [one for one in rows if one.is_there]
    context = {
        "rows": sorted(living, key=lambda one: not one.is_due),
        "ended": [one for one in rows if not one.is_there],
        "due": sum(1 for one in living if one.is_due),
        "can_change": access.can_change_units(request.actor),
    }
    return render(request, "console/org/committees.html", context)
