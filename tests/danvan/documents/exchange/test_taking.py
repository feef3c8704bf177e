"""Packages brought in: what becomes of them."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from procrastinate.contrib.django.models import ProcrastinateJob

from danvan.audit.actions import history
from danvan.documents.choices import ReceiptStatus
from danvan.documents.exchange import answering, earlier, edxml, receipts, signing, taking
from danvan.documents.exchange.package import File, Header, Organ, Receipt
from danvan.documents.models import Annex, Document, ExchangePackage
from danvan.files.models import Attachment
from danvan.notices.models import Notice
from danvan.org.choices import Role
from danvan.refusals import NotAccepted
from tests.factories import UnitFactory, actor

from .making import AT, PLAN, PROVINCE, coded_unit, content, package, receipt, sent_by_package

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@pytest.fixture
def clerk():
    return actor(unit=coded_unit("Sở Tư pháp", "H57.12.3"))


def test_a_package_becomes_a_document_that_waits_to_be_read(clerk):
    taken = taking.take(package(), "goi.edxml", by=clerk)

    document = taken.package.document
    assert taken.is_new
    assert document.file_name == "15-KH-UBND.txt"
    assert document.filed_by == clerk.unit
    assert document.registered_on is None
    assert document.readings.get().state == "queued"
    assert ProcrastinateJob.objects.filter(task_name="documents.read").count() == 1
    assert [one.title for one in document.annexes.all()] == ["Phụ lục I.pdf"]
    assert {one.verb for one in history(document)} == {
        "taken_in",
        "package_taken",
        "receipt_written",
    }


def test_what_the_package_says_is_kept_with_its_file(clerk):
    sent = package()

    kept = taking.take(sent, "goi.edxml", by=clerk).package

    assert kept.header["number"] == "15/KH-UBND"
    assert kept.header["date"] == "2024-03-15"
    assert kept.header["title"] == "Thực hiện công tác dân vận"
    assert content(kept.attachment) == sent
    assert kept.attachment.name == "goi.edxml"


def test_the_sender_gets_a_receipt_that_says_who_took_it(clerk):
    taken = taking.take(package(), "goi.edxml", by=clerk).package

    made = edxml.read(content(taken.receipts.get().attachment))

    assert isinstance(made, Receipt)
    assert made.is_received
    assert made.package_id == taken.package_id
    assert made.sender == Organ("H57.12.3", "Sở Tư pháp")
    assert made.to == "H57.12"
    assert made.staff == clerk.name


def test_a_unit_without_an_identifier_takes_it_and_answers_later():
    clerk = actor(unit=UnitFactory(called="Sở Y tế"))
    taken = taking.take(package(), "goi.edxml", by=clerk).package

    assert not taken.receipts.exists()
    assert answering.answer(taken, by=clerk) is None
    coded_unit("", "H57.12.4", unit=clerk.unit)
    first = answering.answer(taken, by=clerk)
    assert first is not None
    assert answering.answer(taken, by=clerk) == first


def test_the_same_package_is_taken_once(clerk):
    first = taking.take(package(), "goi.edxml", by=clerk)
    again = taking.take(package(), "ten-khac.xml", by=clerk)

    assert again.package == first.package
    assert not again.is_new
    assert Document.objects.count() == 1


def test_another_text_under_a_known_identifier_is_told_and_not_taken(clerk):
    """Whoever is first may not be the one who sent it: a person compares."""
    taking.take(package(), "goi.edxml", by=clerk)
    other = package().replace("Thực hiện".encode(), "Bãi bỏ".encode())

    again = taking.take(other, "goi.edxml", by=clerk)

    assert (again.is_new, again.differs) == (False, True)
    assert not taking.take(package(), "goi.edxml", by=clerk).differs
    assert Document.objects.count() == 1


def test_a_package_that_changes_a_document_is_another_one(clerk):
    first = taking.take(package(), "goi.edxml", by=clerk).package
    changed = package().replace(b"DocType>0<", b"DocType>2<")

    again = taking.take(changed, "goi.edxml", by=clerk)

    assert again.is_new
    assert again.package.header["package_id"] == first.header["package_id"]
    assert not taking.take(changed, "goi.edxml", by=clerk).is_new


def test_the_first_file_that_can_be_read_is_the_document(clerk):
    old = File("cu.doc", b"\xd0\xcf\x11\xe0 khong doc duoc")

    document = taking.take(package(files=[old, PLAN]), "goi.edxml", by=clerk).package.document

    assert document.file_name == "15-KH-UBND.txt"
    assert not Annex.objects.exists()
    assert document.packages.get(is_incoming=True).header["left_out"] == ["cu.doc"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html/>", "không phải gói edXML"),
        (package(files=[File("a.exe", b"MZ\x90\x00")]), "a.exe"),
    ],
)
def test_a_refused_package_leaves_its_reason_and_nothing_else(clerk, data, words):
    with pytest.raises(taking.NotTaken, match=words):
        taking.take(data, "goi-hong.edxml", by=clerk)

    refused = ExchangePackage.objects.get()
    assert refused.state == "refused"
    assert words in refused.problem
    assert refused.package_id == "goi-hong.edxml"
    assert refused.header == {}
    assert not Document.objects.exists()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("role", [Role.READER_ONLY, Role.APPRAISER, Role.ADMINISTRATOR])
def test_who_hands_nothing_in_brings_nothing_in(role):
    with pytest.raises(PermissionDenied):
        taking.take(package(), "goi.edxml", by=actor(role))


# Receipts


@pytest.mark.parametrize("status", ["01", "03", "06"])
def test_a_receipt_is_noted_at_what_it_answers(status):
    sender, delivery = sent_by_package()

    taken = taking.take(receipt(status=status), "trang-thai.edxml", by=sender)

    delivery.refresh_from_db()
    assert taken.delivery == delivery
    assert delivery.state == "received"
    assert delivery.received_at.date() == date(2024, 3, 18)
    assert delivery.received_by == "Văn Thư (Sở Tư pháp)"


def test_a_refusal_is_noted_with_its_words_and_told_to_the_sender():
    sender, delivery = sent_by_package()

    taking.take(receipt(status="02", words="Gửi nhầm"), "tu-choi.edxml", by=sender)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.note) == ("refused", "Gửi nhầm")
    assert Notice.objects.of(sender.user_id).filter(text__contains="Gửi nhầm").exists()


def test_the_first_word_of_arrival_stays_and_a_receipt_is_taken_once():
    sender, delivery = sent_by_package()
    taking.take(receipt(status="01"), "a.edxml", by=sender)
    later = receipt(status="03", at=datetime(2024, 3, 25, 8))

    taking.take(later, "b.edxml", by=sender)
    again = taking.take(later, "b.edxml", by=sender)

    delivery.refresh_from_db()
    assert not again.is_new
    assert delivery.received_at.date() == AT.date()


def test_a_receipt_of_what_was_not_sent_is_refused():
    sender, _delivery = sent_by_package()

    with pytest.raises(taking.NotTaken, match="không gửi văn bản này"):
        taking.take(receipt(by=Organ("H99", "Nơi lạ")), "la.edxml", by=sender)


def test_a_receipt_is_not_noted_by_another_unit():
    sent_by_package()
    clerk = actor()

    with pytest.raises(taking.NotTaken, match="không gửi văn bản này"):
        taking.take(receipt(), "a.edxml", by=clerk)


def test_header_without_a_date_is_taken(clerk):
    bare = Header(package_id="d1", sender=Organ("H57", "Nơi gửi"))
    data = edxml.QCVN.write(bare, [PLAN], at=AT)

    taken = taking.take(data, "goi.edxml", by=clerk).package

    assert taken.header["date"] == ""
    assert taken.receipts.exists()


# What a package does to an earlier one

FIRST = "H57.12,2024/03/15,15/KH-UBND"  # the DocumentId of `package()`


def test_a_recall_touches_nothing_and_is_told_until_somebody_answers(clerk):
    first = taking.take(package(), "goi.edxml", by=clerk).package

    kept = taking.take(package((), act="1", meant=FIRST), "thu-hoi.edxml", by=clerk).package

    assert kept.document == first.document
    assert Document.objects.count() == 1
    assert earlier.meant_by(kept) == [first]
    assert earlier.changing(first.document, ExchangePackage.objects.all()) == [kept]
    assert "package_recalled" in {one.verb for one in history(first.document)}
    assert Notice.objects.of(clerk.user_id).filter(text__contains="đề nghị thu hồi").exists()
    assert not kept.receipts.exists()


def test_a_recall_that_comes_as_a_status_is_one_too(clerk):
    first = taking.take(package(), "goi.edxml", by=clerk).package
    asked = receipt("13", "Ban hành nhầm", by=PROVINCE, about=FIRST)

    kept = taking.take(asked, "trang-thai.edxml", by=clerk).package

    assert (kept.document, kept.header["act"]) == (first.document, "1")
    assert kept.header["reason"] == "Ban hành nhầm"


@pytest.mark.parametrize(
    "made",
    [
        package((), act="1", meant="H57.12,2024/01/01,1/KH-UBND"),  # never came
        receipt("13", by=Organ("H99", "Nơi lạ"), about=FIRST),  # not from who sent it
    ],
    ids=["never came", "from elsewhere"],
)
def test_a_recall_of_what_did_not_come_from_there_is_refused_in_words(clerk, made):
    taking.take(package(), "goi.edxml", by=clerk)

    with pytest.raises(taking.NotTaken, match="thu hồi"):
        taking.take(made, "thu-hoi.edxml", by=clerk)


def test_a_recall_is_answered_once_and_by_yes_or_no(clerk):
    taking.take(package(), "goi.edxml", by=clerk)
    kept = taking.take(package((), act="1", meant=FIRST), "thu-hoi.edxml", by=clerk).package
    with pytest.raises(NotAccepted, match="lý do"):
        answering.answer(kept, by=clerk, status=ReceiptStatus.DECLINED)

    made = answering.answer(kept, by=clerk, status=ReceiptStatus.AGREED)

    said = edxml.read(content(made.attachment))
    assert isinstance(said, Receipt)
    assert (said.status, said.to) == ("15", "H57.12")
    assert answering.left_to_say(kept) == []
    with pytest.raises(NotAccepted):
        answering.answer(kept, by=clerk, status=ReceiptStatus.DECLINED, words="Đã triển khai")


@pytest.mark.parametrize(("act", "told"), [("2", "cập nhật"), ("3", "thay thế")])
def test_a_changed_text_is_another_document_beside_the_first(clerk, act, told):
    first = taking.take(package(), "goi.edxml", by=clerk).package

    kept = taking.take(package(act=act, meant=FIRST), "moi.edxml", by=clerk).package

    assert kept.document != first.document
    assert earlier.meant_by(kept) == [first]
    assert Notice.objects.of(clerk.user_id).filter(text__contains=told).exists()


def test_answers_go_onwards_only(clerk):
    kept = taking.take(package(), "goi.edxml", by=clerk).package
    assert answering.left_to_say(kept) == ["05", "06", "02"]

    answering.answer(kept, by=clerk, status=ReceiptStatus.DONE)

    assert answering.left_to_say(kept) == []


def test_a_package_that_was_tampered_with_is_not_confirmed_by_itself(clerk, monkeypatch):
    broken = signing.Checked(signing.Seal.BROKEN, signer="Sở Nội vụ thử")
    monkeypatch.setattr(signing, "check", lambda *_given: broken)

    kept = taking.take(package(), "goi.edxml", by=clerk).package

    assert kept.header["signature"]["seal"] == "broken"
    assert not kept.receipts.exists()


def test_all_that_a_recipient_said_stands_with_its_dates():
    sender, delivery = sent_by_package()
    for status, at in (("05", 20), ("01", 18), ("06", 25)):
        data = receipt(status, at=datetime(2024, 3, at, 8))
        taking.take(data, f"{status}.edxml", by=sender)

    said = receipts.said_of(delivery.document)["H57.12.3"]

    assert [(one.status, one.at.day) for one in said] == [("01", 18), ("05", 20), ("06", 25)]
    assert [one.label for one in said] == ["Đã đến", "Đang xử lý", "Đã hoàn thành"]
