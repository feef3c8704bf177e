"""Who acts: every action takes one, and the audit keeps it."""

from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import PermissionDenied

from danvan import clock

from .choices import Role
from .models import Post, Unit, User


@dataclass(frozen=True)
class Actor:
    """A signed-in person in one post, or the system itself (no user)."""

    user_id: UUID | None
    name: str
    role: Role | None
    unit: Unit | None
    address: str | None = None
    posts: tuple[Post, ...] = field(default=(), compare=False)

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


SYSTEM = Actor(user_id=None, name="danvan", role=None, unit=None)


def actor_of(user: User, *, post: str | None = None, address: str | None = None) -> Actor | None:
    """The user in the chosen post, or in the first held today; None for one who holds no post."""
    today = clock.today()
    held = list(
        Post.objects.held(today).filter(person__user=user).select_related("person").order_by("id")
    )
    units = Unit.objects.named(today).in_bulk({one.unit_id for one in held})
    for one in held:
        one.unit = units[one.unit_id]
    if not held:
        return None
    chosen = next((one for one in held if str(one.pk) == post), held[0])
    return Actor(
        user_id=user.pk,
        name=chosen.person.name,
        role=Role(chosen.role),
        unit=chosen.unit,
        address=address,
        posts=tuple(held),
    )
