"""Who may see and work on documents."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.org.access import sees_whole_province, works_for
from danvan.org.actors import Actor
from danvan.org.rights import BY_POSTS, COORDINATING, DOING, WORKING, right

from .models import Document, DocumentQuerySet, Reading


@right(
    _("Đọc văn bản"),
    roles=WORKING,
    law=BY_POSTS,
    only=_(
        "Văn bản đã vào sổ: mọi người làm việc. Chưa vào sổ: đơn vị gửi lên và người theo dõi "
        "toàn tỉnh."
    ),
    otherwise=Document.objects.none,
)
def visible_to(by: Actor) -> DocumentQuerySet:
    """Registered documents are for all who work; before that for their own unit and who follows all."""
    if sees_whole_province(by):
        return Document.objects.all()
    return Document.objects.filter(Q(registered_on__isnull=False) | Q(filed_by=by.unit_id))


@right(
    _("Đưa văn bản chỉ đạo vào hệ thống"),
    roles=COORDINATING,
    law=_("Nghị định 30/2020/NĐ-CP, Điều 4; quyết định thiết kế 0020 của danvan"),
    only=_("Chuyên viên của cơ quan đầu mối."),
)
def can_add(by: Actor) -> bool:
    """Directive documents are entered by the coordinating department."""
    return by.is_coordinator


@right(
    _("Nộp văn bản của đơn vị mình"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Kế hoạch, báo cáo mà đơn vị phải nộp."),
)
def can_hand_in(by: Actor) -> bool:
    """Officers in charge hand in documents of their own unit."""
    return True


@right(
    _("Đối chiếu kết quả đọc văn bản"),
    roles=DOING,
    law=_("Quyết định thiết kế 0004 của danvan"),
    only=_("Đơn vị gửi văn bản lên; cơ quan đầu mối với mọi văn bản."),
)
def can_proofread(by: Actor, reading: Reading) -> bool:
    return can_check(by, reading.document)


@right(
    _("Sửa, xác nhận điều đọc được từ văn bản"),
    roles=DOING,
    law=_("Quyết định thiết kế 0004 của danvan"),
    only=_("Đơn vị gửi văn bản lên; cơ quan đầu mối với mọi văn bản."),
)
def can_check(by: Actor, document: Document) -> bool:
    """The unit that filed the document checks its reading; the coordinator may check any."""
    return by.is_coordinator or works_for(by, document.filed_by)
