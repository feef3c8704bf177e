from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How one is told of what may wait; what is late or returned is told at once in any case."""

    AT_ONCE = "at_once", _("Ngay khi có việc")
    DAILY = "daily", _("Thư tổng hợp hằng ngày")
    NONE = "none", _("Không gửi thư")
