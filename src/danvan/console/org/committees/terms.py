"""A committee set up, renewed for another term, or reviewed."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from danvan import clock
from danvan.console.doors import Request, officer
from danvan.console.org.unit_choice import called
from danvan.org import access, committees
from danvan.org.access import require
from danvan.org.choices import Level, ReviewOutcome, UnitKind
from danvan.org.events.decisions import NewUnit
from danvan.org.models import Unit
from danvan.refusals import NotAccepted

from .committee import committee_seen
from .forms import ReviewForm, SeatForm, SetUpForm, TermForm, members_of, seats_of

if TYPE_CHECKING:
    from django.forms import BaseFormSet


@officer
def set_up(request: Request) -> HttpResponse:
    """A new committee with its first term."""
    require(access.can_change_units(request.actor))
    form, seats = SetUpForm(request.POST or None), seats_of(request)
    if _is_sent(request) and form.is_valid() and seats.is_valid():
        said = form.cleaned_data
        under = said["under"]
        level = Level(under.level)
        try:
            term = committees.set_up(
                NewUnit(said["name"], UnitKind.COMMITTEE, level),
                under=under,
                decision=said["decision"],
                standing_body=said["standing_body"],
                from_=said["from_"],
                to=said["to"],
                members=members_of(seats),
                by=request.actor,
            )
        except NotAccepted as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã thành lập %(name)s.") % {"name": said["name"]})
            return redirect("console:committee", term.committee_id)
    return _term_page(request, form, seats, None)


@officer
def renew(request: Request, pk: UUID) -> HttpResponse:
    """Strengthen it: another term, which begins with the members of the one before."""
    require(access.can_change_units(request.actor))
    found = committee_seen(pk)
    before = found.terms.select_related("standing_body").order_by("validity").last()
    body = called(before.standing_body, clock.today()) if before and before.standing_body else ""
    form = TermForm(request.POST or None, initial={"standing_body": body})
    seats = seats_of(request, before)
    if _is_sent(request) and form.is_valid() and seats.is_valid():
        try:
            committees.renew(
                found, **form.cleaned_data, members=members_of(seats), by=request.actor
            )
        except NotAccepted as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã ghi nhiệm kỳ mới của ban."))
            return redirect("console:committee", pk)
    return _term_page(request, form, seats, found)


def _is_sent(request: Request) -> bool:
    """Sent to be kept, not only for more lines."""
    return request.method == "POST" and "more" not in request.POST


def _term_page(
    request: Request, form: TermForm, seats: "BaseFormSet[SeatForm]", found: Unit | None
) -> HttpResponse:
    status = 400 if _is_sent(request) else 200
    context = {"form": form, "seats": seats, "committee": found}
    return render(request, "console/org/committee_term.html", context, status=status)


@officer
def review(request: Request, pk: UUID) -> HttpResponse:
    """Keep it, strengthen it, or end it."""
    require(access.can_change_units(request.actor))
    found = committee_seen(pk)
    begun = found.terms.filter(validity__startswith__lte=clock.today())
    term = get_object_or_404(begun.order_by("-validity")[:1])
    form = ReviewForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        outcome = ReviewOutcome(said["outcome"])
        try:
            committees.review(term, **{**said, "outcome": outcome}, by=request.actor)
        except NotAccepted as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã ghi kết quả rà soát."))
            strengthens = outcome == ReviewOutcome.STRENGTHENED
            return redirect("console:renew_committee" if strengthens else "console:committee", pk)
    context = {"form": form, "committee": found, "term": term}
    status = 400 if form.errors else 200
    return render(request, "console/org/committee_review.html", context, status=status)
