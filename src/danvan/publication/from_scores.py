"""Results of a scoring campaign: the points of its closed sheets, neither reasons nor evidence."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from danvan import clock
from danvan.org.models import Unit
from danvan.scores.definitions import ScoringTable
from danvan.scores.models import Campaign, Score
from danvan.scores.rules import in_words

from . import rules
from .choices import ReleaseKind
from .contents import Candidate, Content, address


def candidates() -> Iterator[Candidate]:
    for campaign in Campaign.objects.filter(scores__in=Score.objects.final()).distinct():
        yield Candidate(ReleaseKind.RESULTS, campaign.pk, _title(campaign))


def _title(campaign: Campaign) -> str:
    return _("Kết quả chấm điểm công tác dân vận chính quyền năm %(year)d") % {
        "year": campaign.year
    }


def compose(subject: UUID) -> Content | None:
    """None as long as no sheet of the campaign is closed."""
    campaign = Campaign.objects.filter(pk=subject).select_related("table").first()
    final = list(campaign.scores.final().whole()) if campaign else []
    if campaign is None or not final:
        return None
    done = {"done": len(final), "all": campaign.scores.count()}
    table = campaign.scoring_table
    return Content(
        kind=ReleaseKind.RESULTS,
        subject=campaign.pk,
        address=address("Kết quả chấm điểm", str(campaign.year)),
        title=_title(campaign),
        summary=_("Điểm của %(done)d đơn vị sau thẩm định.") % done,
        issued_by=_coordinating(),
        body={
            "facts": [
                [_("Năm"), str(campaign.year)],
                [_("Bảng điểm"), f"{table.label}, {in_words(table.max_points)} điểm"],
                [_("Căn cứ"), table.source],
                [_("Đã chốt"), _("%(done)d/%(all)d đơn vị") % done],
            ],
            "blocks": [
                rules.heading(_("Tiêu chí"), 1),
                rules.bullets(_criteria(table)),
                rules.heading(_("Điểm của từng đơn vị"), 1),
                _points(table, final),
            ],
        },
    )


def _criteria(table: ScoringTable) -> list[str]:
    return [
        _("Tiêu chí %(place)d. %(label)s: tối đa %(points)s điểm")
        % {"place": place, "label": one.label, "points": in_words(one.max_points)}
        for place, one in enumerate(table.criteria, start=1)
    ]


def _points(table: ScoringTable, final: Sequence[Score]) -> dict[str, Any]:
    units = Unit.objects.named(clock.today()).in_bulk([one.unit_id for one in final])
    places = range(1, len(table.criteria) + 1)
    return rules.table(
        _("Xếp theo thứ tự đơn vị, không phải thứ hạng."),
        [_("Đơn vị"), *(_("Tiêu chí %d") % place for place in places), _("Tổng điểm")],
        [
            [
                units[one.unit_id].name,
                *(in_words(line.appraised_points) for line in one.lines.all()),
                in_words(one.appraised_total),
            ]
            for one in final
        ],
    )


def _coordinating() -> str:
    """The department that appraises and answers for the results."""
    today = clock.today()
    unit = Unit.objects.filter(coordinates=True).existing(today).named(today).first()
    return unit.name if unit else ""
