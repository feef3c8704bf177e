from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountState(models.TextChoices):
    """How far a person has come: invited, working, locked by an administrator. Derived, not stored."""

    NONE = "none", _("Chưa mời")
    INVITED = "invited", _("Đã mời")
    LAPSED = "lapsed", _("Lời mời hết hạn")
    WORKING = "working", _("Đang dùng")
    LOCKED = "locked", _("Đã khóa")
