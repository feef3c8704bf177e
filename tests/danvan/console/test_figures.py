import re
from datetime import date

import pytest
from django.urls import reverse

from danvan.figures import actions
from danvan.org.choices import Role
from danvan.org.models import User
from danvan.periods import parse, window
from tests.danvan.figures import reform
from tests.factories import AssignmentFactory, UnitFactory, actor, coordinator
from tests.factories_records import DialogueFactory, RecordFactory

pytestmark = pytest.mark.django_db
LIST = "/so-lieu/"
DAYS = window(parse("2024-Q1"))


@pytest.fixture(autouse=True)
def today(on_day):
    return on_day(2024, 3, 18)


@pytest.fixture
def signed_in(client):
    def sign_in(by):
        client.force_login(User.objects.get(pk=by.user_id))
        return client

    return sign_in


def page_of(code, **query):
    return reverse("console:figure", args=[code], query=query or None)


def test_pages_are_for_those_signed_in(client):
    assert client.get(LIST).status_code == 302


def test_pages_are_refused_to_the_administrator(signed_in):
    client = signed_in(actor(Role.ADMINISTRATOR))

    assert client.get(LIST).status_code == 403
    assert client.get(page_of("dialogues")).status_code == 403


def test_the_list_shows_values_and_their_change(signed_in, django_assert_max_num_queries):
    by = actor()
    RecordFactory(unit=by.unit, visits=20, persons=20)
    RecordFactory(unit=by.unit, occurred_on=date(2023, 12, 5), visits=8)
    RecordFactory(visits=1000)  # another unit's
    client = signed_in(by)

    with django_assert_max_num_queries(20):
        page = client.get(LIST)

    assert "tăng 12 lượt" in page.text
    assert "5/12 chỉ tiêu có số liệu" in page.text
    assert "—" in page.text


def test_the_coordinator_sees_the_province(signed_in, django_assert_max_num_queries):
    for unit in UnitFactory.create_batch(8):
        RecordFactory(unit=unit, visits=150, persons=999)
    client = signed_in(coordinator())

    with django_assert_max_num_queries(20):
        page = client.get(LIST)

    assert "1.200" in page.text
    assert "toàn tỉnh" in page.text


def test_an_indicator_goes_down_to_its_records(signed_in, django_assert_max_num_queries):
    by = actor()
    record = DialogueFactory(unit=by.unit, opinions=26, opinions_answered=23)
    other = DialogueFactory(opinions=4, opinions_answered=4)
    client = signed_in(by)

    with django_assert_max_num_queries(20):
        page = client.get(page_of("dialogue_opinions_answered"))

    assert "Quý I/2024: 88,46% (23/26 ý kiến)." in page.text
    assert reverse("console:record", args=["dialogue", record.pk]) in page.text
    assert str(other.pk) not in page.text


def test_an_indicator_of_assignments_goes_down_to_them(signed_in):
    by = actor()
    due = AssignmentFactory(unit=by.unit, due_on=date(2024, 3, 1))

    page = signed_in(by).get(page_of("assignments_in_time"))

    assert reverse("console:assignment", args=[due.pk]) in page.text
    assert "0,00% (0/1 nhiệm vụ)" in page.text


def test_the_coordinator_compares_units_and_opens_one(signed_in, django_assert_max_num_queries):
    units = [UnitFactory(called=f"Sở {name}") for name in ("Một", "Hai", "Ba")]
    for place, unit in enumerate(units[:2], start=1):
        RecordFactory(unit=unit, visits=place * 10, persons=99)
    client = signed_in(coordinator())

    with django_assert_max_num_queries(20):
        page = client.get(page_of("reception_visits"))
    one = client.get(page_of("reception_visits", unit=units[0].code))

    assert "Quý I/2024: 30 lượt" in page.text
    assert page.text.index("Sở Hai") < page.text.index("Sở Một")
    assert "2/4 đơn vị có số liệu" in page.text  # of those that keep the register
    assert "Quý I/2024: 10 lượt" in one.text
    assert client.get(page_of("reception_visits", unit="khong-co")).status_code == 404


def test_a_figure_without_data_says_where_it_comes_from(signed_in):
    page = signed_in(actor()).get(page_of("dialogues", period="2023-Q2"))

    assert "Số liệu được đếm từ Sổ đối thoại" in page.text
    assert "chưa có số liệu" in page.text


def test_an_unknown_indicator_is_not_found(signed_in):
    assert signed_in(actor()).get(page_of("gold_reserves")).status_code == 404


def frozen(by, unit=None):
    return actions.take(["reception_visits"], unit or by.unit, "2024-Q1", DAYS, by=by)[0]


def test_a_fixed_figure_opens_to_its_records(signed_in, django_assert_max_num_queries):
    by = actor()
    record = RecordFactory(unit=by.unit, visits=6)
    figure = frozen(by)
    client = signed_in(by)

    with django_assert_max_num_queries(20):
        page = client.get(reverse("console:frozen_figure", args=[figure.pk]))

    assert "Tiếp 6 lượt công dân." in page.text
    assert reverse("console:record", args=["reception", record.pk]) in page.text
    assert "đã thay đổi sau khi chốt" not in page.text


