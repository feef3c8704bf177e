import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

import vanban
from danvan.audit.actions import history
from danvan.documents import actions
from danvan.documents.choices import ItemState, ReadingState, Verdict
from danvan.documents.models import Document, Reading
from danvan.files.models import Attachment
from danvan.notices.models import Notice
from danvan.org.choices import Role
from danvan.refusals import NotAccepted
from tests.factories import DocumentFactory, ReadingFactory, actor, coordinator

pytestmark = pytest.mark.django_db

PLAN = """ỦY BAN NHÂN DÂN
TỈNH TÂN GIANG
Số: 15/KH-UBND
Tân Giang, ngày 20 tháng 02 năm 2024

KẾ HOẠCH
Thực hiện công tác dân vận chính quyền năm 2024

Căn cứ Nghị định số 59/2023/NĐ-CP ngày 14 tháng 8 năm 2023 của Chính phủ;
1. Sở Tư pháp
- Xây dựng kế hoạch, gửi về Sở Nội vụ chậm nhất ngày 31/3/2024.
""".encode()
READ = {"duties": [{"start": 3, "end": 31, "text": "Sở Tư pháp xây dựng kế hoạch", "action": "a"}]}


def test_take_in_keeps_the_bytes_as_they_came():
    reading = actions.take_in(PLAN, "ke hoach.txt", by=coordinator())

    attachment = reading.document.attachment
    with attachment.content.open("rb") as kept:
        assert kept.read() == PLAN
    assert attachment.name == "ke hoach.txt"
    assert reading.state == ReadingState.QUEUED
    assert history(reading.document).filter(verb="taken_in").exists()


@pytest.mark.parametrize("role", [Role.APPRAISER, Role.READER_ONLY, Role.ADMINISTRATOR])
def test_take_in_by_who_adds_no_documents_is_refused(role):
    with pytest.raises(PermissionDenied):
        actions.take_in(PLAN, "a.txt", by=actor(role))


def test_take_in_of_what_is_no_document_keeps_nothing():
    with pytest.raises(vanban.Unreadable):
        actions.take_in(b"\x00\x01\x02" * 400, "a.docx", by=coordinator())

    assert Document.objects.count() == Attachment.objects.count() == 0


def test_read_describes_the_document_and_tells_its_unit():
    by = coordinator()
    reading = actions.take_in(PLAN, "a.txt", by=by)

    actions.read(reading)

    document = Document.objects.get()
    assert reading.state == ReadingState.READ
    assert (document.number, document.kind) == ("15/KH-UBND", "Kế hoạch")
    assert " 15 kh ubnd ke hoach " in document.folded
    assert document.registered_on is None
    assert Notice.objects.of(by.user_id).get().subject == document.pk


def test_read_twice_stays_as_it_was_read():
    reading = actions.read(actions.take_in(PLAN, "a.txt", by=coordinator()))
    Reading.objects.filter(pk=reading.pk).update(text="đã đọc")

    actions.read(reading)

    assert reading.text == "đã đọc"


def test_read_of_a_file_that_cannot_be_read_says_why():
    reading = ReadingFactory(state="queued", read_at=None, text="")
    reading.document.attachment.content.save("a", ContentFile(b"\x00\x01" * 600))
    reading.document.attachment.save()

    actions.read(reading)

    assert reading.state == ReadingState.UNREADABLE
    assert "không phải văn bản" in reading.problem


def test_read_of_a_file_that_never_ends_is_given_up_and_said(settings):
    settings.DANVAN_READING_SECONDS = 0.2
    by = coordinator()
    reading = actions.take_in(PLAN + b"12 x, " * 3_000_000, "d\u00e0i.txt", by=by)

    actions.read(reading)

    assert reading.state == ReadingState.UNREADABLE
    assert "mất quá nhiều thời gian" in reading.problem
    assert "dài.txt" in Notice.objects.of(by.user_id).get().text


@pytest.mark.parametrize(
    "found", [{"text": "a\x00b"}, {"text": "a", "duties": [{"action": "a\x00b"}]}, {"duties": []}]
)
def test_a_reading_that_cannot_be_kept_ends_with_a_reason(monkeypatch, found):
    monkeypatch.setattr(actions.apart, "read", lambda *_args, **_limits: dict(found))
    by = coordinator()
    reading = actions.take_in(PLAN, "a.txt", by=by)

    actions.read(reading)

    assert reading.state == ReadingState.UNREADABLE
    assert "lỗi của hệ thống" in reading.problem
    assert Notice.objects.of(by.user_id).count() == 1


def test_a_reading_whose_file_is_gone_ends_with_a_reason():
    reading = actions.take_in(PLAN, "a.txt", by=coordinator())
    reading.document.attachment.content.storage.delete(reading.document.attachment.content.name)

    actions.read(reading)

    assert reading.state == ReadingState.UNREADABLE
    assert "a.txt" in reading.problem


