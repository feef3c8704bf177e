"""The end of the chain on a day, to be printed and kept where nobody of the database comes."""

from datetime import date, datetime, time, timedelta

from danvan import clock

from . import head, rules
from .models import Digest, Seal

ONE_DAY = timedelta(days=1)


def close_days() -> list[Digest]:
    """A digest for every day that is over and has none, from the first seal's day on."""
    day = _next_day()
    made = []
    while day is not None and day < clock.today():
        digest, is_new = Digest.objects.get_or_create(day=day, defaults=_values(day))
        made += [digest] if is_new else []
        day += ONE_DAY
    return made


def is_due() -> bool:
    """Is a day over that has no digest yet?"""
    day = _next_day()
    return day is not None and day < clock.today()


def digest_of(day: date) -> Digest | None:
    """The digest of a day; of today as far as it went, which is not stored. None of days to come."""
    stored = Digest.objects.filter(day=day).first()
    if stored is not None or day != clock.today():
        return stored
    return Digest(day=day, **_values(day))


def text_of(digest: Digest, *, body: str) -> str:
    said = rules.Statement(digest.day, digest.entries, digest.position, bytes(digest.hash))
    made_at = digest.made_at.astimezone(clock.ZONE)
    return rules.printed(said, bytes(digest.mac), body=body, made_at=made_at)


def _next_day() -> date | None:
    newest = Digest.objects.first()
    if newest is not None:
        return newest.day + ONE_DAY
    first = Seal.objects.order_by("position").first()
    return first.sealed_at.astimezone(clock.ZONE).date() if first else None


def _values(day: date) -> dict[str, object]:
    midnight = datetime.combine(day + ONE_DAY, time(), tzinfo=clock.ZONE)
    up_to = Seal.objects.filter(sealed_at__lt=midnight)
    last = up_to.order_by("-position").first()
    said = rules.Statement(
        day=day,
        entries=up_to.filter(sealed_at__gte=midnight - ONE_DAY).count(),
        position=last.position if last else 0,
        hash=bytes(last.hash) if last else rules.BEGINNING,
    )
    return {
        "entries": said.entries,
        "position": said.position,
        "hash": said.hash,
        "mac": said.mac(head.key()),
        "made_at": clock.now(),
    }
