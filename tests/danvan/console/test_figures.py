from datetime import date

import pytest
from django.urls import reverse

from danvan.figures import actions
from danvan.org.choices import Role
from danvan.org.models import User
from danvan.periods import parse, window
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
    assert "5/10 chỉ tiêu có số liệu" in page.text
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
