"""What changes people, the posts they hold, and who acts for whom.

Days are as people say them: a post or a delegation is held from a day to a last day, both counted.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from danvan import clock
from danvan.audit.actions import record, record_all, seen
from danvan.refusals import NotAccepted
from danvan.text import fold, in_digits, in_vietnamese

from . import access, notices
from .access import require
from .actors import Actor
from .choices import Role
from .models import Delegation, Person, Post, Unit, UnitEvent, UnitName, User, person_sort_key

DAY = timedelta(days=1)


def until(last: date | None) -> date | None:
    """The first day after a last one."""
    return last + DAY if last else None


# People


@transaction.atomic
def add_person(
    name: str, *, form_of_address: str = "", email: str = "", phone: str = "", by: Actor
) -> Person:
    """Someone new. The same said twice, with nothing done in between, is one person."""
    require(access.can_manage_people(by))
    told = _told(name, form_of_address, email, phone)
    known = Person.objects.filter(**told)
    if again := known.filter(posts=None, user=None).first():
        return again
    _refuse_anothers_address(told["email"])
    person = Person.of(told.pop("name"), **told)
    person.save()
    record(person, "person_added", by=by)
    return person


@transaction.atomic
def change_person(
    person: Person,
    *,
    name: str,
    form_of_address: str = "",
    email: str = "",
    phone: str = "",
    by: Actor,
) -> Person:
    require(access.can_manage_people(by))
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    was, told = seen(person), _told(name, form_of_address, email, phone)
    _refuse_anothers_address(told["email"], but=person)
    for field, value in told.items():
        setattr(person, field, value)
    person.folded, person.sort_key = fold(person.name), person_sort_key(person.name)
    if seen(person) == was:
        return person
    person.save()
    if person.user_id:  # the account signs in, and gets its letters, by the same address
        User.objects.filter(pk=person.user_id).update(email=person.email)
    record(person, "person_changed", by=by, before=was)
    if person.email != was["email"]:
        notices.address_changed(person, was["email"], by=by)
    return person


def _told(name: str, form_of_address: str, email: str, phone: str) -> dict[str, str]:
    """What was typed, in order; refused where it is no name or no address."""
    name = " ".join(name.split())
    if not name:
        raise NotAccepted(_("Chưa ghi họ và tên."))
    email = email.strip().lower()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise NotAccepted(
                _("“%(email)s” không phải địa chỉ thư điện tử.") % {"email": email}
            ) from None
    return {
        "name": name,
        "form_of_address": form_of_address.strip(),
        "email": email,
        "phone": phone.strip(),
    }


def _refuse_anothers_address(email: str, *, but: Person | None = None) -> None:
    """Invitations go to the address: whose it is must be clear."""
    others = Person.objects.filter(email__iexact=email)
    if but:
        others = others.exclude(pk=but.pk)
    if email and (other := others.first()):
        raise NotAccepted(
            _("Địa chỉ %(email)s đã là của %(name)s.") % {"email": email, "name": other.name}
        )


# Posts


@transaction.atomic
def appoint(
    person: Person,
    unit: Unit,
    role: Role,
    *,
    title: str = "",
    from_: date,
    to: date | None = None,
    by: Actor,
) -> Post:
    """Give a person a post in a unit from a day on, to a last day or for good."""
    role = Role(role)
    require(access.can_appoint(by, unit, role, person))
    Unit.objects.select_for_update().get(pk=unit.pk)  # its end waits for this, and the reverse
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    validity = days(from_, to)
    _refuse_outside_the_life(unit, validity)
    held = Post.objects.filter(person=person, unit=unit, role=role, validity__overlap=validity)
    if post := held.first():
        if post.validity == validity and post.title == title.strip():
            return post
        raise NotAccepted(
            _("%(name)s đã giữ vai trò này trong thời gian đó, từ ngày %(day)s.")
            % {"name": person.name, "day": in_digits(post.validity.lower)}
        )
    post = Post.objects.create(
        person=person, unit=unit, role=role, title=title.strip(), validity=validity
    )
    record(post, "appointed", by=by, person=person.name, unit=str(unit), role=role.label)
    notices.posts_given([post], by=by)
    return post


@transaction.atomic
def change_post(post: Post, *, title: str, from_: date, to: date | None = None, by: Actor) -> Post:
    """Correct a post's title or days. Whoever holds it now may hold another: appoint him to that."""
    post = _locked(post)
    require(access.can_appoint(by, post.unit, Role(post.role), post.person))
    _refuse_ended_with_unit(post)
    was, validity = seen(post), days(from_, to)
    post.title, post.validity = title.strip(), validity
    if seen(post) == was:
        return post
    _refuse_outside_the_life(post.unit, validity)
    same = Post.objects.filter(person=post.person, unit=post.unit, role=post.role)
    if other := same.filter(validity__overlap=validity).exclude(pk=post.pk).first():
        raise NotAccepted(
            _("%(name)s đã giữ vai trò này trong thời gian đó, từ ngày %(day)s.")
            % {"name": post.person.name, "day": in_digits(other.validity.lower)}
        )
    post.save()
    _shorten_delegations([post], by=by)
    record(post, "post_changed", by=by, before=was)
    if validity != was["validity"]:
        notices.posts_given([post], by=by)
    return post


