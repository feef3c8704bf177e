"""One's open work as a calendar that phones and mail programs subscribe to (RFC 5545)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from icalendar import Calendar, Event

from danvan import clock
from danvan.accounts import feeds
from danvan.console.doors import Request, officer
from danvan.duties import board
from danvan.duties.models import Assignment
from danvan.org.access import require, works
from danvan.org.actors import Actor, actor_of
from danvan.org.models import Post, User
from danvan.text import in_vietnamese

MOST = 1_000
EVERY = timedelta(hours=4)  # how often a reader is asked to look again


@require_POST
@officer
def feed_address(request: Request) -> HttpResponse:
    """Make the address of one's calendar, or another one."""
    require(works(request.actor))
    change = feeds.renew if request.POST.get("renew") else feeds.make
    change(by=request.actor)
    return redirect(f"{reverse('console:calendar')}#dia-chi")


@require_GET
def feed(request: HttpRequest, key: UUID) -> HttpResponse:
    """Whoever knows the address reads it, without signing in: it holds no names of people."""
    user = feeds.reader(key)
    if user is None:
        raise Http404
    rows = _open_work(user)
    response = HttpResponse(
        calendar_of(rows, lambda one: _address(request, one)), content_type="text/calendar"
    )
    response["Cache-Control"] = f"private, max-age={int(EVERY.total_seconds())}"
    if rows:
        response["Last-Modified"] = http_date(max(one.changed_at for one in rows).timestamp())
    return response


def _address(request: HttpRequest, one: Assignment) -> str:
    return request.build_absolute_uri(reverse("console:assignment", args=[one.pk]))


def _open_work(user: User) -> list[Assignment]:
    """Of every post that is his own today; without one there is nothing."""
    found: dict[UUID, Assignment] = {}
    for post in Post.objects.held(clock.today()).filter(person__user=user):
        by = actor_of(user, post=str(post.pk))
        if by is None or not works(by):
            continue
        for one in _open_of(by):
            found.setdefault(one.pk, one)
    return list(found.values())


def _open_of(by: Actor) -> list[Assignment]:
    rows = board.of_hands(by, whole_unit=False).open().filter(due_on__isnull=False)
    return list(rows.select_related("duty").by_due()[:MOST])


@in_vietnamese
def calendar_of(rows: list[Assignment], address: Callable[[Assignment], str]) -> bytes:
    found = Calendar()
    found.add("prodid", "-//danvan//danvan//VI")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", _("Việc của tôi (danvan)"))
    found.add("x-published-ttl", "PT4H")
    for one in rows:
        if one.due_on:
            found.add_component(_event(one, one.due_on, address(one)))
    return bytes(found.to_ical())


def _event(one: Assignment, day: date, address: str) -> Event:
    """A whole day; the same UID as long as the work is the same, a higher number with each change."""
    event = Event()
    event.add("uid", f"{one.pk}@danvan")
    event.add("summary", _("Hạn: %(action)s") % {"action": one.duty.action})
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("dtstamp", one.changed_at)
    event.add("last-modified", one.changed_at)
    event.add("sequence", _sequence(one.changed_at, one.assigned_at))
    event.add("description", f"{one.duty.source}\n{one.get_state_display()}")
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event


def _sequence(changed_at: datetime, since: datetime) -> int:
    """Grows with every change: the minutes since it was laid on the unit."""
    return max(0, int((changed_at - since).total_seconds() // 60))
