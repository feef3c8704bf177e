"""A unit writes its plan, and who receives it reads what was meant: draft → DOCX → vanban → draft."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vanban
from danvan import pipeline
from danvan.documents.models import Document
from danvan.documents.official.layout import Bullet
from danvan.documents.official.pdf import NoPdf, as_pdf, converter
from danvan.duties import actions
from danvan.duties.choices import Decision
from danvan.duties.drafts import checks as plan_checks
from danvan.duties.drafts import document as plan_document
from danvan.duties.drafts import start as plan_start
from danvan.duties.drafts import words
from danvan.duties.drafts import writing as drafting
from danvan.duties.models import PlanDraft, PlanDraftLine
from danvan.org.choices import Role
from danvan.org.models import Succession, UnitEvent
from danvan.refusals import NotAccepted
from tests.factories import (
    AssignmentFactory,
    DocumentFactory,
    DutyFactory,
    PostFactory,
    UnitFactory,
    actor,
    coordinator,
)

TODAY = (2024, 3, 18)


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(*TODAY)


# What is laid on the department: sentence, short form, cooperating, due, deliverable, deliver_to, part
def day(text, on, **more):
    return {"kind": "date", "date": on, "text": text, **more}


LAID = [
    ("Tổ chức đối thoại trực tiếp với người dân về hộ tịch, hoàn thành trong quý III năm 2024.",
     "Tổ chức đối thoại trực tiếp với người dân về hộ tịch", [],
     {"kind": "period_end", "period": "2024-Q3", "text": "hoàn thành trong quý III năm 2024"}, "", ""),
    ("Định kỳ hằng quý, chậm nhất ngày 10 của tháng cuối quý, báo cáo kết quả thực hiện về Sở Nội vụ.",
     "Báo cáo kết quả thực hiện về Sở Nội vụ", [],
     {"kind": "recurring", "every": "quarter", "day": 10, "text": "Định kỳ hằng quý, chậm nhất ngày 10 của tháng cuối quý"},
     "báo cáo", "Sở Nội vụ"),
    ("Gửi hồ sơ tự chấm điểm về Sở Nội vụ chậm nhất ngày 25/10/2024.",
     "Gửi hồ sơ tự chấm điểm về Sở Nội vụ", [], day("chậm nhất ngày 25/10/2024", "2024-10-25"),
     "hồ sơ", "Sở Nội vụ"),
    ("Sở Tư pháp chủ trì, phối hợp với Văn phòng UBND tỉnh rà soát thủ tục hành chính về hộ tịch trước ngày 01/6/2024.",
     "Chủ trì rà soát thủ tục hành chính về hộ tịch", ["Văn phòng UBND tỉnh"],
     day("trước ngày 01/6/2024", "2024-06-01", inclusive=False), "", ""),
    ("Công khai thủ tục hành chính thuộc phạm vi quản lý.",
     "Công khai thủ tục hành chính thuộc phạm vi quản lý", [], None, "", ""),
    ("Bồi dưỡng kỹ năng hòa giải cho hòa giải viên ở cơ sở, hoàn thành chậm nhất ngày 30/8/2024.",
     "Bồi dưỡng kỹ năng hòa giải cho hòa giải viên ở cơ sở", [],
     day("hoàn thành chậm nhất ngày 30/8/2024", "2024-08-30"), "", ""),
    ("Tuyên truyền Luật Thực hiện dân chủ ở cơ sở đến công chức, viên chức.",
     "Tuyên truyền Luật Thực hiện dân chủ ở cơ sở đến công chức, viên chức", [], None, "", ""),
    ("Rà soát các vụ việc khiếu nại kéo dài, báo cáo Chủ tịch UBND tỉnh chậm nhất ngày 28/6/2024.",
     "Rà soát các vụ việc khiếu nại kéo dài", [], day("chậm nhất ngày 28/6/2024", "2024-06-28"),
     "báo cáo", "Chủ tịch UBND tỉnh"),
    ("Cung cấp số liệu phục vụ đánh giá, xếp loại trước ngày 30/9/2024.",
     "Cung cấp số liệu phục vụ đánh giá, xếp loại", [],
     day("trước ngày 30/9/2024", "2024-09-30", inclusive=False), "", ""),
    ("Tổ chức gặp mặt người có uy tín trên địa bàn.",
     "Tổ chức gặp mặt người có uy tín trên địa bàn", [], None, "", ""),
    ("Kiểm tra việc tiếp công dân tại các đơn vị trực thuộc, hoàn thành trong tháng 10 năm 2024.",
     "Kiểm tra việc tiếp công dân tại các đơn vị trực thuộc", [],
     {"kind": "period_end", "period": "2024-10", "text": "hoàn thành trong tháng 10 năm 2024"}, "", ""),
    ("Lập danh sách mô hình Dân vận khéo, gửi về Ban Dân vận Tỉnh ủy chậm nhất ngày 15/11/2024.",
     "Lập danh sách mô hình Dân vận khéo", [], day("chậm nhất ngày 15/11/2024", "2024-11-15"),
     "danh sách", "Ban Dân vận Tỉnh ủy"),
]  # fmt: skip


def a_department(province=True):
    above = UnitFactory(
        called="UBND tỉnh Tân Giang", kind="peoples_committee", level="province", code="tinh"
    )
    unit = UnitFactory(called="Sở Tư pháp", under=above)
    officer = actor(unit=unit)
    PostFactory(
        unit=unit,
        person__name="Trương Thị Bích Liên",
        role=Role.LEADER_IN_CHARGE,
        title="Phó Giám đốc",
        validity=DateRange(date(2010, 1, 1), None),
    )
    return above, unit, officer


def asked_for_a_plan(unit, above, laid=LAID):
    upper = DocumentFactory(
        number="15/KH-UBND", issuer="ỦY BAN NHÂN DÂN TỈNH TÂN GIANG", issued_by=above
    )
    asks = AssignmentFactory(
        unit=unit,
        duty=DutyFactory(
            document=upper,
            action="Ban hành kế hoạch thực hiện",
            deliverable="kế hoạch",
            deliver_to="Sở Nội vụ",
            due=day("chậm nhất ngày 31/3/2024", "2024-03-31"),
            confirmed_by=UnitFactory(called="Sở Nội vụ"),
        ),
    )
    for sentence, action, cooperating, due, deliverable, deliver_to in laid:
        AssignmentFactory(
            unit=unit,
            duty__document=upper,
            duty__sentence=sentence,
            duty__action=action,
            duty__cooperating=cooperating,
            duty__due=due,
            duty__deliverable=deliverable,
            duty__deliver_to=deliver_to,
            due_on=date.fromisoformat(due["date"]) if due and due["kind"] == "date" else None,
        )
    return asks


def line_of(draft, action):
    return draft.lines.filter(duty__action__startswith=action).first()


def typed(line, **values):
    return drafting.Typing(values, line.revision, uuid4())


def word(line, by, **values):
    line.refresh_from_db()
    return drafting.write_line(line, typed(line, **values), by=by)


def a_realistic_plan(unit, above, officer) -> PlanDraft:
    """Taken up, divided, delegated, left out, and a task of its own; rooms lead, several at once."""
    draft = plan_start.begin(asked_for_a_plan(unit, above), by=officer)
    reviewed = line_of(draft, "Rà soát các vụ việc")
    drafting.divide(reviewed, by=officer)
    first, second = draft.lines.filter(duty=reviewed.duty)
    word(first, officer, action="Lập danh mục các vụ việc khiếu nại kéo dài", lead="Thanh tra Sở",
         due="chậm nhất ngày 31/5/2024")  # fmt: skip
    word(second, officer, lead="Sở Tư pháp")
    drafting.delegate(
        line_of(draft, "Bồi dưỡng"), ["Trung tâm Trợ giúp pháp lý nhà nước"], by=officer
    )
    drafting.delegate(
        line_of(draft, "Lập danh sách"),
        ["Phòng Công chứng số 1", "Phòng Công chứng số 2"],
        by=officer,
    )
    drafting.leave_out(
        line_of(draft, "Tổ chức gặp mặt"), reason="Sở không quản lý địa bàn.", by=officer
    )
    drafting.take_up_rest(draft, by=officer)
    word(line_of(draft, "Tổ chức đối thoại"), officer, lead="Phòng Phổ biến, giáo dục pháp luật",
         cooperating="Văn phòng Sở, Thanh tra Sở")  # fmt: skip
    word(line_of(draft, "Công khai"), officer, lead="Văn phòng Sở, Phòng Hành chính tư pháp")
    word(line_of(draft, "Tuyên truyền"), officer, lead="Phòng Phổ biến, giáo dục pháp luật")
    own = drafting.add_own(draft, by=officer)
    word(own, officer, action="Khảo sát sự hài lòng của người dân", lead="Văn phòng Sở",
         due="hằng tháng, trước ngày 25")  # fmt: skip
    head = {"number": "27", "issued_on": date(2024, 3, 15)}
    drafting.write_head(draft, drafting.Typing(head, draft.revision, uuid4()), by=officer)
    return PlanDraft.objects.get(pk=draft.pk)


def read(draft, tmp_path):
    file = tmp_path / "ke-hoach.docx"
    file.write_bytes(plan_document.write(draft))
    return vanban.read_file(file)


@pytest.fixture
def plan(db):
    above, unit, officer = a_department()
    return a_realistic_plan(unit, above, officer)


def as_meant(line: PlanDraftLine) -> tuple[object, ...]:
    due = words.read_due(line.due, 2024) if line.due else None
    return (
        line.action.casefold(),
        line.lead,
        line.cooperating,
        due and (due.kind, due.date, due.period, due.every, due.day, due.inclusive),
    )


def as_read(duty: vanban.Duty) -> tuple[object, ...]:
    due = duty.due
    return (
        duty.action.removeprefix("Chủ trì ").casefold(),
        ", ".join(duty.lead),
        ", ".join(duty.cooperating),
        due and (due.kind, due.date, due.period, due.every, due.day, due.inclusive),
    )


def test_a_plan_reads_back_into_the_same_duties(plan, tmp_path):
    found = read(plan, tmp_path).duties

    printed = plan_document.printed(plan)
    assert len(found) == len(printed) == 14
    for line, duty in zip(printed, found, strict=True):
        action, *meant = as_meant(line)
        short, *read_so = as_read(duty)
        assert action.startswith(short)  # the reader shortens what it lists, never the sentence
        assert read_so == meant
        sentence = words.sentence(line.action, line.cooperating, line.due)
        assert " ".join(duty.span.text.split()) == sentence.rstrip(".")
    assert plan_checks.read_again(plan, plan_document.write(plan)) == []


def test_what_a_duty_asks_for_is_still_asked_for(plan, tmp_path):
    found = read(plan, tmp_path).duties

    kept = [
        (line.duty, duty)
        for line, duty in zip(plan_document.printed(plan), found, strict=True)
        if line.duty and line.decision in {Decision.TAKEN_UP, Decision.DELEGATED}
    ]
    assert len(kept) == 10
    for asked, duty in kept:
        assert (duty.deliverable or "") == asked.deliverable
        assert (duty.deliver_to or "") == asked.deliver_to
        assert (duty.due.kind if duty.due else None) == (asked.due["kind"] if asked.due else None)


def test_what_is_left_out_is_absent(plan, tmp_path):
    document = read(plan, tmp_path)

    assert "gặp mặt" not in document.text
    assert "Khảo sát sự hài lòng của người dân" in document.text


def test_the_head_reads_back(plan, tmp_path):
    document = read(plan, tmp_path)

    header = document.header
    assert (header.kind, header.number, header.date) == ("Kế hoạch", "27/KH-STP", "2024-03-15")
    assert header.title == "Thực hiện công tác dân vận chính quyền năm 2024 của Sở Tư pháp"
    assert header.issuer.endswith("SỞ TƯ PHÁP")
    assert header.place == "Tân Giang"
    assert header.period == ("2024", "2024")
    assert (header.authority, header.signer_role) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert header.signer == "Trương Thị Bích Liên"
    assert list(header.recipients) == plan_document.lines_of(plan.recipients)
    bases = [(one.number, one.date, one.issuer) for one in document.citations if one.basis]
    assert bases == [("15/KH-UBND", "2024-02-20", "Ủy ban nhân dân tỉnh Tân Giang")]


def test_who_collects_what_others_send_asks_for_it_five_working_days_before(plan):
    line = plan.lines.get(decision=Decision.DELEGATED, duty__deliver_to="Ban Dân vận Tỉnh ủy")

    assert line.due == "chậm nhất ngày 08/11/2024"  # 15/11 is a Friday
    assert line.lead == "Phòng Công chứng số 1, Phòng Công chứng số 2"


def test_it_opens_in_libreoffice_whole(plan):
    if converter() is None:
        pytest.skip("LibreOffice is not installed")
    try:
        pdf = as_pdf(plan_document.write(plan))
    except NoPdf as reason:
        pytest.skip(str(reason))

    text = " ".join(vanban.extract(pdf, "ke-hoach.pdf").text.split())

    for line in plan_document.printed(plan):
        assert words.sentence(line.action, line.cooperating, line.due) in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text


# Beginning, deciding, typing


@pytest.fixture
def begun(db):
    above, unit, officer = a_department()
    return plan_start.begin(asked_for_a_plan(unit, above, LAID[:3]), by=officer), officer


def test_begin_twice_is_one_draft(begun):
    draft, officer = begun

    assert plan_start.begin(draft.assignment, by=officer) == draft
    assert PlanDraft.objects.count() == 1
    assert draft.lines.filter(decision="").count() == 3


def test_begin_by_another_unit_is_refused(begun):
    draft, _officer = begun

    with pytest.raises(PermissionDenied):
        plan_start.begin(draft.assignment, by=actor())


def test_the_plan_of_an_ended_unit_is_its_successors_with_the_duties_of_both(db):
    above, gone, _officer = a_department()
    heir = actor()
    asks = asked_for_a_plan(gone, above, LAID[:3])
    AssignmentFactory(unit=heir.unit, duty__document=asks.duty.document)
    on = date(2024, 3, 1)
    event = UnitEvent.objects.create(kind="merged", on=on, basis="Nghị quyết")
    Succession.objects.create(event=event, predecessor=gone, successor=heir.unit, is_whole=True)
    gone.names.update(validity=DateRange(date(2000, 1, 1), on))

    draft = plan_start.begin(asks, by=heir)

    assert draft.unit == heir.unit
    assert gone.name not in draft.title
    assert draft.lines.exclude(duty=None).count() == 4


def test_a_plan_that_nobody_asked_for_begins_with_the_duties_of_the_year(db):
    above, unit, officer = a_department()
    asked_for_a_plan(unit, above, LAID[:2])
    AssignmentFactory(unit=unit, duty__document=DocumentFactory(planned_from="2023"))

    draft = plan_start.begin_own(unit, 2024, by=officer)

    assert (
        draft.lines.exclude(duty=None).count() == 3
    )  # the plan asked for is then a duty as others
    assert draft.bases.startswith("Thực hiện Kế hoạch số 15/KH-UBND ngày 20 tháng 02 năm 2024")
    assert draft.bases.count("\n") == 0  # a document is named once
    assert plan_start.begin_own(unit, 2024, by=officer) == draft


def test_further_duties_of_the_year_are_added_once(begun):
    draft, officer = begun
    other = AssignmentFactory(unit=draft.unit, duty__action="Việc theo văn bản khác")
    AssignmentFactory(unit=draft.unit, due_on=date(2025, 3, 1))  # of another year

    assert [one.duty for one in plan_start.other_duties(draft)] == [other.duty]
    assert drafting.add_duties(draft, [str(other.duty_id)], by=officer) == 1
    assert drafting.add_duties(draft, [str(other.duty_id)], by=officer) == 0


def test_a_divided_duty_is_one_again_when_it_is_decided_anew(begun):
    draft, officer = begun
    line = line_of(draft, "Gửi hồ sơ")
    drafting.divide(line, by=officer)
    assert draft.lines.filter(duty=line.duty).count() == 2

    drafting.undecide(line, by=officer)

    assert draft.lines.get(duty=line.duty).decision == ""


def test_of_two_parts_one_taken_out_leaves_one_task(begun):
    draft, officer = begun
    line = line_of(draft, "Gửi hồ sơ")
    part = drafting.divide(line, by=officer)

    drafting.remove(part, by=officer)

    assert draft.lines.get(duty=line.duty).decision == Decision.TAKEN_UP


def test_a_duty_is_not_taken_out_but_left_out_with_a_reason(begun):
    draft, officer = begun
    line = line_of(draft, "Gửi hồ sơ")

    with pytest.raises(NotAccepted):
        drafting.remove(line, by=officer)
    with pytest.raises(NotAccepted):
        drafting.leave_out(line, reason=" ", by=officer)


def test_lines_change_places(begun):
    draft, officer = begun
    first, second = list(draft.lines.all())[:2]

    drafting.move(second, up=True, by=officer)

    assert list(draft.lines.all())[:2] == [second, first]


def test_two_who_type_at_once_keep_both_texts(begun):
    draft, officer = begun
    line = line_of(draft, "Gửi hồ sơ")
    colleague = actor(unit=draft.unit)
    his, hers = typed(line, action="Lập hồ sơ"), typed(line, action="Nộp hồ sơ")

    drafting.write_line(line, his, by=officer)
    line = drafting.write_line(line, hers, by=colleague)

    assert (line.action, line.aside["action"]) == ("Lập hồ sơ", "Nộp hồ sơ")
    drafting.settle_aside(line, takes_other=True, by=officer)
    line.refresh_from_db()
    assert (line.action, line.aside) == ("Nộp hồ sơ", None)


def test_what_one_page_saves_again_and_again_is_its_own(begun):
    draft, officer = begun
    line = line_of(draft, "Gửi hồ sơ")
    page = typed(line, action="Lập")

    drafting.write_line(line, page, by=officer)
    again = drafting.Typing({"action": "Lập hồ sơ"}, page.revision, page.page)
    line = drafting.write_line(line, again, by=officer)

    assert (line.action, line.aside) == ("Lập hồ sơ", None)


# Checking and handing in


def test_it_is_not_handed_in_while_a_duty_is_undecided(begun):
    draft, officer = begun

    with pytest.raises(NotAccepted, match="Chưa quyết định"):
        pipeline.hand_in_draft(draft, by=officer)
    assert Document.objects.filter(evidence_of=None).count() == 1


@pytest.mark.parametrize(
    ("due", "is_past"),
    [
        ("chậm nhất ngày 30/9/2023", True),  # copied from last year's plan
        ("trong quý III năm 2023", True),
        ("chậm nhất ngày 15/01/2025", False),  # the year's report may come after it
        ("thường xuyên", False),
    ],
)
def test_a_deadline_of_an_earlier_year_keeps_it_from_being_handed_in(begun, due, is_past):
    draft, officer = begun
    drafting.take_up_rest(draft, by=officer)
    word(line_of(draft, "Gửi hồ sơ"), officer, due=due)

    assert bool(plan_checks.problems(draft)) == is_past


def test_an_expired_basis_is_told_with_its_successor(begun):
    draft, officer = begun
    upper = draft.assignment.duty.document
    successor = DocumentFactory(number="20/KH-UBND", issued_on=date(2024, 3, 1))
    upper.ended_on, upper.ended_by = date(2024, 3, 1), successor
    upper.save()

    (basis,) = plan_checks.bases(draft)

    assert basis.is_over
    assert (basis.document, basis.successor) == (upper, successor)


def test_a_basis_that_ended_after_the_drafts_own_day_is_over_too(begun):
    draft, _officer = begun
    upper = draft.assignment.duty.document
    upper.ended_on = date(2024, 3, 11)
    upper.save()
    draft.issued_on = date(2024, 3, 4)

    (basis,) = plan_checks.bases(draft)

    assert basis.is_over


def test_what_is_handed_in_is_frozen_until_it_is_returned(plan):
    officer = actor(unit=plan.unit)

    sent = pipeline.hand_in_draft(plan, by=officer)
    assert pipeline.hand_in_draft(plan, by=officer) == sent  # said twice is done once

    plan.refresh_from_db()
    assert plan.document.evidence_of.get().assignment == sent
    assert plan.document.file_name == "ke-hoach-2024-STP-ban-1.docx"
    with pytest.raises(NotAccepted):
        word(plan.lines.first(), officer, action="Sửa sau khi nộp")
    with pytest.raises(NotAccepted):
        drafting.reopen(plan, by=officer)
    actions.send_back(sent, reason="Bổ sung thời hạn.", by=coordinator())
    plan = drafting.reopen(PlanDraft.objects.get(pk=plan.pk), by=officer)
    assert (plan.version, plan.document) == (2, None)
    sent = pipeline.hand_in_draft(plan, by=officer)
    assert sent.evidence.count() == 2


# Whatever is written


ACTIONS = (
    "Tổ chức đối thoại với người dân",
    "Báo cáo kết quả thực hiện về Sở Nội vụ",
    "Rà soát thủ tục hành chính",
    "Công khai kết luận đối thoại; niêm yết tại trụ sở",
    "Tuyên truyền Luật Thực hiện dân chủ ở cơ sở",
    "Chủ trì xây dựng chuyên mục Chính quyền lắng nghe dân",
    "Ban hành kế hoạch và gửi về Sở Nội vụ",
)
BODIES = (
    "Văn phòng Sở",
    "Thanh tra Sở",
    "Phòng Phổ biến, giáo dục pháp luật",
    "Phòng Hành chính tư pháp",
    "Trung tâm Trợ giúp pháp lý nhà nước",
    "UBND các xã, phường, thị trấn",
)
DUES = (
    "",
    "chậm nhất ngày 31/5/2024",
    "trước ngày 05/11/2024",
    "trong quý III năm 2024",
    "trong tháng 10 năm 2024",
    "hằng quý, chậm nhất ngày 08 của tháng cuối quý",
    "hằng tháng, trước ngày 25",
)
LINES = st.builds(
    PlanDraftLine,
    decision=st.sampled_from([Decision.TAKEN_UP, Decision.DELEGATED, Decision.OWN]),
    action=st.sampled_from(ACTIONS),
    lead=st.sampled_from(BODIES),
    cooperating=st.sampled_from(["", "Văn phòng UBND tỉnh", "Sở Nội vụ, Thanh tra tỉnh"]),
    due=st.sampled_from(DUES),
)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(lines=st.lists(LINES, min_size=1, max_size=8, unique_by=lambda one: one.action))
def test_whatever_stands_in_a_draft_is_read_as_it_was_meant(lines):
    text = "\n".join(_text_of(lines))

    found = {as_read(duty)[0]: as_read(duty)[1:] for duty in vanban.read(text).duties}

    for line in lines:
        action, *meant = as_meant(line)
        said = action.removeprefix("chủ trì ").replace(";", ",")
        short = next(one for one in found if said.startswith(one.replace(";", ",")))
        assert list(found[short]) == meant, (text, line.action)


def _text_of(lines):
    """The body of a plan as `plan_document` lays it out, without a database."""
    yield "KẾ HOẠCH"
    yield "Thực hiện công tác dân vận chính quyền năm 2024"
    yield "I. NỘI DUNG, NHIỆM VỤ"
    for block in plan_document.groups(lines):
        yield f"- {block.text}" if isinstance(block, Bullet) else block.text
