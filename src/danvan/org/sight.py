"""Who may see what a unit does, and why: the question of `own_units`, asked from the other side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from danvan import clock

from .choices import Role
from .models import Delegation, Post, Unit, UnitPath, with_units
from .rights import LEADING, WORKING


class Because(TextChoices):
    """Why somebody may see it, the nearest first."""

    OWN = "own", _("Người của đơn vị")
    ABOVE = "above", _("Đơn vị cấp trên")
    TAKEN_OVER = "taken_over", _("Đơn vị kế thừa, và cấp trên của đơn vị ấy")
    ASKED = "asked", _("Đơn vị giao việc hoặc xác nhận, và cấp trên của đơn vị ấy")
    PROVINCE = "province", _("Theo dõi toàn tỉnh")


@dataclass(frozen=True)
class Seer:
    """A post that may see it, or who stands in for its holder today."""

    post: Post  # its unit by name
    because: Because
    stands_in: Delegation | None = None

    @property
    def name(self) -> str:
        return self.stands_in.to.name if self.stands_in else self.post.person.name

    @property
    def has_account(self) -> bool:
        person = self.stands_in.to if self.stands_in else self.post.person
        return person.user_id is not None

    @property
    def last_day(self) -> date | None:
        """Of the delegation."""
        end = self.stands_in.validity.upper if self.stands_in else None
        return end - timedelta(days=1) if end else None


def who_may_see(unit: Unit, *, asked: Iterable[UUID] = ()) -> list[Seer]:
    """Who may see what a unit has sent, written or confirmed today; drafts are its own people's.

    `asked` are the units that laid the work on it or confirm it.
    """
    today = clock.today()
    why = _ways(unit, set(asked), today)
    province = (
        Q(role=Role.APPRAISER)
        | Q(role=Role.COORDINATOR, unit__coordinates=True)
        | Q(role__in=LEADING, unit__in=Unit.objects.at_the_top(today))
    )
    posts = with_units(
        Post.objects.held(today)
        .filter(Q(unit__in=why, role__in=WORKING) | province)
        .select_related("person")
        .order_by("person__sort_key", "id"),
        today,
    )
    seers = _with_who_stands_in(posts, why, today)
    order = list(Because)
    return sorted(seers, key=lambda one: (order.index(one.because), one.post.unit.place_in_lists))


def _ways(unit: Unit, asked: set[UUID], today: date) -> dict[UUID, Because]:
    """The units whose people may see it: the unit, those above, its successors, those who asked."""
    why: dict[UUID, Because] = {}
    paths = UnitPath.objects.filter(unit__in={unit.pk, *asked}, validity__contains=today)
    for ancestor, of, depth, inherited in paths.values_list(
        "ancestor", "unit", "depth", "inherited"
    ):
        if of != unit.pk:
            found = Because.ASKED
        elif inherited:
            found = Because.TAKEN_OVER
        else:
            found = Because.ABOVE if depth else Because.OWN
        why[ancestor] = min(found, why.get(ancestor, found), key=list(Because).index)
    return why


def _with_who_stands_in(posts: list[Post], why: dict[UUID, Because], today: date) -> Iterator[Seer]:
    lent = Delegation.objects.filter(post__in=posts, validity__contains=today)
    by_post = {one.post_id: one for one in lent.select_related("to")}
    for post in posts:
        because = why.get(post.unit_id, Because.PROVINCE)
        yield Seer(post, because)
        if post.pk in by_post:
            yield Seer(post, because, by_post[post.pk])
