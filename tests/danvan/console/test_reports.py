import io
import re
import zipfile
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from danvan.org.choices import Role
from danvan.reports import actions, consolidating
from danvan.reports.choices import ReportState
from danvan.reports.models import Passage, Report
from tests.danvan.reports.making import (
    QUARTER,
    TODAY,
    asked,
    complete_draft,
    draft,
    province,
    reception,
    sent,
    write,
)
from tests.factories import UnitFactory, actor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(*TODAY)


def page(name, *args, **query) -> str:
    address = reverse(f"console:{name}", args=args)
    return (
        f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}"
        if query
        else address
    )


def typed(report, code, text, *, revision=None, at=None) -> dict:
    section = report.sections.get(code=code)
    return {
        "text": text,
        "revision": section.revision if revision is None else revision,
        "page": at or uuid4(),
    }


def text_of(response) -> str:
    """What is read on a page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_coordinator_sees_every_unit_and_who_is_late(client, on_day):
    asking = province()
    sent()
    asked(actor(), asking)
    on_day(2024, 3, 16)

    shown = text_of(signed_in(client, asking).get(page("reports")))

    assert "đã gửi đúng hạn, chờ xem" in shown
    assert "chưa gửi, quá hạn 5 ngày" in shown
    assert "chốt số liệu 05/03/2024" in shown
    assert "hạn gửi 11/03/2024" in shown  # the 10th is a Sunday


def test_an_officer_sees_the_own_periods_and_opens_a_draft(client):
    province()
    officer = actor()
    signed_in(client, officer)

    listed = client.get(page("reports"))
    opened = client.post(page("open_report"), {"period": "2024-Q1"}, follow=True)

    assert "Soạn báo cáo" in text_of(listed)
    assert Report.objects.get().unit == officer.unit
    assert "I. Công tác chỉ đạo, quán triệt" in text_of(opened)


@pytest.mark.parametrize("period", ["2024-M01", "2024-Q9", "0000-Q1", "", "quý I"])
def test_opening_what_is_no_quarter_is_refused(client, period):
    province()

    answer = signed_in(client, actor()).post(page("open_report"), {"period": period})

    assert answer.status_code in {403, 404}
    assert not Report.objects.exists()


def test_looking_writes_nothing(client):
    asking, officer = province(), actor()
    report = complete_draft(officer)

    for by, addresses in (
        (officer, [page("reports"), page("report", report.pk), page("submit_report", report.pk)]),
        (asking, [page("reports"), page("own_reports"), page("consolidation", QUARTER)]),
    ):
        signed_in(client, by)
        for address in addresses:
            assert client.get(address).status_code == 200

    assert Report.objects.get().is_draft


def test_the_draft_shows_sentences_whose_numbers_open(client):
    province()
    officer = actor()
    reception(officer, visits=12)
    report = draft(officer)
    signed_in(client, officer)

    drafted = client.get(page("report", report.pk, muc="reception"))
    behind = client.get(page("report_number", report.pk, "reception_visits"))

    chip = f'<a class="figure-chip" href="{page("report_number", report.pk, "reception_visits")}"'
    assert chip in drafted.content.decode()
    assert "Tiếp 12 lượt công dân." in text_of(drafted).replace("Tiếp 12 lượt", "Tiếp 12 lượt")
    assert "Thường xuyên: 12 lượt" in text_of(behind)


def test_autosave_answers_when_it_was_saved(client):
    province()
    officer = actor()
    report = draft(officer)

    answer = signed_in(client, officer).post(
        page("autosave_section", report.pk, "direction"),
        typed(report, "direction", "Đã quán triệt."),
    )

    assert re.fullmatch(r"\d\d:\d\d", answer.json()["saved_at"])
    assert report.sections.get(code="direction").narrative == "Đã quán triệt."


def test_two_who_write_at_once_see_both_texts(client):
    province()
    officer = actor()
    report = draft(officer)
    signed_in(client, officer)
    address = page("autosave_section", report.pk, "direction")

    client.post(address, typed(report, "direction", "Bản một.", revision=0))
    answer = client.post(address, typed(report, "direction", "Bản hai.", revision=0))
    shown = text_of(client.get(page("report", report.pk, muc="direction")))
    client.post(page("settle_aside", report.pk, "direction"), {"keep": "both"})

    assert "Cả hai bản đều được giữ." in answer.json()["message"]
    assert "Bản một." in shown
    assert "Bản hai." in shown
    assert report.sections.get(code="direction").narrative == "Bản một.\nBản hai."


def test_a_choice_that_is_none_keeps_both_texts(client):
    province()
    officer = actor()
    report = draft(officer)
    signed_in(client, officer)
    address = page("autosave_section", report.pk, "direction")
    client.post(address, typed(report, "direction", "Bản một.", revision=0))
    client.post(address, typed(report, "direction", "Bản hai.", revision=0))

    client.post(page("settle_aside", report.pk, "direction"), {"keep": "khac"})

    assert report.sections.get(code="direction").narrative == "Bản một.\nBản hai."


def test_saving_by_the_button_goes_to_the_next_section(client):
    province()
    officer = actor()
    report = draft(officer)

    answer = signed_in(client, officer).post(
        page("write_section", report.pk, "direction"),
        typed(report, "direction", "Đã quán triệt.") | {"next": "reception"},
    )

    assert answer.url == page("report", report.pk, muc="reception")


def test_text_that_is_too_long_is_kept_on_the_page(client):
    province()
    officer = actor()
    report = draft(officer)
    text = "dài " * 13_000

    answer = signed_in(client, officer).post(
        page("write_section", report.pk, "direction"), typed(report, "direction", text)
    )

    assert answer.status_code == 400
    assert text.strip() in answer.content.decode()


def test_before_sending_what_is_missing_is_listed(client):
    province()
    officer = actor()
    report = draft(officer)
    signed_in(client, officer)

    asked_first = text_of(client.get(page("submit_report", report.pk)))
    refused = text_of(client.post(page("submit_report", report.pk), follow=True))

    assert "Phải sửa" in asked_first
    assert "I. Công tác chỉ đạo, quán triệt: chưa có nội dung." in asked_first
    assert "chưa có nội dung" in refused
    assert Report.objects.get().is_draft


def test_sending_asks_once_says_how_late_and_confirms(client, on_day):
    asking, officer = province(), actor()
    asked(officer, asking)
    report = complete_draft(officer)
    on_day(2024, 3, 13)
    signed_in(client, officer)

    question = text_of(client.get(page("submit_report", report.pk)))
    answer = text_of(client.post(page("submit_report", report.pk), follow=True))
    again = client.post(page("submit_report", report.pk))

    assert "Gửi báo cáo đến Sở Nội vụ?" in question
    assert "Hạn là 11/03/2024: gửi bây giờ ghi nhận quá hạn 2 ngày." in question
    assert "Đã gửi báo cáo quý I/2024 đến Sở Nội vụ lúc" in answer
    assert "ngày 13/3/2024. Số liệu được chốt tại thời điểm này." in answer
    assert again.status_code == 302
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED


def test_the_coordinator_sends_back_with_remarks_that_stand_at_their_section(client):
    asking, officer = province(), actor()
    report = sent(officer)
    signed_in(client, asking)
    read = text_of(client.get(page("report", report.pk)))

    answer = client.post(
        page("send_back_report", report.pk),
        {"direction": "Ghi rõ số văn bản.", "again_by": "20/03/2024"},
        follow=True,
    )
    signed_in(client, officer)
    following = report.successor
    drafted = text_of(client.get(page("report", following.pk)))
    listed = text_of(client.get(page("reports")))

    assert "Chấp nhận" in read
    assert "Đã trả lại báo cáo kèm góp ý." in text_of(answer)
    assert "Ghi rõ số văn bản." in drafted
    assert "Gửi lại trước Thứ Tư, 20/3/2024" in drafted
    assert "Trả lại" in listed


def test_sending_back_without_a_remark_says_what_to_do_and_keeps_the_page(client):
    asking = province()
    report = sent()

    answer = signed_in(client, asking).post(page("send_back_report", report.pk), {})

    assert answer.status_code == 400
    assert "Chưa ghi góp ý." in text_of(answer)


def test_a_remark_is_marked_as_done_by_the_unit(client):
    asking, officer = province(), actor()
    report = sent(officer)
    actions.send_back(report, {"direction": "Thiếu."}, by=asking)

    signed_in(client, officer).post(
        page("settle_remark", report.successor.pk, report.remarks.get().pk)
    )

    assert report.remarks.get().settled_at is not None


def test_the_coordinator_accepts(client):
    asking = province()
    report = sent()

    answer = signed_in(client, asking).post(page("accept_report", report.pk), follow=True)

    report.refresh_from_db()
    assert report.state == ReportState.ACCEPTED
    assert "Đã chấp nhận" in text_of(answer)


def test_a_returned_report_that_is_accepted_by_its_address_says_why_not(client):
    asking = province()
    report = sent()
    actions.send_back(report, {"direction": "Thiếu."}, by=asking)

    answer = signed_in(client, asking).post(page("accept_report", report.pk), follow=True)

    assert "không chấp nhận được" in text_of(answer)


def test_ones_own_report_that_is_accepted_by_its_address_is_refused(client):
    asking = province()
    own = complete_draft(asking)

    answer = signed_in(client, asking).post(page("accept_report", own.pk))

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFICER, 404),
        (Role.ADMINISTRATOR, 404),
        (Role.READER_ONLY, 200),
        (Role.APPRAISER, 200),
    ],
)
def test_who_reads_another_unit_s_report(client, role, status):
    province()
    report = sent()

    assert signed_in(client, actor(role)).get(page("report", report.pk)).status_code == status


@pytest.mark.parametrize(
    ("name", "role", "status"),
    [
        ("accept_report", Role.READER_ONLY, 403),
        ("send_back_report", Role.APPRAISER, 403),
        ("submit_report", Role.READER_ONLY, 403),
        ("revise_report", Role.READER_ONLY, 403),
        ("accept_report", Role.OFFICER, 404),
    ],
)
def test_what_one_may_see_but_not_do_is_refused(client, name, role, status):
    province()
    report = sent()

    answer = signed_in(client, actor(role)).post(page(name, report.pk), {"direction": "Thiếu."})

    assert answer.status_code == status


@pytest.mark.parametrize("name", ["reports", "own_reports"])
def test_the_administrator_has_no_reports(client, name):
    province()

    assert signed_in(client, actor(Role.ADMINISTRATOR)).get(page(name)).status_code == 403


def test_the_signed_out_are_led_to_the_door(client):
    assert client.get(page("reports")).status_code == 302


def test_the_report_comes_as_docx(client):
    province()
    officer = actor()
    reception(officer, visits=12)
    report = sent(officer)

    answer = signed_in(client, officer).get(page("report_docx", report.pk))

    words = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert answer["Content-Disposition"].endswith('-ban-1.docx"')
    assert "Tiếp 12 lượt công dân." in words
    assert "số liệu từ ngày 06/12/2023 đến hết ngày 05/3/2024" in words


def test_without_libreoffice_the_page_says_what_is_missing(client, monkeypatch):
    province()
    officer = actor()
    report = sent(officer)
    monkeypatch.setenv("PATH", "")

    shown = text_of(signed_in(client, officer).get(page("report", report.pk)))
    answer = text_of(client.get(page("report_pdf", report.pk), follow=True))

    assert "máy chủ chưa có LibreOffice" in shown
    assert "Tải DOCX, hoặc báo quản trị cài LibreOffice." in answer


def test_consolidating_lays_units_side_by_side(client):
    asking = province()
    officer = actor()
    reception(officer, visits=12)
    source = sent(officer)
    signed_in(client, asking)
    before = text_of(client.get(page("consolidation", QUARTER)))

    made = text_of(client.post(page("consolidate", QUARTER), follow=True))
    report = Report.objects.consolidated().get()
    taken = text_of(
        client.post(
            page("take_passage", report.pk, "direction"),
            {"source": source.pk, "paragraph": 0},
            follow=True,
        )
    )

    assert "chưa có bản tổng hợp" in before
    assert "bản này tổng hợp từ 1 báo cáo" in made
    assert "Bài của đơn vị" in made
    assert f"từ bài của {officer.unit.name}" in taken
    assert "Đã đưa vào" in taken


def test_units_that_wrote_nearly_the_same_are_named(client):
    asking = province()
    first, second = sent(), sent()
    consolidating.consolidate("quarterly", QUARTER, by=asking)

    shown = text_of(signed_in(client, asking).get(page("consolidation", QUARTER)))

    assert "2 nhóm viết gần giống." in shown  # both paragraphs of the section
    assert "1 đơn vị khác viết gần giống" in shown
    assert {first.unit.name, second.unit.name} <= set(re.findall(r"Sở don-vi-\d+", shown))


def test_a_passage_is_rewritten_and_taken_out(client):
    asking = province()
    source = sent()
    report = consolidating.consolidate("quarterly", QUARTER, by=asking)
    passage = consolidating.take_passage(report, "direction", source, 0, by=asking)
    signed_in(client, asking)

    client.post(page("change_passage", passage.pk), {"text": "Các đơn vị đã quán triệt."})
    passage.refresh_from_db()
    empty = client.post(page("change_passage", passage.pk), {"text": " "}, follow=True)
    client.post(page("change_passage", passage.pk), {"drop": "1"})

    assert passage.text == "Các đơn vị đã quán triệt."
    assert "Đoạn này chưa có chữ." in text_of(empty)
    assert not Passage.objects.exists()


@pytest.mark.parametrize(
    "values", [{}, {"source": "x", "paragraph": "0"}, {"source": uuid4(), "paragraph": "-1"}]
)
def test_a_passage_of_nothing_is_not_found(client, values):
    asking = province()
    sent()
    report = consolidating.consolidate("quarterly", QUARTER, by=asking)

    answer = signed_in(client, asking).post(page("take_passage", report.pk, "direction"), values)

    assert answer.status_code == 404


def test_issuing_asks_for_a_number_and_happens_once(client):
    asking = province()
    source = sent()
    report = consolidating.consolidate("quarterly", QUARTER, by=asking)
    for code in ("direction", "shortcomings", "directions"):
        consolidating.take_passage(report, code, source, 0, by=asking)
    signed_in(client, asking)

    wrong = client.post(page("issue_report", report.pk), {"number": "x"})
    done = client.post(page("issue_report", report.pk), {"number": "128"}, follow=True)
    docx = client.get(page("report_docx", report.pk))

    words = zipfile.ZipFile(io.BytesIO(docx.content)).read("word/document.xml").decode()
    assert "Ghi phần số" in text_of(wrong)
    assert "Đã phát hành báo cáo tổng hợp." in text_of(done)
    assert "Số: 128/BC-SNV" in words


def test_an_officer_does_not_consolidate(client):
    province()

    signed_in(client, actor())

    assert client.get(page("consolidation", QUARTER)).status_code == 403
    assert client.post(page("consolidate", QUARTER)).status_code == 403


def test_reminding_the_late_goes_through_their_duty(client, on_day):
    asking = province()
    assignment = asked(actor(), asking)
    on_day(2024, 3, 16)

    answer = signed_in(client, asking).post(page("remind_reports", QUARTER), follow=True)

    assert "Đã nhắc 1 đơn vị." in text_of(answer)
    assert assignment.reminders.count() == 1


def test_pages_keep_their_queries_however_many_units(client, django_assert_max_num_queries):
    asking = province()
    units = [UnitFactory() for _place in range(37)]
    officers = [actor(unit=unit) for unit in units]
    for officer in officers[:12]:
        reception(officer, visits=12)
        sent(officer)
    report = consolidating.consolidate("quarterly", QUARTER, by=asking)
    for source in report.sources.all():
        consolidating.take_passage(report, "direction", source, 0, by=asking)
    own = draft(officers[20])
    write(own, "direction", "Đã quán triệt.", by=officers[20])

    for by, address in (
        (asking, page("reports")),
        (asking, page("consolidation", QUARTER)),
        (asking, page("consolidation", QUARTER, muc="reception")),
        (asking, page("report", report.sources.first().pk)),
        (officers[20], page("reports")),
        (officers[20], page("report", own.pk)),
        (officers[20], page("report", own.pk, muc="reception")),
        (officers[20], page("submit_report", own.pk)),
    ):
        signed_in(client, by)
        with django_assert_max_num_queries(20, info=address):
            assert client.get(address).status_code == 200


def test_a_past_year_is_shown_as_it_was(client):
    asking = province()

    shown = signed_in(client, asking).get(page("reports", year=2023))

    assert "Quý IV/2023" in text_of(shown)
    assert date(2023, 12, 11).strftime("%d/%m/%Y") in text_of(shown)  # the 10th was a Sunday