@transaction.atomic
def end_post(post: Post, *, on: date, reason: str, by: Actor) -> Post:
    """End a post; `on` is the first day on which it is no longer held."""
    post = _locked(post)
    require(access.can_appoint(by, post.unit, Role(post.role), post.person))
    if post.validity.upper == on:
        return post
    _refuse_ended_with_unit(post)
    if post.validity.upper is not None and post.validity.upper < on:
        raise NotAccepted(
            _("Người này đã thôi giữ vai trò từ ngày %(day)s.")
            % {"day": in_digits(post.validity.upper)}
        )
    if on <= post.validity.lower:
        raise NotAccepted(
            _("Vai trò này bắt đầu ngày %(day)s: chọn một ngày sau đó.")
            % {"day": in_digits(post.validity.lower)}
        )
    was = seen(post)
    post.validity = DateRange(post.validity.lower, on)
    post.save(update_fields=["validity"])
    _shorten_delegations([post], by=by)
    record(post, "post_ended", by=by, before=was, reason=reason.strip())
    return post


def end_posts_with(unit: Unit, event: UnitEvent, *, by: Actor) -> None:
    """The posts of a unit end with it, in the transaction of the event that ends it."""
    posts = Post.objects.filter(unit=unit, validity__overlap=DateRange(event.on, None))
    found = list(posts.select_for_update(of=("self",)).select_related("person"))
    late = [one for one in found if one.validity.lower >= event.on]
    if late:
        raise NotAccepted(
            _("%(name)s nhận nhiệm vụ tại %(unit)s từ ngày %(day)s: sửa ngày đó trước.")
            % {
                "name": late[0].person.name,
                "unit": unit,
                "day": in_digits(late[0].validity.lower),
            }
        )
    were = [seen(one) for one in found]
    for one in found:
        one.validity, one.ended_by = DateRange(one.validity.lower, event.on), event
    Post.objects.bulk_update(found, ["validity", "ended_by"])
    _shorten_delegations(found, by=by)
    record_all(found, "post_ended", by=by, before=were, reason=event.basis)


def _locked(post: Post) -> Post:
    rows = Post.objects.select_for_update(of=("self",)).select_related("person")
    post = rows.get(pk=post.pk)
    post.unit = Unit.objects.named(clock.today()).get(pk=post.unit_id)
    return post


def days(first: date, last: date | None) -> DateRange:
    """From a day to a last day, both counted, or for good."""
    if last is not None and last < first:
        raise NotAccepted(
            _("Ngày kết thúc %(last)s trước ngày bắt đầu %(first)s.")
            % {"last": in_digits(last), "first": in_digits(first)}
        )
    return DateRange(first, until(last))


def _refuse_outside_the_life(unit: Unit, validity: DateRange) -> None:
    """A post is held in a unit that exists, on all of its days."""
    names = UnitName.objects.filter(unit=unit).order_by("validity")
    lives = [one.validity for one in names]
    if not lives or validity.lower < lives[0].lower:
        raise NotAccepted(
            _("Ngày %(day)s chưa có đơn vị này.") % {"day": in_digits(validity.lower)}
        )
    end = lives[-1].upper
    if end is not None and (validity.upper is None or validity.upper > end):
        raise NotAccepted(
            _("Đơn vị này kết thúc từ ngày %(day)s: chọn đơn vị kế thừa, hoặc ngày trước đó.")
            % {"day": in_digits(end)}
        )


