"""The messages that scores send."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from danvan import clock
from danvan.notices.actions import tell
from danvan.org import told
from danvan.org.choices import Role
from danvan.org.models import Post
from danvan.text import in_vietnamese
from danvan.workdays.rules import printed

from . import rules
from .models import Campaign, Score


def _appraisers(codes: Iterable[str]) -> list[UUID]:
    """The accounts of those who appraise, or act for them, in the units of these codes."""
    roles = [Role.COORDINATOR, Role.APPRAISER]
    held = Post.objects.held(clock.today())
    return told.of_posts(held.filter(role__in=roles, unit__code__in=list(codes)))


@in_vietnamese
def opened(campaign: Campaign, scores: Iterable[Score]) -> None:
    tell(
        told.of_units(one.unit_id for one in scores),
        event=f"campaign {campaign.pk}",
        text=_("Đã mở đợt chấm điểm năm %(year)d: tự chấm và gửi phiếu đến hết ngày %(day)s")
        % {"year": campaign.year, "day": printed(campaign.self_score_by)},
        about=campaign,
        needs_action=True,
    )


@in_vietnamese
def submitted(score: Score) -> None:
    """To those who appraise the sheet."""
    table = score.campaign.scoring_table
    codes = {code for one in table.criteria for code in table.appraisers(one, of=score.unit.code)}
    tell(
        _appraisers(codes),
        event=f"score submitted {score.pk}",
        text=_("Chờ thẩm định: phiếu chấm điểm năm %(year)d của %(unit)s")
        % {"year": score.campaign.year, "unit": score.unit},
        about=score,
        needs_action=True,
    )


@in_vietnamese
def finished(score: Score) -> None:
    tell(
        told.of_units([score.unit_id]),
        event=f"score final {score.pk}",
        text=_("Đã chốt kết quả chấm điểm năm %(year)d: %(points)s điểm")
        % {"year": score.campaign.year, "points": rules.in_words(score.appraised_total)},
        about=score,
    )
