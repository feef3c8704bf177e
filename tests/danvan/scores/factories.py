"""A campaign of 2024 with the units that its tests speak of."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.models import Unit
from danvan.scores import actions
from danvan.scores.actions import Written
from danvan.scores.models import Campaign, Score, ScoreLine
from tests.factories import (
    AssignmentFactory,
    DocumentFactory,
    DutyFactory,
    UnitFactory,
    actor,
    coordinator,
)

PDF = (b"%PDF-1.7 bien ban doi thoai", "bien-ban.pdf")
DUE = {"plan": date(2024, 4, 1), "report": date(2024, 3, 11)}


@dataclass(frozen=True)
class Stage:
    """Who takes part, and the sheet of one department."""

    coordinator: Actor  # Sở Nội vụ
    appraiser: Actor  # Văn phòng UBND tỉnh: of the third criterion
    officer: Actor  # of the department
    campaign: Campaign
    score: Score

    def line(self, code: str) -> ScoreLine:
        return self.score.lines.get(code=code)


def opened(**assignments: bool) -> Stage:
    """A campaign opened for one department, whose plan is handed in unless `plan=False`."""
    coordinating = UnitFactory(code="so-noi-vu", called="Sở Nội vụ", coordinates=True)
    office = UnitFactory(code="van-phong-ubnd-tinh", called="Văn phòng UBND tỉnh")
    by = coordinator(coordinating)
    officer = actor(unit=UnitFactory(called="Sở Tư pháp"))
    if assignments.get("plan", True):
        asked("kế hoạch", officer.unit, coordinating, handed_in=True, due_on=DUE["plan"])
    campaign = actions.open_campaign(by=by, year=2024)
    return Stage(
        coordinator=by,
        appraiser=actor(Role.APPRAISER, office),
        officer=officer,
        campaign=campaign,
        score=campaign.scores.get(unit=officer.unit),
    )


def asked(deliverable: str, unit: Unit, by: Unit, *, action: str = "", **values: object) -> object:
    """Something that the unit must hand in to another."""
    duty = DutyFactory(
        document=DocumentFactory(filed_by=by),
        deliverable=deliverable,
        deliver_to="Sở Nội vụ",
        asked_by=by,
        confirmed_by=by,
        action=action or f"Gửi {deliverable}",
    )
    return AssignmentFactory(duty=duty, unit=unit, **values)


def self_scored(stage: Stage) -> Stage:
    said = Written(points=Decimal(35), note="02 cuộc đối thoại", file=PDF)
    actions.write_line(stage.line("dialogue"), said, by=stage.officer)
    stage.score.refresh_from_db()
    return stage


def submitted(**assignments: bool) -> Stage:
    stage = self_scored(opened(**assignments))
    actions.submit(stage.score, by=stage.officer)
    stage.score.refresh_from_db()
    return stage


def appraised(**assignments: bool) -> Stage:
    """Every criterion taken over as it was given, the second by the appraiser's own points."""
    stage = submitted(**assignments)
    actions.keep_self(stage.line("plan"), by=stage.coordinator)
    actions.appraise(
        stage.line("reports"), by=stage.coordinator, points=Decimal(30), reason="Chưa đến hạn."
    )
    actions.keep_self(stage.line("dialogue"), by=stage.appraiser)
    stage.score.refresh_from_db()
    return stage


def final(**assignments: bool) -> Stage:
    stage = appraised(**assignments)
    actions.finish(stage.score, by=stage.coordinator)
    stage.score.refresh_from_db()
    return stage
