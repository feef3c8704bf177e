"""What any action about documents and duties changes has an entry: see test_every_change.py."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile

from danvan import clock
from danvan.audit.models import AuditEntry
from danvan.documents import actions as documents
from danvan.documents import programmes, validity
from danvan.documents.choices import Verdict
from danvan.documents.citations import cards, places, settling
from danvan.documents.exchange import answering, sending, taking
from danvan.documents.models import Citation, Delivery
from danvan.duties import actions as duties
from danvan.duties import cascading, difficulties, ending, extending, life, themes
from danvan.duties.coverage import actions as coverage
from danvan.duties.deadlines import office_days
from danvan.duties.drafts import start, writing
from danvan.duties.following import follow_ups, laying
from danvan.duties.models import Assignment, Duty, Evidence
from danvan.org.actors import Actor
from tests.danvan.audit.doing import actions_of, did, done
from tests.danvan.documents.exchange import making as exchanged
from tests.danvan.documents.test_actions import PLAN
from tests.factories import (
    AssignmentFactory,
    DocumentFactory,
    DutyFactory,
    ReadingFactory,
    UnitFactory,
    actor,
    coordinator,
)

pytestmark = pytest.mark.django_db
STAGES = ("documents", "duties")
LOOKING = {
    "documents.earlier",
    "duties.lay",  # done by laying a duty on units
    # definitions, which no unit has: tests/danvan/duties/deadlines/test_office_days.py
    "duties.deadlines.office_days.enter_year",
    "duties.deadlines.office_days.enter_day",
    "duties.deadlines.office_days.withdraw_day",
}


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


# Documents


def test_of_documents():
    by = coordinator()
    reading = did(documents.take_in, PLAN, "ke-hoach.txt", by=by)
    did(documents.read, reading)
    keys = [one.key for one in documents.items(reading)["duties"]]
    did(documents.confirm_items, reading, by=by, items=keys)
    did(documents.undo, reading, by=by, item=keys[0])
    said = {"action": "Ban hành kế hoạch"}
    did(documents.correct, reading, by=by, item=keys[0], verdict=Verdict.CORRECT, values=said)
    did(documents.answer_name, reading, "Sở Tư pháp", by=by, means=[])
    plan = did(documents.confirm, reading, by=by)
    lower = DocumentFactory(filed_by=by.unit, number="7/KH-STP")
    did(documents.concretise, lower, plan, by=by)
    did(documents.cut_concretising, lower, plan, by=by, reason="Chọn nhầm.")
    did(documents.annex, plan, b"Phu luc", "phu-luc.txt", title="Phụ lục I", by=by)

    entry = AuditEntry.objects.get(verb="item_corrected", details__item=keys[0])
    assert entry.before["action"] != entry.after["action"] == "Ban hành kế hoạch"


def test_of_a_file_that_cannot_be_read():
    reading = ReadingFactory(state="queued")
    reading.document.attachment.content.save("hong.docx", ContentFile(b"\x00" * 99))

    did(documents.read, reading)

    assert AuditEntry.objects.get().verb == "unreadable"


def test_of_a_file_brought_by_mistake():
    by = coordinator()
    mistaken = ReadingFactory(document__filed_by=by.unit).document

    did(documents.discard, mistaken, by=by, reason="Tải nhầm")
    did(documents.restore, mistaken, by=by)


def test_of_citations():
    by = coordinator()
    meant = DocumentFactory()
    for number in ("8/KH-UBND", "9/KH-UBND", "10/KH-UBND"):
        _cites(number)

    did(settling.choose, "8/KH-UBND", meant, by=by)
    did(settling.undo, "8/KH-UBND", by=by)
    did(settling.set_aside, "9/KH-UBND", by=by)
    did(settling.make_card, "10/KH-UBND", cards.Facts("Kế hoạch", "10/KH-UBND"), by=by)
    did(cards.make, cards.Facts("Nghị quyết", "25-NQ/TW", date(2013, 6, 3)), by=by)
    here = _cites("11/KH-UBND")
    did(places.relink, here, meant, by=by)
    did(places.give_back, here, by=by)


def _cites(number: str, **values: Any) -> Citation:
    """A document that cites one nobody knows."""
    fields = {"relation": "basis", "standing": "unknown", "kind": "Kế hoạch", "text": number}
    return Citation.objects.create(
        document=DocumentFactory(), number=number, alike=number, **{**fields, **values}
    )


def test_of_what_holds():
    by = coordinator()
    regulation = DocumentFactory(filed_by=by.unit)
    said = did(validity.say, regulation, "abolished", on=date(2024, 3, 1), by=by, is_verified=False)
    did(validity.verify, said, by=by)
    did(validity.undo, said, by=by)
    did(validity.review, regulation, by=by)
    replacing, not_meant = (
        _cites(number, target=DocumentFactory(), relation="replaces", standing="resolved")
        for number in ("3/KH-UBND", "4/KH-UBND")
    )
    did(validity.accept, replacing, by=by)
    did(validity.dismiss, not_meant, by=by)


def test_of_programmes():
    by = coordinator()
    sides = [programmes.Side(printed="Hội A"), programmes.Side(printed="Hội B")]
    document = did(
        programmes.bind, DocumentFactory(), sides, from_=date(2024, 1, 1), to=None, by=by
    )
    did(programmes.unbind, document, by=by)


def test_of_exchange():
    sender, receiver = actor(), actor()
    package = did(taking.take, exchanged.package(), "goi.edxml", by=receiver).package
    exchanged.coded_unit("", "H57.9", receiver.unit)
    did(answering.answer, package, by=receiver)
    name = "Sở Tư pháp"
    there, elsewhere = UnitFactory(called=name), UnitFactory(called="Sở Y tế")
    recipients = [name, "Sở Y tế", "Báo Tân Giang"]
    document = DocumentFactory(filed_by=sender.unit, recipients=recipients)
    ways = exchanged.chosen(document, sender)
    sent = {one.recipient: one for one in did(sending.send, document, ways, by=sender)}

    did(sending.receive, sent[name], by=actor(unit=there))
    did(sending.refuse, sent["Sở Y tế"], by=actor(unit=elsewhere), reason="Gửi nhầm")
    posted = sent["Báo Tân Giang"]
    Delivery.objects.update(sent_at=datetime(2024, 3, 17, 9, tzinfo=clock.ZONE))
    did(sending.send_again, posted, by=sender)
    did(sending.note_received, posted, by=sender, on=date(2024, 3, 18))


# Duties


def laid(doing: Actor, asking: Actor, **values: Any) -> Assignment:
    duty = DutyFactory(asked_by=asking.unit, confirmed_by=asking.unit)
    return AssignmentFactory(duty=duty, unit=doing.unit, **values)


def test_of_duties():
    asking, doing = coordinator(), actor()
    item = documents.items(ReadingFactory(result={"duties": [{"action": "a", "start": 1}]}))
    duty = did(duties.propose, DocumentFactory(), item["duties"], by=asking)[0]
    did(duties.assign, duty, duties.Doers(lead=[doing.unit]), by=asking)
    once = did(duties.ask, action="a", source="b", unit=doing.unit, due_on=None, by=asking)
    said = {"action": "Họp hai bên", "doers": duties.Doers(lead=[doing.unit]), "due_on": None}
    did(duties.add_by_hand, DocumentFactory(), "a", **said, by=asking)
    did(duties.acknowledge, once, by=doing)
    did(duties.remind, [Assignment.objects.get(pk=once.pk)], by=asking)
    did(duties.add_evidence, once, duties.Proof(note="Biên bản"), by=doing)
    proof = duties.Proof(note="Đã làm xong", file=(PLAN, "ket-qua.txt"))
    did(duties.submit, once, proof, by=doing)
    did(duties.send_back, once, by=asking, reason="Thiếu phụ lục")
    did(duties.hand_in, once, proof, by=doing)
    waiting = AssignmentFactory(handed_in=True, duty=DutyFactory(confirmed_by=asking.unit))
    did(duties.accept, waiting, by=asking)
    request = AssignmentFactory(unit=doing.unit, state="requested")
    did(duties.answer, request, by=doing, note="Đã dự", takes_part=True)
    old = AssignmentFactory()
    did(duties.credit, old, handed_in_at=old.assigned_at, by_name="Mai", note="cũ", by=asking)

    kept = AuditEntry.objects.filter(verb="completed").first()
    assert kept.details["evidence"] == "Đã làm xong; ket-qua.txt"


def test_of_the_life_of_an_assignment():
    asking, doing = coordinator(), actor()
    other = UnitFactory(called="Sở Y tế")
    work = laid(doing, asking)
    did(life.contest, work, reason="Không đúng chức năng", by=doing)
    did(life.uphold, work, answer="Đúng chức năng", by=asking)
    did(life.entrust, work, doing.posts[0].person, by=doing)
    did(life.tell, work, "Đã họp", percent=40, key="a", by=doing)
    wanted = date(2024, 4, 12)
    asked = did(extending.ask_extension, work, wanted_on=wanted, reason="Chờ số liệu", by=doing)
    did(extending.grant_extension, asked, by=asking)
    again = did(extending.ask_extension, work, wanted_on=date(2024, 4, 26), reason="Chờ", by=doing)
    did(extending.refuse_extension, again, answer="Đã gia hạn", by=asking)
    did(extending.extend, [work], due_on=date(2024, 4, 19), reason="Chờ", by=asking)
    did(extending.extend_by, [work], days=2, reason="Chờ", by=asking)
    did(extending.suspend, work, reason="Chờ", by=asking)
    did(extending.resume, work, by=asking)
    did(ending.transfer, work, to=other, reason="Đúng chức năng", by=asking)
    ended = laid(doing, asking)
    did(ending.rescind, [ended], reason="Thôi", by=asking)
    did(ending.reinstate, ended, by=asking)
    did(ending.close, [ended], reason="Đã xong ở nơi khác", by=asking)


def test_of_handing_down():
    doing = actor()
    below = UnitFactory(called="Chi cục Kiểm lâm", under=doing.unit)

    did(cascading.cascade, laid(doing, coordinator()), [below], by=doing)


def test_of_difficulties():
    asking = coordinator()
    above = actor(unit=UnitFactory(called="Sở Nông nghiệp"))
    doing = actor(unit=UnitFactory(called="Chi cục Kiểm lâm", under=above.unit))
    top = UnitFactory(called="UBND tỉnh", kind="peoples_committee")
    words = {"title": "Kinh phí", "text": "Chưa có dự toán."}
    raised = did(difficulties.bring_up, **words, to=above.own_unit, key="a", by=doing)
    did(difficulties.answer, raised, text="Đã bố trí", by=above)
    did(difficulties.reopen, raised, reason="Chưa đủ", by=doing)
    did(difficulties.end, raised, text="Đã đủ", by=doing)
    moved = actor(unit=UnitFactory(called="Sở Y tế", under=top))
    below = actor(unit=UnitFactory(called="Bệnh viện", under=moved.unit))
    passed = difficulties.bring_up(**words, to=moved.own_unit, key="b", by=below)
    did(
        difficulties.see,
        difficulties.bring_up(**words, to=asking.own_unit, key="c", by=below),
        by=moved,
    )
    did(difficulties.pass_up, passed, reason="Vượt thẩm quyền", by=moved)


def test_of_themes():
    by, duty = coordinator(), DutyFactory()
    years = {"kind": "theme", "title": "Năm dân vận", "years": (2024, 2024)}
    theme = did(themes.make, **years, document=None, by=by)
    did(themes.label, theme, [duty], by=by)
    did(themes.unlabel, theme, duty, by=by)
    did(themes.end, theme, by=by)


def test_of_what_follows_from_documents():
    by = coordinator()
    directive = {
        "kind": "Chỉ thị",
        "issued_on": date(2024, 3, 5),
        "registered_on": date(2024, 3, 18),
    }
    UnitFactory(called="Sở Tư pháp", kind="department")
    found = did(follow_ups.propose_for, DocumentFactory(number="5-CT/TU", **directive), by=by)
    DocumentFactory(number="6-CT/TU", **directive)
    did(follow_ups.propose_coming, by=by)
    five_years_ago = {**directive, "issued_on": date(2019, 3, 1)}
    old = DocumentFactory(number="7-CT/TU", **five_years_ago)
    missed = follow_ups.of_document(old, date(2024, 1, 1), date(2024, 3, 17))[0]
    did(follow_ups.propose_missed, missed, due_on=date(2024, 4, 17), by=by)
    proposed = [Duty.objects.get(pk=pk) for pk in {one.duty_id for one in found}]
    did(laying.choose, proposed[0], [actor().unit], by=by)
    did(laying.pass_over, proposed[:1], by=by, reason="Đã quán triệt")
    did(laying.take_back, proposed[:1], by=by)
    did(laying.lay, proposed[:1], by=by)


def test_of_deadlines():
    by = coordinator()
    AssignmentFactory(nominal_on=date(2024, 4, 3), due_on=date(2024, 4, 10))

    did(office_days.recompute, office_days.moved(), by=by)


# Plans


def test_of_coverage():
    by, doing = coordinator(), actor()
    upper = DocumentFactory(filed_by=by.unit)
    duty = {"document": upper, "asked_by": by.unit, "confirmed_by": by.unit}
    plan = DocumentFactory(filed_by=doing.unit, registered_on=None)
    wanted = DutyFactory(**duty, deliverable="kế hoạch", deliver_to="Sở Nội vụ")
    asks = AssignmentFactory(duty=wanted, unit=doing.unit, handed_in=True)
    Evidence.objects.create(
        assignment=asks, document=plan, by_name=doing.name, at=asks.handed_in_at
    )
    AssignmentFactory(
        duty=DutyFactory(**duty, action="Tổ chức đối thoại", sentence="Tổ chức đối thoại."),
        unit=doing.unit,
    )
    ReadingFactory(document=plan, text="", result={"duties": []})
    Citation.objects.create(
        document=plan, target=upper, relation="concretises", standing="resolved", text="Thực hiện"
    )

    row = did(coverage.compare, plan)[0]
    did(coverage.answer, row, is_right=False, by=by)
    did(coverage.say, row, found="left_out", item="", why="Không có", by=by)
    did(coverage.undo, row, by=by)
    did(coverage.send_back, plan, [row], by=by)


def test_of_a_draft():
    by = actor()
    asks = AssignmentFactory(unit=by.unit, duty__deliverable="kế hoạch")
    upper = asks.duty.document
    for _one in range(2):
        AssignmentFactory(unit=by.unit, duty__document=upper, due_on=None)
    later = AssignmentFactory(unit=by.unit)
    draft = did(start.begin, asks, by=by)
    first, second = draft.lines.exclude(duty=None)
    did(writing.write_head, draft, typing(title="Kế hoạch dân vận"), by=by)
    did(writing.write_head, draft, typing(title="Kế hoạch khác"), by=by)  # at the same time
    did(writing.settle_aside, draft, takes_other=True, by=by)
    did(writing.take_up, first, by=by)
    did(writing.write_line, first, typing(action="Tổ chức đối thoại"), by=by)
    did(writing.undecide, first, by=by)
    did(writing.divide, first, by=by)
    did(writing.delegate, second, ["Văn phòng Sở"], by=by)
    did(writing.leave_out, second, reason="Không thuộc chức năng", by=by)
    did(writing.add_duties, draft, [str(later.duty_id)], by=by)
    did(writing.take_up_rest, draft, by=by)
    own = did(writing.add_own, draft, by=by)
    did(writing.move, own, up=True, by=by)
    did(writing.remove, own, by=by)
    did(writing.handed_in, draft, DocumentFactory(filed_by=by.unit), by=by)
    Assignment.objects.filter(pk=asks.pk).update(state="returned", remark="Thiếu phụ lục")
    did(writing.reopen, draft, by=by)


def test_of_a_plan_that_nobody_asked_for():
    by = actor()

    did(start.begin_own, by.unit, 2024, by=by)


def typing(**values: Any) -> writing.Typing:
    """On a page of its own, of a draft as it was begun."""
    return writing.Typing(values, 0, uuid4())


@pytest.fixture(scope="module", autouse=True)
def every_action_is_tried(request):
    """An action without a case fails here, when all tests of this file have run in any order."""
    yield
    here = {name for name in vars(request.module) if name.startswith("test_")}
    if here <= {
        item.originalname for item in request.session.items if item.module is request.module
    }:
        assert actions_of(*STAGES) - LOOKING - done == set()
