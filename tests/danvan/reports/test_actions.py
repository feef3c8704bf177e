from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from danvan.audit.actions import history
from danvan.duties.choices import AssignmentState
from danvan.notices.models import Notice
from danvan.org.choices import Role
from danvan.refusals import NotAccepted
from danvan.reports import access, actions, consolidating, writing
from danvan.reports.choices import ReportState
from danvan.reports.contents import contents
from danvan.reports.models import Report
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
from tests.factories import AssignmentFactory, actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(*TODAY)


def test_opening_twice_is_one_draft_with_the_sections_of_the_outline():
    asking, officer = province(), actor()
    assignment = asked(officer, asking)

    first, second = draft(officer), draft(officer)

    assert first == second
    assert first.addressee == asking.unit
    assert first.assignment == assignment
    assert [one.code for one in first.sections.all()] == [
        "direction",
        "reception",
        "dialogue",
        "duties",
        "shortcomings",
        "directions",
        "proposals",
    ]


def test_opening_for_another_unit_is_refused():
    province()

    with pytest.raises(PermissionDenied):
        actions.open_report("quarterly", actor().unit, QUARTER, by=actor())


def test_a_period_that_has_not_begun_is_not_opened(on_day):
    province()
    on_day(2023, 12, 5)  # the quarter's window begins the day after

    with pytest.raises(NotAccepted):
        draft(actor())


def test_figures_of_a_draft_follow_the_records_of_the_report_s_own_window():
    province()
    officer = actor()
    report = draft(officer)

    reception(officer, visits=12)
    reception(officer, visits=5, on="06/03/2024")  # after the cut-off on the 5th

    numbers = {one.indicator.code: one for one in contents(report)["reception"].numbers}
    assert numbers["reception_visits"].counted.value == 12
    assert numbers["reception_visits"].figure is None
    assert numbers["reception_visits"].said == "Tiếp 12 lượt công dân."


def test_writing_keeps_the_text_and_who_wrote_it():
    province()
    officer = actor()
    report = draft(officer)

    write(report, "direction", "  Đã quán triệt.  ", by=officer)

    section = report.sections.get(code="direction")
    assert (section.narrative, section.edited_by_name) == ("Đã quán triệt.", officer.name)


def test_saving_again_from_the_same_page_is_no_conflict():
    province()
    officer, page = actor(), uuid4()
    report = draft(officer)

    for text in ("Đã", "Đã quán", "Đã quán triệt."):
        writing.write_section(report, "direction", writing.Writing(text, 0, page), by=officer)

    section = report.sections.get(code="direction")
    assert (section.narrative, section.aside) == ("Đã quán triệt.", "")
    words = history(report).filter(verb="wrote").values_list("after__narrative", flat=True)
    assert list(words) == ["… triệt.", "… quán", "Đã"]


def test_two_who_write_at_once_keep_both_texts():
    province()
    one = actor()
    other = actor(unit=one.unit)
    report = draft(one)
    mine, theirs = uuid4(), uuid4()

    writing.write_section(report, "direction", writing.Writing("Bản của tôi.", 0, mine), by=one)
    writing.write_section(report, "direction", writing.Writing("Bản kia", 0, theirs), by=other)
    section = writing.write_section(
        report, "direction", writing.Writing("Bản kia dài hơn.", 0, theirs), by=other
    )

    assert (section.narrative, section.aside) == ("Bản của tôi.", "Bản kia dài hơn.")
    assert section.aside_by_name == other.name


def test_choosing_between_two_texts_keeps_both_in_the_history():
    province()
    one = actor()
    report = draft(one)
    for text in ("Bản một.", "Bản hai."):
        writing.write_section(report, "direction", writing.Writing(text, 0, uuid4()), by=one)

    section = writing.settle_aside(report, "direction", "Bản hai.", by=one)

    assert (section.narrative, section.aside) == ("Bản hai.", "")
    assert history(report).get(verb="merged").before == {
        "narrative": "Bản một.",
        "aside": "Bản hai.",
    }


