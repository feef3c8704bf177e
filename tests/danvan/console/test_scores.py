from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.org.choices import Role
from danvan.org.models import User
from danvan.scores.choices import ScoreState
from danvan.scores.models import Campaign
from tests.danvan.scores.factories import (
    PDF,
    appraised,
    asked,
    final,
    opened,
    self_scored,
    submitted,
)
from tests.factories import UnitFactory, actor, coordinator

pytestmark = pytest.mark.django_db

LIST = "/cham-diem/"


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


def enter(client, by):
    client.force_login(User.objects.get(pk=by.user_id))


def page(name, stage, *more):
    return reverse(f"console:{name}", args=[stage.score.pk, *more])


def test_without_a_campaign_the_coordinator_may_open_one(client):
    enter(client, coordinator())

    words = client.get(LIST).content.decode()

    assert "Chưa mở đợt chấm điểm năm 2024." in words
    assert "Mở đợt chấm điểm" in words


def test_opening_asks_once_and_then_opens_once(client):
    enter(client, coordinator(UnitFactory(code="so-noi-vu", called="Sở Nội vụ", coordinates=True)))

    question = client.get(reverse("console:campaign_open"))
    assert "Thứ Sáu, 25/10/2024" in question.content.decode()
    assert not Campaign.objects.exists()
    for _press in range(2):
        client.post(reverse("console:campaign_open"))

    assert Campaign.objects.count() == 1


def test_opening_by_an_officer_is_refused(client):
    enter(client, actor())

    assert client.post(reverse("console:campaign_open")).status_code == 403


def test_the_coordinator_sees_all_sheets_and_the_officer_the_own(client):
    stage = submitted()
    enter(client, stage.coordinator)
    assert "3 phiếu: 1 chờ thẩm định, 0 đã chốt." in client.get(LIST).content.decode()

    enter(client, stage.officer)

    words = client.get(LIST).content.decode()
    assert "Sở Tư pháp" in words
    assert "Văn phòng UBND tỉnh" not in words


def test_a_year_that_no_campaign_has_is_empty(client):
    stage = opened()
    enter(client, stage.officer)

    assert client.get(LIST, {"nam": "2020"}).status_code == 200
    assert client.get(LIST, {"nam": "x"}).status_code == 200


def test_the_sheet_shows_what_is_proven_and_what_is_left(client):
    stage = opened()
    enter(client, stage.officer)

    words = client.get(page("score", stage)).content.decode()

    assert "Hệ thống tính: 30/30. Kế hoạch gửi ngày 18/3, hạn 01/4." in words
    assert "Tổng 30/100; còn 1 tiêu chí chưa chấm; 1 tiêu chí hệ thống chưa có điểm" in words


def test_the_sheet_shows_todays_proof_without_writing_it(client, on_day):
    stage = opened(plan=False)
    asked("kế hoạch", stage.officer.unit, stage.coordinator.unit)
    on_day(2024, 4, 5)
    enter(client, stage.officer)

    words = client.get(page("score", stage)).content.decode()

    assert "Kế hoạch chưa gửi, hạn 01/4, quá hạn 4 ngày." in words
    assert stage.line("plan").proof_words.startswith("Hệ thống tính: chưa có điểm.")


def test_saving_the_sheet_keeps_points_note_and_file(client):
    stage = opened()
    enter(client, stage.officer)
    file = SimpleUploadedFile(PDF[1], PDF[0])

    response = client.post(
        page("score", stage),
        {"plan-note": "", "reports-note": "", "dialogue-points": "35,5", "dialogue-file": file},
    )

    assert response.status_code == 302
    line = stage.line("dialogue")
    assert (line.self_points, line.attachments.get().name) == (Decimal("35.5"), PDF[1])


