"""Packages brought in: what becomes of them."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from procrastinate.contrib.django.models import ProcrastinateJob

from danvan.audit.actions import history
from danvan.documents.exchange import edxml, taking
from danvan.documents.exchange.package import File, Header, Organ, Receipt
from danvan.documents.models import Annex, Document, ExchangePackage
from danvan.files.models import Attachment
from danvan.notices.models import Notice
from danvan.org.choices import Role
from tests.factories import UnitFactory, actor

from .making import AT, PLAN, coded_unit, content, package, receipt, sent_by_package

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
    assert taking.write_receipt(taken, by=clerk) is None
    coded_unit("", "H57.12.4", unit=clerk.unit)
    first = taking.write_receipt(taken, by=clerk)
    assert first is not None
    assert taking.write_receipt(taken, by=clerk) == first


def test_the_same_package_is_taken_once(clerk):
    first = taking.take(package(), "goi.edxml", by=clerk)
    again = taking.take(package(), "ten-khac.xml", by=clerk)

    assert again.package == first.package
    assert not again.is_new
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