def test_an_empty_section_can_begin_with_duties_but_not_with_the_report_s_own():
    asking, officer = province(), actor()
    asked(officer, asking)
    AssignmentFactory(unit=officer.unit, due_on=date(2024, 4, 1))
    report = draft(officer)

    section = writing.begin_section(report, "directions", by=officer)

    assert section.narrative == "- Xây dựng kế hoạch (hạn 01/4/2024)."
    assert writing.begin_section(report, "proposals", by=officer).narrative == ""


def test_a_section_with_words_is_not_begun_again():
    province()
    officer = actor()
    AssignmentFactory(unit=officer.unit, due_on=date(2024, 4, 1))
    report = draft(officer)
    write(report, "directions", "Của tôi.", by=officer)

    assert writing.begin_section(report, "directions", by=officer).narrative == "Của tôi."


def test_submit_freezes_the_figures_and_hands_in_the_duty():
    asking, officer = province(), actor()
    assignment = asked(officer, asking)
    reception(officer, visits=12)
    report = complete_draft(officer)

    actions.submit(report, by=officer)
    reception(officer, visits=30, on="06/02/2024")

    report.refresh_from_db()
    assignment.refresh_from_db()
    numbers = {one.indicator.code: one for one in contents(report)["reception"].numbers}
    assert report.state == ReportState.SUBMITTED
    assert report.submitted_by == officer.name
    assert numbers["reception_visits"].counted.value == 12
    assert numbers["reception_visits"].figure.numerator == Decimal(12)
    assert assignment.state == AssignmentState.SUBMITTED
    assert assignment.days_late == 0


def test_submit_twice_changes_nothing():
    asking, officer = province(), actor()
    assignment = asked(officer, asking)
    report = complete_draft(officer)

    actions.submit(report, by=officer)
    actions.submit(report, by=officer)

    assert report.figures.count() == len(contents(report).regime.indicators)
    assert assignment.evidence.count() == 1
    assert history(report).filter(verb="submitted").count() == 1


def test_submit_with_a_required_section_empty_says_which():
    province()
    officer = actor()
    report = draft(officer)

    with pytest.raises(NotAccepted, match="Công tác chỉ đạo"):
        actions.submit(report, by=officer)

    report.refresh_from_db()
    assert report.is_draft


def test_submit_by_another_unit_is_refused():
    province()
    report = complete_draft(actor())

    with pytest.raises(PermissionDenied):
        actions.submit(report, by=actor())


def test_a_report_without_a_duty_tells_the_addressee():
    asking = province()

    sent()

    assert "gửi báo cáo quý I/2024" in Notice.objects.of(asking.user_id).get().text


def test_what_was_sent_is_not_written_on_again():
    province()
    officer = actor()
    report = sent(officer)

    with pytest.raises(PermissionDenied):
        write(report, "direction", "Sửa lại.", by=officer)


def test_send_back_keeps_the_version_and_opens_the_next_one():
    asking, officer = province(), actor()
    assignment = asked(officer, asking)
    report = sent(officer)

    actions.send_back(report, {"direction": "Thiếu số văn bản.", "dialogue": " "}, by=asking)

    report.refresh_from_db()
    assignment.refresh_from_db()
    following = report.successor
    assert report.state == ReportState.RETURNED
    assert [one.section for one in report.remarks.all()] == ["direction"]
    assert (following.version, following.state) == (2, ReportState.DRAFT)
    assert following.sections.get(code="direction").narrative.startswith("Đã quán triệt")
    assert contents(following)["direction"].remarks[0].text == "Thiếu số văn bản."
    assert assignment.state == AssignmentState.RETURNED
    told = Notice.objects.of(officer.user_id).get(event=f"report returned {report.pk}")
    assert told.text == "Sở Nội vụ trả lại báo cáo quý I/2024, 1 chỗ cần bổ sung."
    assert (told.subject_kind, told.subject) == ("reports.report", following.pk)


def test_send_back_twice_makes_no_third_version():
    asking = province()
    report = sent()

    for _time in range(2):
        actions.send_back(report, {"direction": "Thiếu."}, by=asking)

    assert Report.objects.count() == 2
    assert report.remarks.count() == 1


def test_send_back_without_a_remark_is_not_accepted():
    asking = province()

    with pytest.raises(NotAccepted):
        actions.send_back(sent(), {"direction": "  "}, by=asking)