@pytest.mark.parametrize(
    ("points", "said"), [("41", "Điểm từ 0 đến 40."), ("nhiều", "Ghi điểm bằng số")]
)
def test_a_wrong_number_keeps_what_was_typed_and_saves_the_rest(client, points, said):
    stage = opened()
    enter(client, stage.officer)

    response = client.post(
        page("score", stage), {"plan-note": "Gửi sớm", "dialogue-points": points}
    )

    assert response.status_code == 400
    assert said in response.content.decode()
    assert f'value="{points}"' in response.content.decode()
    assert stage.line("plan").note == "Gửi sớm"


def test_a_file_of_no_accepted_kind_is_refused_in_words(client):
    stage = opened()
    enter(client, stage.officer)
    file = SimpleUploadedFile("x.exe", b"MZ\x00\x01")

    response = client.post(page("score", stage), {"dialogue-points": "35", "dialogue-file": file})

    assert response.status_code == 400
    assert "không thuộc loại nhận được" in response.content.decode()
    assert stage.line("dialogue").self_points is None


def test_a_file_past_the_limit_is_answered_in_words(client, settings):
    settings.DANVAN_UPLOAD_LIMIT = 10
    stage = opened()
    enter(client, stage.officer)
    file = SimpleUploadedFile(PDF[1], PDF[0])

    response = client.post(page("score", stage), {"dialogue-points": "35", "dialogue-file": file})

    assert response.status_code == 400
    assert "vượt mức 1\u00a0MB" in response.content.decode()


def test_writing_by_another_is_refused_and_by_a_stranger_not_found(client):
    stage = opened()
    enter(client, stage.coordinator)
    assert client.post(page("score", stage), {}).status_code == 403

    enter(client, actor())

    assert client.post(page("score", stage), {}).status_code == 404
    assert client.get(page("score", stage)).status_code == 404


def test_sending_asks_once(client):
    stage = self_scored(opened())
    enter(client, stage.officer)

    saved = client.post(page("score", stage), {"dialogue-points": "36", "send": "1"})
    assert saved.url == page("score_submit", stage)
    assert "Tổng điểm tự chấm 66/100" in client.get(saved.url).content.decode()
    for _press in range(2):
        client.post(saved.url)

    stage.score.refresh_from_db()
    assert stage.score.state == ScoreState.SUBMITTED


def test_sending_with_something_missing_lists_it(client):
    stage = opened()
    enter(client, stage.officer)

    assert "Thêm minh chứng" in client.get(page("score_submit", stage)).content.decode()
    client.post(page("score_submit", stage))

    stage.score.refresh_from_db()
    assert stage.score.state == ScoreState.OPEN


def test_sending_late_says_how_late(client, on_day):
    stage = self_scored(opened())
    on_day(2024, 10, 27)
    enter(client, stage.officer)

    words = client.get(page("score_submit", stage)).content.decode()

    assert "Hạn là 25/10/2024: gửi bây giờ ghi nhận quá hạn 2 ngày." in words


def test_sending_by_the_coordinator_is_refused(client):
    stage = self_scored(opened())
    enter(client, stage.coordinator)

    assert client.post(page("score_submit", stage)).status_code == 403


def test_the_ground_of_a_point_leads_to_its_assignments(client):
    stage = opened()
    enter(client, stage.officer)

    words = client.get(page("score_ground", stage, "plan")).content.decode()

    (assignment,) = stage.line("plan").proof_assignments
    assert reverse("console:assignment", args=[assignment]) in words
    assert "Mỗi việc gửi quá hạn: trừ 15 điểm." in words
    assert client.get(page("score_ground", stage, "dialogue")).status_code == 302


def test_evidence_is_for_who_may_see_the_sheet(client):
    stage = self_scored(opened())
    kept = stage.line("dialogue").attachments.get()
    enter(client, stage.appraiser)
    response = client.get(page("score_evidence", stage, kept.pk))
    assert b"".join(response.streaming_content) == PDF[0]
    assert response["Content-Disposition"].startswith("attachment")

    enter(client, actor())

    assert client.get(page("score_evidence", stage, kept.pk)).status_code == 404


