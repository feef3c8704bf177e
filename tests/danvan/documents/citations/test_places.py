"""A citation at its place, as people change it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from danvan.audit.actions import history
from danvan.documents import actions
from danvan.documents.citations import cards, citing, places, settling
from danvan.documents.models import Citation
from tests.factories import DocumentFactory, ReadingFactory, actor, coordinator

pytestmark = pytest.mark.django_db

DAY = date(2013, 6, 3)


@pytest.fixture
def by(db):
    return coordinator()


@pytest.fixture
def resolution(db):
    return DocumentFactory(
        number="25-NQ/TW", kind="Nghị quyết", issuer="BCH Trung ương", issued_on=DAY
    )


def _cite(by, place=1):
    cited = {
        "number": "25-NQ/TW",
        "date": "2013-06-03",
        "kind": "Nghị quyết",
        "text": "Nghị quyết số 25-NQ/TW",
        "basis": True,
        "start": 0,
        "end": 9,
    }
    header = {"number": f"{place}/KH-UBND", "date": "2024-02-20", "kind": "Kế hoạch"}
    reading = ReadingFactory(
        text="", result={"header": {**header, "issuer": "UBND tỉnh"}, "citations": [cited]}
    )
    return actions.confirm(reading, by=by).citations.get(relation="basis")


def _target(row):
    return Citation.objects.get(pk=row.pk).target


def test_a_link_of_the_machine_is_changed_at_one_place_alone(by, resolution):
    row, other = _cite(by, 1), _cite(by, 2)
    meant = DocumentFactory(number="52-NQ/TW", kind="Nghị quyết", issued_on=DAY)
    assert row.target == resolution

    assert places.relink(row, meant, by=by) == 1
    assert places.relink(row, meant, by=by) == 0  # pressed twice

    assert (_target(row), _target(other)) == (meant, resolution)
    assert _cite(by, 3).target == resolution  # what holds here alone is no rule
    assert history(row.document).filter(verb="citation_relinked").count() == 1
    carried = row.document.citations.filter(relation="concretises")
    assert [one.target for one in carried] == [meant]


def test_everywhere_leaves_what_another_person_said(by, resolution):
    one, two, three = (_cite(by, place) for place in range(3))
    own = DocumentFactory(number="26-NQ/TW")
    meant = DocumentFactory(number="52-NQ/TW")
    places.relink(three, own, by=by)
    assert places.how_many_alike(one) == 1

    assert places.relink(one, meant, by=by, everywhere=True) == 2

    assert [_target(row) for row in (one, two, three)] == [meant, meant, own]
    assert _cite(by, 7).target == meant


def test_what_is_cut_stays_cut_whatever_is_registered(by, resolution):
    row = _cite(by)

    places.relink(row, None, by=by)
    citing.settle([resolution])
    cards.make(cards.Facts("Nghị quyết", "25-NQ/TW", DAY, "BCH Trung ương"), by=by)

    row.refresh_from_db()
    assert (row.target, row.standing) == (None, "set_aside")
    assert not row.document.citations.filter(relation="concretises").exists()


def test_a_persons_link_is_never_changed_by_the_machine(by):
    row = _cite(by)
    meant = DocumentFactory(number="52-NQ/TW")
    places.relink(row, meant, by=by)

    resolution = cards.make(cards.Facts("Nghị quyết", "25-NQ/TW", DAY, "BCH Trung ương"), by=by)
    citing.settle([resolution])

    assert _target(row) == meant


def test_it_is_given_back_to_the_machine(by, resolution):
    row = _cite(by)
    places.relink(row, None, by=by)

    for _again in range(2):
        places.give_back(row, by=by)

    row.refresh_from_db()
    assert (row.target, row.settled_by, row.is_only_here) == (resolution, "", False)
    assert history(row.document).filter(verb="citation_given_back").count() == 1


def test_undoing_for_all_leaves_the_one_place_alone(by, resolution):
    row, other = _cite(by, 1), _cite(by, 2)
    meant = DocumentFactory(number="52-NQ/TW")
    places.relink(row, meant, by=by)
    places.relink(other, None, by=by, everywhere=True)

    settling.undo(row.alike, by=by)

    assert (_target(row), _target(other)) == (meant, resolution)


def test_who_follows_one_unit_changes_no_link(by, resolution):
    row = _cite(by)

    with pytest.raises(PermissionDenied):
        places.relink(row, None, by=actor())
    with pytest.raises(PermissionDenied):
        places.give_back(row, by=actor())
