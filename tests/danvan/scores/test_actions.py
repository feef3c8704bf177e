from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from danvan.audit.actions import history
from danvan.duties.choices import AssignmentState
from danvan.notices.models import Notice
from danvan.org.choices import Role
from danvan.refusals import NotAccepted
from danvan.scores import actions
from danvan.scores.actions import Written
from danvan.scores.choices import CampaignState, ScoreState
from danvan.scores.models import Campaign, Score, ScoreLine
from tests.danvan.scores.factories import (
    DUE,
    PDF,
    appraised,
    asked,
    final,
    opened,
    self_scored,
    submitted,
)
from tests.factories import UnitFactory, actor, coordinator, went_into

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


def test_a_campaign_opens_a_sheet_for_each_unit_of_the_table_and_tells_it():
    UnitFactory(kind="party_body", called="Ban Dân vận Tỉnh ủy")  # not in the table
    stage = opened()

    units = {score.unit for score in stage.campaign.scores.all()}
    assert units == {stage.coordinator.unit, stage.officer.unit, stage.appraiser.unit}
    assert str(stage.campaign.self_score_by) == "2024-10-25"
    assert "25/10/2024" in Notice.objects.of(stage.officer.user_id).get().text


def test_what_the_system_proves_is_there_from_the_start():
    stage = opened()

    plan, reports = stage.line("plan"), stage.line("reports")
    assert plan.self_points == plan.proven_points == Decimal(30)
    assert plan.proof_words == "Hệ thống tính: 30/30. Kế hoạch gửi ngày 18/3, hạn 01/4."
    assert len(plan.proof_assignments) == 1
    assert reports.self_points is None


def test_open_twice_is_one_campaign():
    stage = opened()

    again = actions.open_campaign(by=stage.coordinator, year=2024)

    assert again == stage.campaign
    assert Campaign.objects.count() == 1
    assert history(again).filter(verb="campaign_opened").count() == 1
    assert Notice.objects.of(stage.officer.user_id).count() == 1


@pytest.mark.parametrize(
    "role", [Role.OFFICER, Role.APPRAISER, Role.READER_ONLY, Role.ADMINISTRATOR]
)
def test_only_the_coordinator_opens(role):
    with pytest.raises(PermissionDenied):
        actions.open_campaign(by=actor(role), year=2024)


def test_a_year_without_a_table_is_not_opened(on_day):
    on_day(2019, 3, 18)

    with pytest.raises(NotAccepted, match="Chưa có bảng điểm"):
        actions.open_campaign(by=coordinator(), year=2019)


def test_open_score_for_one_more_unit_once():
    stage = opened()
    unit = UnitFactory(called="Sở mới")

    first = actions.open_score(stage.campaign, unit, by=stage.coordinator)
    second = actions.open_score(stage.campaign, unit, by=stage.coordinator)

    assert first == second
    assert first.lines.count() == 3


def test_open_score_by_an_officer_is_refused():
    stage = opened()

    with pytest.raises(PermissionDenied):
        actions.open_score(stage.campaign, UnitFactory(), by=stage.officer)


def test_write_line_keeps_points_note_and_evidence():
    stage = self_scored(opened())

    line = stage.line("dialogue")
    assert (line.self_points, line.note) == (Decimal(35), "02 cuộc đối thoại")
    assert line.attachments.get().name == "bien-ban.pdf"
    assert stage.score.state == ScoreState.SELF_SCORING


def test_write_line_twice_changes_nothing():
    stage = self_scored(self_scored(opened()))

    assert stage.line("dialogue").attachments.count() == 1
    assert history(stage.score).filter(verb="score_written").count() == 1


def test_of_a_proven_criterion_only_the_note_is_the_units_own():
    stage = opened()

    actions.write_line(
        stage.line("plan"), Written(points=Decimal(3), note="Gửi sớm"), by=stage.officer
    )

    line = stage.line("plan")
    assert (line.self_points, line.note) == (Decimal(30), "Gửi sớm")


def test_write_line_past_the_maximum_is_not_accepted():
    stage = opened()

    with pytest.raises(NotAccepted, match="Điểm từ 0 đến 40"):
        actions.write_line(stage.line("dialogue"), Written(points=Decimal(41)), by=stage.officer)

    assert stage.line("dialogue").self_points is None


def test_write_line_by_another_unit_is_refused():
    stage = opened()

    with pytest.raises(PermissionDenied):
        actions.write_line(stage.line("dialogue"), Written(points=Decimal(1)), by=actor())