def test_evidence_can_be_taken_off(client):
    stage = self_scored(opened())
    line = stage.line("dialogue")
    kept = line.attachments.get()
    enter(client, stage.officer)

    client.post(page("withdraw_evidence", stage, "dialogue", kept.pk))

    assert not line.attachments.exists()


def test_appraisal_keeps_changes_and_asks_for_a_reason(client):
    stage = submitted()
    enter(client, stage.coordinator)
    assert "Giữ điểm tự chấm" in client.get(page("appraisal", stage)).content.decode()

    client.post(page("keep_self", stage, "plan"))
    refused = client.post(page("appraise", stage, "dialogue"), {"dialogue-points": "30"})
    assert refused.status_code == 400
    assert "ghi lý do" in refused.content.decode()
    client.post(
        page("appraise", stage, "dialogue"),
        {"dialogue-points": "30", "dialogue-reason": "Thiếu kết luận"},
    )

    assert stage.line("plan").appraised_points == Decimal(30)
    assert stage.line("dialogue").difference == Decimal(-5)
    words = client.get(page("appraisal", stage), {"chi": "chenh-lech"}).content.decode()
    assert "Thiếu kết luận" in words
    assert "Ban hành kế hoạch và gửi đúng hạn" not in words.split("<tbody>")[1].split("</tbody>")[0]


def test_the_office_has_buttons_for_its_criterion_only(client):
    stage = submitted()
    enter(client, stage.appraiser)

    words = client.get(page("appraisal", stage)).content.decode()

    assert words.count("Sửa điểm") == 1
    assert "Sở Nội vụ thẩm định." in words
    assert client.post(page("keep_self", stage, "plan")).status_code == 403
    assert client.post(page("appraise", stage, "plan"), {"plan-points": "1"}).status_code == 403


def test_appraisal_before_it_was_sent_leads_to_the_sheet(client):
    stage = opened()
    enter(client, stage.coordinator)

    assert client.get(page("appraisal", stage)).url == page("score", stage)


def test_finishing_asks_once_and_tells_the_result(client):
    stage = appraised()
    enter(client, stage.coordinator)
    assert "Điểm thẩm định 95/100" in client.get(page("score_finish", stage)).content.decode()

    for _press in range(2):
        client.post(page("score_finish", stage))

    enter(client, stage.officer)
    assert (
        "Kết quả sau thẩm định: 95/100 điểm." in client.get(page("score", stage)).content.decode()
    )
    words = client.get(page("appraisal", stage)).content.decode()
    assert "Sửa điểm" not in words


def test_finishing_with_a_criterion_open_lists_it(client):
    stage = submitted()
    enter(client, stage.coordinator)

    assert "còn tiêu chí chưa thẩm định" in client.get(page("score_finish", stage)).content.decode()
    client.post(page("score_finish", stage))

    stage.score.refresh_from_db()
    assert not stage.score.is_final


@pytest.mark.parametrize("who", ["officer", "appraiser"])
def test_finishing_by_others_is_refused(client, who):
    stage = appraised()
    enter(client, getattr(stage, who))

    assert client.post(page("score_finish", stage)).status_code == 403


def test_the_leader_sees_and_changes_nothing(client):
    stage = submitted()
    enter(client, actor(Role.READER_ONLY))

    words = client.get(page("appraisal", stage)).content.decode()

    assert "Giữ điểm tự chấm" not in words
    assert client.post(page("keep_self", stage, "plan")).status_code == 403


def test_without_sign_in_one_is_asked_to_sign_in(client):
    stage = opened()

    for path in (LIST, page("score", stage), page("appraisal", stage)):
        assert client.get(path).status_code == 302


def test_pages_keep_their_number_of_queries(client, django_assert_max_num_queries):
    for _number in range(12):
        UnitFactory()
    stage = final()
    enter(client, stage.coordinator)

    with django_assert_max_num_queries(20):
        client.get(LIST)
    with django_assert_max_num_queries(20):
        client.get(page("appraisal", stage))
    enter(client, stage.officer)
    with django_assert_max_num_queries(20):
        client.get(page("score", stage))
