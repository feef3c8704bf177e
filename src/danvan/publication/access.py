"""Who may see the list of releases, and who releases."""

from django.utils.translation import gettext_lazy as _

from danvan.org.actors import Actor
from danvan.org.rights import COORDINATING, WORKING, right

from .models import Release, ReleaseQuerySet


@right(
    _("Xem danh sách đã công khai"),
    roles=WORKING,
    law=_("Quyết định thiết kế 0012 của danvan"),
    only=_("Cả bản đã thay thế, đã gỡ; Cổng thông tin thì ai cũng xem được."),
    otherwise=Release.objects.none,
)
def visible_to(by: Actor) -> ReleaseQuerySet:
    """What was public is no secret; the list with its past is for those who work."""
    return Release.objects.all()


@right(
    _("Công khai, thay thế, gỡ xuống"),
    roles=COORDINATING,
    law=_("Luật Tiếp cận thông tin 104/2016/QH13, Điều 18 và Điều 19"),
    only=_("Chuyên viên của cơ quan đầu mối."),
)
def can_release(by: Actor) -> bool:
    """The coordinating department releases, replaces and takes down."""
    return by.is_coordinator
