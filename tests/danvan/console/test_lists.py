from datetime import date, timedelta
from io import BytesIO

import pytest
from django.http import QueryDict
from django.urls import reverse
from openpyxl import load_workbook

from danvan import clock
from danvan.accounts.models import SavedFilter
from danvan.console.duties.lists import filters
from danvan.duties.models import Assignment, Extension, Reminder, Theme
from tests.factories import (
    AssignmentFactory,
    DocumentFactory,
    DutyFactory,
    UnitFactory,
    actor,
    coordinator,
    signed_in,
)

pytestmark = pytest.mark.django_db
LIST = "console:assignments"


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@pytest.fixture
def asking():
    return coordinator()


def shown(client, by, **asked) -> list[str]:
    response = signed_in(client, by).get(reverse(LIST), asked)
    return [row.one.duty.action for row in response.context["page"].rows]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "overdue"}, {"trễ"}),
        ({"state": "near"}, {"gần"}),
        ({"state": "open"}, {"trễ", "gần", "xa"}),
        ({"state": "done"}, {"xong"}),
        ({"q": "gầ"}, {"gần"}),
        ({"due_from": "20/3/2024", "due_to": "31/3/2024"}, {"gần"}),
        ({"unit": "so tu phap"}, {"trễ"}),
        ({"part": "cooperating"}, {"xa"}),
        ({"document": "15/KH-UBND", "state": "open"}, {"trễ"}),
        ({"document": "khong co"}, set()),
        ({"unit": "không có đơn vị này"}, set()),
    ],
)
def test_every_filter_leaves_what_it_says(client, asking, asked, found):
    AssignmentFactory(
        duty__action="trễ",
        duty__document__number="15/KH-UBND",
        duty__document__number_squeezed="15/kh-ubnd",
        due_on="2024-03-01",
        unit=UnitFactory(called="Sở Tư pháp"),
    )
    AssignmentFactory(duty__action="gần", due_on="2024-03-25")
    AssignmentFactory(duty__action="xa", due_on="2024-06-01", part="cooperating")
    AssignmentFactory(duty__action="xong", due_on="2024-03-01", done=True)

    assert set(shown(client, asking, **asked)) == found


def test_a_text_is_found_without_diacritics_and_marked(client, asking):
    AssignmentFactory(duty__action="Tổ chức tiếp công dân định kỳ")
    AssignmentFactory(duty__action="Tổ chức đối thoại")

    page = signed_in(client, asking).get(reverse(LIST), {"q": "tiep cong dan"})

    assert [row.one.duty.action for row in page.context["page"].rows] == [
        "Tổ chức tiếp công dân định kỳ"
    ]
    assert "<mark>tiếp</mark> <mark>công</mark> <mark>dân</mark>" in page.text


def test_a_unit_with_those_below_it(client, asking):
    above = UnitFactory()
    AssignmentFactory(unit=UnitFactory(under=above), duty__action="Của cấp dưới")
    AssignmentFactory(unit=above, duty__action="Của cấp trên")

    assert shown(client, asking, unit=str(above.pk)) == ["Của cấp trên"]
    assert len(shown(client, asking, unit=str(above.pk), below="on")) == 2


def test_a_filter_is_a_chip_that_is_taken_away_by_itself(client, asking):
    response = signed_in(client, asking).get(reverse(LIST), {"state": "overdue", "q": "thử"})

    assert [str(one) for one in response.context["chips"]] == [
        "Tìm trong nội dung: thử",
        "Trạng thái: Quá hạn",
    ]
    assert response.context["chips"][0].without == "?state=overdue"


