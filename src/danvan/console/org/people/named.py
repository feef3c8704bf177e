"""What the pages of people share: names and days of posts and delegations, whom one may appoint."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from danvan import clock
from danvan.org import access
from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.models import Delegation, Person, Post, Unit

DAY = timedelta(days=1)
ANYBODY = Person()  # for asking whether there is anybody whom one may appoint


def can_appoint_anybody(by: Actor) -> bool:
    """In one's own unit at least."""
    return by.unit is not None and access.can_appoint(by, by.unit, Role.OFFICER, ANYBODY)


def with_their_units(posts: Iterable[Post]) -> list[Post]:
    """Each with its unit, by the name that it had on the post's last day, or has."""
    rows = list(posts)
    ids = {one.unit_id for one in rows}
    names = Unit.objects.prefetch_related("names").in_bulk(ids)
    for one in rows:
        unit = names[one.unit_id]
        day = _last_day_of(one)
        called = [name.name for name in unit.names.all() if day in name.validity]
        one.unit = Unit(pk=unit.pk, code=unit.code, kind=unit.kind, level=unit.level)
        one.unit.name = called[0] if called else unit.name
    return rows


def _last_day_of(post: Post) -> date:
    today = clock.today()
    end = post.validity.upper
    return end - DAY if end is not None and end <= today else max(today, post.validity.lower)


def lent_posts(found: QuerySet[Delegation]) -> list[Delegation]:
    rows = list(found.select_related("post__person", "to").order_by("-validity")[:20])
    posts = {one.pk: one for one in with_their_units(one.post for one in rows)}
    for one in rows:
        one.post = posts[one.post_id]
    return rows
