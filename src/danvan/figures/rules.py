"""What a counted value is, how values add up, and how they are said."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

NONE = "—"


def value(numerator: Decimal, denominator: Decimal | None, rows: int) -> Decimal | None:
    """The number, or the ratio in per cent with two places; None where there is nothing to count."""
    if not rows or denominator == 0:
        return None
    if denominator is None:
        return numerator
    return (numerator * 100 / denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Counted:
    """What an indicator comes to; without rows there is no value, which is not the same as 0."""

    numerator: Decimal
    denominator: Decimal | None
    rows: int  # records or assignments that it rests on
    ids: tuple[UUID, ...] = ()  # which they are, where that was asked for

    @property
    def value(self) -> Decimal | None:
        return value(self.numerator, self.denominator, self.rows)

    @property
    def has_data(self) -> bool:
        return self.value is not None


def total(parts: Iterable[Counted], *, is_ratio: bool) -> Counted:
    """Sums of numerators and of denominators; never the mean of ratios."""
    known = list(parts)
    return Counted(
        numerator=sum((one.numerator for one in known), Decimal(0)),
        denominator=sum((one.denominator or Decimal(0) for one in known), Decimal(0))
        if is_ratio
        else None,
        rows=sum(one.rows for one in known),
    )


def printed(number: Decimal | int | None, *, places: int | None = None) -> str:
    """7.392 · 43,4 · 69,84; “—” for none. Without `places` as many as there are, without zeros."""
    if number is None:
        return NONE
    exact = Decimal(number)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    words = f"{exact:,f}"
    if places is None and "." in words:
        words = words.rstrip("0").rstrip(".")
    return words.replace(",", " ").replace(".", ",").replace(" ", ".")


def printed_value(number: Decimal | None, measure: str) -> str:
    """A value as it stands alone: 7.392 or 69,84%."""
    if number is None:
        return NONE
    return f"{printed(number, places=2)}%" if measure == "%" else printed(number)


def change(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """By how much a value moved; None where one of the two is missing."""
    return None if now is None or before is None else now - before


def change_in_words(now: Decimal | None, before: Decimal | None, *, measure: str) -> str:
    """“tăng 3,1 điểm phần trăm”, “giảm 12 lượt”, “không đổi”; nothing where one is missing."""
    moved = change(now, before)
    if moved is None:
        return ""
    if moved == 0:
        return "không đổi"
    unit = "điểm phần trăm" if measure == "%" else measure
    return f"{'tăng' if moved > 0 else 'giảm'} {printed(abs(moved))} {unit}"


def sentence(words: str, counted: Counted) -> str:
    """An indicator's sentence with its numbers: “Đã trả lời 46/52 ý kiến, đạt 88,46%.”"""
    found = counted.value
    places = 2 if counted.denominator is not None else None
    numbers = {
        "value": printed(found, places=places),
        "numerator": printed(counted.numerator),
        "denominator": printed(counted.denominator),
    }
    return re.sub(r"\{(\w+)\}", lambda match: numbers[match[1]], words)
