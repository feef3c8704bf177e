"""Who acts: every action takes one, and the audit keeps it."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from danvan import clock
from danvan.statements import kept

from .choices import Level, Role
from .heirs import left_to
from .models import Delegation, Post, Unit, UnitPath, User, named_units


@dataclass(frozen=True)
class Actor:
    """A signed-in person in one post, or the system itself (no user)."""

    user_id: UUID | None
    name: str
    role: Role | None
    unit: Unit | None
    address: str | None = None
    posts: tuple[Post, ...] = field(default=(), compare=False)  # one's own, held today
    lent: tuple[Delegation, ...] = field(default=(), compare=False)  # to act for colleagues, today
    acting_for: Delegation | None = None  # whose post it is, where it is a colleague's

    @property
    def on_behalf_of(self) -> str:
        """The colleague for whom it acts; empty where one acts for oneself."""
        return str(self.acting_for.post.person) if self.acting_for else ""

    @property
    def unit_id(self) -> UUID | None:
        return self.unit.pk if self.unit else None

    @property
    def own_id(self) -> UUID:
        """The account that it signed in with; refused for the system itself."""
        if self.user_id is None:
            raise PermissionDenied
        return self.user_id

    @property
    def own_unit(self) -> Unit:
        """The unit that it acts for; refused for who acts for none, as the system itself."""
        if self.unit is None:
            raise PermissionDenied
        return self.unit

    @property
    def post_label(self) -> str:
        """Chuyên viên đầu mối, Sở Nội vụ."""
        return f"{self.role.label}, {self.unit}" if self.role and self.unit else ""

    @property
    def is_coordinator(self) -> bool:
        """Follows all units: coordinator of the coordinating department, not of any other."""
        return self.role == Role.COORDINATOR and self.unit is not None and self.unit.coordinates

    @cached_property
    def stands_at_top(self) -> bool:
        """In the province's People's Committee, Council or Party committee."""
        if self.unit is None:
            return False
        return Unit.objects.at_the_top(clock.today()).filter(pk=self.unit.pk).exists()

    @cached_property
    def directly_below(self) -> frozenset[UUID]:
        """The units that stand directly under its own."""
        if self.unit is None:
            return frozenset()
        found = Unit.objects.under(self.unit, clock.today())
        return frozenset(found.values_list("pk", flat=True))

    @cached_property
    def has_nobody_above(self) -> bool:
        """No unit of this province stands over its own."""
        if self.unit is None:
            return False
        ways = UnitPath.objects.above(self.unit, clock.today()).filter(depth__gt=0, inherited=False)
        return not ways.exclude(ancestor__level=Level.CENTRAL).exists()

    @property
    def work_units(self) -> RawSQL:
        """Whose work is its own: its unit, and those that ended and went wholly into it."""
        return left_to(self.unit_id, clock.today())

    @cached_property
    def taken_over(self) -> frozenset[UUID]:
        """Those that ended and went wholly into its unit."""
        if self.unit is None:
            return frozenset()
        return frozenset(_taken_over(unit=self.unit.pk, today=clock.today()))

    @cached_property
    def kinds_below(self) -> set[tuple[str, str]]:
        """Kinds and levels of its unit and of all below it."""
        if self.unit is None:
            return set()
        paths = UnitPath.objects.below(self.unit, clock.today())
        return set(paths.values_list("unit__kind", "unit__level").distinct())

    @cached_property
    def has_units_below(self) -> bool:
        """Whether what it reads is that of more units than its own: those below, or taken over."""
        if self.unit is None:
            return False
        paths = UnitPath.objects.below(self.unit, clock.today())
        return paths.exclude(unit=self.unit).exists()


@kept
def _taken_over(unit: UUID, today: date) -> QuerySet[Unit, UUID]:
    found = Unit.objects.filter(pk__in=left_to(unit, today)).exclude(pk=unit)
    return found.values_list("pk", flat=True)


SYSTEM = Actor(user_id=None, name="danvan", role=None, unit=None)


def actor_of(user: User, *, post: str | None = None, address: str | None = None) -> Actor | None:
    """The user in the chosen post, or in the first held today; None for one who holds no post.

    `post` is the id of one of his own posts, or of a delegation that lends him a colleague's.
    """
    today = clock.today()
    posts = _posts(user=user.pk, today=today)
    if not posts:
        return None
    held = [one for one in posts if one.person.user_id == user.pk]
    lent = _lent(user, posts) if len(held) < len(posts) else []
    units = named_units({one.unit_id for one in posts}, today)
    for one in posts:
        one.unit = units[one.unit_id]
    acting_for = next((one for one in lent if str(one.pk) == post), None)
    if not held and acting_for is None:
        acting_for = lent[0]
    own = [*(one for one in held if str(one.pk) == post), *held]
    chosen = acting_for.post if acting_for else own[0]
    return Actor(
        user_id=user.pk,
        name=acting_for.to.name if acting_for else chosen.person.name,
        role=Role(chosen.role),
        unit=chosen.unit,
        address=address,
        posts=tuple(held),
        lent=tuple(lent),
        acting_for=acting_for,
    )


@kept
def _posts(user: UUID, today: date) -> QuerySet[Post]:
    """Held today: one's own, and those lent; two ways that each begin with an index."""
    theirs = Post.objects.filter(person__user=user).values("pk")
    lent_to = Delegation.objects.filter(to__user=user, validity__contains=today).values("post")
    held = Post.objects.held(today).filter(pk__in=theirs.union(lent_to, all=True))
    return held.select_related("person").order_by("id")


def _lent(user: User, posts: list[Post]) -> list[Delegation]:
    """What lends him those of the posts that are not his own, today."""
    found = Delegation.objects.filter(
        to__user=user, validity__contains=clock.today(), post__in=posts
    )
    by_id = {one.pk: one for one in posts}
    lent = list(found.select_related("to").order_by("id"))
    for one in lent:
        one.post = by_id[one.post_id]
    return lent
