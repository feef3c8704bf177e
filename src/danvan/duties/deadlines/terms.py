"""What becomes of a due day that is extended, or whose clock stood still: plain Python."""

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
