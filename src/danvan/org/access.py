"""Who may see and do what with units and people; `require` is how every action asks."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from danvan import clock

from .actors import Actor
from .choices import Role
from .models import Person, Post, Unit, UnitPath
from .rights import ADMINISTERING, BY_POSTS, DOING, FOLLOWING, LEADING, WORKING, right


def require(answer: bool) -> None:
    """Refuse, where the answer of an access rule is no."""
    if not answer:
        raise PermissionDenied


@right(
    _("Theo dõi toàn tỉnh"),
    roles=FOLLOWING,
    law=BY_POSTS,
    only=_(
        "Chuyên viên của cơ quan đầu mối; người thẩm định; lãnh đạo của Ủy ban nhân dân, "
        "Hội đồng nhân dân, cấp ủy tỉnh."
    ),
)
def sees_whole_province(by: Actor) -> bool:
    """The coordinating department, appraisers, and the leaders of the province follow all units."""
    if by.role in LEADING:
        return by.stands_at_top
    return by.is_coordinator or by.role == Role.APPRAISER


@right(
    _("Tham gia công việc"),
    roles=WORKING,
    law=_("Luật Tố cáo 25/2018/QH14, Điều 9 và Điều 56; quyết định thiết kế 0020 của danvan"),
    only=_("Quản trị hệ thống chỉ quản lý tài khoản, không xem công việc, đơn thư."),
)
def works(by: Actor) -> bool:
    """Takes part in the work itself; the system administrator does not (design, rights)."""
    return True


@right(
    _("Làm việc của đơn vị mình"),
    roles=DOING,
    law=BY_POSTS,
    only=_(
        "Của đúng đơn vị trong chức vụ đang giữ và của đơn vị đã nhập toàn bộ vào đó, không làm "
        "thay đơn vị cấp dưới."
    ),
)
def works_for(by: Actor, unit: Unit | None) -> bool:
    """Does the work of this unit: its officer or leader in charge, or its coordinator.

    What a unit that went wholly into another left undone is the other's.
    """
    return unit is not None and (by.unit_id == unit.pk or unit.pk in by.taken_over)


@right(
    _("Đọc việc của đơn vị mình và cấp dưới"),
    roles=WORKING,
    law=BY_POSTS,
    only=_("Gồm cả việc của những đơn vị đã nhập vào; bản nháp chỉ đơn vị lập được xem."),
    otherwise=lambda: UnitPath.objects.none().values_list("unit", flat=True),
)
def own_units(by: Actor) -> QuerySet[UnitPath, UUID]:
    """The ids of the actor's unit, of all below it, and of those they took over from, today.

    What a post may read follows from the tree: `unit__in=own_units(by)`.
    """
    return units_read(by.unit_id, clock.today())


def units_read(unit: UUID | None, today: date) -> QuerySet[UnitPath, UUID]:
    """Those whose work is read from a unit."""
    paths = UnitPath.objects.filter(ancestor=unit, validity__contains=today)
    return paths.values_list("unit", flat=True)


@right(
    _("Xem cây tổ chức"),
    roles=Role,
    law=BY_POSTS,
    only=_("Ai đang giữ chức vụ cũng xem được."),
)
def can_see_units(by: Actor) -> bool:
    """The tree of units is no secret: everyone in a post sees it."""
    return by.unit is not None


@right(
    _("Ghi sự kiện tổ chức, sửa cây đơn vị"),
    roles=ADMINISTERING | {Role.COORDINATOR},
    law=BY_POSTS,
    only=_("Chuyên viên đầu mối chỉ khi thuộc cơ quan đầu mối; sự kiện phải có văn bản căn cứ."),
)
def can_change_units(by: Actor) -> bool:
    """Events of units are entered by the administrator, or by the coordinating department."""
    return by.role == Role.ADMINISTRATOR or by.is_coordinator


@right(
    _("Quản lý người và tài khoản"),
    roles=ADMINISTERING,
    law=BY_POSTS,
    only=_("Tự mình làm, không qua ủy quyền."),
    in_person=True,
)
def can_manage_people(by: Actor) -> bool:
    """People and accounts are the administrator's, in person."""
    return True


