from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    CENTRAL = "central", _("Trung ương")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")  # until 30/6/2025: Nghị quyết 203/2025/QH15
    COMMUNE = "commune", _("Cấp xã")
    HAMLET = "hamlet", _("Ấp, khu phố")


class UnitKind(models.TextChoices):
    PEOPLES_COMMITTEE = "peoples_committee", _("Ủy ban nhân dân")
    PEOPLES_COUNCIL = "peoples_council", _("Hội đồng nhân dân")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    PUBLIC_SERVICE_UNIT = "public_service_unit", _("Đơn vị sự nghiệp công lập")
    CENTRAL_AGENCY = "central_agency", _("Cơ quan Trung ương tại địa bàn")
    ARMED_FORCE = "armed_force", _("Lực lượng vũ trang")
    PARTY_BODY = "party_body", _("Cơ quan đảng")
    FATHERLAND_FRONT = "fatherland_front", _("Mặt trận Tổ quốc")
    MASS_ORGANISATION = "mass_organisation", _("Tổ chức chính trị - xã hội")
    COMMITTEE = "committee", pgettext_lazy("loại", "Ban Chỉ đạo, Ban Vận động")
    HAMLET = "hamlet", _("Ấp, khu phố, thôn, tổ dân phố")


# The State's plans command State bodies; these are asked (đề nghị), never commanded.
ASKED = {UnitKind.PARTY_BODY, UnitKind.FATHERLAND_FRONT, UnitKind.MASS_ORGANISATION}


# That lead a province. A department does not, nor does a board of the Party committee below it.
HEADS = {UnitKind.PEOPLES_COMMITTEE, UnitKind.PEOPLES_COUNCIL, UnitKind.PARTY_BODY}


class EventKind(models.TextChoices):
    """What happens to units. Each has its legal document; what it changed hangs on it."""

    ESTABLISHED = "established", _("Thành lập")
    MERGED = "merged", _("Hợp nhất, sáp nhập")
    SPLIT = "split", _("Chia, tách")
    RENAMED = "renamed", _("Đổi tên")
    MOVED = "moved", _("Chuyển cấp trên trực tiếp")
    LEVEL_CHANGED = "level_changed", _("Chuyển cấp, chuyển loại")
    ENDED = "ended", _("Kết thúc hoạt động")


class CodeSystem(models.TextChoices):
    """Codes of units. The same code means different units at different dates (QĐ 19/2025/QĐ-TTg)."""

    STATISTICS = "statistics", _("Mã đơn vị hành chính")  # QĐ 124/2004, then QĐ 19/2025/QĐ-TTg
    AGENCY = "agency", _("Mã định danh cơ quan")  # QĐ 20/2020/QĐ-TTg, amended by QĐ 09/2025


class Position(models.TextChoices):
    """What a member is in a steering committee."""

    HEAD = "head", _("Trưởng ban")
    DEPUTY = "deputy", _("Phó Trưởng ban")
    STANDING_MEMBER = "standing_member", _("Ủy viên thường trực")
    MEMBER = "member", _("Ủy viên")


class ReviewOutcome(models.TextChoices):
    """What a review of a steering committee comes to (TG II.5: rà soát, kiện toàn)."""

    KEPT = "kept", _("Giữ nguyên")
    STRENGTHENED = "strengthened", _("Kiện toàn")
    ENDED = "ended", pgettext_lazy("rà soát", "Kết thúc hoạt động")


class Role(models.TextChoices):
    """What a person does in a unit; rights follow from it and from the unit."""

    COORDINATOR = "coordinator", _("Chuyên viên đầu mối")
    LEADER_IN_CHARGE = "leader_in_charge", _("Lãnh đạo phụ trách")
    OFFICER = "officer_in_charge", _("Cán bộ phụ trách")
    APPRAISER = "appraiser", _("Người thẩm định")
    PETITION_HANDLER = "petition_handler", _("Người xử lý đơn")
    READER_ONLY = "reader_only", _("Lãnh đạo theo dõi")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


class Outcome(models.TextChoices):
    """What a row of a workbook comes to, before anything is changed and after."""

    NEW = "new", _("Mới")
    RENAMED = "renamed", _("Đổi tên")
    MOVED = "moved", _("Chuyển cấp trên")
    AMENDED = "amended", _("Bổ sung")
    SAME = "same", _("Không đổi")
    SKIPPED = "skipped", _("Bỏ qua")
    BAD = "bad", _("Có lỗi")


class ImportState(models.TextChoices):
    """An import is looked at, then taken in or left. Nothing changes before it is taken in."""

    PREVIEWED = "previewed", _("Chờ xác nhận")
    DONE = "done", _("Đã nhập")
    CANCELLED = "cancelled", _("Đã hủy")
