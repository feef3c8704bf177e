from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from danvan.duties.models import Theme
from tests.factories import (
    AssignmentFactory,
    DocumentFactory,
    DutyFactory,
    UnitFactory,
    coordinator,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 4, 5)


@pytest.fixture
def follower(client):
    return signed_in(client, coordinator())


def laid(**values):
    return AssignmentFactory(**{"assigned_at": "2024-03-01T08:00+07:00", **values})


@pytest.mark.parametrize(
    ("values", "tone", "words"),
    [
        ({}, "late", "quá hạn 4 ngày"),
        ({"due_on": "2024-05-01"}, "idle", "chưa đến hạn"),
        ({"state": "in_progress", "due_on": "2024-05-01"}, "work", "đang làm"),
        ({"handed_in": True}, "wait", "chờ xác nhận"),
        ({"done": True}, "done", "xong đúng hạn"),
        ({"done": True, "due_on": "2024-03-15"}, "done", "xong quá hạn 3 ngày"),
        ({"state": "returned", "remark": "Thiếu", "due_on": "2024-05-01"}, "warn", "trả lại"),
        ({"state": "returned", "remark": "Thiếu"}, "late", "trả lại, quá hạn 4 ngày"),
        ({"state": "contested", "remark": "Lạ", "due_on": "2024-05-01"}, "warn", "đề nghị xem lại"),
        ({"state": "suspended", "remark": "Dừng"}, "stop", "tạm dừng"),
        ({"state": "rescinded", "remark": "Thôi"}, "end", "thôi giao"),
    ],
)
def test_a_cell_says_its_state_in_a_mark_and_in_words(follower, values, tone, words):
    unit = UnitFactory(called="Xã Bến Đá")
    laid(unit=unit, duty__action="Quán triệt", **values)

    page = follower.get(reverse("console:matrix")).content.decode()

    assert f'aria-label="Xã Bến Đá, Quán triệt: {words}"' in page
    assert f'class="cell is-{tone}"' in page


def test_what_is_written_in_a_document_cannot_break_the_page(follower):
    laid(unit=UnitFactory(called='Sở "A" <b>'), duty__action='<script>alert("x")</script> việc')

    page = follower.get(reverse("console:matrix")).content.decode()

    assert "<script>alert" not in page
    assert "<b>" not in page.split("<tbody>")[1].split("</th>")[0]


def test_sources_that_do_not_fit_are_folded_to_how_much_is_done(follower):
    unit = UnitFactory()
    first, second = DocumentFactory(issued_on="2024-02-01"), DocumentFactory(issued_on="2024-01-01")
    for document, count in ((first, 30), (second, 9)):
        for _place in range(count):
            laid(duty__document=document, unit=unit)
    laid(duty__document=second, unit=unit, done=True)

    response = follower.get(reverse("console:matrix"))

    assert [(one.key, one.is_open) for one in response.context["matrix"].groups] == [
        (str(first.pk), True),
        (str(second.pk), False),
    ]
    assert ">1/10</a>" in response.content.decode()


def test_the_address_keeps_which_sources_are_open(follower):
    unit = UnitFactory()
    first, second = laid(unit=unit), laid(unit=unit)

    response = follower.get(reverse("console:matrix"), {"open": str(second.duty.document_id)})
    nothing = follower.get(reverse("console:matrix"), {"open": ""})

    opened = {one.key: one.is_open for one in response.context["matrix"].groups}
    assert opened == {str(first.duty.document_id): False, str(second.duty.document_id): True}
    assert not any(one.is_open for one in nothing.context["matrix"].groups)
    assert nothing.content.decode().count("cell-folded") == 2


def test_the_foot_counts_in_time_and_late_of_each_column(follower):
    duty = DutyFactory()
    laid(duty=duty, done=True)
    laid(duty=duty, done=True, due_on="2024-03-10")
    laid(duty=duty)

    page = follower.get(reverse("console:matrix")).content.decode()

    assert '<span>1</span><span><b class="late-count">2</b></span>' in page


def test_requests_to_those_who_are_asked_stand_apart(follower):
    laid(unit=UnitFactory(kind="fatherland_front"), state="requested")
    laid()

    response = follower.get(reverse("console:matrix"))

    assert [label for label, *_rest in response.context["blocks"]] == [
        "Giao việc",
        "Đề nghị phối hợp",
    ]


def test_the_communes_of_a_district_are_chosen_by_it(follower):
    district = UnitFactory(kind="peoples_committee", level="district", called="UBND huyện An Phú")
    commune = UnitFactory(
        kind="peoples_committee", level="commune", under=district, called="UBND xã A"
    )
    laid(unit=commune)
    laid(unit=UnitFactory(kind="peoples_committee", level="commune", called="UBND xã B"))

    response = follower.get(reverse("console:matrix"), {"group": f"below:{district.pk}"})

    assert [row.unit.name for row in response.context["matrix"].rows] == ["UBND xã A"]


def test_a_theme_leaves_only_its_duties(follower):
    theme = Theme.objects.create(kind="theme", title="Năm dân vận", year_from=2024, year_to=2024)
    labelled, _other = laid(), laid()
    labelled.duty.themes.add(theme)

    response = follower.get(reverse("console:matrix"), {"theme": theme.pk})

    assert response.context["matrix"].columns == 1


def test_the_workbook_holds_every_column_with_its_filter_on_top(follower):
    laid(unit=UnitFactory(called="=1+1"), duty__action="Quán triệt Quy chế")

    response = follower.get(reverse("console:matrix_sheet"), {"year": 2024, "open": ""})

    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet["A2"].value == "Năm: 2024"
    assert (sheet["A4"].value, sheet["A4"].data_type) == ("=1+1", "s")
    assert sheet["E4"].value == "quá hạn 4 ngày"
    assert sheet.freeze_panes == "B4"


def test_a_wide_matrix_asks_the_database_no_more_than_a_narrow_one(
    follower, django_assert_max_num_queries
):
    units = [UnitFactory() for _place in range(6)]
    for _place in range(5):
        duty = DutyFactory()
        for unit in units:
            laid(duty=duty, unit=unit)

    with django_assert_max_num_queries(20):
        follower.get(reverse("console:matrix"))
