"""What becomes of a due day that is extended, or whose clock stood still: plain Python."""

import re
from datetime import date, timedelta

from danvan.workdays.rules import Calendar, LastDay, onto_a_working_day, printed, weekday


def extended_to(day: date, calendar: Calendar) -> LastDay:
    """A new day that was named."""
    return onto_a_working_day(day, calendar, (f"Gia hạn đến {weekday(day)}, {printed(day)}.",))


def again_by(day: date, calendar: Calendar) -> LastDay:
    """The day until which a returned result must come again."""
    return onto_a_working_day(
        day, calendar, (f"Trả lại, nộp lại chậm nhất {weekday(day)}, {printed(day)}.",)
    )


def extended_by(nominal: date, days: int, calendar: Calendar) -> LastDay:
    """A term that is longer by some days counts from where it ended before it moved off days off."""
    day = nominal + timedelta(days=days)
    said = f"Gia hạn {days} ngày kể từ {printed(nominal)}: {weekday(day)}, {printed(day)}."
    return onto_a_working_day(day, calendar, (said,))


def gone_on(nominal: date, *, stood_from: date, until: date, calendar: Calendar) -> LastDay:
    """The term after the clock stood still: later by the days on which it stood."""
    days = (until - stood_from).days
    day = nominal + timedelta(days=days)
    said = (
        f"Tạm dừng từ {printed(stood_from)}, làm tiếp từ {printed(until)}: {days} ngày không tính; "
        f"hạn {printed(nominal)} lùi đến {weekday(day)}, {printed(day)}."
    )
    return onto_a_working_day(day, calendar, (said,))


_FROM_AN_EVENT = re.compile(
    r"(?:(?:trong|chậm\s+nhất|sau)\b[^.;,]{0,30}?)?\b\d{1,3}\s+(?:\([^)]{1,30}\)\s+)?"
    r"(?:giờ|ngày(?:\s+làm\s+việc)?|tuần|tháng),?\s+(?:(?:kể|tính)\s+)?(?:từ|sau)\s+(?:ngày|khi|lúc)\s+"
    r"(?:nhận|tiếp\s+nhận|có|phát\s+sinh|kết\s+thúc|hoàn\s+thành)\b[^.;,)]{0,80}",
    re.IGNORECASE,
)


def from_an_event(sentence: str) -> str:
    """“trong 10 ngày kể từ ngày nhận được văn bản”: the words of a term that begins on a day which no
    document tells; empty where there is none.
    """
    found = _FROM_AN_EVENT.search(" ".join(sentence.split()))
    return found[0].strip() if found else ""
