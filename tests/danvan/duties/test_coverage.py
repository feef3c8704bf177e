"""Sentences of two plans: which take up which, and in what they ask for less."""

import time
from datetime import date, timedelta
from uuid import uuid4

import pytest
from bench import coverage as measured
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan import clock
from danvan.documents.actions import concretise
from danvan.duties import tasks
from danvan.duties.choices import Coverage
from danvan.duties.coverage import actions, asking
from danvan.duties.coverage.differences import side_by_side
from danvan.duties.coverage.matching import Sentence, match
from danvan.duties.coverage.reading import clauses
from danvan.duties.coverage.sentences import sentences
from danvan.duties.coverage.verdicts import reasons
from danvan.duties.models import Assignment, CoverageMatch, Evidence
from danvan.org.models import Succession, UnitEvent
from danvan.refusals import NotAccepted
from tests.factories import (
    AssignmentFactory,
    DocumentFactory,
    DutyFactory,
    ReadingFactory,
    UnitFactory,
    actor,
    coordinator,
    went_into,
)


def due(day, **more):
    return {"kind": "date", "date": day, **more}


DIALOGUE = Sentence(
    "1",
    "Tổ chức ít nhất 02 cuộc đối thoại trực tiếp với nhân dân, xong trước ngày 31/3/2026.",
    due=due("2026-03-31", inclusive=False),
)
SURVEY = Sentence("2", "Khảo sát mức độ hài lòng của người dân đối với bộ phận một cửa hằng quý.")


def said(text, key="a", **more):
    return Sentence(key, text, **more)


@pytest.mark.parametrize(
    "text",
    [
        "Giám đốc Sở tổ chức 02 buổi gặp gỡ, đối thoại với bà con, xong trước ngày 30/3/2026.",
        "Trước ngày 25/3/2026, lãnh đạo đối thoại trực tiếp với người dân 02 cuộc.",
    ],
)
def test_the_same_in_other_words_is_taken_up(text):
    [found, other] = match([DIALOGUE, SURVEY], [said(text)])

    assert (found.found, found.lower.key) == (Coverage.TAKEN_UP, "a")
    assert other.found == Coverage.LEFT_OUT


def test_the_same_verb_on_another_object_is_left_out():
    [found] = match([SURVEY], [said("Khảo sát hiện trạng cầu, đường nông thôn hằng quý.")])

    assert (found.found, found.lower) == (Coverage.LEFT_OUT, None)


def test_a_movement_of_another_name_is_another_duty():
    upper = said("Phát động phong trào thi đua “Công sở thân thiện” trong toàn cơ quan.")

    [found] = match(
        [upper], [said("Phát động phong trào thi đua “Trường học xanh” trong cơ quan.")]
    )

    assert found.found == Coverage.LEFT_OUT


def test_a_duty_in_two_sentences_names_both():
    lowers = [
        said("Số hóa hồ sơ thủ tục hành chính còn hiệu lực tại bộ phận lưu trữ.", "a"),
        said("Số hóa kết quả giải quyết thủ tục hành chính còn hiệu lực.", "b"),
    ]

    [found] = match(
        [said("Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính còn hiệu lực.")], lowers
    )

    assert found.found == Coverage.TAKEN_UP
    assert {found.lower.key, *(one.key for one in found.others)} == {"a", "b"}


def test_two_duties_in_one_sentence_are_both_taken_up():
    upper = [
        said("Niêm yết công khai thủ tục hành chính tại trụ sở.", "1"),
        said("Gửi thư xin lỗi đối với hồ sơ trễ hạn.", "2"),
    ]

    found = match(
        upper,
        [said("Niêm yết công khai thủ tục hành chính tại trụ sở, gửi thư xin lỗi hồ sơ trễ hạn.")],
    )

    assert [one.found for one in found] == [Coverage.TAKEN_UP] * 2


