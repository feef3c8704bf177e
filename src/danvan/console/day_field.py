"""A date as people type it."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from danvan import clock

_TYPED = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2})(?:[/.\-\s](\d{2}|\d{4}))?|(\d{2})(\d{2})(\d{4})")


class DayField(forms.DateField):
    """Typed dd/mm/yyyy, d/m of this year, or eight digits where a telephone's keys have no stroke."""

    def __init__(self, **values: Any) -> None:
        invalid = gettext_lazy("Ghi ngày dạng ngày/tháng/năm, ví dụ 5/3/2026.")
        super().__init__(error_messages={"invalid": invalid}, **values)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """For the scripts: slashes by themselves, the browser's picker beside."""
        return {"data-date": "", "inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> date | None:
        typed = value.strip() if isinstance(value, str) else value
        if isinstance(typed, str) and (parts := _TYPED.fullmatch(typed)):
            day, month, year = (parts[1], parts[2], parts[3]) if parts[1] else parts.group(4, 5, 6)
            typed = f"{day}/{month}/{_whole(year)}"
        found: date | None = super().to_python(typed)
        return found


def day_typed(typed: str | None) -> date | None:
    """The day that stands in an address, as typed or as links write it; None where it is none."""
    try:
        found: date | None = DayField(required=False).clean(typed)
    except forms.ValidationError:
        return None
    return found


def _whole(year: str | None) -> str:
    if year is None:
        return str(clock.today().year)
    return f"20{year}" if len(year) == 2 else year