def test_a_number_that_grows_when_it_is_squeezed_is_kept(monkeypatch):
    found = {"text": "a", "header": {"number": "\u0130" * 80}}
    monkeypatch.setattr(actions.apart, "read", lambda *_args, **_limits: found)

    reading = actions.read(actions.take_in(PLAN, "a.txt", by=coordinator()))

    assert reading.state == ReadingState.READ


def test_a_picture_that_could_not_be_drawn_is_not_tried_again_at_once(monkeypatch):
    asked = []

    def refuse(*args, **_limits):
        asked.append(args)
        raise vanban.Unreadable("too_hard", "quá lâu")

    monkeypatch.setattr(actions.apart, "picture", refuse)
    document = ReadingFactory().document
    document.attachment.content.save("a", ContentFile(b"%PDF-"))

    for _time in range(2):
        with pytest.raises(vanban.Unreadable, match="quá lâu"):
            actions.picture(document, 1, width=100)

    assert len(asked) == 1


def test_correct_said_twice_is_said_once():
    by, reading = coordinator(), ReadingFactory(result=READ)

    for _time in range(2):
        actions.correct(reading, by=by, item="duties:0", verdict=Verdict.CONFIRM)
        actions.correct(
            reading, by=by, item="duties:0", verdict=Verdict.CORRECT, values={"action": "b"}
        )
        actions.correct(
            reading, by=by, item="duties:0", verdict=Verdict.CORRECT, values={"action": "b"}
        )

    assert [one.verdict for one in reading.corrections.all()] == [
        "confirm",
        "correct",
        "confirm",
        "correct",
    ]


def test_undo_takes_back_the_newest_word():
    by, reading = coordinator(), ReadingFactory(result=READ)
    actions.correct(
        reading, by=by, item="duties:0", verdict=Verdict.CORRECT, values={"action": "b"}
    )
    actions.correct(reading, by=by, item="duties:0", verdict=Verdict.DROP)

    actions.undo(reading, by=by, item="duties:0")
    item = actions.items(reading)["duties"][0]
    actions.undo(reading, by=by, item="duties:0")

    assert (item.state, item.values["action"]) == (ItemState.CORRECTED, "b")
    assert actions.items(reading)["duties"][0].state == ItemState.UNSEEN


def test_correct_by_another_unit_is_refused():
    reading = ReadingFactory(result=READ)

    with pytest.raises(PermissionDenied):
        actions.correct(reading, by=actor(), item="duties:0", verdict=Verdict.CONFIRM)


def test_correct_of_a_confirmed_reading_is_not_accepted():
    reading = ReadingFactory(result=READ, state="proofread")

    with pytest.raises(NotAccepted):
        actions.correct(reading, by=coordinator(), item="duties:0", verdict=Verdict.DROP)


def test_an_answered_name_of_any_length_is_known_again():
    by, reading = coordinator(), ReadingFactory(result=READ)
    name = "các cơ quan hữu quan " * 30

    actions.answer_name(reading, name, by=by, means=[])

    assert actions.answers(reading) == {name: []}


def test_confirm_registers_with_corrections_and_citations():
    by = coordinator()
    decree = DocumentFactory(
        number="59/2023/NĐ-CP",
        number_squeezed="59/2023/nđ-cp",
        kind="Nghị định",
        issued_on="2023-08-14",
    )
    reading = actions.read(actions.take_in(PLAN, "a.txt", by=by))
    actions.correct(
        reading,
        by=by,
        item="header:number",
        verdict=Verdict.CORRECT,
        values={"value": "16/KH-UBND"},
    )

    document = actions.confirm(reading, by=by)

    assert document.number == "16/KH-UBND"
    assert document.registered_on
    citation = document.citations.get()
    assert (citation.relation, citation.target) == ("basis", decree)


def test_confirm_twice_stays_confirmed():
    by = coordinator()
    reading = actions.read(actions.take_in(PLAN, "a.txt", by=by))

    actions.confirm(reading, by=by)
    document = actions.confirm(reading, by=by)

    assert document.citations.count() == 1
    assert history(document).filter(verb="proofread").count() == 1


def test_confirm_of_a_document_that_is_there_already_is_not_accepted():
    by = coordinator()
    first, second = (actions.read(actions.take_in(PLAN, "a.txt", by=by)) for _time in range(2))
    actions.confirm(first, by=by)

    with pytest.raises(NotAccepted, match="15/KH-UBND"):
        actions.confirm(second, by=by)

    assert Document.objects.registered().count() == 1


def test_confirm_before_it_is_read_is_not_accepted():
    reading = ReadingFactory(state="queued", read_at=None)

    with pytest.raises(NotAccepted):
        actions.confirm(reading, by=coordinator())
