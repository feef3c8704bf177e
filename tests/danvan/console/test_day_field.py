import datetime

import pytest
from django import forms

from danvan.console.day_field import DayField, day_typed

DAY = datetime.date(2026, 3, 5)


@pytest.mark.parametrize(
    "typed",
    ["05/03/2026", "5/3/2026", "5/3", "5-3-2026", "5.3.26", "5 3 2026", "05032026", "2026-03-05"],
)
def test_a_day_is_read_as_people_type_it(typed, on_day):
    on_day(2026, 11, 23)
    assert DayField().clean(typed) == DAY


@pytest.mark.parametrize(
    "typed", ["32/01/2026", "29/02/2026", "5/13", "3/2026/5", "ngày mai", "0532026"]
)
def test_what_is_no_day_is_refused_in_words(typed):
    with pytest.raises(forms.ValidationError, match="ngày/tháng/năm"):
        DayField().clean(typed)
    assert day_typed(typed) is None
