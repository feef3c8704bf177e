"""Who may see and work on documents."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from danvan.org.access import sees_whole_province, works_for
from danvan.org.actors import Actor
from danvan.org.rights import BY_POSTS, COORDINATING, DOING, WORKING, right

from .models import Delivery, Document, DocumentQuerySet, ExchangePackage, Reading


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
    """Registered documents are for all who work; before that for their own unit and who follows all.

    Files that were set aside are in no list: `kept_for` knows them.
    """
    return kept_for(by).filter(discarded_at=None)


@right(
    _("Xem lại tệp đã bỏ"),
    roles=WORKING,
    law=BY_POSTS,
    only=_("Như quyền đọc văn bản."),
    otherwise=Document.objects.none,
)
def kept_for(by: Actor) -> DocumentQuerySet:
    """Those that one may see, with the files that were set aside: one may take them back."""
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


@right(
    _("Nhập gói edXML"),
    roles=DOING,
    law=_("Quyết định 28/2018/QĐ-TTg; quyết định thiết kế 0026 của danvan"),
    only=_("Vào văn bản đến của đơn vị mình."),
)
def can_exchange(by: Actor) -> bool:
    """Who hands in documents of his unit brings in the packages that it was sent."""
    return can_hand_in(by)


@right(
    _("Xem gói edXML đã nhập, đã lập"),
    roles=DOING,
    law=_("Quyết định thiết kế 0026 của danvan"),
    only=_("Của đơn vị mình; cơ quan đầu mối: mọi gói."),
    otherwise=ExchangePackage.objects.none,
)
def packages_of(by: Actor) -> QuerySet[ExchangePackage]:
    if by.is_coordinator:
        return ExchangePackage.objects.all()
    return ExchangePackage.objects.filter(unit__in=by.work_units)


@right(
    _("Gửi văn bản đến nơi nhận"),
    roles=DOING,
    law=_("Nghị định 30/2020/NĐ-CP, Điều 18; quyết định thiết kế 0026 của danvan"),
    only=_("Văn bản đã vào sổ, của đơn vị mình; cơ quan đầu mối: mọi văn bản."),
)
def can_send(by: Actor, document: Document) -> bool:
    return document.registered_on is not None and can_check(by, document)


@right(
    _("Xem văn bản gửi đi đâu, nơi nào đã nhận"),
    roles=WORKING,
    law=_("Quyết định thiết kế 0026 của danvan"),
    only=_("Đơn vị gửi, đơn vị nhận và người theo dõi toàn tỉnh."),
    otherwise=Delivery.objects.none,
)
def deliveries_of(by: Actor) -> QuerySet[Delivery]:
    """What one's unit sent or was sent; an address of e-mail is nobody else's business."""
    if sees_whole_province(by):
        return Delivery.objects.all()
    own = by.work_units
    return Delivery.objects.filter(Q(unit__in=own) | Q(document__filed_by__in=own))


@right(
    _("Báo đã nhận, từ chối nhận văn bản đến"),
    roles=DOING,
    law=_("Nghị định 30/2020/NĐ-CP, Điều 21, Điều 22"),
    only=_("Văn bản gửi đến đơn vị mình."),
)
def can_receive(by: Actor, delivery: Delivery) -> bool:
    return works_for(by, delivery.unit)


@right(
    _("Bỏ tệp tải lên nhầm, khôi phục tệp đã bỏ"),
    roles=DOING,
    law=_("Quyết định thiết kế 0024 của danvan"),
    only=_("Khi văn bản chưa vào sổ: đơn vị gửi văn bản lên; cơ quan đầu mối với mọi văn bản."),
)
def can_discard(by: Actor, document: Document) -> bool:
    return can_check(by, document)


@right(
    _("Rút lại việc xác nhận kết quả đọc"),
    roles=DOING,
    law=_("Quyết định thiết kế 0024 của danvan"),
    only=_(
        "Khi chưa ai làm gì tiếp theo văn bản: đơn vị gửi văn bản lên; cơ quan đầu mối với mọi "
        "văn bản."
    ),
)
def can_take_back(by: Actor, document: Document) -> bool:
    return document.attachment_id is not None and can_check(by, document)


@right(
    _("Xác định văn bản được viện dẫn, ghi văn bản chưa có tệp"),
    roles=COORDINATING,
    law=_("Quyết định thiết kế 0024 của danvan"),
    only=_("Chuyên viên của cơ quan đầu mối."),
)
def can_settle(by: Actor) -> bool:
    """One decision holds for all documents that cite it so."""
    return by.is_coordinator


@right(
    _("Ghi hiệu lực của văn bản"),
    roles=COORDINATING,
    law=_("Quyết định thiết kế 0024 của danvan"),
    only=_("Chuyên viên của cơ quan đầu mối."),
)
def can_say_validity(by: Actor, document: Document) -> bool:
    return by.is_coordinator


@right(
    _("Ghi đã rà soát văn bản của đơn vị mình"),
    roles=DOING,
    law=_("Quyết định thiết kế 0024 của danvan"),
    only=_("Văn bản do đơn vị mình ban hành; cơ quan đầu mối với mọi văn bản."),
)
def can_review(by: Actor, document: Document) -> bool:
    """The unit that issued it reviews it; the coordinator may for any."""
    return by.is_coordinator or works_for(by, document.issued_by or document.filed_by)


@right(
    _("Xem văn bản của đơn vị mình có căn cứ hết hiệu lực"),
    roles=DOING,
    law=_("Quyết định thiết kế 0024 của danvan"),
    only=_("Văn bản do đơn vị mình ban hành; cơ quan đầu mối xem cả tỉnh."),
)
def can_see_reviews(by: Actor) -> bool:
    return by.unit is not None


@right(
    _("Ghi văn bản là chương trình phối hợp, các bên và thời hạn"),
    roles=COORDINATING,
    law=_("Quyết định thiết kế 0025 của danvan"),
    only=_("Chuyên viên của cơ quan đầu mối."),
)
def can_bind(by: Actor, document: Document) -> bool:
    """Who is bound sees what the programme asks of all its parties, so one body says who is."""
    return by.is_coordinator
