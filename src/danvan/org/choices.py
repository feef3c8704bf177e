from django.db import models
from django.utils.translation import gettext_lazy as _


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


# The State's plans command State bodies; these are asked (đề nghị), never commanded.
ASKED = {UnitKind.PARTY_BODY, UnitKind.FATHERLAND_FRONT, UnitKind.MASS_ORGANISATION}


class Role(models.TextChoices):
    """What a person does in a unit; rights follow from it and from the unit."""

    COORDINATOR = "coordinator", _("Chuyên viên đầu mối")
    OFFICER = "officer_in_charge", _("Cán bộ phụ trách")
    APPRAISER = "appraiser", _("Người thẩm định")
    LEADER = "reader_only", _("Lãnh đạo theo dõi")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")