def _refuse_ended_with_unit(post: Post) -> None:
    if post.ended_by_id is not None:
        raise NotAccepted(
            _("Vai trò này đã kết thúc cùng đơn vị từ ngày %(day)s.")
            % {"day": in_digits(post.validity.upper)}
        )


# Delegations


@transaction.atomic
def delegate(
    post: Post, to: Person, *, from_: date, to_day: date, reason: str, by: Actor
) -> Delegation:
    """Lend the rights of a post to a colleague, from a day to a last day, while its holder is away."""
    post = _locked(post)
    require(access.can_delegate(by, post))
    validity, reason = days(from_, to_day), reason.strip()
    lent = post.delegations.filter(validity__overlap=validity).select_related("to").first()
    if lent and (lent.to_id, lent.validity, lent.reason) == (to.pk, validity, reason):
        return lent
    _refuse_delegation(post, to, validity, reason, by)
    if lent:
        raise NotAccepted(
            _("Vai trò này đã giao %(name)s làm thay từ %(first)s đến %(last)s.")
            % {
                "name": lent.to.name,
                "first": in_digits(lent.validity.lower),
                "last": in_digits(lent.validity.upper - DAY),
            }
        )
    delegation = Delegation.objects.create(
        post=post, to=to, validity=validity, reason=reason, made_at=clock.now()
    )
    record(delegation, "delegated", by=by, reason=reason, to=to.name)
    notices.lent(delegation, in_vietnamese(days_of)(delegation.validity), by=by)
    return delegation


def _refuse_delegation(post: Post, to: Person, validity: DateRange, reason: str, by: Actor) -> None:
    if to.pk == post.person_id:
        raise NotAccepted(_("Không giao cho chính người giữ vai trò: chọn đồng nghiệp."))
    if to.user_id is not None and to.user_id == by.user_id:
        raise NotAccepted(_("Không tự nhận làm thay: người giữ vai trò hoặc người khác giao."))
    if not reason:
        raise NotAccepted(_("Ghi lý do giao làm thay."))
    if validity.lower < clock.today():
        raise NotAccepted(_("Ngày bắt đầu làm thay đã qua: chọn từ hôm nay."))
    end = post.validity.upper
    if validity.lower < post.validity.lower or (end is not None and validity.upper > end):
        raise NotAccepted(
            _("Thời gian làm thay nằm ngoài thời gian giữ vai trò (%(days)s).")
            % {"days": days_of(post.validity)}
        )


def days_of(validity: DateRange) -> str:
    """01/7/2024 – 31/12/2024; từ 01/7/2024."""
    if validity.upper is None:
        return _("từ %(first)s") % {"first": in_digits(validity.lower)}
    return f"{in_digits(validity.lower)} – {in_digits(validity.upper - DAY)}"


@transaction.atomic
def end_delegation(delegation: Delegation, *, by: Actor) -> None:
    """From today on nobody acts for the holder; a delegation with no day behind it is taken back."""
    found = Delegation.objects.select_for_update(of=("self",)).select_related("to")
    held = found.filter(pk=delegation.pk).first()
    if held is None:
        return
    held.post = _locked(held.post)
    require(access.can_delegate(by, held.post))
    if held.validity.upper > clock.today():
        _end_delegation(held, clock.today(), by)


def _end_delegation(delegation: Delegation, on: date, by: Actor) -> None:
    was = seen(delegation)
    if delegation.validity.lower >= on:
        record(delegation, "delegation_ended", by=by, to=delegation.to.name)
        delegation.delete()
        return
    delegation.validity = DateRange(delegation.validity.lower, on)
    delegation.save(update_fields=["validity"])
    record(delegation, "delegation_ended", by=by, before=was, to=delegation.to.name)


def _shorten_delegations(posts: list[Post], *, by: Actor) -> None:
    """None outlives its post."""
    by_id = {one.pk: one for one in posts}
    found = Delegation.objects.select_for_update(of=("self",)).filter(post__in=by_id)
    for one in found.select_related("to"):
        one.post = by_id[one.post_id]
        end = one.post.validity.upper
        if one.validity.lower < one.post.validity.lower:
            _end_delegation(one, one.validity.lower, by)
        elif end is not None and one.validity.upper > end:
            _end_delegation(one, end, by)
