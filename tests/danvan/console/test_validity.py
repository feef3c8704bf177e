"""Validity on screen: of one document, in the register, and where a basis ended."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from danvan.documents.models import Document
from danvan.files.models import Attachment
from tests.factories import DocumentFactory, ReadingFactory, actor, coordinator, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@pytest.fixture
def ended():
    return DocumentFactory(
        number="04/2015/NĐ-CP",
        kind="Nghị định",
        issuer="Chính phủ",
        issued_on=date(2015, 1, 9),
        ended_on=date(2023, 8, 14),
        ended_by=DocumentFactory(number="59/2023/NĐ-CP", kind="Nghị định", issuer="Chính phủ"),
    )


def _rests_on(document, basis):
    return document.citations.create(
        target=basis, relation="basis", standing="resolved", text="Nghị định số 04/2015/NĐ-CP"
    )


def _list(client, **asked):
    return client.get(reverse("console:documents"), asked)


def _found(client, **asked):
    return [row.document for row in _list(client, **asked).context["rows"]]


def test_the_register_is_filtered_by_what_stands_in_the_address(client, ended):
    plan = DocumentFactory(number="15/KH-UBND")
    district = DocumentFactory(
        number="3/KH-UBND",
        issuer="UBND huyện An Phú Đông",
        issued_on=date(2022, 1, 5),
        folded=" 3 kh ubnd ke hoach ubnd huyen an phu dong ",
    )
    signed_in(client, coordinator())

    assert _found(client, level="district") == [district]
    assert _found(client, year="2022") == [district]
    assert _found(client, kind="Nghị định", validity="replaced") == [ended]
    assert _found(client, q="an phu dong") == [district]
    assert plan in _found(client, validity="in_force", level="province")
    assert _found(client, level="nonsense", year="x") == _found(client)


def test_cards_come_when_they_are_looked_for(client):
    card = DocumentFactory(number="217-QĐ/TW", attachment=None, filed_by=None, folded=" 217 qd tw ")
    signed_in(client, coordinator())

    assert _found(client) == []
    assert _found(client, q="217") == [card]
    assert _found(client, reading="card") == [card]
    page = client.get(reverse("console:document", args=[card.pk]))
    assert "Chưa có tệp của văn bản này" in page.text


def test_what_waits_stands_first(client):
    registered = DocumentFactory()
    waiting = ReadingFactory().document
    signed_in(client, coordinator())

    assert _found(client) == [waiting, registered]
    assert _found(client, reading="read") == [waiting]
    assert _found(client, reading="proofread") == [registered]


def test_what_is_on_screen_goes_to_excel(client, ended):
    DocumentFactory(number="15/KH-UBND", title="=1+1")
    signed_in(client, coordinator())

    file = client.get(reverse("console:export_documents"), {"kind": "Kế hoạch"})

    rows = list(load_workbook(BytesIO(file.content)).active.values)
    assert "Kế hoạch" in rows[1][0]
    assert [row[0] for row in rows[3:]] == ["15/KH-UBND"]


def test_the_register_keeps_its_query_count(client, django_assert_max_num_queries):
    for _one in range(30):
        DocumentFactory()
    signed_in(client, coordinator())
    _list(client)

    with django_assert_max_num_queries(20):
        _list(client, q="dan van")


def test_a_document_says_how_it_holds_and_what_ended_under_it(client, ended):
    plan = DocumentFactory()
    _rests_on(plan, ended)
    signed_in(client, actor())

    page = client.get(reverse("console:document", args=[plan.pk])).text

    assert "Còn hiệu lực" in page
    assert "Căn cứ hết hiệu lực:" in page
    assert "Đã được thay thế" in client.get(reverse("console:document", args=[ended.pk])).text


def test_validity_is_said_on_its_own_page(client):
    document, later = DocumentFactory(), DocumentFactory(number="77/QĐ-UBND")
    signed_in(client, coordinator())
    address = reverse("console:document_validity", args=[document.pk])

    client.post(address, {"kind": "replaced", "on": "1/3/2024", "by_number": "77/QĐ-UBND"})

    document.refresh_from_db()
    assert (document.ended_on, document.ended_by) == (date(2024, 3, 1), later)
    assert "chưa kiểm chứng" in client.get(address).text
    refused = client.post(address, {"kind": "expired", "on": "1/1/1990"})
    assert refused.status_code == 400
    assert "trước ngày ban hành" in refused.text


def test_a_unit_reviews_what_rests_on_something_that_ended(client, ended):
    by = actor()
    plan = DocumentFactory(filed_by=by.unit)
    _rests_on(plan, ended)
    signed_in(client, by)
    assert str(plan) in client.get(reverse("console:ended_bases")).text

    client.post(reverse("console:review_document", args=[plan.pk]))

    assert client.get(reverse("console:ended_bases")).context["rows"] == []
    assert plan.validity_changes.get().kind == "continued"


def test_proofreading_a_draft_warns_of_what_ended(client, ended):
    cited = {
        "number": "04/2015/NĐ-CP",
        "date": "2015-01-09",
        "kind": "Nghị định",
        "text": "Nghị định số 04/2015/NĐ-CP",
        "basis": True,
        "start": 0,
        "end": 3,
        "confidence": 0.9,
    }
    by = coordinator()
    signed_in(client, by)
    for day, warned in (("2024-02-20", True), ("2023-05-05", False)):
        reading = ReadingFactory(result={"header": {"date": day}, "citations": [cited]})

        page = client.get(reverse("console:proofread", args=[reading.document_id])).text

        assert ("Căn cứ hết hiệu lực:" in page) == warned


def test_a_wrong_file_is_set_aside_and_taken_back(client):
    by = actor()
    document = ReadingFactory(document__filed_by=by.unit, document__registered_on=None).document
    signed_in(client, by)
    address = reverse("console:discard_document", args=[document.pk])

    assert client.post(address, {"reason": ""}).status_code == 400
    client.post(address, {"reason": "Tải nhầm"})
    assert document not in _found(client)
    assert _found(client, reading="discarded") == [document]
    assert "Khôi phục" in client.get(reverse("console:document", args=[document.pk])).text

    client.post(reverse("console:restore_document", args=[document.pk]))
    assert document in _found(client)


def test_a_file_on_which_something_rests_is_not_set_aside(client):
    by = coordinator()
    document = ReadingFactory().document
    document.citations.create(target=DocumentFactory(), relation="concretises", standing="resolved")
    signed_in(client, by)

    client.post(reverse("console:discard_document", args=[document.pk]), {"reason": "Nhầm"})

    assert Document.objects.get(pk=document.pk).discarded_at is None


def test_an_annex_is_kept_once_and_is_for_who_sees_the_document(client):
    by = actor()
    document = DocumentFactory(filed_by=by.unit)
    signed_in(client, by)
    for _again in range(2):
        file = SimpleUploadedFile("phu-luc.txt", "Biểu 1".encode())
        client.post(
            reverse("console:add_annex", args=[document.pk]), {"title": "Phụ lục I", "file": file}
        )

    annex = document.annexes.get()
    assert "Phụ lục I" in client.get(reverse("console:document", args=[document.pk])).text
    address = reverse("console:attachment", args=[annex.attachment_id])
    assert b"".join(client.get(address).streaming_content) == "Biểu 1".encode()
    assert Attachment.objects.filter(pk=annex.attachment_id).exists()
