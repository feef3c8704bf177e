"""Which document a citation means, at once or once it is registered."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from danvan.documents import actions
from danvan.documents.choices import CitationStanding, Relation
from danvan.documents.citations import cards
from danvan.documents.models import Document
from danvan.files.models import Attachment
from danvan.org.choices import Level
from danvan.refusals import NotAccepted
from tests.factories import DocumentFactory, ReadingFactory, UnitFactory, coordinator

pytestmark = pytest.mark.django_db

RELIGION, MASSES = date(2003, 3, 12), date(2013, 6, 3)


def _cites(*citations, kind="Kế hoạch", by=None, text="", issuer="UBND tỉnh Tân Giang", **header):
    """A document that cites, registered."""
    known = {"number": "900/KH-UBND", "date": "2024-02-20", "kind": kind, "issuer": issuer}
    by = by or coordinator()
    reading = ReadingFactory(
        text=text,
        document=DocumentFactory(registered_on=None, filed_by=by.unit),
        result={"header": {**known, **header}, "citations": list(citations)},
    )
    return actions.confirm(reading, by=by)


def _citation(number="", day=None, kind="Nghị quyết", text="", issuer=None, basis=True, **more):
    text = text or f"{kind} số {number}"
    values = {"number": number or None, "date": day, "kind": kind, "issuer": issuer, "text": text}
    return {**values, "basis": basis, "start": 0, "end": 1, "confidence": 0.9, **more}


def _two_terms():
    return [
        DocumentFactory(
            number="25-NQ/TW", kind="Nghị quyết", issuer=body, issued_on=day, attachment=None
        )
        for body, day in (("Ban Chấp hành Trung ương", RELIGION), ("BCH Trung ương", MASSES))
    ]


@pytest.mark.parametrize(("day", "place"), [("2003-03-12", 0), ("2013-06-03", 1)])
def test_the_same_number_of_another_term_is_another_document(day, place):
    both = _two_terms()

    document = _cites(_citation("25-NQ/TW", day, issuer="Hội nghị lần thứ bảy"))

    assert document.citations.get(relation="basis").target == both[place]


def test_without_a_date_it_is_a_question():
    _two_terms()

    document = _cites(_citation("25-NQ/TW"))

    assert document.citations.get().standing == CitationStanding.AMBIGUOUS


def test_a_date_printed_once_holds_for_the_whole_document():
    _religion, masses = _two_terms()

    document = _cites(_citation("25-NQ/TW", "2013-06-03"), _citation("25-NQ/TW", basis=False))

    links = document.citations.exclude(relation="concretises")
    assert {one.target for one in links} == {masses}
    assert links.count() == 2


def test_a_number_that_many_bodies_give_means_the_one_that_is_printed():
    an_phu, binh = (
        DocumentFactory(number="15/KH-UBND", issuer=f"UBND huyện {name}")
        for name in ("An Phú Đông", "Bình Đông")
    )

    one = _citation("15/KH-UBND", "2024-02-20", "Kế hoạch", issuer="UBND huyện Bình Đông")
    other = _citation("15/KH-UBND", "2024-02-20", "Kế hoạch")
    document = _cites(one, {**other, "start": 9})

    first, second = document.citations.exclude(relation="concretises").order_by("start")
    assert first.target == binh
    assert second.standing == CitationStanding.AMBIGUOUS
    assert an_phu.cited_by.count() == 0


def test_a_local_number_alone_names_nobodys_document():
    DocumentFactory(number="15/KH-UBND")

    document = _cites(_citation("15/KH-UBND", kind="Kế hoạch"))

    assert document.citations.get().standing == CitationStanding.UNKNOWN


def test_nobody_cites_a_document_of_a_later_day():
    DocumentFactory(number="23-QĐ/TW", issued_on=date(2025, 1, 1))

    document = _cites(_citation("23-QĐ/TW", kind="Quyết định"))

    assert document.citations.get().target is None


def test_a_law_is_known_by_its_name():
    law = DocumentFactory(
        number="10/2022/QH15",
        kind="Luật",
        title="Thực hiện dân chủ ở cơ sở",
        issuer="Quốc hội",
        issued_on=date(2022, 11, 10),
    )

    document = _cites(_citation(kind="Luật", text="Luật Thực hiện dân chủ ở cơ sở năm 2022"))

    assert document.citations.get().target == law


def test_a_name_of_two_laws_means_the_one_in_force():
    old, new = (
        DocumentFactory(
            number=number, kind="Luật", title="Thi đua, khen thưởng", issuer="", issued_on=day
        )
        for number, day in (
            ("15/2003/QH11", date(2003, 11, 26)),
            ("06/2022/QH15", date(2022, 6, 15)),
        )
    )
    Document.objects.filter(pk=old.pk).update(ended_on=date(2024, 1, 1))
    Document.objects.filter(pk=new.pk).update(in_force_from=date(2024, 1, 1))

    document = _cites(_citation(kind="Luật", text="Luật Thi đua, khen thưởng"))

    assert document.citations.get().target == new


def test_what_waits_is_linked_when_its_document_is_registered(django_assert_max_num_queries):
    by = coordinator()
    for place in range(5):
        _cites(
            _citation("59/2023/NĐ-CP", "2023-08-14", "Nghị định"), by=by, number=f"{place}/KH-UBND"
        )
    header = {"number": "59/2023/NĐ-CP", "date": "2023-08-14", "kind": "Nghị định"}
    reading = ReadingFactory(
        document=DocumentFactory(registered_on=None), result={"header": header}, text=""
    )

    with django_assert_max_num_queries(40):
        decree = actions.confirm(reading, by=by)

    assert decree.cited_by.count() == 5
    assert set(decree.cited_by.values_list("standing", flat=True)) == {"resolved"}


def test_a_clash_of_identity_names_the_other_document():
    first = _cites()

    with pytest.raises(actions.Clash) as refused:
        _cites(issuer="ỦY BAN NHÂN DÂN TỈNH TÂN GIANG")

    assert refused.value.other == first


def test_the_same_number_of_another_body_is_no_clash():
    _cites(issuer="UBND huyện An Phú Đông")

    _cites(issuer="UBND huyện Bình Đông")

    assert Document.objects.registered().filter(number="900/KH-UBND").count() == 2


def test_the_issuer_is_a_unit_where_its_name_is_one():
    unit = UnitFactory(called="Sở Tư pháp")

    document = _cites(issuer="SỞ TƯ PHÁP")

    assert document.issued_by == unit
    assert document.issuer_level == Level.PROVINCE


@pytest.mark.parametrize("is_known", [True, False])
def test_an_issuer_in_capitals_is_registered_and_cited_in_its_own_case(is_known):
    if is_known:
        UnitFactory(called="Ủy ban nhân dân tỉnh Tân Giang")

    document = _cites(
        _citation("7/KH-UBND", "2023-01-05", "Kế hoạch", issuer="UBND TỈNH TÂN GIANG"),
        issuer="ỦY BAN NHÂN DÂN\nTỈNH TÂN GIANG",
    )

    assert document.issuer == "Ủy ban nhân dân tỉnh Tân Giang"
    assert document.citations.get().issuer == "UBND tỉnh Tân Giang"
    assert Document.objects.sought("tan giang").exists()


# One identity per document.


def _registered(number, day="2024-02-20", issuer="UBND tỉnh Tân Giang"):
    return _cites(number=number, date=day, issuer=issuer)


@pytest.mark.parametrize(
    ("number", "issuer"),
    [
        ("12 /KH-UBND", "UBND tỉnh Tân Giang"),
        ("012/KH-UBND", "ỦY BAN NHÂN DÂN TỈNH TÂN GIANG"),
        ("12/kh-ubnd", "Uỷ ban nhân dân tỉnh Tân Giang"),  # the older place of the mark
        ("12/KH–UBND", "UBND tỉnh Tân Giang"),  # another dash
        ("12/KH - UBND", "UBND  tỉnh\nTân Giang"),
    ],
)
def test_one_document_printed_in_two_ways_is_one(number, issuer):
    first = _registered("12/KH-UBND")

    with pytest.raises(actions.Clash) as refused:
        _registered(number, issuer=issuer)

    assert refused.value.other == first


@pytest.mark.parametrize(
    ("number", "day", "issuer"),
    [
        ("12/KH-UBND", "2023-02-20", "UBND tỉnh Tân Giang"),  # of another year
        ("12/KH-UBND", "2024-02-20", "UBND tỉnh Bình Giang"),  # of another province
        ("12/QĐ-UBND", "2024-02-20", "UBND tỉnh Tân Giang"),
        ("112/KH-UBND", "2024-02-20", "UBND tỉnh Tân Giang"),
        ("12/KH-HĐND", "2024-02-20", "HĐND tỉnh Tân Giang"),
    ],
)
def test_what_differs_in_year_province_or_kind_is_another(number, day, issuer):
    _registered("12/KH-UBND")

    _registered(number, day, issuer)

    assert Document.objects.registered().count() == 2


def test_the_same_number_of_two_provinces_is_cited_by_the_one_that_is_printed():
    other, own = (
        _registered("12/KH-UBND", issuer=f"UBND tỉnh {name}") for name in ("A Vương", "B Lưới")
    )
    cited = _citation("12/KH-UBND", "2024-02-20", "Kế hoạch", issuer="UBND tỉnh B Lưới")
    nobodys = _citation("12/KH-UBND", "2024-02-20", "Kế hoạch")

    document = _cites(cited, {**nobodys, "start": 9}, number="77/KH-UBND", date="2024-03-01")

    rows = document.citations.exclude(relation="concretises").order_by("start")
    assert [one.target for one in rows] == [own, None]
    assert other.cited_by.count() == 0


def test_a_unit_of_one_name_before_and_after_a_merger_issues_two_documents(on_day):
    """12/KH-UBND of the old commune and of the new one that took its name over."""
    old, new = UnitFactory(called="UBND xã Bến Đá"), UnitFactory(called="UBND xã Cồn Tròn")
    last, first = date(2025, 6, 30), date(2025, 7, 1)
    old.names.update(validity=DateRange(date(2010, 1, 1), first))
    new.names.update(
        name="UBND xã Bến Đá", folded="ubnd xa ben da", validity=DateRange(first, None)
    )

    before = _registered("12/KH-UBND", last.isoformat(), "UBND xã Bến Đá")
    after = _registered("12/KH-UBND", first.isoformat(), "UBND xã Bến Đá")

    assert (before.issued_by, after.issued_by) == (old, new)
    assert before != after


def test_what_was_cited_before_it_came_is_one_with_its_card_and_its_citations():
    by = coordinator()
    citing_it = _cites(
        _citation("12/KH-UBND", "2023-01-05", "Kế hoạch", issuer="UBND TỈNH TÂN GIANG"), by=by
    )
    card = cards.make(
        cards.Facts("Kế hoạch", "012/KH-UBND", date(2023, 1, 5), "Uỷ ban nhân dân tỉnh Tân Giang"),
        by=by,
    )
    assert citing_it.citations.get().target == card

    document = _cites(
        by=by, number="12 /KH–UBND", date="2023-01-05", issuer="ỦY BAN NHÂN DÂN\nTỈNH TÂN GIANG"
    )

    assert citing_it.citations.get().target == document
    assert Document.objects.filter(number_squeezed=document.number_squeezed).count() == 1


# What a document carries out.


def test_of_what_a_plan_rests_on_laws_are_not_concretised():
    both = _two_terms()
    DocumentFactory(number="10/2022/QH15", kind="Luật", issuer="", issued_on=date(2022, 11, 10))

    document = _cites(
        _citation("25-NQ/TW", "2013-06-03"), _citation("10/2022/QH15", "2022-11-10", "Luật")
    )

    links = document.citations.filter(relation=Relation.CONCRETISES)
    assert [one.target for one in links] == [both[1]]


def test_a_report_concretises_nothing():
    _two_terms()

    document = _cites(_citation("25-NQ/TW", "2013-06-03"), kind="Báo cáo")

    assert not document.citations.filter(relation=Relation.CONCRETISES).exists()


def test_a_body_does_not_concretise_its_own_earlier_plan():
    DocumentFactory(number="1/KH-UBND", issuer="UBND tỉnh Tân Giang", issued_on=date(2023, 1, 5))

    document = _cites(_citation("1/KH-UBND", "2023-01-05", "Kế hoạch"))

    assert not document.citations.filter(relation=Relation.CONCRETISES).exists()


def test_a_directive_registered_later_is_concretised_by_what_cited_it():
    document = _cites(_citation("25-NQ/TW", "2013-06-03"))

    directive = cards.make(
        cards.Facts("Nghị quyết", "25-NQ/TW", MASSES, "Ban Chấp hành Trung ương"),
        by=coordinator(),
    )

    link = document.citations.get(relation=Relation.CONCRETISES)
    assert link.target == directive


# Cards.


def test_a_card_is_made_once():
    by = coordinator()
    facts = cards.Facts("Nghị định", "59/2023/NĐ-CP", date(2023, 8, 14), "Chính phủ")

    assert cards.make(facts, by=by) == cards.make(facts, by=by)
    assert Document.objects.count() == 1
    assert Attachment.objects.count() == 0


def test_a_card_without_number_and_title_is_refused():
    with pytest.raises(NotAccepted):
        cards.make(cards.Facts("Nghị định"), by=coordinator())


@pytest.mark.parametrize("day", [date(2023, 8, 14), None])
def test_the_file_takes_the_place_of_its_card(day):
    by = coordinator()
    card = cards.make(cards.Facts("Nghị định", "59/2023/NĐ-CP", day, "Chính phủ"), by=by)
    citing = _cites(_citation("59/2023/NĐ-CP", "2023-08-14", "Nghị định"), by=by)
    card.validity_changes.create(kind="expired", on=date(2030, 1, 1))

    decree = _cites(
        by=by, number="59/2023/NĐ-CP", date="2023-08-14", kind="Nghị định", issuer="CHÍNH PHỦ"
    )

    assert not Document.objects.filter(pk=card.pk).exists()
    assert citing.citations.get().target == decree
    assert decree.ended_on == date(2030, 1, 1)
    assert decree.in_force_from == date(2023, 8, 14)


def test_a_card_is_no_reason_to_refuse_and_a_file_is():
    by = coordinator()
    cards.make(
        cards.Facts("Kế hoạch", "900/KH-UBND", date(2024, 2, 20), "UBND tỉnh Tân Giang"), by=by
    )

    _cites(by=by)

    with pytest.raises(actions.Clash):
        _cites(by=by)
