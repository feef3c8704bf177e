from django.db import models
from django.utils.translation import gettext_lazy as _


class CampaignState(models.TextChoices):
    """open → closed, when the last sheet is final."""

    OPEN = "open", _("Đang chấm")
    CLOSED = "closed", _("Đã kết thúc")


class ScoreState(models.TextChoices):
    """open → self_scoring → submitted → appraising → final; what is submitted stays as it was."""

    OPEN = "open", _("Chưa chấm")
    SELF_SCORING = "self_scoring", _("Đang tự chấm")
    SUBMITTED = "submitted", _("Chờ thẩm định")
    APPRAISING = "appraising", _("Đang thẩm định")
    FINAL = "final", _("Đã chốt")


WITH_THE_UNIT = {ScoreState.OPEN, ScoreState.SELF_SCORING}
UNDER_APPRAISAL = {ScoreState.SUBMITTED, ScoreState.APPRAISING}
