"""Who may see, keep and change records."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from danvan import clock
from danvan.org.access import own_units, sees_whole_province, works_for
from danvan.org.actors import Actor
from danvan.org.models import Unit
from danvan.org.rights import BY_POSTS, DOING, WORKING, right

from .choices import RecordState
from .definitions import Register
from .models import Record, RecordQuerySet


@right(
    _("Đọc sổ theo dõi"),
    roles=WORKING,
    law=BY_POSTS,
    only=_("Của đơn vị mình và cấp dưới; người theo dõi toàn tỉnh: mọi đơn vị."),
    otherwise=Record.objects.none,
)
def visible_to(by: Actor) -> RecordQuerySet:
    """Of one's own unit and those below; who follows the province sees all, the system administrator none."""
    if sees_whole_province(by):
        return Record.objects.all()
    return Record.objects.filter(unit__in=own_units(by))


@right(
    _("Giữ sổ theo dõi"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Sổ mà loại đơn vị mình phải giữ, theo định nghĩa của sổ."),
)
def can_keep(by: Actor, register: Register) -> bool:
    """Does the work of a unit that keeps this register."""
    unit = by.unit
    if unit is None or not works_for(by, unit):
        return False
    return register.is_kept_by(kind=unit.kind, level=unit.level)


@right(
    _("Ghi vào sổ"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Vào sổ của đơn vị mình."),
)
def can_write(by: Actor, register: Register, unit: Unit) -> bool:
    return by.unit_id == unit.pk and can_keep(by, register)


@right(
    _("Mở một sổ theo dõi"),
    roles=WORKING,
    law=BY_POSTS,
    only=_("Sổ mà đơn vị mình hoặc cấp dưới phải giữ; người theo dõi toàn tỉnh: mọi sổ."),
)
def can_see_register(by: Actor, register: Register) -> bool:
    """Those in a unit that keeps it or stands over one that does, and who follows the province."""
    if sees_whole_province(by):
        return True
    return any(register.is_kept_by(kind=kind, level=level) for kind, level in by.kinds_below)


@right(
    _("Sửa, hủy dòng đã ghi"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Của đơn vị mình, chưa hủy; phải ghi lý do, bản cũ vẫn còn."),
)
def can_change(by: Actor, record: Record) -> bool:
    """Its unit may correct it as long as it is not void."""
    return works_for(by, record.unit) and record.state != RecordState.VOID


@right(
    _("Mở thông tin cá nhân trong sổ"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Trong sổ của đơn vị mình; mỗi lần mở được ghi vào nhật ký."),
)
def can_open_personal(by: Actor, record: Record) -> bool:
    """Those who keep the register; who follows the province reads it without the names."""
    return works_for(by, record.unit)


@right(
    _("Theo dõi kết luận đối thoại"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Đơn vị đã ghi kết luận, hoặc cơ quan đầu mối."),
)
def can_conclude(by: Actor, record: Record) -> bool:
    """Its unit, or the coordinator, follows up what was concluded."""
    if not record.conclusion or record.state == RecordState.VOID:
        return False
    return works_for(by, record.unit) or by.is_coordinator


@right(
    _("Chọn đơn vị thực hiện kết luận"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Đơn vị mình; cơ quan đầu mối: mọi đơn vị."),
    otherwise=Unit.objects.none,
)
def can_be_asked(by: Actor) -> QuerySet[Unit]:
    """The units that one may lay a conclusion on: the coordinator any, an officer one's own."""
    units = Unit.objects.named(clock.today())
    if by.is_coordinator:
        return units.existing(clock.today())
    return units.filter(pk__in=[by.unit_id])


@right(
    _("Dùng bản ghi làm minh chứng"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Bản ghi trong sổ của đơn vị mình, chưa hủy."),
)
def can_prove_with(by: Actor, record: Record) -> bool:
    """One's own unit's record proves its result, as long as it is not void."""
    return works_for(by, record.unit) and record.state != RecordState.VOID


@right(
    _("Gắn chủ đề vào bản ghi"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Đơn vị ghi sổ, với chủ đề cơ quan đầu mối đã đặt; cơ quan đầu mối: mọi bản ghi."),
)
def can_label(by: Actor, record: Record) -> bool:
    """Its unit, or the coordinator; themes themselves are the coordinator's to set."""
    return by.is_coordinator or works_for(by, record.unit)