def test_write_line_after_it_was_sent_is_not_accepted():
    stage = submitted()

    with pytest.raises(NotAccepted, match="đã gửi thẩm định"):
        actions.write_line(stage.line("dialogue"), Written(points=Decimal(1)), by=stage.officer)


def test_evidence_can_be_taken_off_until_it_is_sent():
    stage = self_scored(opened())
    line = stage.line("dialogue")
    kept = line.attachments.get()

    actions.withdraw_evidence(line, kept, by=stage.officer)

    assert not line.attachments.exists()
    stage = self_scored(stage)
    actions.submit(stage.score, by=stage.officer)
    with pytest.raises(NotAccepted):
        actions.withdraw_evidence(line, line.attachments.get(), by=stage.officer)


def test_taking_evidence_off_by_another_unit_is_refused():
    stage = self_scored(opened())
    line = stage.line("dialogue")

    with pytest.raises(PermissionDenied):
        actions.withdraw_evidence(line, line.attachments.get(), by=actor())


def test_submit_freezes_the_sheet_and_tells_the_appraisers(on_day):
    stage = submitted()

    assert stage.score.state == ScoreState.SUBMITTED
    assert stage.score.submitted_by == stage.officer.name
    assert "Sở Tư pháp" in Notice.objects.of(stage.coordinator.user_id).first().text
    on_day(2024, 4, 20)  # the plan's day is past; what was proven stays
    assert stage.line("plan").self_points == Decimal(30)


def test_submit_proves_as_of_its_day(on_day):
    stage = opened(plan=False)
    asked("kế hoạch", stage.officer.unit, stage.coordinator.unit)
    on_day(2024, 4, 5)

    stage = self_scored(stage)
    actions.submit(stage.score, by=stage.officer)

    assert stage.line("plan").self_points == 0
    assert "quá hạn 4 ngày" in stage.line("plan").proof_words


def test_submit_hands_in_the_duty_that_asked_for_the_sheet():
    stage = self_scored(opened())
    duty = asked(
        "hồ sơ",
        stage.officer.unit,
        stage.coordinator.unit,
        action="Gửi hồ sơ tự chấm điểm về Sở Nội vụ",
    )

    actions.submit(stage.score, by=stage.officer)

    duty.refresh_from_db()
    assert duty.state == AssignmentState.SUBMITTED


def test_what_a_unit_left_counts_for_the_one_that_it_went_into(on_day):
    stage = opened(plan=False)
    gone, coordinating = UnitFactory(), stage.coordinator.unit
    asked("kế hoạch", gone, coordinating, handed_in=True, due_on=DUE["plan"])
    sheet = asked("hồ sơ", gone, coordinating, action="Gửi phiếu tự chấm điểm về Sở Nội vụ")
    went_into(gone, stage.officer.unit, on_day(2024, 7, 1))

    stage = self_scored(stage)
    actions.submit(stage.score, by=stage.officer)

    assert stage.line("plan").self_points == Decimal(30)
    sheet.refresh_from_db()
    assert sheet.state == AssignmentState.SUBMITTED


def test_submit_twice_changes_nothing():
    stage = submitted()

    actions.submit(stage.score, by=stage.officer)

    assert history(stage.score).filter(verb="score_submitted").count() == 1
    assert stage.score.lines.get(code="dialogue").attachments.count() == 1


def test_submit_with_something_missing_says_what():
    stage = opened()

    with pytest.raises(NotAccepted, match="Thêm minh chứng cho tiêu chí “Tổ chức đối thoại"):
        actions.submit(stage.score, by=stage.officer)

    stage.score.refresh_from_db()
    assert stage.score.state == ScoreState.OPEN


def test_submit_by_another_unit_is_refused():
    stage = self_scored(opened())

    with pytest.raises(PermissionDenied):
        actions.submit(stage.score, by=actor())


def test_keep_self_takes_the_points_over():
    stage = submitted()

    actions.keep_self(stage.line("dialogue"), by=stage.coordinator)

    line = stage.line("dialogue")
    assert (line.appraised_points, line.reason) == (Decimal(35), "")
    assert line.appraised_by_name == stage.coordinator.name
    stage.score.refresh_from_db()
    assert stage.score.state == ScoreState.APPRAISING


def test_keep_self_where_nothing_was_given_is_not_accepted():
    stage = submitted()

    with pytest.raises(NotAccepted, match="chưa có điểm để giữ"):
        actions.keep_self(stage.line("reports"), by=stage.coordinator)