@pytest.mark.parametrize(
    ("upper", "lower", "why"),
    [
        (  # the printed days are told, the days between are those that count
            said("Xong", due=due("2026-03-31")),
            said("Xong", due=due("2026-04-30")),
            ["Hạn muộn hơn 30 ngày: 30/4 thay vì 31/3."],
        ),
        (said("Xong", due=due("2026-03-31")), said("Xong", due=due("2026-03-01")), []),  # set back
        (  # “trước ngày 31/3” and “chậm nhất ngày 31/3” print the same day
            said("Xong", due=due("2026-03-31", inclusive=False)),
            said("Xong", due=due("2026-03-31")),
            [],
        ),
        (
            said("Xong", due=due("2026-03-31")),
            said("Xong", due=due("2025-03-31")),
            ["Hạn của năm trước: 31/3/2025, kế hoạch cấp trên ghi 31/3/2026."],
        ),
        (
            said("Xong", due=due("2026-03-31")),
            said("Xong"),
            ["Không ghi thời hạn: kế hoạch cấp trên ghi 31/3/2026."],
        ),
        (  # the end of the plan's own year goes without saying
            said("Xong", due={"kind": "period_end", "period": "2026"}),
            said("Xong"),
            [],
        ),
        (  # a month as the reader writes it, and one that a sentence says without being read
            said("Xong", due={"kind": "period_end", "period": "2026-05"}),
            said("Xong trong tháng 6/2026"),
            ["Hạn muộn hơn 30 ngày: 30/6 thay vì 31/5."],
        ),
        (
            said("Ký chương trình phối hợp năm 2026"),
            said("Ký chương trình phối hợp năm 2025"),
            ["Nội dung của năm trước: ghi năm 2025, kế hoạch cấp trên ghi năm 2026."],
        ),
        (
            said("Báo cáo", due={"kind": "recurring", "every": "month"}),
            said("Báo cáo hằng quý"),
            ["Giảm tần suất: hằng quý thay vì hằng tháng."],
        ),
        (
            said("Tiếp công dân hằng tháng"),
            said("Tiếp công dân"),
            ["Không ghi định kỳ: kế hoạch cấp trên ghi hằng tháng."],
        ),
        (said("Tiếp công dân hằng quý"), said("Tiếp công dân mỗi tháng một lần"), []),
        (
            said("Phổ biến đến 100 % cán bộ"),
            said("Phổ biến đến 90% cán bộ"),
            ["Giảm mức: 90% thay vì 100%."],
        ),
        (said("Phổ biến đến 100% cán bộ"), said("Phổ biến đến toàn thể cán bộ"), []),
        (said("Kiểm tra 02 lần"), said("Kiểm tra một lần"), ["Giảm mức: một lần thay vì 02 lần."]),
        (said("Kiểm tra 02 lần"), said("Kiểm tra hai đợt"), []),
        (  # to stay under a share is no less
            said("Giảm đơn trễ hạn còn 5%"),
            said("Giảm đơn trễ hạn còn 3%"),
            [],
        ),
        (
            said("Khen thưởng"),
            said("Khen thưởng nếu có điều kiện"),
            ["Thêm điều kiện: “nếu có điều kiện”."],
        ),
        (
            said("Giải quyết khiếu nại, tố cáo"),
            said("Giải quyết khiếu nại"),
            ["Phạm vi hẹp hơn: không nêu tố cáo."],
        ),
        (  # parents are no pupils
            said("Lấy ý kiến cha mẹ học sinh về khoản thu"),
            said("Hỏi phụ huynh về khoản thu"),
            [],
        ),
        (
            said("Tập huấn cho công chức"),
            said("Tập huấn cho cán bộ chủ chốt"),
            ["Phạm vi hẹp hơn: “chủ chốt”."],
        ),
        (
            said("Rà soát", cooperating=["Sở Tư pháp"]),
            said("Rà soát"),
            ["Không nêu phối hợp với Sở Tư pháp."],
        ),
        (said("Rà soát", cooperating=["Sở Tư pháp"]), said("Phối hợp rà soát"), []),
    ],
)
def test_why_a_sentence_asks_for_less(upper, lower, why):
    assert reasons(upper, [lower], year=2026) == why


def test_what_several_sentences_do_together_is_added_up():
    lowers = [said("Đăng ký 01 mô hình về rừng"), said("Đăng ký 01 mô hình về nước")]

    assert reasons(said("Đăng ký 02 mô hình"), lowers) == []


def test_a_point_that_was_not_read_as_a_duty_may_take_one_up():
    text = "I. VIỆC\n- Tổ chức đối thoại với nhân dân.\n- Bà con được mời dự họp ấp mỗi quý.\n1. Đề mục\n"

    found = sentences(text, [("duties:0", {"start": 10, "end": 42, "text": text[10:42]})])

    assert [one.key.split(":")[0] for one in found] == ["duties", "text"]
    assert found[1].text == "Bà con được mời dự họp ấp mỗi quý."


