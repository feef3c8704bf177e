"""When a letter that was not taken is tried again."""

from datetime import timedelta

PAUSES = (1, 5, 15, 60, 240, 720)  # minutes
DAILY = timedelta(days=1)


def pause_after(tries: int) -> timedelta:
    """1, 5, 15, 60 minutes, 4, 12 hours, then daily: a letter is delayed, never given up."""
    return timedelta(minutes=PAUSES[tries - 1]) if tries <= len(PAUSES) else DAILY
