"""What an address says beside a form, which nobody has checked: a number, an id."""

from uuid import UUID

_DIGITS = 6  # pages and places in a list; more is no number that a page of ours writes


def counted(written: str) -> int:
    """The number; 0 where it is none."""
    return int(written) if written.isdecimal() and len(written) <= _DIGITS else 0


def as_uuid(written: str) -> UUID | None:
    """None is the id of nothing."""
    try:
        return UUID(written.strip())
    except ValueError:
        return None
