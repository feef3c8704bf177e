"""A date as people type it."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from danvan import clock

_SHORT = re.compile(r"\d{1,2}/\d{1,2}")


class DayField(forms.DateField):
    """Typed dd/mm/yyyy, or d/m of this year."""

    def __init__(self, **values: Any) -> None:
        invalid = gettext_lazy("Ghi ngày dạng ngày/tháng/năm, ví dụ 5/3/2026.")
        super().__init__(error_messages={"invalid": invalid}, **values)

    def to_python(self, value: Any) -> date | None:
        typed = value.strip() if isinstance(value, str) else value
        if isinstance(typed, str) and _SHORT.fullmatch(typed):
            typed = f"{typed}/{clock.today().year}"
        found: date | None = super().to_python(typed)
        return found
