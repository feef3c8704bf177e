"""The secret address of one's own calendar: made when one first asks for it, renewed when it leaked."""

from uuid import UUID, uuid4

from django.db import transaction

from danvan.audit.actions import record
from danvan.org.actors import Actor
from danvan.org.models import User


@transaction.atomic
def make(*, by: Actor) -> UUID:
    """The key of one's calendar; the one there is, if there is one."""
    user = User.objects.select_for_update().get(pk=by.own_id)
    if user.feed_key is not None:
        return user.feed_key
    key = _give(user)
    record(user, "feed_made", by=by)  # that there is one, never which
    return key


@transaction.atomic
def renew(*, by: Actor) -> UUID:
    """Another key: who knows the old address reads nothing from now on."""
    user = User.objects.select_for_update().get(pk=by.own_id)
    key = _give(user)
    record(user, "feed_renewed", by=by)
    return key


def _give(user: User) -> UUID:
    key = uuid4()  # random, unlike ids, which tell when they were made
    user.feed_key = key
    user.save(update_fields=["feed_key"])
    return key


def reader(key: UUID) -> User | None:
    """Whose calendar it is; nobody's where the account is locked."""
    return User.objects.filter(feed_key=key, is_active=True).first()
