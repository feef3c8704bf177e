"""The only source of now and today. `DANVAN_TODAY` (a date) fixes the day; its hours go on."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    real = datetime.now(ZONE)
    if settings.DANVAN_TODAY is None:
        return real
    return datetime.combine(settings.DANVAN_TODAY, real.timetz())


def today() -> date:
    return now().date()


def start_of_year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=ZONE)
