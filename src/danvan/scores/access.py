"""Who may see sheets, score and appraise."""

from django.utils.translation import gettext_lazy as _

from danvan.org.access import own_units, sees_whole_province, works_for
from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.rights import BY_POSTS, COORDINATING, DOING, WORKING, right

from .choices import UNDER_APPRAISAL, WITH_THE_UNIT
from .definitions import Criterion
from .models import Score, ScoreLine, ScoreQuerySet

APPRAISING = {Role.COORDINATOR, Role.APPRAISER}


@right(
    _("Xem phiếu chấm điểm"),
    roles=WORKING,
    law=BY_POSTS,
    only=_("Của đơn vị mình và cấp dưới; người theo dõi toàn tỉnh: mọi đơn vị."),
    otherwise=Score.objects.none,
)
def visible_to(by: Actor) -> ScoreQuerySet:
    """Sheets of one's own unit and those below; those who follow the whole province see all."""
    if sees_whole_province(by):
        return Score.objects.all()
    return Score.objects.filter(unit__in=own_units(by))


@right(
    _("Mở đợt chấm điểm"),
    roles=COORDINATING,
    law=BY_POSTS,
    only=_("Chuyên viên của cơ quan đầu mối, theo quyết định ban hành bảng điểm."),
)
def can_open(by: Actor) -> bool:
    """A campaign is opened by the coordinating department."""
    return by.is_coordinator


@right(
    _("Tự chấm điểm"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Phiếu của đơn vị mình."),
)
def can_score_itself(by: Actor, score: Score) -> bool:
    """The sheet's own unit, whatever the sheet's state: repeating a step changes nothing."""
    return works_for(by, score.unit)


@right(
    _("Ghi điểm tự chấm, minh chứng"),
    roles=DOING,
    law=BY_POSTS,
    only=_("Phiếu của đơn vị mình, khi chưa gửi hoặc được trả lại."),
)
def can_write(by: Actor, score: Score) -> bool:
    return can_score_itself(by, score) and score.state in WITH_THE_UNIT


@right(
    _("Là người thẩm định của một tiêu chí"),
    roles=APPRAISING,
    law=BY_POSTS,
    only=_("Đơn vị mà bảng điểm giao thẩm định tiêu chí; không thẩm định phiếu của đơn vị mình."),
)
def is_appraiser_of(by: Actor, score: Score, criterion: Criterion) -> bool:
    """In a unit that the table names for the criterion, and never on one's own unit's sheet."""
    if by.unit is None:
        return False
    table = score.campaign.scoring_table
    return by.unit.code in table.appraisers(criterion, of=score.unit.code)


@right(
    _("Thẩm định một tiêu chí"),
    roles=APPRAISING,
    law=BY_POSTS,
    only=_("Đơn vị mà bảng điểm giao thẩm định tiêu chí, khi phiếu đang thẩm định."),
)
def can_appraise(by: Actor, line: ScoreLine) -> bool:
    return line.score.state in UNDER_APPRAISAL and is_appraiser_of(by, line.score, line.criterion)


@right(
    _("Kết thúc thẩm định"),
    roles=APPRAISING,
    law=BY_POSTS,
    only=_("Đơn vị thẩm định mọi tiêu chí của phiếu."),
)
def can_finish(by: Actor, score: Score) -> bool:
    """Who appraises every criterion of the sheet closes it."""
    criteria = score.campaign.scoring_table.criteria
    return all(is_appraiser_of(by, score, one) for one in criteria)