def test_a_difference_needs_a_reason():
    stage = submitted()

    with pytest.raises(NotAccepted, match="ghi lý do"):
        actions.appraise(stage.line("dialogue"), by=stage.coordinator, points=Decimal(30))
    actions.appraise(
        stage.line("dialogue"), by=stage.coordinator, points=Decimal(30), reason="Thiếu kết luận"
    )

    assert stage.line("dialogue").difference == Decimal(-5)


def test_the_database_keeps_the_reason_too():
    stage = appraised()

    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreLine.objects.filter(score=stage.score, code="dialogue").update(appraised_points=1)


def test_appraise_twice_changes_nothing():
    stage = submitted()

    for _time in range(2):
        actions.keep_self(stage.line("plan"), by=stage.coordinator)

    assert history(stage.score).filter(verb="score_appraised").count() == 1


def test_the_office_appraises_its_criterion_only():
    stage = submitted()

    actions.keep_self(stage.line("dialogue"), by=stage.appraiser)

    assert stage.line("dialogue").is_appraised
    with pytest.raises(PermissionDenied):
        actions.keep_self(stage.line("plan"), by=stage.appraiser)


def test_no_unit_appraises_itself():
    stage = opened()
    own = stage.campaign.scores.get(unit=stage.coordinator.unit)
    actions.write_line(
        own.lines.get(code="dialogue"),
        Written(points=Decimal(40), file=PDF),
        by=stage.coordinator,
    )
    actions.submit(own, by=stage.coordinator)

    with pytest.raises(PermissionDenied):
        actions.keep_self(own.lines.get(code="dialogue"), by=stage.coordinator)
    line = own.lines.get(code="plan")
    actions.appraise(line, by=stage.appraiser, points=Decimal(0), reason="Không giao kế hoạch.")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.READER_ONLY])
def test_who_is_no_appraiser_is_refused(role):
    stage = submitted()

    with pytest.raises(PermissionDenied):
        actions.keep_self(stage.line("plan"), by=actor(role, stage.coordinator.unit))


def test_appraise_before_it_was_sent_is_not_accepted():
    stage = self_scored(opened())

    with pytest.raises(NotAccepted, match="chưa gửi phiếu"):
        actions.keep_self(stage.line("dialogue"), by=stage.coordinator)


def test_appraise_past_the_maximum_is_not_accepted():
    stage = submitted()

    with pytest.raises(NotAccepted):
        actions.appraise(
            stage.line("plan"), by=stage.coordinator, points=Decimal(31), reason="Thưởng"
        )


def test_finish_closes_the_sheet_and_tells_the_unit():
    stage = final()

    assert stage.score.state == ScoreState.FINAL
    assert stage.score.appraised_total == Decimal(95)
    assert "95 điểm" in Notice.objects.of(stage.officer.user_id).first().text


def test_finish_twice_changes_nothing():
    stage = final()

    actions.finish(stage.score, by=stage.coordinator)

    assert history(stage.score).filter(verb="score_final").count() == 1


def test_finish_with_a_criterion_open_is_not_accepted():
    stage = submitted()

    with pytest.raises(NotAccepted, match="chưa thẩm định"):
        actions.finish(stage.score, by=stage.coordinator)


def test_finish_before_it_was_sent_is_not_accepted():
    stage = opened()

    with pytest.raises(NotAccepted, match="chưa gửi phiếu"):
        actions.finish(stage.score, by=stage.coordinator)


def test_who_appraises_one_criterion_does_not_finish():
    stage = appraised()

    with pytest.raises(PermissionDenied):
        actions.finish(stage.score, by=stage.appraiser)


def test_what_is_final_is_appraised_no_more():
    stage = final()

    with pytest.raises(NotAccepted, match="đã chốt"):
        actions.keep_self(stage.line("plan"), by=stage.coordinator)


def test_the_last_sheet_closes_the_campaign():
    stage = final()
    stage.campaign.refresh_from_db()
    assert stage.campaign.state == CampaignState.OPEN

    others = Score.objects.exclude(pk=stage.score.pk)
    ScoreLine.objects.filter(score__in=others).delete()
    others.delete()
    Score.objects.filter(pk=stage.score.pk).update(state=ScoreState.APPRAISING)
    actions.finish(stage.score, by=stage.coordinator)

    stage.campaign.refresh_from_db()
    assert stage.campaign.state == CampaignState.CLOSED
