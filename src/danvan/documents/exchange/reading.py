"""What the readers of all envelopes do alike: dates, numbers, the files of a package."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from . import contents
from .package import File, Malformed

_DATE = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")  # 2012/08/06 · 2012-08-06T00:00:00Z
_DAY_FIRST = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")  # 06/08/2012
_TIME = re.compile(r"[T ](\d{2}):(\d{2}):(\d{2})")
UNSAID = {"n/a", "na", "-"}  # written by some systems where they know nothing


def said(words: str) -> str:
    return "" if words.lower() in UNSAID else words


def as_date(words: str) -> date | None:
    if found := _DATE.match(words):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.match(words):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def as_time(words: str) -> datetime | None:
    """Without a zone: the hour of Việt Nam, as the exchange writes it."""
    day, time = as_date(words), _TIME.search(words)
    if day is None or time is None:
        return None
    hour, minute, second = map(int, time.groups())
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second)
    except ValueError:
        return None


def as_count(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 6 else None


def joined(number: str, notation: str) -> str:
    """“267” and “VPCP-TTĐT” → “267/VPCP-TTĐT”; some senders put the whole into one of the two."""
    number, notation = said(number), said(notation)
    whole = next((one for one in (number, notation) if "/" in one), "")
    return whole or "/".join(filter(None, (number, notation)))


@dataclass(frozen=True)
class Sealed:
    """A file as it stands in a package."""

    name: str
    media_type: str
    text: str


def opened(sealed: Iterable[Sealed]) -> tuple[File, ...]:
    """The files, unpacked within one limit for all. Raises Malformed, also for none at all."""
    waiting = list(sealed)
    if not waiting:
        raise Malformed(_("Gói không kèm tệp văn bản nào. Báo nơi gửi lập lại gói."))
    if len(waiting) > contents.FILES:
        raise Malformed(_("Gói kèm quá nhiều tệp. Báo nơi gửi tách gói."))
    files: list[File] = []
    left = contents.LIMIT
    for one in waiting:
        data = contents.decoded(one.text, one.name, limit=left)
        left -= len(data)
        files.append(File(one.name, data, one.media_type or "application/octet-stream"))
    return tuple(files)
