"""Documents sent out: to whom, by which way, and what comes back."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from danvan import clock
from danvan.documents.choices import DeliveryWay
from danvan.documents.exchange import edxml, recipients, rules, sending, taking
from danvan.documents.exchange.package import Organ, Package
from danvan.documents.models import Annex, Delivery, ExchangePackage
from danvan.notices.models import Letter, Notice
from danvan.org.choices import Role
from danvan.refusals import NotAccepted
from tests.factories import AttachmentFactory, DocumentFactory, UnitFactory, actor

from .making import chosen, coded_unit, content, plan, sent_by_package

pytestmark = pytest.mark.django_db
MAIL, FILE, SYSTEM, EDXML = (
    DeliveryWay.MAIL,
    DeliveryWay.FILE,
    DeliveryWay.SYSTEM,
    DeliveryWay.EDXML,
)


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@pytest.fixture
def sender():
    return actor(unit=UnitFactory(called="Sở Nội vụ"))


def later(**time):
    return clock.at(clock.now() + timedelta(**time))


# To whom


@pytest.mark.parametrize(
    ("printed", "entry"),
    [
        ("- Sở Tư pháp;", "Sở Tư pháp"),
        ("Thường trực Tỉnh ủy (b/c);", "Thường trực Tỉnh ủy"),
        ("- UBND xã Bến Đá (để thực hiện)", "UBND xã Bến Đá"),
        ("- Lưu: VT, NC.", None),
        ("- Như trên;", None),
        ("- Như Điều 3;", None),
        (" ; ", None),
    ],
)
def test_entries_of_the_printed_list(printed, entry):
    assert list(rules.entries([printed])) == ([entry] if entry else [])


def test_printed_names_become_units_and_what_means_none_stays_as_printed(sender):
    justice = actor(unit=UnitFactory(called="Sở Tư pháp"))
    document = plan(sender, "- Sở Tư pháp;", "- Báo Tân Giang;", "- Sở Nội vụ;", "- Lưu: VT.")

    found = recipients.of(document, by=sender)

    assert [(one.name, one.unit, one.ways) for one in found] == [
        ("Sở Tư pháp", justice.unit, (SYSTEM, FILE, MAIL)),
        ("Báo Tân Giang", None, (FILE, MAIL)),
    ]


def test_a_package_needs_an_identifier_on_both_sides(sender):
    coded_unit("Sở Tư pháp", "H57.12.3")
    document = plan(sender, "Sở Tư pháp")

    assert recipients.of(document, by=sender)[0].ways == (FILE, MAIL)
    coded_unit("", "H57.12", unit=sender.unit)
    assert recipients.of(document, by=sender)[0].ways == (EDXML, FILE, MAIL)


def test_others_are_added_by_name(sender):
    UnitFactory(called="Sở Y tế")

    found = recipients.of(plan(sender), ["sở y tế"], by=sender)

    assert [one.name for one in found] == ["Sở Y tế"]


# By which way


def test_who_works_in_danvan_is_told_and_confirms(sender):
    justice = actor(unit=UnitFactory(called="Sở Tư pháp"))
    document = plan(sender, "Sở Tư pháp")

    [delivery] = sending.send(document, chosen(document, sender), by=sender)

    told = Notice.objects.of(justice.user_id).get()
    assert (told.subject, told.needs_action) == (delivery.pk, True)
    sending.receive(delivery, by=justice)
    sending.receive(delivery, by=justice)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.received_by) == ("received", justice.name)


def test_said_twice_is_sent_once(sender):
    justice = actor(unit=UnitFactory(called="Sở Tư pháp"))
    document = plan(sender, "Sở Tư pháp", "Báo Tân Giang")
    choices = chosen(document, sender, Báo_Tân_Giang=MAIL)

    assert len(sending.send(document, choices, by=sender)) == 2
    assert sending.send(document, choices, by=sender) == []
    assert Letter.objects.count() == Notice.objects.of(justice.user_id).count() == 1


def test_one_package_goes_to_all_who_exchange():
    sender, delivery = sent_by_package()

    found = edxml.read(content(delivery.package.attachment))

    assert isinstance(found, Package)
    assert found.header.number == "15/KH-UBND"
    assert found.header.sender == Organ("H57.12", "UBND tỉnh Tân Giang")
    assert found.header.recipients == (Organ("H57.12.3", "Sở Tư pháp"),)
    assert [one.data for one in found.files] == [b"thu."]
    assert delivery.organ_code == "H57.12.3"


def test_what_goes_out_comes_in_elsewhere():
    """The whole way between two: document, package, document, receipt, received."""
    sender, delivery = sent_by_package()
    clerk = actor(unit=delivery.unit)

    taken = taking.take(content(delivery.package.attachment), "den.edxml", by=clerk)
    answer = taken.package.receipts.get()
    taking.take(content(answer.attachment), "bao-nhan.edxml", by=sender)

    delivery.refresh_from_db()
    assert taken.package.header["number"] == delivery.document.number
    assert delivery.state == "received"


def test_a_letter_carries_the_file(sender):
    document = plan(sender, "Báo Tân Giang")

    [delivery] = sending.send(document, chosen(document, sender, Báo_Tân_Giang=MAIL), by=sender)

    letter = delivery.letter
    assert letter.to == "van.thu@tinh.example"
    assert letter.attachment == document.attachment
    assert "15/KH-UBND" in letter.subject


def test_annexes_travel_in_one_zip(sender):
    document = plan(sender, "Báo Tân Giang")
    annex = AttachmentFactory(name="phu-luc.txt")
    Annex.objects.create(document=document, attachment=annex, title="Phụ lục", place=1)

    [delivery] = sending.send(document, chosen(document, sender, Báo_Tân_Giang=MAIL), by=sender)

    parcel = delivery.letter.attachment
    names = zipfile.ZipFile(io.BytesIO(content(parcel))).namelist()
    assert parcel.name == "15-KH-UBND.zip"
    assert names == ["ke-hoach.txt", "1-phu-luc.txt"]


def test_a_file_that_no_mail_server_takes_is_refused_in_words(sender, monkeypatch):
    monkeypatch.setattr(rules, "LETTER", 3)
    document = plan(sender, "Báo Tân Giang")

    with pytest.raises(NotAccepted, match="máy chủ thư"):
        sending.send(document, chosen(document, sender, Báo_Tân_Giang=MAIL), by=sender)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("address", ["", "van thu", "a@b", f"{'a' * 250}@tinh.example"])
def test_a_letter_needs_an_address(sender, address):
    document = plan(sender, "Báo Tân Giang")
    [one] = recipients.of(document, by=sender)

    with pytest.raises(NotAccepted, match="Báo Tân Giang"):
        sending.send(document, [sending.Choice(one, MAIL, address)], by=sender)


def test_a_way_that_does_not_lead_there_is_refused(sender):
    document = plan(sender, "Báo Tân Giang")
    [one] = recipients.of(document, by=sender)

    with pytest.raises(NotAccepted, match="Chọn cách khác"):
        sending.send(document, [sending.Choice(one, EDXML)], by=sender)


# Who may


def test_only_the_unit_itself_and_the_coordinator_send(sender):
    document = plan(sender, "Báo Tân Giang")

    with pytest.raises(PermissionDenied):
        sending.send(document, [], by=actor())
    with pytest.raises(PermissionDenied):
        sending.send(document, [], by=actor(Role.READER_ONLY))


def test_what_is_not_registered_goes_nowhere(sender):
    document = DocumentFactory(filed_by=sender.unit, registered_on=None)

    with pytest.raises(PermissionDenied):
        sending.send(document, [], by=sender)


# Afterwards


def test_only_the_recipient_confirms(sender):
    actor(unit=UnitFactory(called="Sở Tư pháp"))
    document = plan(sender, "Sở Tư pháp")
    [delivery] = sending.send(document, chosen(document, sender), by=sender)

    for act in (sending.receive, lambda one, by: sending.refuse(one, by=by, reason="x")):
        with pytest.raises(PermissionDenied):
            act(delivery, by=sender)


def test_a_refusal_is_told_to_the_sender_and_can_be_sent_again(sender):
    justice = actor(unit=UnitFactory(called="Sở Tư pháp"))
    document = plan(sender, "Sở Tư pháp")
    [delivery] = sending.send(document, chosen(document, sender), by=sender)

    sending.refuse(delivery, by=justice, reason="Gửi nhầm")

    assert Notice.objects.of(sender.user_id).get().text.endswith("Gửi nhầm")
    with later(days=1):
        sending.send_again(delivery, by=sender)
        sending.send_again(delivery, by=sender)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.note) == ("sent", "")
    assert Notice.objects.of(justice.user_id).count() == 2


def test_what_was_received_is_not_refused_any_more(sender):
    justice = actor(unit=UnitFactory(called="Sở Tư pháp"))
    document = plan(sender, "Sở Tư pháp")
    [delivery] = sending.send(document, chosen(document, sender), by=sender)
    sending.receive(delivery, by=justice)

    with pytest.raises(NotAccepted):
        sending.refuse(delivery, by=justice, reason="x")


def test_what_was_received_is_not_sent_again_and_stays_received(sender):
    justice = actor(unit=UnitFactory(called="Sở Tư pháp"))
    document = plan(sender, "Sở Tư pháp")
    [delivery] = sending.send(document, chosen(document, sender), by=sender)
    sending.receive(delivery, by=justice)

    with later(days=1), pytest.raises(NotAccepted, match="đã báo nhận"):
        sending.send_again(delivery, by=sender)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.received_by) == ("received", justice.name)


def test_a_package_sent_again_is_a_new_one():
    sender, delivery = sent_by_package()

    with later(days=2):
        sending.send_again(delivery, by=sender)

    assert ExchangePackage.objects.filter(is_incoming=False).count() == 2


def test_a_letter_sent_again_is_a_new_one(sender):
    document = plan(sender, "Báo Tân Giang")
    [delivery] = sending.send(document, chosen(document, sender, Báo_Tân_Giang=MAIL), by=sender)

    with later(days=2):
        sending.send_again(delivery, by=sender)

    assert Letter.objects.count() == 2


@pytest.mark.parametrize(("on", "is_taken"), [(17, False), (18, True), (20, True), (21, False)])
def test_the_sender_notes_a_day_between_sending_and_today(sender, on, is_taken):
    document = plan(sender, "Báo Tân Giang")
    [delivery] = sending.send(document, chosen(document, sender), by=sender)

    with later(days=2):
        if not is_taken:
            with pytest.raises(NotAccepted, match="Ngày nhận"):
                sending.note_received(delivery, by=sender, on=date(2024, 3, on))
            return
        sending.note_received(delivery, by=sender, on=date(2024, 3, on), note="điện thoại")

    delivery.refresh_from_db()
    assert delivery.received_at.astimezone(clock.ZONE).date() == date(2024, 3, on)
    assert delivery.note == "điện thoại"