def test_what_is_only_encouraged_is_weaker():
    upper = said("Biên soạn tờ gấp song ngữ về thủ tục hành chính.")

    [found] = match(
        [upper], [said("Khuyến khích biên soạn tờ gấp song ngữ về thủ tục hành chính.")]
    )

    assert found.reasons == ("Không còn là việc phải làm: “khuyến khích”.",)


def test_each_duty_of_a_merged_sentence_is_judged_by_its_own_clause():
    upper = [
        said("Sơ kết 6 tháng, gửi báo cáo về Sở Nội vụ trước ngày 10/6/2026.", "1"),
        said("Tổng kết năm, gửi báo cáo về Sở Nội vụ trước ngày 25/11/2026.", "2"),
    ]
    lower = said(
        "Gửi Sở Nội vụ báo cáo sơ kết 6 tháng trước ngày 10/6/2026 và báo cáo tổng kết năm trước ngày 25/11/2026."
    )

    assert [one.found for one in match(upper, [lower])] == [Coverage.TAKEN_UP] * 2


def test_abbreviations_are_read_as_what_they_stand_for():
    upper = said("Công khai thủ tục hành chính tại trụ sở Ủy ban nhân dân xã.")

    [found] = match([upper, SURVEY], [said("Niêm yết TTHC tại trụ sở UBND xã.")])[:1]

    assert found.found == Coverage.TAKEN_UP


def test_of_a_duty_left_out_the_nearest_sentence_is_kept():
    upper = said("Thực hiện xin lỗi bằng văn bản đối với 100% hồ sơ giải quyết trễ hạn.")

    [found] = match([upper], [said("Bộ phận một cửa viết thư xin lỗi cho mọi trường hợp trễ hẹn.")])

    assert (found.found, found.lower) == (Coverage.LEFT_OUT, None)
    assert found.nearest.key == "a"
    assert found.score < 0.96


def test_differences_are_marked_in_both():
    upper, lower = side_by_side("Xong trước ngày 31/3", "Xong trước ngày 30/4")

    assert [one.words for one in upper if one.differs] == ["31/3"]
    assert [one.words for one in lower if one.differs] == ["30/4"]


def test_the_measured_floor():
    scores = {name: measured.score(name) for name in measured.lower_plans()}
    apart = measured.together(scores[name] for name in measured.APART)
    all_ = measured.together(scores.values())

    assert len(scores) >= 24
    assert all_.f1 >= 0.95
    assert all_.verdicts >= 0.93
    assert apart.f1 >= 0.93
    assert apart.verdicts >= 0.87
    assert apart.surely >= 0.97  # what a person is not asked about is right


# In the product

PLAN = """KẾ HOẠCH
- Tổ chức 02 cuộc đối thoại trực tiếp với nhân dân, xong trước ngày 30/4/2026.
- Trồng cây xanh ven kênh trong cả năm.
"""
FIRST = PLAN.index("Tổ chức")


def _read(text=PLAN):
    end = text.index("\n", FIRST)
    return {
        "duties": [
            {
                "start": FIRST,
                "end": end,
                "text": text[FIRST:end],
                "action": text[FIRST:end],
                "lead": [],
                "cooperating": [],
                "due": due("2026-04-30", inclusive=False),
                "confidence": 0.9,
            }
        ]
    }


@pytest.fixture
def handed_in(db):
    """A plan, read, of a unit with two duties and the one that asks for the plan."""
    officer, asking_unit = actor(), coordinator()
    upper = DocumentFactory(planned_from="2026", planned_to="2026")
    asked = DutyFactory(
        document=upper,
        deliverable="kế hoạch",
        deliver_to="Sở Nội vụ",
        confirmed_by=asking_unit.unit,
    )
    dialogue = DutyFactory(document=upper, sentence=DIALOGUE.text, due=DIALOGUE.due, start=1)
    survey = DutyFactory(document=upper, sentence=SURVEY.text, start=2)
    DutyFactory(document=upper, sentence="Một việc của đơn vị khác.")
    for duty in (dialogue, survey):
        AssignmentFactory(duty=duty, unit=officer.unit, part="cooperating")
    assignment = AssignmentFactory(
        duty=asked,
        unit=officer.unit,
        state="submitted",
        handed_in_at=clock.now(),
        handed_in_by=officer.name,
    )
    plan = DocumentFactory(filed_by=officer.unit, registered_on=None)
    Evidence.objects.create(
        assignment=assignment, document=plan, by_name=officer.name, at=clock.now()
    )
    concretise(plan, upper, by=officer)
    ReadingFactory(document=plan, text=PLAN, result=_read())
    return plan, assignment, officer, asking_unit


