"""One committee: its terms and who sits in them."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.console.phrases import sentences
from danvan.org import access
from danvan.org.access import require
from danvan.org.choices import ReviewOutcome, UnitKind
from danvan.org.models import CommitteeTerm, Membership, Unit

from .listing import TONES, bodies_of, name_of, rows_of, units_named


@dataclass(frozen=True)
class Term:
    """One term on the committee's page: by which decision, who sat in it, what a review said."""

    term: CommitteeTerm
    standing_body: str
    seats: list["Sitting"]
    tone: str
    is_now: bool


@dataclass(frozen=True)
class Sitting:
    """A seat, with the unit by its name of the term."""

    seat: Membership
    unit: str


def committee_seen(pk: UUID) -> Unit:
    named = Unit.objects.named(clock.today()).filter(kind=UnitKind.COMMITTEE)
    return get_object_or_404(named, pk=pk)


def _terms(committee: Unit) -> list[Term]:
    """The newest first; names are those of today, or the last ones."""
    found = committee.terms.prefetch_related("members__person").order_by("-validity")
    terms = list(found)
    seats = {one.pk: list(one.members.all()) for one in terms}
    ids = {seat.unit_id for members in seats.values() for seat in members}
    units = units_named({*ids, *(one.standing_body_id for one in terms)})
    bodies = bodies_of(units, terms)
    return [
        Term(
            term=one,
            standing_body=bodies.get(one.standing_body_id, ""),
            seats=[Sitting(seat, name_of(units, seat.unit_id)) for seat in seats[one.pk]],
            tone=TONES[ReviewOutcome(one.outcome)] if one.outcome else "",
            is_now=clock.today() in one.validity,
        )
        for one in terms
    ]


@officer
def committee(request: Request, pk: UUID) -> HttpResponse:
    """Its members in the order of the decision, its terms and reviews."""
    require(access.can_see_units(request.actor))
    found = committee_seen(pk)
    (row,) = rows_of([found])
    terms = _terms(found)
    subjects = [found, *(one.term for one in terms)]
    told = [one for subject in subjects[:4] for one in sentences(subject)]
    context = {
        "committee": found,
        "row": row,
        "terms": terms,
        "history": sorted(told, key=lambda one: one.at, reverse=True),
        "can_change": row.is_there and access.can_change_units(request.actor),
    }
    return render(request, "console/org/committee.html", context)
