"""What people are told about their addresses, and about posts that the administrator gives."""

from collections.abc import Sequence
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from danvan import clock
from danvan.notices import letters
from danvan.notices.actions import Message, tell, tell_all
from danvan.text import in_vietnamese

from .actors import Actor
from .choices import Role
from .models import Delegation, Person, Post
from .rights import WORKING


@in_vietnamese
def address_changed(person: Person, old: str, *, by: Actor) -> None:
    """Who signs in hears of it where the new address cannot hide it, and is signed in nowhere else.

    A new password is sent to the address: whoever may change that may come by the account.
    """
    if person.user_id is None or person.user_id == by.user_id:
        return
    said = {"by": by.name, "old": old or "—", "new": person.email or "—"}
    text = _("%(by)s đổi thư điện tử của ông/bà từ %(old)s thành %(new)s.") % said
    tell([person.user_id], event=f"address:{clock.now()}", text=text, about=person)
    if old:
        body = _(
            "Kính gửi ông/bà %(name)s,\n\n%(text)s Từ nay thư của phần mềm dân vận chính quyền, cả "
            "đường dẫn đặt lại mật khẩu, gửi đến địa chỉ mới.\n\nNếu địa chỉ mới không phải của "
            "ông/bà, xin báo ngay cho lãnh đạo đơn vị và %(body)s."
        )
        said = {"name": person.name, "text": text, "body": settings.DANVAN_BODY}
        letters.write(old, subject=_("Địa chỉ thư của tài khoản đã đổi"), body=body % said)
    for one in UserSession.objects.filter(user=person.user_id):
        one.end()


@in_vietnamese
def posts_given(posts: Sequence[Post], *, by: Actor) -> None:
    """The administrator takes no part in the work: who leads it hears of whom he lets in.

    Each post is told to the unit's leaders and coordinators; where a unit has none, the
    coordinating department hears of the first, and how many there are.
    """
    given = [one for one in posts if one.role in WORKING]
    if by.role != Role.ADMINISTRATOR or not given:
        return
    new = {one.pk for one in given}
    heads = _heads(Q(unit__in={one.unit_id for one in given}), but=new)
    orphans = [one for one in given if not heads.get(one.unit_id)]
    tell_all(_given(one, heads[one.unit_id], by) for one in given if heads.get(one.unit_id))
    if orphans:
        centre = _heads(Q(unit__coordinates=True), but=new)
        everyone = set().union(*centre.values())
        tell_all([_given(orphans[0], everyone, by, more=len(orphans) - 1)])


def _heads(where: Q, *, but: set[UUID]) -> dict[UUID, set[UUID]]:
    """Unit → accounts of those who lead or coordinate it today, by posts given before."""
    leading = {Role.LEADER_IN_CHARGE, Role.COORDINATOR}
    held = Post.objects.held(clock.today()).filter(where, role__in=leading).exclude(pk__in=but)
    found: dict[UUID, set[UUID]] = {}
    for unit, user in held.exclude(person__user=None).values_list("unit", "person__user"):
        found.setdefault(unit, set()).add(user)
    return found


def _given(post: Post, recipients: set[UUID], by: Actor, *, more: int = 0) -> Message:
    said = {
        "by": by.name,
        "person": post.person.name,
        "role": post.get_role_display(),
        "unit": post.unit,
        "more": more,
    }
    text = _("Quản trị %(by)s giao cho %(person)s vai trò %(role)s, %(unit)s.") % said
    if more:
        text += _(" Cùng lúc còn %(more)s vai trò khác ở những đơn vị chưa có lãnh đạo.") % said
    others = recipients - {by.user_id, post.person.user_id}
    event = f"given:{post.pk}:{post.validity.lower}:{post.validity.upper}"
    return Message(others, event, text, post.person)


@in_vietnamese
def lent(delegation: Delegation, days: str, *, by: Actor) -> None:
    """The colleague who stands in, and the holder where another lent his post."""
    post, to = delegation.post, delegation.to
    said = {
        "name": post.person.name,
        "to": to.name,
        "by": by.name,
        "role": post.get_role_display(),
        "unit": post.unit,
        "days": days,
    }
    if to.user_id is not None:
        text = _("Được giao làm thay %(name)s (%(role)s, %(unit)s), %(days)s.") % said
        tell([to.user_id], event=f"delegated:{delegation.pk}", text=text, about=delegation)
    holder = post.person.user_id
    if holder is not None and holder != by.user_id:
        text = _("%(by)s giao %(to)s làm thay (%(role)s, %(unit)s), %(days)s.") % said
        tell([holder], event=f"lent:{delegation.pk}", text=text, about=delegation)
