"""Who may see reports, write them, decide on them and consolidate them."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.org.access import own_units, sees_whole_province, works_for
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.org.rights import BY_POSTS, COORDINATING, DOING, FOLLOWING, WORKING, right

from .choices import FROZEN
from .models import Report, ReportQuerySet


@right(
    _("Đọc báo cáo"),
    roles=WORKING,
    law=BY_POSTS,
    only=_(
        "Của đơn vị mình; đã gửi của cấp dưới; người theo dõi toàn tỉnh: đã gửi của mọi đơn vị. "
        "Bản nháp chỉ đơn vị lập được xem."
    ),
    otherwise=Report.objects.none,
)
def visible_to(by: Actor) -> ReportQuerySet:
    """One's own unit's, and what those below sent; who follows the province sees all that was sent.

    A draft is seen by nobody but its unit.
    """
    own = Q(unit__in=by.work_units)
    if sees_whole_province(by):
        return Report.objects.filter(own | Q(state__in=FROZEN))
    return Report.objects.filter(own | Q(unit__in=own_units(by), state__in=FROZEN))


@right(
    _("Mở trang Báo cáo"),
    roles=WORKING,
    law=BY_POSTS,
    only=_("Mọi người làm việc."),
)
def can_see_reports(by: Actor) -> bool:
    return True


@right(
    _("Xem ai đã, ai chưa gửi báo cáo"),
    roles=FOLLOWING,
    law=BY_POSTS,
    only=_("Người theo dõi toàn tỉnh."),
)
def can_see_matrix(by: Actor) -> bool:
    return sees_whole_province(by)


@right(
    _("Lập báo cáo"),
    roles=DOING,
    law=_("Nghị định 09/2019/NĐ-CP, Điều 8"),
    only=_("Đơn vị báo cáo: của đơn vị mình."),
)
def can_open(by: Actor, unit: Unit) -> bool:
    """A unit's officer writes its report."""
    return works_for(by, unit)


@right(
    _("Viết báo cáo"),
    roles=DOING,
    law=_("Nghị định 09/2019/NĐ-CP, Điều 8"),
    only=_("Khi còn là bản nháp; bản tổng hợp do cơ quan đầu mối viết."),
)
def can_write(by: Actor, report: Report) -> bool:
    """As long as it is a draft; a consolidated one only by the coordinator."""
    if not report.is_draft:
        return False
    return can_consolidate(by) if report.is_consolidated else can_open(by, report.unit)


@right(
    _("Gửi báo cáo"),
    roles=DOING,
    law=_("Nghị định 09/2019/NĐ-CP, Điều 8"),
    only=_("Báo cáo của đơn vị mình, không phải bản tổng hợp."),
)
def can_submit(by: Actor, report: Report) -> bool:
    return can_open(by, report.unit) and not report.is_consolidated


@right(
    _("Lập bản thay thế"),
    roles=DOING,
    law=_("Quyết định thiết kế 0008 của danvan"),
    only=_("Đơn vị đã lập bản đang có hiệu lực; bản cũ vẫn còn."),
)
def can_revise(by: Actor, report: Report) -> bool:
    """Who wrote what is in force may begin its next version."""
    return can_consolidate(by) if report.is_consolidated else can_open(by, report.unit)


@right(
    _("Nhận hoặc trả lại báo cáo"),
    roles=COORDINATING,
    law=_("Nghị định 09/2019/NĐ-CP, Điều 8"),
    only=_("Chuyên viên của cơ quan nhận báo cáo; không phải báo cáo của đơn vị mình."),
)
def can_decide(by: Actor, report: Report) -> bool:
    """The coordinator of the unit that it was sent to; nobody his own unit's report."""
    return (
        by.is_coordinator
        and by.unit_id == report.addressee_id
        and not report.is_consolidated
        and not works_for(by, report.unit)
    )


@right(
    _("Tổng hợp, ban hành báo cáo của tỉnh"),
    roles=COORDINATING,
    law=_("Nghị định 09/2019/NĐ-CP, Điều 8"),
    only=_("Chuyên viên của cơ quan đầu mối."),
)
def can_consolidate(by: Actor) -> bool:
    return by.is_coordinator


@right(
    _("Gắn chủ đề vào báo cáo"),
    roles=DOING,
    law=BY_POSTS,
    only=_(
        "Đơn vị lập báo cáo, với chủ đề cơ quan đầu mối đã đặt; cơ quan đầu mối: báo cáo đã gửi."
    ),
)
def can_label(by: Actor, report: Report) -> bool:
    """Whose report it is, also once it was sent: a label changes no word of it. Or the coordinator."""
    return works_for(by, report.unit) or (by.is_coordinator and not report.is_draft)