def of(plan):
    return {one.duty.sentence: one for one in plan.covers.select_related("duty")}


def test_a_plan_is_compared_with_the_duties_laid_on_its_unit(handed_in):
    plan, *_ = handed_in

    tasks.compare_plans(0)

    found = of(plan)
    assert set(found) == {DIALOGUE.text, SURVEY.text}
    weakened = found[DIALOGUE.text]
    assert (weakened.found, weakened.item) == ("weakened", "duties:0")
    assert weakened.reasons == ["Hạn muộn hơn 30 ngày: 30/4 thay vì 31/3."]
    assert found[SURVEY.text].found == "left_out"


def test_compared_once_it_is_not_outdated_until_the_reading_is_corrected(handed_in):
    plan, *_ = handed_in
    assert list(asking.outdated()) == [plan]

    actions.compare(plan)
    assert list(asking.outdated()) == []

    plan.readings.get().corrections.create(
        item="duties:0",
        verdict="drop",
        values={},
        by_user=uuid4(),
        by_name="Bà Mai",
        at=clock.now() + timedelta(seconds=1),
    )
    assert list(asking.outdated()) == [plan]
    tasks.compare_plans(0)
    assert (
        of(plan)[DIALOGUE.text].found == "left_out"
    )  # nor does the point of the text stand for it


def test_compared_again_it_is_the_same(handed_in):
    plan, *_ = handed_in
    before = [one.pk for one in actions.compare(plan)]

    assert [one.pk for one in actions.compare(plan)] == before
    assert CoverageMatch.objects.count() == 2


def test_what_a_person_said_is_never_overwritten_and_can_be_undone(handed_in):
    plan, _assignment, _officer, by = handed_in
    actions.compare(plan)
    row = of(plan)[SURVEY.text]
    other = next(one for one in asking.said(plan.readings.get()) if one.key.startswith("text:"))

    actions.say(row, found=Coverage.TAKEN_UP, item=other.key, why="Lồng vào việc này.", by=by)
    actions.compare(plan)

    row.refresh_from_db()
    assert (row.found, row.sentence, row.said_by) == ("taken_up", other.text, by.name)
    actions.undo(row, by=by)
    row.refresh_from_db()
    assert (row.found, row.said_by, row.item) == ("left_out", "", "")


def test_one_word_says_whether_the_sentence_shown_is_the_one(handed_in):
    plan, _assignment, _officer, by = handed_in
    actions.compare(plan)
    row, left_out = of(plan)[DIALOGUE.text], of(plan)[SURVEY.text]
    left_out.nearest = row.sentence
    left_out.save()

    actions.answer(row, is_right=True, by=by)
    actions.answer(left_out, is_right=True, by=by)

    row.refresh_from_db()
    left_out.refresh_from_db()
    assert (row.found, row.item, row.said_by) == ("weakened", "duties:0", by.name)
    assert row.reasons == ["Hạn muộn hơn 30 ngày: 30/4 thay vì 31/3."]
    assert (left_out.item, left_out.sentence) == ("duties:0", row.sentence)
    actions.answer(row, is_right=False, by=by)
    row.refresh_from_db()
    assert (row.found, row.item) == ("left_out", "")


def test_a_verdict_needs_a_sentence_of_the_plan(handed_in):
    plan, _assignment, _officer, by = handed_in
    actions.compare(plan)

    with pytest.raises(NotAccepted):
        actions.say(of(plan)[SURVEY.text], found=Coverage.TAKEN_UP, item="duties:9", by=by)


def test_a_remark_has_an_end(handed_in):
    plan, assignment, _officer, by = handed_in
    actions.compare(plan)
    row, long = of(plan)[SURVEY.text], "x" * 4001

    with pytest.raises(NotAccepted, match="4000"):
        actions.say(row, found=Coverage.LEFT_OUT, item="", why=long, by=by)
    with pytest.raises(NotAccepted, match="4000"):
        actions.send_back(plan, [row], by=by, remark=long)

    assignment.refresh_from_db()
    assert assignment.state != "returned"


