"""The pages of packages, sending and receipts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.documents.choices import DeliveryWay
from danvan.documents.citations.identity import issuer_key
from danvan.documents.exchange import recipients, sending, signing, taking
from danvan.documents.models import Delivery, ExchangePackage
from danvan.notices.models import Notice
from tests.danvan.documents.exchange.making import (
    chosen,
    coded_unit,
    package,
    plan,
    receipt,
    sent_by_package,
)
from tests.factories import UnitFactory, actor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@pytest.fixture
def clerk():
    return actor(unit=coded_unit("Sở Tư pháp", "H57.12.3"))


def bring(client, by, data, name="goi.edxml"):
    file = SimpleUploadedFile(name, data)
    return signed_in(client, by).post(reverse("console:packages"), {"file": file}, follow=True)


# Packages


def test_a_package_is_brought_in_and_shown_beside_its_document(client, clerk):
    response = bring(client, clerk, package())

    kept = ExchangePackage.objects.get(is_incoming=True)
    assert response.redirect_chain[-1][0] == reverse("console:package", args=[kept.pk])
    assert "chờ đọc" in response.text
    assert "Tải gói báo nhận" in response.text
    assert "Phụ lục I.pdf" in response.text


def test_a_package_that_another_unit_brought_in_before_blocks_nobody(client, clerk):
    forged = taking.take(package(), "goi.edxml", by=clerk).package
    other = actor(unit=coded_unit("Sở Y tế", "H57.12.4"))

    page = bring(client, other, package())
    again = bring(client, other, package())

    own = ExchangePackage.objects.get(is_incoming=True, unit=other.unit)
    assert page.redirect_chain[-1][0] == reverse("console:package", args=[own.pk])
    assert own.document_id != forged.document_id
    assert "đã được nhập trước đây" not in page.text
    assert "đã được nhập trước đây" in again.text


def test_what_package_and_document_say_differently_is_pointed_at(client, clerk):
    kept = taking.take(package(), "goi.edxml", by=clerk).package
    kept.document.number, kept.document.kind = "16/KH-UBND", "KẾ HOẠCH"
    kept.document.issuer = "ỦY BAN NHÂN DÂN TỈNH TÂN GIANG"
    kept.document.issuer_key = issuer_key("16/kh-ubnd", kept.document.issuer)
    kept.document.save()

    response = signed_in(client, clerk).get(reverse("console:package", args=[kept.pk]))

    assert [one.label for one in response.context["lines"] if one.differs] == ["Số, ký hiệu"]


def test_the_reading_is_checked_with_what_the_package_says_otherwise(client, clerk):
    kept = taking.take(package(), "goi.edxml", by=clerk).package
    kept.document.number = "16/KH-UBND"
    kept.document.save()
    kept.document.readings.update(state="read", read_at=kept.at)

    response = signed_in(client, clerk).get(reverse("console:proofread", args=[kept.document_id]))

    assert "gói edXML ghi “15/KH-UBND”, văn bản ghi “16/KH-UBND”" in response.text


def test_a_package_brought_twice_leads_to_the_first(client, clerk):
    bring(client, clerk, package())
    response = bring(client, clerk, package())

    assert "đã được nhập trước đây" in response.text
    assert ExchangePackage.objects.filter(is_incoming=True).count() == 1


def test_a_refused_package_says_why_and_stands_in_the_list(client, clerk):
    response = bring(client, clerk, b"<html/>", "trang.xml")

    assert response.status_code == 400
    assert response.text.count("không phải gói edXML") == 2
    assert "trang.xml" in response.text


def test_a_receipt_leads_to_the_recipients(client):
    sender, delivery = sent_by_package()

    response = bring(client, sender, receipt())

    address = reverse("console:deliveries", args=[delivery.document_id])
    assert response.redirect_chain[-1][0] == address
    assert "Đã nhận 1/1" in response.text


def test_a_package_is_downloaded_as_it_came(client, clerk):
    sent = package()
    kept = taking.take(sent, "goi.edxml", by=clerk).package

    response = signed_in(client, clerk).get(reverse("console:package_file", args=[kept.pk]))

    assert b"".join(response.streaming_content) == sent
    assert "goi.edxml" in response["Content-Disposition"]


def test_a_receipt_is_made_once_the_unit_has_an_identifier(client):
    clerk = actor(unit=UnitFactory(called="Sở Y tế"))
    kept = taking.take(package(), "goi.edxml", by=clerk).package
    address = reverse("console:answer_package", args=[kept.pk])

    refused = signed_in(client, clerk).post(address, {"status": "03"}, follow=True)
    coded_unit("", "H57.12.4", unit=clerk.unit)
    made = client.post(address, {"status": "03"}, follow=True)

    assert "chưa có mã định danh cơ quan. Quản trị" in refused.text
    assert "Tải gói báo nhận" in made.text


def test_a_recall_stands_at_its_document_and_is_answered(client, clerk):
    first = taking.take(package(), "goi.edxml", by=clerk).package
    page = bring(client, clerk, package((), act="1", meant=first.package_id), "thu-hoi.edxml")
    recall = ExchangePackage.objects.get(header__act="1")
    address = reverse("console:answer_package", args=[recall.pk])

    unexplained = client.post(address, {"status": "16"})
    answered = client.post(address, {"status": "16", "words": "Đã triển khai"}, follow=True)
    document = client.get(reverse("console:document", args=[first.document_id]))

    assert "Nơi gửi đề nghị thu hồi" in page.text
    assert reverse("console:document", args=[first.document_id]) in page.text
    assert unexplained.status_code == 400
    assert "Ghi lý do" in unexplained.text
    assert "Không đồng ý thu hồi, cập nhật" in answered.text
    assert "Đã triển khai" in answered.text
    assert reverse("console:package", args=[recall.pk]) in document.text


def test_a_notice_of_a_recall_leads_to_its_package(client, clerk):
    first = taking.take(package(), "goi.edxml", by=clerk).package
    bring(client, clerk, package((), act="1", meant=first.package_id), "thu-hoi.edxml")
    recall = ExchangePackage.objects.get(header__act="1")

    notices = client.get(reverse("console:notices"))

    assert reverse("console:package", args=[recall.pk]) in notices.text


def test_a_signature_that_does_not_fit_is_said_first(client, clerk, monkeypatch):
    broken = signing.Checked(signing.Seal.BROKEN, signer="Sở Nội vụ thử", issuer="Nơi cấp thử")
    monkeypatch.setattr(signing, "check", lambda *_given: broken)

    page = bring(client, clerk, package())

    assert "Chữ ký số không khớp nội dung gói" in page.text
    assert "Chưa kiểm tra chứng thư" in page.text
    assert "Chưa báo." in page.text


def test_what_a_recipient_said_stands_with_its_days(client):
    sender, delivery = sent_by_package()
    for status in ("03", "06"):
        bring(client, sender, receipt(status), f"{status}.edxml")

    page = client.get(reverse("console:deliveries", args=[delivery.document_id]))

    assert "Đã tiếp nhận" in page.text
    assert "Đã hoàn thành" in page.text


# Sending


def ways(document, by, **chosen_ways):
    found = {one.name: one for one in recipients.of(document, by=by)}
    return {
        f"{field}-{found[name].key}": value
        for name, said in chosen_ways.items()
        for field, value in said.items()
    }


def test_the_form_offers_each_recipient_its_usual_way(client, clerk):
    actor(unit=UnitFactory(called="Sở Y tế"))
    document = plan(clerk, "Sở Y tế", "Báo Tân Giang")

    response = signed_in(client, clerk).get(reverse("console:send_document", args=[document.pk]))

    assert [(row.recipient.name, row.way) for row in response.context["rows"]] == [
        ("Sở Y tế", "system"),
        ("Báo Tân Giang", "file"),
    ]
    assert "1 nơi chưa rõ" in response.text


def test_it_is_sent_once_however_often_the_button_is_pressed(client, clerk):
    health = actor(unit=UnitFactory(called="Sở Y tế"))
    document = plan(clerk, "Sở Y tế")
    address = reverse("console:send_document", args=[document.pk])
    asked = ways(document, clerk, **{"Sở Y tế": {"way": "system"}})

    first = signed_in(client, clerk).post(address, asked, follow=True)
    second = client.post(address, asked, follow=True)

    assert "Đã gửi đến 1 nơi nhận" in first.text
    assert "không gửi gì thêm" in second.text
    assert Notice.objects.of(health.user_id).count() == 1


def test_a_missing_address_is_asked_for_and_nothing_typed_is_lost(client, clerk):
    document = plan(clerk, "Báo Tân Giang", "Đài Truyền thanh")
    asked = ways(
        document,
        clerk,
        **{
            "Báo Tân Giang": {"way": "mail", "address": "bao@tinh.example"},
            "Đài Truyền thanh": {"way": "mail", "address": ""},
        },
    )

    response = signed_in(client, clerk).post(
        reverse("console:send_document", args=[document.pk]), asked
    )

    assert response.status_code == 400
    assert "Ghi địa chỉ thư điện tử của Đài Truyền thanh" in response.text
    assert "bao@tinh.example" in response.text
    assert not Delivery.objects.exists()


def test_a_recipient_is_added_by_the_address(client, clerk):
    UnitFactory(called="Sở Y tế")
    document = plan(clerk)

    response = signed_in(client, clerk).get(
        reverse("console:send_document", args=[document.pk]), {"them": "Sở Y tế"}
    )

    assert [row.recipient.name for row in response.context["rows"]] == ["Sở Y tế"]


def test_who_has_it_and_who_has_been_waiting(client, clerk, on_day):
    health = actor(unit=UnitFactory(called="Sở Y tế"))
    document = plan(clerk, "Sở Y tế", "Báo Tân Giang")
    has_it, _waits = sending.send(document, chosen(document, clerk), by=clerk)
    sending.receive(has_it, by=health)
    on_day(2024, 3, 21)
    address = reverse("console:deliveries", args=[document.pk])

    whole = signed_in(client, clerk).get(address)
    waiting = client.get(address, {"con": "cho"})

    assert "Đã nhận 1/2, 1 nơi chưa báo nhận." in whole.text
    assert "Chờ 3 ngày" in whole.text
    assert [row.delivery.recipient for row in waiting.context["rows"]] == ["Báo Tân Giang"]


def test_the_sender_notes_a_receipt(client, clerk):
    document = plan(clerk, "Báo Tân Giang")
    [delivery] = sending.send(document, chosen(document, clerk), by=clerk)
    address = reverse("console:note_delivery", args=[delivery.pk])

    wrong = signed_in(client, clerk).post(address, {"on": "1/1/2024"})
    right = client.post(address, {"on": "18/3", "note": "điện thoại"}, follow=True)

    assert "Ngày nhận phải từ" in wrong.text
    assert "Đã nhận 1/1" in right.text


def test_it_is_sent_again(client, clerk, on_day):
    health = actor(unit=UnitFactory(called="Sở Y tế"))
    document = plan(clerk, "Sở Y tế")
    [delivery] = sending.send(document, chosen(document, clerk), by=clerk)
    on_day(2024, 3, 25)

    response = signed_in(client, clerk).post(
        reverse("console:send_again", args=[delivery.pk]), {"con": "cho"}, follow=True
    )

    assert "Đã gửi lại đến Sở Y tế." in response.text
    assert response.redirect_chain[-1][0].endswith("?con=cho")
    assert Notice.objects.of(health.user_id).count() == 2


# What came


def test_a_notice_leads_to_what_came_and_it_is_confirmed(client, clerk):
    health = actor(unit=UnitFactory(called="Sở Y tế"))
    document = plan(clerk, "Sở Y tế")
    [delivery] = sending.send(document, chosen(document, clerk), by=clerk)

    listed = signed_in(client, health).get(reverse("console:arrivals"))
    opened = client.get(reverse("console:delivery", args=[delivery.pk]), follow=True)
    confirmed = client.post(opened.request["PATH_INFO"], {"answer": "receive"}, follow=True)

    assert "Còn 1 văn bản chưa báo nhận." in listed.text
    assert opened.request["PATH_INFO"] == reverse("console:arrival", args=[delivery.pk])
    assert "Đã báo nhận văn bản." in confirmed.text


def test_a_refusal_needs_a_reason(client, clerk):
    health = actor(unit=UnitFactory(called="Sở Y tế"))
    document = plan(clerk, "Sở Y tế")
    [delivery] = sending.send(document, chosen(document, clerk), by=clerk)
    address = reverse("console:arrival", args=[delivery.pk])

    without = signed_in(client, health).post(address, {"answer": "refuse", "reason": ""})
    with_one = client.post(address, {"answer": "refuse", "reason": "Gửi nhầm"}, follow=True)

    delivery.refresh_from_db()
    assert without.status_code == 400
    assert "Ghi lý do từ chối" in without.text
    assert "nơi gửi được báo lý do" in with_one.text
    assert delivery.state == "refused"


def test_for_the_sender_a_notice_leads_to_all_recipients(client, clerk):
    actor(unit=UnitFactory(called="Sở Y tế"))
    document = plan(clerk, "Sở Y tế")
    [delivery] = sending.send(document, chosen(document, clerk), by=clerk)

    response = signed_in(client, clerk).get(reverse("console:delivery", args=[delivery.pk]))

    assert response.url == reverse("console:deliveries", args=[document.pk])


# Many


def test_pages_keep_their_query_count(client, clerk, django_assert_max_num_queries):
    for number in range(30):
        actor(unit=UnitFactory(called=f"Xã Thử {number}"))
    document = plan(clerk, *(f"Xã Thử {number}" for number in range(30)), "Báo Tân Giang")
    signed_in(client, clerk)

    with django_assert_max_num_queries(20):
        client.get(reverse("console:send_document", args=[document.pk]))
    sending.send(document, chosen(document, clerk), by=clerk)
    with django_assert_max_num_queries(20):
        client.get(reverse("console:deliveries", args=[document.pk]))
    with django_assert_max_num_queries(20):
        client.get(reverse("console:arrivals"))


def test_sending_to_many_asks_a_few_questions(clerk, django_assert_max_num_queries):
    for number in range(30):
        actor(unit=UnitFactory(called=f"Xã Thử {number}"))
    document = plan(clerk, *(f"Xã Thử {number}" for number in range(30)))
    choices = chosen(document, clerk)
    assert {one.way for one in choices} == {DeliveryWay.SYSTEM}

    with django_assert_max_num_queries(20):
        sending.send(document, choices, by=clerk)