@pytest.mark.parametrize(
    "role", [Role.OFFICER, Role.READER_ONLY, Role.APPRAISER, Role.ADMINISTRATOR]
)
def test_only_the_coordinator_decides(role):
    asking = province()
    report = sent()
    other = actor(role, asking.unit)

    with pytest.raises(PermissionDenied):
        actions.accept(report, by=other)
    with pytest.raises(PermissionDenied):
        actions.send_back(report, {"direction": "Thiếu."}, by=other)


def test_the_next_version_supersedes_when_it_is_sent_and_both_stay():
    asking, officer = province(), actor()
    assignment = asked(officer, asking)
    reception(officer, visits=12)
    first = sent(officer)
    actions.send_back(first, {"direction": "Thiếu."}, by=asking)
    reception(officer, visits=3, on="06/02/2024")

    second = actions.submit(first.successor, by=officer)

    first.refresh_from_db()
    assignment.refresh_from_db()
    visits = [
        one.counted.value
        for report in (first, second)
        for one in contents(report)["reception"].numbers
        if one.indicator.code == "reception_visits"
    ]
    assert (first.state, second.state) == (ReportState.SUPERSEDED, ReportState.SUBMITTED)
    assert visits == [12, 15]
    assert first.remarks.get().settled_at is not None
    assert assignment.state == AssignmentState.SUBMITTED


def test_accept_confirms_the_duty_too():
    asking, officer = province(), actor()
    assignment = asked(officer, asking)
    report = sent(officer)

    actions.accept(report, by=asking)
    actions.accept(report, by=asking)

    report.refresh_from_db()
    assignment.refresh_from_db()
    assert (report.state, report.decided_by) == (ReportState.ACCEPTED, asking.name)
    assert assignment.state == AssignmentState.DONE
    assert history(report).filter(verb="accepted").count() == 1


def test_a_report_of_the_addressee_itself_stands_by_its_own_word():
    asking = province()
    assignment = asked(asking, asking)

    report = sent(asking)

    assignment.refresh_from_db()
    assert (report.state, assignment.state) == (ReportState.ACCEPTED, AssignmentState.DONE)
    with pytest.raises(PermissionDenied):
        actions.send_back(report, {"direction": "Thiếu."}, by=asking)


def test_accepting_a_draft_says_so():
    asking = province()

    with pytest.raises(NotAccepted):
        actions.accept(complete_draft(actor()), by=asking)


def test_what_was_accepted_is_corrected_by_a_new_version():
    asking, officer = province(), actor()
    report = sent(officer)
    actions.accept(report, by=asking)

    draft_again = actions.revise(report, by=officer)
    same = actions.revise(report, by=officer)
    report.refresh_from_db()
    while_drafting = report.state
    actions.submit(draft_again, by=officer)

    report.refresh_from_db()
    assert draft_again == same
    assert while_drafting == ReportState.ACCEPTED  # it stands until the next one is sent
    assert report.state == ReportState.SUPERSEDED


def test_the_database_keeps_one_version_in_force():
    province()
    report = sent()
    other = Report.objects.get(pk=report.pk)
    other.pk, other._state.adding, other.version, other.supersedes = uuid4(), True, 2, report

    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


def test_the_province_s_figures_are_sums_of_what_units_sent():
    asking = province()
    for visits in (12, 30):
        officer = actor()
        reception(officer, visits=visits)
        sent(officer)
    complete_draft(actor())  # a draft is not in it

    report = consolidating.consolidate("quarterly", QUARTER, by=asking)

    numbers = {one.indicator.code: one for one in contents(report)["reception"].numbers}
    visits = numbers["reception_visits"]
    assert report.sources.count() == 2
    assert visits.counted.value == 42
    assert [one.value for _name, one in visits.parts] == [12, 30]
    assert visits.footnote.endswith("12; Sở " + visits.parts[1][0].removeprefix("Sở ") + " 30.")
    assert report.addressee.name == "UBND tỉnh Tân Giang"