@right(
    _("Xem thư điện tử, điện thoại công vụ và lịch sử chức vụ"),
    roles=Role,
    law=BY_POSTS,
    only=_(
        "Của mình và của đồng nghiệp cùng đơn vị; quản trị và người theo dõi toàn tỉnh: của mọi "
        "người."
    ),
)
def can_see_contact(by: Actor, person: Person, posts: Iterable[Post]) -> bool:
    if person.user_id is not None and person.user_id == by.user_id:
        return True
    same = any(one.unit_id == by.unit_id for one in posts)
    return same or by.role == Role.ADMINISTRATOR or sees_whole_province(by)


@right(
    _("Giao, thôi giao chức vụ"),
    roles=ADMINISTERING | {Role.COORDINATOR, Role.LEADER_IN_CHARGE},
    law=BY_POSTS,
    only=_(
        "Quản trị: mọi chức vụ; cơ quan đầu mối: lãnh đạo và cán bộ phụ trách của mọi đơn vị; "
        "lãnh đạo phụ trách: cán bộ phụ trách của đơn vị mình. Không ai tự giao chức vụ cho mình."
    ),
    in_person=True,
)
def can_appoint(by: Actor, unit: Unit, role: Role, person: Person) -> bool:
    """The administrator any post; the coordinator and a unit's leader those who do its work.

    Nobody gives a post to himself, nor any in another's name.
    """
    if person.user_id is not None and person.user_id == by.user_id:
        return False
    if by.role == Role.ADMINISTRATOR:
        return True
    doing = {Role.OFFICER, Role.LEADER_IN_CHARGE}
    if by.is_coordinator:
        return role in doing
    return by.role == Role.LEADER_IN_CHARGE and by.unit_id == unit.pk and role == Role.OFFICER


@right(
    _("Ủy quyền làm thay"),
    roles=Role,
    law=_("Nghị định 30/2020/NĐ-CP, Điều 13; quyết định thiết kế 0020 của danvan"),
    only=_(
        "Người giữ chức vụ, lãnh đạo phụ trách của đơn vị, hoặc quản trị; có thời hạn, "
        "không ủy quyền lại."
    ),
    in_person=True,
)
def can_delegate(by: Actor, post: Post) -> bool:
    """The holder in person, his unit's leader in charge, or the administrator; never further on."""
    if any(one.pk == post.pk for one in by.posts):
        return True
    leads = by.role == Role.LEADER_IN_CHARGE and by.unit_id == post.unit_id
    return leads or by.role == Role.ADMINISTRATOR


@right(
    _("Xem nhật ký"),
    roles=ADMINISTERING | LEADING,
    law=BY_POSTS,
    only=_(
        "Quản trị và lãnh đạo tỉnh: toàn bộ; lãnh đạo khác: việc do người của đơn vị mình làm, "
        "hoặc về đơn vị mình. Nội dung đơn thư không nằm trong nhật ký."
    ),
)
def can_see_audit(by: Actor) -> bool:
    return by.unit is not None


@right(
    _("Xem toàn bộ nhật ký, kiểm tra toàn vẹn, in bản niêm phong"),
    roles=ADMINISTERING | LEADING,
    law=BY_POSTS,
    only=_("Quản trị hệ thống; lãnh đạo của Ủy ban nhân dân, Hội đồng nhân dân, cấp ủy tỉnh."),
)
def can_see_whole_audit(by: Actor) -> bool:
    """Entries hold what was written, drafts too, so that elsewhere a leader sees his own unit's."""
    return by.role == Role.ADMINISTRATOR or sees_whole_province(by)


@right(
    _("Đổi chức vụ đang làm việc"),
    roles=Role,
    law=BY_POSTS,
    only=_("Giữa các chức vụ của mình và các chức vụ được ủy quyền còn hiệu lực."),
)
def can_switch_to(by: Actor, chosen: str) -> bool:
    """One of one's own posts, or one lent by a delegation."""
    return any(str(one.pk) == chosen for one in (*by.posts, *by.lent))


@right(
    _("Xem bảng “Ai được làm gì”"),
    roles=Role,
    law=BY_POSTS,
    only=_("Quản trị và cơ quan đầu mối xem mọi vai trò; người khác xem vai trò của mình."),
)
def can_see_rights(by: Actor) -> bool:
    return by.unit is not None


@right(
    _("Xem quyền của mọi vai trò"),
    roles=ADMINISTERING | {Role.COORDINATOR},
    law=BY_POSTS,
    only=_("Chuyên viên đầu mối chỉ khi thuộc cơ quan đầu mối."),
)
def can_see_all_rights(by: Actor) -> bool:
    return by.role == Role.ADMINISTRATOR or by.is_coordinator