def test_a_fixed_figure_says_when_its_records_changed_since(signed_in):
    by = actor()
    RecordFactory(unit=by.unit, visits=6)
    figure = frozen(by)
    RecordFactory(unit=by.unit, visits=4)

    page = signed_in(by).get(reverse("console:frozen_figure", args=[figure.pk]))

    assert "lúc chốt 6, nay là 10" in page.text


def test_a_sum_opens_to_its_parts(signed_in):
    by = coordinator()
    RecordFactory(unit=by.unit, visits=6)
    part = frozen(by)
    (whole,) = actions.sum_up(by.unit, "2024-Q1", DAYS, [part], by=by)

    page = signed_in(by).get(reverse("console:frozen_figure", args=[whole.pk]))

    assert reverse("console:frozen_figure", args=[part.pk]) in page.text


def test_a_fixed_figure_of_another_unit_is_not_found(signed_in):
    figure = frozen(actor())

    client = signed_in(actor())

    assert client.get(reverse("console:frozen_figure", args=[figure.pk])).status_code == 404


@pytest.fixture
def reformed(on_day):
    """The small reform of 2025, some months later."""
    units = reform.reform()
    reform.visits(units)
    on_day(2025, 11, 20)
    return units


def visits_page(client, **query):
    return client.get(page_of("reception_visits", **query))


def row_of(page, name):
    """The words of a unit's row, in the table of units or of areas."""
    link = re.search(rf"<tr>(?:(?!</tr>).)*?(unit|area)=[^>]*>{name}<.*?</tr>", page.text, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", link.group()).split()) if link else ""


def test_a_reform_does_not_break_the_course(signed_in, reformed, django_assert_max_num_queries):
    client = signed_in(coordinator())

    with django_assert_max_num_queries(20):
        page = visits_page(client, period="2025-Q3")

    assert "Quý III/2025: 58 lượt, tăng 4 lượt so với quý II/2025" in page.text
    assert "Từ 01/7/2025: sắp xếp 7 đơn vị thành 5 đơn vị, theo Nghị quyết 1." in page.text
    assert "40 tăng 10 lượt" in row_of(page, "Xã M")
    assert "Không so sánh trọn vẹn: Xã C chỉ nhập một phần" in row_of(page, "Xã M")


def test_a_unit_has_its_predecessors_course(signed_in, reformed):
    page = visits_page(signed_in(coordinator()), period="2025-Q3", unit="xa-m")

    course = " ".join(re.sub(r"<[^>]+>", " ", page.text.split("Diễn biến")[1]).split())
    assert "Từ 01/7/2025: Xã A, Xã B, một phần Xã C nhập thành Xã M, theo Nghị quyết 1." in course
    assert "Quý II/2025 Không so sánh trọn vẹn: Xã C chỉ nhập một phần 30" in course


def test_an_old_quarter_on_todays_boundaries_and_on_its_own(signed_in, reformed):
    client = signed_in(coordinator())

    now = visits_page(client, period="2025-Q2")
    then = visits_page(client, period="2025-Q2", boundaries="then")

    assert "Quý II/2025: 54 lượt" in now.text
    assert "Quý II/2025: 54 lượt" in then.text
    assert row_of(now, "Xã A") == ""
    assert "30" in row_of(now, "Xã M")
    assert "10" in row_of(then, "Xã A")
    assert row_of(then, "Xã M") == ""


def test_a_new_quarter_on_old_boundaries(signed_in, reformed, django_assert_max_num_queries):
    client = signed_in(coordinator())

    with django_assert_max_num_queries(20):
        page = visits_page(client, period="2025-Q3", boundaries="2025-07-01")
    area = visits_page(client, period="2025-Q3", boundaries="2025-07-01", area="tinh-x")

    assert "trước 01/7/2025" in page.text
    assert row_of(page, "Xã A") == ""
    assert "4 đơn vị không tách được số liệu" in page.text  # A, B, C, D
    assert "Xã M còn gồm địa bàn khác, không tách được" in page.text
    assert row_of(page, "Xã E").startswith("Xã E 10 ")
    assert row_of(page, "Tỉnh X").startswith("Tỉnh X")
    assert "Quý III/2025: 40 lượt" in area.text
    assert "Xã N còn gồm địa bàn khác, không tách được" in area.text


def test_a_unit_that_the_boundaries_do_not_have_gives_way_to_the_whole(signed_in, reformed):
    page = visits_page(signed_in(coordinator()), period="2025-Q2", unit="xa-a")

    assert "không có trên địa giới này" in page.text
    assert "Quý II/2025: 54 lượt" in page.text


def test_an_officer_sees_what_the_unit_took_over(signed_in, reformed):
    page = visits_page(signed_in(actor(unit=reformed.M)), period="2025-Q2")

    assert "Quý II/2025: 30 lượt" in page.text
    assert "Xã C chỉ nhập một phần" in page.text
    assert "Theo địa giới" not in page.text
    assert "Xã D" not in page.text


def test_without_a_reform_there_are_no_boundaries_to_choose(signed_in):
    page = visits_page(signed_in(coordinator()), boundaries="then")

    assert "Theo địa giới" not in page.text


def test_queries_do_not_grow_with_units(signed_in, reformed, django_assert_max_num_queries):
    for unit in UnitFactory.create_batch(20):
        RecordFactory(unit=unit, occurred_on=date(2025, 8, 5))
    client = signed_in(coordinator())

    with django_assert_max_num_queries(20):
        visits_page(client, period="2025-Q3", boundaries="2025-07-01")
