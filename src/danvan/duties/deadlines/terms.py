"""What becomes of a due day that is extended, or whose clock stood still: plain Python."""

from datetime import date, timedelta

from danvan.workdays.rules import Calendar, LastDay, next_working_day, printed, weekday

_ARTICLE = "khoản 5 Điều 148 Bộ luật Dân sự 2015"


def extended_to(day: date, calendar: Calendar) -> LastDay:
    """A new day that was named."""
    return _worked(day, calendar, f"Gia hạn đến {weekday(day)}, {printed(day)}.")


def again_by(day: date, calendar: Calendar) -> LastDay:
    """The day until which a returned result must come again."""
    return _worked(day, calendar, f"Trả lại, nộp lại chậm nhất {weekday(day)}, {printed(day)}.")


def extended_by(nominal: date, days: int, calendar: Calendar) -> LastDay:
    """A term that is longer by some days counts from where it ended before it moved off days off."""
    day = nominal + timedelta(days=days)
    said = f"Gia hạn {days} ngày kể từ {printed(nominal)}: {weekday(day)}, {printed(day)}."
    return _worked(day, calendar, said)


def gone_on(nominal: date, *, stood_from: date, until: date, calendar: Calendar) -> LastDay:
    """The term after the clock stood still: later by the days on which it stood."""
    days = (until - stood_from).days
    day = nominal + timedelta(days=days)
    said = (
        f"Tạm dừng từ {printed(stood_from)}, làm tiếp từ {printed(until)}: {days} ngày không tính; "
        f"hạn {printed(nominal)} lùi đến {weekday(day)}, {printed(day)}."
    )
    return _worked(day, calendar, said)


def _worked(nominal: date, calendar: Calendar, said: str) -> LastDay:
    """On a working day, with how it was found."""
    reason = calendar.why_off(nominal)
    if reason is None:
        return LastDay(nominal, (said,), nominal)
    day = next_working_day(nominal, calendar)
    moved = (
        f"{printed(nominal)} là ngày nghỉ ({reason}): hạn kết thúc hết {weekday(day)}, "
        f"{printed(day)} ({_ARTICLE})."
    )
    return LastDay(day, (said, moved), nominal)
