"""What people decide of citations that mean no known document yet."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from danvan.audit.models import AuditEntry
from danvan.documents import actions
from danvan.documents.citations import cards, settling
from danvan.documents.models import Citation
from tests.factories import DocumentFactory, ReadingFactory, actor, coordinator

pytestmark = pytest.mark.django_db

DAY = date(2013, 6, 3)


def _cite(number="25-NQ/TW", day="2013-06-03", kind="Nghị quyết", by=None, place=1, **more):
    citation = {
        "number": number,
        "date": day,
        "kind": kind,
        "text": f"{kind} số {number}",
        "basis": True,
        "start": 0,
        "end": 1,
        **more,
    }
    header = {"number": f"{place}/KH-UBND", "date": "2024-02-20", "kind": "Kế hoạch"}
    reading = ReadingFactory(
        text="", result={"header": {**header, "issuer": "UBND tỉnh"}, "citations": [citation]}
    )
    actions.confirm(reading, by=by or coordinator())
    return reading.document.citations.get(relation="basis")


def _fresh(citation):
    return Citation.objects.select_related("target").get(pk=citation.pk)


def test_citations_printed_alike_are_one_question():
    for place in range(3):
        _cite(place=place)
    _cite(day=None, place=9)

    first, second = settling.groups(0, 10)

    assert (first.citations, first.documents) == (3, 3)
    assert second.citations == 1
    assert settling.how_many() == 2


def test_one_decision_holds_for_all_and_for_those_to_come():
    by = coordinator()
    rows = [_cite(place=place) for place in range(2)]
    meant = DocumentFactory(number="25-NQ/TƯ", issued_on=DAY)

    assert settling.choose(rows[0].alike, meant, by=by) == 2
    assert settling.choose(rows[0].alike, meant, by=by) == 0  # pressed twice

    later = _cite(place=7)
    assert [_fresh(one).target for one in (*rows, later)] == [meant] * 3
    assert later.settled_by == by.name
    assert AuditEntry.objects.filter(verb="citations_settled").count() == 1
    assert settling.how_many() == 0


def test_what_needs_no_link_is_set_aside_and_comes_back():
    by, row = coordinator(), _cite()

    settling.set_aside(row.alike, by=by)
    assert settling.how_many() == 0

    assert settling.undo(row.alike, by=by) == 1
    assert settling.undo(row.alike, by=by) == 0
    assert settling.how_many() == 1


def test_a_link_that_is_undone_takes_along_what_followed_from_it():
    by, row = coordinator(), _cite()
    meant = DocumentFactory(number="52-NQ/TW", kind="Nghị quyết", issued_on=DAY)
    settling.choose(row.alike, meant, by=by)
    assert row.document.citations.filter(relation="concretises", target=meant).exists()

    settling.undo(row.alike, by=by)

    assert not row.document.citations.filter(relation="concretises").exists()
    assert _fresh(row).target is None


def test_a_card_as_it_is_printed_links_all_alike():
    by = coordinator()
    rows = [_cite(place=place) for place in range(2)]

    card, count = settling.make_card(rows[0].alike, settling.facts_of(rows[0]), by=by)

    assert count == 2
    assert (card.number, card.issued_on, card.is_card) == ("25-NQ/TW", DAY, True)
    assert {_fresh(one).target for one in rows} == {card}


def test_a_card_that_was_corrected_links_what_was_printed_wrongly():
    by, row = coordinator(), _cite(day="2012-06-03")

    card, count = settling.make_card(
        row.alike, cards.Facts("Nghị quyết", "25-NQ/TW", DAY, "BCH Trung ương"), by=by
    )

    assert (count, _fresh(row).target) == (1, card)


@pytest.mark.parametrize(
    ("known", "because"),
    [
        ({"number": "25-NQ/TW", "issued_on": date(2003, 3, 12)}, "Cùng số; ngày ban hành là"),
        ({"number": "25/NQ-TW", "issued_on": DAY}, "Ký hiệu khác dấu"),
        ({"number": "26-NQ/TW", "issued_on": DAY}, "số gần giống"),
    ],
)
def test_what_may_be_meant_is_suggested_with_why(known, because):
    document = DocumentFactory(kind="Nghị quyết", issuer="BCH Trung ương", **known)
    _cite()

    [group] = settling.groups(0, 10)

    [suggestion] = group.suggestions
    assert suggestion.document == document
    assert because in suggestion.because


def test_an_unlike_document_is_not_suggested():
    DocumentFactory(number="301-NQ/TU", kind="Nghị quyết", issued_on=DAY)
    DocumentFactory(number="26-NQ/TW", kind="Chỉ thị", issued_on=DAY)
    _cite()

    assert settling.groups(0, 10)[0].suggestions == []


def test_a_law_of_a_like_name_is_suggested():
    law = DocumentFactory(kind="Luật", number="42/2013/QH13", title="Tiếp công dân", issuer="")
    _cite(number="", day=None, kind="Luật", text="Luật Tiếp dân")

    assert [one.document for one in settling.groups(0, 5)[0].suggestions] == [law]


def test_who_follows_one_unit_decides_nothing():
    row = _cite()

    for decide in (settling.set_aside, settling.undo):
        with pytest.raises(PermissionDenied):
            decide(row.alike, by=actor())


def test_many_groups_keep_their_query_count(django_assert_max_num_queries):
    by = coordinator()
    for place in range(12):
        _cite(number=f"{place + 30}-NQ/TW", place=place, by=by)

    with django_assert_max_num_queries(4):
        settling.groups(0, 25)
