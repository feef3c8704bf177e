"""Who may see duties and do what with assignments."""

from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from danvan.documents.models import Document, Party
from danvan.org.access import own_units, sees_whole_province, works_for
from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.models import Unit
from danvan.org.rights import (
    ADMINISTERING,
    BY_POSTS,
    COORDINATING,
    DOING,
    FOLLOWING,
    LEADING,
    WORKING,
    right,
)

from .choices import Origin
from .models import Assignment, AssignmentQuerySet, Difficulty, Duty, Evidence, PlanDraft


@right(
    _("Xem nhiệm vụ đã giao"),
    roles=WORKING,
    law=BY_POSTS,
    only=_(
        "Việc mà đơn vị mình và cấp dưới phải làm, đã giao hoặc là nơi xác nhận; việc của chương "
        "trình phối hợp mà đơn vị là một bên; người theo dõi toàn tỉnh: mọi việc."
    ),
    otherwise=Assignment.objects.none,
)
def visible_to(by: Actor) -> AssignmentQuerySet:
    """What one's own unit and those below are to do, ask for and confirm; the coordinator sees all.

    And the activities of a coordination programme, whichever of its parties does them.
    """
    if by.is_coordinator:
        return Assignment.objects.all()
    if sees_whole_province(by):
        return Assignment.objects.laid()
    own = own_units(by)
    bound = Party.objects.filter(unit__in=own)
    duties = Duty.objects.filter(
        Q(asked_by__in=own) | Q(confirmed_by__in=own) | Q(document__in=bound.values("document"))
    )
    return Assignment.objects.laid().filter(
        Q(_IsAnyOf("unit", own))
        | Q(_IsAnyOf("duty", duties.order_by().values_list("pk", flat=True)))
    )


class _IsAnyOf(Func):
    """`… = ANY(ARRAY(…))`: found once, so that two ways in (a unit, a duty) each begin with an index."""

    template, arg_joiner = "(%(expressions)s))", " = ANY("
    output_field = BooleanField()

    def __init__(self, field: str, ids: QuerySet[Any, UUID]) -> None:
        super().__init__(F(field), ArraySubquery(ids))


@right(
    _("Xem bảng theo dõi nhiệm vụ của mọi đơn vị"),
    roles=FOLLOWING,
    law=BY_POSTS,
    only=_("Người theo dõi toàn tỉnh."),
)
def can_see_matrix(by: Actor) -> bool:
    return sees_whole_province(by)


@right(
    _("Giao nhiệm vụ của văn bản"),
    roles=COORDINATING,
    law=BY_POSTS,
    only=_("Chuyên viên của cơ quan đầu mối; cơ quan đảng, Mặt trận, đoàn thể chỉ được đề nghị."),
)
def can_assign(by: Actor) -> bool:
    """Duties of documents are laid on units by the coordinating department."""
    return by.is_coordinator


@right(
    _("Giao việc theo kết luận"),
    roles=DOING,
    law=BY_POSTS,
    only=_(
        "Cho đơn vị mình; cơ quan đầu mối cho mọi đơn vị, riêng cơ quan đảng, Mặt trận, đoàn thể "
        "chỉ được đề nghị."
    ),
)
def can_ask(by: Actor, unit: Unit) -> bool:
    """A conclusion is laid on the unit that drew it, by its officer; on others by the coordinator."""
    return by.is_coordinator or works_for(by, unit)


