from django.db import models
from django.utils.translation import gettext_lazy as _


class ReleaseKind(models.TextChoices):
    """What a release is made of."""

    DOCUMENT = "document", _("Kế hoạch, văn bản")
    REPORT = "report", _("Kết quả theo kỳ")
    RESULTS = "results", _("Kết quả chấm điểm")


# Why it is made public: Luật Tiếp cận thông tin 2016 (104/2016/QH13), Điều 19.
BASIS = {
    ReleaseKind.DOCUMENT: _("Điều 19 Luật Tiếp cận thông tin 2016: chương trình, kế hoạch"),
    ReleaseKind.REPORT: _("Điều 19 Luật Tiếp cận thông tin 2016: kết quả thực hiện"),
    ReleaseKind.RESULTS: _("Điều 19 Luật Tiếp cận thông tin 2016: kết quả thực hiện"),
}


class ReleaseState(models.TextChoices):
    """released → replaced, by a newer version of the same; or → taken_down."""

    RELEASED = "released", _("Đã công khai")
    REPLACED = "replaced", _("Đã thay bản mới")
    TAKEN_DOWN = "taken_down", _("Đã gỡ")
