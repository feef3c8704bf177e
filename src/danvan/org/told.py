"""Who is told today about what concerns a unit or a post: the one place that every stage asks.

Who holds the post, and who acts for him by a delegation; of a unit that ended, those of its successor;
of a unit without an officer, its leader in charge. Locked accounts are told nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from danvan import clock

from .choices import Role
from .heirs import left_to_each, now_at
from .models import Delegation, Person, Post, PostQuerySet

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
    """Everybody who is told of these units' work, in three queries however many they are."""
    left = now_at(set(units), today)
    posts = Post.objects.held(today).filter(unit__in=list(left), role__in=list(_WHAT))
    found = {
        Row(unit, _WHAT[Role(one.role)], user)
        for one in _filled(posts, today)
        for unit in left[one.unit]
        for user in one.users
    }
    has_somebody = {row.unit for row in found if row.what == DOING}
    found |= {Row(row.unit, DOING, row.user) for row in found if row.unit not in has_somebody}
    return sorted(found, key=lambda row: (row.unit, row.what, row.user))


def by_unit(units: Iterable[UUID | None]) -> dict[UUID, list[UUID]]:
    """Unit → the accounts of those who do its work today, or act for them."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for row in rows({one for one in units if one}, clock.today()):
        if row.what == DOING:
            found[row.unit].append(row.user)
    return found


def of_units(units: Iterable[UUID | None]) -> list[UUID]:
    """The accounts of those who do the work of any of these units today, or act for them."""
    return sorted({user for users in by_unit(units).values() for user in users})


def of_posts(posts: PostQuerySet) -> list[UUID]:
    """The accounts of those who hold these posts, and of who acts for them today."""
    return sorted({user for one in _filled(posts, clock.today()) for user in one.users})


@dataclass(frozen=True)
class _Filled:
    """A post, and the accounts of those who fill it."""

    unit: UUID
    role: str
    person: UUID
    users: frozenset[UUID]


def _filled(posts: PostQuerySet, today: date) -> list[_Filled]:
    held = list(
        posts.order_by().values_list(
            "pk", "unit", "role", "person", "person__user", "person__user__is_active"
        )
    )
    acting = _acting([pk for pk, *_rest in held], today)
    return [
        _Filled(unit, role, person, frozenset({*acting[pk], *([user] if user and active else [])}))
        for pk, unit, role, person, user, active in held
    ]


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
    return set(of_posts(held))


@dataclass(frozen=True, order=True)
class Entrusted:
    """Somebody to whom work of a unit can be entrusted, and an account that hears of it for him."""

    person: UUID
    unit: UUID
    user: UUID


def entrusted(today: date, *, people: Iterable[UUID] | None = None) -> list[Entrusted]:
    """Those who hold a post in a unit today: to them its work can be entrusted.

    Who left the unit is none of them, though he holds a post elsewhere: its officers hear instead.
    """
    posts = Post.objects.held(today)
    if people is not None:
        posts = posts.filter(person__in=list(people))
    filled = _filled(posts, today)
    works_of: dict[UUID, set[UUID]] = defaultdict(set)
    for unit, heirs in left_to_each({one.unit for one in filled}, today).items():
        for heir in heirs:
            works_of[heir].add(unit)
    return sorted(
        {
            Entrusted(one.person, unit, user)
            for one in filled
            for unit in works_of[one.unit]
            for user in one.users
        }
    )


def addresses(users: Iterable[UUID]) -> dict[UUID, Person]:
    """Account → the person, where letters can reach him."""
    found = Person.objects.filter(user__in=list(users), user__is_active=True).exclude(email="")
    return {one.user_id: one for one in found if one.user_id}
