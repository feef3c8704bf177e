from uuid import uuid4

import pytest

from danvan.publication import composing, rules
from danvan.publication.choices import ReleaseKind
from danvan.reports import actions as reports
from danvan.reports import consolidating
from tests.danvan.publication.factories import content_of, own_document
from tests.danvan.reports import making
from tests.danvan.scores.factories import final, submitted
from tests.factories import DocumentFactory, UnitFactory, actor, coordinator

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


def issued_report(officer=None):
    """The quarter's consolidated report of one department, issued."""
    by = making.province()
    officer = officer or actor(unit=UnitFactory(called="Sở Tư pháp"))
    making.reception(officer, visits=3)
    making.sent(officer)
    report = consolidating.consolidate("quarterly", making.QUARTER, by=by)
    for code, text in making.WRITTEN.items():
        making.write(report, code, text, by=by)
    return consolidating.issue(report, by=by)


def test_an_issued_consolidated_report_is_composed_with_its_figures(on_day):
    on_day(*making.TODAY)
    report = issued_report()

    content = composing.compose(ReleaseKind.REPORT, report.pk)

    assert content.title == "Kết quả thực hiện công tác dân vận chính quyền quý I/2024"
    assert content.address == "ket-qua-quy-i-2024"
    words = rules.words_of(content.body)
    assert "Đã quán triệt Chỉ thị số 33/CT-TTg." in words
    assert "3 lượt" in words or "03 lượt" in words
    assert [one.kind for one in composing.candidates()] == [ReleaseKind.REPORT]


def test_a_draft_or_a_units_own_report_is_no_candidate(on_day):
    on_day(*making.TODAY)
    making.province()
    own = making.sent()

    assert composing.compose(ReleaseKind.REPORT, own.pk) is None
    assert composing.candidates() == []


def test_the_next_version_of_a_report_is_the_same_subject(on_day):
    on_day(*making.TODAY)
    first = issued_report()
    by = coordinator(first.addressee if first.addressee.coordinates else None)
    second = reports.revise(first, by=by)
    assert composing.compose(ReleaseKind.REPORT, first.pk) is not None
    making.write(second, "shortcomings", "Còn 02 việc chậm.", by=by)
    consolidating.issue(second, by=by)

    content = composing.compose(ReleaseKind.REPORT, first.pk)

    assert "Còn 02 việc chậm." in rules.words_of(content.body)
    assert [one.subject for one in composing.candidates()] == [first.pk]
