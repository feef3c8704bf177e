"""Who is told about a unit's work today: those who do it, those who lead it, and who acts for them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from danvan.org.choices import Role
from danvan.org.heirs import now_at
from danvan.org.models import Delegation, Person, Post

DOING, LEADING = "doing", "leading"
_WHAT = {
    Role.OFFICER: DOING,
    Role.COORDINATOR: DOING,
    Role.LEADER_IN_CHARGE: LEADING,
}


@dataclass(frozen=True)
class Row:
    """An account that is told of a unit's work; the unit may have ended and left it to another."""

    unit: UUID
    what: str
    user: UUID


def rows(units: Iterable[UUID], today: date) -> list[Row]:
    """Everybody who is told of these units' work, in three queries however many they are.

    Who holds the post today, and who acts for him by a delegation. Locked accounts are told nothing.
    """
    doing = now_at(set(units), today)
    posts = list(
        Post.objects.held(today)
        .filter(unit__in=list(doing), role__in=list(_WHAT))
        .values_list("pk", "unit", "role", "person__user", "person__user__is_active")
    )
    acting = _acting([pk for pk, *_rest in posts], today)
    found = set()
    for pk, unit, role, user, is_active in posts:
        told = {*acting[pk], *([user] if user and is_active else [])}
        what = _WHAT[Role(role)]
        found |= {Row(left, what, one) for left in doing[unit] for one in told}
    return sorted(found, key=lambda row: (row.unit, row.what, row.user))


def _acting(posts: list[UUID], today: date) -> Mapping[UUID, list[UUID]]:
    lent = Delegation.objects.filter(
        validity__contains=today, to__user__is_active=True, post__in=posts
    )
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for post, user in lent.values_list("post", "to__user"):
        found[post].append(user)
    return found


def coordinators(today: date) -> set[UUID]:
    """Who coordinates the whole province today, and who acts for them."""
    held = Post.objects.held(today).filter(role=Role.COORDINATOR, unit__coordinates=True)
    posts = list(held.filter(person__user__is_active=True).values_list("pk", "person__user"))
    acting = _acting(list(held.values_list("pk", flat=True)), today)
    return {user for _pk, user in posts} | {one for told in acting.values() for one in told}


def at_work(today: date) -> list[tuple[UUID, UUID]]:
    """Person and account of everybody who holds a post today: work can be entrusted to them."""
    held = Post.objects.held(today).filter(person__user__is_active=True)
    return list(held.values_list("person", "person__user").distinct())


def addresses(users: Iterable[UUID]) -> dict[UUID, Person]:
    """Account → the person, where letters can reach him."""
    found = Person.objects.filter(user__in=list(users), user__is_active=True).exclude(email="")
    return {one.user_id: one for one in found if one.user_id}