@pytest.mark.parametrize("sort", ["due", "-due", "unit", "-state"])
def test_the_pages_of_a_list_hold_every_row_once(client, asking, sort):
    duty = DutyFactory()
    for place in range(120):
        AssignmentFactory(
            duty=duty, due_on=None if place % 10 == 0 else date(2024, 3, 1) + timedelta(place % 7)
        )
    signed_in(client, asking)

    seen, query = [], f"sort={sort}"
    while query:
        page = client.get(f"{reverse(LIST)}?{query}").context["page"]
        seen += [row.one.pk for row in page.rows]
        query = f"sort={sort}&after={page.after}" if page.after else ""

    assert len(seen) == len(set(seen)) == 120


def test_what_has_no_day_comes_last(client, asking):
    AssignmentFactory(duty__action="không hạn", due_on=None)
    AssignmentFactory(duty__action="có hạn")

    assert shown(client, asking) == ["có hạn", "không hạn"]
    assert shown(client, asking, sort="-due") == ["có hạn", "không hạn"]


def test_a_wrong_address_is_a_list_all_the_same(client, asking):
    AssignmentFactory(duty__action="Việc")

    wrong = {"sort": "x", "after": "31/2_y", "state": "?", "theme": "?", "due_from": "31/2"}

    assert shown(client, asking, **wrong) == ["Việc"]


def test_a_filter_is_kept_under_a_name_and_dropped_again(client):
    officer = actor()
    signed_in(client, officer)

    client.post(reverse("console:save_filter"), {"name": "Trễ", "query": "state=overdue"})
    client.post(reverse("console:save_filter"), {"name": "Trễ", "query": "state=near"})
    page = client.get(reverse(LIST)).content.decode()
    kept = SavedFilter.objects.get()
    signed_in(client, actor()).post(reverse("console:drop_filter", args=[kept.pk]))
    still = SavedFilter.objects.exists()
    signed_in(client, officer).post(reverse("console:drop_filter", args=[kept.pk]))

    assert "?state=near" in page
    assert still  # another's stays
    assert not SavedFilter.objects.exists()


def test_the_workbook_says_the_filter_and_holds_days_as_days(client, asking):
    AssignmentFactory(duty__action="=HYPERLINK()", due_on="2024-03-01")

    response = signed_in(client, asking).get(
        reverse("console:assignments_sheet"), {"state": "overdue"}
    )

    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet["A2"].value == "Trạng thái: Quá hạn"
    assert sheet["A4"].value.date() == date(2024, 3, 1)
    assert (sheet["C4"].value, sheet["C4"].data_type) == ("=HYPERLINK()", "s")


def bulk(client, by, **values):
    return signed_in(client, by).post(reverse("console:bulk"), values)


def test_the_chosen_are_reminded_and_what_is_done_is_passed_over(client, asking):
    late, done = AssignmentFactory(due_on="2024-03-01"), AssignmentFactory(done=True)

    bulk(client, asking, do="remind", chosen=[late.pk, done.pk], back=reverse(LIST))
    page = client.get(reverse(LIST)).content.decode()

    assert Reminder.objects.get().assignment == late
    assert "1 việc bỏ qua" in page


def test_all_of_a_filter_is_more_than_what_was_ticked(client, asking):
    for _place in range(3):
        AssignmentFactory(due_on="2024-03-01")
    AssignmentFactory(due_on="2024-05-01")

    bulk(client, asking, do="remind", all="1", query="state=overdue")

    assert Reminder.objects.count() == 3


def test_an_extension_of_many_asks_day_and_reason_and_says_whose(client, asking):
    one, two = AssignmentFactory(unit=UnitFactory(called="Sở Y tế")), AssignmentFactory()
    chosen = f"{one.pk},{two.pk}"

    question = bulk(client, asking, do="extend", chosen=chosen)
    without = bulk(client, asking, do="extend", chosen=chosen, confirmed="1", due_on="30/4/2024")
    bulk(
        client,
        asking,
        do="extend",
        chosen=chosen,
        confirmed="1",
        due_on="2/5/2024",
        reason="Chờ hướng dẫn",
    )

    assert "2 việc của 2 đơn vị" in question.content.decode()
    assert "Sở Y tế" in question.content.decode()
    assert without.status_code == 400
    assert {row.due_on for row in Assignment.objects.all()} == {date(2024, 5, 2)}


