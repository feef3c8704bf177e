"""What people are told of the office calendar."""

from collections.abc import Iterable

from django.utils.translation import gettext as _


def missing_years(years: Iterable[int]) -> str:
    named = ", ".join(str(year) for year in sorted(set(years)))
    return _(
        "Chưa có lịch làm việc năm %(years)s nên chưa tính được hạn. "
        "Quản trị nhập tại Tổ chức, Lịch làm việc."
    ) % {"years": named}
