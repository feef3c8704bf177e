"""Who may see figures and take them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from danvan.org.access import own_units, sees_whole_province, works_for
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.org.rights import BY_POSTS, DOING, FOLLOWING, WORKING, right

from .models import Figure


@right(
    _("Xem số liệu đã chốt"),
    roles=WORKING,
    law=_("Quyết định thiết kế 0008 và 0020 của danvan"),
    only=_("Của đơn vị mình và cấp dưới; người theo dõi toàn tỉnh: mọi đơn vị."),
    otherwise=Figure.objects.none,
)
def visible_to(by: Actor) -> QuerySet[Figure]:
    """Of one's own unit and those below; who follows the province sees all, the system administrator none."""
    if sees_whole_province(by):
        return Figure.objects.all()
    return Figure.objects.filter(unit__in=own_units(by))


@right(
    _("Mở trang Số liệu"),
    roles=WORKING,
    law=BY_POSTS,
    only=_("Mọi người làm việc; số của từng đơn vị theo quyền xem số liệu."),
)
def can_see_figures(by: Actor) -> bool:
    return True


@right(
    _("So sánh số liệu giữa các đơn vị"),
    roles=FOLLOWING,
    law=BY_POSTS,
    only=_("Người theo dõi toàn tỉnh."),
)
def can_compare_units(by: Actor) -> bool:
    """Values of every unit side by side, for who follows the province."""
    return sees_whole_province(by)


@right(
    _("Chốt số liệu"),
    roles=DOING,
    law=_("Quyết định thiết kế 0008 của danvan"),
    only=_("Của đơn vị mình; cơ quan đầu mối: mọi đơn vị."),
)
def can_take(by: Actor, unit: Unit) -> bool:
    """A unit fixes its own figures; the coordinator those of any."""
    return works_for(by, unit) or by.is_coordinator