@right(
    _("Tiếp nhận việc"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Việc của đơn vị mình, chưa nộp kết quả."),
)
def can_acknowledge(by: Actor, assignment: Assignment) -> bool:
    return works_for(by, assignment.unit)


@right(
    _("Đề nghị xem lại, đề nghị gia hạn, phân công, cập nhật tiến độ, giao cấp dưới"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Việc của đơn vị mình; việc trả lời khó khăn, vướng mắc có trang riêng."),
)
def can_do(by: Actor, assignment: Assignment) -> bool:
    """What the unit itself does with its work on the way to the result."""
    return works_for(by, assignment.unit) and assignment.duty.origin != Origin.DIFFICULTY


@right(
    _("Gia hạn, tạm dừng, chuyển đơn vị, thôi giao, kết thúc theo dõi"),
    roles=DOING,
    law=BY_POSTS,
    only=_(
        "Nơi giao việc (đơn vị đã giao xuống cấp dưới), hoặc cơ quan đầu mối. Không ai quyết định "
        "việc của đơn vị mình: việc đơn vị tự đặt ra do đơn vị cấp trên trực tiếp quyết định; không "
        "có cấp trên trong tỉnh thì lãnh đạo phụ trách của đơn vị."
    ),
)
def can_steer(by: Actor, assignment: Assignment) -> bool:
    """Who laid it on: the unit that handed it down, else who asked for the duty; or the coordinator.

    Nobody his own unit's work. What a unit laid on itself is steered by the unit directly above it;
    where none stands above, by its own leader.
    """
    if assignment.duty.origin == Origin.DIFFICULTY:
        return False
    if works_for(by, assignment.unit):
        is_its_own = works_for(by, assignment.asking)
        return is_its_own and by.role == Role.LEADER_IN_CHARGE and by.has_nobody_above
    if by.is_coordinator or works_for(by, assignment.asking):
        return True
    return assignment.asking.pk == assignment.unit_id and assignment.unit_id in by.directly_below


@right(
    _("Chuyển việc đến một đơn vị, giao xuống cấp dưới"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Đơn vị trực thuộc mình; cơ quan đầu mối: mọi đơn vị."),
)
def can_give_to(by: Actor, unit: Unit) -> bool:
    return by.is_coordinator or own_units(by).filter(unit=unit).exists()


@right(
    _("Trao đổi về một việc"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Đơn vị thực hiện, nơi giao việc, nơi xác nhận và cơ quan đầu mối."),
)
def can_write_to(by: Actor, assignment: Assignment) -> bool:
    sides = (assignment.unit, assignment.asking, assignment.confirming)
    return by.is_coordinator or any(works_for(by, one) for one in sides)


@right(
    _("Nộp kết quả việc được giao"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Việc của đơn vị mình, còn mở hoặc bị trả lại."),
)
def can_hand_in(by: Actor, assignment: Assignment) -> bool:
    """The assignment's own unit hands in; a difficulty is answered on its own page."""
    return works_for(by, assignment.unit) and assignment.duty.origin != Origin.DIFFICULTY


@right(
    _("Trả lời đề nghị"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Đơn vị được đề nghị; cơ quan đầu mối ghi thay."),
)
def can_answer(by: Actor, assignment: Assignment) -> bool:
    """A request is answered by the unit asked, or noted for it by the coordinator."""
    return works_for(by, assignment.unit) or by.is_coordinator


@right(
    _("Xác nhận hoặc trả lại kết quả"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Nơi xác nhận, hoặc cơ quan đầu mối; không ai xác nhận kết quả của đơn vị mình."),
)
def can_decide(by: Actor, assignment: Assignment) -> bool:
    """The unit that confirms results, or the coordinator; nobody a result of his own unit."""
    if works_for(by, assignment.unit):
        return False
    return by.is_coordinator or works_for(by, assignment.confirming)


@right(
    _("Nhắc việc"),
    roles=COORDINATING,
    law=BY_POSTS,
    only=_("Chuyên viên của cơ quan đầu mối."),
)
def can_remind(by: Actor) -> bool:
    return by.is_coordinator


@right(
    _("Xem một nhiệm vụ với mọi đơn vị thực hiện"),
    roles=WORKING,
    law=BY_POSTS,
    only=_("Đơn vị có việc trong nhiệm vụ ấy, và người theo dõi toàn tỉnh."),
)
def can_see_duty(by: Actor, duty: Duty) -> bool:
    if visible_to(by).filter(duty=duty).exists():
        return True
    return sees_whole_province(by) and not duty.assignments.exists()  # else it is only proposed


@right(
    _("Xem trang Điều hành"),
    roles=LEADING | COORDINATING,
    law=BY_POSTS,
    only=_("Lãnh đạo tỉnh và cơ quan đầu mối: toàn tỉnh; lãnh đạo khác: đơn vị mình và cấp dưới."),
)
def can_lead(by: Actor) -> bool:
    """What is late, whose and since when: leaders of their own, the coordinator of all."""
    return by.unit is not None and (by.role in LEADING or by.is_coordinator)


@right(
    _("Đặt chủ đề, chương trình và gắn vào nhiệm vụ"),
    roles=COORDINATING,
    law=BY_POSTS,
    only=_("Chuyên viên của cơ quan đầu mối, theo văn bản đề ra chủ đề."),
)
def can_label(by: Actor) -> bool:
    """Themes of the year and programmes are the coordinating department's to set and to give."""
    return by.is_coordinator


@right(
    _("Soạn kế hoạch của đơn vị"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Của đơn vị mình; nộp rồi thì không sửa nữa, bị trả lại thì soạn bản mới."),
)
def can_write_plan(by: Actor, unit: Unit) -> bool:
    return works_for(by, unit)


@right(
    _("Xem kế hoạch đang soạn"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Chỉ đơn vị soạn được xem bản nháp; nơi khác xem bản đã nộp."),
    otherwise=PlanDraft.objects.none,
)
def drafts_of(by: Actor) -> QuerySet[PlanDraft]:
    return PlanDraft.objects.filter(unit__in=by.work_units)


@right(
    _("Xem khó khăn, vướng mắc"),
    roles=WORKING,
    law=BY_POSTS,
    only=_(
        "Của đơn vị mình và cấp dưới, hoặc do đơn vị mình trả lời; người theo dõi toàn tỉnh: tất cả."
    ),
    otherwise=Difficulty.objects.none,
)
def difficulties_visible_to(by: Actor) -> QuerySet[Difficulty]:
    if sees_whole_province(by):
        return Difficulty.objects.all()
    own = own_units(by)
    return Difficulty.objects.filter(
        Q(unit__in=own) | Q(handled_by__in=own) | Q(steps__unit=by.unit_id)
    ).distinct()


@right(
    _("Mở danh sách khó khăn, vướng mắc"),
    roles=WORKING,
    law=BY_POSTS,
    only=_("Ai tham gia công việc cũng mở được; thấy những gì thuộc phạm vi của mình."),
)
def can_see_difficulties(by: Actor) -> bool:
    return True


@right(
    _("Nêu khó khăn, vướng mắc"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Của đơn vị mình."),
)
def can_raise(by: Actor, unit: Unit) -> bool:
    return works_for(by, unit)


@right(
    _("Trả lời, chuyển cấp trên khó khăn, vướng mắc"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Đơn vị đang phải trả lời."),
)
def can_answer_difficulty(by: Actor, difficulty: Difficulty) -> bool:
    return works_for(by, difficulty.handled_by)


@right(
    _("Ghi đã xem khó khăn, vướng mắc của cấp dưới"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Đơn vị cấp trên trực tiếp của nơi nêu, khi nơi khác trả lời."),
)
def can_take_note(by: Actor, difficulty: Difficulty) -> bool:
    """The unit directly above the one that raised it; who must answer it answers instead."""
    return difficulty.unit_id in by.directly_below and not works_for(by, difficulty.handled_by)


@right(
    _("Đề nghị trả lời lại, kết thúc khó khăn, vướng mắc"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Đơn vị đã nêu."),
)
def can_follow_difficulty(by: Actor, difficulty: Difficulty) -> bool:
    return works_for(by, difficulty.unit)


@right(
    _("Xem kế hoạch đơn vị đã nộp và độ phủ nội dung"),
    roles=WORKING,
    law=BY_POSTS,
    only=_(
        "Kế hoạch của đơn vị mình và cấp dưới, hoặc nộp cho đơn vị mình; người theo dõi toàn tỉnh: "
        "mọi kế hoạch."
    ),
    otherwise=Document.objects.none,
)
def plans_visible_to(by: Actor) -> QuerySet[Document]:
    """Of one's own plans, those below, and those that are handed in to one's own unit.

    Who names another's document as proof of his own work sees no more of it by that.
    """
    handed_in = Evidence.objects.of_ones_own().filter(document__isnull=False)
    if not sees_whole_province(by):
        own = own_units(by)
        handed_in = handed_in.filter(
            Q(assignment__unit__in=own) | Q(assignment__duty__confirmed_by__in=own)
        )
    return Document.objects.filter(pk__in=handed_in.values("document"))


@right(
    _("Sửa độ phủ nội dung máy tìm được"),
    roles=DOING,
    law=_("Quyết định thiết kế 0028 của danvan"),
    only=_("Cơ quan đầu mối và nơi nhận kế hoạch; không ai sửa độ phủ của kế hoạch đơn vị mình."),
)
def can_judge_coverage(by: Actor, plan: Document) -> bool:
    """Who may return or accept the plan says whether it takes a duty up."""
    found = Assignment.objects.proved_by(plan).select_related("duty", "unit").first()
    if found is None:
        return by.is_coordinator and not works_for(by, plan.filed_by)
    return can_decide(by, found)


@right(
    _("Nhập, sửa lịch làm việc"),
    roles=ADMINISTERING,
    law=_("Quyết định thiết kế 0030 của danvan"),
    only=_("Mỗi năm, mỗi ngày đều ghi căn cứ; bản trước được giữ."),
)
def can_keep_calendar(by: Actor) -> bool:
    """Years and days of the office calendar are entered by the administrator."""
    return True


@right(
    _("Tính lại thời hạn theo lịch làm việc đã sửa"),
    roles=ADMINISTERING | COORDINATING,
    law=_("Quyết định thiết kế 0030 của danvan"),
    only=_("Việc còn mở; không hạn nào bị chuyển về ngày đã qua. Cơ quan đầu mối và quản trị."),
)
def can_recompute(by: Actor) -> bool:
    """The administrator, or the coordinating department."""
    return by.role == Role.ADMINISTRATOR or by.is_coordinator
