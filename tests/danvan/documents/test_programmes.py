"""Coordination programmes: who is bound, for how long, and what the title says of it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from danvan.documents import programmes
from danvan.documents.programmes import Side, names_in, names_in_issuer
from danvan.refusals import NotAccepted
from tests.factories import DocumentFactory, UnitFactory, actor, coordinator

pytestmark = pytest.mark.django_db
TERM = {"from_": date(2021, 6, 1), "to": date(2026, 12, 31)}


@pytest.mark.parametrize(
    ("title", "names"),
    [
        (
            "Phối hợp công tác giữa Ủy ban nhân dân tỉnh và Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh giai đoạn 2021-2026",
            ["Ủy ban nhân dân tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"],
        ),
        (
            "Quy chế phối hợp giữa Ban Dân vận Tỉnh ủy với Ban cán sự đảng Ủy ban nhân dân tỉnh về công tác dân vận chính quyền",
            ["Ban Dân vận Tỉnh ủy", "Ban cán sự đảng Ủy ban nhân dân tỉnh"],
        ),
        (
            "Phối hợp giữa Sở Nội vụ; Sở Tư pháp và Công an tỉnh trong công tác hòa giải",
            ["Sở Nội vụ", "Sở Tư pháp", "Công an tỉnh"],
        ),
        ("Về công tác dân vận chính quyền năm 2024", []),
        # “và” within a name, before a small letter, does not part it
        (
            "Phối hợp giữa Sở Thông tin và truyền thông và Tỉnh đoàn",
            ["Sở Thông tin và truyền thông", "Tỉnh đoàn"],
        ),
    ],
)
def test_the_title_names_the_sides(title, names):
    assert names_in(title) == names


def test_two_issuers_are_two_sides():
    assert names_in_issuer("ỦY BAN NHÂN DÂN TỈNH - ỦY BAN MTTQ VIỆT NAM TỈNH") == [
        "ỦY BAN NHÂN DÂN TỈNH",
        "ỦY BAN MTTQ VIỆT NAM TỈNH",
    ]
    assert names_in_issuer("SỞ NỘI VỤ") == []


def test_a_side_that_is_a_unit_is_suggested_as_one():
    unit = UnitFactory(called="Sở Tư pháp")
    document = DocumentFactory(title="Phối hợp giữa Sở Tư pháp và Hội Luật gia tỉnh")

    assert programmes.suggest(document, date(2024, 3, 18)) == [
        Side(unit=unit),
        Side(printed="Hội Luật gia tỉnh"),
    ]


def test_the_term_is_that_of_the_title_and_begins_no_earlier_than_the_document():
    document = DocumentFactory(title="giai đoạn 2021 - 2026", issued_on=date(2021, 6, 1))

    assert programmes.term_in(document) == (date(2021, 6, 1), date(2026, 12, 31))


def test_said_twice_is_said_once():
    by, unit, document = coordinator(), UnitFactory(), DocumentFactory()
    sides = [Side(unit=unit), Side(printed="Tỉnh đoàn"), Side(printed="tỉnh  đoàn")]

    programmes.bind(document, sides, **TERM, by=by)
    parties = list(document.parties.values_list("pk", flat=True))
    bound = programmes.bind(document, sides, **TERM, by=by)

    assert list(document.parties.values_list("pk", flat=True)) == parties
    assert len(parties) == 2
    assert (bound.term_from, bound.term_to) == (TERM["from_"], TERM["to"])
    assert list(programmes.programmes()) == [document]


def test_one_side_is_no_programme_and_it_does_not_end_before_it_begins():
    by, document = coordinator(), DocumentFactory()

    with pytest.raises(NotAccepted, match="hai bên"):
        programmes.bind(document, [Side(printed="Tỉnh đoàn")], **TERM, by=by)
    with pytest.raises(NotAccepted, match="Ngày kết thúc"):
        programmes.bind(
            document,
            [Side(printed="A"), Side(printed="B")],
            from_=date(2024, 1, 2),
            to=date(2024, 1, 1),
            by=by,
        )


def test_it_is_none_after_all():
    by, document = coordinator(), DocumentFactory()
    programmes.bind(document, [Side(printed="A"), Side(printed="B")], **TERM, by=by)

    programmes.unbind(document, by=by)

    assert not document.parties.exists()
    assert not programmes.programmes().exists()


def test_only_the_coordinator_may():
    document = DocumentFactory()

    with pytest.raises(PermissionDenied):
        programmes.bind(document, [Side(printed="A"), Side(printed="B")], **TERM, by=actor())
    with pytest.raises(PermissionDenied):
        programmes.unbind(document, by=actor())
