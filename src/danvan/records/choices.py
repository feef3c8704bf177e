from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordState(models.TextChoices):
    """saved, or questioned until it is corrected or its number is kept with a reason; void ends it."""

    SAVED = "saved", _("Đã ghi")
    QUESTIONED = "questioned", _("Cần kiểm tra")
    VOID = "void", _("Đã hủy")


class Group(models.TextChoices):
    """The groups of registers, in the order in which they are listed."""

    RECEPTION_AND_DIALOGUE = "reception_and_dialogue", _("Tiếp dân, đối thoại")
    GRASSROOTS_DEMOCRACY = "grassroots_democracy", _("Dân chủ ở cơ sở")
    SUPERVISION_AND_OPINIONS = "supervision_and_opinions", _("Giám sát, góp ý")
    ADMINISTRATIVE_REFORM = "administrative_reform", _("Cải cách hành chính")
    EXEMPLARS = "exemplars", _("Dân vận khéo")
    TRAINING_AND_COMMUNICATION = "training_and_communication", _("Tập huấn, tuyên truyền")
    RESOURCES = "resources", _("Nguồn lực")
    EMULATION = "emulation", _("Thi đua")