def test_nobody_judges_the_plan_of_his_own_unit(handed_in):
    plan, _assignment, officer, _by = handed_in
    actions.compare(plan)
    row = of(plan)[SURVEY.text]

    with pytest.raises(PermissionDenied):
        actions.say(row, found=Coverage.TAKEN_UP, item="duties:0", by=officer)
    with pytest.raises(PermissionDenied):
        actions.undo(row, by=officer)


def test_who_names_the_plan_of_another_as_his_own_proof_masters_nothing_of_it(handed_in):
    plan, assignment, officer, _by = handed_in
    row = actions.compare(plan)[0]
    stranger = actor()
    below = AssignmentFactory(
        duty=DutyFactory(document=DocumentFactory(), confirmed_by=stranger.unit),
        unit=actor().unit,
    )
    Evidence.objects.create(assignment=below, document=plan, by_name="Ai đó", at=clock.now())

    assert asking.unit_of(plan) == officer.unit
    assert asking.assignment_of(plan) == assignment
    with pytest.raises(PermissionDenied):
        actions.say(row, found=Coverage.LEFT_OUT, item="", by=stranger)


def test_a_plan_is_returned_with_the_chosen_duties(handed_in):
    plan, assignment, _officer, by = handed_in
    rows = actions.compare(plan)

    actions.send_back(plan, rows, by=by, remark="Xem lại.")

    assignment.refresh_from_db()
    assert assignment.state == "returned"
    assert assignment.remark.splitlines() == [
        "Xem lại.",
        f"- Xem lại: {DIALOGUE.text} Hạn muộn hơn 30 ngày: 30/4 thay vì 31/3.",
        f"- Bổ sung: {SURVEY.text}",
    ]


def test_a_plan_is_not_returned_for_nothing(handed_in):
    plan, _assignment, _officer, by = handed_in

    with pytest.raises(NotAccepted):
        actions.send_back(plan, [], by=by)


def test_what_another_unit_left_to_it_before_is_counted_too(handed_in):
    plan, assignment, *_ = handed_in
    gone, on = UnitFactory(), clock.today()
    left = DutyFactory(document=assignment.duty.document, sentence="Việc của đơn vị cũ.", start=3)
    AssignmentFactory(duty=left, unit=gone)
    event = UnitEvent.objects.create(kind="merged", on=on, basis="Nghị quyết")
    Succession.objects.create(
        event=event, predecessor=gone, successor=assignment.unit, is_whole=True
    )
    gone.names.update(validity=DateRange(date(2000, 1, 1), on))

    actions.compare(plan)

    assert "Việc của đơn vị cũ." in of(plan)


def test_a_plan_handed_in_for_work_of_merged_units_answers_for_all_of_it(handed_in):
    plan, assignment, officer, *_ = handed_in
    heir, other, on = UnitFactory(), UnitFactory(), clock.today()
    survey = Assignment.objects.get(duty__sentence=SURVEY.text)
    survey.unit = other
    survey.save()
    for gone in (officer.unit, other):
        went_into(gone, heir, on)
    plan.filed_by = heir
    plan.save()

    assert list(asking.outdated()) == [plan]
    tasks.compare_plans(0)

    assert asking.unit_of(plan) == heir
    assert set(of(plan)) == {DIALOGUE.text, SURVEY.text}
    assert not asking.outdated().exists()


def test_a_duty_no_longer_laid_on_the_unit_is_no_longer_counted(handed_in):
    plan, *_ = handed_in
    actions.compare(plan)
    gone = of(plan)[SURVEY.text].duty.assignments.get()
    gone.state, gone.remark = "rescinded", "Giao nhầm."
    gone.save()

    actions.compare(plan)

    assert set(of(plan)) == {DIALOGUE.text}


@pytest.mark.parametrize("blank", ["\n", " ", "\t\n"])
def test_a_text_of_blanks_is_gone_through_once(blank):
    text = blank * (50_000 // len(blank))
    began = time.process_time()

    assert sentences(text, []) == []
    assert clauses(text) == []

    assert time.process_time() - began < 2