def test_consolidating_again_changes_nothing_until_something_new_came():
    asking = province()
    sent()
    report = consolidating.consolidate("quarterly", QUARTER, by=asking)
    before = set(report.figures.values_list("figure", flat=True))

    same = consolidating.consolidate("quarterly", QUARTER, by=asking)
    unchanged = set(same.figures.values_list("figure", flat=True))
    sent()
    consolidating.consolidate("quarterly", QUARTER, by=asking)

    assert same == report
    assert unchanged == before
    assert report.sources.count() == 2
    assert history(report).filter(verb="consolidated").count() == 2


def test_consolidating_before_anything_was_sent_says_so():
    with pytest.raises(NotAccepted):
        consolidating.consolidate("quarterly", QUARTER, by=province())


def test_consolidating_by_an_officer_is_refused():
    province()

    with pytest.raises(PermissionDenied):
        consolidating.consolidate("quarterly", QUARTER, by=actor())


def test_a_passage_keeps_where_it_is_from_and_what_the_unit_wrote():
    asking = province()
    source = sent()
    report = consolidating.consolidate("quarterly", QUARTER, by=asking)

    passage = consolidating.take_passage(report, "direction", source, 1, by=asking)
    again = consolidating.take_passage(report, "direction", source, 1, by=asking)
    passage = consolidating.rewrite(passage, "Các đơn vị đã ban hành kế hoạch.", by=asking)

    assert again == passage
    assert passage.from_report == source
    assert passage.taken == "- Ban hành kế hoạch."
    assert passage.is_rewritten
    assert contents(report)["direction"].paragraphs == ["Các đơn vị đã ban hành kế hoạch."]


@pytest.mark.parametrize("paragraph", [2, 99])
def test_words_that_a_unit_did_not_write_are_not_taken(paragraph):
    asking = province()
    source = sent()
    report = consolidating.consolidate("quarterly", QUARTER, by=asking)

    with pytest.raises(NotAccepted):
        consolidating.take_passage(report, "direction", source, paragraph, by=asking)


def test_a_report_outside_the_consolidation_gives_no_passage():
    asking = province()
    sent()
    report = consolidating.consolidate("quarterly", QUARTER, by=asking)

    with pytest.raises(NotAccepted):
        consolidating.take_passage(report, "direction", sent(), 0, by=asking)


def test_a_passage_is_dropped_once():
    asking = province()
    source = sent()
    report = consolidating.consolidate("quarterly", QUARTER, by=asking)
    passage = consolidating.take_passage(report, "direction", source, 0, by=asking)

    consolidating.drop(passage, by=asking)

    assert contents(report)["direction"].is_empty
    assert history(report).filter(verb="passage_dropped").count() == 1


def issued(asking) -> Report:
    source = sent()
    report = consolidating.consolidate("quarterly", QUARTER, by=asking)
    for code in ("direction", "shortcomings", "directions"):
        consolidating.take_passage(report, code, source, 0, by=asking)
    return consolidating.issue(report, by=asking, number="128")


def test_issue_sends_once_and_freezes():
    asking = province()
    report = issued(asking)

    again = consolidating.issue(report, by=asking, number="129")

    assert (again.state, again.number) == (ReportState.SUBMITTED, "128")
    assert not access.can_write(asking, again)


def test_a_correction_of_the_issued_report_keeps_its_passages_and_figures():
    asking = province()
    report = issued(asking)

    following = actions.revise(report, by=asking)

    assert following.version == 2
    assert [one.text for one in contents(following)["direction"].passages] == [
        "Đã quán triệt Chỉ thị số 33/CT-TTg."
    ]
    assert following.figures.count() == report.figures.count()
    assert set(following.sources.all()) == set(report.sources.all())


@pytest.mark.parametrize(
    ("role", "sees_draft", "sees_sent"),
    [
        (Role.OFFICER, False, False),  # of another unit
        (Role.COORDINATOR, False, True),
        (Role.READER_ONLY, False, True),
        (Role.APPRAISER, False, True),
        (Role.ADMINISTRATOR, False, False),
    ],
)
def test_who_sees_another_unit_s_report(role, sees_draft, sees_sent):
    province()
    by = actor(role)
    begun, finished = draft(actor()), sent()

    seen = set(access.visible_to(by))

    assert (begun in seen, finished in seen) == (sees_draft, sees_sent)
