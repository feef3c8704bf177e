"""The only source of now and today. `DANVAN_TODAY` (a date) fixes the day; its hours go on."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)


def now() -> datetime:
    if moment := _fixed.get():
        return moment
    real = datetime.now(ZONE)
    if settings.DANVAN_TODAY is None:
        return real
    return datetime.combine(settings.DANVAN_TODAY, real.timetz())


def today() -> date:
    return now().date()


def start_of_year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=ZONE)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Everything inside happens at this moment: how a past is written that was never lived."""
    before = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(before)
