"""What stands around a document, and how it is drawn."""

from datetime import date
from itertools import combinations

import pytest

from danvan.console.documents.graph_drawing import Links, State, cut, draw, measure
from danvan.documents.choices import Relation, Validity
from danvan.documents.graph import around
from danvan.documents.models import Citation, Document
from tests.factories import DocumentFactory, UnitFactory

pytestmark = pytest.mark.django_db
TODAY = date(2024, 4, 10)


def cite(lower, upper, relation="basis"):
    Citation.objects.create(document=lower, target=upper, relation=relation, standing="resolved")


@pytest.fixture
def middle():
    return DocumentFactory(number="05-CT/TU", kind="Chỉ thị", in_force_from=date(2019, 4, 2))


def test_bases_stand_left_what_concretises_right_what_replaces_below(middle):
    basis, lower, later = (DocumentFactory() for _ in range(3))
    cite(middle, basis)
    cite(lower, middle, "concretises")
    cite(later, middle, "replaces")

    found = around(middle, TODAY)

    assert [one.document for one in found.side(-1)] == [basis]
    assert [one.document for one in found.side(1)] == [lower]
    assert [one.document for one in found.below] == [later]
    assert {(one.lower, one.upper) for one in found.edges} == {
        (middle.pk, basis.pk),
        (lower.pk, middle.pk),
        (later.pk, middle.pk),
    }


def test_a_document_that_is_cited_twice_stands_once_by_its_strongest_tie(middle):
    basis = DocumentFactory()
    cite(middle, basis, "mentions")
    cite(middle, basis, "basis")

    (node,) = around(middle, TODAY).nodes

    assert node.relation == Relation.BASIS


def test_what_ended_it_is_known_without_a_citation(middle):
    later = DocumentFactory()
    Document.objects.filter(pk=middle.pk).update(ended_on=date(2024, 1, 1), ended_by=later)
    middle.refresh_from_db()

    found = around(middle, TODAY)

    assert found.middle.validity == Validity.REPLACED
    assert [one.document for one in found.below] == [later]


def test_two_steps_reach_what_the_bases_rest_on(middle):
    basis, root = DocumentFactory(), DocumentFactory()
    cite(middle, basis)
    cite(basis, root)

    assert not around(middle, TODAY).side(-2)
    assert [one.document for one in around(middle, TODAY, depth=2).side(-2)] == [root]


def test_what_one_may_not_see_is_not_there(middle):
    hidden = DocumentFactory(registered_on=None)
    cite(hidden, middle, "concretises")

    assert not around(middle, TODAY, seen=Document.objects.registered()).nodes


@pytest.fixture
def many(middle):
    """Two hundred documents around one."""
    units = [
        UnitFactory(kind=kind, level=level)
        for kind, level, count in (
            ("peoples_committee", "commune", 110),
            ("peoples_committee", "district", 15),
            ("department", "province", 22),
        )
        for _ in range(count)
    ]
    for place, unit in enumerate(units):
        cite(DocumentFactory(number=f"{place}/KH-UBND", issued_by=unit), middle, "concretises")
    for place in range(53):
        basis = DocumentFactory(
            number=f"{place}/2020/TTLT-BNV-BTC-BKHĐT", kind="Thông tư liên tịch"
        )
        cite(middle, basis, "basis" if place % 2 else "mentions")
    return middle


LINKS = Links(
    centre=lambda pk: f"/{pk}", open=lambda key: f"?mo={key}", fold=str, more=lambda at: f"?tu={at}"
)


def test_two_hundred_take_few_questions(many, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        found = around(many, TODAY, depth=2)

    assert len(found.nodes) == 200
    assert found.left_out == 0


@pytest.mark.parametrize("opened", ["", "1.concretises.ubnd-cap-xa"])
@pytest.mark.parametrize("depth", [1, 2])
def test_nothing_overlaps_and_every_word_fits(many, opened, depth):
    found = around(many, TODAY, depth=depth)

    picture = draw(found, LINKS, State(opened), {}, {})

    assert all(
        a.x + a.width <= b.x
        or b.x + b.width <= a.x
        or a.y + a.height <= b.y
        or b.y + b.height <= a.y
        for a, b in combinations([one for one in picture.boxes if one.link], 2)
    )
    assert all(measure(one.title, bold=True) <= one.width - 12 for one in picture.boxes)
    assert all(measure(one.note) <= one.width - 12 for one in picture.boxes)
    assert all(one.whole for one in picture.boxes)
    assert picture.width < 1300
    assert picture.height < 1400


def test_many_fold_into_groups_that_open(many):
    found = around(many, TODAY)
    counted = {("peoples_committee", "commune"): (88, 102)}

    folded = draw(found, LINKS, State(), counted, {})
    opened = draw(found, LINKS, State("1.concretises.ubnd-cap-xa"), counted, {})

    group = next(one for one in folded.boxes if one.title == "UBND cấp xã")
    assert group.note == "88/102 văn bản · Mở"
    assert group.link == "?mo=1.concretises.ubnd-cap-xa"
    assert sum("is-opened" in one.classes for one in opened.boxes) == 36
    assert "còn 74: xem tiếp" in [one.text for one in opened.headings]


def test_an_ended_one_says_so_in_words(middle):
    cite(middle, DocumentFactory(number="25-NQ/TW", ended_on=date(2020, 1, 1)))

    picture = draw(around(middle, TODAY), LINKS, State(), {}, {})

    (box,) = (one for one in picture.boxes if one.title.startswith("25-NQ/TW"))
    assert "is-ended" in box.classes
    assert box.note.startswith("Hết hiệu lực")


def test_a_long_symbol_is_cut_and_stands_whole_in_the_title():
    assert cut("01/2016/TTLT-VPCP-BTP-BNV-BTC", 120) == "01/2016/TTLT-…"
    assert cut("25-NQ/TW", 120) == "25-NQ/TW"
