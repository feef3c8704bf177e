"""Who may manage accounts, and who must prove more than a password."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from danvan import clock
from danvan.org.access import can_manage_people
from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.models import Person, Post, User
from danvan.org.rights import ADMINISTERING, BY_POSTS, right
from danvan.statements import kept

from .models import RolePolicy

# Recovery codes alone are none: they are for the day on which the real one is lost.
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


@right(
    _("Quản lý tài khoản"),
    roles=ADMINISTERING,
    law=BY_POSTS,
    only=_("Mời, khóa, mở khóa, kết thúc phiên, đặt lại bước hai; tự mình làm."),
    in_person=True,
)
def can_manage_accounts(by: Actor) -> bool:
    return can_manage_people(by)


@right(
    _("Khóa tài khoản"),
    roles=ADMINISTERING,
    law=BY_POSTS,
    only=_("Của người khác, không phải của mình."),
    in_person=True,
)
def can_lock(by: Actor, user: User) -> bool:
    """Anybody's but one's own: so that a working administrator is always left."""
    return can_manage_accounts(by) and user.pk != by.user_id


def has_second_factor(user: object) -> bool:
    return Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()


@right(
    _("Được nhắc đặt bước xác thực thứ hai"),
    roles=Role,
    law=BY_POSTS,
    only=_("Khi vai trò của mình, hoặc vai trò được ủy quyền, bắt buộc có bước hai."),
    otherwise=list,
)
def roles_in_need(by: Actor) -> list[RolePolicy]:
    """The actor's roles that ask for a second factor, while there is none; lent ones count too."""
    roles = {one.role for one in by.posts} | {one.post.role for one in by.lent}
    return _in_need(user=by.user_id, roles=roles)


@kept
def _in_need(user: UUID | None, roles: set[str]) -> QuerySet[RolePolicy]:
    factors = Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS)
    policies = RolePolicy.objects.filter(role__in=roles, second_factor_required=True)
    return policies.filter(~Exists(factors))


def must_keep_second_factor(user: User) -> bool:
    """Holds a role, or acts for who holds one, that asks for a second factor."""
    return required_roles(user).exists()


def required_roles(user: User) -> QuerySet[RolePolicy]:
    today = clock.today()
    held = Post.objects.held(today).filter(person__user=user)
    lent = Post.objects.filter(
        delegations__to__user=user, delegations__validity__contains=today
    ).filter(validity__contains=today)
    roles = [*held.values_list("role", flat=True), *lent.values_list("role", flat=True)]
    return RolePolicy.objects.filter(role__in=roles, second_factor_required=True)


def with_factors(people: QuerySet[Person]) -> QuerySet[Person]:
    """With `has_second_factor` of each one's account."""
    factors = Authenticator.objects.filter(user=OuterRef("user"), type__in=SECOND_FACTORS)
    return people.annotate(has_second_factor=Exists(factors))


def administrators() -> QuerySet[User]:
    """Accounts that work and administer, today."""
    held = Post.objects.held(clock.today()).filter(role=Role.ADMINISTRATOR)
    return User.objects.filter(is_active=True, person__posts__in=held).distinct()


def lacking_by_role() -> dict[str, int]:
    """Role → how many hold it today, work with an account, and have no second factor."""
    factors = Authenticator.objects.filter(user=OuterRef("person__user"), type__in=SECOND_FACTORS)
    posts = Post.objects.held(clock.today()).filter(~Exists(factors), person__user__is_active=True)
    counted = posts.values("role").annotate(people=Count("person", distinct=True))
    return dict(counted.values_list("role", "people"))
