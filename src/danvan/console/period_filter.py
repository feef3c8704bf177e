"""The choice of a period that stands in the address of lists and figures."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan import clock
from danvan.periods import Period, parse, quarter_of, quarters, window

from .choosing import offer


def begun_periods() -> list[Period]:
    """Years and quarters of this year and the last, and the months of this year, newest first."""
    today = clock.today()
    years = [today.year, today.year - 1]
    found = [Period(year, "Y") for year in years]
    found += [one for year in years for one in reversed(quarters(year))]
    found += [Period(today.year, f"M{month:02d}") for month in range(12, 0, -1)]
    return [one for one in found if window(one)[0] <= today]


class PeriodFilter(forms.Form):
    period = forms.ChoiceField(label=gettext_lazy("Kỳ"), required=False)

    def __init__(self, data: Any) -> None:
        typed = data.get("period", "")
        chosen = _parsed(typed) or quarter_of(clock.today())
        super().__init__({**data.dict(), "period": str(chosen)})
        self.chosen = chosen
        known = begun_periods()
        if chosen not in known:
            known.append(chosen)
        groups = ((_("Quý"), "Q"), (_("Tháng"), "M"), (_("Năm"), "Y"), (_("Kỳ khác"), "HN"))
        offer(
            self,
            "period",
            [
                (label, options)
                for label, parts in groups
                if (
                    options := [
                        (str(one), capfirst(one.label)) for one in known if one.part[0] in parts
                    ]
                )
            ],
        )

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of the chosen period; a report counts to its own cut-off day."""
        start, end = window(self.chosen)
        return start, end - timedelta(days=1)


def _parsed(code: str) -> Period | None:
    try:
        return parse(code)
    except ValueError:
        return None
