from django.db import models
from django.utils.translation import gettext_lazy as _


class ReadingState(models.TextChoices):
    """queued → reading → read → proofread; or unreadable, with the reason in words."""

    QUEUED = "queued", _("Chờ đọc")
    READING = "reading", _("Đang đọc")
    READ = "read", _("Chờ đối chiếu")
    PROOFREAD = "proofread", _("Đã đối chiếu")
    UNREADABLE = "unreadable", _("Không đọc được")


class ItemState(models.TextChoices):
    """What a person has said of one item of a reading."""

    UNSEEN = "unseen", _("Chưa xem")
    WEAK = "weak", _("Cần xem kỹ")
    CONFIRMED = "confirmed", _("Đúng")
    CORRECTED = "corrected", _("Đã sửa")
    ADDED = "added", _("Thêm tay")
    DROPPED = "dropped", _("Đã loại")


class Verdict(models.TextChoices):
    CONFIRM = "confirm", _("Đúng")
    CORRECT = "correct", _("Sửa")
    DROP = "drop", _("Loại")
    ADD = "add", _("Thêm")


class Relation(models.TextChoices):
    MENTIONS = "mentions", _("Viện dẫn")
    BASIS = "basis", _("Căn cứ")
    CONCRETISES = "concretises", _("Cụ thể hóa")
    REPLACES = "replaces", _("Thay thế")
    AMENDS = "amends", _("Sửa đổi, bổ sung")
    ABOLISHES = "abolishes", _("Bãi bỏ")


class CitationStanding(models.TextChoices):
    """Whether it is known which document a citation means."""

    RESOLVED = "resolved", _("Đã rõ")
    AMBIGUOUS = "ambiguous", _("Có nhiều văn bản trùng số")
    UNKNOWN = "unknown", _("Chưa rõ văn bản")
    SET_ASIDE = "set_aside", _("Không cần liên kết")


class ValidityKind(models.TextChoices):
    """What can happen to a document's validity: Luật Ban hành văn bản quy phạm pháp luật 2025, Điều 53-57."""

    IN_FORCE = "in_force", _("Có hiệu lực")
    AMENDED = "amended", _("Được sửa đổi, bổ sung")
    CONTINUED = "continued", _("Tiếp tục thực hiện")
    REPLACED = "replaced", _("Được thay thế")
    PART_ENDED = "part_ended", _("Bị bãi bỏ một phần")
    SUSPENDED = "suspended", _("Ngưng hiệu lực")
    ABOLISHED = "abolished", _("Bị bãi bỏ")
    EXPIRED = "expired", _("Hết thời hạn hiệu lực")


ENDING = {ValidityKind.REPLACED, ValidityKind.ABOLISHED, ValidityKind.EXPIRED}
# It goes on, yet not as it was.
LIMITING = {ValidityKind.AMENDED, ValidityKind.PART_ENDED, ValidityKind.SUSPENDED}


class Validity(models.TextChoices):
    """How a document holds on a day."""

    IN_FORCE = "in_force", _("Còn hiệu lực")
    NOT_YET = "not_yet", _("Chưa có hiệu lực")
    ENDING = "ending", _("Sắp hết hiệu lực")
    SUSPENDED = "suspended", _("Đang ngưng hiệu lực")
    ENDED = "ended", _("Hết hiệu lực")
    REPLACED = "replaced", _("Đã được thay thế")
    UNKNOWN = "unknown", _("Chưa rõ hiệu lực")


class PackageState(models.TextChoices):
    TAKEN = "taken", _("Đã nhận")
    REFUSED = "refused", _("Không nhận được")
    WRITTEN = "written", _("Đã lập")


class DeliveryWay(models.TextChoices):
    SYSTEM = "system", _("Trong hệ thống")
    EDXML = "edxml", _("Gói edXML")
    MAIL = "mail", _("Thư điện tử")
    FILE = "file", _("Tệp, bản giấy")


class DeliveryState(models.TextChoices):
    SENT = "sent", _("Đã gửi")
    RECEIVED = "received", _("Đã nhận")
    REFUSED = "refused", _("Từ chối nhận")


class ReceiptStatus(models.TextChoices):
    """What a receiver says of a document: StatusCode of the exchange of documents.

    The same codes stand in six programs independent of each other. In one of them 03 and 02 also
    answer a recall; the kit of the national axis answers it by 15 and 16, and so does danvan.
    """

    ARRIVED = "01", _("Đã đến")
    REFUSED = "02", _("Từ chối nhận")
    ACCEPTED = "03", _("Đã tiếp nhận")
    ASSIGNED = "04", _("Đã phân công")
    IN_PROGRESS = "05", _("Đang xử lý")
    DONE = "06", _("Đã hoàn thành")
    WITHDRAWN = "13", _("Đề nghị thu hồi")  # the sender asks for it back
    AGREED = "15", _("Đồng ý thu hồi, cập nhật")
    DECLINED = "16", _("Không đồng ý thu hồi, cập nhật")
