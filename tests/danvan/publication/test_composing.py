from uuid import uuid4

import pytest

from danvan.publication import composing
from danvan.publication.choices import ReleaseKind
from tests.danvan.publication.factories import content_of, own_document
from tests.danvan.scores.factories import final, submitted
from tests.factories import DocumentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


def test_a_document_is_composed_of_its_own_words_without_head_recipients_and_signature():
    content = content_of(own_document())

    assert [(one["kind"], one.get("text")) for one in content.body["blocks"]] == [
        ("heading", "I. MỤC ĐÍCH"),
        ("paragraph", "Phục vụ Nhân dân."),
        ("heading", "II. TỔ CHỨC THỰC HIỆN"),
        ("heading", "1. Sở Nội vụ"),
        ("list", None),
        ("paragraph", "2. Các sở, ban, ngành ban hành kế hoạch trước ngày 31/3/2024."),
    ]
    assert content.doubts == []


def test_its_facts_name_issuer_number_day_and_who_signed():
    content = content_of(own_document())

    assert content.body["facts"] == [
        ["Cơ quan ban hành", "UBND tỉnh Tân Giang"],
        ["Số, ký hiệu", "15/KH-UBND"],
        ["Ngày ban hành", "20/02/2024"],
        ["Người ký", "Huỳnh Thế Vinh, Chủ tịch"],
    ]
    assert content.address == "ke-hoach-15-kh-ubnd-2024"


def test_what_others_issued_is_no_candidate():
    DocumentFactory(issuer="THỦ TƯỚNG CHÍNH PHỦ")
    DocumentFactory(registered_on=None)
    own = own_document()

    assert [one.subject for one in composing.candidates()] == [own.pk]
    assert composing.compose(ReleaseKind.DOCUMENT, uuid4()) is None


def test_what_was_not_registered_is_not_composed():
    own = own_document()
    own.registered_on = None
    own.save()

    assert composing.compose(ReleaseKind.DOCUMENT, own.pk) is None


def test_results_hold_the_closed_sheets_only():
    stage = final()

    content = composing.compose(ReleaseKind.RESULTS, stage.campaign.pk)

    table = content.body["blocks"][-1]
    assert [[cell for _column, cell in row] for row in table["rows"]] == [
        ["Sở Tư pháp", "30", "30", "35", "95"]
    ]
    assert ["Đã chốt", "1/3 đơn vị"] in content.body["facts"]
    assert content.issued_by == "Sở Nội vụ"
    assert "Chưa đến hạn" not in str(content.body)  # an appraiser's reason is not public


def test_a_campaign_without_a_closed_sheet_has_no_results():
    stage = submitted()

    assert composing.compose(ReleaseKind.RESULTS, stage.campaign.pk) is None
    assert composing.candidates() == []