def test_what_is_no_longer_asked_for_ends_with_its_reason(client, asking):
    one = AssignmentFactory()

    bulk(client, asking, do="rescind", chosen=one.pk, confirmed="1", reason="Không còn cần")

    one.refresh_from_db()
    assert (one.state, one.remark) == ("rescinded", "Không còn cần")


def test_the_chosen_duties_are_put_under_a_theme(client, asking):
    theme = Theme.objects.create(kind="theme", title="Năm dân vận", year_from=2024, year_to=2024)
    duty = DutyFactory()
    rows = [AssignmentFactory(duty=duty), AssignmentFactory(duty=duty)]

    bulk(client, asking, do="label", chosen=[one.pk for one in rows], confirmed="1", theme=theme.pk)

    assert list(theme.duties.all()) == [duty]


@pytest.mark.parametrize("step", ["remind", "extend", "rescind", "label"])
def test_an_officer_does_nothing_to_what_others_asked_for(client, step):
    officer = actor()
    one = AssignmentFactory(unit=officer.unit)

    response = bulk(
        client, officer, do=step, chosen=one.pk, confirmed="1", reason="x", due_on="1/5/2024"
    )

    assert response.status_code == 403


def test_an_officer_exports_only_what_he_may_see(client):
    officer = actor()
    own, others = AssignmentFactory(unit=officer.unit), AssignmentFactory()

    response = bulk(client, officer, do="export", chosen=[own.pk, others.pk])

    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet.max_row == 4


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_the_way_back_leads_nowhere_else(client, asking, back):
    response = bulk(client, asking, do="remind", back=back)

    assert response["Location"] == reverse(LIST)


def test_a_page_of_the_list_asks_the_database_little(client, asking, django_assert_max_num_queries):
    for _place in range(30):
        AssignmentFactory()
    signed_in(client, asking)

    with django_assert_max_num_queries(20):
        client.get(reverse(LIST), {"state": "open", "due_from": "1/1/2024"})


def test_what_is_only_proposed_is_in_the_list_when_it_is_asked_for(client, asking):
    AssignmentFactory(state="proposed", duty__action="dự kiến")
    AssignmentFactory(duty__action="đã giao")

    assert shown(client, asking) == ["đã giao"]
    assert shown(client, asking, state="proposed") == ["dự kiến"]


def test_a_filter_by_a_document_that_one_may_not_see_does_not_say_its_name(client):
    """It waits to be confirmed, with another unit: its id in the address tells nothing of it."""
    hidden = DocumentFactory(number="99/BC-MAT", title="Báo cáo chưa vào sổ", registered_on=None)

    response = signed_in(client, actor()).get(reverse(LIST), {"document": str(hidden.pk)})

    assert "99/BC-MAT" not in response.content.decode()
    assert "Báo cáo chưa vào sổ" not in response.content.decode()


@pytest.mark.parametrize("query", ["q=tuyên truyền", "unit=Sở", "document=2", "changed=extended"])
def test_nothing_is_left_out_of_what_many_are(client, asking, monkeypatch, query):
    document = DocumentFactory(number="2/KH-UBND")
    rows = [
        AssignmentFactory(
            duty=DutyFactory(action=f"Tuyên truyền số {place}", document=document),
            unit=UnitFactory(called=f"Sở số {place}"),
        )
        for place in range(3)
    ]
    for one in rows:
        Extension.objects.create(
            assignment=one, state="granted", wanted_on=one.due_on, due_on=one.due_on, reason="Bận.",
            asked_by="An", asked_at=clock.now(), decided_by="An", decided_at=clock.now(),
        )  # fmt: skip
    monkeypatch.setattr(filters, "MANY", 2)

    asked = filters.ListFilter(QueryDict(query), by=asking)

    assert set(filters.filtered(asked)) == set(rows)
