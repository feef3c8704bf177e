from django.db import models
from django.utils.translation import gettext_lazy as _


class DayKind(models.TextChoices):
    """What a day of the office calendar is; of Điều 111, 112 Bộ luật Lao động or by decision."""

    HOLIDAY = "holiday", _("Ngày lễ, tết")
    COMPENSATORY = "compensatory", _("Nghỉ bù")
    SWAPPED_OFF = "swapped_off", _("Nghỉ hoán đổi")
    SWAPPED_WORK = "swapped_work", _("Làm bù")
    NO_HOLIDAY = "no_holiday", _("Không nghỉ")  # takes a day of the year's list away
    WITHDRAWN = "withdrawn", _("Đã bỏ")  # says nothing any more: the year's list holds


OFF = {DayKind.HOLIDAY, DayKind.COMPENSATORY, DayKind.SWAPPED_OFF}
ENTERED = (
    DayKind.HOLIDAY,
    DayKind.COMPENSATORY,
    DayKind.SWAPPED_OFF,
    DayKind.SWAPPED_WORK,
    DayKind.NO_HOLIDAY,
)
